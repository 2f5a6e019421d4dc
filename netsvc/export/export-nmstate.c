/* A document of nmstate, which NetworkManager carries out: all devices, routes, rules and name servers in
 * one file. JSON, which is YAML too. */
#include "export/export-private.h"
#include "i18n.h"
#include "model/devconf.h"
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

/* --- devices --- */

static const char *relation_name(const NetIface *iface, NetRole role)
{
    const NetRelation *relation = net_iface_relation(iface, role);
    return relation ? relation->name : NULL;
}

/* Ports stand in their controller. */
static void ports_write(Export *self, const NetIface *iface, const char *type, ExportNode *entry)
{
    const char *name = export_ports_find(iface->kind->name, EXPORT_COLUMN_NMSTATE);
    gboolean is_bridge = g_str_equal(type, "linux-bridge");
    if (!name)
        return;
    ExportNode *section = export_group(entry, name);
    ExportNode *list = export_list(section, "port"), *configs = NULL;
    for (guint i = 0; i < iface->ports->len; i++) {
        const NetIface *port = iface->ports->pdata[i];
        if (port->fault || !export_type_find(port->kind->name, EXPORT_COLUMN_NMSTATE))
            continue; /* named already */
        g_autoptr(ExportNode) own = export_node_new(NULL, EXPORT_GROUP);
        ExportNode *options = is_bridge ? export_group_add(list, NULL) : export_node_new(NULL, EXPORT_GROUP);
        export_text(is_bridge ? options : list, is_bridge ? "name" : NULL, port->name);
        export_options(self, port, own, options);
        if (is_bridge) {
            export_vlans_nmstate(self, port, options);
            continue;
        }
        if (options->children->len) {
            configs = export_list(section, "ports-config");
            export_text(options, "name", port->name);
            g_ptr_array_add(configs->children, options);
        } else {
            export_node_free(options);
        }
    }
}

static void kind_write(const NetIface *iface, const char *type, ExportNode *entry)
{
    const char *lower = relation_name(iface, NET_STANDS_ON);
    if (g_str_equal(type, "veth"))
        export_text(export_group(entry, "veth"), "peer", relation_name(iface, NET_PEER));
    else if (lower && !g_str_equal(type, "vxlan"))
        export_text(export_group(entry, type), "base-iface", lower);
}

/* What it takes no such section without: as the kernel has it where the file does not say. */
static void required_write(const char *type, ExportNode *entry)
{
    static const struct {
        const char *type, *place, *value;
    } rows[] = {{"mac-vlan", "mac-vlan/mode", "vepa"},
                {"mac-vtap", "mac-vtap/mode", "vepa"},
                {"infiniband", "infiniband/mode", "datagram"},
                {"infiniband", "infiniband/pkey", "0xffff"}}; /* that of a card itself */
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (g_str_equal(rows[i].type, type))
            export_put(entry, rows[i].place, EXPORT_TEXT, rows[i].value, 0);
}

/* --- addresses --- */

static void ipv6_write(const NetIface *iface, gboolean has_routers, ExportNode *section)
{
    export_bool(section, "autoconf", has_routers);
    export_text(section, "addr-gen-mode", export_addr_gen_mode(iface));
}

static void family_write(Export *self, const NetIface *iface, const GPtrArray *parts, int family,
                         ExportNode *entry)
{
    ExportNode *section = export_group(entry, family == AF_INET ? "ipv4" : "ipv6");
    const NetLease *lease = net_iface_lease(iface, family);
    g_autoptr(ExportNode) list = export_node_new("address", EXPORT_LIST);
    gint32 accept_ra = 0;
    gboolean is_given = export_conf_find(iface, NET_CONF_ACCEPT_RA, &accept_ra);
    for (guint p = 0; p < parts->len; p++) {
        const NetIface *part = parts->pdata[p];
        for (guint i = 0; i < part->addresses->len; i++) {
            const NetAddress *address = part->addresses->pdata[i];
            if (address->prefix.ip.family != family)
                continue;
            g_autofree char *text = ifcfg_ip_format(&address->prefix.ip);
            ExportNode *element = export_group_add(list, NULL);
            export_text(element, "ip", text);
            export_number(element, "prefix-length", address->prefix.length);
            export_address_lose(self, part, address, export_address_specials(part, address));
        }
    }
    gboolean has_any = list->children->len || lease || (family == AF_INET6 && !iface->ipv6_disabled);
    export_bool(section, "enabled", has_any);
    if (!has_any)
        return;
    export_bool(section, "dhcp", lease != NULL);
    if (family == AF_INET6)
        ipv6_write(iface, is_given && accept_ra, section);
    gboolean is_only_local = family == AF_INET6 && is_given && accept_ra && !iface->ipv6_defroute;
    if ((lease && !lease->takes_default) || is_only_local)
        export_bool(section, "auto-gateway", FALSE);
    if (lease && lease->metric >= 0)
        export_number(section, "auto-route-metric", lease->metric);
    if (list->children->len)
        g_ptr_array_add(section->children, g_steal_pointer(&list));
}

