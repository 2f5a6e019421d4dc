# import on a running system, in a sandbox of its own: what others have set up becomes files, and ours.

bats_require_minimum_version 1.5.0
load sandbox.bash

setup() {
    sandbox_make
    rm "$SANDBOX/etc/sysconfig/network"
}

made='
    ip link set lo up; ip link set v0 up; ip addr add 10.9.0.2/24 brd + dev v0; ip addr add 10.9.0.3/24 brd + dev v0 label v0:x
    ip route add 10.8.0.0/16 via 10.9.0.1; ip -6 addr add 2001:db8::2/64 dev v0 nodad'

@test "what runs becomes files that ask for it: nothing to do afterwards; down, and up again, it is the same" {
    sandbox "$made"'
        picture() { ip -o addr show v0 | sed "s/ *valid_lft.*//; s/^[0-9]*: //; s/ nodad//" | grep -v fe80; ip route | grep -v linkdown; cat /sys/class/net/v0/address; }
        before=$(picture)
        netsvc import v0; netsvc check >&2; netsvc plan restart --exit-code >/dev/null
        netsvc start >/dev/null; netsvc stop >/dev/null; netsvc start >/dev/null
        diff <(echo "$before") <(picture)'
    [ "$status" -eq 0 ]
    [ -z "$out" ]
    [[ $err == "warning: v0: the address 2001:db8::2/64: "*"(nodad)"*"0 errors, 0 warnings"* ]]
    grep -qx IPADDR=10.9.0.2 "$SCRIPTS/ifcfg-v0"
    grep -qx IPADDR=10.9.0.3 "$SCRIPTS/ifcfg-v0:x"
    grep -qx '10.8.0.0/16 via 10.9.0.1' "$SCRIPTS/route-v0"
}

@test "a second import finds all files there; --force replaces them and keeps copies; a dry run writes nothing" {
    sandbox "$made"'
        netsvc import --dry-run v0 >/dev/null; ls '"$FILES"' | wc -l; netsvc import v0; netsvc import v0
        sed -i "s/^MTU=.*//; 1i # mine" '"$FILES"'/ifcfg-v0; netsvc import --force v0; ls '"$FILES"
    [ "$status" -eq 0 ]
    [ "$(head -1 <<<"$out")" -eq 0 ]
    [[ $err == *"v0 has a file already"* ]]
    grep -qx '# mine' "$SCRIPTS/ifcfg-v0.bak"
    run ! grep -qx '# mine' "$SCRIPTS/ifcfg-v0"
}

@test "a bridge with a port's options, macvlan, VXLAN and cables: taken away and started from nothing, the kernel has the same" {
    sandbox 'ip link set lo up; ip link add br7 type bridge stp_state 0 forward_delay 400 hello_time 150 ageing_time 20000 priority 4096 mcast_snooping 0
        ip link set v0 master br7; ip link set v0 type bridge_slave cost 77 priority 5 hairpin on; ip link set v0 up
        ip link set br7 up; ip addr add 10.7.0.1/24 brd + dev br7; ip route add 10.8.0.0/16 via 10.7.0.9 metric 7 mtu 1300
        ip link add pair0 type veth peer name pair1; ip link set pair1 master br7; ip link set pair0 up; ip link set pair1 up
        ip link set v1 up; ip addr add 10.0.11.2/24 brd + dev v1; ip addr add 10.20.0.1 peer 10.20.0.2/32 dev v1 label v1:p
        ip link add mac7 link v1 type macvlan mode bridge; ip link set mac7 up address 02:00:00:00:01:07; ip addr add 192.0.2.7/32 dev mac7 scope link
        ip link add vx7 type vxlan id 7 local 10.0.11.2 remote 10.0.11.5 dstport 4789 nolearning dev v1; ip link set vx7 up address 02:00:00:00:03:07
        ip rule add from 10.7.0.1 table 7 priority 500; ip route add default via 10.7.0.9 table 7
        '"$TREE"'/tests/bats/state >/run/before; netsvc import; netsvc check >&2; netsvc plan restart --exit-code >/dev/null
        for device in br7 mac7 vx7 pair0 v0 v1; do ip link del $device; done; ip rule del priority 500
        netsvc start >/dev/null 2>&1; '"$TREE"'/tests/bats/state | diff /run/before -'
    [ "$status" -eq 0 ]
    [ -z "$out" ]
    [[ $err == "0 errors, 0 warnings"* ]]
}

