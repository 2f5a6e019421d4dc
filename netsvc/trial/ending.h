/* How a trial ends: what is there is kept, or all goes back. By whoever comes first. */
#pragma once
#include "history/trial-mark.h"

/**
 * Goes back, with the lock, which whoever holds it too long loses. Tells the result to who waits, the journal
 * and the console.
 * @told: gets char*, or NULL
 * Returns: a TRIAL_* code; that of the one who came first when there is nothing left to do
 */
int trial_go_back(const History *history, GPtrArray *told);
/** Keeps what is there. Returns: as above */
int trial_keep(const History *history);
/** The files of a trial in the middle of which the machine went down come back; with the lock held. @told: as
 * above. */
void trial_end_after_boot(const History *history, const TrialMark *mark, GPtrArray *told);

/** How the last trial has ended, a TRIAL_* code; what was told of it is added to @told (may be NULL). -1: it
 * has not. */
int trial_result(GPtrArray *told);
