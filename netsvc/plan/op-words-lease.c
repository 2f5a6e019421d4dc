/* Operations about leases in words. */
#include "i18n.h"
#include "plan/op-words.h"
#include <sys/socket.h>

void op_format_lease_get(GString *line, const NetOp *op)
{
    const NetLease *lease = op->lease.lease;
    if (lease->client == NET_CLIENT_NONE) {
        g_string_append(line, "fail, since no DHCP client is installed");
        return;
    }
    g_string_append_printf(line, "get an %saddress by DHCP", lease->family == AF_INET6 ? "IPv6 " : "");
    if (lease->client != NET_CLIENT_UNKNOWN)
        g_string_append_printf(line, " (%s)", net_client_name(lease->client));
    g_string_append_printf(line, ", up to %u s", lease->timeout_s);
}

char *op_waiting_lease_get(const NetOp *op)
{
    return g_strdup_printf(_("%s: an address by DHCP"), op->dev);
}

void op_format_lease_drop(GString *line, const NetOp *op)
{
    const NetLease *lease = op->lease.lease;
    g_string_append_printf(line, "%s the %slease", lease->releases ? "give back" : "end",
                           lease->family == AF_INET6 ? "IPv6 " : "");
    if (lease->client != NET_CLIENT_UNKNOWN)
        g_string_append_printf(line, " of %s", net_client_name(lease->client));
}

char *op_attempt_lease_drop(const NetOp *op)
{
    return g_strdup_printf(_("cannot end %s"), net_client_name(op->lease.lease->client));
}

char *op_waiting_lease_drop(const NetOp *op)
{
    return g_strdup_printf(_("%s: the end of %s"), op->dev, net_client_name(op->lease.lease->client));
}
