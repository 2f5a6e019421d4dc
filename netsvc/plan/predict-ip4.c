/* IPv4 addresses in the prediction, and what the kernel makes of them by itself (net/ipv4/devinet.c,
 * net/ipv4/fib_frontend.c). */
#include "plan/predict-private.h"
#include "state/compare.h"
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

static gboolean is_4(const ObservedAddress *address)
{
    return address->prefix.ip.family == AF_INET;
}

static gboolean is_secondary(const ObservedAddress *address)
{
    return address->flags & IFA_F_SECONDARY;
}

static gboolean same_network(const ObservedAddress *a, const ObservedAddress *b)
{
    IfcfgPrefix network = net_observed_address_network(a), other = net_observed_address_network(b);
    return ifcfg_prefix_equal(&network, &other);
}

/* --- the route of a network, which the kernel keeps for its primary address --- */

static gboolean has_prefix_route(const ObservedLink *link, const ObservedAddress *address)
{
    IfcfgPrefix network = net_observed_address_network(address);
    return !is_secondary(address) && !(address->flags & IFA_F_NOPREFIXROUTE) &&
           network.ip.bytes[0] &&           /* ipv4_is_zeronet() */
           !(link->flags & IFF_LOOPBACK) && /* there it is of the table of local addresses */
           (address->prefix.length < 32 || !ifcfg_ip_equal(&network.ip, &address->prefix.ip));
}

static gboolean is_prefix_route(const IfcfgRoute *route, const ObservedLink *link,
                                const ObservedAddress *address)
{
    const IfcfgNexthop *hop = route->nexthops->len == 1 ? route->nexthops->pdata[0] : NULL;
    return hop && route->protocol == RTPROT_KERNEL && !hop->via.family && !g_strcmp0(hop->dev, link->name) &&
           ifcfg_ip_equal(&route->src, &address->prefix.ip);
}

IfcfgRoute *net_predict_network_route(const NetObserved *picture, const ObservedLink *link,
                                      const ObservedAddress *address)
{
    IfcfgRoute *route = g_new0(IfcfgRoute, 1);
    IfcfgNexthop *hop = g_new0(IfcfgNexthop, 1);
    hop->dev = g_strdup(link->name);
    route->to = net_observed_address_network(address);
    route->src = address->prefix.ip;
    route->type = RTN_UNICAST;
    route->protocol = RTPROT_KERNEL;
    route->scope = RT_SCOPE_LINK;
    route->table = net_observed_table_of(picture, link);
    route->metric = address->metric ? (gint64)address->metric : -1;
    route->nexthops = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_nexthop_free);
    g_ptr_array_add(route->nexthops, hop);
    return route;
}

/* fib_add_ifaddr() */
static void prefix_route_add(NetObserved *picture, const ObservedLink *link, const ObservedAddress *address)
{
    if (!(link->flags & IFF_UP) || !has_prefix_route(link, address))
        return;
    g_autoptr(IfcfgRoute) route = net_predict_network_route(picture, link, address);
    RouteLikes likes = net_observed_likes(picture, route);
    const IfcfgRoute *other;
    while ((other = route_likes_next(&likes)))
        if (is_prefix_route(other, link, address))
            return;
    net_observed_add_route(picture, g_steal_pointer(&route));
}

typedef struct {
    const ObservedLink *link;
    const ObservedAddress *address;
} Owner;

static gboolean is_prefix_route_of(IfcfgRoute *route, gpointer data)
{
    Owner *owner = data;
    IfcfgPrefix network = net_observed_address_network(owner->address);
    return ifcfg_prefix_equal(&route->to, &network) && is_prefix_route(route, owner->link, owner->address);
}

static gboolean is_in_table(IfcfgRoute *route, gpointer data)
{
    return route->table == *(const guint32 *)data;
}

/* fib_del_ifaddr(): what has the address as its source goes when no other link has it (fib_sync_down_addr(),
 * which looks at the main table only, or that of the VRF). */
