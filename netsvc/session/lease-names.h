/* The name servers of leases that a run got. */
#pragma once
#include "apply/backend.h"
#include "console/console.h"
#include "plan/plan.h"

/**
 * Brings what the leases of this run say of names into resolv.conf and into the record, where the run itself
 * did not. @plan: what has just been executed.
 */
void lease_names_settle(const NetPlan *plan, const NetModel *model, NetBackend *backend, NetLedger *ledger,
                        Console *console);
