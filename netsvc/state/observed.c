/* The picture of the kernel: lists with indexes, so that planning stays linear in the number of interfaces.
 * Passive: whoever fills it is elsewhere. */
#include "state/observed.h"
#include "state/address-index.h"
#include "state/compare.h"
#include "state/index-lists.h"
#include "state/nexthop.h"
#include "state/observed-clients.h"
#include "state/observed-routes.h"
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

void observed_link_free(ObservedLink *self)
{
    g_free(self->name);
    g_free(self->kind);
    g_free(self->port_kind);
    g_free(self->extras);
    g_free(self->qdisc);
    g_free(self->alias);
    link_values_free(self->own);
    link_values_free(self->port);
    g_clear_pointer(&self->ethtool, g_hash_table_unref);
    g_free(self->hidden_port);
    g_free(self->vlans);
    g_free(self);
}

static void observed_address_free(ObservedAddress *self)
{
    g_free(self->label);
    g_free(self);
}

static guint address_hash(gconstpointer data)
{
    const ObservedAddress *address = data;
    return address_index_hash(address->ifindex, &address->prefix);
}

static gboolean address_equal(gconstpointer a, gconstpointer b)
{
    const ObservedAddress *one = a, *other = b;
    return one->ifindex == other->ifindex && ifcfg_prefix_equal(&one->prefix, &other->prefix);
}

NetObserved *net_observed_new(void)
{
    NetObserved *self = g_new0(NetObserved, 1);
    for (guint i = 0; i < NET_CONF_LAST; i++)
        self->confs_default[i] = net_conf_at_birth(i);
    self->drivers = g_hash_table_new(NULL, NULL);
    self->links = g_ptr_array_new_with_free_func((GDestroyNotify)observed_link_free);
    self->addresses = g_ptr_array_new_with_free_func((GDestroyNotify)observed_address_free);
    observed_routes_init(self);
    self->rules = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_rule_free);
    observed_nexthops_init(self);
    self->clients = g_ptr_array_new_with_free_func((GDestroyNotify)observed_client_free);
    self->teamds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    self->neighbours = g_array_new(FALSE, FALSE, sizeof(ObservedNeighbour));
    resolv_conf_init(&self->resolv);
    self->leases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)net_names_free);
    self->manager.told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->manager.holds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->by_name = g_hash_table_new(g_str_hash, g_str_equal);
    self->by_index = g_hash_table_new(NULL, NULL);
    self->addresses_by_link = index_lists_new();
    self->addresses_by_key = g_hash_table_new(address_hash, address_equal);
    self->ports_by_master = index_lists_new();
    self->uppers_by_link = index_lists_new();
    return self;
}

void net_observed_free(NetObserved *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->by_name);
    g_hash_table_unref(self->by_index);
    g_hash_table_unref(self->addresses_by_link);
    g_hash_table_unref(self->addresses_by_key);
    g_clear_pointer(&self->address_index, g_hash_table_unref);
    g_hash_table_unref(self->ports_by_master);
    g_hash_table_unref(self->uppers_by_link);
    g_ptr_array_unref(self->links);
    g_ptr_array_unref(self->addresses);
    observed_routes_clear(self);
    g_ptr_array_unref(self->rules);
    g_hash_table_unref(self->nexthops);
    g_ptr_array_unref(self->clients);
    g_hash_table_unref(self->teamds);
    g_array_unref(self->neighbours);
    g_hash_table_unref(self->drivers);
    resolv_conf_clear(&self->resolv);
    g_hash_table_unref(self->leases);
    g_hash_table_unref(self->manager.told);
    g_hash_table_unref(self->manager.holds);
    g_free(self);
}

const NetNames *net_observed_lease_names(const NetObserved *self, const char *dev)
{
    return g_hash_table_lookup(self->leases, dev);
}

void net_observed_set_lease_names(NetObserved *self, const char *dev, const NetNames *names)
{
    if (names)
        g_hash_table_replace(self->leases, g_strdup(dev), net_names_copy(names));
    else
        g_hash_table_remove(self->leases, dev);
}

