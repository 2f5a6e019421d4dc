/* The kernel in memory: links, addresses, routes and rules. The bonding driver is in sim-bond.c. */
#include "sim.h"
#include "sim-bond.h"
#include "state/compare.h"
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

static void sim_link_free(ObservedLink *link)
{
    sim_bond_free_values(link);
    g_free(link->name);
    g_free(link->kind);
    g_free(link);
}

static void sim_address_free(ObservedAddress *address)
{
    g_free(address->label);
    g_free(address);
}

Sim *sim_new(void)
{
    Sim *self = g_new0(Sim, 1);
    self->links = g_ptr_array_new_with_free_func((GDestroyNotify)sim_link_free);
    self->addresses = g_ptr_array_new_with_free_func((GDestroyNotify)sim_address_free);
    self->routes = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_route_free);
    self->rules = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_rule_free);
    self->primaries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    self->absent = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->names = ifcfg_rtnames_load("/nonexistent");
    sim_add_device(self, "lo", NULL)->flags = IFF_LOOPBACK;
    return self;
}

void sim_free(Sim *self)
{
    g_ptr_array_unref(self->links);
    g_ptr_array_unref(self->addresses);
    g_ptr_array_unref(self->routes);
    g_ptr_array_unref(self->rules);
    g_hash_table_unref(self->primaries);
    g_hash_table_unref(self->absent);
    ifcfg_rtnames_free(self->names);
    g_free(self);
}

ObservedLink *sim_add_device(Sim *self, const char *name, const char *kind)
{
    ObservedLink *link = observed_link_new(name, ++self->next_index);
    link->kind = g_strdup(kind);
    link->mtu = 1500;
    link->flags = IFF_BROADCAST | IFF_MULTICAST;
    g_ptr_array_add(self->links, link);
    return link;
}

ObservedLink *sim_add_nic(Sim *self, const char *name)
{
    ObservedLink *link = sim_add_device(self, name, NULL);
    link->mac = (IfcfgMac){.length = 6, .bytes = {0x52, 0x54, 0, 0, 0, (guint8)link->ifindex}};
    link->perm_mac = link->mac;
    return link;
}

ObservedLink *sim_link(const Sim *self, const char *name)
{
    for (guint i = 0; i < self->links->len; i++) {
        ObservedLink *link = g_ptr_array_index(self->links, i);
        if (g_str_equal(link->name, name))
            return link;
    }
    return NULL;
}

static ObservedAddress *sim_find_address(const Sim *self, int ifindex, const IfcfgPrefix *prefix)
{
    for (guint i = 0; i < self->addresses->len; i++) {
        ObservedAddress *address = g_ptr_array_index(self->addresses, i);
        if (address->ifindex == ifindex && ifcfg_prefix_equal(&address->prefix, prefix))
            return address;
    }
    return NULL;
}

static char *sim_put_address(Sim *self, const char *dev, const NetAddress *wanted)
{
    const ObservedLink *link = sim_link(self, dev);
    if (!link)
        return g_strdup("ENODEV");
    if (sim_find_address(self, link->ifindex, &wanted->prefix))
        return g_strdup("EEXIST");
    ObservedAddress *address = g_new0(ObservedAddress, 1);
    address->ifindex = link->ifindex;
    address->prefix = wanted->prefix;
    address->broadcast =
        wanted->broadcast.family ? wanted->broadcast : ifcfg_prefix_broadcast(&wanted->prefix);
    address->label = g_strdup(wanted->label ? wanted->label : dev);
    address->scope = wanted->scope;
    g_ptr_array_add(self->addresses, address);
    return NULL;
}

void sim_add_address(Sim *self, const char *dev, const char *prefix)
{
    NetAddress address = {.label = NULL};
    g_assert_true(ifcfg_prefix_parse(prefix, AF_INET, &address.prefix));
    address.scope = g_str_equal(dev, "lo") ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE;
    g_autofree char *refused = sim_put_address(self, dev, &address);
    g_assert_null(refused);
}

gboolean sim_has_address(const Sim *self, const char *dev, const char *text)
{
    const ObservedLink *link = sim_link(self, dev);
    IfcfgPrefix prefix;
    g_assert_true(ifcfg_prefix_parse(text, AF_UNSPEC, &prefix));
    return link && sim_find_address(self, link->ifindex, &prefix);
}

static gboolean route_uses(const IfcfgRoute *route, const char *dev)
{
    for (guint i = 0; i < route->nexthops->len; i++)
        if (!g_strcmp0(((const IfcfgNexthop *)g_ptr_array_index(route->nexthops, i))->dev, dev))
            return TRUE;
    return FALSE;
}

static void sim_lose_routes(Sim *self, const char *dev, const IfcfgIp *source)
{
    for (guint i = self->routes->len; i-- > 0;) {
        const IfcfgRoute *route = g_ptr_array_index(self->routes, i);
        if ((dev && route_uses(route, dev)) || (source && ifcfg_ip_equal(&route->src, source)))
            g_ptr_array_remove_index(self->routes, i);
    }
}

