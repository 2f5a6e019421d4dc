/* Neighbours by netlink: those that somebody has entered for good. */
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/observe.h"
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <string.h>
#include <sys/socket.h>

struct nl_msg *nl_neighbour_add(NlLinks *links, const NetOp *op, GError **error)
{
    const ObservedNeighbour *neighbour = &op->neighbour;
    int ifindex = nl_links_need(links, op->dev, error);
    struct nl_msg *msg = ifindex ? nlmsg_alloc_size(128) : NULL;
    struct ndmsg header = {.ndm_family = neighbour->ip.family,
                           .ndm_ifindex = ifindex,
                           .ndm_state = NUD_PERMANENT,
                           .ndm_flags = neighbour->is_proxy ? NTF_PROXY : 0};

    if (!msg)
        return NULL;
    nlmsg_put(msg, 0, 0, RTM_NEWNEIGH, 0, NLM_F_CREATE | NLM_F_REPLACE);
    nlmsg_append(msg, &header, sizeof header, NLMSG_ALIGNTO);
    nla_put(msg, NDA_DST, (int)ifcfg_ip_size(&neighbour->ip), neighbour->ip.bytes);
    if (!neighbour->is_proxy)
        nla_put(msg, NDA_LLADDR, neighbour->mac.length, neighbour->mac.bytes);
    return msg;
}

/* neigh_dump_info(), net/core/neighbour.c: proxies are dumped alone, when they are asked for. */
struct nl_msg *nl_proxies_get(void)
{
    struct nl_msg *msg = nlmsg_alloc_size(128);
    struct ndmsg header = {.ndm_family = AF_UNSPEC, .ndm_flags = NTF_PROXY};
    nlmsg_put(msg, 0, 0, RTM_GETNEIGH, 0, NLM_F_DUMP);
    nlmsg_append(msg, &header, sizeof header, NLMSG_ALIGNTO);
    return msg;
}

/* What daemons learned is theirs. */
gboolean observe_neighbour_parse(struct nlmsghdr *header, ObservedNeighbour *ret)
{
    struct nlattr *attrs[NDA_MAX + 1];
    const struct ndmsg *info = nlmsg_data(header);
    if (header->nlmsg_type != RTM_NEWNEIGH || nlmsg_parse(header, sizeof *info, attrs, NDA_MAX, NULL) < 0 ||
        !attrs[NDA_DST] || (info->ndm_family != AF_INET && info->ndm_family != AF_INET6))
        return FALSE;
    ret->is_proxy = info->ndm_flags == NTF_PROXY;
    if (!ret->is_proxy && (!(info->ndm_state & NUD_PERMANENT) || info->ndm_flags || !attrs[NDA_LLADDR]))
        return FALSE;
    ret->ifindex = info->ndm_ifindex;
    ret->ip.family = info->ndm_family;
    if (nla_len(attrs[NDA_DST]) < (int)ifcfg_ip_size(&ret->ip))
        return FALSE;
    memcpy(ret->ip.bytes, nla_data(attrs[NDA_DST]), ifcfg_ip_size(&ret->ip));
    if (ret->is_proxy)
        return TRUE;
    if (nla_len(attrs[NDA_LLADDR]) > (int)sizeof ret->mac.bytes)
        return FALSE;
    ret->mac.length = (guint8)nla_len(attrs[NDA_LLADDR]);
    memcpy(ret->mac.bytes, nla_data(attrs[NDA_LLADDR]), ret->mac.length);
    return TRUE;
}
