/* What the administrator asked for, typed: interfaces with their addresses, routes, rules and bond settings.
 * No I/O but reading files. */
#pragma once
#include "ethtool-options.h"
#include "ifcfg-dir.h"
#include "ifcfg-modules.h"
#include "ifcfg-route.h"
#include "link-options.h"
#include "model/hooks.h"
#include "model/lease.h"
#include "model/names.h"
#include "model/relation.h"

typedef struct IfaceKind IfaceKind;
typedef struct NetService NetService;
typedef struct NetModel NetModel;

/** Who knows the NICs of the running system: files without DEVICE mean one by its HWADDR, and one without
 * TYPE can be a bridge's. */
typedef struct {
    /** The name of the NIC with this permanent address, to be freed; NULL when none is here. */
    char *(*find)(const IfcfgMac *mac, gpointer data);
    gpointer data;
    /** Whether a device of this name is here that is none of this kind ("bridge"); NULL: nobody knows. */
    gboolean (*is_other)(const char *name, const char *kind, gpointer data);
} NetNics;

typedef enum {
    NET_NAMED_BY_FILE, /* DEVICE, else the file's suffix, or what a VLAN's keys make */
    NET_NAMED_BY_NIC,  /* no DEVICE; the NIC with this HWADDR has the name */
    NET_NAME_UNKNOWN,  /* no DEVICE, and no such NIC is here, or there is no system to ask: `name` is the
                          suffix */
} NetNaming;

/** A setting of a device below net.ipv6.conf (model/devconf.h). */
typedef struct {
    guint conf; /* NET_CONF_* */
    gint32 value;
    gboolean is_given; /* a key says so; else it is what holds where none does */
    IfcfgWhere where;
} NetConfValue;

typedef struct {
    IfcfgPrefix prefix; /* address and prefix length; host bits kept */
    IfcfgIp broadcast;  /* AF_UNSPEC: none given, the usual one is used */
    char *label;        /* IFA_LABEL: the device, or "eth0:1"; NULL: IPv6 has none */
    guint8 scope;       /* RT_SCOPE_* */
    gboolean check;     /* ARPCHECK: probe for duplicates before adding */
    gboolean announce;  /* ARPUPDATE: its neighbours are told after adding */
    guint32 valid;      /* seconds; 0: for ever */
    guint32 preferred;  /* the same, of what is not valid for ever or deprecated; else 0 */
    gboolean no_dad;    /* IPv6: it was here a moment ago, so that nobody else has it */
    IfcfgIp peer;       /* the other end of the link, of whose network it is; AF_UNSPEC: none */
    /* What no file asks for, and somebody else's address has that is put back: */
    guint32 flags;   /* IFA_F_*: those that are somebody's choice */
    guint32 metric;  /* of the route of its network; 0: the kernel's */
    guint8 protocol; /* IFA_PROTO: who put it there, a number like that of a route */
    IfcfgWhere where;
} NetAddress;

/* Files beside the interface's own, by what they ask for; bits */
enum {
    NET_DOUBT_ALIASES = 1 << 0,
    NET_DOUBT_ROUTES = 1 << 1,
    NET_DOUBT_RULES = 1 << 2,
    NET_DOUBT_STATIC_ROUTES = 1 << 3, /* by a file of routes of all interfaces */
    NET_DOUBT_DEFAULT = 1 << 4,       /* GATEWAY leads nowhere */
    NET_DOUBT_DEFAULT6 = 1 << 5,
};

