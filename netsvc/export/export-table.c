/* Our options and keys, and the word for each that NetworkManager, systemd-networkd and nmstate have; no
 * logic. Places are SECTION/KEY, for nmstate the path of the member. Sources: nm-settings-keyfile(5),
 * systemd.netdev(5), systemd.network(5), systemd.link(5), and nmstate's description of its documents. */
#include "export/export-private.h"
#include "i18n.h"
#include <linux/rtnetlink.h>
#include <string.h>

#define NONE                                                                                                 \
    {                                                                                                        \
        .place = NULL                                                                                        \
    }
#define AS(place_, form_)                                                                                    \
    {                                                                                                        \
        .place = place_, .form = EXPORT_AS_##form_                                                           \
    }
#define UNIT(place_, unit_)                                                                                  \
    {                                                                                                        \
        .place = place_, .words = unit_                                                                      \
    } /* of ethtool: what follows the number */
#define WORDS(place_, words_)                                                                                \
    {                                                                                                        \
        .place = place_, .words = words_                                                                     \
    }
#define IMPLIED                                                                                              \
    {                                                                                                        \
        .place = "", .form = EXPORT_AS_IMPLIED                                                               \
    }

/* --- kinds of devices --- */

static const ExportType types[] = {
    {"ethernet", {"ethernet", "", "ethernet"}},
    {"loopback", {"loopback", "", "loopback"}},
    {"bond", {"bond", "bond", "bond"}},
    {"bridge", {"bridge", "bridge", "linux-bridge"}},
    {"vlan", {"vlan", "vlan", "vlan"}},
    {"dummy", {"dummy", "dummy", "dummy"}},
    {"ifb", {NULL, "ifb", NULL}},
    {"veth", {"veth", "veth", "veth"}},
    {"vrf", {"vrf", "vrf", "vrf"}},
    {"macvlan", {"macvlan", "macvlan", "mac-vlan"}},
    {"macvtap", {"macvlan", "macvtap", "mac-vtap"}},
    {"ipvlan", {"ipvlan", "ipvlan", "ipvlan"}},
    {"ipvtap", {NULL, "ipvtap", NULL}},
    {"vxlan", {"vxlan", "vxlan", "vxlan"}},
    {"gre", {"ip-tunnel", "gre", NULL}},
    {"gretap", {"ip-tunnel", "gretap", NULL}},
    {"ip6gre", {"ip-tunnel", "ip6gre", NULL}},
    {"ipip", {"ip-tunnel", "ipip", NULL}},
    {"ip6tnl", {"ip-tunnel", "ip6tnl", NULL}},
    {"sit", {"ip-tunnel", "sit", NULL}},
    {"tap", {"tun", "tap", NULL}},
    {"infiniband", {"infiniband", "", "infiniband"}},
    {"ipoib", {"infiniband", "ipoib", "infiniband"}},
    {"team", {"team", NULL, NULL}},
};

/* Where ports and their device find each other. */
static const ExportType ports[] = {
    {"bond", {NULL, "Bond", "link-aggregation"}},
    {"bridge", {NULL, "Bridge", "bridge"}},
    {"vrf", {NULL, "VRF", "vrf"}},
};

/* --- options of links --- */

#define OWN(kind_, name_, nm_, networkd_, nmstate_)                                                          \
    {                                                                                                        \
        kind_, name_, FALSE,                                                                                 \
        {                                                                                                    \
            nm_, networkd_, nmstate_                                                                         \
        }                                                                                                    \
    }
#define PORT(kind_, name_, nm_, networkd_, nmstate_)                                                         \
    {                                                                                                        \
        kind_, name_, TRUE,                                                                                  \
        {                                                                                                    \
            nm_, networkd_, nmstate_                                                                         \
        }                                                                                                    \
    }
#define LA "link-aggregation/options/"
#define BRO "bridge/options/"

