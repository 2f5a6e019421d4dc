/* The array of all types. To add one: its file, a row here. */
#include "kinds/kinds.h"

/* Most specific first: VXLAN=yes and VLAN=yes decide whatever TYPE says, and a bond is one by its options or
 * ports. The last one takes everything. */
#define KINDS(KIND)                                                                                          \
    KIND(loopback)                                                                                           \
    KIND(alias)                                                                                              \
    KIND(vxlan)                                                                                              \
    KIND(vlan)                                                                                               \
    KIND(bond)                                                                                               \
    KIND(bridge)                                                                                             \
    KIND(dummy)                                                                                              \
    KIND(ifb)                                                                                                \
    KIND(veth)                                                                                               \
    KIND(vrf)                                                                                                \
    KIND(macvlan)                                                                                            \
    KIND(team)                                                                                               \
    KIND(plugin)                                                                                             \
    KIND(macvtap)                                                                                            \
    KIND(ipvlan)                                                                                             \
    KIND(ipvtap)                                                                                             \
    KIND(gre)                                                                                                \
    KIND(gretap)                                                                                             \
    KIND(ip6gre)                                                                                             \
    KIND(ipip)                                                                                               \
    KIND(ip6tnl)                                                                                             \
    KIND(sit)                                                                                                \
    KIND(tap)                                                                                                \
    KIND(infiniband)                                                                                         \
    KIND(ipoib)                                                                                              \
    KIND(ethernet)                                                                                           \
    KIND(unsupported)

#define DECLARE(name_) extern const IfaceKind name_##_kind;
KINDS(DECLARE)

#define POINT(name_) &name_##_kind,
const IfaceKind *const iface_kinds[] = {KINDS(POINT) NULL};

/* Asked once for each kind that there is, of each interface: the first letter tells most of them apart. */
gboolean kind_type_is(const NetIface *iface, const char *name)
{
    return iface->type && ((*iface->type ^ *name) & ~0x20) == 0 && g_ascii_strcasecmp(iface->type, name) == 0;
}
