#!/usr/bin/env bats
# The README's chapter about switching a live server over, and back: each command as it stands there. Then those that it is switched from: what they have is
# taken from them while it works, and what is exported to them is what netsvc makes of the same files.
bats_require_minimum_version 1.5.0
load boot.bash
load package.bash
load ../pages.bash
load others.bash

PAGE=/netsvc/README.md
page_commands() { # HEADING BLOCK: without what is said of them
    page_block "$@" | sed 's/  *# .*//'
}

# do_as_written HEADING BLOCK: every command is run, in its order, and succeeds.
do_as_written() {
    local line count=0
    while IFS= read -r line; do
        echo "# $line"
        bash -c "$line"
        count=$((count + 1))
    done < <(page_commands "$1" "$2")
    [ "$count" -ge 1 ]
}

teardown() {
    systemctl stop network-back.timer network-back.service 2>/dev/null || true # also where a test has failed
}

@test "switch: NetworkManager has both bonds up" {
    until_true systemctl is-active NetworkManager
    until_true has_address bond0 10.0.11.2/24
    until_true has_address bond1 172.16.11.2/24
    web01_is_up
    echo $(($(cat /sys/class/net/bond0/ifindex))) >/run/bond0
}

@test "switch: what is asked first changes nothing: the files are right, and a start interrupts nobody" {
    events_begin
    page_commands "Switch a live server over" 1 >"$BATS_TEST_TMPDIR/commands"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/commands")" -eq 3 ]
    while IFS= read -r line; do
        echo "# $line"
        status=0
        bash -c "$line" || status=$?
        case $line in
        *check*) [ "$status" -le 1 ] ;;
        *) [ "$status" -eq 0 ] || [ "$status" -eq 10 ] ;;
        esac
    done <"$BATS_TEST_TMPDIR/commands"
    events_none
}

@test "switch: from NetworkManager, as written; the bonds stay, and the safety net is stopped" {
    do_as_written "From NetworkManager" 1
    web01_is_up
    [ "$(cat /sys/class/net/bond0/ifindex)" = "$(cat /run/bond0)" ]
    systemctl is-active network.service
    systemctl is-enabled network.service
    run ! systemctl is-active NetworkManager
    netsvc status bond0 bond1
    do_as_written "From NetworkManager" 2
    run ! systemctl is-active network-back.timer
}

@test "switch: back to NetworkManager, as written" {
    do_as_written "From NetworkManager" 3
    until_true has_address bond0 10.0.11.2/24
    until_true has_address bond1 172.16.11.2/24
    run ! systemctl is-enabled network.service
    systemctl is-enabled NetworkManager
}

@test "switch: the safety net brings NetworkManager back by itself" {
    do_as_written "From NetworkManager" 1
    systemctl is-active network.service
    systemctl start network-back.service # as its timer does
    until_true systemctl is-active NetworkManager
    until_true has_address bond0 10.0.11.2/24
    run ! systemctl is-active network.service
}

@test "switch: ifupdown has eth0 up" {
    systemctl disable --now NetworkManager
    ip link delete bond0
    ip link delete bond1
    dpkg -i /var/lib/debs/ifupdown_*.deb
    printf 'auto lo\niface lo inet loopback\nauto eth0\niface eth0 inet static\n    address 10.0.11.2/24\n    gateway 10.0.11.1\n' >/etc/network/interfaces
    systemctl start networking
    has_address eth0 10.0.11.2/24
    rm -f $NETWORK_SCRIPTS/ifcfg-{bond,eth}?
    printf 'DEVICE=eth0\nIPADDR=10.0.11.2\nPREFIX=24\nGATEWAY=10.0.11.1\n' >$NETWORK_SCRIPTS/ifcfg-eth0
}

@test "switch: from ifupdown, as written; nothing goes away for a moment" {
    events_begin
    do_as_written "From ifupdown" 1
    kill "$watcher"
    if grep -v mark "$BATS_TEST_TMPDIR/events" | grep -E 'Deleted.*(eth0|default)'; then false; fi
    has_address eth0 10.0.11.2/24
    ip route show default | grep -q 'via 10.0.11.1 dev eth0'
    systemctl is-active network.service
    run ! systemctl is-enabled networking.service
    netsvc status eth0
    do_as_written "From ifupdown" 2
    run ! systemctl is-active network-back.timer
}

@test "switch: back to ifupdown, as written" {
    do_as_written "From ifupdown" 3
    has_address eth0 10.0.11.2/24
    ip route show default | grep -q 'via 10.0.11.1 dev eth0'
    systemctl is-enabled networking.service
    run ! systemctl is-enabled network.service
}

@test "switch: the safety net brings ifupdown back by itself" {
    do_as_written "From ifupdown" 1
    systemctl is-active network.service
    systemctl start network-back.service
    until_true unit_is network-back.service inactive
    has_address eth0 10.0.11.2/24
    ip route show default | grep -q 'via 10.0.11.1 dev eth0'
    [ -e /etc/network/interfaces ]
    systemctl is-enabled networking.service
    run ! systemctl is-active network.service
}

@test "import --take: bonds of NetworkManager and of networkd become ours, and not one of 1,000 pings is lost" {
    others_begin
    far eth1 10.0.11.9/24
    far eth3 172.16.11.9/24
    bond_of_networkmanager
    bond_of_networkd
    systemctl restart systemd-networkd NetworkManager
    until_true answers eth1 10.0.11.2
    until_true answers eth3 172.16.11.2
    until_true grep -q 'ADMIN_STATE=configured' /run/systemd/netif/links/"$(cat /sys/class/net/bond1/ifindex)"
    until_true grep -q '^connection-uuid' /run/NetworkManager/devices/"$(cat /sys/class/net/bond0/ifindex)"
    pings eth1 10.0.11.2 &
    pings eth3 172.16.11.2 &
    run netsvc import --take bond0 bond1
    echo "$output"
    wait
    none_is_lost eth1
    none_is_lost eth3
    [ "$status" -eq 0 ]
    [[ $output == *'NetworkManager leaves these from now on'*bond0* ]]
    [[ $output == *'systemd-networkd leaves these from now on'*bond1* ]]
    netsvc plan restart --exit-code
    for device in bond0 bond1; do record_has $device; done
    ip rule | grep -q '^700:.*172.16.11.2'
    until_true systemctl restart NetworkManager systemd-networkd # as at an update of theirs
    netsvc plan restart --exit-code
    netsvc stop
    run ! has_address bond1 172.16.11.2/24
    others_end
}

@test "export: networkd brings bonds up, and what stands on them, as netsvc does" {
    for example in web01 bridge-on-vlan-on-bond; do what_is_exported networkd systemd-networkd $example; done
}

@test "export: NetworkManager brings bonds up, and what stands on them, as netsvc does" {
    what_is_exported nm NetworkManager web01
    # It brings all cards up, also those without a file, and says that it leaves a bridge's delay where there is no spanning tree.
    what_is_exported nm NetworkManager bridge-on-vlan-on-bond 's/"forward_delay":[0-9]+,//; /"name":"eth[23]"/s/"up":[a-z]+//' 2>"$BATS_TEST_TMPDIR/said"
    grep 'ifcfg-br100:[0-9]*: forward_delay=0 is not carried over' "$BATS_TEST_TMPDIR/said"
    others_end
}
