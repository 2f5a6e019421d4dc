/* NetworkManager: which devices it has, and which it is told to leave. */
#pragma once
#include "apply/backend.h"
#include "apply/bus.h"

/** Enters what it says in /run, if it runs, into a picture, in place of what that had. @root: NULL for "/" */
void networkmanager_observe(NetObserved *picture, const char *root);
/** Whether it has an active connection on this device. */
gboolean networkmanager_holds(const char *root, int ifindex);

#define NETWORKMANAGER_CONF "/run/NetworkManager/conf.d/90-netsvc.conf"
/** Adds devices (char*) to our part of its configuration, which one that runs does not see before it is asked
 * to read it again. */
gboolean networkmanager_tell(const char *root, const GPtrArray *devices, GError **error);

typedef struct NetManagerTeller NetManagerTeller;
/** @root: NULL for "/"; @bus: outlives it */
NetManagerTeller *networkmanager_teller_new(const char *root, NetBus *bus);
void networkmanager_teller_free(NetManagerTeller *self);
/**
 * Carries out NET_OP_MANAGER_LEAVE: all that are begun together are one entry in its configuration, which it
 * is asked to read again. Done when it has let go of the device.
 * @ifindex: 0: there is no such device yet
 */
void networkmanager_start(NetManagerTeller *self, const NetOp *op, int ifindex, NetOpDone done,
                          gpointer data);
