/* What others put on a host, at random: addresses, routes and rules of programs that are none of our
 * business.
 */
#pragma once
#include "plan/op.h"
#include "plan/pool.h"

/** Operations (NetOp*, kept by @pool) that a picture's kernel would take, one after the other. */
GPtrArray *random_foreign(GRand *rand, const NetObserved *picture, NetPool *pool);
/** The operation that takes away what this one put there; kept by @pool. */
const NetOp *foreign_undo(const NetOp *op, NetPool *pool);
