#!/usr/bin/env bats
# Leases on what stands on NICs, odd leases, and servers that change their minds: with the real clients and dnsmasq.

bats_require_minimum_version 1.5.0
load helpers.bash
load dhcp.bash

each_client() { # COMMAND...: once with each client as its last word, from the same beginning
    local client
    for client in dhcpcd dhclient udhcpc; do
        echo "--- $client"
        server_stop
        setup
        "$@" $client
    done
}
dhcp_file() { # CLIENT DEVICE LINE...
    ifcfg "$2" BOOTPROTO=dhcp DHCP_CLIENT="$1" NOZEROCONF=yes "${@:3}"
}

# --- on each kind of link, IPv4 and IPv6, all in one start ---

# The switch bonds its two ends by LACP, and has the VLANs 5 and 7 there, and a server on each.
servers_on_bond() {
    local vlan
    lab_peer_bond 10.9.0.1/24 eth0 eth1
    for vlan in 5 7; do
        ip -n swC link add link peer name peer.$vlan type vlan id $vlan
        ip -n swC addr add 10.$vlan.0.1/24 dev peer.$vlan
        ip -n swC addr add fd00:$vlan::1/64 dev peer.$vlan nodad
        ip -n swC link set peer.$vlan up
    done
    ip -n swC addr add fd00:9::1/64 dev peer nodad
    dnsmasq_start swC --interface=peer --interface=peer.5 --interface=peer.7 \
        --dhcp-range=10.9.0.50,10.9.0.60,255.255.255.0,1h --dhcp-range=fd00:9::50,fd00:9::60,64,1h \
        --dhcp-range=10.5.0.50,10.5.0.60,255.255.255.0,1h --dhcp-range=fd00:5::50,fd00:5::60,64,1h \
        --dhcp-range=10.7.0.50,10.7.0.60,255.255.255.0,1h --dhcp-range=fd00:7::50,fd00:7::60,64,1h
}
on_every_link() { # CLIENT
    local device v6=(DHCPV6C=yes IPV6_AUTOCONF=no)
    servers_on_bond
    dhcp_file "$1" bond0 "${v6[@]}" 'BONDING_OPTS="mode=802.3ad miimon=100 lacp_rate=fast"'
    port_files bond0 eth0 eth1
    dhcp_file "$1" bond0.5 VLAN=yes DEFROUTE=no "${v6[@]}"
    dhcp_file "$1" br7 TYPE=Bridge DELAY=0 DEFROUTE=no "${v6[@]}"
    ifcfg bond0.7 VLAN=yes BRIDGE=br7
    run -0 web01 netsvc start
    echo "$output"
    for device in bond0:9 bond0.5:5 br7:7; do
        [[ $(leased "${device%:*}") == 10.${device#*:}.0.* ]]
        [[ $(leased6 "${device%:*}") == fd00:${device#*:}::* ]]
    done
    web01 ip route show default | grep -q 'via 10.9.0.1 dev bond0'
    [ "$(web01 ip route show default | wc -l)" = 1 ]
    plan_is_empty start
    web01 netsvc stop
    left=$(web01 ls /run/netsvc/dhcp)
    echo "left: $left"
    [ -z "$left" ]
    wait_until no_client 'dhcpcd|dhclient|udhcpc'
}
@test "dhcpcd on an LACP bond, on its VLAN and on a bridge, IPv4 and IPv6, all in one start" {
    on_every_link dhcpcd
}
@test "dhclient does the same" {
    on_every_link dhclient
}
@test "udhcpc does the same, with another client for IPv6" {
    on_every_link udhcpc
}

# --- from a fixed address ---

fixed_file() {
    ifcfg eth0 IPADDR=10.9.0.2 PREFIX=24 GATEWAY=10.9.0.1 DNS1=10.9.0.99 IPV6ADDR=fd00:9::2/64 IPV6_AUTOCONF=no ARPCHECK=no NOZEROCONF=yes
}
default_is() { # by the server's router, and only one
    [ "$(web01 ip route show default | grep -c 'via 10.9.0.1 dev eth0')" = 1 ]
    [ "$(web01 ip route show default | wc -l)" = 1 ]
}
lacks() { # NIC ADDRESS
    ! web01 ip -br addr show dev "$1" | tr ' ' '\n' | grep -qxF "$2"
}
fixed_first() { # CLIENT
    local client6=(DHCPV6C=yes)
    [ "$1" != udhcpc ] || client6=()
    ip -n sink addr replace fd00:9::1/64 dev web01.eth0 nodad
    fixed_file
    web01 ifup eth0
    dhcp_file "$1" eth0 DHCP_TIMEOUT=1 IPV6_AUTOCONF=no "${client6[@]}"
    run web01 ifup eth0
    echo "$output"
    [[ $output == *'no answer from a DHCP server within 1 s'*'10.9.0.2/24 and '*' more stay until there is a lease'* ]]
    has_address eth0 10.9.0.2/24 && default_is
    conf_is 'nameserver 10.9.0.99'
    server_start
    wait_until leased eth0
    wait_until lacks eth0 10.9.0.2/24
    wait_until conf_is 'nameserver 10.9.0.53'
    default_is
    [ "$1" = udhcpc ] || run ! lacks eth0 fd00:9::2/64 # of IPv6 there is no lease yet
    if [ "$1" = dhcpcd ]; then
        server_stop
        server_start --dhcp-range=fd00:9::50,fd00:9::60,64,1h
        wait_until leased6 eth0
        wait_until lacks eth0 fd00:9::2/64
        wait_until plan_is_empty up eth0
    fi
    web01 ifdown eth0
}
same_address() { # CLIENT
    server_start --dhcp-host=02:00:0b:00:00:00,10.9.0.2
    fixed_file
    web01 ifup eth0
    dhcp_file "$1" eth0
    run -0 web01 ifup eth0
    echo "$output"
    [ "$(leased eth0)" = 10.9.0.2 ]
    default_is
    plan_is_empty up eth0
    fixed_file # and back
    web01 ifup eth0
    run ! leased eth0
    has_address eth0 10.9.0.2/24 && default_is
    plan_is_empty up eth0
    web01 ifdown eth0
}
@test "from a fixed address to DHCP: it stays until there is a lease, however late, and goes then; the default route is there all the time" {
    each_client fixed_first
}
@test "a lease of the address that was a fixed one takes it over" {
    each_client same_address
}

# --- odd leases ---

infinite() { # CLIENT
    LEASE_TIME=infinite server_start
    dhcp_file "$1" eth0
    web01 ifup eth0
    web01 ip -4 addr show dev eth0
    web01 ip -4 addr show dev eth0 | grep -q 'inet 10\.9\.0\.'
    plan_is_empty up eth0
    web01 ifdown eth0
    [ -z "$(web01 ip -4 addr show dev eth0)" ]
}
@test "a lease for ever is a lease: kept, and taken away with ifdown" {
    each_client infinite
}

# What it had is refused: the server has another network now.
refused() { # CLIENT
    server_start
    dhcp_file "$1" eth0
    web01 ifup eth0
    leased eth0
    web01 ifdown eth0
    server_stop
    ip -n sink addr replace 10.8.0.1/24 dev web01.eth0
    ip -n sink addr del 10.9.0.1/24 dev web01.eth0
    dnsmasq_start sink --interface=web01.eth0 --dhcp-range=10.8.0.50,10.8.0.60,255.255.255.0,1h
    web01 ifup eth0
    [[ $(leased eth0) == 10.8.0.* ]]
    web01 ip route show default | grep -q 'via 10.8.0.1 dev eth0'
    plan_is_empty up eth0
}
@test "a server that refuses (NAK) the lease of before gives another one, and nothing of the old one is left" {
    each_client refused
}

rubbish() { # CLIENT
    web01 sh -c 'rm -f /etc/resolv.conf.save; : >/etc/resolv.conf'
    server_start --dhcp-option=option:domain-name,'$(touch /run/taken)' --dhcp-option=option:dns-server,0.0.0.0,10.9.0.53 \
        --dhcp-option=option:router,0.0.0.0 --dhcp-option=option:domain-search,-x,lease.example \
        --dhcp-option=option:mtu,1 --dhcp-option=option:ntp-server,255.255.255.255 --dhcp-option=121,192.0.2.0/24,192.0.2.1
    dhcp_file "$1" eth0
    web01 ifup eth0
    [[ $(leased eth0) == 10.9.0.* ]]
    web01 cat /etc/resolv.conf
    web01 grep -qx 'nameserver 10.9.0.53' /etc/resolv.conf
    run ! web01 grep -E '\$|-x' /etc/resolv.conf
    run ! web01 test -e /run/taken
    [ "$(web01 cat /sys/class/net/eth0/mtu)" -ge 576 ]
    plan_is_empty up eth0
}
@test "a lease with rubbish is used as far as it goes, and nothing of it is executed" {
    each_client rubbish
}

# --- two that offer the same ---

two_routes() { # CLIENT
    ip -n sink addr add 10.4.0.1/24 dev web01.eth1
    server_start --interface=web01.eth1 --dhcp-range=10.4.0.50,10.4.0.60,255.255.255.0,1h --dhcp-option=tag:web01.eth1,option:router,10.4.0.1
    dhcp_file "$1" eth0
    dhcp_file "$1" eth1
    web01 ifup eth0
    run web01 ifup eth1
    echo "$output"
    web01 ip route
    [[ $output == *'ifcfg-eth1:2: eth1: its server offers a default route by 10.4.0.1'*'that of eth0 (metric '*') counts'*'DEFROUTE=no'* ]]
    web01 ip route get 192.0.2.1 | grep -q 'dev eth0'
    plan_is_empty up eth0 && plan_is_empty up eth1
    dhcp_file "$1" eth1 DEFROUTE=no
    run -0 web01 ifup eth1
    [[ $output != *'default route'* ]]
    [ "$(web01 ip route show default | wc -l)" = 1 ]
}
@test "two servers that offer a default route: which one counts is told, with file and line" {
    each_client two_routes
}

# --- NICs that become ports ---

@test "a NIC with a lease becomes a port, and a NIC again: the client goes, and comes back" {
    server_start
    dhcp_file dhclient eth0
    web01 ifup eth0
    pid=$(client_pid eth0)
    dhcp_file dhclient br0 TYPE=Bridge DELAY=0
    ifcfg eth0 BRIDGE=br0 BOOTPROTO=dhcp
    web01 netsvc restart
    run ! kill -0 "$pid"
    run ! leased eth0
    [[ $(leased br0) == 10.9.0.* ]]
    run ! web01_has /run/netsvc/dhcp/eth0-4
    plan_is_empty restart
    dhcp_file dhclient eth0
    web01 rm /etc/sysconfig/network-scripts/ifcfg-br0
    web01 netsvc restart
    [[ $(leased eth0) == 10.9.0.* ]]
    run ! web01 ip link show br0
    plan_is_empty restart
}

# --- time ---

up_ms() { # how long ifup takes
    local begun
    begun=$(date +%s%N)
    web01 ifup eth0 >/dev/null || return 1
    echo $((($(date +%s%N) - begun) / 1000000))
}
quick() { # CLIENT
    local fixed leased
    ifcfg eth0 IPADDR=10.9.0.9 PREFIX=24 ARPCHECK=no NOZEROCONF=yes
    fixed=$(up_ms)
    web01 ifdown eth0
    server_start
    dhcp_file "$1" eth0
    leased=$(up_ms)
    echo "# $1: up in $leased ms, with a fixed address in $fixed ms" >&3
    [ $((leased - fixed)) -lt 2000 ]
}
@test "with a server that answers, an interface is up within 2 s" {
    each_client quick
}

# --- what cannot be written ---

@test "a resolv.conf that cannot be changed, read-only or immutable: one line says so, the address is there, and it is made good later" {
    local conf=/etc/resolv.conf way
    for way in "mount -o remount,bind,ro $conf" "chattr +i $conf"; do
        echo "--- $way"
        server_stop
        setup
        server_start
        dhcp_file udhcpc eth0
        web01 sh -c "umount $conf 2>/dev/null; rm -f $conf.save; echo 'nameserver 192.0.2.53' >$conf"
        web01 mount --bind $conf $conf
        web01 $way
        run -0 web01 ifup eth0
        echo "$output"
        [ "$(grep -c resolv.conf <<<"$output")" = 1 ]
        [[ $(leased eth0) == 10.9.0.* ]]
        conf_is 'nameserver 192.0.2.53'
        web01 chattr -i $conf || :
        web01 mount -o remount,bind,rw $conf
        web01 ifup eth0
        conf_is 'nameserver 10.9.0.53'
        web01 ifdown eth0
        conf_is 'nameserver 192.0.2.53'
        web01 umount $conf
    done
}

@test "no room below /run: a line says so, no client is left without a note, and the rest comes up" {
    server_start
    dhcp_file udhcpc eth0
    ifcfg eth1 IPADDR=10.1.1.1 PREFIX=24 ARPCHECK=no NOZEROCONF=yes
    web01 mkdir -p /run/netsvc/dhcp
    web01 mount -t tmpfs -o nr_inodes=2,size=4k full /run/netsvc/dhcp
    web01 sh -c 'until ! echo >/run/netsvc/dhcp/full-$((n = ${n:-0} + 1)); do :; done' || :
    run web01 netsvc start
    echo "$output"
    web01 umount /run/netsvc/dhcp
    [[ $output == *'No space left on device'* ]]
    has_address eth1 10.1.1.1/24
    run ! pgrep -r D,I,R,S,T,t -x udhcpc
    web01 netsvc start
    [[ $(leased eth0) == 10.9.0.* ]]
}

# --- the host name ---

# In a host name of its own, which whoever is started there shares.
host_name() { # CLIENT
    server_start --dhcp-host=02:00:0b:00:00:00,fromserver
    dhcp_file "$1" eth0
    run -0 web01 unshare -u sh -c 'hostname localhost; ifup eth0 >/dev/null; hostname; hostname set; ifdown eth0 2>/dev/null; ifup eth0 >/dev/null; hostname'
    echo "$output"
    [[ ${lines[-2]} == fromserver* ]]
    [ "${lines[-1]}" = set ]
}
@test "a server gives a host name only where none is set" {
    each_client host_name
}
@test "at boot a reverse lookup of the address gives a host name where none is set, unless NO_DHCP_HOSTNAME" {
    local key
    echo '10.1.1.1 byaddress.example byaddress' | web01 tee -a /etc/hosts
    for key in no yes; do
        ifcfg eth1 IPADDR=10.1.1.1 PREFIX=24 ARPCHECK=no NOZEROCONF=yes NO_DHCP_HOSTNAME=$key
        run -0 web01 unshare -u sh -c 'hostname localhost; netsvc stop >/dev/null; netsvc start >/dev/null; hostname; netsvc plan start'
        echo "$output"
        if [ $key = no ]; then [ "${lines[0]}" = byaddress.example ]; else [ "${lines[0]}" = localhost ]; fi
        [[ $output != *hostname-lookup* ]]
    done
}
