/* Rules about gateways: several that compete, and those that lead nowhere. */
#include "i18n.h"
#include "model/check-private.h"
#include <linux/rtnetlink.h>
#include <sys/socket.h>

static const char *network_get(const Check *check, const char *key, IfcfgWhere *where)
{
    const char *value = check->network ? ifcfg_record_get(check->network, key) : NULL;
    if (!value || !*value)
        return NULL;
    *where = ifcfg_record_where(check->network, key);
    return value;
}

void check_gatewaydev(const Check *check)
{
    IfcfgWhere where;
    const char *name = network_get(check, "GATEWAYDEV", &where);
    const NetIface *iface = name ? net_model_find(check->model, name) : NULL;
    if (!name)
        return;
    if (!iface)
        ifcfg_problems_add(
            check->problems, IFCFG_WARNING, where,
            _("GATEWAYDEV=%s: no file configures that interface, and no other one sets a default "
              "route"),
            name);
    else if (net_iface_is_port(iface))
        ifcfg_problems_add(
            check->problems, IFCFG_WARNING, where,
            _("GATEWAYDEV=%s is a port of %s, and no other interface sets a default route: write "
              "GATEWAYDEV=%s"),
            name, net_iface_relation(iface, NET_PORT_OF)->name, net_iface_relation(iface, NET_PORT_OF)->name);
}

/* Where an interface is left alone, by DHCP for one, nobody here can say. */
void check_network_gateway(const Check *check)
{
    IfcfgWhere where;
    IfcfgIp ip;
    const char *text = network_get(check, "GATEWAY", &where);
    if (!text || !ifcfg_ip_parse(text, AF_INET, &ip) || g_str_equal(text, "0.0.0.0"))
        return;
    for (guint i = 0; i < net_model_length(check->model); i++) {
        const NetIface *iface = net_model_nth(check->model, i);
        if (iface->unsupported || iface->leases->len || ifcfg_ip_equal(&iface->gateway, &ip))
            return;
        for (guint n = 0; n < iface->addresses->len; n++)
            if (ifcfg_prefix_contains(&((const NetAddress *)g_ptr_array_index(iface->addresses, n))->prefix,
                                      &ip))
                return;
    }
    ifcfg_problems_add(
        check->problems, IFCFG_WARNING, where,
        _("GATEWAY=%s is in the network of no interface; there will be no default route by it"), text);
}

/* What the kernel refuses (fib_check_nh(), ip6_route_check_nh()): "Nexthop has invalid gateway". That of
 * GATEWAY has been told. */
static void route_gateway_check(const Check *check, const NetIface *iface, const IfcfgRoute *route,
                                const IfcfgIp *via)
{
    g_autofree char *gateway = ifcfg_ip_format(via), *to = ifcfg_prefix_format(&route->to);
    const NetAddress *all = net_iface_broadcast_find(iface, via);
    if (all && !(ifcfg_route_is_default(route) && ifcfg_ip_equal(&iface->gateway, via))) {
        g_autofree char *own = ifcfg_prefix_format(&all->prefix);
        ifcfg_problems_add(check->problems, IFCFG_ERROR, route->where,
                           _("the gateway %s of the route to %s is the broadcast address of %s: write the "
                             "router's address"),
                           gateway, to, own);
    }
    if (!net_iface_reaches(iface, via))
        ifcfg_problems_add(
            check->problems, IFCFG_ERROR, route->where,
            _("the gateway %s of the route to %s is in no network of %s: correct one of the two, or "
              "add \"onlink\""),
            gateway, to, net_iface_device(iface));
}

static void route_gateway(const Check *check, const NetIface *iface)
{
    if (!net_iface_is_at_boot(iface) || (iface->addresses->len == 0 && !iface->parent))
        return;
    for (guint i = 0; i < iface->routes->len; i++) {
        const IfcfgRoute *route = g_ptr_array_index(iface->routes, i);
        const IfcfgNexthop *hop =
            route->nexthops && route->nexthops->len == 1 ? g_ptr_array_index(route->nexthops, 0) : NULL;
        gboolean is_ours = hop && !hop->onlink && net_iface_knows_reach(iface, &hop->via) &&
                           (!hop->dev || g_str_equal(hop->dev, net_iface_device(iface)));
        if (is_ours)
            route_gateway_check(check, iface, route, &hop->via);
    }
}

static void route_hides(const Check *check, const NetIface *iface)
{
    for (guint i = 0; net_iface_is_at_boot(iface) && i < iface->routes->len; i++) {
        const IfcfgRoute *route = g_ptr_array_index(iface->routes, i);
        if (!net_iface_is_hidden_by(iface, route))
            continue;
        const IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, 0);
        g_autofree char *gateway = ifcfg_ip_format(&hop->via), *to = ifcfg_prefix_format(&route->to);
        ifcfg_problems_add(
            check->problems, IFCFG_WARNING, route->where,
            _("%s is the network of %s itself: by this line all of it goes through %s; remove the line, "
              "unless that is meant"),
            to, net_iface_device(iface), gateway);
    }
}

void check_route_gateway(const Check *check)
{
    check_each(check, route_gateway);
    check_each(check, route_hides);
}
