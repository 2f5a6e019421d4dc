/* IPv6 addresses in the prediction (net/ipv6/addrconf.c). Link-local addresses come when the device has a
 * carrier, which is not foretold. */
#include "plan/predict-private.h"
#include "state/compare.h"
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

enum { METRIC_OF_KERNEL = 256 /* IP6_RT_PRIO_ADDRCONF */ };

static gboolean is_6(const ObservedAddress *address)
{
    return address->prefix.ip.family == AF_INET6;
}

/* RFC 4291: link-local is 2, all else global, for the order of a link's addresses. */
static guint scope_of(const IfcfgIp *ip)
{
    static const guint8 loopback[16] = {[15] = 1};
    if (ifcfg_ip_is_link_local(ip))
        return 2;
    for (guint i = 0; i < sizeof loopback; i++)
        if (ip->bytes[i] != loopback[i])
            return 14;
    return 1;
}

static guint8 rt_scope_of(const IfcfgIp *ip)
{
    guint scope = scope_of(ip);
    return scope == 14 ? RT_SCOPE_UNIVERSE : scope == 2 ? RT_SCOPE_LINK : RT_SCOPE_HOST;
}

/* --- the route of a network --- */

static IfcfgRoute *prefix_route_new(const NetObserved *picture, const ObservedLink *link,
                                    const IfcfgPrefix *prefix, guint32 metric)
{
    IfcfgRoute *route = g_new0(IfcfgRoute, 1);
    IfcfgNexthop *hop = g_new0(IfcfgNexthop, 1);
    hop->dev = g_strdup(link->name);
    route->to = ifcfg_prefix_network(prefix);
    route->type = RTN_UNICAST;
    route->protocol = RTPROT_KERNEL;
    route->table = net_observed_table_of(picture, link);
    route->metric = metric ? metric : METRIC_OF_KERNEL;
    route->nexthops = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_nexthop_free);
    g_ptr_array_add(route->nexthops, hop);
    return route;
}

static gboolean is_plain_route_over(const IfcfgRoute *route, const ObservedLink *link)
{
    const IfcfgNexthop *hop = route->nexthops->len == 1 ? route->nexthops->pdata[0] : NULL;
    return hop && !hop->via.family && !g_strcmp0(hop->dev, link->name);
}

static void prefix_route_add(NetObserved *picture, const ObservedLink *link, const ObservedAddress *address)
{
    if (!(link->flags & IFF_UP) || address->flags & IFA_F_NOPREFIXROUTE)
        return;
    g_autoptr(IfcfgRoute) route = prefix_route_new(picture, link, &address->prefix, address->metric);
    RouteLikes likes = net_observed_likes(picture, route);
    const IfcfgRoute *other;
    while ((other = route_likes_next(&likes)))
        if (is_plain_route_over(other, link))
            return;
    net_observed_add_route(picture, g_steal_pointer(&route));
}

typedef struct {
    const ObservedLink *link;
    IfcfgPrefix network;
    guint32 table;
    gboolean done;
} Owner;

/* The first one to that network over the device, whoever added it (addrconf_get_prefix_route()). */
static gboolean is_prefix_route_of(IfcfgRoute *route, gpointer data)
{
    Owner *owner = data;
    gboolean found = !owner->done && route->table == owner->table &&
                     ifcfg_prefix_equal(&route->to, &owner->network) &&
                     is_plain_route_over(route, owner->link);
    owner->done |= found;
    return found;
}

static gboolean drop_source(IfcfgRoute *route, G_GNUC_UNUSED gpointer data)
{
    route->src = (IfcfgIp){.family = AF_UNSPEC};
    return FALSE;
}

/* --- addresses --- */

static gboolean has_same_network(const NetObserved *picture, int ifindex, const IfcfgPrefix *prefix)
{
    const GPtrArray *list = net_observed_addresses_of(picture, ifindex);
    for (guint i = 0; list && i < list->len; i++) {
        const ObservedAddress *other = list->pdata[i];
        if (is_6(other) && other->prefix.length == prefix->length &&
            ifcfg_prefix_contains(&other->prefix, &prefix->ip))
            return TRUE;
    }
    return FALSE;
}

/* ipv6_link_dev_addr(): before the first of the same or a smaller scope. */
static guint place_of(const NetObserved *picture, const ObservedAddress *address)
{
    const GPtrArray *list = net_observed_addresses_of(picture, address->ifindex);
    guint i = 0;
    for (; list && i < list->len; i++) {
        const ObservedAddress *other = list->pdata[i];
        if (is_6(other) && scope_of(&address->prefix.ip) >= scope_of(&other->prefix.ip))
            break;
    }
    return i;
}

/* What was somebody's choice is chosen anew. */
static void address6_modify(NetObserved *picture, const ObservedLink *link, ObservedAddress *address,
                            const NetAddress *wanted)
{
    IfcfgIp peer = address->peer;
    address->flags &= ~(guint32)(IFA_F_HOMEADDRESS | IFA_F_MANAGETEMPADDR | IFA_F_NOPREFIXROUTE);
    predict_choices(address, wanted);
    address->peer = wanted->peer.family ? wanted->peer : peer;
    predict_lifetime(address, wanted);
    if (address->scope != RT_SCOPE_HOST)
        prefix_route_add(picture, link, address);
}

