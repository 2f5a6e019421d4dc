/* TYPE=VRF: a routing table of its own for the devices that name it by VRF, which keep their addresses. */
#include "families.h"
#include "i18n.h"
#include "ifcfg-rtnames.h"
#include "kinds/kinds.h"

static gboolean vrf_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return kind_type_is(iface, "VRF");
}

/* A name of rt_tables is as good as the number. */
static void table_name_read(NetIface *iface, const char *text, IfcfgWhere where, const KindContext *context)
{
    const IfcfgRtNames *names = net_model_rtnames(context->model);
    guint32 number;
    if (g_ascii_isdigit(*text) || !ifcfg_rtnames_lookup(names, IFCFG_RT_TABLE, text, &number) || !number)
        return;
    g_autofree char *digits = g_strdup_printf("%u", number);
    iface->settings = link_settings_new(iface->kind->family);
    link_settings_ask(iface->settings, "table", digits, where);
}

static void vrf_read(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where = iface->where;
    const char *text = net_iface_get(iface, "VRF_TABLE", &where);

    if (text && !iface->settings)
        table_name_read(iface, text, where, context);
    kind_read_link(iface, context);
    if (text && !link_settings_find(iface->settings, "table"))
        net_iface_fail(iface, where, NULL, _("VRF_TABLE=%s is not the number of a routing table"), text);
    else if (!text)
        net_iface_fail(iface, where, context->problems,
                       _("VRF_TABLE is missing: it is the number of the routing table of %s"), iface->name);
}

/* What the file of a port says of routes is meant for where the port is. */
static void port_move_routes(NetIface *port, guint32 table)
{
    for (guint i = 0; i < port->routes->len; i++) {
        IfcfgRoute *route = g_ptr_array_index(port->routes, i);
        if (!route->table)
            route->table = table;
    }
    port->zeroconf = FALSE;
}

static void vrf_link(NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    const LinkSetting *table = link_settings_find(iface->settings, "table");

    for (guint i = 0; table && i < iface->ports->len; i++)
        port_move_routes(g_ptr_array_index(iface->ports, i), (guint32)table->number);
    iface->zeroconf = FALSE;
}

const IfaceKind vrf_kind = {
    .name = "vrf",
    .type = "VRF",
    .family = &vrf_family,
    .traits = NET_KIND_CREATES | NET_KIND_HAS_PORTS | NET_KIND_KEEPS_LAYER3 | NET_KIND_MAC_WHILE_UP |
              NET_KIND_IS_NO_PORT | NET_KIND_IS_NO_PORT_OF_ITS_LIKE,
    .match = vrf_match,
    .read = vrf_read,
    .link = vrf_link,
};
