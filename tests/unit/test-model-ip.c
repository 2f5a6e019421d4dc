/* Addresses, aliases, ranges, routes and rules of an interface, from its files. */
#include "model-cases.h"

#define ETH0 "@ifcfg-eth0\nDEVICE=eth0\n"
#define NET "@/etc/sysconfig/network\n"
#define A1 "IPADDR=10.0.0.1\nPREFIX=24\n"

static const ModelCase addresses[] = {
    {"prefix", ETH0 A1, "eth0 ethernet 10.0.0.1/24 zeroconf\n", NULL},
    {"netmask", ETH0 "IPADDR=10.0.0.1\nNETMASK=255.255.240.0\n", "eth0 ethernet 10.0.0.1/20 zeroconf\n",
     NULL},
    {"prefix beats netmask", ETH0 A1 "NETMASK=255.0.0.0\n", "eth0 ethernet 10.0.0.1/24 zeroconf\n", NULL},
    {"classful", ETH0 "IPADDR=172.16.0.1\nIPADDR1=192.168.0.1\n",
     "eth0 ethernet 172.16.0.1/16 192.168.0.1/24 zeroconf\n",
     "ifcfg-eth0:2:8: warning: IPADDR has neither PREFIX nor NETMASK; its class makes it /16: write the one "
     "that is meant\n"
     "ifcfg-eth0:3:9: warning: IPADDR1 has neither PREFIX1 nor NETMASK1; its class makes it /24: write the "
     "one that is meant\n"},
    {"gaps",
     ETH0 "IPADDR7=10.0.0.7\nPREFIX7=24\nIPADDR2=10.0.0.2\nPREFIX2=24\nIPADDR0=10.0.1.1\nPREFIX0=24\n" A1,
     "eth0 ethernet 10.0.0.1/24 10.0.1.1/24 10.0.0.2/24 10.0.0.7/24 zeroconf\n", NULL},
    {"broadcast", ETH0 A1 "BROADCAST=10.0.0.127\n", "eth0 ethernet 10.0.0.1/24 brd 10.0.0.127 zeroconf\n",
     NULL},
    {"arp for all", ETH0 A1 "IPADDR1=10.0.0.2\nPREFIX1=24\nARPCHECK=no\nARPCHECK1=yes\nARPUPDATE1=no\n",
     "eth0 ethernet 10.0.0.1/24 nocheck 10.0.0.2/24 silent zeroconf\n", NULL},
    {"scope", ETH0 A1 "SCOPE='scope link'\n", "eth0 ethernet 10.0.0.1/24 scope 253 zeroconf\n", NULL},
    {"scope word", ETH0 A1 "SCOPE=host\n", "eth0 ethernet 10.0.0.1/24 scope 254 zeroconf\n", NULL},
    {"scope bad", ETH0 A1 "SCOPE=galaxy\n", "eth0 ethernet 10.0.0.1/24 zeroconf\n",
     "ifcfg-eth0:4:7: error: unknown SCOPE=galaxy: expected global, site, link or host; ignored\n"},
    {"scope peer", ETH0 A1 "SCOPE='peer 10.0.0.9'\n", "eth0 ethernet 10.0.0.1/32 peer 10.0.0.9 zeroconf\n",
     NULL},
    {"loopback", "@ifcfg-lo\nDEVICE=lo\nIPADDR=127.0.0.1\nNETMASK=255.0.0.0\nONBOOT=yes\n",
     "lo loopback 127.0.0.1/8 scope 254 nocheck silent\n", NULL},
    {"zero", ETH0 "IPADDR=0.0.0.0\nNETMASK=0.0.0.0\n", "eth0 ethernet zeroconf\n", NULL},
    {"empty", ETH0 "IPADDR=\nNETMASK=\n", "eth0 ethernet zeroconf\n", NULL},
    {"bad", ETH0 "IPADDR=10.0.0.256\nPREFIX=24\n", "eth0 ethernet zeroconf FAULT\n",
     "ifcfg-eth0:2:8: error: IPADDR: '10.0.0.256' is not an IPv4 address: write four numbers from 0 to "
     "255\n"},
    {"one bad", ETH0 A1 "IPADDR1=10.0.0.256\nPREFIX1=24\n", "eth0 ethernet 10.0.0.1/24 zeroconf\n",
     "ifcfg-eth0:4:9: error: IPADDR1: '10.0.0.256' is not an IPv4 address: write four numbers from 0 to "
     "255\n"},
    {"bad prefix", ETH0 "IPADDR=10.0.0.1\nPREFIX=33\n", "eth0 ethernet zeroconf FAULT\n",
     "ifcfg-eth0:3:8: error: PREFIX: '33' is not a number from 0 to 32\n"},
    {"multicast", ETH0 "IPADDR=224.0.0.1\nPREFIX=24\n", "eth0 ethernet zeroconf FAULT\n",
     "ifcfg-eth0:2:8: error: IPADDR=224.0.0.1 is not an address of a host; ignored\n"},
    {"network address", ETH0 "IPADDR=10.0.0.0\nPREFIX=24\n", "eth0 ethernet 10.0.0.0/24 zeroconf\n",
     "ifcfg-eth0:2:8: warning: 10.0.0.0/24 is the address of the network itself, not of a host\n"},
    {"broadcast address", ETH0 "IPADDR=10.0.0.255\nPREFIX=24\n", "eth0 ethernet 10.0.0.255/24 zeroconf\n",
     "ifcfg-eth0:2:8: warning: 10.0.0.255/24 is the broadcast address of its network\n"},
    {"twice", ETH0 A1 "IPADDR1=10.0.0.1\nPREFIX1=25\n", "eth0 ethernet 10.0.0.1/24 zeroconf\n",
     "ifcfg-eth0:4:9: error: 10.0.0.1 is an address of eth0 already (ifcfg-eth0:2): this line is ignored, "
     "remove or correct it\n"},
    {"that of another", ETH0 A1 "@ifcfg-eth1\n" A1,
     "eth0 ethernet 10.0.0.1/24 zeroconf\neth1 ethernet zeroconf FAULT\n",
     "ifcfg-eth1:1:8: error: 10.0.0.1 is the address of eth0 too (ifcfg-eth0:2): only one of the two will be "
     "reached by it; correct one\n"},
    {"one is that of another",
     ETH0 A1 "@ifcfg-eth1\nIPADDR=10.0.1.1\nPREFIX=24\nIPADDR1=10.0.0.1\nPREFIX1=24\n",
     "eth0 ethernet 10.0.0.1/24 zeroconf\neth1 ethernet 10.0.1.1/24 zeroconf\n",
     "ifcfg-eth1:3:9: error: 10.0.0.1 is the address of eth0 too (ifcfg-eth0:2): only one of the two will be "
     "reached by it; correct one\n"},
    {"that of another unchecked", ETH0 A1 "@ifcfg-eth1\nARPCHECK=no\n" A1,
     "eth0 ethernet 10.0.0.1/24 zeroconf\neth1 ethernet 10.0.0.1/24 nocheck zeroconf\n",
     "ifcfg-eth1:2:8: warning: 10.0.0.1 is the address of eth0 too (ifcfg-eth0:2): only one of the two will "
     "be reached by it; correct one\n"},
    {"that of another by turns", ETH0 A1 "@ifcfg-eth1\nONBOOT=no\n" A1,
     "eth0 ethernet 10.0.0.1/24 zeroconf\neth1 ethernet 10.0.0.1/24 noboot zeroconf\n", NULL},
    {"that of another alone", ETH0 "IPADDR=10.0.0.1\nPREFIX=32\n@ifcfg-eth1\nIPADDR=10.0.0.1\nPREFIX=32\n",
     "eth0 ethernet 10.0.0.1/32 zeroconf\neth1 ethernet 10.0.0.1/32 zeroconf\n", NULL},
};

