#!/usr/bin/env bats
# The guide's server on a real systemd, from boot on.
bats_require_minimum_version 1.5.0
load boot.bash

START_LINES='Setting network parameters:  [  OK  ]
Bringing up loopback interface:  [  OK  ]
Bringing up interface bond0:  [  OK  ]
Bringing up interface bond1:  [  OK  ]'

networkd_configure() {
    systemctl unmask --quiet systemd-networkd.service systemd-networkd.socket
    cd /etc/systemd/network
    for bond in 0 1; do
        [ $bond = 0 ] && address=10.0.11.2/24 || address=172.16.11.2/24
        printf '[NetDev]\nName=bond%d\nKind=bond\n[Bond]\nMode=active-backup\nMIIMonitorSec=100ms\nUpDelaySec=5s\n' $bond >10-bond$bond.netdev
        printf '[Match]\nName=bond%d\n[Network]\nAddress=%s\nLinkLocalAddressing=no\n' $bond $address >10-bond$bond.network
        for nic in $((2 * bond)) $((2 * bond + 1)); do
            printf '[Match]\nName=eth%d\n[Network]\nBond=bond%d\n' $nic $bond >20-eth$nic.network
        done
        echo PrimarySlave=yes >>20-eth$((2 * bond)).network
    done
}
status_says() { # PART...
    local status part
    status=$(systemctl show -P StatusText network.service)
    for part in "$@"; do [[ $status == *"$part"* ]] || return 1; done
}
status_is() {
    [ "$(systemctl show -P StatusText network.service)" = "$1" ]
}
carrier_is() { # NIC 0|1
    [ "$(cat "/sys/class/net/$1/carrier")" = "$2" ]
}
cable() { # NIC number, on|off; the monitor takes one command at a time
    monitor set_link "net$1" "$2"
    until_true carrier_is "eth$1" "$([ "$2" = on ] && echo 1 || echo 0)"
}
teardown() {
    rm -f $NETWORK_SCRIPTS/ifcfg-broken
    sed -i /LINKDELAY=3600/d $NETWORK_SCRIPTS/ifcfg-bond1
    if [ -n "${cables_are_out-}" ]; then cable 2 on; cable 3 on; fi
}

@test "the machine boots to network-online with both bonds" {
    systemctl is-active network-online.target network.target network.service
    has_address bond0 10.0.11.2/24
    has_address bond1 172.16.11.2/24
    for pair in eth0:bond0 eth1:bond0 eth2:bond1 eth3:bond1; do is_port_of "${pair%:*}" "${pair#*:}"; done
}

@test "what waits for network-online finds the addresses" {
    journalctl -b -u net-user.service -o cat | grep -q 'found at start: bond1 .* 172.16.11.2/24'
}

@test "nothing of the boot failed, and no file makes the sandbox or the unit complain" {
    [ -z "$(systemctl --failed --no-legend network.service)" ]
    run journalctl -b -u network.service -p warning -o cat
    [ -z "$output" ]
    run journalctl -b _PID=1 -p warning -o cat --grep network
    [ -z "$output" ]
}

@test "name servers come into resolv.conf and go again, whoever owns the file, by the rights that the unit has" {
    rm -f /etc/resolv.conf
    echo nameserver 192.0.2.53 >/etc/resolv.conf
    chown 12:34 /etc/resolv.conf
    chmod 640 /etc/resolv.conf
    echo DNS1=10.0.11.53 >>$NETWORK_SCRIPTS/ifcfg-bond0
    systemctl reload network.service
    [ "$(cat /etc/resolv.conf)" = 'nameserver 10.0.11.53' ]
    sed -i /DNS1=/d $NETWORK_SCRIPTS/ifcfg-bond0
    systemctl reload network.service
    [ "$(cat /etc/resolv.conf)" = 'nameserver 192.0.2.53' ]
    [ "$(stat -c '%u:%g %a' /etc/resolv.conf)" = '12:34 640' ]
    [ ! -e /etc/resolv.conf.save ]
}

@test "the driver was loaded without its stray bond0 having been there first" {
    [ "$(cat /sys/class/net/bonding_masters)" = "bond0 bond1" ]
}

