/* Lines of route files: what they mean, and what is said about those that mean nothing. */
#include "route-cases.h"
#include <linux/rtnetlink.h>

static char *route_line_format(const char *line, int family, const IfcfgRtNames *names, const char *file,
                               IfcfgProblems *problems)
{
    IfcfgWhere where = {g_intern_string(file), 1, 1};
    g_autoptr(IfcfgRoute) route = ifcfg_route_parse(line, family, names, where, problems);
    return route ? ifcfg_route_format(route) : NULL;
}

#define INET "10.0.0.0/8 via 192.0.2.1"

static const LineCase good[] = {
    {AF_INET, INET, INET, NULL},
    {AF_INET, "default via 192.0.2.1 dev eth0 metric 100", "default via 192.0.2.1 dev eth0 metric 100", NULL},
    {AF_INET, "0.0.0.0/0 via 192.0.2.1", "default via 192.0.2.1", NULL},
    {AF_INET, "via 192.0.2.1 to 10/8", INET, NULL},
    {AF_INET, "to default via 192.0.2.1", "default via 192.0.2.1", NULL},
    {AF_INET, "10.0.0.0/255.0.0.0 via 192.0.2.1", INET, NULL},
    {AF_INET, "10.0.0.7 via 192.0.2.1", "10.0.0.7/32 via 192.0.2.1", NULL},
    {AF_INET, "10.0.0.0/8", "10.0.0.0/8", NULL},
    /* what people write around it */
    {AF_INET, "ip route add " INET, INET, NULL},
    {AF_INET, "/sbin/ip -4 route add " INET, INET, NULL},
    {AF_INET, "\t add " INET "  # remark", INET, NULL},
    {AF_INET, "route add " INET "\r", INET, NULL},
    {AF_INET, "10.0.0.0/8 \\\n  via 192.0.2.1", INET, NULL},
    /* synonyms and abbreviations */
    {AF_INET, "10.0.0.0/8 oif eth1 preference 0x10", "10.0.0.0/8 dev eth1 metric 16", NULL},
    {AF_INET, "10.0.0.0/8 dev eth1 realms 3/cosmos", "10.0.0.0/8 dev eth1 realms 3/0", NULL},
    {AF_INET, "10.0.0.0/8 dev eth1 realm 7", "10.0.0.0/8 dev eth1 realms 0/7", NULL},
    {AF_INET, "10.0.0.0/8 nhid 7 metric 3", "10.0.0.0/8 nhid 7 metric 3", NULL},
    {AF_INET6, "default via fe80::1 dev eth0 pref low expires 60",
     "default via fe80::1 dev eth0 pref low expires 60", NULL},
    {AF_INET6, "default via fe80::1 dev eth0 pref medium", "default via fe80::1 dev eth0", NULL},
    {AF_INET, "10.0.0.0/8 dev eth1 priority 010", "10.0.0.0/8 dev eth1 metric 8", NULL},
    {AF_INET, "10.0.0.0/8 met 5 tab 7 prot static", "10.0.0.0/8 metric 5 table 7 proto static", NULL},
    {AF_INET, "10.0.0.0/8 tos 10", "10.0.0.0/8 tos 0x10", NULL},
    {AF_INET, "10.0.0.0/8 dsfield EF", "10.0.0.0/8 tos 0xb8", NULL},
    {AF_INET, INET " table 254", INET " table main", NULL},
    {AF_INET, INET " table 0", INET " table main", NULL},
    {AF_INET, INET " src 192.0.2.7 scope global proto 66", INET " src 192.0.2.7 proto 66 scope global", NULL},
    {AF_INET, INET " onlink pervasive linkdown", INET " onlink", NULL},
    {AF_INET, "10.0.0.0/8 via 0.0.0.0 dev eth0", "10.0.0.0/8 dev eth0", NULL},
    {AF_INET, "10.0.0.0/8 via inet 192.0.2.1", INET, NULL},
    {AF_INET, "10.0.0.0/8 via inet6 fe80::1 dev eth0", "10.0.0.0/8 via inet6 fe80::1 dev eth0", NULL},
    {AF_INET, "10.0.0.0/8 dev \\#a\\\\b congctl \\#c", "10.0.0.0/8 dev \\#a\\\\b congctl \\#c", NULL},
    /* types */
    {AF_INET, "blackhole 10.0.0.0/8", "blackhole 10.0.0.0/8", NULL},
    {AF_INET, "to unreachable default metric 9", "unreachable default metric 9", NULL},
    {AF_INET, "prohibit 10.0.0.0/8", "prohibit 10.0.0.0/8", NULL},
    {AF_INET, "throw 10.0.0.0/8 table 5", "throw 10.0.0.0/8 table 5", NULL},
    {AF_INET, "unicast " INET, INET, NULL},
    {AF_INET, "brd 10.0.0.255 dev eth0", "broadcast 10.0.0.255/32 dev eth0", NULL},
    {AF_INET, "local 10.0.0.2 dev eth0 scope host table local",
     "local 10.0.0.2/32 dev eth0 table local scope host", NULL},
    /* metrics; a number without a unit is the kernel's own, rtt counts eighths and rttvar quarters */
    {AF_INET, INET " mtu lock 1400 advmss 1360", INET " mtu lock 1400 advmss 1360", NULL},
    {AF_INET, INET " rtt 30ms rttvar 1s", INET " rtt 240 rttvar 4000", NULL},
    {AF_INET, INET " rtt 30 rttvar 7", INET " rtt 30 rttvar 7", NULL},
    {AF_INET, INET " rto_min 0.2s", INET " rto_min 200", NULL},
    {AF_INET, INET " rto_min 0.1ms", INET " rto_min 1", NULL},
    {AF_INET, INET " win 65535 cwnd 3 initcwnd 20 initrwnd 20",
     INET " window 65535 cwnd 3 initcwnd 20 initrwnd 20", NULL},
    {AF_INET, INET " hoplimit 64 reordering 5 ssthresh 9", INET " hoplimit 64 reordering 5 ssthresh 9", NULL},
    {AF_INET, INET " quickack 1 features ecn fastopen_no_cookie 1",
     INET " features ecn quickack 1 fastopen_no_cookie 1", NULL},
    {AF_INET, INET " congctl lock cubic", INET " congctl lock cubic", NULL},
    {AF_INET, INET " mtu lock 1400 mtu 1500", INET " mtu 1500", NULL},
    /* several paths */
    {AF_INET, "default nexthop via 192.0.2.1 dev eth0 weight 3 nexthop via 192.0.2.2 dev eth1",
     "default nexthop via 192.0.2.1 dev eth0 weight 3 nexthop via 192.0.2.2 dev eth1 weight 1", NULL},
    {AF_INET, "default dev eth0 metric 5 nexthop via 192.0.2.1 onlink \\\nnexthop via 192.0.2.2 weight 256",
     "default metric 5 nexthop via 192.0.2.1 dev eth0 weight 1 onlink nexthop via 192.0.2.2 dev eth0 weight "
     "256",
     NULL},
    {AF_INET, "default nexthop via 192.0.2.1 weight 7", "default via 192.0.2.1", NULL},
    /* packets in packets; the words of a type end where another word begins, and are printed last */
    {AF_INET, "10.0.0.0/8 encap mpls 100/0x10 ttl 0 via 192.0.2.1 metric 5",
     "10.0.0.0/8 via 192.0.2.1 metric 5 encap mpls 100/16 ttl 0", NULL},
    {AF_INET, "10.0.0.0/8 encap ip id 5 dst 10.9.0.1 tos EF seq key dev eth0 src 10.0.0.1 tos 4 table 9",
     "10.0.0.0/8 dev eth0 src 10.0.0.1 table 9 tos 0x04 encap ip id 5 dst 10.9.0.1 tos 0xb8 key seq", NULL},
    {AF_INET, "10.0.0.0/8 encap ip dst 10.9.0.1 ttl 0", "10.0.0.0/8 encap ip dst 10.9.0.1", NULL},
    {AF_INET, "10.0.0.0/8 encap ip6 dst fd00::1 src fd00::2 hoplimit 7 tc 3 csum dev tun0",
     "10.0.0.0/8 dev tun0 encap ip6 src fd00::2 dst fd00::1 hoplimit 7 tc 0x03 csum", NULL},
    {AF_INET, "default nexthop encap mpls 5 via 10.0.0.1 nexthop via 10.0.0.2 encap mpls 6 ttl 9 weight 2",
     "default nexthop via 10.0.0.1 weight 1 encap mpls 5 nexthop via 10.0.0.2 weight 2 encap mpls 6 ttl 9",
     NULL},
    {AF_INET6, "fd00::/16 encap seg6 mode inline segs fd01::1,fd01::2 hmac 0x11 dev eth0",
     "fd00::/16 dev eth0 encap seg6 mode inline segs fd01::1,fd01::2 hmac 17", NULL},
    {AF_INET6, "fd00::/16 dev eth0 encap seg6 segs fd01::1 mode encap.red",
     "fd00::/16 dev eth0 encap seg6 mode encap.red segs fd01::1", NULL},
    {AF_INET6, "fd00::1 encap seg6local action End.DT6 table 9 dev eth0 table 8",
     "fd00::1/128 dev eth0 table 8 encap seg6local action End.DT6 table 9", NULL},
    {AF_INET6, "fd00::1 encap seg6local action End.X nh6 :: count dev eth0",
     "fd00::1/128 dev eth0 encap seg6local action End.X nh6 :: count", NULL},
    {AF_INET6, "fd00::1 encap seg6local action End.B6 srh segs fd01::1,fd01::2 hmac 9 dev eth0",
     "fd00::1/128 dev eth0 encap seg6local action End.B6 srh segs fd01::1,fd01::2 hmac 9", NULL},
    {AF_INET6, "fd00::1 encap seg6local action End.B6.Encaps srh segs fd01::1 dev eth0",
     "fd00::1/128 dev eth0 encap seg6local action End.B6.Encaps srh segs fd01::1", NULL},
    /* IPv6 */
    {AF_INET6, "2001:db8::/32 via fe80::1 dev eth0", "2001:db8::/32 via fe80::1 dev eth0", NULL},
    {AF_INET6, "-6 ::1", "::1/128", NULL},
    {AF_INET6, "::/0 dev eth0", "default dev eth0", NULL},
    {AF_INET6, "unreachable 2001:db8::/32 dev lo", "unreachable 2001:db8::/32", NULL},
};

