/* Rules about addresses: given twice, in networks that overlap, with two lengths, or missing. */
#include "i18n.h"
#include "model/check-private.h"
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* What the interface's own file says: a default of all interfaces is no slip of this one. */
static const char *own_value(const NetIface *iface, const char *key, IfcfgWhere *where)
{
    const IfcfgAssignment *found = iface->record ? ifcfg_record_find(iface->record, key) : NULL;
    if (!found || !*found->value)
        return NULL;
    if (where)
        *where = ifcfg_assignment_where(found);
    return found->value;
}

typedef struct {
    const NetIface *iface;
    const NetAddress *address;
} Claim;

typedef void (*ClaimRule)(const Check *check, const Claim *claim, gpointer data);

/* All addresses that come up at boot but those of lo: a service's address stands there and on a NIC. */
static void each_claim(const Check *check, ClaimRule rule, gpointer data)
{
    for (guint i = 0; i < net_model_length(check->model); i++) {
        const NetIface *iface = net_model_nth(check->model, i);
        if (!net_iface_is_at_boot(iface) || g_str_equal(net_iface_device(iface), "lo"))
            continue;
        for (guint n = 0; n < iface->addresses->len; n++) {
            Claim claim = {iface, g_ptr_array_index(iface->addresses, n)};
            rule(check, &claim, data);
        }
    }
}

static gboolean is_same_device(const Claim *a, const Claim *b)
{
    return g_str_equal(net_iface_device(a->iface), net_iface_device(b->iface));
}

typedef struct {
    IfcfgPrefix network;
    Claim claim;
} Network;

typedef struct {
    GHashTable *networks; /* IfcfgPrefix* of a Network -> it */
    guint64 lengths;      /* bits of the lengths that are in there */
} Networks;

static guint network_hash(gconstpointer data)
{
    const IfcfgPrefix *network = data;
    return ifcfg_ip_hash(&network->ip, network->length);
}

static gboolean network_equal(gconstpointer a, gconstpointer b)
{
    return ifcfg_prefix_equal(a, b);
}

static IfcfgPrefix network_of(const IfcfgPrefix *address, guint8 length)
{
    IfcfgPrefix prefix = {address->ip, length};
    return ifcfg_prefix_network(&prefix);
}

static const Claim *networks_find(const Networks *self, const Claim *claim)
{
    const IfcfgPrefix *own = &claim->address->prefix;
    for (guint8 length = 1; length <= 32; length++) {
        if (!(self->lengths >> length & 1))
            continue;
        IfcfgPrefix wider = network_of(own, length);
        const Network *found = g_hash_table_lookup(self->networks, &wider);
        const Claim *other = found ? &found->claim : NULL;
        if (other && !is_same_device(other, claim) &&
            ifcfg_prefix_contains(own, &other->address->prefix.ip) &&
            !ifcfg_ip_equal(&own->ip, &other->address->prefix.ip))
            return other;
    }
    return NULL;
}

/* Each lies in the other's network: answers leave by one of the two, whichever was asked. One network inside
 * another one is how people write exceptions. */
static void overlap(const Check *check, const Claim *claim, gpointer data)
{
    Networks *self = data;
    const IfcfgPrefix *own = &claim->address->prefix;
    if (own->ip.family != AF_INET)
        return;
    const Claim *other = networks_find(self, claim);
    Network network = {network_of(own, own->length), *claim};
    if (own->length == 0 || own->length == 32)
        return;
    if (other) {
        g_autofree char *base = g_path_get_basename(other->address->where.file);
        IfcfgPrefix others = network_of(&other->address->prefix, other->address->prefix.length);
        g_autofree char *ours = ifcfg_prefix_format(&network.network), *theirs = ifcfg_prefix_format(&others);
        ifcfg_problems_add(check->problems, IFCFG_WARNING, claim->address->where,
                           _("the network %s overlaps with %s of %s (%s:%u): packets to it leave by one of "
                             "the two only"),
                           ours, theirs, net_iface_device(other->iface), base, other->address->where.line);
    }
    self->lengths |= (guint64)1 << own->length;
    if (!g_hash_table_contains(self->networks, &network.network))
        g_hash_table_add(self->networks, g_memdup2(&network, sizeof network));
}

