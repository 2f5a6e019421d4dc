/* Addresses, routes and rules as the kernel dumps them. */
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/observe.h"
#include "ifcfg-encap.h"
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <string.h>
#include <unistd.h>

enum { ADDR_ATTRS = NL_ADDR_PROTO };

static IfcfgIp attr_ip(const struct nlattr *attr, guint8 family)
{
    IfcfgIp ip = {.family = family};
    guint size = ifcfg_ip_size(&ip);

    if (!attr || nla_len(attr) < (int)size)
        return (IfcfgIp){0};
    memcpy(ip.bytes, nla_data(attr), size);
    return ip;
}

static guint32 attr_u32(const struct nlattr *attr, guint32 fallback)
{
    return attr && nla_len(attr) >= 4 ? nla_get_u32(attr) : fallback;
}

static void read_lifetimes(ObservedAddress *address, const struct nlattr *attr)
{
    const struct ifa_cacheinfo *info = attr && nla_len(attr) >= (int)sizeof *info ? nla_data(attr) : NULL;
    if (!info || (info->ifa_valid == G_MAXUINT32 && info->ifa_prefered == G_MAXUINT32))
        return;
    address->valid = info->ifa_valid;
    address->preferred = info->ifa_prefered;
}

ObservedAddress *observe_addr_parse(struct nlmsghdr *header)
{
    struct nlattr *attrs[ADDR_ATTRS + 1];
    const struct ifaddrmsg *info = nlmsg_data(header);
    const struct nlattr *own;
    ObservedAddress *address;

    if (header->nlmsg_type != RTM_NEWADDR || nlmsg_parse(header, sizeof *info, attrs, ADDR_ATTRS, NULL) < 0)
        return NULL;
    own = attrs[IFA_LOCAL] ? attrs[IFA_LOCAL] : attrs[IFA_ADDRESS];
    if (!own || (info->ifa_family != AF_INET && info->ifa_family != AF_INET6))
        return NULL;
    address = g_new0(ObservedAddress, 1);
    address->ifindex = (int)info->ifa_index;
    address->prefix.ip = attr_ip(own, info->ifa_family);
    address->prefix.length = info->ifa_prefixlen;
    address->broadcast = attr_ip(attrs[IFA_BROADCAST], info->ifa_family);
    address->label = attrs[IFA_LABEL] ? g_strdup(nla_get_string(attrs[IFA_LABEL])) : NULL;
    address->scope = info->ifa_scope;
    IfcfgIp other = attr_ip(attrs[IFA_ADDRESS], info->ifa_family);
    if (!ifcfg_ip_equal(&other, &address->prefix.ip))
        address->peer = other;
    address->metric = attr_u32(attrs[IFA_RT_PRIORITY], 0);
    address->protocol = attrs[NL_ADDR_PROTO] ? nla_get_u8(attrs[NL_ADDR_PROTO]) : 0;
    address->flags = attr_u32(attrs[IFA_FLAGS], info->ifa_flags);
    read_lifetimes(address, attrs[IFA_CACHEINFO]);
    return address;
}

static IfcfgIp attr_via(struct nlattr *const *attrs, guint8 family)
{
    const struct rtvia *via;

    if (attrs[RTA_GATEWAY])
        return attr_ip(attrs[RTA_GATEWAY], family);
    if (!attrs[RTA_VIA] || nla_len(attrs[RTA_VIA]) < (int)sizeof *via + 16)
        return (IfcfgIp){0};
    via = nla_data(attrs[RTA_VIA]);
    IfcfgIp ip = {.family = (guint8)via->rtvia_family};
    memcpy(ip.bytes, via->rtvia_addr, ifcfg_ip_size(&ip));
    return ip;
}

static IfcfgEncap *attr_encap(struct nlattr *const *attrs)
{
    struct nlattr *attr;
    int left;

    if (!attrs[RTA_ENCAP_TYPE] || !attrs[RTA_ENCAP])
        return NULL;
    IfcfgEncap *encap = ifcfg_encap_new(nla_get_u16(attrs[RTA_ENCAP_TYPE]));
    nla_for_each_nested(attr, attrs[RTA_ENCAP], left)
    {
        ifcfg_encap_note(encap, (guint)nla_type(attr), nla_data(attr), (gsize)nla_len(attr));
    }
    return encap;
}

static void add_nexthop(IfcfgRoute *route, const NetObserved *links, int ifindex, struct nlattr *const *attrs,
                        guint flags, guint weight)
{
    const ObservedLink *link = net_observed_link_by_index(links, ifindex);
    IfcfgNexthop *hop = g_new0(IfcfgNexthop, 1);

    hop->via = attr_via(attrs, route->to.ip.family);
    hop->encap = attr_encap(attrs);
    hop->dev = link ? g_strdup(link->name) : NULL;
    hop->weight = (guint8)MIN(weight, 255);
    hop->onlink = (flags & RTNH_F_ONLINK) != 0;
    hop->dead = (flags & RTNH_F_DEAD) != 0;
    g_ptr_array_add(route->nexthops, hop);
}

