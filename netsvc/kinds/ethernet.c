/* Any NIC that is there already, alone or as a port of a bond. */
#include "i18n.h"
#include "kinds/kinds.h"

static gboolean ethernet_match(const NetIface *iface, const KindContext *context)
{
    return !kind_is_foreign(iface, context, NULL, NULL);
}

/* A port's own addresses never had an effect; installers write BOOTPROTO=dhcp there, which is no more than
 * noise. */
static void port_check(const NetIface *iface, const NetRelation *port, const KindContext *context)
{
    static const char *const keys[] = {"IPADDR", "IPADDR0", "IPADDR1", "BONDING_OPTS"};
    IfcfgWhere where;

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        if (net_iface_get(iface, keys[i], &where))
            ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                               _("%s is ignored: %s is a port of %s; it belongs into ifcfg-%s"), keys[i],
                               iface->name, port->name, port->name);
}

static void ethernet_read(NetIface *iface, const KindContext *context)
{
    const NetRelation *port = net_iface_relation(iface, NET_PORT_OF);

    if (port)
        port_check(iface, port, context);
    else
        kind_read_unsupported(iface, context);
    kind_check_type(iface, context);
}

const IfaceKind ethernet_kind = {
    .name = "ethernet",
    .match = ethernet_match,
    .read = ethernet_read,
};
