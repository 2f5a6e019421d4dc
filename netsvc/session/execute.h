/* Executes a plan and tells how it goes. */
#pragma once
#include "apply/executor.h"
#include "console/report.h"

typedef struct {
    /** Gets the report when all is over, before it goes. */
    void (*ended)(const Report *report, gpointer data);
    /** What the plan would be now, from this picture and record: see NetReporter.repair. */
    NetPlan *(*plan_again)(const NetObserved *observed, const NetLedger *ledger, gpointer data);
    gpointer data;
    /* it goes on with what the plan before it did: what has been told is not told again */
    gboolean is_sequel;
} ExecuteHooks;

/** Returns: CLI_OK or CLI_FAILED; every reason has been told. */
int execute_plan(const NetPlan *plan, NetBackend *backend, NetLedger *ledger, Console *console,
                 const ExecuteHooks *hooks);

/** What is waited for now, or NULL: for STATUS= of the unit. */
void execute_waiting(const char *what, gpointer data);
