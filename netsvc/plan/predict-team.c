/* The team driver in the prediction (drivers/net/team/team.c), with what teamd does to MACs. */
#include "plan/predict-private.h"
#include <errno.h>
#include <net/if.h>

static void team_set_mac(NetObserved *picture, ObservedLink *team, const IfcfgMac *mac)
{
    const GPtrArray *ports = net_observed_ports_of(picture, team->ifindex);
    for (guint i = 0; ports && i < ports->len; i++)
        predict_link_set_mac(picture, ports->pdata[i], mac, NET_MAC_SET);
    predict_link_set_mac(picture, team, mac, NET_MAC_SET);
}

static int add_refused(const NetObserved *picture, const ObservedLink *team, const ObservedLink *port)
{
    if (port->flags & IFF_LOOPBACK || team == port)
        return EINVAL;
    return port->flags & IFF_UP || predict_is_taken(picture, port) ? EBUSY : 0;
}

/* team_port_add() opens the port. */
static int team_add_port(NetObserved *picture, ObservedLink *team, ObservedLink *port)
{
    IfcfgMac mac = port->mac;
    guint32 mtu = port->mtu;
    int code = add_refused(picture, team, port);
    if (!code)
        code = predict_link_set_mtu(picture, port, team->mtu);
    if (code)
        return code;
    code = predict_link_up(picture, port);
    if (code)
        return code;
    predict_link_set_mac(picture, port, &team->mac, NET_MAC_SET);
    net_observed_set_master(picture, port, team->ifindex);
    port->mac_before = mac;
    port->mtu_before = mtu;
    return 0;
}

/* team_port_del(): the port gets back what it came with. */
static void team_port_gone(NetObserved *picture, G_GNUC_UNUSED ObservedLink *team, ObservedLink *port)
{
    predict_port_restore(picture, port);
}

const PredictDriver predict_team = {
    .kind = "team",
    .set_mtu = predict_ports_set_mtu,
    .set_mac = team_set_mac,
    .add_port = team_add_port,
    .port_gone = team_port_gone,
};
