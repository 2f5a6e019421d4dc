# What a reload does and leaves, and the restart that does the rest, in a network namespace: whoever talks to the host by what it had goes on.

load sandbox.bash

setup() {
    sandbox_make
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 GATEWAY=10.9.0.1 ARPCHECK=no NOZEROCONF=yes | put ifcfg-v0
    printf '%s\n' DEVICE=v1 IPADDR=10.8.0.2 PREFIX=24 ARPCHECK=no NOZEROCONF=yes | put ifcfg-v1
}

@test "a default route that no file asks for any more stays, and is named, unless another one leads on" {
    sandbox '
        cd /etc/sysconfig/network-scripts
        netsvc start >/dev/null
        sed -i /GATEWAY/d ifcfg-v0
        echo "10.7.0.0/16 via 10.9.0.7" >route-v0; netsvc reload >/dev/null && exit 1 || echo "exit $?"
        netsvc plan reload | grep -c "^  v0:" || :
        ip route show default
        netsvc plan restart --exit-code | tail -1; echo "exit ${PIPESTATUS[0]}"
        rm route-v0; netsvc plan reload --exit-code | grep remove || :
        echo "default via 10.8.0.1 metric 50" >route-v1; netsvc reload >/dev/null; echo "exit $?"
        ip route show; netsvc plan restart --exit-code | tail -1'
    [ "$status" -eq 0 ]
    [[ $out == 'exit 3
0
default via 10.9.0.1 dev v0 
Interrupts: v0 loses connections: the route default via 10.9.0.1 dev v0 is not asked for any more (ifcfg-v0:2)
exit 11
exit 0
default via 10.8.0.1 dev v1 metric 50 
10.8.0.0/24 dev v1 proto kernel scope link src 10.8.0.2 
10.9.0.0/24 dev v0 proto kernel scope link src 10.9.0.2 
Nothing would change.' ]]
    [[ $err == *'ifcfg-v0:2: v0: left as it is: the route default via 10.9.0.1 dev v0 is not asked for any more; `ifup v0` or `netsvc restart` changes it, and interrupts it'* ]]
}

@test "an address that moves stays where it is, with all that needs it, also where the taker alone is reloaded; a restart moves it without a gap" {
    moved='IPADDR=10.9.0.2 PREFIX=24 GATEWAY=10.9.0.1 IPV6INIT=yes IPV6ADDR=2001:db8:9::2/64 IPV6ADDR_SECONDARIES=fe80::77/64'
    printf '%s\n' DEVICE=v0 $moved ARPCHECK=no NOZEROCONF=yes | put ifcfg-v0
    printf '%s\n' DEVICE=v1 BOOTPROTO=none NOZEROCONF=yes | put ifcfg-v1
    printf '%s\n' 'from 10.9.0.2 table 100 priority 77' | put rule-v0
    sandbox "
        cd /etc/sysconfig/network-scripts
        netsvc start >/dev/null
        ip addr add 10.9.0.77/24 dev v0; ip route add 10.77.0.0/16 via 10.9.0.99
        printf '%s\n' DEVICE=v1 $moved ARPCHECK=no NOZEROCONF=yes >ifcfg-v1
        printf '%s\n' DEVICE=v0 IPADDR=10.9.0. PREFIX=24 >ifcfg-v0; mv rule-v0 rule-v1
        netsvc reload v1 >/dev/null || echo \"v1 alone: \$?\"
        netsvc reload >/dev/null || echo \"beside an error: \$?\"
        printf '%s\n' DEVICE=v0 IPADDR=10.8.0.2 PREFIX=24 ARPCHECK=no NOZEROCONF=yes >ifcfg-v0
        netsvc reload >/dev/null || echo \"all: \$?\"
        netsvc plan reload --json | jq -c '[.changes, (.left[] | .dev, .reason)]'
        ip -o address | grep -oE 'v. +inet6? (10[.][0-9.]+|2001:db8:9::2|fe80::77)/[0-9]+' | tr -s ' '
        ip route show default; ip monitor address route >/run/seen & until grep -qs 10.6.6.6 /run/seen; do ip address replace 10.6.6.6/32 dev p0; done
        netsvc restart >/dev/null; echo \"restart: \$?\"
        ip address add 10.7.7.7/32 dev v1; until grep -q 10.7.7.7 /run/seen; do :; done; kill \$!
        grep -o 'Deleted.*v0 *inet 10.9.0.2/24\|v1 *inet 10.9.0.2/24\|Deleted default.*\|^default.*' /run/seen
        ip route show 10.77.0.0/16; ip rule | grep 77:; netsvc plan restart | tail -1"
    [ "$status" -eq 0 ]
    [[ $out == 'v1 alone: 3
beside an error: 1
all: 3
[false,"v1","10.9.0.2/24 stays with v0","v1","2001:db8:9::2/64 stays with v0","v1","the route default via 10.9.0.1 dev v1 waits for 10.9.0.2/24","v0","10.9.0.2/24 and 3 more are not asked for any more"]
v0 inet 10.9.0.2/24
v0 inet 10.8.0.2/24
v0 inet 10.9.0.77/24
v0 inet6 2001:db8:9::2/64
v0 inet6 fe80::77/64
v1 inet6 fe80::77/64
default via 10.9.0.1 dev v0 
restart: 0
v1    inet 10.9.0.2/24
default via 10.9.0.1 dev v1 
Deleted '*'v0    inet 10.9.0.2/24
10.77.0.0/16 via 10.9.0.99 dev v0 
'*'from 10.9.0.2 lookup 100
Nothing would change.' ]]
    [ "$(grep -c 'v1: left as it is: the route default' <<<"$err")" -eq 2 ] # once a run
}

@test "an address that an installer's lease has left behind is there for good where a file asks for it, and is never gone" {
    sandbox '
        ip link set v0 up; ip addr add 10.9.0.2/24 brd + dev v0 valid_lft 300 preferred_lft 300; ip route add default via 10.9.0.1
        say() { until grep -qs " $1" /run/heard; do ip route add $1 dev v1; ip route del $1 dev v1; done; }
        ip link set v1 up; ip monitor address route >/run/heard & say 10.250.0.0/16
        netsvc start >/dev/null; say 10.251.0.0/16; kill $!
        grep Deleted /run/heard | grep -v " 10.25[01]" || :
        ip -o -4 addr show v0 | grep -o "10.9.0.2/24.*" | tr -s " "
        netsvc plan start --exit-code >/dev/null; echo "exit $?"'
    [[ $out == '10.9.0.2/24 brd 10.9.0.255 scope global v0\ valid_lft forever preferred_lft forever
exit 0' ]]
}
