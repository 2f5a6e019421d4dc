/* Whether anything leads where a route does when that is gone: who talks to somebody there goes on by another
 * way, or is cut off. */
#include "plan/planner.h"
#include "state/compare.h"
#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>

/* One that drops packets has no device but that of the file that asks for it. */
static gboolean goes_too(const NetPlanner *planner, const IfcfgRoute *route, const char *dev)
{
    IfcfgRoute copy = *route;
    copy.nexthops = ifcfg_route_drops(route) ? NULL : route->nexthops;
    NetClaim claim = {
        .type = &net_claim_route, .item = &copy, .dev = copy.nexthops ? net_route_dev(&copy) : dev};
    g_autofree char *id = planner_claim_id(planner, &claim);
    return g_hash_table_contains(planner->going, id);
}

typedef enum { NOTHING, LEADS, DROPS } Way;

/* By the route that counts, of those to one destination. @dev: of the interface that loses @gone */
static Way way_of(const NetPlanner *planner, const IndexList *routes, const IfcfgRoute *gone, const char *dev)
{
    const IfcfgRoute *best = NULL;
    for (guint i = 0; routes && i < routes->len; i++) {
        const IfcfgRoute *route = routes->pdata[i];
        if (route != gone && !goes_too(planner, route, dev) &&
            (!best || ifcfg_route_metric(route) < ifcfg_route_metric(best)))
            best = route;
    }
    return !best ? NOTHING : ifcfg_route_drops(best) ? DROPS : LEADS;
}

static Way way_in(const NetPlanner *planner, const IfcfgRoute *gone, guint32 table, const char *dev)
{
    Way way = NOTHING;
    for (IfcfgPrefix to = gone->to; way == NOTHING; to.length--) {
        way = way_of(planner, net_observed_routes_to(planner->picture, &to, table), gone, dev);
        if (!to.length)
            break;
    }
    return way;
}

/* What a table has no route for is looked for in the main one in the end. */
static gboolean ends_by_route(const NetPlanner *planner, const NetClaim *claim)
{
    const IfcfgRoute *route = claim->type->find(claim, planner->picture);
    const char *dev = route ? net_route_dev(route) : NULL;
    if (!dev || !g_str_equal(dev, claim->dev) || ifcfg_route_drops(route))
        return FALSE;
    Way way = way_in(planner, route, route->table, dev);
    if (way == NOTHING)
        way = way_in(planner, route, RT_TABLE_MAIN, dev);
    return way != LEADS;
}

static gboolean ends_by_rule(const NetPlanner *planner, const NetClaim *claim)
{
    const IfcfgRule *rule = claim->item;
    for (guint i = 0; rule->action == FR_ACT_TO_TBL && i < planner->picture->routes->len; i++) {
        const IfcfgRoute *route = planner->picture->routes->pdata[i];
        if (route->table == rule->table && route->table != RT_TABLE_MAIN && !ifcfg_route_drops(route) &&
            route->to.ip.family == rule->family && way_in(planner, route, RT_TABLE_MAIN, claim->dev) != LEADS)
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

const IfcfgRoute *planner_way_dropped(const NetPlanner *planner, const IfcfgRoute *wanted)
{
    const IndexList *routes =
        net_observed_routes_to(planner->picture, &wanted->to, ifcfg_route_table(wanted));
    for (guint i = 0; ifcfg_route_drops(wanted) && routes && i < routes->len; i++) {
        const IfcfgRoute *route = routes->pdata[i];
        if (!ifcfg_route_drops(route) && ifcfg_route_metric(route) >= ifcfg_route_metric(wanted) &&
            !goes_too(planner, route, NULL))
            return route;
    }
    return NULL;
}
