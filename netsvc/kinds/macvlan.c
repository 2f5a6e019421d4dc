/* TYPE=Macvlan: a device with a MAC of its own on a NIC that others use too. TYPE=Macvtap: the same, which a
 * virtual machine opens as a file. */
#include "families.h"
#include "kinds/kinds.h"

static gboolean macvlan_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return kind_type_is(iface, "Macvlan");
}

static gboolean macvtap_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return kind_type_is(iface, "Macvtap");
}

const IfaceKind macvlan_kind = {
    .name = "macvlan",
    .type = "Macvlan",
    .family = &macvlan_family,
    .traits = NET_KIND_CREATES | NET_KIND_IS_STACKED | NET_KIND_MAC_WHILE_UP,
    .match = macvlan_match,
    .read = kind_read_link,
    .link = kind_link_options,
};

const IfaceKind macvtap_kind = {
    .name = "macvtap",
    .type = "Macvtap",
    .family = &macvtap_family,
    .traits = NET_KIND_CREATES | NET_KIND_IS_STACKED | NET_KIND_MAC_WHILE_UP,
    .match = macvtap_match,
    .read = kind_read_link,
    .link = kind_link_options,
};
