/* Which files are about devices of software (pairs, VRFs), and what is said of them. */
#include "model-cases.h"

static const ModelCase pairs[] = {
    {"each names the other", "@ifcfg-a\nTYPE=Veth\nPEER=b\n@ifcfg-b\nTYPE=Veth\nPEER=a\n",
     "a veth peer:b zeroconf\nb veth peer:a zeroconf\n", NULL},
    {"one names the other", "@ifcfg-a\n@ifcfg-b\nTYPE=Veth\nVETH_PEER=a\n",
     "a veth peer:b zeroconf\nb veth peer:a zeroconf\n", NULL},
    {"the other end has no file", "@ifcfg-a\nDEVICETYPE=veth\nPEER=b\n", "a veth peer:b? zeroconf\n", NULL},
    {"a program of somebody's", "@ifup-veth\n\n@ifcfg-a\nDEVICETYPE=veth\nPEER=b\n", "a plugin\n", ""},
    {"no other end", "@ifcfg-a\nTYPE=Veth\n", "a veth zeroconf FAULT\n",
     "ifcfg-a: error: PEER is missing: it names the other end of a\n"},
    {"its own other end", "@ifcfg-a\nTYPE=Veth\nPEER=a\n", "a veth peer:a zeroconf FAULT\n",
     "ifcfg-a:2:6: error: PEER=a: a device cannot be its own other end; name another one\n"},
    {"three ends", "@ifcfg-a\nTYPE=Veth\nPEER=b\n@ifcfg-b\nTYPE=Veth\nPEER=c\n",
     "a veth peer:b zeroconf FAULT\nb veth peer:c? zeroconf\n",
     "ifcfg-a:2:6: error: PEER=b: the other end of b is c, as ifcfg-b says; correct one of the two\n"},
    {"the other end is a bond", "@ifcfg-a\nTYPE=Veth\nPEER=b\n@ifcfg-b\nBONDING_OPTS=mode=1\n",
     "a veth peer:b zeroconf FAULT\nb bond mode=active-backup miimon=100* zeroconf\n",
     "ifcfg-a:2:6: error: PEER=b: b is configured in ifcfg-b, but not as a veth; correct the name, or that "
     "file\nifcfg-b: warning: no file "
     "has MASTER=b and SLAVE=yes: the bond has no ports and carries no traffic\n"},
};

static const ModelCase vrfs[] = {
    {"a port keeps its address, its routes move",
     "@ifcfg-red\nTYPE=VRF\nVRF_TABLE=7\n@ifcfg-eth0\nVRF=red\nIPADDR=10.0.0.2\nPREFIX=24\nGATEWAY=10.0.0."
     "1\n@route-eth0\n10.1.0.0/16 via 10.0.0.9\n10.2.0.0/16 via 10.0.0.9 table 8\n",
     "eth0 ethernet 10.0.0.2/24 [default via 10.0.0.1 dev eth0 table 7] [10.1.0.0/16 via 10.0.0.9 table 7] "
     "[10.2.0.0/16 via 10.0.0.9 table 8] port-of:red\nred vrf table=7 +eth0\n",
     NULL},
    {"no table", "@ifcfg-red\nTYPE=VRF\n", "red vrf FAULT\n",
     "ifcfg-red: error: VRF_TABLE is missing: it is the number of the routing table of red\n"},
    {"table by its name", "@/etc/iproute2/rt_tables\n7 red\n@ifcfg-blue\nTYPE=VRF\nVRF_TABLE=red\n",
     "blue vrf table=7\n", NULL},
    {"no number", "@ifcfg-red\nTYPE=VRF\nVRF_TABLE=red\n", "red vrf FAULT\n",
     "ifcfg-red:2:11: error: VRF_TABLE=red is not possible: use 1 to 4294967295\n"},
    {"no such VRF", "@ifcfg-eth0\nVRF=red\n", "eth0 ethernet port-of:red? FAULT\n",
     "ifcfg-eth0:1:5: error: VRF=red: there is no configuration of red; write ifcfg-red, or correct the "
     "name\n"},
};

