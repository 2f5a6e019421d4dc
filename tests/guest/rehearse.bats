#!/usr/bin/env bats
# `netsvc rehearse`: what it foretells is what the real run then shows, and nothing outside of it changes, however it ends.

bats_require_minimum_version 1.5.0
load fresh.bash

setup_file() {
    lab_web01
    : >"$BATS_FILE_TMPDIR/table"
}
teardown_file() {
    printf '# %s\n' "rehearsed and real, in ms:" >&3
    sed 's/^/#   /' "$BATS_FILE_TMPDIR/table" >&3
    lab_destroy
}

# All that could have changed outside: the kernel's state of web01, its settings, its files. Not what drivers count and decide meanwhile.
host_state() {
    web01 bash -c '
        ip -d link; ip addr; for f in -4 -6; do ip $f route show table all; ip $f rule; done
        ip neigh show nud permanent
        grep -rsH . /proc/sys/net/ipv4/conf /proc/sys/net/ipv6/conf /proc/sys/net/ipv4/ip_forward
        find /etc /run /var/lib/netsvc /var/lock -xdev -type f -printf "%p %s %T@\n"; find /etc/sysconfig /run/netsvc -type f -exec sha256sum {} +
        cat /proc/self/mountinfo' 2>/dev/null |
        grep -vE '/run/(utmp|udev)|valid_lft|stable_secret|linkinfo|fe80:' |
        sed -E 's/ (mii_status|state|link_failure_count|ad_[a-z_]*|active_slave|[a-z_]*timer|root_[a-z_]*|topology_change[a-z_]*) +[^ ]*//g' | sort
}
rehearse() { # ARGUMENT...: its lines in FOUND and its exit status in STATUS
    STATUS=0
    FOUND=$(web01 netsvc rehearse "$@" 2>&1) || STATUS=$?
    echo "$FOUND"
}
untouched() { # COMMAND...: nothing outside changes by it
    host_state >"$BATS_TEST_TMPDIR/before"
    "$@"
    host_state | diff "$BATS_TEST_TMPDIR/before" -
}
found() { # LINE: it is among what was found
    grep -qxF "$1" <<<"$FOUND"
}
gap() { # NAME: for how long somebody did not answer in the rehearsal; 0: he always did
    sed -nE "s|^Interrupted for ([0-9]+) ms: $1\$|\1|p; s|^Not interrupted: $1\$|0|p; s|^Lost: $1.*|lost|p" <<<"$FOUND"
}
# real NAME [switches]: rehearses what the files say now, does it, and compares what was told of interfaces. Where the active port
# switches, the peer's switches send what is under way to the old one, which drops it, until the driver's next look at its links has
# announced the new one (bond_mii_monitor()): how soon that is, depends on how busy the machine is.
real() {
    local real foretold before
    rehearse restart
    foretold=$(sed -nE 's/^(Refused|Warning): //p' <<<"$FOUND" | sort -u)
    ping_start 10.0.11.2
    real=$(web01 netsvc restart 2>&1 | tr -d '\r' | grep -vE '^(Setting|Bringing|Shutting)' | sort -u) || true
    ping_stop
    diff <(echo "$real") <(echo "$foretold")
    before=$(gap "network 10.0.11.0/24 on bond0")
    printf '%-44s %6s %6s  %s\n' "$1" "$before" "$PING_GAP" "${foretold%%$'\n'*}" >>"$BATS_FILE_TMPDIR/table"
    [ "$before" != 0 ] || [ "${2:-}" = switches ] || [ "$PING_LOST" -eq 0 ]
}
web01_is_up() {
    web01 netsvc start
    wait_until port_is_up eth1
}

@test "what is as configured is not interrupted, and each bond goes on without a cable" {
    web01_is_up
    untouched rehearse
    [ "$STATUS" -eq 0 ]
    found "Not interrupted: network 10.0.11.0/24 on bond0"
    found "Not interrupted: network 172.16.11.0/24 on bond1"
    [ "$(grep -cE '^Cable of eth[0-3] pulled: bond[01] goes on (at once|after [0-9]+ ms)$' <<<"$FOUND")" -eq 4 ]
    found "Nothing was refused, and nothing would be lost."
}

