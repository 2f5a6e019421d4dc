/* systemd-networkd's devices: .netdev files (systemd.netdev(5)). */
#include "foreign/networkd.h"
#include "i18n.h"
#include "model/iface.h"
#include "writing/writing.h"
#include <string.h>
#include <sys/socket.h>

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
    {"Bond", "ARPMissedMax", "arp_missed_max", FOREIGN_AS_IS},
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
    {"Bridge", "MulticastIGMPVersion", "multicast_igmp_version", FOREIGN_AS_IS},
    {"Bridge", "VLANProtocol", "vlan_protocol", FOREIGN_AS_IS},
    {"VLAN", "Id", "id", FOREIGN_AS_IS},
    {"VLAN", "Protocol", "protocol", FOREIGN_AS_IS},
    {"VLAN", "GVRP", "gvrp", FOREIGN_SWITCH},
    {"VLAN", "MVRP", "mvrp", FOREIGN_SWITCH},
    {"VLAN", "LooseBinding", "loose_binding", FOREIGN_SWITCH},
    {"VLAN", "ReorderHeader", "reorder_hdr", FOREIGN_SWITCH},
    {"VLAN", "EgressQOSMaps", "egress_qos_map", FOREIGN_PAIRS},
    {"VLAN", "IngressQOSMaps", "ingress_qos_map", FOREIGN_PAIRS},
    {"VRF", "Table", "table", FOREIGN_AS_IS},
    {"MACVLAN", "Mode", "mode", FOREIGN_AS_IS},
    {"MACVTAP", "Mode", "mode", FOREIGN_AS_IS},
    {"IPVLAN", "Mode", "mode", FOREIGN_LOWER},
    {"IPVLAN", "Flags", "flags", FOREIGN_LOWER},
    {"IPVTAP", "Mode", "mode", FOREIGN_LOWER},
    {"IPVTAP", "Flags", "flags", FOREIGN_LOWER},
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
    {"Tunnel", "TOS", "tos", FOREIGN_AS_IS},
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

/* What holds without it: a tunnel from, or to, anywhere, one that needs no other device, the kernel's MAC. */
static gboolean says_nothing(const ForeignLine *line)
{
    gboolean is_end = is_of(line, "Tunnel", "Local") || is_of(line, "Tunnel", "Remote");
    gboolean is_kernels = is_of(line, "NetDev", "MACAddress") && g_str_equal(line->value, "none");
    return !*line->key || is_of(line, "NetDev", "Name") || is_of(line, "NetDev", "Kind") ||
           is_of(line, "NetDev", "Description") || is_kernels ||
           (is_end && g_str_equal(line->value, "any")) ||
           (is_of(line, "Tunnel", "Independent") && ifcfg_is_true(line->value));
}

/* A number, which may be written as an IPv4 address. */
static void tunnel_key_take(NetForeign *foreign, NetIface *iface, const ForeignLine *line)
{
    IfcfgIp ip;
    guint32 number;
    g_autofree char *text = g_strdup(line->value);
    if (ifcfg_ip_parse(line->value, AF_INET, &ip)) {
        memcpy(&number, ip.bytes, sizeof number);
        g_free(text);
        text = g_strdup_printf("%u", GUINT32_FROM_BE(number));
    }
    if (!g_str_equal(line->key, "OutputKey"))
        foreign_tunnel_key(foreign, iface, TRUE, text, line->where);
    if (!g_str_equal(line->key, "InputKey"))
        foreign_tunnel_key(foreign, iface, FALSE, text, line->where);
}

static void infiniband_take(NetForeign *foreign, NetIface *iface, const ForeignLine *line)
{
    if (g_str_equal(line->key, "Mode"))
        net_iface_say(iface, "CONNECTED_MODE", g_str_equal(line->value, "connected") ? "yes" : "no");
    else if (g_str_equal(line->key, "PartitionKey")) {
        net_iface_say(iface, "PKEY", "yes");
        net_iface_say(iface, "PKEY_ID", line->value);
    } else
        networkd_miss(foreign, line);
}

/* Who may open the file of the device. */
static gboolean is_of_file(const ForeignLine *line)
{
    return (g_str_equal(line->section, "Tap") || g_str_equal(line->section, "Tun")) &&
           (g_str_equal(line->key, "User") || g_str_equal(line->key, "Group"));
}

static gboolean is_tunnel_key(const ForeignLine *line)
{
    return is_of(line, "Tunnel", "Key") || is_of(line, "Tunnel", "InputKey") ||
           is_of(line, "Tunnel", "OutputKey");
}

static void line_read(NetForeign *foreign, NetIface *iface, const ForeignLine *line)
{
    if (says_nothing(line))
        return;
    if (is_of(line, "NetDev", "MTUBytes"))
        foreign_field(foreign, iface, "MTU", line->value, line->where);
    else if (is_of(line, "NetDev", "MACAddress"))
        foreign_field(foreign, iface, "MACADDR", line->value, line->where);
    else if (is_of(line, "Peer", "Name"))
        foreign_relate(foreign, iface, NET_PEER, line->value, line->where);
    else if (g_str_equal(line->section, "IPoIB"))
        infiniband_take(foreign, iface, line);
    else if (is_of_file(line))
        net_iface_say(iface, g_str_equal(line->key, "User") ? "OWNER" : "GROUP", line->value);
    else if (is_tunnel_key(line))
        tunnel_key_take(foreign, iface, line);
    else if (!option_read(foreign, iface, line))
        networkd_miss(foreign, line);
}

void networkd_device_read(NetForeign *foreign, const GPtrArray *lines)
{
    static const char *const kinds[] = {"bond",    "bridge", "vlan",   "dummy",  "vrf",    "macvlan",
                                        "macvtap", "veth",   "vxlan",  "gre",    "gretap", "ipip",
                                        "sit",     "ifb",    "ip6gre", "ip6tnl", "ipvlan", "ipvtap",
                                        "tap",     "tun",    "ipoib",  NULL};
    const char *name = foreign_ini_get(lines, "NetDev", "Name"),
               *kind = foreign_ini_get(lines, "NetDev", "Kind");
    IfcfgWhere where = lines->len ? ((const ForeignLine *)lines->pdata[0])->where : (IfcfgWhere){0};
    if (!name || !kind || !g_strv_contains(kinds, kind)) {
        g_autofree char *what = g_strdup_printf("%s (%s)", name ? name : "?", kind ? kind : "?");
        foreign_miss(foreign, where, what);
        return;
    }
    gboolean is_file = g_str_equal(kind, "tap") || g_str_equal(kind, "tun"); /* a program's */
    NetIface *iface = foreign_iface(foreign, name, is_file ? "tap" : kind, where);
    if (is_file)
        foreign_option(foreign, iface, "type", kind, where);
    for (guint i = 0; i < lines->len; i++)
        line_read(foreign, iface, lines->pdata[i]);
}
