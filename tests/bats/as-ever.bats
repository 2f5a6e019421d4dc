# What the old scripts left, on the real kernel: where several things ask for the same, who gets it, and what is asked for in vain.

load sandbox.bash

setup() {
    sandbox_make
    echo NOZEROCONF=yes >>"$SANDBOX/etc/sysconfig/network"
}
# nic NAME LINE...: a file without a duplicate address check.
nic() {
    printf '%s\n' "DEVICE=$1" ARPCHECK=no ARPUPDATE=no "${@:2}" | put "ifcfg-$1"
}
NO_DAD='for key in all default v0 v1; do echo 0 >/proc/sys/net/ipv6/conf/$key/accept_dad; done'

@test "of two IPV6_DEFAULTGW the first counts; ifup of the other one leaves it, and takes it where it is free" {
    nic v0 IPV6ADDR=2001:db8::2/64 IPV6_DEFAULTGW=2001:db8::1
    nic v1 IPV6ADDR=2001:db8:1::2/64 IPV6_DEFAULTGW=2001:db8:1::1
    sandbox "$NO_DAD"'
        netsvc start >/dev/null; ip -6 route show default
        netsvc plan restart | tail -1
        ifup v1; ip -6 route show default
        ifdown v0; ifup v1; ip -6 route show default
        netsvc restart >/dev/null; ip -6 route show default'
    [ "$status" -eq 0 ]
    first='default via 2001:db8::1 dev v0 metric 1 pref medium'
    [ "$out" = "$first"$'\nNothing would change.\n'"$first"$'\ndefault via 2001:db8:1::1 dev v1 metric 1 pref medium\n'"$first" ]
    [[ $err == *'v1 asks for the IPv6 default route, and so does v0 ('*'ifcfg-v0:5), which gets it: remove it from one of the two files'* ]]
}

@test "the first has no device: the IPv6 default route is that of the second, also of three" {
    nic nocard IPV6ADDR=2001:db8:2::2/64 IPV6_DEFAULTGW=2001:db8:2::1
    nic v0 IPV6ADDR=2001:db8::2/64 IPV6_DEFAULTGW=2001:db8::1
    nic v1 IPV6ADDR=2001:db8:1::2/64 IPV6_DEFAULTGW=2001:db8:1::1
    sandbox "$NO_DAD"'
        netsvc start >/dev/null || echo "status $?"
        ip -6 route show default'
    [ "$out" = $'status 1\ndefault via 2001:db8::1 dev v0 metric 1 pref medium' ]
}

