#!/usr/bin/env bats
# import: what `ip` has made becomes files; taken down and brought up by them, the kernel has the same again.

bats_require_minimum_version 1.5.0
load fresh.bash

FILES=/etc/sysconfig/network-scripts

setup() {
    fresh_web01
    web01 sh -c "rm -rf $FILES/* /etc/sysconfig/network"
    web01 ip link set lo up
}
teardown() { # what does not go with a device
    web01 ip -batch - <<<'route flush table all type blackhole'
    web01 ip -6 -batch - <<<'rule flush
        rule add lookup main priority 32766'
}
picture() {
    web01 bash "$TREE/tests/bats/state"
}
# The VLANs of bridges' ports are in no picture.
picture_with_vlans() {
    picture
    web01 bridge -j vlan show | jq -S 'sort_by(.ifname)'
}
# Everything of the list, one command of `ip -batch` a line.
made() {
    web01 ip -batch -
}
imported() { # and nothing was left out
    web01 netsvc import >"$BATS_TEST_TMPDIR/said" 2>&1 || { cat "$BATS_TEST_TMPDIR/said"; return 1; }
    web01 sh -c "head -n 99 $FILES/*"
    cat "$BATS_TEST_TMPDIR/said"
    [ ! -s "$BATS_TEST_TMPDIR/said" ]
}
# Files that ask for what is there; taken down and brought up again, it is there again.
round_trip() {
    picture_with_vlans >"$BATS_TEST_TMPDIR/before"
    imported
    run -0 web01 netsvc check
    echo "$output"
    run ! grep -q ': error: ' <<<"$output"
    web01 netsvc plan restart --exit-code # nothing is on its record yet, so it would look at all, and change nothing
    web01 $NETWORK start
    web01 $NETWORK stop
    # From nothing: stop keeps devices that netsvc has not made.
    web01 sh -c 'for device in $(ls /sys/class/net); do case $device in lo | eth? | bonding_masters) ;; *) ip link del $device ;; esac; done' 2>/dev/null || :
    web01 $NETWORK start
    picture_with_vlans >"$BATS_TEST_TMPDIR/after"
    diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
    plan_is_empty restart
    # All of it is netsvc's own now: nothing stays but the NICs, which are down.
    web01 $NETWORK stop
    picture >"$BATS_TEST_TMPDIR/down"
    if grep -vE '^rule|"name":"eth[0-9]","up":false' "$BATS_TEST_TMPDIR/down"; then false; fi
}

@test "bonds: options, ports, a VLAN with an address, a gateway, policy routing" {
    made <<<'link add bond0 type bond mode active-backup miimon 200 updelay 400 fail_over_mac none num_grat_arp 3
        link set eth0 master bond0
        link set eth1 master bond0
        link set bond0 type bond primary eth1
        link set bond0 up mtu 1450
        addr add 10.0.11.2/24 brd + dev bond0
        addr add 10.0.11.3/24 brd + dev bond0
        addr add 10.0.11.4/24 brd + dev bond0 label bond0:x
        route add default via 10.0.11.1
        link add link bond0 name vlan5 type vlan id 5 gvrp on
        link set vlan5 up
        addr add 10.5.0.1/16 brd 10.5.0.255 dev vlan5
        addr add 2001:db8:5::1/64 dev vlan5
        addr add 2001:db8:5::2/64 dev vlan5
        route add 10.6.0.0/16 via 10.5.0.9 metric 7 mtu 1300
        route add 2001:db8:6::/48 via 2001:db8:5::9
        route add default via 10.5.0.9 table 5
        rule add from 10.5.0.1 table 5 priority 500
        route add blackhole 192.0.2.0/24
        link add bond1 type bond mode 802.3ad lacp_rate fast xmit_hash_policy layer3+4 miimon 100
        link set eth2 master bond1
        link set eth3 master bond1
        link set bond1 up
        addr add 172.16.11.2/24 brd + dev bond1'
    web01 ip -6 rule add to 2001:db8:7::/48 lookup 5 priority 600
    round_trip
    web01 grep -qx 'BONDING_OPTS="mode=active-backup miimon=200 updelay=400 num_grat_arp=3 primary=eth1"' $FILES/ifcfg-bond0
    web01 grep -qx 'GATEWAY=10.0.11.1' $FILES/ifcfg-bond0
    run ! web01 grep -q MACADDR $FILES/ifcfg-bond0
}

