/* What a lease offers, and what is there already: two default routes, or the same address. */
#pragma once
#include "apply/backend.h"
#include "apply/kernel/nl-batch.h"

/**
 * Notes which of the two counts, if another device than the operation's has a default route too.
 * @router: by whom the server would have it
 */
void lease_route_note(const NetOp *op, const NetObserved *picture, const IfcfgIp *router, NetResult *result);

/**
 * Puts the default route that a lease offers into the place of one that goes with it (NetOp.after), at once;
 * the clients cannot: what is there is in the way of theirs, or would be deleted as ours.
 * @router: by whom the server would have it; family 0: by nobody
 * Returns: whether nothing is left to be deleted
 */
gboolean lease_route_take(NlBatch *batch, const NetOp *op, const NetObserved *picture, const IfcfgIp *router);

/** Whether the address that goes with a lease (NetOp.after) is the lease's own, and so stays. */
gboolean lease_address_take(const NetOp *op, const NetObserved *picture, const IfcfgIp *leased);
