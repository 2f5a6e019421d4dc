/* The rows of bridges and of their ports; no logic. Sources: net/bridge/br_netlink.c, br_sysfs_br.c,
 * br_sysfs_if.c. Names are those of the files in sysfs, which is what BRIDGING_OPTS has always held; times
 * are in clock ticks there. */
#include "families.h"
#include "i18n.h"

#include <linux/if_bridge.h>
#include <linux/if_link.h>

/* Attributes that are younger than the headers of the oldest supported build system (Linux 6.1):
 * include/uapi/linux/if_link.h. */
enum {
    ATTR_BR_FDB_MAX_LEARNED = 49,
    ATTR_BRPORT_LOCKED = 39,
    ATTR_BRPORT_MCAST_MAX_GROUPS = 42,
    ATTR_BRPORT_NEIGH_VLAN_SUPPRESS = 43,
};

#define KERNEL_INT_MAX 2147483647u

static const LinkName names_switch[] = {{"off", 0}, {"on", 1}, {NULL, 0}};
static const LinkName names_protocol[] = {{"802.1Q", 0x8100}, {"802.1ad", 0x88a8}, {NULL, 0}};

#define OPTION(name_, kind_, width_, attr_)                                                                  \
    .name = name_, .kind = LINK_VALUE_##kind_, .width = width_, .attr = attr_,                               \
    .when = LINK_WHEN_BEFORE_PORTS, .sysfs = "bridge/" name_
#define FLAG(name_, attr_, fallback_) OPTION(name_, FLAG, 1, attr_), .fallback = fallback_
#define TICKS(name_, width_, attr_, fallback_)                                                               \
    OPTION(name_, TICKS, width_, attr_), .max = KERNEL_INT_MAX, .fallback = fallback_
#define RANGE(min_, max_) .min = min_, .max = max_

