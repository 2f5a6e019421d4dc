/* Wanted against actual, in one place: what the planner does not have to do is what the verifier finds in
 * order. Pure. */
#pragma once
#include "state/observed.h"

/** What is different about an address that has the right number, or NULL when it is as wanted (text to be
 * freed).
 *  @dev: the label of an address that has none of its own */
char *net_address_difference(const NetAddress *wanted, const ObservedAddress *actual, const char *dev);
/** The address of a link that has the number of the wanted one, the right prefix length first, or NULL. */
const ObservedAddress *net_observed_find_ip(const NetObserved *self, int ifindex, const IfcfgPrefix *prefix);

/** Whether a route of the kernel goes where the wanted one shall go; their keys are equal already. */
gboolean net_route_has_path(const IfcfgRoute *actual, const IfcfgRoute *wanted, const char *dev);
/** Old scripts (ifup-eth): 169.254.0.0/16 with this metric plus the ifindex, which keeps the interfaces
 * apart. */
#define NET_ZEROCONF_METRIC 1000
gboolean net_observed_has_zeroconf(const NetObserved *self, const ObservedLink *link);

/** Whether a rule of the kernel is the wanted one; a priority that is not asked for is left to the kernel. */
gboolean net_rule_is(const IfcfgRule *actual, const IfcfgRule *wanted);

/** One bond option that is not as wanted. */
typedef struct {
    BondSetting *made;         /* of an option that the file does not name: its default; else NULL */
    const BondSetting *wanted; /* the file's, or ->made */
    char *actual;              /* normal text; NULL: the kernel does not know this option */
} BondDifference;

void bond_difference_free(BondDifference *difference);

/**
 * Compares the settings of a bond with the kernel's, row by row, in write order. Not compared: volatile
 * options, options that are not legal in the wanted mode or not known to the kernel (unless asked for),
 * per-port options and a primary of ports that are not enslaved. Options without a row come last. Returns:
 * GPtrArray of BondDifference*
 */
GPtrArray *bond_differences(const NetIface *bond, const ObservedLink *link, const NetObserved *observed);
/** Adds the kernel's default of an option that the file does not name, as a difference. */
void bond_differences_add_default(GPtrArray *differences, const NetIface *bond, const BondOption *option,
                                  const char *actual);
