#!/usr/bin/env bats
# Devices that stand on others, and bridges: made, changed, taken down and made again on a real kernel; what it says is asked of `ip`.

bats_require_minimum_version 1.5.0
load fresh.bash

link_is() { # DEVICE JQ-CONDITION: of `ip -d -j link`
    web01 ip -d -j link show "$1" | jq -e ".[0] | $2" >/dev/null || { web01 ip -d link show "$1" >&2; return 1; }
}
is_gone() {
    run ! web01 test -e "/sys/class/net/$1"
}
index_of() {
    web01 cat "/sys/class/net/$1/ifindex"
}
# Its link-local address is that of the MAC that it has now: it was not set up before it had that.
has_link_local_of_mac() { # DEVICE
    local mac first=
    IFS=: read -ra mac < <(web01 cat "/sys/class/net/$1/address")
    [ "${mac[0]}${mac[1]}" = 0200 ] || first=$(printf '%x:' $((0x${mac[0]}${mac[1]} ^ 0x200)))
    web01 ip -6 -o addr show dev "$1" scope link |
        grep -F "$(printf ' fe80::%s%x:%x:%x/64 ' "$first" "0x${mac[2]}ff" "0xfe${mac[3]}" "0x${mac[4]}${mac[5]}")"
}
# The guide's bond0 without its address, with VLAN 100 that has it.
vlan_on_bond() {
    ifcfg bond0 TYPE=Bond 'BONDING_OPTS="mode=1 miimon=100"'
    ifcfg bond0.100 VLAN=yes IPADDR=10.100.0.2 PREFIX=24 ARPCHECK=no "$@"
}

@test "a VLAN on a bond: by one ifup, with all its options; a flag in place, another number as another device" {
    vlan_on_bond GVRP=yes REORDER_HDR=no 'VLAN_EGRESS_PRIORITY_MAP="1:2 3:4"' VLAN_INGRESS_PRIORITY_MAP=5:6 MTU=1400
    web01 ifup bond0.100
    link_is bond0.100 '.link == "bond0" and .mtu == 1400 and .linkinfo.info_kind == "vlan"'
    link_is bond0.100 '.linkinfo.info_data | .id == 100 and .protocol == "802.1Q" and (.flags | index("GVRP")) and (.flags | index("REORDER_HDR") | not)'
    link_is bond0.100 '.linkinfo.info_data | .egress_qos == [{"from":1,"to":2},{"from":3,"to":4}] and .ingress_qos == [{"from":5,"to":6}]'
    [ "$(ports bond0)" = "eth0 eth1" ]
    has_address bond0.100 10.100.0.2/24
    plan_is_empty up bond0.100
    before=$(index_of bond0.100)
    vlan_on_bond MVRP=yes 'VLAN_EGRESS_PRIORITY_MAP="3:5"'
    web01 ifup bond0.100
    [ "$(index_of bond0.100)" = "$before" ]
    link_is bond0.100 '.linkinfo.info_data | (.flags | index("MVRP")) and (.flags | index("GVRP") | not) and (.flags | index("REORDER_HDR")) and .egress_qos == [{"from":3,"to":5}]'
    vlan_on_bond VID=101 VLAN_PROTOCOL=802.1ad PHYSDEV=bond0
    web01 ifup bond0.100
    link_is bond0.100 '.linkinfo.info_data | .id == 101 and .protocol == "802.1ad"'
    has_address bond0.100 10.100.0.2/24
    web01 ifdown bond0.100
    is_gone bond0.100
    [ "$(ports bond0)" = "eth0 eth1" ]
}

