#!/usr/bin/env bats
# Addresses by DHCP at boot: clients are units of their own, which outlive the service that starts them; teamd is. And who else on a
# server is told of the network or tells it: firewalld, systemd-resolved, cloud-init.
bats_require_minimum_version 1.5.0
load boot.bash

leased() { # NIC: its address
    ip -j -4 addr show dev "$1" dynamic | jq -er '.[] | select(.addr_info) | .addr_info[].local'
}
main_pid() { # unit
    systemctl show -P MainPID "$1"
}

@test "the network is up with an address from the server, and a silent one has not held it up" {
    run systemctl status network.service
    echo "$output"
    journalctl -b --no-pager SYSLOG_IDENTIFIER=netsvc + SYSLOG_IDENTIFIER=dhcpcd + SYSLOG_IDENTIFIER=dhclient
    unit_is network.service active
    [[ $(leased eth0) == 10.9.0.* ]]
    ip route show default | grep -q 'via 10.9.0.1 dev eth0'
    journalctl -b INTERFACE=eth2 -o cat | grep -q 'no answer from a DHCP server within 3 s; dhclient goes on asking'
}

@test "each client is a unit, with a journal of its own" {
    unit_is netsvc-dhcp-eth0-4.service active
    unit_is netsvc-dhcp-eth2-4.service active
    journalctl -b -u netsvc-dhcp-eth0-4.service -o cat | grep -q .
    [ "$(cat /proc/"$(main_pid netsvc-dhcp-eth0-4.service)"/comm)" = dhcpcd ]
}

@test "restart keeps client and lease, and a second plan is empty" {
    local pid address
    pid=$(main_pid netsvc-dhcp-eth0-4.service) address=$(leased eth0)
    systemctl restart network.service
    [ "$(main_pid netsvc-dhcp-eth0-4.service)" = "$pid" ] && [ "$(leased eth0)" = "$address" ]
    netsvc plan up eth0
    netsvc plan up eth0 | grep -q 'nothing to do'
}

@test "a client that dies is started again" {
    local pid
    pid=$(main_pid netsvc-dhcp-eth0-4.service)
    kill -KILL "$pid"
    until_true new_pid "$pid"
}
new_pid() { # PID [UNIT]
    local now
    now=$(main_pid "${2:-netsvc-dhcp-eth0-4.service}")
    [ "$now" != 0 ] && [ "$now" != "$1" ]
}

@test "one that has just died is in nobody's way" {
    local pid
    pid=$(main_pid netsvc-dhcp-eth0-4.service)
    kill -KILL "$pid"
    until_true sh -c "! kill -0 $pid"
    ifup eth0
    until_true unit_is netsvc-dhcp-eth0-4.service active # systemd starts it again after RestartSec=
    [[ $(leased eth0) == 10.9.0.* ]]
}

@test "without a bus PID 1 is asked by its own socket" {
    systemctl stop dbus.socket dbus.service
    ifdown eth0
    run ! systemctl --quiet is-active netsvc-dhcp-eth0-4.service
    ifup eth0
    unit_is netsvc-dhcp-eth0-4.service active
    [[ $(leased eth0) == 10.9.0.* ]]
    systemctl start dbus.socket
}

@test "ifdown ends the unit and takes the address away; a stop of the service does so with all" {
    ifdown eth0
    run ! leased eth0
    run ! systemctl --quiet is-active netsvc-dhcp-eth0-4.service
    ifup eth0
    [[ $(leased eth0) == 10.9.0.* ]]
    systemctl stop network.service
    run ! leased eth0
    run ! systemctl --quiet is-active netsvc-dhcp-eth0-4.service
    run ! systemctl --quiet is-active netsvc-dhcp-eth2-4.service
}

# --- teamd ---

team_write() { # LINE...: team0 with one port, which names a zone in vain
    printf '%s\n' DEVICE=team0 DEVICETYPE=Team "TEAM_CONFIG='{\"runner\": {\"name\": \"activebackup\"}}'" IPADDR=10.6.0.2 PREFIX=24 ARPCHECK=no "$@" |
        file_write ifcfg-team0
    printf 'DEVICE=eth3\nTEAM_MASTER=team0\nZONE=work\n' | file_write ifcfg-eth3
}
nothing_to_do() {
    netsvc plan restart | tee "$BATS_TEST_TMPDIR/plan"
    grep -qF 'Nothing would change.' "$BATS_TEST_TMPDIR/plan"
}

@test "teamd is a unit that is ready when the team is, started again when it dies, and gone with the team" {
    local pid
    rm $NETWORK_SCRIPTS/ifcfg-eth2
    team_write
    systemctl unmask --quiet firewalld.service systemd-resolved.service
    systemctl start --no-block firewalld.service # it takes its time
    systemctl start network.service
    pid=$(main_pid netsvc-teamd-team0.service)
    [ "$(cat "/proc/$pid/comm")" = teamd ] && [ "$(cat /run/teamd/team0.pid)" = "$pid" ]
    has_address team0 10.6.0.2/24
    nothing_to_do
    kill -KILL "$pid"
    until_true new_pid "$pid" netsvc-teamd-team0.service
    until_true nothing_to_do
    ifdown team0
    run ! systemctl --quiet is-active netsvc-teamd-team0.service
    [ ! -e /sys/class/net/team0 ]
}

# --- firewalld ---

zone_is() { # device, zone
    [ "$(busctl call org.fedoraproject.FirewallD1 /org/fedoraproject/FirewallD1 org.fedoraproject.FirewallD1.zone getZoneOfInterface s "$1")" = "s \"$2\"" ]
}

