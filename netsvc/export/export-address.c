/* What of addresses, routes and rules a target has no word for, told in the same words for all of them. */
#include "export/export-private.h"
#include "i18n.h"
#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

/* In a tunnel nobody broadcasts, whoever gives its address one. */
static gboolean has_own_broadcast(const NetIface *iface, const NetAddress *address)
{
    if (net_kind_has(iface->kind, NET_KIND_IS_TUNNEL) && ifcfg_ip_is_zero(&address->broadcast))
        return FALSE;
    IfcfgIp usual = ifcfg_prefix_broadcast(&address->prefix);
    return address->broadcast.family && !ifcfg_ip_equal(&usual, &address->broadcast);
}

static gboolean has_own_scope(const NetIface *iface, const NetAddress *address)
{
    guint8 usual = RT_SCOPE_UNIVERSE;
    if (g_str_equal(net_iface_device(iface), "lo"))
        usual = RT_SCOPE_HOST;
    else if (ifcfg_ip_is_link_local(&address->prefix.ip))
        usual = RT_SCOPE_LINK;
    return address->scope != usual;
}

guint export_address_specials(const NetIface *iface, const NetAddress *address)
{
    gboolean has_label = address->label && !g_str_equal(address->label, net_iface_device(iface));
    return (has_label ? EXPORT_HAS_LABEL : 0) |
           (has_own_broadcast(iface, address) ? EXPORT_HAS_BROADCAST : 0) |
           (has_own_scope(iface, address) ? EXPORT_HAS_SCOPE : 0) |
           (address->peer.family ? EXPORT_HAS_PEER : 0);
}

void export_address_lose(Export *self, const NetIface *iface, const NetAddress *address, guint specials)
{
    static const struct {
        guint bit;
        const char *what;
    } names[] = {{EXPORT_HAS_BROADCAST, N_("the broadcast address")},
                 {EXPORT_HAS_SCOPE, N_("the scope")},
                 {EXPORT_HAS_PEER, N_("the other end")}};
    g_autofree char *text = ifcfg_prefix_format(&address->prefix);
    if (specials & EXPORT_HAS_LABEL)
        export_lose(self, iface, address->where,
                    iface->form == IFCFG_ENTRY_RANGE ? "CLONENUM_START" : address->label,
                    _("%s gives addresses no labels; the address itself is there"), self->target->title);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *what = g_strdup_printf("%s %s", _(names[i].what), text);
        if (specials & names[i].bit)
            export_lose(self, iface, address->where, what, _("%s has no such setting"), self->target->title);
    }
}

void export_route_lose(Export *self, const NetIface *iface, const IfcfgRoute *route, const char *word)
{
    g_autofree char *text = ifcfg_route_format(route);
    if (word)
        export_lose(self, iface, route->where, word, _("%s has no word for that in a route: %s"),
                    self->target->title, text);
    else
        export_lose(self, iface, route->where, text, _("%s has no such routes"), self->target->title);
}

void export_rule_lose(Export *self, const NetIface *iface, const IfcfgRule *rule)
{
    export_lose(self, iface, rule->where, rule->text, _("%s has no such rules"), self->target->title);
}

const char *export_route_type(const IfcfgRoute *route)
{
    static const char *const names[] = {
        [RTN_UNICAST] = "unicast",         [RTN_LOCAL] = "local",         [RTN_BLACKHOLE] = "blackhole",
        [RTN_UNREACHABLE] = "unreachable", [RTN_PROHIBIT] = "prohibit",   [RTN_THROW] = "throw",
        [RTN_ANYCAST] = "anycast",         [RTN_BROADCAST] = "broadcast", [RTN_MULTICAST] = "multicast",
    };
    return route->type < G_N_ELEMENTS(names) ? names[route->type] : NULL;
}

gboolean export_route_is_elsewhere(const NetIface *iface, const IfcfgRoute *route)
{
    const char *device = net_iface_device(iface);
    for (guint i = 0; route->nexthops && i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = route->nexthops->pdata[i];
        if (hop->dev && !g_str_equal(hop->dev, device))
            return TRUE;
    }
    return FALSE;
}

/* Without what its packets are put into it would lead elsewhere. */
gboolean export_route_is_odd(const IfcfgRoute *route)
{
    for (guint i = 0; route->nexthops && i < route->nexthops->len; i++)
        if (((const IfcfgNexthop *)route->nexthops->pdata[i])->encap)
            return TRUE;
    return !export_route_type(route) || route->nhid;
}

gboolean export_route_is_plain(const IfcfgRoute *route)
{
    return route->type == RTN_UNICAST && !route->tos && route->scope < 0 && !route->table &&
           route->metric < 0 && !route->metrics_set && !route->src.family && !route->congctl &&
           route->nexthops && route->nexthops->len == 1 && !export_route_is_odd(route) &&
           !((const IfcfgNexthop *)route->nexthops->pdata[0])->onlink &&
           ((const IfcfgNexthop *)route->nexthops->pdata[0])->via.family == route->to.ip.family;
}

void export_route_metrics(Export *self, const NetIface *iface, const IfcfgRoute *route, ExportMetricPut put,
                          gpointer data)
{
    gsize count;
    const ExportMetric *rows = export_metrics_table(&count);
    for (guint metric = 1; metric < G_N_ELEMENTS(route->metrics); metric++) {
        const char *word = NULL;
        if (!(route->metrics_set & 1u << metric))
            continue;
        for (gsize i = 0; i < count; i++)
            if (rows[i].metric == metric)
                word = rows[i].words[self->target->column];
        if (word)
            put(word, route->metrics[metric], data);
        else
            export_route_lose(self, iface, route, metric == RTAX_MTU ? "mtu" : _("a metric"));
    }
    if (route->congctl)
        export_route_lose(self, iface, route, "congctl");
    if (route->realms)
        export_route_lose(self, iface, route, "realms");
}

const char *export_rule_type(const IfcfgRule *rule)
{
    switch (rule->action) {
    case FR_ACT_TO_TBL:
        return "table";
    case FR_ACT_BLACKHOLE:
        return "blackhole";
    case FR_ACT_UNREACHABLE:
        return "unreachable";
    case FR_ACT_PROHIBIT:
        return "prohibit";
    default:
        return NULL;
    }
}

gboolean export_rule_is_odd(const IfcfgRule *rule)
{
    return !export_rule_type(rule) || rule->l3mdev || rule->realms || rule->tun_id ||
           rule->suppress_ifgroup >= 0;
}