static const ExportOption options[] = {
    OWN("bond", "mode", AS("bond/mode", TEXT), AS("Bond/Mode", TEXT), AS("link-aggregation/mode", TEXT)),
    OWN("bond", "miimon", AS("bond/miimon", TEXT), AS("Bond/MIIMonitorSec", MS), AS(LA "miimon", NUMBER)),
    OWN("bond", "updelay", AS("bond/updelay", TEXT), AS("Bond/UpDelaySec", MS), AS(LA "updelay", NUMBER)),
    OWN("bond", "downdelay", AS("bond/downdelay", TEXT), AS("Bond/DownDelaySec", MS),
        AS(LA "downdelay", NUMBER)),
    OWN("bond", "peer_notif_delay", AS("bond/peer_notif_delay", TEXT), NONE, NONE),
    OWN("bond", "use_carrier", AS("bond/use_carrier", NUMBER), NONE, AS(LA "use_carrier", BOOL)),
    OWN("bond", "arp_interval", AS("bond/arp_interval", TEXT), AS("Bond/ARPIntervalSec", MS),
        AS(LA "arp_interval", NUMBER)),
    OWN("bond", "arp_ip_target", AS("bond/arp_ip_target", TEXT), AS("Bond/ARPIPTargets", BLANKS),
        AS(LA "arp_ip_target", TEXT)),
    OWN("bond", "ns_ip6_target", AS("bond/ns_ip6_target", TEXT), NONE, AS(LA "ns_ip6_target", LIST)),
    OWN("bond", "arp_validate", AS("bond/arp_validate", TEXT),
        WORDS("Bond/ARPValidate", "none|active|backup|all"), AS(LA "arp_validate", TEXT)),
    OWN("bond", "arp_all_targets", AS("bond/arp_all_targets", TEXT), AS("Bond/ARPAllTargets", TEXT),
        AS(LA "arp_all_targets", TEXT)),
    OWN("bond", "primary_reselect", AS("bond/primary_reselect", TEXT), AS("Bond/PrimaryReselectPolicy", TEXT),
        AS(LA "primary_reselect", TEXT)),
    OWN("bond", "fail_over_mac", AS("bond/fail_over_mac", TEXT), AS("Bond/FailOverMACPolicy", TEXT),
        AS(LA "fail_over_mac", TEXT)),
    OWN("bond", "xmit_hash_policy", AS("bond/xmit_hash_policy", TEXT),
        WORDS("Bond/TransmitHashPolicy", "layer2|layer3+4|layer2+3|encap2+3|encap3+4"),
        AS(LA "xmit_hash_policy", TEXT)),
    OWN("bond", "resend_igmp", AS("bond/resend_igmp", TEXT), AS("Bond/ResendIGMP", TEXT),
        AS(LA "resend_igmp", NUMBER)),
    OWN("bond", "num_grat_arp", AS("bond/num_grat_arp", TEXT), AS("Bond/GratuitousARP", TEXT),
        AS(LA "num_grat_arp", NUMBER)),
    OWN("bond", "all_slaves_active", AS("bond/all_slaves_active", NUMBER), AS("Bond/AllSlavesActive", YES),
        WORDS(LA "all_slaves_active", "off=dropped|on=delivered")),
    OWN("bond", "min_links", AS("bond/min_links", TEXT), AS("Bond/MinLinks", TEXT),
        AS(LA "min_links", NUMBER)),
    OWN("bond", "lp_interval", AS("bond/lp_interval", TEXT), AS("Bond/LearnPacketIntervalSec", S),
        AS(LA "lp_interval", NUMBER)),
    OWN("bond", "packets_per_slave", AS("bond/packets_per_slave", TEXT), AS("Bond/PacketsPerSlave", TEXT),
        AS(LA "packets_per_slave", NUMBER)),
    OWN("bond", "lacp_active", AS("bond/lacp_active", TEXT), NONE, AS(LA "lacp_active", BOOL)),
    OWN("bond", "lacp_rate", AS("bond/lacp_rate", TEXT), AS("Bond/LACPTransmitRate", TEXT),
        AS(LA "lacp_rate", TEXT)),
    OWN("bond", "ad_select", WORDS("bond/ad_select", "stable|bandwidth|count"),
        WORDS("Bond/AdSelect", "stable|bandwidth|count"), AS(LA "ad_select", TEXT)),
    OWN("bond", "ad_actor_sys_prio", AS("bond/ad_actor_sys_prio", TEXT),
        AS("Bond/AdActorSystemPriority", TEXT), AS(LA "ad_actor_sys_prio", NUMBER)),
    OWN("bond", "ad_user_port_key", AS("bond/ad_user_port_key", TEXT), AS("Bond/AdUserPortKey", TEXT),
        AS(LA "ad_user_port_key", NUMBER)),
    OWN("bond", "ad_actor_system", AS("bond/ad_actor_system", TEXT), AS("Bond/AdActorSystem", TEXT),
        AS(LA "ad_actor_system", TEXT)),
    OWN("bond", "tlb_dynamic_lb", AS("bond/tlb_dynamic_lb", NUMBER),
        AS("Bond/DynamicTransmitLoadBalancing", YES), AS(LA "tlb_dynamic_lb", BOOL)),
    OWN("bond", "arp_missed_max", AS("bond/arp_missed_max", TEXT), NONE, AS(LA "arp_missed_max", NUMBER)),
    OWN("bond", "primary", AS("bond/primary", TEXT), IMPLIED, AS(LA "primary", TEXT)),
    OWN("bond", "active_slave", AS("bond/active_slave", TEXT), IMPLIED, NONE),
    PORT("bond", "queue_id", AS("bond-port/queue-id", TEXT), NONE, AS("queue-id", NUMBER)),
    PORT("bond", "prio", AS("bond-port/prio", TEXT), NONE, AS("priority", NUMBER)),

    OWN("bridge", "forward_delay", AS("bridge/forward-delay", TICKS_S),
        AS("Bridge/ForwardDelaySec", TICKS_MS), AS(BRO "stp/forward-delay", TICKS_S)),
    OWN("bridge", "hello_time", AS("bridge/hello-time", TICKS_S), AS("Bridge/HelloTimeSec", TICKS_MS),
        AS(BRO "stp/hello-time", TICKS_S)),
    OWN("bridge", "max_age", AS("bridge/max-age", TICKS_S), AS("Bridge/MaxAgeSec", TICKS_MS),
        AS(BRO "stp/max-age", TICKS_S)),
    OWN("bridge", "ageing_time", AS("bridge/ageing-time", TICKS_S), AS("Bridge/AgeingTimeSec", TICKS_MS),
        AS(BRO "mac-ageing-time", TICKS_S)),
    OWN("bridge", "stp_state", AS("bridge/stp", BOOL), AS("Bridge/STP", YES), AS(BRO "stp/enabled", BOOL)),
    OWN("bridge", "priority", AS("bridge/priority", TEXT), AS("Bridge/Priority", TEXT),
        AS(BRO "stp/priority", NUMBER)),
    OWN("bridge", "vlan_filtering", AS("bridge/vlan-filtering", BOOL), AS("Bridge/VLANFiltering", YES),
        IMPLIED), /* by the VLANs of its ports, which each has where it filters */
    OWN("bridge", "vlan_protocol", AS("bridge/vlan-protocol", TEXT),
        WORDS("Bridge/VLANProtocol", "802.1Q=802.1q|802.1ad"),
        WORDS(BRO "vlan-protocol", "802.1Q=802.1q|802.1ad")),
    OWN("bridge", "default_pvid", AS("bridge/vlan-default-pvid", TEXT), AS("Bridge/DefaultPVID", TEXT),
        AS(BRO "vlan-default-pvid", NUMBER)),
    OWN("bridge", "vlan_stats_enabled", AS("bridge/vlan-stats-enabled", BOOL), NONE, NONE),
    OWN("bridge", "group_fwd_mask", AS("bridge/group-forward-mask", NUMBER),
        AS("Bridge/GroupForwardMask", NUMBER), AS(BRO "group-forward-mask", NUMBER)),
    OWN("bridge", "group_addr", AS("bridge/group-address", TEXT), NONE, AS(BRO "group-addr", TEXT)),
    OWN("bridge", "multicast_router", WORDS("bridge/multicast-router", "0=disabled|1=auto|2=enabled"), NONE,
        AS(BRO "multicast-router", NUMBER)),
    OWN("bridge", "multicast_snooping", AS("bridge/multicast-snooping", BOOL),
        AS("Bridge/MulticastSnooping", YES), AS(BRO "multicast-snooping", BOOL)),
    OWN("bridge", "multicast_query_use_ifaddr", AS("bridge/multicast-query-use-ifaddr", BOOL), NONE,
        AS(BRO "multicast-query-use-ifaddr", BOOL)),
    OWN("bridge", "multicast_querier", AS("bridge/multicast-querier", BOOL),
        AS("Bridge/MulticastQuerier", YES), AS(BRO "multicast-querier", BOOL)),
    OWN("bridge", "hash_max", AS("bridge/multicast-hash-max", TEXT), NONE, AS(BRO "hash-max", NUMBER)),
    OWN("bridge", "multicast_last_member_count", AS("bridge/multicast-last-member-count", TEXT), NONE,
        AS(BRO "multicast-last-member-count", NUMBER)),
    OWN("bridge", "multicast_startup_query_count", AS("bridge/multicast-startup-query-count", TEXT), NONE,
        AS(BRO "multicast-startup-query-count", NUMBER)),
    OWN("bridge", "multicast_last_member_interval", AS("bridge/multicast-last-member-interval", TEXT), NONE,
        AS(BRO "multicast-last-member-interval", NUMBER)),
    OWN("bridge", "multicast_membership_interval", AS("bridge/multicast-membership-interval", TEXT), NONE,
        AS(BRO "multicast-membership-interval", NUMBER)),
    OWN("bridge", "multicast_querier_interval", AS("bridge/multicast-querier-interval", TEXT), NONE,
        AS(BRO "multicast-querier-interval", NUMBER)),
    OWN("bridge", "multicast_query_interval", AS("bridge/multicast-query-interval", TEXT), NONE,
        AS(BRO "multicast-query-interval", NUMBER)),
    OWN("bridge", "multicast_query_response_interval", AS("bridge/multicast-query-response-interval", TEXT),
        NONE, AS(BRO "multicast-query-response-interval", NUMBER)),
    OWN("bridge", "multicast_startup_query_interval", AS("bridge/multicast-startup-query-interval", TEXT),
        NONE, AS(BRO "multicast-startup-query-interval", NUMBER)),
    OWN("bridge", "multicast_igmp_version", NONE, AS("Bridge/MulticastIGMPVersion", TEXT), NONE),
    PORT("bridge", "path_cost", AS("bridge-port/path-cost", TEXT), AS("Bridge/Cost", TEXT),
         AS("stp-path-cost", NUMBER)),
    PORT("bridge", "priority", AS("bridge-port/priority", TEXT), AS("Bridge/Priority", TEXT),
         AS("stp-priority", NUMBER)),
    PORT("bridge", "hairpin_mode", AS("bridge-port/hairpin-mode", BOOL), AS("Bridge/HairPin", YES),
         AS("stp-hairpin-mode", BOOL)),
    PORT("bridge", "bpdu_guard", NONE, AS("Bridge/UseBPDU", NO), NONE),
    PORT("bridge", "root_block", NONE, AS("Bridge/AllowPortToBeRoot", NO), NONE),
    PORT("bridge", "multicast_fast_leave", NONE, AS("Bridge/FastLeave", YES), NONE),
    PORT("bridge", "learning", NONE, AS("Bridge/Learning", YES), NONE),
    PORT("bridge", "unicast_flood", NONE, AS("Bridge/UnicastFlood", YES), NONE),
    PORT("bridge", "proxyarp", NONE, AS("Bridge/ProxyARP", YES), NONE),
    PORT("bridge", "proxyarp_wifi", NONE, AS("Bridge/ProxyARPWiFi", YES), NONE),
    PORT("bridge", "multicast_router", NONE,
         WORDS("Bridge/MulticastRouter", "0=no|1=query|2=permanent|3=temporary"), NONE),
    PORT("bridge", "multicast_flood", NONE, AS("Bridge/MulticastFlood", YES), NONE),
    PORT("bridge", "multicast_to_unicast", NONE, AS("Bridge/MulticastToUnicast", YES), NONE),
    PORT("bridge", "neigh_suppress", NONE, AS("Bridge/NeighborSuppression", YES), NONE),
    PORT("bridge", "isolated", NONE, AS("Bridge/Isolated", YES), NONE),

    OWN("vlan", "id", AS("vlan/id", TEXT), AS("VLAN/Id", TEXT), AS("vlan/id", NUMBER)),
    OWN("vlan", "protocol", AS("vlan/protocol", TEXT), WORDS("VLAN/Protocol", "802.1Q=802.1q|802.1ad"),
        WORDS("vlan/protocol", "802.1Q=802.1q|802.1ad")),
    OWN("vlan", "reorder_hdr", IMPLIED, AS("VLAN/ReorderHeader", YES), AS("vlan/reorder-headers", BOOL)),
    OWN("vlan", "gvrp", IMPLIED, AS("VLAN/GVRP", YES),
        WORDS("vlan/registration-protocol", "on=gvrp|off=none")),
    OWN("vlan", "mvrp", IMPLIED, AS("VLAN/MVRP", YES),
        WORDS("vlan/registration-protocol", "on=mvrp|off=none")),
    OWN("vlan", "loose_binding", IMPLIED, AS("VLAN/LooseBinding", YES), AS("vlan/loose-binding", BOOL)),
    OWN("vlan", "ingress_qos_map", AS("vlan/ingress-priority-map", ENDED), AS("VLAN/IngressQOSMaps", MAP),
        AS("vlan/ingress-qos-map", PAIRS)),
    OWN("vlan", "egress_qos_map", AS("vlan/egress-priority-map", ENDED), AS("VLAN/EgressQOSMaps", MAP),
        AS("vlan/egress-qos-map", PAIRS)),

    OWN("macvlan", "mode", WORDS("macvlan/mode", "vepa=1|bridge=2|private=3|passthru=4|source=5"),
        AS("MACVLAN/Mode", TEXT), AS("mac-vlan/mode", TEXT)),
    OWN("macvtap", "mode", WORDS("macvlan/mode", "vepa=1|bridge=2|private=3|passthru=4|source=5"),
        AS("MACVTAP/Mode", TEXT), AS("mac-vtap/mode", TEXT)),
    OWN("macvlan", "bc_queue_len", NONE, AS("MACVLAN/BroadcastMulticastQueueLength", TEXT), NONE),
    OWN("macvtap", "bc_queue_len", NONE, AS("MACVTAP/BroadcastMulticastQueueLength", TEXT), NONE),
    OWN("ipvlan", "mode", WORDS("ipvlan/mode", "l2=1|l3=2|l3s=3"),
        WORDS("IPVLAN/Mode", "l2=L2|l3=L3|l3s=L3S"), AS("ipvlan/mode", TEXT)),
    OWN("ipvtap", "mode", NONE, WORDS("IPVTAP/Mode", "l2=L2|l3=L3|l3s=L3S"), NONE),
    OWN("ipvlan", "flags", WORDS("ipvlan/private", "bridge=false|private=true"),
        WORDS("IPVLAN/Flags", "bridge|private|vepa"), NONE),
    OWN("ipvtap", "flags", NONE, WORDS("IPVTAP/Flags", "bridge|private|vepa"), NONE),

    OWN("vxlan", "id", AS("vxlan/id", TEXT), AS("VXLAN/VNI", TEXT), AS("vxlan/id", NUMBER)),
    OWN("vxlan", "remote", AS("vxlan/remote", TEXT), AS("VXLAN/Remote", TEXT), AS("vxlan/remote", TEXT)),
    OWN("vxlan", "remote6", AS("vxlan/remote", TEXT), AS("VXLAN/Remote", TEXT), AS("vxlan/remote", TEXT)),
    OWN("vxlan", "local", AS("vxlan/local", TEXT), AS("VXLAN/Local", TEXT), AS("vxlan/local", TEXT)),
    OWN("vxlan", "local6", AS("vxlan/local", TEXT), AS("VXLAN/Local", TEXT), AS("vxlan/local", TEXT)),
    OWN("vxlan", "dev", AS("vxlan/parent", TEXT), IMPLIED, AS("vxlan/base-iface", TEXT)),
    OWN("vxlan", "port", AS("vxlan/destination-port", TEXT), AS("VXLAN/DestinationPort", TEXT),
        AS("vxlan/destination-port", NUMBER)),
    OWN("vxlan", "limit", AS("vxlan/limit", TEXT), AS("VXLAN/MaximumFDBEntries", TEXT), NONE),
    OWN("vxlan", "ttl", AS("vxlan/ttl", NUMBER), AS("VXLAN/TTL", TEXT), NONE),
    OWN("vxlan", "tos", AS("vxlan/tos", NUMBER), AS("VXLAN/TOS", NUMBER), NONE),
    OWN("vxlan", "learning", AS("vxlan/learning", BOOL), AS("VXLAN/MacLearning", YES),
        AS("vxlan/learning", BOOL)),
    OWN("vxlan", "ageing", AS("vxlan/ageing", TEXT), AS("VXLAN/FDBAgeingSec", S), NONE),

    OWN("vrf", "table", AS("vrf/table", TEXT), AS("VRF/Table", TEXT), AS("vrf/route-table-id", NUMBER)),

#define ROW(kind_, option_, nm_, networkd_)                                                                  \
    {                                                                                                        \
        .kind = kind_, .option = option_, .cells = {                                                         \
            {.place = "ip-tunnel/" nm_, .form = EXPORT_AS_NUMBER},                                           \
            {.place = "Tunnel/" networkd_, .form = EXPORT_AS_NUMBER}                                         \
        }                                                                                                    \
    }
#define END(kind_, option_, networkd_)                                                                       \
    {                                                                                                        \
        .kind = kind_, .option = option_, .cells = {                                                         \
            {.place = "ip-tunnel/" option_},                                                                 \
            {.place = "Tunnel/" networkd_}                                                                   \
        }                                                                                                    \
    }
#define FLAGS(kind_, option_)                                                                                \
    {                                                                                                        \
        .kind = kind_, .option = option_, .cells = {                                                         \
            {.place = "", .form = EXPORT_AS_IMPLIED},                                                        \
            {.place = "", .form = EXPORT_AS_IMPLIED}                                                         \
        }                                                                                                    \
    }
#define TUNNEL(kind_)                                                                                        \
    END(kind_, "local", "Local"), END(kind_, "remote", "Remote"), ROW(kind_, "ttl", "ttl", "TTL"),           \
        ROW(kind_, "tos", "tos", "TOS")
#define KEYS(kind_)                                                                                          \
    FLAGS(kind_, "iflags"), FLAGS(kind_, "oflags"), ROW(kind_, "ikey", "input-key", "InputKey"),             \
        ROW(kind_, "okey", "output-key", "OutputKey")
#define LIMIT(kind_) ROW(kind_, "encap_limit", "encapsulation-limit", "EncapsulationLimit")
    TUNNEL("gre"),
    KEYS("gre"),
    TUNNEL("gretap"),
    KEYS("gretap"),
    TUNNEL("ip6gre"),
    KEYS("ip6gre"),
    LIMIT("ip6gre"),
    TUNNEL("ipip"),
    TUNNEL("sit"),
    TUNNEL("ip6tnl"),
    LIMIT("ip6tnl"),
    OWN("ip6tnl", "proto", WORDS("ip-tunnel/mode", "ipip6=7|ip6ip6=6"),
        WORDS("Tunnel/Mode", "any|ipip6|ip6ip6"), NONE),

    OWN("tap", "type", WORDS("tun/mode", "tun=1|tap=2"), IMPLIED, NONE),
    OWN("tap", "owner", AS("tun/owner", TEXT), AS("Tap/User", TEXT), NONE),
    OWN("tap", "group", AS("tun/group", TEXT), AS("Tap/Group", TEXT), NONE),

    OWN("infiniband", "mode", AS("infiniband/transport-mode", TEXT), NONE, AS("infiniband/mode", TEXT)),
    OWN("ipoib", "mode", AS("infiniband/transport-mode", TEXT), AS("IPoIB/Mode", TEXT),
        AS("infiniband/mode", TEXT)),
    OWN("ipoib", "pkey", AS("infiniband/p-key", NUMBER), AS("IPoIB/PartitionKey", NUMBER),
        AS("infiniband/pkey", TEXT)),
};

