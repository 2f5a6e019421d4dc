#!/usr/bin/env bats
# The reference deployment as its operations guide describes it: what the administrator types and sees, with real switches and cables.

bats_require_minimum_version 1.5.0
load ../lab/lab.bash

NETWORK=/etc/rc.d/init.d/network
BOND1=/etc/sysconfig/network-scripts/ifcfg-bond1

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

options() { # BONDING_OPTS of bond1
    web01 sed -i "s|^BONDING_OPTS=.*|BONDING_OPTS=\"$1\"|" $BOND1
}

@test "flags and addresses are as ifconfig showed them: MASTER, SLAVE, one MAC a bond" {
    web01 $NETWORK restart
    wait_until 5 carrier_is bond0 1
    links=$(web01 ip -o link)
    grep -qE ' bond0: <.*MASTER.*UP' <<<"$links"
    for nic in eth0 eth1 eth2 eth3; do grep -qE " $nic@.*<.*SLAVE.*UP" <<<"$links"; done
    for bond in bond0:eth0:eth1 bond1:eth2:eth3; do
        IFS=: read -r master first second <<<"$bond"
        mac=$(web01 cat /sys/class/net/$master/address)
        [ "$mac" = "$(web01 cat /sys/class/net/$first/address)" ]
        [ "$mac" = "$(web01 cat /sys/class/net/$second/address)" ]
        [ "$mac" = "$(web01 cat /sys/class/net/$first/bonding_slave/perm_hwaddr)" ]
    done
    [ "$(web01 ip -4 -br addr show bond0 | awk '{print $3}')" = 10.0.11.2/24 ]
}

@test "the driver has mode, primary, active port, monitor and delays as configured" {
    web01 $NETWORK restart
    wait_until 5 bond_active_is bond1 eth2
    proc=$(web01 cat /proc/net/bonding/bond1)
    grep -q 'Bonding Mode: fault-tolerance (active-backup)' <<<"$proc"
    grep -q 'Primary Slave: eth2 (primary_reselect always)' <<<"$proc"
    grep -q 'Currently Active Slave: eth2' <<<"$proc"
    grep -q 'MII Polling Interval (ms): 100' <<<"$proc"
    grep -q 'Up Delay (ms): 5000' <<<"$proc"
    [ "$(grep -c '^Permanent HW addr: 02:00:' <<<"$proc")" -eq 2 ]
}

@test "a pulled cable: the other port takes over after a short gap; plugged in, the primary comes back without a loss" {
    options "mode=1 primary=eth2 miimon=100 updelay=1000"
    web01 $NETWORK restart
    wait_until 5 bond_active_is bond1 eth2
    ping_start 172.16.11.2
    cable_pull eth2
    wait_until 10 bond_active_is bond1 eth3
    lab_ns client ping -q -c 1 -w 5 172.16.11.2
    ping_stop
    echo "# gap at failover: $PING_GAP ms" >&3
    [ "$PING_GAP" -lt 3000 ]
    [ "$(web01 cat /sys/class/net/eth2/bonding_slave/link_failure_count)" -eq 1 ]
    wait_until 10 link_is eth3 up
    ping_start 172.16.11.2
    cable_plug eth2
    wait_until 20 bond_active_is bond1 eth2
    lab_ns client ping -q -c 1 -w 5 172.16.11.2
    ping_stop
    echo "# lost at failback: $PING_LOST" >&3
    [ "$PING_LOST" -eq 0 ]
}
link_is() {
    [ "$(web01 cat "/sys/class/net/$1/bonding_slave/mii_status")" = "$2" ]
}

@test "a switch that loses its uplink: the ARP monitor moves the bond" {
    options "mode=1 primary=eth2 arp_interval=200 arp_ip_target=+172.16.254.254"
    web01 sed -i '/^ONBOOT/a ARPCHECK=no' $BOND1
    web01 $NETWORK restart
    wait_until 5 bond_active_is bond1 eth2
    [ "$(bond_option bond1 arp_ip_target)" = 172.16.254.254 ]
    [ "$(bond_option bond1 miimon)" = 0 ]
    uplink_cut A
    wait_until 15 bond_active_is bond1 eth3
    lab_ns client ping -q -c 1 -w 5 172.16.11.2
    uplink_restore A
}

@test "the same fault with miimon: the link stays up, and so the bond stays where it is" {
    web01 $NETWORK restart
    wait_until 5 bond_active_is bond1 eth2
    lab_ns client ping -q -c 1 -w 5 172.16.11.2
    uplink_cut A
    run ! lab_ns client ping -q -c 1 -w 2 172.16.11.2
    bond_active_is bond1 eth2
    uplink_restore A
}

@test "changed BONDING_OPTS: stop, rmmod bonding, start, as the guide has it" {
    web01 $NETWORK start
    options "mode=balance-rr miimon=50"
    web01 $NETWORK stop
    rmmod bonding
    web01 $NETWORK start
    [ "$(bond_option bond1 mode)" = "balance-rr 0" ]
    [ "$(bond_option bond1 miimon)" = 50 ]
    run ! web01 test -e /sys/class/net/bond2
}

@test "changed BONDING_OPTS take effect at a restart alone, mode and removed options too" {
    web01 $NETWORK start
    options "mode=balance-xor xmit_hash_policy=layer3+4 miimon=200"
    web01 $NETWORK restart
    [ "$(bond_option bond1 mode)" = "balance-xor 2" ]
    [ "$(bond_option bond1 updelay)" = 0 ]
    [ "$(bond_option bond1 miimon)" = 200 ]
    [ "$(bond_option bond1 slaves)" = "eth2 eth3" ]
    options "mode=balance-xor miimon=200"
    web01 ifup bond1
    [ "$(bond_option bond1 xmit_hash_policy)" = "layer2 0" ]
    web01 ip -br addr show bond1 | grep -q '172\.16\.11\.2/24'
}

@test "ifenslave -c moves the traffic to the other port" {
    options "mode=1 miimon=100"
    web01 $NETWORK start
    wait_until 5 bond_active_is bond1 eth2
    wait_until 5 link_is eth3 up
    web01 ifenslave -c bond1 eth3
    bond_active_is bond1 eth3
    lab_ns client ping -q -c 1 -w 5 172.16.11.2
}
