/* Routes and rules: what is missing or leads elsewhere is added, what is ours and no longer asked for is
 * removed. */
#include "plan/planner.h"
#include "state/compare.h"
#include <string.h>
#include <sys/socket.h>

#define ZEROCONF_ROUTE "169.254.0.0/16 scope link metric " G_STRINGIFY(NET_ZEROCONF_METRIC)

gboolean net_route_is_default(const IfcfgRoute *route)
{
    return !route->to.length;
}

static const IfcfgRoute *planner_parse_route(NetPlanner *planner, const char *text, int family)
{
    IfcfgWhere nowhere = {0};
    IfcfgRoute *route = ifcfg_route_parse(text, family, net_model_rtnames(planner->model), nowhere, NULL);
    return route ? net_plan_keep(planner->plan, route, (GDestroyNotify)ifcfg_route_free) : NULL;
}

/* "-4 default via 10.0.0.1 dev eth0", as net_ledger_route_text() wrote it. */
static const IfcfgRoute *planner_parse_ledger_route(NetPlanner *planner, const char *text)
{
    int family = g_str_has_prefix(text, "-6 ") ? AF_INET6 : AF_INET;
    return strlen(text) > 3 ? planner_parse_route(planner, text + 3, family) : NULL;
}

const IfcfgRoute *planner_zeroconf_route(NetPlanner *planner)
{
    return planner_parse_route(planner, ZEROCONF_ROUTE, AF_INET);
}

static gboolean has_gateway(const IfcfgRoute *route)
{
    for (guint i = 0; i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, i);
        if (hop->via.family != AF_UNSPEC)
            return TRUE;
    }
    return FALSE;
}

/* Routes vanish with the link of any of their next hops ... */
static gboolean route_is_lost(const NetPlanner *planner, const IfcfgRoute *route, const char *dev)
{
    for (guint i = 0; i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, i);
        if (!planner_link_stays(planner, hop->dev ? hop->dev : dev))
            return TRUE;
    }
    return FALSE;
}

/* ... and with the address that they have as source (net/ipv4/fib_trie.c, fib_table_flush() of dead routes).
 */
static gboolean source_is_replaced(const NetPlanner *planner, const IfcfgRoute *route)
{
    if (route->src.family == AF_UNSPEC)
        return FALSE;
    g_autofree char *text = ifcfg_ip_format(&route->src);
    return g_hash_table_contains(planner->sources_out, text);
}

/* `network` ran `ip route replace` for one interface after the other, so the last one kept the default route.
 */
static gboolean default_is_anothers(const NetPlanner *planner, const NetIface *iface, const IfcfgRoute *route)
{
    if (!planner->default_winners || !net_route_is_default(route))
        return FALSE;
    g_autofree char *key = net_route_key(route);
    const NetIface *winner = g_hash_table_lookup(planner->default_winners, key);
    return winner && winner != iface;
}

static void planner_add_route(NetPlanner *planner, const NetIface *iface, const IfcfgRoute *route)
{
    const char *dev = net_iface_device(iface);
    if (default_is_anothers(planner, iface, route))
        return;
    gboolean there = net_observed_route(planner->observed, route, dev) != NULL;
    gboolean replaced = source_is_replaced(planner, route);
    if (there && !replaced && !route_is_lost(planner, route, dev))
        return;
    NetPhase phase = has_gateway(route) ? NET_PHASE_ROUTES : NET_PHASE_ROUTES_LINK;
    NetOp *op = planner_add(planner, NET_OP_ROUTE_ADD, phase, dev, route->where);
    op->route = route;
    op->severity = NET_WARN;
    op->replace = net_route_is_default(route) || net_observed_rival(planner->observed, route, dev);
}

static void planner_add_zeroconf(NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    if (planner_link_stays(planner, iface->name) && net_observed_has_zeroconf(planner->observed, link))
        return;
    const IfcfgRoute *route = planner_zeroconf_route(planner);
    NetOp *op = planner_add(planner, NET_OP_ROUTE_ADD, NET_PHASE_ROUTES_LINK, iface->name, iface->where);
    op->route = route;
    op->metric_plus_ifindex = TRUE;
    op->severity = NET_WARN;
}

static void planner_delete_route(NetPlanner *planner, const NetIface *iface, const char *text)
{
    gboolean zeroconf = g_str_equal(text, NET_LEDGER_ZEROCONF);
    const IfcfgRoute *route =
        zeroconf ? planner_zeroconf_route(planner) : planner_parse_ledger_route(planner, text);
    if (!route)
        return;
    NetOp *op = planner_add(planner, NET_OP_ROUTE_DELETE, NET_PHASE_ROUTES_OUT, net_iface_device(iface),
                            iface->where);
    op->route = route;
    op->metric_plus_ifindex = zeroconf;
    op->severity = NET_WARN;
}

static GHashTable *configured_routes(const NetIface *iface)
{
    GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const NetIface *part;
    for (guint p = 0; (part = planner_part(iface, p)); p++)
        for (guint i = 0; i < part->routes->len; i++)
            g_hash_table_add(
                set, net_ledger_route_text(g_ptr_array_index(part->routes, i), net_iface_device(part)));
    if (iface->zeroconf)
        g_hash_table_add(set, g_strdup(NET_LEDGER_ZEROCONF));
    return set;
}

