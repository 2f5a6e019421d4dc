# netsvc check: what it finds and where, what it leaves in peace, and its exit codes.

setup() {
    NETSVC=$BUILD/netsvc
    ROOT=$BATS_TEST_TMPDIR/root
    SCRIPTS=$ROOT/etc/sysconfig/network-scripts
    mkdir -p "$SCRIPTS"
    echo NETWORKING=yes >"$ROOT/etc/sysconfig/network"
}

put() { # FILE: its text from stdin
    cat >"$SCRIPTS/$1"
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
    echo 'ZONE=dmz' >"$ROOT$kept/keys"
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
    [[ $out == *"ZONE is not supported yet"* ]]
    rm "$ROOT$kept/bond0"
    check
    [ "$status" -eq 1 ]
    [[ $out == *"ifcfg-bond0: error: No such file or directory"* ]]
}
