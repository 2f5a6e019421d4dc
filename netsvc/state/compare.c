/* When an address, a route or a rule of the kernel is the one that was asked for. */
#include "state/compare.h"
#include "i18n.h"
#include "ifcfg-encap.h"
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

static gboolean broadcast_is_fine(const NetAddress *wanted, const ObservedAddress *actual)
{
    if (wanted->broadcast.family != AF_UNSPEC) /* 0.0.0.0: none, of which the kernel says nothing */
        return ifcfg_ip_is_zero(&wanted->broadcast) ? actual->broadcast.family == AF_UNSPEC
                                                    : ifcfg_ip_equal(&wanted->broadcast, &actual->broadcast);
    /* None asked for: the usual one, but one added by hand without it works as well and is not torn out. */
    IfcfgIp usual = ifcfg_prefix_broadcast(&wanted->prefix);
    return actual->broadcast.family == AF_UNSPEC || ifcfg_ip_equal(&usual, &actual->broadcast);
}

static gboolean has_route_over(const IndexList *routes, const char *dev)
{
    for (guint i = 0; routes && i < routes->len; i++) {
        const IfcfgRoute *route = g_ptr_array_index(routes, i);
        const IfcfgNexthop *hop = route->nexthops->len ? g_ptr_array_index(route->nexthops, 0) : NULL;
        if (hop && !g_strcmp0(hop->dev, dev))
            return TRUE;
    }
    return FALSE;
}

/* The kernel gives it with the address, and not again when somebody has flushed it; NetworkManager adds
 * addresses without it (noprefixroute), and a route of its own that goes when NetworkManager does. */
gboolean net_address_lacks_network(const ObservedAddress *actual, const NetObserved *observed)
{
    gboolean is_4 = actual->prefix.ip.family == AF_INET;
    const ObservedLink *link = net_observed_link_by_index(observed, actual->ifindex);
    const ObservedLink *master = link ? net_observed_link_by_index(observed, link->master) : NULL;
    gboolean is_port = link && link->master && !(master && !g_strcmp0(master->kind, "vrf"));
    IfcfgPrefix network = net_observed_address_network(actual);
    gboolean has_none = is_4 && !network.ip.bytes[0]; /* 0.0.0.0/8 and larger: fib_add_ifaddr() */
    if (!link || !(link->flags & IFF_UP) || link->flags & IFF_LOOPBACK || is_port || has_none ||
        actual->prefix.length >= ifcfg_ip_size(&actual->prefix.ip) * 8 ||
        actual->flags & (is_4 ? IFA_F_SECONDARY : IFA_F_TENTATIVE | IFA_F_DADFAILED))
        return FALSE;
    return !has_route_over(net_observed_routes_to(observed, &network, net_observed_table_of(observed, link)),
                           link->name);
}

static char *lacking_network(const ObservedAddress *actual)
{
    IfcfgPrefix network = net_observed_address_network(actual);
    g_autofree char *text = ifcfg_prefix_format(&network);
    return g_strdup_printf(_("the route to its network %s is missing"), text);
}

static char *fixed_difference(const NetAddress *wanted, const ObservedAddress *actual, const char *dev)
{
    const char *label = wanted->label ? wanted->label : dev;
    if (wanted->prefix.length != actual->prefix.length)
        return g_strdup_printf(_("prefix length is %u, expected %u"), actual->prefix.length,
                               wanted->prefix.length);
    if (wanted->peer.family != actual->peer.family ||
        (wanted->peer.family && !ifcfg_ip_equal(&wanted->peer, &actual->peer))) {
        g_autofree char *is = actual->peer.family ? ifcfg_ip_format(&actual->peer) : g_strdup(_("none"));
        g_autofree char *expected =
            wanted->peer.family ? ifcfg_ip_format(&wanted->peer) : g_strdup(_("none"));
        return g_strdup_printf(_("the address of the other end is %s, expected %s"), is, expected);
    }
    if (wanted->prefix.ip.family != AF_INET)
        return NULL; /* the rest does not exist in IPv6, or is the kernel's */
    if (!broadcast_is_fine(wanted, actual)) {
        g_autofree char *text = ifcfg_ip_format(&actual->broadcast);
        return g_strdup_printf(_("broadcast address is %s"), text);
    }
    if (actual->label && !g_str_equal(label, actual->label))
        return g_strdup_printf(_("label is %s, expected %s"), actual->label, label);
    if (wanted->scope != actual->scope)
        return g_strdup_printf(_("scope is %u, expected %u"), actual->scope, wanted->scope);
    return NULL;
}

