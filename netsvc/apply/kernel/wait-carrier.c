/* Waiting for carrier: when it is over, and what is told when it does not come. */
#include "apply/kernel/wait-carrier.h"
#include "i18n.h"
#include <errno.h>
#include <net/if.h>

gboolean carrier_is_on(const ObservedLink *link)
{
    /* RUNNING comes after the kernel has attached the transmit queue (linkwatch_do_dev()); carrier alone
     * would be too early to send a probe. */
    return link->carrier && link->flags & IFF_RUNNING;
}

static const ObservedLink *port_nth(const NetObserved *picture, const ObservedLink *link, guint index)
{
    const GPtrArray *ports = net_observed_ports_of(picture, link->ifindex);

    return ports && index < ports->len ? ports->pdata[index] : NULL;
}

static gboolean port_is_ready(const ObservedLink *port)
{
    return port->port_is_ready;
}

gboolean carrier_any_port(const NetObserved *picture, const ObservedLink *link,
                          gboolean (*is_so)(const ObservedLink *port))
{
    const ObservedLink *port;

    for (guint i = 0; (port = port_nth(picture, link, i)); i++)
        if (is_so(port))
            return TRUE;
    return FALSE;
}

static gboolean has_other_port(const NetOp *op, const NetObserved *picture, const ObservedLink *link)
{
    const ObservedLink *port;

    for (guint i = 0; (port = port_nth(picture, link, i)); i++)
        if (!g_str_equal(port->name, op->carrier.but) && carrier_is_on(port) &&
            (op->carrier.partner ? port->port_is_ready : port->port_is_used))
            return TRUE;
    return FALSE;
}

gboolean carrier_is_over(const NetOp *op, const NetObserved *picture, const ObservedLink *link)
{
    if (op->carrier.but)
        return has_other_port(op, picture, link);
    return carrier_is_on(link) && (!op->carrier.partner || carrier_any_port(picture, link, port_is_ready));
}

void carrier_set_timeout(const NetOp *op, const ObservedLink *link, NetResult *result)
{
    if (op->carrier.but)
        net_error_set(&result->error, ENOLINK, _("%s stays in it: no other port works after %u s"),
                      op->carrier.but, op->carrier.timeout_ms / 1000);
    else if (op->carrier.partner && link && carrier_is_on(link))
        net_result_note(result, FALSE, NULL,
                        _("no answer by %s after %u s; are its ports in one %s group on the switch?"),
                        op->carrier.partner, op->carrier.timeout_ms / 1000, op->carrier.partner);
    else if (op->carrier.timeout_ms >= 1000)
        net_result_note(result, FALSE, NULL, _("no carrier after %u s; is the cable connected?"),
                        op->carrier.timeout_ms / 1000);
    else
        net_result_note(result, FALSE, NULL, _("no carrier; is the cable connected?"));
}

gboolean carrier_lacks_port(const NetOp *op, const NetObserved *picture, const ObservedLink *link)
{
    return op->type == NET_OP_CARRIER_WAIT && op->carrier.by_port && link && !port_nth(picture, link, 0);
}
