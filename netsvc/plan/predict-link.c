/* Links in the prediction: up, down, made, deleted, MAC, MTU (net/core/dev.c, net/core/rtnetlink.c). */
#include "plan/predict-private.h"
#include "state/attributes.h"
#include "state/observed-clients.h"
#include <errno.h>
#include <net/if.h>
#include <sys/socket.h>

/* --- what stands on others: VLANs, macvlans --- */

static gboolean is_on(const ObservedLink *upper, const ObservedLink *lower)
{
    return upper->lower == lower->ifindex && upper != lower;
}

/* Links that stand on this one; a copy, since the list changes while they do. */
static GPtrArray *uppers_of(const NetObserved *picture, const ObservedLink *link)
{
    const GPtrArray *list = net_observed_uppers_of(picture, link->ifindex);
    GPtrArray *uppers = g_ptr_array_new();
    for (guint i = 0; list && i < list->len; i++)
        if (is_on(list->pdata[i], link) && !predict_is_kind(list->pdata[i], "veth"))
            g_ptr_array_add(uppers, list->pdata[i]);
    return uppers;
}

/* Unless it was given one of its own; of a link that we have not made that is seen by the number. */
static gboolean has_mac_of_lower(const ObservedLink *upper, const ObservedLink *lower)
{
    if (predict_driver(upper)->follows_lower)
        return TRUE;
    return predict_is_kind(upper, "vlan") &&
           (upper->mac_assigned ? upper->mac_assigned == NET_MAC_STOLEN
                                : ifcfg_mac_equal(&upper->mac, &lower->mac));
}

/* --- up and down --- */

int predict_link_up(NetObserved *picture, ObservedLink *link)
{
    const PredictDriver *driver = predict_driver(link);
    int code = driver->open && !(link->flags & IFF_UP) ? driver->open(picture, link) : 0;
    if (code || link->flags & IFF_UP)
        return code;
    link->flags |= IFF_UP | IFF_RUNNING;
    link->carrier = TRUE;
    predict_ip4_up(picture, link);
    predict_ip6_up(picture, link);
    g_autoptr(GPtrArray) uppers = uppers_of(picture, link);
    for (guint i = 0; i < uppers->len; i++) /* vlan_device_event(): all of them, also those that were down */
        if (predict_is_kind(uppers->pdata[i], "vlan"))
            predict_link_up(picture, uppers->pdata[i]);
    return 0;
}

void predict_link_down(NetObserved *picture, ObservedLink *link)
{
    if (!(link->flags & IFF_UP))
        return;
    link->flags &= ~(guint32)(IFF_UP | IFF_RUNNING);
    link->carrier = FALSE;
    g_autoptr(GPtrArray) uppers = uppers_of(picture, link);
    for (guint i = 0; i < uppers->len; i++)
        if (predict_is_kind(uppers->pdata[i], "vlan"))
            predict_link_down(picture, uppers->pdata[i]);
    predict_nexthops_gone(picture, link->name);
    predict_routes_dead(picture, link->name, AF_INET, FALSE);
    net_observed_remove_neighbours(picture, link->ifindex, AF_INET,
                                   TRUE); /* fib_disable_ip(): arp_ifdown() */
    predict_ip6_gone(picture, link);
}

/* --- MAC --- */

void predict_forget_neighbours(NetObserved *picture, const ObservedLink *link)
{
    net_observed_remove_neighbours(picture, link->ifindex, AF_INET, FALSE);
    net_observed_remove_neighbours(picture, link->ifindex, AF_INET6, FALSE);
}

void predict_link_set_mac(NetObserved *picture, ObservedLink *link, const IfcfgMac *mac, guint8 assigned)
{
    IfcfgMac now = *mac; /* it may be this link's own */
    g_autoptr(GPtrArray) uppers = uppers_of(picture, link), heirs = g_ptr_array_new();
    for (guint i = 0; i < uppers->len; i++)
        if (has_mac_of_lower(uppers->pdata[i], link))
            g_ptr_array_add(heirs, uppers->pdata[i]);
    if (!ifcfg_mac_equal(&link->mac, &now))
        predict_forget_neighbours(picture, link);
    link->mac = now;
    link->mac_assigned = assigned;
    if (predict_is_kind(link, "veth") && !link->master && !(link->flags & IFF_SLAVE))
        link->perm_mac = now; /* it has none of its own: what it is found with counts as that */
    for (guint i = 0; i < heirs->len; i++) {
        ObservedLink *heir = heirs->pdata[i];
        heir->mac_assigned = NET_MAC_STOLEN;
        if (heir->flags & IFF_UP || predict_driver(heir)->follows_lower) /* else when it is set up */
            predict_link_set_mac(picture, heir, &now, NET_MAC_STOLEN);
    }
    predict_tell_master(picture, link);
}