/* What an installer or the initrd had by DHCP ends with its lease. */
char *net_address_difference(const NetAddress *wanted, const ObservedAddress *actual, const char *dev,
                             const NetObserved *observed)
{
    char *difference = fixed_difference(wanted, actual, dev);
    if (!difference && net_observed_address_is_duplicate(actual))
        return g_strdup(_("another host on this network has it (duplicate address detection)"));
    if (!difference && net_address_lacks_network(actual, observed))
        return lacking_network(actual);
    if (!difference && !(actual->flags & IFA_F_PERMANENT))
        return g_strdup(_("it expires, expected for ever"));
    return difference;
}

gboolean net_address_needs_replacing(const NetAddress *wanted, const ObservedAddress *actual, const char *dev)
{
    g_autofree char *difference = fixed_difference(wanted, actual, dev);
    return difference != NULL;
}

const ObservedAddress *net_observed_find_ip(const NetObserved *self, int ifindex, const IfcfgPrefix *prefix)
{
    const ObservedAddress *exact = net_observed_address(self, ifindex, prefix);
    g_autoptr(GPtrArray) others = exact ? NULL : net_observed_with_ip(self, ifindex, &prefix->ip);
    return others && others->len ? g_ptr_array_index(others, 0) : exact;
}

static gboolean nexthop_equal(const IfcfgNexthop *actual, const IfcfgNexthop *wanted, const char *dev,
                              gboolean multipath)
{
    const char *wanted_dev = wanted->dev ? wanted->dev : dev;
    return ifcfg_ip_equal(&actual->via, &wanted->via) &&
           (!actual->dev || !g_strcmp0(actual->dev, wanted_dev)) && actual->onlink == wanted->onlink &&
           ifcfg_encap_equal(actual->encap, wanted->encap) &&
           (!multipath || MAX(actual->weight, 1) == MAX(wanted->weight, 1));
}

static gboolean nexthops_equal(const IfcfgRoute *actual, const IfcfgRoute *wanted, const char *dev)
{
    guint n = wanted->nexthops ? wanted->nexthops->len : 0;
    if (n != (actual->nexthops ? actual->nexthops->len : 0))
        return FALSE;
    for (guint i = 0; i < n; i++)
        if (!nexthop_equal(g_ptr_array_index(actual->nexthops, i), g_ptr_array_index(wanted->nexthops, i),
                           dev, n > 1))
            return FALSE;
    return TRUE;
}

static gboolean route_metrics_equal(const IfcfgRoute *actual, const IfcfgRoute *wanted)
{
    for (guint i = 0; i < G_N_ELEMENTS(wanted->metrics) && wanted->metrics_set >> i; i++)
        if ((wanted->metrics_set & 1u << i) &&
            (!(actual->metrics_set & 1u << i) || actual->metrics[i] != wanted->metrics[i]))
            return FALSE;
    return !wanted->congctl || !g_strcmp0(wanted->congctl, actual->congctl);
}

gboolean net_route_is_kernels(const IfcfgRoute *route)
{
    return route->protocol == RTPROT_KERNEL || route->protocol == RTPROT_RA ||
           route->protocol == RTPROT_REDIRECT;
}

gboolean net_route_is_zeroconf(const IfcfgRoute *route)
{
    IfcfgPrefix network;
    return route->scope == RT_SCOPE_LINK && route->metric > NET_ZEROCONF_METRIC &&
           ifcfg_prefix_parse("169.254.0.0/16", AF_INET, &network) &&
           ifcfg_prefix_equal(&route->to, &network);
}

