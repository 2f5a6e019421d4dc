/* What the kernel has: a passive picture of links, addresses, routes and rules, taken by apply/observe or
 * made by a test. */
#pragma once
#include "ifcfg-route.h"
#include "model/devconf.h"
#include "model/model.h"
#include "state/ethtool-state.h"
#include "state/index-lists.h"
#include "state/link-values.h"
#include "state/resolv-conf.h"

/* Where a link's MAC comes from: NET_ADDR_* of linux/netdevice.h, which does not go with net/if.h. */
enum { NET_MAC_UNKNOWN, NET_MAC_RANDOM, NET_MAC_STOLEN, NET_MAC_SET };

typedef struct ObservedLink {
    int ifindex;
    char *name;
    guint32 flags;    /* IFF_* */
    gboolean carrier; /* IFLA_CARRIER */
    guint32 mtu, group, txqueuelen;
    guint32 arp_filter;  /* of its inet conf */
    guint32 addrgenmode; /* IN6_ADDR_GEN_MODE_* */
    IfcfgIp token;       /* interface identifier of its own, `::` for none; of no family: not known */
    IfcfgMac mac;        /* now; none: predicted, and the kernel draws it at random */
    IfcfgMac perm_mac;   /* permanent: IFLA_PERM_ADDRESS, else the bond port's saved one, else `mac` */
    int master;          /* ifindex, 0: none */
    int lower;           /* IFLA_LINK: the lower device in this namespace, 0: none */
    int peer;            /* veth: the other end in this namespace, 0: none */
    char *kind;          /* IFLA_INFO_KIND ("bond", "veth"), or NULL for hardware */
    char *port_kind;     /* IFLA_INFO_SLAVE_KIND: the kind of its master where that has options for ports */
    char *alias;         /* a text that somebody gave it, or NULL */
    char *extras;        /* "altname lan, gso_max_size 4000": what else somebody has set; NULL: nothing */
    char *qdisc; /* IFLA_QDISC, where no kernel gives that to a device by itself; NULL: it is as it was */
    gboolean has_xdp; /* IFLA_XDP: somebody's program looks at what comes in */
    LinkValues *own;  /* what the kernel reports of its options; NULL: its kind has none that are known */
    LinkValues *port; /* the same as a port of its master */
    char *vlans;      /* of a bridge that filters them, or its port: bridge_vlans_format(); NULL: not known */
    EthtoolState *ethtool; /* of that which its file sets by ETHTOOL_OPTS; NULL: nobody has asked */
    /* As a port it carries traffic: LACP has come to terms with the switch, a bridge forwards. */
    gboolean port_is_ready;
    /* The device has it in use, as far as it tells without a partner. */
    gboolean port_is_used;
    /* What is still lacking comes without an event of the kernel. */
    gboolean port_is_silent;
    gint32 confs[NET_CONF_LAST]; /* of net.ipv6.conf */
    gboolean has_confs;          /* the device has IPv6 */
    gint32 sysctls[NET_SYSCTL_LAST];
    guint functions;     /* virtual ones of its card (SR-IOV); 0: none, or nobody has asked */
    gboolean has_secret; /* somebody's, of which IPv6 identifiers are made; FALSE too: nobody has asked */
    guint fixed_entries; /* of its forwarding table, that somebody has made; 0: none, or nobody has asked */
    /* What no dump tells, known only of what a prediction has made itself; else a guess: */
    guint8 mac_assigned;       /* NET_MAC_* */
    gboolean mtu_is_set;       /* a bridge: not that of its ports */
    char *hidden_port;         /* the driver remembers it while no port has that name */
    guint32 hidden_periods[4]; /* delays, by row, in periods of the monitor, as the driver keeps them */
    IfcfgMac mac_before;       /* a bond's port is given them back at release; none: perm_mac */
    guint32 mtu_before;        /* 0: not known */
} ObservedLink;

/* Who put an address there: IFAPROT_* of linux/if_addr.h, told since Linux 5.18. */
enum { NET_ADDRESS_LOOPBACK = 1, NET_ADDRESS_ROUTER = 2, NET_ADDRESS_LINK_LOCAL = 3 };

