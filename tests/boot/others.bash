# Where netsvc stands beside NetworkManager and systemd-networkd as Debian has them: both by turns, and what each makes of the cards.
EXAMPLES=/netsvc/sysconfig-examples
KEYFILES=/etc/NetworkManager/system-connections
NETWORKD=/etc/systemd/network

# A bond has the MAC of the port that came first, which the others leave to chance. @1: what else differs, as sed takes it away.
state() { /netsvc/tests/bats/state | sed -E -e 's/"mac":"[^"]*",//' -e "${1-}" | sort; }
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
# Nobody but those that a test starts.
others_begin() {
    systemctl disable --now --quiet networking NetworkManager network 2>/dev/null || :
    rm -f /etc/network/interfaces
    systemctl unmask --quiet systemd-networkd.service
    printf '[main]\nno-auto-default=*\n' >/etc/NetworkManager/conf.d/50-test.conf
    wipe
}
others_end() {
    local nic
    systemctl stop NetworkManager systemd-networkd
    for nic in eth1 eth3; do
        [ ! -e "/run/netns/far$nic" ] || ip netns del "far$nic"
        until_true [ -e /sys/class/net/$nic ]
    done
    wipe
}
is_theirs_ours() { # [SED]
    state "$1" >"$BATS_TEST_TMPDIR/theirs" && cmp "$BATS_TEST_TMPDIR/ours" "$BATS_TEST_TMPDIR/theirs"
}
# what_is_exported FORMAT UNIT EXAMPLE [SED]: the unit makes of what is exported what netsvc makes of the files, but for what sed takes away.
what_is_exported() {
    wipe
    cp -r "$EXAMPLES/$3/etc/sysconfig" /etc/
    netsvc start
    state "${4-}" >"$BATS_TEST_TMPDIR/ours"
    grep -q '"kind":"bond"' "$BATS_TEST_TMPDIR/ours"
    netsvc stop
    wipe
    netsvc export --to "$1" --root "$EXAMPLES/$3" --out "$([ "$1" = nm ] && echo $KEYFILES || echo $NETWORKD)"
    systemctl restart "$2"
    until_true is_theirs_ours "${4-}" || { diff "$BATS_TEST_TMPDIR/ours" "$BATS_TEST_TMPDIR/theirs"; return 1; }
    systemctl stop "$2"
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
bond_of_networkmanager() { # bond0 of eth0
    printf '[connection]\nid=b\ntype=bond\ninterface-name=bond0\n[bond]\nmode=active-backup\nmiimon=100\n[ipv4]\nmethod=manual\n%s\n[ipv6]\nmethod=disabled\n' \
        'address1=10.0.11.2/24,10.0.11.9' >$KEYFILES/bond0.nmconnection
    printf '[connection]\nid=p\ntype=ethernet\ninterface-name=eth0\nmaster=bond0\nslave-type=bond\n' >$KEYFILES/eth0.nmconnection
    chmod 600 $KEYFILES/*
}
bond_of_networkd() { # bond1 of eth2, with a route and a rule
    printf '[NetDev]\nName=bond1\nKind=bond\n[Bond]\nMode=active-backup\nMIIMonitorSec=100ms\n' >$NETWORKD/bond1.netdev
    printf '[Match]\nName=eth2\n[Network]\nBond=bond1\n' >$NETWORKD/eth2.network
    printf '[Match]\nName=bond1\n[Network]\nAddress=172.16.11.2/24\n[Route]\nDestination=10.9.0.0/16\nGateway=172.16.11.9\n%s\n' \
        '[RoutingPolicyRule]
From=172.16.11.2
Table=7
Priority=700' >$NETWORKD/bond1.network
}
