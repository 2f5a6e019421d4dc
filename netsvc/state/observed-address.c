/* What an address of the kernel is: whose, in which state, and as somebody chose it. */
#include "model/iface.h"
#include "state/observed.h"
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

gboolean net_observed_address_is_tentative(const ObservedAddress *address)
{
    return address->prefix.ip.family == AF_INET6 && address->flags & IFA_F_TENTATIVE &&
           !(address->flags & IFA_F_DADFAILED);
}

gboolean net_observed_address_is_duplicate(const ObservedAddress *address)
{
    return address->prefix.ip.family == AF_INET6 && address->flags & IFA_F_DADFAILED;
}

/* fe80::1 and the like, which people give to routers. What the kernel makes of a MAC, or draws, is no such
 * number. */
static gboolean is_small(const IfcfgIp *ip)
{
    for (guint i = 2; i < 12; i++)
        if (ip->bytes[i])
            return FALSE;
    return TRUE;
}

/* The device of a SIT tunnel has each IPv4 address of the host as ::ADDRESS/96 (add_v4_addrs() of
 * net/ipv6/addrconf.c); ::1 is none of them. */
static gboolean is_ip4_compatible(const IfcfgPrefix *prefix)
{
    for (guint i = 0; i < 12; i++)
        if (prefix->ip.bytes[i])
            return FALSE;
    return prefix->length == 96 && prefix->ip.bytes[12];
}

/* Kernels before 5.18 don't tell who put it there: then it is guessed. IFA_F_PERMANENT says nothing: the
 * kernel sets that too. */
gboolean net_observed_address_is_kernels(const ObservedAddress *address)
{
    if (address->prefix.ip.family != AF_INET6)
        return FALSE;
    if (is_ip4_compatible(&address->prefix))
        return TRUE;
    if (address->protocol || address->is_told)
        return address->protocol == NET_ADDRESS_ROUTER || address->protocol == NET_ADDRESS_LINK_LOCAL ||
               address->flags & IFA_F_TEMPORARY;
    return (address->scope == RT_SCOPE_LINK && !is_small(&address->prefix.ip)) ||
           address->flags & (IFA_F_TEMPORARY | IFA_F_MANAGETEMPADDR);
}

IfcfgPrefix net_observed_address_network(const ObservedAddress *address)
{
    IfcfgPrefix prefix = {address->peer.family ? address->peer : address->prefix.ip, address->prefix.length};
    return ifcfg_prefix_network(&prefix);
}

NetAddress *net_observed_address_copy(const ObservedAddress *actual)
{
    static const guint32 chosen =
        IFA_F_HOMEADDRESS | IFA_F_MANAGETEMPADDR | IFA_F_NOPREFIXROUTE | IFA_F_MCAUTOJOIN;
    static const IfcfgIp none = {.family = AF_INET};
    gboolean is_4 = actual->prefix.ip.family == AF_INET;
    NetAddress *address = net_address_new(&actual->prefix, actual->label, (IfcfgWhere){0});
    address->broadcast = is_4 && !actual->broadcast.family ? none : actual->broadcast;
    address->scope = actual->scope;
    address->check = address->announce = FALSE;
    address->valid = actual->valid;
    address->preferred = actual->preferred;
    address->no_dad = TRUE;
    address->peer = actual->peer;
    address->flags = actual->flags & chosen;
    address->metric = actual->metric;
    address->protocol = actual->protocol;
    return address;
}