/* --- plain keys --- */

static const ExportKey keys[] = {
    {"ZONE", {AS("connection/zone", TEXT), NONE, NONE}},
    {"DEVTIMEOUT", {AS("connection/wait-device-timeout", FROM_S), NONE, AS("wait-ip", IMPLIED)}},
    {"ARP", {NONE, AS("Link/ARP", YES), NONE}},
    {"ARPING_WAIT", {AS("ipv4/dad-timeout", FROM_S), NONE, NONE}},
    {"DHCP_CLIENT_ID", {AS("ipv4/dhcp-client-id", TEXT), NONE, AS("ipv4/dhcp-client-id", TEXT)}},
    {"DHCP_FQDN",
     {AS("ipv4/dhcp-fqdn", TEXT), AS("DHCPv4/Hostname", TEXT), AS("ipv4/dhcp-custom-hostname", TEXT)}},
    {"DHCP_HOSTNAME",
     {AS("ipv4/dhcp-hostname", TEXT), AS("DHCPv4/Hostname", TEXT), AS("ipv4/dhcp-custom-hostname", TEXT)}},
    {"DHCP_SEND_HOSTNAME",
     {AS("ipv4/dhcp-send-hostname", BOOL), AS("DHCPv4/SendHostname", YES),
      AS("ipv4/dhcp-send-hostname", BOOL)}},
    {"DHCP_TIMEOUT", {AS("ipv4/dhcp-timeout", TEXT), IMPLIED, IMPLIED}},
    {"DHCP_VENDOR_CLASS_IDENTIFIER",
     {AS("ipv4/dhcp-vendor-class-identifier", TEXT), AS("DHCPv4/VendorClassIdentifier", TEXT), NONE}},
    {"DHCPRELEASE", {WORDS("ipv4/dhcp-send-release", "yes=1|no=0"), AS("DHCPv4/SendRelease", YES), IMPLIED}},
    {"IPV4_FAILURE_FATAL", {AS("ipv4/may-fail", NOT), NONE, NONE}},
    {"IPV6_PRIVACY_PREFER_PUBLIC_IP", {IMPLIED, IMPLIED, NONE}},
    {"IPV6_DEFROUTE", {AS("ipv6/never-default", NOT), AS("IPv6AcceptRA/UseGateway", YES), IMPLIED}},
    {"IPV6FORWARDING", {NONE, AS("Network/IPForward", YES), NONE}},
    {"PEERDNS", {AS("ipv4/ignore-auto-dns", NOT), AS("DHCPv4/UseDNS", YES), AS("ipv4/auto-dns", BOOL)}},
    {"PEERNTP", {IMPLIED, AS("DHCPv4/UseNTP", YES), IMPLIED}},
    {"PEERROUTES",
     {AS("ipv4/ignore-auto-routes", NOT), AS("DHCPv4/UseRoutes", YES), AS("ipv4/auto-routes", BOOL)}},
    /* what only NetworkManager's own reader of these files knew */
    {"ACCEPT_ALL_MAC_ADDRESSES",
     {WORDS("ethernet/accept-all-mac-addresses", "yes=1|no=0"), AS("Link/Promiscuous", YES),
      AS("accept-all-mac-addresses", BOOL)}},
    {"AUTOCONNECT_PRIORITY", {AS("connection/autoconnect-priority", TEXT), NONE, NONE}},
    {"AUTOCONNECT_RETRIES", {AS("connection/autoconnect-retries", TEXT), NONE, NONE}},
    {"CONNECTION_METERED", {WORDS("connection/metered", "yes=1|no=2"), NONE, NONE}},
    {"DHCPV6_DUID", {AS("ipv6/dhcp-duid", TEXT), NONE, NONE}},
    {"DHCPV6_HOSTNAME", {AS("ipv6/dhcp-hostname", TEXT), NONE, NONE}},
    {"DHCPV6_SEND_HOSTNAME", {AS("ipv6/dhcp-send-hostname", BOOL), NONE, NONE}},
    {"DHCP_IAID", {AS("ipv4/dhcp-iaid", TEXT), NONE, NONE}},
    {"GATEWAY_PING_TIMEOUT", {AS("connection/gateway-ping-timeout", TEXT), NONE, NONE}},
    {"IPV4_DNS_PRIORITY", {AS("ipv4/dns-priority", TEXT), NONE, NONE}},
    {"IPV4_DHCP_TIMEOUT", {AS("ipv4/dhcp-timeout", TEXT), NONE, NONE}},
    {"IPV4_REQUIRED_TIMEOUT", {AS("ipv4/required-timeout", TEXT), NONE, NONE}},
    /* the routes have them too; with a table NetworkManager would move the networks of the addresses as well
     */
    {"IPV4_ROUTE_METRIC", {AS("ipv4/route-metric", TEXT), IMPLIED, IMPLIED}},
    {"IPV4_ROUTE_TABLE", {IMPLIED, IMPLIED, IMPLIED}},
    {"IPV6_DNS_PRIORITY", {AS("ipv6/dns-priority", TEXT), NONE, NONE}},
    {"IPV6_DHCP_TIMEOUT", {AS("ipv6/dhcp-timeout", TEXT), NONE, NONE}},
    {"IPV6_FAILURE_FATAL", {AS("ipv6/may-fail", NOT), NONE, NONE}},
    {"IPV6_PEERDNS", {AS("ipv6/ignore-auto-dns", NOT), NONE, NONE}},
    {"IPV6_PEERROUTES", {AS("ipv6/ignore-auto-routes", NOT), NONE, NONE}},
    {"IPV6_RA_TIMEOUT", {AS("ipv6/ra-timeout", TEXT), NONE, NONE}},
    {"IPV6_ROUTE_METRIC", {AS("ipv6/route-metric", TEXT), IMPLIED, IMPLIED}},
    {"IPV6_ROUTE_TABLE", {IMPLIED, IMPLIED, IMPLIED}},
    {"IPV6_TOKEN", {AS("ipv6/token", TEXT), AS("IPv6AcceptRA/Token", TEXT), AS("ipv6/token", TEXT)}},
    {"LAST_CONNECT", {AS("connection/timestamp", TEXT), NONE, NONE}},
    {"LLDP", {WORDS("connection/lldp", "no=0|yes=1|rx=1"), NONE, NONE}},
    {"LLMNR", {WORDS("connection/llmnr", "no=0|resolve=1|yes=2"), NONE, NONE}},
    {"MDNS", {WORDS("connection/mdns", "no=0|resolve=1|yes=2"), NONE, NONE}},
    {"MULTI_CONNECT", {AS("connection/multi-connect", TEXT), NONE, NONE}},
    {"WAIT_ACTIVATION_DELAY", {IMPLIED, NONE, NONE}},
};

