/* The order in which `network start` brought interfaces up, which decides who is the last one where only one
 * can have it: VLANs, bridges and tunnels after all others, whatever their files are called. */
#include "model/model.h"
#include <string.h>

/* The groups of the old init script. */
typedef enum { BOOT_PLAIN, BOOT_VLAN, BOOT_BRIDGE, BOOT_XDSL, BOOT_VPN, BOOT_LAST } BootGroup;

static const struct {
    const char *type;
    BootGroup group;
} types[] = {{"Bridge", BOOT_BRIDGE}, {"xDSL", BOOT_XDSL}, {"Modem", BOOT_XDSL},
             {"IPSEC", BOOT_VPN},     {"IPIP", BOOT_VPN},  {"GRE", BOOT_VPN}};

static gboolean begins(const char *name, const char *prefix)
{
    return *name == *prefix && g_str_has_prefix(name, prefix);
}

static BootGroup group_of(const NetIface *iface)
{
    if (begins(iface->name, "cipcb"))
        return BOOT_VPN;
    for (gsize i = 0; iface->type && i < G_N_ELEMENTS(types); i++)
        if (((*iface->type ^ *types[i].type) & ~0x20) == 0 && !g_ascii_strcasecmp(iface->type, types[i].type))
            return types[i].group;
    return strchr(iface->name, '.') || begins(iface->name, "vlan") ? BOOT_VLAN : BOOT_PLAIN;
}

static void add_with_aliases(GPtrArray *order, NetIface *iface)
{
    g_ptr_array_add(order, iface);
    for (guint a = 0; iface->aliases && a < iface->aliases->len; a++)
        g_ptr_array_add(order, g_ptr_array_index(iface->aliases, a));
}

GPtrArray *net_model_boot_order(const NetModel *self)
{
    guint length = net_model_length(self);
    GPtrArray *order = g_ptr_array_sized_new(length);
    g_autofree guint8 *groups = g_new(guint8, length);
    for (guint i = 0; i < length; i++) {
        const NetIface *iface = net_model_nth(self, i);
        groups[i] = (guint8)(iface->parent ? BOOT_LAST : group_of(iface));
    }
    for (BootGroup group = BOOT_PLAIN; group < BOOT_LAST; group++)
        for (guint i = 0; i < length; i++)
            if (groups[i] == group)
                add_with_aliases(order, net_model_nth(self, i));
    return order;
}
