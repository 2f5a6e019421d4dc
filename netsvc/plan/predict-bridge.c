/* The bridge in the prediction: what it makes of its ports (net/bridge/br_if.c, br_stp_if.c). */
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

static IfcfgMac lowest_mac(const GPtrArray *ports)
{
    IfcfgMac lowest = {.length = 6};
    for (guint i = 0; ports && i < ports->len; i++) {
        const ObservedLink *port = ports->pdata[i];
        if (!i || memcmp(port->mac.bytes, lowest.bytes, sizeof lowest.bytes) < 0)
            lowest = port->mac;
    }
    return lowest;
}

/* No dump tells whether it was given its address: it was if that is not the lowest of its ports'. */
static void bridge_guess_mac(ObservedLink *bridge, const GPtrArray *ports)
{
    IfcfgMac lowest = lowest_mac(ports);
    if (bridge->mac_assigned == NET_MAC_UNKNOWN && ports && ports->len)
        bridge->mac_assigned = ifcfg_mac_equal(&lowest, &bridge->mac) ? NET_MAC_RANDOM : NET_MAC_SET;
}

static gboolean is_zero(const IfcfgMac *mac)
{
    static const IfcfgMac zero = {.length = 0};
    return !memcmp(mac->bytes, zero.bytes, sizeof zero.bytes);
}

/* The lowest of its ports' addresses, unless it was given one; without ports, zeros. Of a port that is not
 * there yet nobody knows it, nor then of a bridge that has no other. */
static void bridge_settle_mac(NetObserved *picture, ObservedLink *bridge, const GPtrArray *ports)
{
    IfcfgMac lowest = lowest_mac(ports);
    gboolean is_unknown = ports && ports->len && is_zero(&lowest);
    if (bridge->mac_assigned == NET_MAC_SET || (is_unknown && !is_zero(&bridge->mac)))
        return;
    if (!ifcfg_mac_equal(&lowest, &bridge->mac))
        predict_link_set_mac(picture, bridge, &lowest, NET_MAC_RANDOM);
}

static void bridge_settle(NetObserved *picture, ObservedLink *bridge)
{
    const GPtrArray *ports = net_observed_ports_of(picture, bridge->ifindex);
    bridge_settle_mac(picture, bridge, ports);
    bridge_settle_mtu(picture, bridge, ports);
}

/* br_add_if() */
static int bridge_add(NetObserved *picture, ObservedLink *bridge, ObservedLink *port)
{
    if (port->flags & IFF_LOOPBACK)
        return EINVAL;
    if (predict_is_kind(port, "bridge"))
        return ELOOP;
    if (predict_is_taken(picture, port))
        return EBUSY;
    if (predict_driver(port)->is_no_port)
        return EINVAL;
    if (predict_stands_on(picture, port, bridge)) /* found only by __netdev_upper_dev_link() */
        return EBUSY;
    bridge_guess_mac(bridge, net_observed_ports_of(picture, bridge->ifindex));
    net_observed_set_master(picture, port, bridge->ifindex);
    predict_port_values_init(port, link_family_find(bridge->kind));
    bridge_settle(picture, bridge);
    return 0;
}

static void bridge_port_gone(NetObserved *picture, ObservedLink *bridge, ObservedLink *port)
{
    const GPtrArray *ports = net_observed_ports_of(picture, bridge->ifindex);
    g_autoptr(GPtrArray) before =
        ports ? g_ptr_array_copy((GPtrArray *)ports, NULL, NULL) : g_ptr_array_new();
    g_ptr_array_add(before, port);
    bridge_guess_mac(bridge, before);
    predict_port_values_clear(port);
    bridge_settle(picture, bridge);
}

/* br_change_mtu(): from then on it does not follow its ports. */
static int bridge_set_mtu(NetObserved *picture, ObservedLink *bridge, guint32 mtu)
{
    bridge->mtu_is_set = TRUE;
    return predict_link_set_mtu(picture, bridge, mtu);
}

const PredictDriver predict_bridge = {
    .kind = "bridge",
    .set_mtu = bridge_set_mtu,
    .add_port = bridge_add,
    .port_gone = bridge_port_gone,
    .port_changed = bridge_settle,
};
