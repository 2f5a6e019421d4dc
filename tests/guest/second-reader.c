/* Holds our picture of the kernel against a second reader's: the caches of libnl-route. Prints what differs,
 * a line each; fails when anything does. */
#include "apply/system.h"
#include <arpa/inet.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <netlink/netlink.h>
#include <netlink/route/addr.h>
#include <netlink/route/link.h>
#include <netlink/route/neighbour.h>
#include <netlink/route/nexthop.h>
#include <netlink/route/route.h>
#include <netlink/route/rule.h>
#include <stdio.h>
#include <string.h>

/* An object as text, "-" for what is not there. Both sides end in these, so that they can be compared. */
static char *ip_text(int family, const void *bytes)
{
    char text[INET6_ADDRSTRLEN];
    return g_strdup(bytes && inet_ntop(family, bytes, text, sizeof text) ? text : "-");
}

static char *ours_ip(const IfcfgIp *ip)
{
    return ip_text(ip->family, ip->family == AF_UNSPEC ? NULL : ip->bytes);
}

static char *theirs_ip(struct nl_addr *address)
{
    gboolean is_there = address && nl_addr_get_len(address) >= 4;
    return ip_text(is_there ? nl_addr_get_family(address) : AF_UNSPEC,
                   is_there ? nl_addr_get_binary_addr(address) : NULL);
}

/* --- links --- */

static char *mac_text(const guint8 *bytes, guint length)
{
    GString *text = g_string_new(length ? "" : "-");
    for (guint i = 0; i < length; i++)
        g_string_append_printf(text, "%02x", bytes[i]);
    return g_string_free(text, FALSE);
}

static char *ours_link(const ObservedLink *link)
{
    g_autofree char *mac = mac_text(link->mac.bytes, link->mac.length);
    return g_strdup_printf("link %d %s kind %s mtu %u group %u flags %x master %d on %d mac %s",
                           link->ifindex, link->name, link->kind ? link->kind : "-", link->mtu, link->group,
                           link->flags, link->master, link->lower ? link->lower : link->peer, mac);
}

static void theirs_link(struct nl_object *object, void *data)
{
    struct rtnl_link *link = (struct rtnl_link *)object;
    struct nl_addr *address = rtnl_link_get_addr(link);
    const char *kind = rtnl_link_get_type(link);
    int elsewhere;
    gboolean is_elsewhere = rtnl_link_get_link_netnsid(link, &elsewhere) == 0;
    g_autofree char *mac =
        mac_text(address ? nl_addr_get_binary_addr(address) : NULL, address ? nl_addr_get_len(address) : 0);
    g_ptr_array_add(
        data, g_strdup_printf("link %d %s kind %s mtu %u group %u flags %x master %d on %d mac %s",
                              rtnl_link_get_ifindex(link), rtnl_link_get_name(link), kind ? kind : "-",
                              rtnl_link_get_mtu(link), rtnl_link_get_group(link), rtnl_link_get_flags(link),
                              rtnl_link_get_master(link), is_elsewhere ? 0 : rtnl_link_get_link(link), mac));
}

/* --- addresses --- */

/* Between the two readings the kernel can have found that nobody else has an address. */
#define TENTATIVE ((guint)IFA_F_TENTATIVE)

static char *ours_address(const ObservedAddress *address)
{
    g_autofree char *ip = ours_ip(&address->prefix.ip), *broadcast = ours_ip(&address->broadcast);
    return g_strdup_printf("address %d %s/%u broadcast %s label %s scope %u flags %x", address->ifindex, ip,
                           address->prefix.length, broadcast, address->label ? address->label : "-",
                           address->scope, address->flags & ~TENTATIVE);
}

static void theirs_address(struct nl_object *object, void *data)
{
    struct rtnl_addr *address = (struct rtnl_addr *)object;
    const char *label = rtnl_addr_get_label(address);
    g_autofree char *ip = theirs_ip(rtnl_addr_get_local(address));
    g_autofree char *broadcast = theirs_ip(rtnl_addr_get_broadcast(address));
    g_ptr_array_add(data,
                    g_strdup_printf("address %d %s/%d broadcast %s label %s scope %d flags %x",
                                    rtnl_addr_get_ifindex(address), ip, rtnl_addr_get_prefixlen(address),
                                    broadcast, label && *label ? label : "-", rtnl_addr_get_scope(address),
                                    rtnl_addr_get_flags(address) & ~TENTATIVE));
}

/* --- routes --- */

static char *ours_hops(const NetObserved *picture, const IfcfgRoute *route)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, i);
        const ObservedLink *link = hop->dev ? net_observed_link(picture, hop->dev) : NULL;
        g_autofree char *via = ours_ip(&hop->via);
        g_string_append_printf(text, " | via %s dev %d weight %u%s", via, link ? link->ifindex : 0,
                               MAX(hop->weight, 1), hop->onlink ? " onlink" : "");
    }
    return g_string_free(text, FALSE);
}

