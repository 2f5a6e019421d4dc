/* Whose a route is that is in the way of another one: the ledger has it in the file's words, the kernel in
 * its own. And what several interfaces have asked for, which is there once. */
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

/* --- what several have --- */

static GHashTable *find_twice(const NetPlanner *planner)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTable *twice = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < planner->ledger->entries->len; i++) {
        const LedgerEntry *entry = planner->ledger->entries->pdata[i];
        const LedgerList *lists[] = {entry->rules, entry->routes};
        for (guint l = 0; l < G_N_ELEMENTS(lists); l++)
            for (guint n = 0; n < lists[l]->len; n++)
                if (!g_hash_table_add(seen, g_ptr_array_index(lists[l], n)))
                    g_hash_table_add(twice, g_ptr_array_index(lists[l], n));
    }
    return twice;
}

/* The same words of two files are two routes where the device goes without saying. */
static gboolean is_the_same_anywhere(const NetClaim *claim)
{
    const IfcfgRoute *route = claim->type == &net_claim_route ? claim->item : NULL;
    if (!route)
        return claim->type == &net_claim_rule;
    for (guint i = 0; i < route->nexthops->len; i++)
        if (!((const IfcfgNexthop *)g_ptr_array_index(route->nexthops, i))->dev)
            return FALSE;
    return !claim->plus_ifindex && (route->nexthops->len || ifcfg_route_drops(route));
}

/* What this plan is not about keeps what it has; the others, what their files ask for. */
static gboolean is_kept_by(const NetPlanner *planner, const char *dev, const NetClaim *claim)
{
    NetClaim theirs = *claim;
    theirs.dev = dev;
    g_autofree char *id = planner_claim_id(planner, &theirs);
    return !g_hash_table_contains(planner->group_of_dev, dev) || planner_is_taken(planner, id);
}

gboolean planner_is_shared(NetPlanner *planner, const NetClaim *claim)
{
    if (!is_the_same_anywhere(claim))
        return FALSE;
    if (!planner->our_twice)
        planner->our_twice = find_twice(planner);
    g_autofree char *text = claim->type->text(claim);
    for (guint i = 0; g_hash_table_contains(planner->our_twice, text) && i < planner->ledger->entries->len;
         i++) {
        const LedgerEntry *entry = planner->ledger->entries->pdata[i];
        if (!g_str_equal(entry->name, claim->dev) && net_ledger_list_has(claim->type->listed(entry), text) &&
            is_kept_by(planner, entry->name, claim))
            return TRUE;
    }
    return FALSE;
}
