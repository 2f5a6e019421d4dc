/* Routes and rules of an interface: the default route, its route-* and rule-* files, and whether it gets the
 * zeroconf route. */
#include "i18n.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <string.h>
#include <sys/socket.h>

static gboolean sets_no_routes(const NetIface *iface)
{
    return iface->form == IFCFG_ENTRY_RANGE ||
           (iface->parent && (iface->no_aliasrouting || iface->parent->no_aliasrouting));
}

/* A number between 0 and 2^32-1 as written, after the keyword of `ip route`; nothing if it is none
 * (ifcfg_keys_check() told). */
static void append_number(GString *line, const NetIface *iface, const char *key, const char *word)
{
    const char *text = net_iface_get(iface, key, NULL);
    guint64 number;

    if (text && g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT32, &number, NULL))
        g_string_append_printf(line, " %s %" G_GUINT64_FORMAT, word, number);
}

/* All other words are ours, so what the parser does not understand is in EXTRA_ROUTE_OPTS: its problems
 * belong there. */
static void extra_report(const NetIface *iface, const KindContext *context, const IfcfgProblems *problems)
{
    IfcfgWhere where = iface->where;

    net_iface_get(iface, "EXTRA_ROUTE_OPTS", &where);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(problems, i);
        ifcfg_problems_add(context->problems, problem->severity, where, "EXTRA_ROUTE_OPTS: %s",
                           problem->message);
    }
}

/* A slip in EXTRA_ROUTE_OPTS must not cost the default route: then it is made without them. */
static IfcfgRoute *default_route_parse(const NetIface *iface, const KindContext *context, const char *plain,
                                       IfcfgWhere where)
{
    const IfcfgRtNames *names = net_model_rtnames(context->model);
    const char *extra = net_iface_get(iface, "EXTRA_ROUTE_OPTS", NULL);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();

    if (!extra)
        return ifcfg_route_parse(plain, AF_INET, names, where, context->problems);

    g_autofree char *line = g_strdup_printf("%s %s", plain, extra);
    IfcfgRoute *route = ifcfg_route_parse(line, AF_INET, names, where, problems);
    extra_report(iface, context, problems);
    return route ? route : ifcfg_route_parse(plain, AF_INET, names, where, context->problems);
}

static void name_nexthops(const IfcfgRoute *route, const char *dev)
{
    for (guint n = 0; route->nexthops && n < route->nexthops->len; n++) {
        IfcfgNexthop *nexthop = g_ptr_array_index(route->nexthops, n);
        if (!nexthop->dev)
            nexthop->dev = g_strdup(dev);
    }
}

/* A card that is not here can have a file with a name that no device has: that is no part of the text then.
 * `default via GATEWAY dev DEVICE metric M window W src S EXTRA`; @gateway NULL: the device is enough. */
static void default_route_add(NetIface *iface, const KindContext *context, const char *gateway,
                              IfcfgWhere where)
{
    g_autoptr(GString) line = g_string_new("default");
    g_autofree char *source = ifcfg_ip_format(&iface->srcaddr);

    if (gateway)
        g_string_append_printf(line, " via %s", gateway);
    if (!ifcfg_ifname_fault(net_iface_device(iface)))
        g_string_append_printf(line, " dev %s", net_iface_device(iface));
    append_number(line, iface, "METRIC", "metric");
    append_number(line, iface, "WINDOW", "window");
    if (iface->srcaddr.family)
        g_string_append_printf(line, " src %s", source);

    IfcfgRoute *route = default_route_parse(iface, context, line->str, where);
    if (!route)
        return;
    name_nexthops(route, net_iface_device(iface));
    g_ptr_array_insert(iface->routes, 0, route);
}

/* Only the first address counts, as ever: a gateway that is near another one needs a route file. */
static gboolean gateway_is_near(const NetIface *iface, const IfcfgIp *gateway)
{
    const NetAddress *first = net_iface_first_address(iface, AF_INET);
    return first && ifcfg_prefix_contains(&first->prefix, gateway);
}

/* The gateway of /etc/sysconfig/network is for the one interface that it is near; only a file's own can be
 * wrong. A host without the default route that it was to have is not as configured. */
static void gateway_warn(const NetIface *iface, const char *text, IfcfgWhere where,
                         const KindContext *context)
{
    if (where.file != iface->file)
        return;
    const NetAddress *first = net_iface_first_address(iface, AF_INET);
    if (!first) {
        ifcfg_problems_add(
            context->problems, IFCFG_WARNING, where,
            _("GATEWAY=%s has no effect: the interface has no address; there will be no default route"),
            text);
        return;
    }

    g_autofree char *prefix = ifcfg_prefix_format(&first->prefix);
    ifcfg_problems_add(
        context->problems, iface->parent ? IFCFG_WARNING : IFCFG_ERROR, where,
        _("GATEWAY=%s is not in the network of the first address, %s; there will be no default route by it"),
        text, prefix);
}

static gboolean has_gateway(const NetIface *iface, const IfcfgIp *gateway)
{
    return ifcfg_ip_equal(&iface->gateway, gateway) && iface->routes->len > 0;
}

