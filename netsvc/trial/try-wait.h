/* Waits beside the fuse for the end of a trial: a line a second on a terminal, and a key. */
#pragma once
#include "history/trial-mark.h"

/** Returns: the exit code of the trial; it has been told. */
int try_wait_end(const History *history, const TrialMark *mark);