static char *ours_route(const NetObserved *picture, const IfcfgRoute *route)
{
    g_autofree char *to = route->to.length ? ours_ip(&route->to.ip) : g_strdup("default"),
                    *src = ours_ip(&route->src);
    g_autofree char *hops = ours_hops(picture, route);
    return g_strdup_printf(
        "route%d %s/%u table %u metric %u type %u scope %d proto %u tos %u src %s mtu %u%s",
        route->to.ip.family == AF_INET6 ? 6 : 4, to, route->to.length, ifcfg_route_table(route),
        (guint)MAX(route->metric, 0), route->type, route->scope, route->protocol, route->tos, src,
        route->metrics[RTAX_MTU], hops);
}

static void theirs_hop(struct rtnl_nexthop *hop, void *data)
{
    struct nl_addr *gateway = rtnl_route_nh_get_gateway(hop);
    g_autofree char *via = theirs_ip(gateway ? gateway : rtnl_route_nh_get_via(hop));
    g_string_append_printf(data, " | via %s dev %d weight %u%s", via, rtnl_route_nh_get_ifindex(hop),
                           rtnl_route_nh_get_weight(hop) + 1u,
                           rtnl_route_nh_get_flags(hop) & RTNH_F_ONLINK ? " onlink" : "");
}

/* The library's cache keeps one of several routes that differ in their device alone, as the kernel's own for
 * link-local addresses do. */
static gboolean is_ambiguous(const char *text)
{
    return g_str_has_prefix(text, "route6 fe80::/64 ");
}

static void add_unless_ambiguous(GPtrArray *all, char *text)
{
    if (is_ambiguous(text))
        g_free(text);
    else
        g_ptr_array_add(all, text);
}

/* What the picture leaves out on purpose: see observe_route_parse(). */
static gboolean route_counts(struct rtnl_route *route)
{
    int family = rtnl_route_get_family(route);
    return (family == AF_INET || family == AF_INET6) && !(rtnl_route_get_flags(route) & RTM_F_CLONED) &&
           (rtnl_route_get_table(route) != RT_TABLE_LOCAL || rtnl_route_get_protocol(route) != RTPROT_KERNEL);
}

static void theirs_route(struct nl_object *object, void *data)
{
    struct rtnl_route *route = (struct rtnl_route *)object;
    struct nl_addr *destination = rtnl_route_get_dst(route);
    guint length = nl_addr_get_prefixlen(destination), mtu = 0;
    g_autofree char *to = length ? theirs_ip(destination) : g_strdup("default");
    g_autofree char *src = theirs_ip(rtnl_route_get_pref_src(route));
    g_autoptr(GString) hops = g_string_new(NULL);
    if (!route_counts(route))
        return;
    rtnl_route_get_metric(route, RTAX_MTU, &mtu);
    rtnl_route_foreach_nexthop(route, theirs_hop, hops);
    add_unless_ambiguous(
        data, g_strdup_printf(
                  "route%d %s/%u table %u metric %u type %u scope %d proto %u tos %u src %s mtu %u%s",
                  rtnl_route_get_family(route) == AF_INET6 ? 6 : 4, to, length, rtnl_route_get_table(route),
                  rtnl_route_get_priority(route), rtnl_route_get_type(route), rtnl_route_get_scope(route),
                  rtnl_route_get_protocol(route), rtnl_route_get_tos(route), src, mtu, hops->str));
}

/* --- rules --- */

static char *ours_rule(const IfcfgRule *rule)
{
    g_autofree char *from = ours_ip(&rule->from.ip), *to = ours_ip(&rule->to.ip);
    return g_strdup_printf(
        "rule%d %u action %u from %s/%u to %s/%u table %u iif %s oif %s mark %x/%x goto %u",
        rule->family == AF_INET6 ? 6 : 4, rule->priority, rule->action, from, rule->from.length, to,
        rule->to.length, rule->table, rule->iif ? rule->iif : "-", rule->oif ? rule->oif : "-", rule->fwmark,
        rule->fwmask, rule->target);
}

static void theirs_rule(struct nl_object *object, void *data)
{
    struct rtnl_rule *rule = (struct rtnl_rule *)object;
    struct nl_addr *from = rtnl_rule_get_src(rule), *to = rtnl_rule_get_dst(rule);
    const char *iif = rtnl_rule_get_iif(rule), *oif = rtnl_rule_get_oif(rule);
    int family = rtnl_rule_get_family(rule);
    g_autofree char *from_text = theirs_ip(from), *to_text = theirs_ip(to);
    if (family != AF_INET && family != AF_INET6)
        return;
    g_ptr_array_add(
        data, g_strdup_printf(
                  "rule%d %u action %u from %s/%u to %s/%u table %u iif %s oif %s mark %x/%x goto %u",
                  family == AF_INET6 ? 6 : 4, rtnl_rule_get_prio(rule), rtnl_rule_get_action(rule), from_text,
                  from ? nl_addr_get_prefixlen(from) : 0, to_text, to ? nl_addr_get_prefixlen(to) : 0,
                  rtnl_rule_get_table(rule), iif ? iif : "-", oif ? oif : "-", rtnl_rule_get_mark(rule),
                  rtnl_rule_get_mask(rule), rtnl_rule_get_goto(rule)));
}

