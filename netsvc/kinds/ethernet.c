/* Any NIC that is there already, alone or as a port of a bond. */
#include "i18n.h"
#include "kinds/kinds.h"
#include "kinds/plans.h"

static gboolean ethernet_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return !kind_is_foreign(iface, NULL, NULL);
}

/* A port's own addresses never had an effect; installers write BOOTPROTO=dhcp there, which is no more than
 * noise. */
static void port_check(const NetIface *iface, const KindContext *context)
{
    static const char *const keys[] = {"IPADDR", "IPADDR0", "IPADDR1", "BONDING_OPTS"};
    IfcfgWhere where;

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        if (net_iface_get(iface, NULL, keys[i], &where))
            ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                               _("%s is ignored: %s is a port of %s; it belongs into ifcfg-%s"), keys[i],
                               iface->name, iface->master, iface->master);
}

static void ethernet_read(NetIface *iface, const KindContext *context)
{
    if (iface->master)
        port_check(iface, context);
    else
        kind_read_unsupported(iface);
}

static void ethernet_link(NetIface *iface, const KindContext *context)
{
    const char *wrong = iface->master ? ifcfg_ifname_fault(iface->master) : NULL;

    if (!iface->master)
        return;
    if (wrong) /* the check of keys has told so */
        net_iface_fail(iface, iface->master_where, NULL, _("'%s' cannot be an interface name: %s"),
                       iface->master, wrong);
    else if (!iface->controller)
        net_iface_fail(
            iface, iface->master_where, context->problems,
            _("MASTER=%s: there is no configuration of a bond %s; write ifcfg-%s, or correct the name"),
            iface->master, iface->master, iface->master);
    else if (iface->controller->kind != &bond_kind)
        net_iface_fail(iface, iface->master_where, context->problems,
                       _("MASTER=%s: %s is configured in %s, but not as a bond"), iface->master,
                       iface->master, iface->controller->file);
}

static gboolean ethernet_has_line(const NetIface *iface)
{
    return !iface->master;
}

const IfaceKind ethernet_kind = {
    .name = "ethernet",
    .match = ethernet_match,
    .read = ethernet_read,
    .link = ethernet_link,
    .plan_up = ethernet_plan_up,
    .plan_down = ethernet_plan_down,
    .has_line = ethernet_has_line,
};
