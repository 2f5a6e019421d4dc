/* A link as its file would ask for it: what it belongs to, its MTU, its MAC, whether it is up. */
#include "i18n.h"
#include "model/iface.h"
#include "model/kind.h"
#include "writing/import.h"
#include <net/if.h>
#include <string.h>

enum { USUAL_MTU = 1500, USUAL_QUEUE = 1000 };

static const ObservedLink *link_of(const NetImport *self, int ifindex)
{
    return ifindex ? net_observed_link_by_index(self->observed, ifindex) : NULL;
}

static void relations_import(const NetImport *self, NetIface *iface, const ObservedLink *link)
{
    const ObservedLink *master = link_of(self, link->master), *lower = link_of(self, link->lower);
    const ObservedLink *peer = link_of(self, link->peer);
    const IfaceKind *kind = master ? net_import_kind(self, master) : NULL;
    if (kind)
        net_iface_relate(iface, NET_PORT_OF, kind->name, master->name);
    if (lower && net_kind_has(iface->kind, NET_KIND_IS_STACKED))
        net_iface_relate(iface, NET_STANDS_ON, NULL, lower->name);
    else if (lower && net_kind_has(iface->kind, NET_KIND_IS_TUNNEL) &&
             !g_str_equal(iface->kind->name, "vxlan"))
        net_write_miss(iface, self->problems, _("no key binds a tunnel of this type to a device (%s)"),
                       lower->name);
    if (peer && net_kind_has(iface->kind, NET_KIND_IS_PAIR))
        net_iface_relate(iface, NET_PEER, NULL, peer->name);
}

/* --- MTU --- */

static guint32 least_mtu_of_ports(const NetImport *self, const ObservedLink *link)
{
    const GPtrArray *ports = net_observed_ports_of(self->observed, link->ifindex);
    guint32 least = 0;
    for (guint i = 0; ports && i < ports->len; i++) {
        const ObservedLink *port = ports->pdata[i];
        least = least ? MIN(least, port->mtu) : port->mtu;
    }
    return least ? least : USUAL_MTU;
}

/* What it would have if nobody asked; 0: that depends on too much to be foretold. */
static guint32 usual_mtu(const NetImport *self, const NetIface *iface, const ObservedLink *link)
{
    const ObservedLink *lower = link_of(self, link->lower), *master = link_of(self, link->master);
    const IfaceKind *above = master ? net_import_kind(self, master) : NULL;
    if (net_kind_has(above, NET_KIND_RULES_PORTS))
        return master->mtu;
    if (net_kind_has(iface->kind, NET_KIND_MTU_BY_PORTS))
        return least_mtu_of_ports(self, link);
    if (net_kind_has(iface->kind, NET_KIND_IS_STACKED) && lower)
        return lower->mtu;
    if (g_str_equal(iface->kind->name, "vrf") || link->flags & IFF_LOOPBACK)
        return link->mtu;
    return net_kind_has(iface->kind, NET_KIND_IS_TUNNEL) ? 0 : USUAL_MTU;
}

/* --- MAC --- */

static int link_compare(gconstpointer a, gconstpointer b)
{
    return ifcfg_name_compare((*(ObservedLink *const *)a)->name, (*(ObservedLink *const *)b)->name);
}

/* The first port in the order of files: its address is the bond's. */
static const ObservedLink *first_port(const NetImport *self, const ObservedLink *link)
{
    const GPtrArray *ports = net_observed_ports_of(self->observed, link->ifindex);
    if (!ports || !ports->len)
        return NULL;
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    for (guint i = 0; i < ports->len; i++)
        g_ptr_array_add(sorted, ports->pdata[i]);
    g_ptr_array_sort(sorted, link_compare);
    return sorted->pdata[0];
}

/* The kernel gives a bridge the least address of its ports (br_stp_recalculate_bridge_id()). */
static gboolean is_least_of_ports(const NetImport *self, const ObservedLink *link)
{
    const GPtrArray *ports = net_observed_ports_of(self->observed, link->ifindex);
    gboolean is_one = FALSE;
    for (guint i = 0; ports && i < ports->len; i++) {
        const ObservedLink *port = ports->pdata[i];
        int order = memcmp(port->mac.bytes, link->mac.bytes, sizeof link->mac.bytes);
        is_one |= order == 0;
        if (order < 0)
            return FALSE;
    }
    return is_one;
}

