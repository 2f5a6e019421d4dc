#!/usr/bin/env bats
# kickstart: what comes out of an installer's lines, brought up: bond, VLAN on it, bridge, team, DHCP.

bats_require_minimum_version 1.5.0
load helpers.bash
load dhcp.bash

FILES=/etc/sysconfig/network-scripts

setup() {
    nics_begin 6
}
# The files of lines on stdin, made below a root as an installer does, and moved to where the machine has them.
installed() {
    local root=$BATS_TEST_TMPDIR/root
    mkdir -p "$root"
    netsvc kickstart - --root "$root"
    netsvc check --strict --root "$root"
    web01 rm -rf $FILES /etc/sysconfig/network
    web01 cp -r "$root/etc/sysconfig/." /etc/sysconfig/
}

@test "a bond and a VLAN on it, a bridge, a card by DHCP and one by its address: all comes up as the lines say" {
    server_start
    installed <<END
network --device=bond0 --bondslaves=eth1,eth2 --bondopts=mode=active-backup,primary=eth2 --bootproto=static --ip=10.0.11.2 --netmask=255.255.255.0 --nodefroute --ipv6=2001:db8:11::2/64
network --device=bond0 --vlanid=171 --interfacename=vlan171 --bootproto=static --ip=192.168.170.1 --netmask=255.255.255.0 --nodefroute --mtu=1400 --noipv6
network --device=br0 --bridgeslaves=eth3 --bridgeopts=stp=yes,forward-delay=4,priority=4096 --bootproto=static --ip=172.16.11.2 --netmask=255.255.0.0 --nodefroute --noipv6
network --device=eth0 --bootproto=dhcp --nodns
network --device=$(web01 cat /sys/class/net/eth4/address) --bootproto=static --ip=10.4.0.2 --netmask=255.255.255.0 --nodefroute --noipv6
network --device=eth5 --bootproto=static --ip=10.5.0.2 --netmask=255.255.255.0 --onboot=no --nodefroute --noipv6
END
    web01 $NETWORK start
    [ "$(ports bond0)" = "eth1 eth2" ]
    options_hold bond0 "mode=active-backup primary=eth2 miimon=100"
    has_address bond0 10.0.11.2/24
    web01 ip -6 -br addr show bond0 | grep -q 2001:db8:11::2/64
    has_address vlan171 192.168.170.1/24
    web01 ip -d link show vlan171 | grep -q 'id 171'
    [ "$(web01 cat /sys/class/net/vlan171/mtu)" = 1400 ]
    has_address br0 172.16.11.2/16
    [ "$(web01 sh -c 'cd /sys/class/net/br0/bridge; cat priority stp_state forward_delay' | tr '\n' ' ')" = "4096 1 400 " ]
    web01 test -e /sys/class/net/br0/brif/eth3
    [[ $(leased eth0) == 10.9.0.* ]]
    web01 ip route show default | grep -q 'via 10.9.0.1 dev eth0'
    has_address eth4 10.4.0.2/24
    run ! has_address eth5 10.5.0.2/24
    plan_is_empty restart
    web01 $NETWORK stop
    web01 test ! -e /sys/class/net/vlan171
}

@test "a team with a configuration for it and for a port: teamd has both" {
    installed <<'END'
network --device=team0 --teamslaves="eth1'{\"prio\": 100}',eth2" --teamconfig="{\"runner\": {\"name\": \"activebackup\"}}" --bootproto=static --ip=10.6.0.2 --netmask=255.255.255.0 --noipv6
END
    web01 $NETWORK start
    has_address team0 10.6.0.2/24
    web01 teamdctl team0 config dump | jq -e '.runner.name == "activebackup" and .ports.eth1.prio == 100 and (.ports | has("eth2"))'
    web01 $NETWORK stop
    web01 test ! -e /sys/class/net/team0
}
