#!/usr/bin/env bats
# A kernel that others work on at the same time: links come and go, are set up, renamed or taken away in the middle of a run.

bats_require_minimum_version 1.5.0
load helpers.bash

setup_file() {
    modprobe bonding max_bonds=0
}
teardown() {
    [ -z "${OTHERS:-}" ] || kill -- -"$OTHERS" 2>/dev/null || :
}
teardown_file() {
    lab_destroy
}
# others LINE...: does these lines of ip(8) over and over in web01, as fast as it can; OTHERS is their process group.
others() {
    setsid nsenter --net=/run/netns/web01 -- bash -c 'yes "$1" | exec ip -force -batch -' - "$(printf '%s\n' "$@")" >/dev/null 2>&1 3>&- &
    OTHERS=$!
}
milliseconds() { # COMMAND...: sets TOOK to how long it took; its output is in $output
    local begin=${EPOCHREALTIME/[.,]/}
    run "$@"
    TOOK=$(((${EPOCHREALTIME/[.,]/} - begin) / 1000))
}

@test "4,000 links, and one that comes and goes all the time: no command fails" {
    nics_begin 1
    for ((i = 0; i < 4000; i++)); do echo "link add d$i type dummy"; done | ip -n web01 -batch -
    ifcfg eth0 IPADDR=10.1.0.1 PREFIX=24 ARPCHECK=no
    others "link add coming type veth peer name going" "link del coming"
    for run in 1 2 3; do
        for verb in ifup ifdown; do
            run web01 $verb eth0
            echo "$output"
            [ "$status" -eq 0 ]
        done
    done
}

@test "somebody sets the NICs up all the time: they get into their bond all the same" {
    nics_begin 4
    ifcfg bond0 'BONDING_OPTS="mode=active-backup miimon=100"'
    port_files bond0 eth0 eth1 eth2 eth3
    others "link set eth0 up" "link set eth1 up" "link set eth2 up" "link set eth3 up"
    for run in 1 2 3; do
        run web01 ifup bond0
        echo "$output"
        [ "$status" -eq 0 ]
        [ "$(ports bond0 | wc -w)" -eq 4 ]
        web01 ifdown bond0
    done
}

@test "a card that is renamed in the middle of a run: nothing is done to the one that has its name now" {
    nics_begin 2
    ifcfg eth0 IPADDR=10.1.0.1 PREFIX=24 ARPING_WAIT=4 ARPING_TRIES=2
    background ifup eth0
    wait_until 30 web01 bash -c 'ip -br link show eth0 | grep -q UP'
    web01 ip -batch - <<'LINES'
link set eth0 down
link set eth0 name old
link set eth1 name eth0
link set eth0 up
LINES
    status=0
    wait $BACKGROUND || status=$?
    cat "$BATS_TEST_TMPDIR/background"
    [ "$status" -eq 1 ]
    grep -q 'eth0 was renamed to old in the middle of this run' "$BATS_TEST_TMPDIR/background"
    [ -z "$(web01 ip -4 -o addr show dev eth0)" ]
    [ -z "$(web01 ip -4 -o addr show dev old)" ]
}

@test "a device that goes while its carrier is waited for: the wait ends with it" {
    nics_begin 1
    ip -n sink link set web01.eth0 down
    ifcfg eth0 IPADDR=10.1.0.1 PREFIX=24 LINKDELAY=1000
    background ifup eth0
    wait_until 30 web01 bash -c 'ip link show eth0 | grep -q ",UP"'
    ip -n web01 link del eth0
    wait $BACKGROUND || :
    cat "$BATS_TEST_TMPDIR/background"
    grep -q 'Device eth0 does not seem to be present' "$BATS_TEST_TMPDIR/background"
}

# events_begin FILE [OBJECT...]: what `ip monitor` tells of web01's addresses (or of these) goes there, in a process group OTHERS, and none is
# lost, be the machine as slow as it may.
events_begin() {
    echo 67108864 >/proc/sys/net/core/rmem_max
    setsid nsenter --net=/run/netns/web01 -- ip -rcvbuf 67108864 monitor address "${@:2}" >"$1" 3>&- &
    OTHERS=$!
    wait_until grep -q . "/proc/$OTHERS/net/netlink"
}
# events_end FILE: all of them are there.
events_end() {
    web01 ip addr add 10.99.99.99/32 dev lo
    wait_until grep -q 10.99.99.99 "$1"
    web01 ip addr del 10.99.99.99/32 dev lo
    kill -- -$OTHERS
}