static void fib_forget(NetObserved *picture, const ObservedLink *link, const ObservedAddress *address)
{
    Owner owner = {link, address};
    guint32 table = net_observed_table_of(picture, link);
    if (has_prefix_route(link, address))
        net_observed_remove_routes_from(picture, &address->prefix.ip, is_prefix_route_of, &owner);
    if (!predict_is_local(picture, &address->prefix.ip))
        net_observed_remove_routes_from(picture, &address->prefix.ip, is_in_table, &table);
}

/* --- added --- */

/* __inet_insert_ifa(): a primary address behind the others of at least its scope, a secondary one at the end.
 * Returns: the position among the link's addresses, or -1 with @ret_code */
static int place_of(const NetObserved *picture, ObservedAddress *address, int *ret_code)
{
    const GPtrArray *list = net_observed_addresses_of(picture, address->ifindex);
    const IndexList *network = net_observed_network_of(picture, address);
    if (network && ((const ObservedAddress *)network->pdata[0])->scope != address->scope) {
        *ret_code = EINVAL;
        return -1;
    }
    address->flags |= network ? IFA_F_SECONDARY : 0;
    for (guint i = list ? list->len : 0; i-- > 0;) {
        const ObservedAddress *other = list->pdata[i];
        if (is_4(other) && (network || (!is_secondary(other) && address->scope <= other->scope)))
            return (int)i + 1;
    }
    return 0;
}

static void address_free(ObservedAddress *address)
{
    g_free(address->label);
    g_free(address);
}

static gboolean has_4(const NetObserved *picture, const ObservedLink *link)
{
    const GPtrArray *list = net_observed_addresses_of(picture, link->ifindex);
    for (guint i = 0; list && i < list->len; i++)
        if (is_4(list->pdata[i]))
            return TRUE;
    return FALSE;
}

/* Hops that are dead while the link is up are so for want of an address. */
static int address_put(NetObserved *picture, const ObservedLink *link, ObservedAddress *address)
{
    int code = 0, place = place_of(picture, address, &code);
    if (place < 0) {
        address_free(address);
        return code;
    }
    gboolean is_first = !has_4(picture, link);
    net_observed_insert_address(picture, address, (guint)place);
    prefix_route_add(picture, link, address);
    if (is_first && link->flags & IFF_UP)
        predict_routes_alive(picture, link->name, AF_INET);
    return 0;
}

static IfcfgIp broadcast_of(const NetAddress *wanted)
{
    IfcfgIp none = {0};
    if (wanted->broadcast.family)
        return ifcfg_ip_is_zero(&wanted->broadcast) ? none : wanted->broadcast;
    return wanted->scope == RT_SCOPE_HOST || wanted->peer.family ? none
                                                                 : ifcfg_prefix_broadcast(&wanted->prefix);
}

/* The back end asks with NLM_F_REPLACE: what is there lives for ever from now on, and stays as it is
 * otherwise (inet_rtm_newaddr()). */
int predict_address4_add(NetObserved *picture, const ObservedLink *link, const NetAddress *wanted)
{
    ObservedAddress *address =
        (ObservedAddress *)net_observed_address(picture, link->ifindex, &wanted->prefix);
    if (address) {
        predict_lifetime(address, wanted);
        return 0;
    }
    address = g_new0(ObservedAddress, 1);
    address->ifindex = link->ifindex;
    address->prefix = wanted->prefix;
    address->peer = wanted->peer;
    address->broadcast = broadcast_of(wanted);
    predict_choices(address, wanted);
    address->label = g_strdup(wanted->label ? wanted->label : link->name);
    address->scope = wanted->scope;
    predict_lifetime(address, wanted);
    return address_put(picture, link, address);
}

/* --- removed --- */

/* The next secondary address of the network becomes the primary one: our deletions run with
 * promote_secondaries on (apply/kernel/promote.c). */