void check_overlap(const Check *check)
{
    g_autoptr(GHashTable) networks = g_hash_table_new_full(network_hash, network_equal, g_free, NULL);
    Networks self = {networks, 0};
    each_claim(check, overlap, &self);
}

/* Both given, and not the same: PREFIX counts, as in ifup-eth. */
static void netmask(const Check *check, const NetIface *iface)
{
    for (guint i = 0; iface->record && i < ifcfg_record_length(iface->record); i++) {
        const IfcfgAssignment *mask = ifcfg_record_nth(iface->record, i);
        guint8 length;
        guint64 number;
        if (*mask->key != 'N' || !g_str_has_prefix(mask->key, "NETMASK") ||
            !ifcfg_netmask_parse(mask->value, &length))
            continue;
        if (!strchr(mask->value, '.'))
            ifcfg_problems_add(check->problems, IFCFG_WARNING, mask->where,
                               _("%s=%s is a length, and read as PREFIX=%s: write that"), mask->key,
                               mask->value, mask->value);
        g_autofree char *key = g_strconcat("PREFIX", mask->key + strlen("NETMASK"), NULL);
        const char *prefix = ifcfg_record_get(iface->record, key);
        if (prefix && g_ascii_string_to_unsigned(prefix, 10, 0, 32, &number, NULL) && number != length)
            ifcfg_problems_add(check->problems, IFCFG_WARNING, mask->where,
                               _("%s=%s is /%u, but %s=%s counts: remove one of the two"), mask->key,
                               mask->value, length, key, prefix);
    }
}

void check_netmask(const Check *check)
{
    check_each(check, netmask);
}

/* VLANs that are left alone have no relations. */
static gboolean is_stood_on(const Check *check, const NetIface *iface)
{
    g_autofree char *vlan = g_strconcat(iface->name, ".", NULL);
    gboolean is_lower = iface->uppers->len > 0;
    for (guint i = 0; i < net_model_length(check->model) && !is_lower; i++)
        is_lower = g_str_has_prefix(net_model_nth(check->model, i)->name, vlan);
    return is_lower;
}

static void missing_address(const Check *check, const NetIface *iface)
{
    IfcfgWhere where;
    if (!net_iface_is_at_boot(iface) || !iface->file || iface->parent || iface->form != IFCFG_ENTRY_MAIN ||
        net_iface_is_port(iface) || iface->addresses->len || own_value(iface, "IPADDR", NULL) ||
        own_value(iface, "IPADDR0", NULL) || own_value(iface, "IPV6ADDR", NULL))
        return;
    const char *proto = own_value(iface, "BOOTPROTO", &where);
    if (proto && !g_ascii_strcasecmp(proto, "static") && !is_stood_on(check, iface))
        ifcfg_problems_add(check->problems, IFCFG_WARNING, where,
                           _("BOOTPROTO=%s, but there is no IPADDR: %s comes up without an address"), proto,
                           iface->name);
}

void check_missing_address(const Check *check)
{
    check_each(check, missing_address);
}

static void address_note(G_GNUC_UNUSED const Check *check, const Claim *claim, gpointer data)
{
    g_hash_table_insert(data, ifcfg_ip_format(&claim->address->prefix.ip), (gpointer)claim->iface);
}

/* "10.0.0.0", which no router has; since Linux 5.14 the kernel takes it for a host like any other. */
static void gateway_of_all(const Check *check, const NetIface *iface, const IfcfgIp *gateway,
                           IfcfgWhere where)
{
    for (guint i = 0; i < iface->addresses->len; i++) {
        const IfcfgPrefix *own = &((const NetAddress *)g_ptr_array_index(iface->addresses, i))->prefix;
        IfcfgPrefix network = ifcfg_prefix_network(own);
        if (own->ip.family != AF_INET || own->length > 30 || !ifcfg_ip_equal(gateway, &network.ip))
            continue;
        g_autofree char *text = ifcfg_prefix_format(&network);
        g_autofree char *address = ifcfg_ip_format(gateway);
        ifcfg_problems_add(check->problems, IFCFG_WARNING, where,
                           _("GATEWAY=%s is not a host's address, but that of all in %s: write the router's "
                             "address"),
                           address, text);
        return;
    }
}

