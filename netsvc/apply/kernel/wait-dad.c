/* When the kernel has looked for IPv6 addresses on other hosts, and what came of it. */
#include "apply/kernel/wait-dad.h"
#include "i18n.h"
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

/* The first IPv6 address of a link with all of @set and none of @unset among its IFA_F_* flags, or NULL. */
static const ObservedAddress *address_with(const NetObserved *picture, const ObservedLink *link, guint32 set,
                                           guint32 unset)
{
    const GPtrArray *list = net_observed_addresses_of(picture, link->ifindex);

    for (guint i = 0; list && i < list->len; i++) {
        const ObservedAddress *address = list->pdata[i];
        if (address->prefix.ip.family == AF_INET6 && (address->flags & set) == set &&
            !(address->flags & unset))
            return address;
    }
    return NULL;
}

/* A fixed address that is there already is none that a client could ask from. */
static gboolean has_link_local(const NetObserved *picture, const ObservedLink *link)
{
    const GPtrArray *list = net_observed_addresses_of(picture, link->ifindex);

    for (guint i = 0; list && i < list->len; i++) {
        const ObservedAddress *address = list->pdata[i];
        if (address->prefix.ip.family == AF_INET6 && address->scope == RT_SCOPE_LINK &&
            !(address->flags & (IFA_F_TENTATIVE | IFA_F_DADFAILED)))
            return TRUE;
    }
    return FALSE;
}

/* One that failed stays tentative (addrconf_dad_stop()). */
gboolean dad_is_over(const NetOp *op, const NetObserved *picture, const ObservedLink *link)
{
    if (op->wait.wants_one)
        return has_link_local(picture, link);
    const ObservedAddress *address =
        op->wait.address ? net_observed_address(picture, link->ifindex, &op->wait.address->prefix) : NULL;
    return op->wait.address ? !address || !net_observed_address_is_tentative(address)
                            : !address_with(picture, link, IFA_F_TENTATIVE, IFA_F_DADFAILED);
}

/* The first address that the kernel has made itself and found to be taken. */
static const ObservedAddress *kernels_duplicate(const NetObserved *picture, const ObservedLink *link)
{
    const GPtrArray *list = net_observed_addresses_of(picture, link->ifindex);

    for (guint i = 0; list && i < list->len; i++)
        if (net_observed_address_is_duplicate(list->pdata[i]) &&
            net_observed_address_is_kernels(list->pdata[i]))
            return list->pdata[i];
    return NULL;
}

/* Those of files have waits of their own, which know where they are asked for. */
static const ObservedAddress *dad_failed(const NetOp *op, const NetObserved *picture,
                                         const ObservedLink *link)
{
    const ObservedAddress *address;

    if (!op->wait.address)
        return kernels_duplicate(picture, link);
    address = net_observed_address(picture, link->ifindex, &op->wait.address->prefix);
    return address && net_observed_address_is_duplicate(address) ? address : NULL;
}

void dad_set_result(const NetOp *op, const NetObserved *picture, const ObservedLink *link,
                    gboolean has_carrier, NetResult *result)
{
    const ObservedAddress *failed = dad_failed(op, picture, link);
    g_autofree char *ip = failed ? ifcfg_ip_format(&failed->prefix.ip) : NULL;

    if (ip)
        net_error_set(
            &result->error, EADDRINUSE,
            _("%s is already used by another host on this network: give one of the two another address"), ip);
    else if (!has_carrier && address_with(picture, link, IFA_F_TENTATIVE, IFA_F_DADFAILED))
        net_result_note(result, FALSE, NULL,
                        _("no carrier: its IPv6 addresses can be used as soon as there is one"));
}
