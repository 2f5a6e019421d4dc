/* The rows of devices that stand on others, or on nothing: VLAN, MACVLAN, IPVLAN, VRF, dummy and their like;
 * no logic. Sources: net/8021q/vlan_netlink.c, drivers/net/macvlan.c, drivers/net/ipvlan/ipvlan_main.c,
 * drivers/net/vrf.c, drivers/infiniband/ulp/ipoib/ipoib_netlink.c. */
#include "families.h"
#include "i18n.h"

#include <linux/if_link.h>
#include <linux/if_vlan.h>

enum {
    ATTR_MACVLAN_BC_QUEUE_LEN = 7,
    ATTR_MACVLAN_BC_CUTOFF = 9,
};

static const LinkName names_protocol[] = {{"802.1Q", 0x8100}, {"802.1ad", 0x88a8}, {NULL, 0}};
static const LinkName names_macvlan[] = {{"private", 1},  {"vepa", 2},    {"bridge", 4},
                                         {"passthru", 8}, {"source", 16}, {NULL, 0}};
static const LinkName names_ipvlan[] = {{"l2", 0}, {"l3", 1}, {"l3s", 2}, {NULL, 0}};
static const LinkName names_ipvlan_flags[] = {{"bridge", 0}, {"private", 1}, {"vepa", 2}, {NULL, 0}};
static const LinkName names_ipoib[] = {{"datagram", 0}, {"connected", 1}, {NULL, 0}};

#define OPTION(name_, kind_, width_, attr_)                                                                  \
    .name = name_, .kind = LINK_VALUE_##kind_, .width = width_, .attr = attr_
#define CREATE .when = LINK_WHEN_CREATE
#define FIRST .when = LINK_WHEN_FIRST
#define LIVE .when = LINK_WHEN_BEFORE_PORTS
#define RANGE(min_, max_) .min = min_, .max = max_
#define VLAN_BIT(name_, bit_, fallback_)                                                                     \
    OPTION(name_, BIT, 8, IFLA_VLAN_FLAGS), LIVE, .bit = bit_, .fallback = fallback_
#define TABLE(rows_)                                                                                         \
    {                                                                                                        \
        .rows = rows_, .n = G_N_ELEMENTS(rows_)                                                              \
    }

static const LinkOption vlan_rows[] = {
    {OPTION("id", UINT, 2, IFLA_VLAN_ID), CREATE, .key = "VLAN_ID", RANGE(0, 4094), .fallback = "",
     .since = "2.6.23", .help = N_("The number of the VLAN")},
    {OPTION("protocol", BE, 2, IFLA_VLAN_PROTOCOL), CREATE, .key = "VLAN_PROTOCOL", .names = names_protocol,
     .fallback = "802.1Q", .since = "3.10", .help = N_("The kind of VLAN tag")},
    {VLAN_BIT("reorder_hdr", VLAN_FLAG_REORDER_HDR, "on"), .key = "REORDER_HDR", .since = "2.6.23",
     .help = N_("Show frames to programs without their tag")},
    {VLAN_BIT("gvrp", VLAN_FLAG_GVRP, "off"), .key = "GVRP", .since = "2.6.27",
     .help = N_("Tell the switch by GVRP that the VLAN is wanted here")},
    {VLAN_BIT("mvrp", VLAN_FLAG_MVRP, "off"), .key = "MVRP", .since = "3.9",
     .help = N_("Tell the switch by MVRP that the VLAN is wanted here")},
    {VLAN_BIT("loose_binding", VLAN_FLAG_LOOSE_BINDING, "off"), .since = "2.6.33",
     .help = N_("Do not follow the lower device up and down")},
    {VLAN_BIT("bridge_binding", VLAN_FLAG_BRIDGE_BINDING, "off"), .since = "5.2",
     .help = N_("Carrier only while a port of the bridge below has this VLAN and carrier")},
    {OPTION("ingress_qos_map", MAP, 0, IFLA_VLAN_INGRESS_QOS), LIVE, .key = "VLAN_INGRESS_PRIORITY_MAP",
     RANGE(0, 7), .fallback = "", .since = "2.6.23",
     .help = N_("FROM:TO, which priority of a frame becomes which one of the kernel")},
    {OPTION("egress_qos_map", MAP, 0, IFLA_VLAN_EGRESS_QOS), LIVE, .key = "VLAN_EGRESS_PRIORITY_MAP",
     RANGE(0, 4294967295u), .fallback = "", .since = "2.6.23",
     .help = N_("FROM:TO, which priority of the kernel becomes which one of a frame")},
};

const LinkFamily vlan_family = {
    .kind = "vlan", .module = "8021q", .word = N_("vlan"), .own = TABLE(vlan_rows)};

