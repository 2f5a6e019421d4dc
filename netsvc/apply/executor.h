/* Runs a plan: phase by phase over all interfaces, all waits at once, and tells how each group ended. */
#pragma once
#include "apply/backend.h"
#include "plan/plan.h"

typedef enum {
    NET_DONE_OK,
    NET_DONE_WARNING,
    NET_DONE_FAILED,
    NET_DONE_SKIPPED,
    NET_DONE_STOPPED
} NetOutcome;

typedef struct {
    gboolean error;   /* the reason of a failure, else a warning or a note */
    gboolean is_note; /* of something that was done */
    char *message;    /* "ifcfg-bond0:6: bond0: ...", ready to print */
    IfcfgWhere where;
    const char *dev;
} NetMessage;

typedef struct {
    /** A group has ended; called in order of completion. @messages: NetMessage*, may be empty. */
    void (*group_done)(guint group, NetOutcome outcome, const GPtrArray *messages, gpointer data);
    /** What is waited for now ("bond0: carrier"), or NULL; for STATUS= and an impatient administrator. May be
     * NULL. */
    void (*waiting)(const char *what, gpointer data);
    /** The ledger changed and must be on disk before the executor goes on. May be NULL. */
    void (*ledger_changed)(const NetLedger *ledger, gpointer data);
    /**
     * Asked once for groups (const NetGroup*) whose comparison with the kernel's @observed state found
     * something: what would mend it. @observed lives as long as the plan that is returned. Returns a plan,
     * whose groups stand for those with the same `dev`, or NULL; ownership passes. What it does is compared
     * again. May be NULL.
     */
    NetPlan *(*repair)(const GPtrArray *groups, const NetObserved *observed, gpointer data);
    gpointer data;
} NetReporter;

/**
 * Executes a plan. First the ledger with all intended additions is handed to ledger_changed (so that a killed
 * process leaves a record), then the operations run, and at the end the ledger holds what was really done.
 * @ledger: in: what is ours; out: what is ours now
 * @stop: set from the main loop when a signal came: nothing new is begun, waits are cancelled, groups not
 * done end as STOPPED; or NULL Returns: TRUE when every group that counts ended OK or WARNING.
 */
gboolean net_executor_run(const NetPlan *plan, NetBackend *backend, NetLedger *ledger, const gboolean *stop,
                          const NetReporter *reporter);
