#!/usr/bin/env bats
# Addresses by DHCP, with the real clients and a real server (dnsmasq) behind the cable.

bats_require_minimum_version 1.5.0
load helpers.bash
load dhcp.bash

gets_and_keeps() { # CLIENT
    server_start
    ifcfg eth0 BOOTPROTO=dhcp DHCP_CLIENT="$1" NOZEROCONF=yes
    web01 ifup eth0
    address=$(leased eth0)
    [[ $address == 10.9.0.* ]]
    web01 ip route show default | grep -q 'via 10.9.0.1 dev eth0'
    pid=$(client_pid eth0)
    kill -0 "$pid"
    plan_is_empty up eth0
    web01 ifup eth0 # a second one has nothing to do
    [ "$(client_pid eth0)" = "$pid" ] && [ "$(leased eth0)" = "$address" ]
    web01 ifdown eth0
    run ! kill -0 "$pid"
    run ! leased eth0
    [ -z "$(web01 ip -4 addr show dev eth0)" ]
    web01 ls /run/netsvc/dhcp
    [ ! -e "/run/netsvc/dhcp/eth0-4" ]
}

@test "dhcpcd gets an address and a route, goes on, and is gone with both after ifdown" {
    gets_and_keeps dhcpcd
}
@test "dhclient does the same" {
    gets_and_keeps dhclient
}
@test "udhcpc does the same" {
    gets_and_keeps udhcpc
}

# --- faults ---

@test "a silent server: the line is a warning within the budget, the rest comes up, and the client goes on" {
    ifcfg eth0 BOOTPROTO=dhcp DHCP_CLIENT=dhcpcd NOZEROCONF=yes
    ifcfg eth1 IPADDR=10.1.1.1 PREFIX=24 ARPCHECK=no NOZEROCONF=yes
    printf 'DHCP_TIMEOUT=2\n' | lab_file network
    run -0 --separate-stderr web01 netsvc start
    echo "$output" "$stderr"
    [[ $output == *$'Bringing up interface eth0:  \nDetermining IP information for eth0... failed.\n[WARNING]'* ]]
    [[ $output == *'Bringing up interface eth1:  [  OK  ]'* ]]
    [[ $stderr == *'ifcfg-eth0:2: eth0: no answer from a DHCP server within 2 s; dhcpcd goes on asking'* ]]
    server_start
    wait_until leased eth0
    # The client's script gives the names after the address.
    wait_until web01 grep -q '^nameserver 10.9.0.53' /etc/resolv.conf
    wait_until plan_is_empty start # the record comes after the file
}
@test "IPV4_FAILURE_FATAL: the interface has failed, and no client is left" {
    ifcfg eth0 BOOTPROTO=dhcp DHCP_CLIENT=dhcpcd IPV4_FAILURE_FATAL=yes DHCP_TIMEOUT=1
    run -1 web01 ifup eth0
    echo "$output"
    [[ $output == *'no answer from a DHCP server within 1 s'* ]]
    wait_until no_client
}
@test "a client that does not end is killed, and its helpers with it" {
    server_start
    ifcfg eth0 BOOTPROTO=dhcp DHCP_CLIENT=dhcpcd
    web01 ifup eth0
    kill -STOP "$(client_pid eth0)"
    run -0 web01 ifdown eth0
    wait_until no_client
}
@test "without a cable nothing is waited for beyond LINKDELAY, and the address comes with the cable" {
    server_start
    ip -n sink link set web01.eth0 down
    ifcfg eth0 BOOTPROTO=dhcp DHCP_CLIENT=dhcpcd LINKDELAY=1
    run -0 web01 ifup eth0
    echo "$output"
    [[ $output == *'check the cable; dhcpcd goes on'* ]]
    ip -n sink link set web01.eth0 up
    wait_until leased eth0
}
@test "no client is installed: one line says so, and the rest comes up" {
    ifcfg eth0 BOOTPROTO=dhcp
    ifcfg eth1 IPADDR=10.1.1.1 PREFIX=24 ARPCHECK=no
    web01 bash -c 'for program in dhcpcd dhclient udhcpc; do mv /usr/sbin/$program /usr/sbin/$program.away; done'
    run -1 web01 netsvc start
    web01 bash -c 'for program in dhcpcd dhclient udhcpc; do mv /usr/sbin/$program.away /usr/sbin/$program; done'
    echo "$output"
    [[ $output == *'no address: no DHCP client is installed; install dhcpcd, dhclient or udhcpc'* ]]
    has_address eth1 10.1.1.1/24
}
@test "stale process numbers and a dead client do no harm" {
    server_start
    ifcfg eth0 BOOTPROTO=dhcp DHCP_CLIENT=dhclient NOZEROCONF=yes
    echo $$ >/run/dhclient-eth0.pid # of somebody else by now
    web01 mkdir -p /run/netsvc/dhcp
    web01 bash -c 'printf "[client]\nname=dhclient\nsettings=x\npid=1\nstart=5\n" >/run/netsvc/dhcp/eth0-4'
    web01 ifup eth0
    leased eth0
    kill -0 $$
    kill -KILL "$(client_pid eth0)"
    wait_until gone "$(client_pid eth0)"
    run web01 netsvc plan up eth0
    [[ $output == *'get an address by DHCP (dhclient)'* ]]
    web01 ifup eth0
    kill -0 "$(client_pid eth0)"
    kill -KILL "$(client_pid eth0)"
    wait_until gone "$(client_pid eth0)"
    web01 ifdown eth0
    [ -z "$(web01 ip -4 addr show dev eth0)" ]
}
@test "what the old scripts have started is taken over with its lease" {
    server_start
    ifcfg eth0 BOOTPROTO=dhcp DHCP_CLIENT=dhclient NOZEROCONF=yes
    web01 ip link set eth0 up
    web01 dhclient -1 -q -lf /var/lib/dhcp/dhclient--eth0.lease -pf /run/dhclient-eth0.pid eth0 3>&-
    address=$(leased eth0) pid=$(</run/dhclient-eth0.pid)
    web01 ifup eth0
    [ "$(leased eth0)" = "$address" ] && [ "$(</run/dhclient-eth0.pid)" = "$pid" ]
    kill -0 "$pid"
    web01 ifdown eth0
    run ! kill -0 "$pid"
    run ! leased eth0
}

