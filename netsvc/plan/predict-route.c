/* Routes and rules in the prediction. */
#include "plan/predict-private.h"
#include "state/compare.h"
#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

static gboolean route_uses(IfcfgRoute *route, gpointer dev)
{
    for (guint i = 0; i < route->nexthops->len; i++)
        if (!g_strcmp0(((const IfcfgNexthop *)g_ptr_array_index(route->nexthops, i))->dev, dev))
            return TRUE;
    return FALSE;
}

void predict_routes_of_dev_gone(NetObserved *picture, const char *dev)
{
    net_observed_remove_routes(picture, route_uses, (gpointer)dev);
}

static gboolean route_is_from(IfcfgRoute *route, gpointer source)
{
    return ifcfg_ip_equal(&route->src, source);
}

void predict_routes_from_gone(NetObserved *picture, const IfcfgIp *source)
{
    net_observed_remove_routes(picture, route_is_from, (gpointer)source);
}

/* The route with all that the kernel fills in. */
static IfcfgRoute *route_complete(const NetOp *op, int ifindex)
{
    IfcfgRoute *route = ifcfg_route_copy(op->route);
    gboolean via = FALSE;
    for (guint i = 0; i < route->nexthops->len; i++) {
        IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, i);
        hop->dev = hop->dev ? hop->dev : g_strdup(op->dev);
        via |= hop->via.family != AF_UNSPEC;
    }
    route->table = ifcfg_route_table(route);
    route->metric = MAX(route->metric, 0) + (op->metric_plus_ifindex ? ifindex : 0);
    if (route->scope < 0)
        route->scope = route->nexthops->len && !via ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
    return route;
}

static gboolean is_this_route(IfcfgRoute *route, gpointer which)
{
    return route == which;
}

static const IfcfgRoute *route_with_key(const NetObserved *picture, const IfcfgRoute *route)
{
    const IfcfgRoute *same = net_observed_route(picture, route, NULL);
    return same ? same : net_observed_rival(picture, route, NULL);
}

int predict_route_op(NetObserved *picture, const NetOp *op)
{
    const ObservedLink *link = predict_find(picture, op->dev);
    g_autoptr(IfcfgRoute) route = route_complete(op, link ? link->ifindex : 0);
    const IfcfgRoute *old;
    if (op->type == NET_OP_ROUTE_DELETE) {
        old = net_observed_route(picture, route, op->dev);
        if (old)
            net_observed_remove_routes(picture, is_this_route, (gpointer)old);
        return 0;
    }
    if (!link || (route->nexthops->len && !(link->flags & IFF_UP)))
        return link ? ENETDOWN : ENODEV;
    old = route_with_key(picture, route);
    if (old && !op->replace)
        return EEXIST;
    if (old)
        net_observed_remove_routes(picture, is_this_route, (gpointer)old);
    net_observed_add_route(picture, g_steal_pointer(&route));
    return 0;
}

int predict_rule_op(NetObserved *picture, const NetOp *op)
{
    for (guint i = 0; i < picture->rules->len; i++) {
        const IfcfgRule *rule = picture->rules->pdata[i];
        if (!net_rule_is(rule, op->rule))
            continue;
        if (op->type == NET_OP_RULE_ADD)
            return EEXIST;
        net_observed_remove_rule(picture, rule);
        return 0;
    }
    if (op->type == NET_OP_RULE_ADD)
        net_observed_add_rule(picture, ifcfg_rule_copy(op->rule));
    return 0;
}
