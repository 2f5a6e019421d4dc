#!/usr/bin/env bats
# An administrator's day with the server that all this is for: two bonds, four cards, two switches. What is typed, and what is
# then seen: on the console, in the kernel, and by somebody who pings. The tests are in the order of the day, on one server.

bats_require_minimum_version 1.5.0
load helpers.bash
load try.bash
load ../pages.bash

FILES=/etc/sysconfig/network-scripts

setup_file() {
    modprobe bonding max_bonds=0
    lab_web01
    lab_config web01
    web01 $NETWORK restart >"$BATS_FILE_TMPDIR/out" 2>"$BATS_FILE_TMPDIR/err"
}
# Whatever an earlier test left: cables in, uplinks there, the guide's files, all as they say.
restore() {
    local nic
    uplink_restore A
    for nic in eth2 eth3; do ip -n "$(<$LAB_STATE/port/$nic)" link set web01.$nic up; done
    lab_config web01
    web01 $NETWORK restart >/dev/null
}
teardown_file() {
    lab_destroy
}

started_ok() { # FILE: has just the four lines of a start
    ok_lines "Setting network parameters:" "Bringing up loopback interface:" "Bringing up interface bond0:" \
        "Bringing up interface bond1:" | cmp - "$1"
}
port_is() { # NIC STATE: in /proc/net/bonding/bond1
    web01 cat /proc/net/bonding/bond1 | sed -n "/^Slave Interface: $1/,/^$/p" | grep -qx "MII Status: $2"
}
bond1_options() { # TEXT: gives bond1 other BONDING_OPTS
    ifcfg bond1 BOOTPROTO=none ONBOOT=yes IPADDR=172.16.11.2 NETMASK=255.255.255.0 "BONDING_OPTS=\"$1\""
}

@test "1. network restart: four lines, byte for byte, and no reason to complain" {
    started_ok "$BATS_FILE_TMPDIR/out"
    [ ! -s "$BATS_FILE_TMPDIR/err" ]
}

@test "1. on a terminal the labels stand in column 60, in colour" {
    run web01 env -u BOOTUP -u LSB -u CONSOLETYPE TERM=linux script -qec "$NETWORK restart" /dev/null
    [ "$status" -eq 0 ]
    [ "$output" = "$(for title in "Setting network parameters:" "Bringing up loopback interface:" \
        "Bringing up interface bond0:" "Bringing up interface bond1:"; do
        printf '%s  \e[60G[\e[1;32m  OK  \e[0;39m]\r\r\n' "$title"
    done)" ]
}

@test "2. bonds are UP and MASTER with their address, NICs UP and SLAVE, and a bond shares one MAC with its ports" {
    links=$(web01 ip -j addr)
    for bond in "bond0 10.0.11.2 eth0 eth1" "bond1 172.16.11.2 eth2 eth3"; do
        read -r name address first second <<<"$bond"
        jq -e --arg name $name --arg address $address '.[] | select(.ifname == $name) | .operstate == "UP"
            and (["UP", "BROADCAST", "LOWER_UP", "MASTER", "MULTICAST"] - .flags == [])
            and [.addr_info[] | select(.family == "inet") | "\(.local)/\(.prefixlen)"] == ["\($address)/24"]' <<<"$links"
        jq -e --arg name $name --arg first $first --arg second $second '
            [.[] | select(.master == $name)] as $ports | (.[] | select(.ifname == $name)) as $bond
            | [$ports[].ifname] == [$first, $second]
            and all($ports[]; ["UP", "LOWER_UP", "SLAVE"] - .flags == [] and .address == $bond.address)' <<<"$links"
    done
    jq -e '[.[] | select(.ifname | test("^eth")) | .addr_info[]] == []' <<<"$links"
}

@test "3. /proc/net/bonding tells mode, primary, active port, MII status, delays and permanent addresses" {
    wait_until port_is eth3 up # updelay is over
    info=$(web01 cat /proc/net/bonding/bond1)
    echo "$info"
    while read -r line; do grep -qxF "$line" <<<"$info"; done <<-END
		Bonding Mode: fault-tolerance (active-backup)
		Primary Slave: eth2 (primary_reselect always)
		Currently Active Slave: eth2
		MII Status: up
		MII Polling Interval (ms): 100
		Up Delay (ms): 5000
		Slave Interface: eth2
		Slave Interface: eth3
		Permanent HW addr: 02:00:0a:00:00:02
		Permanent HW addr: 02:00:0a:00:00:03
	END
    PAGE=$TREE/netsvc/doc/quickstart.md
    diff <(page_output "grep -A3 .*bond1") <(grep -A3 '^Primary' <<<"$info")
    [ "$(grep -c '^Link Failure Count: 0$' <<<"$info")" -eq 2 ]
    web01 grep -qx 'Primary Slave: eth0 (primary_reselect always)' /proc/net/bonding/bond0
}

