/* Settings of a device below net.ipv6.conf that its file can ask for: names, and what a device is born with.
 * One row a setting. */
#pragma once
#include <glib.h>

enum {
    NET_CONF_FORWARDING,
    NET_CONF_ACCEPT_RA,
    NET_CONF_ACCEPT_REDIRECTS,
    NET_CONF_AUTOCONF,
    NET_CONF_USE_TEMPADDR,
    NET_CONF_ACCEPT_RA_DEFRTR,
    NET_CONF_ADDR_GEN_MODE,
    NET_CONF_DISABLE_IPV6,
    NET_CONF_LAST
};

/** Settings that no key is about: whoever wants them has them in /etc/sysctl.conf. */
enum {
    NET_SYSCTL_ACCEPT_LOCAL,
    NET_SYSCTL_ACCEPT_SOURCE_ROUTE,
    NET_SYSCTL_ARP_ACCEPT,
    NET_SYSCTL_ARP_ANNOUNCE,
    NET_SYSCTL_ARP_FILTER,
    NET_SYSCTL_ARP_IGNORE,
    NET_SYSCTL_ARP_NOTIFY,
    NET_SYSCTL_FORWARDING,
    NET_SYSCTL_PROXY_ARP,
    NET_SYSCTL_REDIRECTS_TAKEN,
    NET_SYSCTL_REDIRECTS_SENT,
    NET_SYSCTL_ROUTE_LOCALNET,
    NET_SYSCTL_RP_FILTER,
    NET_SYSCTL_IPV6, /* from here on they are of IPv6 */
    NET_SYSCTL_DAD_TAKEN = NET_SYSCTL_IPV6,
    NET_SYSCTL_PROXY_NDP,
    NET_SYSCTL_LAST
};

/** The name below /proc/sys/net/ipv4/conf/DEVICE or ipv6/conf/DEVICE. */
const char *net_sysctl_name(guint sysctl);

/** The name below /proc/sys/net/ipv6/conf/DEVICE. */
const char *net_conf_name(guint conf);
/** What a new device has (ipv6_devconf_dflt of the kernel, net/ipv6/addrconf.c). */
gint32 net_conf_at_birth(guint conf);
/** The setting that a path below /proc/sys/net means ("ipv6/conf/bond0/accept_ra"), of this device; else
 * NET_CONF_LAST. */
guint net_conf_of_path(const char *path, const char *dev);
