/* Waiting for devices and carriers: each wait is a condition on the live picture, looked at when its device
 * changes. */
#pragma once
#include "apply/backend.h"
#include "apply/kernel/nl-links.h"
#include "apply/kernel/watch.h"

typedef struct NetWaiter NetWaiter;

/** @watch, @names: not owned; the waiter is who is told of changes. */
NetWaiter *net_waiter_new(NetWatch *watch, NlLinks *names);
void net_waiter_free(NetWaiter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetWaiter, net_waiter_free)

/** NET_OP_LINK_WAIT, NET_OP_CARRIER_WAIT or NET_OP_DAD_WAIT: @done is called at once if there is nothing to
 * wait for, else later. */
void net_waiter_add(NetWaiter *self, const NetOp *op, NetOpDone done, gpointer data);
/** NET_OP_LEASE_GET, whose client runs. */
void net_waiter_add_lease(NetWaiter *self, const NetOp *op, guint timeout_ms, NetOpDone done, gpointer data);
/** Ends the wait for an operation with an error, if it is under way. Takes @error. */
void net_waiter_end(NetWaiter *self, const NetOp *op, GError *error);
/** Every wait under way reports ECANCELED. */
void net_waiter_cancel(NetWaiter *self);
