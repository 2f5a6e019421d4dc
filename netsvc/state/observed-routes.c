/* Routes of a picture, and the index that finds them by where they lead to. */
#include "state/observed-routes.h"
#include "state/index-lists.h"
#include "state/route-index.h"
#include <linux/rtnetlink.h>

typedef struct {
    IfcfgPrefix to;
    guint32 table;
} RouteTo;

static RouteTo route_to(const IfcfgPrefix *to, guint32 table)
{
    return (RouteTo){ifcfg_prefix_network(to), table};
}

static RouteTo route_to_of(const IfcfgRoute *route)
{
    return route_to(&route->to, ifcfg_route_table(route));
}

static guint route_to_hash(gconstpointer data)
{
    const RouteTo *self = data;
    return ifcfg_ip_hash(&self->to.ip, self->table << 8 ^ self->to.length);
}

static gboolean route_to_equal(gconstpointer a, gconstpointer b)
{
    const RouteTo *one = a, *other = b;
    return one->table == other->table && ifcfg_prefix_equal(&one->to, &other->to);
}

static void tos_add(GHashTable *tos, IfcfgRoute *route)
{
    RouteTo to = route_to_of(route);
    lists_add(tos, &to, sizeof to, route);
}

/* Most pictures are only looked at, and never asked: it is made when it is. */
static GHashTable *tos_of(const NetObserved *self)
{
    if (self->route_tos)
        return self->route_tos;
    GHashTable *tos = lists_new(route_to_hash, route_to_equal);
    for (guint i = 0; i < self->routes->len; i++)
        tos_add(tos, self->routes->pdata[i]);
    return ((NetObserved *)self)->route_tos = tos;
}

static void indexes_clear(NetObserved *self)
{
    g_clear_pointer(&self->route_tos, g_hash_table_unref);
    route_index_clear(self);
}

void observed_routes_init(NetObserved *self)
{
    self->routes = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_route_free);
}

void observed_routes_clear(NetObserved *self)
{
    indexes_clear(self);
    g_ptr_array_unref(self->routes);
}

void net_observed_add_route(NetObserved *self, IfcfgRoute *route)
{
    self->route_lengths[route->to.length / 64] |= G_GUINT64_CONSTANT(1) << route->to.length % 64;
    g_ptr_array_add(self->routes, route);
    if (self->route_tos)
        tos_add(self->route_tos, route);
    route_index_add(self, route);
}

const IndexList *net_observed_routes_to(const NetObserved *self, const IfcfgPrefix *to, guint32 table)
{
    if (!(self->route_lengths[to->length / 64] >> to->length % 64 & 1))
        return NULL;
    RouteTo key = route_to(to, table);
    return g_hash_table_lookup(tos_of(self), &key);
}

RouteLikes net_observed_likes(const NetObserved *self, const IfcfgRoute *route)
{
    return (RouteLikes){route, net_observed_routes_to(self, &route->to, ifcfg_route_table(route)), 0};
}

IfcfgRoute *route_likes_next(RouteLikes *self)
{
    while (self->list && self->next < self->list->len) {
        IfcfgRoute *route = self->list->pdata[self->next++];
        if (ifcfg_route_is_rival(route, self->route))
            return route;
    }
    return NULL;
}

static void list_replace(gpointer *pdata, guint len, gconstpointer old, gpointer element)
{
    for (guint i = 0; i < len; i++)
        if (pdata[i] == old) {
            pdata[i] = element;
            return;
        }
}

void net_observed_replace_route(NetObserved *self, const IfcfgRoute *old, IfcfgRoute *route)
{
    const IndexList *list = net_observed_routes_to(self, &old->to, ifcfg_route_table(old));
    if (list)
        list_replace(list->pdata, list->len, old, route);
    list_replace(self->routes->pdata, self->routes->len, old, route);
    route_index_remove(self, (IfcfgRoute *)old);
    route_index_add(self, route);
    ifcfg_route_free((IfcfgRoute *)old);
}

static void route_forget(NetObserved *self, IfcfgRoute *route)
{
    RouteTo to = route_to_of(route);
    if (self->route_tos)
        lists_remove(self->route_tos, &to, route);
    route_index_remove(self, route);
}

void net_observed_remove_route(NetObserved *self, IfcfgRoute *route)
{
    route_forget(self, route);
    list_drop(self->routes, route);
}

void net_observed_clear_routes(NetObserved *self)
{
    indexes_clear(self);
    g_ptr_array_set_size(self->routes, 0);
}

/* l3mdev_fib_table() */
guint32 net_observed_table_of(const NetObserved *self, const ObservedLink *link)
{
    const ObservedLink *master = net_observed_link_by_index(self, link->master);
    const ObservedLink *vrf = master && !g_strcmp0(master->kind, "vrf") ? master : link;
    const char *table = !g_strcmp0(vrf->kind, "vrf") && vrf->own ? link_values_find(vrf->own, "table") : NULL;
    return table ? (guint32)g_ascii_strtoull(table, NULL, 10) : RT_TABLE_MAIN;
}
