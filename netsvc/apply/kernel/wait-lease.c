/* When a device has got an address by DHCP. */
#include "apply/kernel/wait-lease.h"
#include "apply/clients-record.h"
#include "i18n.h"
#include "state/observed-clients.h"

/* One that was a fixed one until now does not look like a lease: its client has to have told of it. */
static gboolean is_told(const NetOp *op, const NetObserved *picture)
{
    const ObservedLink *link = net_observed_link(picture, op->dev);
    IfcfgIp told = client_address_read("", op->dev, op->lease.lease->family);
    g_autoptr(GPtrArray) same =
        link && told.family ? net_observed_with_ip(picture, link->ifindex, &told) : NULL;
    return same && same->len;
}

gboolean lease_is_over(const NetOp *op, const NetObserved *picture)
{
    return op->iface &&
           (net_observed_lease_address(picture, op->iface, op->lease.lease->family, op->lease.others) ||
            (op->lease.others && is_told(op, picture)));
}

void lease_set_timeout(const NetOp *op, NetResult *result)
{
    const NetLease *lease = op->lease.lease;
    if (lease->is_fatal)
        net_error_set(&result->error, ETIMEDOUT, _("no answer from a DHCP server within %u s"),
                      lease->timeout_s);
    else
        net_error_set(&result->error, ETIMEDOUT,
                      _("no answer from a DHCP server within %u s; %s goes on asking"), lease->timeout_s,
                      net_client_name(lease->client));
}