const char *net_route_dev(const IfcfgRoute *route)
{
    for (guint i = 0; i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = g_ptr_array_index(route->nexthops, i);
        if (hop->dev)
            return hop->dev;
    }
    return NULL;
}

/* Routes without next hops (blackhole and its like) are the same whatever device the kernel shows: IPv6 says
 * lo. */
gboolean net_route_has_path(const IfcfgRoute *actual, const IfcfgRoute *wanted, const char *dev)
{
    gboolean has_hops = wanted->nexthops && wanted->nexthops->len;
    return actual->type == wanted->type && (!has_hops || nexthops_equal(actual, wanted, dev)) &&
           (wanted->scope < 0 || wanted->to.ip.family == AF_INET6 || wanted->scope == actual->scope) &&
           (wanted->src.family == AF_UNSPEC || ifcfg_ip_equal(&wanted->src, &actual->src)) &&
           actual->realms == wanted->realms && actual->pref == wanted->pref &&
           (!wanted->nhid || actual->nhid == wanted->nhid) && route_metrics_equal(actual, wanted);
}

guint32 net_observed_rule_priority(const NetObserved *self, guint8 family)
{
    guint32 first = G_MAXUINT32, second = G_MAXUINT32;
    for (guint i = 0; i < self->rules->len; i++) {
        const IfcfgRule *rule = g_ptr_array_index(self->rules, i);
        if (rule->family != family)
            continue;
        if (rule->priority < first) {
            second = first;
            first = rule->priority;
        } else if (rule->priority < second) {
            second = rule->priority;
        }
    }
    return second != G_MAXUINT32 && second > 0 ? second - 1 : 0;
}

static gboolean selector_equal(const IfcfgPrefix *a, const IfcfgPrefix *b)
{
    return (!a->length && !b->length) || ifcfg_prefix_equal(a, b);
}

static gboolean range_equal(const guint16 *a, const guint16 *b)
{
    return a[0] == b[0] && a[1] == b[1];
}

static guint32 rule_mask(const IfcfgRule *rule)
{
    return rule->has_fwmask ? rule->fwmask : G_MAXUINT32;
}

static gboolean rule_marks_equal(const IfcfgRule *a, const IfcfgRule *b)
{
    gboolean has = a->has_fwmark && (a->fwmark || a->has_fwmask);
    gboolean wants = b->has_fwmark && (b->fwmark || b->has_fwmask);
    return has == wants && (!has || (a->fwmark == b->fwmark && rule_mask(a) == rule_mask(b)));
}

static gboolean rule_users_equal(const IfcfgRule *a, const IfcfgRule *b)
{
    return a->has_uid == b->has_uid && (!a->has_uid || (a->uid[0] == b->uid[0] && a->uid[1] == b->uid[1]));
}

gboolean net_rule_is(const IfcfgRule *actual, const IfcfgRule *wanted)
{
    return actual->family == wanted->family && actual->action == wanted->action &&
           !actual->invert == !wanted->invert && selector_equal(&actual->from, &wanted->from) &&
           selector_equal(&actual->to, &wanted->to) && !g_strcmp0(actual->iif, wanted->iif) &&
           !g_strcmp0(actual->oif, wanted->oif) && actual->tos == wanted->tos &&
           rule_marks_equal(actual, wanted) &&
           (wanted->action != FR_ACT_TO_TBL || actual->table == wanted->table) &&
           (!wanted->has_priority || actual->priority == wanted->priority) &&
           actual->l3mdev == wanted->l3mdev && actual->realms == wanted->realms &&
           actual->target == wanted->target && actual->ipproto == wanted->ipproto &&
           actual->tun_id == wanted->tun_id && range_equal(actual->sport, wanted->sport) &&
           range_equal(actual->dport, wanted->dport) &&
           actual->suppress_prefixlength == wanted->suppress_prefixlength &&
           actual->suppress_ifgroup == wanted->suppress_ifgroup && rule_users_equal(actual, wanted);
}
