/* The VRF in the prediction (drivers/net/vrf.c). */
#include "plan/predict-private.h"
#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

/* fib_netdev_event() and addrconf_notify() at NETDEV_CHANGEUPPER; then, cycle_netdev(), what is up goes down
 * and comes up again, so that its routes move. */
static void port_cycle(NetObserved *picture, ObservedLink *port)
{
    net_observed_remove_neighbours(picture, port->ifindex, AF_INET, TRUE);
    predict_ip6_gone(picture, port);
    if (!(port->flags & IFF_UP))
        return;
    predict_link_down(picture, port);
    predict_link_up(picture, port);
}

/* vrf_add_slave() */
static int vrf_add_port(NetObserved *picture, ObservedLink *vrf, ObservedLink *port)
{
    if (port->flags & IFF_LOOPBACK)
        return EOPNOTSUPP;
    if (predict_is_kind(port, "vrf"))
        return EINVAL;
    net_observed_set_master(picture, port, vrf->ifindex);
    predict_port_values_init(port, link_family_find(vrf->kind));
    port_cycle(picture, port);
    return 0;
}

static void vrf_port_gone(NetObserved *picture, G_GNUC_UNUSED ObservedLink *vrf, ObservedLink *port)
{
    predict_port_values_clear(port);
    port_cycle(picture, port);
}

const PredictDriver predict_vrf = {
    .kind = "vrf",
    .flags = IFF_MASTER | IFF_NOARP,
    .mtu = 65575,
    .least_mtu = 1280,
    .takes_no_vlans = TRUE,
    .is_no_port = TRUE,
    .add_port = vrf_add_port,
    .port_gone = vrf_port_gone,
};