/* Of hardware that is up only some drivers take one (IFF_LIVE_ADDR_CHANGE), of what is made by software, all.
 */
static int link_mac(NetObserved *picture, ObservedLink *link, const IfcfgMac *mac)
{
    const PredictDriver *driver = predict_driver(link);
    if (link->flags & IFF_UP && !link->kind && !(link->flags & IFF_LOOPBACK))
        return EBUSY;
    if (driver->follows_lower)
        return EOPNOTSUPP;
    if (driver->set_mac)
        driver->set_mac(picture, link, mac);
    else
        predict_link_set_mac(picture, link, mac, NET_MAC_SET);
    return 0;
}

/* --- MTU --- */

int predict_mtu_refused(const NetObserved *picture, const ObservedLink *link, guint32 mtu)
{
    const ObservedLink *lower = predict_find_index(picture, link->lower);
    gboolean is_vlan = predict_is_kind(link, "vlan");
    guint32 least = predict_driver(link)->least_mtu;
    if (mtu < (least ? least : 68))
        return EINVAL;
    if (lower && (is_vlan || predict_is_kind(link, "macvlan") || predict_is_kind(link, "macvtap")) &&
        lower->mtu < mtu)
        return is_vlan ? ERANGE : EINVAL;
    return 0;
}

int predict_link_set_mtu(NetObserved *picture, ObservedLink *link, guint32 mtu)
{
    int code = predict_mtu_refused(picture, link, mtu);
    if (code || link->mtu == mtu)
        return code;
    link->mtu = mtu;
    g_autoptr(GPtrArray) uppers = uppers_of(picture, link);
    for (guint i = 0; i < uppers->len; i++) {
        const PredictDriver *driver = predict_driver(uppers->pdata[i]);
        gboolean is_more = ((const ObservedLink *)uppers->pdata[i])->mtu > mtu;
        if (driver->follows_lower || (is_more && !driver->keeps_mtu))
            predict_link_set_mtu(picture, uppers->pdata[i], mtu);
    }
    predict_tell_master(picture, link);
    if (mtu < NET_LEAST_MTU_OF_IP6) /* addrconf_notify() ends IPv6 on it */
        predict_ip6_gone(picture, link);
    return 0;
}

int predict_ports_set_mtu(NetObserved *picture, ObservedLink *master, guint32 mtu)
{
    const GPtrArray *ports = net_observed_ports_of(picture, master->ifindex);
    for (guint i = 0; ports && i < ports->len; i++) {
        int code = predict_mtu_refused(picture, ports->pdata[i], mtu);
        if (code)
            return code;
    }
    for (guint i = 0; ports && i < ports->len; i++)
        predict_link_set_mtu(picture, ports->pdata[i], mtu);
    return predict_link_set_mtu(picture, master, mtu);
}

void predict_port_restore(NetObserved *picture, ObservedLink *port)
{
    enum { MTU_OF_ETHERNET = 1500 }; /* nobody saw what it had */
    predict_link_down(picture, port);
    predict_link_set_mac(picture, port, port->mac_before.length ? &port->mac_before : &port->perm_mac,
                         NET_MAC_SET);
    predict_link_set_mtu(picture, port, port->mtu_before ? port->mtu_before : MTU_OF_ETHERNET);
    port->mac_before = (IfcfgMac){.length = 0};
    port->mtu_before = 0;
}

/* A device that has that MTU is not asked (netif_set_mtu_ext()). */
static int link_mtu(NetObserved *picture, ObservedLink *link, guint32 mtu)
{
    const PredictDriver *driver = predict_driver(link);
    if (link->mtu == mtu)
        return 0;
    return driver->set_mtu ? driver->set_mtu(picture, link, mtu) : predict_link_set_mtu(picture, link, mtu);
}

/* --- made and deleted --- */

