/* What NetworkManager's connections have of links: options of devices and ports, what those stand on, MTU,
 * MAC. */
#include "bridge-vlans.h"
#include "foreign/nm.h"
#include "model/iface.h"
#include "model/kind.h"
#include "writing/writing.h"
#include <string.h>

static const struct {
    const char *section, *key, *option;
    guint factor; /* 0: as it is; else seconds in these units */
} options[] = {
    {"bridge", "stp", "stp_state", 0},
    {"bridge", "priority", "priority", 0},
    {"bridge", "forward-delay", "forward_delay", 100},
    {"bridge", "hello-time", "hello_time", 100},
    {"bridge", "max-age", "max_age", 100},
    {"bridge", "ageing-time", "ageing_time", 100},
    {"bridge", "group-forward-mask", "group_fwd_mask", 0},
    {"bridge", "multicast-snooping", "multicast_snooping", 0},
    {"bridge", "multicast-querier", "multicast_querier", 0},
    {"bridge", "vlan-filtering", "vlan_filtering", 0},
    {"bridge", "vlan-default-pvid", "default_pvid", 0},
    {"vlan", "id", "id", 0},
    {"vlan", "protocol", "protocol", 0},
    {"vrf", "table", "table", 0},
    {"vlan", "ingress-priority-map", "ingress_qos_map", 0},
    {"vlan", "egress-priority-map", "egress_qos_map", 0},
    {"vxlan", "id", "id", 0},
    {"vxlan", "remote", "remote", 0},
    {"vxlan", "local", "local", 0},
    {"vxlan", "destination-port", "port", 0},
    {"vxlan", "ageing", "ageing", 0},
    {"vxlan", "learning", "learning", 0},
    {"vxlan", "limit", "limit", 0},
    {"vxlan", "tos", "tos", 0},
    {"vxlan", "ttl", "ttl", 0},
    {"ip-tunnel", "local", "local", 0},
    {"ip-tunnel", "remote", "remote", 0},
    {"ip-tunnel", "ttl", "ttl", 0},
    {"ip-tunnel", "tos", "tos", 0},
    {"tun", "owner", "owner", 0},
    {"tun", "group", "group", 0},
};

static char *option_value(const char *value, guint factor)
{
    if (factor)
        return g_strdup_printf("%.0f", g_ascii_strtod(value, NULL) * factor);
    if (g_str_equal(value, "true") || g_str_equal(value, "false"))
        return g_strdup(g_str_equal(value, "true") ? "on" : "off");
    return g_strchomp(g_strdelimit(g_strdup(value), ";", ' ')); /* a list */
}

/* The ends of a VXLAN over IPv6 are other options. */
static char *option_name(const NmReader *self, const char *option, const char *value)
{
    gboolean is_end = g_str_equal(option, "local") || g_str_equal(option, "remote");
    gboolean is_6 = is_end && strchr(value, ':') && g_str_equal(self->iface->kind->name, "vxlan");
    return g_strconcat(option, is_6 ? "6" : "", NULL);
}

static gboolean option_read(const NmReader *self, const ForeignLine *line)
{
    static const char *const as_ours[] = {"bond", NULL}; /* sections whose keys are called as our options */
    if (g_strv_contains(as_ours, line->section)) {
        foreign_option(self->foreign, self->iface, line->key, line->value, line->where);
        return TRUE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
        if (!g_str_equal(options[i].section, line->section) || !g_str_equal(options[i].key, line->key))
            continue;
        g_autofree char *text = option_value(line->value, options[i].factor),
                        *name = option_name(self, options[i].option, line->value);
        foreign_option(self->foreign, self->iface, name, text, line->where);
        return TRUE;
    }
    return FALSE;
}

/* --- what is said in numbers, or of another device --- */

static guint64 number_of(const char *value)
{
    return g_ascii_strtoull(value, NULL, 0);
}

static gboolean macvlan_mode_read(const NmReader *self, const ForeignLine *line)
{
    static const char *const modes[] = {NULL, "vepa", "bridge", "private", "passthru", "source"};
    guint64 mode = number_of(line->value);
    if (mode < 1 || mode >= G_N_ELEMENTS(modes))
        return FALSE;
    foreign_option(self->foreign, self->iface, "mode", modes[mode], line->where);
    return TRUE;
}

static gboolean vlan_flags_read(const NmReader *self, const ForeignLine *line)
{
    static const char *const bits[] = {"reorder_hdr", "gvrp", "loose_binding", "mvrp"};
    guint64 flags = number_of(line->value);
    for (guint i = 0; i < G_N_ELEMENTS(bits); i++)
        if ((flags >> i & 1) != (i == 0)) /* headers are put in order unless one says otherwise */
            foreign_option(self->foreign, self->iface, bits[i], i ? "on" : "off", line->where);
    return flags >> G_N_ELEMENTS(bits) == 0;
}

static gboolean parent_read(const NmReader *self, const ForeignLine *line)
{
    const char *name = nm_device_of(self, line->value);
    if (g_str_equal(line->section, "vxlan"))
        foreign_option(self->foreign, self->iface, "dev", name, line->where);
    else if (net_kind_has(self->iface->kind, NET_KIND_IS_STACKED))
        foreign_relate(self->foreign, self->iface, NET_STANDS_ON, name, line->where);
    else
        return FALSE;
    return TRUE;
}

static gboolean peer_read(const NmReader *self, const ForeignLine *line)
{
    foreign_relate(self->foreign, self->iface, NET_PEER, line->value, line->where);
    return TRUE;
}

static gboolean tunnel_key_read(const NmReader *self, const ForeignLine *line)
{
    foreign_tunnel_key(self->foreign, self->iface, g_str_equal(line->key, "input-key"), line->value,
                       line->where);
    return TRUE;
}

