#!/usr/bin/env bats
# IPv6 of an interface on a real kernel: addresses are usable when the line says OK, a duplicate is lost alone, and what the keys
# ask of the device is what the kernel has.

bats_require_minimum_version 1.5.0
load fresh.bash

setup() {
    fresh_web01
    lab_config ipv6
    ip -n client addr flush dev front scope global to 2001:db8::/32
}
teardown() {
    advertise_no_more
    ip -n client addr flush dev front scope global to 2001:db8::/32
}
has_address6() { # DEVICE ADDRESS/LENGTH: there, and usable
    web01 ip -6 -o addr show dev "$1" scope global -tentative | tr -s ' ' | cut -d' ' -f4 | grep -qxF "$2"
}
is_tentative() { # DEVICE: any address of it is
    [ -n "$(web01 ip -6 -o addr show dev "$1" tentative)" ]
}
conf() { # DEVICE NAME
    web01 cat "/proc/sys/net/ipv6/conf/$1/$2"
}

knows_mac() { # ADDRESS MAC: the client, without asking
    ip -n client neigh show "$1" dev front | grep -q "lladdr $2"
}

@test "the example: addresses can be used at once, the default route goes by the router's link-local address, and a second start has nothing to do" {
    ip -n client addr add 2001:db8::99/64 dev front nodad
    run web01 $NETWORK start
    said "  OK  " bond0
    said "  OK  " eth2
    run ! is_tentative bond0
    run ! is_tentative eth2
    has_address bond0 192.0.2.10/24
    for address in 2001:db8::10/64 2001:db8::11/64 2001:db8:0:5::1/64; do has_address6 bond0 $address; done
    has_address6 eth2 2001:db8:0:6::10/64
    web01 ip -6 route | grep -q '^default via fe80::1 dev bond0 .*metric 1 '
    web01 ip -6 route | grep -q '^2001:db8:100::/40 via 2001:db8::2 dev bond0 '
    [ "$(conf bond0 accept_ra)$(conf bond0 autoconf)$(conf bond0 accept_redirects)$(conf bond0 forwarding)" = 0000 ]
    [ "$(conf eth2 accept_ra)$(conf eth2 autoconf)$(conf eth2 use_tempaddr)" = 112 ]
    [ -z "$(web01 ip -6 addr show dev eth0 scope global)" ]
    plan_is_empty restart
    lab_ns client ping -q -c 1 -w "$LAB_PATIENCE" 2001:db8::11 >/dev/null
    run web01 $NETWORK stop
    [ "$status" -eq 0 ]
    [ -z "$(web01 ip -6 addr show scope global)" ]
    [ "$(conf eth2 accept_ra)$(conf eth2 accept_redirects)$(conf eth2 forwarding)" = 000 ]
    run web01 $NETWORK start
    said "  OK  " eth2
    has_address6 eth2 2001:db8:0:6::10/64
    [ "$(conf eth2 accept_ra)" = 1 ]
    plan_is_empty restart
}

@test "another host has one of the addresses: it is named and lost alone, and comes when the other host has gone" {
    ip -n client addr add 2001:db8::11/64 dev front nodad
    run web01 ifup bond0
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"ifcfg-bond0:10: bond0: 2001:db8::11 is already used by another host on this network"* ]]
    [ "$(grep -c 2001:db8::11 <<<"$output")" -eq 1 ]
    has_address6 bond0 2001:db8::10/64
    has_address6 bond0 2001:db8:0:5::1/64
    run ! has_address6 bond0 2001:db8::11/64
    ip -n client addr del 2001:db8::11/64 dev front
    run web01 ifup bond0
    echo "$output"
    [ -z "$output" ]
    has_address6 bond0 2001:db8::11/64
    plan_is_empty up bond0
}

@test "another host has the only address: the interface has failed" {
    ip -n client addr add 2001:db8::7/64 dev front nodad
    ifcfg eth0 IPV6ADDR=2001:db8::7/64
    rm -f "$BATS_TEST_TMPDIR/none"
    run web01 ifup eth0
    echo "$output"
    [ "$status" -eq 1 ]
    [[ $output == *"eth0: 2001:db8::7 is already used by another host on this network"* ]]
}

@test "addresses change on a running interface: new ones come, old ones go, those of others stay, and no link goes down" {
    web01 ifup bond0
    ip -n web01 addr add 2001:db8:ffff::1/64 dev bond0 nodad
    ip -n web01 monitor link >"$BATS_TEST_TMPDIR/links" &
    monitor=$!
    web01 sed -i -e 's|^IPV6ADDR=.*|IPV6ADDR=2001:db8::10/56|' -e 's|2001:db8::11/64|2001:db8::12/64|' \
        -e s/IPV6_AUTOCONF=no/IPV6_AUTOCONF=yes/ /etc/sysconfig/network-scripts/ifcfg-bond0
    run web01 ifup bond0
    kill $monitor
    echo "$output"
    [ -z "$output" ]
    for address in 2001:db8::10/56 2001:db8::12/64 2001:db8:0:5::1/64 2001:db8:ffff::1/64; do has_address6 bond0 $address; done
    run ! has_address6 bond0 2001:db8::11/64
    run ! has_address6 bond0 2001:db8::10/64
    web01 ip -6 route | grep -q '^default via fe80::1 dev bond0 '
    [ "$(conf bond0 accept_ra)$(conf bond0 autoconf)" = 11 ]
    run ! grep -w DOWN "$BATS_TEST_TMPDIR/links"
    plan_is_empty up bond0
}

