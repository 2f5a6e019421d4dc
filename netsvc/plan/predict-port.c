/* Ports in the prediction: of whom they are, and what a bridge makes of them (net/bridge/br_if.c,
 * br_stp_if.c). */
#include "plan/predict-private.h"
#include <errno.h>
#include <net/if.h>
#include <string.h>

static void bridge_settle_mtu(NetObserved *picture, ObservedLink *bridge, const GPtrArray *ports)
{
    guint32 mtu = ports ? G_MAXUINT32 : 1500;
    for (guint i = 0; ports && i < ports->len; i++)
        mtu = MIN(mtu, ((const ObservedLink *)ports->pdata[i])->mtu);
    if (!bridge->mtu_is_set)
        predict_link_set_mtu(picture, bridge, mtu);
}

/* The lowest of its ports' addresses, unless it was given one; without ports, zeros. */
static void bridge_settle_mac(NetObserved *picture, ObservedLink *bridge, const GPtrArray *ports)
{
    IfcfgMac lowest = {.length = 6};
    if (bridge->mac_assigned == NET_MAC_SET)
        return;
    for (guint i = 0; ports && i < ports->len; i++) {
        const ObservedLink *port = ports->pdata[i];
        if (!i || memcmp(port->mac.bytes, lowest.bytes, sizeof lowest.bytes) < 0)
            lowest = port->mac;
    }
    if (!ifcfg_mac_equal(&lowest, &bridge->mac))
        predict_link_set_mac(picture, bridge, &lowest, NET_MAC_RANDOM);
}

void predict_bridge_settle(NetObserved *picture, ObservedLink *bridge)
{
    const GPtrArray *ports = net_observed_ports_of(picture, bridge->ifindex);
    bridge_settle_mac(picture, bridge, ports);
    bridge_settle_mtu(picture, bridge, ports);
}

static gboolean stands_on(const NetObserved *picture, const ObservedLink *upper, const ObservedLink *lower)
{
    const GPtrArray *ports = net_observed_ports_of(picture, upper->ifindex);
    const ObservedLink *next = predict_find_index(picture, upper->lower);
    if (upper == lower)
        return TRUE;
    for (guint i = 0; ports && i < ports->len; i++)
        if (stands_on(picture, ports->pdata[i], lower))
            return TRUE;
    return next && !predict_is_kind(upper, "veth") && stands_on(picture, next, lower);
}

/* Another one takes all that comes in over it already (netdev_is_rx_handler_busy()). */
gboolean predict_is_taken(const NetObserved *picture, const ObservedLink *link)
{
    const GPtrArray *uppers = net_observed_uppers_of(picture, link->ifindex);
    for (guint i = 0; uppers && i < uppers->len; i++)
        if (predict_is_kind(uppers->pdata[i], "macvlan"))
            return TRUE;
    return FALSE;
}

/* br_add_if() */
static int bridge_add(NetObserved *picture, ObservedLink *bridge, ObservedLink *port)
{
    if (port->flags & IFF_LOOPBACK)
        return EINVAL;
    if (predict_is_kind(port, "bridge"))
        return ELOOP;
    if (predict_is_taken(picture, port) || stands_on(picture, port, bridge))
        return EBUSY;
    net_observed_set_master(picture, port, bridge->ifindex);
    predict_port_values_init(port, link_family_find(bridge->kind));
    predict_bridge_settle(picture, bridge);
    return 0;
}

/* do_set_master() of net/core/rtnetlink.c: out of the old one first, whatever becomes of the new one. */
int predict_port_add(NetObserved *picture, ObservedLink *port, ObservedLink *master)
{
    if (port->master == master->ifindex)
        return 0;
    if (port->master)
        predict_port_release(picture, port);
    if (predict_is_bond(master))
        return predict_bond_enslave(picture, master, port);
    if (predict_is_kind(master, "bridge"))
        return bridge_add(picture, master, port);
    if (!master->kind || !predict_is_kind(master, "vrf"))
        return EOPNOTSUPP;
    net_observed_set_master(picture, port, master->ifindex);
    return 0;
}

void predict_port_release(NetObserved *picture, ObservedLink *port)
{
    ObservedLink *master = predict_find_index(picture, port->master);
    net_observed_set_master(picture, port, 0);
    if (master && predict_is_bond(master))
        predict_bond_released(picture, master, port);
    else if (master && predict_is_kind(master, "bridge")) {
        predict_port_values_clear(port);
        predict_bridge_settle(picture, master);
    }
}
