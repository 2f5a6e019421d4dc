#!/usr/bin/env bats
# Typical mistakes, each in the files of a live server: `network start` tells them at their place and leaves the server as the table says.
load helpers.bash
load ../mistakes/table.bash

setup_file() {
    lab_web01
}
teardown_file() {
    lab_destroy
}

@test "typical mistakes on a live server: told at their place, with the exit code of the table, and what must stay stays" {
    good=$BATS_TEST_TMPDIR/good
    lab_config web01
    web01 cp -r /etc/sysconfig "$good"
    sed -i '/^#/d' "$good"/network-scripts/ifcfg-*
    start_ends_well
    web01 "$TREE/tests/mistakes/run" "$TREE/tests/mistakes/table" "$good" >"$BATS_TEST_TMPDIR/said"
    declare -A row said
    while read -r number what text; do
        if [ "$what" = row ]; then row[$number]=$text; else said[$number]+=$text$'\n'; fi
    done <"$BATS_TEST_TMPDIR/said"
    mistake() {
        local state=${row[$1]#* }
        says "$4" "$5" <<<"${said[$1]}" || bad="start says: ${said[$1]}"
        [ "${row[$1]%% *}" = "$7" ] || bad+=" start ends with ${row[$1]%% *}"
        [[ " $state " == *" bond0=10.0.11.2/24:eth0,eth1,"* ]] || bad+=" bond0 did not stay: $state"
        case $8 in
        all) [[ $state == *"bond1=172.16.11.2/24:eth2,eth3,"* ]] ;;
        ports) [[ $state == *"bond1="*":eth2,eth3,"* ]] ;;
        address) [[ $state == *"bond1=172.16.11.2/24:"* ]] ;;
        *) false ;;
        esac || bad+=" of bond1 not all stayed: $state"
    }
    mistakes_each
}
