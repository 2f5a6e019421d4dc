/* When a device has got an address by DHCP. */
#include "apply/kernel/wait-lease.h"
#include "i18n.h"
#include "state/observed-clients.h"

gboolean lease_is_over(const NetOp *op, const NetObserved *picture)
{
    return op->iface &&
           net_observed_lease_address(picture, op->iface, op->lease.lease->family, op->lease.others);
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
