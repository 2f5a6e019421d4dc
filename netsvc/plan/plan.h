/* A plan: operations in groups, one group a status line. Built without I/O from model, picture of the kernel
 * and ledger. */
#pragma once
#include "plan/op.h"
#include "plan/pool.h"

/** Something in the files that is not as it should be, and does not keep the interface from coming up. */
typedef struct {
    IfcfgSeverity severity;
    IfcfgWhere where;
    char *dev, *text;
} NetGroupProblem;

/** A group waits for another one. */
typedef struct {
    /* index of the other */
    guint group;
    /* until all work of the other before this phase is done; NET_PHASE_LAST: it has ended */
    NetPhase reached;
    /* what waits is our work of this phase and later */
    NetPhase before;
    /* when the other fails, what is left of ours is skipped */
    gboolean must_succeed;
} NetTie;

typedef struct {
    char *title; /* "Bringing up interface bond0: ", or NULL: no status line */
    char *name;  /* nick */
    const char *dev;
    IfcfgWhere where;
    GArray *ties;        /* NetTie: see net_group_tie() */
    gboolean down;       /* a group that takes down */
    gboolean keeps_link; /* one that takes down: what stands on the device alone, which others need */
    gboolean counts;     /* its failure makes the exit code 1 */
    gboolean is_left;    /* it is neither brought up nor taken down: no line says that it was */
    gboolean is_passed;  /* somebody else brings it up: nothing is done, and the line says PASSED */
    GPtrArray *notes;    /* char*: to be told though all is well, or NULL */
    GPtrArray *problems; /* NetGroupProblem*: an error makes it a WARNING; or NULL */
    char *failed; /* known to be impossible before anything is tried (unsupported, input error): the reason,
                     or NULL */
    IfcfgWhere failed_where;
    /* told when all its NET_ONE_OF operations about devices have failed, or all that stand on something;
     * NULL: it has none. Translated */
    const char *no_device_left, *no_claim_left;
} NetGroup;

/** What becomes of a device that is in use. */
typedef enum {
    NET_FATE_STAYS,
    /* its neighbours must learn anew where it is: another MAC, other ports */
    NET_FATE_MOVES,
    /* up all the time, but it loses an address, and with it the connections to that */
    NET_FATE_RENUMBERED,
    /* down for a moment */
    NET_FATE_BOUNCES,
    /* deleted and made again */
    NET_FATE_REMADE,
    NET_FATE_GOES,
} NetFateKind;

typedef struct {
    char *dev;
    NetFateKind kind;
    /* the option or setting that causes it: "mode is balance-rr, expected active-backup" */
    IfcfgWhere where;
    char *what;
    /* the device below whose fate it shares, or NULL: it is the cause itself */
    char *by;
    /* of what is left: no file configures the device any more */
    gboolean has_no_file;
} NetFate;

void net_fate_free(NetFate *fate);

typedef struct NetPlan {
    GPtrArray *groups; /* NetGroup*, in order of their lines */
    GPtrArray *ops;    /* NetOp*, sorted by group, then phase, then order of appending */
    NetPool *pool;     /* objects that ops borrow */
    GPtrArray *fates;  /* NetFate*: of devices in use that do not just stay */
    GPtrArray *left;   /* NetFate*: what a `reload` does not do, since it would interrupt */
} NetPlan;

typedef enum {
    NET_PLAN_START,
    NET_PLAN_STOP,
    NET_PLAN_RESTART,
    NET_PLAN_RELOAD,
    NET_PLAN_UP,
    NET_PLAN_DOWN,
    /* of interfaces that are up: what comes with their leases beside the address */
    NET_PLAN_NAMES,
} NetPlanVerb;

/**
 * Builds the plan.
 * @name: UP, DOWN: the interface (a model name; for DOWN also one that only the ledger knows); else NULL
 * Returns: the plan (possibly without operations), or NULL with @error (unknown name)
 */
NetPlan *net_plan_build(NetPlanVerb verb, const char *name, const NetModel *model,
                        const NetObserved *observed, const NetLedger *ledger, GError **error);
/** The same, for several interfaces with these names (char*): UP, DOWN, NAMES, or a RELOAD of these alone,
 * which does what interrupts nothing. */
NetPlan *net_plan_build_named(NetPlanVerb verb, const GPtrArray *names, const NetModel *model,
                              const NetObserved *observed, const NetLedger *ledger, GError **error);
/** The same, for devices (char*) that came or went: what they belong to comes up, what is left of them goes.
 */
NetPlan *net_plan_build_hotplug(const GPtrArray *devices, const NetModel *model, const NetObserved *observed,
                                const NetLedger *ledger, GError **error);
/** What brings back what was up when the record was @wanted, by the files of then, and takes down what has
 * come since. Never refused. */
NetPlan *net_plan_build_back(const NetLedger *wanted, const NetModel *model, const NetObserved *observed,
                             const NetLedger *ledger);
/** An empty plan. */
NetPlan *net_plan_new(void);
/** Appends an empty group, which the plan owns. */
NetGroup *net_plan_add_group(NetPlan *plan);
void net_plan_free(NetPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetPlan, net_plan_free)

/** Notes all that a plan adds as done: after a process that is killed nothing is there that no record has.
 * Returns: whether there is anything */
gboolean net_ledger_intend(NetLedger *self, const NetPlan *plan);
/** Notes what a plan puts back of others as owed, until each of it is done: what falls on the way and is not
 * back at the end of this run is the next one's affair. Returns: whether there is anything */
gboolean net_ledger_owe(NetLedger *self, const NetPlan *plan);

/** Text (one group a paragraph) of what would be done. */
char *net_plan_format(const NetPlan *plan);

/** The title of an interface's status line. @name: as the line has it, "bond0". Translated. */
char *net_group_title(const char *name, gboolean down);
/** The group will tell this before anything else; with an error it ends as a WARNING at best. */
void net_group_add_problem(NetGroup *group, const IfcfgProblem *problem, const char *dev);

/** Adds a tie, once. */
void net_group_tie(NetGroup *group, NetTie tie);

/** Whether anything in the kernel would change. */
gboolean net_plan_changes(const NetPlan *plan);
/** Whether anybody who uses a device would notice. */
gboolean net_plan_interrupts(const NetPlan *plan);
gboolean net_plan_has_errors(const NetPlan *plan);
gboolean net_fate_interrupts(const NetFate *fate);
/** Whether the device is out of use meanwhile, so that there is a time to be measured. */
gboolean net_fate_is_outage(const NetFate *fate);
const char *net_fate_name(NetFateKind kind); /* "interrupts" */
/** "bond0 will be down for a moment: mode is .., expected .. (ifcfg-bond0:6); with it bond0.100". To be
 * freed. */
char *net_fate_format(const NetPlan *plan, const NetFate *fate);
/** "mode is .., expected ..; `ifup bond0` or .. does it": why a `reload` leaves a device as it is, and what
 * changes it. To be freed. */
char *net_left_format(const NetFate *fate);
/** Names (not owned) of the devices that stand on it and share its fate. */
GPtrArray *net_fate_with_it(const NetPlan *plan, const NetFate *cause);
