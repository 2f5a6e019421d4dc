#!/usr/bin/env bats
# Tunnels with a real other end, made by `ip` in the client's namespace: a ping goes through.

bats_require_minimum_version 1.5.0
load fresh.bash

OUTER=(MY_OUTER_IPADDR=10.0.11.2 PEER_OUTER_IPADDR=10.0.11.100)
OUTER6=(MY_OUTER_IPADDR=2001:db8:11::2 PEER_OUTER_IPADDR=2001:db8:11::100)

setup() {
    fresh_web01
    web01 sh -c 'rm -f /etc/sysconfig/network-scripts/ifcfg-*'
    ifcfg eth0 IPADDR=10.0.11.2 PREFIX=24 IPV6ADDR=2001:db8:11::2/64 ARPCHECK=no
    ip -n client addr replace 2001:db8:11::100/64 dev front nodad
}
teardown() {
    ip -n client link del other 2>/dev/null || true
    ip -n client addr flush dev front to 2001:db8:11::/64
    ip -n client addr del 198.51.100.20/24 dev front 2>/dev/null || true
}
other_end() { # ADDRESS WORD...: of `ip link add`
    ip -n client link add other "${@:2}"
    ip -n client addr add "$1" dev other nodad
    ip -n client link set other up
}
through() { # DEVICE ADDRESS: up, there and back, nothing left to do
    web01 ifup eth0
    web01 ifup "$1"
    web01 ping -q -c 1 -w "$LAB_PATIENCE" "$2" >/dev/null
    plan_is_empty up "$1"
}

@test "GRE, with a key" {
    other_end 10.99.0.2/30 type gre local 10.0.11.100 remote 10.0.11.2 key 42
    ifcfg gre1 TYPE=GRE "${OUTER[@]}" MY_INNER_IPADDR=10.99.0.1/30 KEY=42
    through gre1 10.99.0.2
    web01 ifdown eth0
    web01 ifup eth0
    web01 ping -q -c 1 -w "$LAB_PATIENCE" 10.99.0.2 >/dev/null
}

@test "GRE without an end of its own: the link-local addresses are those that ifup-tunnel left, that of the inner address too" {
    old() { # as ifup-tunnel did it
        web01 sh -c "ip link add gre9 type gre remote 10.0.11.100 key 9; ip addr add 10.99.0.1/30 dev gre9; ip link set gre9 up"
    }
    links_of() {
        web01 ip -6 -o addr show dev gre9 scope link | awk '{ print $4 }' | sort
    }
    web01 ifup eth0
    old
    before=$(links_of)
    grep -qx 'fe80::a63:1/64' <<<"$before"
    web01 ip link del gre9
    ifcfg gre9 TYPE=GRE PEER_OUTER_IPADDR=10.0.11.100 MY_INNER_IPADDR=10.99.0.1/30 KEY=9
    web01 ifup gre9
    [ "$(links_of)" = "$before" ]
    has_address gre9 10.99.0.1/30
    plan_is_empty up gre9
}

@test "GRETAP" {
    other_end 10.99.0.2/30 type gretap local 10.0.11.100 remote 10.0.11.2
    ifcfg tap1 TYPE=GRETAP "${OUTER[@]}" IPADDR=10.99.0.1 PREFIX=30
    through tap1 10.99.0.2
}

@test "IPIP" {
    other_end 10.99.0.2/30 type ipip local 10.0.11.100 remote 10.0.11.2
    ifcfg tun1 TYPE=IPIP "${OUTER[@]}" MY_INNER_IPADDR=10.99.0.1 PEER_INNER_IPADDR=10.99.0.2
    through tun1 10.99.0.2
}

@test "SIT; the addresses that the kernel gives it are not told as somebody else's" {
    other_end 2001:db8:99::2/64 type sit local 10.0.11.100 remote 10.0.11.2
    ifcfg sit1 TYPE=SIT IPV6INIT=yes IPV6TUNNELIPV4=10.0.11.100 IPV6TUNNELIPV4LOCAL=10.0.11.2 IPV6ADDR=2001:db8:99::1/64
    through sit1 2001:db8:99::2
    run web01 ifdown sit1
    echo "$output"
    [ -z "$output" ]
}

@test "6to4: the address of the other end is in its IPv6 address" {
    ifcfg eth0 IPADDR=198.51.100.10 PREFIX=24 IPV6TO4INIT=yes ARPCHECK=no
    ip -n client addr add 198.51.100.20/24 dev front
    other_end 2002:c633:6414::1/16 type sit local 198.51.100.20 remote any ttl 64
    web01 ifup eth0
    web01 ping -q -c 1 -w "$LAB_PATIENCE" 2002:c633:6414::1 >/dev/null
    run web01 ifdown eth0
    echo "$output"
    [ -z "$output" ]
}

@test "6to4 behind a router that has the public address: packets leave by the interface, from what a lease gives it" {
    ifcfg eth0 BOOTPROTO=dhcp IPV6TO4INIT=yes IPV6TO4_IPV4ADDR=192.0.2.10 ARPCHECK=no
    web01 netsvc plan up eth0 | grep -q 'tun6to4: create sit.*dev=eth0'
}

@test "GRE6" {
    other_end 10.99.0.2/30 type ip6gre local 2001:db8:11::100 remote 2001:db8:11::2
    ifcfg gre6 TYPE=GRE6 "${OUTER6[@]}" MY_INNER_IPADDR=10.99.0.1/30
    through gre6 10.99.0.2
}

@test "IPIP6: IPv4 in IPv6, as with the old scripts" {
    other_end 10.99.0.2/30 type ip6tnl mode ipip6 local 2001:db8:11::100 remote 2001:db8:11::2
    ifcfg tun6 TYPE=IPIP6 "${OUTER6[@]}" MY_INNER_IPADDR=10.99.0.1/30
    through tun6 10.99.0.2
}

@test "VXLAN" {
    other_end 10.99.0.2/30 type vxlan id 42 dstport 4789 local 10.0.11.100 remote 10.0.11.2
    ifcfg vx42 TYPE=VXLAN VXLAN_ID=42 VXLAN_PORT=4789 PHYSDEV=eth0 "${OUTER[@]}" IPADDR=10.99.0.1 PREFIX=30
    through vx42 10.99.0.2
}