@test "changes as they are foretold, and as they are" {
    web01_is_up
    ifcfg bond0 IPADDR=10.0.11.2 PREFIX=24 MTU=1400 'BONDING_OPTS="mode=1 primary=eth0 miimon=100"'
    real "a smaller MTU"
    [ "$STATUS" -eq 0 ]
    ifcfg bond0 IPADDR=10.0.11.2 PREFIX=24 'BONDING_OPTS="mode=1 primary=eth1 miimon=50"'
    real "another primary port, MTU given back" switches
    ifcfg bond0 IPADDR=10.0.11.2 PREFIX=24 'BONDING_OPTS="mode=balance-xor miimon=50"'
    real "another mode"
    [ "$(gap "network 10.0.11.0/24 on bond0")" != 0 ]
    ifcfg bond0 IPADDR=10.0.11.2 PREFIX=24 'BONDING_OPTS="mode=1 miimon=50"' GATEWAY=10.0.99.1
    real "a gateway out of reach"
    ifcfg bond0 IPADDR=10.0.11.2 PREFIX=24 'BONDING_OPTS="mode=1 miimon=50 tlb_dynamic_lb=7"' MTU=65536
    real "an MTU that no device has"
    [ "$STATUS" -eq 1 ]
    grep -q "^Refused: " <<<"$FOUND"
    ifcfg bond0 IPADDR=10.0.11.2 PREFIX=24 'BONDING_OPTS="mode=1 miimon=50"'
    echo "10.7.0.0/16 via 10.0.55.1" | lab_file route-bond0
    real "a route by a gateway out of reach"
    web01 rm /etc/sysconfig/network-scripts/route-bond0
    ifcfg eth1 MASTER=bond0 SLAVE=yes DEVTIMEOUT=0 HWADDR=02:00:0a:ff:ff:ff
    real "a port that is another card"
}

@test "an address that leaves its gateway behind loses it" {
    ifcfg bond0 IPADDR=10.0.11.2 PREFIX=24 GATEWAY=10.0.11.1 'BONDING_OPTS="mode=1 miimon=100"'
    web01_is_up
    ifcfg bond0 IPADDR=10.0.12.2 PREFIX=24 'BONDING_OPTS="mode=1 miimon=100"'
    untouched rehearse restart --json
    [ "$STATUS" -eq 1 ]
    tr -d ' \n' <<<"$FOUND" | grep -qF '"kind":"gateway","name":"10.0.11.1","reached_before":true,"reached":false,"lost":true'
    tr -d ' \n' <<<"$FOUND" | grep -qF '{"well":false,'
}

@test "LACP, VLANs and a bridge on stand-ins" {
    ifcfg bond0 'BONDING_OPTS="mode=802.3ad lacp_rate=fast miimon=100"'
    ifcfg bond0.20 VLAN=yes BRIDGE=br0
    ifcfg br0 TYPE=Bridge STP=off DELAY=0 IPADDR=10.0.20.2 PREFIX=24 GATEWAY=10.0.20.1
    web01 netsvc start || true # nobody in the lab speaks LACP
    ifcfg bond0 'BONDING_OPTS="mode=802.3ad lacp_rate=fast miimon=100 xmit_hash_policy=layer3+4"'
    untouched rehearse
    [ "$STATUS" -eq 0 ]
    found "Not interrupted: gateway 10.0.20.1"
    [ "$(grep -cE '^Cable of eth[01] pulled: bond0 goes on' <<<"$FOUND")" -eq 2 ]
    # Another VLAN: nobody knows here who is there.
    web01 rm /etc/sysconfig/network-scripts/ifcfg-bond0.20
    ifcfg bond0.21 VLAN=yes BRIDGE=br0
    rehearse
    [ "$STATUS" -eq 0 ]
    grep -E '^Another way: gateway 10.0.20.1: by eth[01] vlan 21, before by eth[01] vlan 20; ' <<<"$FOUND"
}

namespaces() {
    readlink /proc/[0-9]*/ns/net | sort -u | wc -l
}
namespaces_are() {
    [ "$(namespaces)" -eq "$1" ]
}
kill_rehearsals() {
    local had moment
    had=$(namespaces)
    for moment in 05 15 3 6; do
        background netsvc rehearse
        sleep "0.$moment" # any moment will do
        kill -9 "$BACKGROUND" 2>/dev/null || true
        wait "$BACKGROUND" || true
        wait_until namespaces_are "$had"
    done
}
@test "a rehearsal that is killed leaves nothing" {
    web01_is_up
    ifcfg bond0 IPADDR=10.0.11.2 PREFIX=24 'BONDING_OPTS="mode=balance-xor miimon=100"'
    untouched kill_rehearsals
}

@test "where there can be no namespaces, it says so" {
    web01_is_up
    run web01 setpriv --bounding-set -sys_admin --inh-caps -sys_admin netsvc rehearse
    echo "$output"
    [ "$status" -eq 5 ]
    [ "$output" = "netsvc: cannot rehearse here: cannot make namespaces: Operation not permitted" ]
}
