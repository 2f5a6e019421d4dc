/* The rows of the bonding option table; no logic. A new kernel option is one new row here and nothing
 * anywhere else. */
#include "bond-family.h"
#include "i18n.h"

#include <linux/if_link.h>

/* Attributes that are younger than the headers of the oldest supported build system (Linux 6.1):
 * include/uapi/linux/if_link.h. */
enum {
    ATTR_COUPLED_CONTROL = 32,
    ATTR_BROADCAST_NEIGH = 33,
    ATTR_LACP_STRICT = 34,
    ATTR_SLAVE_ACTOR_PORT_PRIO = 10,
};

#define KERNEL_INT_MAX 2147483647u

#define ALL_MODES 0x7fu
#define ONLY_RR LINK_BIT(BOND_MODE_RR)
#define ONLY_AB LINK_BIT(BOND_MODE_AB)
#define ONLY_LACP LINK_BIT(BOND_MODE_8023AD)
#define ONLY_LEARNING (LINK_BIT(BOND_MODE_TLB) | LINK_BIT(BOND_MODE_ALB))
#define WITH_ACTIVE (ONLY_AB | ONLY_LEARNING) /* modes that have an active port: bond_mode_uses_primary() */
#define WITH_ARP (ALL_MODES & ~(ONLY_LACP | ONLY_LEARNING)) /* modes with ARP monitoring: bond_options.c */
#define WITH_HASH (LINK_BIT(BOND_MODE_XOR) | ONLY_LACP | ONLY_LEARNING)
#define WITH_IGMP (ONLY_RR | ONLY_AB | ONLY_LEARNING)

static const LinkName names_mode[] = {{"balance-rr", BOND_MODE_RR},   {"active-backup", BOND_MODE_AB},
                                      {"balance-xor", BOND_MODE_XOR}, {"broadcast", BOND_MODE_BC},
                                      {"802.3ad", BOND_MODE_8023AD},  {"balance-tlb", BOND_MODE_TLB},
                                      {"balance-alb", BOND_MODE_ALB}, {NULL, 0}};
static const LinkName names_switch[] = {{"off", 0}, {"on", 1}, {NULL, 0}};
static const LinkName names_interval[] = {{"off", 0}, {"maxval", KERNEL_INT_MAX}, {NULL, 0}};
static const LinkName names_notify_delay[] = {{"off", 0}, {"maxval", 300000}, {NULL, 0}};
static const LinkName names_byte[] = {{"off", 0}, {"maxval", 255}, {NULL, 0}};
static const LinkName names_packets[] = {{"maxval", 65535}, {NULL, 0}};
static const LinkName names_learn[] = {{"minval", 1}, {"maxval", KERNEL_INT_MAX}, {NULL, 0}};
static const LinkName names_arp_validate[] = {{"none", 0},          {"active", 1}, {"backup", 2},
                                              {"all", 3},           {"filter", 4}, {"filter_active", 5},
                                              {"filter_backup", 6}, {NULL, 0}};
static const LinkName names_all_targets[] = {{"any", 0}, {"all", 1}, {NULL, 0}};
static const LinkName names_reselect[] = {{"always", 0}, {"better", 1}, {"failure", 2}, {NULL, 0}};
static const LinkName names_fail_over[] = {{"none", 0}, {"active", 1}, {"follow", 2}, {NULL, 0}};
static const LinkName names_hash[] = {{"layer2", 0},   {"layer3+4", 1},    {"layer2+3", 2}, {"encap2+3", 3},
                                      {"encap3+4", 4}, {"vlan+srcmac", 5}, {NULL, 0}};
static const LinkName names_lacp_rate[] = {{"slow", 0}, {"fast", 1}, {NULL, 0}};
static const LinkName names_ad_select[] = {
    {"stable", 0}, {"bandwidth", 1}, {"count", 2}, {"actor_port_prio", 3}, {NULL, 0}};

#define OPTION(name_, kind_, width_, attr_)                                                                  \
    .name = name_, .kind = LINK_VALUE_##kind_, .width = width_, .attr = attr_
#define SYSFS(name_) .sysfs = "bonding/" name_
#define RANGE(min_, max_) .min = min_, .max = max_
#define IN_MODES(mask_) .legal = mask_, .useful = mask_
#define USEFUL_IN(mask_) .useful = mask_
#define FIRST .when = LINK_WHEN_FIRST
#define BEFORE .when = LINK_WHEN_BEFORE_PORTS
#define AFTER .when = LINK_WHEN_AFTER_PORTS
#define DELAY .needs = LINK_NEEDS_OTHER | LINK_IS_MULTIPLE_OF_OTHER, .other = "miimon"

/* The order of bond_changelink() in drivers/net/bonding/bond_netlink.c, with what needs ports moved behind
 * the rest. */
