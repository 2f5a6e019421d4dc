/* systemd-networkd's sections that are one thing each, and may be there several times (systemd.network(5)).
 */
#include "bridge-vlans.h"
#include "foreign/networkd.h"
#include "i18n.h"
#include "model/iface.h"
#include "writing/writing.h"
#include <string.h>
#include <sys/socket.h>

/* The next line of the section at hand, or NULL. @at: the one before, which is the first of all to begin with
 */
static const ForeignLine *next_line(const NetworkdReader *self, guint *at)
{
    const ForeignLine *begin = self->lines->pdata[self->at];
    const ForeignLine *line = *at + 1 < self->lines->len ? self->lines->pdata[*at + 1] : NULL;
    ++*at;
    return line && line->section_number == begin->section_number ? line : NULL;
}

static void lines_take(NetworkdReader *self, gboolean (*take)(NetworkdReader *, const ForeignLine *))
{
    guint at = self->at;
    for (const ForeignLine *line; (line = next_line(self, &at));)
        if (!take(self, line))
            networkd_miss(self->foreign, line);
}

/* --- routes and rules --- */

/* The words of `ip`, in the order in which they come. */
static const struct {
    const char *section, *key, *word; /* word "": the value stands alone, first */
} words[] = {
    {"Route", "Destination", ""},
    {"Route", "Gateway", "via"},
    {"Route", "Metric", "metric"},
    {"Route", "Table", "table"},
    {"Route", "PreferredSource", "src"},
    {"Route", "Scope", "scope"},
    {"Route", "MTUBytes", "mtu"},
    {"Route", "InitialCongestionWindow", "initcwnd"},
    {"Route", "InitialAdvertisedReceiveWindow", "initrwnd"},
    {"Route", "TCPAdvertisedMaximumSegmentSize", "advmss"},
    {"Route", "TCPCongestionControlAlgorithm", "congctl"},
    {"RoutingPolicyRule", "From", "from"},
    {"RoutingPolicyRule", "To", "to"},
    {"RoutingPolicyRule", "Table", "table"},
    {"RoutingPolicyRule", "Priority", "priority"},
    {"RoutingPolicyRule", "FirewallMark", "fwmark"},
    {"RoutingPolicyRule", "TypeOfService", "tos"},
    {"RoutingPolicyRule", "IncomingInterface", "iif"},
    {"RoutingPolicyRule", "OutgoingInterface", "oif"},
    {"RoutingPolicyRule", "IPProtocol", "ipproto"},
    {"RoutingPolicyRule", "SourcePort", "sport"},
    {"RoutingPolicyRule", "DestinationPort", "dport"},
    {"RoutingPolicyRule", "SuppressPrefixLength", "suppress_prefixlength"},
};

/* A route or rule while its lines come, in any order. */
typedef struct {
    GString *rest;
    const char *type, *to; /* of a route; NULL: not given */
    gboolean is_6, is_both, is_inverted;
} Words;

/* "10.0.0.9", "10.0.0.9@eth1 20" */
static void path_append(const ForeignLine *line, GString *rest)
{
    g_auto(GStrv) parts = g_strsplit_set(line->value, " \t", 2);
    char *dev = parts[0] ? strchr(parts[0], '@') : NULL;
    if (dev)
        *dev++ = '\0';
    g_string_append_printf(rest, " nexthop via %s", parts[0] ? parts[0] : "");
    if (dev)
        g_string_append_printf(rest, " dev %s", dev);
    if (parts[0] && parts[1])
        g_string_append_printf(rest, " weight %s", g_strstrip(parts[1]));
}

static gboolean switch_take(const ForeignLine *line, Words *taken)
{
    gboolean is_true = ifcfg_is_true(line->value);
    if (g_str_equal(line->key, "GatewayOnLink"))
        g_string_append(taken->rest, is_true ? " onlink" : "");
    else if (g_str_equal(line->key, "InvertRule"))
        taken->is_inverted = is_true;
    else if (g_str_equal(line->key, "Family")) {
        taken->is_both = g_str_equal(line->value, "both");
        taken->is_6 |= g_str_equal(line->value, "ipv6");
    } else if (g_str_equal(line->key, "Type"))
        taken->type = line->value;
    else if (g_str_equal(line->key, "MultiPathRoute"))
        path_append(line, taken->rest);
    else
        return FALSE;
    return TRUE;
}