void planner_drop_stale_routes(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    if (!entry || !entry->routes->len)
        return;
    g_autoptr(GHashTable) configured = configured_routes(iface);
    for (guint i = 0; i < entry->routes->len; i++) {
        const char *text = g_ptr_array_index(entry->routes, i);
        if (!g_hash_table_contains(configured, text))
            planner_delete_route(planner, iface, text);
    }
}

void planner_add_routes(NetPlanner *planner, const NetIface *iface)
{
    for (guint i = 0; i < iface->routes->len; i++)
        planner_add_route(planner, iface, g_ptr_array_index(iface->routes, i));
    if (iface->zeroconf && iface->link_up)
        planner_add_zeroconf(planner, iface);
}

/* When the link goes down, only those that do not go through it are left: blackholes, and routes of other
 * devices. */
static gboolean route_outlives(const NetPlanner *planner, const IfcfgRoute *route, const char *dev)
{
    return net_observed_route(planner->observed, route, dev) && !route_is_lost(planner, route, dev);
}

static void planner_drop_route_text(NetPlanner *planner, const NetIface *iface, const char *text)
{
    if (g_str_equal(text, NET_LEDGER_ZEROCONF))
        return;
    const IfcfgRoute *route = planner_parse_ledger_route(planner, text);
    if (route && route_outlives(planner, route, net_iface_device(iface)))
        planner_delete_route(planner, iface, text);
}

void planner_drop_routes(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = iface->parent ? NULL : net_ledger_find(planner->ledger, iface->name);
    g_autoptr(GHashTable) ours = configured_routes(iface);
    for (guint i = 0; entry && i < entry->routes->len; i++)
        g_hash_table_add(ours, g_strdup(g_ptr_array_index(entry->routes, i)));
    g_autoptr(GList) texts = g_list_sort(g_hash_table_get_keys(ours), (GCompareFunc)strcmp);
    for (GList *item = texts; item; item = item->next)
        planner_drop_route_text(planner, iface, item->data);
}

/* "-4 from 10.0.0.0/8 table 100", as net_ledger_rule_text() wrote it. */
static void planner_delete_rule(NetPlanner *planner, const NetIface *iface, const char *text)
{
    IfcfgWhere nowhere = {0};
    int family = g_str_has_prefix(text, "-6 ") ? AF_INET6 : AF_INET;
    IfcfgRule *rule = strlen(text) > 3 ? ifcfg_rule_parse(text + 3, family, net_model_rtnames(planner->model),
                                                          nowhere, NULL)
                                       : NULL;
    if (!rule)
        return;
    NetOp *op =
        planner_add(planner, NET_OP_RULE_DELETE, NET_PHASE_RULES_OUT, net_iface_device(iface), iface->where);
    op->rule = net_plan_keep(planner->plan, rule, (GDestroyNotify)ifcfg_rule_free);
    op->severity = NET_WARN;
}

void planner_add_rules(NetPlanner *planner, const NetIface *iface)
{
    for (guint i = 0; i < iface->rules->len; i++) {
        const IfcfgRule *rule = g_ptr_array_index(iface->rules, i);
        if (net_observed_has_rule(planner->observed, rule))
            continue;
        NetOp *op =
            planner_add(planner, NET_OP_RULE_ADD, NET_PHASE_RULES, net_iface_device(iface), rule->where);
        op->rule = rule;
        op->severity = NET_WARN;
    }
}

static GHashTable *configured_rules(const NetIface *iface)
{
    GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const NetIface *part;
    for (guint p = 0; (part = planner_part(iface, p)); p++)
        for (guint i = 0; i < part->rules->len; i++)
            g_hash_table_add(set, net_ledger_rule_text(g_ptr_array_index(part->rules, i)));
    return set;
}

void planner_drop_stale_rules(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    if (!entry || !entry->rules->len)
        return;
    g_autoptr(GHashTable) configured = configured_rules(iface);
    for (guint i = 0; i < entry->rules->len; i++) {
        const char *text = g_ptr_array_index(entry->rules, i);
        if (!g_hash_table_contains(configured, text))
            planner_delete_rule(planner, iface, text);
    }
}

static void planner_drop_rules_of(NetPlanner *planner, const NetIface *part, const LedgerEntry *entry)
{
    for (guint i = 0; i < part->rules->len; i++) {
        const IfcfgRule *rule = g_ptr_array_index(part->rules, i);
        g_autofree char *text = net_ledger_rule_text(rule);
        if (net_observed_has_rule(planner->observed, rule) &&
            !(entry && net_ledger_list_has(entry->rules, text)))
            planner_delete_rule(planner, part, text);
    }
}

void planner_drop_rules(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = iface->parent ? NULL : net_ledger_find(planner->ledger, iface->name);
    const NetIface *part;
    for (guint i = 0; entry && i < entry->rules->len; i++)
        planner_delete_rule(planner, iface, g_ptr_array_index(entry->rules, i));
    for (guint p = 0; (part = planner_part(iface, p)); p++)
        planner_drop_rules_of(planner, part, entry);
}
