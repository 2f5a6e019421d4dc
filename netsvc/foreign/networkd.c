/* systemd-networkd: .netdev files make devices, .network files say what they have (systemd.netdev(5),
 * systemd.network(5)). .link files are udev's. */
#include "foreign/foreign.h"
#include "i18n.h"
#include "model/iface.h"
#include <string.h>
#include <sys/socket.h>

typedef struct {
    NetForeign *foreign;
    NetIface *iface;
    const GPtrArray *lines;
    guint at; /* of the line */
} Reader;

/* --- .netdev --- */

static const struct {
    const char *section, *key, *option;
    ForeignForm form;
} options[] = {
    {"Bond", "Mode", "mode", FOREIGN_AS_IS},
    {"Bond", "TransmitHashPolicy", "xmit_hash_policy", FOREIGN_AS_IS},
    {"Bond", "LACPTransmitRate", "lacp_rate", FOREIGN_AS_IS},
    {"Bond", "MIIMonitorSec", "miimon", FOREIGN_MILLISECONDS},
    {"Bond", "UpDelaySec", "updelay", FOREIGN_MILLISECONDS},
    {"Bond", "DownDelaySec", "downdelay", FOREIGN_MILLISECONDS},
    {"Bond", "PeerNotifyDelaySec", "peer_notif_delay", FOREIGN_MILLISECONDS},
    {"Bond", "LearnPacketIntervalSec", "lp_interval", FOREIGN_SECONDS},
    {"Bond", "AdSelect", "ad_select", FOREIGN_AS_IS},
    {"Bond", "AdActorSystemPriority", "ad_actor_sys_prio", FOREIGN_AS_IS},
    {"Bond", "AdUserPortKey", "ad_user_port_key", FOREIGN_AS_IS},
    {"Bond", "AdActorSystem", "ad_actor_system", FOREIGN_AS_IS},
    {"Bond", "FailOverMACPolicy", "fail_over_mac", FOREIGN_AS_IS},
    {"Bond", "ARPValidate", "arp_validate", FOREIGN_AS_IS},
    {"Bond", "ARPIntervalSec", "arp_interval", FOREIGN_MILLISECONDS},
    {"Bond", "ARPIPTargets", "arp_ip_target", FOREIGN_COMMAS},
    {"Bond", "ARPAllTargets", "arp_all_targets", FOREIGN_AS_IS},
    {"Bond", "PrimaryReselectPolicy", "primary_reselect", FOREIGN_AS_IS},
    {"Bond", "ResendIGMP", "resend_igmp", FOREIGN_AS_IS},
    {"Bond", "PacketsPerSlave", "packets_per_slave", FOREIGN_AS_IS},
    {"Bond", "GratuitousARP", "num_grat_arp", FOREIGN_AS_IS},
    {"Bond", "AllSlavesActive", "all_slaves_active", FOREIGN_SWITCH},
    {"Bond", "DynamicTransmitLoadBalancing", "tlb_dynamic_lb", FOREIGN_SWITCH},
    {"Bond", "MinLinks", "min_links", FOREIGN_AS_IS},
    {"Bridge", "STP", "stp_state", FOREIGN_SWITCH},
    {"Bridge", "Priority", "priority", FOREIGN_AS_IS},
    {"Bridge", "ForwardDelaySec", "forward_delay", FOREIGN_TICKS},
    {"Bridge", "HelloTimeSec", "hello_time", FOREIGN_TICKS},
    {"Bridge", "MaxAgeSec", "max_age", FOREIGN_TICKS},
    {"Bridge", "AgeingTimeSec", "ageing_time", FOREIGN_TICKS},
    {"Bridge", "MulticastSnooping", "multicast_snooping", FOREIGN_SWITCH},
    {"Bridge", "MulticastQuerier", "multicast_querier", FOREIGN_SWITCH},
    {"Bridge", "VLANFiltering", "vlan_filtering", FOREIGN_SWITCH},
    {"Bridge", "DefaultPVID", "default_pvid", FOREIGN_AS_IS},
    {"Bridge", "GroupForwardMask", "group_fwd_mask", FOREIGN_AS_IS},
    {"VLAN", "Id", "id", FOREIGN_AS_IS},
    {"VLAN", "Protocol", "protocol", FOREIGN_AS_IS},
    {"VLAN", "GVRP", "gvrp", FOREIGN_SWITCH},
    {"VLAN", "MVRP", "mvrp", FOREIGN_SWITCH},
    {"VLAN", "LooseBinding", "loose_binding", FOREIGN_SWITCH},
    {"VLAN", "ReorderHeader", "reorder_hdr", FOREIGN_SWITCH},
    {"VRF", "Table", "table", FOREIGN_AS_IS},
    {"MACVLAN", "Mode", "mode", FOREIGN_AS_IS},
    {"MACVTAP", "Mode", "mode", FOREIGN_AS_IS},
    {"VXLAN", "VNI", "id", FOREIGN_AS_IS},
    {"VXLAN", "Remote", "remote", FOREIGN_AS_IS},
    {"VXLAN", "Local", "local", FOREIGN_AS_IS},
    {"VXLAN", "DestinationPort", "port", FOREIGN_AS_IS},
    {"VXLAN", "Group", "remote", FOREIGN_AS_IS},
    {"VXLAN", "FDBAgeingSec", "ageing", FOREIGN_SECONDS},
    {"VXLAN", "MacLearning", "learning", FOREIGN_SWITCH},
    {"VXLAN", "MaximumFDBEntries", "limit", FOREIGN_AS_IS},
    {"VXLAN", "TOS", "tos", FOREIGN_AS_IS},
    {"VXLAN", "TTL", "ttl", FOREIGN_AS_IS},
    {"Tunnel", "Local", "local", FOREIGN_AS_IS},
    {"Tunnel", "Remote", "remote", FOREIGN_AS_IS},
    {"Tunnel", "TTL", "ttl", FOREIGN_AS_IS},
};