static const LinkOption own_rows[] = {
    /* While it is on, forward_delay is refused below two seconds (br_stp.c, br_set_forward_delay()); one
     * message sets that before this. */
    {.name = "stp_state",
     .kind = LINK_VALUE_ENUM,
     .width = 4,
     .attr = IFLA_BR_STP_STATE,
     .when = LINK_WHEN_FIRST,
     .sysfs = "bridge/stp_state",
     .key = "STP",
     .names = names_switch,
     .fallback = "off",
     .since = "2.6.16",
     .help = N_("Spanning tree, which prevents loops")},
    {OPTION("forward_delay", TICKS, 4, IFLA_BR_FORWARD_DELAY), .key = "DELAY", RANGE(0, 3000),
     .fallback = "1500", .since = "2.6.16",
     .help = N_("How long a port listens and learns before it forwards")},
    {OPTION("hello_time", TICKS, 4, IFLA_BR_HELLO_TIME), RANGE(100, 1000), .fallback = "200",
     .since = "2.6.16", .help = N_("Time between the STP messages of the root bridge")},
    {OPTION("max_age", TICKS, 4, IFLA_BR_MAX_AGE), RANGE(600, 4000), .fallback = "2000", .since = "2.6.16",
     .help = N_("How long an STP message counts before the root bridge is taken for dead")},
    {TICKS("ageing_time", 4, IFLA_BR_AGEING_TIME, "30000"), .key = "AGEING", .needs = LINK_IS_TWICE_OTHER,
     .other = "forward_delay", .since = "2.6.16",
     .help = N_("How long a MAC address is remembered that sends nothing")},
    {OPTION("priority", UINT, 2, IFLA_BR_PRIORITY), .key = "PRIO", RANGE(0, 65535), .fallback = "32768",
     .since = "2.6.16", .help = N_("The bridge with the lowest one becomes the root of the spanning tree")},
    {FLAG("vlan_filtering", IFLA_BR_VLAN_FILTERING, "off"), .needs = LINK_IS_KNOWN_BY_OTHER,
     .other = "default_pvid", .since = "3.9", .help = N_("Let each port have VLANs of its own")},
    {OPTION("vlan_protocol", BE, 2, IFLA_BR_VLAN_PROTOCOL), .names = names_protocol, .fallback = "802.1Q",
     .since = "3.16", .help = N_("The kind of VLAN tag that is filtered by")},
    {OPTION("default_pvid", UINT, 2, IFLA_BR_VLAN_DEFAULT_PVID), RANGE(0, 4094), .fallback = "1",
     .since = "3.18", .help = N_("The VLAN of frames without a tag; 0 is none")},
    {FLAG("vlan_stats_enabled", IFLA_BR_VLAN_STATS_ENABLED, "off"), .since = "4.7",
     .help = N_("Count the traffic of each VLAN")},
    {FLAG("vlan_stats_per_port", IFLA_BR_VLAN_STATS_PER_PORT, "off"), .since = "4.20",
     .help = N_("Count the traffic of each VLAN of each port")},
    {OPTION("group_fwd_mask", MASK, 2, IFLA_BR_GROUP_FWD_MASK), RANGE(0, 65535), .fallback = "0",
     .since = "3.2",
     .help = N_("Which frames to 01:80:c2:00:00:0X are forwarded, a bit for each X (LLDP: 0x4000)")},
    {OPTION("group_addr", MAC, 6, IFLA_BR_GROUP_ADDR), .fallback = "01:80:c2:00:00:00", .since = "2.6.16",
     .help = N_("The MAC address that STP messages are sent to")},
    {.name = "no_linklocal_learn",
     .kind = LINK_VALUE_BIT,
     .width = 8,
     .attr = IFLA_BR_MULTI_BOOLOPT,
     .bit = 1u << BR_BOOLOPT_NO_LL_LEARN,
     .when = LINK_WHEN_BEFORE_PORTS,
     .sysfs = "bridge/no_linklocal_learn",
     .fallback = "off",
     .since = "5.0",
     .help = N_("Learn no MAC address from link-local frames")},
    {OPTION("multicast_router", UINT, 1, IFLA_BR_MCAST_ROUTER), RANGE(0, 2), .fallback = "1",
     .since = "2.6.35",
     .help = N_("Whether a multicast router is there: never (0), if it is heard (1), always (2)")},
    {FLAG("multicast_snooping", IFLA_BR_MCAST_SNOOPING, "on"), .since = "2.6.35",
     .help = N_("Send multicast only to the ports that asked for it")},
    {FLAG("multicast_query_use_ifaddr", IFLA_BR_MCAST_QUERY_USE_IFADDR, "off"), .since = "3.6",
     .help = N_("Send IGMP queries from the bridge's own address")},
    {FLAG("multicast_querier", IFLA_BR_MCAST_QUERIER, "off"), .since = "3.6",
     .help = N_("Send IGMP queries")},
    {OPTION("hash_elasticity", UINT, 4, IFLA_BR_MCAST_HASH_ELASTICITY), .needs = LINK_IS_VOLATILE,
     RANGE(0, KERNEL_INT_MAX), .fallback = "16", .since = "2.6.35",
     .help = N_("Without effect since Linux 5.0")},
    {OPTION("hash_max", UINT, 4, IFLA_BR_MCAST_HASH_MAX), RANGE(1, KERNEL_INT_MAX), .fallback = "4096",
     .since = "2.6.35", .help = N_("How many multicast groups are remembered, a power of two")},
    {OPTION("multicast_last_member_count", UINT, 4, IFLA_BR_MCAST_LAST_MEMBER_CNT), RANGE(0, KERNEL_INT_MAX),
     .fallback = "2", .since = "2.6.35", .help = N_("How often is asked for other members when one leaves")},
    {OPTION("multicast_startup_query_count", UINT, 4, IFLA_BR_MCAST_STARTUP_QUERY_CNT),
     RANGE(0, KERNEL_INT_MAX), .fallback = "2", .since = "2.6.35",
     .help = N_("How many queries are sent at startup")},
    {TICKS("multicast_last_member_interval", 8, IFLA_BR_MCAST_LAST_MEMBER_INTVL, "100"), .since = "2.6.35",
     .help = N_("Time between the queries when a member leaves")},
    {TICKS("multicast_membership_interval", 8, IFLA_BR_MCAST_MEMBERSHIP_INTVL, "26000"), .since = "2.6.35",
     .help = N_("How long a member counts that does not answer")},
    {TICKS("multicast_querier_interval", 8, IFLA_BR_MCAST_QUERIER_INTVL, "25500"), .since = "2.6.35",
     .help = N_("How long another querier counts that is not heard")},
    {TICKS("multicast_query_interval", 8, IFLA_BR_MCAST_QUERY_INTVL, "12500"), .since = "2.6.35",
     .help = N_("Time between queries")},
    {TICKS("multicast_query_response_interval", 8, IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, "1000"),
     .since = "2.6.35", .help = N_("How long members may take to answer a query")},
    {TICKS("multicast_startup_query_interval", 8, IFLA_BR_MCAST_STARTUP_QUERY_INTVL, "3125"),
     .since = "2.6.35", .help = N_("Time between the queries at startup")},
    {FLAG("multicast_stats_enabled", IFLA_BR_MCAST_STATS_ENABLED, "off"), .since = "4.7",
     .help = N_("Count IGMP and MLD messages")},
    {OPTION("multicast_igmp_version", UINT, 1, IFLA_BR_MCAST_IGMP_VERSION), RANGE(2, 3), .fallback = "2",
     .since = "4.10", .help = N_("The IGMP version of the bridge's queries")},
    {OPTION("multicast_mld_version", UINT, 1, IFLA_BR_MCAST_MLD_VERSION), RANGE(1, 2), .fallback = "1",
     .since = "4.10", .help = N_("The MLD version of the bridge's queries")},
    {FLAG("nf_call_iptables", IFLA_BR_NF_CALL_IPTABLES, "off"), .since = "2.6.37",
     .help = N_("Show bridged IPv4 packets to the packet filter")},
    {FLAG("nf_call_ip6tables", IFLA_BR_NF_CALL_IP6TABLES, "off"), .since = "2.6.37",
     .help = N_("Show bridged IPv6 packets to the packet filter")},
    {FLAG("nf_call_arptables", IFLA_BR_NF_CALL_ARPTABLES, "off"), .since = "2.6.37",
     .help = N_("Show bridged ARP packets to the packet filter")},
    {.name = "fdb_max_learned",
     .kind = LINK_VALUE_UINT,
     .width = 4,
     .attr = ATTR_BR_FDB_MAX_LEARNED,
     .when = LINK_WHEN_BEFORE_PORTS,
     RANGE(0, KERNEL_INT_MAX),
     .fallback = "0",
     .since = "6.8",
     .help = N_("How many MAC addresses are learned; 0 is no limit")},
    {.name = "flush",
     .kind = LINK_VALUE_TEXT,
     .sysfs = "bridge/flush",
     .when = LINK_WHEN_NEVER,
     .fallback = "",
     .since = "2.6.16",
     .help = N_("it is a command, not a setting")},
};

