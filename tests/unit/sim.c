/* The kernel in memory: see sim.h. */
#include "sim.h"
#include "bond-family.h"
#include "model/kind.h"
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

Sim *sim_new(void)
{
    Sim *self = g_new0(Sim, 1);
    self->picture = net_observed_new();
    self->names = ifcfg_rtnames_load("/nonexistent");
    sim_add_device(self, "lo", NULL)->flags = IFF_LOOPBACK;
    return self;
}

void sim_free(Sim *self)
{
    net_observed_free(self->picture);
    ifcfg_rtnames_free(self->names);
    g_free(self);
}

static ObservedLink *link_new(const Sim *self, const char *name, const char *kind)
{
    ObservedLink *link = observed_link_new(name, self->picture->last_ifindex + 1);
    link->kind = g_strdup(kind);
    link->mtu = 1500;
    link->flags = IFF_BROADCAST | IFF_MULTICAST;
    return link;
}

ObservedLink *sim_add_device(Sim *self, const char *name, const char *kind)
{
    ObservedLink *link = link_new(self, name, kind);
    net_observed_add_link(self->picture, link);
    return link;
}

ObservedLink *sim_add_nic(Sim *self, const char *name)
{
    ObservedLink *link = sim_add_device(self, name, NULL);
    link->mac = (IfcfgMac){.length = 6, .bytes = {0x52, 0x54, 0, 0, 0, (guint8)link->ifindex}};
    link->perm_mac = link->mac;
    return link;
}

void sim_stack(Sim *self, const char *name, const char *kind, const char *lower)
{
    ObservedLink *link = link_new(self, name, kind);
    link->lower = sim_link(self, lower)->ifindex;
    net_observed_add_link(self->picture, link);
}

ObservedLink *sim_link(const Sim *self, const char *name)
{
    return g_hash_table_lookup(self->picture->by_name, name);
}

void sim_remove_link(Sim *self, const char *name)
{
    ObservedLink *link = net_observed_steal_link(self->picture, name);
    g_assert_nonnull(link);
    observed_link_free(link);
}

static void assert_done(char *refused)
{
    g_assert_cmpstr(refused, ==, NULL);
    g_free(refused);
}

void sim_add_address(Sim *self, const char *dev, const char *prefix)
{
    NetAddress address = {.label = NULL};
    NetOp op = {.type = NET_OP_ADDR_ADD, .dev = dev, .address = &address};
    g_assert_true(ifcfg_prefix_parse(prefix, AF_INET, &address.prefix));
    address.scope = g_str_equal(dev, "lo") ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE;
    assert_done(sim_apply(self, &op));
}

gboolean sim_has_address(const Sim *self, const char *dev, const char *text)
{
    const ObservedLink *link = sim_link(self, dev);
    IfcfgPrefix prefix;
    g_assert_true(ifcfg_prefix_parse(text, AF_UNSPEC, &prefix));
    return link && net_observed_address(self->picture, link->ifindex, &prefix);
}

static void drop_address(Sim *self, const char *dev, const ObservedAddress *there)
{
    NetAddress address = {.prefix = there->prefix};
    NetOp op = {.type = NET_OP_ADDR_DELETE, .dev = dev, .address = &address};
    assert_done(sim_apply(self, &op));
}

void sim_drop_addresses(Sim *self, const char *dev)
{
    const ObservedLink *link = dev ? sim_link(self, dev) : NULL;
    for (guint i = self->picture->addresses->len; i-- > 0;) {
        const ObservedAddress *address = g_ptr_array_index(self->picture->addresses, i);
        const ObservedLink *own = net_observed_link_by_index(self->picture, address->ifindex);
        if (!link || own == link)
            drop_address(self, own->name, address);
    }
}

/* Those of the addresses' networks are the kernel's own. */
void sim_drop_routes(Sim *self)
{
    for (guint i = self->picture->routes->len; i-- > 0;) {
        IfcfgRoute *route = g_ptr_array_index(self->picture->routes, i);
        if (route->protocol != RTPROT_KERNEL)
            net_observed_remove_route(self->picture, route);
    }
}

void sim_drop_rules(Sim *self)
{
    g_ptr_array_set_size(self->picture->rules, 0);
}

void sim_add_route(Sim *self, const char *dev, const char *text)
{
    IfcfgWhere nowhere = {0};
    g_autoptr(IfcfgRoute) route = ifcfg_route_parse(text, AF_INET, self->names, nowhere, NULL);
    NetOp op = {.type = NET_OP_ROUTE_ADD, .dev = dev, .route = route, .replace = TRUE};
    assert_done(sim_apply(self, &op));
}

void sim_set_up(Sim *self, const char *dev, gboolean up)
{
    NetOp op = {.type = up ? NET_OP_LINK_UP : NET_OP_LINK_DOWN, .dev = dev};
    assert_done(sim_apply(self, &op));
}

