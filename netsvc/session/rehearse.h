/* A rehearsal: a plan carried out by the real executor on a kernel that is like this one, and is taken away
 * afterwards. */
#pragma once
#include "plan/plan.h"

typedef enum {
    REHEARSAL_GATEWAY,
    REHEARSAL_NAME_SERVER,
    /* of an established TCP connection */
    REHEARSAL_PEER,
    /* anybody in the network of an address */
    REHEARSAL_NETWORK,
} RehearsalKind;

typedef struct {
    RehearsalKind kind;
    char *name; /* "10.0.11.1", "10.0.11.0/24 on bond0" */
    /* before and afterwards; what was not reached before is not compared */
    gboolean was_reached, is_reached;
    guint gap_ms; /* how long it did not answer meanwhile; 0: it always did */
    char *why;    /* lost: the kernel's reason, or NULL */
    /* by which NIC and VLANs, "eth0 vlan 100"; empty: not known */
    char *before, *after;
} RehearsalTarget;

/** What somebody has to know who runs the plan for real. */
typedef struct {
    gboolean
        is_refusal;   /* the kernel refused an operation; else a line of an interface that failed or warns */
    char *text;       /* "ifcfg-bond0:6: bond0: ..." */
    char *file, *dev; /* or "" */
    guint line, column;
} RehearsalMessage;

/** What happened when a cable was pulled. */
typedef struct {
    char *master, *port;
    guint gap_ms;    /* the longest of all destinations that answered again */
    GPtrArray *lost; /* RehearsalTarget* that did not (not owned) */
} RehearsalPull;

typedef struct {
    guint operations, nics;
    gboolean has_failed;      /* an interface did */
    GPtrArray *messages;      /* RehearsalMessage* */
    GPtrArray *targets;       /* RehearsalTarget* */
    GPtrArray *pulls;         /* RehearsalPull* */
    GPtrArray *not_rehearsed; /* char*, translated */
} Rehearsal;

void rehearsal_free(Rehearsal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rehearsal, rehearsal_free)

/** What is rehearsed: all of it as a run would have it. */
typedef struct {
    NetPlanVerb verb;
    const GPtrArray *names; /* NULL: all */
    const NetModel *model;
    const NetObserved *observed;
    const NetLedger *ledger;
    const NetPlan *plan;
} RehearsalRequest;

/**
 * Rehearses a plan. Needs root's rights. Nothing outside is changed, but that modules of the kernel that the
 * plan needs are loaded; nothing is left behind, also when this process is killed.
 * Returns: what was found, or NULL with @error: it cannot be rehearsed here
 */
Rehearsal *net_rehearse(const RehearsalRequest *request, GError **error);

/** Whether the kernel refused something, an interface failed, or a destination that was reached would be
 * lost: by the change, or with one cable out. */
gboolean rehearsal_is_bad(const Rehearsal *self);
/** Whether a destination is lost, of those that count: a network alone may have been meant to go. */
gboolean rehearsal_target_is_lost(const RehearsalTarget *target);
