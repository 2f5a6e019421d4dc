/* One group while it is executed: how far it is, what went wrong, what it has to tell. Private to the
 * executor. */
#pragma once
#include "apply/executor.h"

/** Operations of which one must succeed. */
typedef struct {
    /* set of what they are about, less what has failed */
    GHashTable *left;
    /* phase of the last of them */
    NetPhase last;
    guint n; /* how many it is about */
    /* of the messages of the group, what was told of the last that failed */
    NetMessage *told;
} OneOf;

typedef struct {
    const NetGroup *group;
    guint index;
    GPtrArray *ops;  /* const NetOp*: its operations, in order */
    guint next;      /* the first that has not begun */
    guint pending;   /* begun, not yet reported */
    NetPhase at;     /* of the last that has begun */
    gboolean *tied;  /* by index of group->ties: the other has not got there yet */
    guint ties_left; /* how many are */
    gboolean done, failed, warned;
    gboolean cut;        /* a wait of it was interrupted */
    gboolean repaired;   /* was asked about once, after it had been read back */
    NetOutcome outcome;  /* valid when done */
    GPtrArray *messages; /* NetMessage* */
    guint about_module;  /* 1 + index of the first of them about a module that cannot be loaded; 0: none is */
    GHashTable *noted;   /* set of char*: "dev text" of what was told */
    GHashTable *places;  /* set of char*: places of what was told */
    GHashTable *errors;  /* set of char*: places of what is wrong in its files */
    /* set of devices, of addresses and routes (NetOp.stands_on), on which an operation has failed: nothing
     * more is done about them in this group */
    GHashTable *out;
    OneOf devices, claims;
} GroupRun;

GroupRun *group_run_new(const NetPlan *plan, guint index);
void group_run_free(GroupRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GroupRun, group_run_free)

/** Appends one of its operations. */
void group_run_add(GroupRun *self, const NetOp *op);
/** Puts operations (const NetOp*) between those that have begun and the next one. */
void group_run_insert(GroupRun *self, const GPtrArray *ops);
/** The next operation that is not left out, or NULL when all have begun or it has failed. */
const NetOp *group_run_peek(GroupRun *self);
/** Begins the operation that was peeked at. */
void group_run_take(GroupRun *self);
/** Whether an operation that stands on @item has failed. */
gboolean group_run_has_lost(const GroupRun *self, gconstpointer item);
/** Whether everything before @phase is done; NET_PHASE_LAST: all. */
gboolean group_run_has_reached(GroupRun *self, NetPhase phase);
/** Whether no tie holds work of @phase. */
gboolean group_run_is_free(const GroupRun *self, NetPhase phase);

/** Takes in how one operation ended. */
void group_run_absorb(GroupRun *self, const NetOp *op, NetResult *result);
/** Whether something was told about this place of a file. */
gboolean group_run_has_told(const GroupRun *self, const IfcfgWhere *where);
/** Takes in what the comparison with the kernel found (NetDifference*); a difference that was told before is
 * counted, not repeated. */
void group_run_absorb_differences(GroupRun *self, const NetOp *op, const GPtrArray *differences);

void group_run_tell(GroupRun *self, gboolean error, IfcfgWhere where, const char *dev, const char *text);
/** Something in its files. A mere doubt is no reason for what is found at its place later. */
void group_run_tell_problem(GroupRun *self, const NetGroupProblem *problem);
/** The group failed: nothing of it is begun any more. */
void group_run_fail(GroupRun *self, IfcfgWhere where, const char *dev, const char *text);

/**
 * Reads back and compares, for all NET_OP_VERIFY of a batch with one picture. What differs is asked about
 * once a group (NetReporter.repair): the operations that come back go into their groups, and the comparison
 * again behind them.
 * @runs: GroupRun*, by index
 * Returns: the plan that holds those operations, or NULL
 */
NetPlan *group_runs_verify(const GPtrArray *runs, const GPtrArray *verify, NetBackend *backend,
                           const NetReporter *reporter);