@test "4. eth2's cable is pulled: eth3 takes over; it is plugged in again: back after updelay, never without an active port" {
    wait_until port_is eth3 up
    log_mark
    local first=$LOG_MARK
    ping_start 172.16.11.2
    cable_pull eth2
    wait_until bond_active_is bond1 eth3
    answers 172.16.11.2
    ping_stop
    echo "# failover: longest gap $PING_GAP ms, $PING_LOST pings of 10 ms lost" >&3
    bond_log bond1 <<-'END'
		(slave eth2): link status definitely down, disabling slave
		(slave eth3): making interface the new active one
	END
    web01 grep -A4 '^Slave Interface: eth2' /proc/net/bonding/bond1 | grep -x 'MII Status: down'
    web01 grep -A6 '^Slave Interface: eth2' /proc/net/bonding/bond1 | grep -x 'Link Failure Count: 1'

    log_mark
    ping_start 172.16.11.2
    cable_plug eth2
    wait_until port_is eth2 "going back"
    bond_active_is bond1 eth3
    wait_until bond_active_is bond1 eth2
    answers 172.16.11.2
    ping_stop
    echo "# failback: longest gap $PING_GAP ms, $PING_LOST pings of 10 ms lost" >&3
    bond_log bond1 <<-'END'
		(slave eth2): link status up, enabling it in 5000 ms
		(slave eth2): link status definitely up, 10000 Mbps full duplex
		(slave eth2): making interface the new active one
	END
    PAGE=$TREE/netsvc/doc/quickstart.md
    page_after "**Failover**" >"$BATS_TEST_TMPDIR/page"
    diff "$BATS_TEST_TMPDIR/page" <(dmesg | sed -n "1,/$first/d; s/^.*\bbond1: /bond1: /p" | grep -xFf "$BATS_TEST_TMPDIR/page")
}

@test "5. switch A loses its uplink: with miimon the bond stays dead; with the ARP monitor, which needs no more than a restart, it moves" {
    restore
    wait_until bond_active_is bond1 eth2
    answers 172.16.11.2
    uplink_cut A
    run ! answers 172.16.11.2 2
    bond_active_is bond1 eth2
    [ "$(web01 cat /sys/class/net/eth2/carrier)" = 1 ]

    bond1_options "mode=1 primary=eth2 arp_interval=1000 arp_ip_target=+172.16.254.254"
    web01 $NETWORK restart >"$BATS_TEST_TMPDIR/out"
    started_ok "$BATS_TEST_TMPDIR/out"
    [ "$(bond_option bond1 arp_interval) $(bond_option bond1 miimon) $(bond_option bond1 updelay)" = "1000 0 0" ]
    [ "$(bond_option bond1 arp_ip_target)" = 172.16.254.254 ]
    wait_until bond_active_is bond1 eth3
    answers 172.16.11.2

    uplink_restore A
    wait_until bond_active_is bond1 eth2
    ping_start 172.16.11.2
    uplink_cut A
    wait_until bond_active_is bond1 eth3
    answers 172.16.11.2
    ping_stop
    echo "# ARP monitor at 1000 ms: longest gap $PING_GAP ms" >&3
}

@test "6. BONDING_OPTS change: network stop, rmmod bonding, network start" {
    restore
    web01 $NETWORK stop >"$BATS_TEST_TMPDIR/out"
    ok_lines "Shutting down interface bond0:" "Shutting down interface bond1:" "Shutting down loopback interface:" |
        cmp - "$BATS_TEST_TMPDIR/out"
    rmmod bonding
    bond1_options "mode=1 primary=eth3 miimon=200 updelay=400"
    web01 $NETWORK start >"$BATS_TEST_TMPDIR/out"
    started_ok "$BATS_TEST_TMPDIR/out"
    [ "$(bond_option bond1 miimon) $(bond_option bond1 updelay) $(bond_option bond1 primary)" = "200 400 eth3" ]
    run ! grep -v -x -e bond0 -e bond1 <(web01 cat /sys/class/net/bonding_masters | tr ' ' '\n') # none by the module itself
    wait_until bond_active_is bond1 eth3
    answers 172.16.11.2
}

@test "6. BONDING_OPTS change, even the mode, and a restart is all there is to do" {
    restore
    index=$(web01 cat /sys/class/net/bond1/ifindex)
    other=$(web01 cat /sys/class/net/bond0/ifindex)
    bond1_options "mode=balance-xor xmit_hash_policy=layer3+4 miimon=50"
    web01 $NETWORK restart >"$BATS_TEST_TMPDIR/out"
    started_ok "$BATS_TEST_TMPDIR/out"
    [ "$(bond_option bond1 mode)" = "balance-xor 2" ]
    [ "$(bond_option bond1 xmit_hash_policy)" = "layer3+4 1" ]
    [ "$(bond_option bond1 miimon) $(bond_option bond1 updelay)" = "50 0" ]
    [ "$(bond_option bond1 slaves)" = "eth2 eth3" ]
    [ "$(web01 cat /sys/class/net/bond1/ifindex) $(web01 cat /sys/class/net/bond0/ifindex)" = "$index $other" ]
    answers 172.16.11.2
}

