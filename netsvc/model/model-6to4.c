/* 6to4 (RFC 3056): IPV6TO4INIT=yes in a file asks for the tunnel tun6to4 over that interface, which has a
 * prefix made of its IPv4 address. It is made here as if it had a file. The rules are those of ifup-ipv6 and
 * network-functions-ipv6 of the old scripts. */
#include "i18n.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#define TUNNEL "tun6to4"
#define RELAY "192.88.99.1"

enum { HEADER_BYTES = 20, MTU_OF_ETHERNET = 1500 };

static gboolean is_6to4(const NetIface *iface)
{
    return g_str_equal(iface->name, TUNNEL) && net_iface_get(iface, "IPV6TO4_RELAY", NULL);
}

static gboolean asks_6to4(const NetIface *iface)
{
    return iface->form == IFCFG_ENTRY_MAIN && iface->ipv6init &&
           net_iface_get_bool(iface, "IPV6TO4INIT", FALSE);
}

/* --- the prefix --- */

/* ipv6_test_ipv4_addr_global_usable(): of these the internet knows nothing. */
static gboolean is_global(const IfcfgIp *ip)
{
    static const char *const networks[] = {"0.0.0.0/8",     "10.0.0.0/8",     "127.0.0.0/8", "169.254.0.0/16",
                                           "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3"};
    for (gsize i = 0; i < G_N_ELEMENTS(networks); i++) {
        IfcfgPrefix network;
        if (ifcfg_prefix_parse(networks[i], AF_INET, &network) && ifcfg_prefix_contains(&network, ip))
            return FALSE;
    }
    return TRUE;
}

static gboolean address_read(const NetIface *iface, const char *key, IfcfgIp *ret)
{
    const char *text = net_iface_get(iface, key, NULL);
    return text && ifcfg_ip_parse(text, AF_INET, ret);
}

/* The address that the prefix is made of, and the one that packets leave from: that of a lease is not known
 * yet, and then @local has no family. */
static gboolean addresses_read(const NetIface *iface, IfcfgIp *global, IfcfgIp *local)
{
    gboolean is_leased = net_iface_is_dynamic(iface);
    gboolean has_local =
        !is_leased && (address_read(iface, "IPADDR", local) || address_read(iface, "IPADDR0", local));
    if (address_read(iface, "IPV6TO4_IPV4ADDR", global)) {
        if (is_leased)
            local->family = AF_UNSPEC;
        else if (!has_local)
            *local = *global;
        return TRUE;
    }
    *global = *local;
    return has_local;
}

static char *prefix_text(const IfcfgIp *global, const char *rest)
{
    return g_strdup_printf("2002:%x:%x%s", (guint)global->bytes[0] << 8 | global->bytes[1],
                           (guint)global->bytes[2] << 8 | global->bytes[3], rest);
}

/* --- the tunnel --- */

static guint32 tunnel_mtu(const NetIface *iface, const KindContext *context)
{
    guint32 most = (iface->mtu ? iface->mtu : MTU_OF_ETHERNET) - HEADER_BYTES;
    IfcfgWhere where;
    const char *text = net_iface_get(iface, "IPV6TO4_MTU", &where);
    guint64 mtu = 0;
    if (!text || !g_ascii_string_to_unsigned(text, 10, 1, G_MAXUINT32, &mtu, NULL))
        return most;
    if (mtu <= most)
        return (guint32)mtu;
    ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                       _("IPV6TO4_MTU=%s is more than the %u that %s leaves for it, and ignored"), text, most,
                       iface->name);
    return most;
}

/* Where packets leave: from an address, or by a device, from whichever address that has. */
static char *local_end(const NetIface *iface, const IfcfgIp *local)
{
    g_autofree char *text = ifcfg_ip_format(local);
    return local->family ? g_strconcat("IPV6TUNNELIPV4LOCAL=", text, NULL)
                         : g_strconcat("PHYSDEV=", iface->name, NULL);
}

/* As a file of its own would say it, on the line that asks for it, so that what is said of it has a place. */
static char *tunnel_file(const NetIface *iface, const IfcfgIp *global, const IfcfgIp *local, IfcfgWhere where,
                         const KindContext *context)
{
    g_autofree char *end = local_end(iface, local), *address = prefix_text(global, "::1/16");
    const char *relay = net_iface_get(iface, "IPV6TO4_RELAY", NULL);
    const char *dev = net_iface_get(iface, "IPV6_DEFAULTDEV", NULL);
    GString *text = g_string_new(NULL);
    for (guint line = 1; line < where.line; line++)
        g_string_append_c(text, '\n');
    g_string_append_printf(text,
                           "DEVICE=" TUNNEL " TYPE=SIT ONBOOT=%s %s IPV6ADDR=%s MTU=%u "
                           "IPV6TO4_RELAY=%s%s",
                           iface->onboot ? "yes" : "no", end, address, tunnel_mtu(iface, context),
                           relay ? relay : RELAY,
                           dev && g_str_equal(dev, TUNNEL) ? " IPV6_DEFAULTDEV=" TUNNEL : "");
    return g_string_free(text, FALSE);
}

static NetIface *tunnel_new(const NetIface *iface, const char *text, const KindContext *context)
{
    g_autoptr(IfcfgRecord) record = ifcfg_record_parse(iface->file, text, strlen(text), NULL, NULL);
    IfcfgEntry entry = {
        .kind = IFCFG_ENTRY_MAIN, .name = (char *)TUNNEL, .path = iface->file, .record = record};
    NetIface *tunnel = net_iface_new(&entry);
    net_iface_read_common(tunnel, context);
    return tunnel;
}

