/* Nexthop objects (net/ipv4/nexthop.c): a gateway with a number, which many routes share. */
#pragma once
#include "state/observed.h"

/** The first number of ours: `ip` and routing daemons count from 1 up. */
#define NET_NEXTHOP_FIRST 2000000001u

typedef struct {
    guint32 id;
    IfcfgIp via;
    char *dev;
    gboolean onlink;
    guint8 protocol;      /* RTPROT_*; 0: not given (RTPROT_BOOT) */
    gboolean is_foreseen; /* predicted: a plan makes it, and no record has it yet */
    gboolean is_other;    /* a group, or without a gateway: only the number counts, which is taken */
} NetNexthop;

NetNexthop *net_nexthop_copy(const NetNexthop *self);
void net_nexthop_free(NetNexthop *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetNexthop, net_nexthop_free)
/** Whether it leads to the same gateway, over the same device; the numbers aside. */
gboolean net_nexthop_has_path(const NetNexthop *a, const NetNexthop *b);
/** "id 2000000001 via 10.0.0.1 dev eth0 onlink", as ip-nexthop(8) has it: what the ledger calls it. */
char *net_nexthop_format(const NetNexthop *self);
/** The same read again, or NULL. */
NetNexthop *net_nexthop_parse(const char *text);

/* --- those of a picture: observed-nexthops.c --- */

void observed_nexthops_init(NetObserved *self);
/** The object of that number, or NULL. */
const NetNexthop *net_observed_nexthop(const NetObserved *self, guint32 id);
/** All of them by number: NetNexthop*, not owned; to be unref'd. */
GPtrArray *net_observed_nexthops(const NetObserved *self);
/** It is there from now on, in place of one of that number, whose routes lead where this one does. Taken. */
void net_observed_put_nexthop(NetObserved *self, NetNexthop *nexthop);
/** It goes, and with it the routes by it (remove_nexthop()). */
void net_observed_remove_nexthop(NetObserved *self, guint32 id);
void net_observed_clear_nexthops(NetObserved *self);
/** The object with a gateway that a route is by; NULL: it is by none, or by one that is no more than a number
 * here. */
const NetNexthop *net_observed_route_nexthop(const NetObserved *self, const IfcfgRoute *route);
/** The first route by an object, or NULL. */
const IfcfgRoute *net_observed_nexthop_user(const NetObserved *self, const NetNexthop *nexthop);
/** Gives a route the hop of an object in place of its own. */
void net_route_take_nexthop(IfcfgRoute *route, const NetNexthop *nexthop);
