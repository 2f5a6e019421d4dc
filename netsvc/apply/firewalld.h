/* firewalld: which zone a device is in. */
#pragma once
#include "apply/backend.h"
#include "apply/bus.h"

/** Which run of firewalld is there: a number that no other run on this machine has; 0: none is.
 * @root: NULL for "/" */
guint64 firewalld_run(const char *root);
/** Carries out NET_OP_ZONE_SET and NET_OP_ZONE_DROP; @done is called at once or from the main loop. */
void firewalld_start(NetBus *bus, const NetOp *op, NetOpDone done, gpointer data);
