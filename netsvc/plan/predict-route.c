/* Routes in the prediction (net/ipv4/fib_trie.c, fib_semantics.c, net/ipv6/route.c, ip6_fib.c). */
#include "plan/predict-private.h"
#include "state/compare.h"
#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

static gboolean is_6(const IfcfgRoute *route)
{
    return route->to.ip.family == AF_INET6;
}

static IfcfgNexthop *hop_of(const IfcfgRoute *route, guint i)
{
    return g_ptr_array_index(route->nexthops, i);
}

/* --- next hops and their devices --- */

typedef struct {
    const NetObserved *picture;
    const char *dev;
    int family;
    gboolean gone;
} Device;

/* fib_sync_down_dev(), fib6_ifdown(): a route falls with its last living next hop; with a device that is
 * deleted goes an IPv4 route whole, an IPv6 route loses that hop. One by a nexthop object falls with that. */
static gboolean falls_with(IfcfgRoute *route, gpointer data)
{
    const Device *device = data;
    guint dead = 0;
    gboolean uses = FALSE;
    if (route->to.ip.family != device->family || net_observed_route_nexthop(device->picture, route))
        return FALSE;
    for (guint i = route->nexthops->len; i-- > 0;) {
        IfcfgNexthop *hop = hop_of(route, i);
        gboolean is_it = !g_strcmp0(hop->dev, device->dev);
        uses |= is_it;
        hop->dead |= is_it;
        if (is_it && device->gone && is_6(route) && route->nexthops->len > 1)
            g_ptr_array_remove_index(route->nexthops, i);
        else
            dead += hop->dead;
    }
    if (is_6(route) && route->nexthops->len == 1)
        hop_of(route, 0)->weight = 0;
    return uses && (dead == route->nexthops->len || (device->gone && !is_6(route)));
}

void predict_routes_dead(NetObserved *picture, const char *dev, int family, gboolean gone)
{
    Device device = {picture, dev, family, gone};
    net_observed_remove_routes_over(picture, dev, falls_with, &device);
}

void predict_routes_alive(NetObserved *picture, const char *dev, int family)
{
    const IndexList *routes = net_observed_routes_over(picture, dev);
    for (guint i = 0; routes && i < routes->len; i++) {
        const IfcfgRoute *route = routes->pdata[i];
        for (guint n = 0; route->to.ip.family == family && n < route->nexthops->len; n++)
            if (!g_strcmp0(hop_of(route, n)->dev, dev))
                hop_of(route, n)->dead = FALSE;
    }
}

/* --- what the kernel fills in --- */

/* As iproute2 and the back end choose it. */
static gint scope_of(const IfcfgRoute *route)
{
    gboolean is_direct = route->nexthops->len && !hop_of(route, 0)->via.family;
    if (is_6(route))
        return RT_SCOPE_UNIVERSE;
    if (route->scope >= 0)
        return route->scope;
    if (route->type == RTN_LOCAL)
        return RT_SCOPE_HOST;
    if (route->type == RTN_BROADCAST || route->type == RTN_MULTICAST || route->type == RTN_ANYCAST)
        return RT_SCOPE_LINK;
    return route->type == RTN_UNICAST && is_direct ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
}

static gint64 metric_of(const IfcfgRoute *route, int plus)
{
    gint64 metric = MAX(route->metric, 0) + plus;
    if (is_6(route))
        return metric ? metric : ifcfg_route_metric(route);
    return metric ? metric : -1;
}

static void add_hop(const IfcfgRoute *route, const char *dev)
{
    IfcfgNexthop *hop = g_new0(IfcfgNexthop, 1);
    hop->dev = g_strdup(dev);
    g_ptr_array_add(route->nexthops, hop);
}

static IfcfgRoute *route_complete(const NetObserved *picture, const NetOp *op, int ifindex)
{
    IfcfgRoute *route = ifcfg_route_copy(op->route);
    if (op->by_nexthop)
        route->nhid = op->by_nexthop;
    const NetNexthop *nexthop = net_observed_route_nexthop(picture, route);
    if (nexthop)
        net_route_take_nexthop(route, nexthop);
    for (guint i = 0; i < route->nexthops->len; i++) {
        IfcfgNexthop *hop = hop_of(route, i);
        hop->dev = hop->dev ? hop->dev : g_strdup(op->dev);
        hop->weight = route->nexthops->len > 1 ? MAX(hop->weight, 1) : 0;
    }
    if (is_6(route) && ifcfg_route_drops(route) && !route->nexthops->len)
        add_hop(route, "lo");
    if (is_6(route))
        route->tos = 0;
    route->table = ifcfg_route_table(route);
    route->metric = metric_of(route, op->metric_plus_ifindex ? ifindex : 0);
    route->scope = scope_of(route);
    route->protocol = route->protocol ? route->protocol : RTPROT_BOOT;
    return route;
}

