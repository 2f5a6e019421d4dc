/* Links in the prediction: up, down, made, deleted, MAC, MTU, ports. */
#include "plan/predict-private.h"
#include "state/compare.h"
#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

static void add_loopback_address(NetObserved *picture, const ObservedLink *link)
{
    ObservedAddress *address = g_new0(ObservedAddress, 1);
    address->ifindex = link->ifindex;
    ifcfg_prefix_parse("127.0.0.1/8", AF_INET, &address->prefix);
    address->label = g_strdup(link->name);
    address->scope = RT_SCOPE_HOST;
    net_observed_add_address(picture, address);
}

void predict_link_up(NetObserved *picture, ObservedLink *link)
{
    link->flags |= IFF_UP | IFF_RUNNING;
    link->carrier = TRUE;
    /* inetdev_event() of net/ipv4/devinet.c */
    if (link->flags & IFF_LOOPBACK && !net_observed_addresses_of(picture, link->ifindex))
        add_loopback_address(picture, link);
}

void predict_link_down(NetObserved *picture, ObservedLink *link)
{
    link->flags &= ~(guint32)(IFF_UP | IFF_RUNNING);
    link->carrier = FALSE;
    predict_routes_of_dev_gone(picture, link->name);
}

void predict_link_mac(G_GNUC_UNUSED NetObserved *picture, ObservedLink *link, const IfcfgMac *mac)
{
    link->mac = *mac;
    link->mac_is_random = FALSE;
}

void predict_link_mtu(G_GNUC_UNUSED NetObserved *picture, ObservedLink *link, guint32 mtu)
{
    link->mtu = mtu;
}

ObservedLink *predict_link_new(NetObserved *picture, const NetOp *op)
{
    ObservedLink *link = observed_link_new(op->dev, picture->last_ifindex + 1);
    link->kind = g_strdup(op->create.family->kind);
    link->flags = IFF_BROADCAST | IFF_MULTICAST;
    link->mac = op->create.mac;
    link->mac_is_random = !op->create.mac.length;
    link->mtu = op->create.mtu ? op->create.mtu : 1500;
    net_observed_add_link(picture, link);
    return link;
}

static int link_add(NetObserved *picture, const NetOp *op)
{
    gboolean is_bond = g_str_equal(op->create.family->kind, "bond");
    if (is_bond && !picture->has_bonding)
        return EOPNOTSUPP;
    if (predict_find(picture, op->dev))
        return EEXIST;
    ObservedLink *link = predict_link_new(picture, op);
    if (!is_bond)
        return 0;
    predict_bond_init(picture, link, op);
    return op->create.settings ? predict_bond_set(picture, link, op->create.settings) : 0;
}

void predict_port_release(NetObserved *picture, ObservedLink *port)
{
    ObservedLink *master = g_hash_table_lookup(picture->by_index, GINT_TO_POINTER(port->master));
    net_observed_set_master(picture, port, 0);
    port->flags &= ~(guint32)IFF_SLAVE;
    if (master && predict_is_bond(master))
        predict_bond_release(picture, master, port);
}

static int link_delete(NetObserved *picture, ObservedLink *link)
{
    const GPtrArray *ports;
    if (!link->kind)
        return EOPNOTSUPP;
    while ((ports = net_observed_ports_of(picture, link->ifindex)))
        predict_port_release(picture, ports->pdata[0]);
    if (link->master)
        predict_port_release(picture, link);
    predict_addresses_gone(picture, link);
    predict_routes_of_dev_gone(picture, link->name);
    observed_link_free(net_observed_steal_link(picture, link->name));
    return 0;
}

static int port_add(NetObserved *picture, ObservedLink *port, const char *master_name)
{
    ObservedLink *master = predict_find(picture, master_name);
    if (!master)
        return ENODEV;
    if (port->master)
        return EBUSY;
    if (predict_is_bond(master))
        return predict_bond_enslave(picture, master, port);
    net_observed_set_master(picture, port, master->ifindex);
    return 0;
}

static int link_mac(NetObserved *picture, ObservedLink *link, const IfcfgMac *mac)
{
    if (link->flags & IFF_UP && !predict_is_bond(link))
        return EBUSY;
    predict_link_mac(picture, link, mac);
    return 0;
}

static int link_change(NetObserved *picture, ObservedLink *link, const NetOp *op)
{
    switch (op->type) {
    case NET_OP_LINK_DELETE:
        return link_delete(picture, link);
    case NET_OP_LINK_UP:
        predict_link_up(picture, link);
        return 0;
    case NET_OP_LINK_DOWN:
        predict_link_down(picture, link);
        return 0;
    case NET_OP_LINK_MAC:
        return link_mac(picture, link, &op->mac);
    case NET_OP_LINK_MTU:
        predict_link_mtu(picture, link, op->mtu);
        return 0;
    case NET_OP_LINK_ARP:
        link->flags = op->arp ? link->flags & ~(guint32)IFF_NOARP : link->flags | IFF_NOARP;
        return 0;
    case NET_OP_PORT_ADD:
        return port_add(picture, link, op->master);
    case NET_OP_PORT_REMOVE:
        if (link->master)
            predict_port_release(picture, link);
        return 0;
    case NET_OP_LINK_SET:
        return predict_is_bond(link) ? predict_bond_set(picture, link, op->set.settings) : EOPNOTSUPP;
    case NET_OP_PORT_SET:
        return predict_port_set(link, op);
    default:
        return ENOSYS;
    }
}

/* What is to be gone, down or released and is not there is as it should be. */
static gboolean is_fine_without_link(NetOpType type)
{
    return type == NET_OP_LINK_DELETE || type == NET_OP_LINK_DOWN || type == NET_OP_PORT_REMOVE;
}

int predict_link_op(NetObserved *picture, const NetOp *op)
{
    ObservedLink *link = predict_find(picture, op->dev);
    if (op->type == NET_OP_LINK_ADD)
        return link_add(picture, op);
    if (op->type == NET_OP_LINK_WAIT)
        return link && !op->wait.why ? 0 : ENODEV;
    if (!link)
        return is_fine_without_link(op->type) ? 0 : ENODEV;
    return link_change(picture, link, op);
}