typedef struct {
    int ifindex;
    IfcfgPrefix prefix;
    IfcfgIp broadcast;
    char *label; /* may be NULL (IPv6) */
    guint8 scope;
    guint32 flags;   /* IFA_F_* */
    IfcfgIp peer;    /* the other end, of whose network it is; AF_UNSPEC: none */
    guint32 metric;  /* of the route of its network; 0: the kernel's */
    guint8 protocol; /* NET_ADDRESS_*, or a program's number; 0: not told */
    /* the kernel is one that tells it of its own addresses: what is not told is somebody's */
    gboolean is_told;
    /* seconds, as the kernel tells them: G_MAXUINT32 is for ever. Both 0: nothing ends */
    guint32 valid, preferred;
} ObservedAddress;

/** A DHCP client that runs. */
typedef struct {
    char *dev;
    int family;
    NetClient client;
    char *settings;       /* what it was started with by us; NULL: by somebody else */
    gboolean is_foreseen; /* predicted, and so is that it gets an address */
    IfcfgIp address;      /* of its lease, as it told; of no family: it has not */
} ObservedClient;

/** A neighbour that somebody has entered for good. */
typedef struct {
    int ifindex;
    IfcfgIp ip;
    IfcfgMac mac;
    gboolean is_proxy; /* the device answers for this address; it has no MAC */
} ObservedNeighbour;

/** NetworkManager, as far as it concerns us. */
typedef struct {
    gboolean is_there;    /* it runs, or starts with the machine */
    gboolean reads_files; /* it has its plug-in for ifcfg files */
    GHashTable *told;     /* set of names of devices that it is configured to leave alone, by us */
    GHashTable *holds;    /* set of names of those that it has a connection on */
} ObservedManager;

typedef struct NetObserved {
    GPtrArray *links;     /* ObservedLink* */
    GPtrArray *addresses; /* ObservedAddress* */
    /* IfcfgRoute*, devices by name, table and protocol always set; not the local and cached ones. A route is
     * found by what it is: one that changes is taken out and added */
    GPtrArray *routes;
    GPtrArray *rules;        /* IfcfgRule* */
    GHashTable *nexthops;    /* number -> NetNexthop*: nexthop.h */
    gboolean lacks_nexthops; /* the kernel knows no such objects: older than Linux 5.3 */
    /* ObservedNeighbour: permanent ones, of a picture that was taken whole; proxies where somebody looked
     * closely */
    GArray *neighbours;
    GPtrArray *clients; /* ObservedClient* */
    /* name of a device that a teamd rules -> what it was foreseen to be started with; "": nobody knows */
    GHashTable *teamds;
    GHashTable *drivers; /* set of LinkFamily*: those whose module we load by ourselves, and that have it */
    ResolvConf resolv;   /* of a picture of the kernel without shares: the ledger knows those */
    guint64 firewalld;   /* which run of firewalld is there: it forgets zones when it ends; 0: none is */
    ObservedManager manager;
    gboolean is_nameless; /* no host name is set */
    GHashTable *leases;   /* device -> NetNames*: what a lease of it says about names; empty without one */
    gint32 confs_default[NET_CONF_LAST];     /* net.ipv6.conf.default: what a new device has */
    gint32 sysctls_default[NET_SYSCTL_LAST]; /* the same; of a picture that was looked at closely */
    int last_ifindex;                        /* the highest so far: the kernel does not give one twice */
    GHashTable *by_name, *by_index;          /* to links; kept by net_observed_add_link() */
    GHashTable *addresses_by_link;           /* ifindex -> GPtrArray of ObservedAddress* (not owned) */
    GHashTable *addresses_by_key;            /* set of ObservedAddress* (not owned): ifindex and prefix */
    GHashTable *address_index;               /* address-index.h; NULL: nobody has asked yet */
    gboolean tells_protocols;                /* of addresses: see ObservedAddress.is_told */
    GHashTable *routes_over, *routes_from;   /* route-index.h; NULL: nobody has asked yet */
    guint64 address_lengths[3];              /* bits: the prefix lengths that any of them has, or had */
    guint64 route_lengths[3];                /* the same of routes */
    /* RouteTo -> IndexList of IfcfgRoute* (not owned): all of a table to one network; NULL: nobody has asked
     * yet */
    GHashTable *route_tos;
    GHashTable *ports_by_master, *uppers_by_link; /* ifindex -> GPtrArray of ObservedLink* (not owned) */
} NetObserved;