static void read_multipath(IfcfgRoute *route, const NetObserved *links, struct nlattr *list)
{
    int left = nla_len(list);

    for (struct rtnexthop *next = nla_data(list); RTNH_OK(next, left);
         left -= NLMSG_ALIGN(next->rtnh_len), next = RTNH_NEXT(next)) {
        struct nlattr *attrs[RTA_MAX + 1];
        int bytes = (int)(next->rtnh_len - sizeof *next);
        if (nla_parse(attrs, RTA_MAX, (struct nlattr *)RTNH_DATA(next), bytes, NULL) == 0)
            add_nexthop(route, links, next->rtnh_ifindex, attrs, next->rtnh_flags, next->rtnh_hops + 1u);
    }
}

static void read_metrics(IfcfgRoute *route, struct nlattr *list)
{
    struct nlattr *attr;
    int left;

    if (!list)
        return;
    nla_for_each_nested(attr, list, left)
    {
        int type = nla_type(attr);
        if (type == RTAX_CC_ALGO && !route->congctl)
            route->congctl = g_strdup(nla_get_string(attr));
        else if (type == RTAX_LOCK)
            route->metrics_lock = attr_u32(attr, 0);
        else if (type > 0 && type < 32) {
            route->metrics[type] = attr_u32(attr, 0);
            route->metrics_set |= 1u << type;
        }
    }
}

/* The devices of a VRF have them in its table, all others in the local one (fib_add_ifaddr()). */
static gboolean route_is_of_address(const struct rtmsg *info, guint32 table)
{
    gboolean is_own = info->rtm_type == RTN_LOCAL || info->rtm_type == RTN_BROADCAST ||
                      info->rtm_type == RTN_ANYCAST || info->rtm_type == RTN_MULTICAST;
    return info->rtm_protocol == RTPROT_KERNEL && (is_own || table == RT_TABLE_LOCAL);
}

/* What the kernel makes by itself for addresses, cached routes and foreign families are not for us to compare
 * with. */
static gboolean route_is_of_interest(const struct rtmsg *info, guint32 table)
{
    if (info->rtm_flags & RTM_F_CLONED || (info->rtm_family != AF_INET && info->rtm_family != AF_INET6))
        return FALSE;
    return !route_is_of_address(info, table);
}

static void read_path(IfcfgRoute *route, const NetObserved *links, struct nlattr *const *attrs, guint flags)
{
    if (attrs[RTA_MULTIPATH])
        read_multipath(route, links, attrs[RTA_MULTIPATH]);
    else if (attrs[RTA_OIF] || attrs[RTA_GATEWAY] || attrs[RTA_VIA])
        add_nexthop(route, links, (int)attr_u32(attrs[RTA_OIF], 0), attrs, flags, 0);
    else if (net_observed_route_nexthop(links, route)) /* net.ipv4.nexthop_compat_mode=0 */
        net_route_take_nexthop(route, net_observed_route_nexthop(links, route));
}

/* Of those that somebody has set; what a router gave is renewed all the time. */
static guint32 seconds_left(const struct rtmsg *info, const struct nlattr *attr)
{
    const struct rta_cacheinfo *cache = attr && nla_len(attr) >= (int)sizeof *cache ? nla_data(attr) : NULL;
    if (!cache || cache->rta_expires <= 0 || info->rtm_protocol == RTPROT_RA)
        return 0;
    return MAX(1, (guint32)cache->rta_expires / (guint32)sysconf(_SC_CLK_TCK));
}

IfcfgRoute *observe_route_parse(struct nlmsghdr *header, const NetObserved *links)
{
    struct nlattr *attrs[RTA_MAX + 1];
    const struct rtmsg *info = nlmsg_data(header);
    IfcfgRoute *route;
    guint32 table;

    if (header->nlmsg_type != RTM_NEWROUTE || nlmsg_parse(header, sizeof *info, attrs, RTA_MAX, NULL) < 0)
        return NULL;
    table = attr_u32(attrs[RTA_TABLE], info->rtm_table);
    if (!route_is_of_interest(info, table))
        return NULL;
    route = g_new0(IfcfgRoute, 1);
    route->to.ip = attr_ip(attrs[RTA_DST], info->rtm_family);
    route->to.ip.family = info->rtm_family;
    route->to.length = info->rtm_dst_len;
    route->src = attr_ip(attrs[RTA_PREFSRC], info->rtm_family);
    route->type = info->rtm_type;
    route->tos = info->rtm_tos;
    route->protocol = info->rtm_protocol;
    route->scope = info->rtm_scope;
    route->table = table;
    route->metric = attrs[RTA_PRIORITY] ? (gint64)nla_get_u32(attrs[RTA_PRIORITY]) : -1;
    route->realms = attr_u32(attrs[RTA_FLOW], 0);
    route->nhid = attr_u32(attrs[RTA_NH_ID], 0);
    route->pref = attrs[RTA_PREF] ? nla_get_u8(attrs[RTA_PREF]) : 0;
    route->expires = seconds_left(info, attrs[RTA_CACHEINFO]);
    route->nexthops = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_nexthop_free);
    read_metrics(route, attrs[RTA_METRICS]);
    read_path(route, links, attrs, info->rtm_flags);
    return route;
}

