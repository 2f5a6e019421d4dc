# netsvc migrate --check: a quiet report where all is as before, a precise one where it is not; and nothing is changed.

bats_require_minimum_version 1.5.0

load sandbox.bash

setup() {
    root_make
    printf 'DEVICE=eth0\nTYPE=Ethernet\nIPADDR=192.0.2.2\nPREFIX=24\nONBOOT=yes\n' >"$SCRIPTS/ifcfg-eth0"
}

@test "a plain server: two lines, exit status 0, whoever asks" {
    run "$NETSVC" migrate --check --root "$ROOT"
    [ "$status" -eq 0 ]
    [ "$output" = '1 file, 5 keys: 5 work as before
EL 10: leapp stops at every ifcfg file; `netsvc export --to nm` writes what NetworkManager reads there' ]
}

@test "differences end with 1 and what would not come up with 2; each thing is said once, with its places" {
    for n in 1 2 3 4 5 6 7; do printf 'DEVICE=eth%s\nTYPE=Ethernet\nLINKDELAY=5\n' $n >"$SCRIPTS/ifcfg-eth$n"; done
    run "$NETSVC" migrate --check --root "$ROOT"
    echo "$output"
    [ "$status" -eq 1 ]
    [ "$(grep -c 'longest wait for a carrier' <<<"$output")" -eq 1 ]
    grep -qF 'linkdelay: ifcfg-eth1:3, ifcfg-eth2:3, ifcfg-eth3:3, ifcfg-eth4:3 and 3 more' <<<"$output"
    printf 'DEVICE=eth0\nMTU=9000\n' >"$SCRIPTS/ifcfg-other"
    run "$NETSVC" migrate --check --root "$ROOT" --json
    [ "$status" -eq 2 ]
    jq -e '.status == 2 and .files == 9 and .keys == 28 and .keys_as_before == 19 and ([.items[] | select(.section == "broken")] | length == 1)' <<<"$output"
    jq -e '[.items[] | select(.id == "linkdelay") | .places[]] | length == 7 and all(.file and .line == 3)' <<<"$output"
}

@test "managers that are enabled in that tree are named, and what to do" {
    mkdir -p "$ROOT/etc/systemd/system/multi-user.target.wants"
    ln -s /usr/lib/systemd/system/NetworkManager.service "$ROOT/etc/systemd/system/multi-user.target.wants/"
    run "$NETSVC" migrate --check --root "$ROOT"
    [ "$status" -eq 1 ]
    [[ $output == *'NetworkManager.service is enabled'*'What to do:'*'leave each device to one manager'* ]]
}

@test "on a terminal it is no wider than that" {
    printf 'DEVICE=eth1\nLINKDELAY=5\n' >"$SCRIPTS/ifcfg-eth1"
    script -qec "stty cols 80; '$NETSVC' migrate --check --root '$ROOT'" /dev/null </dev/null | tr -d '\r' >"$BATS_TEST_TMPDIR/lines"
    cat "$BATS_TEST_TMPDIR/lines"
    grep -q '^EL 10: leapp stops' "$BATS_TEST_TMPDIR/lines" || grep -q '^  EL 10: leapp stops' "$BATS_TEST_TMPDIR/lines"
    [ -z "$(awk 'length > 80' "$BATS_TEST_TMPDIR/lines")" ]
}

@test "nothing of the tree changes" {
    (cd "$ROOT" && find . -printf '%p %s %T@\n' | sort) >"$BATS_TEST_TMPDIR/before"
    "$NETSVC" migrate --check --root "$ROOT" --json >/dev/null
    (cd "$ROOT" && find . -printf '%p %s %T@\n' | sort) | diff "$BATS_TEST_TMPDIR/before" -
}

@test "without --check it refuses" {
    run "$NETSVC" migrate --root "$ROOT"
    [ "$status" -eq 2 ]
    [[ $output == *'netsvc migrate --check'* ]]
}

@test "a machine without /etc/sysconfig/network: as check says it; and no file at all" {
    sandbox_make
    sandbox 'rm /etc/sysconfig/network; netsvc check || echo "check $?"; netsvc migrate --check || echo "migrate $?"'
    [ "$(grep -c '/etc/sysconfig/network is missing: this machine has no network configuration' <<<"$out")" -eq 2 ]
    [[ $out == *"check 1"$'\n'"there is no ifcfg file in $FILES"$'\n'"Would not come up:"*"migrate 2" ]]
}
