/* What the builders send is what the observers read: addresses, routes and rules make the round trip without
 * a kernel; and the running kernel's own picture has a loopback device. */
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/observe.h"
#include "apply/system.h"
#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <string.h>

static NlBatch *batch;
static NlLinks *links;

static NetObserved *picture_with_lo(void)
{
    NetObserved *observed = net_observed_new();

    net_observed_add_link(observed, observed_link_new("lo", (int)if_nametoindex("lo")));
    return observed;
}

static void test_route(gconstpointer data)
{
    const char *const text = data;
    int family =
        g_str_has_prefix(text, "2001:") ? AF_INET6 : AF_INET; /* of the destination; `via inet6` is another */
    g_autoptr(IfcfgRtNames) names = ifcfg_rtnames_load("/");
    g_autoptr(IfcfgRoute) wanted = ifcfg_route_parse(text, family, names, (IfcfgWhere){0}, NULL), got = NULL;
    g_autoptr(NetObserved) observed = picture_with_lo();
    g_autoptr(GError) error = NULL;
    NetOp op = {.type = NET_OP_ROUTE_ADD, .dev = "lo", .route = wanted};
    struct nl_msg *msg;

    g_assert_nonnull(wanted);
    msg = nl_route_add(links, &op, &error);
    g_assert_no_error(error);
    got = observe_route_parse(nlmsg_hdr(msg), observed);
    nlmsg_free(msg);
    g_assert_nonnull(got);
    g_assert_true(ifcfg_prefix_equal(&got->to, &wanted->to));
    g_assert_cmpint(got->metric, ==, wanted->metric);
    g_assert_cmpuint(got->table, ==, ifcfg_route_table(wanted));
    g_assert_cmpuint(got->protocol, ==, wanted->protocol ? wanted->protocol : RTPROT_BOOT);
    g_assert_cmpmem(got->metrics, sizeof got->metrics, wanted->metrics, sizeof wanted->metrics);
    net_observed_add_route(observed, g_steal_pointer(&got));
    g_assert_nonnull(net_observed_route(observed, wanted, "lo"));
}

static const char *const routes[] = {
    "10.1.0.0/16 via 10.0.0.1 dev lo",
    "default via 10.0.0.1 metric 7",
    "192.0.2.1 dev lo table 100 src 127.0.0.1 proto static",
    "blackhole 10.9.0.0/16",
    "unreachable 10.8.0.0/16 metric 3",
    "10.2.0.0/16 via 10.0.0.1 mtu lock 1400 advmss 1300 onlink",
    "10.3.0.0/16 nexthop via 10.0.0.1 dev lo weight 2 nexthop via 10.0.0.2 dev lo weight 3",
    "10.4.0.0/16 via inet6 fe80::1 dev lo",
    "2001:db8::/32 via fe80::1 dev lo metric 5",
    "10.5.0.0/16 via 10.0.0.1 encap mpls 100/200 ttl 0",
    "10.6.0.0/16 dev lo encap ip id 9 dst 192.0.2.7 key",
    "10.7.0.0/16 nexthop via 10.0.0.1 encap mpls 100 nexthop via 10.0.0.2 encap ip6 dst fd00::1 tc 3",
    "2001:db8::/32 dev lo metric 5 encap seg6 mode inline segs 2001:db8::1,2001:db8::2 hmac 5",
};

static void test_rule(gconstpointer data)
{
    const char *const text = data;
    g_autoptr(IfcfgRtNames) names = ifcfg_rtnames_load("/");
    g_autoptr(IfcfgRule) wanted =
        ifcfg_rule_parse(text, strchr(text, ':') ? AF_INET6 : AF_INET, names, (IfcfgWhere){0}, NULL);
    g_autoptr(NetObserved) observed = net_observed_new();
    NetOp op = {.type = NET_OP_RULE_ADD, .rule = wanted};
    struct nl_msg *msg;
    IfcfgRule *got;

    g_assert_nonnull(wanted);
    msg = nl_rule_add(links, &op, NULL);
    got = observe_rule_parse(nlmsg_hdr(msg));
    nlmsg_free(msg);
    g_assert_nonnull(got);
    net_observed_add_rule(observed, got);
    g_assert_true(net_observed_has_rule(observed, wanted));
    got->table++; /* and not because everything is equal */
    got->target++;
    got->action = (guint8)(got->action + 1);
    g_assert_false(net_observed_has_rule(observed, wanted));
}

