/* Which type a file is of, what a bond's settings come from, and what is said about types that are not
 * supported. */
#include "model-cases.h"
#include "plan/graph.h"

#define PORTS "@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\n@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n"

static const ModelCase bonds[] = {
    {"guide",
     "@/etc/modules.conf\nalias eth0 bnx2\nalias bond0 bonding\n"
     "@ifcfg-bond0\nDEVICE=bond0\nBOOTPROTO=static\nONBOOT=yes\nIPADDR=10.0.11.2\nNETMASK=255.255.255."
     "0\nBONDING_OPTS=\"mode=1 primary=eth0 miimon=100 updelay=5000\"\n"
     "@ifcfg-eth0\nDEVICE=eth0\nMASTER=bond0\nSLAVE=yes\n"
     "@ifcfg-eth1\nDEVICE=eth1\nMASTER=bond0\nSLAVE=yes\n",
     "bond0 bond 10.0.11.2/24 module=bonding mode=active-backup miimon=100 updelay=5000 primary=eth0 +eth0 "
     "+eth1 zeroconf\n"
     "eth0 ethernet module=bnx2 port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"opts", "@ifcfg-uplink\nDEVICE=up\nBONDING_OPTS=mode=4\n", "up bond mode=802.3ad miimon=100* zeroconf\n",
     "ifcfg-uplink:1:8: warning: no file has MASTER=up and SLAVE=yes: the bond has no ports and carries no "
     "traffic\n"},
    {"opts over type", "@ifcfg-bond0\nTYPE=Ethernet\nBONDING_OPTS=mode=1\n" PORTS,
     "bond0 bond mode=active-backup miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"opts over another type", "@ifcfg-bond0\nTYPE=Bridge\nBONDING_MASTER=yes\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     "ifcfg-bond0:1:6: warning: TYPE=Bridge, but bond0 is a bond; write TYPE=Bond\n"},
    {"type", "@ifcfg-bond0\nTYPE=Bond\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"type bonding", "@ifcfg-bond0\nTYPE=Bonding\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"type odd", "@ifcfg-bond0\nTYPE=bond\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     "ifcfg-bond0:1:6: warning: TYPE=bond, but bond0 is a bond; write TYPE=Bond\n"},
    {"bonding_master", "@ifcfg-bond0\nBONDING_MASTER=yes\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"alias",
     "@/etc/modprobe.conf\nalias bond0 bonding\n"
     "@ifcfg-bond0\n" PORTS,
     "bond0 bond module=bonding miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"named",
     "@ifcfg-trunk\n"
     "@ifcfg-eth0\nMASTER=trunk\nSLAVE=yes\n",
     "eth0 ethernet port-of:trunk noline\n"
     "trunk bond miimon=100* +eth0 zeroconf\n",
     NULL},
    {"not named",
     "@ifcfg-trunk\n"
     "@ifcfg-eth0\nMASTER=trunk\nSLAVE=no\n",
     "eth0 ethernet zeroconf\n"
     "trunk ethernet zeroconf\n",
     NULL},
    {"named, other type",
     "@ifcfg-br0\nTYPE=Bridge\n"
     "@ifcfg-eth0\nMASTER=br0\nSLAVE=yes\n",
     "br0 bridge +eth0 zeroconf\n"
     "eth0 ethernet port-of:br0 FAULT\n",
     "ifcfg-eth0:1:8: error: MASTER=br0: br0 is configured in ifcfg-br0, but not as a bond; correct the "
     "name, or that file\n"},
    {"no miimon", "@ifcfg-bond0\nBONDING_OPTS=mode=1\n" PORTS,
     "bond0 bond mode=active-backup miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"arp",
     "@ifcfg-bond0\nBONDING_OPTS='mode=1 primary=eth0 arp_interval=1000 "
     "arp_ip_target=+172.16.254.254'\n" PORTS,
     "bond0 bond mode=active-backup arp_interval=1000 arp_ip_target=172.16.254.254 primary=eth0 +eth0 +eth1 "
     "zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"primary is no port", "@ifcfg-bond0\nBONDING_OPTS='mode=1 primary=eth9'\n" PORTS,
     "bond0 bond mode=active-backup miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     "ifcfg-bond0:1:29: error: primary=eth9 is ignored: eth9 is not one of its ports (eth0, eth1)\n"},
    {"module options",
     "@/etc/modprobe.conf\nalias bond0 bonding\nalias bond1 bonding\noptions bonding max_bonds=2 "
     "miimon=50\noptions bond1 -o bond1 mode=1\n"
     "@ifcfg-bond0\nBONDING_OPTS=miimon=200\n"
     "@ifcfg-bond1\n"
     "@ifcfg-eth2\nMASTER=bond1\nSLAVE=yes\n" PORTS,
     "bond0 bond module=bonding miimon=200 +eth0 +eth1 zeroconf\n"
     "bond1 bond module=bonding mode=active-backup* miimon=50* +eth2 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n"
     "eth2 ethernet port-of:bond1 noline\n",
     "ifcfg-bond0: warning: module options in /etc/modprobe.conf:3 hold for bond0 (max_bonds=2 miimon=50); "
     "move them to BONDING_OPTS in this file\n"
     "ifcfg-bond1: warning: module options in /etc/modprobe.conf:3 hold for bond1 (max_bonds=2 miimon=50); "
     "move them to BONDING_OPTS in this file\n"
     "ifcfg-bond1: warning: module options in /etc/modprobe.conf:4 hold for bond1 (mode=1); move them to "
     "BONDING_OPTS in this file\n"},
    {"install line",
     "@/etc/modprobe.conf\nalias bond0 bonding\ninstall bond0 /sbin/modprobe --ignore-install bonding -o "
     "bond0 mode=9\n"
     "@ifcfg-bond0\n" PORTS,
     "bond0 bond module=bonding miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     "/etc/modprobe.conf:2:69: error: mode=9 is not possible: use balance-rr (0), active-backup (1), "
     "balance-xor (2), "
     "broadcast (3), 802.3ad (4), balance-tlb (5) or balance-alb (6)\n"},
    {"load options only",
     "@/etc/modprobe.d/bonding.conf\noptions bonding max_bonds=0\n"
     "@ifcfg-bond0\nTYPE=Bond\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"dhcp", "@ifcfg-bond0\nTYPE=Bond\nBOOTPROTO=dhcp\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 lease4:unknown zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"in a bridge", "@ifcfg-bond0\nTYPE=Bond\nBRIDGE=br0\nIPADDR=10.0.0.1\n@ifcfg-br0\nTYPE=Bridge\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 port-of:br0\n"
     "br0 bridge +bond0 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     "ifcfg-bond0:3:8: warning: IPADDR is ignored: bond0 is a port of br0; it belongs in ifcfg-br0\n"},
    {"in a bridge, by its options alone",
     "@ifcfg-uplink\nBONDING_OPTS=mode=1\nBRIDGE=br0\n@ifcfg-br0\n@ifcfg-eth0\nMASTER=uplink\nSLAVE=yes\n",
     "br0 bridge +uplink zeroconf\n"
     "eth0 ethernet port-of:uplink noline\n"
     "uplink bond mode=active-backup miimon=100* +eth0 port-of:br0\n",
     NULL},
};

static const ModelCase ports[] = {
    {"no name of a bond", "@ifcfg-eth0\nMASTER=bond/0\nSLAVE=yes\n", "eth0 ethernet port-of:bond/0? FAULT\n",
     "ifcfg-eth0:1:8: error: MASTER: 'bond/0' is not an interface name: an interface name cannot contain "
     "/\n"},
    {"no bond", "@ifcfg-eth0\nMASTER=bond7\nSLAVE=yes\n", "eth0 ethernet port-of:bond7? FAULT\n",
     "ifcfg-eth0:1:8: error: MASTER=bond7: there is no configuration of bond7; write ifcfg-bond7, or "
     "correct the name\n"},
    {"slave unset",
     "@ifcfg-bond0\nTYPE=Bond\n"
     "@ifcfg-eth0\nMASTER=bond0\n",
     "bond0 bond miimon=100* +eth0 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n",
     "ifcfg-eth0:1:8: warning: MASTER=bond0 without SLAVE=yes; taken as a port of bond0\n"},
    {"slave unset, address",
     "@ifcfg-bond0\nTYPE=Bond\n"
     "@ifcfg-eth0\nMASTER=bond0\nIPADDR=10.0.0.1\nPREFIX=24\n",
     "bond0 bond miimon=100* zeroconf\n"
     "eth0 ethernet 10.0.0.1/24 zeroconf\n",
     "ifcfg-bond0: warning: no file has MASTER=bond0 and SLAVE=yes: the bond has no ports and carries no "
     "traffic\n"
     "ifcfg-eth0:1:8: warning: MASTER=bond0 is ignored without SLAVE=yes, since the file has an IPADDR\n"},
    {"slave alone", "@ifcfg-eth0\nSLAVE=yes\n", "eth0 ethernet zeroconf\n",
     "ifcfg-eth0:1:7: warning: SLAVE=yes without MASTER; eth0 is a port of nothing\n"},
    {"ignored keys",
     "@ifcfg-bond0\nTYPE=Bond\n"
     "@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\nONBOOT=no\nBOOTPROTO=dhcp\nIPADDR=10.0.0.1\nBONDING_OPTS=mode="
     "1\nGATEWAY=10.0.0.254\n"
     "@route-eth0\n10.9.0.0/16 via 10.0.0.9\n",
     "bond0 bond miimon=100* +eth0 zeroconf\n"
     "eth0 ethernet noboot port-of:bond0 noline\n",
     "ifcfg-eth0:5:8: warning: IPADDR is ignored: eth0 is a port of bond0; it belongs in ifcfg-bond0\n"
     "ifcfg-eth0:6:14: warning: BONDING_OPTS is ignored: eth0 is a port of bond0; it belongs in "
     "ifcfg-bond0\n"
     "ifcfg-eth0:7:9: warning: GATEWAY is ignored: eth0 is a port of bond0; it belongs in ifcfg-bond0\n"},
    {"prefix of a name",
     "@ifcfg-bond1\nTYPE=Bond\n"
     "@ifcfg-bond10\nTYPE=Bond\n"
     "@ifcfg-eth0\nMASTER=bond10\nSLAVE=yes\n",
     "bond1 bond miimon=100* zeroconf\n"
     "bond10 bond miimon=100* +eth0 zeroconf\n"
     "eth0 ethernet port-of:bond10 noline\n",
     "ifcfg-bond1: warning: no file has MASTER=bond1 and SLAVE=yes: the bond has no ports and carries no "
     "traffic\n"},
    {"nested",
     "@ifcfg-bond0\nTYPE=Bond\n"
     "@ifcfg-bond1\nTYPE=Bond\nMASTER=bond0\nSLAVE=yes\n",
     "bond0 bond miimon=100* +bond1 zeroconf\n"
     "bond1 bond miimon=100* port-of:bond0 noline\n",
     "ifcfg-bond1: warning: no file has MASTER=bond1 and SLAVE=yes: the bond has no ports and carries no "
     "traffic\n"},
};

#define VLAN5 "eth0.5 vlan id=5 stands-on:eth0? zeroconf\n"

static const ModelCase vlans[] = {
    {"by VLAN=yes", "@ifcfg-eth0.5\nVLAN=yes\nTYPE=Ethernet\n", VLAN5, NULL},
    {"by its name alone", "@ifcfg-eth0.5\n", VLAN5, NULL},
    {"by its type", "@ifcfg-eth0.5\nTYPE=Vlan\n", VLAN5, NULL},
    {"zeros in front", "@ifcfg-eth0\n@ifcfg-eth0.0200\nVLAN=yes\n",
     "eth0 ethernet ^eth0.0200 zeroconf\neth0.0200 vlan id=200 stands-on:eth0 zeroconf\n", NULL},
    {"on a VLAN", "@ifcfg-eth0.5.6\n", "eth0.5.6 vlan id=6 stands-on:eth0.5? zeroconf\n", NULL},
    {"vlan5 on PHYSDEV", "@ifcfg-vlan5\nVLAN=yes\nPHYSDEV=eth0\n",
     "vlan5 vlan id=5 stands-on:eth0? zeroconf\n", NULL},
    {"PHYSDEV against the name", "@ifcfg-eth0.14\nVLAN=yes\nPHYSDEV=eth1\n",
     "eth0.14 vlan id=14 stands-on:eth0? zeroconf\n",
     "ifcfg-eth0.14:2:9: warning: PHYSDEV=eth1 is ignored: by its name eth0.14 stands on eth0; write VID=14 "
     "too "
     "if eth1 is meant\n"},
    {"PHYSDEV against the name, with a number", "@ifcfg-eth0.14\nVLAN=yes\nPHYSDEV=eth1\nVID=14\n",
     "eth0.14 vlan id=14 stands-on:eth1? zeroconf\n", NULL},
    {"any name with VID", "@ifcfg-dmz\nVLAN=yes\nVID=7\nVLAN_ID=9\nPHYSDEV=eth0\n",
     "dmz vlan id=7 stands-on:eth0? zeroconf\n", NULL},
    {"any name with VLAN_ID", "@ifcfg-dmz\nTYPE=Vlan\nVLAN_ID=9\nPHYSDEV=eth0\n",
     "dmz vlan id=9 stands-on:eth0? zeroconf\n", NULL},
    {"VLAN_ID that is not in the name", "@ifcfg-vlan5\nTYPE=Vlan\nVLAN_ID=9\nPHYSDEV=eth0\n",
     "vlan5 vlan id=9 stands-on:eth0? zeroconf\n",
     "ifcfg-vlan5:2:9: warning: VLAN_ID=9 counts, not the 5 in the name vlan5; the old scripts took that: "
     "write "
     "VID=5 if it is meant\n"},
    {"VLAN=yes for all", "@/etc/sysconfig/network\nNETWORKING=yes\nVLAN=yes\n@ifcfg-eth0\n@ifcfg-eth0.5\n",
     "eth0 ethernet ^eth0.5 zeroconf\neth0.5 vlan id=5 stands-on:eth0 zeroconf\n", NULL},
    {"VLAN=no", "@ifcfg-eth0.5\nVLAN=no\n", "eth0.5 ethernet zeroconf\n", NULL},
    {"options of the bond below",
     "@ifcfg-bond0\nTYPE=Bond\n@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\n@ifcfg-bond0.5\nTYPE=Vlan\nBONDING_OPTS="
     "mode=1\n",
     "bond0 bond miimon=100* +eth0 ^bond0.5 zeroconf\n"
     "bond0.5 vlan id=5 stands-on:bond0 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n",
     "ifcfg-bond0.5:2:14: warning: BONDING_OPTS is ignored: bond0.5 is a vlan; it belongs in "
     "ifcfg-bond0\n"},
    {"flags",
     "@ifcfg-eth0.5\nREORDER_HDR=no\nGVRP=yes\nMVRP=no\nVLAN_FLAGS=LOOSE_BINDING,GVRP,X\n"
     "VLAN_INGRESS_PRIORITY_MAP=1:2,3:4\nVLAN_EGRESS_PRIORITY_MAP='4:3 2:1'\nVLAN_PROTOCOL=802.1ad\n",
     "eth0.5 vlan id=5 protocol=802.1ad reorder_hdr=off gvrp=on mvrp=off loose_binding=on "
     "ingress_qos_map=1:2 3:4 egress_qos_map=4:3 2:1 stands-on:eth0? zeroconf\n",
     "ifcfg-eth0.5:4:12: warning: VLAN_FLAGS: unknown flag 'X', ignored\n"},
    {"no number", "@ifcfg-dmz\nVLAN=yes\nPHYSDEV=eth0\n", "dmz vlan stands-on:eth0? zeroconf FAULT\n",
     "ifcfg-dmz: error: the VLAN has no number: write VID=NUMBER, or DEVICE=NIC.NUMBER\n"},
    {"no device below", "@ifcfg-vlan5\nVLAN=yes\n", "vlan5 vlan id=5 zeroconf FAULT\n",
     "ifcfg-vlan5: error: PHYSDEV is missing: it names the device that vlan5 stands on\n"},
    {"number 0", "@ifcfg-x\nDEVICE=eth0.0\n", "eth0.0 vlan id=0 stands-on:eth0? zeroconf FAULT\n",
     "ifcfg-x:1:8: error: DEVICE=eth0.0: the number of a VLAN is from 1 to 4094\n"},
    {"number 4095", "@ifcfg-x\nVLAN=yes\nVID=4095\nPHYSDEV=eth0\n", "x vlan stands-on:eth0? zeroconf FAULT\n",
     "ifcfg-x:2:5: error: VID: '4095' is not a number from 1 to 4094\n"},
    {"more than below", "@ifcfg-eth0\nMTU=1400\n@ifcfg-eth0.5\nMTU=1500\n",
     "eth0 ethernet mtu=1400 ^eth0.5 zeroconf\neth0.5 vlan mtu=1500 id=5 stands-on:eth0 zeroconf\n",
     "ifcfg-eth0.5:1:5: warning: MTU=1500 is more than the 1400 of eth0, which it stands on: it has no more "
     "than that\n"},
    {"a macvlan has more than below",
     "@ifcfg-eth0\nMTU=1400\n@ifcfg-m0\nTYPE=Macvlan\nPHYSDEV=eth0\nMTU=1500\n",
     "eth0 ethernet mtu=1400 ^m0 zeroconf\nm0 macvlan mtu=1500 stands-on:eth0 zeroconf\n",
     "ifcfg-m0:3:5: warning: MTU=1500 is more than the 1400 of eth0, which it stands on: it has no more than "
     "that\n"},
    {"macvtap, ipvtap", "@ifcfg-t0\nTYPE=Macvtap\nPHYSDEV=eth0\n@ifcfg-t1\nTYPE=Ipvtap\nPHYSDEV=eth1\n",
     "t0 macvtap stands-on:eth0? zeroconf\nt1 ipvtap stands-on:eth1? zeroconf\n", NULL},
    {"an ipvlan has no MAC of its own",
     "@ifcfg-i0\nTYPE=Ipvlan\nPHYSDEV=eth0\nIPVLAN_MODE=l3s\nMACADDR=02:00:00:00:00:01\n",
     "i0 ipvlan mode=l3s stands-on:eth0? zeroconf\n",
     "ifcfg-i0:4:9: warning: MACADDR is ignored: i0 has the MAC of eth0, which it stands on\n"},
    {"an ipvlan is no port of a bridge, but of a VRF",
     "@ifcfg-i0\nTYPE=Ipvlan\nPHYSDEV=eth0\nBRIDGE=br0\n@ifcfg-br0\nTYPE=Bridge\n"
     "@ifcfg-i1\nTYPE=Ipvlan\nPHYSDEV=eth0\nVRF=red\n@ifcfg-red\nTYPE=VRF\nVRF_TABLE=7\n",
     "br0 bridge +i0 zeroconf\ni0 ipvlan port-of:br0 stands-on:eth0? FAULT\n"
     "i1 ipvlan port-of:red stands-on:eth0?\nred vrf table=7 +i1\n",
     "ifcfg-i0:3:8: error: BRIDGE=br0: i0 is of type ipvlan, of which the kernel takes none as a port\n"},
    {"two devices below", "@ifcfg-m0\nTYPE=Macvlan\nPHYSDEV=eth0\nMACVLAN_PARENT=eth1\n",
     "m0 macvlan stands-on:eth0? zeroconf\n",
     "ifcfg-m0:3:16: warning: MACVLAN_PARENT=eth1 is ignored, since PHYSDEV=eth0 says it already\n"},
    {"as a port of a bond",
     "@ifcfg-bond0\nTYPE=Bond\n@ifcfg-eth0.5\nMASTER=bond0\nSLAVE=yes\nIPADDR=10.0.0.1\n",
     "bond0 bond miimon=100* +eth0.5 zeroconf\neth0.5 vlan id=5 port-of:bond0 stands-on:eth0? noline\n",
     "ifcfg-eth0.5:3:8: warning: IPADDR is ignored: eth0.5 is a port of bond0; it belongs in "
     "ifcfg-bond0\n"},
    {"dhcp", "@ifcfg-eth0.5\nBOOTPROTO=dhcp\n", "eth0.5 vlan id=5 stands-on:eth0? lease4:unknown zeroconf\n",
     NULL},
};

static const ModelCase bridges[] = {
    {"by its type", "@ifcfg-br0\nTYPE=Bridge\nIPADDR=10.0.0.1\nPREFIX=24\n",
     "br0 bridge 10.0.0.1/24 zeroconf\n", NULL},
    {"by its port", "@ifcfg-br0\nTYPE=Ethernet\n@ifcfg-eth0\nBRIDGE=br0\n",
     "br0 bridge +eth0 zeroconf\neth0 ethernet port-of:br0\n", NULL},
    {"options",
     "@ifcfg-br0\nTYPE=Bridge\nSTP=yes\nDELAY=4\nAGEING=60\nPRIO=8192\n"
     "BRIDGING_OPTS='priority=4096 multicast_snooping=0 group_fwd_mask=0x4000'\n",
     "br0 bridge linkdelay=15 stp_state=on forward_delay=400 ageing_time=6000 priority=4096 "
     "group_fwd_mask=16384 multicast_snooping=off zeroconf\n",
     NULL},
    {"STP with the usual delay", "@ifcfg-br0\nTYPE=Bridge\nSTP=on\n",
     "br0 bridge linkdelay=37 stp_state=on zeroconf\n", NULL},
    {"STP is no faster than that", "@ifcfg-br0\nTYPE=Bridge\nSTP=on\nDELAY=0\n",
     "br0 bridge linkdelay=11 stp_state=on forward_delay=200 zeroconf\n",
     "ifcfg-br0:3:7: warning: DELAY (forward_delay) is below the 2 seconds that spanning tree takes at "
     "least: these are used\n"},
    {"no STP, no delay", "@ifcfg-br0\nTYPE=Bridge\nSTP=no\nDELAY=0\n",
     "br0 bridge stp_state=off forward_delay=0 zeroconf\n", NULL},
    {"bad values", "@ifcfg-br0\nTYPE=Bridge\nDELAY=31\nAGEING=x\nSTP=maybe\nPRIO=99999\n",
     "br0 bridge zeroconf\n",
     "ifcfg-br0:2:7: error: DELAY=31 is not possible: use 0 to 30 seconds\n"
     "ifcfg-br0:3:8: error: AGEING=x is not possible: use 0 to 21474836 seconds\n"
     "ifcfg-br0:4:5: warning: STP: 'maybe' is neither yes nor no\n"
     "ifcfg-br0:5:6: error: PRIO: '99999' is not a number from 0 to 65535\n"},
    {"options of a port",
     "@ifcfg-br0\nTYPE=Bridge\n@ifcfg-eth0\nBRIDGE=br0\nBRIDGING_OPTS='path_cost=7 hairpin_mode=1'\n",
     "br0 bridge +eth0 zeroconf\neth0 ethernet path_cost=7 hairpin_mode=on port-of:br0\n", NULL},
    {"on a VLAN on a bond",
     "@ifcfg-br0\nTYPE=Bridge\n@ifcfg-bond0\nTYPE=Bond\n@ifcfg-bond0.5\nBRIDGE=br0\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 ^bond0.5 zeroconf\n"
     "bond0.5 vlan id=5 port-of:br0 stands-on:bond0\n"
     "br0 bridge +bond0.5 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"no such bridge", "@ifcfg-eth0\nBRIDGE=br0\n@ifcfg-eth1\nBRIDGE=br0\n",
     "eth0 ethernet port-of:br0\neth1 ethernet port-of:br0\nbr0 bridge +eth0 +eth1 zeroconf\n",
     "ifcfg-eth0:1:8: warning: BRIDGE=br0: there is no ifcfg-br0, so that the bridge is made without options "
     "and without an address\n"
     "ifcfg-eth1:1:8: warning: BRIDGE=br0: there is no ifcfg-br0, so that the bridge is made without options "
     "and without an address\n"},
    {"dummy", "@ifcfg-d0\nTYPE=Dummy\nIPADDR=10.0.0.1\nPREFIX=24\n", "d0 dummy 10.0.0.1/24 zeroconf\n", NULL},
};

static const ModelCase unsupported[] = {
    {"wireless", "@ifcfg-wlan0\nESSID=home\n", "wlan0 unsupported unsupported:ESSID=home\n",
     "ifcfg-wlan0:1:7: warning: ESSID=home: netsvc brings up no wireless device; NetworkManager or "
     "wpa_supplicant does; wlan0 is left alone\n"},
    {"ppp", "@ifcfg-ppp0\n", "ppp0 unsupported unsupported:DEVICE=ppp0\n",
     "ifcfg-ppp0: warning: DEVICE=ppp0: netsvc brings up no such device, and there is no "
     "program ifup-ppp that does; ppp0 is left alone\n"},
    {"pppoe is no name of ours", "@ifcfg-pppx0\n", "pppx0 ethernet zeroconf\n", NULL},
    {"dhcp", "@ifcfg-eth0\nBOOTPROTO=dhcp\n", "eth0 ethernet lease4:unknown zeroconf\n", NULL},
    {"ibft", "@ifcfg-eth0\nBOOTPROTO=ibft\n", "eth0 ethernet zeroconf\n", NULL},
    {"DHCP", "@ifcfg-eth0\nBOOTPROTO=DHCP\n", "eth0 ethernet lease4:unknown zeroconf\n", NULL},
    {"bootp", "@ifcfg-eth0\nBOOTPROTO=bootp\n", "eth0 ethernet lease4:unknown zeroconf\n", NULL},
    {"any case", "@ifcfg-eth0\nTYPE=ETHERNET\n", "eth0 ethernet zeroconf\n", NULL},
};

/* The array that everything asks: names differ, nothing that is always called is missing, the last takes all.
 */
static void test_table(void)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    const IfaceKind *const *kind = iface_kinds;

    for (; *kind; kind++) {
        g_assert_true(g_hash_table_add(names, (gpointer)(*kind)->name));
        g_assert_nonnull((*kind)->match);
        g_assert_true(!net_kind_has(*kind, NET_KIND_MTU_BY_PORTS) || net_kind_has(*kind, NET_KIND_HAS_PORTS));
    }
    g_assert_cmpstr(kind[-1]->name, ==, "unsupported");
    g_assert_true(kind[-1]->match(NULL, NULL));
}

static void needs_add(NetIface *needed, gpointer data)
{
    g_string_append_printf(data, " %s", needed->name);
}

static void check_needs(const NetModel *model, const char *device, const char *want)
{
    const NetIface *iface = net_model_find(model, device);
    g_autoptr(GString) got = g_string_new(device);

    net_graph_needs(iface, needs_add, got);
    g_assert_cmpstr(got->str, ==, want);
}

static void test_needs(void)
{
    g_autofree char *root = case_root();

    case_write(root, "@ifcfg-bond0\nTYPE=Bond\n@ifcfg-bond0:1\nIPADDR=10.0.0.5\nPREFIX=24\n" PORTS);
    g_autoptr(NetModel) model = tree_load(root, NULL, NULL);
    case_remove(root);
    check_needs(model, "bond0", "bond0");
    check_needs(model, "bond0:1", "bond0:1 bond0");
    check_needs(model, "eth0", "eth0 bond0");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    model_cases_add("bond", bonds, G_N_ELEMENTS(bonds));
    model_cases_add("port", ports, G_N_ELEMENTS(ports));
    model_cases_add("vlan", vlans, G_N_ELEMENTS(vlans));
    model_cases_add("bridge", bridges, G_N_ELEMENTS(bridges));
    model_cases_add("unsupported", unsupported, G_N_ELEMENTS(unsupported));
    g_test_add_func("/kinds/table", test_table);
    g_test_add_func("/kinds/needs", test_needs);
    return g_test_run();
}
