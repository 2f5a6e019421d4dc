/* NetworkManager's files, and what becomes of them: for test-foreign.c. */
#pragma once
#include <glib.h>

typedef struct {
    const char *name, *from;
    const char *files; /* as in tree.h, below /d */
    /* "NAME: " and its lines, with blanks between them, but for DEVICE, TYPE and ONBOOT=yes */
    const char *expected;
    const char *problems; /* "FILE:LINE: text", a line each */
} Row;

static const Row nm_rows[] = {
    {"a bond with a VLAN", "nm",
     "@/d/bond0.nmconnection\n[connection]\nid=my bond\nuuid=11\ntype=bond\ninterface-name=bond0\n\n"
     "[bond]\nmode=active-backup\nmiimon=100\n\n[ipv4]\nmethod=disabled\n"
     "@/d/eth0.nmconnection\n[connection]\ntype=ethernet\ninterface-name=eth0\nmaster=11\nslave-type=bond\n"
     "@/d/"
     "eth1.nmconnection\n[connection]\ntype=ethernet\ninterface-name=eth1\ncontroller=bond0\nport-type=bond\n"
     "[ethernet]\nmtu=9000\n"
     "@/d/vlan.nmconnection\n[connection]\ntype=vlan\n[vlan]\nid=5\nparent=bond0\n[ipv4]\nmethod=manual\n"
     "address1=10.5.0.2/24,10.5.0.1\ndns=10.5.0.53;10.5.0.54;\ndns-search=example.com;\n"
     "route1=10.6.0.0/16,10.5.0.9,7\n[ipv6]\nmethod=manual\naddress1=2001:db8::2/64\ngateway=2001:db8::1\n",
     "ifcfg-bond0: BONDING_MASTER=yes BONDING_OPTS=\"mode=active-backup miimon=100\" BOOTPROTO=none\n"
     "ifcfg-bond0.5: VLAN=yes PHYSDEV=bond0 VLAN_ID=5 BOOTPROTO=none IPV6_AUTOCONF=no IPADDR=10.5.0.2 "
     "PREFIX=24 "
     "GATEWAY=10.5.0.1 IPV6ADDR=2001:db8::2/64 DNS1=10.5.0.53 DNS2=10.5.0.54 DOMAIN=example.com\n"
     "route-bond0.5: 10.6.0.0/16 via 10.5.0.9 metric 7\n"
     "route6-bond0.5: default via 2001:db8::1\n"
     "ifcfg-eth0: MASTER=bond0 SLAVE=yes BOOTPROTO=none\n"
     "ifcfg-eth1: MASTER=bond0 SLAVE=yes BOOTPROTO=none MTU=9000\n",
     ""},
    {"what has no key here, and a stranger", "nm",
     "@/d/br.nmconnection\n[connection]\ntype=bridge\ninterface-name=br0\nautoconnect=false\nzone=dmz\n"
     "[bridge]\nstp=true\nforward-delay=4\nvlans=5\n[ipv4]\nmethod=auto\nroute-metric=50\n"
     "@/d/wifi.nmconnection\n[connection]\ntype=wifi\ninterface-name=wlan0\n",
     "ifcfg-br0: STP=yes DELAY=4 BRIDGE_VLANS=5 ONBOOT=no BOOTPROTO=dhcp ZONE=dmz METRIC=50\n",

     "wifi.nmconnection:1: a connection of type wifi is not carried over\n"},
    {"tunnels, and devices that stand on others", "nm",
     "@/d/gre.nmconnection\n[connection]\ntype=ip-tunnel\ninterface-name=gre1\n[ip-tunnel]\nmode=2\n"
     "local=10.0.0.1\nremote=10.0.0.2\nttl=64\ninput-key=7\noutput-key=7\nmtu=1400\nparent=eth0\n"
     "path-mtu-discovery=false\n[ipv4]\nmethod=manual\naddress1=10.9.0.1/30\n[ipv6]\nmethod=disabled\n"
     "@/d/isatap.nmconnection\n[connection]\ntype=ip-tunnel\ninterface-name=is0\n[ip-tunnel]\nmode=4\n"
     "@/d/mv.nmconnection\n[connection]\ntype=macvlan\ninterface-name=mv0\n[macvlan]\nmode=2\nparent=eth0\n"
     "[ipv4]\nmethod=link-local\n[ipv6]\nmethod=link-local\n"
     "@/d/ve.nmconnection\n[connection]\ntype=veth\ninterface-name=ve0\n[veth]\npeer=ve1\n"
     "@/d/"
     "vlan.nmconnection\n[connection]\ntype=vlan\ninterface-name=lan7\n[vlan]\nid=7\nparent=eth0\nflags=2\n"
     "ingress-priority-map=1:2;3:4;\n"
     "@/d/vx.nmconnection\n[connection]\ntype=vxlan\ninterface-name=vx1\n[vxlan]\nid=42\nparent=eth0\n"
     "remote=2001:db8::9\nlearning=false\n",
     "ifcfg-gre1: MY_OUTER_IPADDR=10.0.0.1 PEER_OUTER_IPADDR=10.0.0.2 TTL=64 KEY=7 BOOTPROTO=none MTU=1400 "
     "IPV6INIT=no MY_INNER_IPADDR=10.9.0.1/30\n"
     "ifcfg-lan7: VLAN=yes PHYSDEV=eth0 VLAN_ID=7 REORDER_HDR=no GVRP=yes "
     "VLAN_INGRESS_PRIORITY_MAP=\"1:2 3:4\" BOOTPROTO=dhcp\n"
     "ifcfg-mv0: PHYSDEV=eth0 MACVLAN_MODE=bridge BOOTPROTO=none IPV6_AUTOCONF=no\n"
     "ifcfg-ve0: PEER=ve1 BOOTPROTO=dhcp\n"
     "ifcfg-vx1: VXLAN_ID=42 PHYSDEV=eth0 PEER_OUTER_IPADDR=2001:db8::9 VXLAN_OPTS=learning=off "
     "BOOTPROTO=dhcp\n",
     "gre.nmconnection:12: [ip-tunnel] parent=eth0 is not carried over\n"
     "gre.nmconnection:13: [ip-tunnel] path-mtu-discovery=false is not carried over\n"
     "isatap.nmconnection:1: a connection of type ip-tunnel is not carried over\n"
     "mv.nmconnection:8: [ipv4] method=link-local is not carried over\n"},
    {"what a server is told, options of routes, and those of ports", "nm",
     "@/d/bond.nmconnection\n[connection]\ntype=bond\ninterface-name=bond0\n[bond]\nmode=active-backup\n"
     "[ipv4]\nmethod=auto\ndhcp-hostname=web01\ndhcp-client-id=mac\ndhcp-vendor-class-identifier=rack 7\n"
     "dhcp-timeout=30\ndhcp-send-release=1\nroute-metric=0\nignore-auto-routes=true\nroute1=10.1.0.0/"
     "16,10.0.0.9,5\n"
     "route1_options=table=7,mtu=1400, "
     "lock-mtu=true,onlink=true,tos=16,weight=2,window=9,lock=true\nroute2=10.2.0.0/16\n"
     "route2_options=type=blackhole\nroute9_options=mtu=1400\n[ipv6]\nmethod=dhcp\nip6-privacy=2\n"
     "@/d/port.nmconnection\n[connection]\ntype=ethernet\ninterface-name=eth0\nmaster=bond0\n"
     "slave-type=bond\n[bond-port]\nqueue-id=3\nprio=10\n"
     "@/d/"
     "br.nmconnection\n[connection]\ntype=bridge\ninterface-name=br0\n[bridge]\nmac-address=02:00:00:00:00:"
     "01\n"
     "@/d/port2.nmconnection\n[connection]\ntype=ethernet\ninterface-name=eth1\nmaster=br0\n"
     "slave-type=bridge\n[bridge-port]\npath-cost=50\nhairpin-mode=true\n",
     "ifcfg-bond0: BONDING_MASTER=yes BONDING_OPTS=\"mode=active-backup queue_id=eth0:3 prio=eth0:10\" "
     "BOOTPROTO=dhcp DHCP_TIMEOUT=30 DHCPV6C=yes DHCPRELEASE=yes PEERROUTES=no IPV6_AUTOCONF=no "
     "IPV6_PRIVACY=rfc3041 "
     "DHCP_HOSTNAME=web01 DHCP_VENDOR_CLASS_IDENTIFIER=\"rack 7\"\n"
     "route-bond0: 10.1.0.0/16 via 10.0.0.9 onlink metric 5 table 7 tos 0x10 mtu lock 1400 window 9 "
     "blackhole "
     "10.2.0.0/16\n"
     "ifcfg-br0: BOOTPROTO=dhcp MACADDR=02:00:00:00:00:01\n"
     "ifcfg-eth0: MASTER=bond0 SLAVE=yes BOOTPROTO=none\n"
     "ifcfg-eth1: BRIDGE=br0 BRIDGING_OPTS=\"path_cost=50 hairpin_mode=on\" BOOTPROTO=none\n",
     "bond.nmconnection:9: [ipv4] dhcp-client-id=mac is not carried over\n"
     "bond.nmconnection:15: [ipv4] route1_options=weight=2 is not carried over\n"
     "bond.nmconnection:15: [ipv4] route1_options=lock=true is not carried over\n"
     "bond.nmconnection:19: [ipv4] route9_options=mtu=1400 is not carried over\n"},
    {"names beside those of a lease, which are not taken; a domain that nobody searches", "nm",
     "@/d/"
     "eth0.nmconnection\n[connection]\ntype=ethernet\ninterface-name=eth0\n[ipv4]\nmethod=auto\nmay-fail="
     "false\n"
     "ignore-auto-dns=true\ndns=10.0.0.53;\ndns-search=example.com;~corp;\n[ipv6]\nmethod=auto\nmay-fail="
     "false\n"
     "addr-gen-mode=stable-privacy\n",
     "ifcfg-eth0: BOOTPROTO=dhcp IPV4_FAILURE_FATAL=yes PEERDNS=no IPV6_ADDR_GEN_MODE=stable-privacy "
     "DNS1=10.0.0.53 "
     "DOMAIN=example.com RESOLV_MODS=yes\n",
     "eth0.nmconnection:9: ~corp is not carried over\n"
     "eth0.nmconnection:12: [ipv6] may-fail=false is not carried over\n"},
    {"a card by its address, what ethtool sets, and addresses as they once were written; no ending", "nm",
     "@/d/System eth0\n[connection]\ntype=ethernet\n[ethernet]\nmac-address=52:54:00:12:34:56\n"
     "auto-negotiate=false\nspeed=100\nduplex=full\nwake-on-lan=64\n[ethtool]\nfeature-tso=false\n"
     "feature-gro=true\nring-rx=1024\ncoalesce-rx-usecs=10\npause-autoneg=false\nchannels-combined=4\n"
     "eee-enabled=false\nfec-mode=1\n[ipv4]\nmethod=manual\naddresses1=10.0.0.5;24;10.0.0.1;\n"
     "routes1=10.9.0.0;16;10.0.0.9;7;\n[ipv6]\nmethod=manual\naddress=2001:db8::1/64\n"
     "@/d/key.pem\nMIIB\n"
     "@/d/wol.nmconnection\n[connection]\ntype=ethernet\ninterface-name=eth1\n[ethernet]\nwake-on-lan=1\n",
     "ifcfg-52-54-00-12-34-56: ETHTOOL_OPTS='-K ${DEVICE} tso off gro on; -G ${DEVICE} rx 1024; -L ${DEVICE} "
     "combined 4; -C ${DEVICE} rx-usecs 10; -A ${DEVICE} autoneg off; --set-eee ${DEVICE} eee off; -s "
     "${DEVICE} speed 100 duplex full autoneg off wol g' BOOTPROTO=none HWADDR=52:54:00:12:34:56 "
     "IPV6_AUTOCONF=no IPADDR=10.0.0.5 PREFIX=24 GATEWAY=10.0.0.1 IPV6ADDR=2001:db8::1/64\n"
     "route-52-54-00-12-34-56: 10.9.0.0/16 via 10.0.0.9 metric 7\n"
     "ifcfg-eth1: BOOTPROTO=dhcp\n",
     "System eth0:17: [ethtool] fec-mode=1 is not carried over\n"},
    {"a team, InfiniBand, VLANs of a bridge, and a port of what has none here", "nm",
     "@/d/br\n[connection]\ntype=bridge\n[bridge]\ninterface-name=br0\nvlan-filtering=true\n"
     "vlans=1 pvid untagged, 20\n[ipv4]\nmethod=disabled\n"
     "@/d/br-port\n[connection]\ntype=ethernet\ninterface-name=eth2\ncontroller=br0\nport-type=bridge\n"
     "[bridge-port]\nvlans=20-30, 40 pvid untagged\n"
     "@/d/ib\n[connection]\ntype=infiniband\ninterface-name=ib0.8003\n[infiniband]\np-key=32771\nparent=ib0\n"
     "transport-mode=connected\n"
     "@/d/ib0\n[connection]\ntype=infiniband\ninterface-name=ib0\n[infiniband]\np-key=-1\n"
     "transport-mode=datagram\nmtu=2044\n"
     "@/d/odd\n[connection]\ntype=ethernet\ninterface-name=eth4\nmaster=br0\n[bridge-port]\nvlans=many\n"
     "@/d/ovs\n[connection]\ntype=ethernet\ninterface-name=eth3\ncontroller=ovs0\nport-type=ovs-port\n"
     "@/d/team\n[connection]\ntype=team\ninterface-name=team0\n[team]\nconfig={\"runner\": {\"name\": "
     "\"lacp\"}}\n"
     "@/d/team-port\n[connection]\ntype=ethernet\ninterface-name=eth1\nmaster=team0\nslave-type=team\n"
     "[team-port]\nconfig={\"prio\": 9}\n"
     "@/d/tun\n[connection]\ntype=tun\ninterface-name=tap0\n[tun]\nmode=2\nowner=7\n",
     "ifcfg-br0: BRIDGING_OPTS=vlan_filtering=on BRIDGE_VLANS=\"1 pvid untagged, 20\" BOOTPROTO=none\n"
     "ifcfg-eth1: TEAM_MASTER=team0 TEAM_PORT_CONFIG='{\"prio\": 9}' BOOTPROTO=none\n"
     "ifcfg-eth2: BRIDGE=br0 BRIDGE_PORT_VLANS=\"20-30, 40 pvid untagged\" BOOTPROTO=none\n"
     "ifcfg-eth3: BOOTPROTO=none\n"
     "ifcfg-eth4: BOOTPROTO=none\n"
     "ifcfg-ib0: CONNECTED_MODE=no BOOTPROTO=dhcp MTU=2044\n"
     "ifcfg-ib0.8003: PHYSDEV=ib0 PKEY=yes PKEY_ID=0x8003 CONNECTED_MODE=yes BOOTPROTO=dhcp\n"
     "ifcfg-tap0: OWNER=7 BOOTPROTO=dhcp\n"
     "ifcfg-team0: DEVICETYPE=Team TEAM_CONFIG='{\"runner\": {\"name\": \"lacp\"}}' BOOTPROTO=dhcp\n",
     "odd:1: 'br0' is not understood, and not carried over\n"
     "odd:6: [bridge-port] vlans=many is not carried over\n"
     "ovs:1: ovs-port ovs0 is not carried over\n"},
};
