/* A picture that is kept true: what came, went, or is another by now. The indexes follow. */
#include "state/index-lists.h"
#include "state/observed.h"

/* Another link may have taken the name already: then it stays that one's. */
static void forget_name(NetObserved *self, const ObservedLink *link)
{
    if (g_hash_table_lookup(self->by_name, link->name) == link)
        g_hash_table_remove(self->by_name, link->name);
}

/* A relation to another link by its index; 0: none. */
static void move_relation(GHashTable *lists, int before, int after, ObservedLink *link)
{
    if (before == after)
        return;
    if (before)
        index_lists_remove(lists, before, link);
    if (after)
        index_lists_add(lists, after, link);
}

/* IFLA_LINK of what stands on nothing is its own index, or 0. */
static int lower_of(const ObservedLink *link)
{
    return link->lower == link->ifindex ? 0 : link->lower;
}

void net_observed_put_link(NetObserved *self, ObservedLink *link)
{
    ObservedLink *known = g_hash_table_lookup(self->by_index, GINT_TO_POINTER(link->ifindex));
    if (!known) {
        net_observed_add_link(self, link);
        return;
    }
    ObservedLink before = *known;
    forget_name(self, known);
    if (link->own && before.own && !link->own->others)
        link->own->others = g_steal_pointer(&before.own->others);
    if (!link->ethtool)
        link->ethtool = g_steal_pointer(&before.ethtool);
    if (!link->vlans)
        link->vlans = g_steal_pointer(&before.vlans);
    *known = *link;
    *link = before;
    g_hash_table_replace(self->by_name, known->name, known);
    move_relation(self->ports_by_master, before.master, known->master, known);
    move_relation(self->uppers_by_link, lower_of(&before), lower_of(known), known);
    observed_link_free(link);
}

void net_observed_remove_link(NetObserved *self, int ifindex)
{
    ObservedLink *link = g_hash_table_lookup(self->by_index, GINT_TO_POINTER(ifindex));
    const GPtrArray *addresses;
    if (!link)
        return;
    while ((addresses = net_observed_addresses_of(self, ifindex)))
        net_observed_remove_address(self, addresses->pdata[addresses->len - 1]);
    move_relation(self->ports_by_master, link->master, 0, link);
    move_relation(self->uppers_by_link, lower_of(link), 0, link);
    forget_name(self, link);
    g_hash_table_remove(self->by_index, GINT_TO_POINTER(ifindex));
    g_ptr_array_remove(self->links, link);
}

void net_observed_put_address(NetObserved *self, ObservedAddress *address)
{
    ObservedAddress *known = g_hash_table_lookup(self->addresses_by_key, address);
    if (!known) {
        net_observed_add_address(self, address);
        return;
    }
    ObservedAddress before = *known;
    *known = *address;
    *address = before;
    g_free(address->label);
    g_free(address);
}

void net_observed_clear_rules(NetObserved *self)
{
    g_ptr_array_set_size(self->rules, 0);
}