struct NetIface {
    char *name;       /* the device: DEVICE, else that of HWADDR, else the file's suffix */
    NetNaming naming; /* which of them */
    char *nick;       /* the file's suffix: what status lines show */
    const char *file; /* interned path; NULL: made up, there is no file */
    IfcfgEntryKind
        form; /* main, alias or range file, by its name; a main file with DEVICE=eth0:1 counts as alias */
    IfcfgWhere where; /* of DEVICE, else the file alone */
    IfcfgRecord *record;
    guint64 keys;                             /* ifcfg_record_bits() of all places that values come from */
    const char *type;                         /* TYPE, or NULL: what every kind asks for; the record's */
    const IfcfgRecord *environment, *network; /* where else values come from: net_iface_get(); not owned, or
                                                 NULL */
    const IfaceKind *kind;                    /* never NULL */
    char *unsupported; /* why it cannot be brought up yet ("TYPE=Bridge", "BOOTPROTO=dhcp"), or NULL */
    IfcfgWhere unsupported_where;
    gboolean is_damaged; /* something in the file could not be understood that the network may hang on: what
                            is up already must not lose anything for the rest of it */
    IfcfgWhere damage_where;
    guint in_doubt;       /* NET_DOUBT_*: which of its claims a file may ask for that cannot be understood */
    NetIface *tunnel6to4; /* the tunnel of 6to4 that comes and goes with it; not owned, or NULL */
    char *teamd_config;   /* what teamd is to be started with: JSON; NULL: it is no team */
    char *plugin;         /* a program ifup-PLUGIN brings it up ("ovs"); or NULL */
    char *fault;          /* an input error that forbids bringing it up, or NULL */
    IfcfgWhere fault_where;
    gboolean fault_spares_link; /* it is about the addresses: the device comes up, without any, and that is a
                                   failure */

    /* The plain keys, by the table of model/field.c */
    gboolean onboot, userctl, onparent, hotplug;
    char *bootproto;
    IfcfgMac hwaddr, macaddr;
    guint32 mtu;         /* 0: not given */
    guint ethtool_delay; /* microseconds before ETHTOOL_OPTS */
    gboolean link_up;    /* LINKSTATUS is not "down" */
    gint arp;            /* ARP: -1 not given, 0, 1 */
    gint promisc;        /* ACCEPT_ALL_MAC_ADDRESSES: the same */
    gint linkdelay;      /* seconds, -1: not given */
    guint devtimeout;    /* seconds */
    guint arping_wait;   /* seconds, 0: not given */
    guint arping_tries;  /* 0: not given */
    gboolean arpcheck, arpupdate;
    IfcfgIp srcaddr; /* AF_UNSPEC: not given */
    gboolean defroute, norouteset, no_aliasrouting, nozeroconf;
    gboolean nexthop_objects; /* routes that share a gateway share an object of the kernel */
    gboolean ipv6init, ipv6forwarding, ipv6_force_accept_ra, ipv6_set_sysctls;
    gboolean ipv6_disabled;          /* it has none: then ->ipv6init is FALSE too */
    gint ipv6_autoconf, ipv6_router; /* -1: not given */
    guint32 ipv6_mtu;                /* 0: not given; ->mtu has it already */
    char *ipv6_privacy, *ipv6_addr_gen_mode, *ipv6_token;
    gboolean ipv6_prefer_public;
    gint ipv6_defroute; /* -1: not given */
    /* what the client is told; `ignore_gateway` and `defroute` mean the same */
    struct {
        gboolean send_hostname, release, is_fatal, is_persistent, is_persistent6, is_6;
        gboolean peerdns, peerntp, peerroutes, ignore_gateway;
        gboolean no_hostname; /* none by a reverse lookup either */
        char *client;
        guint timeout; /* seconds */
    } dhcp;

    GPtrArray *addresses; /* NetAddress*, in order, IPv4 first; those of aliases that come with the parent are
                             in the alias' own interface */
    GPtrArray *leases;    /* NetLease*: what it asks DHCP servers for */
    GArray *confs;        /* NetConfValue: what its device is to have of net.ipv6.conf */
    GPtrArray *routes;    /* IfcfgRoute*, the default route first, then route-*, route6-* */
    GPtrArray *rules;     /* IfcfgRule* */
    IfcfgIp gateway;      /* as configured, for `show`; the route itself is in ->routes */
    gboolean zeroconf;    /* add 169.254.0.0/16, metric 1000 + ifindex, scope link */
    gboolean arp_filter;  /* SRCADDR: net.ipv4.conf.DEV.arp_filter=1 */

    char *radvd_pid_file;   /* of radvd, to be told of 6to4; NULL: by a unit, or it is not there */
    char *zone;             /* of firewalld; NULL: none is asked for */
    gboolean has_no_rivals; /* no two of its routes, with those of its aliases, are for one destination with
                               one metric */
    GHashTable *contested;  /* set of IfcfgRoute* that another interface asks for too, those of its aliases
                               among them; NULL: none */
    GPtrArray *ethtool;     /* EthtoolRequest*: the parts of ETHTOOL_OPTS; NULL: none. Filled by a service */
    NetNames *names;        /* its share of resolv.conf; NULL: none. Filled by a service */