/* The text of a route with all that the kernel fills in. */
static IfcfgRoute *route_copy(const Sim *self, const IfcfgRoute *route, const char *dev)
{
    IfcfgWhere nowhere = {0};
    g_autofree char *text = net_ledger_route_text(route, dev);
    IfcfgRoute *copy = ifcfg_route_parse(text + 3, route->to.ip.family, self->names, nowhere, NULL);
    gboolean via = FALSE;
    g_assert_nonnull(copy);
    for (guint i = 0; i < copy->nexthops->len; i++)
        via |= ((const IfcfgNexthop *)g_ptr_array_index(copy->nexthops, i))->via.family != AF_UNSPEC;
    copy->table = ifcfg_route_table(route);
    copy->metric = MAX(route->metric, 0);
    if (copy->scope < 0)
        copy->scope = copy->nexthops->len && !via ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
    return copy;
}

static IfcfgRoute *sim_find_key(const Sim *self, const IfcfgRoute *route)
{
    g_autofree char *key = net_route_key(route);
    for (guint i = 0; i < self->routes->len; i++) {
        g_autofree char *other = net_route_key(g_ptr_array_index(self->routes, i));
        if (g_str_equal(key, other))
            return g_ptr_array_index(self->routes, i);
    }
    return NULL;
}

static char *sim_put_route(Sim *self, const char *dev, IfcfgRoute *route, gboolean replace)
{
    const ObservedLink *link = sim_link(self, dev);
    IfcfgRoute *old = sim_find_key(self, route);
    const char *refused = !link || (route->nexthops->len && !(link->flags & IFF_UP)) ? "ENETDOWN"
                          : old && !replace                                          ? "EEXIST"
                                                                                     : NULL;
    if (refused) {
        ifcfg_route_free(route);
        return g_strdup(refused);
    }
    if (old)
        g_ptr_array_remove(self->routes, old);
    g_ptr_array_add(self->routes, route);
    return NULL;
}

void sim_add_route(Sim *self, const char *dev, const char *text)
{
    IfcfgWhere nowhere = {0};
    g_autoptr(IfcfgRoute) route = ifcfg_route_parse(text, AF_INET, self->names, nowhere, NULL);
    g_autofree char *refused = sim_put_route(self, dev, route_copy(self, route, dev), TRUE);
    g_assert_null(refused);
}

static gboolean sim_has_addresses(const Sim *self, int ifindex)
{
    for (guint i = 0; i < self->addresses->len; i++)
        if (((const ObservedAddress *)g_ptr_array_index(self->addresses, i))->ifindex == ifindex)
            return TRUE;
    return FALSE;
}

void sim_set_up(Sim *self, const char *dev, gboolean up)
{
    ObservedLink *link = sim_link(self, dev);
    link->carrier = up;
    if (!up) {
        link->flags &= ~(guint32)(IFF_UP | IFF_RUNNING);
        sim_lose_routes(self, dev, NULL);
        return;
    }
    link->flags |= IFF_UP | IFF_RUNNING;
    if (link->flags & IFF_LOOPBACK && !sim_has_addresses(self, link->ifindex)) /* inetdev_event() */
        sim_add_address(self, dev, "127.0.0.1/8");
}

static char *sim_delete_link(Sim *self, const char *name)
{
    ObservedLink *link = sim_link(self, name);
    if (!link)
        return NULL;
    if (!link->kind)
        return g_strdup("EOPNOTSUPP");
    for (guint i = 0; i < self->links->len; i++) {
        const ObservedLink *port = g_ptr_array_index(self->links, i);
        if (port->master == link->ifindex)
            sim_release(self, port->name);
    }
    for (guint i = self->addresses->len; i-- > 0;)
        if (((const ObservedAddress *)g_ptr_array_index(self->addresses, i))->ifindex == link->ifindex)
            g_ptr_array_remove_index(self->addresses, i);
    sim_lose_routes(self, name, NULL);
    g_hash_table_remove(self->primaries, name);
    g_ptr_array_remove(self->links, link);
    return NULL;
}

static char *sim_link_op(Sim *self, const NetOp *op)
{
    ObservedLink *link = sim_link(self, op->dev);
    switch (op->type) {
    case NET_OP_LINK_WAIT:
        return op->wait.why ? g_strdup(op->wait.why) : link ? NULL : g_strdup("no such device");
    case NET_OP_LINK_DOWN:
        if (link)
            sim_set_up(self, op->dev, FALSE);
        return NULL;
    case NET_OP_LINK_UP:
        sim_set_up(self, op->dev, TRUE);
        return NULL;
    case NET_OP_LINK_MTU:
        link->mtu = op->mtu;
        return NULL;
    case NET_OP_LINK_MAC:
        if (link->flags & IFF_UP && !link->bond_values)
            return g_strdup("EBUSY");
        link->mac = op->mac;
        return NULL;
    case NET_OP_LINK_ARP:
        link->flags = op->arp ? link->flags & ~(guint32)IFF_NOARP : link->flags | IFF_NOARP;
        return NULL;
    case NET_OP_PORT_REMOVE:
        if (link && link->master)
            sim_release(self, op->dev);
        return NULL;
    default:
        return g_strdup_printf("the simulator does not know %s", net_op_type_name(op->type));
    }
}

