/* One group while it is executed: how far it is, what went wrong, what it has to tell. Private to the
 * executor. */
#pragma once
#include "apply/executor.h"

typedef struct {
    const NetPlan *plan;
    const NetGroup *group;
    guint index;
    guint begin, end; /* its operations in plan->ops */
    guint next;       /* the first that has not begun */
    guint pending;    /* begun, not yet reported */
    gboolean done, failed, warned;
    gboolean cut;      /* a wait of it was interrupted */
    gboolean released; /* what it needs was there, once */
    gboolean ports_checked;
    NetOutcome outcome;      /* valid when done */
    GPtrArray *messages;     /* NetMessage* */
    GHashTable *devs_out;    /* set of devices left out of this group after a NET_DEGRADE failure */
    GHashTable *ports_asked; /* set of PORT_ADD devices of this group */
} GroupRun;

GroupRun *group_run_new(const NetPlan *plan, guint index);
void group_run_free(GroupRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GroupRun, group_run_free)

/** The next operation that is not left out, or NULL when all have begun. */
const NetOp *group_run_peek(GroupRun *self);
/** Whether everything before @phase is done. */
gboolean group_run_is_past(GroupRun *self, NetPhase phase);

/** Takes in how one operation ended. */
void group_run_absorb(GroupRun *self, const NetOp *op, NetResult *result);
/** Takes in what the comparison with the kernel found; a difference that was told before is counted, not
 * repeated. */
void group_run_absorb_differences(GroupRun *self, const NetOp *op, const GPtrArray *differences);

void group_run_tell(GroupRun *self, gboolean error, IfcfgWhere where, const char *dev, const char *text);
/** The group failed: nothing of it is begun any more. */
void group_run_fail(GroupRun *self, IfcfgWhere where, const char *dev, const char *text);
/** When all ports have been tried: a bond that got none of them has failed. */
void group_run_check_ports(GroupRun *self);
