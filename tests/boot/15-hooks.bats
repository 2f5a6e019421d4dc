#!/usr/bin/env bats
# Hooks at boot: outside of the service's sandbox, with their output in the journal.
bats_require_minimum_version 1.5.0
load boot.bash

@test "at the shutdown before, IFDOWN_ON_SHUTDOWN=no left the network up" {
    grep -q '14-networkmanager' /var/lib/boot-test/done || skip "that stage did not run"
    journalctl -b -1 -u network.service -o cat | grep -q 'system is shutting down, leaving interfaces up as requested'
    run journalctl -b -1 -u network.service -o cat
    [[ ${output##*Stopping} != *'Shutting down interface'* ]]
}

@test "a hook at boot is not in the sandbox, what it says is in the journal, and its failure below the line" {
    cat /etc/hook-was-here
    [ "$(cat /etc/hook-was-here)" = bond0 ]
    journalctl -b -o cat SYSLOG_IDENTIFIER=ifup-local INTERFACE=bond0 | grep -F "hook of bond0 in /etc/sysconfig/network-scripts"
    journalctl -b -u network.service -o cat | grep -F "/sbin/ifup-local ended with status 3"
    has_address bond0 10.0.11.2/24
    rm /sbin/ifup-local /etc/hook-was-here
}
