/* The array of all types. To add one: its file, its vtable, a row here. */
#include "kinds/kinds.h"

const IfaceKind *const iface_kinds[] = {
    &loopback_kind, &alias_kind, &bond_kind, &ethernet_kind, &unsupported_kind, NULL,
};

gboolean kind_type_is(const NetIface *iface, const char *name)
{
    const char *type = net_iface_get(iface, "TYPE", NULL);

    return type && g_ascii_strcasecmp(type, name) == 0;
}
