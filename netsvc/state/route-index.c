/* Routes by device and by source. */
#include "state/route-index.h"
#include "state/index-lists.h"
#include <string.h>
#include <sys/socket.h>

static guint ip_hash(gconstpointer data)
{
    return ifcfg_ip_hash(data, 0);
}

static gboolean ip_equal(gconstpointer a, gconstpointer b)
{
    return ifcfg_ip_equal(a, b);
}

/* The device of a hop, unless one before it has the same. */
static const char *dev_of(const IfcfgRoute *route, guint index)
{
    const char *dev = ((const IfcfgNexthop *)route->nexthops->pdata[index])->dev;
    for (guint i = 0; dev && i < index; i++)
        if (!g_strcmp0(((const IfcfgNexthop *)route->nexthops->pdata[i])->dev, dev))
            return NULL;
    return dev;
}

void route_index_add(NetObserved *picture, IfcfgRoute *route)
{
    if (!picture->routes_over)
        return;
    for (guint i = 0; i < route->nexthops->len; i++)
        if (dev_of(route, i))
            lists_add(picture->routes_over, dev_of(route, i), strlen(dev_of(route, i)) + 1, route);
    if (route->src.family != AF_UNSPEC)
        lists_add(picture->routes_from, &route->src, sizeof route->src, route);
}

void route_index_remove(NetObserved *picture, IfcfgRoute *route)
{
    if (!picture->routes_over)
        return;
    for (guint i = 0; i < route->nexthops->len; i++)
        if (dev_of(route, i))
            lists_remove(picture->routes_over, dev_of(route, i), route);
    if (route->src.family != AF_UNSPEC)
        lists_remove(picture->routes_from, &route->src, route);
}

void route_index_clear(NetObserved *picture)
{
    g_clear_pointer(&picture->routes_over, g_hash_table_unref);
    g_clear_pointer(&picture->routes_from, g_hash_table_unref);
}

/* Most pictures are only looked at, and never asked: it is made when it is. */
static void ensure(NetObserved *picture)
{
    if (picture->routes_over)
        return;
    picture->routes_over = lists_new(g_str_hash, g_str_equal);
    picture->routes_from = lists_new(ip_hash, ip_equal);
    for (guint i = 0; i < picture->routes->len; i++)
        route_index_add(picture, picture->routes->pdata[i]);
}

const IndexList *net_observed_routes_over(const NetObserved *self, const char *dev)
{
    ensure((NetObserved *)self);
    return g_hash_table_lookup(self->routes_over, dev);
}

/* --- removal --- */

static gboolean leads_over(const IfcfgRoute *route, gconstpointer dev)
{
    for (guint i = 0; i < route->nexthops->len; i++)
        if (!g_strcmp0(((const IfcfgNexthop *)route->nexthops->pdata[i])->dev, dev))
            return TRUE;
    return FALSE;
}

static gboolean comes_from(const IfcfgRoute *route, gconstpointer ip)
{
    return ifcfg_ip_equal(&route->src, ip);
}

/* Routes under one key of an index, which is_gone may change, from the last to the first, since they are
 * taken out of lists that are searched from their ends. belongs: whether one is still found by the key */
static void remove_listed(NetObserved *self, GHashTable *lists, gconstpointer key,
                          gboolean (*belongs)(const IfcfgRoute *route, gconstpointer key),
                          gboolean (*is_gone)(IfcfgRoute *route, gpointer data), gpointer data)
{
    const IndexList *list = g_hash_table_lookup(lists, key);
    guint n = list ? list->len : 0;
    g_autofree gpointer *routes = list ? g_memdup2(list->pdata, n * sizeof *routes) : NULL;
    for (guint i = n; i-- > 0;) {
        IfcfgRoute *route = routes[i];
        gboolean goes = is_gone(route, data);
        if (!belongs(route, key))
            lists_remove(lists, key, route);
        if (goes)
            net_observed_remove_route(self, route);
    }
}

void net_observed_remove_routes_over(NetObserved *self, const char *dev,
                                     gboolean (*is_gone)(IfcfgRoute *route, gpointer data), gpointer data)
{
    ensure(self);
    remove_listed(self, self->routes_over, dev, leads_over, is_gone, data);
}

void net_observed_remove_routes_from(NetObserved *self, const IfcfgIp *ip,
                                     gboolean (*is_gone)(IfcfgRoute *route, gpointer data), gpointer data)
{
    ensure(self);
    remove_listed(self, self->routes_from, ip, comes_from, is_gone, data);
}
