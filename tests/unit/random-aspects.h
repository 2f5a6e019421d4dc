/* What can differ from device to device in a tree of files at random: the table of random-config.c. */
#pragma once
#include "random-config.h"

/* Where a line of an aspect goes. */
typedef enum {
    IN_FILE,
    IN_LAYER3, /* the same, if the device has addresses */
    IN_OPTIONS,
    IN_ROUTES,
    IN_ROUTES6,
    IN_RULES,
    IN_ALIAS,
    IN_RANGE,
    PARTS
} Part;

typedef enum { OF_BONDS = 1, OF_NICS = 2, OF_VLANS = 4, OF_BRIDGES = 8, OF_ALL = 15 } Whose;

typedef struct {
    Part part;
    Whose whose;
    /* so many times more often than the others comes the first */
    guint plain;
    const char *choices[10];
} Aspect;

/* $DEV the device, $N its number, $NET its network, $IP its address. */
static const Aspect aspects[] = {
    {IN_FILE, OF_ALL, 8, {"", "ONBOOT=no\n"}},
    {IN_FILE, OF_ALL, 5, {"", "MTU=1400\n", "MTU=9000\n"}},
    {IN_FILE,
     OF_BONDS | OF_NICS | OF_VLANS,
     7,
     {"", "MACADDR=02:00:00:00:0$N:01\n", "MACADDR=02:00:00:00:0$N:02\n"}},
    {IN_FILE, OF_NICS, 8, {"", "ARP=no\n", "ARP=yes\n"}},
    {IN_FILE, OF_BRIDGES, 2, {"STP=no\n", "STP=yes\nDELAY=2\n", "BRIDGING_OPTS=\"ageing_time=10000\"\n"}},
    {IN_LAYER3, OF_ALL, 5, {"PREFIX=24\n", "PREFIX=16\n", "PREFIX=25\n", "NETMASK=255.255.0.0\n"}},
    {IN_LAYER3,
     OF_ALL,
     4,
     {"", "IPADDR1=$NET.15$N\nPREFIX1=24\n", "IPADDR1=10.40.$N.1\nPREFIX1=24\n",
      "IPADDR1=10.41.0.$N\nPREFIX1=32\n", "IPADDR1=$NET.15$N\nPREFIX1=16\n"}},
    {IN_LAYER3,
     OF_ALL,
     4,
     {"", "IPADDR2=$NET.16$N\nPREFIX2=24\n", "IPADDR2=10.40.$N.2\nPREFIX2=24\n",
      "IPADDR2=$NET.15$N\nPREFIX2=25\n"}},
    {IN_LAYER3, OF_ALL, 1, {"", "GATEWAY=$NET.126\n", "GATEWAY=$NET.125\n"}},
    {IN_LAYER3, OF_ALL, 7, {"", "DEFROUTE=no\n", "DEFROUTE=yes\n"}},
    {IN_LAYER3, OF_ALL, 7, {"", "METRIC=10\n", "METRIC=20\n"}},
    {IN_LAYER3, OF_ALL, 8, {"", "SRCADDR=$IP\n"}},
    {IN_LAYER3, OF_ALL, 1, {"", "NOZEROCONF=yes\n"}},
    {IN_OPTIONS,
     OF_BONDS,
     3,
     {"mode=1", "mode=0", "mode=balance-xor", "mode=broadcast", "mode=802.3ad", "mode=balance-tlb",
      "mode=6"}},
    {IN_OPTIONS,
     OF_BONDS,
     3,
     {" miimon=100", " miimon=50", "", " miimon=100 updelay=200", " miimon=100 downdelay=300 updelay=100"}},
    {IN_OPTIONS, OF_BONDS, 4, {"", " primary=eth1", " primary=eth2 primary_reselect=failure"}},
    {IN_OPTIONS, OF_BONDS, 5, {" fail_over_mac=none", " fail_over_mac=active", " fail_over_mac=follow"}},
    {IN_OPTIONS, OF_BONDS, 4, {"", " resend_igmp=5", " num_grat_arp=3", " all_slaves_active=1"}},
    {IN_OPTIONS, OF_BONDS, 4, {"", " lacp_rate=fast", " ad_select=bandwidth", " min_links=1"}},
    {IN_OPTIONS,
     OF_BONDS,
     4,
     {"", " xmit_hash_policy=layer3+4", " packets_per_slave=3", " tlb_dynamic_lb=0"}},
    {IN_OPTIONS, OF_BONDS, 7, {"", " arp_interval=500 arp_ip_target=$NET.126", " queue_id=eth1:2"}},
    {IN_ROUTES,
     OF_ALL,
     4,
     {"", "10.5$N.1.0/24 via $NET.126\n", "10.5$N.1.0/24 via $NET.125\n", "10.5$N.1.0/24\n",
      "10.5$N.1.0/24 via $NET.125 table 100\n", "default via $NET.126 table 10$N\n"}},
    {IN_ROUTES,
     OF_ALL,
     4,
     {"", "10.5$N.2.0/24 via $NET.126 src $IP\n", "10.5$N.2.0/24 metric 7\n",
      "10.5$N.2.0/24 via $NET.126 mtu 1400\n", "blackhole 10.5$N.3.0/24\n",
      "10.5$N.4.0/24\n10.5$N.5.0/24 via 10.5$N.4.1\n"}},
    {IN_ROUTES6, OF_ALL, 7, {"", "2001:db8:5$N::/64\n", "2001:db8:5$N::/64 metric 50\n"}},
    {IN_RULES,
     OF_ALL,
     5,
     {"", "from $IP table 10$N\n", "from $IP table 10$N priority 30$N\n",
      "to 10.5$N.0.0/16 table 10$N priority 40$N\n"}},
    {IN_ALIAS,
     OF_ALL,
     5,
     {"", "IPADDR=$NET.17$N\n", "IPADDR=10.43.$N.1\nPREFIX=24\n", "IPADDR=$NET.17$N\nONPARENT=no\n",
      "IPADDR=$NET.18$N\n"}},
    {IN_RANGE,
     OF_ALL,
     8,
     {"", "IPADDR_START=10.44.$N.1\nIPADDR_END=10.44.$N.4\nPREFIX=24\nCLONENUM_START=5\n",
      "IPADDR_START=10.44.$N.2\nIPADDR_END=10.44.$N.3\nPREFIX=24\nCLONENUM_START=5\n"}},
};

