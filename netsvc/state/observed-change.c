/* Changes of a picture, for predictions: copied, and taken from, with the indexes kept true. */
#include "state/address-index.h"
#include "state/index-lists.h"
#include "state/nexthop.h"
#include "state/observed-clients.h"

ObservedLink *observed_link_copy(const ObservedLink *link)
{
    ObservedLink *copy = g_memdup2(link, sizeof *link);
    copy->name = g_strdup(link->name);
    copy->kind = g_strdup(link->kind);
    copy->port_kind = g_strdup(link->port_kind);
    copy->extras = g_strdup(link->extras);
    copy->qdisc = g_strdup(link->qdisc);
    copy->alias = g_strdup(link->alias);
    copy->own = link_values_copy(link->own);
    copy->port = link_values_copy(link->port);
    copy->ethtool = link->ethtool ? ethtool_state_copy(link->ethtool) : NULL;
    copy->hidden_port = g_strdup(link->hidden_port);
    copy->vlans = g_strdup(link->vlans);
    return copy;
}

static ObservedAddress *observed_address_copy(const ObservedAddress *address)
{
    ObservedAddress *copy = g_memdup2(address, sizeof *address);
    copy->label = g_strdup(address->label);
    return copy;
}

static void leases_copy(NetObserved *copy, const NetObserved *self)
{
    GHashTableIter iter;
    gpointer dev, names;
    g_hash_table_iter_init(&iter, self->leases);
    while (g_hash_table_iter_next(&iter, &dev, &names))
        net_observed_set_lease_names(copy, dev, names);
}

static void set_copy(GHashTable *to, GHashTable *from)
{
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, from);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        g_hash_table_add(to, g_strdup(name));
}

static void manager_copy(ObservedManager *to, const ObservedManager *from)
{
    to->is_there = from->is_there;
    to->reads_files = from->reads_files;
    set_copy(to->told, from->told);
    set_copy(to->holds, from->holds);
}

NetObserved *net_observed_copy(const NetObserved *self)
{
    NetObserved *copy = net_observed_new();
    memcpy(copy->confs_default, self->confs_default, sizeof copy->confs_default);
    for (guint i = 0; i < self->links->len; i++)
        net_observed_add_link(copy, observed_link_copy(self->links->pdata[i]));
    for (guint i = 0; i < self->addresses->len; i++)
        net_observed_add_address(copy, observed_address_copy(self->addresses->pdata[i]));
    for (guint i = 0; i < self->routes->len; i++)
        net_observed_add_route(copy, ifcfg_route_copy(self->routes->pdata[i]));
    for (guint i = 0; i < self->rules->len; i++)
        net_observed_add_rule(copy, ifcfg_rule_copy(self->rules->pdata[i]));
    g_autoptr(GPtrArray) nexthops = net_observed_nexthops(self);
    for (guint i = 0; i < nexthops->len; i++)
        net_observed_put_nexthop(copy, net_nexthop_copy(nexthops->pdata[i]));
    copy->lacks_nexthops = self->lacks_nexthops;
    for (guint i = 0; i < self->clients->len; i++) {
        const ObservedClient *client = self->clients->pdata[i];
        ObservedClient *added =
            net_observed_add_client(copy, client->dev, client->family, client->client, client->settings);
        added->is_foreseen = client->is_foreseen;
        added->address = client->address;
    }
    GHashTableIter teamds;
    gpointer dev, config;
    g_hash_table_iter_init(&teamds, self->teamds);
    while (g_hash_table_iter_next(&teamds, &dev, &config))
        net_observed_set_teamd(copy, dev, config);
    g_array_append_vals(copy->neighbours, self->neighbours->data, self->neighbours->len);
    for (guint i = 0; link_family_nth(i); i++)
        if (net_observed_has_driver(self, link_family_nth(i)))
            net_observed_add_driver(copy, link_family_nth(i));
    resolv_conf_copy(&copy->resolv, &self->resolv);
    leases_copy(copy, self);
    manager_copy(&copy->manager, &self->manager);
    copy->firewalld = self->firewalld;
    copy->is_nameless = self->is_nameless;
    copy->last_ifindex = self->last_ifindex;
    return copy;
}

ObservedLink *net_observed_steal_link(NetObserved *self, const char *name)
{
    ObservedLink *link = g_hash_table_lookup(self->by_name, name);
    guint position;
    if (!link || !g_ptr_array_find(self->links, link, &position))
        return NULL;
    g_hash_table_remove(self->by_name, name);
    g_hash_table_remove(self->by_index, GINT_TO_POINTER(link->ifindex));
    index_lists_remove(self->ports_by_master, link->master, link);
    index_lists_remove(self->uppers_by_link, link->lower, link);
    g_ptr_array_steal_index(self->links, position);
    return link;
}

void net_observed_set_master(NetObserved *self, ObservedLink *link, int master)
{
    index_lists_remove(self->ports_by_master, link->master, link);
    link->master = master;
    if (master)
        index_lists_add(self->ports_by_master, master, link);
}

void net_observed_insert_address(NetObserved *self, ObservedAddress *address, guint position)
{
    GPtrArray *list = index_lists_get(self->addresses_by_link, address->ifindex);
    guint place = self->addresses->len;
    if (position < list->len)
        g_ptr_array_find(self->addresses, list->pdata[position], &place);
    g_ptr_array_insert(self->addresses, (gint)place, address);
    g_ptr_array_insert(list, (gint)MIN(position, list->len), address);
    observed_address_note(self, address);
}

void net_observed_remove_address(NetObserved *self, const ObservedAddress *address)
{
    if (g_hash_table_lookup(self->addresses_by_key, address) == address)
        g_hash_table_remove(self->addresses_by_key, address);
    address_index_remove(self, address);
    index_lists_remove(self->addresses_by_link, address->ifindex, (gpointer)address);
    list_drop(self->addresses, address);
}

void net_observed_remove_rule(NetObserved *self, const IfcfgRule *rule)
{
    g_ptr_array_remove(self->rules, (gpointer)rule);
}

static gint neighbour_place(const NetObserved *self, const ObservedNeighbour *neighbour)
{
    for (guint i = 0; i < self->neighbours->len; i++) {
        const ObservedNeighbour *other = &g_array_index(self->neighbours, ObservedNeighbour, i);
        if (other->ifindex == neighbour->ifindex && other->is_proxy == neighbour->is_proxy &&
            ifcfg_ip_equal(&other->ip, &neighbour->ip))
            return (gint)i;
    }
    return -1;
}

gboolean net_observed_has_neighbour(const NetObserved *self, const ObservedNeighbour *neighbour)
{
    return neighbour_place(self, neighbour) >= 0;
}

void net_observed_remove_neighbour(NetObserved *self, const ObservedNeighbour *neighbour)
{
    gint place = neighbour_place(self, neighbour);
    if (place >= 0)
        g_array_remove_index(self->neighbours, (guint)place);
}

void net_observed_remove_neighbours(NetObserved *self, int ifindex, int family, gboolean proxies_too)
{
    for (guint i = self->neighbours->len; i-- > 0;) {
        const ObservedNeighbour *neighbour = &g_array_index(self->neighbours, ObservedNeighbour, i);
        if (neighbour->ifindex == ifindex && neighbour->ip.family == family &&
            (proxies_too || !neighbour->is_proxy))
            g_array_remove_index(self->neighbours, i);
    }
}
