/* Routes as the arguments of `ip route add`. */
#include "ifcfg-encap.h"
#include "ifcfg-route-args.h"
#include <linux/rtnetlink.h>
#include <sys/socket.h>

static void append_ip(GString *text, const char *keyword, const IfcfgIp *ip)
{
    g_string_append(text, keyword);
    ifcfg_ip_append(text, ip);
}

/* At the end: words that follow could be its own as well as the route's (src, tos, table). */
static void append_encap(GString *text, const IfcfgNexthop *hop)
{
    g_autofree char *printed = hop->encap ? ifcfg_encap_format(hop->encap) : NULL;
    if (printed)
        g_string_append_printf(text, " encap %s", printed);
}

static void append_hop(GString *text, const IfcfgNexthop *hop, guint8 family, const char *usual)
{
    const char *dev = hop->dev ? hop->dev : usual;
    if (hop->weight)
        g_string_append(text, " nexthop");
    if (hop->via.family == family)
        append_ip(text, " via ", &hop->via);
    else if (hop->via.family != AF_UNSPEC)
        append_ip(text, hop->via.family == AF_INET6 ? " via inet6 " : " via inet ", &hop->via);
    if (dev) {
        g_string_append(text, " dev");
        ifcfg_words_append(text, dev);
    }
    if (hop->weight)
        g_string_append_printf(text, " weight %u", hop->weight);
    if (hop->onlink)
        g_string_append(text, " onlink");
}

static void append_hops(GString *text, const IfcfgRoute *route, gboolean multipath, const char *usual)
{
    guint n = route->nexthops ? route->nexthops->len : 0;
    for (guint i = 0; (n > 1) == multipath && i < n; i++) {
        append_hop(text, g_ptr_array_index(route->nexthops, i), route->to.ip.family, usual);
        if (multipath)
            append_encap(text, g_ptr_array_index(route->nexthops, i));
    }
}

char *ifcfg_route_format(const IfcfgRoute *route)
{
    GString *text = g_string_sized_new(96);
    ifcfg_route_append(text, route, NULL);
    return g_string_free(text, FALSE);
}

void ifcfg_route_append(GString *text, const IfcfgRoute *route, const char *dev)
{
    if (route->type != RTN_UNICAST)
        g_string_append_printf(text, "%s ", ifcfg_rtnames_name(IFCFG_RT_TYPE, route->type));
    if (route->to.length)
        ifcfg_prefix_append(text, &route->to);
    else
        g_string_append(text, "default");
    if (route->nhid)
        g_string_append_printf(text, " nhid %u", route->nhid);
    append_hops(text, route, FALSE, dev);
    if (route->src.family != AF_UNSPEC)
        append_ip(text, " src ", &route->src);
    if (route->metric >= 0)
        g_string_append_printf(text, " metric %u", (guint32)route->metric);
    if (route->table)
        ifcfg_rtnames_append(text, "table", IFCFG_RT_TABLE, route->table);
    if (route->protocol)
        ifcfg_rtnames_append(text, "proto", IFCFG_RT_PROTOCOL, route->protocol);
    if (route->scope >= 0)
        ifcfg_rtnames_append(text, "scope", IFCFG_RT_SCOPE, (guint32)route->scope);
    if (route->tos)
        g_string_append_printf(text, " tos 0x%02x", route->tos);
    if (route->realms)
        g_string_append_printf(text, " realms %u/%u", route->realms >> 16, route->realms & 0xffff);
    if (route->pref)
        g_string_append(text, route->pref == 1 ? " pref high" : " pref low");
    if (route->expires)
        g_string_append_printf(text, " expires %u", route->expires);
    ifcfg_route_metrics_format(route, text);
    append_hops(text, route, TRUE, dev); /* `ip` wants next hops last */
    if (route->nexthops && route->nexthops->len == 1)
        append_encap(text, g_ptr_array_index(route->nexthops, 0));
}
