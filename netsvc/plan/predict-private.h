/* The parts of the prediction, by what an operation is about. Private to plan/predict*.c. */
#pragma once
#include "model/iface.h"
#include "plan/predict.h"

/** The link of that name or number, to be changed; NULL for none. */
ObservedLink *predict_find(const NetObserved *picture, const char *name);
ObservedLink *predict_find_index(const NetObserved *picture, int ifindex);
gboolean predict_is_kind(const ObservedLink *link, const char *kind);

/* --- links: each returns 0 or the errno with which the kernel refuses --- */
int predict_link_op(NetObserved *picture, const NetOp *op);
int predict_link_up(NetObserved *picture, ObservedLink *link);
void predict_link_down(NetObserved *picture, ObservedLink *link);
/** Whether it can have this MTU. Returns: 0 or errno */
int predict_mtu_refused(const NetObserved *picture, const ObservedLink *link, guint32 mtu);
/** The MTU of a device with ports, which are asked first. */
int predict_ports_set_mtu(NetObserved *picture, ObservedLink *master, guint32 mtu);
/** A port that is let go is down, and has the MAC and MTU that it came with. */
void predict_port_restore(NetObserved *picture, ObservedLink *port);
int predict_link_set_mtu(NetObserved *picture, ObservedLink *link, guint32 mtu);
/** A new address, by whoever; @assigned: NET_MAC_*. What has it from this link follows. */
void predict_link_set_mac(NetObserved *picture, ObservedLink *link, const IfcfgMac *mac, guint8 assigned);

/** What was entered of neighbours goes (neigh_changeaddr()): permanent ones too. */
void predict_forget_neighbours(NetObserved *picture, const ObservedLink *link);

/* --- ports --- */
int predict_port_add(NetObserved *picture, ObservedLink *port, ObservedLink *master);
gboolean predict_is_taken(const NetObserved *picture, const ObservedLink *link);
/** Whether @lower is the device itself or below it, as what it stands on or as a port
 * (__netdev_has_upper_dev()). */
gboolean predict_stands_on(const NetObserved *picture, const ObservedLink *upper, const ObservedLink *lower);
/** vlan_uses_dev() */
gboolean predict_has_vlans(const NetObserved *picture, const ObservedLink *link);
void predict_port_release(NetObserved *picture, ObservedLink *port);
/** Sets the options of a port. */
int predict_port_set(const NetObserved *picture, ObservedLink *port, const NetOp *op);

/** VLANs of a bridge and its ports. */
int predict_vlans_op(NetObserved *picture, const NetOp *op);

/* --- options of drivers that take each by itself --- */
/** All have their defaults. */
void predict_values_init(ObservedLink *link, const LinkFamily *family);
void predict_port_values_init(ObservedLink *port, const LinkFamily *family);
void predict_port_values_clear(ObservedLink *port);
/** Returns: 0, or EOPNOTSUPP where there are none */
int predict_values_set(LinkValues *values, const GPtrArray *settings);

/* --- what a driver does of its own accord --- */

/** One row a driver; a function that is NULL does nothing, or what all do. Those with a result return 0 or
 * the errno of a refusal. */
typedef struct {
    const char *kind;
    /* the flags and the MTU that its devices are made with; 0: those of a card (ether_setup()) */
    guint32 flags, mtu;
    /* that it can have; 0: that of IPv4 */
    guint32 least_mtu;
    /* all that comes in by the device below is looked at: that is no other one's port any more */
    gboolean takes_lower;
    /* MAC and MTU are those of the device below, whatever becomes of them */
    gboolean follows_lower;
    /* its MTU is its own, whatever becomes of that of the device below */
    gboolean keeps_mtu;
    /* dev->addr_len; 0: that of Ethernet */
    guint8 mac_bytes;
    /* no VLANs stand on it (NETIF_F_VLAN_CHALLENGED) */
    gboolean takes_no_vlans;
    /* of nothing but a VRF (IFF_NO_RX_HANDLER) */
    gboolean is_no_port;
    /* on the way up */
    int (*open)(NetObserved *picture, ObservedLink *link);
    int (*set)(NetObserved *picture, ObservedLink *link, const GPtrArray *settings);
    int (*set_mtu)(NetObserved *picture, ObservedLink *link, guint32 mtu);
    void (*set_mac)(NetObserved *picture, ObservedLink *link, const IfcfgMac *mac);
    /* NULL: it takes no ports */
    int (*add_port)(NetObserved *picture, ObservedLink *link, ObservedLink *port);
    /* the port is out already */
    void (*port_gone)(NetObserved *picture, ObservedLink *link, ObservedLink *port);
    /* a port has another MAC or MTU */
    void (*port_changed)(NetObserved *picture, ObservedLink *link);
    gboolean (*refuses_of_port)(const NetObserved *picture, const ObservedLink *port,
                                const LinkSetting *setting);
} PredictDriver;

/** The driver of a device; never NULL. */
const PredictDriver *predict_driver(const ObservedLink *link);
/** Something of a port is another: its master hears of it. */
void predict_tell_master(NetObserved *picture, const ObservedLink *port);

/* --- layer 3 --- */
int predict_address_op(NetObserved *picture, const NetOp *op);
int predict_address4_add(NetObserved *picture, const ObservedLink *link, const NetAddress *wanted);
int predict_address4_delete(NetObserved *picture, const ObservedLink *link, const IfcfgPrefix *prefix);
int predict_address6_add(NetObserved *picture, const ObservedLink *link, const NetAddress *wanted);
int predict_address6_delete(NetObserved *picture, const ObservedLink *link, const IfcfgPrefix *prefix);
/** The device came up, went down, or is about to go. */
void predict_ip4_up(NetObserved *picture, const ObservedLink *link);
void predict_ip4_gone(NetObserved *picture, const ObservedLink *link);
void predict_ip6_up(NetObserved *picture, const ObservedLink *link);
void predict_ip6_gone(NetObserved *picture, const ObservedLink *link);
/** How long an address lives, as it is asked for. */
void predict_lifetime(ObservedAddress *address, const NetAddress *wanted);
/** What else somebody chose of it. */
void predict_choices(ObservedAddress *address, const NetAddress *wanted);
gboolean predict_is_local(const NetObserved *picture, const IfcfgIp *ip);

int predict_route_op(NetObserved *picture, const NetOp *op);
int predict_rule_op(NetObserved *picture, const NetOp *op);
int predict_nexthop_op(NetObserved *picture, const NetOp *op);
/** All objects over a device go, and the routes by them: it is down, has lost its carrier, or goes. */
void predict_nexthops_gone(NetObserved *picture, const char *dev);
/** Next hops over a device: @gone: the device is going, and not only down. */
void predict_routes_dead(NetObserved *picture, const char *dev, int family, gboolean gone);
void predict_routes_alive(NetObserved *picture, const char *dev, int family);
/** Whether the kernel finds a way to the gateway of a next hop, whose device it may change. Returns: 0 or
 * errno
 */
int predict_gateway_check(const NetObserved *picture, const IfcfgRoute *route, IfcfgNexthop *hop);