/* @ifindex: 0: the next one */
static ObservedLink *link_born(NetObserved *picture, const char *name, const char *kind, guint32 ifindex)
{
    ObservedLink *link =
        net_observed_make_link(picture, name, ifindex ? (int)ifindex : picture->last_ifindex + 1);
    link->kind = g_strdup(kind);
    const PredictDriver *driver = predict_driver(link);
    link->flags = driver->flags ? driver->flags : IFF_BROADCAST | IFF_MULTICAST;
    link->mtu = driver->mtu ? driver->mtu : 1500;
    return link;
}

/* vlan_dev_init(), macvlan_common_newlink(), ipvlan_link_new() */
static void link_new_on(ObservedLink *link, const ObservedLink *lower, const NetOp *op)
{
    gboolean follows = predict_driver(link)->follows_lower;
    if (!lower)
        return;
    link->lower = lower->ifindex;
    link->mtu = op->create.mtu && !follows ? op->create.mtu : lower->mtu;
    if (predict_is_kind(link, "vlan"))
        link->flags |= lower->flags & IFF_NOARP;
    if (follows || (!op->create.mac.length && predict_is_kind(link, "vlan"))) {
        link->mac = lower->mac;
        link->mac_assigned = NET_MAC_STOLEN;
    }
}

/* vxlan_config_apply(): it goes with that device. */
static void link_new_over(NetObserved *picture, ObservedLink *link, const NetOp *op)
{
    for (guint i = 0; predict_is_kind(link, "vxlan") && op->create.settings && i < op->create.settings->len;
         i++) {
        const LinkSetting *setting = op->create.settings->pdata[i];
        const ObservedLink *lower =
            g_str_equal(setting->name, "dev") ? predict_find(picture, setting->text) : NULL;
        if (!lower)
            continue;
        link->lower = lower->ifindex;
        link->mtu = op->create.mtu ? op->create.mtu : lower->mtu - 50;
    }
}

/* veth_newlink(): the other end is registered first. */
static int peer_new(NetObserved *picture, const NetOp *op)
{
    ObservedLink *peer = link_born(picture, op->create.peer, op->create.family->kind, 0);
    peer->mac_assigned = NET_MAC_RANDOM;
    net_observed_add_link(picture, peer);
    predict_values_init(peer, op->create.family);
    return peer->ifindex;
}

static ObservedLink *link_new(NetObserved *picture, const NetOp *op)
{
    int peer = op->create.peer ? peer_new(picture, op) : 0;
    ObservedLink *link = link_born(picture, op->dev, op->create.family->kind, op->create.ifindex);
    link->mac = op->create.mac;
    link->mac_assigned = op->create.mac.length ? NET_MAC_SET : NET_MAC_RANDOM;
    link->mtu = op->create.mtu ? op->create.mtu : link->mtu;
    link->peer = peer;
    if (peer)
        predict_find_index(picture, peer)->peer = link->ifindex;
    link_new_on(link, predict_find(picture, op->create.lower), op);
    link_new_over(picture, link, op);
    net_observed_add_link(picture, link);
    return link;
}

/* What is there and of that kind is taken over by the back end. */
static int link_take_over(NetObserved *picture, ObservedLink *link, const NetOp *op)
{
    if (!predict_is_kind(link, op->create.family->kind))
        return EEXIST;
    int code = op->create.mac.length ? link_mac(picture, link, &op->create.mac) : 0;
    return !code && op->create.mtu ? link_mtu(picture, link, op->create.mtu) : code;
}

/* rtnl_newlink() takes options only for the kind that the device is of. */
static int link_set(NetObserved *picture, ObservedLink *link, const LinkFamily *family,
                    const GPtrArray *settings)
{
    if (!settings)
        return 0;
    if (!link->own || link->own->family != family)
        return EOPNOTSUPP;
    const PredictDriver *driver = predict_driver(link);
    return driver->set ? driver->set(picture, link, settings) : predict_values_set(link->own, settings);
}

/* vlan_check_real_dev() */
static gboolean is_refused_on(const ObservedLink *lower, const NetOp *op)
{
    return lower && g_str_equal(op->create.family->kind, "vlan") && predict_driver(lower)->takes_no_vlans;
}

