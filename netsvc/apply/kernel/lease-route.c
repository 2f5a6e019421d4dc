/* Two default routes, of which the kernel takes the one with the lower metric (none is as good as 0); and
 * what of an interface becomes its lease's. */
#include "apply/kernel/lease-route.h"
#include "apply/clients-record.h"
#include "apply/kernel/nl-ops.h"
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
static const IfcfgRoute *best_route(const IndexList *routes, const char *dev, gboolean is_its)
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
    const IndexList *routes = net_observed_routes_to(picture, &all, RT_TABLE_MAIN);
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

static const IfcfgIp *gateway_of(const IfcfgRoute *route)
{
    return route->nexthops && route->nexthops->len == 1
               ? &((const IfcfgNexthop *)route->nexthops->pdata[0])->via
               : NULL;
}

static gboolean is_same_place(const IfcfgRoute *a, const IfcfgRoute *b)
{
    const IfcfgIp *x = gateway_of(a), *y = gateway_of(b);
    return metric_of(a) == metric_of(b) && x && y && ifcfg_ip_equal(x, y);
}

/* Of the default routes of @op's device: whether the one that goes is there, and one of the client beside it.
 * A client that uses `ip route replace` leaves one that looks like ours. */
static void look_for(const NetOp *op, const IndexList *routes, gboolean *ret_goes, gboolean *ret_clients)
{
    *ret_goes = *ret_clients = FALSE;
    for (guint i = 0; routes && i < routes->len; i++) {
        const IfcfgRoute *route = routes->pdata[i];
        const char *dev = device_of(route);
        if (!dev || !g_str_equal(dev, op->dev))
            continue;
        if (route->protocol != RTPROT_DHCP && is_same_place(route, op->route))
            *ret_goes = TRUE;
        else
            *ret_clients = TRUE;
    }
}

static gboolean route_replace(NlBatch *batch, const NetOp *op, const IfcfgIp *router)
{
    g_autoptr(IfcfgRoute) route = ifcfg_route_copy(op->route);
    NetOp instead = *op;
    ((IfcfgNexthop *)route->nexthops->pdata[0])->via = *router;
    route->src = (IfcfgIp){0};
    route->protocol = RTPROT_DHCP;
    instead.route = route;
    instead.replace = TRUE;
    struct nl_msg *msg = nl_route_add(nl_batch_links(batch), &instead, NULL);
    return msg && nl_batch_call(batch, msg, NULL) == 0;
}

static gboolean takes_route(NlBatch *batch, const NetOp *op, const NetObserved *picture,
                            const IfcfgIp *router)
{
    const IfcfgPrefix all = {.ip = {.family = AF_INET}};
    gboolean goes, is_clients;
    if (op->route->to.ip.family != AF_INET || op->route->to.length ||
        ifcfg_route_table(op->route) != RT_TABLE_MAIN || !gateway_of(op->route))
        return FALSE;
    look_for(op, net_observed_routes_to(picture, &all, RT_TABLE_MAIN), &goes, &is_clients);
    if (!goes)
        return TRUE;
    return !is_clients && router->family && op->after->takes_default && route_replace(batch, op, router);
}

static gboolean takes_address(const NetOp *op, const NetObserved *picture, const IfcfgIp *leased)
{
    const ObservedLink *link = net_observed_link(picture, op->dev);
    g_autoptr(GPtrArray) same = link && ifcfg_ip_equal(leased, &op->address->prefix.ip)
                                    ? net_observed_with_ip(picture, link->ifindex, leased)
                                    : NULL;
    return same && same->len == 1;
}

gboolean lease_takes(NlBatch *batch, NetWatch *watch, const NetOp *op)
{
    int family = op->after->family;
    IfcfgIp router = client_router_read("", op->dev, family),
            leased = client_address_read("", op->dev, family);
    const NetObserved *picture = net_watch_look(watch, NULL);
    if (!picture)
        return FALSE;
    return op->type == NET_OP_ROUTE_DELETE  ? takes_route(batch, op, picture, &router)
           : op->type == NET_OP_ADDR_DELETE ? takes_address(op, picture, &leased)
                                            : FALSE;
}
