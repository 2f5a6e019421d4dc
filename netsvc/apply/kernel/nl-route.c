/* Routes by netlink: what `ip route add|replace|del` would send. */
#include "apply/kernel/nl-ops.h"
#include "i18n.h"
#include "ifcfg-encap.h"
#include <errno.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <string.h>

enum { MESSAGE_BYTES = 512, HOP_BYTES = 64 }; /* all metrics of a route need less than 256 */

/* As iproute2 chooses it; the kernel has no default of its own. IPv6 knows no scopes. */
static guint8 route_scope(const IfcfgRoute *route)
{
    const IfcfgNexthop *hop =
        route->nexthops && route->nexthops->len ? g_ptr_array_index(route->nexthops, 0) : NULL;

    if (route->scope >= 0)
        return (guint8)route->scope;
    if (route->to.ip.family == AF_INET6)
        return RT_SCOPE_UNIVERSE;
    if (route->type == RTN_LOCAL)
        return RT_SCOPE_HOST;
    if (route->type == RTN_BROADCAST || route->type == RTN_MULTICAST || route->type == RTN_ANYCAST)
        return RT_SCOPE_LINK;
    return route->type == RTN_UNICAST && hop && !hop->via.family ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
}

static void put_via(struct nl_msg *msg, const IfcfgIp *via, int family)
{
    struct {
        struct rtvia via;
        guint8 bytes[16];
    } other;
    int size = (int)ifcfg_ip_size(via);

    if (via->family == family)
        nla_put(msg, RTA_GATEWAY, size, via->bytes);
    else if (via->family) { /* RFC 5549: an IPv4 route by an IPv6 neighbour */
        other.via.rtvia_family = via->family;
        memcpy(other.via.rtvia_addr, via->bytes, (gsize)size);
        nla_put(msg, RTA_VIA, (int)sizeof other.via + size, &other);
    }
}

static void put_encap(struct nl_msg *msg, const IfcfgEncap *encap)
{
    struct nlattr *list;

    if (!encap)
        return;
    nla_put_u16(msg, RTA_ENCAP_TYPE, encap->type);
    list = nla_nest_start(msg, RTA_ENCAP | NLA_F_NESTED);
    for (int i = 0; i < IFCFG_ENCAP_ATTRS; i++)
        if (encap->attrs[i])
            nla_put(msg, i, (int)g_bytes_get_size(encap->attrs[i]), g_bytes_get_data(encap->attrs[i], NULL));
    nla_nest_end(msg, list);
}

static void put_metrics(struct nl_msg *msg, const IfcfgRoute *route)
{
    struct nlattr *metrics;

    if (!route->metrics_set && !route->metrics_lock && !route->congctl)
        return;
    metrics = nla_nest_start(msg, RTA_METRICS);
    for (int i = 1; i < 32; i++)
        if (route->metrics_set & (1u << i) && i != RTAX_LOCK && i != RTAX_CC_ALGO)
            nla_put_u32(msg, i, route->metrics[i]);
    if (route->metrics_lock)
        nla_put_u32(msg, RTAX_LOCK, route->metrics_lock);
    if (route->congctl)
        nla_put_string(msg, RTAX_CC_ALGO, route->congctl);
    nla_nest_end(msg, metrics);
}

static int nexthop_ifindex(NlLinks *links, const NetOp *op, const IfcfgNexthop *hop, GError **error)
{
    return nl_links_need(links, hop->dev ? hop->dev : op->dev, error);
}

static gboolean put_multipath(NlLinks *links, struct nl_msg *msg, const NetOp *op, GError **error)
{
    const GPtrArray *hops = op->route->nexthops;
    struct nlattr *list = nla_nest_start(msg, RTA_MULTIPATH);

    for (guint i = 0; i < hops->len; i++) {
        const IfcfgNexthop *hop = g_ptr_array_index(hops, i);
        int ifindex = nexthop_ifindex(links, op, hop, error);
        struct rtnexthop *next = ifindex ? nlmsg_reserve(msg, sizeof *next, NLMSG_ALIGNTO) : NULL;
        if (!next)
            return FALSE;
        *next = (struct rtnexthop){.rtnh_hops = (guint8)(hop->weight ? hop->weight - 1 : 0),
                                   .rtnh_flags = hop->onlink ? RTNH_F_ONLINK : 0,
                                   .rtnh_ifindex = ifindex};
        put_via(msg, &hop->via, op->route->to.ip.family);
        put_encap(msg, hop->encap);
        next->rtnh_len = (guint16)((char *)nlmsg_tail(nlmsg_hdr(msg)) - (char *)next);
    }
    nla_nest_end(msg, list);
    return TRUE;
}

static gboolean put_path(NlLinks *links, struct nl_msg *msg, const NetOp *op, GError **error)
{
    const IfcfgRoute *route = op->route;
    const IfcfgNexthop *hop;
    int ifindex;

    if (!route->nexthops || !route->nexthops->len)
        return TRUE;
    if (route->nexthops->len > 1)
        return put_multipath(links, msg, op, error);
    hop = g_ptr_array_index(route->nexthops, 0);
    put_via(msg, &hop->via, route->to.ip.family);
    put_encap(msg, hop->encap);
    ifindex = nexthop_ifindex(links, op, hop, error);
    if (ifindex)
        nla_put_u32(msg, RTA_OIF, (guint32)ifindex);
    return ifindex != 0;
}

