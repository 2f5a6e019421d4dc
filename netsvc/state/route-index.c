/* Routes by device and by source. */
#include "state/route-index.h"
#include "state/index-lists.h"
#include <sys/socket.h>

static guint ip_hash(gconstpointer data)
{
    const IfcfgIp *ip = data;
    guint hash = ip->family;
    for (guint i = 0; i < ifcfg_ip_size(ip); i++)
        hash = hash * 31 + ip->bytes[i];
    return hash;
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
            lists_add(picture->routes_over, g_strdup(dev_of(route, i)), route);
    if (route->src.family != AF_UNSPEC)
        lists_add(picture->routes_from, g_memdup2(&route->src, sizeof route->src), route);
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
    GDestroyNotify list_free = (GDestroyNotify)g_ptr_array_unref;
    if (picture->routes_over)
        return;
    picture->routes_over = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, list_free);
    picture->routes_from = g_hash_table_new_full(ip_hash, ip_equal, g_free, list_free);
    for (guint i = 0; i < picture->routes->len; i++)
        route_index_add(picture, picture->routes->pdata[i]);
}

const GPtrArray *net_observed_routes_over(const NetObserved *self, const char *dev)
{
    ensure((NetObserved *)self);
    return g_hash_table_lookup(self->routes_over, dev);
}

static gboolean leads_over(const IfcfgRoute *route, const char *dev)
{
    for (guint i = 0; i < route->nexthops->len; i++)
        if (!g_strcmp0(((const IfcfgNexthop *)route->nexthops->pdata[i])->dev, dev))
            return TRUE;
    return FALSE;
}

void net_observed_remove_routes_over(NetObserved *self, const char *dev,
                                     gboolean (*is_gone)(IfcfgRoute *route, gpointer data), gpointer data)
{
    const GPtrArray *list = net_observed_routes_over(self, dev);
    g_autoptr(GPtrArray) routes = list ? g_ptr_array_copy((GPtrArray *)list, NULL, NULL) : NULL;
    for (guint i = 0; routes && i < routes->len; i++) {
        IfcfgRoute *route = routes->pdata[i];
        gboolean goes = is_gone(route, data);
        if (!leads_over(route, dev))
            lists_remove(self->routes_over, dev, route);
        if (goes)
            net_observed_remove_route(self, route);
    }
}

void net_observed_remove_routes_from(NetObserved *self, const IfcfgIp *ip,
                                     gboolean (*is_gone)(IfcfgRoute *route, gpointer data), gpointer data)
{
    ensure(self);
    const GPtrArray *list = g_hash_table_lookup(self->routes_from, ip);
    g_autoptr(GPtrArray) routes = list ? g_ptr_array_copy((GPtrArray *)list, NULL, NULL) : NULL;
    for (guint i = 0; routes && i < routes->len; i++) {
        IfcfgRoute *route = routes->pdata[i];
        gboolean goes = is_gone(route, data);
        if (!ifcfg_ip_equal(&route->src, ip))
            lists_remove(self->routes_from, ip, route);
        if (goes)
            net_observed_remove_route(self, route);
    }
}
