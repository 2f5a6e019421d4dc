/* What libnl-route would cost beside our own reading and building of routes: prints the processor time a
 * route. No kernel is asked: the messages are made here. */
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/observe.h"
#include <arpa/inet.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/route/route.h>
#include <stdio.h>
#include <time.h>

enum { ROUTES = 10000, TURNS = 20 };

static gint64 now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (gint64)now.tv_sec * 1000000000 + now.tv_nsec;
}

static struct nl_msg *message_new(guint number)
{
    struct rtmsg header = {.rtm_family = AF_INET,
                           .rtm_dst_len = 24,
                           .rtm_protocol = RTPROT_BOOT,
                           .rtm_type = RTN_UNICAST,
                           .rtm_table = RT_TABLE_MAIN};
    struct nl_msg *msg = nlmsg_alloc_size(256);
    nlmsg_put(msg, 0, 0, RTM_NEWROUTE, 0, 0);
    nlmsg_append(msg, &header, sizeof header, NLMSG_ALIGNTO);
    nla_put_u32(msg, RTA_TABLE, RT_TABLE_MAIN);
    nla_put_u32(msg, RTA_DST, htonl(0x0a000000u + (number << 8)));
    nla_put_u32(msg, RTA_GATEWAY, htonl(0xc0000201u));
    nla_put_u32(msg, RTA_PRIORITY, 100);
    nla_put_u32(msg, RTA_OIF, 1);
    return msg;
}

static void ours_read(struct nlmsghdr *header, const NetObserved *links)
{
    ifcfg_route_free(observe_route_parse(header, links));
}

static void theirs_read(struct nlmsghdr *header, G_GNUC_UNUSED const NetObserved *links)
{
    struct rtnl_route *route = NULL;
    if (rtnl_route_parse(header, &route) == 0)
        rtnl_route_put(route);
}

static double measure(void (*read)(struct nlmsghdr *header, const NetObserved *links),
                      struct nl_msg **messages, const NetObserved *links)
{
    gint64 begin = now_ns();
    for (guint turn = 0; turn < TURNS; turn++)
        for (guint i = 0; i < ROUTES; i++)
            read(nlmsg_hdr(messages[i]), links);
    return (double)(now_ns() - begin) / TURNS / ROUTES;
}

/* --- built: from what a file says, to a message --- */

typedef struct {
    NlLinks *links;
    GPtrArray *routes; /* IfcfgRoute* */
} Built;

static void ours_build(const Built *built, const IfcfgRoute *route)
{
    NetOp op = {.type = NET_OP_ROUTE_ADD, .dev = "eth0", .route = route};
    nlmsg_free(nl_route_add(built->links, &op, NULL));
}

static struct nl_addr *address_of(const IfcfgIp *ip, guint length)
{
    struct nl_addr *addr = nl_addr_build(ip->family, ip->bytes, ifcfg_ip_size(ip));
    nl_addr_set_prefixlen(addr, (int)length);
    return addr;
}

static void theirs_build(const Built *built, const IfcfgRoute *route)
{
    const IfcfgNexthop *from = g_ptr_array_index(route->nexthops, 0);
    struct rtnl_route *object = rtnl_route_alloc();
    struct rtnl_nexthop *hop = rtnl_route_nh_alloc();
    struct nl_addr *to = address_of(&route->to.ip, route->to.length), *via = address_of(&from->via, 32);
    struct nl_msg *msg = NULL;
    rtnl_route_set_family(object, route->to.ip.family);
    rtnl_route_set_dst(object, to);
    rtnl_route_set_table(object, RT_TABLE_MAIN);
    rtnl_route_set_protocol(object, RTPROT_BOOT);
    rtnl_route_set_priority(object, (guint32)route->metric);
    rtnl_route_nh_set_gateway(hop, via);
    rtnl_route_nh_set_ifindex(hop, nl_links_index(built->links, "eth0"));
    rtnl_route_add_nexthop(object, hop);
    if (rtnl_route_build_add_request(object, NLM_F_CREATE | NLM_F_EXCL, &msg) == 0)
        nlmsg_free(msg);
    nl_addr_put(to);
    nl_addr_put(via);
    rtnl_route_put(object);
}

static double measure_build(void (*build)(const Built *built, const IfcfgRoute *route), const Built *built)
{
    gint64 begin = now_ns();
    for (guint turn = 0; turn < TURNS; turn++)
        for (guint i = 0; i < built->routes->len; i++)
            build(built, g_ptr_array_index(built->routes, i));
    return (double)(now_ns() - begin) / TURNS / built->routes->len;
}

static void learn_eth0(NlLinks *links)
{
    g_autoptr(GByteArray) dump = g_byte_array_new();
    struct nl_msg *msg = nl_link_message(RTM_NEWLINK, 0, 1, 0, 0);
    nla_put_string(msg, IFLA_IFNAME, "eth0");
    g_byte_array_append(dump, (const guint8 *)nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len);
    nl_links_learn(links, dump);
    nlmsg_free(msg);
}

static void print_build(void)
{
    g_autoptr(GPtrArray) routes = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_route_free);
    Built built = {nl_links_new(NULL), routes};
    IfcfgRtNames *names = ifcfg_rtnames_load("/nonexistent");
    learn_eth0(built.links);
    for (guint i = 0; i < ROUTES; i++) {
        g_autofree char *text =
            g_strdup_printf("10.%u.%u.0/24 via 192.0.2.1 metric 100", i >> 8 & 255, i & 255);
        g_ptr_array_add(routes, ifcfg_route_parse(text, AF_INET, names, (IfcfgWhere){0}, NULL));
    }
    measure_build(theirs_build, &built); /* warms up */
    printf("; built by us %.0f ns, by libnl-route %.0f ns\n", measure_build(ours_build, &built),
           measure_build(theirs_build, &built));
    ifcfg_rtnames_free(names);
    nl_links_free(built.links);
}

int main(void)
{
    g_autoptr(NetObserved) links = net_observed_new();
    struct nl_msg **messages = g_new0(struct nl_msg *, ROUTES);
    net_observed_add_link(links, observed_link_new("eth0", 1));
    for (guint i = 0; i < ROUTES; i++)
        messages[i] = message_new(i);
    measure(theirs_read, messages, links); /* warms up */
    printf("a route read by us %.0f ns, by libnl-route %.0f ns", measure(ours_read, messages, links),
           measure(theirs_read, messages, links));
    for (guint i = 0; i < ROUTES; i++)
        nlmsg_free(messages[i]);
    g_free(messages);
    print_build();
    return 0;
}
