/* Whether a gateway can be reached, as the kernel looks it up when a route is added (fib_check_nh() of
 * net/ipv4/fib_semantics.c, ip6_validate_gw() of net/ipv6/route.c). */
#include "plan/predict-private.h"
#include "state/observed-clients.h"
#include <errno.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

typedef struct {
    const NetObserved *picture;
    const IfcfgIp *to;
    const char *dev; /* NULL: any */
    gint scope;      /* of the route at least */
} Lookup;

static gboolean has_dev(const IfcfgRoute *route, const char *dev)
{
    for (guint i = 0; i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = route->nexthops->pdata[i];
        if (!hop->dead && !g_strcmp0(hop->dev, dev))
            return TRUE;
    }
    return FALSE;
}

static gboolean leads_over(const IfcfgRoute *route, const char *dev)
{
    return dev ? has_dev(route, dev) : route->nexthops->len > 0;
}

/* A route with another scope, or over another device, is passed over. */
static gboolean is_candidate(const Lookup *lookup, const IfcfgRoute *route)
{
    return !route->tos && leads_over(route, lookup->dev) &&
           (lookup->to->family != AF_INET || route->scope >= lookup->scope);
}

static const IfcfgRoute *best_of(const Lookup *lookup, const IndexList *routes)
{
    const IfcfgRoute *best = NULL;
    for (guint i = 0; routes && i < routes->len; i++) {
        const IfcfgRoute *route = routes->pdata[i];
        if (is_candidate(lookup, route) && (!best || route->metric < best->metric))
            best = route;
    }
    return best;
}

/* The longest prefix that leads there over the device. */
static const IfcfgRoute *table_lookup(const Lookup *lookup, guint32 table)
{
    const IfcfgRoute *best = NULL;
    for (gint length = (gint)ifcfg_ip_size(lookup->to) * 8; !best && length >= 0; length--) {
        IfcfgPrefix to = {*lookup->to, (guint8)length};
        best = best_of(lookup, net_observed_routes_to(lookup->picture, &to, table));
    }
    return best;
}

/* What a question without source, mark and port is asked through. */
static gboolean rule_applies(const IfcfgRule *rule, const Lookup *lookup)
{
    gboolean matches =
        !rule->from.length && (!rule->to.length || ifcfg_prefix_contains(&rule->to, lookup->to)) &&
        (!rule->iif || g_str_equal(rule->iif, "lo")) && (!rule->oif || !g_strcmp0(rule->oif, lookup->dev)) &&
        !rule->fwmark && !rule->tos && !rule->ipproto && !rule->tun_id && !rule->sport[0] && !rule->dport[0];
    return matches != !!rule->invert;
}

static int rule_verdict(const IfcfgRule *rule)
{
    return rule->action == FR_ACT_UNREACHABLE ? ENETUNREACH
           : rule->action == FR_ACT_PROHIBIT  ? EACCES
                                              : EINVAL;
}

static const IfcfgRule *rule_behind(const Lookup *lookup, const IfcfgRule *last)
{
    const IfcfgRule *next = NULL;
    for (guint i = 0; i < lookup->picture->rules->len; i++) {
        const IfcfgRule *rule = lookup->picture->rules->pdata[i];
        if (rule->family == lookup->to->family && rule_applies(rule, lookup) &&
            (!last || rule->priority > last->priority) && (!next || rule->priority < next->priority))
            next = rule;
    }
    return next;
}

/* A kernel without policy routing has no rules. */
static const IfcfgRoute *rules_lookup(const Lookup *lookup, int *ret_code)
{
    const IfcfgRoute *plain = rule_behind(lookup, NULL) ? NULL : table_lookup(lookup, RT_TABLE_MAIN);
    *ret_code = 0;
    if (plain)
        return plain;
    for (const IfcfgRule *rule = NULL; (rule = rule_behind(lookup, rule));) {
        const IfcfgRoute *route = rule->action == FR_ACT_TO_TBL ? table_lookup(lookup, rule->table) : NULL;
        if (route || rule->action != FR_ACT_TO_TBL) {
            *ret_code = route ? 0 : rule_verdict(rule);
            return route;
        }
    }
    *ret_code = ENETUNREACH;
    return NULL;
}

