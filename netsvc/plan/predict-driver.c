/* Which driver makes what of a device, in the prediction. To add one: a row, and its name in the list. */
#include "plan/predict-private.h"
#include <net/if.h>

/* dummy_setup(), ifb_setup() */
static const PredictDriver predict_dummy = {.kind = "dummy", .flags = IFF_BROADCAST | IFF_NOARP};
static const PredictDriver predict_ifb = {.kind = "ifb", .flags = IFF_BROADCAST | IFF_NOARP};

/* ipgre_tunnel_init(), ipip_tunnel_setup() and their like, over a route with the MTU of Ethernet */
static const PredictDriver predict_gre = {
    .kind = "gre", .flags = IFF_POINTOPOINT | IFF_NOARP, .mtu = 1476, .is_no_port = TRUE};
static const PredictDriver predict_gretap = {.kind = "gretap", .mtu = 1462};
static const PredictDriver predict_ip6gre = {
    .kind = "ip6gre", .flags = IFF_POINTOPOINT | IFF_NOARP, .mtu = 1448, .is_no_port = TRUE};
static const PredictDriver predict_ipip = {
    .kind = "ipip", .flags = IFF_POINTOPOINT | IFF_NOARP, .mtu = 1480, .is_no_port = TRUE};
static const PredictDriver predict_ip6tnl = {
    .kind = "ip6tnl", .flags = IFF_POINTOPOINT | IFF_NOARP, .mtu = 1452, .is_no_port = TRUE};
static const PredictDriver predict_sit = {
    .kind = "sit", .flags = IFF_POINTOPOINT | IFF_NOARP, .mtu = 1480, .is_no_port = TRUE};

static const PredictDriver predict_vxlan = {.kind = "vxlan", .mtu = 1450, .keeps_mtu = TRUE};
/* ipoib_setup_common() */
static const PredictDriver predict_ipoib = {.kind = "ipoib", .mtu = 2044, .takes_no_vlans = TRUE};

static const PredictDriver *const drivers[] = {
    &predict_bond,   &predict_team,    &predict_bridge,  &predict_vlan,   &predict_dummy,
    &predict_vrf,    &predict_macvlan, &predict_macvtap, &predict_ipvlan, &predict_ipvtap,
    &predict_ifb,    &predict_gre,     &predict_gretap,  &predict_ip6gre, &predict_ipip,
    &predict_ip6tnl, &predict_sit,     &predict_ipoib,   &predict_vxlan,
};

const PredictDriver *predict_driver(const ObservedLink *link)
{
    static const PredictDriver plain, loopback = {.takes_no_vlans = TRUE};
    for (gsize i = 0; link->kind && i < G_N_ELEMENTS(drivers); i++)
        if (predict_is_kind(link, drivers[i]->kind))
            return drivers[i];
    return link->flags & IFF_LOOPBACK ? &loopback : &plain;
}

void predict_tell_master(NetObserved *picture, const ObservedLink *port)
{
    ObservedLink *master = predict_find_index(picture, port->master);
    const PredictDriver *driver = master ? predict_driver(master) : NULL;
    if (driver && driver->port_changed)
        driver->port_changed(picture, master);
}
