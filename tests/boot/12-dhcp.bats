#!/usr/bin/env bats
# Addresses by DHCP at boot: clients are units of their own, which outlive the service that starts them.
bats_require_minimum_version 1.5.0
load boot.bash

leased() { # NIC: its address
    ip -j -4 addr show dev "$1" dynamic | jq -er '.[] | select(.addr_info) | .addr_info[].local'
}
main_pid() { # unit
    systemctl show -P MainPID "$1"
}

@test "the network is up with an address from the server, and a silent one has not held it up" {
    run systemctl status network.service
    echo "$output"
    journalctl -b --no-pager SYSLOG_IDENTIFIER=netsvc + SYSLOG_IDENTIFIER=dhcpcd + SYSLOG_IDENTIFIER=dhclient
    unit_is network.service active
    [[ $(leased eth0) == 10.9.0.* ]]
    ip route show default | grep -q 'via 10.9.0.1 dev eth0'
    journalctl -b INTERFACE=eth2 -o cat | grep -q 'no answer from a DHCP server within 3 s; dhclient goes on asking'
}

@test "each client is a unit, with a journal of its own" {
    unit_is netsvc-dhcp-eth0-4.service active
    unit_is netsvc-dhcp-eth2-4.service active
    journalctl -b -u netsvc-dhcp-eth0-4.service -o cat | grep -q .
    [ "$(cat /proc/"$(main_pid netsvc-dhcp-eth0-4.service)"/comm)" = dhcpcd ]
}

@test "restart keeps client and lease, and a second plan is empty" {
    local pid address
    pid=$(main_pid netsvc-dhcp-eth0-4.service) address=$(leased eth0)
    systemctl restart network.service
    [ "$(main_pid netsvc-dhcp-eth0-4.service)" = "$pid" ] && [ "$(leased eth0)" = "$address" ]
    netsvc plan up eth0 | grep -q 'nothing to do'
}

@test "a client that dies is started again" {
    local pid
    pid=$(main_pid netsvc-dhcp-eth0-4.service)
    kill -KILL "$pid"
    until_true new_pid "$pid"
}
new_pid() {
    local now
    now=$(main_pid netsvc-dhcp-eth0-4.service)
    [ "$now" != 0 ] && [ "$now" != "$1" ]
}

@test "one that has just died is in nobody's way" {
    local pid
    pid=$(main_pid netsvc-dhcp-eth0-4.service)
    kill -KILL "$pid"
    until_true sh -c "! kill -0 $pid"
    ifup eth0
    until_true unit_is netsvc-dhcp-eth0-4.service active # systemd starts it again after RestartSec=
    [[ $(leased eth0) == 10.9.0.* ]]
}

@test "without a bus PID 1 is asked by its own socket" {
    systemctl stop dbus.socket dbus.service
    ifdown eth0
    run ! systemctl --quiet is-active netsvc-dhcp-eth0-4.service
    ifup eth0
    unit_is netsvc-dhcp-eth0-4.service active
    [[ $(leased eth0) == 10.9.0.* ]]
    systemctl start dbus.socket
}

@test "ifdown ends the unit and takes the address away; a stop of the service does so with all" {
    ifdown eth0
    run ! leased eth0
    run ! systemctl --quiet is-active netsvc-dhcp-eth0-4.service
    ifup eth0
    [[ $(leased eth0) == 10.9.0.* ]]
    systemctl stop network.service
    run ! leased eth0
    run ! systemctl --quiet is-active netsvc-dhcp-eth0-4.service
    run ! systemctl --quiet is-active netsvc-dhcp-eth2-4.service
}
