/* Wanted against actual, in one place: what the planner does not have to do is what the verifier finds in
 * order. Pure. */
#pragma once
#include "state/link-diff.h"
#include "state/observed.h"

/** What is different about an address that has the right number, or NULL when it is as wanted (text to be
 * freed).
 *  @dev: the label of an address that has none of its own
 *  @observed: the picture that the address is from, for the route of its network */
char *net_address_difference(const NetAddress *wanted, const ObservedAddress *actual, const char *dev,
                             const NetObserved *observed);
/** Whether such a difference can only be mended by taking the address away and adding it again. */
gboolean net_address_needs_replacing(const NetAddress *wanted, const ObservedAddress *actual,
                                     const char *dev);
/** Whether the network of an address has no route over its link, as the kernel gives with the address. */
gboolean net_address_lacks_network(const ObservedAddress *actual, const NetObserved *observed);
/** The address of a link that has the number of the wanted one, the right prefix length first, or NULL. */
const ObservedAddress *net_observed_find_ip(const NetObserved *self, int ifindex, const IfcfgPrefix *prefix);

/** Whether a route of the kernel goes where the wanted one shall go; their keys are equal already. */
gboolean net_route_has_path(const IfcfgRoute *actual, const IfcfgRoute *wanted, const char *dev);
/** The device of a route: its first hop's that has one; NULL for none. */
const char *net_route_dev(const IfcfgRoute *route);
/** Whether the kernel makes it itself: with an address, or after a router's word. */
gboolean net_route_is_kernels(const IfcfgRoute *route);
/** Old scripts (ifup-eth): 169.254.0.0/16 with this metric plus the ifindex, which keeps the interfaces
 * apart. */
#define NET_ZEROCONF_METRIC 1000
/** Whether it is such a route, of whichever interface. */
gboolean net_route_is_zeroconf(const IfcfgRoute *route);

/** The priority that the kernel gives a rule that is added without one (fib_default_rule_pref(),
 * net/core/fib_rules.c): one less than that of the second rule, or 0. */
guint32 net_observed_rule_priority(const NetObserved *self, guint8 family);

/** Whether a rule of the kernel is the wanted one; a priority that is not asked for is left to the kernel. */
gboolean net_rule_is(const IfcfgRule *actual, const IfcfgRule *wanted);
