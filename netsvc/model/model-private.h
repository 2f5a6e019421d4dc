/* The steps of net_model_load(), a file each. Nobody outside of model/ calls them. */
#pragma once
#include "model/iface.h"
#include "model/kind.h"

/** Whether network-scripts/ has a file of this name (only route*, rule*, *.route and ifup-* files are known).
 */
gboolean net_model_has_file(const NetModel *self, const char *name);

/** All of them: a set of char*. */
GHashTable *net_model_files(const NetModel *self);

/** By the file's suffix. */
NetIface *net_model_find_nick(const NetModel *self, const char *nick);

/** Whether the device of an alias has @ip in a network, by its own file or by that of an alias that comes
 * along. */
gboolean net_alias_is_near(const NetIface *alias, const IfcfgIp *ip);
/** Whether the default route leads to @gateway before the alias asks for it: by its parent, or by the last
 * alias before it (ifup-aliases). */
gboolean net_alias_has_gateway(const NetIface *alias, const IfcfgIp *gateway);

/** Keys that every type has, but no addresses and routes. */
void net_iface_read_common(NetIface *iface, const KindContext *context);
/** Device and parent's name of an alias or range file. */
void net_iface_read_alias(NetIface *iface, const KindContext *context);
/** Enters an alias or range into its parent's aliases. All files are in the model. */
void net_iface_find_parent(NetIface *iface, const KindContext *context);

/** MASTER, BRIDGE and the like, which kinds are recognised by: enters the interface into its master's ports.
 * All files are in the model. */
void net_iface_read_master(NetIface *iface, const KindContext *context);
/** What a port makes since no file does: for the model to keep. NULL: nothing new. */
NetIface *net_iface_make_master(NetIface *iface, const KindContext *context);
/** All other relations. Needs the kinds. */
void net_iface_read_relations(NetIface *iface, const KindContext *context);
/** Whether the other ends are what they must be. Needs the addresses. */
void net_iface_check_relations(NetIface *iface, const KindContext *context);

/** BOOTPROTO=dhcp and what belongs to it. Before the addresses, which a server may have to give. */
void net_iface_read_leases(NetIface *iface, const KindContext *context);
/** IPADDRn, or IPADDR_START..IPADDR_END. Parents first. */
void net_iface_read_addresses(NetIface *iface, const KindContext *context);
/** IPV6ADDR and IPV6ADDR_SECONDARIES, appended to the addresses. */
void net_iface_read_addresses6(NetIface *iface, const KindContext *context);
/** ARP and SRCADDR ask nothing of a device without an IPv4 address of its file's own. Needs the addresses. */
void net_iface_limit_arp(NetIface *iface, const KindContext *context);
/** What the IPv6 keys ask of the device itself: ->confs and ->mtu. */
void net_iface_read_confs(NetIface *iface, const KindContext *context);
/** IPV6_DEFAULTGW and IPV6_DEFAULTDEV. Needs the addresses. */
void net_iface_read_default6(NetIface *iface, const KindContext *context);
/** Whether one of its own addresses has @ip in its network. */
gboolean net_iface_is_near(const NetIface *iface, const IfcfgIp *ip);
/** The interface's first address of a family, or NULL. */
const NetAddress *net_iface_first_address(const NetIface *iface, int family);
/** An interface of which nobody knows what it was meant to be fails: the mode of a bond. */
void net_iface_check_selector(NetIface *iface);
/** Whether an error was told since there were @told problems: something of a file could not be understood. */
gboolean net_model_told_error(const KindContext *context, guint told);
/** Sets ->is_damaged where the file cannot be trusted. Needs the kinds. */
void net_iface_find_damage(NetIface *iface, const KindContext *context);
/** A file that has a NETMASK or PREFIX and no address: an error, and damage. */
void net_iface_check_missing(NetIface *iface, const KindContext *context);

/** Adds an IPv6 address that @key asks for. Returns FALSE, with the reason told, where the text is no address
 * for a host. */
gboolean net_iface_add_address6(NetIface *iface, const char *key, const char *text, IfcfgWhere where,
                                const KindContext *context);

/** The tunnel of 6to4 that a file asks for by IPV6TO4INIT, for the model to take; NULL: none. */
NetIface *net_iface_make_6to4(NetIface *iface, const KindContext *context);
/** A route without a gateway goes by the relay, if it is one over that tunnel. */
void net_iface_give_relay(const NetIface *tunnel, IfcfgRoute *route);
/** Its routes beyond those that it has as any other interface. */
void net_iface_read_6to4_routes(NetIface *tunnel, const KindContext *context);
/** IPV6TO4_ROUTING: addresses of other interfaces, which are read. */
void net_iface_read_6to4_networks(NetIface *iface, const KindContext *context);

/** Has all services read their keys, and then check across interfaces (model/service.h). */
void net_iface_read_services(NetIface *iface, const KindContext *context);
void net_iface_link_services(NetIface *iface, const KindContext *context);
/** Checks all keys of its file. Needs to know whether it is left alone. */
void net_iface_check_keys(NetIface *iface, const KindContext *context);

/** Finds addresses and labels that were given twice on one device. */
void net_model_check_addresses(const KindContext *context);

/** Says which routes give way to another one, and enters those that several interfaces ask for: ->contested.
 * Needs the routes. */
void net_model_check_routes(const KindContext *context);
/** Names the interface by which a route of a file goes whose gateway is in the network of another one than
 * the file's, and of that alone. Needs all addresses. */
void net_model_find_ways(const KindContext *context);
/** Whether a gateway is in a network of the interface, of its aliases, or of a route of its file that needs
 * none.
 */
gboolean net_iface_reaches(const NetIface *iface, const IfcfgIp *gateway);
/** Whether its files say all that there is to know of that. */
gboolean net_iface_knows_reach(const NetIface *iface, const IfcfgIp *gateway);
/** Says which default routes are asked for in vain. Needs the routes. */
void net_model_check_defaults(const KindContext *context);

/** /etc/sysconfig/static-routes and static-routes-ipv6: each route to the interface that it is about. Needs
 * the addresses. */
void net_model_read_static_routes(const KindContext *context);
/** Whether /etc/sysconfig/network sets up IPv6 of the host. @network: may be NULL */
gboolean net_network_asks_ipv6(const IfcfgRecord *network);
/** The loopback's routes for what must never appear on a wire, where the host's IPv6 is set up at all. */
void net_iface_read_unreachable(NetIface *iface, const KindContext *context);

/** The default route, route-*, route6-*, rule-* and rule6-* files, zeroconf. Needs the addresses. */
void net_iface_read_routes(NetIface *iface, const KindContext *context);
/** Reads its route- and rule- files. */
void net_iface_read_route_files(NetIface *iface, const KindContext *context);
/** Metric and table of its routes that say none, and that there are none of IPv6: by keys. */
void net_iface_read_route_keys(NetIface *iface, const KindContext *context);
/** Says who could bring up what is not supported. */
void net_iface_report_unsupported(NetIface *iface, const KindContext *context);
/** The metric of its routes that say none, by a key; -1: none. */
gint64 net_iface_route_metric(const NetIface *iface, int family);
/** Forgets ->macaddr, which @key has given, where no device can have it, and says so. */
void net_iface_check_mac(NetIface *iface, const char *key, const KindContext *context);
