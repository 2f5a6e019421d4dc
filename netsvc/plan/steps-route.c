/* Routes and rules: what is missing or leads elsewhere is added, what is ours and no longer asked for is removed. */
#include "plan/compare.h"
#include "plan/planner.h"
#include <string.h>
#include <sys/socket.h>

#define ZEROCONF_METRIC 1000 /* initscripts ifup-eth: metric 1000 + ifindex keeps the interfaces apart */
#define ZEROCONF_ROUTE "169.254.0.0/16 scope link metric 1000"

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

/* Routes vanish with the link of any of their next hops, and with the address that they have as source. */
static gboolean route_is_lost(const NetPlanner *planner, const IfcfgRoute *route, const char *dev)
{
    for (guint i = 0; i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, i);
        if (!planner_link_stays(planner, hop->dev ? hop->dev : dev))
            return TRUE;
    }
    return FALSE;
}

static gboolean source_is_replaced(const NetPlanner *planner, const IfcfgRoute *route)
{
    for (guint i = planner->plan->ops->len; route->src.family != AF_UNSPEC && i-- > 0;) {
        const NetOp *op = g_ptr_array_index(planner->plan->ops, i);
        if (op->group != planner->group)
            break;
        if (op->type == NET_OP_ADDR_DELETE && ifcfg_ip_equal(&op->address->prefix.ip, &route->src))
            return TRUE;
    }
    return FALSE;
}

/* `network` ran `ip route replace` for one interface after the other, so the last one kept the default route. */
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
    if (default_is_anothers(planner, iface, route))
        return;
    gboolean there = net_observed_route(planner->observed, route, iface->name) != NULL;
    gboolean replaced = source_is_replaced(planner, route);
    if (there && !replaced && !route_is_lost(planner, route, iface->name))
        return;
    NetPhase phase = has_gateway(route) ? NET_PHASE_ROUTES : NET_PHASE_ROUTES_LINK;
    NetOp *op = planner_add(planner, NET_OP_ROUTE_ADD, phase, iface->name, route->where);
    op->route = route;
    op->severity = NET_WARN;
    op->replace = net_route_is_default(route) || net_observed_rival(planner->observed, route, iface->name);
}

/* The kernel's ifindex is part of the metric, so a device that is not there yet cannot have the route. */
static gboolean zeroconf_is_there(NetPlanner *planner, const NetIface *iface, const IfcfgRoute *route)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    IfcfgRoute numbered = *route;
    numbered.metric = ZEROCONF_METRIC + (link ? link->ifindex : 0);
    return link && planner_link_stays(planner, iface->name) &&
           net_observed_route(planner->observed, &numbered, iface->name);
}

static void planner_add_zeroconf(NetPlanner *planner, const NetIface *iface)
{
    const IfcfgRoute *route = planner_zeroconf_route(planner);
    if (!route || zeroconf_is_there(planner, iface, route))
        return;
    NetOp *op = planner_add(planner, NET_OP_ROUTE_ADD, NET_PHASE_ROUTES_LINK, iface->name, iface->where);
    op->route = route;
    op->metric_plus_ifindex = TRUE;
    op->severity = NET_WARN;
}

static void planner_delete_route(NetPlanner *planner, const NetIface *iface, const char *text)
{
    gboolean zeroconf = g_str_equal(text, NET_LEDGER_ZEROCONF);
    const IfcfgRoute *route = zeroconf ? planner_zeroconf_route(planner) : planner_parse_route(planner, text, AF_UNSPEC);
    if (!route)
        return;
    NetOp *op = planner_add(planner, NET_OP_ROUTE_DELETE, NET_PHASE_ROUTES_OUT, iface->name, iface->where);
    op->route = route;
    op->metric_plus_ifindex = zeroconf;
    op->severity = NET_WARN;
}

static GHashTable *configured_routes(const NetIface *iface)
{
    GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < iface->routes->len; i++)
        g_hash_table_add(set, net_ledger_route_text(g_ptr_array_index(iface->routes, i), iface->name));
    if (iface->zeroconf)
        g_hash_table_add(set, g_strdup(NET_LEDGER_ZEROCONF));
    return set;
}

static void planner_drop_stale_routes(NetPlanner *planner, const NetIface *iface)
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
    planner_drop_stale_routes(planner, iface);
    for (guint i = 0; i < iface->routes->len; i++)
        planner_add_route(planner, iface, g_ptr_array_index(iface->routes, i));
    if (iface->zeroconf && iface->link_up)
        planner_add_zeroconf(planner, iface);
}

/* Only those that do not go through the device are left when it is down: blackholes, and routes of other devices. */
static gboolean route_outlives(const IfcfgRoute *route, const char *dev)
{
    for (guint i = 0; i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, i);
        if (!hop->dev || g_str_equal(hop->dev, dev))
            return FALSE;
    }
    return TRUE;
}

static void planner_drop_route_text(NetPlanner *planner, const NetIface *iface, const char *text)
{
    if (g_str_equal(text, NET_LEDGER_ZEROCONF))
        return;
    const IfcfgRoute *route = planner_parse_route(planner, text, AF_UNSPEC);
    if (route && route_outlives(route, iface->name) && net_observed_route(planner->observed, route, iface->name))
        planner_delete_route(planner, iface, text);
}

void planner_drop_routes(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
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
    IfcfgRule *rule =
        strlen(text) > 3 ? ifcfg_rule_parse(text + 3, family, net_model_rtnames(planner->model), nowhere, NULL) : NULL;
    if (!rule)
        return;
    NetOp *op = planner_add(planner, NET_OP_RULE_DELETE, NET_PHASE_RULES_OUT, iface->name, iface->where);
    op->rule = net_plan_keep(planner->plan, rule, (GDestroyNotify)ifcfg_rule_free);
    op->severity = NET_WARN;
}

void planner_add_rules(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    g_autoptr(GHashTable) configured = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < iface->rules->len; i++) {
        const IfcfgRule *rule = g_ptr_array_index(iface->rules, i);
        g_hash_table_add(configured, net_ledger_rule_text(rule));
        if (net_observed_has_rule(planner->observed, rule))
            continue;
        NetOp *op = planner_add(planner, NET_OP_RULE_ADD, NET_PHASE_RULES, iface->name, rule->where);
        op->rule = rule;
        op->severity = NET_WARN;
    }
    for (guint i = 0; entry && i < entry->rules->len; i++) {
        const char *text = g_ptr_array_index(entry->rules, i);
        if (!g_hash_table_contains(configured, text))
            planner_delete_rule(planner, iface, text);
    }
}

void planner_drop_rules(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    for (guint i = 0; entry && i < entry->rules->len; i++)
        planner_delete_rule(planner, iface, g_ptr_array_index(entry->rules, i));
    for (guint i = 0; i < iface->rules->len; i++) {
        const IfcfgRule *rule = g_ptr_array_index(iface->rules, i);
        g_autofree char *text = net_ledger_rule_text(rule);
        if (net_observed_has_rule(planner->observed, rule) && !(entry && net_ledger_list_has(entry->rules, text)))
            planner_delete_rule(planner, iface, text);
    }
}