static const LinkOption macvlan_rows[] = {
    {OPTION("mode", ENUM, 4, IFLA_MACVLAN_MODE), FIRST, .key = "MACVLAN_MODE", .names = names_macvlan,
     .fallback = "vepa", .since = "2.6.33", .help = N_("Whom the devices on one NIC can reach")},
    {OPTION("flags", MASK, 2, IFLA_MACVLAN_FLAGS), LIVE, RANGE(0, 3), .fallback = "0", .since = "3.4",
     .help = N_("1: the NIC is not made promiscuous for passthru; 2: without a list of destinations")},
    {OPTION("bc_queue_len", UINT, 4, ATTR_MACVLAN_BC_QUEUE_LEN), LIVE, RANGE(0, 4294967295u),
     .fallback = "1000", .since = "5.11", .help = N_("How many broadcast frames may wait")},
    {OPTION("bc_cutoff", INT, 4, ATTR_MACVLAN_BC_CUTOFF), LIVE, .fallback = "0", .since = "6.4",
     .needs = LINK_KERNEL_CHOOSES, .help = N_("From how many receivers on a multicast is sent later")},
};

const LinkFamily macvlan_family = {.kind = "macvlan",
                                   .module = "macvlan",
                                   .word = N_("macvlan"),
                                   .own = TABLE(macvlan_rows),
                                   .selector = "mode"};
const LinkFamily macvtap_family = {.kind = "macvtap",
                                   .module = "macvtap",
                                   .word = N_("macvtap"),
                                   .own = TABLE(macvlan_rows),
                                   .selector = "mode"};

static const LinkOption ipvlan_rows[] = {
    {OPTION("mode", ENUM, 2, IFLA_IPVLAN_MODE), FIRST, .key = "IPVLAN_MODE", .names = names_ipvlan,
     .fallback = "l3", .since = "3.19", .help = N_("On which layer the NIC decides whose a packet is")},
    {OPTION("flags", ENUM, 2, IFLA_IPVLAN_FLAGS), LIVE, .names = names_ipvlan_flags, .fallback = "bridge",
     .since = "4.15", .help = N_("Whom the devices on one NIC can reach")},
};

const LinkFamily ipvlan_family = {.kind = "ipvlan",
                                  .module = "ipvlan",
                                  .word = N_("ipvlan"),
                                  .own = TABLE(ipvlan_rows),
                                  .selector = "mode"};
const LinkFamily ipvtap_family = {.kind = "ipvtap",
                                  .module = "ipvtap",
                                  .word = N_("ipvtap"),
                                  .own = TABLE(ipvlan_rows),
                                  .selector = "mode"};

static const LinkOption vrf_rows[] = {
    {OPTION("table", UINT, 4, IFLA_VRF_TABLE), CREATE, .key = "VRF_TABLE", RANGE(1, 4294967295u),
     .fallback = "", .since = "4.3", .help = N_("The routing table of what is in the VRF")},
};

const LinkFamily vrf_family = {.kind = "vrf", .module = "vrf", .word = N_("vrf"), .own = TABLE(vrf_rows)};

static const LinkOption ipoib_rows[] = {
    {OPTION("pkey", MASK, 2, IFLA_IPOIB_PKEY), CREATE, RANGE(0, 65535), .fallback = "", .since = "3.7",
     .needs = LINK_KERNEL_CHOOSES, .help = N_("The partition key of InfiniBand")},
    {OPTION("mode", ENUM, 2, IFLA_IPOIB_MODE), LIVE, .names = names_ipoib, .fallback = "datagram",
     .since = "3.7", .needs = LINK_KERNEL_CHOOSES, .help = N_("InfiniBand's datagram or connected mode")},
    {OPTION("umcast", UINT, 2, IFLA_IPOIB_UMCAST), LIVE, RANGE(0, 1), .fallback = "0", .since = "3.7",
     .needs = LINK_KERNEL_CHOOSES, .help = N_("Programs keep the multicast groups of InfiniBand")},
};

const LinkFamily ipoib_family = {
    .kind = "ipoib", .module = "ib_ipoib", .word = N_("ipoib"), .own = TABLE(ipoib_rows)};

static const LinkName names_tun[] = {{"tun", 1}, {"tap", 2}, {NULL, 0}};

static const LinkOption tun_rows[] = {
    {OPTION("owner", UINT, 4, IFLA_TUN_OWNER), CREATE, RANGE(0, 4294967294u), .fallback = "", .since = "4.17",
     .help = N_("The number of the user who may open it")},
    {OPTION("group", UINT, 4, IFLA_TUN_GROUP), CREATE, RANGE(0, 4294967294u), .fallback = "", .since = "4.17",
     .help = N_("The number of the group whose users may open it")},
    {OPTION("type", ENUM, 1, IFLA_TUN_TYPE), CREATE, .names = names_tun, .fallback = "tun", .since = "4.17",
     .help = N_("Whether packets or Ethernet frames go through it")},
};

const LinkFamily tun_family = {
    .kind = "tun", .module = "tun", .word = N_("tun"), .own = TABLE(tun_rows), .is_by_file = TRUE};

/* Without options of their own. The other end of a veth is part of its creation. */
const LinkFamily dummy_family = {.kind = "dummy", .module = "dummy", .word = N_("dummy")};
const LinkFamily ifb_family = {.kind = "ifb", .module = "ifb", .word = N_("ifb")};
const LinkFamily veth_family = {.kind = "veth", .module = "veth", .word = N_("veth")};
const LinkFamily team_family = {.kind = "team", .module = "team", .word = N_("team")};
