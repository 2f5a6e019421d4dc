/* Routes and rules of an interface: the default route, rules in its own file, and whether it gets the
 * zeroconf route. */
#include "i18n.h"
#include "model/iface.h"
#include "model/model-private.h"
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

static gboolean sets_no_routes(const NetIface *iface)
{
    return iface->parent && (iface->no_aliasrouting || iface->parent->no_aliasrouting);
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

/* A default gateway as a file gives it. */
typedef struct {
    /* "GATEWAY", or NetworkManager's "GATEWAY0" */
    const char *key, *text;
    IfcfgWhere where;
} Gateway;

static guint64 key_number(const char *key)
{
    const char *digits = key + strlen("GATEWAY");
    return *digits && !digits[strspn(digits, "0123456789")] ? g_ascii_strtoull(digits, NULL, 10)
                                                            : G_MAXUINT64;
}

/* NetworkManager numbered it as the addresses; the first counts, where there is none without a number. */
static const char *numbered_key(const NetIface *iface)
{
    const char *found = NULL;

    for (guint i = 0; i < ifcfg_record_length(iface->record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(iface->record, i);
        if (*assignment->key == 'G' && g_str_has_prefix(assignment->key, "GATEWAY") && *assignment->value &&
            key_number(assignment->key) < (found ? key_number(found) : G_MAXUINT64))
            found = assignment->key;
    }
    return found;
}

static gboolean gateway_get(const NetIface *iface, Gateway *ret_gateway)
{
    const char *numbered = ifcfg_record_find(iface->record, "GATEWAY") ? NULL : numbered_key(iface);

    ret_gateway->key = numbered ? numbered : "GATEWAY";
    ret_gateway->text = net_iface_inherit(iface, ret_gateway->key, &ret_gateway->where);
    return ret_gateway->text != NULL;
}

/* Only the first address counts, as ever: a GATEWAY that is near another one needs a route file. A numbered
 * one can be near any, and so can that of an alias, which the kernel alone looked at (ifup-aliases). */
static gboolean gateway_is_near(const NetIface *iface, const Gateway *gateway, const IfcfgIp *ip)
{
    const NetAddress *first = net_iface_first_address(iface, AF_INET);

    if (iface->parent)
        return first && net_alias_is_near(iface, ip);
    if (g_str_equal(gateway->key, "GATEWAY"))
        return first && ifcfg_prefix_contains(&first->prefix, ip);
    return net_iface_is_near(iface, ip);
}

static char *not_near_text(const NetIface *iface, const Gateway *gateway)
{
    const NetAddress *first = net_iface_first_address(iface, AF_INET);

    if (!first)
        return g_strdup_printf(
            _("%s=%s has no effect: the interface has no address; there will be no default route"),
            gateway->key, gateway->text);
    if (!g_str_equal(gateway->key, "GATEWAY"))
        return g_strdup_printf(
            _("%s=%s is in the network of no address of %s; there will be no default route by it"),
            gateway->key, gateway->text, net_iface_device(iface));
    g_autofree char *prefix = ifcfg_prefix_format(&first->prefix);
    return g_strdup_printf(
        _("GATEWAY=%s is not in the network of the first address, %s; there will be no default route by it: "
          "correct it, or write \"default via %s onlink\" into route-%s"),
        gateway->text, prefix, gateway->text, net_iface_device(iface));
}

/* The gateway of /etc/sysconfig/network is for the one interface that it is near; only a file's own can be
 * wrong. A host without the default route that it was to have is not as configured. */
static void gateway_warn(const NetIface *iface, const Gateway *gateway, const KindContext *context)
{
    gboolean is_error = !iface->parent && net_iface_first_address(iface, AF_INET);

    if (gateway->where.file != iface->file || iface->fault) /* that it has no address has been told */
        return;
    g_autofree char *text = not_near_text(iface, gateway);
    ifcfg_problems_add(context->problems, is_error ? IFCFG_ERROR : IFCFG_WARNING, gateway->where, "%s", text);
}

/* A file's own GATEWAY that leads to no default route, though nothing in the file says that nobody wants one.
 */
static void own_gateway_warn(const NetIface *iface, const char *gatewaydev, const KindContext *context)
{
    IfcfgWhere where;
    const char *gateway = net_iface_get(iface, "GATEWAY", &where);

    if (gateway && where.file == iface->file && strcmp(gateway, "0.0.0.0") != 0)
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("GATEWAY=%s has no effect: GATEWAYDEV=%s gives the default route to another "
                             "interface; remove one of the two"),
                           gateway, gatewaydev);
}

/* Aliases asked /etc/sysconfig/network alone, and wanted their own name there (ifup-aliases). */
static const char *gatewaydev_get(const NetIface *iface, IfcfgWhere *ret_where)
{
    if (!iface->parent)
        return net_iface_inherit(iface, "GATEWAYDEV", ret_where);
    const char *name = iface->network ? ifcfg_record_get(iface->network, "GATEWAYDEV") : NULL;
    return name && *name ? name : NULL;
}

static gboolean wants_default(const NetIface *iface, const char *gatewaydev, const KindContext *context)
{
    if (sets_no_routes(iface) || !strcmp(net_iface_device(iface), "lo"))
        return FALSE;
    if (!iface->defroute || (iface->parent && !iface->parent->defroute))
        return FALSE;
    if (!gatewaydev || !strcmp(gatewaydev, iface->parent ? iface->name : net_iface_device(iface)))
        return TRUE;
    own_gateway_warn(iface, gatewaydev, context);
    return FALSE;
}

/* Returns whether GATEWAY made the route. "0.0.0.0" and "none" are what people write for "no gateway". */
static gboolean gateway_read(NetIface *iface, const KindContext *context)
{
    Gateway gateway;
    IfcfgIp ip;

    if (!gateway_get(iface, &gateway) || !strcmp(gateway.text, "0.0.0.0") ||
        !ifcfg_ip_parse(gateway.text, AF_INET, &ip))
        return FALSE;
    if (net_iface_lease(iface->parent ? iface->parent : iface, AF_INET) && !iface->addresses->len) {
        if (gateway.where.file == iface->file)
            ifcfg_problems_add(context->problems, IFCFG_WARNING, gateway.where,
                               _("GATEWAY=%s is ignored: with BOOTPROTO=%s the server names the gateway"),
                               gateway.text, iface->bootproto ? iface->bootproto : "dhcp");
        return FALSE;
    }
    gboolean is_near = gateway_is_near(iface, &gateway, &ip);
    if (!is_near)
        gateway_warn(iface, &gateway, context);
    if (!is_near || net_iface_has_no_router(iface, &ip)) { /* which check tells */
        iface->in_doubt |= gateway.where.file == iface->file ? NET_DOUBT_DEFAULT : 0;
        return FALSE;
    }
    iface->gateway = ip;
    if (!iface->parent || !net_alias_has_gateway(iface, &ip))
        default_route_add(iface, context, gateway.text, gateway.where);
    return TRUE;
}

/* GATEWAYDEV alone makes a default route without a gateway; aliases leave that to their parent. */
static void default_route_read(NetIface *iface, const KindContext *context)
{
    IfcfgWhere where;
    const char *gatewaydev = gatewaydev_get(iface, &where);

    if (!wants_default(iface, gatewaydev, context) || gateway_read(iface, context) ||
        net_iface_lease(iface, AF_INET))
        return;
    if (gatewaydev && !iface->parent && net_iface_first_address(iface, AF_INET))
        default_route_add(iface, context, NULL, where);
    else if (gatewaydev && !iface->parent)
        ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                           _("GATEWAYDEV=%s: %s has no address; there will be no default route"), gatewaydev,
                           iface->name);
}

