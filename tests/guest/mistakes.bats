#!/usr/bin/env bats
# What goes wrong in real files, and what is then read at 3 a.m.: each message says what it is about, where it stands and what to
# do, comes once, and right after the line of its interface; and whoever is not concerned comes up.

bats_require_minimum_version 1.5.0
load fresh.bash

bond1() { # "OPTIONS" LINE...: bond1 with these BONDING_OPTS, on line 4
    ifcfg bond1 IPADDR=172.16.11.2 PREFIX=24 "BONDING_OPTS=\"$1\"" "${@:2}"
}
# start_says STATUS < lines: what `network start` prints on both streams, without its three first good lines.
start_says() {
    run web01 $NETWORK start
    echo "$output"
    [ "$status" -eq "$1" ]
    [ "${lines[0]}" = $'Setting network parameters:  [  OK  ]\r' ]
    [ "${lines[1]}" = $'Bringing up loopback interface:  [  OK  ]\r' ]
    diff <(cat) <(printf '%s\n' "${lines[@]:2}" | grep -vxF $'Bringing up interface bond0:  [  OK  ]\r' | tr -d '\r')
    has_address bond0 10.0.11.2/24 || [ -n "${BOND0_FAILS:-}" ]
}

@test "the name of an option is wrong" {
    bond1 "mode=1 primray=eth2 miimon=100"
    start_says 0 <<-'END'
		Bringing up interface bond1:  [WARNING]
		ifcfg-bond1:4: bond1: the kernel refused primray=eth2: this kernel has no such bonding option, did you mean primary?
	END
    run web01 ifup bond1
    echo "$output"
    [ "${lines[0]}" = "ifcfg-bond1:4: bond1: primray: this kernel does not know the option, expected eth2; did you mean primary?" ]
    [ "${#lines[@]}" -eq 1 ]
}

@test "the name of a bridging option is wrong, of the bridge's or of its port's" {
    bond1 "mode=1 miimon=100"
    lab_file ifcfg-eth2 </dev/null
    ifcfg br0 TYPE=Bridge 'BRIDGING_OPTS="hello_time=200 nonsense=3"'
    ifcfg eth3 BRIDGE=br0 'BRIDGING_OPTS="nons=3"'
    web01 bash -c 'rm /etc/sysconfig/network-scripts/ifcfg-{eth2,bond1}'
    for line in "the kernel refused nonsense=3: this kernel has no such bridging option" "nonsense: this kernel does not know the option, expected 3"; do
        run web01 $NETWORK start
        [ "$status" -eq 0 ]
        grep -F ifcfg- <<<"$output" | tr -d '\r' | diff - <(printf '%s\n' "ifcfg-eth3:3: eth3: nons of eth3: this kernel does not know the option, expected 3" "ifcfg-br0:3: br0: $line")
    done
}

@test "the gateway of a route is in none of its interface's networks: said once, as check says it" {
    bond1 "mode=1 miimon=100"
    lab_file route-bond1 <<<"10.60.0.0/16 via 10.99.0.1"
    start_says 0 <<-'END'
		Bringing up interface bond1:  [WARNING]
		route-bond1:1: bond1: the gateway 10.99.0.1 of the route to 10.60.0.0/16 is in no network of bond1: correct one of the two, or add "onlink"
	END
}

@test "the value of an option is out of range" {
    bond1 "mode=1 miimon=100 num_grat_arp=300"
    start_says 0 <<-'END'
		Bringing up interface bond1:  [WARNING]
		ifcfg-bond1:4: bond1: num_grat_arp=300 is not possible: use 0 to 255, off or maxval
	END
}

@test "an option belongs to another mode" {
    bond1 "mode=1 miimon=100 lacp_rate=1"
    start_says 0 <<-'END'
		Bringing up interface bond1:  [WARNING]
		ifcfg-bond1:4: bond1: lacp_rate=fast is ignored: it exists only in mode 802.3ad, not in active-backup
	END
}

@test "the mode is none" {
    bond1 "mode=7 miimon=100"
    start_says 1 <<-'END'
		Bringing up interface bond1:  [FAILED]
		ifcfg-bond1:4: bond1: mode=7 is not possible: use balance-rr (0), active-backup (1), balance-xor (2), broadcast (3), 802.3ad (4), balance-tlb (5) or balance-alb (6)
	END
}