/* --- what is refused --- */

static int hop_refused(const NetObserved *picture, const IfcfgRoute *route, IfcfgNexthop *hop)
{
    const ObservedLink *link = predict_find(picture, hop->dev);
    if (is_6(route) && link->mtu < NET_LEAST_MTU_OF_IP6)
        return ENODEV;
    if (is_6(route) && link->confs[NET_CONF_DISABLE_IPV6]) /* fib6_nh_init() */
        return EACCES;
    if (hop->via.family && !(hop->onlink && link->flags & IFF_UP)) {
        int code = predict_gateway_check(picture, route, hop);
        if (code)
            return code;
        link = predict_find(picture, hop->dev);
    }
    return link->flags & IFF_UP ? 0 : ENETDOWN;
}

/* Of all hops together the names become numbers, before the kernel is asked about the first. */
static gboolean lacks_device(const NetObserved *picture, const IfcfgRoute *route)
{
    for (guint i = 0; i < route->nexthops->len; i++)
        if (!predict_find(picture, hop_of(route, i)->dev))
            return TRUE;
    return FALSE;
}

static int route_refused(const NetObserved *picture, const IfcfgRoute *route)
{
    const NetNexthop *object = net_observed_route_nexthop(picture, route);
    if (route->nhid && !net_observed_nexthop(picture, route->nhid))
        return EINVAL;
    if (object && is_6(route) && object->via.family == AF_INET) /* fib6_check_nexthop() */
        return EINVAL;
    if (lacks_device(picture, route))
        return ENODEV;
    for (guint i = 0; !object && !ifcfg_route_drops(route) && i < route->nexthops->len; i++) {
        int code = hop_refused(picture, route, hop_of(route, i));
        if (code)
            return code;
    }
    return route->src.family && !predict_is_local(picture, &route->src) ? EINVAL : 0;
}

/* --- added --- */

/* Without NLM_F_REPLACE the back end asks once more with it when the destination is taken, so only the way to
 * do it differs. fib_table_insert(): the first of that key is replaced, the same one further down is refused.
 */
/* Takes @route. */
static int add_4(NetObserved *picture, IfcfgRoute *route)
{
    g_autoptr(IfcfgRoute) added = route;
    RouteLikes likes = net_observed_likes(picture, route);
    const IfcfgRoute *first = route_likes_next(&likes), *other;
    while ((other = route_likes_next(&likes)))
        if (net_route_has_path(other, route, NULL))
            return EEXIST;
    if (first)
        net_observed_replace_route(picture, first, g_steal_pointer(&added));
    else
        net_observed_add_route(picture, g_steal_pointer(&added));
    return 0;
}

static gboolean has_gateway(const IfcfgRoute *route)
{
    return route->nexthops->len && hop_of(route, 0)->via.family;
}

/* rt6_qualify_for_ecmp() */
static gboolean may_have_siblings(const IfcfgRoute *route)
{
    return has_gateway(route) && !route->nhid;
}

/* fib6_add_rt2node(): replaced is the first that has a gateway of its own as this one has, or has none as
 * this one; else the first of all. Takes @route. */
static int add_6(NetObserved *picture, IfcfgRoute *route)
{
    RouteLikes likes = net_observed_likes(picture, route);
    const IfcfgRoute *first = route_likes_next(&likes), *old = first;
    while (old && may_have_siblings(old) != may_have_siblings(route))
        old = route_likes_next(&likes);
    old = old ? old : first;
    if (old)
        net_observed_replace_route(picture, old, route);
    else
        net_observed_add_route(picture, route);
    return 0;
}

/* --- deleted --- */

static gboolean hop_matches(const IfcfgNexthop *actual, const IfcfgNexthop *wanted)
{
    return !g_strcmp0(actual->dev, wanted->dev) &&
           (!wanted->via.family || ifcfg_ip_equal(&actual->via, &wanted->via));
}

/* fib_nh_match(): without NLM_F_MULTIPATH the first hop decides; a route by an object is found by its number
 * alone. */
