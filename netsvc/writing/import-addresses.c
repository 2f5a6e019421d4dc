/* The addresses that somebody has set, and where the others come from. */
#include "i18n.h"
#include "model/field.h"
#include "model/iface.h"
#include "model/kind.h"
#include "state/observed-clients.h"
#include "writing/import.h"
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

static gboolean keeps_layer3(const NetImport *self, const ObservedLink *link)
{
    const ObservedLink *master =
        link->master ? net_observed_link_by_index(self->observed, link->master) : NULL;
    const IfaceKind *kind = master ? net_import_kind(self, master) : NULL;
    return !master || net_kind_has(kind, NET_KIND_KEEPS_LAYER3);
}

static void miss(const NetImport *self, const NetIface *iface, const ObservedAddress *address,
                 const char *why)
{
    g_autofree char *text = ifcfg_prefix_format(&address->prefix);
    net_write_miss(iface, self->problems, _("the address %s: %s"), text, why);
}

/* The route that the kernel gives with an address, and that NetworkManager makes itself. */
static const IfcfgRoute *network_route(const NetImport *self, const NetIface *iface,
                                       const ObservedAddress *address)
{
    IfcfgPrefix network = net_observed_address_network(address);
    for (guint i = 0; i < self->observed->routes->len; i++) {
        const IfcfgRoute *route = self->observed->routes->pdata[i];
        const IfcfgNexthop *hop = route->nexthops->len == 1 ? route->nexthops->pdata[0] : NULL;
        if (hop && !g_strcmp0(hop->dev, iface->name) && hop->via.family == AF_UNSPEC &&
            route->protocol == RTPROT_KERNEL && ifcfg_prefix_equal(&route->to, &network))
            return route;
    }
    return NULL;
}

/* What `ip address add` has words for, and files do not. */
static const struct {
    guint32 flag;
    const char *words;
} flag_words[] = {
    {IFA_F_HOMEADDRESS, N_("that it is the home address of a mobile host cannot be written in a file")},
    {IFA_F_NODAD, N_("that nobody is asked whether he has it (nodad) cannot be written in a file")},
    {IFA_F_MANAGETEMPADDR, N_("that it makes temporary ones (mngtmpaddr) cannot be written in a file: "
                              "IPV6_PRIVACY is about those of "
                              "routers")},
    {IFA_F_MCAUTOJOIN, N_("that its group is joined (autojoin) cannot be written in a file")},
};

static void address_check(const NetImport *self, const NetIface *iface, const ObservedAddress *address)
{
    const IfcfgRoute *route =
        address->flags & IFA_F_NOPREFIXROUTE ? network_route(self, iface, address) : NULL;
    if (address->flags & IFA_F_NOPREFIXROUTE && !route)
        miss(self, iface, address, _("that it brings no route to its network cannot be written in a file"));
    if (address->metric || (route && route->metric > 0))
        miss(self, iface, address, _("the metric of the route to its network cannot be written in a file"));
    for (gsize i = 0; i < G_N_ELEMENTS(flag_words); i++)
        if (address->flags & flag_words[i].flag)
            miss(self, iface, address, _(flag_words[i].words));
    if (address->flags & IFA_F_DEPRECATED && address->flags & IFA_F_PERMANENT)
        miss(self, iface, address, _("that nothing new shall use it cannot be written in a file"));
    if (!(address->flags & IFA_F_PERMANENT) && !net_observed_address_is_tentative(address))
        miss(self, iface, address, _("that it ends at some time cannot be written in a file"));
}

static void address_import(const NetImport *self, NetIface *iface, const ObservedAddress *actual)
{
    NetAddress *address = net_address_new(&actual->prefix, actual->label, (IfcfgWhere){0});
    address->broadcast = actual->broadcast;
    address->scope = actual->scope;
    address->peer = actual->peer;
    address_check(self, iface, actual);
    g_ptr_array_add(iface->addresses, address);
}

/* ::1, which the kernel gives to lo by itself. */
static gboolean is_loopbacks(const ObservedAddress *address)
{
    static const guint8 one[16] = {[15] = 1};
    return address->prefix.ip.family == AF_INET6 && !memcmp(address->prefix.ip.bytes, one, sizeof one);
}

/* addrconf.c, add_v4_addrs(): what a tunnel's own end comes to, of which the kernel does not say that it is
 * its own. */
