/* Links as the kernel dumps them, with the values of their options by the rows of their family's tables. */
#include "apply/kernel/nl-link-data.h"
#include "apply/kernel/nl-ports.h"
#include "apply/kernel/observe.h"
#include <linux/if_link.h>
#include <linux/ip.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <string.h>
#include <sys/socket.h>

/* By number: the build machine's headers may be older than the kernel that runs. */
enum {
    ATTR_PROP_LIST = 52,  /* IFLA_PROP_LIST, Linux 5.5 */
    ATTR_ALT_IFNAME = 53, /* IFLA_ALT_IFNAME */
    ATTR_PERM_ADDRESS = 54 /* IFLA_PERM_ADDRESS, Linux 5.6 */,
    ATTR_GRO_MAX_SIZE = 58, /* IFLA_GRO_MAX_SIZE, Linux 5.19 */
    ATTR_TSO_MAX_SIZE = 59, /* IFLA_TSO_MAX_SIZE */
    ATTR_TSO_MAX_SEGS = 60, /* IFLA_TSO_MAX_SEGS */
    LINK_ATTRS = 64
};

/* GSO_LEGACY_MAX_SIZE, GSO_MAX_SEGS and GRO_LEGACY_MAX_SIZE, unless the card can do less (net/core/dev.c) */
enum { USUAL_SIZE = 65536, USUAL_SEGS = 65535 };

static guint32 attr_u32(struct nlattr *attr)
{
    return attr && nla_len(attr) >= 4 ? nla_get_u32(attr) : 0;
}

IfcfgMac nl_attr_mac(struct nlattr *attr)
{
    IfcfgMac mac = {0};

    if (!attr || nla_len(attr) > (int)sizeof mac.bytes)
        return mac;
    mac.length = (guint8)nla_len(attr);
    memcpy(mac.bytes, nla_data(attr), mac.length);
    return mac;
}

gboolean nl_mac_is_zero(const IfcfgMac *mac)
{
    for (guint i = 0; i < mac->length; i++)
        if (mac->bytes[i])
            return FALSE;
    return TRUE;
}

static void read_info(NlLinks *names, ObservedLink *link, struct nlattr *info)
{
    struct nlattr *attrs[IFLA_INFO_MAX + 1];
    const LinkFamily *family;

    if (!info || nla_parse_nested(attrs, IFLA_INFO_MAX, info, NULL) < 0)
        return;
    if (attrs[IFLA_INFO_KIND])
        link->kind = g_strdup(nla_get_string(attrs[IFLA_INFO_KIND]));
    if ((family = link_family_find(link->kind)))
        link->own = nl_link_data_values(names, family, &family->own, attrs[IFLA_INFO_DATA]);
    if (!attrs[IFLA_INFO_SLAVE_KIND])
        return;
    link->port_kind = g_strdup(nla_get_string(attrs[IFLA_INFO_SLAVE_KIND]));
    if ((family = link_family_find(link->port_kind)))
        link->port = nl_link_data_values(names, family, &family->port, attrs[IFLA_INFO_SLAVE_DATA]);
    nl_port_read(link, attrs[IFLA_INFO_SLAVE_DATA]);
}

/* The device's settings of IPv4, which sysctl has as files: an array by IPV4_DEVCONF_*, from 1 on
 * (inet_fill_link_af()). */
static void read_ip4(ObservedLink *link, struct nlattr *spec)
{
    struct nlattr *conf = nla_find(nla_data(spec), nla_len(spec), IFLA_INET_CONF);
    const guint32 *values = conf ? nla_data(conf) : NULL;
    if (conf && nla_len(conf) >= (int)(IPV4_DEVCONF_ARPFILTER * sizeof *values))
        link->arp_filter = values[IPV4_DEVCONF_ARPFILTER - 1] != 0;
}

static void read_ip6(ObservedLink *link, struct nlattr *spec)
{
    struct nlattr *mode = nla_find(nla_data(spec), nla_len(spec), IFLA_INET6_ADDR_GEN_MODE);
    struct nlattr *token = nla_find(nla_data(spec), nla_len(spec), IFLA_INET6_TOKEN);
    if (mode)
        link->addrgenmode = nla_get_u8(mode);
    if (!token || nla_len(token) < (int)sizeof link->token.bytes)
        return;
    link->token.family = AF_INET6;
    memcpy(link->token.bytes, nla_data(token), sizeof link->token.bytes);
}

static void read_families(ObservedLink *link, struct nlattr *families)
{
    struct nlattr *ip4 = families ? nla_find(nla_data(families), nla_len(families), AF_INET) : NULL;
    struct nlattr *ip6 = families ? nla_find(nla_data(families), nla_len(families), AF_INET6) : NULL;
    if (ip4)
        read_ip4(link, ip4);
    if (ip6)
        read_ip6(link, ip6);
    observe_link_confs(link, ip6);
    observe_link_sysctls4(link, ip4);
}

/* A VXLAN goes with the device that its packets leave by, as a VLAN does, but says so among its options. */
static int lower_by_option(NlLinks *names, const ObservedLink *link)
{
    const char *dev = g_strcmp0(link->kind, "vxlan") ? NULL : link_values_find(link->own, "dev");
    return dev && *dev ? nl_links_index(names, dev) : 0;
}

