# netsvc export: files for other managers of networks, all of them or none, and what is not carried over.

bats_require_minimum_version 1.5.0

load sandbox.bash

setup() {
    root_make
    OUT=$BATS_TEST_TMPDIR/out
    printf 'DEVICE=eth0\nIPADDR=192.0.2.2\nPREFIX=24\nLINKDELAY=5\n' | put ifcfg-eth0
    printf 'DEVICE=eth1\nBOOTPROTO=dhcp\nONBOOT=no\n' | put ifcfg-eth1
    cd "$BATS_TEST_TMPDIR"
}
export_to() { # TARGET ARGUMENT...
    "$NETSVC" export --to "$1" --root "$ROOT" "${@:2}"
}

@test "files go to standard output, what is not carried over to standard error, with file and line" {
    run --separate-stderr export_to networkd
    [ "$status" -eq 0 ]
    [[ $output == *'==> 50-eth0.network <=='*'Address=192.0.2.2/24'*'==> 50-eth1.network <=='*'DHCP=ipv4'* ]]
    [ "${stderr_lines[0]}" = 'ifcfg-eth0:4: LINKDELAY=5 is not carried over: there nothing waits for a carrier; it is used when it comes' ]
    [ "${stderr_lines[1]}" = '1 of 2 files are carried over whole' ]
    run --separate-stderr export_to nm eth1
    [[ $output == '[connection]'*'autoconnect=false'* ]]
    [ "$stderr" = '1 of 1 files are carried over whole' ]
}

@test "--out writes them with their modes, never over others without --force, and then again the same" {
    export_to nm --out "$OUT/deep/er" 2>/dev/null
    (cd "$OUT/deep/er" && stat -c '%n %a' *) | diff - <(printf 'eth0.nmconnection 600\neth1.nmconnection 600\n')
    cp -r "$OUT" before
    run export_to nm --out "$OUT/deep/er"
    [ "$status" -eq 1 ]
    [[ $output == *'eth0.nmconnection is there already; --force replaces it; nothing was written'* ]]
    export_to nm --out "$OUT/deep/er" --force 2>/dev/null
    diff -r before "$OUT"
}

@test "one that cannot be written: none is" {
    mkdir -p "$OUT/50-eth1.network/x"
    run export_to networkd --out "$OUT" --force
    echo "$output"
    [ "$status" -eq 1 ]
    run export_to networkd --out "$OUT"
    [ "$status" -eq 1 ]
    [ -z "$(find "$OUT" -name '.*new')" ]
    [ ! -e "$OUT/50-eth0.network" ]
}

@test "a link in the place of a file leads nowhere else" {
    mkdir "$OUT"
    echo mine >victim
    ln -s "$PWD/victim" "$OUT/eth0.nmconnection"
    run export_to nm --out "$OUT"
    [ "$status" -eq 1 ]
    export_to nm --out "$OUT" --force 2>/dev/null
    [ "$(cat victim)" = mine ]
}

@test "--json has files, losses and how many files are whole" {
    export_to networkd --json 2>/dev/null >json
    jq -e '.to == "networkd" and .files_read == 2 and .files_whole == 1 and .files[0].name == "50-eth0.network"' json
    jq -e '.not_carried_over | length == 1 and .[0].what == "LINKDELAY=5" and .[0].line == 4' json
}

@test "nmstate is one document, which is JSON" {
    export_to nmstate 2>/dev/null | jq -e '.interfaces[0].ipv4.address[0]["prefix-length"] == 24'
}

@test "whom it is for must be said, and be one of three" {
    run "$NETSVC" export --root "$ROOT"
    [ "$status" -eq 2 ]
    [[ $output == *'--to is missing: it takes one of nm, networkd, nmstate'* ]]
    run export_to netplan
    [ "$status" -eq 2 ]
    [[ $output == *'--to netplan: it is one of nm, networkd, nmstate'* ]]
    run export_to nm eth7
    [ "$status" -eq 1 ]
}