static char *sim_address_op(Sim *self, const NetOp *op)
{
    const ObservedLink *link = sim_link(self, op->dev);
    if (op->type == NET_OP_ADDR_ADD)
        return sim_put_address(self, op->dev, op->address);
    ObservedAddress *address = link ? sim_find_address(self, link->ifindex, &op->address->prefix) : NULL;
    if (address) {
        sim_lose_routes(self, NULL, &op->address->prefix.ip);
        g_ptr_array_remove(self->addresses, address);
    }
    return NULL;
}

static char *sim_route_op(Sim *self, const NetOp *op)
{
    IfcfgRoute *route = route_copy(self, op->route, op->dev);
    if (op->metric_plus_ifindex)
        route->metric += sim_link(self, op->dev)->ifindex;
    if (op->type == NET_OP_ROUTE_ADD)
        return sim_put_route(self, op->dev, route, op->replace);
    IfcfgRoute *old = sim_find_key(self, route);
    if (old && net_route_has_path(old, route, op->dev))
        g_ptr_array_remove(self->routes, old);
    ifcfg_route_free(route);
    return NULL;
}

static IfcfgRule *rule_copy(const Sim *self, const IfcfgRule *rule)
{
    IfcfgWhere nowhere = {0};
    g_autofree char *text = ifcfg_rule_format(rule);
    return ifcfg_rule_parse(text, rule->family, self->names, nowhere, NULL);
}

static char *sim_rule_op(Sim *self, const NetOp *op)
{
    for (guint i = 0; i < self->rules->len; i++)
        if (net_rule_is(g_ptr_array_index(self->rules, i), op->rule)) {
            if (op->type == NET_OP_RULE_ADD)
                return g_strdup("EEXIST");
            g_ptr_array_remove_index(self->rules, i);
            return NULL;
        }
    if (op->type == NET_OP_RULE_ADD)
        g_ptr_array_add(self->rules, rule_copy(self, op->rule));
    return NULL;
}

char *sim_apply(Sim *self, const NetOp *op)
{
    switch (op->type) {
    case NET_OP_MODULE_LOAD:
        self->has_bonding |= g_str_equal(op->module.name, "bonding");
        return NULL;
    case NET_OP_LINK_ADD:
        return sim_bond_create(self, op);
    case NET_OP_LINK_DELETE:
        return sim_delete_link(self, op->dev);
    case NET_OP_PORT_ADD:
        return sim_enslave(self, op->dev, op->master);
    case NET_OP_BOND_SET:
        return sim_bond_set(self, op);
    case NET_OP_ADDR_ADD:
    case NET_OP_ADDR_DELETE:
        return sim_address_op(self, op);
    case NET_OP_ROUTE_ADD:
    case NET_OP_ROUTE_DELETE:
        return sim_route_op(self, op);
    case NET_OP_RULE_ADD:
    case NET_OP_RULE_DELETE:
        return sim_rule_op(self, op);
    case NET_OP_SYSCTL_APPLY:
    case NET_OP_SYSCTL_SET:
    case NET_OP_CARRIER_WAIT:
    case NET_OP_ADDR_PROBE:
    case NET_OP_ADDR_ANNOUNCE:
    case NET_OP_VERIFY:
        return NULL;
    default:
        return sim_link_op(self, op);
    }
}

static ObservedLink *link_copy(const Sim *self, const ObservedLink *link)
{
    ObservedLink *copy = observed_link_new(link->name, link->ifindex);
    char *name = copy->name;
    *copy = *link;
    copy->name = name;
    copy->kind = g_strdup(link->kind);
    copy->bond_values = sim_bond_shown_values(self, link);
    if (copy->bond_others)
        g_hash_table_ref(copy->bond_others);
    return copy;
}

NetObserved *sim_observe(const Sim *self)
{
    NetObserved *observed = net_observed_new();
    observed->has_bonding = self->has_bonding;
    for (guint i = 0; i < self->links->len; i++)
        net_observed_add_link(observed, link_copy(self, g_ptr_array_index(self->links, i)));
    for (guint i = 0; i < self->addresses->len; i++) {
        ObservedAddress *copy = g_memdup2(g_ptr_array_index(self->addresses, i), sizeof *copy);
        copy->label = g_strdup(copy->label);
        net_observed_add_address(observed, copy);
    }
    for (guint i = 0; i < self->routes->len; i++)
        net_observed_add_route(observed, route_copy(self, g_ptr_array_index(self->routes, i), NULL));
    for (guint i = 0; i < self->rules->len; i++)
        net_observed_add_rule(observed, rule_copy(self, g_ptr_array_index(self->rules, i)));
    return observed;
}