/* --- routes, rules, names: of the whole document --- */

static void metric_put(const char *word, guint32 value, gpointer data)
{
    if (g_str_equal(word, "quickack"))
        export_bool(data, word, value != 0);
    else
        export_number(data, word, value);
}

static void hop_write(Export *self, const NetIface *part, const IfcfgRoute *route, const IfcfgNexthop *hop)
{
    ExportNode *list = export_list(export_group(self->document, "routes"), "config");
    ExportNode *element = export_group_add(list, NULL);
    g_autofree char *to = ifcfg_prefix_format(&route->to);
    g_autofree char *via = hop && hop->via.family ? ifcfg_ip_format(&hop->via) : NULL;
    g_autofree char *source = route->src.family ? ifcfg_ip_format(&route->src) : NULL;
    const char *type = export_route_type(route);
    export_text(element, "destination", to);
    export_text(element, "next-hop-address", via);
    if (hop)
        export_text(element, "next-hop-interface", hop->dev ? hop->dev : net_iface_device(part));
    if (hop && route->nexthops->len > 1)
        export_number(element, "weight", hop->weight ? hop->weight : 1);
    if (!g_str_equal(type, "unicast"))
        export_text(element, "route-type", type);
    if (route->metric >= 0)
        export_number(element, "metric", route->metric);
    if (route->table)
        export_number(element, "table-id", route->table);
    export_text(element, "source", source);
    export_route_metrics(self, part, route, metric_put, element);
}

static void route_write(Export *self, const NetIface *part, const IfcfgRoute *route)
{
    static const char *const types[] = {"unicast", "blackhole", "unreachable", "prohibit", NULL};
    const char *type = export_route_type(route);
    if (export_route_is_odd(route) || !g_strv_contains(types, type)) {
        export_route_lose(self, part, route, NULL);
        return;
    }
    if (!route->nexthops || !route->nexthops->len)
        hop_write(self, part, route, NULL);
    for (guint i = 0; route->nexthops && i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = route->nexthops->pdata[i];
        hop_write(self, part, route, hop);
        if (hop->onlink)
            export_route_lose(self, part, route, "onlink");
    }
    if (route->tos)
        export_route_lose(self, part, route, "tos");
}

/* nmstate has no ports, user ids and outgoing interfaces in rules. */
static gboolean rule_is_possible(const IfcfgRule *rule)
{
    return !export_rule_is_odd(rule) && !rule->invert && !rule->tos && !rule->oif && !rule->ipproto &&
           !rule->sport[0] && !rule->dport[0] && !rule->has_uid;
}

static void rule_write(Export *self, const NetIface *iface, const IfcfgRule *rule)
{
    if (!rule_is_possible(rule)) {
        export_rule_lose(self, iface, rule);
        return;
    }
    ExportNode *list = export_list(export_group(self->document, "route-rules"), "config");
    ExportNode *element = export_group_add(list, NULL);
    g_autofree char *from = rule->from.ip.family ? ifcfg_prefix_format(&rule->from) : NULL;
    g_autofree char *to = rule->to.ip.family ? ifcfg_prefix_format(&rule->to) : NULL;
    export_text(element, "family", rule->family == AF_INET6 ? "ipv6" : "ipv4");
    export_text(element, "ip-from", from);
    export_text(element, "ip-to", to);
    export_text(element, "iif", rule->iif);
    if (rule->has_fwmark)
        export_number(element, "fwmark", rule->fwmark);
    if (rule->has_fwmask)
        export_number(element, "fwmask", rule->fwmask);
    if (rule->suppress_prefixlength >= 0)
        export_number(element, "suppress-prefix-length", rule->suppress_prefixlength);
    export_number(element, "priority", export_rule_priority(self, rule));
    if (rule->table)
        export_number(element, "route-table", rule->table);
    else
        export_text(element, "action", export_rule_type(rule));
}

