/* A plan: operations in groups, one group a status line. Built without I/O from model, picture of the kernel
 * and ledger. */
#pragma once
#include "plan/op.h"

/** Something in the files that is not as it should be, and does not keep the interface from coming up. */
typedef struct {
    IfcfgSeverity severity;
    IfcfgWhere where;
    char *dev, *text;
} NetGroupProblem;

/** A group waits for another one. */
typedef struct {
    guint group; /* index of the other */
    NetPhase
        reached;     /* until all work of the other before this phase is done; NET_PHASE_LAST: it has ended */
    NetPhase before; /* what waits is our work of this phase and later */
    gboolean must_succeed; /* when the other fails, what is left of ours is skipped */
} NetTie;

typedef struct {
    char *title; /* "Bringing up interface bond0: ", or NULL: no status line */
    char *name;  /* nick */
    const char *dev;
    IfcfgWhere where;
    GArray *ties;        /* NetTie: see net_group_tie() */
    gboolean down;       /* a group that takes down */
    gboolean counts;     /* its failure makes the exit code 1 */
    GPtrArray *notes;    /* char*: to be told though all is well, or NULL */
    GPtrArray *problems; /* NetGroupProblem*: an error makes it a WARNING; or NULL */
    char *failed; /* known to be impossible before anything is tried (unsupported, input error): the reason,
                     or NULL */
    IfcfgWhere failed_where;
    const char
        *none_left; /* told when all its NET_ONE_OF operations have failed; NULL: it has none. Translated */
} NetGroup;

typedef struct NetPlan {
    GPtrArray *groups; /* NetGroup*, in order of their lines */
    GPtrArray *ops;    /* NetOp*, sorted by group, then phase, then order of appending */
    GPtrArray *pool;   /* objects that ops borrow, each freed by its own destructor: see net_plan_keep() */
} NetPlan;

typedef enum { NET_PLAN_START, NET_PLAN_STOP, NET_PLAN_RESTART, NET_PLAN_UP, NET_PLAN_DOWN } NetPlanVerb;

/**
 * Builds the plan.
 * @name: UP, DOWN: the interface (a model name; for DOWN also one that only the ledger knows); else NULL
 * Returns: the plan (possibly without operations), or NULL with @error (unknown name)
 */
NetPlan *net_plan_build(NetPlanVerb verb, const char *name, const NetModel *model,
                        const NetObserved *observed, const NetLedger *ledger, GError **error);
/** The same, for devices (char*) that came or went: what they belong to comes up, what is left of them goes.
 */
NetPlan *net_plan_build_hotplug(const GPtrArray *devices, const NetModel *model, const NetObserved *observed,
                                const NetLedger *ledger, GError **error);
/** An empty plan. */
NetPlan *net_plan_new(void);
/** Appends an empty group, which the plan owns. */
NetGroup *net_plan_add_group(NetPlan *plan);
void net_plan_free(NetPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetPlan, net_plan_free)

/** The route is a default one: those of several interfaces compete. */
gboolean net_route_is_default(const IfcfgRoute *route);

/** Text (one group a paragraph) of what would be done. */
char *net_plan_format(const NetPlan *plan);

/** The title of an interface's status line. @name: as the line has it, "bond0". Translated. */
char *net_group_title(const char *name, gboolean down);
/** The group will tell this before anything else; with an error it ends as a WARNING at best. */
void net_group_add_problem(NetGroup *group, const IfcfgProblem *problem, const char *dev);

/** Adds a tie, once. */
void net_group_tie(NetGroup *group, NetTie tie);

/** Hands an object to the plan, which frees it with @destroy. Returns the object. */
gpointer net_plan_keep(NetPlan *plan, gpointer object, GDestroyNotify destroy);