static void word_take(NetworkdReader *self, const ForeignLine *line, Words *taken)
{
    taken->is_6 |= strchr(line->value, ':') != NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (!g_str_equal(words[i].section, line->section) || !g_str_equal(words[i].key, line->key))
            continue;
        if (*words[i].word)
            g_string_append_printf(taken->rest, " %s %s", words[i].word, line->value);
        else
            taken->to = line->value;
        return;
    }
    if (!switch_take(line, taken))
        networkd_miss(self->foreign, line);
}

static void words_read(NetworkdReader *self, Words *taken)
{
    guint at = self->at;
    for (const ForeignLine *line; (line = next_line(self, &at));)
        word_take(self, line, taken);
}

static void route_read(NetworkdReader *self, const ForeignLine *begin)
{
    g_autoptr(GString) rest = g_string_new(NULL);
    Words taken = {.rest = rest};
    words_read(self, &taken);
    g_autofree char *route = g_strdup_printf("%s %s%s", taken.type ? taken.type : "unicast",
                                             taken.to ? taken.to : "default", rest->str);
    foreign_route(self->foreign, self->iface, route, taken.is_6 ? AF_INET6 : AF_INET, begin->where);
}

static void rule_read(NetworkdReader *self, const ForeignLine *begin)
{
    g_autoptr(GString) rest = g_string_new(NULL);
    Words taken = {.rest = rest};
    words_read(self, &taken);
    if (taken.type)
        g_string_append_printf(rest, " %s", taken.type);
    g_autofree char *rule = g_strconcat(taken.is_inverted ? "not" : "", rest->str, NULL);
    if (taken.is_both || !taken.is_6)
        foreign_rule(self->foreign, self->iface, g_strchug(rule), AF_INET, begin->where);
    if (taken.is_both || taken.is_6)
        foreign_rule(self->foreign, self->iface, g_strchug(rule), AF_INET6, begin->where);
}

/* --- addresses --- */

static gboolean peer_take(NetAddress *address, const char *text)
{
    IfcfgPrefix peer;
    if (address->prefix.ip.family != AF_INET || !ifcfg_prefix_parse(text, AF_INET, &peer))
        return FALSE;
    address->peer = peer.ip;
    address->prefix.length = peer.length;
    return TRUE;
}

/* What is said of an address beside itself. */
static gboolean address_line_take(NetAddress *address, const ForeignLine *line)
{
    gboolean is_4 = address->prefix.ip.family == AF_INET;
    if (g_str_equal(line->key, "Label") && is_4) {
        g_free(address->label);
        address->label = g_strdup(line->value);
    } else if (g_str_equal(line->key, "Broadcast"))
        return ifcfg_is_true(line->value) ||
               (is_4 && ifcfg_ip_parse(line->value, AF_INET, &address->broadcast));
    else if (g_str_equal(line->key, "Peer"))
        return peer_take(address, line->value);
    else if (g_str_equal(line->key, "Scope"))
        return foreign_scope(line->value, &address->scope);
    else
        return g_str_equal(line->key, "Address") ||
               (g_str_equal(line->key, "AddPrefixRoute") && ifcfg_is_true(line->value)) ||
               (g_str_equal(line->key, "PreferredLifetime") && g_str_equal(line->value, "forever"));
    return TRUE;
}

static void address_read(NetworkdReader *self, G_GNUC_UNUSED const ForeignLine *begin)
{
    GPtrArray *all = self->iface->addresses;
    guint before = all->len, at = self->at;
    for (const ForeignLine *line; (line = next_line(self, &at));)
        if (g_str_equal(line->key, "Address"))
            foreign_address(self->foreign, self->iface, line->value, line->where);
    at = self->at;
    for (const ForeignLine *line; (line = next_line(self, &at));)
        if (all->len == before || !address_line_take(all->pdata[all->len - 1], line))
            networkd_miss(self->foreign, line);
}