static void words_write(const GPtrArray *words, ExportNode *list)
{
    for (guint i = 0; i < words->len; i++)
        export_text(list, NULL, words->pdata[i]);
}

static void names_write(Export *self, const NetIface *iface)
{
    if (net_names_is_empty(iface->names))
        return;
    ExportNode *config = export_group(export_group(self->document, "dns-resolver"), "config");
    words_write(iface->names->servers, export_list(config, "server"));
    words_write(iface->names->search, export_list(config, "search"));
    if (iface->names->options->len)
        words_write(iface->names->options, export_list(config, "options"));
}

static void layer3_write(Export *self, const NetIface *iface, ExportNode *entry)
{
    g_autoptr(GPtrArray) parts = export_parts(self, iface);
    family_write(self, iface, parts, AF_INET, entry);
    family_write(self, iface, parts, AF_INET6, entry);
    for (guint p = 0; p < parts->len; p++) {
        const NetIface *part = parts->pdata[p];
        for (guint i = 0; i < part->routes->len; i++)
            route_write(self, part, part->routes->pdata[i]);
    }
    for (guint i = 0; i < iface->rules->len; i++)
        rule_write(self, iface, iface->rules->pdata[i]);
    names_write(self, iface);
}

/* --- the whole --- */

static void entry_write(Export *self, const NetIface *iface, const char *type, ExportNode *entry)
{
    g_autofree char *hwaddr = iface->hwaddr.length ? ifcfg_mac_format(&iface->hwaddr) : NULL;
    g_autofree char *macaddr = iface->macaddr.length ? ifcfg_mac_format(&iface->macaddr) : NULL;
    export_text(entry, "name", iface->name);
    export_text(entry, "type", type);
    export_text(entry, "state", "up");
    if (iface->naming == NET_NAME_UNKNOWN && hwaddr)
        export_text(entry, "identifier", "mac-address");
    export_text(entry, "mac-address", macaddr ? macaddr : iface->naming == NET_NAME_UNKNOWN ? hwaddr : NULL);
    if (iface->mtu)
        export_number(entry, "mtu", iface->mtu);
    if (!export_is_at_boot(iface))
        export_lose_key(self, iface, "ONBOOT", _("nmstate has no device that is not started at boot"));
}

static void nmstate_write(Export *self, const NetIface *iface, const char *type)
{
    ExportNode *entry = export_group_add(export_list(self->document, "interfaces"), NULL);
    g_autoptr(ExportNode) ignored = export_node_new(NULL, EXPORT_GROUP);
    entry_write(self, iface, type, entry);
    kind_write(iface, type, entry);
    export_options(self, iface, entry, NULL);
    required_write(type, entry);
    ports_write(self, iface, type, entry);
    if (export_has_layer3(iface))
        layer3_write(self, iface, entry);
    export_keys(self, iface, entry);
    export_ethtool(self, iface, entry);
}

/* The name of the host is a part of the document. */
static void nmstate_finish(Export *self)
{
    const IfcfgRecord *network = ifcfg_dir_network(net_model_dir(self->model));
    const char *hostname = network ? ifcfg_record_get(network, "HOSTNAME") : NULL;
    if (hostname && *hostname)
        export_text(export_group(self->document, "hostname"), "config", hostname);
    if (self->document->children->len)
        export_add_file(self, "netsvc.yml", export_print_json(self->document), 0600);
}

const ExportTarget export_nmstate = {.name = "nmstate",
                                     .title = "nmstate",
                                     .column = EXPORT_COLUMN_NMSTATE,
                                     .write = nmstate_write,
                                     .finish = nmstate_finish};
