/* The units of systemd-networkd: NAME.network for each device, NAME.netdev for one that is made, NAME.link
 * for what udev does. */
#include "export/export-private.h"
#include "i18n.h"
#include "model/devconf.h"
#include <linux/if_link.h>
#include <string.h>
#include <sys/socket.h>

typedef struct {
    ExportNode *network, *netdev, *link;
} Units;

/* --- NAME.netdev and NAME.link --- */

/* A VXLAN has it among its options. */
static const char *lower_name(const NetIface *iface)
{
    const NetRelation *lower = net_iface_relation(iface, NET_STANDS_ON);
    const LinkSetting *dev = iface->settings ? link_settings_find(iface->settings, "dev") : NULL;
    return lower ? lower->name : dev ? dev->text : NULL;
}

static void netdev_write(const NetIface *iface, const char *kind, ExportNode *netdev)
{
    ExportNode *section = export_group(netdev, "NetDev");
    const NetRelation *peer = net_iface_relation(iface, NET_PEER);
    gboolean is_tunnel = net_kind_has(iface->kind, NET_KIND_IS_TUNNEL) && !g_str_equal(kind, "vxlan");
    const LinkSetting *type = link_settings_find(iface->settings, "type");
    g_autofree char *mac = iface->macaddr.length ? ifcfg_mac_format(&iface->macaddr) : NULL;
    export_text(section, "Name", iface->name);
    export_text(section, "Kind", g_str_equal(kind, "tap") && type ? type->text : kind);
    export_text(section, "MACAddress",
                mac                                                ? mac
                : net_kind_has(iface->kind, NET_KIND_MAC_BY_PORTS) ? "none"
                                                                   : NULL);
    if (peer)
        export_text(export_group(netdev, "Peer"), "Name", peer->name);
    if (is_tunnel)
        export_text(export_group(netdev, "Tunnel"), "Independent", "yes");
    if (g_str_equal(kind, "vxlan") && !lower_name(iface))
        export_text(export_group(netdev, "VXLAN"), "Independent", "yes");
    if (g_str_equal(kind, "vxlan")) /* the kernel's default, which is not its own */
        export_text(export_group(netdev, "VXLAN"), "UDPChecksum", "yes");
}

/* A name that udev made is not there yet when it looks for the file: what it is made from is. */
static void link_match_write(const NetIface *iface, const char *mac, ExportNode *match)
{
    static const struct {
        const char *prefix, *property;
    } names[] = {{"eno", "ID_NET_NAME_ONBOARD"},
                 {"ens", "ID_NET_NAME_SLOT"},
                 {"enx", "ID_NET_NAME_MAC"},
                 {"en", "ID_NET_NAME_PATH"}};
    if (mac) {
        export_text(match, "PermanentMACAddress", mac);
        return;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_has_prefix(iface->name, names[i].prefix)) {
            export_format(match, "Property", "%s=%s", names[i].property, iface->name);
            return;
        }
    export_text(match, "OriginalName", iface->name);
}

/* As 99-default.link has it, which another file takes the place of. */
static void link_write(const NetIface *iface, gboolean is_created, ExportNode *root)
{
    ExportNode *match = export_group(root, "Match"), *link = export_group(root, "Link");
    g_autofree char *mac = iface->hwaddr.length && !is_created ? ifcfg_mac_format(&iface->hwaddr) : NULL;
    link_match_write(iface, mac, match);
    if (mac && iface->naming == NET_NAMED_BY_FILE)
        export_text(link, "Name", iface->name);
    else
        export_text(link, "NamePolicy",
                    is_created ? "keep kernel" : "keep kernel database onboard slot path");
    if (!is_created)
        export_text(link, "AlternativeNamesPolicy", "database onboard slot path");
    export_text(link, "MACAddressPolicy",
                is_created && net_kind_has(iface->kind, NET_KIND_MAC_BY_PORTS) ? "none" : "persistent");
}

/* --- NAME.network --- */

static void match_write(const NetIface *iface, gboolean is_created, ExportNode *network)
{
    ExportNode *match = export_group(network, "Match"), *link = export_group(network, "Link");
    g_autofree char *hwaddr = iface->hwaddr.length && !is_created ? ifcfg_mac_format(&iface->hwaddr) : NULL;
    g_autofree char *macaddr =
        iface->macaddr.length && !is_created ? ifcfg_mac_format(&iface->macaddr) : NULL;
    if (iface->naming != NET_NAME_UNKNOWN)
        export_text(match, "Name", iface->name);
    export_text(match, "PermanentMACAddress", hwaddr);
    export_text(link, "MACAddress", macaddr);
    if (iface->mtu)
        export_number(link, "MTUBytes", iface->mtu);
    if (!export_is_at_boot(iface)) {
        export_text(link, "ActivationPolicy", "manual");
        export_text(link, "RequiredForOnline", "no");
    }
}

