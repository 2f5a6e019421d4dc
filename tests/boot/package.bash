# What the stages with packages share, also before the boot.
export HOME=/root # where Debian's rpm keeps its data base

# netsvc_remove: a system that never had netsvc, by whatever way it came. Without configuration files.
netsvc_remove() {
    systemctl disable --quiet network.service 2>/dev/null || true
    xargs -d '\n' rm -f </netsvc/installed
    rm -rf /lib/systemd/system/{network,netsvc-hotplug}.service.d /usr/share/doc/netsvc /usr/include/ifcfg /etc/sysconfig /etc/modules.conf
    dpkg -P netsvc 2>/dev/null || true
}

# events_begin, events_none: no link, address, route or rule may change in between, but the mark's.
events_begin() {
    carriers=$(cat /sys/class/net/*/carrier_changes)
    ip -o monitor link address route rule >>"$BATS_TEST_TMPDIR/events" 3>&- &
    watcher=$!
    until_true events_mark # it listens
}
events_mark() {
    : >"$BATS_TEST_TMPDIR/events"
    ip link add mark type dummy
    ip link del mark
    grep -q 'Deleted.*mark' "$BATS_TEST_TMPDIR/events"
}
events_none() {
    ip link add endmark type dummy
    ip link del endmark
    until_true grep -q 'Deleted.*endmark' "$BATS_TEST_TMPDIR/events" # all before it is written
    kill "$watcher"
    if grep -v 'mark' "$BATS_TEST_TMPDIR/events"; then return 1; fi
    [ "$(cat /sys/class/net/*/carrier_changes)" = "$carriers" ]
}

# web01_is_up: both bonds, as the guide has them, with updelay over.
web01_is_up() {
    has_address bond0 10.0.11.2/24
    has_address bond1 172.16.11.2/24
    for pair in eth0:bond0 eth1:bond0 eth2:bond1 eth3:bond1; do is_port_of "${pair%:*}" "${pair#*:}"; done
    until_true links_are_up eth0 eth1 eth2 eth3
}
links_are_up() { # PORT...: as their bonds see them
    local port
    for port in "$@"; do [ "$(cat "/sys/class/net/$port/bonding_slave/mii_status")" = up ] || return 1; done
}
# sysconfig_keep, sysconfig_is_intact: every file is as it was before the boot, but for the package's own, which come and go with it.
sysconfig_keep() {
    rm -rf /var/lib/boot-test/sysconfig
    cp -a /etc/sysconfig /var/lib/boot-test/sysconfig
}
sysconfig_is_intact() {
    diff -r -x network-functions -x ifup-eth -x ifdown-eth /var/lib/boot-test/sysconfig /etc/sysconfig
}
# nothing_runs: neither a unit of ours that systemd could start by itself, nor a process, nor a rule of udev.
nothing_runs() {
    local unit
    for unit in network.service netsvc-hotplug.path netsvc-hotplug.service; do
        if systemctl is-enabled "$unit" 2>/dev/null; then return 1; fi
        [ "$(systemctl show -P LoadState "$unit")" != loaded ] || return 1
    done
    unit_is netsvc-hotplug.path inactive && unit_is netsvc-hotplug.service inactive || return 1
    if pgrep -x netsvc; then return 1; fi
    [ -z "$(find /usr/lib/udev /etc/udev -name '*netsvc*')" ]
}
