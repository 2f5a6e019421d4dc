/* What libnl-route's objects would cost beside our own reading and building: prints the processor time of
 * each kind of object, a line each. No kernel is asked: the messages are made here. */
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/observe.h"
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/route/addr.h>
#include <netlink/route/neighbour.h>
#include <netlink/route/route.h>
#include <netlink/route/rule.h>
#include <stdio.h>
#include <time.h>

enum { OBJECTS = 10000, TURNS = 20, ROUNDS = 5, IFINDEX = 1 };

/** The same objects, as files ask for them and as the kernel tells of them. */
typedef struct {
    NlLinks *links;
    NetObserved *picture; /* with the one device */
    IfcfgRtNames *names;
    NetOp ops[OBJECTS];
    struct nl_msg *messages[OBJECTS];
} Bench;

typedef void (*Work)(const Bench *bench, guint i);

static gint64 now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (gint64)now.tv_sec * 1000000000 + now.tv_nsec;
}

static IfcfgIp ip_of(guint number)
{
    return (IfcfgIp){.family = AF_INET, .bytes = {10, (guint8)(number >> 8), (guint8)number, 1}};
}

static struct nl_addr *addr_of(const IfcfgIp *ip, guint length)
{
    struct nl_addr *addr = nl_addr_build(ip->family, ip->bytes, ifcfg_ip_size(ip));
    nl_addr_set_prefixlen(addr, (int)length);
    return addr;
}

/* There is no other way to addresses, rules and nexthop objects; their parsers are the caches' own. */
static void object_drop(G_GNUC_UNUSED struct nl_object *object, gpointer data)
{
    ++*(guint *)data;
}

static void theirs_read(const Bench *bench, guint i)
{
    guint found = 0;
    nl_msg_parse(bench->messages[i], object_drop, &found);
}

/* --- routes --- */

static NetOp route_make(const Bench *bench, guint i)
{
    g_autofree char *text = g_strdup_printf("10.%u.%u.0/24 via 192.0.2.1 metric 100", i >> 8, i & 255);
    return (NetOp){.type = NET_OP_ROUTE_ADD,
                   .dev = "eth0",
                   .route = ifcfg_route_parse(text, AF_INET, bench->names, (IfcfgWhere){0}, NULL)};
}

static void route_read(const Bench *bench, guint i)
{
    ifcfg_route_free(observe_route_parse(nlmsg_hdr(bench->messages[i]), bench->picture));
}

static void route_read_theirs(const Bench *bench, guint i)
{
    struct rtnl_route *route = NULL;
    if (rtnl_route_parse(nlmsg_hdr(bench->messages[i]), &route) == 0)
        rtnl_route_put(route);
}

static struct nl_msg *route_build_theirs(const Bench *bench, const NetOp *op)
{
    const IfcfgNexthop *from = op->route->nexthops->pdata[0];
    struct rtnl_route *object = rtnl_route_alloc();
    struct rtnl_nexthop *hop = rtnl_route_nh_alloc();
    struct nl_addr *to = addr_of(&op->route->to.ip, op->route->to.length), *via = addr_of(&from->via, 32);
    struct nl_msg *msg = NULL;
    rtnl_route_set_family(object, op->route->to.ip.family);
    rtnl_route_set_dst(object, to);
    rtnl_route_set_table(object, RT_TABLE_MAIN);
    rtnl_route_set_protocol(object, RTPROT_BOOT);
    rtnl_route_set_priority(object, (guint32)op->route->metric);
    rtnl_route_nh_set_gateway(hop, via);
    rtnl_route_nh_set_ifindex(hop, nl_links_index(bench->links, op->dev));
    rtnl_route_add_nexthop(object, hop);
    rtnl_route_build_add_request(object, NLM_F_CREATE | NLM_F_EXCL, &msg);
    nl_addr_put(to);
    nl_addr_put(via);
    rtnl_route_put(object);
    return msg;
}

/* --- rules --- */

static NetOp rule_make(const Bench *bench, guint i)
{
    g_autofree char *text =
        g_strdup_printf("from 10.%u.%u.0/24 iif eth0 table 100 priority %u", i >> 8, i & 255, i);
    return (NetOp){.type = NET_OP_RULE_ADD,
                   .dev = "eth0",
                   .rule = ifcfg_rule_parse(text, AF_INET, bench->names, (IfcfgWhere){0}, NULL)};
}

static void rule_read(const Bench *bench, guint i)
{
    ifcfg_rule_free(observe_rule_parse(nlmsg_hdr(bench->messages[i])));
}

