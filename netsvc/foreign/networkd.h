/* systemd-networkd's files: devices, what they have, and sections that are one thing each. */
#pragma once
#include "foreign/foreign.h"

typedef struct {
    NetForeign *foreign;
    NetIface *iface;
    const GPtrArray *lines; /* of the .network file and what adds to it */
    guint at;               /* of the line */
} NetworkdReader;

/** "[SECTION] KEY=VALUE is not carried over". */
void networkd_miss(NetForeign *foreign, const ForeignLine *line);
/** Makes the device of a .netdev file. */
void networkd_device_read(NetForeign *foreign, const GPtrArray *lines);
/** Takes the section whose first line is the one at hand, if it is one thing: an address, a route. */
gboolean networkd_section_take(NetworkdReader *self);
/** Whether its lines are taken with its first one. */
gboolean networkd_section_is_one(const char *section);