static void port_write(const NetIface *iface, ExportNode *network)
{
    const NetRelation *port = net_iface_relation(iface, NET_PORT_OF);
    const char *kind = !port ? "" : port->iface ? port->iface->kind->name : port->others ? port->others : "";
    const char *key = export_ports_find(kind, EXPORT_COLUMN_NETWORKD);
    if (key)
        export_text(network, key, port->name);
    const LinkSettings *settings = port && port->iface ? port->iface->settings : NULL;
    const LinkSetting *primary = settings ? link_settings_find(settings, "primary") : NULL;
    const LinkSetting *active = settings ? link_settings_find(settings, "active_slave") : NULL;
    if (primary && g_str_equal(primary->text, iface->name))
        export_text(network, "PrimarySlave", "yes");
    else if (active && g_str_equal(active->text, iface->name))
        export_text(network, "ActiveSlave", "yes");
}

static void lower_check(Export *self, const NetIface *iface)
{
    const char *lower = lower_name(iface);
    if (lower && !net_model_find(self->model, lower))
        export_lose(self, iface, iface->where, lower, _("no file configures it, on which %s stands"),
                    iface->name);
}

/* The device below names what stands on it. */
static void uppers_write(Export *self, const NetIface *iface, ExportNode *network)
{
    static const struct {
        const char *kind, *key;
    } keys[] = {{"vlan", "VLAN"},     {"macvlan", "MACVLAN"}, {"macvtap", "MACVTAP"}, {"ipvlan", "IPVLAN"},
                {"ipvtap", "IPVTAP"}, {"vxlan", "VXLAN"},     {"ipoib", "IPoIB"}};
    for (guint i = 0; i < net_model_length(self->model); i++) {
        const NetIface *upper = net_model_nth(self->model, i);
        for (gsize k = 0; k < G_N_ELEMENTS(keys); k++)
            if (g_strcmp0(lower_name(upper), iface->name) == 0 &&
                g_str_equal(keys[k].kind, upper->kind->name))
                export_text(network, keys[k].key, upper->name);
    }
}

static void addresses_write(const NetIface *part, ExportNode *root)
{
    static const char *const scopes[] = {[253] = "link", [254] = "host"};
    for (guint i = 0; i < part->addresses->len; i++) {
        const NetAddress *address = part->addresses->pdata[i];
        guint specials = export_address_specials(part, address);
        ExportNode *section = export_group_add(root, "Address");
        g_autofree char *text = ifcfg_prefix_format(&address->prefix);
        g_autofree char *peer = ifcfg_ip_format(&address->peer);
        g_autofree char *broadcast = ifcfg_ip_format(&address->broadcast);
        export_text(section, "Address", text);
        if (specials & EXPORT_HAS_PEER)
            export_format(section, "Peer", "%s/%u", peer, address->prefix.length);
        if (specials & EXPORT_HAS_LABEL)
            export_text(section, "Label", address->label);
        if (specials & EXPORT_HAS_BROADCAST)
            export_text(section, "Broadcast", broadcast);
        if (specials & EXPORT_HAS_SCOPE && address->scope < G_N_ELEMENTS(scopes) && scopes[address->scope])
            export_text(section, "Scope", scopes[address->scope]);
        else if (specials & EXPORT_HAS_SCOPE)
            export_number(section, "Scope", address->scope);
    }
}

static void metric_put(const char *word, guint32 value, gpointer data)
{
    gboolean is_switch = g_str_equal(word, "QuickAck") || g_str_equal(word, "FastOpenNoCookie");
    if (is_switch)
        export_text(data, word, value ? "yes" : "no");
    else
        export_number(data, word, value);
}

static void hops_write(const IfcfgRoute *route, ExportNode *section)
{
    gboolean is_multipath = route->nexthops && route->nexthops->len > 1;
    for (guint i = 0; route->nexthops && i < route->nexthops->len; i++) {
        const IfcfgNexthop *hop = route->nexthops->pdata[i];
        g_autofree char *via = hop->via.family ? ifcfg_ip_format(&hop->via) : NULL;
        if (is_multipath)
            export_format(section, "MultiPathRoute", "%s%s%s %u", via ? via : "", hop->dev ? "@" : "",
                          hop->dev ? hop->dev : "", hop->weight ? hop->weight : 1);
        else
            export_text(section, "Gateway", via);
        if (hop->onlink && !is_multipath)
            export_text(section, "GatewayOnLink", "yes");
    }
}

