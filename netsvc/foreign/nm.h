/* NetworkManager's two halves: connections, and what they have of addresses, routes and rules. */
#pragma once
#include "foreign/foreign.h"

typedef struct {
    NetForeign *foreign;
    GHashTable *names; /* uuid and id -> interface name; both borrowed */
    NetIface *iface;
    const GPtrArray *lines; /* of the connection */
} NmReader;

/** Takes a line of [ipv4] or [ipv6]. FALSE: it cannot be carried over */
gboolean nm_layer3_take(const NmReader *self, const ForeignLine *line, int family);
