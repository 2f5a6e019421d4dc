/* Addresses by DHCP: a client is started for each, all at once, and its address waited for. */
#pragma once
#include "apply/kernel/wait.h"
#include "apply/units.h"

typedef struct NetLeaser NetLeaser;

/** All not owned. @units: clients are units of systemd where that runs. */
NetLeaser *net_leaser_new(NetWaiter *waiter, NetWatch *watch, NetUnits *units);
void net_leaser_free(NetLeaser *self);

/** NET_OP_LEASE_GET; NET_OP_LEASE_DROP. */
void net_leaser_get(NetLeaser *self, const NetOp *op, NetOpDone done, gpointer data);
void net_leaser_drop(NetLeaser *self, const NetOp *op, NetOpDone done, gpointer data);