/* Of each: export-device.c, or who writes addresses, routes and names. */
static const char *const structure[] = {
    "DEVICE",
    "TYPE",
    "DEVICETYPE",
    "NAME",
    "UUID",
    "ONBOOT",
    "HWADDR",
    "MACADDR",
    "BRIDGE_MACADDR",
    "MTU",
    "IPV6_MTU",
    "MASTER",
    "SLAVE",
    "BRIDGE",
    "VRF",
    "VLAN",
    "VXLAN",
    "PHYSDEV",
    "VID",
    "PEER",
    "VETH_PEER",
    "PKEY",
    "PKEY_ID",
    "PKEY_ID_NM",
    "MACVLAN_PARENT",
    "BONDING_MASTER",
    "BONDING_OPTS",
    "BRIDGING_OPTS",
    "VXLAN_OPTS",
    "VLAN_FLAGS",
    "OWNER",
    "GROUP",
    "CONNECTED_MODE",
    "KEY",
    "TTL",
    "MY_OUTER_IPADDR",
    "PEER_OUTER_IPADDR",
    "MY_INNER_IPADDR",
    "PEER_INNER_IPADDR",
    "IPV6TUNNELIPV4",
    "IPV6TUNNELIPV4LOCAL",
    "BOOTPROTO",
    "DHCPV6C",
    "IPADDR",
    "PREFIX",
    "NETMASK",
    "BROADCAST",
    "NETWORK",
    "SCOPE",
    "IPADDR_START",
    "IPADDR_END",
    "CLONENUM_START",
    "GATEWAY",
    "GATEWAYDEV",
    "DEFROUTE",
    "METRIC",
    "WINDOW",
    "EXTRA_ROUTE_OPTS",
    "SRCADDR",
    "DHCLIENT_IGNORE_GATEWAY",
    "NOROUTESET",
    "NO_ALIASROUTING",
    "NOZEROCONF",
    "ROUTING_RULE_",
    "ROUTING_RULE6_",
    "DNS",
    "DOMAIN",
    "SEARCH",
    "RES_OPTIONS",
    "IPV6_DOMAIN",
    "IPV6_RES_OPTIONS",
    "RESOLV_MODS",
    "IPV6INIT",
    "IPV6ADDR",
    "IPV6ADDR_SECONDARIES",
    "IPV6_AUTOCONF",
    "IPV6_FORCE_ACCEPT_RA",
    "IPV6_DEFAULTGW",
    "IPV6_DEFAULTDEV",
    "IPV6_PRIVACY",
    "IPV6_ADDR_GEN_MODE",
    "ETHTOOL_OPTS",
    "ONPARENT",
    "NETWORKING",
    "TEAM_MASTER",
    "TEAM_CONFIG",
    "TEAM_PORT_CONFIG",
    "DHCP_CLIENT",
    "ARPCHECK",
    "NM_CONTROLLED",
    "IPV6_DISABLED",
};

