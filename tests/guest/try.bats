#!/usr/bin/env bats
# Changes of a live server by an administrator who is logged in by SSH over the very bond: bad ones come back by themselves, good
# ones stay. All figures are in one table at the end.

bats_require_minimum_version 1.5.0
load helpers.bash
load try.bash
load try-changes.bash

S=/etc/sysconfig/network-scripts
TIMEOUT=2 # seconds; a bad change has 5 more to be back
FILES_BACK="rm -f ifcfg-[!l]* route-* rule-*; cp -a /run/files/ifcfg-[!l]* ."

setup_file() {
    local name
    lab_web01
    fresh_web01
    lab_nic eth4 swA front
    ip -n swA link set web01.eth4 down
    client_firewall
    # They would answer for their addresses of the front on the other network too.
    for name in router client; do lab_ns $name sysctl -qw net.ipv4.conf.all.arp_ignore=1; done
    try_files
    web01 cp -a $S /run/files
    web01 netsvc start
    ssh_server
    : >"$BATS_FILE_TMPDIR/table"
}
setup() {
    session_open
}
teardown() {
    session_close
    rm -f /sbin/ifup-local
}
teardown_file() {
    {
        echo "on trial, in ms until it is back or kept:"
        cat "$BATS_FILE_TMPDIR/table"
        awk -F '\t' '{ n[$1]++; sum[$1] += $2; if ($2 > max[$1]) max[$1] = $2; how[$1 "\t" $4]++ }
            END {
                for (k in n) printf "%s: %d, mean %d, at most %d\n", k, n[k], sum[k] / n[k], max[k]
                for (k in how) { split(k, w, "\t"); printf "%s, %s: %d\n", w[1], w[2], how[k] }
            }' "$BATS_FILE_TMPDIR/table" | sort
    } | sed 's/^/# /' >&3
    lab_destroy
}
row_note() { # KIND MS DESCRIPTION HOW
    printf '%s\t%s\t%s\t%s\n' "$@" >>"$BATS_FILE_TMPDIR/table"
}

# try_begin EDIT OPTION...: begins a trial in the session, whose end is in /run/code, with when it began and ended.
try_begin() {
    : >/run/code
    web01 rm -f /run/netsvc/trial/status # of the one before
    session_send "cd $S; ${1:-:}; B=\${EPOCHREALTIME/./}; netsvc try ${*:2} >/run/said 2>&1; echo \$? \$B \${EPOCHREALTIME/./} >/run/code.new; mv /run/code.new /run/code; echo END" 2>/dev/null
}
try_ends() { # CODE and TOOK, in ms
    local end=$((SECONDS + 60)) begin stop
    until [ -s /run/code ]; do
        [ $SECONDS -lt $end ] || return 1
        read -rt 0.05 <> <(:) || :
    done
    read -r CODE begin stop </run/code
    TOOK=$(((stop - begin) / 1000))
}
# try_state, and SLOW: how many times longer it took than on a machine that has nothing else to do.
try_state_slow() {
    local begin=${EPOCHREALTIME/./}
    try_state
    SLOW=$(((${EPOCHREALTIME/./} - begin) / 1500000 + 1))
}
# Where the administrator finds himself: in the session that he had, or he logs in again. HOW
admin_is_there() {
    HOW="session lives"
    session_read END 4 && session_lives 4 && return
    session_close
    HOW="logged in again"
    session_open
}
row_end() { # DESCRIPTION REASON: says all there is to say where something is wrong, and then sets `failed`
    [ -n "$2" ] || return 0
    failed=1
    echo "$1: $2"
    cat /run/said
    web01 cat /run/netsvc/trial/status /run/netsvc/trial/result || :
    web01 netsvc cancel || :
    web01 netsvc history | head -3
}

@test "bad changes: each is back in time, with all as it was, and the administrator is there" {
    local failed=0 name edit options wrong rows=0
    try_state >"$BATS_TEST_TMPDIR/before"
    while IFS='|' read -r -u 9 name edit options; do
        rows=$((rows + 1)) wrong=
        try_begin "$FILES_BACK; ${edit:-:}" --timeout $TIMEOUT --confirm-by ssh "$options"
        try_ends || wrong="no end; "
        [ "$CODE" = 7 ] || wrong+="exit $CODE, expected 7; "
        try_state_slow >"$BATS_TEST_TMPDIR/after"
        [ "$TOOK" -le $(((TIMEOUT + 5 * SLOW) * 1000)) ] || wrong+="late: $TOOK ms; "
        diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after" || wrong+="not as it was; "
        admin_is_there || wrong+="nobody can log in; "
        row_note bad "$TOOK" "$name" "$HOW"
        row_end "$name" "$wrong"
    done 9< <(bad_changes)
    [ "$rows" -eq 30 ]
    [ $failed -eq 0 ]
}

