/* systemd-resolved: it keeps name servers by link, and writes resolv.conf itself. */
#pragma once
#include "apply/bus.h"
#include "model/names.h"

/**
 * Tells it a link's name servers and domains.
 * @names: NULL: none any more
 * @done: called once, at once or from the main loop
 */
void resolved_tell(NetBus *bus, int ifindex, const NetNames *names, NetBusDone done, gpointer data);