static const ModelCase aliases[] = {
    {"inherits",
     ETH0 A1 "ARPCHECK=no\nBROADCAST=10.0.0.63\n"
             "@ifcfg-eth0:1\nDEVICE=eth0:1\nIPADDR=10.0.0.5\n",
     "eth0 ethernet 10.0.0.1/24 brd 10.0.0.63 nocheck &eth0:1 zeroconf\n"
     "eth0:1 alias 10.0.0.5/24 label eth0:1 nocheck on:eth0 noline\n",
     NULL},
    {"own netmask",
     ETH0 A1 "@ifcfg-eth0:1\nDEVICE=eth0:1\nIPADDR=10.0.0.5\nNETMASK=255.255.255.255\nONPARENT=no\n",
     "eth0 ethernet 10.0.0.1/24 &eth0:1 zeroconf\n"
     "eth0:1 alias 10.0.0.5/32 label eth0:1 alone on:eth0 noline\n",
     NULL},
    {"by suffix", ETH0 A1 "@ifcfg-eth0:web\nIPADDR=10.0.0.5\n",
     "eth0 ethernet 10.0.0.1/24 &eth0:web zeroconf\n"
     "eth0:web alias 10.0.0.5/24 label eth0:web on:eth0 noline\n",
     NULL},
    {"by nick", "@ifcfg-lan\nDEVICE=eth0\n" A1 "@ifcfg-lan:1\nIPADDR=10.0.0.5\n",
     "eth0 ethernet 10.0.0.1/24 &lan:1 zeroconf\n"
     "lan:1 alias 10.0.0.5/24 label eth0:1 on:eth0 noline\n",
     NULL},
    {"main name", "@ifcfg-a\nDEVICE=eth0:3\nONBOOT=no\nIPADDR=10.0.0.5\n" ETH0 A1,
     "eth0:3 alias 10.0.0.5/24 label eth0:3 noboot alone on:eth0 noline\n"
     "eth0 ethernet 10.0.0.1/24 &eth0:3 zeroconf\n",
     NULL},
    {"parent's device", ETH0 A1 "@ifcfg-eth0:1\nDEVICE=eth0\nIPADDR=10.0.0.5\n",
     "eth0 ethernet 10.0.0.1/24 &eth0:1 zeroconf\n"
     "eth0:1 alias 10.0.0.5/24 label eth0:1 on:eth0 noline\n",
     "ifcfg-eth0:1:1:8: warning: DEVICE=eth0 is not an alias; read as eth0:1\n"},
    {"no parent", "@ifcfg-eth0:1\nIPADDR=10.0.0.5\nPREFIX=24\n", "eth0:1 alias 10.0.0.5/24 noline FAULT\n",
     "ifcfg-eth0:1: error: eth0:1 is an alias, but no file configures its parent device: write "
     "one with DEVICE=eth0\n"},
    {"loopback without file", "@ifcfg-lo:1\nIPADDR=10.0.0.5\nPREFIX=32\n",
     "lo loopback 127.0.0.1/8 scope 254 nocheck silent &lo:1\n"
     "lo:1 alias 10.0.0.5/32 label lo:1 nocheck silent on:lo noline\n",
     NULL},
    {"loopback's file is an alias", "@ifcfg-lo\nDEVICE=lo:1\nIPADDR=127.0.0.1\nPREFIX=32\n",
     "lo loopback 127.0.0.1/8 scope 254 nocheck silent &lo:1\n"
     "lo:1 alias 127.0.0.1/32 label lo:1 scope 254 nocheck silent on:lo noline\n",
     NULL},
    {"no address", ETH0 "@ifcfg-eth0:1\nDEVICE=eth0:1\n",
     "eth0 ethernet &eth0:1 zeroconf\n"
     "eth0:1 alias on:eth0 noline FAULT\n",
     "ifcfg-eth0:1:1:8: error: the alias has no IPADDR\n"},
    {"no prefix", ETH0 "@ifcfg-eth0:1\nIPADDR=10.0.0.5\n",
     "eth0 ethernet &eth0:1 zeroconf\n"
     "eth0:1 alias on:eth0 noline FAULT\n",
     "ifcfg-eth0:1:1:8: error: neither this file nor ifcfg-eth0 has a PREFIX or NETMASK; the address is "
     "ignored\n"},
    {"bad alias", ETH0 A1 "@ifcfg-eth0:a-b\nIPADDR=10.0.0.5\n",
     "eth0 ethernet 10.0.0.1/24 &eth0:a-b zeroconf\n"
     "eth0:a-b alias 10.0.0.5/24 label eth0:a-b on:eth0 noline FAULT\n",
     "ifcfg-eth0:a-b: error: 'eth0:a-b' cannot be an alias: only letters, digits and '_' may follow the "
     "colon\n"},
    {"long alias", ETH0 A1 "@ifcfg-eth0:abcdefghijk\nIPADDR=10.0.0.5\n",
     "eth0 ethernet 10.0.0.1/24 &eth0:abcdefghijk zeroconf\n"
     "eth0:abcdefghijk alias 10.0.0.5/24 label eth0:abcdefghijk on:eth0 noline FAULT\n",
     "ifcfg-eth0:abcdefghijk: error: 'eth0:abcdefghijk' cannot be an alias: it is longer than 15 bytes\n"},
    {"seen address", ETH0 A1 "@ifcfg-eth0:1\nIPADDR=10.0.0.1\n",
     "eth0 ethernet 10.0.0.1/24 &eth0:1 zeroconf\n"
     "eth0:1 alias on:eth0 noline FAULT\n",
     "ifcfg-eth0:1:1:8: error: 10.0.0.1 is an address of eth0 already (ifcfg-eth0:2): this line is ignored, "
     "remove or correct it\n"},
    {"gateway of parent",
     ETH0 A1 "GATEWAY=10.0.0.254\n"
             "@ifcfg-eth0:1\nIPADDR=10.0.0.5\n",
     "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.254 dev eth0] &eth0:1 zeroconf\n"
     "eth0:1 alias 10.0.0.5/24 label eth0:1 on:eth0 noline\n",
     NULL},
    {"own gateway",
     ETH0 A1 "@ifcfg-eth0:1\nIPADDR=10.1.0.5\nGATEWAY=10.1.0.254\n"
             "@route-eth0:1\n10.9.0.0/16 via 10.1.0.9\n",
     "eth0 ethernet 10.0.0.1/24 &eth0:1 zeroconf\n"
     "eth0:1 alias 10.1.0.5/24 label eth0:1 [default via 10.1.0.254 dev eth0] [10.9.0.0/16 via 10.1.0.9 dev "
     "eth0] on:eth0 noline\n",
     NULL},
    {"gateway device of an alias",
     "@/etc/sysconfig/network\nNETWORKING=yes\nGATEWAYDEV=eth0:1\n" ETH0 A1
     "@ifcfg-eth0:1\nIPADDR=10.1.0.5\nGATEWAY=10.1.0.254\n",
     "eth0 ethernet 10.0.0.1/24 &eth0:1 zeroconf\n"
     "eth0:1 alias 10.1.0.5/24 label eth0:1 [default via 10.1.0.254 dev eth0] on:eth0 noline\n",
     NULL},
    {"gateway device of its parent",
     ETH0 A1 "GATEWAYDEV=eth0\nGATEWAY=10.0.0.254\n@ifcfg-eth0:1\nIPADDR=10.1.0.5\nGATEWAY=10.1.0.254\n",
     "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.254 dev eth0] &eth0:1 zeroconf\n"
     "eth0:1 alias 10.1.0.5/24 label eth0:1 [default via 10.1.0.254 dev eth0] on:eth0 noline\n",
     "ifcfg-eth0:5:9: warning: \"default via 10.0.0.254 dev eth0\" has no effect: \"default via 10.1.0.254 "
     "dev "
     "eth0\" (ifcfg-eth0:1:2) has the same destination and the same metric, and takes its place: remove one "
     "of "
     "the two, or give one a metric\n"},
    {"no routing",
     ETH0 A1 "NO_ALIASROUTING=yes\n"
             "@ifcfg-eth0:1\nIPADDR=10.1.0.5\nGATEWAY=10.1.0.254\n"
             "@route-eth0:1\n10.9.0.0/16 via 10.1.0.9\n",
     "eth0 ethernet 10.0.0.1/24 &eth0:1 zeroconf\n"
     "eth0:1 alias 10.1.0.5/24 label eth0:1 on:eth0 noline\n",
     NULL},
    {"on lo",
     "@ifcfg-lo\n"
     "@ifcfg-lo:1\nIPADDR=10.0.0.5\nPREFIX=32\n",
     "lo loopback &lo:1\n"
     "lo:1 alias 10.0.0.5/32 label lo:1 nocheck silent on:lo noline\n",
     NULL},
    {"of port",
     "@ifcfg-bond0\nTYPE=Bond\n"
     "@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\n"
     "@ifcfg-eth0:1\nIPADDR=10.0.0.5\nPREFIX=24\n",
     "bond0 bond miimon=100* +eth0 zeroconf\n"
     "eth0 ethernet &eth0:1 port-of:bond0 noline\n"
     "eth0:1 alias 10.0.0.5/24 label eth0:1 on:eth0 noline FAULT\n",
     "ifcfg-eth0:1: error: eth0 is a port of bond0, and ports have no addresses: make it an alias of "
     "bond0\n"},
    {"of dhcp",
     ETH0 "BOOTPROTO=dhcp\n"
          "@ifcfg-eth0:1\nIPADDR=10.0.0.5\nPREFIX=24\n",
     "eth0 ethernet &eth0:1 lease4:unknown zeroconf\n"
     "eth0:1 alias 10.0.0.5/24 label eth0:1 on:eth0 noline\n",
     NULL},
};