/* In place of a path: the kernel takes no route with both. */
static guint32 nexthop_of(const NetOp *op)
{
    return op->by_nexthop ? op->by_nexthop : op->route->nhid;
}

/* A deletion without a metric would take the first route to the destination, whatever it has
 * (ip6_route_del()). */
static void put_numbers(NlLinks *links, struct nl_msg *msg, const NetOp *op)
{
    const IfcfgRoute *route = op->route;
    gint64 metric = route->metric;

    if (op->metric_plus_ifindex)
        metric = MAX(metric, 0) + nl_links_index(links, op->dev);
    if (metric <= 0 && route->to.ip.family == AF_INET6)
        metric = ifcfg_route_metric(route);
    if (metric >= 0)
        nla_put_u32(msg, RTA_PRIORITY, (guint32)metric);
    nla_put_u32(msg, RTA_TABLE, ifcfg_route_table(route));
    if (route->to.length)
        nla_put(msg, RTA_DST, (int)ifcfg_ip_size(&route->to.ip), route->to.ip.bytes);
    if (route->src.family)
        nla_put(msg, RTA_PREFSRC, (int)ifcfg_ip_size(&route->src), route->src.bytes);
    if (route->realms)
        nla_put_u32(msg, RTA_FLOW, route->realms);
    if (nexthop_of(op))
        nla_put_u32(msg, RTA_NH_ID, nexthop_of(op));
    if (route->expires)
        nla_put_u32(msg, RTA_EXPIRES, route->expires);
    if (route->pref)
        nla_put_u8(msg, RTA_PREF, route->pref);
}

static gsize route_size(const IfcfgRoute *route)
{
    gsize size = MESSAGE_BYTES;

    for (guint i = 0; route->nexthops && i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, i);
        size += HOP_BYTES + ifcfg_encap_size(hop->encap);
    }
    return size;
}

static struct nl_msg *route_message(NlLinks *links, const NetOp *op, int type, int flags,
                                    const struct rtmsg *base, GError **error)
{
    const IfcfgRoute *route = op->route;
    const IfcfgNexthop *hop = route->nexthops && route->nexthops->len == 1 && !nexthop_of(op)
                                  ? g_ptr_array_index(route->nexthops, 0)
                                  : NULL;
    struct nl_msg *msg = nlmsg_alloc_size(route_size(route));
    struct rtmsg header = *base;

    header.rtm_family = route->to.ip.family;
    header.rtm_dst_len = route->to.length;
    header.rtm_tos = route->tos;
    header.rtm_type = route->type;
    header.rtm_flags = hop && hop->onlink ? RTNH_F_ONLINK : 0;
    nlmsg_put(msg, 0, 0, type, 0, flags);
    nlmsg_append(msg, &header, sizeof header, NLMSG_ALIGNTO);
    put_numbers(links, msg, op);
    put_metrics(msg, route);
    if (nexthop_of(op) || put_path(links, msg, op, error))
        return msg;
    nlmsg_free(msg);
    return NULL;
}

struct nl_msg *nl_route_add(NlLinks *links, const NetOp *op, GError **error)
{
    struct rtmsg base = {.rtm_protocol = op->route->protocol ? op->route->protocol : RTPROT_BOOT,
                         .rtm_scope = route_scope(op->route)};

    return route_message(links, op, RTM_NEWROUTE, NLM_F_CREATE | (op->replace ? NLM_F_REPLACE : NLM_F_EXCL),
                         &base, error);
}

/* NOWHERE and protocol 0 match any (kernel fib_table_delete()). */
struct nl_msg *nl_route_delete(NlLinks *links, const NetOp *op, GError **error)
{
    struct rtmsg base = {.rtm_protocol = op->route->protocol,
                         .rtm_scope = op->route->scope >= 0 ? (guint8)op->route->scope : RT_SCOPE_NOWHERE};

    return route_message(links, op, RTM_DELROUTE, 0, &base, error);
}

static int call_again(NlBatch *batch, const NetOp *op, char **words)
{
    g_clear_pointer(words, g_free);
    return nl_batch_call(batch, nl_route_add(nl_batch_links(batch), op, NULL), words);
}

/* `ip route add` that finds the destination taken was followed by `ip route replace` in the old scripts; an
 * object that could not be made is no reason to have no route. */
void nl_route_finish_add(NlBatch *batch, const NetOp *op, int code, const char *text, NetResult *result)
{
    g_autofree char *words = g_strdup(text);
    NetOp again = *op;

    if (code == EINVAL && op->by_nexthop) {
        again.by_nexthop = 0;
        code = call_again(batch, &again, &words);
    }
    if (code == EEXIST && !op->replace) {
        again.replace = TRUE;
        code = call_again(batch, &again, &words);
        g_autofree char *route = code ? NULL : ifcfg_route_format(op->route);
        if (!code)
            net_result_note(result, FALSE, NULL, _("replaced another route to the destination of %s"), route);
    }
    if (code)
        nl_op_set_error(op, code, words, &result->error);
}
