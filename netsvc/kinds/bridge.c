/* Bridges: TYPE=Bridge, or what the files of ports name by BRIDGE. */
#include "families.h"
#include "i18n.h"
#include "kinds/kinds.h"
#include "model/model-private.h"
#include <string.h>

/* By its ports alone no card becomes a bridge: BRIDGE= was mistyped, and costs the port that says so. */
static gboolean is_card(const NetIface *iface, const KindContext *context)
{
    const NetNics *nics = context->nics;
    return iface->file && (net_iface_get(iface, "HWADDR", NULL) ||
                           (nics && nics->is_other && nics->is_other(iface->name, "bridge", nics->data)));
}

static gboolean bridge_match(const NetIface *iface, const KindContext *context)
{
    if (kind_type_is(iface, "Bridge"))
        return TRUE;
    for (guint i = 0; i < iface->ports->len; i++) {
        const NetRelation *port = net_iface_relation(g_ptr_array_index(iface->ports, i), NET_PORT_OF);
        if (!g_strcmp0(port->others, "bridge"))
            return !is_card(iface, context);
    }
    return FALSE;
}

static gboolean has_stp(const NetIface *iface)
{
    const LinkSetting *stp = link_settings_find(iface->settings, "stp_state");
    return stp && stp->number;
}

/* Listening and learning come before forwarding, each for the forward delay: as long as the old scripts
 * waited. */
static void stp_wait(NetIface *iface)
{
    const LinkOption *row = link_table_find(&bridge_family.own, "forward_delay");
    const LinkSetting *delay = link_settings_find(iface->settings, row->name);
    gint64 ticks = delay ? delay->number : g_ascii_strtoll(row->fallback, NULL, 10);

    if (has_stp(iface))
        iface->linkdelay = MAX(iface->linkdelay, (gint)(2 * ticks / 100 + 7));
}

/* NetworkManager's; a MACADDR beside it counts. */
static void bridge_read(NetIface *iface, const KindContext *context)
{
    const char *text = net_iface_get(iface, "BRIDGE_MACADDR", NULL);

    if (text && !iface->macaddr.length && ifcfg_mac_parse(text, &iface->macaddr))
        net_iface_check_mac(iface, "BRIDGE_MACADDR", context);
    kind_read_link(iface, context);
}

static void bridge_link(NetIface *iface, const KindContext *context)
{
    kind_link_options(iface, context);
    stp_wait(iface);
    bridge_read_vlans(iface, context);
}

static const char *bridge_needs_partner(const NetIface *iface)
{
    return has_stp(iface) ? "STP" : NULL;
}

const IfaceKind bridge_kind = {
    .name = "bridge",
    .type = "Bridge",
    .family = &bridge_family,
    .traits = NET_KIND_CREATES | NET_KIND_HAS_PORTS | NET_KIND_MAC_WHILE_UP | NET_KIND_MTU_BY_PORTS |
              NET_KIND_IS_NO_PORT_OF_ITS_LIKE | NET_KIND_MAC_BY_PORTS,
    .match = bridge_match,
    .read = bridge_read,
    .link = bridge_link,
    .needs_partner = bridge_needs_partner,
};
