#!/usr/bin/env bats
# Whatever a server is found in, it ends as its files say, or it is said why not; and what belongs to others stays as it is.

bats_require_minimum_version 1.5.0
load fresh.bash

slow_probe() { # BOND: its duplicate address check does not end before the test ends it
    printf '%s\n' ARPING_WAIT=3600 | web01 tee -a /etc/sysconfig/network-scripts/ifcfg-"$1" >/dev/null
}

stopped_again() { # or it has ended
    [ "$(grep -c 'stopped by SIGSTOP' "$BATS_TEST_TMPDIR/trace")" -gt "$stops" ] || ! kill -0 $BACKGROUND
}

# --- half-configured servers ---

@test "start is killed (-9) while bonds have their ports and no address yet: the next one goes on, and finds no lock" {
    slow_probe bond0
    slow_probe bond1
    background netsvc start
    wait_until bond_option_is bond1 slaves "eth2 eth3"
    kill -9 $BACKGROUND
    status=0; wait $BACKGROUND || status=$?
    [ "$status" -eq 137 ]
    run ! has_address bond1 172.16.11.2/24
    lab_config web01
    start_ends_well
    all_is_configured
    web01 $NETWORK stop
    run ! web01 test -e /sys/class/net/bond0
    run ! web01 test -e /sys/class/net/bond1
}

@test "options were changed by hand: restart sets them back, with no port leaving" {
    web01 $NETWORK start
    web01 bash -ec 'cd /sys/class/net/bond1/bonding
        echo 50 >miimon; echo 400 >downdelay; echo eth3 >primary; echo 7 >num_grat_arp; echo better >primary_reselect'
    start_ends_well restart
    options_hold bond1 "downdelay=0 num_grat_arp=1 primary_reselect=always"
    all_is_configured
    [ "$(web01 cat /sys/class/net/eth2/bonding_slave/link_failure_count)" = 0 ]
}

@test "a reload of nothing asks the kernel once for each thing, and tells it nothing" {
    web01 $NETWORK start
    web01 env ASAN_OPTIONS=detect_leaks=0 strace -f -qq -o "$BATS_TEST_TMPDIR/trace" -e trace=sendto,sendmsg netsvc reload
    cat "$BATS_TEST_TMPDIR/trace"
    # RTM_GETLINK 18, RTM_GETADDR 22, RTM_GETROUTE 26, RTM_GETNEIGH 30, RTM_GETRULE 34, RTM_GETNEXTHOP 106: as dumps, 0x300
    [ "$(grep -c nlmsg_len "$BATS_TEST_TMPDIR/trace")" -eq 6 ]
    for type in 12 16 1a 1e 22 6a; do
        [ "$(grep -cE "(nlmsg_)?type=0x$type .*NLM_F_REQUEST\|0x300" "$BATS_TEST_TMPDIR/trace")" -eq 1 ]
    done
}

@test "ports were lost, exchanged, and joined by a stranger: restart puts ours in their place, and names the stranger" {
    web01 $NETWORK start
    web01 ifenslave -d bond0 eth1
    web01 ifenslave -f bond0 eth3
    ip -n web01 -batch - <<-END
		link add stranger type dummy
		link set stranger master bond1
	END
    run web01 $NETWORK restart
    [ "$status" -eq 0 ]
    said "  OK  " bond1
    [[ $output == *"bond1: port stranger stays: somebody else added it, and no file names it"* ]]
    [ "$(ports bond1 | tr ' ' '\n' | sort | xargs)" = "eth2 eth3 stranger" ]
    ip -n web01 link del stranger
    all_is_configured
}

@test "bond0 is left over from loading the module, and bond1 has the wrong mode, ports, and an address: both are put right in place" {
    ip -n web01 -batch - <<-END
		link add bond0 type bond
		link add bond1 type bond mode balance-rr miimon 50
		link set eth3 master bond1
		link set bond1 up
		addr add 172.16.11.2/24 dev bond1
		addr add 172.16.11.60/32 dev bond1
	END
    before=$(web01 cat /sys/class/net/bond{0,1}/ifindex)
    start_ends_well
    all_is_configured
    [ "$(web01 cat /sys/class/net/bond{0,1}/ifindex)" = "$before" ]
    has_address bond1 172.16.11.60/32
}

