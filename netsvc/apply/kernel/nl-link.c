/* Links by netlink: made, deleted, up, down, MAC, MTU, ports. */
#include "apply/kernel/nl-link-data.h"
#include "apply/kernel/nl-ops.h"
#include <linux/if_link.h>
#include <linux/ip.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <sys/socket.h>

enum { MESSAGE_BYTES = 4096 }; /* 16 IPv6 targets and all options of a bond need less than 1 KiB */

struct nl_msg *nl_link_message(int type, int flags, int ifindex, guint32 if_flags, guint32 if_change)
{
    struct nl_msg *msg = nlmsg_alloc_size(MESSAGE_BYTES);
    struct ifinfomsg header = {.ifi_index = ifindex, .ifi_flags = if_flags, .ifi_change = if_change};

    nlmsg_put(msg, 0, 0, type, 0, flags);
    nlmsg_append(msg, &header, sizeof header, NLMSG_ALIGNTO);
    return msg;
}

struct nl_msg *nl_link_get(const char *name)
{
    struct nl_msg *msg = nl_link_message(RTM_GETLINK, name ? 0 : NLM_F_DUMP, 0, 0, 0);

    nla_put_u32(msg, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
    if (name)
        nla_put_string(msg, IFLA_IFNAME, name);
    return msg;
}

static struct nl_msg *link_change(NlLinks *links, const char *dev, guint32 flags, guint32 change,
                                  GError **error)
{
    int ifindex = nl_links_need(links, dev, error);

    return ifindex ? nl_link_message(RTM_NEWLINK, 0, ifindex, flags, change) : NULL;
}

struct nl_msg *nl_link_up(NlLinks *links, const NetOp *op, GError **error)
{
    return link_change(links, op->dev, IFF_UP, IFF_UP, error);
}

struct nl_msg *nl_link_down(NlLinks *links, const NetOp *op, GError **error)
{
    return link_change(links, op->dev, 0, IFF_UP, error);
}

/* The kernel's flag of ARP says that there is none. */
static struct nl_msg *link_flag(NlLinks *links, const char *dev, const LinkSetting *setting, GError **error)
{
    guint32 bit = setting->option->bit;
    gboolean is_set = (setting->number != 0) != (bit == IFF_NOARP);
    return link_change(links, dev, is_set ? bit : 0, bit, error);
}

/* inet_set_link_af(), inet6_set_link_af() */
static void put_family_attribute(struct nl_msg *msg, const LinkSetting *setting)
{
    gboolean is_ip4 = g_str_equal(setting->name, "arp_filter");
    struct nlattr *all = nla_nest_start(msg, IFLA_AF_SPEC);
    struct nlattr *family = nla_nest_start(msg, is_ip4 ? AF_INET : AF_INET6);
    if (is_ip4) {
        struct nlattr *conf = nla_nest_start(msg, IFLA_INET_CONF);
        nla_put_u32(msg, IPV4_DEVCONF_ARPFILTER, (guint32)setting->number);
        nla_nest_end(msg, conf);
    } else if (g_str_equal(setting->name, "token")) {
        IfcfgIp token = {.family = AF_UNSPEC};
        if (ifcfg_ip_parse(setting->text, AF_INET6, &token))
            nla_put(msg, IFLA_INET6_TOKEN, sizeof token.bytes, token.bytes);
    } else {
        nla_put_u8(msg, IFLA_INET6_ADDR_GEN_MODE, (guint8)setting->number);
    }
    nla_nest_end(msg, family);
    nla_nest_end(msg, all);
}

struct nl_msg *nl_link_set_attribute(NlLinks *links, const char *dev, const LinkSetting *setting,
                                     GError **error)
{
    const LinkOption *option = setting->option;
    if (option->kind == LINK_VALUE_BIT)
        return link_flag(links, dev, setting, error);
    struct nl_msg *msg = link_change(links, dev, 0, 0, error);
    if (msg && option->attr == IFLA_AF_SPEC)
        put_family_attribute(msg, setting);
    else if (msg)
        nl_link_data_put_setting(links, msg, setting);
    return msg;
}

struct nl_msg *nl_link_attr(NlLinks *links, const NetOp *op, GError **error)
{
    return nl_link_set_attribute(links, op->dev, op->attr.setting, error);
}

struct nl_msg *nl_port_add(NlLinks *links, const NetOp *op, GError **error)
{
    int master = nl_links_need(links, op->master, error);
    struct nl_msg *msg = master ? link_change(links, op->dev, 0, 0, error) : NULL;

    if (msg)
        nla_put_u32(msg, IFLA_MASTER, (guint32)master);
    return msg;
}

struct nl_msg *nl_port_remove(NlLinks *links, const NetOp *op, GError **error)
{
    struct nl_msg *msg = link_change(links, op->dev, 0, 0, error);

    if (msg)
        nla_put_u32(msg, IFLA_MASTER, 0);
    return msg;
}

struct nl_msg *nl_link_add(NlLinks *links, const NetOp *op, GError **error)
{
    int lower = op->create.lower ? nl_links_need(links, op->create.lower, error) : 0;
    struct nl_msg *msg;

    if ((op->create.lower && !lower) || op->create.family->is_by_file)
        return NULL;
    msg = nl_link_message(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, (int)op->create.ifindex, 0, 0);
    nla_put_string(msg, IFLA_IFNAME, op->dev);
    if (op->create.mac.length)
        nla_put(msg, IFLA_ADDRESS, op->create.mac.length, op->create.mac.bytes);
    if (op->create.mtu)
        nla_put_u32(msg, IFLA_MTU, op->create.mtu);
    if (lower)
        nla_put_u32(msg, IFLA_LINK, (guint32)lower);
    nl_link_data_put(links, msg, op->create.family, op->create.settings, op->create.peer);
    return msg;
}

struct nl_msg *nl_link_delete(NlLinks *links, const NetOp *op, GError **error)
{
    int ifindex = nl_links_need(links, op->dev, error);

    return ifindex ? nl_link_message(RTM_DELLINK, 0, ifindex, 0, 0) : NULL;
}

/* --- ports --- */

enum { PORT_TRIES = 3 };

static void keep_last_code(G_GNUC_UNUSED gpointer tag, int code, G_GNUC_UNUSED const char *text,
                           gpointer data)
{
    *(int *)data = code;
}

/* The bonding driver takes no port that is up (bond_enslave()), and somebody set it up since we set it down:
 * both once more, one right behind the other. */
void nl_port_finish_add(NlBatch *batch, const NetOp *op, int code, const char *text, NetResult *result)
{
    for (guint i = 0; code == EPERM && i < PORT_TRIES; i++) {
        struct nl_msg *down = nl_link_down(nl_batch_links(batch), op, NULL);
        struct nl_msg *add = nl_port_add(nl_batch_links(batch), op, NULL);
        int again = code;
        if (down)
            nl_batch_append(batch, down, NULL);
        if (add)
            nl_batch_append(batch, add, NULL);
        nl_batch_flush(batch, keep_last_code, &again);
        code = again;
        if (!code)
            return;
    }
    nl_op_finish(batch, op, code, text, result);
}