#define ALL (1 << EXPORT_COLUMN_NM | 1 << EXPORT_COLUMN_NETWORKD | 1 << EXPORT_COLUMN_NMSTATE)
#define NM (1 << EXPORT_COLUMN_NM)
#define NETWORKD (1 << EXPORT_COLUMN_NETWORKD)
#define NMSTATE (1 << EXPORT_COLUMN_NMSTATE)

static const ExportReason reasons[] = {
    {"ARPING_*", ALL, N_("how long another host with the address is looked for is not to be chosen there")},
    {"ARPUPDATE*", ALL, N_("whether an address is announced is not to be chosen there")},
    {"USERCTL", NM, N_("there polkit says who may start and stop a device")},
    {"USERCTL", NETWORKD | NMSTATE, N_("users cannot start and stop devices there")},
    {"HOTPLUG", ALL, N_("there a device is set up whenever it appears")},
    {"LINKDELAY", ALL, N_("there nothing waits for a carrier; it is used when it comes")},
    {"DEVTIMEOUT", ALL, N_("there a device is set up whenever it appears")},
    {"ETHTOOL_DELAY", ALL, N_("there is no pause before the settings of ethtool")},
    {"LINKSTATUS", ALL, N_("a device that is configured is up there")},
    {"DHCLIENTARGS", ALL, N_("its DHCP client is its own, not dhclient")},
    {"DHCPV6C_OPTIONS", ALL, N_("its DHCP client is its own, not dhclient")},
    {"PERSISTENT_DHCLIENT*", ALL, N_("its DHCP client never gives up")},
    {"ZONE", NETWORKD | NMSTATE,
     N_("zones are firewalld's: firewall-cmd --permanent --zone=ZONE --add-interface=DEVICE")},
    {"IPV6FORWARDING", NM | NMSTATE, N_("forwarding is sysctl's: net.ipv6.conf.DEVICE.forwarding")},
    {"IPV6_ROUTER", ALL, N_("forwarding is sysctl's: net.ipv6.conf.DEVICE.forwarding")},
    {"IPV6_AUTOTUNNEL", ALL, N_("there is no such tunnel")},
    {"IPV6TO4*", ALL, N_("there is no 6to4 of its own")},
    {"IPV6_SET_SYSCTLS", ALL, N_("it always sets those of its devices")},
    {"BOOTPROTO", ALL, N_("there is no such way to an address")},
    {"NEXTHOP_OBJECTS", ALL, N_("the routes are there, each with its own gateway")},
};