@test "udev's MACAddressPolicy is in force, and leaves the bonds the MAC of their first port" {
    grep -qx 'MACAddressPolicy=persistent' /usr/lib/systemd/network/99-default.link
    for pair in eth0:bond0 eth2:bond1; do
        [ "$(cat /sys/class/net/"${pair#*:}"/address)" = "$(cat /sys/class/net/"${pair%:*}"/bonding_slave/perm_hwaddr)" ]
    done
}

@test "systemctl status and the journal show the lines of each interface" {
    systemctl status network.service | grep -q 'Status: "Every interface is as configured"'
    run journalctl -b -u network.service -o cat
    grep -qF 'Bringing up interface bond0:  [  OK  ]' <<<"$output"
    grep -qF 'Bringing up interface bond1:  [  OK  ]' <<<"$output"
}

@test "journal entries have fields, and journalctl -x explains them" {
    journalctl -b -u network.service INTERFACE=bond0 -o json -n 1 >"$BATS_TEST_TMPDIR/entry"
    jq -e '.CODE == "interface-up" and .CONFIG_FILE == "/etc/sysconfig/network-scripts/ifcfg-bond0" and .MESSAGE_ID' "$BATS_TEST_TMPDIR/entry"
    journalctl --update-catalog
    journalctl -b -x -u network.service INTERFACE=bond0 | grep -q 'Subject: An interface is up'
}

@test "init.d/network restart shows the lines of the unit's run, and bounces nothing" {
    ip address add 10.0.11.50/32 dev bond0
    before=$(cat /sys/class/net/bond0/ifindex)
    run /etc/init.d/network restart
    echo "$output"
    [ "$status" -eq 0 ]
    [ "$(tr -d '\r' <<<"$output")" = "$START_LINES" ]
    [ "$(cat /sys/class/net/bond0/ifindex)" = "$before" ]
    has_address bond0 10.0.11.50/32
    ip address del 10.0.11.50/32 dev bond0
}

@test "init.d/network stop and start go through the unit" {
    run /etc/init.d/network stop
    echo "$output"
    [ "$status" -eq 0 ]
    grep -qF 'Shutting down interface bond1:  [  OK  ]' <<<"$output"
    unit_is network.service inactive
    [ ! -e /sys/class/net/bond0 ]
    run /etc/init.d/network start
    echo "$output"
    [ "$status" -eq 0 ]
    [ "$(tr -d '\r' <<<"$output")" = "$START_LINES" ]
    unit_is network.service active
    has_address bond0 10.0.11.2/24
}

# However it is called, the work is done and the caller comes back. A changed file shows that it was.
restart_does() { # ADDRESS, COMMAND...
    sed -i "s/^IPADDR=.*/IPADDR=$1/" $NETWORK_SCRIPTS/ifcfg-bond1
    "${@:2}"
    has_address bond1 "$1/24"
}
restart_on_full_pipe() {
    mkfifo "$BATS_TEST_TMPDIR/full"
    exec 5<>"$BATS_TEST_TMPDIR/full"
    dd if=/dev/zero bs=4096 count=1000 oflag=nonblock status=none >&5 2>/dev/null || true
    /etc/init.d/network restart >"$BATS_TEST_TMPDIR/full" 2>&1 5<&- &
    until_true has_address bond1 172.16.11.7/24
    kill $!
    wait $! || true
    exec 5<&-
}
@test "init.d/network restarts with standard streams closed, under cron, and into a pipe that is full" {
    restart_does 172.16.11.4 bash -c '/etc/init.d/network restart >&-'
    restart_does 172.16.11.6 bash -c 'env -i setsid /etc/init.d/network restart <&- >&- 2>&-'
    restart_does 172.16.11.7 restart_on_full_pipe
    restart_does 172.16.11.2 /etc/init.d/network restart
    [ -z "$(ls -A /run/netsvc/consoles)" ]
}

@test "each of many callers at once gets all of the lines" {
    for i in 1 2 3 4 5; do /etc/init.d/network restart >"$BATS_TEST_TMPDIR/lines.$i" 2>&1 & done
    wait $(jobs -p)
    for i in 1 2 3 4 5; do
        cat "$BATS_TEST_TMPDIR/lines.$i"
        [ "$(tr -d '\r' <"$BATS_TEST_TMPDIR/lines.$i")" = "$START_LINES" ]
    done
}

bond0_lines() { # how often the journal of this boot says that bond0 came up (not from a cursor: 252 skips the first match after it)
    journalctl --sync
    journalctl -b -q -o cat INTERFACE=bond0 CODE=interface-up | grep -cF 'Bringing up interface bond0:  [  OK  ]'
}
@test "as many restarts in a row as anybody wants, and each line once in the journal" {
    before=$(bond0_lines)
    for i in 1 2 3 4 5 6 7; do systemctl restart network; done
    unit_is network.service active
    [ "$(bond0_lines)" -eq $((before + 7)) ]
}

@test "what systemd refuses is told, with its reason" {
    mkdir -p /run/systemd/system/network.service.d
    printf '[Unit]\nAssertPathExists=/no/such/file\n' >/run/systemd/system/network.service.d/refuse.conf
    systemctl daemon-reload
    /etc/init.d/network stop
    run /etc/init.d/network start
    rm -r /run/systemd/system/network.service.d
    systemctl daemon-reload
    /etc/init.d/network start
    echo "$output"
    [ "$status" -ne 0 ]
    [[ $output == */etc/init.d/network*network.service*"ssertion failed"* ]]
}

@test "init.d/network on a terminal shows colours and columns" {
    script -qec '/etc/init.d/network restart' /dev/null </dev/null >"$BATS_TEST_TMPDIR/lines"
    cat -v "$BATS_TEST_TMPDIR/lines"
    grep -qF "Bringing up interface bond1:  "$'\e[60G[\e[1;32m  OK  \e[0;39m]' "$BATS_TEST_TMPDIR/lines"
}

@test "SYSTEMCTL_SKIP_REDIRECT makes the script work alone" {
    SYSTEMCTL_SKIP_REDIRECT=1 run /etc/init.d/network stop
    [ "$status" -eq 0 ]
    unit_is network.service active
    [ ! -e /sys/class/net/bond0 ]
    run /etc/init.d/network start
    [ "$status" -eq 0 ]
    has_address bond0 10.0.11.2/24
}

@test "systemctl stop takes the bonds down, start brings them up" {
    systemctl stop network
    [ ! -e /sys/class/net/bond0 ] && [ ! -e /sys/class/net/bond1 ]
    run ! is_up eth0
    systemctl start network
    has_address bond0 10.0.11.2/24
    has_address bond1 172.16.11.2/24
}

@test "systemctl restart and reload bounce nothing" {
    before=$(cat /sys/class/net/bond0/ifindex)
    systemctl reload network
    systemctl restart network
    unit_is network.service active
    [ "$(cat /sys/class/net/bond0/ifindex)" = "$before" ]
    has_address bond0 10.0.11.2/24
}

@test "reload interrupts nothing and says so by its exit code: init.d/network and systemctl; restart does the rest" {
    sed -i 's/mode=1/mode=0/; s/^IPADDR=.*/IPADDR=172.16.11.3/' $NETWORK_SCRIPTS/ifcfg-bond1
    run /etc/init.d/network reload
    echo "$output"
    [ "$status" -eq 3 ]
    grep -q 'ifcfg-bond1:7: bond1: left as it is: mode is active-backup, expected balance-rr' <<<"$output"
    has_address bond1 172.16.11.3/24
    [ "$(cat /sys/class/net/bond1/bonding/mode)" = "active-backup 1" ]
    run ! systemctl reload network
    unit_is network.service active
    [ "$(cat /sys/class/net/bond1/bonding/mode)" = "active-backup 1" ]
    /etc/init.d/network restart
    [ "$(cat /sys/class/net/bond1/bonding/mode)" = "balance-rr 0" ]
    /etc/init.d/network reload
    sed -i 's/mode=0/mode=1/; s/^IPADDR=.*/IPADDR=172.16.11.2/' $NETWORK_SCRIPTS/ifcfg-bond1
    systemctl restart network
    [ "$(cat /sys/class/net/bond1/bonding/mode)" = "active-backup 1" ]
}

@test "a removed driver comes back with the next start" {
    systemctl stop network
    modprobe -r bonding
    systemctl start network
    [ "$(cat /sys/class/net/bonding_masters)" = "bond0 bond1" ]
}

@test "one failing interface fails the unit, and the rest is up" {
    printf 'DEVICE=eth9\nIPADDR=10.9.9.9\nPREFIX=24\nDEVTIMEOUT=0\n' | file_write ifcfg-broken
    systemctl stop network
    run ! systemctl start network
    unit_is network.service failed
    [ "$(systemctl show -P Result network.service)" = exit-code ]
    [ "$(systemctl show -P ExecMainStatus network.service)" = 1 ]
    has_address bond0 10.0.11.2/24
    journalctl -b -u network.service CODE=interface-failed INTERFACE=eth9 -o cat | grep -qF 'Bringing up interface broken:  [FAILED]'
    journalctl -b -u network.service INTERFACE=eth9 CODE=reason -o cat | grep -q 'ifcfg-broken.*eth9.*present'
}

@test "a failed unit says what failed, and its restart takes down what has no file any more" {
    printf 'DEVICE=dummy7\nIPADDR=10.7.7.7\nPREFIX=24\nARPCHECK=no\n' | file_write ifcfg-dummy7
    printf 'DEVICE=eth9\nIPADDR=10.9.9.9\nPREFIX=24\nDEVTIMEOUT=0\n' | file_write ifcfg-broken
    ip link add dummy7 type dummy
    run ! systemctl restart network
    unit_is network.service failed
    status_is 'Not as configured: broken; see the log'
    has_address dummy7 10.7.7.7/24
    rm $NETWORK_SCRIPTS/ifcfg-dummy7 $NETWORK_SCRIPTS/ifcfg-broken
    run /etc/init.d/network restart
    echo "$output"
    [ "$status" -eq 0 ]
    unit_is network.service active
    run ! has_address dummy7 10.7.7.7/24
    ip link del dummy7
}

@test "while it starts, STATUS= says what is awaited, and the rest is up" {
    systemctl start network # the last test has left it failed, which systemd does not stop
    systemctl stop network
    printf 'DEVICE=eth9\nIPADDR=10.9.9.9\nPREFIX=24\nDEVTIMEOUT=3600\nARPCHECK=no\n' | file_write ifcfg-broken
    echo LINKDELAY=3600 >>$NETWORK_SCRIPTS/ifcfg-bond1
    for nic in eth2 eth3; do ip link set $nic up; done
    cables_are_out=1
    cable 2 off
    cable 3 off
    systemctl start --no-block network
    until_true status_says 'Waiting: ' 'eth9: the device' 'bond1: carrier' || { systemctl status network; false; }
    until_true has_address bond0 10.0.11.2/24
    unit_is network.service activating
    ip link add eth9 type dummy
    until_true has_address eth9 10.9.9.9/24
    until_true status_is 'Waiting: bond1: carrier'
    cable 2 on
    cable 3 on
    cables_are_out=
    until_true unit_is network.service active
    status_is 'Every interface is as configured'
    ip link del eth9
}

@test "init.d/network stop also takes down what a failed unit left up" {
    systemctl stop network
    printf 'DEVICE=eth9\nIPADDR=10.9.9.9\nPREFIX=24\nDEVTIMEOUT=0\n' | file_write ifcfg-broken
    run /etc/init.d/network restart
    echo "$output"
    [ "$status" -eq 1 ]
    grep -qF 'Bringing up interface broken:  [FAILED]' <<<"$output"
    unit_is network.service failed
    run /etc/init.d/network stop
    [ "$status" -eq 0 ]
    [ ! -e /sys/class/net/bond0 ]
    unit_is network.service inactive
    rm $NETWORK_SCRIPTS/ifcfg-broken
    systemctl start network
}

@test "with NETWORKING=no the unit is content, and the script says 6" {
    sed -i s/NETWORKING=yes/NETWORKING=no/ /etc/sysconfig/network
    systemctl restart network
    unit_is network.service active
    run /etc/init.d/network start
    sed -i s/NETWORKING=no/NETWORKING=yes/ /etc/sysconfig/network
    [ "$status" -eq 6 ]
    systemctl restart network
    has_address bond0 10.0.11.2/24
}

@test "the figure of systemd-analyze security" {
    run systemd-analyze security --no-pager network.service
    figure=$(tail -1 <<<"$output")
    echo "# $figure" >&3
    [[ $figure =~ ([0-9]+\.[0-9]) ]]
    [ "${BASH_REMATCH[1]/./}" -lt 50 ] # "OK"; modules, tunables and the host's network are the work itself
}

# Both started on the same running machine. Printed, not judged: only that both did the same work.
@test "boot-time cost beside systemd-networkd's for the same two bonds" {
    systemctl stop network
    systemctl start network
    systemd-analyze blame | grep ' network.service' >"$BATS_TEST_TMPDIR/blame"
    systemctl stop network
    networkd_configure
    systemctl start systemd-networkd.service systemd-networkd-wait-online.service
    has_address bond0 10.0.11.2/24
    has_address bond1 172.16.11.2/24
    is_port_of eth3 bond1
    systemd-analyze blame | grep systemd-networkd >>"$BATS_TEST_TMPDIR/blame"
    sed 's/^ */# systemd-analyze blame: /' "$BATS_TEST_TMPDIR/blame" >&3
    systemctl stop systemd-networkd.socket systemd-networkd.service systemd-networkd-wait-online.service
    rm -f /etc/systemd/network/*
    systemctl mask --quiet systemd-networkd.service systemd-networkd.socket
    modprobe -r bonding
    systemctl start network
}