/* --- ports of bridges --- */

static const struct {
    const char *key, *option;
    gboolean is_opposite;
} port_options[] = {{"AllowPortToBeRoot", "root_block", TRUE},
                    {"Cost", "path_cost", FALSE},
                    {"FastLeave", "multicast_fast_leave", FALSE},
                    {"HairPin", "hairpin_mode", FALSE},
                    {"Isolated", "isolated", FALSE},
                    {"Learning", "learning", FALSE},
                    {"MulticastFlood", "multicast_flood", FALSE},
                    {"MulticastToUnicast", "multicast_to_unicast", FALSE},
                    {"NeighborSuppression", "neigh_suppress", FALSE},
                    {"Priority", "priority", FALSE},
                    {"ProxyARP", "proxyarp", FALSE},
                    {"ProxyARPWiFi", "proxyarp_wifi", FALSE},
                    {"UnicastFlood", "unicast_flood", FALSE},
                    {"UseBPDU", "bpdu_guard", TRUE}};

static gboolean port_option_take(NetworkdReader *self, const ForeignLine *line)
{
    for (gsize i = 0; i < G_N_ELEMENTS(port_options); i++) {
        if (!g_str_equal(port_options[i].key, line->key))
            continue;
        gboolean is_number = g_ascii_isdigit(*line->value);
        gboolean is_on = ifcfg_is_true(line->value) != port_options[i].is_opposite;
        foreign_port_option(self->foreign, self->iface, port_options[i].option,
                            is_number ? line->value
                            : is_on   ? "on"
                                      : "off",
                            line->where);
        return TRUE;
    }
    return FALSE;
}

static void port_read(NetworkdReader *self, G_GNUC_UNUSED const ForeignLine *begin)
{
    lines_take(self, port_option_take);
}

/* VLAN=, and what makes more of such: PVID=, EgressUntagged=. */
static gboolean vlans_take(NetworkdReader *self, const ForeignLine *line)
{
    const char *key = net_iface_is_port(self->iface) ? "BRIDGE_PORT_VLANS" : "BRIDGE_VLANS";
    guint8 flags = g_str_equal(line->key, "PVID")             ? BRIDGE_VLAN_PVID
                   : g_str_equal(line->key, "EgressUntagged") ? BRIDGE_VLAN_UNTAGGED
                                                              : 0;
    g_autofree BridgeVlans *given = bridge_vlans_parse(line->value, NULL);
    g_autofree BridgeVlans *all = bridge_vlans_parse(ifcfg_record_get(self->iface->record, key), NULL);
    if ((!flags && !g_str_equal(line->key, "VLAN")) || !given || !all)
        return FALSE;
    for (guint16 id = BRIDGE_VLAN_FIRST; id <= BRIDGE_VLAN_LAST; id++)
        if (given->flags[id])
            bridge_vlans_set(all, id, all->flags[id] | BRIDGE_VLAN_IN | flags);
    g_autofree char *list = bridge_vlans_format(all);
    net_iface_say(self->iface, key, list);
    return TRUE;
}

static void vlans_read(NetworkdReader *self, G_GNUC_UNUSED const ForeignLine *begin)
{
    lines_take(self, vlans_take);
}

/* --- any --- */

static const struct {
    const char *section;
    void (*read)(NetworkdReader *self, const ForeignLine *begin);
} sections[] = {{"Address", address_read},
                {"Bridge", port_read},
                {"BridgeVLAN", vlans_read},
                {"Route", route_read},
                {"RoutingPolicyRule", rule_read}};

gboolean networkd_section_is_one(const char *section)
{
    for (gsize i = 0; i < G_N_ELEMENTS(sections); i++)
        if (g_str_equal(sections[i].section, section))
            return TRUE;
    return FALSE;
}

gboolean networkd_section_take(NetworkdReader *self)
{
    const ForeignLine *begin = self->lines->pdata[self->at];
    for (gsize i = 0; i < G_N_ELEMENTS(sections); i++) {
        if (!g_str_equal(sections[i].section, begin->section))
            continue;
        sections[i].read(self, begin);
        return TRUE;
    }
    return FALSE;
}