# --- one run converges, also when it is surprised ---

@test "a driver with other defaults: a new bond is as its file says after one run" {
    modprobe -r bonding
    modprobe bonding max_bonds=0 resend_igmp=7 all_slaves_active=1
    start_ends_well
    options_hold bond1 "resend_igmp=1 all_slaves_active=0"
    all_is_configured
}

# The run is stopped whenever it sends something; at the first time that the address is there it is announced, and has not been read
# back yet.
@test "somebody takes an address away in the middle of a run: it is there when the run ends" {
    web01 bash -c 'echo ARPCHECK=no >>/etc/sysconfig/network-scripts/ifcfg-bond1'
    background strace -qq -o "$BATS_TEST_TMPDIR/trace" -e trace=sendto -e inject=sendto:signal=STOP:when=1+ netsvc up bond1
    stops=0 taken=
    while wait_until stopped_again; kill -0 $BACKGROUND 2>/dev/null; do
        stops=$((stops + 1))
        [ -n "$taken" ] || ! has_address bond1 172.16.11.2/24 || taken=$(web01 ip addr del 172.16.11.2/24 dev bond1 && echo yes)
        kill -CONT "$(web01 sed -nE 's/^pid ([0-9]+) .*/\1/p' /run/netsvc/lock)"
    done
    status=0; wait $BACKGROUND || status=$?
    cat "$BATS_TEST_TMPDIR/background"
    [ "$status" -eq 0 ]
    [ -n "$taken" ]
    [ ! -s "$BATS_TEST_TMPDIR/background" ]
    has_address bond1 172.16.11.2/24
    plan_is_empty up bond1
}

# What others have on bond1 and on a VLAN of theirs, as `ip` tells it; how long it lives and the kernel's own left out.
others_have() {
    web01 ip -o addr show scope global | sed -E 's/valid_lft ([0-9]+)sec/for a while/; s/ (nodad|tentative)//g; s/valid_lft.*//; s/^[0-9]+: *//'
    web01 ip route show table all | grep -vE 'table local|169\.254|^fe80'
}

@test "a bond goes down for its mode: addresses and routes of others come back as they were chosen" {
    web01 $NETWORK start
    web01 ip -batch - <<-END
		link add link bond1 name others type vlan id 9
		link set others up
		addr add 172.16.11.77/24 dev bond1 noprefixroute
		addr add 172.16.12.1/24 dev bond1 metric 50
		addr add 172.16.13.1 peer 172.16.13.9 dev bond1
		addr add 172.16.14.1/24 dev bond1 valid_lft 5000 preferred_lft 0
		addr add 2001:db8:1::1/64 dev bond1 noprefixroute nodad
		addr add 2001:db8:2::1/64 dev others metric 50 nodad
		addr add 2001:db8:3::1 peer 2001:db8:3::9 dev others nodad
		addr add 2001:db8:4::1/64 dev others home nodad preferred_lft 0
		addr add fe80::1/64 dev bond1 nodad
		route add 198.51.100.0/24 via inet6 fe80::9 dev bond1
	END
    others_have >"$BATS_TEST_TMPDIR/before"
    web01 sed -i 's/mode=[a-z0-9-]*/mode=balance-rr/; s/primary=[a-z0-9]* *//; s/updelay=[0-9]* *//' /etc/sysconfig/network-scripts/ifcfg-bond1
    run web01 $NETWORK restart
    said "  OK  " bond1
    options_hold bond1 mode=balance-rr
    others_have | diff "$BATS_TEST_TMPDIR/before" -
    web01 ip addr show dev bond1 | grep -q 'inet6 fe80::1/64'
    plan_is_empty restart
    ip -n web01 link del others
}

@test "a device that has a bond's name and is none is named, and left alone" {
    ip -n web01 link add bond0 type dummy
    run web01 $NETWORK start
    [ "$status" -eq 1 ]
    said FAILED bond0
    said "  OK  " bond1
    grep -qE '^ifcfg-bond0:[0-9]+: bond0: .*is not a bond \(dummy\)' <<<"$output"
    ip -n web01 link del bond0
}

# --- not disturbing ---