#define OTHER_LINE " in a file for "

#define BY_HAND "a route that needs it is for a line of `ip route` in /sbin/ifup-local"

static const LineCase bad[] = {
    {AF_INET, "10.1.2.3/16 dev eth1", "10.1.0.0/16 dev eth1",
     "1:1: warning: \"10.1.2.3/16\" is an address inside a network, not a network: 10.1.0.0/16 is used"},
    {AF_INET, "", NULL, "1:1: error: this route has no destination: write NETWORK/LENGTH or \"default\""},
    {AF_INET, "via 192.0.2.1", NULL,
     "1:1: error: this route has no destination: write NETWORK/LENGTH or \"default\""},
    {AF_INET, "this is not", NULL, "1:1: error: \"this\" is not a word of \"ip route add\""},
    {AF_INET, "10.0.0.0/33", NULL, "1:1: error: \"10.0.0.0/33\" is not an IPv4 address or ADDRESS/LENGTH"},
    {AF_INET, "10.0.0.0/255.0.255.0", NULL,
     "1:1: error: \"10.0.0.0/255.0.255.0\" is not an IPv4 address or ADDRESS/LENGTH"},
    {AF_INET, "blackhole", NULL, "1:1: error: \"blackhole\" needs a value, but the line ends here"},
    {AF_INET, INET " 10.1.0.0/16", NULL,
     "1:26: error: \"10.1.0.0/16\" is neither a word of \"ip route add\" nor needed: the route already has a "
     "destination"},
    {AF_INET, "10.0.0.0/8  via", NULL, "1:13: error: \"via\" needs a value, but the line ends here"},
    {AF_INET, "10.0.0.0/8 via gateway", NULL,
     "1:16: error: \"gateway\" after \"via\" is not an IPv4 address"},
    {AF_INET, "10.0.0.0/8 \\\n via gateway", NULL,
     "2:6: error: \"gateway\" after \"via\" is not an IPv4 address"},
    {AF_INET, "10.0.0.0/8 via fe80::1", NULL,
     "1:16: error: an IPv6 gateway of an IPv4 route is written \"via inet6 fe80::1\""},
    {AF_INET, INET " src ::1", NULL,
     "1:30: error: \"::1\" is an IPv6 address, but an IPv4 address is needed here"},
    {AF_INET, INET " dev seventeen-letters", NULL,
     "1:30: error: \"seventeen-letters\" is not an interface name: an interface name has at most 15 "
     "characters"},
    {AF_INET, INET " metric -1", NULL,
     "1:33: error: \"-1\" after \"metric\" is not a number from 0 to 4294967295"},
    {AF_INET, INET " metric 4294967296", NULL,
     "1:33: error: \"4294967296\" after \"metric\" is not a number from 0 to 4294967295"},
    {AF_INET, INET " hoplimit 256", NULL,
     "1:35: error: \"256\" after \"hoplimit\" is not a number from 0 to 255"},
    {AF_INET, INET " quickack 2", NULL, "1:35: error: \"2\" after \"quickack\" is not a number from 0 to 1"},
    {AF_INET, INET " rto_min 5h", NULL, "1:34: error: \"5h\" is not a time: write it like 200ms or 1s"},
    {AF_INET, INET " features none", NULL,
     "1:35: error: \"none\" is not a feature: \"ecn\" and \"tcp_usec_ts\" are"},
    {AF_INET, INET " congctl sixteen-letters-", NULL,
     "1:34: error: \"sixteen-letters-\" is too long for the name of a congestion control algorithm"},
    {AF_INET, INET " table web", NULL,
     "1:32: error: no routing table is called \"web\": add a line \"NUMBER web\" to /etc/iproute2/rt_tables"},
    {AF_INET, INET " proto 256", NULL,
     "1:32: error: \"256\" is not a known routing protocol, nor a number up to 255"},
    {AF_INET, INET " encap", NULL, "1:26: error: \"encap\" needs a value, but the line ends here"},
    {AF_INET, INET " encap gre id 5", NULL,
     "1:32: error: \"gre\" is not an encapsulation: mpls, ip, ip6, seg6 and seg6local are"},
    {AF_INET, INET " encap bpf in prog", NULL, "1:32: error: \"bpf\" is not supported: " BY_HAND},
    {AF_INET, INET " encap ip vxlan_opts 1", NULL, "1:35: error: \"vxlan_opts\" is not supported: " BY_HAND},
    {AF_INET6, "default dev eth0 encap seg6local action End.DX2 oif eth1", NULL,
     "1:49: error: \"oif\" is not supported: " BY_HAND},
    {AF_INET, INET " encap mpls", NULL, "1:32: error: \"mpls\" needs a value, but the line ends here"},
    {AF_INET, INET " encap mpls 1048576", NULL,
     "1:37: error: \"1048576\" is not an MPLS label from 0 to 1048575, nor several as in 100/200"},
    {AF_INET, INET " encap mpls 5 ttl 256", NULL,
     "1:43: error: \"256\" after \"ttl\" is not a number from 0 to 255"},
    {AF_INET, INET " encap ip dst ::1", NULL,
     "1:39: error: \"::1\" is an IPv6 address, but an IPv4 address is needed here"},
    {AF_INET, INET " encap ip id 5 id 6", NULL, "1:40: error: \"id\" is given twice"},
    {AF_INET,
     "10.0.0.0/8 encap ip id 5 dst 10.9.0.1 src 10.9.0.2 tos 0x10 ttl 0 seq key src 10.0.0.1 dev eth0", NULL,
     "1:75: error: \"src\" is given twice"},
    {AF_INET, INET " encap ip key key", NULL, "1:39: error: \"key\" is given twice"},
    {AF_INET, INET " encap ip id 5 metric 3 encap ip id 6", NULL, "1:49: error: \"encap\" is given twice"},
    {AF_INET6, "default dev eth0 encap seg6 segs ::1", NULL, "1:1: error: \"encap seg6\" needs \"mode\""},
    {AF_INET6, "default dev eth0 encap seg6 mode encap", NULL, "1:1: error: \"encap seg6\" needs \"segs\""},
    {AF_INET6, "default dev eth0 encap seg6 mode red", NULL,
     "1:34: error: \"red\" is not one of inline, encap, encap.red, l2encap, l2encap.red"},
    {AF_INET6, "default dev eth0 encap seg6 mode encap segs ::1,10.0.0.1", NULL,
     "1:45: error: \"::1,10.0.0.1\" is not a list of IPv6 addresses A,B,C, at most 20"},
    {AF_INET6, "default dev eth0 encap seg6 mode encap segs ::1 segs ::2", NULL,
     "1:49: error: \"segs\" is given twice"},
    {AF_INET6, "default dev eth0 encap seg6local nh6 ::1", NULL,
     "1:1: error: \"encap seg6local\" needs \"action\""},
    {AF_INET6, "default dev eth0 encap seg6local action Start", NULL,
     "1:41: error: \"Start\" is not an action like End, End.X or End.DT6"},
    {AF_INET, "blackhole 10.0.0.0/8 encap mpls 5", NULL,
     "1:22: error: a route of type blackhole goes nowhere, so it can have no \"encap\""},
    {AF_INET, "10.0.0.0/8 nhid 5 encap mpls 5", NULL,
     "1:19: error: a route by a nexthop object has no gateway of its own"},
    {AF_INET, "10.0.0.0/8 encap mpls 5 nexthop via 10.0.0.1", NULL,
     "1:25: error: \"encap\" before the first \"nexthop\": write it behind the \"nexthop\" it is of"},
    {AF_INET6, "default via fe80::1 realms 5", NULL, "1:21: error: IPv6 has no realms"},
    {AF_INET, "10.0.0.0/8 nhid 0", NULL, "1:12: error: there is no nexthop object 0"},
    {AF_INET, "10.0.0.0/8 via 10.1.0.1 nhid 5", NULL,
     "1:12: error: a route by a nexthop object has no gateway of its own"},
    {AF_INET, INET " pref high", NULL, "1:26: error: only IPv6 routes have a preference and an end"},
    {AF_INET, INET " expires 5", NULL, "1:26: error: only IPv6 routes have a preference and an end"},
    {AF_INET6, "default via fe80::1 pref best", NULL,
     "1:26: error: \"best\" is not one of low, medium, high"},
    {AF_INET, "10.0.0.0/8 gw 192.0.2.1", NULL, "1:12: error: \"gw\" is not supported: write \"via\""},
    {AF_INET, "-net 10.0.0.0 netmask 255.0.0.0 gw 192.0.2.1", NULL,
     "1:1: error: \"-net\" is not supported: write the destination as NETWORK/LENGTH, as in \"10.0.0.0/8 via "
     "192.0.2.1\""},
    {AF_INET, "ip route del 10.0.0.0/8", NULL,
     "1:10: error: only the arguments of \"ip route add\" can stand here, not \"del\""},
    /* several paths */
    {AF_INET, "default via 192.0.2.1 via 192.0.2.2", NULL,
     "1:23: error: a second \"via\": several gateways are written as \"nexthop via A nexthop via B\""},
    {AF_INET, "default via 192.0.2.1 nexthop via 192.0.2.2", NULL,
     "1:23: error: \"via\" before the first \"nexthop\": give every gateway its \"nexthop via\""},
    {AF_INET, "default nexthop", NULL,
     "1:9: error: \"nexthop\" needs a gateway or a device, but the line ends here"},
    {AF_INET, "default via 192.0.2.1 weight 2", NULL, "1:23: error: \"weight\" belongs to a \"nexthop\""},
    {AF_INET, "default nexthop via 192.0.2.1 weight 0", NULL,
     "1:38: error: a weight is a number from 1 to 256"},
    {AF_INET, "unreachable 10.0.0.0/8 dev eth0", NULL,
     "1:24: error: a route of type unreachable goes nowhere, so it can have no \"dev\""},
    {AF_INET6, "blackhole 2001:db8::/32 via fe80::1", NULL,
     "1:25: error: a route of type blackhole goes nowhere, so it can have no \"via\""},
    /* the wrong file */
    {AF_INET, "2001:db8::/32 via fe80::1", NULL,
     "1:1: error: \"2001:db8::/32\" is IPv6" OTHER_LINE "IPv4: move the line to route6-eth0"},
    {AF_INET, "-6 default", NULL,
     "1:1: error: \"-6\" is IPv6" OTHER_LINE "IPv4: move the line to route6-eth0"},
};