@test "import --take: what the old scripts have started is ours without a packet lost: client, lease, addresses, routes" {
    server_start
    ip -n sink addr replace 10.1.1.254/24 dev web01.eth1
    web01 sh -c 'mkdir -p /var/lib/dhclient; ip link set eth0 up; ip link set eth1 up; ip addr add 10.1.1.1/24 brd + dev eth1
        ip route add 10.2.0.0/16 via 10.1.1.254 dev eth1; ip route add 169.254.0.0/16 dev eth1 metric $((1000 + $(cat /sys/class/net/eth1/ifindex))) scope link'
    web01 dhclient -1 -q -lf /var/lib/dhclient/dhclient--eth0.lease -pf /run/dhclient-eth0.pid eth0 3>&-
    address=$(leased eth0) pid=$(</run/dhclient-eth0.pid)
    state() { web01 sh -c 'ip -4 -o addr; ip -4 route' | sed 's/ *valid_lft.*//' | sort; }
    before=$(state)
    web01 ping -q -i 0.01 -c 1000 10.1.1.254 >/run/ping1 3>&- &
    web01 ping -q -i 0.01 -c 1000 10.9.0.1 >/run/ping0 3>&- &
    run -0 web01 netsvc import --take eth0 eth1
    echo "$output"
    wait
    grep -H packets /run/ping[01]
    [ "$(grep -c '1000 packets transmitted, 1000 received' /run/ping[01] | grep -c :1)" -eq 2 ]
    web01 cat /etc/sysconfig/network-scripts/{ifcfg-eth0,ifcfg-eth1,route-eth1}
    diff <(echo "$before") <(state)
    [ "$(</run/dhclient-eth0.pid)" = "$pid" ]
    kill -0 "$pid"
    plan_is_empty up eth0
    plan_is_empty up eth1
    web01 netsvc stop
    run ! kill -0 "$pid"
    web01 netsvc start
    diff <(echo "$before") <(state | sed "s/$(leased eth0)/$address/")
    web01 netsvc stop
}

# --- what is taken of the answer, and changes ---

only_address() { # CLIENT
    local before
    server_start --dhcp-option=121,192.0.2.0/24,10.9.0.2
    before=$(cat /etc/resolv.conf 2>/dev/null || :)
    ifcfg eth0 BOOTPROTO=dhcp DHCP_CLIENT="$1" PEERDNS=no PEERROUTES=no DEFROUTE=no NOZEROCONF=yes
    web01 ifup eth0
    leased eth0
    web01 ip route show
    [ -z "$(web01 ip route show default)" ]
    [ -z "$(web01 ip route show 192.0.2.0/24)" ]
    [ "$(cat /etc/resolv.conf 2>/dev/null || :)" = "$before" ]
}
@test "dhcpcd takes nothing but the address where the file says so" {
    only_address dhcpcd
}
@test "dhclient takes nothing but the address where the file says so" {
    only_address dhclient
}
@test "udhcpc takes nothing but the address where the file says so" {
    only_address udhcpc
}
@test "from static to DHCP and back: an address is there all the time" {
    server_start
    ifcfg eth0 IPADDR=10.9.0.9 PREFIX=24 ARPCHECK=no NOZEROCONF=yes
    web01 ifup eth0
    ifcfg eth0 BOOTPROTO=dhcp DHCP_CLIENT=dhcpcd NOZEROCONF=yes
    web01 ifup eth0
    leased eth0
    run ! has_address eth0 10.9.0.9/24
    plan_is_empty up eth0
    ifcfg eth0 IPADDR="$(leased eth0)" PREFIX=24 ARPCHECK=no NOZEROCONF=yes # the one it has
    address=$(leased eth0)
    web01 ifup eth0
    has_address eth0 "$address/24"
    run ! leased eth0
    wait_until no_client
    plan_is_empty up eth0
}
@test "on a bond and on a VLAN; deleted and made again they ask again" {
    server_start
    modprobe bonding max_bonds=0
    printf '%s\n' DEVICE=bond0 BOOTPROTO=dhcp DHCP_CLIENT=dhcpcd NOZEROCONF=yes 'BONDING_OPTS="mode=active-backup miimon=100"' | lab_file ifcfg-bond0
    port_files bond0 eth0
    web01 ifup bond0
    [[ $(leased bond0) == 10.9.0.* ]]
    plan_is_empty up bond0
    web01 ifdown bond0
    wait_until no_client
    web01 ifup bond0
    [[ $(leased bond0) == 10.9.0.* ]]
    web01 ifdown bond0
    printf '%s\n' DEVICE=br0 TYPE=Bridge BOOTPROTO=dhcp DHCP_CLIENT=dhclient NOZEROCONF=yes DELAY=0 | lab_file ifcfg-br0
    printf '%s\n' DEVICE=eth0 BRIDGE=br0 | lab_file ifcfg-eth0
    web01 netsvc start
    [[ $(leased br0) == 10.9.0.* ]]
}

