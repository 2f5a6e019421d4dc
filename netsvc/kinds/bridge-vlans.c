/* BRIDGE_VLANS and BRIDGE_PORT_VLANS, as NetworkManager's files have them. */
#include "bridge-vlans.h"
#include "families.h"
#include "i18n.h"
#include "kinds/kinds.h"

guint16 bridge_default_pvid(const NetIface *bridge)
{
    const LinkSetting *setting = link_settings_find(bridge->settings, "default_pvid");
    const LinkOption *row = link_table_find(&bridge_family.own, "default_pvid");
    return setting ? (guint16)setting->number : (guint16)g_ascii_strtoull(row->fallback, NULL, 10);
}

gboolean bridge_filters(const NetIface *bridge)
{
    const LinkSetting *filtering = link_settings_find(bridge->settings, "vlan_filtering");
    return filtering && filtering->number;
}

static void vlans_read(NetIface *iface, const NetIface *bridge, const char *key, const KindContext *context)
{
    IfcfgWhere where;
    const char *text = net_iface_get(iface, key, &where);
    g_autofree char *bad = NULL;
    g_autofree BridgeVlans *vlans = text ? bridge_vlans_parse(text, &bad) : NULL;
    if (bad) {
        net_iface_damage(iface, where);
        ifcfg_problems_add(
            context->problems, IFCFG_ERROR, where,
            _("%s: `%s` is no VLAN from 1 to 4094, nor a range of them like 20-30, with `untagged` "
              "or, for one of all, `pvid` behind it; the key is ignored"),
            key, bad);
    }
    if (!vlans)
        return;
    if (!bridge_filters(bridge)) {
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("%s is ignored: %s does not filter VLANs; write vlan_filtering=1 into the "
                             "BRIDGING_OPTS of ifcfg-%s, or remove the key"),
                           key, bridge->name, bridge->name);
        return;
    }
    g_autofree char *list = bridge_vlans_format(vlans);
    iface->vlans = bridge_vlans_with_default(list, bridge_default_pvid(bridge));
    iface->vlans_where = where;
}

void kind_check_vlans(const NetIface *iface, const KindContext *context)
{
    const NetRelation *port = net_iface_relation(iface, NET_PORT_OF);
    gboolean is_port = port && !g_strcmp0(port->others, "bridge"),
             is_bridge = iface->kind->family == &bridge_family;
    IfcfgWhere where;
    if (!is_port && net_iface_get(iface, "BRIDGE_PORT_VLANS", &where))
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("%s is ignored: %s is no port of a bridge; write BRIDGE=, or remove the key"),
                           "BRIDGE_PORT_VLANS", iface->name);
    if (!is_bridge && net_iface_get(iface, "BRIDGE_VLANS", &where))
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("%s is ignored: %s is no bridge; VLANs of its port are BRIDGE_PORT_VLANS"),
                           "BRIDGE_VLANS", iface->name);
}

void bridge_read_vlans(NetIface *bridge, const KindContext *context)
{
    vlans_read(bridge, bridge, "BRIDGE_VLANS", context);
    for (guint i = 0; i < bridge->ports->len; i++)
        vlans_read(g_ptr_array_index(bridge->ports, i), bridge, "BRIDGE_PORT_VLANS", context);
}