typedef struct {
    guint64 number;
    const IfcfgAssignment *assignment;
} RuleKey;

static int rule_key_compare(gconstpointer a, gconstpointer b)
{
    const RuleKey *x = a, *y = b;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* ROUTING_RULE_0, ROUTING_RULE_1 ... of the file, by their number; NULL: there are none. */
static GArray *rule_keys(const NetIface *iface, const char *key)
{
    GArray *keys = NULL;
    gsize length = strlen(key);

    for (guint i = 0; i < ifcfg_record_length(iface->record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth_counting(iface->record, i);
        if (!assignment || *assignment->key != *key || strncmp(assignment->key, key, length) != 0)
            continue;
        const char *digits = assignment->key + length;
        if (!*digits || digits[strspn(digits, "0123456789")] || !*assignment->value)
            continue;
        RuleKey found = {g_ascii_strtoull(digits, NULL, 10), assignment};
        if (!keys)
            keys = g_array_new(FALSE, FALSE, sizeof(RuleKey));
        g_array_append_val(keys, found);
    }
    if (keys)
        g_array_sort(keys, rule_key_compare);
    return keys;
}

static void rules_read(NetIface *iface, const char *key, int family, gboolean has_files,
                       const KindContext *context)
{
    g_autoptr(GArray) keys = rule_keys(iface, key);

    for (guint i = 0; keys && i < keys->len; i++) {
        const IfcfgAssignment *assignment = g_array_index(keys, RuleKey, i).assignment;
        IfcfgWhere where = ifcfg_assignment_where(assignment);
        if (has_files) {
            ifcfg_problems_add(context->problems, IFCFG_WARNING, where,
                               _("%s is ignored: the interface has a file of rules; write it there"),
                               assignment->key);
            continue;
        }
        IfcfgRule *rule = ifcfg_rule_parse(assignment->value, family, net_model_rtnames(context->model),
                                           where, context->problems);
        if (rule)
            g_ptr_array_add(iface->rules, rule);
    }
}

/* As NetworkManager has it: in the ifcfg file itself, if there is no file of rules. */
static void rule_keys_read(NetIface *iface, const KindContext *context)
{
    gboolean has_files = iface->rules->len > 0;

    rules_read(iface, "ROUTING_RULE_", AF_INET, has_files, context);
    rules_read(iface, "ROUTING_RULE6_", AF_INET6, has_files, context);
}

static gboolean wants_zeroconf(const NetIface *iface)
{
    return !iface->parent && iface->form == IFCFG_ENTRY_MAIN && strcmp(iface->name, "lo") != 0 &&
           !iface->nozeroconf && !net_kind_has(iface->kind, NET_KIND_BY_DAEMON) &&
           !net_kind_has(iface->kind, NET_KIND_IS_TUNNEL);
}

void net_iface_read_routes(NetIface *iface, const KindContext *context)
{
    net_iface_read_unreachable(iface, context);
    default_route_read(iface, context);
    net_iface_read_default6(iface, context);
    iface->zeroconf = wants_zeroconf(iface);
    gboolean has_files = !iface->norouteset && !sets_no_routes(iface) && iface->form != IFCFG_ENTRY_RANGE;
    if (has_files)
        net_iface_read_route_files(iface, context);
    net_iface_read_route_keys(iface, context);
    if (!has_files)
        return;
    net_iface_read_6to4_routes(iface, context);
    rule_keys_read(iface, context);
    for (guint i = 0; iface->parent && i < iface->routes->len;
         i++) /* "the interface of the file" is the parent */
        name_nexthops(g_ptr_array_index(iface->routes, i), iface->parent->name);
}

gboolean net_iface_is_hidden_by(const NetIface *iface, const IfcfgRoute *route)
{
    gboolean competes = route->type == RTN_UNICAST && route->to.ip.family == AF_INET && route->metric <= 0 &&
                        !route->tos && route->to.length < 32 &&
                        (!route->table || route->table == RT_TABLE_MAIN);
    const IfcfgNexthop *hop = competes && route->nexthops->len ? g_ptr_array_index(route->nexthops, 0) : NULL;

    if (!hop || !hop->via.family || (hop->dev && !g_str_equal(hop->dev, net_iface_device(iface))))
        return FALSE;
    for (guint i = 0; i < iface->addresses->len; i++) {
        const NetAddress *address = g_ptr_array_index(iface->addresses, i);
        if (!address->peer.family && address->prefix.length == route->to.length &&
            ifcfg_prefix_contains(&address->prefix, &route->to.ip))
            return TRUE;
    }
    return FALSE;
}
