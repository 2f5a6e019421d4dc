#!/usr/bin/env bats
# The commands on real bonds: the init script, ifup and ifdown of ports and bonds, ifenslave, what they print and how they exit.

bats_require_minimum_version 1.5.0
load helpers.bash

setup_file() {
    modprobe bonding max_bonds=0
}
setup() {
    export PATH=/usr/sbin:/sbin:/usr/bin:/bin:$PATH
    lab_web01
    lab_config web01
}
teardown_file() {
    lab_destroy
}

link_is() { # PORT STATE: as its bond sees it; "going back" while updelay runs
    [ "$(web01 cat "/sys/class/net/$1/bonding_slave/mii_status")" = "$2" ]
}

@test "network restart prints four lines, byte for byte" {
    web01 $NETWORK restart >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err"
    ok_lines "Setting network parameters:" "Bringing up loopback interface:" "Bringing up interface bond0:" \
        "Bringing up interface bond1:" | cmp - "$BATS_TEST_TMPDIR/out"
    [ ! -s "$BATS_TEST_TMPDIR/err" ]
    [ "$(ports bond0)" = "eth0 eth1" ]
    web01 ip -br addr show bond1 | grep -q '172\.16\.11\.2/24'
    web01 test -e /var/lock/subsys/network
}

@test "network stop prints a line for each bond and the loopback, and none for ports" {
    web01 $NETWORK start
    web01 $NETWORK stop >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err"
    ok_lines "Shutting down interface bond0:" "Shutting down interface bond1:" "Shutting down loopback interface:" |
        cmp - "$BATS_TEST_TMPDIR/out"
    [ ! -s "$BATS_TEST_TMPDIR/err" ]
    run ! web01 test -e /sys/class/net/bond0
    run ! web01 test -e /var/lock/subsys/network
}

@test "a second restart plans nothing and loses no address" {
    web01 $NETWORK start
    web01 ip addr add 10.0.11.200/32 dev bond0
    before=$(web01 ip -4 addr)
    web01 netsvc plan restart --json | jq -e '[.groups[].operations[] | select(.op != "sysctl-apply" and .op != "verify")] == []'
    web01 $NETWORK restart
    [ "$(web01 ip -4 addr)" = "$before" ]
}

@test "a port that is missing makes its bond a WARNING, exit 0, and is named with its file" {
    ip -n web01 link del eth1
    printf 'DEVICE=eth1\nMASTER=bond0\nSLAVE=yes\nDEVTIMEOUT=0\n' | lab_file ifcfg-eth1
    run --separate-stderr web01 $NETWORK start
    [ "$status" -eq 0 ]
    grep -qF 'Bringing up interface bond0:  [WARNING]' <<<"$output"
    [[ $stderr == *"ifcfg-eth1:1: eth1: "* ]]
    [ "$(ports bond0)" = eth0 ]
}

@test "ifdown of a port releases it, ifup of it enslaves it again, both silently" {
    web01 $NETWORK start
    run web01 ifdown eth1
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ "$(ports bond0)" = eth0 ]
    run web01 ifup eth1
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ "$(ports bond0)" = "eth0 eth1" ]
}

@test "ifup of a bond without a monitor says that it gets miimon=100, each time" {
    printf 'DEVICE=bond0\nIPADDR=10.0.11.2\nPREFIX=24\nBONDING_OPTS="mode=1"\n' | lab_file ifcfg-bond0
    run web01 ifup bond0
    [ "$status" -eq 0 ]
    [ "$output" = "ifcfg-bond0:4: bond0: neither miimon nor arp_interval is set: the bond comes up with miimon=100" ]
    [ "$(bond_option bond0 miimon)" = 100 ]
    run web01 ifup bond0
    [ "$status" -eq 0 ]
    [ "$output" = "ifcfg-bond0:4: bond0: neither miimon nor arp_interval is set: the bond comes up with miimon=100" ]
}

@test "ifenslave -c makes another port the active one" {
    web01 $NETWORK start
    [ "$(bond_active bond1)" = eth2 ]
    wait_until link_is eth3 up
    run web01 ifenslave -c bond1 eth3
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ "$(bond_active bond1)" = eth3 ]
}

