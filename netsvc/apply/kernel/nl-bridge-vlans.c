/* VLANs of bridges and their ports by netlink: messages about links of the family AF_BRIDGE
 * (net/bridge/br_netlink.c). */
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/observe.h"
#include "bridge-vlans.h"
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <sys/socket.h>

enum { MESSAGE_BYTES = 256 + BRIDGE_VLANS * 8 }; /* each with another word than the next */

static struct nl_msg *bridge_message(int type, int flags, int ifindex)
{
    struct nl_msg *msg = nlmsg_alloc_size(MESSAGE_BYTES);
    struct ifinfomsg header = {.ifi_family = AF_BRIDGE, .ifi_index = ifindex};
    nlmsg_put(msg, 0, 0, type, 0, flags);
    nlmsg_append(msg, &header, sizeof header, NLMSG_ALIGNTO);
    return msg;
}

static void put_vlan(struct nl_msg *msg, guint id, guint8 flags, guint16 more)
{
    struct bridge_vlan_info info = {.vid = (guint16)id, .flags = more};
    if (flags & BRIDGE_VLAN_UNTAGGED)
        info.flags |= BRIDGE_VLAN_INFO_UNTAGGED;
    if (flags & BRIDGE_VLAN_PVID)
        info.flags |= BRIDGE_VLAN_INFO_PVID;
    nla_put(msg, IFLA_BRIDGE_VLAN_INFO, sizeof info, &info);
}

static void put_ranges(struct nl_msg *msg, const BridgeVlans *vlans)
{
    for (guint id, last = 0; bridge_vlans_next(vlans, &id, &last);) {
        guint8 flags = vlans->flags[id];
        if (flags & BRIDGE_VLAN_PVID)
            continue;
        put_vlan(msg, id, flags, last > id ? BRIDGE_VLAN_INFO_RANGE_BEGIN : 0);
        if (last > id)
            put_vlan(msg, last, flags, BRIDGE_VLAN_INFO_RANGE_END);
    }
}

/* The new PVID before the old one loses that: frames without a tag are of some VLAN all the time. */
static struct nl_msg *build(NlLinks *links, const NetOp *op, int type, GError **error)
{
    int ifindex = nl_links_need(links, op->dev, error);
    g_autofree BridgeVlans *vlans = bridge_vlans_parse(op->vlans.list, NULL);
    guint16 pvid = vlans ? bridge_vlans_pvid(vlans) : 0;
    if (!ifindex || !vlans)
        return NULL;
    struct nl_msg *msg = bridge_message(type, 0, ifindex);
    struct nlattr *nest = nla_nest_start(msg, IFLA_AF_SPEC);
    nla_put_u16(msg, IFLA_BRIDGE_FLAGS, op->vlans.is_self ? BRIDGE_FLAGS_SELF : BRIDGE_FLAGS_MASTER);
    if (pvid)
        put_vlan(msg, pvid, vlans->flags[pvid], 0);
    put_ranges(msg, vlans);
    nla_nest_end(msg, nest);
    return msg;
}

struct nl_msg *nl_vlans_add(NlLinks *links, const NetOp *op, GError **error)
{
    return build(links, op, RTM_SETLINK, error);
}

struct nl_msg *nl_vlans_delete(NlLinks *links, const NetOp *op, GError **error)
{
    return build(links, op, RTM_DELLINK, error);
}

/* --- as the kernel has them --- */

static guint8 flags_of(const struct bridge_vlan_info *info)
{
    guint8 flags = BRIDGE_VLAN_IN;
    if (info->flags & BRIDGE_VLAN_INFO_UNTAGGED)
        flags |= BRIDGE_VLAN_UNTAGGED;
    if (info->flags & BRIDGE_VLAN_INFO_PVID)
        flags |= BRIDGE_VLAN_PVID;
    return flags;
}

/* A range is two of them: its first and its last. */
static void take_vlan(BridgeVlans *vlans, const struct bridge_vlan_info *info, guint16 *first)
{
    gboolean ends = info->flags & BRIDGE_VLAN_INFO_RANGE_END && *first;
    for (guint id = ends ? *first : info->vid; id <= info->vid && id <= BRIDGE_VLAN_LAST; id++)
        vlans->flags[id] = flags_of(info);
    *first = info->flags & BRIDGE_VLAN_INFO_RANGE_BEGIN ? info->vid : 0;
}

/* A card can tell of its own bridge in the same dump, without a word about VLANs. */
static void take_message(NetObserved *observed, struct nlmsghdr *message)
{
    const struct ifinfomsg *info = nlmsg_data(message);
    ObservedLink *link = g_hash_table_lookup(observed->by_index, GINT_TO_POINTER(info->ifi_index));
    struct nlattr *all = nlmsg_find_attr(message, sizeof *info, IFLA_AF_SPEC), *attr;
    g_autofree BridgeVlans *vlans = g_new0(BridgeVlans, 1);
    guint16 first = 0;
    int left;
    if (!link || !all || message->nlmsg_type != RTM_NEWLINK || info->ifi_family != AF_BRIDGE)
        return;
    nla_for_each_nested(attr, all, left) if (nla_type(attr) == IFLA_BRIDGE_VLAN_INFO &&
                                             nla_len(attr) >= (int)sizeof(struct bridge_vlan_info))
        take_vlan(vlans, nla_data(attr), &first);
    if (bridge_vlans_is_empty(vlans))
        return;
    g_free(link->vlans);
    link->vlans = bridge_vlans_format(vlans);
}

static gboolean is_filtering(const ObservedLink *link)
{
    return !g_strcmp0(link->kind, "bridge") && link->own &&
           !g_strcmp0(link_values_find(link->own, "vlan_filtering"), "on");
}

/* Those of the bridges that filter, and of their ports, are known from now on. */
static gboolean begin(NetObserved *observed)
{
    gboolean any = FALSE;
    for (guint i = 0; i < observed->links->len; i++) {
        ObservedLink *link = observed->links->pdata[i];
        const ObservedLink *master = net_observed_link_by_index(observed, link->master);
        gboolean is_known = is_filtering(link) || (master && is_filtering(master));
        g_free(link->vlans);
        link->vlans = is_known ? g_strdup("") : NULL;
        any |= is_known;
    }
    return any;
}

void observe_bridge_vlans(NlBatch *batch, NetObserved *observed)
{
    if (!begin(observed))
        return;
    struct nl_msg *ask = bridge_message(RTM_GETLINK, NLM_F_DUMP, 0);
    nla_put_u32(ask, IFLA_EXT_MASK, RTEXT_FILTER_BRVLAN_COMPRESSED);
    g_autoptr(GByteArray) dump = nl_batch_dump(batch, ask, NULL);
    int left = dump ? (int)dump->len : 0;
    for (struct nlmsghdr *message = dump ? (struct nlmsghdr *)dump->data : NULL;
         message && nlmsg_ok(message, left); message = nlmsg_next(message, &left))
        take_message(observed, message);
}
