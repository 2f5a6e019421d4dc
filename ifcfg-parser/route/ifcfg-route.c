/* Routes as values: made from a line, freed, and where they land. */
#include "ifcfg-route.h"
#include "ifcfg-encap.h"
#include "ifcfg-route-args.h"
#include <linux/rtnetlink.h>
#include <sys/socket.h>

void ifcfg_route_free(IfcfgRoute *route)
{
    if (!route)
        return;
    g_free(route->congctl);
    g_ptr_array_unref(route->nexthops);
    g_free(route);
}

void ifcfg_nexthop_free(IfcfgNexthop *hop)
{
    g_free(hop->dev);
    ifcfg_encap_free(hop->encap);
    g_free(hop);
}

IfcfgRoute *ifcfg_route_copy(const IfcfgRoute *route)
{
    IfcfgRoute *copy = g_memdup2(route, sizeof *route);
    copy->congctl = g_strdup(route->congctl);
    copy->nexthops = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_nexthop_free);
    for (guint i = 0; route->nexthops && i < route->nexthops->len; i++) {
        IfcfgNexthop *hop = g_memdup2(g_ptr_array_index(route->nexthops, i), sizeof *hop);
        hop->dev = g_strdup(hop->dev);
        hop->encap = ifcfg_encap_copy(hop->encap);
        g_ptr_array_add(copy->nexthops, hop);
    }
    return copy;
}

IfcfgRoute *ifcfg_route_parse_words(IfcfgWords *words)
{
    g_autoptr(IfcfgRoute) route = ifcfg_route_new(words->where);
    if (!ifcfg_words_skip_command(words, "route") || !ifcfg_route_args_parse(words, FALSE, route))
        return NULL;
    return g_steal_pointer(&route);
}

IfcfgRoute *ifcfg_route_parse(const char *line, int family, const IfcfgRtNames *names, IfcfgWhere where,
                              IfcfgProblems *problems)
{
    g_auto(IfcfgWords) words = {};
    ifcfg_words_init(&words, line, family, names, where, problems);
    return ifcfg_route_parse_words(&words);
}

guint32 ifcfg_route_table(const IfcfgRoute *route)
{
    if (route->table)
        return route->table;
    /* iproute2's choice, which the kernel leaves to user space */
    gboolean local = route->type == RTN_LOCAL || route->type == RTN_BROADCAST || route->type == RTN_ANYCAST;
    return local ? RT_TABLE_LOCAL : RT_TABLE_MAIN;
}

gboolean ifcfg_route_is_default(const IfcfgRoute *route)
{
    return route->to.length == 0;
}

gboolean ifcfg_route_drops(const IfcfgRoute *route)
{
    return route->type == RTN_BLACKHOLE || route->type == RTN_UNREACHABLE || route->type == RTN_PROHIBIT ||
           route->type == RTN_THROW;
}

guint32 ifcfg_route_metric(const IfcfgRoute *route)
{
    enum { USUAL_OF_IPV6 = 1024 /* IP6_RT_PRIO_USER */ };
    guint32 metric = (guint32)MAX(route->metric, 0);
    return metric || route->to.ip.family != AF_INET6 ? metric : USUAL_OF_IPV6;
}

static char *hex_put(char *at, guint32 number, guint digits)
{
    for (guint i = digits; i-- > 0; number >>= 4)
        at[i] = "0123456789abcdef"[number & 0xf];
    return at + digits;
}

/* Not printf: it is made several times for each of ten thousand routes. */
char *ifcfg_route_key(const IfcfgRoute *route)
{
    guint size = ifcfg_ip_size(&route->to.ip);
    char *key = g_malloc(2 * size + 21), *at = key;
    for (guint i = 0; i < size; i++)
        at = hex_put(at, route->to.ip.bytes[i], 2);
    at = hex_put(at, route->to.length, 2);
    at = hex_put(at, route->tos, 2);
    at = hex_put(at, ifcfg_route_metric(route), 8);
    at = hex_put(at, ifcfg_route_table(route), 8);
    *at = '\0';
    return key;
}

gboolean ifcfg_route_is_rival(const IfcfgRoute *a, const IfcfgRoute *b)
{
    return ifcfg_route_metric(a) == ifcfg_route_metric(b) && a->tos == b->tos &&
           ifcfg_route_table(a) == ifcfg_route_table(b) && ifcfg_prefix_equal(&a->to, &b->to);
}
