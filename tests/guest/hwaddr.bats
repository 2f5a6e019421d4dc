#!/usr/bin/env bats
# Files without DEVICE: the card is the one that has HWADDR, also while it is in a bond under another address.

bats_require_minimum_version 1.5.0
load helpers.bash

setup() {
    export PATH=/usr/sbin:/sbin:/usr/bin:/bin:$PATH
    modprobe bonding max_bonds=0
    lab_web01
    lab_config web01
    web01 rm /etc/sysconfig/network-scripts/ifcfg-eth2
    printf 'HWADDR=02:00:0A:00:00:02\nMASTER=bond1\nSLAVE=yes\n' | lab_file ifcfg-uplink
}
teardown_file() {
    lab_destroy
}

@test "a port is found by HWADDR; once it is in the bond, a restart finds it again and has nothing to do" {
    run --separate-stderr web01 $NETWORK restart
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "$(ports bond1 | tr ' ' '\n' | sort | paste -sd' ')" = "eth2 eth3" ]
    [ "$(web01 cat /sys/class/net/eth2/address)" = 02:00:0a:00:00:03 ] # the bond's, which is eth3's
    plan_is_empty restart
    run --separate-stderr web01 ifdown uplink
    [ "$status" -eq 0 ]
    [ "$(ports bond1)" = eth3 ]
    run --separate-stderr web01 ifup eth2
    [ "$status" -eq 0 ]
    [ "$(ports bond1 | tr ' ' '\n' | sort | paste -sd' ')" = "eth2 eth3" ]
}

@test "no card has it: WARNING for the bond, with the file and the cards that there are" {
    printf 'HWADDR=02:00:0a:00:00:99\nMASTER=bond1\nSLAVE=yes\n' | lab_file ifcfg-uplink
    run --separate-stderr web01 $NETWORK restart
    [ "$status" -eq 0 ]
    [[ $output == *"Bringing up interface bond1:  [WARNING]"* ]]
    [[ $stderr == *"ifcfg-uplink:1: "*"no NIC has the permanent address 02:00:0a:00:00:99"*"eth2 02:00:0a:00:00:02"* ]]
    [ "$(ports bond1)" = eth3 ]
}
