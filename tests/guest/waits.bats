#!/usr/bin/env bats
# Waiting and being broken off: every wait of a start runs at once with the others, lines keep their order, and whatever a run
# is ended by, the next one goes on from there.

bats_require_minimum_version 1.5.0
load helpers.bash

setup_file() {
    modprobe bonding max_bonds=0
}
teardown_file() {
    lab_destroy
}

# --- at once ---

# What the first one waits for comes last: one after the other they would never end.
@test "twelve interfaces that wait, for a carrier, for a device, for an answer to ARP, all do so at once" {
    nics_begin 8
    for i in 0 1 2 3; do
        ip -n sink link set web01.eth$i down
        ifcfg eth$i IPADDR=10.1.$i.1 PREFIX=24 ARPCHECK=no LINKDELAY=3600
    done
    for i in 4 5 6 7; do ifcfg eth$i IPADDR=10.1.$i.1 PREFIX=24; done
    for i in 8 9 10 11; do ifcfg eth$i IPADDR=10.1.$i.1 PREFIX=24 DEVTIMEOUT=3600 ARPCHECK=no; done
    background netsvc start
    for i in 7 6 5 4; do wait_until has_address eth$i 10.1.$i.1/24; done
    for i in 11 10 9 8; do
        ip -n web01 link add eth$i type dummy
        wait_until has_address eth$i 10.1.$i.1/24
    done
    for nic in eth3 eth2 eth1 eth0; do # `run` has an i of its own
        kill -0 $BACKGROUND
        run ! grep -q eth0 "$BATS_TEST_TMPDIR/background"
        ip -n sink link set web01.$nic up
    done
    wait $BACKGROUND
    {
        ok_lines "Setting network parameters:" "Bringing up loopback interface:"
        for i in {0..11}; do ok_lines "Bringing up interface eth$i:"; done
    } | cmp - "$BATS_TEST_TMPDIR/background"
}

# One after the other they would take a quarter of an hour.
@test "200 addresses are checked for duplicates in the time of one" {
    nics_begin 2
    ifcfg eth1 ARPING_WAIT=5 $(for ((i = 1; i <= 200; i++)); do echo IPADDR$i=10.2.0.$i PREFIX$i=24; done)
    run web01 timeout $LAB_PATIENCE ifup eth1
    echo "$output"
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ "$(web01 ip -o -4 addr show dev eth1 | wc -l)" -eq 200 ]
}

@test "a slow interface holds up nobody's work, only the lines after its own" {
    nics_begin 3
    ip -n web01 link set eth0 name later
    ifcfg eth0 IPADDR=10.1.0.1 PREFIX=24 DEVTIMEOUT=3600
    ifcfg eth1 IPADDR=10.1.1.1 PREFIX=24 ARPCHECK=no
    ifcfg eth2 IPADDR=10.1.2.1 PREFIX=24 ARPCHECK=no
    background netsvc start
    wait_until has_address eth1 10.1.1.1/24
    wait_until has_address eth2 10.1.2.1/24
    run ! grep -q 'eth1\|eth2' "$BATS_TEST_TMPDIR/background"
    ip -n web01 link set later name eth0
    wait $BACKGROUND
    ok_lines "Setting network parameters:" "Bringing up loopback interface:" "Bringing up interface eth0:" \
        "Bringing up interface eth1:" "Bringing up interface eth2:" | cmp - "$BATS_TEST_TMPDIR/background"
}

# --- broken off ---

begin_guide() { # a server with the guide's files, nothing of them done
    [ -e /run/netns/web01 ] && [ "$(ip -n web01 -br link | grep -c '^eth')" -eq 4 ] && [ -e $LAB_STATE/upstream ] || lab_web01
    fresh_web01
}
no_probes() { # so that a run is all work and no waiting
    web01 bash -c 'cd /etc/sysconfig/network-scripts && for f in ifcfg-bond0 ifcfg-bond1; do echo ARPCHECK=no >>$f; done'
}

