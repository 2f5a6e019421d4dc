#!/usr/bin/env bats
# Every bonding mode, by number and by name, with options that belong to it: made from nothing, and made of another mode.

bats_require_minimum_version 1.5.0
load helpers.bash

setup_file() {
    modprobe bonding max_bonds=0
    lab_web01
    lab_config web01
    web01 ip link set lo up
}
teardown_file() {
    lab_destroy
}

bond1() { # MODE "OPTION..." LINE...: the file of bond1
    ifcfg bond1 IPADDR=172.16.11.2 PREFIX=24 ARPCHECK=no "BONDING_OPTS=\"mode=$1 $2\"" "${@:3}"
}
# mode_works NUMBER NAME "OPTION...": bond1 is in the mode, with these options and both ports, and carries packets. (Not so with
# broadcast: its twins come back by the other switch, and the switches learn that the server is at their uplinks.)
mode_works() {
    [ "$(bond_option bond1 mode)" = "$2 $1" ]
    options_hold bond1 "$3"
    [ "$(ports bond1)" = "eth2 eth3" ]
    [ "$2" = broadcast ] || answers 172.16.11.2
}
# The bond of the test before is turned into one of this mode, given by number; then there is nothing to do for the mode given by
# name; then the bond is made from nothing by name.
mode_check() {
    local number=$1 name=$2 options=$3
    bond1 "$number" "$options"
    run web01 ifup bond1
    [ -z "$output" ]
    [ "$status" -eq 0 ]
    mode_works "$number" "$name" "$options"
    bond1 "$name" "$options"
    plan_is_empty up bond1
    web01 ifdown bond1
    run ! web01 test -e /sys/class/net/bond1
    run web01 ifup bond1
    [ -z "$output" ]
    [ "$status" -eq 0 ]
    mode_works "$number" "$name" "$options"
    plan_is_empty up bond1
}

@test "mode 0, balance-rr" {
    mode_check 0 balance-rr "miimon=100 packets_per_slave=4"
}
@test "mode 1, active-backup" {
    mode_check 1 active-backup "miimon=100 primary=eth3 primary_reselect=failure num_grat_arp=3"
}
@test "mode 2, balance-xor" {
    mode_check 2 balance-xor "miimon=100 updelay=200 xmit_hash_policy=layer2+3"
}
@test "mode 3, broadcast" {
    mode_check 3 broadcast "arp_interval=200 arp_ip_target=172.16.11.1 arp_missed_max=5"
}
@test "mode 5, balance-tlb" {
    mode_check 5 balance-tlb "miimon=100 tlb_dynamic_lb=0 lp_interval=2"
}
@test "mode 6, balance-alb" {
    mode_check 6 balance-alb "miimon=100 primary=eth2 resend_igmp=5"
}

@test "an option of another mode is told and left out, and the bond is there" {
    web01 ifdown bond1
    bond1 5 "miimon=100 lacp_rate=fast"
    run --separate-stderr web01 ifup bond1
    [ "$status" -eq 0 ]
    [ "$stderr" = "ifcfg-bond1:5: bond1: lacp_rate=fast is ignored: it exists only in mode 802.3ad, not in balance-tlb" ]
    mode_works 5 balance-tlb "miimon=100 lacp_rate=slow"
}

@test "a mode that is none: no bond in a mode that nobody asked for is made" {
    web01 ifdown bond1
    bond1 actve-backup "miimon=100"
    run --separate-stderr web01 ifup bond1
    [ "$status" -eq 1 ]
    [[ $stderr == *"ifcfg-bond1:5: bond1: mode=actve-backup is not possible, did you mean active-backup? Use balance-rr (0), active-backup (1), "* ]]
    run ! web01 test -e /sys/class/net/bond1
}

@test "fail_over_mac=active: the bond's MAC follows its active port, and a restart leaves it so" {
    bond1 1 "miimon=100 fail_over_mac=active"
    web01 ifup bond1
    active=$(bond_active bond1)
    cable_pull "$active"
    wait_until bond_active_is bond1 "$([ "$active" = eth2 ] && echo eth3 || echo eth2)"
    mac=$(web01 cat /sys/class/net/bond1/address)
    [ "$mac" = "$(web01 cat "/sys/class/net/$(bond_active bond1)/address")" ]
    plan_is_empty up bond1
    cable_plug "$active"
}

# client_knows MAC: that is whom the client would send to for 172.16.11.2.
client_knows() {
    [ "$(ip -n client -j neigh show 172.16.11.2 dev back | jq -r '.[].lladdr')" = "$1" ]
}
client_believes() { # MAC: as balance-alb has taught it, and for long
    ip -n client neigh replace 172.16.11.2 lladdr "$1" dev back nud reachable
    client_knows "$1"
}
bond1_mac() {
    web01 cat /sys/class/net/bond1/address
}