static gboolean option_read(NetForeign *foreign, NetIface *iface, const ForeignLine *line)
{
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
        if (!g_str_equal(options[i].section, line->section) || !g_str_equal(options[i].key, line->key))
            continue;
        g_autofree char *text = foreign_value(options[i].form, line->value);
        foreign_option(foreign, iface, options[i].option, text, line->where);
        return TRUE;
    }
    return FALSE;
}

static gboolean is_of(const ForeignLine *line, const char *section, const char *key)
{
    return g_str_equal(line->section, section) && g_str_equal(line->key, key);
}

static char *miss_name(const ForeignLine *line)
{
    return g_strdup_printf("[%s] %s=%s", line->section, line->key, line->value);
}

static void netdev_line(NetForeign *foreign, NetIface *iface, const ForeignLine *line)
{
    g_autofree char *name = miss_name(line);
    if (!*line->key || is_of(line, "NetDev", "Name") || is_of(line, "NetDev", "Kind") ||
        is_of(line, "NetDev", "Description"))
        return;
    if (is_of(line, "NetDev", "MTUBytes"))
        foreign_field(foreign, iface, "MTU", line->value, line->where);
    else if (is_of(line, "NetDev", "MACAddress"))
        foreign_field(foreign, iface, "MACADDR", line->value, line->where);
    else if (is_of(line, "Peer", "Name"))
        net_iface_relate(iface, NET_PEER, NULL, line->value);
    else if (!option_read(foreign, iface, line))
        foreign_miss(foreign, line->where, name);
}

static void netdev_read(NetForeign *foreign, const GPtrArray *lines)
{
    static const char *const kinds[] = {"bond",    "bridge", "vlan",   "dummy", "vrf",    "macvlan",
                                        "macvtap", "veth",   "vxlan",  "gre",   "gretap", "ipip",
                                        "sit",     "ifb",    "ip6gre", NULL};
    const char *name = foreign_ini_get(lines, "NetDev", "Name"),
               *kind = foreign_ini_get(lines, "NetDev", "Kind");
    IfcfgWhere where = lines->len ? ((const ForeignLine *)lines->pdata[0])->where : (IfcfgWhere){0};
    if (!name || !kind || !g_strv_contains(kinds, kind)) {
        g_autofree char *what = g_strdup_printf("%s (%s)", name ? name : "?", kind ? kind : "?");
        foreign_miss(foreign, where, what);
        return;
    }
    NetIface *iface = foreign_iface(foreign, name, kind, where);
    for (guint i = 0; i < lines->len; i++)
        netdev_line(foreign, iface, lines->pdata[i]);
}

/* --- .network --- */

