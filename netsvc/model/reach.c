/* Which gateways an interface has near it, as far as the files say, and which interface a route goes by that
 * does not name one. */
#include "model/iface.h"
#include "model/model-private.h"
#include <sys/socket.h>

static gboolean addresses_reach(const NetIface *iface, const IfcfgIp *gateway)
{
    for (guint i = 0; i < iface->addresses->len; i++) {
        const NetAddress *address = g_ptr_array_index(iface->addresses, i);
        IfcfgPrefix network = {address->peer.family ? address->peer : address->prefix.ip,
                               address->prefix.length};
        if (ifcfg_prefix_contains(&network, gateway))
            return TRUE;
    }
    return FALSE;
}

/* A route without a gateway makes its network reachable for those after it. */
static gboolean routes_reach(const NetIface *iface, const IfcfgIp *gateway)
{
    for (guint i = 0; i < iface->routes->len; i++) {
        const IfcfgRoute *route = g_ptr_array_index(iface->routes, i);
        const IfcfgNexthop *hop =
            route->nexthops && route->nexthops->len == 1 ? g_ptr_array_index(route->nexthops, 0) : NULL;
        if (hop && hop->via.family == AF_UNSPEC && ifcfg_prefix_contains(&route->to, gateway))
            return TRUE;
    }
    return FALSE;
}

gboolean net_iface_reaches(const NetIface *iface, const IfcfgIp *gateway)
{
    const NetIface *main = iface->parent ? iface->parent : iface;
    if (addresses_reach(main, gateway) || routes_reach(main, gateway) || routes_reach(iface, gateway))
        return TRUE;
    for (guint i = 0; i < main->aliases->len; i++)
        if (addresses_reach(g_ptr_array_index(main->aliases, i), gateway))
            return TRUE;
    return FALSE;
}

/* fib_add_ifaddr(): the one that is given, and the last one of the network besides. */
static gboolean is_broadcast(const NetAddress *address, const IfcfgIp *ip)
{
    IfcfgIp usual = ifcfg_prefix_broadcast(&address->prefix);
    return (usual.family && ifcfg_ip_equal(&usual, ip)) ||
           (address->broadcast.family && ifcfg_ip_equal(&address->broadcast, ip));
}

static const NetAddress *broadcast_find(const NetIface *iface, const IfcfgIp *ip)
{
    for (guint i = 0; i < iface->addresses->len; i++) {
        const NetAddress *address = g_ptr_array_index(iface->addresses, i);
        if (address->prefix.ip.family == AF_INET && !address->peer.family && is_broadcast(address, ip))
            return address;
    }
    return NULL;
}

const NetAddress *net_iface_broadcast_find(const NetIface *iface, const IfcfgIp *ip)
{
    const NetIface *main = iface->parent ? iface->parent : iface;
    const NetAddress *found = ip->family == AF_INET ? broadcast_find(main, ip) : NULL;
    for (guint i = 0; !found && ip->family == AF_INET && i < main->aliases->len; i++)
        found = broadcast_find(g_ptr_array_index(main->aliases, i), ip);
    return found;
}

static gboolean has_ip(const NetIface *iface, const IfcfgIp *ip)
{
    for (guint i = 0; i < iface->addresses->len; i++)
        if (ifcfg_ip_equal(&((const NetAddress *)g_ptr_array_index(iface->addresses, i))->prefix.ip, ip))
            return TRUE;
    return FALSE;
}

/* By an address of its own the kernel takes a route, which leads nowhere. */
gboolean net_iface_has_no_router(const NetIface *iface, const IfcfgIp *ip)
{
    const NetIface *main = iface->parent ? iface->parent : iface;
    gboolean is_own = has_ip(main, ip);
    for (guint i = 0; !is_own && i < main->aliases->len; i++)
        is_own = has_ip(g_ptr_array_index(main->aliases, i), ip);
    return is_own || net_iface_broadcast_find(iface, ip);
}

/* Routers can advertise further networks, and a link-local gateway is near on any link. */
gboolean net_iface_knows_reach(const NetIface *iface, const IfcfgIp *gateway)
{
    return gateway->family == AF_INET ||
           (gateway->family == AF_INET6 && iface->ipv6_autoconf == FALSE && !ifcfg_ip_is_link_local(gateway));
}

gboolean net_iface_may_use_route(const NetIface *iface, const IfcfgRoute *route)
{
    const IfcfgNexthop *hop = route->nexthops->len ? g_ptr_array_index(route->nexthops, 0) : NULL;
    return !hop || !hop->via.family || hop->onlink || !net_iface_knows_reach(iface, &hop->via) ||
           net_iface_reaches(iface, &hop->via);
}

/* --- routes without a device --- */

static NetIface *find_near(const GPtrArray *order, const NetIface *own, const IfcfgIp *gateway)
{
    for (guint i = 0; i < order->len; i++) {
        NetIface *iface = g_ptr_array_index(order, i);
        if (iface != own && !iface->parent && net_iface_is_at_boot(iface) &&
            net_iface_reaches(iface, gateway))
            return iface;
    }
    return NULL;
}

static gboolean is_open(const IfcfgNexthop *hop)
{
    return hop->via.family && !hop->dev && !hop->onlink;
}

/* `ip route add` left it to the kernel, which looks for the gateway on all interfaces. */
static void find_ways(NetIface *iface, const IfcfgRoute *route, const GPtrArray *order)
{
    for (guint i = 0; i < route->nexthops->len; i++) {
        IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, i);
        const NetIface *other =
            is_open(hop) && net_iface_knows_reach(iface, &hop->via) && !net_iface_reaches(iface, &hop->via)
                ? find_near(order, iface, &hop->via)
                : NULL;
        if (other)
            hop->dev = g_strdup(other->name);
    }
}

void net_model_find_ways(const KindContext *context)
{
    g_autoptr(GPtrArray) order = net_model_boot_order(context->model);
    for (guint i = 0; i < order->len; i++) {
        NetIface *iface = g_ptr_array_index(order, i);
        for (guint r = 0; !net_iface_lease(iface, AF_INET) && r < iface->routes->len; r++) {
            const IfcfgRoute *route = g_ptr_array_index(iface->routes, r);
            if (route->finds_dev)
                find_ways(iface, route, order);
        }
    }
}