static const LinkOption own_rows[] = {
    {OPTION("mode", ENUM, 1, IFLA_BOND_MODE), SYSFS("mode"), FIRST,
     .needs = LINK_NEEDS_DOWN | LINK_NEEDS_NO_PORTS, .names = names_mode, .fallback = "balance-rr",
     .since = "2.6.16", .help = N_("How frames are spread over the ports")},
    {OPTION("miimon", UINT, 4, IFLA_BOND_MIIMON), SYSFS("miimon"), BEFORE, RANGE(0, KERNEL_INT_MAX),
     .needs = LINK_IS_FILLED_IN, .other = "arp_interval", .names = names_interval, .fallback = "0",
     .since = "2.6.16", .help = N_("Check each port's carrier every so many ms; 0 is off")},
    {OPTION("updelay", UINT, 4, IFLA_BOND_UPDELAY), SYSFS("updelay"), BEFORE, DELAY, RANGE(0, KERNEL_INT_MAX),
     .names = names_interval, .fallback = "0", .since = "2.6.16",
     .help = N_("Wait so many ms before using a port whose carrier came back")},
    {OPTION("downdelay", UINT, 4, IFLA_BOND_DOWNDELAY), SYSFS("downdelay"), BEFORE, DELAY,
     RANGE(0, KERNEL_INT_MAX), .names = names_interval, .fallback = "0", .since = "2.6.16",
     .help = N_("Wait so many ms before giving up a port whose carrier was lost")},
    {OPTION("peer_notif_delay", UINT, 4, IFLA_BOND_PEER_NOTIF_DELAY), SYSFS("peer_notif_delay"), BEFORE,
     DELAY, RANGE(0, 300000), .names = names_notify_delay, .fallback = "0", .since = "5.3",
     .help = N_("Pause in ms between the peer notifications after a failover")},
    {OPTION("use_carrier", ENUM, 1, IFLA_BOND_USE_CARRIER), SYSFS("use_carrier"), BEFORE,
     .names = names_switch, .fallback = "on", .since = "2.6.16",
     .help = N_("miimon asks the driver for its carrier; off (old drivers) is gone since Linux 6.18")},
    {OPTION("arp_interval", UINT, 4, IFLA_BOND_ARP_INTERVAL), SYSFS("arp_interval"), BEFORE,
     RANGE(0, KERNEL_INT_MAX), .names = names_interval, .fallback = "0", IN_MODES(WITH_ARP),
     .since = "2.6.16", .help = N_("Probe arp_ip_target every so many ms instead of miimon; 0 is off")},
    {OPTION("arp_ip_target", IP4LIST, 4, IFLA_BOND_ARP_IP_TARGET), SYSFS("arp_ip_target"), BEFORE,
     .fallback = "", USEFUL_IN(WITH_ARP), .since = "2.6.16",
     .help = N_("Addresses that arp_interval probes, up to 16")},
    {OPTION("ns_ip6_target", IP6LIST, 16, IFLA_BOND_NS_IP6_TARGET), BEFORE, .fallback = "",
     USEFUL_IN(WITH_ARP), .since = "5.18", .help = N_("IPv6 addresses that arp_interval probes, up to 16")},
    {OPTION("arp_validate", ENUM, 4, IFLA_BOND_ARP_VALIDATE), SYSFS("arp_validate"), BEFORE,
     .names = names_arp_validate, .fallback = "none", IN_MODES(WITH_ARP), .since = "2.6.19",
     .help = N_("Which ports count only answers to their own probes as a sign of life")},
    {OPTION("arp_all_targets", ENUM, 4, IFLA_BOND_ARP_ALL_TARGETS), SYSFS("arp_all_targets"), BEFORE,
     .names = names_all_targets, .fallback = "any", USEFUL_IN(ONLY_AB), .since = "3.11",
     .help = N_("Whether one answering target or all of them keep a port up (with arp_validate)")},
    {OPTION("primary_reselect", ENUM, 1, IFLA_BOND_PRIMARY_RESELECT), SYSFS("primary_reselect"), BEFORE,
     .names = names_reselect, .fallback = "always", USEFUL_IN(WITH_ACTIVE), .since = "2.6.33",
     .help = N_("When the primary port takes over again after it came back")},
    {OPTION("fail_over_mac", ENUM, 1, IFLA_BOND_FAIL_OVER_MAC), SYSFS("fail_over_mac"), BEFORE,
     .needs = LINK_NEEDS_NO_PORTS | LINK_KERNEL_CHOOSES, .names = names_fail_over, .fallback = "none",
     USEFUL_IN(ONLY_AB), .since = "2.6.24",
     .help = N_("Whose MAC the bond has: its own (none) or the active port's")},
    {OPTION("xmit_hash_policy", ENUM, 1, IFLA_BOND_XMIT_HASH_POLICY), SYSFS("xmit_hash_policy"), BEFORE,
     .names = names_hash, .fallback = "layer2", USEFUL_IN(WITH_HASH), .since = "2.6.16",
     .help = N_("Which parts of a frame choose its port")},
    {OPTION("resend_igmp", UINT, 4, IFLA_BOND_RESEND_IGMP), SYSFS("resend_igmp"), BEFORE, RANGE(0, 255),
     .names = names_byte, .fallback = "1", USEFUL_IN(WITH_IGMP), .since = "2.6.37",
     .help = N_("How many times multicast memberships are announced after a failover")},
    {OPTION("num_grat_arp", UINT, 1, IFLA_BOND_NUM_PEER_NOTIF), .alias = "num_unsol_na",
     SYSFS("num_grat_arp"), BEFORE, RANGE(0, 255), .names = names_byte, .fallback = "1", USEFUL_IN(ONLY_AB),
     .since = "2.6.27",
     .help = N_("How many gratuitous ARPs and neighbour advertisements follow a failover")},
    {OPTION("all_slaves_active", ENUM, 1, IFLA_BOND_ALL_SLAVES_ACTIVE), SYSFS("all_slaves_active"), BEFORE,
     .names = names_switch, .fallback = "off", .since = "2.6.36",
     .help = N_("Also accept frames that arrive on inactive ports")},
    {OPTION("min_links", UINT, 4, IFLA_BOND_MIN_LINKS), SYSFS("min_links"), BEFORE, RANGE(0, KERNEL_INT_MAX),
     .names = names_interval, .fallback = "0", USEFUL_IN(ONLY_LACP), .since = "3.1",
     .help = N_("How many ports must be up for the bond to have carrier")},
    {OPTION("lp_interval", UINT, 4, IFLA_BOND_LP_INTERVAL), SYSFS("lp_interval"), BEFORE,
     RANGE(1, KERNEL_INT_MAX), .names = names_learn, .fallback = "1", USEFUL_IN(ONLY_LEARNING),
     .since = "3.13", .help = N_("Seconds between learning packets to the switches")},
    {OPTION("packets_per_slave", UINT, 4, IFLA_BOND_PACKETS_PER_SLAVE), SYSFS("packets_per_slave"), BEFORE,
     RANGE(0, 65535), .names = names_packets, .fallback = "1", IN_MODES(ONLY_RR), .since = "3.13",
     .help = N_("Packets sent through a port before the next one's turn; 0 is random")},
    {OPTION("lacp_active", ENUM, 1, IFLA_BOND_AD_LACP_ACTIVE), SYSFS("lacp_active"), BEFORE,
     .needs = LINK_NEEDS_DOWN, .names = names_switch, .fallback = "on", IN_MODES(ONLY_LACP), .since = "5.15",
     .help = N_("Send LACPDUs unasked (on), or only answer (off)")},
    {OPTION("lacp_rate", ENUM, 1, IFLA_BOND_AD_LACP_RATE), SYSFS("lacp_rate"), BEFORE,
     .needs = LINK_NEEDS_DOWN, .names = names_lacp_rate, .fallback = "slow", IN_MODES(ONLY_LACP),
     .since = "2.6.16", .help = N_("How often the switch shall send LACPDUs: every 30 s or every second")},
    {OPTION("ad_select", ENUM, 1, IFLA_BOND_AD_SELECT), SYSFS("ad_select"), BEFORE, .needs = LINK_NEEDS_DOWN,
     .names = names_ad_select, .fallback = "stable", USEFUL_IN(ONLY_LACP), .since = "2.6.29",
     .help = N_("When and by what another aggregator is chosen")},
    {OPTION("ad_actor_sys_prio", UINT, 2, IFLA_BOND_AD_ACTOR_SYS_PRIO), SYSFS("ad_actor_sys_prio"), BEFORE,
     RANGE(1, 65535), .fallback = "65535", IN_MODES(ONLY_LACP), .since = "4.2",
     .help = N_("This system's LACP priority; the lower one decides")},
    {OPTION("ad_user_port_key", UINT, 2, IFLA_BOND_AD_USER_PORT_KEY), SYSFS("ad_user_port_key"), BEFORE,
     .needs = LINK_NEEDS_DOWN, RANGE(0, 1023), .fallback = "0", IN_MODES(ONLY_LACP), .since = "4.2",
     .help = N_("The free upper ten bits of the LACP port key")},
    {OPTION("ad_actor_system", MAC, 6, IFLA_BOND_AD_ACTOR_SYSTEM), SYSFS("ad_actor_system"), BEFORE,
     .fallback = "00:00:00:00:00:00", IN_MODES(ONLY_LACP), .since = "4.2",
     .help = N_("The MAC that LACP names as this system; zero is the bond's own")},
    {OPTION("tlb_dynamic_lb", ENUM, 1, IFLA_BOND_TLB_DYNAMIC_LB), SYSFS("tlb_dynamic_lb"), BEFORE,
     .needs = LINK_NEEDS_DOWN, .names = names_switch, .fallback = "on", IN_MODES(ONLY_LEARNING),
     .since = "3.16", .help = N_("Move flows by load (on), or choose the port by hash (off)")},
    {OPTION("arp_missed_max", UINT, 1, IFLA_BOND_MISSED_MAX), SYSFS("arp_missed_max"), BEFORE, RANGE(1, 255),
     .fallback = "2", IN_MODES(WITH_ARP), .since = "5.17",
     .help = N_("Unanswered probes until a port counts as down")},
    {OPTION("coupled_control", ENUM, 1, ATTR_COUPLED_CONTROL), BEFORE, .needs = LINK_NEEDS_DOWN,
     .names = names_switch, .fallback = "on", IN_MODES(ONLY_LACP), .since = "6.9",
     .help = N_("LACP starts collecting and distributing together (on), or one after the other")},
    {OPTION("broadcast_neighbor", ENUM, 1, ATTR_BROADCAST_NEIGH), BEFORE, .names = names_switch,
     .fallback = "off", IN_MODES(ONLY_LACP), .since = "6.17",
     .help = N_("Send ARP and neighbour discovery through all ports")},
    {OPTION("lacp_strict", ENUM, 1, ATTR_LACP_STRICT), BEFORE, .names = names_switch, .fallback = "off",
     IN_MODES(ONLY_LACP), .since = "7.2", .help = N_("No carrier without a LACP partner")},
    /* A primary that is no port yet is remembered by current kernels and refused by old ones (2.6.18): so it
       is never early. */
    {OPTION("primary", IFNAME, 4, IFLA_BOND_PRIMARY), SYSFS("primary"), AFTER, .fallback = "",
     IN_MODES(WITH_ACTIVE), .since = "2.6.16", .help = N_("The port that is used whenever it is up")},
    {OPTION("active_slave", IFNAME, 4, IFLA_BOND_ACTIVE_SLAVE), SYSFS("active_slave"), AFTER,
     .needs = LINK_NEEDS_PORT | LINK_IS_VOLATILE, .fallback = "", IN_MODES(WITH_ACTIVE), .since = "2.6.16",
     .help = N_("The port to use right now; any failover changes it")},
    {OPTION("max_bonds", UINT, 0, 0), .when = LINK_WHEN_LOAD, RANGE(0, KERNEL_INT_MAX), .fallback = "1",
     .since = "2.6.16",
     .help = N_("Bonds that loading the module creates; `options bonding max_bonds=0` for none")},
    {OPTION("tx_queues", UINT, 0, 0), .when = LINK_WHEN_LOAD, RANGE(1, 255), .fallback = "16",
     .since = "2.6.36", .help = N_("Transmit queues of every bond")},
    {OPTION("slaves", TEXT, 0, 0), SYSFS("slaves"), .when = LINK_WHEN_NEVER, .fallback = "",
     .since = "2.6.16", .help = N_("write MASTER= and SLAVE=yes in the ports' own files")},
};

