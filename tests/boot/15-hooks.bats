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
    journalctl -b -o cat _PID=1 | grep -E 'Starting netsvc-run-.* - /sbin/ifup-local \(bond0\)'
    [ -z "$(systemctl list-units --failed --plain --no-legend 'netsvc-*')" ]
    rm /sbin/ifup-local /etc/hook-was-here
}

hook_write() { # < what it does for bond0
    { echo '#!/bin/sh' && echo '[ "$1" = bond0 ] || exit 0' && cat; } >/sbin/ifup-local
    chmod 755 /sbin/ifup-local
}
@test "by hand a hook is a unit too, and what it leaves running goes on" {
    hook_write <<<'cat /proc/self/cgroup >/run/hook-group; sleep 1000 & echo $! >/run/hook-left'
    ifdown bond0
    ifup bond0
    grep '/netsvc-run-' /run/hook-group
    kill -0 "$(cat /run/hook-left)"
    kill "$(cat /run/hook-left)"
}

@test "a hook that hangs is ended with its children when the run is" {
    hook_write <<<'sleep 1001 & sleep 1001; echo'
    ifdown bond0
    ifup bond0 3>&- &
    until_true sh -c '[ "$(pgrep -fc "^sleep 1001")" = 2 ]'
    kill -TERM $!
    run ! wait $!
    until_true sh -c '! pgrep -f "^sleep 1001"'
    rm /sbin/ifup-local
    ifup bond0
    has_address bond0 10.0.11.2/24
}

# trial_begins SECONDS: bond0's address is another one, on trial.
trial_begins() {
    sed -i s/10.0.11.2/10.0.11.9/ $NETWORK_SCRIPTS/ifcfg-bond0
    setsid netsvc try --timeout "$1" >/run/try.out 2>&1 </dev/null 3>&- &
    disown # no word of the shell when it is killed
    until_true has_address bond0 10.0.11.9/24
    until_true test -e /run/netsvc/trial/applied
}
trial_kill() {
    kill -KILL "$(pgrep -f 'netsvc try')" "$(cut -d ' ' -f 1 /run/netsvc/trial/fuse)"
}
all_is_over() {
    [ ! -e /var/lib/netsvc/trial ]
}

@test "a trial, and all of its processes are killed: the timer of systemd goes back" {
    trial_begins 15
    unit_is netsvc-trial.timer active
    trial_kill
    until_true all_is_over
    cat /run/netsvc/trial/result
    has_address bond0 10.0.11.2/24
    grep -q IPADDR=10.0.11.2 $NETWORK_SCRIPTS/ifcfg-bond0
    until_true sh -c "journalctl -b -o cat | grep -F 'has gone back: all is as it was before'"
    until_true unit_is netsvc-trial.timer inactive
}

@test "a trial that nobody ends before the machine goes down" {
    trial_begins 3600
    trial_kill # one that can would go back at the shutdown
}
