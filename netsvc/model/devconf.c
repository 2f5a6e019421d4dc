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