@test "no cable is in: said once, however many addresses there are" {
    bond1 "mode=1 miimon=100" IPADDR1=172.16.11.21 PREFIX1=24 IPADDR2=172.16.11.22 PREFIX2=24
    ip -n swA link set web01.eth2 down
    ip -n swB link set web01.eth3 down
    start_says 0 <<-'END'
		Bringing up interface bond1:  [WARNING]
		ifcfg-bond1:1: bond1: no carrier after 3 s; is the cable connected?
		ifcfg-bond1:2: bond1: duplicate check skipped: no carrier
	END
    ip -n swA link set web01.eth2 up
    ip -n swB link set web01.eth3 up
}

@test "a file is half written" {
    web01 bash -c 'printf "DEVICE=bond1\nIPADDR=172.16.11.2\nPREFIX=24\nBONDING_OPTS=\"mode=1 miimon=100 pri" >/etc/sysconfig/network-scripts/ifcfg-bond1'
    start_says 0 <<-'END'
		Bringing up interface bond1:  [WARNING]
		ifcfg-bond1:4: bond1: this quote is never closed, so it ends with its line; add the closing "
		ifcfg-bond1:4: bond1: 'pri' is not OPTION=VALUE: ignored
	END
}

@test "the address is wrong" {
    ifcfg bond1 IPADDR=172.16.11.256 PREFIX=24
    start_says 1 <<-'END'
		Bringing up interface bond1:  [FAILED]
		ifcfg-bond1:2: bond1: IPADDR: '172.16.11.256' is not an IPv4 address: write four numbers from 0 to 255
	END
}

@test "the netmask is wrong" {
    ifcfg bond1 IPADDR=172.16.11.2 NETMASK=255.0.255.0
    start_says 1 <<-'END'
		Bringing up interface bond1:  [FAILED]
		ifcfg-bond1:3: bond1: NETMASK: '255.0.255.0' is not a netmask: use one like 255.255.255.0, or PREFIX=24
	END
    ifcfg bond1 IPADDR=172.16.11.2 PREFIX=33 GATEWAY=172.16.11.1
    start_says 1 <<-'END'
		Bringing up interface bond1:  [FAILED]
		ifcfg-bond1:3: bond1: PREFIX: '33' is not a number from 0 to 32; bond1 is left as it is until the file is corrected
	END
}

@test "GATEWAY is outside the network" {
    bond1 "mode=1 miimon=100" GATEWAY=192.0.2.1
    start_says 0 <<-'END'
		Bringing up interface bond1:  [WARNING]
		ifcfg-bond1:5: bond1: GATEWAY=192.0.2.1 is not in the network of the first address, 172.16.11.2/24; there will be no default route by it: correct it, or write "default via 192.0.2.1 onlink" into route-bond1
	END
    has_address bond1 172.16.11.2/24
}

@test "MASTER names what is no bond" {
    ip -n web01 link add dummy0 type dummy
    bond1 "mode=1 miimon=100"
    ifcfg dummy0 IPADDR=10.8.0.1 PREFIX=24
    ifcfg eth2 MASTER=dummy0 SLAVE=yes
    start_says 1 <<-'END'
		Bringing up interface bond1:  [  OK  ]
		Bringing up interface dummy0:  [FAILED]
		ifcfg-dummy0:1: dummy0: there is a device dummy0 already, but it is not a bond (dummy); remove it, or rename the one in the file
	END
    [ "$(ports bond1)" = eth3 ]
    ip -n web01 link del dummy0
}

@test "MASTER names a bond that no file configures" {
    bond1 "mode=1 miimon=100"
    ifcfg eth2 MASTER=bond7 SLAVE=yes
    start_says 1 <<-'END'
		Bringing up interface bond1:  [  OK  ]
		Bringing up interface eth2:  [FAILED]
		ifcfg-eth2:2: eth2: MASTER=bond7: there is no configuration of bond7; write ifcfg-bond7, or correct the name
	END
}

@test "interfaces need each other in a loop: they fail, nobody else does, and stop still works" {
    web01 $NETWORK start
    ifcfg bond1 MASTER=bond2 SLAVE=yes 'BONDING_OPTS="mode=1 miimon=100"'
    ifcfg bond2 MASTER=bond1 SLAVE=yes 'BONDING_OPTS="mode=1 miimon=100"'
    start_says 1 <<-'END'
		Bringing up interface bond1:  [FAILED]
		ifcfg-bond1:2: bond1: a loop of interfaces that need each other: bond1 (ifcfg-bond1:2) needs bond2, bond2 (ifcfg-bond2:2) needs bond1; correct one of these lines
		Bringing up interface bond2:  [FAILED]
		ifcfg-bond2:2: bond2: a loop of interfaces that need each other: bond1 (ifcfg-bond1:2) needs bond2, bond2 (ifcfg-bond2:2) needs bond1; correct one of these lines
	END
    web01 netsvc check | grep -q ':2:.*error: a loop of interfaces'
    run web01 $NETWORK stop
    [ "$status" -eq 0 ]
    run ! web01 test -e /sys/class/net/bond0
    run ! web01 test -e /sys/class/net/bond1
}

