# What `netsvc export` writes, brought up by the systemd-networkd of this machine in a namespace: the kernel has the same as after
# `netsvc start` of the same files.

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
