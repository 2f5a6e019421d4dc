/* Which driver makes what of a device, in the prediction. To add one: a row, and its name in the list. */
#include "plan/predict-private.h"

/* vrf_add_slave() */
static int vrf_add_port(NetObserved *picture, ObservedLink *vrf, ObservedLink *port)
{
    net_observed_set_master(picture, port, vrf->ifindex);
    return 0;
}

const PredictDriver predict_vrf = {.kind = "vrf", .add_port = vrf_add_port};

static const PredictDriver *const drivers[] = {&predict_bond, &predict_bridge, &predict_vrf};

const PredictDriver *predict_driver(const ObservedLink *link)
{
    static const PredictDriver plain;
    for (gsize i = 0; i < G_N_ELEMENTS(drivers); i++)
        if (predict_is_kind(link, drivers[i]->kind))
            return drivers[i];
    return &plain;
}

void predict_tell_master(NetObserved *picture, const ObservedLink *port)
{
    ObservedLink *master = predict_find_index(picture, port->master);
    const PredictDriver *driver = master ? predict_driver(master) : NULL;
    if (driver && driver->port_changed)
        driver->port_changed(picture, master);
}