/* --- neighbours --- */

static char *ours_neighbour(const ObservedNeighbour *neighbour)
{
    g_autofree char *ip = ours_ip(&neighbour->ip);
    g_autofree char *mac = mac_text(neighbour->mac.bytes, neighbour->mac.length);
    return g_strdup_printf("neighbour %d %s mac %s", neighbour->ifindex, ip, mac);
}

/* Those that somebody has entered for good. */
static void theirs_neighbour(struct nl_object *object, void *data)
{
    struct rtnl_neigh *neighbour = (struct rtnl_neigh *)object;
    struct nl_addr *address = rtnl_neigh_get_lladdr(neighbour);
    int family = rtnl_neigh_get_family(neighbour);
    if ((family != AF_INET && family != AF_INET6) || !address || rtnl_neigh_get_flags(neighbour) ||
        !(rtnl_neigh_get_state(neighbour) & NUD_PERMANENT))
        return;
    g_autofree char *ip = theirs_ip(rtnl_neigh_get_dst(neighbour));
    g_autofree char *mac = mac_text(nl_addr_get_binary_addr(address), nl_addr_get_len(address));
    g_ptr_array_add(data,
                    g_strdup_printf("neighbour %d %s mac %s", rtnl_neigh_get_ifindex(neighbour), ip, mac));
}

/* --- both --- */

static GPtrArray *ours_read(void)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    g_autoptr(NetObserved) picture = net_observe(&error);
    if (!picture)
        g_error("%s", error->message);
    for (guint i = 0; i < picture->links->len; i++)
        g_ptr_array_add(all, ours_link(g_ptr_array_index(picture->links, i)));
    for (guint i = 0; i < picture->addresses->len; i++)
        g_ptr_array_add(all, ours_address(g_ptr_array_index(picture->addresses, i)));
    for (guint i = 0; i < picture->routes->len; i++)
        add_unless_ambiguous(all, ours_route(picture, g_ptr_array_index(picture->routes, i)));
    for (guint i = 0; i < picture->rules->len; i++)
        g_ptr_array_add(all, ours_rule(g_ptr_array_index(picture->rules, i)));
    for (guint i = 0; i < picture->neighbours->len; i++)
        g_ptr_array_add(all, ours_neighbour(&g_array_index(picture->neighbours, ObservedNeighbour, i)));
    return all;
}

static void cache_read(struct nl_cache *cache, void (*read)(struct nl_object *object, void *data),
                       GPtrArray *all)
{
    if (!cache)
        g_error("libnl-route cannot read");
    nl_cache_foreach(cache, read, all);
    nl_cache_free(cache);
}

static GPtrArray *theirs_read(void)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(g_free);
    struct nl_sock *socket = nl_socket_alloc();
    struct nl_cache *links = NULL, *addresses = NULL, *routes = NULL, *rules = NULL, *neighbours = NULL;
    nl_connect(socket, NETLINK_ROUTE);
    rtnl_link_alloc_cache(socket, AF_UNSPEC, &links);
    cache_read(links, theirs_link, all);
    rtnl_addr_alloc_cache(socket, &addresses);
    cache_read(addresses, theirs_address, all);
    rtnl_route_alloc_cache(socket, AF_UNSPEC, 0, &routes);
    cache_read(routes, theirs_route, all);
    rtnl_rule_alloc_cache(socket, AF_UNSPEC, &rules);
    cache_read(rules, theirs_rule, all);
    rtnl_neigh_alloc_cache(socket, &neighbours);
    cache_read(neighbours, theirs_neighbour, all);
    nl_socket_free(socket);
    return all;
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(void)
{
    g_autoptr(GPtrArray) ours = ours_read(), theirs = theirs_read();
    guint i = 0, j = 0, differences = 0;
    g_ptr_array_sort(ours, by_text);
    g_ptr_array_sort(theirs, by_text);
    while (i < ours->len || j < theirs->len) {
        int order = i == ours->len ? 1 : j == theirs->len ? -1 : strcmp(ours->pdata[i], theirs->pdata[j]);
        if (order)
            printf("%s %s\n", order < 0 ? "ours  " : "theirs",
                   (char *)(order < 0 ? ours->pdata[i] : theirs->pdata[j]));
        differences += order != 0;
        i += order <= 0;
        j += order >= 0;
    }
    printf("%u objects, %u differences\n", ours->len, differences);
    return differences != 0;
}
