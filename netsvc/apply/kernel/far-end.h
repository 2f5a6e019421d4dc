/* What is at the far ends of the cables of a rehearsal: a switch and hosts that agree to everything. */
#pragma once
#include "apply/net-error.h"

typedef struct NetFarEnd NetFarEnd;

enum { FAR_END_TAGS = 2, FAR_END_PROBES = 256 };

/** How a probe came in. */
typedef struct {
    int ifindex;                /* of the cable; 0: none has come */
    guint16 tags[FAR_END_TAGS]; /* VLAN IDs, the outer one first; 0: none */
} NetFarPath;

/**
 * Begins to answer, in a thread of its own, in this network namespace: ARP and neighbour solicitations for
 * every address but those that somebody looks for before taking them, pings to every address, LACP on every
 * cable as one partner.
 */
NetFarEnd *net_far_end_new(GError **error);
void net_far_end_free(NetFarEnd *self);
/** How the last ping with this identifier came. */
NetFarPath net_far_end_path(NetFarEnd *self, guint identifier);
