# What is wrong with the machine: one line says so, nothing is lost, the rest comes up, and a start ends in time.

load sandbox.bash

setup() {
    sandbox_make
}

# Whoever connects waits: a bus is there, for systemd and all others, and takes no message.
MUTE_BUS='
    mount -t tmpfs none /sys/fs/cgroup
    mkdir -p /run/dbus /run/systemd/system /run/systemd/resolve /sys/fs/cgroup/system.slice/{firewalld,NetworkManager,systemd-resolved}.service
    ln -sf /run/systemd/resolve/stub-resolv.conf /etc/resolv.conf
    echo "nameserver 127.0.0.53" >/run/systemd/resolve/stub-resolv.conf
    echo "<busconfig><listen>unix:path=/run/dbus/system_bus_socket</listen><listen>unix:path=/run/systemd/private</listen></busconfig>" >/run/bus.conf
    dbus-daemon --config-file=/run/bus.conf --nofork --print-address >/run/listens &
    bus=$!
    until [ -s /run/listens ]; do sleep 0.05; done
    kill -STOP $bus
'
@test "a bus that hangs: a line says so of each who does not answer, the rest is up, and the start ends within its budget" {
    command -v dhclient || skip "dhclient is not installed"
    printf '%s\n' DEVICE=v0 IPADDR=10.0.0.2 PREFIX=24 ARPCHECK=no ZONE=home DNS1=10.0.0.53 | put ifcfg-v0
    printf '%s\n' DEVICE=v1 BOOTPROTO=dhcp DHCP_CLIENT=dhclient | put ifcfg-v1
    ln -s /run/systemd/resolve/stub-resolv.conf "$SANDBOX/etc/resolv.conf"
    mkdir "$SCRIPTS/up.d"
    printf '#!/bin/sh\nexit 0\n' | put up.d/10-hook
    chmod 755 "$SCRIPTS/up.d/10-hook"
    split sandbox_run v "$MUTE_BUS"'
        SECONDS=0
        netsvc start || :
        [ "$SECONDS" -lt 45 ] || echo "took $SECONDS s"
        ip -br -4 addr
        kill -KILL $bus' --pid --fork --mount-proc
    [ "$status" -eq 0 ]
    [[ $out == *'v0@p0 '*' UP '*' 10.0.0.2/24'* && $out != *took* ]]
    [ "$(grep -c '^ifcfg-v0.*NetworkManager.*: no answer within 5 s; ' <<<"$err")" = 1 ]
    [ "$(grep -c '^ifcfg-v0:5: v0: firewalld .*zone home: no answer within 20 s; ' <<<"$err")" = 1 ]
    [ "$(grep -c '^ifcfg-v0:6: v0: systemd-resolved.* no answer within 5 s; ' <<<"$err")" = 1 ]
    [ "$(grep -c '^ifcfg-v1.*systemd does not run dhclient as netsvc-dhcp-v1-4.service: no answer within 20 s' <<<"$err")" = 1 ]
    [ "$(grep -c '^ifcfg-v0.*systemd does not run /.*/10-hook as .*: it does not answer' <<<"$err")" = 1 ]
}

# conf_fault WORDS PREPARE MEND: /etc/resolv.conf cannot be written; then it can.
conf_fault() {
    printf '%s\n' DEVICE=v0 IPADDR=10.0.0.2 PREFIX=24 ARPCHECK=no DNS1=10.0.0.53 | put ifcfg-v0
    printf '%s\n' DEVICE=v1 IPADDR=10.1.0.2 PREFIX=24 ARPCHECK=no | put ifcfg-v1
    echo 'nameserver 192.0.2.53' >"$SANDBOX/etc/resolv.conf"
    rm -f "$SANDBOX/etc/resolv.conf.save"
    sandbox "$2"'
        netsvc start >/dev/null || echo "status $?"
        ip -br -4 addr; cat /etc/resolv.conf; ls /etc /etc/sysconfig/network-scripts
        '"$3"'
        netsvc start >/dev/null; cat /etc/resolv.conf'
    [ "$status" -eq 0 ]
    [ "$(grep -c . <<<"$err")" = 1 ]
    [[ $err == "ifcfg-v0:5: v0: cannot write /etc/resolv.conf"*': '*"$1"* ]]
    [[ $out == *'v0@p0 '*' 10.0.0.2/24'*'v1@p1 '*' 10.1.0.2/24'*'nameserver 192.0.2.53'*'nameserver 10.0.0.53' && $out != *resolv.conf.[!s]?????* ]]
}
@test "a full disk, and an /etc that is read-only: one line says so, resolv.conf is as it was, the rest is up, and it is made good later" {
    conf_fault 'the disk is full; make room' 'mkdir /run/small; mount -t tmpfs -o size=64k none /run/small; cp -a /etc/. /run/small; mount --bind /run/small /etc
        cat /dev/zero >/etc/full 2>/dev/null || :' 'rm /etc/full'
    conf_fault 'read-only' 'mount -o remount,bind,ro /etc' 'mount -o remount,bind,rw /etc'
    # what is mounted over cannot be renamed over; one more line is one page more
    conf_fault 'the disk is full; make room' 'mkdir /run/small; mount -t tmpfs -o size=4k none /run/small
        { head -c 4070 /dev/zero | tr "\0" "#"; echo; cat /etc/resolv.conf; } | head -c 4096 >/run/small/resolv.conf
        echo DOMAIN=example.com >>/etc/sysconfig/network-scripts/ifcfg-v0
        mount --bind /run/small/resolv.conf /etc/resolv.conf' 'mount -o remount,size=1m /run/small'
}

@test "a FIFO in the place of resolv.conf is not waited for, and a limit of the size of files ends no run half way" {
    printf '%s\n' DEVICE=v0 IPADDR=10.0.0.2 PREFIX=24 ARPCHECK=no DNS1=10.0.0.53 | put ifcfg-v0
    LIMIT=30 sandbox 'rm -f /etc/resolv.conf*; mkfifo /etc/resolv.conf; netsvc start >/dev/null; cat /etc/resolv.conf'
    [ "$status" -eq 0 ]
    [ "$out" = "nameserver 10.0.0.53" ]
    LIMIT=30 sandbox '{ (ulimit -f 0; netsvc start || echo "status $?"); ip -br -4 addr show v0; } 2>&1 | cat'
    [ "$status" -eq 0 ]
    [[ $out == *"cannot keep the record of what was configured"*$'\n''v0@p0 '*' 10.0.0.2/24'* && $out != *status* ]]
}
