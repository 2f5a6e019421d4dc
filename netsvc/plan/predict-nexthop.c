/* Nexthop objects in the prediction (net/ipv4/nexthop.c). */
#include "plan/predict-private.h"
#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

/* nh_create_ipv4(), nh_create_ipv6(): as a route's gateway in the table of the device. */
static int gateway_refused(const NetObserved *picture, const ObservedLink *link, const NetNexthop *nexthop)
{
    IfcfgRoute route = {.to.ip.family = nexthop->via.family,
                        .type = RTN_UNICAST,
                        .scope = RT_SCOPE_UNIVERSE,
                        .table = net_observed_table_of(picture, link)};
    IfcfgNexthop *hop = g_new0(IfcfgNexthop, 1);
    hop->via = nexthop->via;
    hop->dev = g_strdup(nexthop->dev);
    hop->onlink = nexthop->onlink;
    int code = nexthop->onlink ? 0 : predict_gateway_check(picture, &route, hop);
    ifcfg_nexthop_free(hop);
    return code;
}

/* rtm_to_nh_config(), insert_nexthop(), replace_nexthop() */
static int set_refused(const NetObserved *picture, const NetOp *op)
{
    const NetNexthop *wanted = op->nexthop.item, *old = net_observed_nexthop(picture, wanted->id);
    const ObservedLink *link = predict_find(picture, wanted->dev);
    if (!link || (wanted->via.family == AF_INET6 && link->mtu < NET_LEAST_MTU_OF_IP6))
        return ENODEV;
    if (!(link->flags & IFF_UP) || !link->carrier)
        return ENETDOWN;
    int code = gateway_refused(picture, link, wanted);
    return code || !old || op->nexthop.replaces ? code : EEXIST;
}

int predict_nexthop_op(NetObserved *picture, const NetOp *op)
{
    guint32 id = op->nexthop.item->id;
    if (op->type == NET_OP_NEXTHOP_DELETE) {
        if (!net_observed_nexthop(picture, id))
            return ENOENT;
        net_observed_remove_nexthop(picture, id);
        return 0;
    }
    int code = set_refused(picture, op);
    if (code) /* without carrier the back end lets routes do without */
        return code == ENETDOWN ? 0 : code;
    NetNexthop *nexthop = net_nexthop_copy(op->nexthop.item);
    nexthop->is_foreseen = TRUE;
    nexthop->protocol = nexthop->protocol ? nexthop->protocol : RTPROT_BOOT;
    net_observed_put_nexthop(picture, nexthop);
    return 0;
}

/* nexthop_flush_dev() */
void predict_nexthops_gone(NetObserved *picture, const char *dev)
{
    g_autoptr(GPtrArray) all = net_observed_nexthops(picture);
    for (guint i = 0; i < all->len; i++) {
        const NetNexthop *nexthop = all->pdata[i];
        if (!g_strcmp0(nexthop->dev, dev))
            net_observed_remove_nexthop(picture, nexthop->id);
    }
}