static gboolean path_matches_4(const IfcfgRoute *actual, const IfcfgRoute *wanted)
{
    guint n = wanted->nexthops->len;
    if (wanted->nhid || actual->nhid)
        return wanted->nhid ? actual->nhid == wanted->nhid : !n;
    if (n > 1 && n != actual->nexthops->len)
        return FALSE;
    for (guint i = 0; i < n; i++)
        if (i >= actual->nexthops->len || !hop_matches(hop_of(actual, i), hop_of(wanted, i)))
            return FALSE;
    return TRUE;
}

/* fib_table_delete(): what is not given matches any. */
static gboolean matches_4(const IfcfgRoute *actual, const IfcfgRoute *wanted, const NetOp *op)
{
    return actual->tos == wanted->tos && actual->type == wanted->type &&
           (op->route->scope < 0 || actual->scope == op->route->scope) &&
           (!wanted->src.family || ifcfg_ip_equal(&wanted->src, &actual->src)) &&
           (!op->route->protocol || actual->protocol == op->route->protocol) &&
           (wanted->metric <= 0 || actual->metric == wanted->metric) && path_matches_4(actual, wanted);
}

/* ip6_route_del(): by an object it is found whatever path is asked for, unless by another one. */
static gboolean matches_6(const IfcfgRoute *actual, const IfcfgRoute *wanted, const NetOp *op)
{
    gboolean path = !wanted->nexthops->len || (op->route->nexthops->len == 0);
    if (actual->nhid || wanted->nhid)
        path = actual->nhid && (!wanted->nhid || actual->nhid == wanted->nhid);
    for (guint i = 0; !path && !wanted->nhid && i < actual->nexthops->len; i++)
        path = hop_matches(hop_of(actual, i), hop_of(wanted, 0));
    return path && (!op->route->protocol || actual->protocol == op->route->protocol) &&
           actual->metric == wanted->metric;
}

/* A gateway takes away its own hop only. */
static void remove_hops_6(NetObserved *picture, IfcfgRoute *actual, const IfcfgRoute *wanted)
{
    g_autoptr(IfcfgRoute) rest = ifcfg_route_copy(actual);
    for (guint n = 0; n < wanted->nexthops->len; n++)
        for (guint i = rest->nexthops->len; i-- > 0;)
            if (hop_matches(hop_of(rest, i), hop_of(wanted, n)))
                g_ptr_array_remove_index(rest->nexthops, i);
    if (rest->nexthops->len == 1)
        hop_of(rest, 0)->weight = 0;
    if (rest->nexthops->len)
        net_observed_replace_route(picture, actual, g_steal_pointer(&rest));
    else
        net_observed_remove_route(picture, actual);
}

static int route_delete(NetObserved *picture, const IfcfgRoute *wanted, const NetOp *op)
{
    IfcfgRoute *found = NULL;
    const IndexList *list = net_observed_routes_to(picture, &wanted->to, wanted->table);
    for (guint i = 0; list && i < list->len; i++) {
        IfcfgRoute *actual = list->pdata[i];
        if (!ifcfg_prefix_equal(&actual->to, &wanted->to) ||
            !(is_6(wanted) ? matches_6 : matches_4)(actual, wanted, op))
            continue;
        if (!found || MAX(actual->metric, 0) < MAX(found->metric, 0))
            found = actual;
    }
    if (!found)
        return ESRCH;
    if (is_6(found) && has_gateway(wanted) && !found->nhid)
        remove_hops_6(picture, found, wanted);
    else
        net_observed_remove_route(picture, found);
    return 0;
}

static int route_predict(NetObserved *picture, const NetOp *op)
{
    const ObservedLink *link = predict_find(picture, op->dev);
    g_autoptr(IfcfgRoute) route = route_complete(picture, op, link ? link->ifindex : 0);
    int code;
    if (op->type == NET_OP_ROUTE_DELETE)
        return route_delete(picture, route, op);
    code = route_refused(picture, route);
    return code ? code : (is_6(route) ? add_6 : add_4)(picture, g_steal_pointer(&route));
}

/* Where the object is not there, or not for this family, the back end asks again with the gateway. */
int predict_route_op(NetObserved *picture, const NetOp *op)
{
    int code = route_predict(picture, op);
    NetOp plain = *op;
    plain.by_nexthop = 0;
    return code == EINVAL && op->by_nexthop && op->type == NET_OP_ROUTE_ADD ? route_predict(picture, &plain)
                                                                            : code;
}
