/* What every link has, by the rows of link_attributes: as the files ask for it, and as a link has it. Pure.
 */
#pragma once
#include "state/link-diff.h"
#include "state/observed.h"

/** What an interface's files ask for; where its kind gives it a MAC of which no file speaks, that setting is
 * implied. A port of a device that gives its ports its own MTU and MAC is asked for that while it is in.
 *  @observed: where ports and their MACs are looked up */
LinkSettings *net_wanted_attributes(const NetIface *iface, const NetObserved *observed);
/** What a link has. */
LinkValues *net_observed_attributes(const ObservedLink *link);
/** Rows that are not as asked for: GPtrArray of LinkDifference*. @link: NULL: none yet, so that nothing is as
 * asked for
 */
GPtrArray *net_attribute_differences(const LinkSettings *wanted, const ObservedLink *link);
/** Gives a link what a setting says, but for MAC and MTU, on which others depend. FALSE: it is not such a
 * row. */
gboolean observed_link_set_attribute(ObservedLink *link, const LinkSetting *setting);

/** The MTU that the file asks for, but no more than the device below can carry (vlan_dev_change_mtu():
 * ERANGE); 0: none is asked for. */
guint32 net_usable_mtu(const NetIface *iface, const NetObserved *observed);
/** It is in a device that gives its ports its own MAC and MTU, as its file says. */
gboolean net_port_is_ruled(const NetIface *iface, const NetObserved *observed);
