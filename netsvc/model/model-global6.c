/* What /etc/sysconfig/network asks of IPv6 for the host as a whole (init.ipv6-global of the old scripts):
 * what devices are born with, forwarding, and destinations that must never appear on a wire. */
#include "model/devconf.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <string.h>
#include <sys/socket.h>

static const char *network_get(const IfcfgRecord *network, const char *key)
{
    const char *value = network ? ifcfg_record_get(network, key) : NULL;
    return value && *value ? value : NULL;
}

/* A host whose file says nothing of IPv6 is left as sysctl.conf has it. */
gboolean net_network_asks_ipv6(const IfcfgRecord *network)
{
    static const char *const keys[] = {"IPV6FORWARDING", "IPV6_AUTOCONF"};
    const char *init = network_get(network, "IPV6INIT");

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        if (network_get(network, keys[i]))
            return !init || !ifcfg_is_false(init);
    return FALSE;
}

static void conf_append(GString *text, const char *device, guint conf, gint32 value)
{
    g_string_append_printf(text, "%sipv6/conf/%s/%s=%d", text->len ? " " : "", device, net_conf_name(conf),
                           value);
}

gboolean net_model_forwards6(const NetModel *self)
{
    const char *forwarding = network_get(ifcfg_dir_network(net_model_dir(self)), "IPV6FORWARDING");
    return forwarding && ifcfg_is_true(forwarding);
}

char *net_model_sysctls(const NetModel *self)
{
    const IfcfgRecord *network = ifcfg_dir_network(net_model_dir(self));
    const char *autoconf = network_get(network, "IPV6_AUTOCONF");
    const char *set = network_get(network, "IPV6_SET_SYSCTLS");
    gboolean forwards = net_model_forwards6(self);
    gboolean is_auto = !forwards && !(autoconf && ifcfg_is_false(autoconf));
    g_autoptr(GString) text = g_string_new(NULL);

    if (!net_network_asks_ipv6(network) || (set && ifcfg_is_false(set)))
        return NULL;
    if (network_get(network, "IPV6FORWARDING"))
        conf_append(text, "all", NET_CONF_FORWARDING, forwards);
    conf_append(text, "default", NET_CONF_ACCEPT_RA, is_auto);
    conf_append(text, "default", NET_CONF_ACCEPT_REDIRECTS, is_auto);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

void net_iface_read_unreachable(NetIface *iface, const KindContext *context)
{
    /* IPv4 in IPv6, 6to4 of addresses that are nobody's, and the old documentation prefix */
    static const char *const networks[] = {"::ffff:0.0.0.0/96", "::/96",          "2002:a00::/24",
                                           "2002:7f00::/24",    "2002:a9fe::/32", "2002:ac10::/28",
                                           "2002:c0a8::/32",    "2002:e000::/19", "3ffe:ffff::/32"};

    if (strcmp(iface->name, "lo") != 0 || !net_network_asks_ipv6(context->network))
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(networks); i++) {
        g_autofree char *line = g_strdup_printf("unreachable %s", networks[i]);
        g_ptr_array_add(iface->routes, ifcfg_route_parse(line, AF_INET6, net_model_rtnames(context->model),
                                                         iface->where, context->problems));
    }
}