void net_observed_clear_lease_names(NetObserved *self)
{
    g_hash_table_remove_all(self->leases);
}

ObservedLink *observed_link_new(const char *name, int ifindex)
{
    ObservedLink *self = g_new0(ObservedLink, 1);
    self->name = g_strdup(name);
    self->ifindex = ifindex;
    self->has_confs = TRUE;
    for (guint i = 0; i < NET_CONF_LAST; i++)
        self->confs[i] = net_conf_at_birth(i);
    return self;
}

ObservedLink *net_observed_make_link(const NetObserved *self, const char *name, int ifindex)
{
    ObservedLink *link = observed_link_new(name, ifindex);
    memcpy(link->confs, self->confs_default, sizeof link->confs);
    return link;
}

void net_observed_add_link(NetObserved *self, ObservedLink *link)
{
    self->last_ifindex = MAX(self->last_ifindex, link->ifindex);
    g_ptr_array_add(self->links, link);
    g_hash_table_replace(self->by_name, link->name, link);
    g_hash_table_insert(self->by_index, GINT_TO_POINTER(link->ifindex), link);
    if (link->master)
        index_lists_add(self->ports_by_master, link->master, link);
    if (link->lower && link->lower != link->ifindex)
        index_lists_add(self->uppers_by_link, link->lower, link);
}

/* The device of such a tunnel has its IPv4 address as fe80::ADDRESS/64, or each of the host, and the kernel
 * does not tell whose that is (add_v4_addrs() of net/ipv6/addrconf.c). */
static gboolean is_link_local_of_tunnel(const NetObserved *self, const ObservedAddress *address)
{
    static const char *const kinds[] = {"sit", "gre", "ip6gre", NULL};
    static const guint8 network[12] = {0xfe, 0x80};
    const ObservedLink *link = net_observed_link_by_index(self, address->ifindex);
    return link && link->kind && g_strv_contains(kinds, link->kind) && address->prefix.length == 64 &&
           !memcmp(address->prefix.ip.bytes, network, sizeof network) && address->prefix.ip.bytes[12];
}

/* It is told of some; then it would have been told of all others that are the kernel's own. */
static void note_origin(NetObserved *self, ObservedAddress *address)
{
    gboolean is_news = address->protocol && !self->tells_protocols;
    self->tells_protocols |= is_news;
    address->is_told = self->tells_protocols;
    for (guint i = 0; is_news && i < self->addresses->len; i++)
        ((ObservedAddress *)self->addresses->pdata[i])->is_told = TRUE;
    if (!address->protocol && is_link_local_of_tunnel(self, address))
        address->protocol = NET_ADDRESS_LINK_LOCAL;
}

void observed_address_note(NetObserved *self, ObservedAddress *address)
{
    note_origin(self, address);
    g_hash_table_add(self->addresses_by_key, address);
    address_index_add(self, address);
    self->address_lengths[address->prefix.length / 64] |= G_GUINT64_CONSTANT(1)
                                                          << address->prefix.length % 64;
}

void net_observed_add_address(NetObserved *self, ObservedAddress *address)
{
    g_ptr_array_add(self->addresses, address);
    index_lists_add(self->addresses_by_link, address->ifindex, address);
    observed_address_note(self, address);
}

void net_observed_add_rule(NetObserved *self, IfcfgRule *rule)
{
    g_ptr_array_add(self->rules, rule);
}

const char *net_observed_teamd(const NetObserved *self, const char *dev)
{
    return g_hash_table_lookup(self->teamds, dev);
}

void net_observed_set_teamd(NetObserved *self, const char *dev, const char *config)
{
    if (config)
        g_hash_table_replace(self->teamds, g_strdup(dev), g_strdup(config));
    else
        g_hash_table_remove(self->teamds, dev);
}

gboolean net_observed_has_driver(const NetObserved *self, const LinkFamily *family)
{
    return g_hash_table_contains(self->drivers, family);
}

void net_observed_add_driver(NetObserved *self, const LinkFamily *family)
{
    g_hash_table_add(self->drivers, (gpointer)family);
}

