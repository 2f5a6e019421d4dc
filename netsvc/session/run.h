/* One run against the running kernel, from the lock to the saved ledger: what start, stop, ifup and ifdown
 * have in common. */
#pragma once
#include "plan/plan.h"

/**
 * Takes the lock, looks at the kernel, plans, executes, and keeps the record of what is ours.
 * @name: as net_plan_build()
 * @problems: of the files; errors are told after the line of whom they are about, others (without @name)
 * before all lines Returns: CLI_OK or CLI_FAILED; every reason has been told.
 */
int run_verb(NetPlanVerb verb, const char *name, const NetModel *model, const IfcfgProblems *problems);

/** The same, for the devices that are in the queue of those that came or went. */
int run_hotplug(const NetModel *model);
