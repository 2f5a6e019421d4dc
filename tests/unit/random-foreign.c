/* What others put on a host, at random: see random-foreign.h. */
#include "random-foreign.h"
#include "model/iface.h"
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

enum { AT_MOST = 6 };

typedef struct {
    GRand *rand;
    const NetObserved *picture;
    NetPool *pool;
    const IfcfgRtNames *names;
    guint number; /* of the one that is made */
} Maker;

/* A device that is in use, and that an address works on. */
static const ObservedLink *random_link(const Maker *self)
{
    g_autoptr(GPtrArray) links = g_ptr_array_new();
    for (guint i = 0; i < self->picture->links->len; i++) {
        const ObservedLink *link = self->picture->links->pdata[i];
        if (link->flags & IFF_UP && !link->master && link->name[0] != 'x')
            g_ptr_array_add(links, (gpointer)link);
    }
    return links->len ? links->pdata[g_rand_int_range(self->rand, 0, (gint)links->len)] : NULL;
}

/* "10.3.0" of the first address of a device; NULL: it has none. */
static char *network_of(const Maker *self, const ObservedLink *link)
{
    const GPtrArray *list = net_observed_addresses_of(self->picture, link->ifindex);
    const ObservedAddress *first = list ? list->pdata[0] : NULL;
    if (!first || first->prefix.ip.family != AF_INET || link->flags & IFF_LOOPBACK)
        return NULL;
    return g_strdup_printf("%u.%u.%u", first->prefix.ip.bytes[0], first->prefix.ip.bytes[1],
                           first->prefix.ip.bytes[2]);
}

static NetOp *op_new(const Maker *self, NetOpType type, const char *dev)
{
    NetOp *op = net_pool_keep(self->pool, g_new0(NetOp, 1), g_free);
    op->type = type;
    op->dev = net_pool_text(self->pool, g_strdup(dev));
    return op;
}

/* What `ip address add` has words for. */
static void choose(const Maker *self, NetAddress *address)
{
    gboolean is_4 = address->prefix.ip.family == AF_INET;
    switch (g_rand_int_range(self->rand, 0, 8)) {
    case 0:
        address->flags = IFA_F_NOPREFIXROUTE;
        break;
    case 1:
        address->metric = 77;
        break;
    case 2:
        address->protocol = 99;
        break;
    case 3:
        if (is_4)
            address->broadcast.family = AF_INET; /* none */
        else
            address->flags = IFA_F_HOMEADDRESS;
        break;
    case 4:
        if (is_4)
            address->prefix.length = 32;
        if (is_4)
            ifcfg_ip_parse("10.89.0.9", AF_INET, &address->peer);
        break;
    default:
        break;
    }
}

static NetOp *make_address(const Maker *self, const ObservedLink *link, const char *network)
{
    NetOp *op = op_new(self, NET_OP_ADDR_ADD, link->name);
    g_autofree char *text = NULL;
    IfcfgWhere nowhere = {0};
    IfcfgPrefix prefix;
    switch (g_rand_int_range(self->rand, 0, network ? 4 : 2)) {
    case 0:
        text = g_strdup_printf("10.80.%u.1/24", self->number);
        break;
    case 1:
        text = g_strdup_printf("2001:db8:80:%u::1/64", self->number);
        break;
    default:
        text = g_strdup_printf("%s.%u/24", network, 240 + self->number);
    }
    g_assert_true(ifcfg_prefix_parse(text, AF_UNSPEC, &prefix));
    NetAddress *address = net_address_new(&prefix, link->name, nowhere);
    choose(self, address);
    op->address = net_pool_keep(self->pool, address, (GDestroyNotify)net_address_free);
    return op;
}

