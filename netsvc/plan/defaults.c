/* Default routes that several interfaces ask for: `network` ran `ip route replace` for one after the other,
 * so that the last one that got there had it. */
#include "plan/planner.h"

gboolean net_route_is_default(const IfcfgRoute *route)
{
    return !route->to.length;
}

static GHashTable *claimants_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
}

static void claimants_add(GHashTable *claimants, const NetIface *part, const IfcfgRoute *route)
{
    char *key = net_route_key(route);
    GPtrArray *list = g_hash_table_lookup(claimants, key);
    if (list) {
        g_free(key);
    } else {
        list = g_ptr_array_new();
        g_hash_table_insert(claimants, key, list);
    }
    g_ptr_array_add(list, (gpointer)part);
}

static void claimants_add_iface(GHashTable *claimants, const NetIface *iface)
{
    const NetIface *part;
    for (guint p = 0; (part = net_iface_part(iface, p)); p++)
        for (guint i = 0; net_iface_part_comes_along(iface, part) && i < part->routes->len; i++)
            if (net_route_is_default(g_ptr_array_index(part->routes, i)))
                claimants_add(claimants, part, g_ptr_array_index(part->routes, i));
}

GHashTable *net_default_claimants(const GPtrArray *ifaces)
{
    GHashTable *claimants = claimants_new();
    for (guint i = 0; i < ifaces->len; i++) {
        const NetIface *iface = g_ptr_array_index(ifaces, i);
        if (!iface->fault && !iface->unsupported)
            claimants_add_iface(claimants, iface);
    }
    return claimants;
}

static const NetIface *next_claimant(const NetPlanner *planner, const NetClaim *claim)
{
    g_autofree char *key = net_route_key(claim->item);
    const GPtrArray *list = g_hash_table_lookup(planner->claimants, key);
    for (guint i = 0; list && i + 1 < list->len; i++)
        if (g_ptr_array_index(list, i) == claim->part)
            return g_ptr_array_index(list, i + 1);
    return NULL;
}

static guint group_index(const NetPlanner *planner, const NetIface *iface)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(planner->group_of_dev, net_iface_device(iface)));
}

/* Where the next in line fails, it is this interface's after all: that is seen when the other is done. */
static void stand_by(NetPlanner *planner, const NetDiff *diff, guint next)
{
    NetOp op = planner_claim_op(&diff->claim, NET_OP_ROUTE_ADD, NET_PHASE_ROUTES_BACK, NET_WARN);
    op.replace = TRUE;
    op.only_if_failed = next;
    planner_stand_by(planner, op);
}

gboolean planner_is_anothers(const NetPlanner *planner, const NetDiff *diff)
{
    return planner->claimants && diff->claim.part && !diff->claim.plus_ifindex &&
           net_route_is_default(diff->claim.item) && next_claimant(planner, &diff->claim);
}

gboolean planner_default_yields(NetPlanner *planner, const NetDiff *diff)
{
    const NetIface *next =
        planner->claimants && net_route_is_default(diff->claim.item) && !diff->claim.plus_ifindex
            ? next_claimant(planner, &diff->claim)
            : NULL;
    guint group = next ? group_index(planner, next) : 0;
    if (!next)
        return FALSE;
    if (group && group != planner->group + 1)
        stand_by(planner, diff, group);
    if (diff->kind == NET_DIFF_SAME)
        planner_record(planner, &(NetDiff){.kind = NET_DIFF_GONE, .claim = diff->claim});
    return TRUE;
}
