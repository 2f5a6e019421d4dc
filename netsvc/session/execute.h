/* Executes a plan and tells how it goes. */
#pragma once
#include "apply/executor.h"
#include "console/report.h"

/**
 * @ended: gets the report when all is over, before it goes
 * Returns: CLI_OK or CLI_FAILED; every reason has been told.
 */
int execute_plan(const NetPlan *plan, NetBackend *backend, NetLedger *ledger, Console *console,
                 void (*ended)(const Report *report, gpointer data), gpointer data);

/** What is waited for now, or NULL: for STATUS= of the unit. */
void execute_waiting(const char *what, gpointer data);
