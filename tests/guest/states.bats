#!/usr/bin/env bats
# Half-configured and damaged states converge, failures stay where they are, and what belongs to others is left alone.

bats_require_minimum_version 1.5.0
load ../lab/lab.bash

NETWORK=/etc/rc.d/init.d/network
FILES=/etc/sysconfig/network-scripts

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

is_converged() { # nothing left to do but to look
    web01 netsvc plan restart --json | jq -e '[.groups[].operations[] | select(.op != "sysctl-apply" and .op != "verify")] == []'
    [ "$(bond_option bond1 slaves)" = "eth2 eth3" ]
    [ "$(bond_option bond1 mode)" = "active-backup 1" ]
    web01 ip -br addr show bond1 | grep -q '172\.16\.11\.2/24'
}

@test "a start broken off by kill -9 is finished by the next, and leaves no lock" {
    web01 netsvc start >/dev/null 2>&1 3>&- &
    pid=$!
    wait_until 5 web01 test -e /sys/class/net/bond1
    pkill -9 -x netsvc || true
    wait "$pid" || true
    web01 $NETWORK start
    is_converged
}

@test "options changed by hand, a port missing and a foreign port: restart puts them right" {
    web01 $NETWORK start
    lab_nic eth4 swA back
    ip -n web01 -batch - <<-X
		link set eth3 nomaster
		link set eth4 down
		link set eth4 master bond1
	X
    web01 bash -c 'echo 700 >/sys/class/net/bond1/bonding/miimon; echo 5 >/sys/class/net/bond1/bonding/num_grat_arp'
    web01 $NETWORK restart
    is_converged
    [ "$(bond_option bond1 miimon)" = 100 ]
    [ "$(bond_option bond1 num_grat_arp)" = 1 ]
}

@test "a bond0 left by the module's load, in the wrong mode and with the wrong port, becomes the configured one" {
    ip -n web01 -batch - <<-X
		link add bond0 type bond mode balance-rr
		link set eth2 master bond0
		link set bond0 up
	X
    web01 $NETWORK start
    is_converged
    [ "$(bond_option bond0 mode)" = "active-backup 1" ]
    [ "$(bond_option bond0 slaves)" = "eth0 eth1" ]
}

@test "a restart of what is as configured flaps no link, and a VIP and a route of others survive it" {
    web01 $NETWORK start
    ip -n web01 -batch - <<-X
		addr add 172.16.11.99/32 dev bond1
		route add 198.51.100.0/24 via 172.16.11.1
	X
    wait_until 5 bond_active_is bond1 eth2
    before=$(web01 cat /sys/class/net/bond1/carrier_changes)
    web01 $NETWORK restart
    web01 ifup bond1
    [ "$(web01 cat /sys/class/net/bond1/carrier_changes)" = "$before" ]
    web01 ip addr show bond1 | grep -q '172\.16\.11\.99/32'
    web01 ip route show 198.51.100.0/24 | grep -q 'via 172.16.11.1'
}

@test "ifdown takes what ifup made although the file is gone" {
    web01 $NETWORK start
    web01 rm $FILES/ifcfg-bond1
    web01 ifdown bond1
    run ! web01 test -e /sys/class/net/bond1
    web01 ip -br addr show bond0 | grep -q '10\.0\.11\.2/24'
}

@test "an address that another host has: its MAC is named, that interface fails, the others come up" {
    ip -n client addr add 172.16.11.2/24 dev back
    mac=$(ip -n client -br link show back | awk '{print $3}')
    run --separate-stderr web01 $NETWORK start
    ip -n client addr del 172.16.11.2/24 dev back
    [ "$status" -eq 1 ]
    [[ $output == *"Bringing up interface bond0:  [  OK  ]"* ]]
    [[ $output == *"Bringing up interface bond1:  [FAILED]"* ]]
    [[ $stderr == *"ifcfg-bond1:"*"bond1: "*"172.16.11.2"*"$mac"* ]]
    [ -z "$(web01 ip -4 -br addr show bond1 | awk '{print $3}')" ]
}

@test "a bond without any of its NICs fails, and says which file wanted them; the other bond is up" {
    web01 sed -i 's/^DEVICE=eth/DEVICE=nic/' $FILES/ifcfg-eth2 $FILES/ifcfg-eth3
    run --separate-stderr web01 $NETWORK start
    [ "$status" -eq 1 ]
    [[ $output == *"bond0:  [  OK  ]"* ]]
    [[ $output == *"bond1:  [FAILED]"* ]]
    [[ $stderr == *"ifcfg-eth2:"*nic2* ]]
}

@test "two ifup at once: the second waits for the first, and both end well" {
    web01 ifup bond1 3>&- &
    first=$!
    web01 ifup bond1
    wait "$first"
    [ "$(bond_option bond1 slaves)" = "eth2 eth3" ]
}

@test "NETWORKING=no: exit 6, a reason, and nothing done" {
    echo NETWORKING=no | lab_file network
    run --separate-stderr web01 $NETWORK start
    [ "$status" -eq 6 ]
    [ -z "$output" ]
    [ -n "$stderr" ]
    run ! web01 test -e /sys/class/net/bond0
}