static void read_range(const struct nlattr *attr, guint16 *range)
{
    if (!attr || nla_len(attr) < (int)sizeof(struct fib_rule_port_range))
        return;
    const struct fib_rule_port_range *given = nla_data(attr);
    range[0] = given->start;
    range[1] = given->end;
}

static void read_users(const struct nlattr *attr, IfcfgRule *rule)
{
    if (!attr || nla_len(attr) < (int)sizeof(struct fib_rule_uid_range))
        return;
    const struct fib_rule_uid_range *given = nla_data(attr);
    rule->uid[0] = given->start;
    rule->uid[1] = given->end;
    rule->has_uid = TRUE;
}

static void read_selectors(IfcfgRule *rule, struct nlattr *const *attrs, const struct fib_rule_hdr *info)
{
    if (attrs[FRA_SRC])
        rule->from = (IfcfgPrefix){attr_ip(attrs[FRA_SRC], info->family), info->src_len};
    if (attrs[FRA_DST])
        rule->to = (IfcfgPrefix){attr_ip(attrs[FRA_DST], info->family), info->dst_len};
    rule->iif = attrs[FRA_IIFNAME] ? g_strdup(nla_get_string(attrs[FRA_IIFNAME])) : NULL;
    rule->oif = attrs[FRA_OIFNAME] ? g_strdup(nla_get_string(attrs[FRA_OIFNAME])) : NULL;
    rule->has_fwmark = attrs[FRA_FWMARK] != NULL;
    rule->fwmark = attr_u32(attrs[FRA_FWMARK], 0);
    rule->has_fwmask = attrs[FRA_FWMASK] != NULL;
    rule->fwmask = attr_u32(attrs[FRA_FWMASK], 0);
    rule->tun_id = attrs[FRA_TUN_ID] && nla_len(attrs[FRA_TUN_ID]) >= 8
                       ? GUINT64_FROM_BE(nla_get_u64(attrs[FRA_TUN_ID]))
                       : 0;
    rule->ipproto = attrs[FRA_IP_PROTO] ? nla_get_u8(attrs[FRA_IP_PROTO]) : 0;
    read_range(attrs[FRA_SPORT_RANGE], rule->sport);
    read_range(attrs[FRA_DPORT_RANGE], rule->dport);
    read_users(attrs[FRA_UID_RANGE], rule);
}

IfcfgRule *observe_rule_parse(struct nlmsghdr *header)
{
    struct nlattr *attrs[FRA_MAX + 1];
    const struct fib_rule_hdr *info = nlmsg_data(header);
    IfcfgRule *rule;

    if (header->nlmsg_type != RTM_NEWRULE || nlmsg_parse(header, sizeof *info, attrs, FRA_MAX, NULL) < 0 ||
        (info->family != AF_INET && info->family != AF_INET6))
        return NULL;
    rule = g_new0(IfcfgRule, 1);
    rule->family = info->family;
    rule->action = info->action;
    rule->invert = (info->flags & FIB_RULE_INVERT) != 0;
    rule->tos = info->tos;
    read_selectors(rule, attrs, info);
    rule->table = attr_u32(attrs[FRA_TABLE], info->table);
    rule->has_priority = TRUE; /* the kernel leaves out 0 */
    rule->priority = attr_u32(attrs[FRA_PRIORITY], 0);
    rule->target = attr_u32(attrs[FRA_GOTO], 0);
    rule->realms = attr_u32(attrs[FRA_FLOW], 0);
    rule->l3mdev = attrs[FRA_L3MDEV] && nla_get_u8(attrs[FRA_L3MDEV]);
    rule->suppress_prefixlength = (gint)attr_u32(attrs[FRA_SUPPRESS_PREFIXLEN], (guint32)-1);
    rule->suppress_ifgroup = (gint)attr_u32(attrs[FRA_SUPPRESS_IFGROUP], (guint32)-1);
    rule->protocol = attrs[FRA_PROTOCOL] ? nla_get_u8(attrs[FRA_PROTOCOL]) : 0;
    return rule;
}
