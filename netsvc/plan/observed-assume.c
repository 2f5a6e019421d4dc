/* The picture for a plan of another tree, where no kernel can be asked: the NICs are there, and nothing is
 * done yet. */
#include "model/kind.h"
#include "state/observed.h"
#include <net/if.h>

static void assume_link(NetObserved *self, const char *name, const IfcfgMac *perm_mac, guint32 flags)
{
    if (net_observed_link(self, name))
        return;
    ObservedLink *link = observed_link_new(name, (int)self->links->len + 1);
    link->flags = flags;
    link->mtu = 1500;
    if (perm_mac)
        link->mac = link->perm_mac = *perm_mac;
    net_observed_add_link(self, link);
}

/* What we create ourselves is not there yet: and aliases are no devices at all. */
static gboolean is_hardware(const NetIface *iface)
{
    return !net_kind_has(iface->kind, NET_KIND_CREATES) && iface->form == IFCFG_ENTRY_MAIN &&
           !iface->unsupported;
}

NetObserved *net_observed_assume(const NetModel *model)
{
    NetObserved *self = net_observed_new();
    assume_link(self, "lo", NULL, IFF_LOOPBACK);
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        if (is_hardware(iface))
            assume_link(self, iface->name, &iface->hwaddr, IFF_BROADCAST | IFF_MULTICAST);
    }
    return self;
}
