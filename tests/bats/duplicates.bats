# Addresses that another host has: what is lost for that, and what is not.

load sandbox.bash

setup() {
    sandbox_make
    echo NOZEROCONF=yes >>"$SANDBOX/etc/sysconfig/network"
}
nic() { # NAME LINE...
    printf '%s\n' "DEVICE=$1" PREFIX=24 ARPUPDATE=no "${@:2}" | put "ifcfg-$1"
}
# The other ends are another host's, which has these addresses.
with_host() { # ADDRESS... : SCRIPT
    local make='ip netns add host; for n in 0 1; do ip link set p$n netns host; ip -n host link set p$n address 02:00:00:00:00:0$n up; done'
    while [ "$1" != : ]; do
        make+="; ip -n host addr add ${1%@*}/32 dev ${1#*@}"
        shift
    done
    sandbox "$make; $2"
}
taken() { # DEVICE ADDRESS MAC
    [[ $err == *"$1: $2 is already used by $3"* ]]
}

@test "a second address and an alias's are lost alone, each is named with who has it, and comes when that host has gone" {
    nic v0 IPADDR=10.9.0.2 IPADDR2=10.9.0.3 PREFIX2=24 GATEWAY=10.9.0.1
    printf '%s\n' DEVICE=v0:1 IPADDR=10.9.0.4 PREFIX=24 | put ifcfg-v0:1
    with_host 10.9.0.3@p0 10.9.0.4@p0 : '
        netsvc start >&2 || echo "status $?"; ip -br -4 addr show v0; ip route show default
        ip -n host addr flush dev p0; netsvc restart >/dev/null; ip -br -4 addr show v0'
    taken v0 10.9.0.3 02:00:00:00:00:00
    taken v0 10.9.0.4 02:00:00:00:00:00
    [[ $err == *'interface v0:  [WARNING]'* ]]
    [ "$(tr -s ' ' <<<"$out")" = 'v0@if2 UP 10.9.0.2/24 
default via 10.9.0.1 dev v0 
v0@if2 UP 10.9.0.2/24 10.9.0.3/24 10.9.0.4/24 ' ]
}

@test "an address that is changed to another host's: the one before stays, and its default route, which never goes" {
    nic v0 IPADDR=10.9.0.2 GATEWAY=10.9.0.1
    with_host 10.9.0.3@p0 : '
        say() { until grep -qs " $1" /run/heard; do ip route add $1 dev v0; ip route del $1 dev v0; done; }
        netsvc start >/dev/null
        sed -i s/IPADDR=.*/IPADDR=10.9.0.3/ /etc/sysconfig/network-scripts/ifcfg-v0
        ip monitor address route >/run/heard & say 10.250.0.0/16
        netsvc restart >&2 || echo "status $?"; say 10.251.0.0/16; kill $!
        grep Deleted /run/heard | grep -v " 10.25[01]" || :
        ip -br -4 addr show v0; ip route show default'
    taken v0 10.9.0.3 02:00:00:00:00:00
    [ "$(tr -s ' ' <<<"$out")" = 'status 1
v0@if2 UP 10.9.0.2/24 
default via 10.9.0.1 dev v0 ' ]
}

@test "the last of two that ask for the default route has no address, which another host has: the first one gets it" {
    nic v0 IPADDR=10.9.0.2 GATEWAY=10.9.0.1
    nic v1 IPADDR=10.8.0.2 GATEWAY=10.8.0.1
    with_host 10.8.0.2@p1 : '
        netsvc start >&2 || echo "status $?"; ip route show default
        ip -n host addr flush dev p1; netsvc restart >/dev/null; ip route show default'
    taken v1 10.8.0.2 02:00:00:00:00:01
    [ "$(tr -s ' ' <<<"$out")" = 'status 1
default via 10.9.0.1 dev v0 
default via 10.8.0.1 dev v1 ' ]
}