has_settled() { # updelay is over, whose end is an event too
    [ "$(web01 cat /sys/class/net/eth{1,3}/bonding_slave/mii_status | uniq)" = up ]
}
is_listening() { # the monitor tells of an event that is made for it
    printf 'link %s mark1 type dummy\n' add del | ip -n web01 -batch -
    grep -q mark1 "$BATS_TEST_TMPDIR/events"
}

@test "a second restart does nothing at all: no link, address, route or rule event" {
    web01 $NETWORK start
    all_is_configured
    wait_until has_settled
    nsenter --net=/run/netns/web01 ip monitor link address route rule >"$BATS_TEST_TMPDIR/events" 3>&- &
    monitor=$!
    wait_until is_listening
    start_ends_well restart
    ip -n web01 link add mark2 type dummy
    wait_until grep -q mark2 "$BATS_TEST_TMPDIR/events"
    kill $monitor
    run ! grep -v -e mark1 -e mark2 -e '^ ' "$BATS_TEST_TMPDIR/events"
    ip -n web01 link del mark2
}

@test "an address and a route of others survive restart, ifup and ifdown, which keeps the bond and says why" {
    web01 $NETWORK start
    ip -n web01 -batch - <<-END
		addr add 172.16.11.50/32 dev bond1
		route add 203.0.113.0/24 via 172.16.11.1
	END
    web01 $NETWORK restart
    web01 ifup bond1
    has_address bond1 172.16.11.50/32
    web01 ip route | grep -q '^203\.0\.113\.0/24 via 172\.16\.11\.1 dev bond1'
    run web01 ifdown bond1
    [ "$status" -eq 0 ]
    [[ $output == *"bond1"*"kept"*"172.16.11.50/32"*"ip link delete bond1"* ]]
    has_address bond1 172.16.11.50/32
    run ! has_address bond1 172.16.11.2/24
    [ -z "$(ports bond1)" ]
    ip -n web01 addr del 172.16.11.50/32 dev bond1
    web01 ifup bond1
    web01 ifdown bond1
    run ! web01 test -e /sys/class/net/bond1
}

@test "two ifup of one bond at once: both succeed, and the second says whom it waits for" {
    ifcfg eth4 MASTER=bond1 SLAVE=yes DEVTIMEOUT=3600
    background ifup bond1
    first=$BACKGROUND
    wait_until web01 grep -q "^pid $first " /run/netsvc/lock # it waits for eth4 then
    background_to second ifup bond1
    wait_until grep -q "waiting for pid $first " "$BATS_TEST_TMPDIR/second"
    lab_nic eth4 swA back
    wait $first
    wait $BACKGROUND
    [ "$(ports bond1)" = "eth2 eth3 eth4" ]
    has_address bond1 172.16.11.2/24
}

# --- files that changed ---

@test "the file has another address and a port less since: ifdown takes down what ifup had made" {
    web01 ifup bond1
    ifcfg bond1 IPADDR=172.16.11.77 PREFIX=24
    web01 rm /etc/sysconfig/network-scripts/ifcfg-eth3
    run web01 ifdown bond1
    [ "$status" -eq 0 ]
    run ! web01 test -e /sys/class/net/bond1
    [ -z "$(web01 ip -br link show up | grep -E '^eth[23]')" ]
}

@test "another address since: ifup exchanges it, and the others' stay" {
    web01 ifup bond1
    ip -n web01 addr add 172.16.11.50/32 dev bond1
    web01 sed -i s/172.16.11.2/172.16.11.77/ /etc/sysconfig/network-scripts/ifcfg-bond1
    web01 ifup bond1
    has_address bond1 172.16.11.77/24
    has_address bond1 172.16.11.50/32
    run ! has_address bond1 172.16.11.2/24
}

@test "the files are gone: restart takes the bond down with a line of its own, ifdown would as well" {
    web01 $NETWORK start
    web01 bash -c 'cd /etc/sysconfig/network-scripts && rm ifcfg-bond1 ifcfg-eth2 ifcfg-eth3'
    run web01 netsvc plan down bond1
    [ "$status" -eq 0 ]
    grep -q 'bond1: delete' <<<"$output"
    run web01 $NETWORK restart
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = $'Shutting down interface bond1:  [  OK  ]\r' ]
    run ! web01 test -e /sys/class/net/bond1
    has_address bond0 10.0.11.2/24
}

# --- what is missing or wrong ---