static gboolean is_of_tunnels_end(const ObservedLink *link, const ObservedAddress *address)
{
    static const guint8 begin[12] = {0xfe, 0x80};
    const guint8 *bytes = address->prefix.ip.bytes;
    return address->prefix.ip.family == AF_INET6 && link->mac.length == 4 &&
           !memcmp(bytes, begin, sizeof begin) && !memcmp(bytes + sizeof begin, link->mac.bytes, 4);
}

/* With BOOTPROTO=dhcp a file's own IPADDR is not used; an alias has its own. */
static gboolean fits_beside_lease(const NetIface *iface, const NetAddress *address)
{
    return address->prefix.ip.family != AF_INET || net_label_suffix(iface, address);
}

static void beside_lease_check(const NetImport *self, NetIface *iface)
{
    for (guint i = iface->addresses->len; i-- > 0;) {
        const NetAddress *address = iface->addresses->pdata[i];
        if (fits_beside_lease(iface, address))
            continue;
        g_autofree char *text = ifcfg_prefix_format(&address->prefix);
        net_write_miss(iface, self->problems, _("the address %s: %s"), text,
                       _("beside one by DHCP it would need a label of its own"));
        g_ptr_array_remove_index(iface->addresses, i);
    }
}

/* --- DHCP --- */

static gboolean has_family(const NetIface *iface, int family)
{
    for (guint i = 0; i < iface->addresses->len; i++)
        if (((const NetAddress *)iface->addresses->pdata[i])->prefix.ip.family == family)
            return TRUE;
    return FALSE;
}

static void lease_import(NetIface *iface, int family)
{
    if (family == AF_INET) {
        g_free(iface->bootproto);
        iface->bootproto = g_strdup("dhcp");
    } else {
        iface->dhcp.is_6 = TRUE;
    }
}

/* Another one would ask under another name, and could get another address. */
static void client_import(const NetImport *self, NetIface *iface)
{
    const ObservedClient *client = net_observed_client(self->observed, iface->name, AF_INET);
    if (client)
        lease_import(iface, AF_INET);
    else if (iface->dhcp.is_6)
        client = net_observed_client(self->observed, iface->name, AF_INET6);
    if (client)
        net_field_set(iface, "DHCP_CLIENT", net_client_name(client->client));
}

static gboolean is_at_end(const NetIface *iface, const ObservedAddress *address)
{
    return net_observed_address_is_leased(address) && !net_kind_has(iface->kind, NET_KIND_IS_TUNNEL);
}

/* ARP=no counts beside an address alone (net_iface_limit_arp()). */
static void arp_leave(const NetImport *self, NetIface *iface)
{
    if (iface->arp || has_family(iface, AF_INET))
        return;
    iface->arp = -1;
    net_write_miss(iface, self->problems, _("no key takes ARP from a device without an IPv4 address"));
}

static void observed_import(const NetImport *self, NetIface *iface, const ObservedLink *link,
                            const ObservedAddress *address)
{
    if (net_observed_address_is_kernels(address) || is_of_tunnels_end(link, address) ||
        (link->flags & IFF_LOOPBACK && is_loopbacks(address)))
        return;
    if (!keeps_layer3(self, link))
        miss(self, iface, address, _("it is a port, whose own addresses work for nobody"));
    else if (is_at_end(iface, address))
        lease_import(iface, address->prefix.ip.family);
    else
        address_import(self, iface, address);
}

/* Of IPv6 the kernel has the newest address first, and prefers it where nothing else decides
 * (ipv6_link_dev_addr(), ipv6_get_saddr_eval()): what comes last in a file is the newest again. */
static void all_import(const NetImport *self, NetIface *iface, const ObservedLink *link)
{
    const GPtrArray *addresses = net_observed_addresses_of(self->observed, link->ifindex);
    guint count = addresses ? addresses->len : 0;
    for (guint i = 0; i < count; i++)
        if (((const ObservedAddress *)addresses->pdata[i])->prefix.ip.family == AF_INET)
            observed_import(self, iface, link, addresses->pdata[i]);
    for (guint i = count; i-- > 0;)
        if (((const ObservedAddress *)addresses->pdata[i])->prefix.ip.family == AF_INET6)
            observed_import(self, iface, link, addresses->pdata[i]);
}

void net_import_addresses(const NetImport *self, NetIface *iface, const ObservedLink *link)
{
    gboolean has_layer3 = keeps_layer3(self, link);
    iface->bootproto = g_strdup("none");
    all_import(self, iface, link);
    if (has_layer3)
        client_import(self, iface);
    if (g_str_equal(iface->bootproto, "dhcp"))
        beside_lease_check(self, iface);
    arp_leave(self, iface);
}
