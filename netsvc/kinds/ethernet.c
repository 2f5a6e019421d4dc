/* Any NIC that is there already, alone or as a port. */
#include "kinds/kinds.h"

static gboolean ethernet_match(const NetIface *iface, const KindContext *context)
{
    return !kind_is_foreign(iface, context, NULL, NULL);
}

static void ethernet_read(NetIface *iface, const KindContext *context)
{
    kind_read_port(iface, context);
    kind_check_type(iface, context);
}

const IfaceKind ethernet_kind = {
    .name = "ethernet",
    .type = "Ethernet",
    .match = ethernet_match,
    .read = ethernet_read,
};