static int link_add(NetObserved *picture, const NetOp *op)
{
    ObservedLink *link = predict_find(picture, op->dev);
    int code = 0;
    if (op->create.family->module_options && !net_observed_has_driver(picture, op->create.family))
        return EOPNOTSUPP;
    if (link)
        code = link_take_over(picture, link, op);
    else if (predict_find(picture, op->create.peer))
        return EEXIST;
    else if (is_refused_on(predict_find(picture, op->create.lower), op))
        return EOPNOTSUPP;
    else
        link = link_new(picture, op);
    if (code)
        return code;
    if (!link->own)
        predict_values_init(link, op->create.family);
    return link_set(picture, link, op->create.family, op->create.settings);
}

static void link_remove(NetObserved *picture, ObservedLink *link)
{
    const GPtrArray *ports;
    g_autoptr(GPtrArray) uppers = uppers_of(picture, link);
    for (guint i = 0; i < uppers->len; i++)
        link_remove(picture, uppers->pdata[i]);
    if (link->master)
        predict_port_release(picture, link);
    while ((ports = net_observed_ports_of(picture, link->ifindex)))
        predict_port_release(picture, ports->pdata[0]);
    predict_link_down(picture, link);
    predict_ip4_gone(picture, link);
    predict_ip6_gone(picture, link);
    predict_routes_dead(picture, link->name, AF_INET, TRUE);
    predict_routes_dead(picture, link->name, AF_INET6, TRUE);
    net_observed_remove_neighbours(picture, link->ifindex, AF_INET, TRUE);
    net_observed_remove_neighbours(picture, link->ifindex, AF_INET6, TRUE);
    net_observed_remove_clients_of(picture, link->name);
    observed_link_free(net_observed_steal_link(picture, link->name));
}

/* The other end of a cable goes with it. */
static int link_delete(NetObserved *picture, ObservedLink *link)
{
    ObservedLink *peer = predict_is_kind(link, "veth") ? predict_find_index(picture, link->peer) : NULL;
    if (!link->kind)
        return EOPNOTSUPP;
    link_remove(picture, link);
    if (peer)
        link_remove(picture, peer);
    return 0;
}

static int link_attribute(NetObserved *picture, ObservedLink *link, const LinkSetting *setting)
{
    IfcfgMac mac;
    if (g_str_equal(setting->name, "mtu"))
        return link_mtu(picture, link, (guint32)setting->number);
    guint32 flags = link->flags;
    if (observed_link_set_attribute(link, setting)) {
        /* arp_netdev_event(), ndisc_netdev_event(): told only of what is up (__dev_notify_flags()) */
        if ((flags ^ link->flags) & IFF_NOARP && flags & IFF_UP)
            predict_forget_neighbours(picture, link);
        return 0;
    }
    return ifcfg_mac_parse(setting->text, &mac) ? link_mac(picture, link, &mac) : EINVAL;
}

static int link_change(NetObserved *picture, ObservedLink *link, const NetOp *op)
{
    ObservedLink *master = op->type == NET_OP_PORT_ADD ? predict_find(picture, op->master) : NULL;
    switch (op->type) {
    case NET_OP_LINK_DELETE:
        net_observed_set_teamd(picture, op->dev, NULL); /* it ends when its device goes */
        return link_delete(picture, link);
    case NET_OP_LINK_UP:
        return predict_link_up(picture, link);
    case NET_OP_LINK_DOWN:
        predict_link_down(picture, link);
        return 0;
    case NET_OP_LINK_ATTR:
        return link_attribute(picture, link, op->attr.setting);
    case NET_OP_PORT_ADD:
        return master ? predict_port_add(picture, link, master) : ENODEV;
    case NET_OP_PORT_REMOVE:
        if (link->master)
            predict_port_release(picture, link);
        return 0;
    case NET_OP_LINK_SET:
        return link_set(picture, link, op->set.family, op->set.settings);
    case NET_OP_PORT_SET:
        return predict_port_set(picture, link, op);
    default:
        return ENOSYS;
    }
}

int predict_link_op(NetObserved *picture, const NetOp *op)
{
    ObservedLink *link = predict_find(picture, op->dev);
    if (op->type == NET_OP_LINK_ADD)
        return link_add(picture, op);
    if (op->type == NET_OP_LINK_WAIT)
        return link && !op->wait.why ? 0 : ENODEV;
    return link ? link_change(picture, link, op) : ENODEV;
}