/* What a device has when nobody asked for anything else: net/sched/sch_generic.c, net.core.default_qdisc. */
static gboolean qdisc_is_default(const char *name)
{
    static const char *const names[] = {"noop",  "noqueue", "mq",       "pfifo_fast",
                                        "pfifo", "fq",      "fq_codel", NULL};
    return g_strv_contains(names, name);
}

/* What somebody has put between the device and the kernel, and what goes with it. */
static void read_traffic(ObservedLink *link, struct nlattr *qdisc, struct nlattr *xdp)
{
    struct nlattr *attached = xdp ? nla_find(nla_data(xdp), nla_len(xdp), IFLA_XDP_ATTACHED) : NULL;
    if (qdisc && !qdisc_is_default(nla_get_string(qdisc)))
        link->qdisc = g_strdup(nla_get_string(qdisc));
    link->has_xdp = attached && nla_get_u8(attached) != XDP_ATTACHED_NONE;
}

/* --- what no file asks for --- */

static void extra_add(ObservedLink *link, const char *word, const char *value)
{
    char *longer =
        g_strdup_printf("%s%s%s %s", link->extras ? link->extras : "", link->extras ? ", " : "", word, value);
    g_free(link->extras);
    link->extras = longer;
}

/* A limit that is not the usual one, nor the most that the device can. */
static void read_limit(ObservedLink *link, const char *word, struct nlattr *attr, struct nlattr *most,
                       guint32 usual)
{
    guint32 limit = attr_u32(attr);
    if (!attr || limit == usual || (most && limit == attr_u32(most)))
        return;
    g_autofree char *text = g_strdup_printf("%u", limit);
    extra_add(link, word, text);
}

/* Of a device on others they follow from those. */
static void read_limits(ObservedLink *link, struct nlattr **attrs)
{
    if (link->kind && !g_str_equal(link->kind, "veth"))
        return;
    read_limit(link, "gso_max_size", attrs[IFLA_GSO_MAX_SIZE], attrs[ATTR_TSO_MAX_SIZE], USUAL_SIZE);
    read_limit(link, "gso_max_segs", attrs[IFLA_GSO_MAX_SEGS], attrs[ATTR_TSO_MAX_SEGS], USUAL_SEGS);
    read_limit(link, "gro_max_size", attrs[ATTR_GRO_MAX_SIZE], NULL, USUAL_SIZE);
}

static void read_extras(ObservedLink *link, struct nlattr **attrs)
{
    struct nlattr *name;
    int left;
    if (attrs[ATTR_PROP_LIST])
        nla_for_each_nested(name, attrs[ATTR_PROP_LIST], left)
        {
            if (nla_type(name) == ATTR_ALT_IFNAME)
                extra_add(link, "altname", nla_get_string(name));
        }
    read_limits(link, attrs);
    if (attrs[IFLA_PROTO_DOWN] && nla_get_u8(attrs[IFLA_PROTO_DOWN]))
        extra_add(link, "protodown", "on");
    if (!link->kind && !(link->flags & (IFF_MULTICAST | IFF_LOOPBACK)))
        extra_add(link, "multicast", "off");
}

ObservedLink *observe_link_parse(NlLinks *names, struct nlmsghdr *header)
{
    struct nlattr *attrs[LINK_ATTRS + 1];
    const struct ifinfomsg *info = nlmsg_data(header);
    ObservedLink *link;

    if (header->nlmsg_type != RTM_NEWLINK || nlmsg_parse(header, sizeof *info, attrs, LINK_ATTRS, NULL) < 0 ||
        !attrs[IFLA_IFNAME])
        return NULL;
    link = observed_link_new(nla_get_string(attrs[IFLA_IFNAME]), info->ifi_index);
    link->flags = info->ifi_flags;
    link->carrier =
        attrs[IFLA_CARRIER] ? nla_get_u8(attrs[IFLA_CARRIER]) != 0 : (info->ifi_flags & IFF_RUNNING) != 0;
    link->mtu = attr_u32(attrs[IFLA_MTU]);
    link->group = attr_u32(attrs[IFLA_GROUP]);
    link->txqueuelen = attr_u32(attrs[IFLA_TXQLEN]);
    link->alias = attrs[IFLA_IFALIAS] ? g_strdup(nla_get_string(attrs[IFLA_IFALIAS])) : NULL;
    read_families(link, attrs[IFLA_AF_SPEC]);
    read_traffic(link, attrs[IFLA_QDISC], attrs[IFLA_XDP]);
    link->mac = nl_attr_mac(attrs[IFLA_ADDRESS]);
    link->perm_mac = nl_attr_mac(attrs[ATTR_PERM_ADDRESS]);
    link->master = (int)attr_u32(attrs[IFLA_MASTER]);
    read_info(names, link, attrs[IFLA_LINKINFO]);
    read_extras(link, attrs);
    /* A veth's IFLA_LINK is its peer, which is not below it; with a netns id the index means nothing here. */
    if (!attrs[IFLA_LINK_NETNSID])
        *(g_strcmp0(link->kind, "veth") ? &link->lower : &link->peer) = (int)attr_u32(attrs[IFLA_LINK]);
    if (!link->lower)
        link->lower = lower_by_option(names, link);
    if (nl_mac_is_zero(&link->perm_mac))
        link->perm_mac = link->mac;
    return link;
}
