/* TYPE=Ifb: a device that traffic is sent through to be shaped, mostly what comes in by another one. */
#include "families.h"
#include "kinds/kinds.h"

static gboolean ifb_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return kind_type_is(iface, "Ifb");
}

const IfaceKind ifb_kind = {
    .name = "ifb",
    .type = "Ifb",
    .family = &ifb_family,
    .traits = NET_KIND_CREATES | NET_KIND_MAC_WHILE_UP,
    .match = ifb_match,
    .read = kind_read_link,
};
