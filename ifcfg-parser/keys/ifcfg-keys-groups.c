/* The headings under which people look for keys. A key that stands in no list is under one of the
 * last three, by its state. */
#include "i18n.h"
#include "ifcfg-keys.h"

#include <string.h>

/* Names of keys, and beginnings of names with a `*`; a name beats a beginning. */
static const struct {
    const char *title, *keys;
} groups[] = {
    {N_("Which device"), "DEVICE NAME TYPE DEVICETYPE HWADDR SUBCHANNELS"},
    {N_("When it comes up"), "ONBOOT ONPARENT HOTPLUG USERCTL DEVTIMEOUT NM_CONTROLLED LINKSTATUS LINKDELAY"},
    {N_("The link"), "MACADDR MTU ARP ETHTOOL* PROMISC ALLMULTI ACCEPT_ALL_MAC_ADDRESSES SRIOV* QDISC FILTER "
                     "TC_COMMIT DCB* LLDP"},
    {N_("IPv4 addresses"),
     "BOOTPROTO IPADDR* PREFIX NETMASK BROADCAST NETWORK SCOPE ARPCHECK ARPUPDATE ARPING* "
     "CLONENUM_START ACD_TIMEOUT IPV4_LINK_LOCAL"},
    {N_("IPv6"), "IPV6*"},
    {N_("Routes and rules"),
     "GATEWAY* DEFROUTE METRIC SRCADDR WINDOW EXTRA_ROUTE_OPTS NOROUTESET NO_ALIASROUTING NOZEROCONF "
     "NEXTHOP_OBJECTS "
     "PEERROUTES IPV4_ROUTE_METRIC IPV4_ROUTE_TABLE IPV4_REPLACE_LOCAL_RULE "
     "IPV4_AUTO_ROUTE_EXT_GW IPV6_DEFROUTE IPV6_PEERROUTES IPV6_ROUTE_METRIC IPV6_ROUTE_TABLE "
     "IPV6_DEFAULTGW IPV6_DEFAULTDEV ROUTING_RULE* ADDRESS OPTIONS"},
    {N_("DHCP"), "DHC* DHCP* PERSISTENT_DHCLIENT* PEERNTP NO_DHCP_HOSTNAME IPV4_DHCP_TIMEOUT "
                 "IPV6_DHCP_TIMEOUT IPV4_FAILURE_FATAL UUID"},
    {N_("Names and name servers"),
     "DNS* DOMAIN SEARCH PEERDNS RESOLV_MODS RES_OPTIONS MS_DNS HOSTNAME* NISDOMAIN LLMNR MDNS "
     "IPV4_DNS_PRIORITY IPV6_DNS_PRIORITY IPV6_DOMAIN IPV6_PEERDNS IPV6_RES_OPTIONS"},
    {N_("Firewall"), "ZONE"},
    {N_("Bonds"),
     "BONDING_OPTS BONDING_MASTER BONDING_SLAVE* MASTER MASTER_UUID SLAVE BOND_PORT* AUTOCONNECT_SLAVES"},
    {N_("Bridges"), "BRIDGE* BRIDGING_OPTS STP DELAY AGEING PRIO GCINT"},
    {N_("VLANs"), "VLAN* VID PHYSDEV REORDER_HDR GVRP MVRP"},
    {N_("Other kinds of link"), "MACVLAN* IPVLAN* VRF* VXLAN* VNI GROUP_IPADDR PEER VETH_PEER OWNER GROUP"},
    {N_("Tunnels"), "MY_* PEER_* TTL KEY IPV6TUNNEL* IPV6TO4* IPV6_AUTOTUNNEL"},
    {N_("Teams, Open vSwitch, InfiniBand, s390"),
     "TEAM* OVS* BOND_IFACES PKEY* CONNECTED_MODE CTCPROT NETTYPE PORTNAME PEERID"},
    {N_("The service and its console"),
     "NETWORKING NETWORKDELAY WAIT_UNTIL_REACHABLE IFDOWN_ON_SHUTDOWN BOOTUP RES_COL MOVE_TO_COL SETCOLOR* "
     "LOGLEVEL"},
};

typedef enum { OTHERS_HANDED, OTHERS_REFUSED, OTHERS_REST, OTHERS_LAST } Others;

static const char *const others[OTHERS_LAST] = {N_("Modems, ISDN, Wi-Fi, Bluetooth"),
                                                N_("Words of other systems"), N_("All others")};

const char *ifcfg_key_group_title(guint group)
{
    if (group < G_N_ELEMENTS(groups))
        return groups[group].title;
    group -= (guint)G_N_ELEMENTS(groups);
    return group < OTHERS_LAST ? others[group] : NULL;
}

/* How much of @name the word stands for; 0: it stands for another one. */
static gsize word_match(const char *word, gsize length, const char *name)
{
    if (word[length - 1] == '*')
        return strncmp(word, name, length - 1) == 0 ? length - 1 : 0;
    return strlen(name) == length && strncmp(word, name, length) == 0 ? G_MAXUINT : 0;
}

static gsize list_match(const char *words, const char *name)
{
    gsize best = 0;

    for (const char *word = words; *word; word += strspn(word, " ")) {
        gsize length = strcspn(word, " ");
        best = MAX(best, word_match(word, length, name));
        word += length;
    }
    return best;
}

guint ifcfg_key_group(const IfcfgKey *key)
{
    guint found = G_N_ELEMENTS(groups) + OTHERS_REST;
    gsize best = 0;

    for (guint i = 0; i < G_N_ELEMENTS(groups); i++) {
        gsize match = list_match(groups[i].keys, key->name);
        if (match > best) {
            best = match;
            found = i;
        }
    }
    if (key->state == IFCFG_KEY_REFUSED && best < G_MAXUINT) /* one that is named above is a word of ours */
        return G_N_ELEMENTS(groups) + OTHERS_REFUSED;
    return !best && key->state == IFCFG_KEY_HANDED ? G_N_ELEMENTS(groups) + OTHERS_HANDED : found;
}