#define RANGE ETH0 A1 "@ifcfg-eth0-range0\n"
static const ModelCase ranges[] = {
    {"three", RANGE "IPADDR_START=10.0.0.7\nIPADDR_END=10.0.0.9\nCLONENUM_START=4\nARPCHECK=no\n",
     "eth0 ethernet 10.0.0.1/24 &eth0-range0 zeroconf\n"
     "eth0-range0 alias 10.0.0.7/24 label eth0:4 nocheck 10.0.0.8/24 label eth0:5 nocheck 10.0.0.9/24 label "
     "eth0:6 nocheck on:eth0 noline\n",
     NULL},
    {"no number", RANGE "DEVICE=eth0\nIPADDR_START=10.0.0.255\nIPADDR_END=10.0.0.255\n",
     "eth0 ethernet 10.0.0.1/24 &eth0-range0 zeroconf\n"
     "eth0-range0 alias 10.0.0.255/24 label eth0:0 on:eth0 noline\n",
     NULL},
    {"no end", RANGE "IPADDR_START=10.0.0.7\n",
     "eth0 ethernet 10.0.0.1/24 &eth0-range0 zeroconf\n"
     "eth0-range0 alias on:eth0 noline FAULT\n",
     "ifcfg-eth0-range0: error: a range file needs IPADDR_START and IPADDR_END; IPADDR_END is missing\n"},
    {"don't agree", RANGE "IPADDR_START=10.0.0.7\nIPADDR_END=10.0.1.9\n",
     "eth0 ethernet 10.0.0.1/24 &eth0-range0 zeroconf\n"
     "eth0-range0 alias on:eth0 noline FAULT\n",
     "ifcfg-eth0-range0:2:12: error: IPADDR_START=10.0.0.7 and IPADDR_END=10.0.1.9 don't agree: a range "
     "changes only the last number\n"},
    {"greater", RANGE "IPADDR_START=10.0.0.9\nIPADDR_END=10.0.0.7\n",
     "eth0 ethernet 10.0.0.1/24 &eth0-range0 zeroconf\n"
     "eth0-range0 alias on:eth0 noline FAULT\n",
     "ifcfg-eth0-range0:2:12: error: IPADDR_START=10.0.0.9 is greater than IPADDR_END=10.0.0.7\n"},
    {"number", RANGE "IPADDR_START=10.0.0.7\nIPADDR_END=10.0.0.9\nCLONENUM_START=x\n",
     "eth0 ethernet 10.0.0.1/24 &eth0-range0 zeroconf\n"
     "eth0-range0 alias on:eth0 noline FAULT\n",
     "ifcfg-eth0-range0:3:16: error: CLONENUM_START: 'x' is not a number from 0 to 65535\n"},
    {"no prefix", ETH0 "@ifcfg-eth0-range0\nIPADDR_START=10.0.0.7\nIPADDR_END=10.0.0.9\n",
     "eth0 ethernet &eth0-range0 zeroconf\n"
     "eth0-range0 alias on:eth0 noline FAULT\n",
     "ifcfg-eth0-range0:2:12: error: neither this file nor ifcfg-eth0 has a PREFIX or NETMASK; the address "
     "is ignored\n"},
    {"seen",
     RANGE "IPADDR_START=10.0.0.1\nIPADDR_END=10.0.0.2\n"
           "@ifcfg-eth0:1\nIPADDR=10.0.0.5\n",
     "eth0 ethernet 10.0.0.1/24 &eth0:1 &eth0-range0 zeroconf\n"
     "eth0-range0 alias on:eth0 noline FAULT\n"
     "eth0:1 alias 10.0.0.5/24 label eth0:1 on:eth0 noline\n",
     "ifcfg-eth0-range0:2:12: error: 10.0.0.1 is an address of eth0 already (ifcfg-eth0:2): this line is "
     "ignored, remove or correct it\n"
     "ifcfg-eth0-range0:2:12: error: the alias eth0:1 is in ifcfg-eth0:1 already: the address is ignored, "
     "give it another number\n"},
};

