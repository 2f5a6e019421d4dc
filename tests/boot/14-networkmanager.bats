#!/usr/bin/env bats
# Beside a NetworkManager: it leaves what files configure, and keeps what they leave to it.
bats_require_minimum_version 1.5.0
load boot.bash

SNIPPET=/run/NetworkManager/conf.d/90-netsvc.conf
has_managed() { # NIC, its state as nmcli has it
    [ "$(nmcli -g GENERAL.STATE device show "$1")" = "$2" ]
}

@test "at boot it is told, whichever of the two came first, and leaves what a file configures" {
    until_true unit_is NetworkManager.service active
    unit_is network.service active
    until_true nmcli general status
    nmcli device
    cat $SNIPPET
    until_true has_managed eth0 '10 (unmanaged)'
    has_address eth0 10.7.0.2/24
    run ! has_address eth0 10.77.0.3/24
    netsvc plan start | grep -q 'ask NetworkManager' && return 1 || :
}

@test "what it has already is taken over at once, read back, and stays so over its restart" {
    netsvc down eth0
    rm $SNIPPET
    nmcli general reload conf
    until_true has_address eth0 10.77.0.3/24
    netsvc plan up eth0 | grep -q 'ask NetworkManager to leave it alone'
    netsvc up eth0
    has_managed eth0 '10 (unmanaged)'
    has_address eth0 10.7.0.2/24
    run ! has_address eth0 10.77.0.3/24
    netsvc plan up eth0 | grep -q 'nothing to do'
    systemctl restart NetworkManager
    until_true has_managed eth0 '10 (unmanaged)'
    has_address eth0 10.7.0.2/24
    has_managed eth0 '10 (unmanaged)'
}

@test "NM_CONTROLLED=yes passes over what it has a connection on" {
    until_true has_address eth2 10.77.2.3/24
    run netsvc start
    echo "$output"
    [[ $output == *'Bringing up interface eth2:  [PASSED]'* ]]
    [[ $output == *'NM_CONTROLLED=yes leaves eth2 to NetworkManager'* ]]
    has_address eth2 10.77.2.3/24
    run ! has_address eth2 10.7.2.2/24
}

@test "one that hangs costs a few seconds and a warning, and the interface is up" {
    netsvc down eth0
    rm $SNIPPET
    systemctl kill -s STOP NetworkManager
    SECONDS=0
    run netsvc up eth0
    took=$SECONDS
    systemctl kill -s CONT NetworkManager
    echo "$output ($took s)"
    [[ $output == *'NetworkManager runs, and cannot be asked to leave what is configured here'* ]]
    has_address eth0 10.7.0.2/24
    [ "$took" -lt 30 ]
    systemctl disable --now --quiet NetworkManager
    systemctl mask --quiet NetworkManager
    rm -f /etc/NetworkManager/system-connections/* $SNIPPET
    systemctl stop network # so that the shutdown has something to leave up
    systemctl start network
}