@test "one port missing: WARNING and the bond is up; all ports missing: FAILED; the rest comes up" {
    ifcfg bond2 IPADDR=10.9.9.2 PREFIX=24 'BONDING_OPTS="mode=1 miimon=100"'
    port_files bond2 eth8 eth9
    port_files bond1 eth2 eth7
    run web01 $NETWORK start
    [ "$status" -eq 1 ]
    said "  OK  " bond0
    said WARNING bond1
    said FAILED bond2
    grep -qE '^ifcfg-eth7:1: eth7: Device eth7 does not seem to be present' <<<"$output"
    grep -qE '^ifcfg-bond2:[0-9]+: bond2: ' <<<"$output"
    answers 172.16.11.2
}

@test "an address that another host has: its MAC is told, that interface fails, the others do not" {
    ip -n client addr add 10.0.11.2/32 dev front
    mac=$(ip -n client -o link show front | grep -oP 'link/ether \K[0-9a-f:]+')
    run web01 $NETWORK start
    [ "$status" -eq 1 ]
    said FAILED bond0
    said "  OK  " bond1
    grep -qE "^ifcfg-bond0:[0-9]+: bond0: 10\.0\.11\.2 is already used by $mac" <<<"$output"
    run ! has_address bond0 10.0.11.2/24
    has_address bond1 172.16.11.2/24
}

@test "without carrier nothing fails; LINKDELAY is the longest wait for one, and no wait where there is one" {
    web01 bash -ec 'cd /etc/sysconfig/network-scripts; echo LINKDELAY=3600 >>ifcfg-bond0; echo LINKDELAY=2 >>ifcfg-bond1'
    ip -n swA link set web01.eth2 down
    ip -n swB link set web01.eth3 down
    run web01 $NETWORK start
    ip -n swA link set web01.eth2 up
    ip -n swB link set web01.eth3 up
    [ "$status" -eq 0 ]
    said "  OK  " bond0
    said WARNING bond1
    [[ $output == *"bond1: no carrier after 2 s"* ]]
    has_address bond1 172.16.11.2/24
}

@test "MTU, MACADDR and HWADDR: set and compared with the permanent address; a NIC that is another one is left alone" {
    web01 bash -c 'rm /etc/sysconfig/network-scripts/ifcfg-*'
    ifcfg eth0 IPADDR=10.0.11.2 PREFIX=24 MTU=1400 MACADDR=02:00:00:00:00:aa
    ifcfg eth2 IPADDR=172.16.11.2 PREFIX=24 HWADDR=02:00:0a:00:00:77
    ifcfg eth3 IPADDR=172.16.11.3 PREFIX=24 MTU=99999
    run web01 $NETWORK start
    [ "$status" -eq 1 ]
    said "  OK  " eth0
    said FAILED eth2
    grep -qE '^ifcfg-eth2:4: eth2: .*02:00:0a:00:00:02.*02:00:0a:00:00:77' <<<"$output"
    grep -qE '^ifcfg-eth3:4(:[0-9]+)?: .*MTU' <<<"$output"
    web01 ip link show eth0 | grep -q 'mtu 1400'
    [ "$(web01 cat /sys/class/net/eth0/address)" = 02:00:00:00:00:aa ]
    [ -z "$(web01 ip -br -4 addr show eth2 | grep 172)" ]
    plan_is_empty up eth0
}

# The modules' folder is covered for netsvc, and the kernel's own way to load what it misses is shut.
@test "the kernel has no bonding driver: one clear line an interface, the rest comes up, and exit 1" {
    rmmod bonding
    ifcfg dummy0 IPADDR=10.8.0.1 PREFIX=24 ARPCHECK=no
    ip -n web01 link add dummy0 type dummy
    loader=$(</proc/sys/kernel/modprobe)
    echo /bin/false >/proc/sys/kernel/modprobe
    run web01 unshare --mount bash -c "mount -t tmpfs none '$(realpath /lib/modules)'; exec $NETWORK start"
    echo "$loader" >/proc/sys/kernel/modprobe
    ip -n web01 link del dummy0
    [ "$status" -eq 1 ]
    said FAILED bond0
    said FAILED bond1
    said "  OK  " dummy0
    [ "$(grep -cE "^ifcfg-bond([01]):[0-9]+: bond\\1: .*the kernel $(uname -r) has no (module bonding|bonding driver)" <<<"$output")" -eq 2 ]
    [ "${#lines[@]}" -eq 7 ]
}

