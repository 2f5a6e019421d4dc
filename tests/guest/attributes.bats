#!/usr/bin/env bats
# What every link has (MTU, MAC, ARP ...), on the real kernel: as the files say, and as it was when they say nothing any more; and
# what falls when a link must go down for a moment.

bats_require_minimum_version 1.5.0
load fresh.bash

quiet() { # DEVICE LINE...
    ifcfg "$@" PREFIX=24 NOZEROCONF=yes ARPCHECK=no LINKDELAY=0
}
only_files() {
    web01 sh -c 'rm -f /etc/sysconfig/network-scripts/ifcfg-[a-km-z]*'
}
link_of() { # DEVICE: "MTU MAC arp|noarp arp_filter"
    local flags
    flags=$(web01 cat "/sys/class/net/$1/flags")
    echo "$(web01 cat "/sys/class/net/$1/mtu" "/sys/class/net/$1/address" | xargs)" \
        "$( ((flags & 0x80)) && echo noarp || echo arp) $(web01 cat "/proc/sys/net/ipv4/conf/$1/arp_filter")"
}

@test "what a file no longer names is as it was before it did, and SRCADDR counts on a running interface" {
    only_files
    before=$(link_of eth0)
    quiet eth0 IPADDR=10.0.11.2 MTU=1400 MACADDR=02:00:00:00:00:77 ARP=no
    web01 netsvc up eth0
    [ "$(link_of eth0)" = "1400 02:00:00:00:00:77 noarp 0" ]
    plan_is_empty up eth0
    quiet eth0 IPADDR=10.0.11.2 MTU=1300 SRCADDR=10.0.11.2
    web01 netsvc up eth0
    [ "$(link_of eth0)" = "1300 $(cut -d' ' -f2-3 <<<"$before") 1" ]
    [ "$(web01 cat /proc/sys/net/ipv4/conf/eth0/arp_filter)" = 1 ]
    plan_is_empty up eth0
    quiet eth0 IPADDR=10.0.11.2
    web01 netsvc up eth0
    [ "$(link_of eth0)" = "$before" ]
    plan_is_empty up eth0
    has_address eth0 10.0.11.2/24
    quiet eth0 IPADDR=10.0.11.2 MTU=1400
    web01 netsvc up eth0
    web01 netsvc down eth0
    [ "$(link_of eth0)" = "$before" ]
}

@test "a bond's MTU reaches its ports, one that was changed is mended, and all are as before when the file has none" {
    web01 sed -i '$a MTU=1400' /etc/sysconfig/network-scripts/ifcfg-bond1
    start_ends_well
    [ "$(web01 cat /sys/class/net/{bond1,eth2,eth3}/mtu | xargs)" = "1400 1400 1400" ]
    all_is_configured
    ip -n web01 link set eth2 mtu 1300
    start_ends_well restart
    [ "$(web01 cat /sys/class/net/{bond1,eth2,eth3}/mtu | xargs)" = "1400 1400 1400" ]
    lab_config web01
    start_ends_well restart
    [ "$(web01 cat /sys/class/net/{bond1,eth2,eth3}/mtu | xargs)" = "1500 1500 1500" ]
    all_is_configured
}

@test "active_slave= of a file is set when it changes, once" {
    options() { web01 sed -i "s/^BONDING_OPTS=.*/BONDING_OPTS=\"mode=1 miimon=100 $1\"/" /etc/sysconfig/network-scripts/ifcfg-bond1; }
    options active_slave=eth3
    web01 $NETWORK start
    bond_option_is bond1 active_slave eth3
    web01 sh -c 'echo eth2 >/sys/class/net/bond1/bonding/active_slave'
    plan_is_empty restart
    web01 $NETWORK restart
    bond_option_is bond1 active_slave eth2
    options active_slave=eth2
    web01 $NETWORK restart
    options active_slave=eth3
    web01 $NETWORK restart
    bond_option_is bond1 active_slave eth3
    plan_is_empty restart
}

@test "what others have on a bond that goes down for an option comes back: neighbours, and addresses with the life that they had" {
    web01 $NETWORK start
    ip -n web01 -batch - <<-END
		neigh add 172.16.11.50 lladdr 02:00:00:00:00:50 dev bond1
		neigh add 2001:db8::50 lladdr 02:00:00:00:00:50 dev bond1
		neigh add proxy 172.16.11.60 dev bond1
		neigh add proxy 2001:db8::60 dev bond1
		addr add 2001:db8::2/64 dev bond1 valid_lft 5000 preferred_lft 4000
		addr add 2001:db8::3/64 dev bond1
	END
    web01 sed -i 's/^BONDING_OPTS=.*/BONDING_OPTS="mode=balance-rr miimon=100"/' /etc/sysconfig/network-scripts/ifcfg-bond1
    run web01 $NETWORK restart
    [ "$status" -eq 0 ]
    [ "$(ip -n web01 neigh show nud permanent dev bond1 | sort | xargs)" = \
        "172.16.11.50 lladdr 02:00:00:00:00:50 PERMANENT 2001:db8::50 lladdr 02:00:00:00:00:50 PERMANENT" ]
    [ "$(ip -n web01 neigh show proxy dev bond1 | awk '{ print $1 }' | sort | xargs)" = "172.16.11.60 2001:db8::60" ]
    life=$(ip -n web01 -o -6 addr show dev bond1 to 2001:db8::2 | sed 's/.*valid_lft \([0-9]*\)sec.*/\1/')
    [ "$life" -gt 3000 ] && [ "$life" -le 5000 ]
    ip -n web01 -o -6 addr show dev bond1 to 2001:db8::3 | grep -q 'valid_lft forever'
    plan_is_empty restart
}
