/* Addresses by netlink. */
#include "apply/kernel/nl-ops.h"
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>

static struct nl_msg *addr_message(NlLinks *links, const NetOp *op, int type, int flags, GError **error)
{
    const NetAddress *address = op->address;
    const IfcfgPrefix *prefix = &address->prefix;
    int ifindex = nl_links_need(links, op->dev, error), size = (int)ifcfg_ip_size(&prefix->ip);
    struct nl_msg *msg = ifindex ? nlmsg_alloc_size(512) : NULL;
    struct ifaddrmsg header = {.ifa_family = prefix->ip.family,
                               .ifa_prefixlen = prefix->length,
                               .ifa_scope = address->scope,
                               .ifa_index = (guint32)ifindex};

    if (!msg)
        return NULL;
    nlmsg_put(msg, 0, 0, type, 0, flags);
    nlmsg_append(msg, &header, sizeof header, NLMSG_ALIGNTO);
    nla_put(msg, IFA_LOCAL, size, prefix->ip.bytes);
    nla_put(msg, IFA_ADDRESS, size, address->peer.family ? address->peer.bytes : prefix->ip.bytes);
    return msg;
}

static void put_lifetimes(struct nl_msg *msg, const NetAddress *address)
{
    struct ifa_cacheinfo info = {.ifa_valid = address->valid, .ifa_prefered = address->preferred};
    if (address->valid)
        nla_put(msg, IFA_CACHEINFO, sizeof info, &info);
}

static void put_choices(struct nl_msg *msg, const NetAddress *address)
{
    gboolean no_dad = address->no_dad && address->prefix.ip.family == AF_INET6;
    guint32 flags = address->flags | (no_dad ? IFA_F_NODAD : 0);
    if (flags)
        nla_put_u32(msg, IFA_FLAGS, flags);
    if (address->metric)
        nla_put_u32(msg, IFA_RT_PRIORITY, address->metric);
    if (address->protocol)
        nla_put_u8(msg, NL_ADDR_PROTO, address->protocol);
}

/* Replacing makes a leftover address with a lifetime (of a DHCP client) live for ever, as the old scripts
 * did. */
struct nl_msg *nl_addr_add(NlLinks *links, const NetOp *op, GError **error)
{
    const NetAddress *address = op->address;
    struct nl_msg *msg = addr_message(links, op, RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE, error);
    IfcfgIp broadcast = address->broadcast;

    if (msg) {
        put_lifetimes(msg, address);
        put_choices(msg, address);
    }
    if (!msg || address->prefix.ip.family != AF_INET)
        return msg;
    if (!broadcast.family && address->scope != RT_SCOPE_HOST && !address->peer.family)
        broadcast = ifcfg_prefix_broadcast(&address->prefix);
    if (broadcast.family == AF_INET)
        nla_put(msg, IFA_BROADCAST, 4, broadcast.bytes);
    if (address->label)
        nla_put_string(msg, IFA_LABEL, address->label);
    return msg;
}

struct nl_msg *nl_addr_delete(NlLinks *links, const NetOp *op, GError **error)
{
    return addr_message(links, op, RTM_DELADDR, 0, error);
}
