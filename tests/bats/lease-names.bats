#!/usr/bin/env bats
# What the DHCP clients' scripts share.

bats_require_minimum_version 1.5.0
# told WAITER: a lease has new names while the process WAITER waits for them, and goes on as soon as it sees them; is netsvc told?
told() {
    local names=$BATS_TEST_TMPDIR/eth0-4
    rm -f "$BATS_TEST_TMPDIR"/*
    echo "$1" >"$names.awaited"
    echo 'nameserver 192.0.2.53' >"$names.names.new"
    sh -euc '
        . "$0"
        interface=eth0 names_file=$1.names names_text="nameserver 192.0.2.53"
        mv() { command mv "$@"; rm "${names_file%.names}.awaited"; }
        netsvc() { echo "$@" >"${names_file%.names}.told"; }
        names_show
        wait' "$TREE/hooks/lease-names" "$names"
    [ "$(<"$names.names")" = 'nameserver 192.0.2.53' ]
    [ -e "$names.told" ] && [ "$(<"$names.told")" = 'names eth0' ]
}

@test "who waits for a lease takes its names itself, and who has died in the meantime does not" {
    run ! told $$
    told 4194305
}