static void route_write(Export *self, const NetIface *part, const IfcfgRoute *route, ExportNode *root)
{
    gboolean is_elsewhere = export_route_is_elsewhere(part, route) && route->nexthops->len == 1;
    if (export_route_is_odd(route) || is_elsewhere) {
        export_route_lose(self, part, route, NULL);
        return;
    }
    ExportNode *section = export_group_add(root, "Route");
    g_autofree char *to = ifcfg_prefix_format(&route->to);
    g_autofree char *source = route->src.family ? ifcfg_ip_format(&route->src) : NULL;
    const char *type = export_route_type(route);
    export_text(section, "Destination", to);
    hops_write(route, section);
    if (route->metric >= 0)
        export_number(section, "Metric", route->metric);
    if (route->table)
        export_number(section, "Table", route->table);
    export_text(section, "PreferredSource", source);
    export_text(section, "Type", g_str_equal(type, "unicast") ? NULL : type);
    if (route->scope >= 0)
        export_number(section, "Scope", route->scope);
    export_route_metrics(self, part, route, metric_put, section);
    if (route->tos)
        export_route_lose(self, part, route, "tos");
}

static void ports_put(ExportNode *section, const char *name, const guint16 *ports)
{
    if (ports[0] && ports[1] > ports[0])
        export_format(section, name, "%u-%u", ports[0], ports[1]);
    else if (ports[0])
        export_number(section, name, ports[0]);
}

static void rule_write(Export *self, const NetIface *iface, const IfcfgRule *rule, ExportNode *root)
{
    if (export_rule_is_odd(rule)) {
        export_rule_lose(self, iface, rule);
        return;
    }
    ExportNode *section = export_group_add(root, "RoutingPolicyRule");
    g_autofree char *from = rule->from.ip.family ? ifcfg_prefix_format(&rule->from) : NULL;
    g_autofree char *to = rule->to.ip.family ? ifcfg_prefix_format(&rule->to) : NULL;
    export_text(section, "From", from);
    export_text(section, "To", to);
    if (!from && !to)
        export_text(section, "Family", rule->family == AF_INET6 ? "ipv6" : "ipv4");
    if (rule->invert)
        export_text(section, "InvertRule", "yes");
    if (rule->tos)
        export_number(section, "TypeOfService", rule->tos);
    if (rule->has_fwmark)
        export_format(section, "FirewallMark", "%u/%u", rule->fwmark, rule->has_fwmask ? rule->fwmask : ~0u);
    export_text(section, "IncomingInterface", rule->iif);
    export_text(section, "OutgoingInterface", rule->oif);
    if (rule->ipproto)
        export_number(section, "IPProtocol", rule->ipproto);
    ports_put(section, "SourcePort", rule->sport);
    ports_put(section, "DestinationPort", rule->dport);
    if (rule->has_uid)
        export_format(section, "User", "%u-%u", rule->uid[0], rule->uid[1]);
    if (rule->suppress_prefixlength >= 0)
        export_number(section, "SuppressPrefixLength", rule->suppress_prefixlength);
    if (rule->table)
        export_number(section, "Table", rule->table);
    else
        export_text(section, "Type", export_rule_type(rule));
    export_number(section, "Priority", export_rule_priority(self, rule));
}

static void lease_write(const NetIface *iface, ExportNode *root, ExportNode *network)
{
    const NetLease *lease = net_iface_lease(iface, AF_INET), *lease6 = net_iface_lease(iface, AF_INET6);
    gint32 accept_ra = 1;
    export_conf_find(iface, NET_CONF_ACCEPT_RA, &accept_ra);
    if (lease || lease6)
        export_text(network, "DHCP", lease && lease6 ? "yes" : lease ? "ipv4" : "ipv6");
    ExportNode *section = lease ? export_group(root, "DHCPv4") : NULL;
    if (lease && !lease->takes_default)
        export_text(section, "UseGateway", "no");
    if (lease && lease->metric >= 0)
        export_number(section, "RouteMetric", lease->metric);
    if (lease && lease->takes_dns)
        export_text(section, "UseDomains", "yes");
    if (lease6 && !accept_ra)
        export_text(export_group(root, "DHCPv6"), "WithoutRA", "solicit");
    if (!lease6 && accept_ra)
        export_text(export_group(root, "IPv6AcceptRA"), "DHCPv6Client", "no");
}