static const ModelCase tunnels[] = {
    {"GRE with all keys",
     "@ifcfg-g1\nTYPE=GRE\nMY_OUTER_IPADDR=192.0.2.1\nPEER_OUTER_IPADDR=192.0.2.2\nMY_INNER_IPADDR=10.0.0."
     "1\nPEER_INNER_IPADDR=10.0.0.2\nKEY=0.0.1.2\nTTL=inherit\nMTU=1400\n",
     "g1 gre 10.0.0.1/32 peer 10.0.0.2 brd 0.0.0.0 nocheck silent mtu=1400 iflags=8192 oflags=8192 ikey=258 "
     "okey=258 "
     "local=192.0.2.1 remote=192.0.2.2 ttl=0 underlay:192.0.2.1?\n",
     NULL},
    {"the other end inside is that outside",
     "@ifcfg-t1\nTYPE=IPIP\nPEER_OUTER_IPADDR=192.0.2.2\nMY_INNER_IPADDR=10.0.0.1/"
     "30\nPEER_INNER_IPADDR=192.0.2.2\n",
     "t1 ipip 10.0.0.1/30 brd 0.0.0.0 nocheck silent remote=192.0.2.2\n", NULL},
    {"over IPv6, IPv6 inside",
     "@ifcfg-t1\nTYPE=IPIP6\nPEER_OUTER_IPADDR=2001:db8::2\nMY_INNER_IPADDR=2001:db8:1::1/64\nTTL=9\n",
     "t1 ip6tnl 2001:db8:1::1/64 remote=2001:db8::2 proto=ipip6* ttl=9 encap_limit=4*\n", NULL},
    {"who sends says where to", "@ifcfg-t1\nTYPE=EXTERNAL\n", "t1 ip6tnl external=on*\n", NULL},
    {"sit by its name", "@ifcfg-sit1\nIPV6TUNNELIPV4=192.0.2.2\nIPV6ADDR=2001:db8:1::1/64\n",
     "sit1 sit 2001:db8:1::1/64 remote=192.0.2.2 ttl=64* forwarding=1* accept_ra=0* accept_redirects=0*\n",
     NULL},
    {"its packets leave by",
     "@ifcfg-eth0\nIPADDR=192.0.2.1\nPREFIX=24\n@ifcfg-g1\nTYPE=GRE\nMY_OUTER_IPADDR=192.0.2.1\n",
     "eth0 ethernet 192.0.2.1/24 zeroconf\ng1 gre local=192.0.2.1 underlay:eth0\n", NULL},
    {"vxlan",
     "@ifcfg-v1\nVXLAN=yes\nVXLAN_ID=5\nPHYSDEV=eth0\nPEER_OUTER_IPADDR=2001:db8::2\nVXLAN_OPTS='ageing=60'"
     "\n",
     "v1 vxlan id=5 dev=eth0 remote6=2001:db8::2 ageing=60 underlay:eth0?\n", NULL},
    {"vxlan with the keys of patched scripts, though its name is a VLAN's",
     "@ifcfg-ib0.7\nTYPE=Ethernet\nVXLAN=yes\nVNI=7\nPHYSDEV=ib0\nGROUP_IPADDR=239.0.0.7\n",
     "ib0.7 vxlan id=7 remote=239.0.0.7 dev=ib0 underlay:ib0?\n", NULL},
    {"no end", "@ifcfg-g1\nTYPE=GRE\nTTL=64\n", "g1 gre ttl=64 FAULT\n",
     "ifcfg-g1: error: the tunnel has no end: write PEER_OUTER_IPADDR, MY_OUTER_IPADDR or both\n"},
    {"the kernel's own", "@ifcfg-tunl0\nTYPE=IPIP\nPEER_OUTER_IPADDR=192.0.2.2\n", "tunl0 ipip FAULT\n",
     "ifcfg-tunl0: error: the device tunl0 is the kernel's own; give the tunnel another name\n"},
    {"another family", "@ifcfg-g1\nTYPE=GRE\nPEER_OUTER_IPADDR=2001:db8::2\n", "g1 gre FAULT\n",
     "ifcfg-g1:2:19: error: PEER_OUTER_IPADDR=2001:db8::2: g1 is a tunnel over IPv4, which takes addresses "
     "of that only\n"},
    {"bad key", "@ifcfg-g1\nTYPE=GRE\nPEER_OUTER_IPADDR=192.0.2.2\nKEY=x\n",
     "g1 gre remote=192.0.2.2 FAULT\n",
     "ifcfg-g1:3:5: error: KEY=x is not possible: use a number from 0 to 4294967295, or four with dots\n"},
    {"bad hops, bad address inside",
     "@ifcfg-g1\nTYPE=GRE\nPEER_OUTER_IPADDR=192.0.2.2\nTTL=300\nMY_INNER_IPADDR=x\n",
     "g1 gre remote=192.0.2.2\n",
     "ifcfg-g1:3:5: error: TTL=300 is not possible: use 0 to 255 or inherit\nifcfg-g1:4:17: error: "
     "MY_INNER_IPADDR=x is not an address or ADDRESS/LENGTH; ignored\n"},
    {"sit without the other end", "@ifcfg-sit1\nTYPE=SIT\n",
     "sit1 sit ttl=64* forwarding=1 accept_ra=0 accept_redirects=0 FAULT\n",
     "ifcfg-sit1: error: IPV6TUNNELIPV4 is missing: it is the IPv4 address of the tunnel's other end\n"},
    {"vxlan without a number", "@ifcfg-v1\nTYPE=VXLAN\n", "v1 vxlan FAULT\n",
     "ifcfg-v1: error: VXLAN_ID is missing: it is the number of the VXLAN, from 0 to 16777215\n"},
    {"no port of a bond",
     "@ifcfg-g1\nTYPE=GRE\nPEER_OUTER_IPADDR=192.0.2.2\nMASTER=bond0\nSLAVE=yes\n@ifcfg-bond0\nTYPE=Bond\n",
     "bond0 bond miimon=100* +g1 zeroconf\ng1 gre remote=192.0.2.2 port-of:bond0 noline FAULT\n",
     "ifcfg-g1:3:8: error: MASTER=bond0: g1 is of type gre, of which the kernel takes none as a port\n"},
};

