/* Addresses, routes, rules and name servers in NetworkManager's keyfiles. */
#include "export/export-private.h"
#include "i18n.h"
#include "model/devconf.h"
#include <string.h>
#include <sys/socket.h>

/* --- addresses, routes, rules --- */

static void metric_put(const char *word, guint32 value, gpointer data)
{
    g_string_append_printf(data, ",%s=%u", word, value);
}

static void addresses_write(Export *self, const NetIface *part, int family, ExportNode *section,
                            guint *number)
{
    for (guint i = 0; i < part->addresses->len; i++) {
        const NetAddress *address = part->addresses->pdata[i];
        if (address->prefix.ip.family != family)
            continue;
        g_autofree char *name = g_strdup_printf("address%u", ++*number);
        g_autofree char *text = ifcfg_prefix_format(&address->prefix);
        export_text(section, name, text);
        export_address_lose(self, part, address, export_address_specials(part, address));
    }
}

static char *route_options(Export *self, const NetIface *part, const IfcfgRoute *route,
                           const IfcfgNexthop *hop)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *source = route->src.family ? ifcfg_ip_format(&route->src) : NULL;
    const char *type = export_route_type(route);
    if (route->table)
        g_string_append_printf(text, ",table=%u", route->table);
    if (source)
        g_string_append_printf(text, ",src=%s", source);
    if (!g_str_equal(type, "unicast"))
        g_string_append_printf(text, ",type=%s", type);
    if (hop && hop->onlink)
        g_string_append(text, ",onlink=true");
    if (hop && route->nexthops->len > 1)
        g_string_append_printf(text, ",weight=%d", hop->weight ? hop->weight : 1);
    if (route->tos)
        g_string_append_printf(text, ",tos=0x%02x", route->tos);
    if (route->scope > 0 && route->to.ip.family == AF_INET)
        g_string_append_printf(text, ",scope=%d", route->scope);
    export_route_metrics(self, part, route, metric_put, text);
    return text->len ? g_strdup(text->str + 1) : NULL;
}

static void hop_write(Export *self, const NetIface *part, const IfcfgRoute *route, const IfcfgNexthop *hop,
                      ExportNode *section, guint number)
{
    g_autofree char *name = g_strdup_printf("route%u", number), *to = ifcfg_prefix_format(&route->to);
    g_autofree char *more = g_strdup_printf("route%u_options", number);
    g_autofree char *via = hop && hop->via.family ? ifcfg_ip_format(&hop->via) : NULL;
    g_autofree char *metric =
        route->metric >= 0 ? g_strdup_printf("%" G_GINT64_FORMAT, route->metric) : g_strdup("");
    g_autofree char *options = route_options(self, part, route, hop);
    export_format(section, name, "%s%s%s%s%s", to, via || *metric ? "," : "", via ? via : "",
                  *metric ? "," : "", metric);
    export_text(section, more, options);
}

static gboolean route_is_possible(const NetIface *part, const IfcfgRoute *route)
{
    static const char *const types[] = {"unicast", "local", "blackhole", "unreachable", "prohibit", NULL};
    const char *type = export_route_type(route);
    gboolean is_multipath6 = route->nexthops && route->nexthops->len > 1 && route->to.ip.family == AF_INET6;
    return !export_route_is_odd(route) && g_strv_contains(types, type) && !is_multipath6 &&
           !export_route_is_elsewhere(part, route);
}

static void route_write(Export *self, const NetIface *part, const IfcfgRoute *route, ExportNode *section,
                        guint *number)
{
    if (!route_is_possible(part, route)) {
        export_route_lose(self, part, route, NULL);
        return;
    }
    if (!route->nexthops || !route->nexthops->len)
        hop_write(self, part, route, NULL, section, ++*number);
    for (guint i = 0; route->nexthops && i < route->nexthops->len; i++)
        hop_write(self, part, route, route->nexthops->pdata[i], section, ++*number);
}

