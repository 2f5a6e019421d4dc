#!/usr/bin/env bats
# The README's chapter about switching a live server over, and back: each command as it stands there.
bats_require_minimum_version 1.5.0
load boot.bash
load package.bash
load ../pages.bash

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
