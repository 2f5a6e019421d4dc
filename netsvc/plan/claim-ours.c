/* Whose a route is that is in the way of another one: the ledger has it in the file's words, the kernel in
 * its own. */
#include "plan/planner.h"

/* By its own devices: a file can ask for a route over another one than its interface's. One that drops
 * packets has none, or the one that IPv6 names. */
static char *route_id(const NetPlanner *planner, NetClaim claim, const char *dev)
{
    IfcfgRoute route = *(const IfcfgRoute *)claim.item;
    gboolean drops = ifcfg_route_drops(&route);
    route.nexthops = drops ? NULL : route.nexthops;
    claim.item = &route;
    claim.dev = drops ? NULL : dev;
    return planner_claim_id(planner, &claim);
}

static void add_route(const NetPlanner *planner, const NetClaim *claim, const char *dev, GHashTable *ids)
{
    const IfcfgRoute *route = claim->item;
    if (ifcfg_route_drops(route))
        g_hash_table_add(ids, route_id(planner, *claim, NULL));
    for (guint i = 0; i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, i);
        g_hash_table_add(ids, route_id(planner, *claim, hop->dev ? hop->dev : dev));
    }
}

static void add_routes_of(const NetPlanner *planner, const LedgerEntry *entry, GHashTable *ids)
{
    const IfcfgRtNames *names = net_model_rtnames(planner->model);
    for (guint i = 0; i < entry->routes->len; i++) {
        const char *text = g_ptr_array_index(entry->routes, i);
        NetClaim claim = {.type = &net_claim_route};
        claim.item = claim.type->parse(text, entry->name, names, planner->plan->pool);
        claim.plus_ifindex = g_str_equal(text, NET_LEDGER_ZEROCONF);
        if (claim.item)
            add_route(planner, &claim, entry->name, ids);
    }
}

static GHashTable *find_all(const NetPlanner *planner)
{
    GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < planner->ledger->entries->len; i++)
        add_routes_of(planner, g_ptr_array_index(planner->ledger->entries, i), ids);
    return ids;
}

static gboolean is_listed(NetPlanner *planner, const IfcfgRoute *actual, const char *dev)
{
    NetClaim claim = {.type = &net_claim_route, .item = actual};
    g_autofree char *id = route_id(planner, claim, dev);
    return g_hash_table_contains(planner->our_routes, id);
}

gboolean planner_route_is_ours(NetPlanner *planner, const IfcfgRoute *actual)
{
    if (!planner->our_routes)
        planner->our_routes = find_all(planner);
    for (guint i = 0; i < actual->nexthops->len; i++) {
        const IfcfgNexthop *hop = g_ptr_array_index(actual->nexthops, i);
        if (hop->dev && is_listed(planner, actual, hop->dev))
            return TRUE;
    }
    return ifcfg_route_drops(actual) && is_listed(planner, actual, NULL);
}

gboolean planner_had_there(NetPlanner *planner, const NetClaim *claim)
{
    const IfcfgRoute *rival = net_observed_rival(planner->before, claim->item, claim->dev);
    return rival && planner_route_is_ours(planner, rival);
}