@test "an address whose network somebody routes himself: what differs is the metric" {
    sandbox 'ip link set v0 up; ip addr add 10.7.0.1/24 dev v0 noprefixroute; ip addr add 10.6.0.1/24 dev v0 noprefixroute
        ip route add 10.7.0.0/24 dev v0 proto kernel scope link src 10.7.0.1 metric 425; netsvc import v0'
    [ "$status" -eq 0 ]
    [[ $err == *"v0: the address 10.7.0.1/24: the metric of the route to its network cannot be written in a file"* ]]
    [[ $err == *"v0: the address 10.6.0.1/24: that it brings no route to its network cannot be written in a file"* ]]
    [[ $err != *"10.7.0.1/24: that it brings"* ]]
}

@test "--take: not one packet is lost, and what others had set up is ours to take down" {
    sandbox "$made"'
        ip netns add far; ip link set p0 netns far; ip -n far link set p0 up; ip -n far addr add 10.9.0.1/24 dev p0
        ping -q -i 0.01 -c 1000 10.9.0.1 >/run/ping & ping=$!
        netsvc import --take v0 >/dev/null
        wait $ping; grep -o "[0-9]* packets transmitted, [0-9]* received" /run/ping
        netsvc stop >/dev/null; ip -4 -o addr show v0'
    [ "$status" -eq 0 ]
    [ "$out" = "1000 packets transmitted, 1000 received" ]
}

@test "wrong words and missing rights have the exit codes of all commands" {
    sandbox 'netsvc import --from wicked /etc'
    [ "$status" -eq 2 ]
    [ "$err" = "netsvc: --from wicked: it is one of nm, networkd, ifupdown, netplan" ]
    sandbox 'netsvc import --from wicked'
    [ "$status" -eq 2 ]
    [ "$err" = "netsvc: --from wicked: it is one of nm, networkd, ifupdown, netplan" ]
    sandbox 'netsvc import --from nm'
    [ "$status" -eq 2 ]
    [ "$err" = "netsvc: --from nm: name the directory that its files are in" ]
    [ "$(id -u)" -eq 0 ] || skip "nobody else to be"
    sandbox 'setpriv --reuid 65534 --clear-groups netsvc import'
    [ "$status" -eq 4 ]
    [ "$err" = "netsvc: only root can do this" ]
}

@test "--take refuses while another manager has a device, and says what to do" {
    sandbox "$made"'
        mkdir -p /run/NetworkManager/devices; number=$(cat /sys/class/net/v0/ifindex)
        printf "[device]\nmanaged=true\nconnection-uuid=1\n" >/run/NetworkManager/devices/$number
        mount -t tmpfs none /sys/fs/cgroup; mkdir -p /sys/fs/cgroup/system.slice/NetworkManager.service
        netsvc import --take v0'
    [ "$status" -eq 1 ]
    [[ $err == *"v0 is managed by NetworkManager"*"systemctl disable --now NetworkManager.service"* ]]
    [ ! -e "$SCRIPTS/ifcfg-v0" ]
}

@test "another manager's files that are not there: said, and nothing is written" {
    sandbox 'mkdir /run/empty; for from in nm networkd netplan; do netsvc import --from $from /run/empty --root /run && exit 9
        netsvc import --from $from /run/nowhere --root /run || echo "exit $?"; done; ls /run/etc 2>&1 || echo none'
    [ "$status" -eq 0 ]
    [ "$(grep -c 'no file of .* in /run/empty has an interface; nothing was written' <<<"$err")" -eq 3 ]
    [ "$(grep -c -- '--from .*: no such directory: /run/nowhere' <<<"$err")" -eq 3 ]
    [ "$(grep -c '^exit 1$' <<<"$out")" -eq 3 ]
    [[ $out == *none ]]
}

@test "the loopback interface: needs no file, unless it has more than every one has" {
    sandbox 'ip link set lo up; netsvc import lo; ls '"$FILES"'; ip addr add 127.0.0.53/8 dev lo; netsvc import lo; cat '"$FILES"'/ifcfg-lo'
    [ "$status" -eq 0 ]
    [ "$err" = "warning: lo is not written: it has its 127.0.0.1 and ::1 without a file, and nothing else" ]
    [[ $out == "# Made by"*IPADDR=127.0.0.1*127.0.0.53* ]]
}

