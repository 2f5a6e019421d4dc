#!/usr/bin/env bats
# The way out and in: what is exported, brought up by the others, is what we make of the same files; and what others have becomes ours
# without a packet lost.
bats_require_minimum_version 1.5.0
load boot.bash

EXAMPLES=/netsvc/sysconfig-examples
KEYFILES=/etc/NetworkManager/system-connections
NETWORKD=/etc/systemd/network

# A bond has the MAC of the port that came first, which the others leave to chance.
state() { /netsvc/tests/bats/state | sed -E 's/"mac":"[^"]*",//' | sort; }
# As after the boot: cards alone, down.
wipe() {
    local link
    for link in $(ls /sys/class/net); do
        case $link in
        lo | eth? | bonding_masters) ;;
        *) ip link del "$link" 2>/dev/null || : ;;
        esac
    done
    for link in eth0 eth1 eth2 eth3; do
        ip link set "$link" down
        ip addr flush dev "$link"
        ip link set "$link" mtu 1500
    done
    rm -rf /etc/sysconfig "${KEYFILES:?}"/* "${NETWORKD:?}"/* /run/NetworkManager/conf.d/90-netsvc.conf /etc/systemd/networkd.conf.d
}
# The kernel as netsvc makes it of an example.
ours() { # EXAMPLE
    wipe
    cp -r "$EXAMPLES/$1/etc/sysconfig" /etc/
    netsvc start
    state >"$BATS_TEST_TMPDIR/ours"
    netsvc stop
    wipe
}
is_theirs_ours() {
    state >"$BATS_TEST_TMPDIR/theirs" && cmp "$BATS_TEST_TMPDIR/ours" "$BATS_TEST_TMPDIR/theirs"
}
compare() { # UNIT
    until_true is_theirs_ours || { diff "$BATS_TEST_TMPDIR/ours" "$BATS_TEST_TMPDIR/theirs"; systemctl stop "$1"; return 1; }
    systemctl stop "$1"
    grep -q '"kind":"bond"' "$BATS_TEST_TMPDIR/theirs"
}

setup() {
    wipe
}
# The stages behind find both as the image has them.
teardown_file() {
    rm /etc/NetworkManager/conf.d/50-test.conf
    ln -sf /dev/null /etc/systemd/system/systemd-networkd.service
    ln -sf /dev/null /etc/systemd/system/NetworkManager.service
}
teardown() {
    local nic
    systemctl stop NetworkManager systemd-networkd
    for nic in eth1 eth3; do
        [ ! -e "/run/netns/far$nic" ] || ip netns del "far$nic"
        until_true [ -e /sys/class/net/$nic ]
    done
    wipe
}

far() { # NIC, ADDRESS: the other end of the cable
    ip netns add "far$1"
    ip link set "$1" netns "far$1"
    ip -n "far$1" address add "$2" dev "$1"
    ip -n "far$1" link set "$1" up
}
answers() { # NIC, ADDRESS
    ip netns exec "far$1" ping -c 1 -W 1 "$2"
}
pings() { # NIC, ADDRESS
    ip netns exec "far$1" ping -q -i 0.01 -c 1000 "$2" >"$BATS_TEST_TMPDIR/ping.$1"
}
none_is_lost() { # NIC
    cat "$BATS_TEST_TMPDIR/ping.$1"
    grep -q '^1000 packets transmitted, 1000 received' "$BATS_TEST_TMPDIR/ping.$1"
}

@test "import --take: bonds of NetworkManager and of networkd become ours, and not one of 1,000 pings is lost" {
    far eth1 10.0.11.9/24
    far eth3 172.16.11.9/24
    printf '[connection]\nid=b\ntype=bond\ninterface-name=bond0\n[bond]\nmode=active-backup\nmiimon=100\n[ipv4]\nmethod=manual\n%s\n[ipv6]\nmethod=disabled\n' \
        'address1=10.0.11.2/24,10.0.11.9' >$KEYFILES/bond0.nmconnection
    printf '[connection]\nid=p\ntype=ethernet\ninterface-name=eth0\nmaster=bond0\nslave-type=bond\n' >$KEYFILES/eth0.nmconnection
    chmod 600 $KEYFILES/*
    printf '[NetDev]\nName=bond1\nKind=bond\n[Bond]\nMode=active-backup\nMIIMonitorSec=100ms\n' >$NETWORKD/bond1.netdev
    printf '[Match]\nName=eth2\n[Network]\nBond=bond1\n' >$NETWORKD/eth2.network
    printf '[Match]\nName=bond1\n[Network]\nAddress=172.16.11.2/24\n[Route]\nDestination=10.9.0.0/16\nGateway=172.16.11.9\n%s\n' \
        '[RoutingPolicyRule]
From=172.16.11.2
Table=7
Priority=700' >$NETWORKD/bond1.network
    systemctl restart systemd-networkd NetworkManager
    until_true answers eth1 10.0.11.2
    until_true answers eth3 172.16.11.2
    until_true grep -q 'ADMIN_STATE=configured' /run/systemd/netif/links/"$(cat /sys/class/net/bond1/ifindex)"
    until_true grep -q '^connection-uuid' /run/NetworkManager/devices/"$(cat /sys/class/net/bond0/ifindex)"
    pings eth1 10.0.11.2 &
    pings eth3 172.16.11.2 &
    run netsvc import --take bond0 bond1
    echo "$output"
    wait
    none_is_lost eth1
    none_is_lost eth3
    [ "$status" -eq 0 ]
    [[ $output == *'NetworkManager leaves these from now on'*bond0* ]]
    [[ $output == *'systemd-networkd leaves these from now on'*bond1* ]]
    netsvc plan restart --exit-code
    for device in bond0 bond1; do record_has $device; done
    ip rule | grep -q '^700:.*172.16.11.2'
    until_true systemctl restart NetworkManager systemd-networkd # as at an update of theirs
    netsvc plan restart --exit-code
    netsvc stop
    run ! has_address bond1 172.16.11.2/24
}

@test "systemd-networkd brings exported bonds up, and what stands on them, as netsvc does" {
    local example
    for example in web01 bridge-on-vlan-on-bond; do
        ours $example
        netsvc export --to networkd --root $EXAMPLES/$example --out $NETWORKD
        systemctl restart systemd-networkd
        compare systemd-networkd
    done
}