static const ModelCase alike[] = {
    {"a bridge in a bridge", "@ifcfg-br0\nTYPE=Bridge\n@ifcfg-br1\nTYPE=Bridge\nBRIDGE=br0\n",
     "br0 bridge +br1 zeroconf\nbr1 bridge port-of:br0 FAULT\n",
     "ifcfg-br1:2:8: error: BRIDGE=br0: both are of type bridge, and the kernel takes none into another; a "
     "veth pair "
     "can join two\n"},
    {"a VRF in a VRF", "@ifcfg-r0\nTYPE=VRF\nVRF_TABLE=7\n@ifcfg-r1\nTYPE=VRF\nVRF_TABLE=8\nVRF=r0\n",
     "r0 vrf table=7 +r1\nr1 vrf table=8 port-of:r0 FAULT\n",
     "ifcfg-r1:3:5: error: VRF=r0: both are of type vrf, and the kernel takes none into another; a veth pair "
     "can join "
     "two\n"},
};

static const ModelCase infiniband[] = {
    {"a card, its mode", "@ifcfg-ib0\nTYPE=InfiniBand\nCONNECTED_MODE=yes\nIPADDR=10.0.0.1\nPREFIX=24\n",
     "ib0 infiniband 10.0.0.1/24 mode=connected zeroconf\n", NULL},
    {"written otherwise", "@ifcfg-ib0\nTYPE=Infiniband\n", "ib0 infiniband zeroconf\n", NULL},
    {"a partition", "@ifcfg-ib0.8002\nTYPE=InfiniBand\nPKEY=yes\nPKEY_ID=2\nPHYSDEV=ib0\nCONNECTED_MODE=no\n",
     "ib0.8002 ipoib pkey=32770 mode=datagram stands-on:ib0? zeroconf\n", NULL},
    {"a partition by NetworkManager's key",
     "@ifcfg-ib0.8003\nTYPE=InfiniBand\nPKEY=yes\nPKEY_ID=2\nPKEY_ID_NM=0x8003\nPHYSDEV=ib0\n",
     "ib0.8003 ipoib pkey=32771 stands-on:ib0? zeroconf\n", NULL},
    {"6to4 by a lease, behind the public address",
     "@ifcfg-eth0\nBOOTPROTO=dhcp\nIPV6TO4INIT=yes\nIPV6TO4_IPV4ADDR=192.0.2.10\n",
     "eth0 ethernet lease4:unknown zeroconf\ntun6to4 sit 2002:c000:20a::1/16 [unreachable "
     "2002:c000:20a::/48] "
     "mtu=1480 dev=eth0 ttl=64* underlay:eth0 forwarding=1 accept_ra=0 accept_redirects=0\n",
     NULL},
    {"a bridge with a MAC that nobody can have",
     "@ifcfg-br0\nTYPE=Bridge\nBRIDGE_MACADDR=01:00:5e:00:53:01\n", "br0 bridge zeroconf\n",
     "ifcfg-br0:2:16: error: BRIDGE_MACADDR=01:00:5e:00:53:01 is not an address that a device can have (all "
     "zero, "
     "or a multicast address); ignored\n"},
    {"a partition without a number", "@ifcfg-ib0.1\nTYPE=InfiniBand\nPKEY=yes\nPHYSDEV=ib0\n",
     "ib0.1 ipoib stands-on:ib0? zeroconf FAULT\n",
     "ifcfg-ib0.1: error: PKEY_ID is missing: it is the number of the partition\n"},
    {"a partition with a bad number",
     "@ifcfg-ib0.1\nTYPE=InfiniBand\nPKEY=yes\nPKEY_ID=0x10000\nPHYSDEV=ib0\n",
     "ib0.1 ipoib stands-on:ib0? zeroconf FAULT\n",
     "ifcfg-ib0.1:3:9: error: PKEY_ID=0x10000 is not possible: use a number from 1 to 0xffff\n"},
    {"in a bond of another mode",
     "@ifcfg-bond1\nBONDING_OPTS='mode=802.3ad "
     "miimon=100'\n@ifcfg-ib2\nTYPE=InfiniBand\nMASTER=bond1\nSLAVE=yes\n",
     "bond1 bond mode=802.3ad miimon=100 +ib2 zeroconf FAULT\nib2 infiniband port-of:bond1 noline\n",
     "ifcfg-bond1:1:14: error: ib2 is InfiniBand, which a bond takes in mode active-backup only: write "
     "mode=1\n"},
};

