/* Operations at random: see random-ops.h. */
#include "random-ops.h"
#include "bond-family.h"
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

struct RandomOps {
    GRand *rand;
    IfcfgRtNames *names;
    GPtrArray *pool; /* Kept*: what the operations are made of */
};

typedef struct {
    gpointer object;
    GDestroyNotify destroy;
} Kept;

static void kept_free(Kept *kept)
{
    kept->destroy(kept->object);
    g_free(kept);
}

static gpointer keep(RandomOps *self, gpointer object, GDestroyNotify destroy)
{
    Kept *kept = g_new0(Kept, 1);
    *kept = (Kept){object, destroy};
    g_ptr_array_add(self->pool, kept);
    return object;
}

RandomOps *random_ops_new(guint32 seed)
{
    RandomOps *self = g_new0(RandomOps, 1);
    self->rand = g_rand_new_with_seed(seed);
    self->names = ifcfg_rtnames_load("/nonexistent");
    self->pool = g_ptr_array_new_with_free_func((GDestroyNotify)kept_free);
    return self;
}

void random_ops_free(RandomOps *self)
{
    g_rand_free(self->rand);
    ifcfg_rtnames_free(self->names);
    g_ptr_array_unref(self->pool);
    g_free(self);
}

static gboolean one_in(RandomOps *self, guint n)
{
    return g_rand_int_range(self->rand, 0, (gint)n) == 0;
}

static const char *pick(RandomOps *self, const char *const *words, gsize n)
{
    return words[g_rand_int_range(self->rand, 0, (gint)n)];
}
#define PICK(self, words) pick(self, words, G_N_ELEMENTS(words))

static const char *random_dev(RandomOps *self, const NetObserved *picture)
{
    for (;;) {
        const ObservedLink *link =
            picture->links->pdata[g_rand_int_range(self->rand, 0, (gint)picture->links->len)];
        /* The far ends of the cables are not touched, lo seldom. */
        if (link->name[0] != 'x' && (!g_str_equal(link->name, "lo") || one_in(self, 4)))
            return keep(self, g_strdup(link->name), g_free);
    }
}

static gboolean is_master(const ObservedLink *link)
{
    return !g_strcmp0(link->kind, "bond") || !g_strcmp0(link->kind, "bridge") ||
           !g_strcmp0(link->kind, "vrf");
}

static const char *random_master(RandomOps *self, const NetObserved *picture)
{
    for (guint tries = 0; tries < 20; tries++) {
        const char *dev = random_dev(self, picture);
        if (is_master(net_observed_link(picture, dev)))
            return dev;
    }
    return random_dev(self, picture);
}

/* --- layer 3 --- */

static const char *const ips4[] = {"10.1.0.1/24",   "10.1.0.2/24",   "10.1.0.3/24", "10.1.0.1/16",
                                   "10.1.0.130/25", "10.2.0.1/16",   "10.2.0.2/16", "192.0.2.7/32",
                                   "192.0.2.8/31",  "169.254.3.4/16"};
static const char *const ips6[] = {"2001:db8:1::1/64", "2001:db8:1::2/64", "2001:db8:1::3/64",
                                   "2001:db8:2::1/48", "2001:db8:9::9/128"};
static const char *const words4[] = {
    "default via 10.1.0.9",
    "default via 10.2.0.9",
    "default via 10.1.0.2 metric 10",
    "default via 10.9.9.9",
    "10.9.0.0/16 via 10.1.0.9",
    "10.9.0.0/16 via 10.2.0.9 table 100",
    "10.9.0.0/16 via 10.1.0.9 src 10.1.0.1",
    "10.9.0.0/16 via 10.1.0.9 src 10.1.0.2 table 100",
    "10.9.0.0/16 via 10.8.0.1 onlink",
    "10.8.0.0/24",
    "10.8.0.0/24 src 10.2.0.1",
    "10.8.0.0/24 table 100",
    "10.1.0.0/24",
    "10.1.0.0/24 scope link src 10.1.0.3",
    "10.7.0.1/32 via 10.8.0.1",
    "10.7.0.1/32 tos 0x10 via 10.1.0.9",
    "10.7.0.0/24 mtu 1400 advmss 1300",
    "default table 100",
    "blackhole 10.6.0.0/16",
    "unreachable 10.6.0.0/16 metric 5",
    "prohibit 10.5.0.0/16 table 100",
    "throw 10.5.0.0/16 table 100",
    "10.4.0.0/16 nexthop via 10.1.0.9 dev n0 weight 1 nexthop via 10.2.0.9 dev n1 weight 2",
    "10.4.0.0/16 nexthop dev n0 weight 1 nexthop dev d0 weight 1",
    "10.4.0.0/16 nexthop via 10.1.0.8 dev b0 nexthop via 10.2.0.8 dev d1"};
