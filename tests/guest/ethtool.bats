#!/usr/bin/env bats
# ETHTOOL_OPTS on a real kernel: done once, read back, brought back when somebody changes it, and told when it is refused.

bats_require_minimum_version 1.5.0
load helpers.bash

setup() {
    nics_begin 2
}
teardown() {
    lab_destroy
}

# feature DEVICE NAME: on, off, or either with [fixed]
feature() {
    web01 ethtool -k "$1" | sed -n "s/^[[:space:]]*$2: //p"
}

@test "parts are set by netlink without a program, in a second run there is nothing to do, and what somebody changed comes back" {
    ifcfg eth0 IPADDR=10.0.11.2 PREFIX=24 'ETHTOOL_OPTS="-K ${DEVICE} gro on tso off"'
    [ "$(feature eth0 tcp-segmentation-offload)" = on ]
    run web01 strace -f -qq -e trace=execve -o "$BATS_TEST_TMPDIR/trace" netsvc up eth0
    [ "$status" -eq 0 ]
    [ "$(grep -c 'execve(' "$BATS_TEST_TMPDIR/trace")" -eq 1 ]
    [ "$(feature eth0 generic-receive-offload)" = on ]
    [ "$(feature eth0 tcp-segmentation-offload)" = off ]
    plan_is_empty up eth0
    web01 ethtool -K eth0 tso on
    web01 netsvc plan up eth0 | grep -qF 'eth0: ethtool -K eth0 gro on tso off'
    run web01 netsvc reload
    [ "$status" -eq 0 ]
    [ "$(feature eth0 tcp-segmentation-offload)" = off ]
}

@test "a setting that the driver refuses is a warning with the kernel's words and its place, and the others count" {
    ifcfg eth0 IPADDR=10.0.11.2 PREFIX=24 'ETHTOOL_OPTS="-G eth0 rx 256; -K eth0 tso off; -K eth0 nosuch on; autoneg off speed 100"'
    run web01 netsvc restart
    said WARNING eth0
    grep -F 'ifcfg-eth0:4' <<<"$output" | grep -F 'cannot do `ethtool -G eth0 rx 256`: Operation not supported'
    grep -F 'cannot do `ethtool -K eth0 nosuch on`: the device cannot change nosuch' <<<"$output"
    grep -F 'cannot do `ethtool -s eth0 autoneg off speed 100`' <<<"$output"
    [ "$(feature eth0 tcp-segmentation-offload)" = off ]
    has_address eth0 10.0.11.2/24
}

@test "what netlink does not have is done by the program when the interface comes up, and its words are told" {
    ifcfg eth0 IPADDR=10.0.11.2 PREFIX=24 'ETHTOOL_OPTS="-i eth0; -U eth0 flow-type tcp4 dst-port 80 action 1"'
    run web01 netsvc restart
    said WARNING eth0
    grep -F 'ethtool ended with status' <<<"$output"
    plan_is_empty restart
}