static void dhcp_read(Reader *self, const ForeignLine *line)
{
    gboolean both = ifcfg_is_true(line->value) || g_str_equal(line->value, "both");
    if (both || g_str_equal(line->value, "ipv4") || g_str_equal(line->value, "v4"))
        foreign_dhcp(self->iface, AF_INET);
    if (both || g_str_equal(line->value, "ipv6") || g_str_equal(line->value, "v6"))
        foreign_dhcp(self->iface, AF_INET6);
}

static void stack(Reader *self, const char *kind, const char *names)
{
    g_auto(GStrv) words = g_strsplit_set(names, " \t", -1);
    for (char **word = words; *word; word++)
        if (**word)
            net_iface_relate(foreign_iface(self->foreign, *word, kind, self->iface->where), NET_STANDS_ON,
                             NULL, self->iface->name);
}

static void vxlans_bind(Reader *self, const ForeignLine *line)
{
    g_auto(GStrv) words = g_strsplit_set(line->value, " \t", -1);
    for (char **word = words; *word; word++)
        if (**word)
            foreign_option(self->foreign, foreign_iface(self->foreign, *word, "vxlan", line->where), "dev",
                           self->iface->name, line->where);
}

/* [DHCPv4]; without a lease they say nothing. */
static gboolean lease_line(Reader *self, const ForeignLine *line)
{
    static const struct {
        const char *name, *key;
    } texts[] = {{"Hostname", "DHCP_HOSTNAME"},
                 {"RouteMetric", "METRIC"},
                 {"VendorClassIdentifier", "DHCP_VENDOR_CLASS_IDENTIFIER"}};
    const struct {
        const char *name;
        gboolean *is_on;
    } switches[] = {{"SendHostname", &self->iface->dhcp.send_hostname},
                    {"SendRelease", &self->iface->dhcp.release},
                    {"UseDNS", &self->iface->dhcp.peerdns},
                    {"UseGateway", &self->iface->defroute},
                    {"UseNTP", &self->iface->dhcp.peerntp},
                    {"UseRoutes", &self->iface->dhcp.peerroutes}};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (g_str_equal(texts[i].name, line->key))
            return foreign_lease(self->iface, texts[i].key, line->value);
    for (gsize i = 0; i < G_N_ELEMENTS(switches); i++) {
        if (!g_str_equal(switches[i].name, line->key))
            continue;
        *switches[i].is_on = ifcfg_is_true(line->value);
        return TRUE;
    }
    return FALSE;
}

static gboolean network_line(Reader *self, const ForeignLine *line)
{
    static const char *const masters[] = {"Bond", "Bridge", "VRF", NULL};
    static const char *const above[] = {"VLAN", "MACVLAN", "MACVTAP", NULL};
    const char *key = line->key, *value = line->value;
    if (g_str_equal(key, "Address"))
        foreign_address(self->foreign, self->iface, value, line->where);
    else if (g_str_equal(key, "Gateway"))
        foreign_gateway(self->foreign, self->iface, value, line->where);
    else if (g_str_equal(key, "DNS") || g_str_equal(key, "Domains"))
        foreign_names(self->foreign, self->iface, g_str_equal(key, "Domains"), value, line->where);
    else if (g_str_equal(key, "DHCP"))
        dhcp_read(self, line);
    else if (g_strv_contains(masters, key)) {
        g_autofree char *kind = g_ascii_strdown(key, -1);
        foreign_port(self->foreign, self->iface, kind, value);
    } else if (g_strv_contains(above, key)) {
        g_autofree char *kind = g_ascii_strdown(key, -1);
        stack(self, kind, value);
    } else if (g_str_equal(key, "VXLAN")) {
        vxlans_bind(self, line);
    } else if (g_str_equal(key, "IPv6AcceptRA"))
        foreign_field(self->foreign, self->iface, "IPV6_AUTOCONF", value, line->where);
    else
        return g_str_equal(key, "Description");
    return TRUE;
}

static gboolean link_line(Reader *self, const ForeignLine *line)
{
    if (g_str_equal(line->key, "MTUBytes"))
        foreign_field(self->foreign, self->iface, "MTU", line->value, line->where);
    else if (g_str_equal(line->key, "MACAddress"))
        foreign_field(self->foreign, self->iface, "MACADDR", line->value, line->where);
    else if (g_str_equal(line->key, "ARP"))
        foreign_field(self->foreign, self->iface, "ARP", line->value, line->where);
    else
        return g_str_equal(line->key, "RequiredForOnline");
    return TRUE;
}