static const char *const words6[] = {
    "default via 2001:db8:1::9",
    "default via 2001:db8:2::9 metric 10",
    "2001:db8:8::/64 via 2001:db8:1::9",
    "2001:db8:8::/64 via 2001:db8:1::8",
    "2001:db8:8::/64",
    "2001:db8:8::/64 table 100",
    "2001:db8:7::/64 via 2001:db8:8::1",
    "2001:db8:7::/64 via 2001:db8:1::9 src 2001:db8:1::2",
    "blackhole 2001:db8:6::/64",
    "unreachable 2001:db8:5::/64 table 100",
    "2001:db8:4::/64 nexthop via 2001:db8:1::9 dev n0 nexthop via 2001:db8:1::8 dev n0",
    "2001:db8:4::/64 nexthop via 2001:db8:1::9 dev n0 nexthop via 2001:db8:2::9 dev n1"};
static const char *const rules4[] = {"from 10.1.0.0/24 table 100", "from 10.1.0.0/24 table 100 priority 50",
                                     "to 10.9.0.0/16 table 100",   "fwmark 7 table 100 priority 60",
                                     "iif n0 table 100",           "from 10.2.0.0/16 blackhole priority 70"};
static const char *const rules6[] = {"from 2001:db8:1::/64 table 100",
                                     "to 2001:db8:9::/64 table 100 priority 50"};

static void set_address(RandomOps *self, NetOp *op, const NetObserved *picture)
{
    NetAddress *address = keep(self, g_new0(NetAddress, 1), g_free);
    gboolean is_6 = one_in(self, 4);
    const char *text = is_6 ? PICK(self, ips6) : PICK(self, ips4);
    ifcfg_prefix_parse(text, is_6 ? AF_INET6 : AF_INET, &address->prefix);
    if (!is_6 && one_in(self, 10))
        address->scope = RT_SCOPE_LINK;
    if (!is_6 && one_in(self, 10))
        address->label = keep(self, g_strconcat(op->dev, ":1", NULL), g_free);
    if (op->type == NET_OP_ADDR_DELETE && picture->addresses->len && !one_in(self, 5)) {
        const ObservedAddress *there =
            picture->addresses->pdata[g_rand_int_range(self->rand, 0, (gint)picture->addresses->len)];
        const ObservedLink *link = net_observed_link_by_index(picture, there->ifindex);
        address->prefix = there->prefix;
        if (link->name[0] != 'x')
            op->dev = keep(self, g_strdup(link->name), g_free);
    }
    op->address = address;
}

static IfcfgRoute *parse_route(RandomOps *self, const char *text, int family)
{
    IfcfgWhere nowhere = {0};
    IfcfgRoute *route = ifcfg_route_parse(text, family, self->names, nowhere, NULL);
    g_assert_nonnull(route);
    return keep(self, route, (GDestroyNotify)ifcfg_route_free);
}

/* A route of the picture, to be deleted; not what the kernel made for link-local addresses. */
static IfcfgRoute *route_there(RandomOps *self, const NetObserved *picture)
{
    const IfcfgRoute *route =
        picture->routes->len
            ? picture->routes->pdata[g_rand_int_range(self->rand, 0, (gint)picture->routes->len)]
            : NULL;
    if (!route || route->to.ip.bytes[0] >= 0xfe)
        return NULL;
    return keep(self, ifcfg_route_copy(route), (GDestroyNotify)ifcfg_route_free);
}

