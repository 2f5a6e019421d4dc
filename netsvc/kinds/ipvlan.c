/* TYPE=Ipvlan: a device with addresses of its own on a NIC that others use too, with that one's MAC.
 * TYPE=Ipvtap: the same, which a virtual machine opens as a file. */
#include "families.h"
#include "i18n.h"
#include "kinds/kinds.h"

static gboolean ipvlan_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return kind_type_is(iface, "Ipvlan");
}

static gboolean ipvtap_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return kind_type_is(iface, "Ipvtap");
}

/* The driver has no way to set one (ipvlan_netdev_ops). */
static void ipvlan_read(NetIface *iface, const KindContext *context)
{
    const NetRelation *lower = net_iface_relation(iface, NET_STANDS_ON);
    IfcfgWhere where;

    if (lower && iface->macaddr.length && net_iface_get(iface, "MACADDR", &where))
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("MACADDR is ignored: %s has the MAC of %s, which it stands on"), iface->name,
                           lower->name);
    iface->macaddr.length = 0;
    kind_read_link(iface, context);
}

const IfaceKind ipvlan_kind = {
    .name = "ipvlan",
    .type = "Ipvlan",
    .family = &ipvlan_family,
    .traits = NET_KIND_CREATES | NET_KIND_IS_STACKED | NET_KIND_IS_NO_PORT,
    .match = ipvlan_match,
    .read = ipvlan_read,
    .link = kind_link_options,
};

const IfaceKind ipvtap_kind = {
    .name = "ipvtap",
    .type = "Ipvtap",
    .family = &ipvtap_family,
    .traits = NET_KIND_CREATES | NET_KIND_IS_STACKED | NET_KIND_IS_NO_PORT,
    .match = ipvtap_match,
    .read = ipvlan_read,
    .link = kind_link_options,
};