@test "every type that this kernel makes: bridges, macvlan, ipvlan, VRF, veth, dummy, ifb, tunnels, VXLAN, tap" {
    # The ageing time is that of a topology change, which lasts for a while after each start: twice the forward delay.
    modprobe tun
    web01 sh -c '[ -e /dev/net/tun ] || { mkdir -p /dev/net && mknod /dev/net/tun c 10 200; }'
    made <<<'link set eth0 up
        addr add 10.0.11.2/24 brd + dev eth0
        link add dummy7 type dummy
        link set dummy7 up mtu 1400 address 02:00:00:00:00:07
        addr add 192.0.2.7/32 dev dummy7 scope link
        link add br7 type bridge stp_state 1 forward_delay 400 ageing_time 800 hello_time 150 priority 4096 mcast_snooping 0
        link set eth1 up
        link set eth1 master br7
        link set eth1 type bridge_slave cost 77 priority 5 hairpin on
        link add pair0 type veth peer name pair1
        link set pair0 up
        link set pair1 up
        link set pair1 master br7
        link set br7 up
        addr add 10.7.0.1/24 brd + dev br7
        link add mac7 link eth0 type macvlan mode bridge
        link set mac7 up address 02:00:00:00:01:07
        link add ipv7 link eth2 type ipvlan mode l3s
        link set eth2 up
        link set ipv7 up
        link add vrf7 type vrf table 107
        link set vrf7 up
        link set pair0 master vrf7
        addr add 10.8.0.1/24 brd + dev pair0
        route add 10.9.0.0/16 via 10.8.0.9 table 107
        link add ifb7 type ifb
        link set ifb7 up
        link add gre7 type gre local 10.0.11.2 remote 10.0.11.9 ttl 32 key 77
        link set gre7 up
        addr add 10.10.0.1 peer 10.10.0.2 dev gre7
        link add tap7g type gretap local 10.0.11.2 remote 10.0.11.8
        link set tap7g up address 02:00:00:00:02:07
        link add ipip7 type ipip mode ipip local 10.0.11.2 remote 10.0.11.7 ttl inherit
        link set ipip7 up mtu 1300
        link add six7 type sit mode ip6ip local 10.0.11.2 remote 10.0.11.6 ttl 64
        link set six7 up
        link add vx7 type vxlan id 7 local 10.0.11.2 remote 10.0.11.5 dstport 4789 nolearning dev eth0
        link set vx7 up address 02:00:00:00:03:07
        tuntap add tap7 mode tap user 0
        link set tap7 up address 02:00:00:00:04:07
        addr add 10.20.0.1 peer 10.20.0.2/32 dev eth0 label eth0:p'
    # as any file has a sit tunnel
    web01 sh -c 'cd /proc/sys/net/ipv6/conf/six7; echo 1 >forwarding; echo 0 >accept_ra; echo 0 >accept_redirects'
    round_trip
}

@test "a bridge that filters VLANs over a bond of VLANs, and IPv6 without routers" {
    made <<<'link add link eth0 name eth0.7 type vlan id 7
        link add link eth1 name eth1.7 type vlan id 7
        link add bond0 type bond mode balance-xor miimon 100
        link set eth0 up
        link set eth1 up
        link set eth0.7 down
        link set eth1.7 down
        link set eth0.7 master bond0
        link set eth1.7 master bond0
        link set bond0 up
        link add br0 type bridge vlan_filtering 1 mcast_snooping 0 forward_delay 400 ageing_time 800
        link set bond0 master br0
        link set eth2 up
        link set eth2 master br0
        link set br0 up
        addr add 10.7.0.1/24 brd + dev br0'
    web01 bash -c 'bridge vlan add dev bond0 vid 20-30; bridge vlan add dev eth2 vid 40 pvid untagged; bridge vlan add dev br0 vid 20 self
        ip link set eth3 up; ip addr add 2001:db8:9::1/64 dev eth3
        cd /proc/sys/net/ipv6/conf/eth3; for name in accept_ra accept_redirects autoconf; do echo 0 >$name; done'
    round_trip
    grep -q '"vlan": 40' "$BATS_TEST_TMPDIR/after"
    web01 grep -qx 'BRIDGE_PORT_VLANS=20-30' $FILES/ifcfg-bond0
    web01 grep -qx IPV6_AUTOCONF=no $FILES/ifcfg-eth3
}

@test "stacks: QinQ, macvtap on a bond, a VXLAN in a bridge in a VRF, a bridge over a VLAN over a bond" {
    made <<<'link add bond0 type bond mode 802.3ad miimon 100 lacp_rate fast ad_select bandwidth
        link set eth0 master bond0
        link set eth1 master bond0
        link set bond0 up mtu 1600
        link add link bond0 name bond0.10 type vlan id 10 protocol 802.1ad
        link set bond0.10 up
        link add link bond0.10 name inner type vlan id 20 egress-qos-map 2:3 ingress-qos-map 4:5 loose_binding on
        link set inner up
        addr add 10.10.0.1/24 brd + dev inner
        link add link bond0 name bond0.30 type vlan id 30
        link set bond0.30 up
        link add br30 type bridge stp_state 0 mcast_snooping 0 forward_delay 400 ageing_time 800
        link set bond0.30 master br30
        link set br30 up
        addr add 10.30.0.1/24 brd + dev br30
        route add default via 10.30.0.254
        link add link bond0 name mvt0 type macvtap mode bridge
        link set mvt0 up
        link set eth2 up
        addr add 10.2.0.1/24 brd + dev eth2
        link add vrf5 type vrf table 500
        link set vrf5 up
        link add br5 type bridge mcast_snooping 0 forward_delay 400 ageing_time 800
        link set br5 master vrf5
        link set br5 up
        addr add 10.50.0.1/24 brd + dev br5
        link add vx5 type vxlan id 5 local 10.2.0.1 group 239.0.0.5 dstport 4789 dev eth2 ttl 8
        link set vx5 master br5
        link set vx5 up
        route add 10.51.0.0/16 via 10.50.0.9 vrf vrf5
        link add link eth3 name eth3.5 type vlan id 5
        link set eth3 up
        link set eth3.5 up
        addr add 192.168.5.1/24 brd + dev eth3.5
        route add 10.60.0.0/16 nexthop via 192.168.5.8 weight 2 nexthop via 192.168.5.9 weight 1'
    round_trip
}
