/* The IPv6 settings of a device, which the kernel hands out with its link (inet6_fill_link_af(),
 * net/ipv6/addrconf.c). */
#include "apply/kernel/observe.h"
#include "apply/kernel/sysfs.h"
#include <linux/if_link.h>
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
};

static void take_confs(ObservedLink *link, struct nlattr *array)
{
    guint count = (guint)nla_len(array) / sizeof(gint32);
    for (guint i = 0; i < NET_CONF_LAST; i++)
        if (places[i] < count)
            memcpy(&link->confs[i], (const gint32 *)nla_data(array) + places[i], sizeof(gint32));
}

void observe_link_confs(ObservedLink *link, struct nlattr *inet6)
{
    struct nlattr *array = inet6 ? nla_find(nla_data(inet6), nla_len(inet6), IFLA_INET6_CONF) : NULL;
    link->has_confs = array != NULL;
    if (array)
        take_confs(link, array);
}

void observe_default_confs(NetObserved *observed)
{
    for (guint i = 0; i < NET_CONF_LAST; i++) {
        g_autofree char *path = g_strconcat("ipv6/conf/default/", net_conf_name(i), NULL);
        g_autofree char *text = procfs_read(path);
        if (text)
            observed->confs_default[i] = (gint32)g_ascii_strtoll(text, NULL, 10);
    }
}