static void test_good(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(good); i++)
        line_case_run(&good[i], route_line_format, "/etc/route-eth0");
}

static void test_bad(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        line_case_run(&bad[i], route_line_format, "/etc/route-eth0");
}

static void test_ipv4_in_ipv6_file(void)
{
    static const LineCase test = {AF_INET6, "10.0.0.0/8 dev eth0", NULL,
                                  "1:1: error: \"10.0.0.0/8\" is IPv4" OTHER_LINE
                                  "IPv6: move the line to route-eth0"};
    line_case_run(&test, route_line_format, "/etc/route6-eth0");
}

/* What the canonical form does not show. */
static void test_fields(void)
{
    IfcfgWhere where = {g_intern_static_string("route-eth0"), 7, 1};
    g_autoptr(IfcfgRoute) route = ifcfg_route_parse(
        "  add 10.0.0.0/8   via 192.0.2.1 rto_min 200 mtu lock 9 # x", AF_INET, NULL, where, NULL);
    g_assert_nonnull(route);
    g_assert_cmpuint(route->where.line, ==, 7);
    g_assert_cmpuint(route->metrics_lock, ==, 1U << RTAX_RTO_MIN | 1U << RTAX_MTU);
    g_assert_cmpuint(route->metrics_set, ==, 1U << RTAX_RTO_MIN | 1U << RTAX_MTU);
    g_assert_cmpuint(route->metrics[RTAX_RTO_MIN], ==, 200);
    g_assert_cmpint(route->scope, ==, -1);
    g_assert_cmpint(route->metric, ==, -1);
    g_assert_cmpuint(route->nexthops->len, ==, 1);
}