static void ipv6_write(const NetIface *iface, ExportNode *root, ExportNode *network)
{
    gint32 value;
    if (export_conf_find(iface, NET_CONF_ACCEPT_RA, &value))
        export_text(network, "IPv6AcceptRA", value ? "yes" : "no");
    if (export_conf_find(iface, NET_CONF_USE_TEMPADDR, &value))
        export_text(network, "IPv6PrivacyExtensions", value == 2 ? "yes" : "prefer-public");
    if (g_str_equal(export_addr_gen_mode(iface), "stable-privacy")) {
        export_text(network, "IPv6LinkLocalAddressGenerationMode", "stable-privacy");
        if (!iface->ipv6_token)
            export_text(export_group(root, "IPv6AcceptRA"), "Token", "prefixstable");
    }
}

static void names_write(Export *self, const NetIface *iface, ExportNode *network)
{
    g_autoptr(GString) domains = g_string_new(NULL);
    if (!iface->names)
        return;
    for (guint i = 0; i < iface->names->servers->len; i++)
        export_text(network, "DNS", iface->names->servers->pdata[i]);
    for (guint i = 0; i < iface->names->search->len; i++)
        g_string_append_printf(domains, "%s%s", i ? " " : "", (char *)iface->names->search->pdata[i]);
    if (domains->len)
        export_text(network, "Domains", domains->str);
    if (iface->names->options->len)
        export_lose_key(self, iface, "RES_OPTIONS", _("systemd-resolved has no options of the resolver"));
}

static void layer3_write(Export *self, const NetIface *iface, ExportNode *root, ExportNode *network)
{
    g_autoptr(GPtrArray) parts = export_parts(self, iface);
    ipv6_write(iface, root, network);
    names_write(self, iface, network);
    if (!net_iface_lease(iface, AF_INET)) /* what stands in a file is there without a cable too */
        export_text(network, "ConfigureWithoutCarrier", "yes");
    lease_write(iface, root, network);
    for (guint p = 0; p < parts->len; p++) {
        const NetIface *part = parts->pdata[p];
        addresses_write(part, root);
        for (guint i = 0; i < part->routes->len; i++)
            route_write(self, part, part->routes->pdata[i], root);
    }
    for (guint i = 0; i < iface->rules->len; i++)
        rule_write(self, iface, iface->rules->pdata[i], root);
}

/* --- the whole --- */

static void unit_add(Export *self, const NetIface *iface, const char *suffix, const ExportNode *root)
{
    g_autofree char *path = g_strdup_printf("50-%s.%s", iface->name, suffix);
    char *text = export_print_ini(root, FALSE);
    if (*text)
        export_add_file(self, path, text, 0644);
    else
        g_free(text);
}

static void networkd_write(Export *self, const NetIface *iface, const char *kind)
{
    g_autoptr(ExportNode) root = export_node_new(NULL, EXPORT_GROUP),
                          netdev = export_node_new(NULL, EXPORT_GROUP),
                          link = export_node_new(NULL, EXPORT_GROUP);
    gboolean is_created = *kind != '\0';
    match_write(iface, is_created, root);
    ExportNode *network = export_group(root, "Network");
    if (is_created)
        netdev_write(iface, kind, netdev);
    export_options(self, iface, netdev, root);
    export_vlans_networkd(self, iface, root);
    port_write(iface, network);
    lower_check(self, iface);
    uppers_write(self, iface, network);
    if (export_has_layer3(iface))
        layer3_write(self, iface, root, network);
    if (!export_has_layer3(iface) || iface->ipv6_disabled)
        export_text(network, "LinkLocalAddressing", "no");
    export_keys(self, iface, root);
    export_ethtool(self, iface, link);
    gboolean has_link =
        link->children->len || (iface->hwaddr.length && !is_created) ||
        (is_created && net_kind_has(iface->kind, NET_KIND_MAC_BY_PORTS) && !iface->macaddr.length);
    if (has_link)
        link_write(iface, is_created, link);
    unit_add(self, iface, "netdev", netdev);
    unit_add(self, iface, "network", root);
    unit_add(self, iface, "link", link);
}

const ExportTarget export_networkd = {.name = "networkd",
                                      .title = "systemd-networkd",
                                      .column = EXPORT_COLUMN_NETWORKD,
                                      .write = networkd_write};
