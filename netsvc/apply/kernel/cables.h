/* Stand-ins for NICs, each with a cable to another network namespace, that of the switch. */
#pragma once
#include "apply/net-error.h"
#include "ifcfg-ip.h"

typedef struct NetCables NetCables;

/* The far end of the NIC with a number has this much more: low ones are taken by what the kernel makes in
 * each namespace (sit0). */
enum { NET_CABLES_FAR = 1 << 20 };

/** Begins in the switch's namespace: what follows is done from another one. */
NetCables *net_cables_new(GError **error);
void net_cables_free(NetCables *self);

/** Makes a NIC in this namespace.
 * @number: that of its cable, and its own if nobody else has that. @plugged: whether it has carrier
 * Returns: 0 or an errno */
int net_cables_add(NetCables *self, const char *name, int number, const IfcfgMac *mac, gboolean plugged);
/** Plugs a cable in, or pulls it. Returns: 0 or an errno. */
int net_cables_plug(NetCables *self, int number, gboolean plugged);