#undef OPTION
#define OPTION(name_, kind_, width_, attr_)                                                                  \
    .name = name_, .kind = LINK_VALUE_##kind_, .width = width_, .attr = attr_,                               \
    .when = LINK_WHEN_AFTER_PORTS, .sysfs = "brport/" name_
#define NETLINK_ONLY(name_, kind_, width_, attr_)                                                            \
    .name = name_, .kind = LINK_VALUE_##kind_, .width = width_, .attr = attr_, .when = LINK_WHEN_AFTER_PORTS

static const LinkOption port_rows[] = {
    {OPTION("path_cost", UINT, 4, IFLA_BRPORT_COST), .needs = LINK_KERNEL_CHOOSES, RANGE(1, 65535),
     .fallback = "", .since = "2.6.16",
     .help = N_("What the way through this port costs for STP; by its speed where not given")},
    {OPTION("priority", UINT, 2, IFLA_BRPORT_PRIORITY), RANGE(0, 63), .fallback = "32", .since = "2.6.16",
     .help = N_("Which of two equal ports STP takes, the lower one first")},
    {FLAG("hairpin_mode", IFLA_BRPORT_MODE, "off"), .since = "2.6.32",
     .help = N_("Send frames back through the port that they came from")},
    {FLAG("bpdu_guard", IFLA_BRPORT_GUARD, "off"), .since = "3.8",
     .help = N_("Block the port when an STP message arrives there")},
    {FLAG("root_block", IFLA_BRPORT_PROTECT, "off"), .since = "3.8",
     .help = N_("Never let the way to the root bridge be through this port")},
    {FLAG("multicast_fast_leave", IFLA_BRPORT_FAST_LEAVE, "off"), .since = "3.8",
     .help = N_("End multicast at once when a member leaves")},
    {FLAG("learning", IFLA_BRPORT_LEARNING, "on"), .since = "3.11",
     .help = N_("Learn MAC addresses from the port")},
    {FLAG("unicast_flood", IFLA_BRPORT_UNICAST_FLOOD, "on"), .since = "3.11",
     .help = N_("Send frames to unknown MAC addresses through the port")},
    {FLAG("proxyarp", IFLA_BRPORT_PROXYARP, "off"), .since = "3.19",
     .help = N_("Answer ARP for known neighbours")},
    {FLAG("proxyarp_wifi", IFLA_BRPORT_PROXYARP_WIFI, "off"), .since = "4.1",
     .help = N_("Answer ARP as IEEE 802.11 demands")},
    {OPTION("multicast_router", UINT, 1, IFLA_BRPORT_MULTICAST_ROUTER), RANGE(0, 3), .fallback = "1",
     .since = "2.6.35",
     .help = N_("Whether a multicast router is there: never (0), if it is heard (1), always (2)")},
    {FLAG("multicast_flood", IFLA_BRPORT_MCAST_FLOOD, "on"), .since = "4.9",
     .help = N_("Send multicast that nobody asked for through the port")},
    {FLAG("multicast_to_unicast", IFLA_BRPORT_MCAST_TO_UCAST, "off"), .since = "4.11",
     .help = N_("Send multicast as unicast to each member")},
    {FLAG("broadcast_flood", IFLA_BRPORT_BCAST_FLOOD, "on"), .since = "4.12",
     .help = N_("Send broadcast through the port")},
    {NETLINK_ONLY("vlan_tunnel", FLAG, 1, IFLA_BRPORT_VLAN_TUNNEL), .fallback = "off", .since = "4.11",
     .help = N_("Map VLANs to tunnel ids")},
    {OPTION("group_fwd_mask", MASK, 2, IFLA_BRPORT_GROUP_FWD_MASK), RANGE(0, 65535), .fallback = "0",
     .since = "4.15",
     .help = N_("Which frames to 01:80:c2:00:00:0X are forwarded, a bit for each X (LLDP: 0x4000)")},
    {FLAG("neigh_suppress", IFLA_BRPORT_NEIGH_SUPPRESS, "off"), .since = "4.15",
     .help = N_("Answer ARP and neighbour discovery for known neighbours, and send none through the port")},
    {FLAG("isolated", IFLA_BRPORT_ISOLATED, "off"), .since = "4.18",
     .help = N_("No traffic to other isolated ports")},
    {OPTION("backup_port", IFNAME, 4, IFLA_BRPORT_BACKUP_PORT), .fallback = "", .since = "4.19",
     .help = N_("The port of the same bridge that takes over while this one has no carrier")},
    {NETLINK_ONLY("locked", FLAG, 1, ATTR_BRPORT_LOCKED), .fallback = "off", .since = "5.18",
     .help = N_("Take frames only from MAC addresses that are known")},
    {NETLINK_ONLY("mcast_max_groups", UINT, 4, ATTR_BRPORT_MCAST_MAX_GROUPS), RANGE(0, KERNEL_INT_MAX),
     .fallback = "0", .since = "6.3",
     .help = N_("How many multicast groups the port may have; 0 is no limit")},
    {NETLINK_ONLY("neigh_vlan_suppress", FLAG, 1, ATTR_BRPORT_NEIGH_VLAN_SUPPRESS), .fallback = "off",
     .since = "6.4", .help = N_("neigh_suppress for each VLAN")},
};

const LinkFamily bridge_family = {
    .kind = "bridge",
    .module = "bridge",
    .word = N_("bridging"),
    .check = bridge_check,
    .own = {own_rows, G_N_ELEMENTS(own_rows), "BRIDGING_OPTS", "bridge"},
    .port = {port_rows, G_N_ELEMENTS(port_rows), "BRIDGING_OPTS", "brport"},
};
