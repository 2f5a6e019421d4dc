/* TYPE=Macvlan: a device with a MAC of its own on a NIC that others use too. */
#include "families.h"
#include "kinds/kinds.h"

static gboolean macvlan_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return kind_type_is(iface, "Macvlan");
}

const IfaceKind macvlan_kind = {
    .name = "macvlan",
    .family = &macvlan_family,
    .traits = NET_KIND_CREATES | NET_KIND_IS_STACKED | NET_KIND_MAC_WHILE_UP,
    .match = macvlan_match,
    .read = kind_read_link,
    .link = kind_link_options,
};
