#!/usr/bin/env bats
# Tunnels with a real other end, made by `ip` in the client's namespace: a ping goes through.

bats_require_minimum_version 1.5.0
load fresh.bash

OUTER=(MY_OUTER_IPADDR=10.0.11.2 PEER_OUTER_IPADDR=10.0.11.100)

setup() {
    fresh_web01
    web01 sh -c 'rm -f /etc/sysconfig/network-scripts/ifcfg-*'
    ifcfg eth0 IPADDR=10.0.11.2 PREFIX=24 IPV6ADDR=2001:db8:11::2/64 ARPCHECK=no
    ip -n client addr replace 2001:db8:11::100/64 dev front nodad
}
teardown() {
    ip -n client link del other 2>/dev/null || true
    ip -n client addr flush dev front to 2001:db8:11::/64
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

@test "VXLAN" {
    other_end 10.99.0.2/30 type vxlan id 42 dstport 4789 local 10.0.11.100 remote 10.0.11.2
    ifcfg vx42 TYPE=VXLAN VXLAN_ID=42 VXLAN_PORT=4789 PHYSDEV=eth0 "${OUTER[@]}" IPADDR=10.99.0.1 PREFIX=30
    through vx42 10.99.0.2
}
