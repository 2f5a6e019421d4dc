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
    [ "$output" = '1 files, 5 keys: 5 of them work as before
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
    jq -e '.status == 2 and .files == 9 and ([.items[] | select(.section == "broken")] | length == 1)' <<<"$output"
    jq -e '[.items[] | select(.id == "linkdelay") | .places[]] | length == 7 and all(.file and .line == 3)' <<<"$output"
}

@test "managers that are enabled in that tree are named, and what to do" {
    mkdir -p "$ROOT/etc/systemd/system/multi-user.target.wants"
    ln -s /usr/lib/systemd/system/NetworkManager.service "$ROOT/etc/systemd/system/multi-user.target.wants/"
    run "$NETSVC" migrate --check --root "$ROOT"
    [ "$status" -eq 1 ]
    [[ $output == *'NetworkManager.service is enabled'*'What to do:'*'leave each device to one manager'* ]]
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