static const char *const rules[] = {
    "from 10.0.0.0/8 table 100 priority 50",
    "to 192.0.2.0/24 iif eth0 lookup 7 priority 51",
    "fwmark 0x1/0xff table 9 priority 52",
    "not from 10.1.0.0/16 oif eth1 table 8 priority 53",
    "ipproto tcp dport 80-90 table 5 priority 54",
    "from all lookup main suppress_prefixlength 0 priority 55",
    "from 10.2.0.0/16 prohibit priority 56",
    "from 2001:db8::/32 table 11 priority 57",
    "tun_id 77 table 12 priority 58",
};

static void test_address(void)
{
    NetAddress address = {.prefix.length = 24, .label = (char *)"lo:1", .scope = RT_SCOPE_UNIVERSE};
    NetOp op = {.type = NET_OP_ADDR_ADD, .dev = "lo", .address = &address};
    g_autofree char *broadcast = NULL;
    ObservedAddress *got;
    struct nl_msg *msg;

    g_assert_true(ifcfg_ip_parse("10.0.11.2", AF_INET, &address.prefix.ip));
    msg = nl_addr_add(links, &op, NULL);
    got = observe_addr_parse(nlmsg_hdr(msg));
    nlmsg_free(msg);
    g_assert_nonnull(got);
    broadcast = ifcfg_ip_format(&got->broadcast);
    g_assert_cmpint(got->ifindex, ==, (int)if_nametoindex("lo"));
    g_assert_true(ifcfg_prefix_equal(&got->prefix, &address.prefix));
    g_assert_cmpstr(got->label, ==, "lo:1");
    g_assert_cmpstr(broadcast, ==, "10.0.11.255");
    g_free(got->label);
    g_free(got);
}

static ObservedAddress *add_address6(NetObserved *picture, const char *text, guint8 protocol)
{
    ObservedAddress *address = g_new0(ObservedAddress, 1);
    address->ifindex = 2;
    address->flags = IFA_F_MANAGETEMPADDR;
    address->protocol = protocol;
    g_assert_true(ifcfg_prefix_parse(text, AF_INET6, &address->prefix));
    net_observed_add_address(picture, address);
    return address;
}

/* One that makes temporary addresses comes from a router on kernels that do not say so; on all others it can
 * be somebody's, also when it is told of before the first that a router gave. */
static void test_origin(void)
{
    g_autoptr(NetObserved) picture = net_observed_new();
    const ObservedAddress *one = add_address6(picture, "2001:db8::1/64", 0);
    g_assert_true(net_observed_address_is_kernels(one));
    g_assert_true(
        net_observed_address_is_kernels(add_address6(picture, "2001:db8::2/64", NET_ADDRESS_ROUTER)));
    g_assert_false(net_observed_address_is_kernels(one));
    g_assert_false(net_observed_address_is_kernels(add_address6(picture, "2001:db8::3/64", 0)));
}

static void put_link(struct nl_msg *msg, const char *name, const guint8 *mac)
{
    nla_put_string(msg, IFLA_IFNAME, name);
    nla_put(msg, IFLA_ADDRESS, 6, mac);
    nla_put_u32(msg, IFLA_MTU, 1500);
    nla_put_u8(msg, IFLA_CARRIER, 1);
}

/* A veth has no permanent address of its own: the bond remembers it. */
static void test_port(void)
{
    static const guint8 now[] = {2, 0, 0, 0, 0, 1}, permanent[] = {2, 0, 0, 0, 0, 9};
    struct nl_msg *msg = nl_link_message(RTM_NEWLINK, 0, 5, IFF_UP, 0);
    g_autoptr(ObservedLink) link = NULL;
    struct nlattr *info, *data;

    put_link(msg, "eth0", now);
    nla_put_u32(msg, IFLA_MASTER, 8);
    nla_put_u32(msg, IFLA_LINK, 4);
    info = nla_nest_start(msg, IFLA_LINKINFO);
    nla_put_string(msg, IFLA_INFO_KIND, "veth");
    nla_put_string(msg, IFLA_INFO_SLAVE_KIND, "bond");
    data = nla_nest_start(msg, IFLA_INFO_SLAVE_DATA);
    nla_put(msg, IFLA_BOND_SLAVE_PERM_HWADDR, 6, permanent);
    nla_put_u16(msg, IFLA_BOND_SLAVE_QUEUE_ID, 3);
    nla_nest_end(msg, data);
    nla_nest_end(msg, info);
    link = observe_link_parse(links, nlmsg_hdr(msg));
    nlmsg_free(msg);
    g_assert_cmpstr(link->port_kind, ==, "bond");
    g_assert_cmpint(link->master, ==, 8);
    g_assert_cmpint(link->lower, ==, 0); /* the peer of a veth is not below it */
    g_assert_cmpstr(link_values_find(link->port, "queue_id"), ==, "3");
    g_assert_null(link_values_find(link->port, "prio"));
    g_assert_cmpmem(link->perm_mac.bytes, 6, permanent, 6);
    g_assert_cmpmem(link->mac.bytes, 6, now, 6);
}

