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
    NET_CONF_LAST
};

/** The name below /proc/sys/net/ipv6/conf/DEVICE. */
const char *net_conf_name(guint conf);
/** What a new device has (ipv6_devconf_dflt of the kernel, net/ipv6/addrconf.c). */
gint32 net_conf_at_birth(guint conf);
/** The setting that a path below /proc/sys/net means ("ipv6/conf/bond0/accept_ra"), of this device; else
 * NET_CONF_LAST. */
guint net_conf_of_path(const char *path, const char *dev);
