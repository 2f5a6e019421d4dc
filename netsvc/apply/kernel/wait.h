/* Waiting for devices and carriers, by link events in the main loop and never by polling. */
#pragma once
#include "apply/backend.h"
#include "apply/kernel/nl-batch.h"

typedef struct NetWaiter NetWaiter;

/** @batch: for looking at a link; not owned. The event socket is opened with the first wait. */
NetWaiter *net_waiter_new(NlBatch *batch);
void net_waiter_free(NetWaiter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetWaiter, net_waiter_free)

/** NET_OP_LINK_WAIT or NET_OP_CARRIER_WAIT: @done is called at once if there is nothing to wait for, else
 * later. */
void net_waiter_add(NetWaiter *self, const NetOp *op, NetOpDone done, gpointer data);
/** Every wait under way reports ECANCELED. */
void net_waiter_cancel(NetWaiter *self);