/* What came later has its dice behind all others, so that seeds mean what they did. */
static const Aspect later[] = {
    {IN_LAYER3,
     OF_ALL,
     3,
     {"", "IPV6INIT=yes\nIPV6ADDR=2001:db8:6$N::1/64\n",
      "IPV6INIT=yes\nIPV6ADDR=2001:db8:6$N::1/64\nIPV6_DEFAULTGW=2001:db8:6$N::fe\n",
      "IPV6INIT=yes\nIPV6ADDR=2001:db8:6$N::2/64\nIPV6ADDR_SECONDARIES=\"2001:db8:6$N::1/64 "
      "2001:db8:7$N::1/64\"\n",
      "IPV6INIT=yes\nIPV6ADDR=2001:db8:6$N::1/64\nIPV6ADDR_SECONDARIES=\"2001:db8:6$N::2/64\"\n",
      "IPV6INIT=yes\nIPV6ADDR=2001:db8:6$N::1/48\n"}},
    {IN_LAYER3, OF_ALL, 6, {"", "IPV6INIT=yes\nIPV6_DEFAULTGW=fe80::1%$DEV\n"}},
    {IN_ROUTES6,
     OF_ALL,
     5,
     {"", "2001:db8:8$N::/64 via fe80::2\n", "2001:db8:8$N::/64 via fe80::3\n",
      "2001:db8:8$N::/64 via fe80::2 metric 50\n2001:db8:9$N::/64\n"}},
};

/* What is no line of a table, behind the rows of aspects. */
enum {
    DIE_IS_THERE = G_N_ELEMENTS(aspects),
    DIE_NETWORK,
    DIE_ADDRESS,
    DIE_MASTER,
    DIE_BRIDGE,
    DIE_LOWER,
    DIE_ID,
    DIE_NAME,
    DIE_TYPE,
    DIE_LATER,
    DIE_GUISE = DIE_LATER + G_N_ELEMENTS(later),
    DIE_LAST,
    /* of the host */
    DIE_GATEWAYDEV = 0,
    DIE_NOZEROCONF,
    DIE_ROAMING_ADDRESS,
    DIE_ROAMING_ROUTE,
    DIE_ROAMING_RULE
};
G_STATIC_ASSERT((int)DIE_LAST <= (int)RANDOM_ASPECTS);