NetObserved *net_observed_new(void);
void net_observed_free(NetObserved *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetObserved, net_observed_free)

/** What the teamd that rules the device was foreseen to be started with; "": nobody knows. NULL: none does */
const char *net_observed_teamd(const NetObserved *self, const char *dev);
/** @config: as above; NULL: none rules it */
void net_observed_set_teamd(NetObserved *self, const char *dev, const char *config);
/** Whether the module of a family that we have to load by ourselves is there. */
gboolean net_observed_has_driver(const NetObserved *self, const LinkFamily *family);
void net_observed_add_driver(NetObserved *self, const LinkFamily *family);

ObservedLink *observed_link_new(const char *name, int ifindex);
/** The same for one that the kernel makes now, by the picture's defaults. */
ObservedLink *net_observed_make_link(const NetObserved *self, const char *name, int ifindex);
void observed_link_free(ObservedLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ObservedLink, observed_link_free)
void net_observed_add_link(NetObserved *self, ObservedLink *link); /* takes ownership, as the next three */
void net_observed_add_address(NetObserved *self, ObservedAddress *address);
void net_observed_add_route(NetObserved *self, IfcfgRoute *route);
void net_observed_add_rule(NetObserved *self, IfcfgRule *rule);

/** What a lease of a device says about names, or NULL; sets it: @names is copied, NULL takes it away. */
const NetNames *net_observed_lease_names(const NetObserved *self, const char *dev);
void net_observed_set_lease_names(NetObserved *self, const char *dev, const NetNames *names);
void net_observed_clear_lease_names(NetObserved *self);

/** A picture of its own, for predictions. */
NetObserved *net_observed_copy(const NetObserved *self);
ObservedLink *observed_link_copy(const ObservedLink *link);
/* Changes of a picture, its indexes included; what is removed is freed. Whatever else would change with it in
 * the kernel is the affair of net_predict(). */
/** Takes a link out and hands it to the caller; its addresses and routes stay. */
ObservedLink *net_observed_steal_link(NetObserved *self, const char *name);
/** Puts a route in the place of another one with the same key, which is freed. */
void net_observed_replace_route(NetObserved *self, const IfcfgRoute *old, IfcfgRoute *route);
/** Takes one route out, and frees it. */
void net_observed_remove_route(NetObserved *self, IfcfgRoute *route);
/** All routes of a table to exactly this network, or NULL for none. */
const IndexList *net_observed_routes_to(const NetObserved *self, const IfcfgPrefix *to, guint32 table);
/** Routes that the kernel cannot tell from one by its key, one after the other: ifcfg_route_is_rival(). The
 * kernel's prefix routes of two devices can differ in nothing else. */
typedef struct {
    const IfcfgRoute *route;
    const IndexList *list;
    guint next;
} RouteLikes;
RouteLikes net_observed_likes(const NetObserved *self, const IfcfgRoute *route);
/** Returns: NULL at their end. */
IfcfgRoute *route_likes_next(RouteLikes *self);
void net_observed_set_master(NetObserved *self, ObservedLink *link, int master); /* 0: none */
/** Enters an address into the indices; for what adds one to the list. */
void observed_address_note(NetObserved *self, ObservedAddress *address);
/** Puts an address at a position among those of its link, whose order the kernel keeps. */
void net_observed_insert_address(NetObserved *self, ObservedAddress *address, guint position);
void net_observed_remove_address(NetObserved *self, const ObservedAddress *address);
void net_observed_remove_rule(NetObserved *self, const IfcfgRule *rule);
/** Routes with a hop over the device; NULL: there is none. Not owned. */
const IndexList *net_observed_routes_over(const NetObserved *self, const char *dev);
/** Removes each of these that @is_gone picks (which may take hops over the device out of it). */
void net_observed_remove_routes_over(NetObserved *self, const char *dev,
                                     gboolean (*is_gone)(IfcfgRoute *route, gpointer data), gpointer data);
/** The same of those with that source, which @is_gone may take from it. */
void net_observed_remove_routes_from(NetObserved *self, const IfcfgIp *ip,
                                     gboolean (*is_gone)(IfcfgRoute *route, gpointer data), gpointer data);

