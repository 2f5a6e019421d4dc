/* The picture for a plan of another tree, where no kernel can be asked: the NICs are there, and nothing is
 * done yet. */
#include "model/kind.h"
#include "state/observed.h"
#include <net/if.h>
#include <sys/socket.h>

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

/* As each kernel has them: the priority that a new one gets is below those. */
static void assume_rules(NetObserved *self, const IfcfgRtNames *names)
{
    static const struct {
        int family;
        const char *text;
    } rules[] = {{AF_INET, "from all lookup local priority 0"},
                 {AF_INET, "from all lookup main priority 32766"},
                 {AF_INET, "from all lookup default priority 32767"},
                 {AF_INET6, "from all lookup local priority 0"},
                 {AF_INET6, "from all lookup main priority 32766"}};
    IfcfgWhere nowhere = {0};
    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++)
        net_observed_add_rule(self, ifcfg_rule_parse(rules[i].text, rules[i].family, names, nowhere, NULL));
}

NetObserved *net_observed_assume(const NetModel *model)
{
    NetObserved *self = net_observed_new();
    assume_rules(self, net_model_rtnames(model));
    assume_link(self, "lo", NULL, IFF_LOOPBACK);
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        if (is_hardware(iface))
            assume_link(self, iface->name, &iface->hwaddr, IFF_BROADCAST | IFF_MULTICAST);
    }
    return self;
}
