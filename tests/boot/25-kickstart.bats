#!/usr/bin/env bats
# A kickstart's network lines, written into a tree from outside: it boots, and both bonds can be reached.
bats_require_minimum_version 1.5.0
load boot.bash

# A second host on the network of a bond: the port that waits, taken out into a namespace.
peer_begin() { # BOND PORT ADDRESS
    ip link set "$2" nomaster
    ip netns add peer
    ip link set "$2" netns peer
    ip -n peer address add "$3" dev "$2"
    ip -n peer link set "$2" up
}
peer_end() { # PORT, back to the bond by the files
    ip netns del peer
    until_true [ -e "/sys/class/net/$1" ]
    systemctl restart network
}
answers() { # ADDRESS
    ip netns exec peer ping -c 1 -W 1 "$1"
}

@test "kickstart: the tree boots to network-online with what the lines say" {
    systemctl is-enabled network.service
    systemctl is-active network-online.target network.service
    [ "$(hostname)" = web01 ]
    has_address bond0 10.0.11.2/24
    has_address bond1 172.16.11.2/24
    for pair in eth0:bond0 eth1:bond0 eth2:bond1 eth3:bond1; do is_port_of "${pair%:*}" "${pair#*:}"; done
    for bond in bond0 bond1; do
        [ "$(cat /sys/class/net/$bond/bonding/mode)" = "active-backup 1" ]
        [ "$(cat /sys/class/net/$bond/bonding/updelay)" = 5000 ]
    done
    [ "$(cat /sys/class/net/bond1/bonding/primary)" = eth2 ]
}

@test "kickstart: nothing to complain about, and nothing to do" {
    run journalctl -b -u network.service -p warning -o cat
    echo "$output"
    [ -z "$output" ]
    netsvc check --strict
    netsvc plan restart --exit-code
    diff -r /netsvc/sysconfig-examples/kickstart/etc/sysconfig/network-scripts /etc/sysconfig/network-scripts
}

@test "kickstart: both bonds can be reached" {
    peer_begin bond0 eth1 10.0.11.9/24
    until_true answers 10.0.11.2
    peer_end eth1
    peer_begin bond1 eth3 172.16.11.9/24
    until_true answers 172.16.11.2
    peer_end eth3
    is_port_of eth1 bond0
    is_port_of eth3 bond1
}
