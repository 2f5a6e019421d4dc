/* The loopback device: no ARP work, no zeroconf route, nothing to wait for. */
#include "kinds/kinds.h"
#include <string.h>

static gboolean loopback_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return !strcmp(iface->name, "lo");
}

static void loopback_read(NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    for (guint i = 0; i < iface->addresses->len; i++) {
        NetAddress *address = g_ptr_array_index(iface->addresses, i);
        address->check = FALSE;
        address->announce = FALSE;
    }
}

const IfaceKind loopback_kind = {
    .name = "loopback",
    .match = loopback_match,
    .read = loopback_read,
};
