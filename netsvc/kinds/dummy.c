/* TYPE=Dummy: a device that has no other end; addresses on it are there whatever the cables do. */
#include "families.h"
#include "kinds/kinds.h"

static gboolean dummy_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return kind_type_is(iface, "Dummy");
}

const IfaceKind dummy_kind = {
    .name = "dummy",
    .type = "Dummy",
    .family = &dummy_family,
    .traits = NET_KIND_CREATES | NET_KIND_MAC_WHILE_UP,
    .match = dummy_match,
    .read = kind_read_link,
};