@test "two files are for one device: the error names both, at start, at ifup of either" {
    web01 bash -c 'cd /etc/sysconfig/network-scripts && cp ifcfg-bond1 ifcfg-trunk'
    told="bond1 is configured in /etc/sysconfig/network-scripts/ifcfg-bond1 already; this file is ignored: remove one of the two, or give it a DEVICE of its own"
    start_says 1 <<-END
		Bringing up interface bond1:  [  OK  ]
		Bringing up interface trunk:  [FAILED]
		ifcfg-trunk:2: bond1: $told
	END
    run web01 ifup trunk
    [ "$status" -eq 1 ]
    [ "$output" = "ifcfg-trunk:2: bond1: $told" ]
    run web01 ifup bond1
    [ "$status" -eq 0 ]
    [ "$output" = "ifcfg-trunk:2: bond1: $told" ]
}

@test "a NIC has another name now" {
    ip -n web01 link set eth2 name enp3s0
    web01 bash -c 'cd /etc/sysconfig/network-scripts && echo HWADDR=02:00:0a:00:00:02 >>ifcfg-eth2; : >/etc/modules.conf'
    start_says 0 <<-'END'
		Bringing up interface bond1:  [WARNING]
		ifcfg-eth2:2: eth2: Device eth2 does not seem to be present; the NIC with HWADDR 02:00:0a:00:00:02 is enp3s0: rename it (`ip link set enp3s0 down name eth2`), or correct DEVICE
	END
    web01 ip link set enp3s0 down name eth2 # as it says
    start_ends_well restart
    [ "$(ports bond1)" = "eth3 eth2" ]
    bond_option_is bond1 primary eth2
}

@test "a port is a port of a bond that no file is about: it is taken; an address on another device is nobody's mistake" {
    ip -n web01 -batch - <<-'END'
		link add foreign type bond
		link set eth2 down
		link set eth2 master foreign
		link add dummy0 type dummy
		link set dummy0 up
		addr add 172.16.11.2/24 dev dummy0
	END
    start_ends_well
    all_is_configured
    web01 ip -br -4 addr show dummy0 | grep -qF 172.16.11.2/24
    printf 'link del %s\n' foreign dummy0 | ip -n web01 -batch -
}

@test "a device without ARP: nothing to be checked, and no word about it at any start" {
    ip -n web01 link add dummy0 type dummy
    ifcfg dummy0 IPADDR=10.8.0.1 PREFIX=24
    start_says 0 <<-'END'
		Bringing up interface bond1:  [  OK  ]
		Bringing up interface dummy0:  [  OK  ]
	END
    has_address dummy0 10.8.0.1/24
    ip -n web01 link del dummy0
}

@test "miimon and arp_interval together, arp_interval without a target, updelay that is no multiple" {
    bond1 "mode=1 miimon=100 arp_interval=1000 arp_ip_target=172.16.11.1"
    run web01 ifup bond1
    [ "$status" -eq 0 ]
    [ "$output" = "ifcfg-bond1:4: bond1: miimon=100 is ignored: arp_interval switches it off, keep one of the two" ]
    bond1 "mode=1 arp_interval=1000"
    run web01 ifup bond1
    [ "$output" = "ifcfg-bond1:4: bond1: arp_interval without arp_ip_target probes nothing: add arp_ip_target=ADDRESS, or use miimon=100" ]
    bond1 "mode=1 miimon=100 updelay=250"
    run web01 ifup bond1
    [ "$output" = "ifcfg-bond1:4: bond1: updelay=250 becomes 200: it is rounded down to a multiple of miimon=100" ]
    [ "$(bond_option bond1 updelay)" = 200 ]
}

@test "no file is for a port: the bond says so" {
    web01 bash -c 'cd /etc/sysconfig/network-scripts && rm ifcfg-eth2 ifcfg-eth3'
    bond1 "mode=1 miimon=100" ARPCHECK=no
    run web01 ifup bond1
    echo "$output"
    [ "$status" -eq 0 ]
    [ "$output" = "ifcfg-bond1:1: bond1: no file has MASTER=bond1 and SLAVE=yes: the bond has no ports and carries no traffic" ]
}