static void set_route(RandomOps *self, NetOp *op, const NetObserved *picture)
{
    gboolean is_6 = one_in(self, 4);
    op->replace = op->type == NET_OP_ROUTE_ADD && one_in(self, 3);
    if (op->type == NET_OP_ROUTE_DELETE && !one_in(self, 4))
        op->route = route_there(self, picture);
    if (!op->route)
        op->route =
            parse_route(self, is_6 ? PICK(self, words6) : PICK(self, words4), is_6 ? AF_INET6 : AF_INET);
}

static void set_rule(RandomOps *self, NetOp *op)
{
    IfcfgWhere nowhere = {0};
    gboolean is_6 = one_in(self, 4);
    const char *text = is_6 ? PICK(self, rules6) : PICK(self, rules4);
    op->rule = keep(self, ifcfg_rule_parse(text, is_6 ? AF_INET6 : AF_INET, self->names, nowhere, NULL),
                    (GDestroyNotify)ifcfg_rule_free);
}

/* --- links --- */

static char *random_value(RandomOps *self, const LinkOption *option)
{
    guint n = 0;
    if (one_in(self, 3))
        return g_strdup(option->fallback);
    if (!option->names || option->kind != LINK_VALUE_ENUM)
        return link_option_sample(option, "n0");
    while (option->names[n].name)
        n++;
    return g_strdup(option->names[g_rand_int_range(self->rand, 0, (gint)n)].name);
}

static void setting_free(LinkSetting *setting)
{
    g_free(setting->text);
    g_free(setting);
}

static void add_setting(RandomOps *self, GPtrArray *settings, const LinkOption *option)
{
    LinkSetting *setting = g_new0(LinkSetting, 1);
    g_autofree char *text = random_value(self, option);
    setting->option = option;
    setting->name = (char *)option->name;
    setting->text = link_option_normalize(option, text, &setting->number, NULL);
    if (setting->text)
        g_ptr_array_add(settings, keep(self, setting, (GDestroyNotify)setting_free));
    else
        setting_free(setting);
}

static const GPtrArray *random_settings(RandomOps *self)
{
    GPtrArray *settings = keep(self, g_ptr_array_new(), (GDestroyNotify)g_ptr_array_unref);
    const LinkOption *rows = bond_family.own.rows;
    while (!settings->len) {
        const LinkOption *option = &rows[g_rand_int_range(self->rand, 0, (gint)bond_family.own.n)];
        if (one_in(self, 4))
            option = link_table_find(&bond_family.own, "mode");
        if (one_in(self, 6))
            option = link_table_find(&bond_family.own, "miimon");
        if (option->when <= LINK_WHEN_AFTER_PORTS && !(option->needs & LINK_IS_VOLATILE))
            add_setting(self, settings, option);
    }
    return settings;
}

static IfcfgMac random_mac(RandomOps *self)
{
    IfcfgMac mac = {.length = 6, .bytes = {2, 0, 0, 0, 9, (guint8)g_rand_int_range(self->rand, 1, 200)}};
    return mac;
}

/* Kinds without a table of options yet. */
static const LinkFamily dummy_family = {.kind = "dummy", .word = "dummy"};
static const LinkFamily bridge_family = {.kind = "bridge", .word = "bridge"};

static void set_create(RandomOps *self, NetOp *op)
{
    static const char *const names[] = {"b0", "b1", "d0", "d1", "d2", "br0"};
    op->dev = PICK(self, names);
    op->create.family = op->dev[0] == 'd' ? &dummy_family : op->dev[1] == 'r' ? &bridge_family : &bond_family;
    if (one_in(self, 2))
        op->create.mac = random_mac(self);
    if (one_in(self, 3))
        op->create.mtu = 1400;
    if (op->dev[0] == 'b' && op->dev[1] != 'r' && one_in(self, 2))
        op->create.settings = random_settings(self);
}

