/* What a lease offers, and what is there already: two default routes, or the same address. */
#pragma once
#include "apply/backend.h"
#include "apply/kernel/nl-batch.h"
#include "apply/kernel/watch.h"

/**
 * Notes which of the two counts, if another device than the operation's has a default route too.
 * @router: by whom the server would have it
 */
void lease_route_note(const NetOp *op, const NetObserved *picture, const IfcfgIp *router, NetResult *result);

/**
 * Whether what goes with a lease (NetOp.after) is not to be deleted, since it is the lease's from now on: an
 * address that the server has given, too; and a default route, in whose place that of the lease is put at
 * once. The clients cannot do that: what is there is in the way of theirs, or theirs would be deleted as
 * ours.
 */
gboolean lease_takes(NlBatch *batch, NetWatch *watch, const NetOp *op);