static struct nl_msg *rule_build_theirs(G_GNUC_UNUSED const Bench *bench, const NetOp *op)
{
    struct rtnl_rule *object = rtnl_rule_alloc();
    struct nl_addr *from = addr_of(&op->rule->from.ip, op->rule->from.length);
    struct nl_msg *msg = NULL;
    rtnl_rule_set_family(object, op->rule->family);
    rtnl_rule_set_src(object, from);
    rtnl_rule_set_iif(object, op->rule->iif);
    rtnl_rule_set_table(object, op->rule->table);
    rtnl_rule_set_prio(object, op->rule->priority);
    rtnl_rule_set_action(object, op->rule->action);
    rtnl_rule_build_add_request(object, NLM_F_CREATE | NLM_F_EXCL, &msg);
    nl_addr_put(from);
    rtnl_rule_put(object);
    return msg;
}

/* --- addresses --- */

static NetOp address_make(G_GNUC_UNUSED const Bench *bench, guint i)
{
    NetAddress *address = g_new0(NetAddress, 1);
    address->prefix = (IfcfgPrefix){ip_of(i), 24};
    address->label = g_strdup("eth0");
    address->flags = IFA_F_NOPREFIXROUTE;
    address->valid = address->preferred = G_MAXUINT32;
    return (NetOp){.type = NET_OP_ADDR_ADD, .dev = "eth0", .address = address};
}

static void address_read(const Bench *bench, guint i)
{
    ObservedAddress *address = observe_addr_parse(nlmsg_hdr(bench->messages[i]));
    g_free(address->label);
    g_free(address);
}

static struct nl_msg *address_build_theirs(const Bench *bench, const NetOp *op)
{
    struct rtnl_addr *object = rtnl_addr_alloc();
    IfcfgIp all = ifcfg_prefix_broadcast(&op->address->prefix);
    struct nl_addr *local = addr_of(&op->address->prefix.ip, op->address->prefix.length),
                   *broadcast = addr_of(&all, 32);
    struct nl_msg *msg = NULL;
    rtnl_addr_set_ifindex(object, nl_links_index(bench->links, op->dev));
    rtnl_addr_set_local(object, local);
    rtnl_addr_set_broadcast(object, broadcast);
    rtnl_addr_set_label(object, op->address->label);
    rtnl_addr_set_flags(object, op->address->flags);
    rtnl_addr_set_valid_lifetime(object, op->address->valid);
    rtnl_addr_set_preferred_lifetime(object, op->address->preferred);
    rtnl_addr_build_add_request(object, NLM_F_CREATE | NLM_F_REPLACE, &msg);
    nl_addr_put(local);
    nl_addr_put(broadcast);
    rtnl_addr_put(object);
    return msg;
}

/* --- neighbours --- */

static NetOp neighbour_make(G_GNUC_UNUSED const Bench *bench, guint i)
{
    return (NetOp){.type = NET_OP_NEIGH_ADD,
                   .dev = "eth0",
                   .neighbour = {.ip = ip_of(i), .mac = {.length = 6, .bytes = {2, 0, 0, 0, 0, 1}}}};
}

static void neighbour_read(const Bench *bench, guint i)
{
    ObservedNeighbour neighbour = {0};
    observe_neighbour_parse(nlmsg_hdr(bench->messages[i]), &neighbour);
}

static void neighbour_read_theirs(const Bench *bench, guint i)
{
    struct rtnl_neigh *neighbour = NULL;
    if (rtnl_neigh_parse(nlmsg_hdr(bench->messages[i]), &neighbour) == 0)
        rtnl_neigh_put(neighbour);
}

static struct nl_msg *neighbour_build_theirs(const Bench *bench, const NetOp *op)
{
    struct rtnl_neigh *object = rtnl_neigh_alloc();
    struct nl_addr *to = addr_of(&op->neighbour.ip, 32),
                   *mac = nl_addr_build(AF_LLC, op->neighbour.mac.bytes, op->neighbour.mac.length);
    struct nl_msg *msg = NULL;
    rtnl_neigh_set_ifindex(object, nl_links_index(bench->links, op->dev));
    rtnl_neigh_set_dst(object, to);
    rtnl_neigh_set_lladdr(object, mac);
    rtnl_neigh_set_state(object, NUD_PERMANENT);
    rtnl_neigh_build_add_request(object, NLM_F_CREATE | NLM_F_REPLACE, &msg);
    nl_addr_put(to);
    nl_addr_put(mac);
    rtnl_neigh_put(object);
    return msg;
}

/* --- nexthop objects --- */

