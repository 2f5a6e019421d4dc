/* What the kernel has, as interfaces that files could have asked for. Pure. */
#pragma once
#include "state/observed.h"
#include "writing/writing.h"

/**
 * @kinds: of links, as for the model
 * @names: devices, each with all that it needs (ports, masters, devices below, other ends), NULL-terminated;
 * NULL: all that somebody has set up
 * @problems: a warning for what no file can say, and for devices that are left out
 * Returns: GPtrArray of NetIface*, in the order of files; without what DHCP, routers and the kernel gave
 */
GPtrArray *net_import(const NetObserved *observed, const IfaceKind *const *kinds, const char *const *names,
                      IfcfgProblems *problems);

/* --- private to this room --- */

typedef struct {
    const NetObserved *observed;
    const IfaceKind *const *kinds;
    IfcfgProblems *problems;
    GHashTable *seen;    /* set of ObservedLink* that were looked at */
    GHashTable *chosen;  /* those of them that are taken */
    GHashTable *by_name; /* to NetIface* */
    GPtrArray *ifaces;
} NetImport;

/** The kind whose files make such a link, or NULL. */
const IfaceKind *net_import_kind(const NetImport *self, const ObservedLink *link);
/** Marks the links to take; tells of those that cannot be. */
void net_import_choose(NetImport *self, const char *const *names);
/** Type, relations, options, MTU, MAC. */
void net_import_link(const NetImport *self, NetIface *iface, const ObservedLink *link);
void net_import_options(const NetImport *self, NetIface *iface, const ObservedLink *link);
void net_import_addresses(const NetImport *self, NetIface *iface, const ObservedLink *link);
/** IPv6 of the device, by its settings. After its addresses. */
void net_import_confs(const NetImport *self, NetIface *iface, const ObservedLink *link);
/** VLANs in a bridge, features of a card; and by a line each what no key is about. */
void net_import_rest(const NetImport *self, NetIface *iface, const ObservedLink *link);
/** Of all interfaces at once: whose a route or rule is follows from what they have. */
void net_import_routes(const NetImport *self);
void net_import_rules(const NetImport *self);