static void gateway_check(const Check *check, const NetIface *iface, const IfcfgIp *gateway, IfcfgWhere where)
{
    const NetAddress *address = net_iface_broadcast_find(iface, gateway);
    if (!address) {
        gateway_of_all(check, iface, gateway, where);
        return;
    }
    g_autofree char *text = ifcfg_ip_format(gateway), *own = ifcfg_prefix_format(&address->prefix);
    ifcfg_problems_add(check->problems, IFCFG_ERROR, where,
                       _("GATEWAY=%s is the broadcast address of %s; there will be no default route by it: "
                         "write the router's address"),
                       text, own);
}

/* 0.0.0.0 is none, and 255.255.255.255 that of any network. */
static gboolean is_of_a_network(const IfcfgIp *broadcast)
{
    static const guint8 any[4] = {255, 255, 255, 255};
    return broadcast->family == AF_INET && !ifcfg_ip_is_zero(broadcast) &&
           memcmp(broadcast->bytes, any, sizeof any) != 0;
}

static void odd_address(const Check *check, const Claim *claim, G_GNUC_UNUSED gpointer data)
{
    const NetAddress *address = claim->address;
    const IfcfgIp *ip = &address->prefix.ip;
    gboolean is_loopback = ip->family == AF_INET && ip->bytes[0] == IN_LOOPBACKNET &&
                           !g_str_equal(net_iface_device(claim->iface), "lo");
    gboolean is_elsewhere = ip->family == AF_INET && is_of_a_network(&address->broadcast) &&
                            address->prefix.length < 31 &&
                            !ifcfg_prefix_contains(&address->prefix, &address->broadcast);
    if (!is_loopback && !is_elsewhere)
        return;
    g_autofree char *text = ifcfg_ip_format(ip), *broadcast = ifcfg_ip_format(&address->broadcast);
    if (is_loopback)
        ifcfg_problems_add(check->problems, IFCFG_WARNING, address->where,
                           _("%s is an address of the loopback interface: no other host can reach it"), text);
    if (is_elsewhere) {
        IfcfgIp usual = ifcfg_prefix_broadcast(&address->prefix);
        g_autofree char *right = ifcfg_ip_format(&usual);
        ifcfg_problems_add(check->problems, IFCFG_WARNING, address->where,
                           _("BROADCAST=%s is not in the network of %s/%u; without the line it is %s"),
                           broadcast, text, address->prefix.length, right);
    }
}

/* An address that comes up and serves nobody. */
void check_odd_address(const Check *check)
{
    each_claim(check, odd_address, NULL);
}

/* The kernel takes no route by an address of its own (fib_check_nh()). */
void check_own_gateway(const Check *check)
{
    g_autoptr(GHashTable) own = NULL;
    for (guint i = 0; i < net_model_length(check->model); i++) {
        const NetIface *iface = net_model_nth(check->model, i);
        IfcfgWhere where;
        const char *gateway = own_value(iface, "GATEWAY", &where);
        IfcfgIp ip;
        if (!gateway || !net_iface_is_at_boot(iface))
            continue;
        if (ifcfg_ip_parse(gateway, AF_INET, &ip))
            gateway_check(check, iface, &ip, where);
        if (!own) {
            own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
            each_claim(check, address_note, own);
        }
        const NetIface *owner = g_hash_table_lookup(own, gateway);
        if (owner)
            ifcfg_problems_add(
                check->problems, IFCFG_ERROR, where,
                _("GATEWAY=%s is the address of %s itself; there will be no default route by it: "
                  "write the router's address"),
                gateway, net_iface_device(owner));
    }
}

static void least_mtu(const Check *check, const NetIface *iface)
{
    guint count = 0;
    for (guint i = 0; i < iface->addresses->len; i++)
        count += ((const NetAddress *)g_ptr_array_index(iface->addresses, i))->prefix.ip.family == AF_INET6;
    if (count && iface->record && iface->mtu && iface->mtu < NET_LEAST_MTU_OF_IP6)
        ifcfg_problems_add(check->problems, IFCFG_ERROR, ifcfg_record_where(iface->record, "MTU"),
                           _("MTU=%u: IPv6 needs %u, so that %s cannot have its IPv6 addresses"), iface->mtu,
                           NET_LEAST_MTU_OF_IP6, iface->name);
}

void check_least_mtu(const Check *check)
{
    check_each(check, least_mtu);
}