static NetOp nexthop_make(G_GNUC_UNUSED const Bench *bench, guint i)
{
    NetNexthop *nexthop = g_new0(NetNexthop, 1);
    *nexthop = (NetNexthop){.id = i + 1, .via = ip_of(i), .dev = g_strdup("eth0")};
    return (NetOp){.type = NET_OP_NEXTHOP_SET, .dev = "eth0", .nexthop = {.item = nexthop}};
}

static void nexthop_read(const Bench *bench, guint i)
{
    net_nexthop_free(observe_nexthop_parse(nlmsg_hdr(bench->messages[i]), bench->picture));
}

/* --- the table --- */

typedef struct {
    const char *what;
    NetOp (*make)(const Bench *bench, guint i);
    Work read, read_theirs;
    struct nl_msg *(*build)(NlLinks *links, const NetOp *op, GError **error);
    struct nl_msg *(*build_theirs)(const Bench *bench, const NetOp *op); /* NULL: the library cannot */
} Kind;

static const Kind kinds[] = {
    {"route", route_make, route_read, route_read_theirs, nl_route_add, route_build_theirs},
    {"rule", rule_make, rule_read, theirs_read, nl_rule_add, rule_build_theirs},
    {"address", address_make, address_read, theirs_read, nl_addr_add, address_build_theirs},
    {"neighbour", neighbour_make, neighbour_read, neighbour_read_theirs, nl_neighbour_add,
     neighbour_build_theirs},
    {"nexthop object", nexthop_make, nexthop_read, theirs_read, nl_nexthop_set, NULL},
};

static double ns_of(const Bench *bench, Work work)
{
    gint64 begin = now_ns();
    for (guint turn = 0; turn < TURNS; turn++)
        for (guint i = 0; i < OBJECTS; i++)
            work(bench, i);
    return (double)(now_ns() - begin) / TURNS / OBJECTS;
}

static const Kind *built; /* whose messages are made */

static void ours_build(const Bench *bench, guint i)
{
    nlmsg_free(built->build(bench->links, &bench->ops[i], NULL));
}

static void theirs_build(const Bench *bench, guint i)
{
    nlmsg_free(built->build_theirs(bench, &bench->ops[i]));
}

/* The least of some rounds, ours and theirs by turns: what else the machine does comes on top. */
static void compare(const Bench *bench, const char *what, const char *done, Work ours, Work theirs)
{
    double least[2] = {G_MAXDOUBLE, G_MAXDOUBLE};
    for (guint round = 0; round < ROUNDS; round++) {
        least[0] = MIN(least[0], ns_of(bench, ours));
        least[1] = theirs ? MIN(least[1], ns_of(bench, theirs)) : 0;
    }
    printf("%s %s: by us %.0f ns, ", what, done, least[0]);
    if (theirs)
        printf("by libnl-route %.0f ns: %.2f times\n", least[1], least[1] / least[0]);
    else
        printf("by libnl-route not possible\n");
}

/* What has no parser in this libnl (nexthop objects before 3.8). */
static gboolean is_known(const Bench *bench)
{
    guint found = 0;
    return nl_msg_parse(bench->messages[0], object_drop, &found) == 0 && found;
}

static void kind_measure(Bench *bench, const Kind *kind)
{
    built = kind;
    for (guint i = 0; i < OBJECTS; i++) {
        bench->ops[i] = kind->make(bench, i);
        bench->messages[i] = kind->build(bench->links, &bench->ops[i], NULL);
        nlmsg_set_proto(bench->messages[i], NETLINK_ROUTE);
    }
    compare(bench, kind->what, "read", kind->read, is_known(bench) ? kind->read_theirs : NULL);
    compare(bench, kind->what, "built", ours_build, kind->build_theirs ? theirs_build : NULL);
    for (guint i = 0; i < OBJECTS; i++)
        nlmsg_free(bench->messages[i]);
}

static void learn_eth0(NlLinks *links)
{
    g_autoptr(GByteArray) dump = g_byte_array_new();
    struct nl_msg *msg = nl_link_message(RTM_NEWLINK, 0, IFINDEX, 0, 0);
    nla_put_string(msg, IFLA_IFNAME, "eth0");
    g_byte_array_append(dump, (const guint8 *)nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len);
    nl_links_learn(links, dump);
    nlmsg_free(msg);
}

int main(void)
{
    static Bench bench;
    bench.links = nl_links_new(NULL);
    bench.picture = net_observed_new();
    bench.names = ifcfg_rtnames_load("/nonexistent");
    learn_eth0(bench.links);
    net_observed_add_link(bench.picture, observed_link_new("eth0", IFINDEX));
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        kind_measure(&bench, &kinds[i]);
    return 0;
}
