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

# offered VARIABLE=VALUE...: what dhclient's script hands on of this lease, and by whom the default route is, as it is noted
offered() {
    local box=$BATS_TEST_TMPDIR/box
    mkdir -p "$box/usr/sbin"
    printf '#!/bin/sh\necho "routers: ${new_routers-}; rfc: ${new_rfc3442_classless_static_routes-}; red hat: ${new_classless_static_routes-}"\n' \
        >"$box/dhclient-script"
    sed "s#/usr/sbin/dhclient-script /sbin/dhclient-script#$box/dhclient-script#" "$TREE/hooks/dhclient-script" >"$box/script"
    { cat "$TREE/hooks/lease-names"; echo 'names_keep() { echo "default: ${5-}"; }; names_show() { :; }'; } >"$box/lease-names"
    chmod +x "$box/script" "$box/dhclient-script"
    env reason=BOUND interface=eth0 new_routers=192.0.2.1 "$@" "$box/script" 2>&1
}
is() { # TEXT OUTPUT
    diff <(echo "$1") <(echo "$2")
}

@test "classless routes are read as bytes and as Red Hat's dhclient writes them; the routers beside them do not count" {
    local bytes='24 192 0 2 10 9 0 2 0 10 9 0 1' pairs='0 10.9.0.1 25.129.210.177.132 10.9.0.3 7.2 10.9.0.4'
    is $'default: 192.0.2.1\nrouters: 192.0.2.1; rfc: ; red hat: ' "$(offered)"
    is $'default: 10.9.0.1\nrouters: 10.9.0.1; rfc: '"$bytes; red hat: " "$(offered new_rfc3442_classless_static_routes="$bytes")"
    is $'default: 10.9.0.1\nrouters: 10.9.0.1; rfc: ; red hat: '"$pairs" "$(offered new_classless_static_routes="$pairs")"
    is $'default: \nrouters: ; rfc: 24 192 0 2 10 9 0 2; red hat: ' "$(offered new_rfc3442_classless_static_routes='24 192 0 2 10 9 0 2')"
    is $'default: 10.9.0.1\nrouters: ; rfc: ; red hat: 25.129.210.177.132 10.9.0.3 7.2 10.9.0.4' \
        "$(offered DEFROUTE=no new_classless_static_routes="$pairs")"
    is $'default: 10.9.0.1\nrouters: 10.9.0.1; rfc: 0 10 9 0 1; red hat: ' "$(offered PEERROUTES=no new_rfc3442_classless_static_routes="$bytes")"
    is $'default: 192.0.2.1\nrouters: 192.0.2.1; rfc: ; red hat: ' "$(offered new_rfc3442_classless_static_routes='200 1 2')" # rubbish
    # and not arithmetic for a shell that runs what stands in an index
    is $'default: 192.0.2.1\nrouters: 192.0.2.1; rfc: ; red hat: ' \
        "$(offered new_rfc3442_classless_static_routes='x[$(touch '"$BATS_TEST_TMPDIR"'/run)] 1 2 3 4 5 6 7')"
    [ ! -e "$BATS_TEST_TMPDIR/run" ]
}