static void routes_write(Export *self, const NetIface *part, int family, ExportNode *section, guint *number)
{
    for (guint i = 0; i < part->routes->len; i++) {
        const IfcfgRoute *route = part->routes->pdata[i];
        if (route->to.ip.family == family)
            route_write(self, part, route, section, number);
    }
}

static void ports_append(GString *text, const char *word, const guint16 *ports)
{
    if (ports[0])
        g_string_append_printf(text, " %s %d-%d", word, ports[0], ports[1] ? ports[1] : ports[0]);
}

static char *rule_text(Export *self, const IfcfgRule *rule)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const char *any = rule->family == AF_INET6 ? "::/0" : "0.0.0.0/0";
    g_autofree char *from = rule->from.ip.family ? ifcfg_prefix_format(&rule->from) : g_strdup(any);
    g_autofree char *to = rule->to.ip.family ? ifcfg_prefix_format(&rule->to) : NULL;
    g_string_append_printf(text, "priority %u%s from %s", export_rule_priority(self, rule),
                           rule->invert ? " not" : "", from);
    if (to)
        g_string_append_printf(text, " to %s", to);
    if (rule->tos)
        g_string_append_printf(text, " tos 0x%02x", rule->tos);
    if (rule->has_fwmark)
        g_string_append_printf(text, " fwmark 0x%x/0x%x", rule->fwmark,
                               rule->has_fwmask ? rule->fwmask : ~0u);
    if (rule->iif)
        g_string_append_printf(text, " iif %s", rule->iif);
    if (rule->oif)
        g_string_append_printf(text, " oif %s", rule->oif);
    if (rule->ipproto)
        g_string_append_printf(text, " ipproto %u", rule->ipproto);
    ports_append(text, "sport", rule->sport);
    ports_append(text, "dport", rule->dport);
    if (rule->has_uid)
        g_string_append_printf(text, " uidrange %u-%u", rule->uid[0], rule->uid[1]);
    if (rule->suppress_prefixlength >= 0)
        g_string_append_printf(text, " suppress_prefixlength %d", rule->suppress_prefixlength);
    if (rule->table)
        g_string_append_printf(text, " table %u", rule->table);
    else
        g_string_append_printf(text, " type %s", export_rule_type(rule));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void rules_write(Export *self, const NetIface *iface, int family, ExportNode *section)
{
    guint number = 0;
    for (guint i = 0; i < iface->rules->len; i++) {
        const IfcfgRule *rule = iface->rules->pdata[i];
        if (rule->family != family)
            continue;
        if (export_rule_is_odd(rule)) {
            export_rule_lose(self, iface, rule);
            continue;
        }
        g_autofree char *name = g_strdup_printf("routing-rule%u", ++number);
        g_autofree char *text = rule_text(self, rule);
        export_text(section, name, text);
    }
}

/* --- names --- */

static void words_write(const GPtrArray *words, const char *name, int family, ExportNode *section)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < words->len; i++) {
        const char *word = words->pdata[i];
        if (!family || (strchr(word, ':') != NULL) == (family == AF_INET6))
            g_string_append_printf(text, "%s;", word);
    }
    if (text->len)
        export_text(section, name, text->str);
}

/* It has names only beside addresses of the family. */
static gboolean takes_names(const char *method)
{
    static const char *const methods[] = {"auto", "manual", "dhcp", NULL};
    return g_strv_contains(methods, method);
}

static void names_lose(Export *self, const NetIface *iface, const GPtrArray *words, int family)
{
    for (guint i = 0; i < words->len; i++)
        if (!family || (strchr(words->pdata[i], ':') != NULL) == (family == AF_INET6))
            export_lose(self, iface, iface->names->where, words->pdata[i],
                        _("%s has name servers only where the interface has addresses of their kind"),
                        self->target->title);
}

