/* Which driver makes what of a device, in the prediction. To add one: a row, and its name in the list. */
#include "plan/predict-private.h"
#include <net/if.h>

/* dummy_setup(), ifb_setup(), ipoib_setup_common(); ipgre_tunnel_init(), ipip_tunnel_setup() and their like,
 * over a route with the MTU of Ethernet */
static const PredictDriver simple[] = {
    {.kind = "dummy", .flags = IFF_BROADCAST | IFF_NOARP},
    {.kind = "ifb", .flags = IFF_BROADCAST | IFF_NOARP},
    {.kind = "gre", .flags = IFF_POINTOPOINT | IFF_NOARP, .mtu = 1476, .is_no_port = TRUE, .mac_bytes = 4},
    {.kind = "gretap", .mtu = 1462},
    {.kind = "ip6gre",
     .flags = IFF_POINTOPOINT | IFF_NOARP,
     .mtu = 1448,
     .is_no_port = TRUE,
     .mac_bytes = 16},
    {.kind = "ipip", .flags = IFF_POINTOPOINT | IFF_NOARP, .mtu = 1480, .is_no_port = TRUE, .mac_bytes = 4},
    {.kind = "ip6tnl",
     .flags = IFF_POINTOPOINT | IFF_NOARP,
     .mtu = 1452,
     .is_no_port = TRUE,
     .mac_bytes = 16},
    {.kind = "sit", .flags = IFF_POINTOPOINT | IFF_NOARP, .mtu = 1480, .is_no_port = TRUE, .mac_bytes = 4},
    {.kind = "vxlan", .mtu = 1450, .keeps_mtu = TRUE},
    {.kind = "ipoib", .mtu = 2044, .takes_no_vlans = TRUE, .mac_bytes = 20},
};

/* Those that do something of their own accord, each in its file. */
#define DRIVERS(DRIVER)                                                                                      \
    DRIVER(bond)                                                                                             \
    DRIVER(team)                                                                                             \
    DRIVER(bridge)                                                                                           \
    DRIVER(vlan)                                                                                             \
    DRIVER(vrf)                                                                                              \
    DRIVER(macvlan)                                                                                          \
    DRIVER(macvtap)                                                                                          \
    DRIVER(ipvlan)                                                                                           \
    DRIVER(ipvtap)

#define DECLARE(name_) extern const PredictDriver predict_##name_;
DRIVERS(DECLARE)

#define POINT(name_) &predict_##name_,
static const PredictDriver *const drivers[] = {DRIVERS(POINT)};

const PredictDriver *predict_driver(const ObservedLink *link)
{
    static const PredictDriver plain, loopback = {.takes_no_vlans = TRUE};
    for (gsize i = 0; link->kind && i < G_N_ELEMENTS(drivers); i++)
        if (predict_is_kind(link, drivers[i]->kind))
            return drivers[i];
    for (gsize i = 0; link->kind && i < G_N_ELEMENTS(simple); i++)
        if (predict_is_kind(link, simple[i].kind))
            return &simple[i];
    return link->flags & IFF_LOOPBACK ? &loopback : &plain;
}

void predict_tell_master(NetObserved *picture, const ObservedLink *port)
{
    ObservedLink *master = predict_find_index(picture, port->master);
    const PredictDriver *driver = master ? predict_driver(master) : NULL;
    if (driver && driver->port_changed)
        driver->port_changed(picture, master);
}