/* A file's own GATEWAY that leads to no default route, though nothing in the file says that nobody wants one.
 */
static void own_gateway_warn(const NetIface *iface, const char *gatewaydev, const KindContext *context)
{
    IfcfgWhere where;
    const char *gateway = net_iface_get(iface, "GATEWAY", &where);

    if (!gateway || where.file != iface->file || !strcmp(gateway, "0.0.0.0"))
        return;
    if (gatewaydev)
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("GATEWAY=%s has no effect: GATEWAYDEV=%s gives the default route to another "
                             "interface; remove one of the two"),
                           gateway, gatewaydev);
    else
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("GATEWAY=%s has no effect in the file of a range: write it into the file of %s"),
                           gateway, net_iface_device(iface));
}

static gboolean wants_default(const NetIface *iface, const char *gatewaydev, const KindContext *context)
{
    if (iface->form == IFCFG_ENTRY_RANGE)
        own_gateway_warn(iface, NULL, context);
    if (sets_no_routes(iface) || !strcmp(net_iface_device(iface), "lo"))
        return FALSE;
    if (!iface->defroute || (iface->parent && !iface->parent->defroute))
        return FALSE;
    if (!gatewaydev || !strcmp(gatewaydev, net_iface_device(iface)))
        return TRUE;
    own_gateway_warn(iface, gatewaydev, context);
    return FALSE;
}

/* Returns whether GATEWAY made the route. "0.0.0.0" and "none" are what people write for "no gateway". */
static gboolean gateway_read(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    IfcfgIp gateway;
    const char *text = net_iface_inherit(iface, "GATEWAY", &where);

    if (!text || !strcmp(text, "0.0.0.0") || !ifcfg_ip_parse(text, AF_INET, &gateway))
        return FALSE;
    if (!gateway_is_near(iface, &gateway)) {
        gateway_warn(iface, text, where, context);
        return FALSE;
    }
    iface->gateway = gateway;
    if (!iface->parent || !has_gateway(iface->parent, &gateway))
        default_route_add(iface, context, text, where);
    return TRUE;
}

/* GATEWAYDEV alone makes a default route without a gateway; aliases leave that to their parent. */
static void default_route_read(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    const char *gatewaydev = net_iface_inherit(iface, "GATEWAYDEV", &where);

    if (!wants_default(iface, gatewaydev, context) || gateway_read(iface, context))
        return;
    if (gatewaydev && !iface->parent && net_iface_first_address(iface, AF_INET))
        default_route_add(iface, context, NULL, where);
    else if (gatewaydev && !iface->parent)
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("GATEWAYDEV=%s: %s has no address; there will be no default route"), gatewaydev,
                           iface->name);
}

typedef void (*FileLoad)(const char *path, int family, const IfcfgRtNames *names, GPtrArray *into,
                         IfcfgProblems *problems);

static void file_read(FileLoad load, const char *name, int family, GPtrArray *into,
                      const KindContext *context)
{
    if (!net_model_has_file(context->model, name))
        return;

    g_autofree char *path = g_build_filename(ifcfg_dir_path(net_model_dir(context->model)), name, NULL);
    load(path, family, net_model_rtnames(context->model), into, context->problems);
}

/* The files are found by the device, then by the file's suffix where that is another name. */
static void files_read(NetIface *iface, const KindContext *context)
{
    static const struct {
        const char *before, *after;
        int family;
        gboolean is_rule;
    } files[] = {{"route-", "", AF_INET, FALSE},
                 {"route6-", "", AF_INET6, FALSE},
                 {"", ".route", AF_INET, FALSE},
                 {"rule-", "", AF_INET, TRUE},
                 {"rule6-", "", AF_INET6, TRUE}};
    const char *names[] = {iface->name, iface->nick};
    gsize count = strcmp(iface->name, iface->nick) ? 2 : 1;

    for (gsize i = 0; i < G_N_ELEMENTS(files); i++)
        for (gsize n = 0; n < count; n++) {
            g_autofree char *name = g_strconcat(files[i].before, names[n], files[i].after, NULL);
            if (files[i].is_rule)
                file_read(ifcfg_rule_file_load, name, files[i].family, iface->rules, context);
            else
                file_read(ifcfg_route_file_load, name, files[i].family, iface->routes, context);
        }
}

static gboolean wants_zeroconf(const NetIface *iface)
{
    return !iface->parent && iface->form == IFCFG_ENTRY_MAIN && strcmp(iface->name, "lo") != 0 &&
           !iface->nozeroconf;
}

void net_iface_read_routes(NetIface *iface, const KindContext *context)
{
    default_route_read(iface, context);
    net_iface_read_default6(iface, context);
    iface->zeroconf = wants_zeroconf(iface);
    if (iface->norouteset || sets_no_routes(iface))
        return;
    files_read(iface, context);
    for (guint i = 0; iface->parent && i < iface->routes->len;
         i++) /* "the interface of the file" is the parent */
        name_nexthops(g_ptr_array_index(iface->routes, i), iface->parent->name);
}
