/* teamd, the program without which a team does nothing: which run, and how one is started and ended. */
#pragma once
#include "plan/op.h"

/** Enters those that run into a picture, in place of what it had: by the process numbers that they leave.
 * @root: "", or where a test has its files */
void teamd_observe(NetObserved *picture, const char *root);
/** The programs that carry out NET_OP_TEAMD_START or NET_OP_TEAMD_STOP, one after the other; none where
 * nothing is to be done. */
NetRun *teamd_run_new(const NetOp *op);
