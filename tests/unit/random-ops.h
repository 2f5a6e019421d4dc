/* Operations at random, from a seed: what a test lets loose on a kernel and on its prediction. */
#pragma once
#include "plan/op.h"

typedef struct RandomOps RandomOps;

/** The same seed gives the same operations for the same pictures. */
RandomOps *random_ops_new(guint32 seed);
void random_ops_free(RandomOps *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RandomOps, random_ops_free)

/** One operation that makes some sense for a picture, and one in a while that makes none. It lives as long as
 * @self. */
const NetOp *random_op(RandomOps *self, const NetObserved *picture);