@test "all that stands on each other: start, nothing to do, stop leaves nothing, start again" {
    vlan_on_bond
    ifcfg vlan7 TYPE=Vlan PHYSDEV=bond0 BRIDGE=br7
    ifcfg br7 TYPE=Bridge IPADDR=10.7.0.2 PREFIX=24 ARPCHECK=no STP=no DELAY=0 'BRIDGING_OPTS="multicast_snooping=0 priority=4096"'
    ifcfg dummy7 TYPE=Dummy IPADDR=192.0.2.7 PREFIX=32 ARPCHECK=no
    for _ in once again; do
        run web01 $NETWORK start
        echo "$output"
        [ "$status" -eq 0 ]
        link_is vlan7 '.master == "br7" and .link == "bond0" and .linkinfo.info_data.id == 7'
        link_is br7 '.linkinfo.info_data | .forward_delay == 0 and .stp_state == 0 and .mcast_snooping == 0 and .priority == 4096'
        link_is dummy7 '.linkinfo.info_kind == "dummy"'
        has_address br7 10.7.0.2/24
        has_link_local_of_mac br7
        has_address bond0.100 10.100.0.2/24
        has_address dummy7 192.0.2.7/32
        plan_is_empty restart
        web01 $NETWORK stop
        for device in br7 vlan7 bond0.100 bond0 dummy7; do is_gone $device; done
        [ -z "$(web01 ip -br link show up | grep -v '^lo')" ]
    done
}

@test "a bridge: the client answers through it; options of each kind change in place; its ports come back with it" {
    ifcfg br0 TYPE=Bridge IPADDR=10.0.11.2 PREFIX=24 DELAY=0
    ifcfg eth0 BRIDGE=br0 'BRIDGING_OPTS="path_cost=7 bpdu_guard=1"'
    web01 rm /etc/sysconfig/network-scripts/ifcfg-{bond0,eth1}
    web01 ifup eth0
    is_gone bond0
    link_is eth0 '.master == "br0" and (.linkinfo.info_slave_data | .cost == 7 and .guard)'
    web01 ifup br0
    answers 10.0.11.2
    plan_is_empty up br0
    before=$(index_of br0)
    ifcfg br0 TYPE=Bridge IPADDR=10.0.11.2 PREFIX=24 STP=yes DELAY=2 AGEING=60 PRIO=8192
    ifcfg eth0 BRIDGE=br0 'BRIDGING_OPTS="priority=5 learning=0"'
    web01 ifup br0
    web01 ifup eth0
    [ "$(index_of br0)" = "$before" ]
    link_is br0 '.linkinfo.info_data | .forward_delay == 200 and .ageing_time == 6000 and .priority == 8192 and .stp_state == 1'
    link_is eth0 '.linkinfo.info_slave_data | .priority == 5 and (.learning | not) and (.guard | not)'
    plan_is_empty up br0
    plan_is_empty up eth0
    web01 ifdown br0
    is_gone br0
    link_is eth0 '.flags | index("UP")'
    web01 ifup br0
    link_is eth0 '.master == "br0"'
    answers 10.0.11.2
}

@test "with spanning tree the line comes when a port forwards, and an address is looked for only then" {
    ifcfg br0 TYPE=Bridge IPADDR=10.0.11.2 PREFIX=24 STP=yes DELAY=2
    ifcfg eth0 BRIDGE=br0
    web01 rm /etc/sysconfig/network-scripts/ifcfg-{bond0,eth1}
    run web01 $NETWORK start
    said "  OK  " br0
    link_is eth0 '.linkinfo.info_slave_data.state == "forwarding"'
}

@test "a bond is a port of a bridge, and a VLAN one of a bond" {
    ifcfg bond0 TYPE=Bond BRIDGE=br0 'BONDING_OPTS="mode=1 miimon=100"'
    ifcfg br0 TYPE=Bridge IPADDR=10.0.11.2 PREFIX=24
    ifcfg eth2.5 MASTER=bond5 SLAVE=yes
    ifcfg bond5 TYPE=Bond IPADDR=10.5.0.2 PREFIX=24 ARPCHECK=no 'BONDING_OPTS="mode=1 miimon=100"'
    web01 rm /etc/sysconfig/network-scripts/ifcfg-{bond1,eth2,eth3}
    run web01 $NETWORK start
    echo "$output"
    [ "$status" -eq 0 ]
    link_is bond0 '.master == "br0"'
    [ "$(ports bond5)" = "eth2.5" ]
    answers 10.0.11.2
    plan_is_empty restart
    web01 $NETWORK stop
    for device in br0 bond0 bond5 eth2.5; do is_gone $device; done
}