/* One that is there with another prefix length counts, and stays as it is (inet6_addr_modify()). */
int predict_address6_add(NetObserved *picture, const ObservedLink *link, const NetAddress *wanted)
{
    ObservedAddress *address =
        (ObservedAddress *)net_observed_find_ip(picture, link->ifindex, &wanted->prefix);
    if (link->mtu < NET_LEAST_MTU_OF_IP6)
        return EINVAL;
    if (link->confs[NET_CONF_DISABLE_IPV6] && !(link->flags & IFF_LOOPBACK))
        return EACCES; /* addrconf_add_dev() */
    if (address) {
        address6_modify(picture, link, address, wanted);
        return 0;
    }
    address = g_new0(ObservedAddress, 1);
    address->ifindex = link->ifindex;
    address->prefix = wanted->prefix;
    address->peer = wanted->peer;
    address->scope = rt_scope_of(&wanted->prefix.ip);
    predict_lifetime(address, wanted);
    predict_choices(address, wanted);
    net_observed_insert_address(picture, address, place_of(picture, address));
    if (address->scope != RT_SCOPE_HOST)
        prefix_route_add(picture, link, address);
    return 0;
}

/* ipv6_del_addr(): the route of the network goes with its last address; routes lose it as their source. */
int predict_address6_delete(NetObserved *picture, const ObservedLink *link, const IfcfgPrefix *prefix)
{
    const ObservedAddress *address = net_observed_address(picture, link->ifindex, prefix);
    Owner owner = {link, ifcfg_prefix_network(prefix), net_observed_table_of(picture, link), FALSE};
    if (!address)
        return EADDRNOTAVAIL;
    gboolean has_route = !(address->flags & IFA_F_NOPREFIXROUTE);
    net_observed_remove_address(picture, address);
    if (has_route && !has_same_network(picture, link->ifindex, prefix))
        net_observed_remove_routes_over(picture, link->name, is_prefix_route_of, &owner);
    if (!predict_is_local(picture, &prefix->ip))
        net_observed_remove_routes_from(picture, &prefix->ip, drop_source, NULL);
    return 0;
}

/* addrconf_notify(): ports of a bond are left alone. */
void predict_ip6_up(NetObserved *picture, const ObservedLink *link)
{
    static const NetAddress loopback = {
        .prefix = {.ip = {.family = AF_INET6, .bytes = {[15] = 1}}, .length = 128}};
    const GPtrArray *list = net_observed_addresses_of(picture, link->ifindex);
    if (link->mtu < NET_LEAST_MTU_OF_IP6 || link->flags & IFF_SLAVE || link->confs[NET_CONF_DISABLE_IPV6])
        return;
    for (guint i = 0; list && i < list->len; i++) {
        const ObservedAddress *address = list->pdata[i];
        if (is_6(address))
            prefix_route_add(picture, link, address);
    }
    if (link->flags & IFF_LOOPBACK)
        predict_address6_add(picture, link, &loopback);
    predict_routes_alive(picture, link->name, AF_INET6);
}

/* addrconf_ifdown() */
void predict_ip6_gone(NetObserved *picture, const ObservedLink *link)
{
    const GPtrArray *list;
    for (guint i = 0; (list = net_observed_addresses_of(picture, link->ifindex)) && i < list->len;) {
        const ObservedAddress *address = list->pdata[i];
        IfcfgIp ip = address->prefix.ip;
        if (!is_6(address)) {
            i++;
            continue;
        }
        net_observed_remove_address(picture, address);
        if (!predict_is_local(picture, &ip))
            net_observed_remove_routes_from(picture, &ip, drop_source, NULL);
    }
    predict_routes_dead(picture, link->name, AF_INET6, FALSE);
    net_observed_remove_neighbours(picture, link->ifindex, AF_INET6, TRUE);
}

/* --- both families --- */

gboolean predict_is_local(const NetObserved *picture, const IfcfgIp *ip)
{
    return net_observed_addresses_with(picture, ip) != NULL;
}

void predict_lifetime(ObservedAddress *address, const NetAddress *wanted)
{
    gboolean expires = wanted->valid && wanted->valid != G_MAXUINT32;
    address->flags = expires ? address->flags & ~(guint32)IFA_F_PERMANENT : address->flags | IFA_F_PERMANENT;
    address->valid = wanted->valid;
    address->preferred = wanted->preferred;
}

void predict_choices(ObservedAddress *address, const NetAddress *wanted)
{
    address->peer = wanted->peer;
    address->flags |= wanted->flags;
    address->metric = wanted->metric;
    address->protocol = wanted->protocol;
}

/* inet_rtm_deladdr(): the address of the other end must be the right one too. */
static gboolean is_between_others(const NetObserved *picture, const ObservedLink *link,
                                  const NetAddress *address)
{
    const ObservedAddress *actual = net_observed_address(picture, link->ifindex, &address->prefix);
    return actual && actual->peer.family && !ifcfg_ip_equal(&actual->peer, &address->peer);
}

int predict_address_op(NetObserved *picture, const NetOp *op)
{
    const ObservedLink *link = predict_find(picture, op->dev);
    gboolean adds = op->type == NET_OP_ADDR_ADD;
    if (!link)
        return ENODEV;
    if (!adds && is_between_others(picture, link, op->address))
        return EADDRNOTAVAIL;
    if (op->address->prefix.ip.family == AF_INET6)
        return adds ? predict_address6_add(picture, link, op->address)
                    : predict_address6_delete(picture, link, &op->address->prefix);
    return adds ? predict_address4_add(picture, link, op->address)
                : predict_address4_delete(picture, link, &op->address->prefix);
}