@test "without a cable nothing is waited for, and the addresses can be used as soon as it is in" {
    cable_pull eth0
    ifcfg eth0 IPV6ADDR=2001:db8::7/64 IPV6_DEFAULTGW=fe80::1%eth0
    run web01 ifup eth0
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"its IPv6 addresses can be used as soon as there is one"* ]]
    plan_is_empty up eth0
    cable_plug eth0
    wait_until has_address6 eth0 2001:db8::7/64
}

# A router on the network behind eth2 and eth3, that tells of one prefix.
advertise() {
    ip -n client addr replace 2001:db8:77::1/64 dev back nodad
    lab_ns client sysctl -qw net.ipv6.conf.all.forwarding=1 # else it says that it is no router when it is asked for its MAC
    lab_ns client dnsmasq --conf-file=/dev/null --port=0 --user=root --pid-file=/run/lab/ra.pid --enable-ra \
        --interface=back --dhcp-range=2001:db8:77::,ra-only,64 "$@"
}
advertise_no_more() {
    [ ! -e /run/lab/ra.pid ] || kill "$(</run/lab/ra.pid)"
    rm -f /run/lab/ra.pid
    lab_ns client sysctl -qw net.ipv6.conf.all.forwarding=0
    ip -n client addr flush dev back scope global to 2001:db8:77::/64
}
has_prefix() { # DEVICE: an address that a router gave it
    [ -n "$(web01 ip -6 -o addr show dev "$1" to 2001:db8:77::/64 dynamic -tentative)" ]
}
has_router() { # DEVICE
    [ -n "$(web01 ip -6 route show default dev "$1" proto ra)" ]
}

@test "router advertisements are taken as each file says, and what they bring is nobody's to remove" {
    ifcfg eth2 IPV6INIT=yes IPV6_AUTOCONF=yes IPV6_TOKEN=::42 IPADDR=172.16.11.2 PREFIX=24 ARPCHECK=no
    ifcfg eth3 IPV6INIT=yes IPV6_AUTOCONF=no IPADDR=172.16.11.3 PREFIX=24 ARPCHECK=no
    ifcfg eth1 IPV6INIT=yes IPV6_AUTOCONF=no IPV6_FORCE_ACCEPT_RA=yes IPADDR=10.9.9.1 PREFIX=24 ARPCHECK=no
    web01 ifup eth2
    web01 ifup eth3
    advertise
    wait_until has_address6 eth2 2001:db8:77::42/64
    wait_until has_router eth2
    run ! has_prefix eth3
    run ! has_router eth3
    plan_is_empty up eth2
    web01 ifup eth1
    [ "$(conf eth1 accept_ra)$(conf eth1 autoconf)" = 10 ]
    ifcfg eth2 IPV6INIT=yes IPV6_AUTOCONF=yes IPV6_TOKEN=::42 IPADDR=172.16.11.4 PREFIX=24 ARPCHECK=no
    web01 ifup eth2
    has_prefix eth2
    has_router eth2
    web01 ifdown eth2
    ifcfg eth2 IPV6INIT=yes IPV6FORWARDING=yes IPV6_AUTOCONF=yes IPADDR=172.16.11.2 PREFIX=24 ARPCHECK=no
    web01 ifup eth2
    wait_until has_prefix eth2
    [ "$(conf eth2 forwarding)$(conf eth2 accept_ra)" = 12 ]
    ifcfg eth2 IPV6INIT=yes IPV6FORWARDING=yes IPV6_ROUTER=no IPADDR=172.16.11.2 PREFIX=24 ARPCHECK=no
    web01 ifup eth2
    [ "$(conf eth2 forwarding)$(conf eth2 accept_ra)" = 00 ]
    plan_is_empty up eth2
}

# Without a word of the new bond its neighbours would send to the old one until their entries expire.
@test "addresses of both families move from one bond to another in one run: neighbours are told at once where they are now" {
    lab_ports eth2 front | ip -n swA -batch -
    lab_ports eth3 front | ip -n swB -batch -
    lab_config web01
    ip -n client addr add 2001:db8::99/64 dev front nodad
    cat >"$BATS_TEST_TMPDIR/both" <<'END'
IPADDR=10.0.11.2
PREFIX=24
ARPCHECK=no
IPV6ADDR=2001:db8::2/64
BONDING_OPTS="mode=1 miimon=100"
END
    ifcfg bond0 "$(<"$BATS_TEST_TMPDIR/both")"
    ifcfg bond1 'BONDING_OPTS="mode=1 miimon=100"'
    run web01 netsvc start
    [ "$status" -eq 0 ]
    for address in 10.0.11.2 2001:db8::2; do answers $address; done
    ifcfg bond0 'BONDING_OPTS="mode=1 miimon=100"'
    ifcfg bond1 "$(<"$BATS_TEST_TMPDIR/both")"
    run web01 netsvc restart
    echo "$output"
    [ "$status" -eq 0 ]
    mac=$(web01 cat /sys/class/net/bond1/address)
    for address in 10.0.11.2 2001:db8::2; do
        wait_until knows_mac $address "$mac"
        answers $address
    done
    plan_is_empty restart
    lab_ports eth2 back | ip -n swA -batch -
    lab_ports eth3 back | ip -n swB -batch -
}