# --- waiting and breaking off ---

@test "DEVTIMEOUT waits for a NIC that appears late, while the others come up" {
    ifcfg eth4 IPADDR=10.0.11.4 PREFIX=24 DEVTIMEOUT=3600
    background $NETWORK start
    wait_until has_address bond1 172.16.11.2/24
    lab_nic eth4 swA front
    wait $BACKGROUND
    has_address eth4 10.0.11.4/24
}

@test "DEVTIMEOUT goes on while another card has the name" {
    ifcfg eth4 IPADDR=10.0.11.4 PREFIX=24 DEVTIMEOUT=3600 ARPCHECK=no HWADDR=02:00:00:00:00:aa
    ifcfg eth5 IPADDR=10.0.11.5 PREFIX=24 DEVTIMEOUT=3600 ARPCHECK=no
    background $NETWORK start
    wait_until has_address bond1 172.16.11.2/24
    lab_nic eth4 swA front
    lab_nic eth5 swA front
    wait_until has_address eth5 10.0.11.5/24 # events come in order: eth4 was looked at before
    web01 ip link set eth4 name other
    ip -n web01 link add eth4 address 02:00:00:00:00:aa type dummy
    wait $BACKGROUND
    has_address eth4 10.0.11.4/24
    for nic in other eth4 eth5; do ip -n web01 link del $nic; done
}

@test "^C: start ends at once with exit 1 and names what is not done; what is done stays; nothing is locked" {
    ifcfg eth4 IPADDR=10.0.11.4 PREFIX=24 DEVTIMEOUT=3600
    background netsvc start
    wait_until has_address bond1 172.16.11.2/24
    kill -INT $BACKGROUND
    status=0; wait $BACKGROUND || status=$? # `run` would ask a shell whose child it is not
    [ "$status" -eq 1 ]
    grep -q 'interrupted; not finished: eth4' "$BATS_TEST_TMPDIR/background"
    web01 rm /etc/sysconfig/network-scripts/ifcfg-eth4
    start_ends_well
    all_is_configured
}

# --- addresses, routes and rules ---

@test "aliases and ranges have their labels; one with ONPARENT=no comes and goes by its own name" {
    lab_config aliases
    run web01 $NETWORK start
    [ "$status" -eq 0 ]
    web01 ip -o -4 addr show dev eth0 | grep -oE 'inet [0-9./]+|eth0(:[0-9]+)?\\' | tr -d '\\' | paste -d' ' - - |
        sed 's/^inet //' | sort -V >"$BATS_TEST_TMPDIR/have"
    {
        echo 192.0.2.10/24 eth0
        echo 192.0.2.20/24 eth0:1
        for i in 0 1 2 3 4 5 6 7 8 9; do echo "192.0.2.10$i/24 eth0:1$i"; done
    } | diff - "$BATS_TEST_TMPDIR/have"
    web01 ip route | grep -q '^default via 192\.0\.2\.1 dev eth0'
    web01 ifup eth0:2
    has_address eth0 192.0.2.21/24
    plan_is_empty restart
    web01 ifdown eth0:2
    run ! has_address eth0 192.0.2.21/24
    has_address eth0 192.0.2.20/24
}

@test "ifdown of a NIC with aliases, ranges and routes: all of it goes, the link too, and what others put there stays" {
    lab_config aliases
    web01 ifup eth0
    web01 ifup eth0:2
    ip -n web01 addr add 192.0.2.99/24 dev eth0
    run web01 ifdown eth0
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ "$(web01 ip -o -4 addr show dev eth0 | awk '{print $4}')" = 192.0.2.99/24 ]
    [ -z "$(web01 ip route)" ]
    [ -z "$(web01 ip -br link show up | grep '^eth0')" ]
    run web01 ifdown eth0
    [ "$status" -eq 0 ]
    ip -n web01 addr del 192.0.2.99/24 dev eth0
}