@test "good changes: each is kept, by what is seen of the connection, or by who comes to the new address" {
    local failed=0 name edit command to wrong rows=0 at=
    while IFS='|' read -r -u 9 name edit command to; do
        rows=$((rows + 1)) wrong=
        # From where the last one has led to: whatever else that was goes with this one.
        [ "$command" = restart ] || {
            web01 bash -c "cd $S; $FILES_BACK; netsvc restart >/dev/null"
            at=
        }
        session_lives 2 || { session_close; TO=$at session_open; }
        to=${to:-${at:+10.0.11.2}} at=${to#10.0.11.2}
        try_begin "$FILES_BACK; ${edit:-:}" --timeout 20 $([ -n "$to" ] || echo --confirm-by ssh) "$command"
        [ -z "$to" ] || {
            wait_until web01_has /run/netsvc/trial/status
            TO=$to admin 'netsvc confirm' || wrong+="not confirmed; "
        }
        try_ends || wrong+="no end; "
        [ "$CODE" = 0 ] || wrong+="exit $CODE, expected 0; "
        [ "$command" != restart ] || plan_is_empty restart || wrong+="not as configured; "
        TO=$to admin_is_there || wrong+="nobody can log in; "
        row_note good "$TOOK" "$name" "${to:+"confirmed from $to"}"
        row_end "$name" "$wrong"
    done 9< <(good_changes)
    [ "$rows" -eq 30 ]
    [ $failed -eq 0 ]
}

uptime_ms() {
    local seconds
    read -r seconds _ </proc/uptime
    echo "${seconds/./}0"
}
left_is_at_most() { # SECONDS
    [[ $(web01 netsvc pending) =~ 'goes back in '([0-9]+)' s' ]] && ((BASH_REMATCH[1] <= $1))
}
@test "a clock that is set back, and forward, changes nothing" {
    local begin real=$EPOCHSECONDS
    begin=$(uptime_ms)
    try_begin "$FILES_BACK; sed -i s/10.0.11.2/10.0.11.20/ ifcfg-bond0" --timeout 12
    wait_until web01_has /run/netsvc/trial/status
    date -s "@$((real - 86400))" >/dev/null
    left_is_at_most 12
    date -s "@$((real + 86400))" >/dev/null
    left_is_at_most 12
    date -s "@$((real + 2))" >/dev/null
    try_ends
    [ "$CODE" = 7 ]
    [ $(($(uptime_ms) - begin)) -ge 12000 ]
    has_address bond0 10.0.11.2/24
    admin_is_there
}

@test "the bonding driver is taken out during a trial: both bonds are there again" {
    try_state >"$BATS_TEST_TMPDIR/before"
    try_begin "$FILES_BACK; sed -i s/10.0.11.2/10.0.11.20/ ifcfg-bond0" --timeout 60
    wait_until web01_has /run/netsvc/trial/status
    modprobe -r bonding
    web01 netsvc cancel || web01 cat /run/netsvc/trial/result
    try_ends
    [ "$CODE" = 7 ]
    try_state | diff "$BATS_TEST_TMPDIR/before" -
    admin_is_there
}

@test "a load peak is not taken for a lost connection" {
    local busy=() n
    for n in 1 2; do
        while :; do :; done 3>&- &
        busy+=($!)
    done
    try_begin "$FILES_BACK; sed -i s/mode=1/mode=5/ ifcfg-bond0" --timeout 60 --confirm-by ssh
    try_ends
    kill "${busy[@]}"
    [ "$CODE" = 0 ]
    admin_is_there
}

@test "a hook that hangs keeps neither the run nor the way back: the network is there again before it is given up" {
    try_state >"$BATS_TEST_TMPDIR/before"
    printf '%s\n' '#!/bin/sh' 'exec sleep 1000' >/sbin/ifup-local
    chmod 755 /sbin/ifup-local
    # The new address is there for as long as the trial: who looks now and then can miss it.
    web01 ip monitor address >"$BATS_TEST_TMPDIR/heard" 3>&- &
    local monitor=$!
    until grep -q 192.0.2.99 "$BATS_TEST_TMPDIR/heard"; do
        web01 ip address add 192.0.2.99/32 dev lo
        web01 ip address del 192.0.2.99/32 dev lo
    done
    try_begin "$FILES_BACK; sed -i s/10.0.11.2/10.0.11.20/ ifcfg-bond0" --timeout $TIMEOUT
    LAB_PATIENCE=60 wait_until grep -q 10.0.11.20/24 "$BATS_TEST_TMPDIR/heard"
    LAB_PATIENCE=60 wait_until has_address bond0 10.0.11.2/24
    kill $monitor
    try_ends
    rm /sbin/ifup-local # it is not of what was before
    [ "$CODE" = 7 ]
    try_state | diff "$BATS_TEST_TMPDIR/before" -
    admin_is_there
}