/* A bond gives its ports its own address, and takes it back. */
static gboolean is_masters(const NetImport *self, const ObservedLink *link)
{
    const ObservedLink *master = link_of(self, link->master);
    const IfaceKind *above = master ? net_import_kind(self, master) : NULL;
    return net_kind_has(above, NET_KIND_RULES_PORTS);
}

/* Who gives them its own address has that of the first. */
static gboolean has_mac_by_ports(const NetImport *self, const NetIface *iface, const ObservedLink *link)
{
    const ObservedLink *port = first_port(self, link);
    if (!net_kind_has(iface->kind, NET_KIND_RULES_PORTS))
        return is_least_of_ports(self, link);
    return port && ifcfg_mac_equal(&port->perm_mac, &link->mac);
}

static gboolean mac_is_usual(const NetImport *self, const NetIface *iface, const ObservedLink *link)
{
    const ObservedLink *lower = link_of(self, link->lower);
    if (link->mac.length != 6 || is_masters(self, link))
        return TRUE;
    if (!iface->kind->family)
        return ifcfg_mac_equal(&link->mac, &link->perm_mac);
    if (net_kind_has(iface->kind, NET_KIND_MAC_BY_PORTS))
        return has_mac_by_ports(self, iface, link);
    if (g_str_equal(iface->kind->name, "vrf") || g_str_has_prefix(iface->kind->name, "ipv"))
        return TRUE;
    return lower && ifcfg_mac_equal(&lower->mac, &link->mac);
}

/* --- the rest --- */

/* What Ethernet and most others are born with (DEFAULT_TX_QUEUE_LEN). A driver may have its own for a card,
 * which is not known here; so have those of which a program reads (TUN_READQ_SIZE), ifb and ipoib. */
static guint32 usual_queue(const NetIface *iface, const ObservedLink *link)
{
    const char *kind = iface->kind->name;
    gboolean has_own = !iface->kind->family || g_str_has_suffix(kind, "tap") || g_str_equal(kind, "ifb") ||
                       g_str_equal(kind, "ipoib");
    return has_own ? link->txqueuelen : USUAL_QUEUE;
}

static void flags_import(const NetImport *self, NetIface *iface, const ObservedLink *link)
{
    gboolean is_silent = net_kind_has(iface->kind, NET_KIND_IS_TUNNEL) ||
                         g_str_equal(iface->kind->name, "dummy") || g_str_equal(iface->kind->name, "ifb") ||
                         g_str_equal(iface->kind->name, "vrf") || g_str_equal(iface->kind->name, "tap") ||
                         g_str_has_prefix(iface->kind->name, "ipv");
    if (link->flags & IFF_NOARP && !is_silent)
        iface->arp = 0;
    if (!(link->flags & IFF_UP))
        iface->link_up = FALSE;
    if (link->flags & IFF_PROMISC)
        iface->promisc = TRUE;
    if (link->flags & IFF_ALLMULTI)
        net_write_miss(iface, self->problems, _("no key sets the taking of all multicast"));
    if (link->alias)
        net_write_miss(iface, self->problems, _("no key sets the alias of a link (\"%s\")"), link->alias);
    if (link->txqueuelen && link->txqueuelen != usual_queue(iface, link))
        net_write_miss(iface, self->problems, _("no key sets how many packets may wait to be sent (%u)"),
                       link->txqueuelen);
    if (link->group)
        net_write_miss(iface, self->problems, _("no key sets the group of a link (%u)"), link->group);
}

void net_import_link(const NetImport *self, NetIface *iface, const ObservedLink *link)
{
    relations_import(self, iface, link);
    if (link->mtu != usual_mtu(self, iface, link))
        iface->mtu = link->mtu;
    if (!mac_is_usual(self, iface, link))
        iface->macaddr = link->mac;
    flags_import(self, iface, link);
}
