#!/usr/bin/env bats
# Names by HWADDR, and cards that come and go. The boot before this one is asked about its end.
bats_require_minimum_version 1.5.0
load boot.bash

mac_is() { # NIC, last byte of its permanent address
    [ "$(ip -j link show dev "$1" | jq -r '.[0].permaddr // .[0].address')" = "52:54:00:00:00:$2" ]
}
# nic_add NUMBER: plugs the NIC of that number back into its cable.
nic_add() {
    until_true nic_try "$1"
}
nic_try() { # QEMU refuses while it has not quite let go of the one before; a second one of that name it refuses anyhow
    grep -qs "52:54:00:00:00:0$1" /sys/bus/pci/devices/*/virtio*/net/*/address || ip link | grep -q "permaddr 52:54:00:00:00:0$1" || {
        monitor device_add "virtio-net-pci,netdev=net$1,id=nic$1,mac=52:54:00:00:00:0$1,romfile="
        return 1
    }
}
nic_del() {
    monitor device_del "nic$1"
}
run_count() {
    journalctl -b -u netsvc-hotplug.service CODE=hotplug -o cat | wc -l
}

@test "at the last shutdown the network stayed until its users had stopped" {
    run journalctl -b -1 -u net-user.service -o cat
    echo "$output"
    grep -q 'found at stop: bond1 .* 172.16.11.2/24' <<<"$output"
    run journalctl -b -1 -u network.service -o cat
    [[ ${output##*Stopping} == *'Shutting down interface bond1:  [  OK  ]'* ]]
}

@test "two cards change names with each other before the network starts" {
    mac_is eth0 01
    mac_is eth1 00
    [ -z "$(ip -br link | grep '^dev[0-9]')" ]
    is_port_of eth0 bond0
    is_port_of eth1 bond0
}

@test "a card gets the name in its file; VLAN and alias files name none" {
    mac_is back2 02
    mac_is eth3 03
    is_port_of back2 bond1
    unit_is network.service active
    journalctl -b CODE=renamed -o cat | grep -qE 'ifcfg-eth[01]:[0-9]+: dev[0-9]+ is renamed to eth[01]'
}

@test "a port keeps its name: it goes by the permanent address, not by the bond's that it has now" {
    [ "$(cat /sys/class/net/eth1/address)" = "$(cat /sys/class/net/eth0/address)" ]
    for nic in eth0 eth1; do
        ACTION=add /usr/lib/udev/netsvc-rename $nic >"$BATS_TEST_TMPDIR/name"
        [ "$(cat "$BATS_TEST_TMPDIR/name")" = $nic ]
    done
    udevadm trigger --settle --action=add /sys/class/net/eth0 /sys/class/net/eth1
    mac_is eth0 01 && mac_is eth1 00
}

@test "the start waited until udev had done with a card, without DEVTIMEOUT" {
    journalctl -b -o cat -u network.service CODE=interface-up INTERFACE=bond1 | grep -qF '[  OK  ]'
    grep -qx DEVTIMEOUT=0 $NETWORK_SCRIPTS/ifcfg-eth2
    [ "$(cat /run/slow-rule)" = back ] # written when the rule that holds udev up came to its end
    slow=$(stat -c %Y /run/slow-rule)
    [ "$(journalctl -b -o json -u network.service CODE=interface-up INTERFACE=bond1 -n 1 | jq '.__REALTIME_TIMESTAMP | tonumber / 1000000 | floor')" -ge "$slow" ]
}

@test "a card that vanishes leaves the bond and the record" {
    record_has eth3
    nic_del 3
    until_true test ! -e /sys/class/net/eth3
    until_true record_lacks eth3
    has_address bond1 172.16.11.2/24
    run ! is_port_of eth3 bond1
}

@test "the card comes back and joins its bond" {
    nic_add 3
    until_true is_port_of eth3 bond1
    until_true record_has eth3
    unit_is network.service active
    until_true sh -c "journalctl -b -u netsvc-hotplug.service CODE=interface-up INTERFACE=bond1 -o cat | grep -q 'bond1:  \[  OK  \]'"
}

@test "a card that was never seen is configured by its file; ifname= on the kernel command line comes first" {
    printf 'DEVICE=lan7\nIPADDR=10.7.7.7\nPREFIX=24\n' | file_write ifcfg-lan7
    printf 'DEVICE=lan8\nHWADDR=52:54:00:00:00:07\nONBOOT=no\n' | file_write ifcfg-lan8
    monitor device_add virtio-net-pci,id=nic7,mac=52:54:00:00:00:07,romfile=
    until_true has_address lan7 10.7.7.7/24
    mac_is lan7 07
}

@test "a card that comes after the start has given up on it makes the failed unit active" {
    nic_del 7
    until_true test ! -e /sys/class/net/lan7
    echo DEVTIMEOUT=0 >>$NETWORK_SCRIPTS/ifcfg-lan7
    run ! systemctl restart network
    unit_is network.service failed
    monitor device_add virtio-net-pci,id=nic7,mac=52:54:00:00:00:07,romfile=
    until_true has_address lan7 10.7.7.7/24
    until_true unit_is network.service active
    [ "$(systemctl show -P StatusText network.service)" = 'Every interface is as configured' ]
    ip link add probe7 type dummy # the queue is alive
    ip link del probe7
}

@test "an event that did not happen brings up nothing that was taken down" {
    ifdown lan7
    udevadm trigger --settle --action=add /sys/class/net/lan7
    until_true unit_is netsvc-hotplug.service inactive
    run ! has_address lan7 10.7.7.7/24
    ifup lan7
}

@test "when it vanishes, its rules go too" {
    printf 'from 10.7.7.7 table 77\n' | file_write rule-lan7
    ifup lan7
    ip rule | grep -q 'from 10.7.7.7'
    record_has lan7
    nic_del 7
    until_true test ! -e /sys/class/net/lan7
    until_true sh -c '! ip rule | grep -q 10.7.7.7'
    until_true record_lacks lan7
    rm $NETWORK_SCRIPTS/*lan[78]
}

@test "ONBOOT=no and HOTPLUG=no are left alone" {
    printf 'DEVICE=dummy1\nIPADDR=10.8.1.1\nPREFIX=24\nHOTPLUG=no\n' | file_write ifcfg-dummy1
    printf 'DEVICE=dummy2\nIPADDR=10.8.2.1\nPREFIX=24\nONBOOT=no\n' | file_write ifcfg-dummy2
    printf 'DEVICE=dummy3\nIPADDR=10.8.3.1\nPREFIX=24\n' | file_write ifcfg-dummy3
    for i in 1 2 3; do ip link add dummy$i type dummy; done
    until_true has_address dummy3 10.8.3.1/24
    run ! is_up dummy1
    run ! is_up dummy2
    rm $NETWORK_SCRIPTS/ifcfg-dummy[123]
    for i in 1 2 3; do ip link del dummy$i; done
}

@test "a virtual device is found by the DEVICE in a file of any name" {
    printf 'DEVICE=dummy4\nIPADDR=10.8.4.1\nPREFIX=24\n' | file_write ifcfg-some
    ip link add dummy4 type dummy
    until_true has_address dummy4 10.8.4.1/24
    rm $NETWORK_SCRIPTS/ifcfg-some
    ip link del dummy4
}

@test "a bridge that somebody has made keeps its name, though a card has a right to it" {
    ip link add lan7 type bridge
    before=$(cat /sys/class/net/lan7/ifindex)
    monitor device_add virtio-net-pci,id=nic7,mac=52:54:00:00:00:07,romfile=
    until_true sh -c 'grep -qs 52:54:00:00:00:07 /sys/bus/pci/devices/*/virtio*/net/*/address'
    udevadm settle
    [ "$(cat /sys/class/net/lan7/ifindex)" = "$before" ]
    journalctl -b CODE=renamed -p err -o cat | grep -q 'lan7: a device of that name is there which is not a NIC'
    nic_del 7
    ip link del lan7
}

@test "a card whose naming was cut off in the middle has its name with the next start" {
    systemctl stop network
    ip link set eth3 down
    # The helper ends after its time, in which it does not get its lock.
    flock /run/netsvc/rename.lock sh -c 'ip link set eth3 name dev99; udevadm settle'
    [ -e /sys/class/net/dev99 ]
    systemctl start network
    mac_is eth3 03
    is_port_of eth3 bond1
}

@test "a storm of 200 cards is one run" {
    until_true unit_is netsvc-hotplug.service inactive
    udevadm settle
    for i in $(seq 200); do printf 'DEVICE=storm%d\nIPADDR=10.200.%d.1\nPREFIX=24\nARPCHECK=no\n' "$i" "$i" | file_write "ifcfg-storm$i"; done
    before=$(run_count)
    udevadm control --stop-exec-queue # so that they come at once, however long ip takes to make them
    for i in $(seq 200); do echo "link add storm$i type dummy"; done | ip -batch -
    udevadm control --start-exec-queue
    until_true has_address storm200 10.200.200.1/24
    until_true unit_is netsvc-hotplug.service inactive
    [ "$(ip -br -4 address | grep -c '^storm')" -eq 200 ]
    runs=$(($(run_count) - before))
    journalctl -b -u netsvc-hotplug.service -o short-monotonic | tail -20
    [ "$runs" -eq 1 ]
    rm $NETWORK_SCRIPTS/ifcfg-storm*
    for i in $(seq 200); do echo "link del storm$i"; done | ip -batch -
}

@test "while the network is stopped, cards are nobody's business" {
    systemctl stop network
    nic_del 3
    until_true test ! -e /sys/class/net/eth3
    nic_add 3
    until_true test -e /sys/class/net/eth3
    udevadm settle
    unit_is netsvc-hotplug.service inactive
    run ! is_up eth3
    systemctl start network
    is_port_of eth3 bond1
}

@test "without any ifcfg file there is nothing to do, and that is no failure" {
    systemctl stop network
    rm -f $NETWORK_SCRIPTS/*
    modprobe -r bonding
    journalctl -n 0 --cursor-file="$BATS_TEST_TMPDIR/cursor" # from here on
    systemctl start network
    unit_is network.service active
    has_address lo 127.0.0.1/8
    run ! is_up eth0
    [ ! -e /sys/module/bonding ]
    run journalctl -u network.service --cursor-file="$BATS_TEST_TMPDIR/cursor" -q -p warning -o cat
    [ -z "$output" ]
}

@test "without /etc/sysconfig/network the unit is skipped" {
    mv /etc/sysconfig/network /etc/sysconfig/network.away
    systemctl stop network
    systemctl start network
    unit_is network.service inactive
    run /etc/init.d/network start
    mv /etc/sysconfig/network.away /etc/sysconfig/network
    [ "$status" -eq 6 ]
}
