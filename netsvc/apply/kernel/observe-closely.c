/* What no usual picture has, since no file asks for it and each takes a dump of its own: what an import has
 * to carry over or to name. */
#include "apply/kernel/ethtool.h"
#include "apply/kernel/nl-ops.h"
#include "apply/kernel/nl-ports.h"
#include "apply/kernel/observe.h"
#include "apply/kernel/stable-secret.h"
#include "apply/kernel/sysfs.h"
#include "apply/system.h"
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <string.h>
#include <sys/socket.h>

typedef void (*Take)(NetObserved *observed, struct nlmsghdr *message);

static ObservedLink *link_of(const NetObserved *observed, int ifindex)
{
    return (ObservedLink *)net_observed_link_by_index(observed, ifindex);
}

/* All request headers that are asked with here begin with the family. */
static void dump_take(NlBatch *batch, NetObserved *observed, int type, guint8 family, Take take)
{
    struct nl_msg *ask = nlmsg_alloc_size(128);
    struct tcmsg header = {.tcm_family = family};
    nlmsg_put(ask, 0, 0, type, 0, NLM_F_DUMP);
    nlmsg_append(ask, &header, type == RTM_GETQDISC ? sizeof header : sizeof(struct ndmsg), NLMSG_ALIGNTO);
    g_autoptr(GByteArray) dump = nl_batch_dump(batch, ask, NULL);
    int left = dump ? (int)dump->len : 0;
    for (struct nlmsghdr *message = dump ? (struct nlmsghdr *)dump->data : NULL;
         message && nlmsg_ok(message, left); message = nlmsg_next(message, &left))
        take(observed, message);
}

/* --- queueing disciplines --- */

/* One that the kernel gave has no number of its own; those within another one go with it. */
static gboolean is_somebodys(const struct tcmsg *info)
{
    return info->tcm_handle && (info->tcm_parent == TC_H_ROOT || info->tcm_parent == TC_H_INGRESS);
}

static void qdisc_take(NetObserved *observed, struct nlmsghdr *message)
{
    const struct tcmsg *info = nlmsg_data(message);
    struct nlattr *kind = nlmsg_find_attr(message, sizeof *info, TCA_KIND);
    ObservedLink *link = link_of(observed, info->tcm_ifindex);
    if (message->nlmsg_type != RTM_NEWQDISC || !kind || !link || !is_somebodys(info))
        return;
    char *all = link->qdisc ? g_strdup_printf("%s, %s", link->qdisc, nla_get_string(kind))
                            : g_strdup(nla_get_string(kind));
    g_free(link->qdisc);
    link->qdisc = all;
}

static void qdiscs_observe(NlBatch *batch, NetObserved *observed)
{
    for (guint i = 0; i < observed->links->len; i++)
        g_clear_pointer(&((ObservedLink *)observed->links->pdata[i])->qdisc, g_free);
    dump_take(batch, observed, RTM_GETQDISC, AF_UNSPEC, qdisc_take);
}

/* --- forwarding tables --- */

/* A bridge has the addresses of its ports, and its own, by itself. */
static gboolean is_of_device(const NetObserved *observed, struct nlattr *attr)
{
    IfcfgMac mac = nl_attr_mac(attr);
    for (guint i = 0; i < observed->links->len; i++)
        if (ifcfg_mac_equal(&((const ObservedLink *)observed->links->pdata[i])->mac, &mac))
            return TRUE;
    return FALSE;
}

/* What is not known goes to the other end of a VXLAN. */
static gboolean is_other_end(const ObservedLink *link, struct nlattr *mac, struct nlattr *destination)
{
    IfcfgMac wanted = nl_attr_mac(mac);
    IfcfgIp ip = {.family = nla_len(destination) == 4 ? AF_INET : AF_INET6};
    memcpy(ip.bytes, nla_data(destination), ifcfg_ip_size(&ip));
    g_autofree char *text = ifcfg_ip_format(&ip);
    return nl_mac_is_zero(&wanted) && (!g_strcmp0(link_values_find(link->own, "remote"), text) ||
                                       !g_strcmp0(link_values_find(link->own, "remote6"), text));
}

