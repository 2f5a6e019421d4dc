/* Any NIC that is there already, alone or as a port. */
#include "kinds/kinds.h"

static gboolean ethernet_match(const NetIface *iface, const KindContext *context)
{
    return !kind_is_foreign(iface, context, NULL, NULL);
}

const IfaceKind ethernet_kind = {
    .name = "ethernet",
    .type = "Ethernet",
    .match = ethernet_match,
    .read = kind_read_port,
};