/* Sections that are one thing each: the words of `ip`, in the order in which they come. */
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
    gboolean is_6;
} Words;

static void word_take(Reader *self, const ForeignLine *line, Words *taken)
{
    g_autofree char *name = miss_name(line);
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
    if (g_str_equal(line->key, "GatewayOnLink") && ifcfg_is_true(line->value))
        g_string_append(taken->rest, " onlink");
    else if (g_str_equal(line->key, "Type"))
        taken->type = line->value;
    else
        foreign_miss(self->foreign, line->where, name);
}

/* All lines of the section whose first line it is. */
static void words_read(Reader *self, gboolean is_rule)
{
    g_autoptr(GString) rest = g_string_new(NULL);
    const ForeignLine *begin = self->lines->pdata[self->at];
    Words taken = {.rest = rest};
    for (guint i = self->at + 1; i < self->lines->len; i++) {
        const ForeignLine *line = self->lines->pdata[i];
        if (line->section_number != begin->section_number)
            break;
        word_take(self, line, &taken);
    }
    int family = taken.is_6 ? AF_INET6 : AF_INET;
    g_autofree char *route = g_strdup_printf("%s %s%s", taken.type ? taken.type : "unicast",
                                             taken.to ? taken.to : "default", rest->str);
    if (is_rule && taken.type)
        g_string_append_printf(rest, " %s", taken.type);
    if (is_rule)
        foreign_rule(self->foreign, self->iface, g_strchug(rest->str), family, begin->where);
    else
        foreign_route(self->foreign, self->iface, route, family, begin->where);
}

static void line_read(Reader *self, const ForeignLine *line)
{
    g_autofree char *name = miss_name(line);
    gboolean is_route = g_str_equal(line->section, "Route"),
             is_rule = g_str_equal(line->section, "RoutingPolicyRule");
    gboolean done = g_str_equal(line->section, "Match") || is_route || is_rule;
    if (!*line->key && (is_route || is_rule))
        words_read(self, is_rule);
    if (!*line->key || done)
        return;
    if (g_str_equal(line->section, "Network"))
        done = network_line(self, line);
    else if (g_str_equal(line->section, "Link"))
        done = link_line(self, line);
    else if (g_str_equal(line->section, "DHCPv4") || g_str_equal(line->section, "DHCP"))
        done = lease_line(self, line);
    else if (is_of(line, "Address", "Address"))
        foreign_address(self->foreign, self->iface, line->value, line->where), done = TRUE;
    if (!done)
        foreign_miss(self->foreign, line->where, name);
}

/* One name is one interface; a pattern may be any, and a MAC is no name. */
static void network_read(NetForeign *foreign, const GPtrArray *lines)
{
    const char *names = foreign_ini_get(lines, "Match", "Name");
    IfcfgWhere where = lines->len ? ((const ForeignLine *)lines->pdata[0])->where : (IfcfgWhere){0};
    g_auto(GStrv) each = g_strsplit_set(names ? names : "", " \t", -1);
    if (!names || names[strcspn(names, "*?[!")]) {
        foreign_miss(foreign, where, _("a file without a plain [Match] Name="));
        return;
    }
    for (char **name = each; *name; name++) {
        Reader self = {foreign, **name ? foreign_iface(foreign, *name, NULL, where) : NULL, lines, 0};
        for (; self.iface && self.at < lines->len; self.at++)
            line_read(&self, lines->pdata[self.at]);
    }
}

static gboolean each_read(NetForeign *foreign, const char *dir, const char *ending,
                          void (*read)(NetForeign *, const GPtrArray *), GError **error)
{
    g_autoptr(GPtrArray) paths = foreign_files(dir, ending);
    for (guint i = 0; i < paths->len; i++) {
        g_autoptr(GPtrArray) lines = foreign_ini_load(paths->pdata[i], foreign->problems, error);
        if (!lines)
            return FALSE;
        read(foreign, lines);
    }
    return TRUE;
}

gboolean net_foreign_networkd(NetForeign *self, const char *dir, GError **error)
{
    return each_read(self, dir, ".netdev", netdev_read, error) &&
           each_read(self, dir, ".network", network_read, error);
}