static ObservedAddress *heir_of(const NetObserved *picture, const ObservedAddress *address)
{
    const GPtrArray *list = net_observed_addresses_of(picture, address->ifindex);
    const IndexList *network = net_observed_network_of(picture, address);
    for (guint i = 0; !is_secondary(address) && network->len > 1 && i < list->len; i++) {
        ObservedAddress *other = list->pdata[i];
        if (is_4(other) && is_secondary(other) && same_network(address, other))
            return other;
    }
    return NULL;
}

/* __inet_del_ifa(): it goes behind the last primary one of at least the scope that the old one had. */
static void promote(NetObserved *picture, const ObservedLink *link, ObservedAddress *heir, guint8 scope)
{
    const GPtrArray *list = net_observed_addresses_of(picture, heir->ifindex);
    ObservedAddress *copy = g_memdup2(heir, sizeof *heir);
    guint place = 0, own = 0;
    copy->label = g_strdup(heir->label);
    copy->flags &= ~(guint32)IFA_F_SECONDARY;
    for (guint i = 0; i < list->len; i++) {
        const ObservedAddress *other = list->pdata[i];
        if (other == heir)
            own = i;
        else if (is_4(other) && !is_secondary(other) && scope <= other->scope)
            place = i + 1;
    }
    net_observed_remove_address(picture, heir);
    net_observed_insert_address(picture, copy, place > own ? place - 1 : place);
    prefix_route_add(picture, link, copy);
}

static void links_last_gone(NetObserved *picture, const ObservedLink *link)
{
    if (has_4(picture, link))
        return;
    predict_routes_dead(picture, link->name, AF_INET, FALSE); /* fib_inetaddr_event(): fib_disable_ip() */
    net_observed_remove_neighbours(picture, link->ifindex, AF_INET, TRUE);
}

int predict_address4_delete(NetObserved *picture, const ObservedLink *link, const IfcfgPrefix *prefix)
{
    const ObservedAddress *address = net_observed_address(picture, link->ifindex, prefix);
    if (!address)
        return EADDRNOTAVAIL;
    ObservedAddress gone = *address, *heir = heir_of(picture, address);
    net_observed_remove_address(picture, address);
    gone.label = NULL;
    fib_forget(picture, link, &gone);
    if (heir)
        promote(picture, link, heir, gone.scope);
    else
        links_last_gone(picture, link);
    return 0;
}

/* --- with the device --- */

static void add_loopback_address(NetObserved *picture, const ObservedLink *link)
{
    NetAddress address = {.scope = RT_SCOPE_HOST};
    ifcfg_prefix_parse("127.0.0.1/8", AF_INET, &address.prefix);
    predict_address4_add(picture, link, &address);
}

/* inetdev_event(), fib_netdev_event() */
void predict_ip4_up(NetObserved *picture, const ObservedLink *link)
{
    const GPtrArray *list = net_observed_addresses_of(picture, link->ifindex);
    gboolean has_one = FALSE;
    for (guint i = 0; list && i < list->len; i++) {
        if (!is_4(list->pdata[i]))
            continue;
        has_one = TRUE;
        prefix_route_add(picture, link, list->pdata[i]);
    }
    if (link->flags & IFF_LOOPBACK && !has_one)
        add_loopback_address(picture, link);
    predict_routes_alive(picture, link->name, AF_INET);
}

void predict_ip4_gone(NetObserved *picture, const ObservedLink *link)
{
    const GPtrArray *list;
    for (guint i = 0; (list = net_observed_addresses_of(picture, link->ifindex)) && i < list->len;) {
        ObservedAddress gone = *(const ObservedAddress *)list->pdata[i];
        if (gone.prefix.ip.family != AF_INET) {
            i++;
            continue;
        }
        net_observed_remove_address(picture, list->pdata[i]);
        fib_forget(picture, link, &gone);
    }
}