@test "an import is killed in the middle: whoever comes next, all of its files are there, or none, and a copy of what was" {
    local at
    ROOT=$BATS_TEST_TMPDIR/root
    SCRIPTS=$ROOT$FILES
    mkdir -p "$BATS_TEST_TMPDIR/from" "$BATS_TEST_TMPDIR/next"
    printf 'iface i%d inet static\n address 10.20.%d.2/24\n' 1 1 2 2 3 3 >"$BATS_TEST_TMPDIR/from/interfaces"
    printf 'iface other inet manual\n' >"$BATS_TEST_TMPDIR/next/interfaces"
    for at in link:1 fsync:1 rename:1 rename:2 rename:3; do
        rm -rf "$ROOT"
        mkdir -p "$SCRIPTS"
        echo DEVICE=i1 >"$SCRIPTS/ifcfg-i1"
        run strace -f -e trace="${at%:*}" -e inject="${at%:*}:signal=KILL:when=${at#*:}" netsvc import --from ifupdown "$BATS_TEST_TMPDIR/from" --force --root "$ROOT"
        [[ $output == *"killed by SIGKILL"* ]]
        netsvc import --from ifupdown "$BATS_TEST_TMPDIR/next" --root "$ROOT"
        [ -z "$(find "$ROOT" -name '.*')" ]
        [ -e "$SCRIPTS/ifcfg-other" ]
        grep -qx DEVICE=i1 "$SCRIPTS"/ifcfg-i1*
        echo "$at $(cat "$SCRIPTS"/ifcfg-i[123] | grep -c IPADDR) $(cd "$SCRIPTS" && echo ifcfg-i1*)"
    done | diff - <(printf '%s\n' 'link:1 0 ifcfg-i1' 'fsync:1 0 ifcfg-i1' 'rename:'{1,2,3}' 3 ifcfg-i1 ifcfg-i1.bak')
}

@test "of several IPv6 addresses the newest stays the first, and what a link has besides is named" {
    sandbox 'ip link set lo up; ip link set v0 up txqueuelen 500; ip link set v0 alias uplink
        ip addr add 10.5.0.1/24 dev v0 scope link; ip addr add 10.6.0.1/24 dev v0; ip addr add 2001:db8::9/64 dev v0 preferred_lft 0 nodad
        for n in 3 1 2; do ip addr add 2001:db8::$n/64 dev v0 nodad; done
        order() { ip -6 -o addr show dev v0 scope global | grep -v ::9 | grep -o "2001:db8::[0-9]*"; }
        order >/run/before; netsvc import v0
        ip addr flush dev v0; netsvc start >/dev/null; order | diff /run/before -'
    [ "$status" -eq 0 ]
    [ -z "$out" ]
    [[ $err == *'v0: no key sets the alias of a link ("uplink")'* ]]
    [[ $err == *"v0: no key sets how many packets may wait to be sent (500)"* ]]
    [[ $err == *"v0: the address 2001:db8::9/64: that nothing new shall use it cannot be written in a file"* ]]
    [[ $err == *"v0: the address 10.5.0.1/24: its scope or its other end differs from the others', and a file has one for all"* ]]
    grep -qx IPADDR=10.6.0.1 "$SCRIPTS/ifcfg-v0"
}

@test "a route by several devices is in the file of the last one that comes up: a start adds it" {
    sandbox 'ip link set lo up; ip link set v0 up; ip link set v1 up; ip addr add 10.6.0.1/24 dev v0; ip addr add 10.7.0.1/24 dev v1
        ip route add 10.8.0.0/16 nexthop via 10.7.0.9 weight 2 nexthop via 10.6.0.9 weight 3
        netsvc import v0 v1; ip addr flush dev v0; ip addr flush dev v1; netsvc start >/dev/null; ip route show 10.8.0.0/16'
    [ "$status" -eq 0 ]
    [[ $out == *"via 10.7.0.9 dev v1 weight 2"*"via 10.6.0.9 dev v0 weight 3"* ]]
    [ -z "$err" ]
}

