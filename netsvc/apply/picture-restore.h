/* Makes a kernel what a picture says it was. */
#pragma once
#include "apply/backend.h"
#include "plan/picture-plan.h"

/**
 * Plans and runs passes, each from a new picture, until nothing is different or a pass has left no less to do
 * than the one before. Asks nothing and checks nothing that could refuse it.
 * @scope: as for net_plan_to_picture()
 * @messages: gets char*, what was refused in the last pass that did anything; may be NULL
 * @error: no picture of the kernel could be taken
 * Returns: the number of operations that are still left to do, 0: the kernel is as it was; -1 with @error
 */
int net_picture_restore(NetBackend *backend, const NetObserved *wanted, const NetPictureScope *scope,
                        GPtrArray *messages, GError **error);