    const NetService *const *services; /* those of its model; not owned, or NULL */
    GPtrArray *relations;              /* NetRelation*: what it is a port of, stands on ... */
    GPtrArray *ports;            /* NetIface*, not owned, configuration order: the reverse of NET_PORT_OF */
    GPtrArray *uppers;           /* NetIface*, not owned, configuration order: the reverse of NET_STANDS_ON */
    LinkSettings *settings;      /* its own options, complete, if its kind has such; else NULL */
    LinkSettings *port_settings; /* its options as a port of its controller; NULL: none are asked for */
    char *vlans; /* those that it has in a bridge that filters them, as a port or the bridge itself:
                    bridge_vlans_format(); NULL: none are asked for */
    IfcfgWhere vlans_where;

    NetIface *parent; /* alias: resolved; not owned */
    char *parent_name;
    GPtrArray *aliases; /* NetIface*, not owned */
    char *module;       /* driver from an `alias` in modules.conf, or NULL */
    IfcfgWhere module_where;
};

/** Why ->unsupported, "TYPE=CTC", cannot be brought up, and who could; to be freed. */
char *net_iface_unsupported_text(const NetIface *iface);
/** The kernel's device that its addresses stand on: an alias has its parent's. */
static inline const char *net_iface_device(const NetIface *iface)
{
    return iface->parent ? iface->parent->name : iface->name;
}

/** What a model is made from, besides the files. */
typedef struct {
    const IfaceKind *const *kinds; /* all types, most specific first; the last one takes everything; ends in
                                      NULL; outlives the model */
    const NetService *const *services; /* all services, ends in NULL; the same. NULL: none */
    const NetNics *nics;      /* of a running system, asked only if a file makes it necessary; or NULL */
    IfcfgRecord *environment; /* of the caller; only few keys count; or NULL */
} NetModelSources;

/** Whether it is to come up at boot, as far as its own file and its parent's go, and nothing is known to keep
 * it from that. */
gboolean net_iface_is_at_boot(const NetIface *iface);

/** What ifcfg_keys_check() and ifcfg_keys_note() are to know of its file: IFCFG_IN_IFCFG and more. */
guint net_iface_keys_place(const NetIface *iface);

/**
 * Reads the configuration below @root and makes the model of it.
 * @root: NULL for "/"
 * @problems: gets everything that is wrong or doubtful
 * Returns: the model (possibly with no interfaces), or NULL with @error if /etc/sysconfig/network-scripts
 * cannot be read
 */
NetModel *net_model_load(const char *root, const NetModelSources *sources, IfcfgProblems *problems,
                         GError **error);
void net_model_free(NetModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetModel, net_model_free)

/** The type of this name ("bond"), or NULL: this model knows none. */
const IfaceKind *net_model_kind(const NetModel *self, const char *name);

/** All services of this model, ends in NULL; never NULL itself. */
const NetService *const *net_model_services(const NetModel *self);

/** The hooks of this system: NetHook*, in the order in which they are run. */
const GPtrArray *net_model_hooks(const NetModel *self);

/** Whether a program of another package brings up this type: network-scripts/ifup-TYPE is there. */
gboolean net_model_has_plugin(const NetModel *self, const char *type);

const IfcfgDir *net_model_dir(const NetModel *self);
const IfcfgModules *net_model_modules(const NetModel *self);
const IfcfgRtNames *net_model_rtnames(const NetModel *self);

/** NETWORKING in /etc/sysconfig/network is not false, and the file is there. */
gboolean net_model_is_networking(const NetModel *self);

/** What /etc/sysconfig/network asks of net.ipv6.conf for all devices, and for those to come:
 * "ipv6/conf/all/forwarding=1 ...", to be freed; NULL: nothing. */
char *net_model_sysctls(const NetModel *self);
/** Whether it makes the host an IPv6 router. */
gboolean net_model_forwards6(const NetModel *self);

