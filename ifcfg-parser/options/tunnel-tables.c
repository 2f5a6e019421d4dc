/* The rows of tunnels; no logic. Sources: net/ipv4/ip_gre.c, net/ipv4/ipip.c, net/ipv6/sit.c,
 * net/ipv6/ip6_gre.c, net/ipv6/ip6_tunnel.c, drivers/net/vxlan/vxlan_core.c. What the ends are called is the
 * same in all of them. */
#include "families.h"
#include "i18n.h"

#include <linux/if_link.h>
#include <linux/if_tunnel.h>

static const LinkName names_ttl[] = {{"inherit", 0}, {NULL, 0}};
static const LinkName names_tos[] = {{"inherit", 1}, {NULL, 0}};
static const LinkName names_proto[] = {{"any", 0}, {"ipip6", 4}, {"ip6ip6", 41}, {NULL, 0}};
static const LinkName names_ipip[] = {{"any", 0}, {"ipip", 4}, {"mplsip", 137}, {NULL, 0}};
static const LinkName names_sit[] = {{"any", 0}, {"ipip", 4}, {"ip6ip", 41}, {"mplsip", 137}, {NULL, 0}};

#define OPTION(name_, kind_, width_, attr_)                                                                  \
    .name = name_, .kind = LINK_VALUE_##kind_, .width = width_, .attr = attr_
#define CREATE .when = LINK_WHEN_CREATE
#define LIVE .when = LINK_WHEN_BEFORE_PORTS
#define RANGE(min_, max_) .min = min_, .max = max_
#define TABLE(rows_)                                                                                         \
    {                                                                                                        \
        .rows = rows_, .n = G_N_ELEMENTS(rows_)                                                              \
    }

#define ENDS(ip_, width_, local_, remote_, since_)                                                           \
    {OPTION("local", ip_, width_, local_), CREATE, .fallback = "", .since = since_,                          \
     .help = N_("This end of the tunnel")},                                                                  \
    {                                                                                                        \
        OPTION("remote", ip_, width_, remote_), CREATE, .fallback = "", .since = since_,                     \
                                                        .help = N_("The other end of the tunnel")            \
    }
#define KEYS(since_)                                                                                         \
    {OPTION("iflags", BE, 2, IFLA_GRE_IFLAGS),                                                               \
     CREATE,                                                                                                 \
     RANGE(0, 65535),                                                                                        \
     .fallback = "0",                                                                                        \
     .since = since_,                                                                                        \
     .help = N_("What a received packet must have; 8192: the key")},                                         \
        {OPTION("oflags", BE, 2, IFLA_GRE_OFLAGS),                                                           \
         CREATE,                                                                                             \
         RANGE(0, 65535),                                                                                    \
         .fallback = "0",                                                                                    \
         .since = since_,                                                                                    \
         .help = N_("What a sent packet has; 8192: the key")},                                               \
        {OPTION("ikey", BE, 4, IFLA_GRE_IKEY),                                                               \
         CREATE,                                                                                             \
         RANGE(0, 4294967295u),                                                                              \
         .fallback = "0",                                                                                    \
         .since = since_,                                                                                    \
         .help = N_("The key of what is received")},                                                         \
    {                                                                                                        \
        OPTION("okey", BE, 4, IFLA_GRE_OKEY), CREATE, RANGE(0, 4294967295u),                                 \
            .fallback = "0", .since = since_, .help = N_("The key of what is sent")                          \
    }
#define HOPS(attr_, since_)                                                                                  \
    {                                                                                                        \
        OPTION("ttl", UINT, 1, attr_), LIVE, .key = "TTL", RANGE(0, 255), .names = names_ttl,                \
                                             .fallback = "0", .since = since_,                               \
                                             .help = N_("How many routers a packet passes; 0: as many as "   \
                                                        "what is in it")                                     \
    }
#define CLASS(attr_, since_)                                                                                 \
    {                                                                                                        \
        OPTION("tos", UINT, 1, attr_), LIVE, RANGE(0, 255),                                                  \
            .names = names_tos, .fallback = "0", .since = since_,                                            \
            .help = N_("The type of service; 1: that of what is in the packet")                              \
    }
#define LIMIT(attr_, since_)                                                                                 \
    {                                                                                                        \
        OPTION("encap_limit", UINT, 1, attr_), LIVE, RANGE(0, 255),                                          \
            .fallback = "0", .since = since_, .help = N_("How many tunnels a packet may be in")              \
    }

static const LinkOption gre_rows[] = {
    KEYS("2.6.28"),
    ENDS(IP4, 4, IFLA_GRE_LOCAL, IFLA_GRE_REMOTE, "2.6.28"),
    HOPS(IFLA_GRE_TTL, "2.6.28"),
    CLASS(IFLA_GRE_TOS, "2.6.28"),
};

static const LinkOption gre6_rows[] = {
    KEYS("3.7"),
    ENDS(IP6, 16, IFLA_GRE_LOCAL, IFLA_GRE_REMOTE, "3.7"),
    HOPS(IFLA_GRE_TTL, "3.7"),
    LIMIT(IFLA_GRE_ENCAP_LIMIT, "3.7"),
};

#define PROTO(names_, fallback_, since_)                                                                     \
    {                                                                                                        \
        OPTION("proto", ENUM, 1, IFLA_IPTUN_PROTO), CREATE, .names = names_, .fallback = fallback_,          \
                                                            .since = since_,                                 \
                                                            .help = N_("What goes through the tunnel")       \
    }