static NetOp *make_route(const Maker *self, const ObservedLink *link, const char *network)
{
    static const char *const near[] = {"10.81.%u.0/24 dev %s", "10.81.%u.0/24 dev %s table 200",
                                       "10.81.%u.0/24 dev %s metric 33"};
    static const char *const far[] = {"10.82.%u.0/24 via %s.126 dev %s",
                                      "10.82.%u.0/24 via %s.99 dev %s table 200"};
    NetOp *op = op_new(self, NET_OP_ROUTE_ADD, link->name);
    gboolean is_far = network && g_rand_boolean(self->rand);
    gint row = g_rand_int_range(self->rand, 0, is_far ? G_N_ELEMENTS(far) : G_N_ELEMENTS(near));
    IfcfgWhere nowhere = {0};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    g_autofree char *text = is_far ? g_strdup_printf(far[row], self->number, network, link->name)
                                   : g_strdup_printf(near[row], self->number, link->name);
#pragma GCC diagnostic pop
    IfcfgRoute *route = ifcfg_route_parse(text, AF_INET, self->names, nowhere, NULL);
    op->route = net_pool_keep(self->pool, route, (GDestroyNotify)ifcfg_route_free);
    return op;
}

static NetOp *make_rule(const Maker *self)
{
    NetOp *op = op_new(self, NET_OP_RULE_ADD, NULL);
    IfcfgWhere nowhere = {0};
    g_autofree char *text =
        g_strdup_printf("from 10.83.%u.0/24 table 200 priority %u", self->number, 500 + self->number);
    IfcfgRule *rule = ifcfg_rule_parse(text, AF_INET, self->names, nowhere, NULL);
    op->rule = net_pool_keep(self->pool, rule, (GDestroyNotify)ifcfg_rule_free);
    return op;
}

static NetOp *make_neighbour(const Maker *self, const ObservedLink *link)
{
    NetOp *op = op_new(self, NET_OP_NEIGH_ADD, link->name);
    g_autofree char *text = g_rand_boolean(self->rand) ? g_strdup_printf("10.84.%u.7", self->number)
                                                       : g_strdup_printf("2001:db8:84:%u::7", self->number);
    ifcfg_ip_parse(text, AF_UNSPEC, &op->neighbour.ip);
    op->neighbour.is_proxy = g_rand_boolean(self->rand);
    if (!op->neighbour.is_proxy)
        op->neighbour.mac = (IfcfgMac){.bytes = {2, 0, 0, 0, 0x84, (guint8)self->number}, .length = 6};
    return op;
}

static NetOp *make_one(const Maker *self)
{
    const ObservedLink *link = random_link(self);
    g_autofree char *network = link ? network_of(self, link) : NULL;
    switch (link ? g_rand_int_range(self->rand, 0, 6) : 5) {
    case 0:
    case 1:
        return make_address(self, link, network);
    case 2:
    case 3:
        return make_route(self, link, network);
    case 4:
        if (!(link->flags & IFF_LOOPBACK)) /* where all have one entry */
            return make_neighbour(self, link);
        G_GNUC_FALLTHROUGH;
    default:
        return make_rule(self);
    }
}

GPtrArray *random_foreign(GRand *rand, const NetObserved *picture, NetPool *pool)
{
    IfcfgRtNames *names = ifcfg_rtnames_load("/nonexistent");
    GPtrArray *ops = g_ptr_array_new();
    guint n = (guint)g_rand_int_range(rand, 0, AT_MOST + 1);
    net_pool_keep(pool, names, (GDestroyNotify)ifcfg_rtnames_free);
    for (guint i = 0; i < n; i++) {
        Maker maker = {rand, picture, pool, names, i};
        g_ptr_array_add(ops, make_one(&maker));
    }
    return ops;
}

const NetOp *foreign_undo(const NetOp *op, NetPool *pool)
{
    NetOp *undo = net_pool_keep(pool, g_memdup2(op, sizeof *op), g_free);
    undo->type = op->type == NET_OP_ADDR_ADD    ? NET_OP_ADDR_DELETE
                 : op->type == NET_OP_ROUTE_ADD ? NET_OP_ROUTE_DELETE
                                                : NET_OP_RULE_DELETE;
    return undo;
}