static void names_write(Export *self, const NetIface *iface, const char *const methods[2],
                        ExportNode *const sections[2])
{
    gint first = takes_names(methods[0]) ? 0 : takes_names(methods[1]) ? 1 : -1;
    if (!iface->names)
        return;
    for (guint i = 0; i < 2; i++) {
        int family = i ? AF_INET6 : AF_INET;
        if (takes_names(methods[i]))
            words_write(iface->names->servers, "dns", family, sections[i]);
        else
            names_lose(self, iface, iface->names->servers, family);
    }
    if (first < 0) {
        names_lose(self, iface, iface->names->search, 0);
        if (iface->names->options->len)
            export_lose_key(self, iface, "RES_OPTIONS", _("the interface has no addresses"));
        return;
    }
    words_write(iface->names->search, "dns-search", 0, sections[first]);
    words_write(iface->names->options, "dns-options", 0, sections[first]);
}

/* --- IPv4 and IPv6 --- */

static gboolean has_address(const GPtrArray *parts, int family)
{
    for (guint p = 0; p < parts->len; p++) {
        const NetIface *part = parts->pdata[p];
        for (guint i = 0; i < part->addresses->len; i++)
            if (((const NetAddress *)part->addresses->pdata[i])->prefix.ip.family == family)
                return TRUE;
    }
    return FALSE;
}

static const char *method_of(const NetIface *iface, const GPtrArray *parts, int family)
{
    gint32 accept_ra = 0;
    if (g_str_equal(iface->kind->name, "loopback")) /* it is never without */
        return has_address(parts, family) ? "manual" : "auto";
    gboolean is_given = export_conf_find(iface, NET_CONF_ACCEPT_RA, &accept_ra);
    if (family == AF_INET && net_iface_lease(iface, AF_INET))
        return "auto";
    if (family == AF_INET)
        return has_address(parts, family) ? "manual" : "disabled";
    if (iface->ipv6_disabled)
        return "disabled";
    if (is_given && accept_ra)
        return "auto";
    if (net_iface_lease(iface, AF_INET6))
        return "dhcp";
    if (has_address(parts, family))
        return is_given ? "manual" : "auto";
    return is_given ? "link-local" : "ignore";
}

static void privacy_write(const NetIface *iface, ExportNode *section)
{
    gint32 value;
    export_text(section, "addr-gen-mode", export_addr_gen_mode(iface));
    if (export_conf_find(iface, NET_CONF_USE_TEMPADDR, &value))
        export_number(section, "ip6-privacy", value);
}

static void lease_write(const NetIface *iface, int family, ExportNode *section)
{
    const NetLease *lease = net_iface_lease(iface, family);
    if (!lease)
        return;
    if (!lease->takes_default)
        export_bool(section, "never-default", TRUE);
    if (lease->metric >= 0)
        export_number(section, "route-metric", lease->metric);
}

static void family_write(Export *self, const NetIface *iface, const GPtrArray *parts, int family,
                         const char *method, ExportNode *section)
{
    guint addresses = 0, routes = 0;
    export_text(section, "method", method);
    for (guint i = 0; i < parts->len; i++)
        addresses_write(self, parts->pdata[i], family, section, &addresses);
    for (guint i = 0; i < parts->len; i++)
        routes_write(self, parts->pdata[i], family, section, &routes);
    rules_write(self, iface, family, section);
    if (g_str_equal(method, "manual") && family == AF_INET &&
        !ifcfg_record_get(iface->record, "IPV4_ROUTE_METRIC"))
        export_number(section, "route-metric", 0); /* as `ip` does, not 100 and more */
    lease_write(iface, family, section);
    if (family == AF_INET6 && !g_str_equal(method, "ignore") && !g_str_equal(method, "disabled"))
        privacy_write(iface, section);
}

void export_nm_layer3(Export *self, const NetIface *iface, ExportNode *root)
{
    g_autoptr(GPtrArray) parts = export_parts(self, iface);
    ExportNode *const sections[] = {export_group(root, "ipv4"), export_group(root, "ipv6")};
    const char *const methods[] = {method_of(iface, parts, AF_INET), method_of(iface, parts, AF_INET6)};
    family_write(self, iface, parts, AF_INET, methods[0], sections[0]);
    family_write(self, iface, parts, AF_INET6, methods[1], sections[1]);
    names_write(self, iface, methods, sections);
}
