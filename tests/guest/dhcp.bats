#!/usr/bin/env bats
# Addresses by DHCP, with the real clients and a real server (dnsmasq) behind the cable.

bats_require_minimum_version 1.5.0
load helpers.bash

LEASES=/run/lab/dnsmasq.leases

# server_start [OPTION...]: behind eth0; 10.9.0.50 to .60, router .1
server_start() {
    ip -n sink addr replace 10.9.0.1/24 dev web01.eth0
    lab_ns sink dnsmasq --conf-file=/dev/null --port=0 --user=root --pid-file=/run/lab/dnsmasq.pid --dhcp-leasefile=$LEASES \
        --dhcp-authoritative --interface=web01.eth0 --bind-interfaces --dhcp-range=10.9.0.50,10.9.0.60,255.255.255.0,1h \
        --dhcp-option=option:router,10.9.0.1 --dhcp-option=option:dns-server,10.9.0.53 "$@" 3>&-
}
server_stop() {
    [ ! -e /run/lab/dnsmasq.pid ] || kill "$(</run/lab/dnsmasq.pid)" || :
    rm -f /run/lab/dnsmasq.pid $LEASES
}
setup() {
    lab_nics 2
    web01 ip link set lo up
    rm -rf /var/lib/dhcp/* /var/lib/dhcpcd/*.lease* /run/dhclient* /run/dhcpcd/*
}
teardown() {
    server_stop
}
teardown_file() {
    lab_destroy
}

leased() { # NIC: its address, if it is one that ends
    web01 ip -j -4 addr show dev "$1" dynamic | jq -er '.[] | select(.addr_info) | .addr_info[].local'
}
client_pid() { # NIC
    web01 sed -n 's/^pid=//p' "/run/netsvc/dhcp/$1-4"
}

gets_and_keeps() { # CLIENT
    server_start
    ifcfg eth0 BOOTPROTO=dhcp DHCP_CLIENT="$1" NOZEROCONF=yes
    web01 ifup eth0
    address=$(leased eth0)
    [[ $address == 10.9.0.* ]]
    web01 ip route show default | grep -q 'via 10.9.0.1 dev eth0'
    pid=$(client_pid eth0)
    kill -0 "$pid"
    plan_is_empty up eth0
    web01 ifup eth0 # a second one has nothing to do
    [ "$(client_pid eth0)" = "$pid" ] && [ "$(leased eth0)" = "$address" ]
    web01 ifdown eth0
    run ! kill -0 "$pid"
    run ! leased eth0
    [ -z "$(web01 ip -4 addr show dev eth0)" ]
    web01 ls /run/netsvc/dhcp
    [ ! -e "/run/netsvc/dhcp/eth0-4" ]
}

@test "dhcpcd gets an address and a route, goes on, and is gone with both after ifdown" {
    gets_and_keeps dhcpcd
}
@test "dhclient does the same" {
    gets_and_keeps dhclient
}
@test "udhcpc does the same" {
    gets_and_keeps udhcpc
}
