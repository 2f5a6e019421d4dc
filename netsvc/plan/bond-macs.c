/* The MACs of a bond's ports in the modes that balance, as drivers/net/bonding/bond_alb.c has them (Linux
 * 6.12). */
#include "plan/bond-macs.h"
#include "bond-family.h"
#include "plan/predict-private.h"

gboolean bond_is_balanced(const ObservedLink *bond)
{
    return bond_predicted_mode(bond) == BOND_MODE_TLB || bond_predicted_mode(bond) == BOND_MODE_ALB;
}

ObservedLink *bond_port_with_mac(const NetObserved *picture, const ObservedLink *bond, const IfcfgMac *mac,
                                 const ObservedLink *but)
{
    const GPtrArray *ports = net_observed_ports_of(picture, bond->ifindex);
    for (guint i = 0; ports && i < ports->len; i++)
        if (ports->pdata[i] != but && ifcfg_mac_equal(&((const ObservedLink *)ports->pdata[i])->mac, mac))
            return ports->pdata[i];
    return NULL;
}

void bond_send_by(NetObserved *picture, const ObservedLink *bond, ObservedLink *port)
{
    ObservedLink *sender = bond_port_with_mac(picture, bond, &bond->mac, NULL);
    IfcfgMac mac = port->mac;
    if (!sender || sender == port)
        return;
    predict_link_set_mac(picture, port, &bond->mac, NET_MAC_SET);
    predict_link_set_mac(picture, sender, &mac, NET_MAC_SET);
}

void bond_avoid_collision(NetObserved *picture, const ObservedLink *bond, ObservedLink *port)
{
    const GPtrArray *ports = net_observed_ports_of(picture, bond->ifindex);
    if (!bond_port_with_mac(picture, bond, &port->mac, port))
        return;
    for (guint i = 0; i < ports->len; i++) {
        const ObservedLink *other = ports->pdata[i];
        if (other == port || bond_port_with_mac(picture, bond, &other->mac_before, port))
            continue;
        predict_link_set_mac(picture, port, &other->mac_before, NET_MAC_SET);
        return;
    }
}
