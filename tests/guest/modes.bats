#!/usr/bin/env bats
# All seven modes by number and by name with options that fit them, LACP with a peer, and every row of the option table.

bats_require_minimum_version 1.5.0
load ../lab/lab.bash

setup_file() {
    modprobe bonding max_bonds=0
    export PATH=/usr/sbin:/sbin:/usr/bin:/bin:$PATH
    lab_web01
    lab_config web01
}
teardown_file() {
    lab_destroy
}

# mode_comes_up "WANTED IN SYSFS" OPTIONS: restarts bond1 with them and reads mode and ports back.
mode_comes_up() {
    web01 sed -i "s|^BONDING_OPTS=.*|BONDING_OPTS=\"$2\"|" /etc/sysconfig/network-scripts/ifcfg-bond1
    run --separate-stderr web01 ifup bond1
    echo "$stderr"
    [ "$status" -eq 0 ]
    [ "$(bond_option bond1 mode)" = "$1" ]
    [ "$(bond_option bond1 slaves)" = "eth2 eth3" ]
}

@test "modes by number" {
    web01 sed -i '/^ONBOOT/a ARPCHECK=no' /etc/sysconfig/network-scripts/ifcfg-bond1
    mode_comes_up "balance-rr 0" "mode=0 miimon=100 packets_per_slave=3"
    [ "$(bond_option bond1 packets_per_slave)" = 3 ]
    mode_comes_up "active-backup 1" "mode=1 miimon=100 primary=eth3 primary_reselect=better fail_over_mac=1"
    [ "$(bond_option bond1 fail_over_mac)" = "active 1" ]
    mode_comes_up "balance-xor 2" "mode=2 miimon=100 xmit_hash_policy=layer2+3"
    [ "$(bond_option bond1 xmit_hash_policy)" = "layer2+3 2" ]
    mode_comes_up "broadcast 3" "mode=3 miimon=100"
    mode_comes_up "802.3ad 4" "mode=4 miimon=100 lacp_rate=1 ad_select=bandwidth min_links=1"
    [ "$(bond_option bond1 lacp_rate)" = "fast 1" ]
    [ "$(bond_option bond1 ad_select)" = "bandwidth 1" ]
    mode_comes_up "balance-tlb 5" "mode=5 miimon=100 tlb_dynamic_lb=0"
    [ "$(bond_option bond1 tlb_dynamic_lb)" = 0 ]
    mode_comes_up "balance-alb 6" "mode=6 miimon=100 lp_interval=2"
    [ "$(bond_option bond1 lp_interval)" = 2 ]
}

@test "modes by name" {
    number=0
    for mode in $(netsvc help bonding --tsv | awk -F'\t' '$1 == "mode" { gsub(/\([0-9]\)/, "", $2); print $2 }'); do
        mode_comes_up "$mode $number" "mode=$mode miimon=100"
        number=$((number + 1))
    done
    [ "$number" -eq 7 ]
}

@test "802.3ad finds its partner, and both ports join one aggregator" {
    lab_web01
    lab_config lacp
    web01 bash -c 'cd /etc/sysconfig/network-scripts && rm -f ifcfg-* route-* && cat >ifcfg-bond0 <<-X
		DEVICE=bond0
		IPADDR=172.16.11.2
		PREFIX=24
		BONDING_OPTS="mode=802.3ad miimon=100 lacp_rate=fast"
		LINKDELAY=20
		X
		for nic in eth2 eth3; do printf "DEVICE=%s\nMASTER=bond0\nSLAVE=yes\n" $nic >ifcfg-$nic; done'
    lab_peer_bond 172.16.11.9/24 eth2 eth3
    web01 ifup bond0
    wait_until 20 bond_option_is bond0 ad_num_ports 2
    [ "$(bond_option bond0 ad_partner_mac)" = "$(lab_ns swC cat /proc/net/bonding/peer | awk '/System MAC address/ {print $4; exit}')" ]
    web01 ping -q -c 1 -w 20 172.16.11.9
}
