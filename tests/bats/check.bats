# netsvc check: what it finds and where, what it leaves in peace, and its exit codes.

load sandbox.bash

setup() {
    root_make
    echo NETWORKING=yes >"$ROOT/etc/sysconfig/network"
}

check() { # ARGUMENT...: $status, $out (without the directory) and $err
    status=0
    "$NETSVC" check --root "$ROOT" "$@" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || status=$?
    out=$(sed "s|$SCRIPTS/||g; s|$ROOT/etc/sysconfig/||g" "$BATS_TEST_TMPDIR/out")
    err=$(cat "$BATS_TEST_TMPDIR/err")
    echo "$ check $* -> $status"; echo "$out"; echo "$err"
}

@test "links in a tree below another root lead to files of that tree, never to this machine's" {
    kept=$BATS_TEST_TMPDIR/kept # the same path in the tree and on this machine, with other words in it
    mkdir -p "$kept/iproute2" "$ROOT$kept/iproute2" "$ROOT/etc/modprobe.d"
    echo SECRET_OF_THIS_MACHINE=1 | tee "$kept"/{bond0,keys,network,route,bonding.conf} >/dev/null
    echo '77 inside' >"$ROOT$kept/iproute2/rt_tables"
    printf '%s\n' 'TYPE=Bond' 'IPADDR=192.0.2.2' 'PREFIX=24' 'BONDING_OPTS="mode=1 miimon=100"' >"$ROOT$kept/bond0"
    echo NETWORKING=yes >"$ROOT$kept/network"
    echo '198.51.100.0/24 via 192.0.2.1 table inside' >"$ROOT$kept/route"
    echo 'IPV6_MTU=5' >"$ROOT$kept/keys"
    echo 'options bonding max_bonds=0' >"$ROOT$kept/bonding.conf"
    ln -sf "$kept/network" "$ROOT/etc/sysconfig/network"
    ln -s "$kept/bond0" "$SCRIPTS/ifcfg-bond0"
    ln -s "$kept/keys" "$SCRIPTS/keys-bond0"
    ln -s "$kept/route" "$SCRIPTS/route-bond0"
    ln -s "$kept/iproute2" "$ROOT/etc/iproute2"
    ln -s "$kept/bonding.conf" "$ROOT/etc/modprobe.d/bonding.conf"
    run "$NETSVC" show --json --root "$ROOT"
    jq -e '.interfaces[] | select(.name == "bond0") |
        (.addresses[0] | tostring | contains("192.0.2.2/24")) and (.routes | tostring | contains("table 77"))' <<<"$output"
    check
    [[ $out != *SECRET* ]]
    [[ $out == *"IPV6_MTU: '5' is not a number"* ]]
    rm "$ROOT$kept/bond0"
    check
    [ "$status" -eq 1 ]
    [[ $out == *"ifcfg-bond0: error: this is a symbolic link to "*", which is not there"* ]]
}

@test "errors fail, warnings only with --strict; counts at the end; the same as JSON" {
    printf '%s\n' DEVICE=eth0 IPADDR=10.0.0.1 PREFIX=24 | put ifcfg-eth0
    check --strict
    [ "$status" -eq 0 ]
    [ -z "$out" ]
    [ "$err" = "0 errors, 0 warnings" ]
    echo NO_SUCH_KEY=1 >>"$SCRIPTS/ifcfg-eth0"
    check
    [ "$status" -eq 0 ]
    [ "$out" = "ifcfg-eth0:4:1: warning: unknown key NO_SUCH_KEY: it has no effect" ]
    [ "$err" = "0 errors, 1 warning" ]
    check --strict
    [ "$status" -eq 1 ]
    echo MTU=big >>"$SCRIPTS/ifcfg-eth0"
    check eth0
    [ "$status" -eq 1 ]
    [ "$err" = "1 error, 1 warning" ]
    check --json eth0
    [ "$status" -eq 1 ]
    [ -z "$err" ]
    jq -e '.errors == 1 and .warnings == 1 and (.problems[1] | .line == 5 and .column == 5 and .severity == "error")' <<<"$out"
}

@test "a card that only its HWADDR names is a note with its place, and fails nothing" {
    printf '%s\n' HWADDR=52:54:00:00:00:01 IPADDR=10.0.0.1 PREFIX=24 | put ifcfg-lan
    check --strict
    [ "$status" -eq 0 ]
    [ "${err%%$'\n'*}" = "ifcfg-lan:1:8: note: there is no DEVICE, and which card has HWADDR=52:54:00:00:00:01 is not known here" ]
    check --json
    jq -e '.notes[0] | .line == 1 and .column == 8' <<<"$out"
}

@test "ten unknown keys in each of a thousand files: guesses end where nobody reads them" {
    (cd "$SCRIPTS" && awk 'BEGIN {
        for (n = 1; n <= 1000; n++) {
            file = "ifcfg-eth" n
            printf "DEVICE=eth%d\nONBOOT=no\n", n >file
            for (letter = 65; letter < 75; letter++) printf "ONBOTO%c=1\n", letter >file
            close(file)
        }
    }')
    check
    [ "$status" -eq 0 ]
    [ "$(grep -c 'did you mean' <<<"$out")" -le 100 ]
    [ "$err" = "0 errors, 10000 warnings" ]
}

@test "typical mistakes: each is told at its place, in its words, with the exit code of the table" {
    . "$TREE/tests/mistakes/table.bash"
    good=$BATS_TEST_TMPDIR/good
    cp -r "$TREE/sysconfig-examples/web01/etc" "$good"
    sed -i '/^#/d' "$good"/sysconfig/network-scripts/*
    mistake() {
        rm -rf "$ROOT/etc"
        cp -r "$good" "$ROOT/etc"
        (cd "$SCRIPTS" && bash -ec "$3") || bad="the edit fails"
        status=0
        out=$("$NETSVC" check --root "$ROOT" 2>/dev/null) || status=$?
        out=$(sed "s|^$SCRIPTS/||; s|^$ROOT/etc/sysconfig/||" <<<"$out")
        says "$4" "$5" <<<"$out" || bad="check says: $out"
        [ "$status" -eq "$6" ] || bad+=" check ends with $status"
    }
    mistakes_each
}
