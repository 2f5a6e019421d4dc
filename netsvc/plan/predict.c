/* The kernel in memory: one operation, or a plan, applied to a picture. */
#include "plan/predict-private.h"
#include "state/observed-clients.h"
#include <errno.h>
#include <linux/if_ether.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

ObservedLink *predict_find(const NetObserved *picture, const char *name)
{
    return name ? g_hash_table_lookup(picture->by_name, name) : NULL;
}

ObservedLink *predict_find_index(const NetObserved *picture, int ifindex)
{
    return g_hash_table_lookup(picture->by_index, GINT_TO_POINTER(ifindex));
}

gboolean predict_is_kind(const ObservedLink *link, const char *kind)
{
    return !g_strcmp0(link->kind, kind);
}

static void module_load(NetObserved *picture, const char *module)
{
    for (guint i = 0; link_family_nth(i); i++)
        if (!g_strcmp0(link_family_nth(i)->module, module))
            net_observed_add_driver(picture, link_family_nth(i));
}

/* What /etc/sysconfig/network asks for: "ipv6/conf/all/forwarding=1 ipv6/conf/default/accept_ra=0". A write
 * to `all` reaches every device, and those to come (addrconf_fixup_forwarding(), net/ipv6/addrconf.c). */
static void predict_sysctls(NetObserved *picture, const NetOp *op)
{
    g_auto(GStrv) words = g_strsplit(op->sysctl.value ? op->sysctl.value : "", " ", -1);
    for (char **word = words; *word && **word; word++) {
        g_auto(GStrv) parts = g_strsplit(*word, "=", 2);
        gint32 value = (gint32)g_ascii_strtoll(parts[1], NULL, 10);
        guint of_all = net_conf_of_path(parts[0], "all"), to_come = net_conf_of_path(parts[0], "default");
        gboolean changes = of_all < NET_CONF_LAST && picture->confs_default[of_all] != value;
        if (to_come < NET_CONF_LAST || changes)
            picture->confs_default[MIN(to_come, of_all)] = value;
        for (guint i = 0; changes && i < picture->links->len; i++)
            ((ObservedLink *)g_ptr_array_index(picture->links, i))->confs[of_all] = value;
    }
}

static void predict_sysctl(NetObserved *picture, const NetOp *op)
{
    ObservedLink *link = predict_find(picture, op->dev);
    guint conf = link ? net_conf_of_path(op->sysctl.key, op->dev) : NET_CONF_LAST;
    gint32 before = conf < NET_CONF_LAST ? link->confs[conf] : 0;
    if (conf < NET_CONF_LAST)
        link->confs[conf] = (gint32)g_ascii_strtoll(op->sysctl.value, NULL, 10);
    if (conf != NET_CONF_DISABLE_IPV6 || (before != 0) == (link->confs[conf] != 0))
        return;
    if (!before) /* dev_disable_change() */
        predict_ip6_gone(picture, link);
    else if (link->flags & IFF_UP)
        predict_ip6_up(picture, link);
}

/* neigh_add() wants as many bytes as the device's own address has (a tunnel's over IPv4 four), and takes no
 * more.
 */
static int fit_mac(ObservedNeighbour *neighbour, const ObservedLink *link)
{
    guint8 bytes = predict_driver(link)->mac_bytes;
    IfcfgMac fit = {.length = link->mac.length ? link->mac.length : bytes ? bytes : ETH_ALEN};
    if (neighbour->is_proxy)
        return 0;
    if (neighbour->mac.length < fit.length)
        return EINVAL;
    memcpy(fit.bytes, neighbour->mac.bytes, fit.length);
    neighbour->mac = fit;
    return 0;
}

/* Without IPv6 on the device ndisc_constructor() refuses. A new MAC replaces the old one. */
static int predict_neighbour_op(NetObserved *picture, const NetOp *op)
{
    const ObservedLink *link = predict_find(picture, op->dev);
    ObservedNeighbour neighbour = op->neighbour;
    if (!link)
        return ENODEV;
    if (neighbour.ip.family == AF_INET6 && link->mtu < NET_LEAST_MTU_OF_IP6)
        return EINVAL;
    int code = fit_mac(&neighbour, link);
    if (code)
        return code;
    neighbour.ifindex = link->ifindex;
    /* arp_constructor(): whoever is at the other end has one entry */
    if (neighbour.ip.family == AF_INET && !neighbour.is_proxy &&
        link->flags & (IFF_LOOPBACK | IFF_POINTOPOINT))
        memset(neighbour.ip.bytes, 0, sizeof neighbour.ip.bytes);
    net_observed_remove_neighbour(picture, &neighbour);
    g_array_append_val(picture->neighbours, neighbour);
    return 0;
}

static void predict_names(NetObserved *picture, const NetOp *op)
{
    resolv_conf_set(&picture->resolv, op->dev, op->names.rank, op->names.share);
}

