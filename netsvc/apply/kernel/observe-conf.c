/* The IPv6 settings of a device, which the kernel hands out with its link (inet6_fill_link_af(),
 * net/ipv6/addrconf.c). */
#include "apply/kernel/observe.h"
#include "apply/kernel/sysfs.h"
#include <linux/if_link.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <netlink/attr.h>
#include <string.h>

/* Where a setting stands in IFLA_INET6_CONF. */
static const guint places[NET_CONF_LAST] = {
    [NET_CONF_FORWARDING] = DEVCONF_FORWARDING,
    [NET_CONF_ACCEPT_RA] = DEVCONF_ACCEPT_RA,
    [NET_CONF_ACCEPT_REDIRECTS] = DEVCONF_ACCEPT_REDIRECTS,
    [NET_CONF_AUTOCONF] = DEVCONF_AUTOCONF,
    [NET_CONF_USE_TEMPADDR] = DEVCONF_USE_TEMPADDR,
    [NET_CONF_ACCEPT_RA_DEFRTR] = DEVCONF_ACCEPT_RA_DEFRTR,
    [NET_CONF_ADDR_GEN_MODE] = DEVCONF_ADDR_GEN_MODE,
    [NET_CONF_DISABLE_IPV6] = DEVCONF_DISABLE_IPV6,
};

/* The same of those that no key is about; IFLA_INET_CONF has no place 0. */
static const guint sysctl_places[NET_SYSCTL_LAST] = {
    [NET_SYSCTL_ACCEPT_LOCAL] = IPV4_DEVCONF_ACCEPT_LOCAL - 1,
    [NET_SYSCTL_ACCEPT_SOURCE_ROUTE] = IPV4_DEVCONF_ACCEPT_SOURCE_ROUTE - 1,
    [NET_SYSCTL_ARP_ACCEPT] = IPV4_DEVCONF_ARP_ACCEPT - 1,
    [NET_SYSCTL_ARP_ANNOUNCE] = IPV4_DEVCONF_ARP_ANNOUNCE - 1,
    [NET_SYSCTL_ARP_FILTER] = IPV4_DEVCONF_ARPFILTER - 1,
    [NET_SYSCTL_ARP_IGNORE] = IPV4_DEVCONF_ARP_IGNORE - 1,
    [NET_SYSCTL_ARP_NOTIFY] = IPV4_DEVCONF_ARP_NOTIFY - 1,
    [NET_SYSCTL_FORWARDING] = IPV4_DEVCONF_FORWARDING - 1,
    [NET_SYSCTL_PROXY_ARP] = IPV4_DEVCONF_PROXY_ARP - 1,
    [NET_SYSCTL_REDIRECTS_TAKEN] = IPV4_DEVCONF_ACCEPT_REDIRECTS - 1,
    [NET_SYSCTL_REDIRECTS_SENT] = IPV4_DEVCONF_SEND_REDIRECTS - 1,
    [NET_SYSCTL_ROUTE_LOCALNET] = IPV4_DEVCONF_ROUTE_LOCALNET - 1,
    [NET_SYSCTL_RP_FILTER] = IPV4_DEVCONF_RP_FILTER - 1,
    [NET_SYSCTL_DAD_TAKEN] = DEVCONF_ACCEPT_DAD,
    [NET_SYSCTL_PROXY_NDP] = DEVCONF_PROXY_NDP,
};

static void take(const struct nlattr *array, guint place, gint32 *ret)
{
    if (place < (guint)nla_len(array) / sizeof *ret)
        memcpy(ret, (const gint32 *)nla_data(array) + place, sizeof *ret);
}

void observe_link_confs(ObservedLink *link, struct nlattr *inet6)
{
    struct nlattr *array = inet6 ? nla_find(nla_data(inet6), nla_len(inet6), IFLA_INET6_CONF) : NULL;
    link->has_confs = array != NULL;
    for (guint i = 0; array && i < NET_CONF_LAST; i++)
        take(array, places[i], &link->confs[i]);
    for (guint i = NET_SYSCTL_IPV6; array && i < NET_SYSCTL_LAST; i++)
        take(array, sysctl_places[i], &link->sysctls[i]);
}

void observe_link_sysctls4(ObservedLink *link, struct nlattr *inet)
{
    struct nlattr *array = inet ? nla_find(nla_data(inet), nla_len(inet), IFLA_INET_CONF) : NULL;
    for (guint i = 0; array && i < NET_SYSCTL_IPV6; i++)
        take(array, sysctl_places[i], &link->sysctls[i]);
}

static gint32 default_read(const char *family, const char *name, gint32 fallback)
{
    g_autofree char *path = g_strdup_printf("%s/conf/default/%s", family, name);
    g_autofree char *text = procfs_read(path);
    return text ? (gint32)g_ascii_strtoll(text, NULL, 10) : fallback;
}

void observe_default_confs(NetObserved *observed)
{
    for (guint i = 0; i < NET_CONF_LAST; i++)
        observed->confs_default[i] = default_read("ipv6", net_conf_name(i), observed->confs_default[i]);
}

void observe_default_sysctls(NetObserved *observed)
{
    for (guint i = 0; i < NET_SYSCTL_LAST; i++)
        observed->sysctls_default[i] =
            default_read(i < NET_SYSCTL_IPV6 ? "ipv4" : "ipv6", net_sysctl_name(i), 0);
}
