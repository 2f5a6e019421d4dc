/* What every link has, whatever its kind: rows with the key of a file that asks for it. A row without a key
 * is no file's affair: it is what the link was born with, or what others have set. No row has a default,
 * since that is the driver's. */
#include "link-options.h"
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

static const LinkName names_gen_mode[] = {
    {"eui64", 0}, {"none", 1}, {"stable_secret", 2}, {"random", 3}, {NULL, 0}};

#define ROW(name_, key_, attr_, width_, kind_)                                                               \
    .name = name_, .key = key_, .attr = attr_, .width = width_, .kind = LINK_VALUE_##kind_,                  \
    .when = LINK_WHEN_FIRST, .fallback = ""
#define NUMBER .max = G_MAXUINT32

static const LinkOption rows[] = {
    /* Many drivers refuse a new one while the device is up: eth_prepare_mac_addr_change(). */
    {ROW("mac", "MACADDR", IFLA_ADDRESS, 6, MAC), .alias = "address",
     .needs = LINK_KERNEL_CHOOSES | LINK_NEEDS_DOWN},
    {ROW("mtu", "MTU", IFLA_MTU, 4, UINT), .needs = LINK_KERNEL_CHOOSES, NUMBER},
    {ROW("txqueuelen", NULL, IFLA_TXQLEN, 4, UINT), .needs = LINK_KERNEL_CHOOSES, NUMBER},
    {ROW("group", NULL, IFLA_GROUP, 4, UINT), .needs = LINK_KERNEL_CHOOSES, NUMBER},
    /* The kernel's flag says the contrary: IFF_NOARP. */
    {ROW("arp", "ARP", 0, 4, BIT), .needs = LINK_KERNEL_CHOOSES, .bit = IFF_NOARP},
    {ROW("multicast", NULL, 0, 4, BIT), .needs = LINK_KERNEL_CHOOSES, .bit = IFF_MULTICAST},
    {ROW("allmulti", NULL, 0, 4, BIT), .needs = LINK_KERNEL_CHOOSES, .bit = IFF_ALLMULTI},
    {ROW("promisc", "ACCEPT_ALL_MAC_ADDRESSES", 0, 4, BIT), .needs = LINK_KERNEL_CHOOSES, .bit = IFF_PROMISC},
    /* Both are within IFLA_AF_SPEC, of IPv4 and of IPv6. */
    {ROW("arp_filter", "SRCADDR", IFLA_AF_SPEC, 4, FLAG), .needs = LINK_KERNEL_CHOOSES},
    /* Only the lower half of the address counts; `::` is none. */
    {ROW("token", "IPV6_TOKEN", IFLA_AF_SPEC, 16, IP6), .needs = LINK_KERNEL_CHOOSES},
    {ROW("addrgenmode", NULL, IFLA_AF_SPEC, 1, ENUM), .needs = LINK_KERNEL_CHOOSES, .max = 3,
     .names = names_gen_mode},
};

const LinkFamily link_attributes = {
    .kind = "link",
    .word = "attribute",
    .own = {rows, G_N_ELEMENTS(rows), NULL, NULL},
};