static gboolean is_fixed(const NetObserved *observed, const ObservedLink *link, const struct ndmsg *info,
                         struct nlattr **attrs)
{
    if (!(info->ndm_state & (NUD_PERMANENT | NUD_NOARP)) || info->ndm_flags & NTF_EXT_LEARNED ||
        !attrs[NDA_LLADDR])
        return FALSE;
    if (attrs[NDA_DST] && !g_strcmp0(link->kind, "vxlan"))
        return !is_other_end(link, attrs[NDA_LLADDR], attrs[NDA_DST]);
    return attrs[NDA_MASTER] && !is_of_device(observed, attrs[NDA_LLADDR]);
}

static void entry_take(NetObserved *observed, struct nlmsghdr *message)
{
    struct nlattr *attrs[NDA_MAX + 1];
    const struct ndmsg *info = nlmsg_data(message);
    ObservedLink *link = link_of(observed, info->ndm_ifindex);
    if (link && message->nlmsg_type == RTM_NEWNEIGH &&
        nlmsg_parse(message, sizeof *info, attrs, NDA_MAX, NULL) >= 0 &&
        is_fixed(observed, link, info, attrs))
        link->fixed_entries++;
}

/* --- what a card has --- */

/* The kernel itself switches features off on what is none (veth_disable_gro()). */
static gboolean is_card(const ObservedLink *link)
{
    return !link->kind && !(link->flags & IFF_LOOPBACK);
}

static guint functions_count(const ObservedLink *link)
{
    g_autofree char *path = g_strdup_printf("%s/device/sriov_numvfs", link->name);
    g_autofree char *text = sysfs_read(path);
    return text ? (guint)g_ascii_strtoull(text, NULL, 10) : 0;
}

static void cards_observe(NetObserved *observed)
{
    g_autoptr(NetEthtool) ethtool = net_ethtool_new();
    EthtoolRequest features = {.verb = ethtool_verb_find("-K")};
    for (guint i = 0; i < observed->links->len; i++) {
        ObservedLink *link = observed->links->pdata[i];
        if (!is_card(link))
            continue;
        features.device = link->name;
        if (!link->ethtool)
            link->ethtool = ethtool_state_new();
        net_ethtool_read(ethtool, &features, link->ethtool);
        link->functions = functions_count(link);
    }
}

/* --- secrets --- */

static void secrets_observe(NetObserved *observed)
{
    for (guint i = 0; i < observed->links->len; i++) {
        ObservedLink *link = observed->links->pdata[i];
        link->has_secret = link->has_confs &&
                           link->confs[NET_CONF_ADDR_GEN_MODE] == IN6_ADDR_GEN_MODE_STABLE_PRIVACY &&
                           stable_secret_is_of_others(link->name);
    }
}

gboolean net_observe_proxies(NetObserved *observed)
{
    guint had = observed->neighbours->len;
    g_autoptr(NlBatch) batch = nl_batch_new(NULL);
    g_autoptr(GByteArray) proxies = batch ? nl_batch_dump(batch, nl_proxies_get(), NULL) : NULL;
    if (proxies)
        observe_take_all(nl_batch_links(batch), observed, proxies);
    return observed->neighbours->len > had;
}

void net_observe_closely(NetObserved *observed)
{
    g_autoptr(NlBatch) batch = nl_batch_new(NULL);
    net_observe_proxies(observed);
    observe_default_sysctls(observed);
    if (batch)
        qdiscs_observe(batch, observed);
    if (batch)
        dump_take(batch, observed, RTM_GETNEIGH, AF_BRIDGE, entry_take);
    cards_observe(observed);
    secrets_observe(observed);
}