@test "ifdown of the device below keeps it for what stands on it, be that ours or another's" {
    vlan_on_bond
    web01 $NETWORK start
    ip -n web01 link add link bond0 name theirs type vlan id 9
    run web01 ifdown bond0
    [ "$status" -eq 0 ]
    [[ $output == *"bond0"*"kept"*"stands on it"* ]]
    link_is theirs '.link == "bond0"'
    link_is bond0.100 '.link == "bond0"'
    web01 ifup bond0
    has_address bond0.100 10.100.0.2/24
    web01 ifdown bond0.100
    is_gone bond0.100
    web01 ifdown bond0
    link_is theirs '.link == "bond0"'
    ip -n web01 link del theirs
}

@test "a second restart of all that stands on each other does nothing at all" {
    vlan_on_bond
    ifcfg br0 TYPE=Bridge IPADDR=10.7.0.2 PREFIX=24 DELAY=0
    ifcfg bond0.7 VLAN=yes BRIDGE=br0
    web01 $NETWORK start
    plan_is_empty restart
    before=$(web01 ip -o link | cut -d: -f1,2 | sort)
    web01 $NETWORK restart
    [ "$(web01 ip -o link | cut -d: -f1,2 | sort)" = "$before" ]
}

alone_in_bond0() { # NIC OTHER: the one is its only port, the other has a file of its own
    ifcfg bond0 TYPE=Bond IPADDR=10.0.11.2 PREFIX=24 ARPCHECK=no 'BONDING_OPTS="mode=1 miimon=100 updelay=200"'
    port_files bond0 "$1"
    ifcfg "$2" ONBOOT=yes NOZEROCONF=yes
}

@test "the only port of a bond is exchanged by one reload, and the bond has carrier all the time; one without a cable does not take its place" {
    alone_in_bond0 eth0 eth1
    web01 ifup bond0
    before=$(web01 cat /sys/class/net/bond0/carrier_changes)
    alone_in_bond0 eth1 eth0
    run -10 web01 netsvc plan reload bond0 eth0 --exit-code
    web01 netsvc reload bond0 eth0
    [ "$(ports bond0)" = eth1 ]
    plan_is_empty reload bond0 eth0
    web01 ip link set eth0 down # so that nobody knows of its cable
    cable_pull eth0
    alone_in_bond0 eth0 eth1
    run -0 --separate-stderr web01 netsvc reload bond0 eth1
    echo "$output" "$stderr"
    [[ $stderr == *"bond0: eth1 stays in it: no other port works after 3 s"* ]]
    [ "$(ports bond0)" = "eth1 eth0" ]
    cable_plug eth0
    wait_until port_is_up eth0
    web01 netsvc reload bond0 eth1
    [ "$(ports bond0)" = eth0 ]
    plan_is_empty reload bond0 eth1
    [ "$(web01 cat /sys/class/net/bond0/carrier_changes)" = "$before" ]
}

@test "what was made with a MACADDR has without it what it would have been made with" {
    ifcfg br0 TYPE=Bridge DELAY=0 MACADDR=02:00:00:00:00:99
    ifcfg eth3 BRIDGE=br0
    ifcfg eth2 BRIDGE=br0
    ifcfg eth1 NOZEROCONF=yes
    ifcfg mv0 TYPE=Macvlan PHYSDEV=eth1 MACADDR=02:00:00:00:00:98
    web01 ifup br0 eth3 eth2 mv0
    ifcfg br0 TYPE=Bridge DELAY=0
    ifcfg mv0 TYPE=Macvlan PHYSDEV=eth1
    run -0 --separate-stderr web01 netsvc reload br0 mv0
    [ -z "$stderr" ]
    link_is br0 '.address == "02:00:0a:00:00:02"'
    link_is mv0 '.address == "02:00:00:00:00:98"'
    plan_is_empty reload br0 mv0
}
