/* The way back of a trial: kept before the first operation, gone without asking anybody. */
#pragma once
#include "history/trial-mark.h"
#include "plan/plan.h"

enum { /* how a trial ends: its exit codes */
       TRIAL_KEPT = 0,
       TRIAL_BACK = 7,
       TRIAL_BACK_DIFFERS = 8,
};

/** Keeps the kernel's state, what is ours, and which devices the plan will touch, in TRIAL_RUN_DIR. */
gboolean way_back_keep(const NetPlan *plan, const NetObserved *observed, const NetLedger *ledger,
                       GError **error);

/**
 * Goes back: the files, what is ours, and then whatever else was there on the devices that were touched,
 * until nothing is different or nothing helps. No check can refuse it; nothing is waited for long. Begun
 * again by another process where one was killed. With the lock held.
 * @told: gets char*: what was kept beside, what was refused and what still differs
 * Returns: TRIAL_BACK or TRIAL_BACK_DIFFERS
 */
int way_back_go(const History *history, const TrialMark *mark, GPtrArray *told);
/** The files alone: after a boot.
 * Returns: as above */
int way_back_files(const History *history, const TrialMark *mark, GPtrArray *told);
