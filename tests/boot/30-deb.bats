#!/usr/bin/env bats
# The Debian package on a real systemd: booted, upgraded with the network up, removed and purged.
bats_require_minimum_version 1.5.0
load boot.bash
load package.bash

version() {
    dpkg-query -W -f '${Version}' netsvc
}

@test "deb: the package alone makes the machine boot to network-online" {
    dpkg -S /usr/sbin/netsvc | grep -q '^netsvc:'
    systemctl is-enabled network.service
    systemctl is-active network-online.target network.target network.service netsvc-hotplug.path
    web01_is_up
    journalctl -b -u net-user.service -o cat | grep -q 'found at start: bond1 .* 172.16.11.2/24'
    run journalctl -b -u network.service -p warning -o cat
    echo "$output"
    [ -z "$output" ]
}

@test "deb: journalctl -x explains every message, with nobody having updated the catalogue" {
    ids=$(sed -n 's/^-- //p' /usr/lib/systemd/catalog/netsvc.catalog)
    [ "$(wc -w <<<"$ids")" -ge 14 ]
    for id in $ids; do journalctl --dump-catalog "$id" | grep -q '^Defined-By: netsvc$'; done
    journalctl -b -x -u network.service INTERFACE=bond1 | grep -q 'Subject: An interface is up$'
}

@test "deb: an upgrade with the network up bounces nothing, and keeps what the administrator wrote" {
    echo '# mine' >>/etc/init.d/network
    events_begin
    dpkg -i --force-confold /netsvc/packages/new/netsvc_*.deb
    events_none
    [ "$(version)" = 99.1 ]
    sysconfig_is_intact
    grep -qx '# mine' /etc/init.d/network
    web01_is_up
    systemctl is-enabled network.service
    systemctl is-active network.service netsvc-hotplug.path
}

@test "deb: the service goes on as the new version" {
    events_begin
    /etc/init.d/network restart
    events_none
    systemctl stop network
    [ ! -e /sys/class/net/bond0 ]
    systemctl start network
    web01_is_up
}

@test "deb: a removal leaves the network up and the files, and nothing that runs" {
    events_begin
    dpkg -r netsvc
    events_none
    web01_is_up
    sysconfig_is_intact
    nothing_runs
}

@test "deb: the init script that is left says that netsvc is not installed" {
    run /etc/init.d/network start
    [ "$status" -eq 5 ]
    [[ $output == *'netsvc is not installed'* ]]
    run /etc/init.d/network stop
    [ "$status" -eq 0 ]
    web01_is_up
}

@test "deb: installed again, it takes over the network that is up" {
    events_begin
    dpkg -i --force-confold /netsvc/packages/new/netsvc_*.deb
    events_none
    systemctl is-enabled network.service
    systemctl is-active network.service netsvc-hotplug.path
    systemctl stop network
    [ ! -e /sys/class/net/bond0 ]
    systemctl start network
    web01_is_up
}

@test "deb: a purge leaves the network up, and nothing but /etc/sysconfig" {
    events_begin
    dpkg -P netsvc
    events_none
    web01_is_up
    sysconfig_is_intact
    nothing_runs
    [ ! -e /etc/init.d/network ]
    run find /etc /usr /var/lib -xdev \( -name '*netsvc*' -o -name network.service -o -name 'S??network' -o -name 'K??network' \)
    echo "$output"
    [ -z "$output" ]
}
