/* The table of a device's IPv6 settings. */
#include "model/devconf.h"
#include <string.h>

static const struct {
    const char *name;
    gint32 at_birth;
} rows[NET_CONF_LAST] = {
    [NET_CONF_FORWARDING] = {"forwarding", 0},
    [NET_CONF_ACCEPT_RA] = {"accept_ra", 1},
    [NET_CONF_ACCEPT_REDIRECTS] = {"accept_redirects", 1},
    [NET_CONF_AUTOCONF] = {"autoconf", 1},
    [NET_CONF_USE_TEMPADDR] = {"use_tempaddr", 0},
    [NET_CONF_ACCEPT_RA_DEFRTR] = {"accept_ra_defrtr", 1},
    [NET_CONF_ADDR_GEN_MODE] = {"addr_gen_mode", 0},
    [NET_CONF_DISABLE_IPV6] = {"disable_ipv6", 0},
};

static const char *const sysctls[NET_SYSCTL_LAST] = {
    [NET_SYSCTL_ACCEPT_LOCAL] = "accept_local",     [NET_SYSCTL_ACCEPT_SOURCE_ROUTE] = "accept_source_route",
    [NET_SYSCTL_ARP_ACCEPT] = "arp_accept",         [NET_SYSCTL_ARP_ANNOUNCE] = "arp_announce",
    [NET_SYSCTL_ARP_FILTER] = "arp_filter",         [NET_SYSCTL_ARP_IGNORE] = "arp_ignore",
    [NET_SYSCTL_ARP_NOTIFY] = "arp_notify",         [NET_SYSCTL_FORWARDING] = "forwarding",
    [NET_SYSCTL_PROXY_ARP] = "proxy_arp",           [NET_SYSCTL_REDIRECTS_TAKEN] = "accept_redirects",
    [NET_SYSCTL_REDIRECTS_SENT] = "send_redirects", [NET_SYSCTL_ROUTE_LOCALNET] = "route_localnet",
    [NET_SYSCTL_RP_FILTER] = "rp_filter",           [NET_SYSCTL_DAD_TAKEN] = "accept_dad",
    [NET_SYSCTL_PROXY_NDP] = "proxy_ndp",
};

const char *net_conf_name(guint conf)
{
    g_return_val_if_fail(conf < NET_CONF_LAST, NULL);
    return rows[conf].name;
}

gint32 net_conf_at_birth(guint conf)
{
    g_return_val_if_fail(conf < NET_CONF_LAST, 0);
    return rows[conf].at_birth;
}

const char *net_sysctl_name(guint sysctl)
{
    g_return_val_if_fail(sysctl < NET_SYSCTL_LAST, NULL);
    return sysctls[sysctl];
}

guint net_conf_of_path(const char *path, const char *dev)
{
    g_autofree char *place = g_strdup_printf("ipv6/conf/%s/", dev);
    guint conf = 0;
    if (!g_str_has_prefix(path, place))
        return NET_CONF_LAST;
    while (conf < NET_CONF_LAST && strcmp(path + strlen(place), rows[conf].name) != 0)
        conf++;
    return conf;
}
