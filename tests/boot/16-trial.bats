#!/usr/bin/env bats
# The boot after one that went down in the middle of a trial.
bats_require_minimum_version 1.5.0
load boot.bash

setup() {
    grep -q 15-hooks /var/lib/boot-test/done || skip "the stage that begins the trial did not run"
}

@test "it begins with the files of before, and says so" {
    journalctl -b -o cat -u network.service | grep -F 'was on trial when the machine went down: the files are those of before'
    grep -x IPADDR=10.0.11.2 $NETWORK_SCRIPTS/ifcfg-bond0
    has_address bond0 10.0.11.2/24
    run ! has_address bond0 10.0.11.9/24
    [ "$(netsvc pending)" = "Nothing is on trial." ]
    netsvc history | grep 'gone back.*netsvc try --timeout 3600'
    netsvc plan restart | grep -F 'Nothing would change.'
}
