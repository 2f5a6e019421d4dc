/* Nexthop objects of a picture, and the routes by them, which follow. */
#include "state/nexthop.h"
#include "state/route-index.h"

void observed_nexthops_init(NetObserved *self)
{
    self->nexthops = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)net_nexthop_free);
}

const NetNexthop *net_observed_nexthop(const NetObserved *self, guint32 id)
{
    return id ? g_hash_table_lookup(self->nexthops, GUINT_TO_POINTER(id)) : NULL;
}

static gint compare_ids(gconstpointer a, gconstpointer b)
{
    const NetNexthop *x = *(NetNexthop *const *)a, *y = *(NetNexthop *const *)b;
    return x->id < y->id ? -1 : x->id > y->id;
}

GPtrArray *net_observed_nexthops(const NetObserved *self)
{
    GPtrArray *list = g_ptr_array_new();
    GHashTableIter iter;
    gpointer nexthop;
    g_hash_table_iter_init(&iter, self->nexthops);
    while (g_hash_table_iter_next(&iter, NULL, &nexthop))
        g_ptr_array_add(list, nexthop);
    g_ptr_array_sort(list, compare_ids);
    return list;
}

void net_route_take_nexthop(IfcfgRoute *route, const NetNexthop *nexthop)
{
    IfcfgNexthop *hop = g_new0(IfcfgNexthop, 1);
    hop->via = nexthop->via;
    hop->dev = g_strdup(nexthop->dev);
    hop->onlink = nexthop->onlink;
    g_ptr_array_set_size(route->nexthops, 0);
    g_ptr_array_add(route->nexthops, hop);
    route->nhid = nexthop->id;
}

const NetNexthop *net_observed_route_nexthop(const NetObserved *self, const IfcfgRoute *route)
{
    const NetNexthop *nexthop = net_observed_nexthop(self, route->nhid);
    return nexthop && !nexthop->is_other ? nexthop : NULL;
}

const IfcfgRoute *net_observed_nexthop_user(const NetObserved *self, const NetNexthop *nexthop)
{
    const IndexList *routes = nexthop->dev ? net_observed_routes_over(self, nexthop->dev) : NULL;
    for (guint i = 0; routes && i < routes->len; i++)
        if (((const IfcfgRoute *)routes->pdata[i])->nhid == nexthop->id)
            return routes->pdata[i];
    return NULL;
}

/* replace_nexthop_single(): the routes stay what they are, and lead elsewhere. */
static void move_routes(NetObserved *self, const NetNexthop *old, const NetNexthop *nexthop)
{
    const IndexList *over = old->dev ? net_observed_routes_over(self, old->dev) : NULL;
    g_autoptr(GPtrArray) routes = g_ptr_array_new();
    for (guint i = 0; over && i < over->len; i++)
        g_ptr_array_add(routes, over->pdata[i]);
    for (guint i = routes->len; i-- > 0;) {
        IfcfgRoute *route = routes->pdata[i];
        if (route->nhid != old->id)
            continue;
        route_index_remove(self, route);
        net_route_take_nexthop(route, nexthop);
        route_index_add(self, route);
    }
}

void net_observed_put_nexthop(NetObserved *self, NetNexthop *nexthop)
{
    const NetNexthop *old = net_observed_nexthop(self, nexthop->id);
    if (old && !nexthop->is_other)
        move_routes(self, old, nexthop);
    g_hash_table_replace(self->nexthops, GUINT_TO_POINTER(nexthop->id), nexthop);
}

static gboolean is_by(IfcfgRoute *route, gpointer data)
{
    return route->nhid == *(const guint32 *)data;
}

void net_observed_remove_nexthop(NetObserved *self, guint32 id)
{
    const NetNexthop *nexthop = net_observed_nexthop(self, id);
    if (nexthop && nexthop->dev)
        net_observed_remove_routes_over(self, nexthop->dev, is_by, &id);
    g_hash_table_remove(self->nexthops, GUINT_TO_POINTER(id));
}

void net_observed_clear_nexthops(NetObserved *self)
{
    g_hash_table_remove_all(self->nexthops);
    self->lacks_nexthops = FALSE;
}
