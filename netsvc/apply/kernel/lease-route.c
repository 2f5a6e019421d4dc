/* Two default routes: the kernel takes the one with the lower metric, and none is as good as 0. */
#include "apply/kernel/lease-route.h"
#include "i18n.h"
#include "state/observed.h"
#include <linux/rtnetlink.h>

static const char *device_of(const IfcfgRoute *route)
{
    return route->nexthops->len ? ((const IfcfgNexthop *)route->nexthops->pdata[0])->dev : NULL;
}

static guint metric_of(const IfcfgRoute *route)
{
    return route->metric > 0 ? (guint)route->metric : 0;
}

/* The best of @dev, or of all others. */
static const IfcfgRoute *best_route(const GPtrArray *routes, const char *dev, gboolean is_its)
{
    const IfcfgRoute *best = NULL;
    for (guint i = 0; routes && i < routes->len; i++) {
        const IfcfgRoute *route = routes->pdata[i];
        const char *its = device_of(route);
        if (its && g_str_equal(its, dev) == is_its && (!best || metric_of(route) < metric_of(best)))
            best = route;
    }
    return best;
}

void lease_route_note(const NetOp *op, const NetObserved *picture, const IfcfgIp *router, NetResult *result)
{
    const IfcfgPrefix all = {.ip = {.family = router->family}};
    const GPtrArray *routes = net_observed_routes_to(picture, &all, RT_TABLE_MAIN);
    const IfcfgRoute *ours = best_route(routes, op->dev, TRUE), *other = best_route(routes, op->dev, FALSE);
    g_autofree char *by = ifcfg_ip_format(router);
    if (!other)
        return;
    if (!ours)
        net_result_note(result, FALSE, &op->where,
                        _("its server offers a default route by %s; that of %s (metric %u) counts, and this "
                          "one is not set: write DEFROUTE=no where none is wanted, or a "
                          "METRIC into both files"),
                        by, device_of(other), metric_of(other));
    else if (metric_of(ours) < metric_of(other))
        net_result_note(
            result, FALSE, &op->where,
            _("its server offers a default route by %s (metric %u), which counts from now on, and not that "
              "of %s (metric %u): write DEFROUTE=no where none is wanted, or a METRIC into both files"),
            by, metric_of(ours), device_of(other), metric_of(other));
    else
        net_result_note(result, FALSE, &op->where,
                        _("its server offers a default route by %s (metric %u); that of %s (metric %u) "
                          "counts: write DEFROUTE=no where none is wanted, or a METRIC into both files"),
                        by, metric_of(ours), device_of(other), metric_of(other));
}
