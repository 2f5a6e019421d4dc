#!/usr/bin/env bats
# What `netsvc export` writes, brought up by the real systemd-networkd and NetworkManager: the kernel has the same as after `netsvc start`
# of the same files, but for the lines in tests/boot/export/TARGET.EXAMPLE (as diff prints them).
bats_require_minimum_version 1.5.0
load boot.bash
EXAMPLES="web01 lacp vlan-on-bond bridge-on-vlan-on-bond ethernet-static aliases ipv6 macvlan vrf tunnels"

state() { /netsvc/tests/boot/state; }

# No link that is not hardware, and nothing on those that are.
clean() {
    local path
    for path in /sys/devices/virtual/net/*; do
        [ "${path##*/}" = lo ] || ip link del "${path##*/}" 2>/dev/null || true
    done
    for path in /sys/class/net/eth*; do
        ip link set "${path##*/}" down nomaster
        ip address flush dev "${path##*/}"
    done
    for family in 4 6; do
        ip -$family route flush table all proto static 2>/dev/null || true
        ip -$family route flush table all proto boot 2>/dev/null || true
        ip -$family rule flush
        ip -$family rule add lookup main pref 32766
    done
    ip -4 rule add lookup default pref 32767
    rmmod bonding 2>/dev/null || true
}
settled() { # two cables in one hub hear themselves: that counts as a duplicate, and stays tentative
    ! ip -6 -o address show tentative | grep -qv dadfailed
}
ours() { # EXAMPLE: what netsvc makes of it
    rm -rf /etc/sysconfig
    cp -a "/netsvc/sysconfig-examples/$1/etc/." /etc/
    netsvc start
    until_true settled
    state >"$BATS_FILE_TMPDIR/ours.$1"
    echo "# $1: $(wc -l <"$BATS_FILE_TMPDIR/ours.$1") lines after $SECONDS s" >&3
    netsvc stop
    clean
}
is_as_expected() { # EXAMPLE TARGET
    state >"$BATS_TEST_TMPDIR/now"
    diff "$BATS_FILE_TMPDIR/ours.$1" "$BATS_TEST_TMPDIR/now" | grep '^[<>]' >"$BATS_TEST_TMPDIR/diff"
    cmp -s "$BATS_TEST_TMPDIR/diff" "$BATS_TEST_TMPDIR/expected"
}
compare() { # TARGET EXAMPLE UNIT FOLDER
    local limit=$((SECONDS + 120))
    rm -f "$4"/*
    netsvc export --to "$1" --root "/netsvc/sysconfig-examples/$2" --out "$4" 2>/dev/null
    cat "/netsvc/tests/boot/export/$1.$2" >"$BATS_TEST_TMPDIR/expected" 2>/dev/null || : >"$BATS_TEST_TMPDIR/expected"
    udevadm control --reload
    systemctl start "$3"
    until is_as_expected "$2" "$1"; do
        [ "$SECONDS" -lt "$limit" ] || break
        sleep 0.3
    done
    systemctl stop systemd-networkd.socket "$3" 2>/dev/null
    rm -f "$4"/*
    clean
    echo "# $1.$2: $SECONDS s" >&3
    if ! cmp -s "$BATS_TEST_TMPDIR/diff" "$BATS_TEST_TMPDIR/expected"; then
        echo "#### $1.$2"
        cat "$BATS_TEST_TMPDIR/diff"
        return 1
    fi
}
compare_all() { # TARGET UNIT FOLDER
    local example failed=
    for example in $EXAMPLES; do compare "$1" "$example" "$2" "$3" || failed="$failed $example"; done
    echo "other than expected:$failed"
    [ -z "$failed" ]
}

@test "export: netsvc brings up each example" {
    clean
    for example in $EXAMPLES; do ours "$example"; done
    [ "$(cat "$BATS_FILE_TMPDIR"/ours.* | grep -c '^address')" -ge 20 ]
}

@test "export: systemd-networkd makes the same of the exported examples" {
    compare_all networkd systemd-networkd.service /etc/systemd/network
}

@test "export: NetworkManager makes the same of the exported examples" {
    compare_all nm NetworkManager.service /etc/NetworkManager/system-connections
}
