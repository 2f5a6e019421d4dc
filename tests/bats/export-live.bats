# Beside the systemd-networkd of this machine, in a namespace: of what `netsvc export` writes it makes the same in the kernel as
# `netsvc start` of the same files, and what it has is taken over while it works.

bats_require_minimum_version 1.5.0

setup() {
    [ "$(id -u)" -eq 0 ] || skip "only root makes namespaces"
    NETWORKD=$(command -v /lib/systemd/systemd-networkd /usr/lib/systemd/systemd-networkd | head -1)
    [ -n "$NETWORKD" ] || skip "there is no systemd-networkd here"
    export NETWORKD TREE BUILD
}

# Inside: two machines one after the other, whose cards are the same.
cards() {
    local i
    for i in 0 1; do
        ip link add "eth$i" address "52:54:00:00:00:0$i" type veth peer name "p$i"
        ip link set "p$i" up
    done
}
state() { "$TREE/tests/bats/state" | grep -v '"p[0-9]"'; }
inside() { # EXAMPLE
    local end pid files=$TREE/sysconfig-examples/$1
    mount -t tmpfs none /run
    mount -t sysfs -o ro sysfs /sys # by this networkd knows that there is no udev to wait for
    mkdir -p /run/{upper,work} /run/systemd/network
    mount -t overlay overlay -o lowerdir=/etc,upperdir=/run/upper,workdir=/run/work /etc
    rm -rf /etc/sysconfig
    cp -r "$files/etc/." /etc/
    ip link set lo up
    cards
    "$BUILD/netsvc" start
    state >/run/ours
    for path in eth0 eth1; do ip link del $path; done
    while ip rule del pref 1000 || ip rule del pref 1001; do :; done 2>/dev/null
    ip route flush table all scope global 2>/dev/null || true
    cards
    "$BUILD/netsvc" export --to networkd --root "$files" --out /run/systemd/network 2>/dev/null
    "$NETWORKD" >/run/log 2>&1 &
    pid=$! end=$((SECONDS + 60))
    until state >/run/theirs && cmp -s /run/ours /run/theirs; do
        [ "$SECONDS" -lt "$end" ] || break
        sleep 0.2
    done
    kill $pid
    diff /run/ours /run/theirs || { cat /run/log; return 1; }
    [ "$(grep -c '^address' /run/ours)" -ge 2 ]
}
compare() { # EXAMPLE
    run unshare -mn bash -c "$(declare -f cards state inside); set -e; inside $1"
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "systemd-networkd makes the same of ethernet-static: addresses, routes, tables, rules" {
    compare ethernet-static
}

@test "systemd-networkd makes the same of aliases: labels and all" {
    compare aliases
}

# Inside: networkd has a bridge with a rule, and somebody far away counts what it answers. Its unit is played by a file and a script.
taken() {
    mount -t tmpfs none /run
    mkdir -p /run/{upper,work,bin,lock} /run/systemd/network
    mount -t sysfs -o ro sysfs /sys
    mount -t tmpfs none /sys/fs/cgroup
    mount -t tmpfs none /var/lib
    mkdir -p /sys/fs/cgroup/system.slice/systemd-networkd.service
    mount -t overlay overlay -o lowerdir=/etc,upperdir=/run/upper,workdir=/run/work /etc
    rm -rf /etc/sysconfig
    cat >/run/bin/systemctl <<'END'
#!/bin/bash
case $* in
"stop systemd-networkd.service")
    kill "$(</run/pid)"
    tail --pid="$(</run/pid)" -f /dev/null
    ;;
"start systemd-networkd.service")
    "$NETWORKD" >>/run/log 2>&1 &
    echo $! >/run/pid
    ;;
*) exit 1 ;;
esac
END
    chmod +x /run/bin/systemctl
    ip link set lo up
    ip link add eth0 type veth peer name p0
    ip netns add far
    ip link set p0 netns far
    ip -n far addr add 10.0.0.9/24 dev p0
    ip -n far link set p0 up
    printf '[NetDev]\nName=br0\nKind=bridge\n' >/run/systemd/network/br0.netdev
    printf '[Match]\nName=eth0\n[Network]\nBridge=br0\n' >/run/systemd/network/eth0.network
    printf '[Match]\nName=br0\n[Network]\nAddress=10.0.0.2/24\nGateway=10.0.0.9\n[RoutingPolicyRule]\nFrom=10.0.0.2\nTable=7\nPriority=700\n' \
        >/run/systemd/network/br0.network
    "$NETWORKD" >/run/log 2>&1 &
    echo $! >/run/pid
    local end=$((SECONDS + 60))
    until ip netns exec far ping -q -c 1 -W 1 10.0.0.2 >/dev/null && grep -qx ADMIN_STATE=configured "/run/systemd/netif/links/$(</sys/class/net/br0/ifindex)"; do
        [ "$SECONDS" -lt "$end" ] || { cat /run/log; return 1; }
        sleep 0.1
    done
    ip netns exec far ping -q -i 0.01 -c 1000 10.0.0.2 >/run/ping &
    local pings=$!
    PATH=/run/bin:$PATH "$BUILD/netsvc" import --take br0
    wait $pings
    cat /run/ping
    grep -q '^1000 packets transmitted, 1000 received' /run/ping
    grep -qx ADMIN_STATE=unmanaged "/run/systemd/netif/links/$(</sys/class/net/br0/ifindex)"
    "$BUILD/netsvc" plan restart --exit-code >/dev/null
    ip rule | grep -q '^700:.*from 10.0.0.2'
    "$BUILD/netsvc" stop >/dev/null 2>&1
    [ -z "$(ip -4 addr show br0)" ]
    kill "$(</run/pid)"
}

@test "import --take: systemd-networkd leaves what it has as it is, not one of 1,000 pings is lost, and it is ours" {
    run timeout 300 unshare -mn --propagation private bash -c "$(declare -f taken); set -e; taken"
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *'systemd-networkd leaves these from now on, by /etc/systemd/network/00-netsvc.network: br0, eth0'* ]]
}