static const ObservedAddress *own_address(const NetObserved *picture, const IfcfgIp *ip, int ifindex)
{
    const IndexList *list = net_observed_addresses_with(picture, ip);
    for (guint i = 0; list && i < list->len; i++) {
        const ObservedAddress *address = list->pdata[i];
        if (!ifindex || address->ifindex == ifindex)
            return address;
    }
    return NULL;
}

/* The network of an address that a server will give is not known. */
static gboolean gets_address(const NetObserved *picture, const char *dev, int family)
{
    const ObservedClient *client = net_observed_client(picture, dev, family);
    return client && client->is_foreseen;
}

/* Those of a VRF are in its table alone. */
static gboolean is_local_there(const NetObserved *picture, const IfcfgRoute *route, const ObservedLink *link)
{
    guint32 table = net_observed_table_of(picture, link);
    return table == RT_TABLE_MAIN || table == route->table;
}

/* fib_add_ifaddr(): the one that is given, and the last one of the network besides. */
static gboolean is_broadcast(const NetObserved *picture, const ObservedLink *link, const IfcfgIp *ip)
{
    const GPtrArray *list = net_observed_addresses_of(picture, link->ifindex);
    for (guint i = 0; list && i < list->len; i++) {
        const ObservedAddress *address = g_ptr_array_index(list, i);
        IfcfgPrefix network = {address->peer.family ? address->peer : address->prefix.ip,
                               address->prefix.length};
        IfcfgIp usual = ifcfg_prefix_broadcast(&network);
        if (ifcfg_ip_equal(&address->broadcast, ip) || ifcfg_ip_equal(&usual, ip))
            return TRUE;
    }
    return FALSE;
}

/* l3mdev_update_flow(): a VRF is no way out, and the device that is found takes its place. */
static int check_over_vrf(Lookup *lookup, IfcfgNexthop *hop)
{
    int code = 0;
    lookup->dev = NULL;
    const IfcfgRoute *found = rules_lookup(lookup, &code);
    if (!found)
        return code;
    g_free(hop->dev);
    hop->dev = g_strdup(((const IfcfgNexthop *)found->nexthops->pdata[0])->dev);
    return 0;
}

static int check_4(const NetObserved *picture, const IfcfgRoute *route, IfcfgNexthop *hop)
{
    const ObservedLink *link = predict_find(picture, hop->dev);
    Lookup lookup = {picture, &hop->via, hop->dev, MAX(route->scope + 1, RT_SCOPE_LINK)};
    int code = 0;
    if (hop->onlink)
        return link->flags & IFF_UP ? 0 : ENETDOWN;
    if (is_broadcast(picture, link, &hop->via) && is_local_there(picture, route, link))
        return EINVAL;
    if (route->table != RT_TABLE_MAIN && table_lookup(&lookup, route->table))
        return 0;
    if (predict_is_kind(link, "vrf"))
        return check_over_vrf(&lookup, hop);
    rules_lookup(&lookup, &code);
    return code && gets_address(picture, hop->dev, AF_INET) ? 0 : code;
}

/* A link-local gateway is on the link that is named: it is not looked for, and another link can have an
 * address of the same number. Routes of IPv4 can have a gateway of IPv6 (fib_check_nh_v6_gw()). */
static int check_6(const NetObserved *picture, const IfcfgRoute *route, IfcfgNexthop *hop)
{
    Lookup lookup = {picture, &hop->via, hop->dev, 0};
    const IfcfgRoute *found;
    gboolean is_near = ifcfg_ip_is_link_local(&hop->via);
    int code = 0;
    if (own_address(picture, &hop->via, is_near ? predict_find(picture, hop->dev)->ifindex : 0))
        return EINVAL;
    if (is_near)
        return 0;
    found = table_lookup(&lookup, route->table);
    if (!found || ((const IfcfgNexthop *)found->nexthops->pdata[0])->via.family)
        found = rules_lookup(&lookup, &code);
    return !found || ((const IfcfgNexthop *)found->nexthops->pdata[0])->via.family ? EHOSTUNREACH : 0;
}

int predict_gateway_check(const NetObserved *picture, const IfcfgRoute *route, IfcfgNexthop *hop)
{
    return (hop->via.family == AF_INET6 ? check_6 : check_4)(picture, route, hop);
}
