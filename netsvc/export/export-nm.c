/* NetworkManager's keyfiles: one a device, nm-settings-keyfile(5). */
#include "export/export-private.h"
#include "i18n.h"
#include "model/devconf.h"
#include <linux/if_link.h>
#include <string.h>
#include <sys/socket.h>

/* --- connection and device --- */

/* As NetworkManager's reader of these files does where there is none: always the same for a file. */
static char *uuid_of(const NetIface *iface)
{
    const char *given = ifcfg_record_get(iface->record, "UUID");
    if (given && g_uuid_string_is_valid(given))
        return g_strdup(given);
    g_autofree char *seed = g_strdup_printf("netsvc ifcfg-%s %s", iface->nick, iface->name);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA1, seed, -1);
    return g_strdup_printf("%.8s-%.4s-5%.3s-a%.3s-%.12s", sum, sum + 8, sum + 13, sum + 17, sum + 20);
}

static void port_write(const NetIface *iface, ExportNode *connection)
{
    const NetRelation *port = net_iface_relation(iface, NET_PORT_OF);
    if (!port)
        return;
    export_text(connection, "master", port->name);
    export_text(connection, "slave-type", port->iface ? port->iface->kind->name : port->others);
}

static void connection_write(const NetIface *iface, const char *type, ExportNode *root)
{
    ExportNode *connection = export_group(root, "connection");
    const char *name = ifcfg_record_get(iface->record, "NAME");
    g_autofree char *uuid = uuid_of(iface);
    export_text(connection, "id", name && *name ? name : iface->name);
    export_text(connection, "uuid", uuid);
    export_text(connection, "type", type);
    if (iface->naming != NET_NAME_UNKNOWN)
        export_text(connection, "interface-name", iface->name);
    if (!export_is_at_boot(iface))
        export_bool(connection, "autoconnect", FALSE);
    if (net_kind_has(iface->kind, NET_KIND_PORTS_ARE_SILENT))
        export_number(connection, "autoconnect-slaves", 1);
    port_write(iface, connection);
}

static void device_write(const NetIface *iface, const char *type, ExportNode *root)
{
    gboolean is_created = net_kind_has(iface->kind, NET_KIND_CREATES);
    gboolean is_infiniband = g_str_equal(type, "infiniband"), is_tunnel = g_str_equal(type, "ip-tunnel");
    const char *section = is_infiniband ? "infiniband" : "ethernet";
    g_autofree char *hwaddr = iface->hwaddr.length ? ifcfg_mac_format(&iface->hwaddr) : NULL;
    g_autofree char *macaddr = iface->macaddr.length ? ifcfg_mac_format(&iface->macaddr) : NULL;
    if (hwaddr && !is_created)
        export_text(export_group(root, section), "mac-address", hwaddr);
    if (macaddr)
        export_text(export_group(root, "ethernet"), "cloned-mac-address", macaddr);
    if (iface->mtu)
        export_number(export_group(root, is_tunnel ? type : section), "mtu", iface->mtu);
}

/* --- kinds --- */

static const char *relation_name(const NetIface *iface, NetRole role)
{
    const NetRelation *relation = net_iface_relation(iface, role);
    return relation ? relation->name : NULL;
}

static gboolean is_on(const NetIface *iface, const char *option, gboolean fallback)
{
    const LinkSetting *setting = link_settings_find(iface->settings, option);
    return setting ? setting->number != 0 : fallback;
}

/* NM_VLAN_FLAG_*. */
static void vlan_write(const NetIface *iface, ExportNode *section)
{
    gint64 flags = (is_on(iface, "reorder_hdr", TRUE) ? 1 : 0) | (is_on(iface, "gvrp", FALSE) ? 2 : 0) |
                   (is_on(iface, "loose_binding", FALSE) ? 4 : 0) | (is_on(iface, "mvrp", FALSE) ? 8 : 0);
    export_text(section, "parent", relation_name(iface, NET_STANDS_ON));
    export_number(section, "flags", flags);
}