char *sim_set_option(Sim *self, const char *bond, const char *name, const char *text)
{
    const LinkOption *option = link_table_find(&bond_family.own, name);
    LinkSetting setting = {.option = option, .name = (char *)name, .text = (char *)text};
    g_autoptr(GPtrArray) settings = g_ptr_array_new();
    NetOp op = {.type = NET_OP_LINK_SET, .dev = bond, .set = {.family = &bond_family, .settings = settings}};
    g_ptr_array_add(settings, &setting);
    return sim_apply(self, &op);
}

char *sim_set_port_option(Sim *self, const char *port, const char *name, const char *text)
{
    LinkSetting setting = {.option = link_table_find(&bond_family.port, name), .name = (char *)name};
    g_autoptr(GPtrArray) settings = g_ptr_array_new();
    NetOp op = {.type = NET_OP_PORT_SET, .dev = port, .set = {.family = &bond_family, .settings = settings}};
    setting.text = (char *)text;
    g_ptr_array_add(settings, &setting);
    return sim_apply(self, &op);
}

char *sim_enslave(Sim *self, const char *port, const char *bond)
{
    NetOp op = {.type = NET_OP_PORT_ADD, .dev = port, .master = bond};
    return sim_apply(self, &op);
}

void sim_release(Sim *self, const char *port)
{
    NetOp op = {.type = NET_OP_PORT_REMOVE, .dev = port};
    assert_done(sim_apply(self, &op));
}

/* Every bond has an option that a newer driver might have; its file shows name and number. */
static void keep_option_of_tomorrow(ObservedLink *bond)
{
    const LinkSetting tomorrow = {.name = (char *)"option_of_tomorrow"};
    const char *text = link_values_of(bond->own, &tomorrow);
    g_autofree char *shown = g_strdup_printf("%s %d", text ? text : "off", text ? 1 : 0);
    if (!text || !strchr(text, ' '))
        link_values_set_other(bond->own, tomorrow.name, shown);
}

/* The option is known to be there only when the bond is. */
static void set_other(Sim *self, const char *bond, const LinkSetting *setting)
{
    if (!setting->option)
        assert_done(sim_set_option(self, bond, setting->name, setting->text));
}

/* What no prediction can tell: the MAC that the kernel draws at random. */
static void draw_mac(ObservedLink *link)
{
    link->mac = (IfcfgMac){.length = 6, .bytes = {2, 0xb0, 0, 0, 0, (guint8)link->ifindex}};
}

char *sim_apply(Sim *self, const NetOp *op)
{
    if (op->type == NET_OP_LINK_WAIT && op->wait.why)
        return g_strdup(op->wait.why);
    int code = net_predict(self->picture, op);
    for (guint i = 0; i < self->picture->links->len; i++) {
        ObservedLink *link = self->picture->links->pdata[i];
        if (link->mac_assigned && !link->mac.length)
            draw_mac(link);
        if (!g_strcmp0(link->kind, "bond"))
            keep_option_of_tomorrow(link);
    }
    const GPtrArray *settings = op->type == NET_OP_LINK_ADD ? op->create.settings : NULL;
    for (guint i = 0; settings && i < settings->len; i++)
        set_other(self, op->dev, settings->pdata[i]);
    return code ? g_strdup(g_strerror(code)) : NULL;
}

/* Nor what somebody has foreseen. */
static void forget_foresight(NetObserved *observed)
{
    g_autoptr(GPtrArray) nexthops = net_observed_nexthops(observed);
    for (guint i = 0; i < nexthops->len; i++)
        ((NetNexthop *)nexthops->pdata[i])->is_foreseen = FALSE;
}

NetObserved *sim_observe(const Sim *self)
{
    NetObserved *observed = net_observed_copy(self->picture);
    forget_foresight(observed);
    for (guint i = 0; i < observed->links->len; i++) { /* the kernel does not tell that */
        ObservedLink *link = observed->links->pdata[i];
        link->mtu_is_set = FALSE;
        g_clear_pointer(&link->hidden_port, g_free);
    }
    return observed;
}

/* A card that has options: its driver tells them, and its address is longer. */
static void infiniband_make(ObservedLink *link, const LinkFamily *family)
{
    link->kind = g_strdup(family->kind);
    link->own = link_values_new(family, &family->own);
    for (gsize i = 0; i < family->own.n; i++)
        link_values_set(link->own, &family->own.rows[i], family->own.rows[i].fallback);
    link->mac.length = link->perm_mac.length = 20;
}

Sim *sim_for_model(const NetModel *model)
{
    Sim *sim = sim_new();
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        if (iface->form != IFCFG_ENTRY_MAIN || net_kind_has(iface->kind, NET_KIND_CREATES) ||
            sim_link(sim, iface->name))
            continue;
        ObservedLink *link = sim_add_nic(sim, iface->name);
        if (iface->kind->family)
            infiniband_make(link, iface->kind->family);
        if (iface->hwaddr.length)
            link->mac = link->perm_mac = iface->hwaddr;
    }
    return sim;
}
