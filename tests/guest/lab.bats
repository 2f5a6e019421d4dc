#!/usr/bin/env bats
# The lab itself: before a test of netsvc may be believed, the world it runs in must behave as cables, switches and routers do.

bats_require_minimum_version 1.5.0
load helpers.bash

setup_file() {
    modprobe bonding max_bonds=0
}
setup() {
    lab_web01
}
teardown_file() {
    lab_destroy
}

# A bond of eth2 and eth3 by plain ip, as simple as can be.
bond_make() {
    ip -n web01 link add bond1 type bond "$@"
    for nic in eth2 eth3; do ip -n web01 link set $nic down && ip -n web01 link set $nic master bond1; done
    ip -n web01 addr add 172.16.11.2/24 dev bond1
    ip -n web01 link set bond1 up
}

@test "the bonding driver is there" {
    [ -d /sys/module/bonding ]
    web01 test -e /sys/class/net/bonding_masters
}

@test "web01 sees its own four NICs and nothing else" {
    run web01 ls /sys/class/net
    [ "$(grep -c '^eth[0-3]$' <<<"$output")" -eq 4 ]
    run ! grep -v -e '^eth[0-3]$' -e '^lo$' -e '^bonding_masters$' <<<"$output"
}

@test "web01 has files of its own" {
    echo DEVICE=eth0 | lab_file ifcfg-eth0
    web01 test -s /etc/sysconfig/network-scripts/ifcfg-eth0
    [ ! -e /etc/sysconfig/network-scripts/ifcfg-eth0 ]
}

@test "a pulled cable takes the carrier, and plugging it gives it back" {
    ip -n web01 link set eth0 up
    wait_until carrier_is eth0 1
    [ "$(web01 cat /sys/class/net/eth0/carrier)" = 1 ]
    cable_pull eth0
    [ "$(web01 cat /sys/class/net/eth0/carrier)" = 0 ]
    cable_plug eth0
    [ "$(web01 cat /sys/class/net/eth0/carrier)" = 1 ]
}

@test "a cut uplink keeps the carrier and loses the router" {
    ip -n web01 addr add 172.16.11.2/24 dev eth2
    ip -n web01 link set eth2 up
    web01 ping -q -c 1 -w $LAB_PATIENCE 172.16.11.1
    uplink_cut A
    [ "$(web01 cat /sys/class/net/eth2/carrier)" = 1 ]
    run ! web01 ping -q -c 1 -W 1 172.16.11.1
    uplink_restore A
    web01 ping -q -c 1 -w $LAB_PATIENCE 172.16.11.1
}

@test "front and back networks do not mix" {
    ip -n web01 addr add 172.16.11.2/24 dev eth0
    ip -n web01 link set eth0 up
    run ! web01 ping -q -c 1 -W 1 172.16.11.1
}

@test "the router far upstream answers ARP on the back network, even one without a sender address" {
    ip -n web01 link set eth3 up
    wait_until carrier_is eth3 1
    run web01 arping -D -w $LAB_PATIENCE -I eth3 172.16.254.254 # -D ends in 1 when someone has the address
    [ "$status" -eq 1 ]
    grep -q 'Received 1 response' <<<"$output"
}

@test "a bond made by ip fails over and back under a running ping" {
    bond_make mode active-backup miimon 100 updelay 500
    ip -n web01 link set bond1 type bond primary eth2
    wait_until bond_active_is bond1 eth2
    wait_until port_is_up eth3
    log_mark
    ping_start 172.16.11.2
    cable_pull eth2
    wait_until bond_active_is bond1 eth3
    cable_plug eth2
    wait_until bond_active_is bond1 eth2
    answers 172.16.11.2
    ping_stop
    echo "# longest gap $PING_GAP ms, $PING_LOST lost" >&3
    bond_log bond1 <<-'END'
		(slave eth2): link status definitely down, disabling slave
		(slave eth3): making interface the new active one
		(slave eth2): link status up, enabling it in 500 ms
		(slave eth2): link status definitely up, 10000 Mbps full duplex
		(slave eth2): making interface the new active one
	END
}

@test "MII does not see a cut uplink" {
    bond_make mode active-backup miimon 100
    ip -n web01 link set bond1 type bond primary eth2
    wait_until bond_active_is bond1 eth2
    answers 172.16.11.2
    uplink_cut A
    run ! answers 172.16.11.2 2
    bond_active_is bond1 eth2
}

@test "the ARP monitor sees a cut uplink" {
    bond_make mode active-backup arp_interval 200 arp_ip_target 172.16.254.254
    ip -n web01 link set bond1 type bond primary eth2
    wait_until bond_active_is bond1 eth2
    uplink_cut A
    wait_until bond_active_is bond1 eth3
    answers 172.16.11.2
}

@test "LACP comes up with the peer switch" {
    lab_peer_bond 172.16.11.9/24 eth2 eth3
    bond_make mode 802.3ad lacp_rate fast miimon 100
    web01 ping -q -c 1 -w $LAB_PATIENCE 172.16.11.9
    wait_until bond_option_is bond1 ad_num_ports 2
}

@test "many NICs can be made" {
    lab_nics 16
    [ "$(web01 ls /sys/class/net | grep -c '^eth')" -eq 16 ]
    ip -n web01 link set eth15 up
    wait_until carrier_is eth15 1
    [ "$(web01 cat /sys/class/net/eth15/carrier)" = 1 ]
}