static const LinkOption ipip_rows[] = {
    ENDS(IP4, 4, IFLA_IPTUN_LOCAL, IFLA_IPTUN_REMOTE, "3.7"),
    PROTO(names_ipip, "ipip", "4.9"),
    HOPS(IFLA_IPTUN_TTL, "3.7"),
    CLASS(IFLA_IPTUN_TOS, "3.7"),
};

static const LinkOption sit_rows[] = {
    ENDS(IP4, 4, IFLA_IPTUN_LOCAL, IFLA_IPTUN_REMOTE, "3.7"),
    {OPTION("dev", IFNAME, 4, IFLA_IPTUN_LINK), CREATE, .fallback = "", .since = "3.7",
     .help = N_("The device that packets leave by")},
    PROTO(names_sit, "ip6ip", "3.9"),
    HOPS(IFLA_IPTUN_TTL, "3.7"),
    CLASS(IFLA_IPTUN_TOS, "3.7"),
};

static const LinkOption ip6_rows[] = {
    ENDS(IP6, 16, IFLA_IPTUN_LOCAL, IFLA_IPTUN_REMOTE, "3.7"),
    PROTO(names_proto, "any", "3.7"),
    {OPTION("external", FLAG, 0, IFLA_IPTUN_COLLECT_METADATA), CREATE, .fallback = "off", .since = "4.9",
     .help = N_("Routes and programs say where each packet goes")},
    HOPS(IFLA_IPTUN_TTL, "3.7"),
    LIMIT(IFLA_IPTUN_ENCAP_LIMIT, "3.7"),
};

static const LinkOption vxlan_rows[] = {
    {OPTION("id", UINT, 4, IFLA_VXLAN_ID), CREATE, .key = "VXLAN_ID", RANGE(0, 16777215), .fallback = "",
     .since = "3.7", .help = N_("The number of the VXLAN")},
    {OPTION("remote", IP4, 4, IFLA_VXLAN_GROUP), CREATE, .fallback = "", .since = "3.7",
     .help = N_("The other end, or the multicast group of all ends")},
    {OPTION("dev", IFNAME, 4, IFLA_VXLAN_LINK), CREATE, .key = "PHYSDEV", .fallback = "", .since = "3.7",
     .help = N_("The device that packets leave by")},
    {OPTION("local", IP4, 4, IFLA_VXLAN_LOCAL), CREATE, .fallback = "", .since = "3.7",
     .help = N_("This end of the tunnel")},
    {OPTION("port", BE, 2, IFLA_VXLAN_PORT), CREATE, .key = "VXLAN_PORT", RANGE(1, 65535), .fallback = "8472",
     .since = "3.10", .help = N_("The UDP port of the other end; the usual one is 4789")},
    {OPTION("remote6", IP6, 16, IFLA_VXLAN_GROUP6), CREATE, .fallback = "", .since = "3.10",
     .help = N_("The other end over IPv6, or the group of all ends")},
    {OPTION("local6", IP6, 16, IFLA_VXLAN_LOCAL6), CREATE, .fallback = "", .since = "3.10",
     .help = N_("This end of the tunnel over IPv6")},
    {OPTION("limit", UINT, 4, IFLA_VXLAN_LIMIT), CREATE, RANGE(0, 4294967295u), .fallback = "0",
     .since = "3.7", .help = N_("How many addresses are remembered at most; 0: any number")},
    HOPS(IFLA_VXLAN_TTL, "3.7"),
    CLASS(IFLA_VXLAN_TOS, "3.7"),
    {OPTION("learning", FLAG, 1, IFLA_VXLAN_LEARNING), LIVE, .fallback = "on", .since = "3.7",
     .help = N_("Learn from what is received behind which end an address is")},
    {OPTION("ageing", UINT, 4, IFLA_VXLAN_AGEING), LIVE, RANGE(0, 4294967295u), .fallback = "300",
     .since = "3.7", .help = N_("How long that is remembered, seconds")},
};

const LinkFamily gre_family = {
    .kind = "gre", .module = "ip_gre", .word = N_("gre"), .own = TABLE(gre_rows), .sets_all = TRUE};
const LinkFamily gretap_family = {
    .kind = "gretap", .module = "ip_gre", .word = N_("gretap"), .own = TABLE(gre_rows), .sets_all = TRUE};
const LinkFamily ip6gre_family = {
    .kind = "ip6gre", .module = "ip6_gre", .word = N_("ip6gre"), .own = TABLE(gre6_rows), .sets_all = TRUE};
const LinkFamily ipip_family = {
    .kind = "ipip", .module = "ipip", .word = N_("ipip"), .own = TABLE(ipip_rows), .sets_all = TRUE};
const LinkFamily sit_family = {
    .kind = "sit", .module = "sit", .word = N_("sit"), .own = TABLE(sit_rows), .sets_all = TRUE};
const LinkFamily ip6tnl_family = {
    .kind = "ip6tnl", .module = "ip6_tunnel", .word = N_("ip6tnl"), .own = TABLE(ip6_rows), .sets_all = TRUE};
const LinkFamily vxlan_family = {
    .kind = "vxlan",
    .module = "vxlan",
    .word = N_("vxlan"),
    .own = {.rows = vxlan_rows, .n = G_N_ELEMENTS(vxlan_rows), .list = "VXLAN_OPTS"}};
