#!/usr/bin/env bats
# What files can say beside the guide's, as the kernel then has it: address keys, gateways, module options, sysctl settings, MACs.

bats_require_minimum_version 1.5.0
load fresh.bash

only_files() { # takes away the guide's
    web01 bash -c 'rm /etc/sysconfig/network-scripts/ifcfg-*'
}

@test "addresses: numbers with gaps, PREFIX and NETMASK, BROADCAST, SCOPE; ARPING_WAIT is the time of a check" {
    only_files
    ifcfg eth0 IPADDR=10.0.11.2 PREFIX=25 BROADCAST=10.0.11.127 IPADDR3=10.0.11.3 NETMASK3=255.255.255.0 SCOPE=link \
        IPADDR7=10.0.11.7 PREFIX7=32 ARPCHECK7=no ARPING_WAIT=1 NOZEROCONF=yes
    run web01 $NETWORK start
    echo "$output"
    [ "$status" -eq 0 ]
    said "  OK  " eth0
    diff - <(web01 ip -o -4 addr show dev eth0 | sed -E 's/.*inet //; s/\\.*//; s/ +/ /g; s/ $//') <<-'END'
		10.0.11.2/25 brd 10.0.11.127 scope link eth0
		10.0.11.3/24 brd 10.0.11.255 scope link eth0
		10.0.11.7/32 scope link eth0
	END
    plan_is_empty restart
}

@test "gateways: GATEWAY with METRIC, EXTRA_ROUTE_OPTS and SRCADDR, one of the network file, DEFROUTE=no, GATEWAYDEV alone" {
    only_files
    ifcfg eth0 IPADDR=10.0.11.2 PREFIX=24 GATEWAY=10.0.11.1 METRIC=7 'EXTRA_ROUTE_OPTS="mtu 1400"' SRCADDR=10.0.11.2 NOZEROCONF=yes
    ifcfg eth2 IPADDR=172.16.11.2 PREFIX=24 GATEWAY=172.16.11.1 DEFROUTE=no NOZEROCONF=yes
    run web01 $NETWORK start
    echo "$output"
    [ "$status" -eq 0 ]
    [ "$(web01 ip route show default | sed 's/ *$//')" = "default via 10.0.11.1 dev eth0 src 10.0.11.2 metric 7 mtu 1400" ]
    [ "$(web01 cat /proc/sys/net/ipv4/conf/eth0/arp_filter)" = 1 ]
    plan_is_empty restart

    echo GATEWAY=172.16.11.1 | lab_file network
    ifcfg eth0 IPADDR=10.0.11.2 PREFIX=24 NOZEROCONF=yes
    ifcfg eth2 IPADDR=172.16.11.2 PREFIX=24 NOZEROCONF=yes
    run web01 $NETWORK restart
    [ "$status" -eq 0 ]
    [ "$(web01 ip route show default | sed 's/ *$//')" = "default via 172.16.11.1 dev eth2" ]

    echo GATEWAYDEV=eth2 | lab_file network
    run web01 $NETWORK restart
    [ "$status" -eq 0 ]
    [ "$(web01 ip route show default | sed 's/ *$//')" = "default dev eth2 scope link" ]
}

@test "files of types that are not supported are named, and hurt nobody" {
    ifcfg tap0 TYPE=CTC IPADDR=10.9.0.1 PREFIX=24
    ifcfg ctc0 TYPE=CTC IPADDR=10.9.5.1 PREFIX=24
    run web01 $NETWORK start
    echo "$output"
    [ "$status" -eq 1 ]
    said "  OK  " bond0
    said "  OK  " bond1
    [[ $output == *"ifcfg-tap0:2: tap0: TYPE=CTC: netsvc brings up no such device, and there is no program ifup-CTC that does; left alone"* ]]
    [[ $output == *"ifcfg-ctc0:2: ctc0: TYPE=CTC: netsvc brings up no such device, and there is no program ifup-CTC that does; left alone"* ]]
    has_address bond1 172.16.11.2/24
}

