/* VLANs of bridges that filter them, and of their ports. */
#include "bridge-vlans.h"
#include "export/export-private.h"
#include "kinds/kinds.h"

static const char *key_of(const NetIface *iface)
{
    return net_iface_master(iface) ? "BRIDGE_PORT_VLANS" : "BRIDGE_VLANS";
}

void export_vlans_nm(Export *self, const NetIface *iface, ExportNode *root)
{
    const char *section = net_iface_master(iface) ? "bridge-port" : "bridge";
    if (!iface->vlans)
        return;
    export_text(export_group(root, section), "vlans", iface->vlans);
    export_take(self, iface, key_of(iface));
}

void export_vlans_networkd(Export *self, const NetIface *iface, ExportNode *root)
{
    g_auto(GStrv) parts = g_strsplit(iface->vlans ? iface->vlans : "", ",", -1);
    for (char **part = parts; *part; part++) {
        g_auto(GStrv) words = g_strsplit(*part, " ", 2);
        g_autofree BridgeVlans *vlans = bridge_vlans_parse(*part, NULL);
        guint8 flags = vlans->flags[g_ascii_strtoull(words[0], NULL, 10)];
        ExportNode *section = export_group_add(root, "BridgeVLAN");
        export_text(section, "VLAN", words[0]);
        export_text(section, "EgressUntagged", flags & BRIDGE_VLAN_UNTAGGED ? words[0] : NULL);
        export_text(section, "PVID", flags & BRIDGE_VLAN_PVID ? words[0] : NULL);
    }
    if (iface->vlans)
        export_take(self, iface, key_of(iface));
}

/* --- nmstate: a port is "access" with one tag, or "trunk" with tags, and a native one for what has none ---
 */

/* What leaves without its tag is the native one, and that alone. */
static gboolean is_for_nmstate(const BridgeVlans *vlans)
{
    guint16 pvid = bridge_vlans_pvid(vlans);
    for (guint first = 0, last = 0; bridge_vlans_next(vlans, &first, &last);)
        if (!!(vlans->flags[first] & BRIDGE_VLAN_UNTAGGED) != (first == pvid) ||
            (first == pvid && first != last))
            return FALSE;
    return TRUE;
}

static void tags_write(const BridgeVlans *vlans, ExportNode *section)
{
    for (guint first = 0, last = 0; bridge_vlans_next(vlans, &first, &last);) {
        if (first == bridge_vlans_pvid(vlans))
            continue;
        ExportNode *element = export_group_add(export_list(section, "trunk-tags"), NULL);
        ExportNode *range = first == last ? NULL : export_group(element, "id-range");
        if (!range)
            export_number(element, "id", first);
        else {
            export_number(range, "min", first);
            export_number(range, "max", last);
        }
    }
}

void export_vlans_nmstate(Export *self, const NetIface *port, ExportNode *entry)
{
    const NetIface *bridge = net_iface_master(port);
    if (!bridge || !bridge_filters(bridge))
        return;
    g_autofree char *list = bridge_vlans_with_default(port->vlans, bridge_default_pvid(bridge));
    g_autofree BridgeVlans *vlans = bridge_vlans_parse(list, NULL);
    guint16 pvid = bridge_vlans_pvid(vlans);
    if (bridge_vlans_is_empty(vlans) || !is_for_nmstate(vlans))
        return;
    ExportNode *section = export_group(entry, "vlan");
    g_autofree char *native = g_strdup_printf("%u", pvid);
    g_autofree char *rest = bridge_vlans_without(list, pvid ? native : NULL);
    gboolean is_trunk = !pvid || *rest;
    export_text(section, "mode", is_trunk ? "trunk" : "access");
    if (is_trunk && pvid)
        export_bool(section, "enable-native", TRUE);
    if (pvid)
        export_number(section, "tag", pvid);
    tags_write(vlans, section);
    export_take(self, port, "BRIDGE_PORT_VLANS");
}