@test "routes and rules of the example are what ip shows; stop takes them all away" {
    lab_config ethernet-static
    run web01 $NETWORK start
    [ "$status" -eq 0 ]
    web01 ip route | sed 's/^\t//; s/ *$//' >"$BATS_TEST_TMPDIR/routes"
    cat "$BATS_TEST_TMPDIR/routes"
    diff - "$BATS_TEST_TMPDIR/routes" <<-END
		default via 192.0.2.1 dev eth0
		unreachable 10.0.0.0/8 metric 1000
		169.254.0.0/16 dev eth0 scope link metric $((1000 + $(web01 cat /sys/class/net/eth0/ifindex)))
		169.254.0.0/16 dev eth1 scope link metric $((1000 + $(web01 cat /sys/class/net/eth1/ifindex)))
		172.16.0.0/16 via 198.51.100.1 dev eth1
		172.20.0.0/14 via 198.51.100.1 dev eth1 metric 50 mtu 1400
		192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.10
		198.51.100.0/24 dev eth1 proto kernel scope link src 198.51.100.10
		203.0.113.0/25 via 192.0.2.1 dev eth0
		203.0.113.128/25
			nexthop via 192.0.2.1 dev eth0 weight 2
			nexthop via 192.0.2.2 dev eth0 weight 1
	END
    diff - <(web01 ip route show table 100 | sed 's/ *$//') <<-END
		default via 192.0.2.2 dev eth0
		192.0.2.0/24 dev eth0 scope link src 192.0.2.11
	END
    web01 ip rule | grep -qP '^1000:\tfrom 192\.0\.2\.11 lookup second'
    web01 ip rule | grep -qP '^1001:\tfrom all ipproto tcp dport 25 lookup second'
    plan_is_empty restart
    web01 $NETWORK stop
    [ -z "$(web01 ip route show table all | grep -v -e '^local' -e '^broadcast' -e '^ff00' -e '^fe80')" ]
    [ "$(web01 ip rule | wc -l)" -le 3 ]
}

@test "GATEWAY with METRIC; one outside the network is told and left out" {
    web01 bash -ec 'cd /etc/sysconfig/network-scripts
        printf "GATEWAY=10.0.11.1\nMETRIC=100\n" >>ifcfg-bond0; echo GATEWAY=192.0.2.1 >>ifcfg-bond1'
    run web01 ifup bond1
    [ "$status" -eq 0 ]
    grep -qE '^ifcfg-bond1:8(:[0-9]+)?: .*192\.0\.2\.1' <<<"$output"
    web01 ifup bond0
    [ "$(web01 ip route show default)" = "default via 10.0.11.1 dev bond0 metric 100 " ]
}

# --- exit codes ---

@test "4 without root, 6 when networking is off; nothing is touched, and one line says why" {
    run --separate-stderr web01 unshare -U $NETWORK restart
    [ "$status" -eq 4 ]
    [ -z "$output" ]
    [ "${#stderr_lines[@]}" -eq 1 ]
    echo NETWORKING=no | lab_file network
    run --separate-stderr web01 $NETWORK start
    [ "$status" -eq 6 ]
    [ -z "$output" ]
    [ "${#stderr_lines[@]}" -eq 1 ]
    web01 rm /etc/sysconfig/network
    run --separate-stderr web01 $NETWORK start
    [ "$status" -eq 6 ]
    [[ $stderr == *"/etc/sysconfig/network"* ]]
    run ! web01 test -e /sys/class/net/bond0
}

@test "stop and ifup ask the kernel for no device that is not there: it would run modprobe for each" {
    local modprobe
    if [ "$LAB_KIND" != guest ]; then # kernel.modprobe is this machine's own: at least nothing in the program asks so
        run grep -q if_nametoindex /usr/sbin/netsvc
        [ "$status" -eq 1 ]
        return
    fi
    modprobe=$(</proc/sys/kernel/modprobe)
    printf '#!/bin/bash\necho "$@" >>/run/lab/modprobe.log\nexec %s "$@"\n' "$modprobe" >/run/lab/modprobe
    chmod +x /run/lab/modprobe
    start_ends_well
    echo /run/lab/modprobe >/proc/sys/kernel/modprobe
    web01 $NETWORK stop
    web01 ifup bond1
    web01 ifdown bond1
    echo "$modprobe" >/proc/sys/kernel/modprobe
    rm -f /run/lab/modprobe
    run cat /run/lab/modprobe.log
    rm -f /run/lab/modprobe.log
    run ! grep -E 'bond[01]|eth[0-9]' <<<"$output"
}
