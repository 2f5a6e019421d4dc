/* Routes as claims; the zeroconf route is one whose metric follows from the device's index. */
#include "i18n.h"
#include "plan/claims.h"
#include "state/compare.h"
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

static char *route_text(const NetClaim *claim)
{
    return claim->plus_ifindex ? g_strdup(NET_LEDGER_ZEROCONF)
                               : net_ledger_route_text(claim->item, claim->dev);
}

/* Old scripts (ifup-eth): ip route add 169.254.0.0/16 dev DEV metric $((1000 + ifindex)) scope link */
static const IfcfgRoute *zeroconf_route(NetPool *pool)
{
    IfcfgRoute *route = g_new0(IfcfgRoute, 1);
    route->type = RTN_UNICAST;
    route->scope = RT_SCOPE_LINK;
    route->metric = NET_ZEROCONF_METRIC;
    ifcfg_prefix_parse("169.254.0.0/16", AF_INET, &route->to);
    route->nexthops = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_nexthop_free);
    g_ptr_array_add(route->nexthops, g_new0(IfcfgNexthop, 1));
    return net_pool_keep(pool, route, (GDestroyNotify)ifcfg_route_free);
}

/* "-4 default via 10.0.0.1 dev eth0", as net_ledger_route_text() wrote it. */
static gconstpointer route_parse(const char *text, G_GNUC_UNUSED const char *dev, const IfcfgRtNames *names,
                                 NetPool *pool)
{
    IfcfgWhere nowhere = {0};
    int family = g_str_has_prefix(text, "-6 ") ? AF_INET6 : AF_INET;
    if (g_str_equal(text, NET_LEDGER_ZEROCONF))
        return zeroconf_route(pool);
    IfcfgRoute *route = strlen(text) > 3 ? ifcfg_route_parse(text + 3, family, names, nowhere, NULL) : NULL;
    return route ? net_pool_keep(pool, route, (GDestroyNotify)ifcfg_route_free) : NULL;
}

static gconstpointer route_find(const NetClaim *claim, const NetObserved *observed)
{
    const ObservedLink *link = net_observed_link(observed, claim->dev);
    IfcfgRoute with_metric = *(const IfcfgRoute *)claim->item;
    if (claim->plus_ifindex && !link)
        return NULL;
    if (claim->plus_ifindex)
        with_metric.metric += link->ifindex;
    const IfcfgRoute *same = net_observed_route(observed, &with_metric, claim->dev);
    return same ? same : net_observed_rival(observed, &with_metric, claim->dev);
}

/* SRCADDR that is no longer in the file: other routes may have a source of somebody else's choice. */
static gboolean has_old_source(const NetClaim *claim, const IfcfgRoute *actual)
{
    const IfcfgRoute *wanted = claim->item;
    return claim->part && ifcfg_route_is_default(wanted) && !wanted->src.family && actual->src.family;
}

gboolean net_claim_has_nexthop(const NetClaim *claim, const NetObserved *observed)
{
    const NetNexthop *actual = claim->nexthop ? net_observed_nexthop(observed, claim->nexthop->id) : NULL;
    return actual && net_nexthop_has_path(actual, claim->nexthop);
}

/* Somebody else's object that leads to the gateway of the file is as good as none. */
static gboolean is_by_right_nexthop(const NetClaim *claim, const IfcfgRoute *actual,
                                    const NetObserved *observed)
{
    gboolean is_ours = actual->nhid && claim->our_nexthops &&
                       g_hash_table_contains(claim->our_nexthops, GUINT_TO_POINTER(actual->nhid));
    if (!net_claim_has_nexthop(claim, observed))
        return !is_ours;
    return actual->nhid == claim->nexthop->id || (actual->nhid && !is_ours);
}