/** Whether it has this neighbour. */
gboolean net_observed_has_neighbour(const NetObserved *self, const ObservedNeighbour *neighbour);
/** The neighbour with this link and address goes, if there is one. */
void net_observed_remove_neighbour(NetObserved *self, const ObservedNeighbour *neighbour);
/** What the link has of one family goes; proxies are left where only MACs are forgotten. */
void net_observed_remove_neighbours(NetObserved *self, int ifindex, int family, gboolean proxies_too);

const ObservedLink *net_observed_link(const NetObserved *self, const char *name);
/** All addresses of the link with this number, whatever their prefix length: ObservedAddress* (not owned); to
 * be unref'd. */
GPtrArray *net_observed_with_ip(const NetObserved *self, int ifindex, const IfcfgIp *ip);
/** One of them after the other, without a list. @length: 0 at first. Returns: NULL when there are no more */
const ObservedAddress *net_observed_next_with_ip(const NetObserved *self, int ifindex, const IfcfgIp *ip,
                                                 guint *length);
/** The NIC with a permanent address: hardware first, never what is stacked on others (bonds, bridges, VLANs).
 */
const ObservedLink *net_observed_nic(const NetObserved *self, const IfcfgMac *perm_mac);
const ObservedLink *net_observed_link_by_index(const NetObserved *self, int ifindex);
const ObservedAddress *net_observed_address(const NetObserved *self, int ifindex, const IfcfgPrefix *prefix);
/** Whether an IPv6 address is still being looked for on other hosts; whether another one has it. */
gboolean net_observed_address_is_tentative(const ObservedAddress *address);
gboolean net_observed_address_is_duplicate(const ObservedAddress *address);
/** What the kernel makes itself, and makes again: link-local IPv6, and what a router advertised. */
gboolean net_observed_address_is_kernels(const ObservedAddress *address);
/** The network that an address is in: with a peer, that of the peer. */
IfcfgPrefix net_observed_address_network(const ObservedAddress *address);
/** The table of the networks that a device is in: its VRF's, or the main one. */
guint32 net_observed_table_of(const NetObserved *self, const ObservedLink *link);
/** Addresses of the same link in the same network, in no order; that one too if it is there. NULL: there is
 * none. Not owned. */
const IndexList *net_observed_network_of(const NetObserved *self, const ObservedAddress *address);
/** Addresses with that number, of whatever link; NULL: there is none. Not owned. */
const IndexList *net_observed_addresses_with(const NetObserved *self, const IfcfgIp *ip);
/** The address as it is, for being taken away or put back: all that somebody chose of it. To be freed with
 * net_address_free(). */
NetAddress *net_observed_address_copy(const ObservedAddress *address);
/** Addresses of a link, or NULL for none. */
const GPtrArray *net_observed_addresses_of(const NetObserved *self, int ifindex);

/* Changes, for who keeps a picture true (observed-live.c). Each takes ownership of what it is given.
 * Pointers to a link or an address stay valid until that one goes. */

/** A link as it is now, in place of the one with its index. What a message does not carry (->own->others)
 * stays. */
void net_observed_put_link(NetObserved *self, ObservedLink *link);
/** A link that is gone, with its addresses. Routes are left: the kernel tells of them, or not. */
void net_observed_remove_link(NetObserved *self, int ifindex);
/** An address as it is now, in place of the equal one. A new one becomes the last of its link, which need not
 * be the kernel's order. */
void net_observed_put_address(NetObserved *self, ObservedAddress *address);
void net_observed_clear_routes(NetObserved *self);
void net_observed_clear_rules(NetObserved *self);

/** Ports enslaved to a device; devices stacked on it (VLANs). NULL for none. */
const GPtrArray *net_observed_ports_of(const NetObserved *self, int ifindex);
const GPtrArray *net_observed_uppers_of(const NetObserved *self, int ifindex);

/** The kernel's route that is this one, with the same path; @dev replaces nexthop devices that are not given.
 */
const IfcfgRoute *net_observed_route(const NetObserved *self, const IfcfgRoute *wanted, const char *dev);
/** A route of the kernel that has the key of the wanted one but goes elsewhere, or NULL. */
const IfcfgRoute *net_observed_rival(const NetObserved *self, const IfcfgRoute *wanted, const char *dev);
gboolean net_observed_has_rule(const NetObserved *self, const IfcfgRule *wanted);
/** The picture that a plan for another tree is made against: every NIC that the model names is there, down
 * and empty; nothing else. */
NetObserved *net_observed_assume(const NetModel *model);