@test "7. ifenslave -c bond1 eth3 switches over by hand" {
    restore
    wait_until port_is eth3 up
    bond_active_is bond1 eth2
    log_mark
    ping_start 172.16.11.2
    web01 /sbin/ifenslave -c bond1 eth3 >"$BATS_TEST_TMPDIR/out" 2>&1
    bond_active_is bond1 eth3
    answers 172.16.11.2
    ping_stop
    echo "# by hand: longest gap $PING_GAP ms, $PING_LOST lost" >&3
    [ ! -s "$BATS_TEST_TMPDIR/out" ]
    bond_log bond1 <<<'(slave eth3): making interface the new active one'
}

# --- the pages, as they stand: what is typed, and what is seen ---

# What is not always the same: days, times, addresses of cards, how long things took, and into how many operations they fall.
timeless() {
    sed -E 's/([0-9a-f]{2}:){5}[0-9a-f]{2}/MAC/; s/[0-9]{4}-[0-9]{2}-[0-9]{2}/DATE/; s/[0-9]{2}:[0-9]{2}:[0-9]{2}/TIME/
        s/[0-9]+ ms/N ms/; s/in [0-9]+ s\b/in N s/; s/( goes on) .*/\1/; s/\r//; s/  +/ /g; s/(applied|gone back|Operations:) [0-9]+/\1 N/'
}
# typed HEADING BLOCK: runs each command of a block of the README, and compares all that comes of it with the block.
typed() {
    local line
    page_block "$1" "$2" | timeless >"$BATS_TEST_TMPDIR/page"
    while IFS= read -r -u 9 line; do
        echo "# $line"
        web01 bash -c "$line" 2>&1 || :
    done 9< <(page_block "$1" "$2" | sed -n 's/^# //p') | timeless | diff "$BATS_TEST_TMPDIR/page" -
    [ "$(grep -c '^#' "$BATS_TEST_TMPDIR/page")" -ge "$3" ]
}
pending_says() { # TEXT
    [[ $(web01 netsvc pending) == *"$1"* ]]
}

@test "the README, \"Changing a live server\": each command as it stands there, and what it says" {
    PAGE=$TREE/README.md
    lab_web01
    try_files
    web01 netsvc start
    web01 sed -i s/mode=1/mode=4/ $FILES/ifcfg-bond0
    typed "Changing a live server" 1 4
    web01 sed -i s/mode=4/mode=1/ $FILES/ifcfg-bond0

    web01 sed -i s/10.0.11.2/10.0.11.3/ $FILES/ifcfg-bond0
    background netsvc try
    wait_until pending_says "10.0.11.1 on bond0 answers"
    typed "Changing a live server" 2 3
    wait "$BACKGROUND"
    has_address bond0 10.0.11.3/24

    web01 sed -i s/mode=1/mode=2/ $FILES/ifcfg-bond0
    typed "Changing a live server" 3 1
}

quick_start_files() {
    local name n
    web01 rm -rf $FILES
    web01 mkdir $FILES
    for name in bond0 bond1 eth0; do page_file ifcfg-$name | lab_file ifcfg-$name; done
    for n in 1:0 2:1 3:1; do page_file ifcfg-eth0 | sed "s/eth0/eth${n%:*}/; s/bond0/bond${n#*:}/" | lab_file ifcfg-eth${n%:*}; done
}
# start_fails TEXT: a start says of bond1 what the page shows below the line that begins so.
start_fails() {
    page_after "$1" | timeless >"$BATS_TEST_TMPDIR/page"
    [ -s "$BATS_TEST_TMPDIR/page" ]
    web01 $NETWORK start 2>&1 | sed -n '/bond1:/,$p' | timeless | diff "$BATS_TEST_TMPDIR/page" -
    web01 $NETWORK stop >/dev/null
}
@test "the quick start: what a start says when something is wrong" {
    PAGE=$TREE/netsvc/doc/quickstart.md
    lab_web01
    web01 sh -c 'echo NETWORKING=yes >/etc/sysconfig/network'
    quick_start_files
    web01 sed -i s/172.16.11.2/172.16.11.300/ $FILES/ifcfg-bond1
    start_fails "A mistyped address."
    quick_start_files
    ip -n client addr add 172.16.11.2/32 dev back
    start_fails "Another host"
    ip -n client addr del 172.16.11.2/32 dev back
    cable_pull eth2
    cable_pull eth3
    start_fails "No link."
    cable_plug eth2
    ip -n web01 link del eth3
    start_fails "A NIC is missing."
}