/* --- metrics of routes --- */

static const ExportMetric metrics[] = {
    {RTAX_MTU, {"mtu", "MTUBytes", "mtu"}},
    {RTAX_WINDOW, {"window", NULL, NULL}},
    {RTAX_CWND, {"cwnd", NULL, "cwnd"}},
    {RTAX_INITCWND, {"initcwnd", "InitialCongestionWindow", "initcwnd"}},
    {RTAX_INITRWND, {"initrwnd", "InitialAdvertisedReceiveWindow", "initrwnd"}},
    {RTAX_QUICKACK, {"quickack", "QuickAck", "quickack"}},
    {RTAX_ADVMSS, {"advmss", "TCPAdvertisedMaximumSegmentSize", "advmss"}},
    {RTAX_RTO_MIN, {"rto_min", NULL, NULL}},
    {RTAX_FASTOPEN_NO_COOKIE, {NULL, "FastOpenNoCookie", NULL}},
};

/* --- ethtool --- */

#define RING(word_, networkd_)                                                                               \
    {                                                                                                        \
        "-G", word_,                                                                                         \
        {                                                                                                    \
            AS("ethtool/ring-" word_, TEXT), networkd_, AS("ethtool/ring/" word_, NUMBER)                    \
        }                                                                                                    \
    }
