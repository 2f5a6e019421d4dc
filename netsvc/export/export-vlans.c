/* VLANs of bridges that filter them, and of their ports. */
#include "bridge-vlans.h"
#include "export/export-private.h"

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