@test "a route file has the last word over IPV6_DEFAULTGW and static-routes-ipv6, in which :: is no gateway" {
    nic v0 IPV6ADDR=2001:db8::2/64 IPV6_DEFAULTGW=2001:db8::1
    nic v1 IPV6ADDR=2001:db8:1::2/64
    echo 'default via 2001:db8:1::9 metric 1' | put route6-v1
    printf '%s\n' 'v0 2001:db8:50::/48 2001:db8::9' 'v1 2001:db8:50::/48 2001:db8:1::9' 'v1 2001:db8:51::/48 ::' \
        >"$SANDBOX/etc/sysconfig/static-routes-ipv6"
    sandbox "$NO_DAD"'
        netsvc start >/dev/null
        ip -6 route show default; ip -6 route show 2001:db8:50::/48; ip -6 route show 2001:db8:51::/48'
    [ "$status" -eq 0 ]
    [ "$out" = 'default via 2001:db8:1::9 dev v1 metric 1 pref medium
2001:db8:50::/48 via 2001:db8::9 dev v0 metric 1 pref medium
2001:db8:51::/48 dev v1 metric 1 pref medium' ]
}

@test "a rule without a priority comes before those that have one" {
    nic v0 IPADDR=10.0.0.2 PREFIX=24
    nic v1 IPADDR=10.1.0.2 PREFIX=24
    printf '%s\n' 'from 10.0.0.2 table 100 priority 100' 'to 10.7.0.0/16 table 100' 'to 10.8.0.0/16 table 100' | put rule-v0
    printf '%s\n' 'from 10.1.0.2 table 101' 'from 10.1.0.3 table 101 pref 50' 'from 10.1.0.4 table 101' | put rule-v1
    sandbox '
        netsvc start >/dev/null; ip rule | tr "\t" " "
        netsvc plan restart | tail -1
        netsvc stop >/dev/null; ip rule | grep -c lookup'
    [ "$status" -eq 0 ]
    [ "$out" = '0: from all lookup local
49: from 10.1.0.4 lookup 101
50: from 10.1.0.3 lookup 101
97: from 10.1.0.2 lookup 101
98: from all to 10.8.0.0/16 lookup 100
99: from all to 10.7.0.0/16 lookup 100
100: from 10.0.0.2 lookup 100
32766: from all lookup main
32767: from all lookup default
Nothing would change.
3' ]
}

@test "ARP=no and SRCADDR without an IPv4 address change nothing, and a line says so; with one they do" {
    nic v0 ARP=no SRCADDR=10.9.9.9 IPV6ADDR=2001:db8::2/64
    nic v1 ARP=no IPADDR=10.1.0.2 PREFIX=24
    sandbox "$NO_DAD"'
        netsvc start >/dev/null
        for nic in v0 v1; do ip -o link show $nic | grep -o NOARP || echo ARP; done
        cat /proc/sys/net/ipv4/conf/v0/arp_filter
        netsvc import --dry-run --force 2>/dev/null | grep -c ^ARP=no'
    [ "$out" = $'ARP\nNOARP\n0\n1' ]
    [[ $err == *'ifcfg-v0:4: v0: ARP=no is ignored: it needs an IPADDR beside it'* ]]
}

@test "BROADCAST=- is the network itself, + the usual; mss of route(8) is with the headers" {
    nic v0 IPADDR=10.0.0.2 PREFIX=24 BROADCAST=-
    nic v1 IPADDR=10.1.0.2 PREFIX=24 BROADCAST=+
    echo 'any net 10.9.0.0/16 gw 10.0.0.1 mss 1000' >"$SANDBOX/etc/sysconfig/static-routes"
    sandbox 'netsvc start >/dev/null; ip -o -4 addr show scope global | grep -o "brd [^ ]*"; ip route show 10.9.0.0/16'
    [ "$status" -eq 0 ] && [ -z "$err" ]
    [ "$out" = $'brd 10.0.0.0\nbrd 10.1.0.255\n10.9.0.0/16 via 10.0.0.1 dev v0 advmss 960 ' ]
}

@test "the gateway of the last alias counts, its own or its parent's, and so does that of a range" {
    nic v0 IPADDR=10.0.0.2 PREFIX=24 GATEWAY=10.0.0.1
    printf '%s\n' IPADDR=10.2.0.2 PREFIX=24 GATEWAY=10.2.0.1 | put ifcfg-v0:0
    sandbox 'netsvc start >/dev/null; ip route show default
        printf "%s\n" IPADDR=10.3.0.2 PREFIX=24 >/etc/sysconfig/network-scripts/ifcfg-v0:1
        netsvc restart >/dev/null; ip route show default
        printf "%s\n" CLONENUM_START=2 IPADDR_START=10.4.0.2 IPADDR_END=10.4.0.3 PREFIX=24 GATEWAY=10.4.0.1 >/etc/sysconfig/network-scripts/ifcfg-v0-range0
        netsvc restart >/dev/null; ip route show default; netsvc plan restart | tail -1'
    [ "$status" -eq 0 ]
    [ "$out" = $'default via 10.2.0.1 dev v0 \ndefault via 10.0.0.1 dev v0 \ndefault via 10.4.0.1 dev v0 \nNothing would change.' ]
}

@test "name servers in /etc/sysconfig/network are those of every interface but lo, a file's own come first" {
    printf '%s\n' DNS1=10.9.0.1 DNS2=10.9.0.2 DOMAIN=all.example >>"$SANDBOX/etc/sysconfig/network"
    nic v0 IPADDR=10.0.0.2 PREFIX=24 DNS1=10.0.0.53 DOMAIN=own.example
    nic v1 PEERDNS=no IPADDR=10.1.0.2 PREFIX=24
    echo 'nameserver 192.0.2.53' >"$SANDBOX/etc/resolv.conf"
    sandbox 'netsvc start >/dev/null; cat /etc/resolv.conf; ifdown v0; cat /etc/resolv.conf'
    [ "$status" -eq 0 ] && [ -z "$err" ]
    [ "$out" = $'search own.example\nnameserver 10.0.0.53\nnameserver 10.9.0.2\nnameserver 192.0.2.53' ]
}

@test "what is made at a start has the defaults of sysctl.conf, however long the program takes that sets them" {
    printf '%s\n' net.ipv6.conf.default.disable_ipv6=1 net.ipv4.conf.default.arp_ignore=1 >"$SANDBOX/etc/sysctl.conf"
    rm -rf "$SANDBOX/etc/sysctl.d"
    nic br0 TYPE=Bridge IPADDR=10.0.0.2 PREFIX=24
    # It sets nothing before the bridge is there.
    printf '%s\n' '#!/bin/bash' 'for ((i = 0; i < 600; i++)); do [ ! -e /sys/class/net/br0 ] || exit 0; read -rt 0.05 <> <(:) || :; done' \
        'echo no br0 >/dev/stderr' >"$BATS_TEST_TMPDIR/late"
    chmod 755 "$BATS_TEST_TMPDIR/late"
    sandbox '
        for program in /usr/lib/systemd/systemd-sysctl /lib/systemd/systemd-sysctl /usr/sbin/sysctl /sbin/sysctl; do
            [ ! -x $program ] || mount --bind '"$BATS_TEST_TMPDIR"'/late $program
        done
        netsvc start >/dev/null
        cat /proc/sys/net/ipv6/conf/br0/disable_ipv6 /proc/sys/net/ipv4/conf/{br0,lo}/arp_ignore'
    [ "$status" -eq 0 ] && [ -z "$err" ]
    [ "$out" = $'1\n1\n1' ]
}

@test "an option that this kernel was built without costs the bridge that option, and nothing else" {
    unshare -n ip link add br0 type bridge vlan_filtering 1 2>/dev/null && skip "this kernel has VLAN filtering"
    nic br0 TYPE=Bridge IPADDR=10.0.0.2 PREFIX=24 'BRIDGING_OPTS="hello_time=300 vlan_filtering=1 multicast_snooping=0"'
    printf '%s\n' DEVICE=v0 BRIDGE=br0 | put ifcfg-v0
    sandbox 'netsvc start; ip -br -4 addr show br0; cat /sys/class/net/br0/bridge/{hello_time,multicast_snooping}; ls /sys/class/net/br0/brif'
    [ "$status" -eq 0 ]
    [[ $out == *'Bringing up interface v0:  [  OK  ]'*'Bringing up interface br0:  [WARNING]'*' 10.0.0.2/24'*$'\n300\n0\nv0' ]]
    [ "$(grep -c . <<<"$err")" = 1 ]
    [[ $err == 'ifcfg-br0:7: br0: the kernel refused vlan_filtering=on: '* ]]
    sandbox 'netsvc start >/dev/null 2>&1; netsvc plan restart | tail -1; netsvc restart'
    [ "$status" -eq 0 ]
    [[ $out == 'Nothing would change.'*'Bringing up interface br0:  [WARNING]'* ]]
    [ "$err" = 'ifcfg-br0:7: br0: vlan_filtering: this kernel does not know the option, expected on' ]
}

@test "VLANs, bridges and tunnels come up behind all others: theirs is the default route, and the rule in front" {
    nic br0 TYPE=Bridge IPADDR=10.0.0.2 PREFIX=24 GATEWAY=10.0.0.1
    nic v1 IPADDR=10.1.0.2 PREFIX=24 GATEWAY=10.1.0.1
    echo 'from 10.8.0.0/16 table 100' | put rule-br0
    echo 'from 10.9.0.0/16 table 100' | put rule-v1
    sandbox 'netsvc start; ip route show default; ip rule | grep 100 | tr "\t" " "; netsvc plan restart | tail -1'
    [ "$status" -eq 0 ]
    [[ $out == *'v1:  [  OK  ]'*'br0:  [  OK  ]'*'default via 10.0.0.1 dev br0 
32764: from 10.8.0.0/16 lookup 100
32765: from 10.9.0.0/16 lookup 100
Nothing would change.' ]]
    [[ $err == *'ifcfg-v1:6: v1: v1 asks for the default route, and so does br0 ('*'ifcfg-br0:7), which gets it since it comes later: '* ]]
}

@test "ifup of the second one for the IPv6 default route leaves it to the first, where that came by ifup too" {
    nic v0 IPV6ADDR=2001:db8::2/64 IPV6_DEFAULTGW=2001:db8::1
    nic v1 IPV6ADDR=2001:db8:1::2/64 IPV6_DEFAULTGW=2001:db8:1::1
    sandbox "$NO_DAD"'
        ifup v0; ifup v1; ip -6 route show default; ifdown v0; ip -6 route show default; ifup v1; ip -6 route show default'
    [ "$status" -eq 0 ]
    [ "$out" = $'default via 2001:db8::1 dev v0 metric 1 pref medium\ndefault via 2001:db8:1::1 dev v1 metric 1 pref medium' ]
}

@test "of an alias and a range with one label the alias has it" {
    nic v0 IPADDR=10.0.0.2 PREFIX=24
    printf '%s\n' IPADDR_START=10.0.0.10 IPADDR_END=10.0.0.12 CLONENUM_START=1 | put ifcfg-v0-range0
    printf '%s\n' DEVICE=v0:2 IPADDR=10.0.0.50 PREFIX=24 | put ifcfg-v0:2
    sandbox 'netsvc start >/dev/null; ip -o -4 addr show dev v0 | sed -E "s/.*inet ([^ ]*).* (v0[^ \\\\]*).*/\1 \2/"'
    [ "$status" -eq 0 ]
    [ "$out" = $'10.0.0.2/24 v0\n10.0.0.50/24 v0:2\n10.0.0.10/24 v0:1\n10.0.0.12/24 v0:3' ]
    [[ $err == *'ifcfg-v0-range0:2: '*'the alias v0:2 is in ifcfg-v0:2 already'* ]]
}

@test "a rule that stands twice is there twice; a rule and a route of two interfaces stay until the last of them goes" {
    nic v0 IPADDR=10.0.0.2 PREFIX=24
    nic v1 IPADDR=10.1.0.2 PREFIX=24
    printf '%s\n' 'from 10.9.0.0/16 table 100' 'from 10.9.0.0/16 table 100' 'from 10.7.0.0/16 table 100 pref 55' | put rule-v0
    echo 'from 10.7.0.0/16 table 100 pref 55' | put rule-v1
    echo 'blackhole 10.60.0.0/16' | put route-v0
    echo 'blackhole 10.60.0.0/16' | put route-v1
    sandbox 'left() { ip rule | grep 100 | tr "\t" " "; ip route show 10.60.0.0/16; }
        netsvc start >/dev/null; netsvc plan restart | tail -1; left
        ifdown v1; left; ifup v1; ifdown v0; left; ifup v0
        rm '$FILES'/r*-v?; netsvc restart >/dev/null; left; netsvc plan restart | tail -1'
    [ "$status" -eq 0 ] && [ -z "$err" ]
    both=$'55: from 10.7.0.0/16 lookup 100\n32764: from 10.9.0.0/16 lookup 100\n32765: from 10.9.0.0/16 lookup 100\nblackhole 10.60.0.0/16 '
    [ "$out" = $'Nothing would change.\n'"$both"$'\n'"$both"$'\n55: from 10.7.0.0/16 lookup 100\nblackhole 10.60.0.0/16 \nNothing would change.' ]
}

@test "a router takes no advertisements on devices to come, whatever IPV6_AUTOCONF says; ONBOOT=no can be for all" {
    printf '%s\n' IPV6FORWARDING=yes IPV6_AUTOCONF=yes ONBOOT=no >>"$SANDBOX/etc/sysconfig/network"
    nic v0 IPADDR=10.0.0.2 PREFIX=24
    nic v1 ONBOOT=yes IPADDR=10.1.0.2 PREFIX=24
    sandbox 'netsvc start >/dev/null; cat /proc/sys/net/ipv6/conf/{default,v1}/accept_ra; ip -br -4 addr show scope global | cut -d" " -f1'
    [ "$status" -eq 0 ] && [ -z "$err" ]
    [ "$out" = $'0\n2\nv1@p1' ]
}

@test "BRIDGE= that names a card costs the port that says so, and not the card" {
    nic v0 BRIDGE=v1
    nic v1 IPADDR=10.1.0.2 PREFIX=24
    sandbox 'netsvc start || echo "status $?"; ip -br -4 addr show v1'
    [[ $out == *'v0:  [FAILED]'*'v1:  [  OK  ]'*$'status 1\nv1@p1            UP             10.1.0.2/24 ' ]]
    [ "$(grep -c . <<<"$err")" -eq 1 ]
    [[ $err == 'ifcfg-v0:4: v0: BRIDGE=v1: v1 is configured in '*'ifcfg-v1, but not as a bridge; correct the name, or that file' ]]
    nic v1 HWADDR=02:00:00:00:00:01 IPADDR=10.1.0.2 PREFIX=24
    run "$BUILD/netsvc" show --root "$SANDBOX"
    [[ $output == *$'\nv1: ethernet, '* ]]
}

@test "a route of words goes by whatever interface has its gateway, as the kernel found it; one of ADDRESSn by its file's" {
    nic v0 IPADDR=10.0.0.2 PREFIX=24
    nic v1 IPADDR=10.1.0.2 PREFIX=24
    printf '%s\n' '10.61.0.0/16 via 10.0.0.9' '10.62.0.0/16 via 10.1.0.9' '10.64.0.0/24 dev v1' '10.63.0.0/16 via 10.64.0.1' | put route-v1
    printf '%s\n' ADDRESS0=10.65.0.0 NETMASK0=255.255.0.0 GATEWAY0=10.1.0.9 | put route-v0
    sandbox 'netsvc start; ip route | grep "^10\.6" | sort; netsvc plan restart | grep -c 10.61 || :; ifdown v1; ip route | grep -c "^10\.6" || :'
    [ "$status" -eq 0 ]
    [[ $out == *'v0:  [WARNING]'*'v1:  [  OK  ]'*'
10.61.0.0/16 via 10.0.0.9 dev v0 
10.62.0.0/16 via 10.1.0.9 dev v1 
10.63.0.0/16 via 10.64.0.1 dev v1 
10.64.0.0/24 dev v1 scope link 
0
0' ]]
    [[ $err == *'route-v0:1: v0: the gateway 10.1.0.9 of the route to 10.65.0.0/16 is in no network of v0: '* ]]
    ! grep -q route-v1 <<<"$err"
}

@test "a default route by another interface in an interface's file has no effect, and a line says where it belongs" {
    nic v0 IPV6ADDR=2001:db8::2/64 IPV6_DEFAULTGW=fe80::1%v1
    nic v1 IPV6ADDR=2001:db8:1::2/64
    run "$BUILD/netsvc" check --root "$SANDBOX"
    [ "$status" -eq 0 ]
    [[ ${lines[0]} == *'ifcfg-v0:5:16: warning: v0 has no default route by this line, which is about v1: write it into ifcfg-v1' ]]
}

@test "of several brought up by one ifup the last one named has the default route, and nobody's gives way to it" {
    nic v0 IPADDR=10.0.0.2 PREFIX=24 GATEWAY=10.0.0.1
    nic v1 IPADDR=10.1.0.2 PREFIX=24 GATEWAY=10.1.0.1
    sandbox 'ifup v0 v1; ip route show default; ifdown v0 v1; ifup v1 v0; ip route show default; netsvc plan up v1 v0 | tail -1'
    [ "$out" = $'default via 10.1.0.1 dev v1 \ndefault via 10.0.0.1 dev v0 \nNothing would change.' ]
    [[ $err != *"somebody else's"* ]]
}
