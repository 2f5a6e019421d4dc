/* Whose a route is that is in the way of another one: the ledger has it in the file's words, the kernel in
 * its own. */
#include "plan/planner.h"

static void add_routes_of(const NetPlanner *planner, const LedgerEntry *entry, GHashTable *ids)
{
    const IfcfgRtNames *names = net_model_rtnames(planner->model);
    for (guint i = 0; i < entry->routes->len; i++) {
        const char *text = g_ptr_array_index(entry->routes, i);
        NetClaim claim = {.type = &net_claim_route, .dev = entry->name};
        claim.item = claim.type->parse(text, entry->name, names, planner->plan->pool);
        claim.plus_ifindex = g_str_equal(text, NET_LEDGER_ZEROCONF);
        if (claim.item)
            g_hash_table_add(ids, planner_claim_id(planner, &claim));
    }
}

static GHashTable *find_all(const NetPlanner *planner)
{
    GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < planner->ledger->entries->len; i++)
        add_routes_of(planner, g_ptr_array_index(planner->ledger->entries, i), ids);
    return ids;
}

gboolean planner_route_is_ours(NetPlanner *planner, const IfcfgRoute *actual)
{
    if (!planner->our_routes)
        planner->our_routes = find_all(planner);
    for (guint i = 0; i < actual->nexthops->len; i++) {
        const IfcfgNexthop *hop = g_ptr_array_index(actual->nexthops, i);
        NetClaim claim = {.type = &net_claim_route, .item = actual, .dev = hop->dev};
        g_autofree char *id = hop->dev ? planner_claim_id(planner, &claim) : NULL;
        if (id && g_hash_table_contains(planner->our_routes, id))
            return TRUE;
    }
    return FALSE;
}

gboolean planner_had_there(NetPlanner *planner, const NetClaim *claim)
{
    const IfcfgRoute *rival = net_observed_rival(planner->before, claim->item, claim->dev);
    return rival && planner_route_is_ours(planner, rival);
}
