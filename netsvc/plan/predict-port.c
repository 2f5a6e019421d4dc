/* Ports in the prediction: of whom they are, and what they are set to. */
#include "plan/predict-private.h"
#include <errno.h>

/* Another one takes all that comes in over it already (netdev_is_rx_handler_busy()). */
gboolean predict_is_taken(const NetObserved *picture, const ObservedLink *link)
{
    const GPtrArray *uppers = net_observed_uppers_of(picture, link->ifindex);
    for (guint i = 0; uppers && i < uppers->len; i++)
        if (predict_driver(uppers->pdata[i])->takes_lower)
            return TRUE;
    return FALSE;
}

gboolean predict_stands_on(const NetObserved *picture, const ObservedLink *upper, const ObservedLink *lower)
{
    const GPtrArray *ports = net_observed_ports_of(picture, upper->ifindex);
    const ObservedLink *next = predict_find_index(picture, upper->lower);
    if (upper == lower)
        return TRUE;
    for (guint i = 0; ports && i < ports->len; i++)
        if (predict_stands_on(picture, ports->pdata[i], lower))
            return TRUE;
    return next && !predict_is_kind(upper, "veth") && predict_stands_on(picture, next, lower);
}

/* do_set_master() of net/core/rtnetlink.c: out of the old one first, whatever becomes of the new one. */
int predict_port_add(NetObserved *picture, ObservedLink *port, ObservedLink *master)
{
    const PredictDriver *driver = predict_driver(master);
    if (port->master == master->ifindex)
        return 0;
    if (port->master)
        predict_port_release(picture, port);
    return driver->add_port ? driver->add_port(picture, master, port) : EOPNOTSUPP;
}

void predict_port_release(NetObserved *picture, ObservedLink *port)
{
    ObservedLink *master = predict_find_index(picture, port->master);
    const PredictDriver *driver = master ? predict_driver(master) : NULL;
    net_observed_set_master(picture, port, 0);
    g_clear_pointer(&port->vlans, g_free);
    if (driver && driver->port_gone)
        driver->port_gone(picture, master, port);
}

int predict_port_set(const NetObserved *picture, ObservedLink *port, const NetOp *op)
{
    const ObservedLink *master = predict_find_index(picture, port->master);
    const PredictDriver *driver = master ? predict_driver(master) : NULL;
    int code = 0;
    if (!port->port || port->port->family != op->set.family)
        return EINVAL;
    for (guint i = 0; i < op->set.settings->len; i++) {
        const LinkSetting *setting = op->set.settings->pdata[i];
        if (!setting->option)
            continue;
        if (driver && driver->refuses_of_port && driver->refuses_of_port(picture, port, setting))
            code = EINVAL;
        else
            link_values_set(port->port, setting->option, setting->text);
    }
    return code;
}
