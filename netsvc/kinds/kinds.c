/* The array of all types. To add one: its file, its vtable, a row here. */
#include "kinds/kinds.h"

const IfaceKind *const iface_kinds[] = {
    &loopback_kind, &alias_kind, &bond_kind, &ethernet_kind, &unsupported_kind, NULL,
};

const IfaceKind *iface_kind_for(const NetIface *iface, const KindContext *context)
{
    for (const IfaceKind *const *kind = iface_kinds; *kind; kind++)
        if ((*kind)->match(iface, context))
            return *kind;
    g_return_val_if_reached(&unsupported_kind);
}

gboolean kind_type_is(const NetIface *iface, const char *name)
{
    const char *type = net_iface_get(iface, NULL, "TYPE", NULL);

    return type && g_ascii_strcasecmp(type, name) == 0;
}
