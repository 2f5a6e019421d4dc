/* The array of all types. To add one: its file, a row here. */
#include "kinds/kinds.h"

/* Most specific first: VLAN=yes decides whatever TYPE says, and a bond is one by its options or ports. The
 * last one takes everything. */
#define KINDS(KIND)                                                                                          \
    KIND(loopback)                                                                                           \
    KIND(alias)                                                                                              \
    KIND(vlan)                                                                                               \
    KIND(bond)                                                                                               \
    KIND(bridge)                                                                                             \
    KIND(dummy)                                                                                              \
    KIND(macvlan)                                                                                            \
    KIND(plugin)                                                                                             \
    KIND(ethernet)                                                                                           \
    KIND(unsupported)

#define DECLARE(name_) extern const IfaceKind name_##_kind;
KINDS(DECLARE)

#define POINT(name_) &name_##_kind,
const IfaceKind *const iface_kinds[] = {KINDS(POINT) NULL};

gboolean kind_type_is(const NetIface *iface, const char *name)
{
    const char *type = net_iface_get(iface, "TYPE", NULL);

    return type && g_ascii_strcasecmp(type, name) == 0;
}