@test "another mode, or another MAC, in place: who talks to the server hears at once by which MAC it is to be reached" {
    bond1 6 "miimon=100"
    web01 ifup bond1
    answers 172.16.11.2
    client_believes 02:00:0a:00:00:03
    bond1 1 "miimon=100"
    web01 ifup bond1
    wait_until client_knows "$(bond1_mac)"

    ifcfg bond1 IPADDR=172.16.11.2 PREFIX=24 ARPCHECK=no 'BONDING_OPTS="mode=1 miimon=100"' MACADDR=02:00:00:00:00:aa
    web01 ifup bond1
    [ "$(bond1_mac)" = 02:00:00:00:00:aa ]
    wait_until client_knows 02:00:00:00:00:aa
}

@test "a ping goes on over a change of the mode" {
    bond1 6 "miimon=100"
    web01 ifup bond1
    ping_start 172.16.11.2
    for mode in 1 0 2 5 6; do
        bond1 $mode "miimon=100"
        web01 ifup bond1
        answers 172.16.11.2
    done
    ping_stop
    echo "# five changes of the mode: longest gap $PING_GAP ms, $PING_LOST pings of 10 ms lost" >&3
}

# The driver has no option that the table does not know; a folder over its own in sysfs stands in for a newer one.
@test "an option that only the kernel knows is written, read back, and set again when it was changed by hand" {
    bond1 1 "miimon=100"
    web01 ifup bond1
    folder=$(web01 realpath /sys/class/net/bond1)/bonding
    web01 mount -t tmpfs tmpfs "$folder"
    web01 bash -c "echo off >$folder/option_of_tomorrow"
    bond1 1 "miimon=100 option_of_tomorrow=on nonsense=3"
    run web01 netsvc plan up bond1
    grep -qx '  bond1: set option_of_tomorrow=on' <<<"$output"
    run --separate-stderr web01 ifup bond1
    echo "$stderr"
    [ "$status" -eq 0 ]
    [[ $stderr == *"ifcfg-bond1:5: bond1: nonsense: this kernel does not know the option, expected 3" ]]
    [ "$(web01 cat "$folder/option_of_tomorrow")" = on ]
    plan_is_empty up bond1
    web01 bash -c "echo off >$folder/option_of_tomorrow"
    web01 ifup bond1 || true
    [ "$(web01 cat "$folder/option_of_tomorrow")" = on ]
    web01 umount "$folder"
}

@test "802.3ad at switches that know no LACP: the bond is up, and says that nobody answers" {
    web01 ifdown bond1
    bond1 4 "miimon=100"
    run web01 ifup bond1
    [ "$status" -eq 0 ]
    [ "$output" = "ifcfg-bond1:1: bond1: no answer by LACP after 6 s; are its ports in one LACP group on the switch?" ]
    plan_is_empty up bond1
    run web01 ifenslave -c bond1 eth3
    [ "$status" -eq 1 ]
    [ "$output" = "ifenslave: eth3: bond1 is in mode 802.3ad, where no port is the active one; there is one only in mode active-backup, balance-tlb, balance-alb" ]
}

lacp_is_done() { # a port distributes (bit 5 of its state)
    local state
    for state in $(web01 cat /sys/class/net/eth{2,3}/bonding_slave/ad_actor_oper_port_state); do
        [ $((state & 32)) -eq 0 ] || return 0
    done
    return 1
}

# The last one, for it takes the switches away.
@test "mode 4, 802.3ad: LACP comes up with the switch, both ports in one aggregator" {
    options="miimon=100 lacp_rate=fast ad_select=bandwidth min_links=1"
    lab_peer_bond 172.16.11.9/24 eth2 eth3
    web01 ifdown bond1
    bond1 4 "$options" LINKDELAY=$LAB_PATIENCE # as long as a busy machine may need for it
    run web01 ifup bond1
    [ -z "$output" ]
    [ "$status" -eq 0 ]
    lacp_is_done # ifup has waited for it, since nobody would have heard before whose the address is
    bond1 802.3ad "$options" LINKDELAY=$LAB_PATIENCE
    plan_is_empty up bond1
    web01 ifdown bond1
    ifcfg bond1 IPADDR=172.16.11.9 PREFIX=24 "BONDING_OPTS=\"mode=4 $options\"" LINKDELAY=$LAB_PATIENCE
    run web01 ifup bond1
    [ "$status" -eq 1 ]
    [[ $output == "ifcfg-bond1:2: bond1: 172.16.11.9 is already used by $(lab_ns swC ip -j link show peer | jq -r '.[].address')"* ]]
    web01 ifdown bond1
    bond1 802.3ad "$options" LINKDELAY=$LAB_PATIENCE
    web01 ifup bond1
    [ "$(bond_option bond1 mode)" = "802.3ad 4" ]
    options_hold bond1 "$options"
    wait_until bond_option_is bond1 ad_num_ports 2
    [ "$(bond_option bond1 ad_partner_mac)" = "$(lab_ns swC ip -j link show peer | jq -r '.[].address')" ]
    aggregators=$(web01 cat /sys/class/net/eth{2,3}/bonding_slave/ad_aggregator_id)
    [ "$(uniq <<<"$aggregators" | wc -l)" -eq 1 ]
    [ "$(head -1 <<<"$aggregators")" = "$(bond_option bond1 ad_aggregator)" ]
    web01 ping -q -c 1 -w $LAB_PATIENCE 172.16.11.9
}