static gboolean is_possible(gboolean has_address, const IfcfgIp *global, IfcfgWhere where,
                            const KindContext *context)
{
    const NetIface *rival = net_model_find(context->model, TUNNEL);
    g_autofree char *text = has_address ? ifcfg_ip_format(global) : NULL;
    if (rival)
        ifcfg_problems_add(
            context->problems, IFCFG_ERROR, where,
            _("IPV6TO4INIT: there is one tun6to4 only, and %s has it already; write IPV6TO4INIT=no"),
            rival->file);
    else if (!has_address)
        ifcfg_problems_add(
            context->problems, IFCFG_ERROR, where,
            _("IPV6TO4INIT: 6to4 makes its prefix of an IPv4 address: write IPADDR, or IPV6TO4_IPV4ADDR"));
    else if (!is_global(global))
        ifcfg_problems_add(context->problems, IFCFG_ERROR, where,
                           _("IPV6TO4INIT: %s is not a public address, so 6to4 can make no prefix of it: "
                             "write a public one as IPV6TO4_IPV4ADDR"),
                           text);
    return !rival && has_address && is_global(global);
}

NetIface *net_iface_make_6to4(NetIface *iface, const KindContext *context)
{
    IfcfgIp global, local;
    IfcfgWhere where;
    if (!asks_6to4(iface))
        return NULL;
    gboolean has_address = addresses_read(iface, &global, &local);
    net_iface_get(iface, "IPV6TO4INIT", &where);
    if (!is_possible(has_address, &global, where, context))
        return NULL;
    g_autofree char *text = tunnel_file(iface, &global, &local, where, context);
    iface->tunnel6to4 = tunnel_new(iface, text, context);
    return iface->tunnel6to4;
}

/* --- routes --- */

static void route_add(NetIface *tunnel, const char *text, const KindContext *context)
{
    IfcfgRoute *route = ifcfg_route_parse(text, AF_INET6, net_model_rtnames(context->model), tunnel->where,
                                          context->problems);
    if (route)
        g_ptr_array_add(tunnel->routes, route);
}

/* ipv6_create_6to4_relay_address(): ::192.88.99.1 */
static gboolean relay_read(const NetIface *tunnel, IfcfgIp *ret)
{
    g_autofree char *text = g_strconcat("::", net_iface_get(tunnel, "IPV6TO4_RELAY", NULL), NULL);
    return ifcfg_ip_parse(text, AF_INET6, ret);
}

/* The old scripts gave the relay to routes without a gateway, and had the kernel reach it by a route that
 * they took away again; nothing but `onlink` is left of that. */
void net_iface_give_relay(const NetIface *tunnel, IfcfgRoute *route)
{
    IfcfgIp relay;
    if (!is_6to4(tunnel) || !relay_read(tunnel, &relay))
        return;
    for (guint i = 0; i < route->nexthops->len; i++) {
        IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, i);
        if (hop->via.family == AF_UNSPEC)
            hop->via = relay;
        hop->onlink = TRUE;
    }
}

void net_iface_read_6to4_routes(NetIface *tunnel, const KindContext *context)
{
    const NetAddress *own = net_iface_first_address(tunnel, AF_INET6);
    if (!is_6to4(tunnel) || !own)
        return;
    for (guint i = 0; i < tunnel->routes->len; i++)
        net_iface_give_relay(tunnel, g_ptr_array_index(tunnel->routes, i));
    IfcfgPrefix site = {.ip = own->prefix.ip, .length = 48};
    site = ifcfg_prefix_network(&site);
    g_autofree char *network = ifcfg_prefix_format(&site), *line = g_strconcat("unreachable ", network, NULL);
    route_add(tunnel, line, context);
}

/* --- networks behind it --- */

/* "eth1-:f101::1/64" */
static void network_add(const char *word, const IfcfgIp *global, IfcfgWhere where, const KindContext *context)
{
    const char *dash = strchr(word, '-');
    g_autofree char *dev = dash ? g_strndup(word, (gsize)(dash - word)) : NULL,
                    *text = dash ? prefix_text(global, dash + 1) : NULL;
    NetIface *other = dev ? net_model_find(context->model, dev) : NULL;
    if (!other)
        ifcfg_problems_add(context->problems, IFCFG_ERROR, where,
                           _("IPV6TO4_ROUTING: '%s' names no interface that has a file; expected "
                             "INTERFACE-SUFFIX/LENGTH, as in eth1-:f101::1/64"),
                           word);
    else
        net_iface_add_address6(other, "IPV6TO4_ROUTING", text, where, context);
}

void net_iface_read_6to4_networks(NetIface *iface, const KindContext *context)
{
    IfcfgIp global, local;
    IfcfgWhere where;
    const char *list = iface->tunnel6to4 ? net_iface_get(iface, "IPV6TO4_ROUTING", &where) : NULL;
    if (!list || !net_iface_get_bool(iface, "IPV6_CONTROL_RADVD", FALSE) ||
        !addresses_read(iface, &global, &local))
        return;
    g_auto(GStrv) words = g_strsplit_set(list, " \t", -1);
    for (guint i = 0; words[i]; i++)
        if (*words[i])
            network_add(words[i], &global, where, context);
}
