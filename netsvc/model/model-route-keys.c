/* Keys of NetworkManager that are about all routes of an interface: their metric, their table, and
 * IPV6_DISABLED. */
#include "i18n.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <sys/socket.h>

gint64 net_iface_route_metric(const NetIface *iface, int family)
{
    gint64 number;
    const char *key = family == AF_INET ? "IPV4_ROUTE_METRIC" : "IPV6_ROUTE_METRIC";
    const char *text = net_iface_inherit(iface, key, NULL);
    return text && g_ascii_string_to_signed(text, 10, 0, G_MAXINT32, &number, NULL) ? number : -1;
}

/* NetworkManager ignored it as well where there were files of rules; the routes stay where they are. */
static guint32 route_table(const NetIface *iface, int family, const KindContext *context)
{
    guint64 number;
    IfcfgWhere where;
    const char *key = family == AF_INET ? "IPV4_ROUTE_TABLE" : "IPV6_ROUTE_TABLE";
    const char *text = net_iface_inherit(iface, key, &where);
    if (!text || !g_ascii_string_to_unsigned(text, 10, 1, G_MAXUINT32, &number, NULL))
        return 0;
    if (!iface->rules->len && !(iface->in_doubt & NET_DOUBT_RULES))
        return (guint32)number;
    if (where.file == iface->file)
        ifcfg_problems_add(
            context->problems, IFCFG_WARNING, where,
            _("%s is ignored: the interface has a file of rules; write \"table %s\" behind its "
              "routes"),
            key, text);
    return 0;
}

/* The route that another reader of the same file makes of IPV6_DEFAULTGW has a metric that no file says. */
static void route_take(IfcfgRoute *route, gint64 metric, guint32 table)
{
    if (metric >= 0 && (route->metric < 0 || route->yields))
        route->metric = metric;
    if (table && !route->table)
        route->table = table;
}

static void metrics_and_tables_read(NetIface *iface, const KindContext *context)
{
    static const int families[] = {AF_INET, AF_INET6};
    for (gsize i = 0; i < G_N_ELEMENTS(families); i++) {
        gint64 metric = net_iface_route_metric(iface, families[i]);
        guint32 table = route_table(iface, families[i], context);
        for (guint n = 0; n < iface->routes->len && (metric >= 0 || table); n++) {
            IfcfgRoute *route = g_ptr_array_index(iface->routes, n);
            if (route->to.ip.family == families[i])
                route_take(route, metric, table);
        }
    }
}

/* The kernel refuses each of them; one line says so. */
static void routes6_drop(NetIface *iface, const KindContext *context)
{
    gboolean is_told = FALSE;
    for (guint i = iface->ipv6_disabled ? iface->routes->len : 0; i-- > 0;) {
        const IfcfgRoute *route = g_ptr_array_index(iface->routes, i);
        if (route->to.ip.family != AF_INET6)
            continue;
        if (!is_told)
            ifcfg_problems_add(
                context->problems, IFCFG_WARNING, route->where,
                _("the IPv6 routes of %s have no effect: IPV6_DISABLED=yes wants no IPv6 there; "
                  "remove it, or the routes"),
                net_iface_device(iface));
        is_told = TRUE;
        g_ptr_array_remove_index(iface->routes, i);
    }
}

void net_iface_read_route_keys(NetIface *iface, const KindContext *context)
{
    if (g_str_equal(net_iface_device(iface), "lo"))
        return;
    metrics_and_tables_read(iface, context);
    routes6_drop(iface, context);
}