@test "what no key sets is named, each by its place; what has a key is carried over" {
    sandbox 'ip link set lo up; ip link set v0 up; ip addr add 10.1.0.1/24 dev v0; ip addr add 2001:db8::1/64 dev v0 home
        ip link property add dev v0 altname lan; ip link set v0 gso_max_size 4000; ip link set v1 up
        tc qdisc add dev v0 root pfifo limit 7; ip neigh add 10.1.0.77 lladdr 02:00:00:00:00:77 dev v0
        ip route add 10.2.0.0/16 via 10.1.0.9 proto bird; ip -6 route add 2001:db8:9::/48 dev v0 expires 6000
        echo 1 >/proc/sys/net/ipv4/conf/v0/arp_ignore; echo 0 >/proc/sys/net/ipv6/conf/v0/autoconf
        echo 0 >/proc/sys/net/ipv6/conf/v0/accept_ra; echo 0 >/proc/sys/net/ipv6/conf/v0/accept_redirects; netsvc import v0'
    [ "$status" -eq 0 ]
    [[ $err == *"v0: no key sets altname lan, gso_max_size 4000: a hook in up.d can"* ]]
    [[ $err == *"v0: no key sets its queueing discipline (pfifo): a hook in up.d can"* ]]
    [[ $err == *"v0: no key sets neighbours that are entered for good (1): a hook in up.d can"* ]]
    [[ $err == *"v0: no key sets what it has of sysctl and new devices have not (ipv4 arp_ignore=1): /etc/sysctl.conf can"* ]]
    [[ $err == *"v0: the address 2001:db8::1/64: that it is the home address of a mobile host cannot be written in a file"* ]]
    [[ $err == *"v0: the route to 2001:db8:9::/48 ends in "*" s, and is not written"* ]]
    [[ $err == *"routes of protocol bird are not written (1, the first: 10.2.0.0/16): the program that set them has to do so again"* ]]
    grep -qx IPV6_AUTOCONF=no "$SCRIPTS/ifcfg-v0"
    [ ! -e "$SCRIPTS/route-v0" ]
    [ ! -e "$SCRIPTS/route6-v0" ]
}

@test "what our check has against a file that would come out is told at its place in the other program's file" {
    sandbox 'mkdir -p /run/nm /run/netplan
        printf "[connection]\nid=e\ntype=ethernet\ninterface-name=eth0\n\n[ipv4]\nmethod=manual\naddress1=10.0.0.5/24,10.9.9.9\nroute1=10.1.0.0/16,10.7.7.7\n" >/run/nm/e.nmconnection
        printf "network:\n  bonds:\n    bond0:\n      interfaces: [eth0]\n      parameters:\n        mode: active-backup\n        lacp-rate: fast\n  ethernets: {eth0: {}}\n" >/run/netplan/a.yaml
        ! netsvc import --from nm /run/nm --root /run; ! netsvc import --from netplan /run/netplan --root /run; [ ! -e /run/etc ]'
    [ "$status" -eq 0 ]
    [ -z "$out" ]
    [[ $err == *"/run/nm/e.nmconnection:8: error: GATEWAY=10.9.9.9 is not in the network of the first address"*" of ifcfg-eth0, as it would be written)"* ]]
    [[ $err == *"/run/nm/e.nmconnection:9: error: the gateway 10.7.7.7 of the route to 10.1.0.0/16"*"(line 2 of route-eth0, as it would be written)"* ]]
    [[ $err == *"/run/netplan/a.yaml:7: error: lacp_rate=fast is ignored"*" of ifcfg-bond0, as it would be written)"* ]]
}

@test "a secret for IPv6 identifiers that somebody set is named; one that is ours is not" {
    sandbox 'echo 0123456789abcdef0123456789abcdef >/etc/machine-id; ip link set v0 up; ip link set v1 up; echo 2001:db8::7 >/proc/sys/net/ipv6/conf/v1/stable_secret
        printf "DEVICE=v0\nIPV6INIT=yes\nIPV6_AUTOCONF=no\nIPV6_ADDR_GEN_MODE=stable-privacy\n" >'"$FILES"'/ifcfg-v0; netsvc up v0 >/dev/null
        netsvc import --force --dry-run v0 v1 | grep IPV6_ADDR_GEN_MODE'
    [ "$out" = $'IPV6_ADDR_GEN_MODE=stable-privacy\nIPV6_ADDR_GEN_MODE=stable-privacy' ]
    [[ $err == *"v1: no key sets the secret that its IPv6 addresses are made of (net.ipv6.conf.v1.stable_secret)"* ]]
    [[ $err != *"v0: no key sets the secret"* ]]
}