static const LinkSetting *random_attribute(RandomOps *self)
{
    static const char *const mtus[] = {"1500", "1400", "9000", "1280", "576"};
    LinkSettings *settings =
        keep(self, link_settings_new(&link_attributes), (GDestroyNotify)link_settings_free);
    IfcfgMac mac = random_mac(self);
    g_autofree char *text = ifcfg_mac_format(&mac);
    switch (g_rand_int_range(self->rand, 0, 4)) {
    case 0:
        return link_settings_ask(settings, "mac", text, (IfcfgWhere){0});
    case 1:
        return link_settings_ask(settings, "mtu", mtus[g_rand_int_range(self->rand, 0, G_N_ELEMENTS(mtus))],
                                 (IfcfgWhere){0});
    case 2:
        return link_settings_ask(settings, "arp_filter", one_in(self, 2) ? "on" : "off", (IfcfgWhere){0});
    default:
        return link_settings_ask(settings, "arp", one_in(self, 2) ? "on" : "off", (IfcfgWhere){0});
    }
}

static void set_rest(RandomOps *self, NetOp *op, const NetObserved *picture)
{
    const ObservedLink *link;
    switch (op->type) {
    case NET_OP_LINK_ADD:
        set_create(self, op);
        break;
    case NET_OP_LINK_ATTR:
        op->attr.setting = random_attribute(self);
        break;
    case NET_OP_NEIGH_ADD:
        ifcfg_ip_parse(one_in(self, 2) ? "10.0.0.77" : "2001:db8::77", AF_UNSPEC, &op->neighbour.ip);
        op->neighbour.is_proxy = one_in(self, 3);
        if (!op->neighbour.is_proxy)
            op->neighbour.mac = random_mac(self);
        break;
    case NET_OP_PORT_ADD:
        op->master = random_master(self, picture);
        break;
    case NET_OP_PORT_REMOVE:
        link = net_observed_link(picture, op->dev);
        op->master = link->master ? net_observed_link_by_index(picture, link->master)->name : NULL;
        op->master = keep(self, g_strdup(op->master ? op->master : "b0"), g_free);
        break;
    case NET_OP_LINK_SET:
        op->dev = random_master(self, picture);
        op->set.family = &bond_family;
        op->set.settings = random_settings(self);
        break;
    default:
        break;
    }
}

const NetOp *random_op(RandomOps *self, const NetObserved *picture)
{
    static const NetOpType types[] = {
        NET_OP_LINK_UP,   NET_OP_LINK_UP,   NET_OP_LINK_UP,      NET_OP_LINK_DOWN,   NET_OP_ADDR_ADD,
        NET_OP_ADDR_ADD,  NET_OP_ADDR_ADD,  NET_OP_ADDR_ADD,     NET_OP_ADDR_DELETE, NET_OP_ROUTE_ADD,
        NET_OP_ROUTE_ADD, NET_OP_ROUTE_ADD, NET_OP_ROUTE_DELETE, NET_OP_RULE_ADD,    NET_OP_RULE_DELETE,
        NET_OP_PORT_ADD,  NET_OP_PORT_ADD,  NET_OP_PORT_REMOVE,  NET_OP_LINK_ATTR,   NET_OP_LINK_ATTR,
        NET_OP_LINK_ATTR, NET_OP_LINK_ADD,  NET_OP_LINK_DELETE,  NET_OP_LINK_SET,    NET_OP_LINK_SET,
        NET_OP_NEIGH_ADD, NET_OP_NEIGH_ADD};
    NetOp *op = keep(self, g_new0(NetOp, 1), g_free);
    op->type = types[g_rand_int_range(self->rand, 0, G_N_ELEMENTS(types))];
    if (op->type == NET_OP_LINK_DELETE && !one_in(self, 3))
        op->type = NET_OP_LINK_UP;
    op->dev = random_dev(self, picture);
    switch (op->type) {
    case NET_OP_ADDR_ADD:
    case NET_OP_ADDR_DELETE:
        set_address(self, op, picture);
        break;
    case NET_OP_ROUTE_ADD:
    case NET_OP_ROUTE_DELETE:
        set_route(self, op, picture);
        break;
    case NET_OP_RULE_ADD:
    case NET_OP_RULE_DELETE:
        set_rule(self, op);
        break;
    default:
        set_rest(self, op, picture);
    }
    return op;
}
