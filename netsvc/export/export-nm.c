/* NetworkManager's keyfiles: one a device, nm-settings-keyfile(5). */
#include "export/export-private.h"
#include "i18n.h"
#include <string.h>
#include <sys/socket.h>

/* --- connection and device --- */

/* As NetworkManager's reader of these files does where there is none: always the same for a file. */
static char *uuid_of(const NetIface *iface)
{
    const char *given = ifcfg_record_get(iface->record, "UUID");
    if (given && g_uuid_string_is_valid(given))
        return g_strdup(given);
    g_autofree char *seed = g_strdup_printf("netsvc ifcfg-%s %s", iface->nick, iface->name);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA1, seed, -1);
    return g_strdup_printf("%.8s-%.4s-5%.3s-a%.3s-%.12s", sum, sum + 8, sum + 13, sum + 17, sum + 20);
}

static void port_write(const NetIface *iface, ExportNode *connection)
{
    const NetRelation *port = net_iface_relation(iface, NET_PORT_OF);
    if (!port)
        return;
    export_text(connection, "master", port->name);
    export_text(connection, "slave-type", port->iface ? port->iface->kind->name : port->others);
}

static void connection_write(const NetIface *iface, const char *type, ExportNode *root)
{
    ExportNode *connection = export_group(root, "connection");
    const char *name = ifcfg_record_get(iface->record, "NAME");
    g_autofree char *uuid = uuid_of(iface);
    export_text(connection, "id", name && *name ? name : iface->name);
    export_text(connection, "uuid", uuid);
    export_text(connection, "type", type);
    if (iface->naming != NET_NAME_UNKNOWN)
        export_text(connection, "interface-name", iface->name);
    if (!export_is_at_boot(iface))
        export_bool(connection, "autoconnect", FALSE);
    if (net_kind_has(iface->kind, NET_KIND_PORTS_ARE_SILENT))
        export_number(connection, "autoconnect-slaves", 1);
    port_write(iface, connection);
}

static void device_write(const NetIface *iface, const char *type, ExportNode *root)
{
    gboolean is_created = net_kind_has(iface->kind, NET_KIND_CREATES);
    gboolean is_infiniband = g_str_equal(type, "infiniband"), is_tunnel = g_str_equal(type, "ip-tunnel");
    const char *section = is_infiniband ? "infiniband" : "ethernet";
    g_autofree char *hwaddr = iface->hwaddr.length ? ifcfg_mac_format(&iface->hwaddr) : NULL;
    g_autofree char *macaddr = iface->macaddr.length ? ifcfg_mac_format(&iface->macaddr) : NULL;
    if (hwaddr && !is_created)
        export_text(export_group(root, section), "mac-address", hwaddr);
    if (macaddr)
        export_text(export_group(root, "ethernet"), "cloned-mac-address", macaddr);
    if (g_str_equal(type, "loopback")) /* which must have its section; 0: as the kernel has it */
        export_number(export_group(root, type), "mtu", iface->mtu);
    else if (iface->mtu)
        export_number(export_group(root, is_tunnel ? type : section), "mtu", iface->mtu);
}

/* --- kinds --- */

static const char *relation_name(const NetIface *iface, NetRole role)
{
    const NetRelation *relation = net_iface_relation(iface, role);
    return relation ? relation->name : NULL;
}

static gboolean is_on(const NetIface *iface, const char *option, gboolean fallback)
{
    const LinkSetting *setting = link_settings_find(iface->settings, option);
    return setting ? setting->number != 0 : fallback;
}

/* NM_VLAN_FLAG_*. */
static void vlan_write(const NetIface *iface, ExportNode *section)
{
    gint64 flags = (is_on(iface, "reorder_hdr", TRUE) ? 1 : 0) | (is_on(iface, "gvrp", FALSE) ? 2 : 0) |
                   (is_on(iface, "loose_binding", FALSE) ? 4 : 0) | (is_on(iface, "mvrp", FALSE) ? 8 : 0);
    export_text(section, "parent", relation_name(iface, NET_STANDS_ON));
    export_number(section, "flags", flags);
}

/* NMIPTunnelMode. */
static void tunnel_write(const NetIface *iface, ExportNode *section)
{
    static const struct {
        const char *kind;
        gint mode;
    } modes[] = {{"ipip", 1}, {"gre", 2}, {"sit", 3}, {"ip6gre", 8}, {"gretap", 10}};
    for (gsize i = 0; i < G_N_ELEMENTS(modes); i++)
        if (g_str_equal(iface->kind->name, modes[i].kind))
            export_number(section, "mode", modes[i].mode);
}

/* Before the options, so that what holds without one is ours and not NetworkManager's. */
static void kind_write(const NetIface *iface, const char *type, ExportNode *root)
{
    const char *lower = relation_name(iface, NET_STANDS_ON);
    ExportNode *section = export_group(root, type);
    if (g_str_equal(type, "vlan")) {
        vlan_write(iface, section);
    } else if (g_str_equal(type, "ip-tunnel")) {
        tunnel_write(iface, section);
    } else if (g_str_equal(type, "veth")) {
        export_text(section, "peer", relation_name(iface, NET_PEER));
    } else if (g_str_equal(type, "bridge") && !link_settings_find(iface->settings, "stp_state")) {
        export_bool(section, "stp", FALSE);
    } else if (!g_str_equal(type, "vxlan")) {
        export_text(section, "parent", lower);
    }
    if (g_str_equal(type, "infiniband") && !link_settings_find(iface->settings, "mode"))
        export_text(section, "transport-mode", "datagram");
    if (g_str_equal(iface->kind->name, "macvtap"))
        export_bool(section, "tap", TRUE);
    if (g_str_equal(type, "macvlan") && !link_settings_find(iface->settings, "mode"))
        export_number(section, "mode", 1);
    if (g_str_equal(iface->kind->name, "team")) {
        export_text(section, "config", ifcfg_record_get(iface->record, "TEAM_CONFIG"));
    }
}

static void nm_write(Export *self, const NetIface *iface, const char *type)
{
    g_autoptr(ExportNode) root = export_node_new(NULL, EXPORT_GROUP);
    g_autofree char *path = g_strconcat(iface->name, ".nmconnection", NULL);
    connection_write(iface, type, root);
    device_write(iface, type, root);
    kind_write(iface, type, root);
    export_options(self, iface, root, root);
    export_vlans_nm(self, iface, root);
    if (export_has_layer3(iface))
        export_nm_layer3(self, iface, root);
    export_keys(self, iface, root);
    export_ethtool(self, iface, root);
    export_add_file(self, path, export_print_ini(root, TRUE), 0600);
}

const ExportTarget export_nm = {
    .name = "nm", .title = "NetworkManager", .column = EXPORT_COLUMN_NM, .write = nm_write};
