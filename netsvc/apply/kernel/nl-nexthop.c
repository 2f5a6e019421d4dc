/* Nexthop objects by netlink: what `ip nexthop add|replace|del` would send, and what a dump of them says. */
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/observe.h"
#include "i18n.h"
#include <errno.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <string.h>
#include <sys/socket.h>

static struct nl_msg *nexthop_message(int type, int flags, const struct nhmsg *header)
{
    struct nl_msg *msg = nlmsg_alloc_size(128);
    nlmsg_put(msg, 0, 0, type, 0, flags);
    nlmsg_append(msg, (void *)header, sizeof *header, NLMSG_ALIGNTO);
    return msg;
}

/* A number that somebody has taken meanwhile is theirs. */
struct nl_msg *nl_nexthop_set(NlLinks *links, const NetOp *op, GError **error)
{
    const NetNexthop *nexthop = op->nexthop.item;
    int ifindex = nl_links_need(links, nexthop->dev, error);
    struct nhmsg header = {.nh_family = nexthop->via.family,
                           .nh_protocol = nexthop->protocol ? nexthop->protocol : RTPROT_BOOT,
                           .nh_flags = nexthop->onlink ? RTNH_F_ONLINK : 0};
    if (!ifindex)
        return NULL;
    struct nl_msg *msg = nexthop_message(
        RTM_NEWNEXTHOP, NLM_F_CREATE | (op->nexthop.replaces ? NLM_F_REPLACE : NLM_F_EXCL), &header);
    nla_put_u32(msg, NHA_ID, nexthop->id);
    nla_put(msg, NHA_GATEWAY, (int)ifcfg_ip_size(&nexthop->via), nexthop->via.bytes);
    nla_put_u32(msg, NHA_OIF, (guint32)ifindex);
    return msg;
}

struct nl_msg *nl_nexthop_delete(G_GNUC_UNUSED NlLinks *links, const NetOp *op, G_GNUC_UNUSED GError **error)
{
    struct nhmsg header = {.nh_family = AF_UNSPEC};
    struct nl_msg *msg = nexthop_message(RTM_DELNEXTHOP, 0, &header);
    nla_put_u32(msg, NHA_ID, op->nexthop.item->id);
    return msg;
}

/* A cable that is out is no fault: the routes are there, each with its gateway, and are the better for it. */
void nl_nexthop_finish(NlBatch *batch, const NetOp *op, int code, const char *text, NetResult *result)
{
    if (code == ENETDOWN && op->type == NET_OP_NEXTHOP_SET)
        net_result_note(
            result, FALSE, NULL,
            _("%s has no carrier, without which there are no nexthop objects: its routes have each "
              "their own gateway"),
            op->nexthop.item->dev);
    else
        nl_op_finish(batch, op, code, text, result);
}

/* rtm_dump_nexthop() takes no other header than its own. */
struct nl_msg *nl_nexthops_get(void)
{
    struct nhmsg header = {.nh_family = AF_UNSPEC};
    return nexthop_message(RTM_GETNEXTHOP, NLM_F_DUMP, &header);
}

NetNexthop *observe_nexthop_parse(struct nlmsghdr *header, const NetObserved *links)
{
    struct nlattr *attrs[NHA_MAX + 1];
    const struct nhmsg *info = nlmsg_data(header);
    if (header->nlmsg_type != RTM_NEWNEXTHOP || nlmsg_parse(header, sizeof *info, attrs, NHA_MAX, NULL) < 0 ||
        !attrs[NHA_ID])
        return NULL;
    const ObservedLink *link =
        attrs[NHA_OIF] ? net_observed_link_by_index(links, (int)nla_get_u32(attrs[NHA_OIF])) : NULL;
    NetNexthop *nexthop = g_new0(NetNexthop, 1);
    nexthop->id = nla_get_u32(attrs[NHA_ID]);
    nexthop->protocol = info->nh_protocol;
    nexthop->onlink = (info->nh_flags & RTNH_F_ONLINK) != 0;
    nexthop->dev = link ? g_strdup(link->name) : NULL;
    nexthop->via.family = info->nh_family;
    guint size = ifcfg_ip_size(&nexthop->via);
    nexthop->is_other = !link || !attrs[NHA_GATEWAY] || attrs[NHA_ENCAP] || attrs[NHA_FDB] || !size ||
                        nla_len(attrs[NHA_GATEWAY]) < (int)size;
    if (!nexthop->is_other)
        memcpy(nexthop->via.bytes, nla_data(attrs[NHA_GATEWAY]), size);
    return nexthop;
}
