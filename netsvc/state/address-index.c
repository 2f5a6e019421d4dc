/* Addresses by network and by number. */
#include "state/address-index.h"
#include "state/index-lists.h"

/* Of a network; or of an address alone, which is no link's and longer than any. */
typedef struct {
    int ifindex;
    IfcfgPrefix prefix;
} Key;

enum { ALONE = 255 };

guint address_index_hash(int ifindex, const IfcfgPrefix *prefix)
{
    return ifcfg_ip_hash(&prefix->ip, (guint)ifindex << 8 ^ prefix->length);
}

static guint key_hash(gconstpointer data)
{
    const Key *key = data;
    return address_index_hash(key->ifindex, &key->prefix);
}

static gboolean key_equal(gconstpointer a, gconstpointer b)
{
    const Key *one = a, *other = b;
    return one->ifindex == other->ifindex && ifcfg_prefix_equal(&one->prefix, &other->prefix);
}

static Key key_of_network(const ObservedAddress *address)
{
    return (Key){address->ifindex, net_observed_address_network(address)};
}

static Key key_of_number(const IfcfgIp *ip)
{
    return (Key){0, {*ip, ALONE}};
}

static void index_add_both(GHashTable *self, ObservedAddress *address)
{
    Key network = key_of_network(address), number = key_of_number(&address->prefix.ip);
    lists_add(self, &network, sizeof network, address);
    lists_add(self, &number, sizeof number, address);
}

/* Most pictures are only looked at, and never asked: it is made when it is. */
static GHashTable *index_of(const NetObserved *picture)
{
    if (picture->address_index)
        return picture->address_index;
    GHashTable *self = lists_new(key_hash, key_equal);
    for (guint i = 0; i < picture->addresses->len; i++)
        index_add_both(self, picture->addresses->pdata[i]);
    return ((NetObserved *)picture)->address_index = self;
}

void address_index_add(const NetObserved *picture, ObservedAddress *address)
{
    if (picture->address_index)
        index_add_both(picture->address_index, address);
}

void address_index_remove(const NetObserved *picture, const ObservedAddress *address)
{
    Key network = key_of_network(address), number = key_of_number(&address->prefix.ip);
    if (!picture->address_index)
        return;
    lists_remove(picture->address_index, &network, address);
    lists_remove(picture->address_index, &number, address);
}

const IndexList *net_observed_network_of(const NetObserved *self, const ObservedAddress *address)
{
    Key key = key_of_network(address);
    return g_hash_table_lookup(index_of(self), &key);
}

const IndexList *net_observed_addresses_with(const NetObserved *self, const IfcfgIp *ip)
{
    Key key = key_of_number(ip);
    return g_hash_table_lookup(index_of(self), &key);
}