# With a primary address the kernel puts back each later one of its network: told as new, n times n.
@test "ifdown of 254 and of 1,000 addresses of one network: the kernel has to put back none" {
    nics_begin 1
    for n in 254 1000; do
        ifcfg eth0 ARPCHECK=no $(for ((i = 1; i <= n; i++)); do echo "IPADDR$i=10.1.$((i / 250)).$((i % 250 + 1)) PREFIX$i=16"; done)
        web01 ifup eth0
        [ "$(web01 ip -o -4 addr show dev eth0 | wc -l)" -eq $n ]
        events_begin "$BATS_TEST_TMPDIR/events"
        milliseconds web01 ifdown eth0
        [ "$status" -eq 0 ]
        events_end "$BATS_TEST_TMPDIR/events"
        echo "# ifdown of $n addresses: $TOOK ms" >&3
        gone=$(grep -c '^Deleted .* 10\.1\.' "$BATS_TEST_TMPDIR/events") || :
        back=$(grep -v '^Deleted' "$BATS_TEST_TMPDIR/events" | grep -c ' 10\.1\.') || :
        echo "of $n addresses $gone went, and $back came back"
        [ "$gone" -eq $n ]
        [ "$back" -eq 0 ]
    done
}

# files_are TEXT: these interfaces and no others, as "DEVICE LINE LINE; DEVICE LINE"; @ stands for the addresses that move.
files_are() {
    local iface words
    web01 find /etc/sysconfig/network-scripts -name 'ifcfg-*' -delete
    while read -r -d ';' -a words; do
        ifcfg "${words[@]}"
    done <<<"${1//@/IPADDR=10.1.0.2 PREFIX=24 GATEWAY=10.1.0.1 IPV6INIT=yes IPV6ADDR=2001:db8::2/64 IPV6_DEFAULTGW=2001:db8::1};"
}
# never_without FILE PATTERN: of the events about it there is none after which no device has it.
never_without() {
    awk -v what="$2" '
        $0 !~ what { next }
        { gone = $1 == "Deleted"; device = what ~ /default/ ? $(5 + gone) : $(2 + gone); seen++ }
        gone { delete has[device] }
        !gone && what ~ /default/ { split("", has) }
        !gone { has[device] = 1 }
        { left = 0; for (name in has) left++; if (!left && gone) { print "nobody has it after: " $0; bad = 1 } }
        END { exit bad || !seen }' "$1"
}

# The kernel takes the routes over a port and its IPv6 addresses when it is closed, which it must be to get into a bond.
@test "addresses and default routes move between NICs, VLANs, a bridge and its port, and a bond that is renamed: no moment without" {
    nics_begin 2
    events=$BATS_TEST_TMPDIR/events
    files_are 'eth0.5 VLAN=yes @; eth0'
    web01 $NETWORK start
    while read -r devices; do
        echo "== $devices"
        events_begin "$events" route
        files_are "${devices#closes }"
        web01 $NETWORK restart
        plan_is_empty restart
        events_end "$events"
        cat "$events"
        never_without "$events" 'inet 10.1.0.2/24'
        [[ $devices != closes* ]] || continue
        for what in 'inet6 2001:db8::2/64' 'default via 10.1.0.1' 'default via 2001:db8::1'; do never_without "$events" "$what"; done
        run ! grep '2001:db8::2/64.*tentative' "$events"
    done <<'CHANGES'
eth0.6 VLAN=yes @; eth0
eth0 @; eth1 IPADDR=10.2.0.1 PREFIX=24
eth0 IPADDR=10.2.0.1 PREFIX=24; eth1 @
br0 TYPE=Bridge DELAY=0 @; eth1 BRIDGE=br0
eth1 @
closes bond0 BONDING_OPTS=mode=1 @; eth0 MASTER=bond0 SLAVE=yes; eth1 MASTER=bond0 SLAVE=yes
bond0 DEVICE=bond1 BONDING_OPTS=mode=1 @; eth0 MASTER=bond1 SLAVE=yes; eth1 MASTER=bond1 SLAVE=yes
eth0 @
CHANGES
}