guint net_model_length(const NetModel *self);
/** In configuration order: lo, the old scripts' sort order, then aliases and ranges. Two files for one
 * device: only the first, with an error. */
NetIface *net_model_nth(const NetModel *self, guint index);
/** All of them in the order in which `network start` brought them up, aliases behind their parents. Returns:
 * GPtrArray of NetIface*, not owned */
GPtrArray *net_model_boot_order(const NetModel *self);
NetIface *net_model_find(const NetModel *self, const char *device); /* by device name, "eth0:1" for aliases */
/** The interface whose device or file has nearly this name: what was meant by a mistyped one. @kind: only of
 * this type ("bond"), or NULL. Returns: a name of the model, or NULL: none is near. */
const char *net_model_guess(const NetModel *self, const char *name, const char *kind);
/** What to say to who asked for an interface that is not configured: the one that was meant, or which there
 * are. Returns: to be freed; never NULL */
char *net_model_hint(const NetModel *self, const char *name);
/** Whether lines of this file, or all of it, could not be read. @file: interned; @ret_where: the first one */
gboolean net_model_is_unreadable(const NetModel *self, const char *file, IfcfgWhere *ret_where);
/** The same for the file of a device that the model does not know: ifcfg-DEVICE. */
gboolean net_model_has_unreadable(const NetModel *self, const char *device, IfcfgWhere *ret_where);
/** All such files, of any kind: path -> IfcfgWhere*. Not owned. */
GHashTable *net_model_unreadable(const NetModel *self);
/** Files whose device an earlier file has already: NetIface* with ->fault set, in configuration order; in no
 * other list. */
const GPtrArray *net_model_rejected(const NetModel *self);
/** Whether a route by a gateway takes the place of the kernel's own to a network of the interface's (IPv4
 * addresses): from then on no other gateway in there is taken. */
gboolean net_iface_is_hidden_by(const NetIface *iface, const IfcfgRoute *route);
/** The address of an interface, or of its aliases, that has this one as its broadcast address, which no host
 * can have and the kernel takes for no gateway (fib_check_nh_v4_gw()); NULL: none. */
const NetAddress *net_iface_broadcast_find(const NetIface *iface, const IfcfgIp *ip);
/** Whether the gateway of a route is in a network that the interface is to have, or nobody can tell. */
gboolean net_iface_may_use_route(const NetIface *iface, const IfcfgRoute *route);
/** Whether no router can have that address: it is such a one, or the interface's own. */
gboolean net_iface_has_no_router(const NetIface *iface, const IfcfgIp *ip);

/** The interface itself (0), then its aliases and ranges; NULL behind the last. */
const NetIface *net_iface_part(const NetIface *iface, guint index);
/** Whether a part comes up with its interface: not every alias does. */
gboolean net_iface_part_comes_along(const NetIface *iface, const NetIface *part);
/** Of all routes that come up with an interface those that its device gets. Returns: a set in which
 * g_hash_table_lookup() finds for any IfcfgRoute* the one that has its destination and metric; into the
 * model; free with g_hash_table_unref */
GHashTable *net_iface_winning_routes(const NetIface *iface);
/** Whether another interface asks for a route to the same destination, with the same metric, too. */
gboolean net_iface_is_contested(const NetIface *part, const IfcfgRoute *route);
typedef struct {
    NetIface *iface; /* an alias counts for itself */
    const IfcfgRoute *route;
} NetDefaultClaim;

/**
 * All default routes that the files ask for, the last in boot order first: of those that compete
 * (same family, table and metric) the first one here that gets there has it; of one that leads somewhere and
 * one that drops (`unreachable default`), the former. Returns: GPtrArray of
 * NetDefaultClaim* into the model; free with g_ptr_array_unref
 */
GPtrArray *net_model_default_claims(const NetModel *self);
/** The claim that gets the default route that @route competes for, if all interfaces of the boot come up; or
 * NULL. */
const NetDefaultClaim *net_default_claims_winner(const GPtrArray *claims, const IfcfgRoute *route);

/** By what `ifup` was given; @device_mac as in ifcfg_dir_find(). Can be a rejected one: look at ->fault. */
NetIface *net_model_lookup(const NetModel *self, const char *argument, const IfcfgMac *device_mac,
                           GError **error);
