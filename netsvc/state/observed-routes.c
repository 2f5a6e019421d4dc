/* Routes of a picture, and the indexes that find them: by what the kernel tells them apart by, and by where
 * they lead to. */
#include "state/observed-routes.h"
#include "state/index-lists.h"
#include "state/route-index.h"
#include <linux/rtnetlink.h>

typedef struct {
    IfcfgPrefix to;
    guint32 table;
} RouteTo;

/* What two routes of the kernel cannot have in common. */
typedef struct {
    RouteTo to;
    guint32 metric;
    guint8 tos;
} RouteKey;

static RouteTo route_to(const IfcfgPrefix *to, guint32 table)
{
    return (RouteTo){ifcfg_prefix_network(to), table};
}

static guint route_to_hash(gconstpointer data)
{
    const RouteTo *self = data;
    guint hash = self->table * 31 + self->to.length;
    for (guint i = 0; i < ifcfg_ip_size(&self->to.ip); i++)
        hash = hash * 31 + self->to.ip.bytes[i];
    return hash;
}

static gboolean route_to_equal(gconstpointer a, gconstpointer b)
{
    const RouteTo *one = a, *other = b;
    return one->table == other->table && ifcfg_prefix_equal(&one->to, &other->to);
}

/* Host bits and all, as ifcfg_route_is_rival() has it. */
static RouteKey route_key(const IfcfgRoute *route)
{
    return (RouteKey){{route->to, ifcfg_route_table(route)}, ifcfg_route_metric(route), route->tos};
}

static guint route_key_hash(gconstpointer data)
{
    const RouteKey *self = data;
    return (route_to_hash(&self->to) * 31 + self->metric) * 31 + self->tos;
}

static gboolean route_key_equal(gconstpointer a, gconstpointer b)
{
    const RouteKey *one = a, *other = b;
    return one->metric == other->metric && one->tos == other->tos && route_to_equal(&one->to, &other->to);
}

void observed_routes_init(NetObserved *self)
{
    self->routes = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_route_free);
    self->route_keys = lists_new(route_key_hash, route_key_equal);
    self->route_tos = lists_new(route_to_hash, route_to_equal);
}

void observed_routes_clear(NetObserved *self)
{
    g_hash_table_unref(self->route_keys);
    g_hash_table_unref(self->route_tos);
    route_index_clear(self);
    g_ptr_array_unref(self->routes);
}

static void list_replace(GPtrArray *list, gconstpointer old, gpointer element)
{
    guint place;
    if (list && g_ptr_array_find(list, old, &place))
        list->pdata[place] = element;
}

void net_observed_add_route(NetObserved *self, IfcfgRoute *route)
{
    RouteTo to = route_to(&route->to, route->table);
    RouteKey key = route_key(route);
    self->route_lengths[route->to.length / 64] |= G_GUINT64_CONSTANT(1) << route->to.length % 64;
    g_ptr_array_add(self->routes, route);
    lists_add(self->route_keys, g_memdup2(&key, sizeof key), route);
    lists_add(self->route_tos, g_memdup2(&to, sizeof to), route);
    route_index_add(self, route);
}

const GPtrArray *net_observed_routes_like(const NetObserved *self, const IfcfgRoute *route)
{
    RouteKey key = route_key(route);
    return g_hash_table_lookup(self->route_keys, &key);
}

const GPtrArray *net_observed_routes_to(const NetObserved *self, const IfcfgPrefix *to, guint32 table)
{
    if (!(self->route_lengths[to->length / 64] >> to->length % 64 & 1))
        return NULL;
    RouteTo key = route_to(to, table);
    return g_hash_table_lookup(self->route_tos, &key);
}

/* The table of two routes with one key can be written in two ways, so that only the key is the same. */
void net_observed_replace_route(NetObserved *self, const IfcfgRoute *old, IfcfgRoute *route)
{
    RouteTo before = route_to(&old->to, old->table), after = route_to(&route->to, route->table);
    list_replace((GPtrArray *)net_observed_routes_like(self, old), old, route);
    lists_remove(self->route_tos, &before, (IfcfgRoute *)old);
    lists_add(self->route_tos, g_memdup2(&after, sizeof after), route);
    list_replace(self->routes, old, route);
    route_index_remove(self, (IfcfgRoute *)old);
    route_index_add(self, route);
    ifcfg_route_free((IfcfgRoute *)old);
}

static void route_forget(NetObserved *self, IfcfgRoute *route)
{
    RouteKey key = route_key(route);
    RouteTo to = route_to(&route->to, route->table);
    lists_remove(self->route_keys, &key, route);
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
    g_hash_table_remove_all(self->route_keys);
    g_hash_table_remove_all(self->route_tos);
    route_index_clear(self);
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