@test "firewalld has a device in the zone of its file, and no port; another zone moves it, and with the device it is out" {
    until_true unit_is firewalld.service active
    team_write ZONE=internal
    systemctl reload network.service
    zone_is team0 internal
    zone_is eth3 ''
    nothing_to_do
    team_write ZONE=home
    ifup team0
    zone_is team0 home
    ifdown team0
    zone_is team0 ''
}
@test "a zone that firewalld does not know is a warning; one that was started again is told again; without one nobody is asked" {
    team_write ZONE=nosuch
    run ifup team0
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *'ifcfg-team0:7: team0: firewalld does not put it into the zone nosuch: '*'firewall-cmd --get-zones'* ]]
    team_write ZONE=home
    ifup team0
    systemctl restart firewalld.service
    until_true zone_is team0 '' # it answers
    netsvc plan up team0 | grep -q 'zone home'
    ifup team0
    zone_is team0 home
    systemctl mask --now --quiet firewalld.service
    for verb in ifdown ifup; do
        run $verb team0
        echo "$output"
        [ "$status" -eq 0 ] && [[ $output != *firewalld* ]]
    done
}

# --- systemd-resolved ---

links_dns() { # what systemd-resolved has of each link, "eth0: 10.9.0.53"
    resolvectl "$1" | sed -n 's/^Link [0-9]* (\(.*\)):/\1:/p'
}
@test "systemd-resolved, whose file resolv.conf is, is told of files and leases; one that hangs costs seconds and a line" {
    cp --remove-destination /etc/resolv.conf /run/resolv.conf
    ln -sf /run/systemd/resolve/stub-resolv.conf /etc/resolv.conf
    systemctl start systemd-resolved.service
    team_write DNS1=10.6.0.53 DOMAIN=team.example
    systemctl restart network.service
    links_dns dns
    links_dns dns | grep -qx 'team0: 10.6.0.53'
    links_dns dns | grep -qx 'eth0: 10.9.0.53'
    links_dns domain | grep -qx 'team0: team.example'
    nothing_to_do
    [ -L /etc/resolv.conf ]
    ifdown eth0
    run ! grep -q 'eth0: .' <<<"$(links_dns dns)"
    team_write DNS1=10.6.0.54
    systemctl kill -s STOP systemd-resolved.service
    SECONDS=0
    run ifup team0
    took=$SECONDS
    systemctl kill -s CONT systemd-resolved.service
    echo "$output ($took s)"
    [ "$(grep -c resolved <<<"$output")" = 1 ]
    [ "$took" -lt 30 ]
    ifup team0
    links_dns dns | grep -qx 'team0: 10.6.0.54'
    systemctl mask --now --quiet systemd-resolved.service
    rm /etc/resolv.conf
    cp /run/resolv.conf /etc/
}

# --- cloud-init ---

cloud_init_starts() { # NAME: with the files that it has rendered
    systemctl stop network.service
    rm -rf /etc/sysconfig
    cp -a "/run/rendered/$1/etc/sysconfig" /etc/
    systemctl start network.service
    ip -br addr
    nothing_to_do
}
has_route() { # ROUTE: so it begins
    ip route show | grep -q "^$1" || ip -6 route show | grep -q "^$1"
}
has_address6() {
    ip -6 -br addr show dev "$1" | grep -qF " $2"
}

@test "what cloud-init renders for a bond by DHCP, its VLAN, a bridge, IPv6 and routes is what its network-config asks for" {
    /netsvc/tests/boot/cloud-init/render /run/rendered one two
    cloud_init_starts one
    is_port_of eth0 bond0
    [[ $(leased bond0) == 10.9.0.* ]]
    [ "$(cat /sys/class/net/bond0/bonding/mode)" = 'balance-xor 2' ]
    [ "$(cat /sys/class/net/bond0/bonding/xmit_hash_policy)" = 'layer3+4 1' ]
    has_address bond0.20 10.0.20.2/24
    has_address eth3 10.0.33.2/24
    [ "$(cat /sys/class/net/eth3/mtu)" = 1400 ]
    [ -e /sys/class/net/br0/brif/eth2 ]
    has_address br0 10.0.40.2/24
    has_address6 br0 2001:db8:40::2/64
    has_route '198.51.100.0/24 via 10.0.40.1 dev br0'
    has_route 'default via 10.9.0.1 dev bond0'
    has_route 'default via 2001:db8:40::1 dev br0'
    grep -qx 'nameserver 10.0.20.53' /etc/resolv.conf
}
@test "and so for a NIC by DHCP, a bond of two with several addresses and routes, and a bridge on its VLAN" {
    cloud_init_starts two
    [[ $(leased eth0) == 10.9.0.* ]]
    is_port_of eth2 bond0
    is_port_of eth3 bond0
    [ "$(cat /sys/class/net/bond0/bonding/primary)" = eth2 ]
    [ "$(cat /sys/class/net/bond0/bonding/updelay)" = 200 ]
    for address in 10.0.11.2/24 10.0.12.2/24; do has_address bond0 $address; done
    has_address6 bond0 2001:db8:11::2/64
    has_route '192.0.2.0/24 via 10.0.11.254 dev bond0'
    has_route 'default via 10.9.0.1 dev eth0'
    has_address bond0.20 10.0.20.2/24
    [ -e /sys/class/net/br30/brif/vlan30 ] && [ "$(cat /sys/class/net/vlan30/mtu)" = 1400 ]
    has_address br30 10.0.30.2/24
    cat /etc/resolv.conf
    grep -qx 'nameserver 10.0.11.53' /etc/resolv.conf
    grep -qx 'search example.com' /etc/resolv.conf
}