@test "TERM, as INT: start ends at once with exit 1 and names what is not done; what is done stays; the next one does the rest" {
    begin_guide
    for signal in TERM INT; do
        ifcfg eth4 IPADDR=10.0.11.4 PREFIX=24 DEVTIMEOUT=3600
        background $NETWORK start
        wait_until grep -q 'interface bond1:  .*OK' "$BATS_TEST_TMPDIR/background" # the address comes before the rest of it
        kill -$signal $BACKGROUND
        status=0; wait $BACKGROUND || status=$?
        [ "$status" -eq 1 ]
        tail -n 1 "$BATS_TEST_TMPDIR/background" | grep -qx 'netsvc: interrupted; not finished: eth4'
        has_address bond1 172.16.11.2/24
        web01 rm /etc/sysconfig/network-scripts/ifcfg-eth4
        start_ends_well
        all_is_configured
        web01 $NETWORK stop
        run ! web01 test -e /sys/class/net/bond1
    done
}

# killed_at COUNT COMMAND...: it is killed as it sends its COUNTth message to the kernel, or writes as many files; fails when it is
# done before that.
killed_at() {
    local rc=0 calls=sendmsg,write
    web01 env ASAN_OPTIONS=detect_leaks=0 strace -qq -o /dev/null -e trace=$calls -e "inject=$calls:signal=KILL:when=$1" "${@:2}" \
        >/dev/null 2>&1 || rc=$?
    [ "$rc" -eq 137 ]
}
stop_leaves_nothing() {
    web01 netsvc stop >/dev/null
    run ! web01 test -e /sys/class/net/bond0
    run ! web01 test -e /sys/class/net/bond1
    [ "$(web01 ip -br link show up | grep -c '^eth')" -eq 0 ]
}
state_of_web01() { # so that different moments can be counted
    web01 bash -c 'ip -o link show; ip -o -4 addr show; ip route; cat /run/netsvc/state 2>/dev/null' |
        sed -E 's/^[0-9]+: //; s/[0-9]+sec//g; s/valid_lft.*//'
}

@test "start is killed (-9) at one moment after the other: the next one always ends well" {
    begin_guide
    declare -A states=()
    for ((runs = 0; runs < 40; runs++)); do
        fresh_web01
        no_probes
        killed_at $((runs + 1)) netsvc start || break
        states["$(state_of_web01)"]=1
        start_ends_well
        all_is_configured
        stop_leaves_nothing
    done
    echo "# start killed $runs times, in ${#states[@]} different states" >&3
    [ "$runs" -ge 5 ]
    [ "${#states[@]}" -ge 5 ]
}

@test "stop is killed (-9) at one moment after the other: start ends well, and stop takes all away" {
    begin_guide
    no_probes
    declare -A states=()
    for ((runs = 0; runs < 40; runs++)); do
        start_ends_well
        killed_at $((runs + 1)) netsvc stop || break
        states["$(state_of_web01)"]=1
        if [ $((runs % 2)) -eq 0 ]; then
            start_ends_well
            all_is_configured
        else
            stop_leaves_nothing
        fi
    done
    echo "# stop killed $runs times, in ${#states[@]} different states" >&3
    [ "$runs" -ge 3 ]
    [ "${#states[@]}" -ge 2 ]
}

@test "ifup and ifdown of two bonds all at once, over and over: each waits for its turn, and the end is as the last one left it" {
    begin_guide
    no_probes
    for round in 1 2 3; do
        jobs=()
        for bond in bond0 bond1; do
            for verb in ifup ifdown ifup; do
                nsenter --net=/run/netns/web01 --mount=$LAB_STATE/web01.mnt -- $verb $bond \
                    >"$BATS_TEST_TMPDIR/$verb.$bond.$RANDOM" 2>&1 3>&- &
                jobs+=($!)
            done
        done
        for job in "${jobs[@]}"; do wait "$job"; done
    done
    # Who has the lock has not always written yet who that is.
    run grep -hvE ': waiting for (pid [0-9]+ \(.*\)|another netsvc) to finish$' "$BATS_TEST_TMPDIR"/if*.bond*
    echo "$output"
    [ "$status" -eq 1 ]
    start_ends_well restart
    all_is_configured
}

@test "a bond that takes its time with a port that has carrier (updelay) is waited for" {
    nics_begin 2
    ifcfg bond1 'BONDING_OPTS="mode=balance-xor miimon=100 updelay=5000"' IPADDR=172.16.11.2 PREFIX=24
    port_files bond1 eth0 eth1
    local began=$SECONDS
    run web01 netsvc start
    [ "$status" -eq 0 ]
    [[ $output != *"no carrier"* ]]
    [ "$(web01 cat /sys/class/net/bond1/carrier)" = 1 ]
    echo "# with updelay=5000: $((SECONDS - began)) s" >&3
}