/* NMIPTunnelMode. */
static void tunnel_write(const NetIface *iface, ExportNode *section)
{
    static const struct {
        const char *kind;
        gint mode;
    } modes[] = {{"ipip", 1}, {"gre", 2}, {"sit", 3}, {"ip6gre", 8}, {"gretap", 10}};
    for (gsize i = 0; i < G_N_ELEMENTS(modes); i++)
        if (g_str_equal(iface->kind->name, modes[i].kind))
            export_number(section, "mode", modes[i].mode);
}

/* Before the options, so that what holds without one is ours and not NetworkManager's. */
static void kind_write(const NetIface *iface, const char *type, ExportNode *root)
{
    const char *lower = relation_name(iface, NET_STANDS_ON);
    ExportNode *section = export_group(root, type);
    if (g_str_equal(type, "vlan")) {
        vlan_write(iface, section);
    } else if (g_str_equal(type, "ip-tunnel")) {
        tunnel_write(iface, section);
    } else if (g_str_equal(type, "veth")) {
        export_text(section, "peer", relation_name(iface, NET_PEER));
    } else if (g_str_equal(type, "bridge") && !link_settings_find(iface->settings, "stp_state")) {
        export_bool(section, "stp", FALSE);
    } else if (!g_str_equal(type, "vxlan")) {
        export_text(section, "parent", lower);
    }
    if (g_str_equal(type, "infiniband") && !link_settings_find(iface->settings, "mode"))
        export_text(section, "transport-mode", "datagram");
    if (g_str_equal(iface->kind->name, "macvtap"))
        export_bool(section, "tap", TRUE);
    if (g_str_equal(type, "macvlan") && !link_settings_find(iface->settings, "mode"))
        export_number(section, "mode", 1);
    if (g_str_equal(iface->kind->name, "team")) {
        export_text(section, "config", ifcfg_record_get(iface->record, "TEAM_CONFIG"));
    }
}

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

static void names_write(const NetIface *iface, int family, gboolean is_first, ExportNode *section)
{
    if (!iface->names)
        return;
    words_write(iface->names->servers, "dns", family, section);
    if (is_first)
        words_write(iface->names->search, "dns-search", 0, section);
    if (is_first)
        words_write(iface->names->options, "dns-options", 0, section);
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
    gboolean is_given = export_conf_find(iface, NET_CONF_ACCEPT_RA, &accept_ra);
    if (family == AF_INET && net_iface_lease(iface, AF_INET))
        return "auto";
    if (family == AF_INET)
        return has_address(parts, family) ? "manual" : "disabled";
    if (net_iface_get_bool(iface, "IPV6_DISABLED", FALSE)) /* its own word, which has no effect here */
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
    export_text(section, "addr-gen-mode", "eui64");
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
                         ExportNode *root)
{
    ExportNode *section = export_group(root, family == AF_INET ? "ipv4" : "ipv6");
    const char *method = method_of(iface, parts, family);
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
    gboolean is_first = family == AF_INET ? !g_str_equal(method, "disabled")
                                          : g_str_equal(method_of(iface, parts, AF_INET), "disabled");
    names_write(iface, family, is_first, section);
}

static void nm_write(Export *self, const NetIface *iface, const char *type)
{
    g_autoptr(ExportNode) root = export_node_new(NULL, EXPORT_GROUP);
    g_autofree char *path = g_strconcat(iface->name, ".nmconnection", NULL);
    connection_write(iface, type, root);
    device_write(iface, type, root);
    kind_write(iface, type, root);
    export_options(self, iface, root, root);
    export_vlans_nm(self, iface, root);
    if (export_has_layer3(iface)) {
        g_autoptr(GPtrArray) parts = export_parts(self, iface);
        family_write(self, iface, parts, AF_INET, root);
        family_write(self, iface, parts, AF_INET6, root);
    }
    export_keys(self, iface, root);
    export_ethtool(self, iface, root);
    export_add_file(self, path, export_print_ini(root, TRUE), 0600);
}

const ExportTarget export_nm = {
    .name = "nm", .title = "NetworkManager", .column = EXPORT_COLUMN_NM, .write = nm_write};