/* What a server will answer nobody knows: that it does is foreseen. */
static int predict_lease_op(NetObserved *picture, const NetOp *op)
{
    const NetLease *lease = op->lease.lease;
    g_autofree char *settings = net_lease_settings(lease);
    if (op->type == NET_OP_LEASE_GET && !predict_find(picture, op->dev))
        return ENODEV;
    if (op->type == NET_OP_LEASE_GET)
        net_observed_add_client(picture, op->dev, lease->family, lease->client, settings)->is_foreseen = TRUE;
    else
        net_observed_remove_client(picture, op->dev, lease->family);
    return 0;
}

/* The one that the part names, which need not be the interface's own. */
static void predict_ethtool(NetObserved *picture, const NetOp *op)
{
    ObservedLink *link = predict_find(picture, op->ethtool.request->device);
    if (!link)
        return;
    if (!link->ethtool)
        link->ethtool = ethtool_state_new();
    ethtool_state_foresee(link->ethtool, op->ethtool.request);
}

/* It takes the team over that is there, and leaves it there when it ends (-o -N). */
static int predict_teamd(NetObserved *picture, const NetOp *op)
{
    if (op->type == NET_OP_TEAMD_START && !predict_find(picture, op->dev))
        return ENODEV;
    net_observed_set_teamd(picture, op->dev, op->type == NET_OP_TEAMD_START ? op->teamd.config : NULL);
    return 0;
}

static int predict_one(NetObserved *picture, const NetOp *op)
{
    switch (op->type) {
    case NET_OP_MODULE_LOAD:
        module_load(picture, op->module.name);
        return 0;
    case NET_OP_ADDR_ADD:
    case NET_OP_ADDR_DELETE:
        return predict_address_op(picture, op);
    case NET_OP_NEXTHOP_SET:
    case NET_OP_NEXTHOP_DELETE:
        return predict_nexthop_op(picture, op);
    case NET_OP_ROUTE_ADD:
    case NET_OP_ROUTE_DELETE:
        return predict_route_op(picture, op);
    case NET_OP_NEIGH_ADD:
        return predict_neighbour_op(picture, op);
    case NET_OP_RULE_ADD:
    case NET_OP_RULE_DELETE:
        return predict_rule_op(picture, op);
    case NET_OP_LEASE_GET:
    case NET_OP_LEASE_DROP:
        return predict_lease_op(picture, op);
    case NET_OP_SYSCTL_SET:
        predict_sysctl(picture, op);
        return 0;
    case NET_OP_NAMES_SET:
    case NET_OP_NAMES_DROP:
        predict_names(picture, op);
        return 0;
    case NET_OP_MANAGER_LEAVE:
        g_hash_table_add(picture->manager.told, g_strdup(op->dev));
        g_hash_table_remove(picture->manager.holds, op->dev);
        return 0;
    case NET_OP_ETHTOOL_SET:
        predict_ethtool(picture, op);
        return 0;
    case NET_OP_VLANS_ADD:
    case NET_OP_VLANS_DELETE:
        return predict_vlans_op(picture, op);
    case NET_OP_TEAMD_START:
    case NET_OP_TEAMD_STOP:
        return predict_teamd(picture, op);
    case NET_OP_SYSCTL_APPLY:
        predict_sysctls(picture, op);
        return 0;
    case NET_OP_ZONE_SET: /* what lets packets in is nothing of the picture */
    case NET_OP_ZONE_DROP:
    case NET_OP_HOOK_RUN:
    case NET_OP_CARRIER_WAIT:
    case NET_OP_DAD_WAIT:
    case NET_OP_ADDR_PROBE:
    case NET_OP_ADDR_ANNOUNCE:
    case NET_OP_VERIFY:
        return 0;
    default:
        return predict_link_op(picture, op);
    }
}

int net_predict(NetObserved *picture, const NetOp *op)
{
    int code = predict_one(picture, op);
    return net_op_is_satisfied(op, code) ? 0 : code;
}

NetObserved *net_predict_plan(const NetObserved *before, const NetPlan *plan, GPtrArray **ret_refusals)
{
    NetObserved *picture = net_observed_copy(before);
    g_autoptr(GPtrArray) ops = net_predict_order(plan);
    g_autoptr(GPtrArray) refusals = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < ops->len; i++) {
        const NetOp *op = ops->pdata[i];
        if (op->is_only_recorded || op->rivals)
            continue;
        NetRefusal refusal = {ops->pdata[i], net_predict(picture, ops->pdata[i])};
        if (refusal.code)
            g_ptr_array_add(refusals, g_memdup2(&refusal, sizeof refusal));
    }
    if (ret_refusals)
        *ret_refusals = g_steal_pointer(&refusals);
    return picture;
}