static ObservedLink *link_with(const char *qdisc, guint8 attached)
{
    static const guint8 mac[] = {2, 0, 0, 0, 0, 1};
    struct nl_msg *msg = nl_link_message(RTM_NEWLINK, 0, 5, IFF_UP, 0);
    put_link(msg, "eth0", mac);
    nla_put_string(msg, IFLA_QDISC, qdisc);
    struct nlattr *xdp = nla_nest_start(msg, IFLA_XDP);
    nla_put_u8(msg, IFLA_XDP_ATTACHED, attached);
    nla_nest_end(msg, xdp);
    ObservedLink *link = observe_link_parse(links, nlmsg_hdr(msg));
    nlmsg_free(msg);
    return link;
}

/* Only what somebody has chosen is told of. */
static void test_traffic_control(void)
{
    g_autoptr(ObservedLink) plain = link_with("fq_codel", XDP_ATTACHED_NONE),
                            ruled = link_with("tbf", XDP_ATTACHED_SKB);
    g_assert_null(plain->qdisc);
    g_assert_false(plain->has_xdp);
    g_assert_cmpstr(ruled->qdisc, ==, "tbf");
    g_assert_true(ruled->has_xdp);
}

static const char *bond_value_of(const ObservedLink *link, const char *name)
{
    return link_values_find(link->own, name);
}

static void test_bond(void)
{
    static const guint8 mac[] = {2, 0, 0, 0, 0, 1};
    struct nl_msg *msg = nl_link_message(RTM_NEWLINK, 0, 5, IFF_UP, 0);
    g_autoptr(ObservedLink) link = NULL;
    struct nlattr *info, *data;

    put_link(msg, "bond0", mac);
    info = nla_nest_start(msg, IFLA_LINKINFO);
    nla_put_string(msg, IFLA_INFO_KIND, "bond");
    data = nla_nest_start(msg, IFLA_INFO_DATA);
    nla_put_u8(msg, IFLA_BOND_MODE, 1);
    nla_put_u32(msg, IFLA_BOND_MIIMON, 100);
    nla_put_u8(msg, IFLA_BOND_TLB_DYNAMIC_LB, 1);
    nla_nest_end(msg, data);
    nla_nest_end(msg, info);
    link = observe_link_parse(links, nlmsg_hdr(msg));
    nlmsg_free(msg);
    g_assert_cmpstr(link->kind, ==, "bond");
    g_assert_cmpstr(bond_value_of(link, "mode"), ==, "active-backup");
    g_assert_cmpstr(bond_value_of(link, "miimon"), ==, "100");
    g_assert_cmpstr(bond_value_of(link, "primary"), ==, "");       /* left out when unset */
    g_assert_cmpstr(bond_value_of(link, "arp_ip_target"), ==, ""); /* the same */
    g_assert_null(bond_value_of(link, "lacp_rate"));
    g_assert_null(bond_value_of(link, "lacp_strict")); /* not known to this kernel */
}

static void test_running_kernel(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(NetObserved) observed = net_observe(&error);
    const ObservedLink *lo;

    g_assert_no_error(error);
    lo = net_observed_link(observed, "lo");
    g_assert_nonnull(lo);
    g_assert_cmpint(lo->ifindex, ==, (int)if_nametoindex("lo"));
    g_assert_true(lo->flags & IFF_LOOPBACK);
    g_assert_cmpuint(lo->mtu, >, 0);
    for (guint i = 0; i < observed->routes->len; i++) {
        g_autofree char *text = ifcfg_route_format(g_ptr_array_index(observed->routes, i));
        g_assert_cmpuint(strlen(text), >, 0);
    }
}