static const LinkOption port_rows[] = {
    {OPTION("queue_id", UINT, 2, IFLA_BOND_SLAVE_QUEUE_ID), .sysfs = "master/bonding/queue_id", AFTER,
     RANGE(0, 65535), .key = "BOND_PORT_QUEUE_ID", .fallback = "0", .since = "2.6.36",
     .help = N_("PORT:N, the transmit queue of a port, for tc to steer traffic by")},
    {OPTION("prio", INT, 4, IFLA_BOND_SLAVE_PRIO), AFTER, .key = "BOND_PORT_PRIO", .fallback = "0",
     IN_MODES(WITH_ACTIVE), .since = "6.0",
     .help = N_("PORT:N, the highest one becomes active, unless the primary is up")},
    {OPTION("actor_port_prio", UINT, 2, ATTR_SLAVE_ACTOR_PORT_PRIO), AFTER, RANGE(0, 65535),
     .fallback = "255", IN_MODES(ONLY_LACP), .since = "6.18",
     .help = N_("PORT:N, the LACP priority of a port, for ad_select=actor_port_prio")},
};

const LinkFamily bond_family = {
    .kind = "bond",
    .module = "bonding",
    .module_options = "max_bonds=0",
    .word = N_("bonding"),
    .own = {own_rows, G_N_ELEMENTS(own_rows), "BONDING_OPTS", "bonding"},
    .port = {port_rows, G_N_ELEMENTS(port_rows), NULL, NULL},
    .selector = "mode",
    .check = bond_check,
};
