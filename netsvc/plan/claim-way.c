/* Whether anything leads where a route does when that is gone: who talks to somebody there goes on by another
 * way, or is cut off. */
#include "plan/planner.h"
#include "state/compare.h"
#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>

/* Not one that goes as well. */
static gboolean leads(const NetPlanner *planner, const IfcfgRoute *route, const IfcfgRoute *gone)
{
    NetClaim claim = {.type = &net_claim_route, .item = route, .dev = net_route_dev(route)};
    if (route == gone || ifcfg_route_drops(route))
        return FALSE;
    g_autofree char *id = planner_claim_id(planner, &claim);
    return !g_hash_table_contains(planner->going, id);
}

static gboolean any_leads(const NetPlanner *planner, const IndexList *routes, const IfcfgRoute *gone)
{
    for (guint i = 0; routes && i < routes->len; i++)
        if (leads(planner, routes->pdata[i], gone))
            return TRUE;
    return FALSE;
}

static gboolean is_covered(const NetPlanner *planner, const IfcfgRoute *gone, guint32 table)
{
    for (IfcfgPrefix to = gone->to;; to.length--) {
        if (any_leads(planner, net_observed_routes_to(planner->picture, &to, table), gone))
            return TRUE;
        if (!to.length)
            return FALSE;
    }
}

/* What a table has no route for is looked for in the main one in the end. */
static gboolean ends_by_route(const NetPlanner *planner, const NetClaim *claim)
{
    const IfcfgRoute *route = claim->type->find(claim, planner->picture);
    const char *dev = route ? net_route_dev(route) : NULL;
    return dev && g_str_equal(dev, claim->dev) && !ifcfg_route_drops(route) &&
           !is_covered(planner, route, route->table) && !is_covered(planner, route, RT_TABLE_MAIN);
}

static gboolean ends_by_rule(const NetPlanner *planner, const NetClaim *claim)
{
    const IfcfgRule *rule = claim->item;
    for (guint i = 0; rule->action == FR_ACT_TO_TBL && i < planner->picture->routes->len; i++) {
        const IfcfgRoute *route = planner->picture->routes->pdata[i];
        if (route->table == rule->table && route->table != RT_TABLE_MAIN && !ifcfg_route_drops(route) &&
            route->to.ip.family == rule->family && !is_covered(planner, route, RT_TABLE_MAIN))
            return TRUE;
    }
    return FALSE;
}

gboolean planner_ends_way(const NetPlanner *planner, const NetClaim *claim)
{
    return claim->type == &net_claim_route  ? ends_by_route(planner, claim)
           : claim->type == &net_claim_rule ? ends_by_rule(planner, claim)
                                            : FALSE;
}