const ObservedLink *net_observed_link(const NetObserved *self, const char *name)
{
    return name ? g_hash_table_lookup(self->by_name, name) : NULL;
}

/* A veth is as good as hardware, in containers and tests; all others of these have a NIC's address from a
 * NIC. */
static gboolean is_stacked(const ObservedLink *link)
{
    return link->kind && !g_str_equal(link->kind, "veth") && !g_str_equal(link->kind, "dummy");
}

const ObservedLink *net_observed_nic(const NetObserved *self, const IfcfgMac *perm_mac)
{
    const ObservedLink *found = NULL;
    for (guint i = 0; i < self->links->len; i++) {
        const ObservedLink *link = g_ptr_array_index(self->links, i);
        if (is_stacked(link) || !ifcfg_mac_equal(&link->perm_mac, perm_mac))
            continue;
        if (!link->kind)
            return link;
        found = found ? found : link;
    }
    return found;
}

const ObservedLink *net_observed_link_by_index(const NetObserved *self, int ifindex)
{
    return g_hash_table_lookup(self->by_index, GINT_TO_POINTER(ifindex));
}

const GPtrArray *net_observed_addresses_of(const NetObserved *self, int ifindex)
{
    return g_hash_table_lookup(self->addresses_by_link, GINT_TO_POINTER(ifindex));
}

const GPtrArray *net_observed_ports_of(const NetObserved *self, int ifindex)
{
    return g_hash_table_lookup(self->ports_by_master, GINT_TO_POINTER(ifindex));
}

const GPtrArray *net_observed_uppers_of(const NetObserved *self, int ifindex)
{
    return g_hash_table_lookup(self->uppers_by_link, GINT_TO_POINTER(ifindex));
}

const ObservedAddress *net_observed_address(const NetObserved *self, int ifindex, const IfcfgPrefix *prefix)
{
    ObservedAddress key = {.ifindex = ifindex, .prefix = *prefix};
    return g_hash_table_lookup(self->addresses_by_key, &key);
}

/* There are thousands of addresses on some links, but few lengths. */
const ObservedAddress *net_observed_next_with_ip(const NetObserved *self, int ifindex, const IfcfgIp *ip,
                                                 guint *length)
{
    for (guint longest = ifcfg_ip_size(ip) * 8; *length <= longest; ++*length) {
        if (!((self->address_lengths[*length / 64] >> *length % 64) & 1))
            continue;
        IfcfgPrefix prefix = {*ip, (guint8)*length};
        const ObservedAddress *address = net_observed_address(self, ifindex, &prefix);
        if (address) {
            ++*length;
            return address;
        }
    }
    return NULL;
}

GPtrArray *net_observed_with_ip(const NetObserved *self, int ifindex, const IfcfgIp *ip)
{
    GPtrArray *found = g_ptr_array_new();
    const ObservedAddress *address;
    for (guint length = 0; (address = net_observed_next_with_ip(self, ifindex, ip, &length));)
        g_ptr_array_add(found, (gpointer)address);
    return found;
}

static const IfcfgRoute *observed_route_with_path(const NetObserved *self, const IfcfgRoute *wanted,
                                                  const char *dev, gboolean same_path)
{
    RouteLikes likes = net_observed_likes(self, wanted);
    const IfcfgRoute *route;
    while ((route = route_likes_next(&likes)))
        if (net_route_has_path(route, wanted, dev) == same_path)
            return route;
    return NULL;
}

const IfcfgRoute *net_observed_route(const NetObserved *self, const IfcfgRoute *wanted, const char *dev)
{
    return observed_route_with_path(self, wanted, dev, TRUE);
}

const IfcfgRoute *net_observed_rival(const NetObserved *self, const IfcfgRoute *wanted, const char *dev)
{
    return observed_route_with_path(self, wanted, dev, FALSE);
}

gboolean net_observed_has_rule(const NetObserved *self, const IfcfgRule *wanted)
{
    for (guint i = 0; i < self->rules->len; i++)
        if (net_rule_is(g_ptr_array_index(self->rules, i), wanted))
            return TRUE;
    return FALSE;
}