@test "options of the bonding module hold for a bond below its BONDING_OPTS, with the hint to move them" {
    printf '%s\n' 'alias bond1 bonding' 'options bond1 miimon=250 mode=1 downdelay=500' | lab_file modules.conf
    ifcfg bond1 IPADDR=172.16.11.2 PREFIX=24 'BONDING_OPTS="miimon=500"'
    run web01 ifup bond1
    [ "$status" -eq 0 ]
    [ "$output" = "ifcfg-bond1:1: bond1: module options in /etc/modules.conf:2 hold for bond1 (miimon=250 mode=1 downdelay=500); move them to BONDING_OPTS in this file" ]
    options_hold bond1 "mode=active-backup miimon=500 downdelay=500"
}

@test "Setting network parameters: the net settings of sysctl.d and sysctl.conf, and no others" {
    before=$(web01 cat /proc/sys/vm/swappiness)
    mkdir -p /etc/sysctl.d
    printf '%s\n' 'net.ipv4.conf.default.log_martians = 1' "vm.swappiness = $((before + 1))" >/etc/sysctl.d/50-test.conf
    run web01 $NETWORK restart
    rm /etc/sysctl.d/50-test.conf
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = $'Setting network parameters:  [  OK  ]\r' ]
    [ "$(web01 cat /proc/sys/net/ipv4/conf/default/log_martians)" = 1 ]
    [ "$(web01 cat /proc/sys/vm/swappiness)" = "$before" ]
}

@test "a setting of sysctl.d that names a device holds from the first start on, though the device is made later: a bond, a VLAN" {
    ifcfg eth0.5 VLAN=yes IPADDR=10.0.5.2 PREFIX=24 ARPCHECK=no
    mkdir -p /etc/sysctl.d
    printf '%s\n' net.ipv4.conf.default.rp_filter=0 net.ipv4.conf.bond1.rp_filter=2 net.ipv4.conf.eth0/5.rp_filter=2 >/etc/sysctl.d/50-test.conf
    web01 bash -c '! [ -e /proc/sys/net/ipv4/conf/bond1 ] && ! [ -e /proc/sys/net/ipv4/conf/eth0.5 ]'
    run web01 $NETWORK start
    rm /etc/sysctl.d/50-test.conf
    echo "$output"
    [ "$(web01 cat /proc/sys/net/ipv4/conf/{default,bond0,bond1,eth0.5}/rp_filter | paste -sd' ')" = "0 0 2 2" ]
}

# udev's MACAddressPolicy exchanges random addresses only (addr_assign_type 1); 3: somebody has set it.
@test "a bond's MAC is its first port's, or MACADDR, and counts as set, so that udev leaves it alone" {
    ifcfg bond1 IPADDR=172.16.11.2 PREFIX=24 'BONDING_OPTS="mode=1 miimon=100"' MACADDR=02:00:00:00:00:bb
    web01 $NETWORK start
    [ "$(web01 cat /sys/class/net/bond0/address /sys/class/net/bond0/addr_assign_type | paste -sd' ')" = "02:00:0a:00:00:00 3" ]
    [ "$(web01 cat /sys/class/net/bond1/address /sys/class/net/bond1/addr_assign_type | paste -sd' ')" = "02:00:00:00:00:bb 3" ]
}

@test "MTU of a bond is its ports' too, and a new one takes effect in place" {
    web01 bash -c 'echo MTU=9000 >>/etc/sysconfig/network-scripts/ifcfg-bond1'
    start_ends_well
    [ "$(web01 cat /sys/class/net/{bond1,eth2,eth3}/mtu | paste -sd' ')" = "9000 9000 9000" ]
    web01 sed -i s/9000/1400/ /etc/sysconfig/network-scripts/ifcfg-bond1
    start_ends_well restart
    [ "$(web01 cat /sys/class/net/{bond1,eth2,eth3}/mtu | paste -sd' ')" = "1400 1400 1400" ]
}
