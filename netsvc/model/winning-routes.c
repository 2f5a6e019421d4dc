/* Of several routes to one destination the kernel has one of each metric: the last that was asked for, since
 * ifup-routes and ifup-eth replaced what was there. Those that yield did not: ifup-ipv6 only added. */
#include "i18n.h"
#include "model/iface.h"
#include "model/model-private.h"

const NetIface *net_iface_part(const NetIface *iface, guint index)
{
    if (!index)
        return iface;
    return iface->aliases && index <= iface->aliases->len ? g_ptr_array_index(iface->aliases, index - 1)
                                                          : NULL;
}

gboolean net_iface_part_comes_along(const NetIface *iface, const NetIface *part)
{
    return part == iface || (part->onparent && !part->fault && !part->unsupported);
}

/* As ifcfg_route_is_rival() has it, but for the metric. */
static guint destination_hash(gconstpointer data)
{
    const IfcfgRoute *route = data;
    return ifcfg_ip_hash(&route->to.ip, ifcfg_route_table(route) << 8 ^ route->to.length);
}

static gboolean is_rival(gconstpointer a, gconstpointer b)
{
    return ifcfg_route_is_rival(a, b);
}

/* A file with `unreachable default` is there for when no other has a gateway. */
static void take(GHashTable *winners, IfcfgRoute *route)
{
    gboolean drops_default = ifcfg_route_is_default(route) && ifcfg_route_drops(route);
    const IfcfgRoute *before = drops_default || route->yields ? g_hash_table_lookup(winners, route) : NULL;
    if (!before || (!route->yields && ifcfg_route_drops(before)))
        g_hash_table_replace(winners, route, route);
}

/* By GATEWAY and the like; files of routes were read last, after the aliases. */
static gboolean is_by_key(const NetIface *iface, const IfcfgRoute *route)
{
    return route->where.file == iface->file ||
           (iface->network && route->where.file == ifcfg_record_path(iface->network));
}

static void take_own(GHashTable *winners, const NetIface *iface, gboolean by_key)
{
    for (guint i = 0; i < iface->routes->len; i++)
        if (is_by_key(iface, iface->routes->pdata[i]) == by_key)
            take(winners, iface->routes->pdata[i]);
}

GHashTable *net_iface_winning_routes(const NetIface *iface)
{
    GHashTable *winners = g_hash_table_new(destination_hash, is_rival);
    const NetIface *part;
    take_own(winners, iface, TRUE);
    for (guint p = 1; (part = net_iface_part(iface, p)); p++)
        for (guint i = 0; net_iface_part_comes_along(iface, part) && i < part->routes->len; i++)
            take(winners, part->routes->pdata[i]);
    take_own(winners, iface, FALSE);
    return winners;
}

static void tell(const IfcfgRoute *route, const IfcfgRoute *winner, const KindContext *context)
{
    g_autofree char *text = ifcfg_route_format(route), *other = ifcfg_route_format(winner);
    ifcfg_problems_add(context->problems, IFCFG_WARNING, route->where,
                       _("\"%s\" has no effect: \"%s\" (%s:%u) has the same destination and the same "
                         "metric, and takes its place: remove one of the two, or give one a metric"),
                       text, other, winner->where.file, winner->where.line);
}

static gboolean is_the_same(const IfcfgRoute *a, const IfcfgRoute *b)
{
    g_autofree char *text = ifcfg_route_format(a), *other = ifcfg_route_format(b);
    return g_str_equal(text, other);
}

static void check_part(const NetIface *part, GHashTable *winners, const KindContext *context)
{
    for (guint i = 0; i < part->routes->len; i++) {
        const IfcfgRoute *route = part->routes->pdata[i], *winner = g_hash_table_lookup(winners, route);
        if (winner && winner != route && !is_the_same(route, winner))
            tell(route, winner, context);
    }
}

/* --- across interfaces --- */

gboolean net_iface_is_contested(const NetIface *part, const IfcfgRoute *route)
{
    const NetIface *iface = part->parent ? part->parent : part;
    return iface->contested && g_hash_table_contains(iface->contested, route);
}

/* Whoever comes last, it is the same: the device does not go without saying. */
static gboolean is_common(const IfcfgRoute *a, const IfcfgRoute *b)
{
    for (guint i = 0; i < a->nexthops->len; i++)
        if (!((const IfcfgNexthop *)g_ptr_array_index(a->nexthops, i))->dev)
            return FALSE;
    return is_the_same(a, b);
}

static void contest(NetIface *iface, const IfcfgRoute *route)
{
    if (!iface->contested)
        iface->contested = g_hash_table_new(NULL, NULL);
    g_hash_table_add(iface->contested, (gpointer)route);
}

/* @holders: route -> NetIface* of who gets it, of those that come up later. Who asks for the
 * default route is told in words of its own (model-defaults.c). */
static void contend(GHashTable *holders, NetIface *iface, IfcfgRoute *route, const KindContext *context)
{
    gpointer theirs = NULL, holder = NULL;
    gboolean is_held = g_hash_table_lookup_extended(holders, route, &theirs, &holder);
    if (is_held && is_common(theirs, route))
        return;
    gboolean is_lost = is_held && net_iface_is_at_boot(holder);
    gboolean is_kept = is_lost && ((IfcfgRoute *)theirs)->yields && net_iface_is_at_boot(iface);
    if (is_held) {
        contest(holder, theirs);
        contest(iface, route);
    }
    if (is_lost && net_iface_is_at_boot(iface) && !ifcfg_route_is_default(route))
        tell(is_kept ? theirs : route, is_kept ? route : theirs, context);
    if (is_kept || !is_lost)
        g_hash_table_replace(holders, route, iface);
}

static guint routes_count(const NetIface *iface)
{
    guint count = 0;
    const NetIface *part;
    for (guint p = 0; (part = net_iface_part(iface, p)); p++)
        count += net_iface_part_comes_along(iface, part) ? part->routes->len : 0;
    return count;
}

/* Where each route is one of its own, nobody takes another's place. */
static void check_own(const NetIface *iface, GHashTable *winners, const KindContext *context)
{
    const NetIface *part;
    for (guint p = 0; !iface->has_no_rivals && (part = net_iface_part(iface, p)); p++)
        if (net_iface_part_comes_along(iface, part))
            check_part(part, winners, context);
}

void net_model_check_routes(const KindContext *context)
{
    g_autoptr(GHashTable) holders = g_hash_table_new(destination_hash, is_rival);
    g_autoptr(GPtrArray) order = net_model_boot_order(context->model);
    for (guint i = order->len; i-- > 0;) {
        NetIface *iface = g_ptr_array_index(order, i);
        if (iface->parent || iface->form != IFCFG_ENTRY_MAIN || !routes_count(iface))
            continue;
        g_autoptr(GHashTable) winners = net_iface_winning_routes(iface);
        iface->has_no_rivals = g_hash_table_size(winners) == routes_count(iface);
        check_own(iface, winners, context);
        GHashTableIter iter;
        gpointer route;
        g_hash_table_iter_init(&iter, winners);
        while (g_hash_table_iter_next(&iter, &route, NULL))
            contend(holders, iface, route, context);
    }
}