static const ModelCase routes[] = {
    {"gateway", ETH0 A1 "GATEWAY=10.0.0.254\n",
     "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.254 dev eth0] zeroconf\n", NULL},
    {"all",
     ETH0 A1
     "GATEWAY=10.0.0.254\nMETRIC=5\nWINDOW=4096\nSRCADDR=10.0.0.1\nEXTRA_ROUTE_OPTS='mtu 1400 onlink'\n",
     "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.254 dev eth0 onlink src 10.0.0.1 metric 5 mtu 1400 "
     "window 4096] arp_filter zeroconf\n",
     NULL},
    {"bad extra", ETH0 A1 "GATEWAY=10.0.0.254\nEXTRA_ROUTE_OPTS='flavour 3'\n",
     "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.254 dev eth0] zeroconf\n",
     "ifcfg-eth0:5:18: error: EXTRA_ROUTE_OPTS: \"flavour\" is neither a word of \"ip route add\" nor "
     "needed: the route already has a destination\n"},
    {"far", ETH0 A1 "GATEWAY=10.0.1.254\n", "eth0 ethernet 10.0.0.1/24 zeroconf\n",
     "ifcfg-eth0:4:9: error: GATEWAY=10.0.1.254 is not in the network of the first address, 10.0.0.1/24; "
     "there will be no default route by it: correct it, or write \"default via 10.0.1.254 onlink\" into "
     "route-eth0\n"},
    {"second address only", ETH0 A1 "IPADDR1=10.1.0.1\nPREFIX1=24\nGATEWAY=10.1.0.254\n",
     "eth0 ethernet 10.0.0.1/24 10.1.0.1/24 zeroconf\n",
     "ifcfg-eth0:6:9: error: GATEWAY=10.1.0.254 is not in the network of the first address, 10.0.0.1/24; "
     "there will be no default route by it: correct it, or write \"default via 10.1.0.254 onlink\" into "
     "route-eth0\n"},
    {"numbered", ETH0 A1 "GATEWAY0=10.0.0.254\n",
     "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.254 dev eth0] zeroconf\n", NULL},
    {"numbered, of the second address", ETH0 A1 "IPADDR1=10.1.0.1\nPREFIX1=24\nGATEWAY1=10.1.0.254\n",
     "eth0 ethernet 10.0.0.1/24 10.1.0.1/24 [default via 10.1.0.254 dev eth0] zeroconf\n", NULL},
    {"several numbered", ETH0 A1 "GATEWAY10=10.0.0.10\nGATEWAY2=10.0.0.2\nGATEWAYDEV=eth0\n",
     "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.2 dev eth0] zeroconf\n", NULL},
    {"own numbered beats global", NET "GATEWAY=10.0.0.253\n" ETH0 A1 "GATEWAY0=10.0.0.254\n",
     "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.254 dev eth0] zeroconf\n", NULL},
    {"without number beats numbered", ETH0 A1 "GATEWAY0=10.0.0.253\nGATEWAY=10.0.0.254\n",
     "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.254 dev eth0] zeroconf\n", NULL},
    {"far numbered", ETH0 A1 "GATEWAY0=10.0.1.254\n", "eth0 ethernet 10.0.0.1/24 zeroconf\n",
     "ifcfg-eth0:4:10: error: GATEWAY0=10.0.1.254 is in the network of no address of eth0; there will be no "
     "default route by it\n"},
    {"rules in the file",
     ETH0 A1
     "ROUTING_RULE_10='from 10.0.0.1 table 7 priority 10'\n"
     "ROUTING_RULE_2='from 10.0.0.1 table 9 priority 2'\nROUTING_RULE6_0='from 2001:db8::/64 table 9'\n",
     "eth0 ethernet 10.0.0.1/24 {priority 2 from 10.0.0.1/32 table 9} {priority 10 from 10.0.0.1/32 table 7} "
     "{from 2001:db8::/64 table 9} zeroconf\n",
     NULL},
    {"rules in a file of their own",
     ETH0 A1 "ROUTING_RULE_0='from 10.0.0.1 table 7'\n"
             "@rule-eth0\nfrom 10.0.0.2 table 8\n",
     "eth0 ethernet 10.0.0.1/24 {from 10.0.0.2/32 table 8} zeroconf\n",
     "ifcfg-eth0:4:16: warning: ROUTING_RULE_0 is ignored: the interface has a file of rules; write it "
     "there\n"},
    {"bad rule in the file", ETH0 A1 "ROUTING_RULE_0='from nowhere'\n",
     "eth0 ethernet 10.0.0.1/24 zeroconf\n",
     "ifcfg-eth0:4:21: error: \"nowhere\" is not an IPv4 address or ADDRESS/LENGTH\n"},
    {"no address", ETH0 "GATEWAY=10.0.0.254\n", "eth0 ethernet zeroconf\n",
     "ifcfg-eth0:2:9: warning: GATEWAY=10.0.0.254 has no effect: the interface has no address; there will be "
     "no default route\n"},
    {"global", NET "GATEWAY=10.0.0.254\n" ETH0 A1 "@ifcfg-eth1\nIPADDR=10.1.0.1\nPREFIX=24\n",
     "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.254 dev eth0] zeroconf\n"
     "eth1 ethernet 10.1.0.1/24 zeroconf\n",
     NULL},
    {"own beats global", NET "GATEWAY=10.0.0.253\n" ETH0 A1 "GATEWAY=10.0.0.254\n",
     "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.254 dev eth0] zeroconf\n", NULL},
    {"own empty", NET "GATEWAY=10.0.0.254\n" ETH0 A1 "GATEWAY=\n", "eth0 ethernet 10.0.0.1/24 zeroconf\n",
     NULL},
    {"gatewaydev",
     NET "GATEWAY=10.0.0.254\nGATEWAYDEV=eth1\n" ETH0 A1 "@ifcfg-eth1\nIPADDR=10.1.0.1\nPREFIX=24\n",
     "eth0 ethernet 10.0.0.1/24 zeroconf\n"
     "eth1 ethernet 10.1.0.1/24 [default dev eth1] zeroconf\n",
     NULL},
    {"defroute", ETH0 A1 "GATEWAY=10.0.0.254\nDEFROUTE=no\n", "eth0 ethernet 10.0.0.1/24 zeroconf\n", NULL},
    {"none", ETH0 A1 "GATEWAY=0.0.0.0\n", "eth0 ethernet 10.0.0.1/24 zeroconf\n", NULL},
    {"nozeroconf", NET "NOZEROCONF=no\n" ETH0, "eth0 ethernet\n", NULL},
    {"files",
     "@ifcfg-lan\nDEVICE=eth0\n" A1 "GATEWAY=10.0.0.254\n"
     "@route-eth0\n10.9.0.0/16 via 10.0.0.9\n"
     "@route-lan\nADDRESS0=10.8.0.0\nNETMASK0=255.255.0.0\nGATEWAY0=10.0.0.8\n"
     "@route6-eth0\n2001:db8:1::/48 via fe80::1\n"
     "@rule-eth0\nfrom 10.0.0.0/24 table 7\n"
     "@rule6-lan\nfrom 2001:db8::/32 table 8\n",
     "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.254 dev eth0] [10.9.0.0/16 via 10.0.0.9] [10.8.0.0/16 "
     "via 10.0.0.8] [2001:db8:1::/48 via fe80::1] {from 10.0.0.0/24 table 7} {from 2001:db8::/32 table 8} "
     "zeroconf\n",
     NULL},
    {"norouteset",
     ETH0 A1 "GATEWAY=10.0.0.254\nNOROUTESET=yes\n"
             "@route-eth0\n10.9.0.0/16 via 10.0.0.9\n",
     "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.254 dev eth0] zeroconf\n", NULL},
};

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    model_cases_add("address", addresses, G_N_ELEMENTS(addresses));
    model_cases_add("alias", aliases, G_N_ELEMENTS(aliases));
    model_cases_add("range", ranges, G_N_ELEMENTS(ranges));
    model_cases_add("route", routes, G_N_ELEMENTS(routes));
    return g_test_run();
}