# --- names ---

renew() { # CLIENT: it asks the server now
    if [ "$1" = udhcpc ]; then kill -USR1 "$(client_pid eth0)"; else web01 dhcpcd -4 -n eth0; fi
}
# What a server and two files say is one text, given back in any order; a renewal that says something else comes in by itself.
names_of_lease() { # CLIENT
    web01 bash -c 'rm -f /etc/resolv.conf.save; printf "# kept by hand\nnameserver 192.0.2.53\n" >/etc/resolv.conf'
    server_start --dhcp-option=option:domain-search,lease.example
    ifcfg eth0 BOOTPROTO=dhcp DHCP_CLIENT="$1" NOZEROCONF=yes DOMAIN=own.example
    ifcfg eth1 IPADDR=10.1.1.1 PREFIX=24 ARPCHECK=no NOZEROCONF=yes DNS1=10.1.1.53
    web01 ifup eth1
    web01 ifup eth0
    conf_is '# kept by hand' 'search own.example lease.example' 'nameserver 10.9.0.53' 'nameserver 10.1.1.53'
    plan_is_empty up eth0
    if [ "$1" != dhclient ]; then # nobody can make it ask before its time
        server_stop
        server_start --dhcp-option=option:dns-server,10.9.0.54
        renew "$1"
        wait_until conf_is '# kept by hand' 'search own.example' 'nameserver 10.9.0.54' 'nameserver 10.1.1.53'
        wait_until plan_is_empty up eth0
    fi
    web01 ifdown eth1
    run ! web01 grep 10.1.1.53 /etc/resolv.conf
    web01 grep 'nameserver 10.9.0.5' /etc/resolv.conf
    web01 ifdown eth0
    conf_is '# kept by hand' 'nameserver 192.0.2.53'
    run ! web01 test -e /etc/resolv.conf.save
}
@test "name servers of a lease by dhcpcd join those of files, follow a renewal, and go" {
    names_of_lease dhcpcd
}
@test "those of dhclient do" {
    names_of_lease dhclient
}
@test "those of udhcpc do" {
    names_of_lease udhcpc
}
@test "a server that comes late brings its names, DNS1 of the file goes before them, and rubbish from the wire is left out" {
    web01 sh -c 'rm -f /etc/resolv.conf.save; : >/etc/resolv.conf'
    ifcfg eth0 BOOTPROTO=dhcp DHCP_CLIENT=udhcpc NOZEROCONF=yes DHCP_TIMEOUT=1
    run web01 ifup eth0
    server_start --dhcp-option=option:domain-search,lease.example,-x
    wait_until conf_is 'search lease.example' 'nameserver 10.9.0.53'
    wait_until plan_is_empty up eth0
    ifcfg eth0 BOOTPROTO=dhcp DHCP_CLIENT=udhcpc NOZEROCONF=yes DHCP_TIMEOUT=1 DNS1=10.9.0.99
    web01 ifup eth0
    conf_is 'search lease.example' 'nameserver 10.9.0.99'
    web01 ifdown eth0
    run web01 cat /etc/resolv.conf
    [ -z "$output" ]
}

# --- IPv6 ---

gets_6() { # CLIENT
    ip -n sink addr replace fd00:9::1/64 dev web01.eth0 nodad
    server_start --dhcp-range=fd00:9::50,fd00:9::60,64,1h
    ifcfg eth0 DHCPV6C=yes DHCP_CLIENT="$1" IPV6_AUTOCONF=no NOZEROCONF=yes
    web01 ifup eth0
    [[ $(leased6 eth0) == fd00:9::* ]]
    plan_is_empty up eth0
    web01 ifdown eth0
    run ! leased6 eth0
    [ ! -e /run/netsvc/dhcp/eth0-6 ]
}
@test "dhclient gets an IPv6 address from a server, and takes it away again" {
    gets_6 dhclient
}
@test "dhcpcd does so too" {
    gets_6 dhcpcd
}
