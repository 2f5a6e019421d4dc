#!/usr/bin/env bats
# The rpm package on a real systemd: booted, with a card that is missing and drivers loaded by alias, upgraded and removed.
bats_require_minimum_version 1.5.0
load boot.bash
load package.bash

monotonic() { # unit, property: microseconds since the boot
    systemctl show -P "$2TimestampMonotonic" "$1"
}

@test "rpm: the package alone makes the machine boot to network-online" {
    rpm -qf /usr/sbin/netsvc | grep -q '^netsvc-'
    systemctl is-enabled network.service
    systemctl is-active network-online.target network.target netsvc-hotplug.path
    web01_is_up
    journalctl -b -u net-user.service -o cat | grep -q 'found at start: bond1 .* 172.16.11.2/24'
}

@test "a card that is missing at boot: network-online is reached when its time is over, and the unit says what failed" {
    unit_is network.service failed
    [ "$(systemctl show -P ExecMainStatus network.service)" = 1 ]
    [ "$(systemctl show -P StatusText network.service)" = "Not as configured: lan7; see the log" ]
    begin=$(monotonic network.service ExecMainStart) end=$(monotonic network.service ExecMainExit)
    [ $((end - begin)) -ge 4000000 ]
    [ "$(monotonic network-online.target ActiveEnter)" -ge "$end" ]
    journalctl -b -u network.service INTERFACE=lan7 CODE=interface-failed -o cat | grep -qF 'Bringing up interface lan7:  [FAILED]'
    journalctl -b -u network.service INTERFACE=lan7 CODE=reason -o json | jq -e '.CONFIG_FILE | endswith("/ifcfg-lan7")'
    [ "$(journalctl -b -u network.service CODE=interface-up -o cat | grep -c 'bond[01]:  \[  OK  \]')" -eq 2 ]
}

@test "the aliases of modules.conf loaded the cards' driver, which udev must not load, and the cards have their names" {
    [ -e /sys/module/virtio_net ]
    alias=$(cat /sys/class/net/eth0/device/modalias)
    [ -n "$alias" ]
    [ "$(ip -j link show dev eth0 | jq -r '.[0].permaddr // .[0].address')" = 52:54:00:00:00:01 ]
    [ -z "$(modprobe --use-blacklist --dry-run --verbose "$alias" 2>/dev/null)" ]
}

@test "the administrator's max_bonds=3 counts, and the bonds that the driver made are taken over" {
    [ "$(cat /sys/class/net/bonding_masters)" = "bond0 bond1 bond2" ]
    for bond in bond0 bond1; do grep -q 'fault-tolerance (active-backup)' /proc/net/bonding/$bond; done
    [ -z "$(netsvc plan restart --json | jq -r '.groups[].operations[] | select((.dev | test("bond")) and .op != "verify") | .op')" ]
}

@test "the card comes after the unit has failed, and is configured" {
    monitor device_add virtio-net-pci,id=nic7,mac=52:54:00:00:00:07,romfile=
    until_true has_address lan7 10.7.7.7/24
    until_true unit_is netsvc-hotplug.service inactive
    monitor device_del nic7
    until_true test ! -e /sys/class/net/lan7
    until_true record_lacks lan7
    rm "$NETWORK_SCRIPTS/ifcfg-lan7"
    systemctl start network
    unit_is network.service active
}

@test "rpm: an upgrade with the network up bounces nothing" {
    events_begin
    rpm -U --nodeps /netsvc/packages/new/netsvc-[0-9]*.rpm
    events_none
    [ "$(rpm -q --qf '%{VERSION}' netsvc)" = 99.1 ]
    sysconfig_is_intact
    web01_is_up
    systemctl is-enabled network.service
    systemctl is-active network.service netsvc-hotplug.path
    events_begin
    /etc/init.d/network restart
    events_none
}

@test "rpm: a removal leaves the network up and the files, and nothing that runs" {
    events_begin
    rpm -e netsvc
    events_none
    web01_is_up
    sysconfig_is_intact
    nothing_runs
    run find /etc /usr /var/lib -xdev \( -path /var/lib/boot-test -o -path /var/lib/rpm \) -prune -o \
        \( -name '*netsvc*' -o -name network.service -o -name '[SK]??network' \) -print
    echo "$output"
    [ -z "$output" ]
}
