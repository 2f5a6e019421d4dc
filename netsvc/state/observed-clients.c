/* DHCP clients in the picture, and which address is one of theirs. */
#include "state/observed-clients.h"
#include "model/iface.h"
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

void observed_client_free(ObservedClient *self)
{
    g_free(self->dev);
    g_free(self->settings);
    g_free(self);
}

static ObservedClient *client_find(const NetObserved *self, const char *dev, int family, guint *ret_index)
{
    for (guint i = 0; i < self->clients->len; i++) {
        ObservedClient *client = g_ptr_array_index(self->clients, i);
        if (client->family != family || !g_str_equal(client->dev, dev))
            continue;
        if (ret_index)
            *ret_index = i;
        return client;
    }
    return NULL;
}

const ObservedClient *net_observed_client(const NetObserved *self, const char *dev, int family)
{
    return client_find(self, dev, family, NULL);
}

void net_observed_remove_client(NetObserved *self, const char *dev, int family)
{
    guint index;
    if (client_find(self, dev, family, &index))
        g_ptr_array_remove_index(self->clients, index);
}

ObservedClient *net_observed_add_client(NetObserved *self, const char *dev, int family, NetClient client,
                                        const char *settings)
{
    ObservedClient *added = g_new0(ObservedClient, 1);
    *added = (ObservedClient){.dev = g_strdup(dev), .family = family, .client = client};
    added->settings = g_strdup(settings);
    net_observed_remove_client(self, dev, family);
    g_ptr_array_add(self->clients, added);
    return added;
}

void net_observed_remove_clients_of(NetObserved *self, const char *dev)
{
    net_observed_remove_client(self, dev, AF_INET);
    net_observed_remove_client(self, dev, AF_INET6);
}

gboolean net_observed_address_is_leased(const ObservedAddress *address)
{
    gboolean is_4 = address->prefix.ip.family == AF_INET;
    return !(address->flags & IFA_F_PERMANENT) && address->scope < RT_SCOPE_LINK &&
           !net_observed_address_is_kernels(address) && (is_4 || address->prefix.length == 128);
}

gboolean net_observed_address_is_of(const ObservedAddress *address, const ObservedClient *client)
{
    return net_observed_address_is_leased(address) ||
           (client && client->address.family && ifcfg_ip_equal(&client->address, &address->prefix.ip));
}

static gboolean is_asked_for(const NetIface *iface, const ObservedAddress *address)
{
    for (guint i = 0; i < iface->addresses->len; i++)
        if (ifcfg_prefix_equal(&((const NetAddress *)g_ptr_array_index(iface->addresses, i))->prefix,
                               &address->prefix))
            return TRUE;
    return FALSE;
}

static gboolean is_one_of(const char *list, const ObservedAddress *address)
{
    g_autofree char *text = list ? ifcfg_prefix_format(&address->prefix) : NULL;
    g_auto(GStrv) words = g_strsplit(list ? list : "", " ", -1);
    return text && g_strv_contains((const char *const *)words, text);
}

/* Leases can be for ever, and of the address that was a fixed one until now. */
static gboolean can_be_leased(const NetIface *iface, const ObservedAddress *address, const char *others,
                              const ObservedClient *client)
{
    if (net_observed_address_is_of(address, client))
        return TRUE;
    for (guint i = 0; i < iface->aliases->len; i++)
        if (is_asked_for(g_ptr_array_index(iface->aliases, i), address))
            return FALSE;
    return address->prefix.ip.family == AF_INET && address->scope < RT_SCOPE_LINK &&
           !is_asked_for(iface, address) && !is_one_of(others, address);
}

const ObservedAddress *net_observed_lease_address(const NetObserved *self, const NetIface *iface, int family,
                                                  const char *others)
{
    const ObservedLink *link = net_observed_link(self, iface->name);
    const GPtrArray *list = link ? net_observed_addresses_of(self, link->ifindex) : NULL;
    const ObservedClient *client = net_observed_client(self, iface->name, family);
    for (guint i = 0; list && i < list->len; i++) {
        const ObservedAddress *address = g_ptr_array_index(list, i);
        if (address->prefix.ip.family == family && can_be_leased(iface, address, others, client))
            return address;
    }
    return NULL;
}