#define COALESCE(word_, networkd_)                                                                           \
    {                                                                                                        \
        "-C", word_,                                                                                         \
        {                                                                                                    \
            AS("ethtool/coalesce-" word_, NUMBER), networkd_, AS("ethtool/coalesce/" word_, NUMBER)          \
        }                                                                                                    \
    }
static const ExportEthtool ethtool[] = {
    {"-s",
     "speed",
     {AS("ethernet/speed", TEXT), UNIT("Link/BitsPerSecond", "M"), AS("ethernet/speed", NUMBER)}},
    {"-s", "duplex", {AS("ethernet/duplex", TEXT), AS("Link/Duplex", TEXT), AS("ethernet/duplex", TEXT)}},
    {"-s",
     "autoneg",
     {AS("ethernet/auto-negotiate", BOOL), AS("Link/AutoNegotiation", YES),
      AS("ethernet/auto-negotiation", BOOL)}},
    RING("rx", AS("Link/RxBufferSize", TEXT)),
    RING("rx-mini", AS("Link/RxMiniBufferSize", TEXT)),
    RING("rx-jumbo", AS("Link/RxJumboBufferSize", TEXT)),
    RING("tx", AS("Link/TxBufferSize", TEXT)),
    {"-L", "rx", {AS("ethtool/channels-rx", TEXT), AS("Link/RxChannels", TEXT), NONE}},
    {"-L", "tx", {AS("ethtool/channels-tx", TEXT), AS("Link/TxChannels", TEXT), NONE}},
    {"-L", "other", {AS("ethtool/channels-other", TEXT), AS("Link/OtherChannels", TEXT), NONE}},
    {"-L", "combined", {AS("ethtool/channels-combined", TEXT), AS("Link/CombinedChannels", TEXT), NONE}},
    {"-A",
     "autoneg",
     {AS("ethtool/pause-autoneg", BOOL), AS("Link/AutoNegotiationFlowControl", YES),
      AS("ethtool/pause/autoneg", BOOL)}},
    {"-A", "rx", {AS("ethtool/pause-rx", BOOL), AS("Link/RxFlowControl", YES), AS("ethtool/pause/rx", BOOL)}},
    {"-A", "tx", {AS("ethtool/pause-tx", BOOL), AS("Link/TxFlowControl", YES), AS("ethtool/pause/tx", BOOL)}},
    {"-C",
     "adaptive-rx",
     {AS("ethtool/coalesce-adaptive-rx", NUMBER), AS("Link/UseAdaptiveRxCoalesce", YES),
      AS("ethtool/coalesce/adaptive-rx", BOOL)}},
    {"-C",
     "adaptive-tx",
     {AS("ethtool/coalesce-adaptive-tx", NUMBER), AS("Link/UseAdaptiveTxCoalesce", YES),
      AS("ethtool/coalesce/adaptive-tx", BOOL)}},
    COALESCE("rx-usecs", UNIT("Link/RxCoalesceSec", "us")),
    COALESCE("rx-frames", AS("Link/RxMaxCoalescedFrames", TEXT)),
    COALESCE("rx-usecs-irq", UNIT("Link/RxCoalesceIrqSec", "us")),
    COALESCE("rx-frames-irq", AS("Link/RxMaxCoalescedIrqFrames", TEXT)),
    COALESCE("tx-usecs", UNIT("Link/TxCoalesceSec", "us")),
    COALESCE("tx-frames", AS("Link/TxMaxCoalescedFrames", TEXT)),
    COALESCE("tx-usecs-irq", UNIT("Link/TxCoalesceIrqSec", "us")),
    COALESCE("tx-frames-irq", AS("Link/TxMaxCoalescedIrqFrames", TEXT)),
    COALESCE("stats-block-usecs", UNIT("Link/StatisticsBlockCoalesceSec", "us")),
    COALESCE("pkt-rate-low", AS("Link/CoalescePacketRateLow", TEXT)),
    COALESCE("pkt-rate-high", AS("Link/CoalescePacketRateHigh", TEXT)),
    COALESCE("rx-usecs-low", UNIT("Link/RxCoalesceLowSec", "us")),
    COALESCE("rx-usecs-high", UNIT("Link/RxCoalesceHighSec", "us")),
    COALESCE("tx-usecs-low", UNIT("Link/TxCoalesceLowSec", "us")),
    COALESCE("tx-usecs-high", UNIT("Link/TxCoalesceHighSec", "us")),
    COALESCE("rx-frames-low", AS("Link/RxMaxCoalescedLowFrames", TEXT)),
    COALESCE("rx-frames-high", AS("Link/RxMaxCoalescedHighFrames", TEXT)),
    COALESCE("tx-frames-low", AS("Link/TxMaxCoalescedLowFrames", TEXT)),
    COALESCE("tx-frames-high", AS("Link/TxMaxCoalescedHighFrames", TEXT)),
    COALESCE("sample-interval", UNIT("Link/CoalescePacketRateSampleIntervalSec", "s")),
    {"-K",
     "rx",
     {AS("ethtool/feature-rx", BOOL), AS("Link/ReceiveChecksumOffload", YES),
      AS("ethtool/feature/rx-checksum", BOOL)}},
    {"-K",
     "tx",
     {AS("ethtool/feature-tx", BOOL), AS("Link/TransmitChecksumOffload", YES),
      AS("ethtool/feature/tx-checksum-ip-generic", BOOL)}},
    {"-K", "sg", {AS("ethtool/feature-sg", BOOL), NONE, AS("ethtool/feature/tx-scatter-gather", BOOL)}},
    {"-K",
     "tso",
     {AS("ethtool/feature-tso", BOOL), AS("Link/TCPSegmentationOffload", YES),
      AS("ethtool/feature/tx-tcp-segmentation", BOOL)}},
    {"-K",
     "gso",
     {AS("ethtool/feature-gso", BOOL), AS("Link/GenericSegmentationOffload", YES),
      AS("ethtool/feature/tx-generic-segmentation", BOOL)}},
    {"-K",
     "gro",
     {AS("ethtool/feature-gro", BOOL), AS("Link/GenericReceiveOffload", YES),
      AS("ethtool/feature/rx-gro", BOOL)}},
    {"-K",
     "lro",
     {AS("ethtool/feature-lro", BOOL), AS("Link/LargeReceiveOffload", YES),
      AS("ethtool/feature/rx-lro", BOOL)}},
    {"-K",
     "rxvlan",
     {AS("ethtool/feature-rxvlan", BOOL), AS("Link/ReceiveVLANCTAGHardwareAcceleration", YES),
      AS("ethtool/feature/rx-vlan-hw-parse", BOOL)}},
    {"-K",
     "txvlan",
     {AS("ethtool/feature-txvlan", BOOL), AS("Link/TransmitVLANCTAGHardwareAcceleration", YES),
      AS("ethtool/feature/tx-vlan-hw-insert", BOOL)}},
    {"-K",
     "ntuple",
     {AS("ethtool/feature-ntuple", BOOL), AS("Link/NTupleFilter", YES),
      AS("ethtool/feature/rx-ntuple-filter", BOOL)}},
    {"-K", "rxhash", {AS("ethtool/feature-rxhash", BOOL), NONE, AS("ethtool/feature/rx-hashing", BOOL)}},
};

