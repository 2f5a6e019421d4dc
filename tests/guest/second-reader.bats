#!/usr/bin/env bats
# Our picture of the kernel against the one that libnl-route makes of the same state.

bats_require_minimum_version 1.5.0
load fresh.bash

@test "libnl-route sees the same links, addresses, routes, rules and neighbours" {
    lab_config ethernet-static
    web01 $NETWORK start
    ip -n web01 -batch - <<-'END'
		link add bond5 type bond mode active-backup
		link set eth2 down
		link set eth2 master bond5
		link set bond5 up
		link add link bond5 name bond5.7 type vlan id 7
		link add br5 type bridge
		link set bond5.7 master br5
		link add d5 type dummy
		link set d5 group 9 mtu 1400 up
		addr add 10.5.0.1/24 broadcast + dev d5 label d5:one
		addr add 10.5.0.2/24 dev d5
		addr add 10.5.9.1 peer 10.5.9.2/32 dev d5
		addr add 2001:db8:5::1/64 dev d5 nodad
		route add 10.6.0.0/16 via 10.5.0.9 metric 7 mtu 1300 src 10.5.0.2
		route add 10.7.0.0/16 nexthop via 10.5.0.9 weight 3 nexthop via 10.5.0.8 weight 1
		route add 10.8.0.0/16 via inet6 2001:db8:5::9 dev d5
		route add 10.9.0.0/16 via 192.0.2.200 dev d5 onlink
		route add blackhole 10.10.0.0/16 table 200
		route add 2001:db8:6::/48 via 2001:db8:5::9
		route add 2001:db8:7::/48 nexthop via 2001:db8:5::9 nexthop via 2001:db8:5::8
		route add unreachable 2001:db8:8::/48 metric 5
		rule add from 10.5.0.0/24 to 10.6.0.0/16 lookup 200 priority 50
		rule add iif d5 fwmark 0x10/0xf0 lookup 201 priority 51
		rule add oif d5 prohibit priority 52
		rule add goto 32766 priority 53
		neigh add 10.5.0.50 lladdr 02:00:00:00:00:50 dev bond5
		neigh add 2001:db8:5::50 lladdr 02:00:00:00:00:51 dev bond5
	END
    ip -6 -n web01 rule add from 2001:db8:5::/64 lookup 202 priority 54
    run web01 "$BUILD/tests/second-reader"
    echo "$output"
    [ "$status" -eq 0 ]
    [ "${output%% *}" -ge 40 ]
}
