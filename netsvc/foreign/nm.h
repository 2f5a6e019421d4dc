/* NetworkManager's connections: which there are, what they have of links, and of addresses, routes and rules.
 */
#pragma once
#include "foreign/foreign.h"

typedef struct {
    NetForeign *foreign;
    GHashTable *names; /* uuid and id -> interface name; both borrowed */
    NetIface *iface;
    const GPtrArray *lines; /* of the connection */
} NmReader;

/** The interface that a connection's uuid or id stands for; any other word is its name. */
const char *nm_device_of(const NmReader *self, const char *word);
/** Takes a line about the link. FALSE: it cannot be carried over */
gboolean nm_option_take(const NmReader *self, const ForeignLine *line);
/** Whether a line is one that nm_ethtool_finish() carries over. */
gboolean nm_ethtool_takes(const NmReader *self, const ForeignLine *line);
void nm_ethtool_finish(const NmReader *self);
/** Takes a line of [ipv4] or [ipv6]. FALSE: it cannot be carried over */
gboolean nm_layer3_take(const NmReader *self, const ForeignLine *line, int family);