static const ModelCase taps[] = {
    {"owner and group by name",
     "@/etc/passwd\nroot:x:0:0:root:/root:/bin/sh\nopenvpn:x:987:986::/:/sbin/nologin\n@/etc/"
     "group\nkvm:x:36:\n@ifcfg-tap0\nTYPE=Tap\nOWNER=openvpn\nGROUP=kvm\nBRIDGE=br0\n@ifcfg-br0\nTYPE="
     "Bridge\n",
     "br0 bridge +tap0 zeroconf\ntap0 tap owner=987 group=36 type=tap port-of:br0\n", NULL},
    {"by its name for packets", "@ifcfg-tun0\nTYPE=Tap\n@ifcfg-vpn0\nTYPE=Tap\n",
     "tun0 tap type=tun zeroconf\nvpn0 tap type=tap zeroconf\n", NULL},
    {"no such user", "@/etc/passwd\nroot:x:0:0:root:/root:/bin/sh\n@ifcfg-tun0\nTYPE=Tun\nOWNER=nobody7\n",
     "tun0 tap type=tun zeroconf\n",
     "ifcfg-tun0:2:7: error: OWNER=nobody7: /etc/passwd has no such name; write the number: nobody but root "
     "can open the device\n"},
};

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    model_cases_add("pair", pairs, G_N_ELEMENTS(pairs));
    model_cases_add("vrf", vrfs, G_N_ELEMENTS(vrfs));
    model_cases_add("alike", alike, G_N_ELEMENTS(alike));
    model_cases_add("infiniband", infiniband, G_N_ELEMENTS(infiniband));
    model_cases_add("tap", taps, G_N_ELEMENTS(taps));
    model_cases_add("tunnel", tunnels, G_N_ELEMENTS(tunnels));
    return g_test_run();
}
