/* VLANs in a bridge and features of a card, which have keys; and what has none: a line each. */
#include "bridge-vlans.h"
#include "i18n.h"
#include "model/iface.h"
#include "model/kind.h"
#include "writing/import.h"
#include <net/if.h>
#include <string.h>

/* --- VLANs in a bridge that filters them --- */

static const ObservedLink *bridge_of(const NetImport *self, const ObservedLink *link)
{
    const ObservedLink *master = net_observed_link_by_index(self->observed, link->master);
    return master ? master : link;
}

/* Each device has the bridge's default beside its own: a list that says nothing else is none. */
static void vlans_import(const NetImport *self, NetIface *iface, const ObservedLink *link)
{
    const ObservedLink *bridge = bridge_of(self, link);
    const char *text = bridge->own ? link_values_find(bridge->own, "default_pvid") : NULL;
    guint16 pvid = text ? (guint16)g_ascii_strtoull(text, NULL, 10) : 0;
    g_autofree char *usual = bridge_vlans_with_default("", pvid);
    g_autofree char *others = bridge_vlans_without(link->vlans, usual);
    g_autofree char *shorter = bridge_vlans_with_default(others, pvid);
    const char *list = g_str_equal(shorter, link->vlans) ? others : link->vlans;
    g_autofree char *all = bridge_vlans_with_default(list, pvid);
    if (*list)
        net_iface_say(iface, bridge == link ? "BRIDGE_VLANS" : "BRIDGE_PORT_VLANS", list);
    if (!g_str_equal(all, link->vlans))
        net_write_miss(
            iface, self->problems,
            _("no key keeps the VLAN %u of %s from it, which each port of that bridge has: give the "
              "bridge default_pvid=0"),
            pvid, bridge->name);
}

/* --- features of a card --- */

/* What drivers have on, and off, by themselves. */
static const char *const usually_on[] = {
    "rx-checksum",          "rx-gro", "tx-scatter-gather", "tx-generic-segmentation", "tx-tcp-segmentation",
    "tx-tcp6-segmentation", NULL};
static const char *const usually_off[] = {"hw-tc-offload",         "rx-all", "rx-fcs", "rx-gro-list",
                                          "rx-udp-gro-forwarding", NULL};
/* A card that can make any checksum has those of IP off for it (netdev_fix_features(), net/core/dev.c). */
static const char *const any_checksum[] = {"tx-checksum-ip-generic", NULL};
static const char *const checksums[] = {"tx-checksum-ipv4", "tx-checksum-ipv6", NULL};

static void features_append(const ObservedLink *link, const char *const *names, const char *unusual,
                            GString *text)
{
    for (; *names; names++)
        if (!g_strcmp0(ethtool_state_get(link->ethtool, "-K", *names), unusual))
            g_string_append_printf(text, " %s %s", *names, unusual);
}

static void features_import(NetIface *iface, const ObservedLink *link)
{
    g_autoptr(GString) text = g_string_new(NULL);
    gboolean makes_any = ethtool_state_get(link->ethtool, "-K", *any_checksum) != NULL;
    features_append(link, usually_on, "off", text);
    features_append(link, makes_any ? any_checksum : checksums, "off", text);
    features_append(link, usually_off, "on", text);
    g_autofree char *value = g_strdup_printf("-K %s%s", iface->name, text->str);
    if (text->len)
        net_iface_say(iface, "ETHTOOL_OPTS", value);
}

/* --- InfiniBand --- */

static void infiniband_import(NetIface *iface, const ObservedLink *link)
{
    const char *mode = link_values_find(link->own, "mode"), *pkey = link_values_find(link->own, "pkey");
    if (!g_strcmp0(mode, "connected"))
        net_iface_say(iface, "CONNECTED_MODE", "yes");
    if (!pkey || !net_kind_has(iface->kind, NET_KIND_IS_STACKED))
        return;
    net_iface_say(iface, "PKEY", "yes");
    net_iface_say(iface, "PKEY_ID", pkey);
}

/* --- what no key is about --- */

static guint neighbours_count(const NetImport *self, const ObservedLink *link)
{
    guint count = 0;
    for (guint i = 0; i < self->observed->neighbours->len; i++)
        count += g_array_index(self->observed->neighbours, ObservedNeighbour, i).ifindex == link->ifindex;
    return count;
}

/* What runs when it has come up can set all of it. */
static void hookless_tell(const NetImport *self, const NetIface *iface, const char *what)
{
    net_write_miss(iface, self->problems, _("no key sets %s: a hook in up.d can"), what);
}

void net_import_rest(const NetImport *self, NetIface *iface, const ObservedLink *link)
{
    guint neighbours = link->flags & IFF_LOOPBACK ? 0 : neighbours_count(self, link);
    g_autofree char *qdisc = g_strdup_printf(_("its queueing discipline (%s)"), link->qdisc);
    g_autofree char *entries =
        g_strdup_printf(_("fixed entries of its forwarding table (%u)"), link->fixed_entries);
    g_autofree char *known = g_strdup_printf(_("neighbours that are entered for good (%u)"), neighbours);
    g_autofree char *functions =
        g_strdup_printf(_("the virtual functions of its card (SR-IOV, %u)"), link->functions);
    if (link->vlans && (link->master || g_str_equal(iface->kind->name, "bridge")))
        vlans_import(self, iface, link);
    if (link->own && g_str_equal(link->own->family->kind, "ipoib"))
        infiniband_import(iface, link);
    if (link->ethtool)
        features_import(iface, link);
    if (link->extras)
        hookless_tell(self, iface, link->extras);
    if (link->qdisc)
        hookless_tell(self, iface, qdisc);
    if (link->fixed_entries)
        hookless_tell(self, iface, entries);
    if (neighbours)
        hookless_tell(self, iface, known);
    if (link->functions)
        hookless_tell(self, iface, functions);
    if (link->has_secret)
        net_write_miss(iface, self->problems,
                       _("no key sets the secret that its IPv6 addresses are made of "
                         "(net.ipv6.conf.%s.stable_secret): /etc/sysctl.conf can, else it gets one of its "
                         "own, and other addresses"),
                       link->name);
    if (link->has_xdp)
        net_write_miss(iface, self->problems,
                       _("a program looks at what comes in (XDP): whoever put it there has to do so again"));
}
