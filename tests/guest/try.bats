#!/usr/bin/env bats
# A change of a live server by an administrator who is logged in by SSH over the very bond.

bats_require_minimum_version 1.5.0
load helpers.bash
load try.bash

setup_file() {
    lab_web01
    fresh_web01
    try_files
    web01 netsvc start
    ssh_server
}
teardown_file() {
    lab_destroy
}

@test "a change that nobody confirms comes back in time, and the session lives on" {
    session_open
    try_state >"$BATS_TEST_TMPDIR/before"
    session_send "sed -i s/mode=1/mode=4/ /etc/sysconfig/network-scripts/ifcfg-bond0; netsvc try --timeout 3 --confirm-by ssh; echo END \$?"
    session_read END 120 || true
    echo "$SAID"
    [ "$(tail -n 1 <<<"${SAID%$'\n'}")" = "END 7" ]
    try_state | diff "$BATS_TEST_TMPDIR/before" -
    session_lives 10
    session_close
}