@test "ifenslave keeps the record, and says whom it waits for" {
    web01 $NETWORK start
    web01 ifenslave -d bond0 eth1
    run ! web01 grep -q '^ports=.*eth1' /run/netsvc/state
    web01 ifenslave bond0 eth1
    web01 grep -q '^ports=.*eth1' /run/netsvc/state
    run web01 bash -c 'exec 6<>/run/netsvc/lock; flock 6
        coproc ifenslave -c bond1 eth2 2>&1 6>&-; program=$COPROC_PID; read -r waiting <&${COPROC[0]}; flock -u 6; wait $program; echo "$waiting"'
    [ "$status" -eq 0 ]
    [[ $output == "ifenslave: waiting for "*" to finish" ]]
}

@test "ifenslave -c of what is no port: exit 1, and nothing changes" {
    web01 $NETWORK start
    run web01 ifenslave -c bond1 eth0
    [ "$status" -eq 1 ]
    [ "$output" = "ifenslave: eth0: it is not a port of bond1" ]
    [ "$(bond_active bond1)" = eth2 ]
    cable_pull eth3
    wait_until link_is eth3 down
    run web01 ifenslave -c bond1 eth3
    [ "$status" -eq 1 ]
    [[ $output == "ifenslave: eth3: the driver keeps eth2 active in bond1"* ]]
    [ "$(bond_active bond1)" = eth2 ]
}

@test "ifenslave detaches and attaches several ports, up or down" {
    web01 $NETWORK start
    web01 ifenslave --detach bond0 eth0 eth1
    [ -z "$(ports bond0)" ]
    web01 ip link set eth1 up
    web01 ifenslave bond0 eth0 eth1
    [ "$(ports bond0)" = "eth0 eth1" ]
}

@test "ifenslave takes a port from another bond only by force" {
    web01 $NETWORK start
    run web01 ifenslave bond1 eth0
    [ "$status" -eq 1 ]
    [[ $output == "ifenslave: eth0: it is a port of bond0; "* ]]
    [ "$(ports bond0)" = "eth0 eth1" ]
    web01 ifenslave -f bond1 eth0
    [ "$(ports bond0)" = eth1 ]
    [[ $(ports bond1) == *eth0* ]]
}

@test "ifenslave -a shows every bond with its ports, and which is active" {
    web01 $NETWORK start
    wait_until bond_active_is bond1 eth2
    run web01 ifenslave -a
    [ "$status" -eq 0 ]
    [ "$(grep -c '^bond[01]: active-backup, up$' <<<"$output")" -eq 2 ]
    [ "$(grep -cE '^  eth[0-3] +02:00:0a:00:00:0[0-3], (no )?link(, active)?$' <<<"$output")" -eq 4 ]
    grep -qE '^  eth2 .*, active$' <<<"$output"
    run web01 ifenslave bond1
    run ! grep -q bond0 <<<"$output"
}

@test "status: four lines, ports among them" {
    web01 $NETWORK start
    run web01 $NETWORK status
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "Configured devices:" ]
    [ "${lines[1]}" = "lo bond0 bond1 eth0 eth1 eth2 eth3" ]
    [ "${lines[2]}" = "Currently active devices:" ]
    [ "$(tr ' ' '\n' <<<"${lines[3]}" | sort | paste -sd' ')" = "bond0 bond1 eth0 eth1 eth2 eth3 lo" ]
    [ "${#lines[@]}" -eq 4 ]
}

@test "ifup and ifdown of one bond at once with the other: both end well" {
    web01 ifup bond0 &
    web01 ifup bond1
    wait $!
    [ "$(ports bond0)" = "eth0 eth1" ]
    [ "$(ports bond1)" = "eth2 eth3" ]
    web01 ifdown bond0 &
    web01 ifdown bond1
    wait $!
    run ! web01 test -e /sys/class/net/bond0
    run ! web01 test -e /sys/class/net/bond1
}