/* --- finding --- */

const ExportOption *export_option_find(const char *kind, const char *option, gboolean is_port)
{
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++)
        if (options[i].is_port == is_port && g_str_equal(options[i].kind, kind) &&
            g_str_equal(options[i].option, option))
            return &options[i];
    return NULL;
}

const ExportKey *export_keys_table(gsize *ret_count)
{
    *ret_count = G_N_ELEMENTS(keys);
    return keys;
}

const ExportMetric *export_metrics_table(gsize *ret_count)
{
    *ret_count = G_N_ELEMENTS(metrics);
    return metrics;
}

static const char *word_find(const ExportType *rows, gsize n, const char *kind, guint column)
{
    for (gsize i = 0; i < n; i++)
        if (g_str_equal(rows[i].kind, kind))
            return rows[i].types[column];
    return NULL;
}

const char *export_type_find(const char *kind, guint column)
{
    return word_find(types, G_N_ELEMENTS(types), kind, column);
}

const char *export_ports_find(const char *kind, guint column)
{
    return word_find(ports, G_N_ELEMENTS(ports), kind, column);
}

const ExportEthtool *export_ethtool_find(const char *verb, const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(ethtool); i++)
        if (g_str_equal(ethtool[i].verb, verb) && g_str_equal(ethtool[i].word, word))
            return &ethtool[i];
    return NULL;
}

static gboolean pattern_fits(const char *pattern, const char *key)
{
    gsize length = strlen(pattern);
    return length && pattern[length - 1] == '*' ? !strncmp(pattern, key, length - 1) : !strcmp(pattern, key);
}

const char *export_reason_find(const char *key, guint column)
{
    for (gsize i = 0; i < G_N_ELEMENTS(reasons); i++)
        if ((reasons[i].columns & 1u << column) && pattern_fits(reasons[i].key, key))
            return _(reasons[i].reason);
    return NULL;
}

gboolean export_key_is_structure(const char *key)
{
    for (gsize i = 0; i < G_N_ELEMENTS(structure); i++) {
        gsize length = strlen(structure[i]);
        if (!strncmp(structure[i], key, length) && key[length + strspn(key + length, "0123456789")] == '\0')
            return TRUE;
    }
    return FALSE;
}