static char *route_difference(const NetClaim *claim, gconstpointer actual, const NetObserved *observed)
{
    gboolean is_right = net_route_has_path(actual, claim->item, claim->dev) &&
                        is_by_right_nexthop(claim, actual, observed) && !has_old_source(claim, actual);
    return is_right ? NULL : ifcfg_route_format(actual);
}

static char *route_key(const NetClaim *claim)
{
    return claim->plus_ifindex ? NULL : ifcfg_route_key(claim->item);
}

static const LedgerList *route_listed(const LedgerEntry *entry)
{
    return entry->routes;
}

static char *route_missing(const NetClaim *claim, G_GNUC_UNUSED const NetObserved *observed)
{
    g_autofree char *text = ifcfg_route_format(claim->item);
    return claim->plus_ifindex ? g_strdup(_("route 169.254.0.0/16 (zeroconf) is missing"))
                               : g_strdup_printf(_("route %s is missing"), text);
}

static char *route_differs(const NetClaim *claim, const char *difference)
{
    g_autofree char *text = ifcfg_route_format(claim->item);
    return g_strdup_printf(_("route %s is missing; the kernel has %s"), text, difference);
}

const NetClaimType net_claim_route = {
    .name = "route",
    .add = NET_OP_ROUTE_ADD,
    .remove = NET_OP_ROUTE_DELETE,
    .out = NET_PHASE_ROUTES_OUT,
    .late_out = NET_PHASE_LATE_ROUTES_OUT,
    .text = route_text,
    .parse = route_parse,
    .find = route_find,
    .difference = route_difference,
    .key = route_key,
    .listed = route_listed,
    .missing = route_missing,
    .differs = route_differs,
};

static void add_zeroconf(GArray *claims, const NetIface *part, NetPool *pool)
{
    NetClaim claim = {.type = &net_claim_route,
                      .item = zeroconf_route(pool),
                      .dev = net_iface_device(part),
                      .part = part,
                      .where = part->where,
                      .plus_ifindex = TRUE};
    g_array_append_val(claims, claim);
}

/* In which order the kernel takes them, whatever order a file has: a gateway only where it can be reached by
 * then (fib_check_nh()). */
typedef enum {
    /* packets for it go out of the device: what other routes name as their gateway can be behind it */
    DIRECT,
    BY_GATEWAY,
    /* by it the gateways of the others cannot be reached any more */
    HIDES_NETWORK,
    RANKS
} Rank;

static Rank rank_of(const IfcfgRoute *route, const NetIface *part)
{
    gboolean is_direct = route->nexthops->len > 0;
    for (guint i = 0; i < route->nexthops->len; i++)
        is_direct &= !((const IfcfgNexthop *)g_ptr_array_index(route->nexthops, i))->via.family;
    if (is_direct)
        return DIRECT;
    return net_iface_is_hidden_by(part, route) ? HIDES_NETWORK : BY_GATEWAY;
}

static void add_route(GArray *claims, const IfcfgRoute *route, const NetIface *part)
{
    NetClaim claim = {.type = &net_claim_route,
                      .item = route,
                      .dev = net_iface_device(part),
                      .part = part,
                      .where = route->where};
    g_array_append_val(claims, claim);
}

void net_claims_add_routes(GArray *claims, const NetIface *part, GHashTable *winners, NetPool *pool)
{
    g_autofree guint8 *ranks = g_new(guint8, part->routes->len + 1);
    for (guint i = 0; i < part->routes->len; i++) {
        const IfcfgRoute *route = g_ptr_array_index(part->routes, i);
        gboolean counts = !winners || g_hash_table_lookup(winners, route) == route;
        ranks[i] = (guint8)(counts ? rank_of(route, part) : RANKS);
    }
    for (Rank rank = DIRECT; rank < RANKS; rank++)
        for (guint i = 0; i < part->routes->len; i++)
            if (ranks[i] == rank)
                add_route(claims, g_ptr_array_index(part->routes, i), part);
    if (part->zeroconf && part->link_up)
        add_zeroconf(claims, part, pool);
}