static void test_table(void)
{
    static const struct {
        const char *line;
        guint32 table;
    } cases[] = {{"10.0.0.0/8", RT_TABLE_MAIN},         {"10.0.0.0/8 table 500", 500},
                 {"local 10.0.0.1", RT_TABLE_LOCAL},    {"local 10.0.0.1 table main", RT_TABLE_MAIN},
                 {"brd 10.0.0.1", RT_TABLE_LOCAL},      {"anycast 10.0.0.1", RT_TABLE_LOCAL},
                 {"blackhole 10.0.0.1", RT_TABLE_MAIN}, {"multicast 224.0.0.0/4", RT_TABLE_MAIN}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(IfcfgRoute) route = ifcfg_route_parse(cases[i].line, AF_INET, NULL, (IfcfgWhere){}, NULL);
        g_assert_nonnull(route);
        g_assert_cmpuint(ifcfg_route_table(route), ==, cases[i].table);
    }
}

/* Lines of two routes, and whether the kernel takes one in place of the other. */
static void test_rivals(void)
{
    static const struct {
        const char *one, *other;
        int family;
        gboolean are;
    } pairs[] = {
        {"default via 10.0.0.1", "default dev eth1 metric 0", AF_INET, TRUE},
        {"default via 10.0.0.1", "unreachable default", AF_INET, TRUE},
        {"default via 10.0.0.1", "default via 10.0.0.1 metric 5", AF_INET, FALSE},
        {"default via 10.0.0.1", "default via 10.0.0.1 table 5", AF_INET, FALSE},
        {"default via 10.0.0.1 table main", "default via 10.0.0.2 table 254", AF_INET, TRUE},
        {"default via 10.0.0.1", "default via 10.0.0.1 tos 4", AF_INET, FALSE},
        {"10.0.0.0/8 dev eth0", "10.0.0.0/9 dev eth0", AF_INET, FALSE},
        {"default via fe80::1", "default via fe80::2 metric 1024", AF_INET6, TRUE},
        {"default via fe80::1", "default via fe80::1 metric 1", AF_INET6, FALSE},
    };

    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
        IfcfgWhere nowhere = {0};
        g_autoptr(IfcfgRoute) one = ifcfg_route_parse(pairs[i].one, pairs[i].family, NULL, nowhere, NULL);
        g_autoptr(IfcfgRoute) other = ifcfg_route_parse(pairs[i].other, pairs[i].family, NULL, nowhere, NULL);
        g_autofree char *key = ifcfg_route_key(one), *other_key = ifcfg_route_key(other);
        g_assert_cmpint(ifcfg_route_is_rival(one, other), ==, pairs[i].are);
        g_assert_cmpint(g_str_equal(key, other_key), ==, pairs[i].are);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/route/good", test_good);
    g_test_add_func("/route/bad", test_bad);
    g_test_add_func("/route/ipv4-in-ipv6-file", test_ipv4_in_ipv6_file);
    g_test_add_func("/route/fields", test_fields);
    g_test_add_func("/route/table", test_table);
    g_test_add_func("/route/rivals", test_rivals);
    return g_test_run();
}
