/* Addresses on the port of a controller, where they work for nobody. */
#include "i18n.h"
#include "model/iface.h"
#include "plan/verify.h"

/* Somebody gave it an address, or it had one before: it works for nobody, and hides the right one. */
void net_verify_no_address(NetVerifier *self, const NetIface *port, const NetObserved *observed)
{
    const ObservedLink *link = net_observed_link(observed, port->name);
    const GPtrArray *list = link && link->master ? net_observed_addresses_of(observed, link->ifindex) : NULL;
    for (guint i = 0; list && i < list->len; i++) {
        const ObservedAddress *address = g_ptr_array_index(list, i);
        g_autofree char *text = ifcfg_prefix_format(&address->prefix);
        if (!net_observed_address_is_kernels(address))
            net_verifier_differ(self, NET_DIFFERENCE_WARN, port->where,
                                _("port %s still has the address %s, which does not work on a port"),
                                port->name, text);
    }
}

/* Somebody else made it one: it answers by its addresses no more. A VRF takes none away. */
void net_verify_no_master(NetVerifier *self, const NetIface *iface, const NetObserved *observed)
{
    const ObservedLink *link = net_observed_link(observed, net_iface_device(iface));
    const ObservedLink *master =
        link && link->master ? net_observed_link_by_index(observed, link->master) : NULL;
    if (master && g_strcmp0(master->kind, "vrf") != 0 && !net_iface_master(iface) && iface->addresses->len)
        net_verifier_differ(self, NET_DIFFERENCE_WARN, iface->where,
                            _("it is a port of %s, which no file asks for: its addresses do not work there; "
                              "`ip link set %s nomaster` takes it out"),
                            master->name, iface->name);
}