/* One failing message among good ones: each gets its own answer, in order. */
static void ack_append(gpointer tag, int code, const char *text, gpointer data)
{
    g_string_append_printf(data, "%s%d%s ", (const char *)tag, code != 0, text ? "t" : "");
}

static void test_batch(void)
{
    g_autoptr(GString) heard = g_string_new(NULL), expected = g_string_new(NULL);

    for (guint i = 0; i < 300; i++) { /* more than one chunk */
        int ifindex = i % 3 ? (int)if_nametoindex("lo") : 0x7ffffff0;
        struct nl_msg *msg = nl_link_message(RTM_GETLINK, 0, ifindex, 0, 0);
        nl_batch_append(batch, msg, (gpointer)(i % 2 ? "a" : "b"));
        g_string_append_printf(expected, "%s%d ", i % 2 ? "a" : "b", i % 3 == 0);
    }
    nl_batch_flush(batch, ack_append, heard);
    g_assert_cmpstr(heard->str, ==, expected->str);
    g_assert_cmpint(nl_batch_call(batch, NULL, NULL), ==, ENODEV);
}

/* A name is looked up by netlink when no dump had it, and not again. */
static void test_links(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GByteArray) nothing = g_byte_array_new();
    ObserveDumps dumps = {NULL};
    int lo = (int)if_nametoindex("lo");
    g_autofree char *name = NULL, *none = nl_links_name(links, 0x7ffffff0);

    nl_links_learn(links, nothing);
    g_assert_false(nl_links_has(links, "lo"));
    g_assert_cmpint(nl_links_index(links, "lo"), ==, lo);
    g_assert_true(nl_links_has(links, "lo"));
    name = nl_links_name(links, (guint32)lo);
    g_assert_cmpstr(name, ==, "lo");
    g_assert_null(none);
    nl_links_forget(links, "lo");
    g_assert_false(nl_links_has(links, "lo"));
    g_assert_true(observe_dump(batch, &dumps, NULL)); /* every dump of all links fills the table */
    observe_dumps_clear(&dumps);
    g_assert_true(nl_links_has(links, "lo"));
    g_assert_cmpint(nl_links_need(links, "no-such-dev", &error), ==, 0);
    g_assert_error(error, NET_ERROR, ENODEV);
    g_assert_cmpstr(error->message, ==, "Device no-such-dev does not seem to be present");
}

/* The plan looked at the device under its old name; nothing may be done to it or to who has that name now. */
static void test_renamed(void)
{
    g_autoptr(GError) error = NULL;
    int lo = (int)if_nametoindex("lo");

    nl_links_forget_all(links);
    g_assert_cmpint(nl_links_need(links, "lo", NULL), ==, lo);
    nl_links_note_name(links, lo, "eth7");
    g_assert_cmpint(nl_links_need(links, "lo", &error), ==, 0);
    g_assert_error(error, NET_ERROR, ENXIO);
    g_assert_nonnull(strstr(error->message, "lo was renamed to eth7"));
    nl_links_forget(links, "lo");
    g_assert_cmpint(nl_links_need(links, "lo", NULL), ==, lo);
    nl_links_forget_all(links);
}

static void add_cases(const char *path, const char *const *cases, guint n, GTestDataFunc function)
{
    for (guint i = 0; i < n; i++) {
        g_autofree char *name = g_strdup_printf("%s/%u", path, i);
        g_test_add_data_func(name, cases[i], function);
    }
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;

    g_test_init(&argc, &argv, NULL);
    batch = nl_batch_new(&error);
    g_assert_no_error(error);
    links = nl_batch_links(batch);
    add_cases("/observe/route", routes, G_N_ELEMENTS(routes), test_route);
    add_cases("/observe/rule", rules, G_N_ELEMENTS(rules), test_rule);
    g_test_add_func("/observe/address", test_address);
    g_test_add_func("/observe/origin-of-addresses", test_origin);
    g_test_add_func("/observe/port", test_port);
    g_test_add_func("/observe/traffic-control", test_traffic_control);
    g_test_add_func("/observe/bond", test_bond);
    g_test_add_func("/observe/running-kernel", test_running_kernel);
    g_test_add_func("/observe/batch", test_batch);
    g_test_add_func("/observe/links", test_links);
    g_test_add_func("/observe/renamed", test_renamed);
    int status = g_test_run();
    nl_batch_free(batch);
    return status;
}