static gboolean mtu_read(const NmReader *self, const ForeignLine *line)
{
    if (number_of(line->value))
        foreign_field(self->foreign, self->iface, "MTU", line->value, line->where);
    return TRUE;
}

static gboolean mac_read(const NmReader *self, const ForeignLine *line)
{
    foreign_field(self->foreign, self->iface, "MACADDR", line->value, line->where);
    return TRUE;
}

static gboolean card_read(const NmReader *self, const ForeignLine *line)
{
    foreign_field(self->foreign, self->iface, "HWADDR", line->value, line->where);
    return TRUE;
}

static gboolean port_read(const NmReader *self, const ForeignLine *line)
{
    const char *option = g_str_equal(line->key, "path-cost")  ? "path_cost"
                         : g_str_equal(line->key, "priority") ? "priority"
                                                              : "hairpin_mode";
    g_autofree char *value = option_value(line->value, 0);
    foreign_port_option(self->foreign, self->iface, option, value, line->where);
    return TRUE;
}

static gboolean listed_read(const NmReader *self, const ForeignLine *line)
{
    foreign_listed_option(self->foreign, self->iface, g_str_equal(line->key, "prio") ? "prio" : "queue_id",
                          line->value, line->where);
    return TRUE;
}

/* Keys of our files with the same value. */
static gboolean said_read(const NmReader *self, const ForeignLine *line)
{
    gboolean is_port = g_str_has_suffix(line->section, "-port");
    const char *key = g_str_has_prefix(line->section, "team") ? is_port ? "TEAM_PORT_CONFIG" : "TEAM_CONFIG"
                      : is_port                               ? "BRIDGE_PORT_VLANS"
                                                              : "BRIDGE_VLANS";
    g_autofree BridgeVlans *vlans = bridge_vlans_parse(line->value, NULL);
    if (*key == 'B' && !vlans)
        return FALSE;
    net_iface_say(self->iface, key, line->value);
    return TRUE;
}

static gboolean infiniband_read(const NmReader *self, const ForeignLine *line)
{
    if (g_str_equal(line->key, "transport-mode"))
        net_iface_say(self->iface, "CONNECTED_MODE", g_str_equal(line->value, "connected") ? "yes" : "no");
    else if (g_str_equal(line->value, "-1"))
        return TRUE;
    else {
        g_autofree char *number = g_strdup_printf("0x%" G_GINT64_MODIFIER "x", number_of(line->value));
        net_iface_say(self->iface, "PKEY", "yes");
        net_iface_say(self->iface, "PKEY_ID", number);
    }
    return TRUE;
}

/* 1 is for packets, 2 for frames. */
static gboolean tun_mode_read(const NmReader *self, const ForeignLine *line)
{
    foreign_option(self->foreign, self->iface, "type", g_str_equal(line->value, "2") ? "tap" : "tun",
                   line->where);
    return TRUE;
}

static gboolean is_usual(G_GNUC_UNUSED const NmReader *self, const ForeignLine *line)
{
    return g_str_equal(line->value, "true");
}

static gboolean says_kind(G_GNUC_UNUSED const NmReader *self, G_GNUC_UNUSED const ForeignLine *line)
{
    return TRUE;
}

static const struct {
    const char *section, *key;
    gboolean (*read)(const NmReader *self, const ForeignLine *line);
} readers[] = {{"bond-port", "prio", listed_read},
               {"bond-port", "queue-id", listed_read},
               {"bridge", "mac-address", mac_read},
               {"bridge", "vlans", said_read},
               {"bridge-port", "hairpin-mode", port_read},
               {"bridge-port", "path-cost", port_read},
               {"bridge-port", "priority", port_read},
               {"bridge-port", "vlans", said_read},
               {"ethernet", "cloned-mac-address", mac_read},
               {"ethernet", "mac-address", card_read},
               {"ethernet", "mtu", mtu_read},
               {"infiniband", "mac-address", card_read},
               {"infiniband", "mtu", mtu_read},
               {"infiniband", "p-key", infiniband_read},
               {"infiniband", "parent", parent_read},
               {"infiniband", "transport-mode", infiniband_read},
               {"ip-tunnel", "input-key", tunnel_key_read},
               {"ip-tunnel", "mode", says_kind},
               {"ip-tunnel", "mtu", mtu_read},
               {"ip-tunnel", "output-key", tunnel_key_read},
               {"ip-tunnel", "parent", parent_read},
               {"ip-tunnel", "path-mtu-discovery", is_usual},
               {"macvlan", "mode", macvlan_mode_read},
               {"macvlan", "parent", parent_read},
               {"macvlan", "promiscuous", is_usual},
               {"macvlan", "tap", says_kind},
               {"team", "config", said_read},
               {"team-port", "config", said_read},
               {"tun", "mode", tun_mode_read},
               {"veth", "peer", peer_read},
               {"vlan", "flags", vlan_flags_read},
               {"vlan", "parent", parent_read},
               {"vxlan", "parent", parent_read}};

static gboolean special_read(const NmReader *self, const ForeignLine *line)
{
    const char *section = g_str_equal(line->section, "802-3-ethernet") ? "ethernet" : line->section;
    for (gsize i = 0; i < G_N_ELEMENTS(readers); i++)
        if (g_str_equal(readers[i].section, section) && g_str_equal(readers[i].key, line->key))
            return readers[i].read(self, line);
    return FALSE;
}

gboolean nm_option_take(const NmReader *self, const ForeignLine *line)
{
    return special_read(self, line) || option_read(self, line) || nm_ethtool_takes(self, line);
}
