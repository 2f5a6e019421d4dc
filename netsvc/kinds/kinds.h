/* The types themselves, and what they share when they recognise a file. */
#pragma once
#include "model/iface.h"
#include "model/kind.h"

/** All types, most specific first; the last one takes everything and says that it is not supported. Ends in
 * NULL.
 */
extern const IfaceKind *const iface_kinds[];

/**
 * Whether keys say that the file is of a type that is not supported yet: TYPE=Bridge, VLAN=yes,
 * DEVICETYPE=ovs ...
 * @ret_why: gets "TYPE=Bridge", to be freed; may be NULL
 */
gboolean kind_is_foreign(const NetIface *iface, const KindContext *context, char **ret_why,
                         IfcfgWhere *ret_where);
/** Says which TYPE or DEVICETYPE nobody knows, and as what the device is taken: an Ethernet one, as the old
 *  scripts had it, unless other files make it a bond or a bridge. */
void kind_check_type(NetIface *iface, const KindContext *context);

/** BRIDGE_VLANS and BRIDGE_PORT_VLANS of a bridge that filters VLANs, and of each of its ports. */
void bridge_read_vlans(NetIface *bridge, const KindContext *context);
/** Whether a bridge filters VLANs, and the one that each of its ports has by itself then; 0: none. */
gboolean bridge_filters(const NetIface *bridge);
guint16 bridge_default_pvid(const NetIface *bridge);
/** Tells of such keys where they have no effect. */
void kind_check_vlans(const NetIface *iface, const KindContext *context);

/**
 * Reads the type's options: each row of its table that has a key of its own, then the list (BRIDGING_OPTS).
 * What is there already stays; ->settings is made if there is none.
 */
void kind_read_options(NetIface *iface, const KindContext *context);
/** Reads what the file asks for as a port of another device, says what of it has no effect on a port, and
 * what is not supported yet. Every type's read() ends with it. */
void kind_read_port(NetIface *iface, const KindContext *context);
/** Both: all that a type without ideas of its own has to read. */
void kind_read_link(NetIface *iface, const KindContext *context);
/** Refuses to be the port of a bridge, which takes Ethernet devices only; @why: what is so and what to do. */
void kind_refuse_bridge(NetIface *iface, const KindContext *context, const char *why);
/** Checks the options against each other and against the ports, when all files are read. */
void kind_link_options(NetIface *iface, const KindContext *context);

/** MACADDR; else the one that neighbours know, if it is a port's; else the first port's: set by us, so that
 * udev's policy leaves it alone. */
IfcfgMac kind_mac_of_ports(const NetIface *iface, const NetObserved *observed);

/**
 * Reads an address of a tunnel's end into an option; one that is missing is none, a bad one fails the
 * interface.
 * @family: of the addresses that the tunnel takes
 */
void kind_read_end(NetIface *iface, const char *key, int family, const char *option,
                   const KindContext *context);
/** Refuses the devices that the kernel makes with a tunnel's driver: they belong to nobody. Returns: whether
 * the interface has a fault */
gboolean kind_refuse_generic(NetIface *iface, const KindContext *context);

/** Whether TYPE is @name, in any case. */
gboolean kind_type_is(const NetIface *iface, const char *name);
