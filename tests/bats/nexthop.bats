# Nexthop objects that routes share (NEXTHOP_OBJECTS), on a real kernel in a namespace. Where it has none, nothing here can be tried.

load sandbox.bash

MANY=200

setup() {
    sandbox_make
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 GATEWAY=10.9.0.1 ARPCHECK=no NEXTHOP_OBJECTS=yes IPV6ADDR=2001:db8::2/64 | put ifcfg-v0
    routes 10.9.0.7
    printf '2001:db8:%x::/48 via 2001:db8::7\n' $(seq 1 20) | put route6-v0
}

routes() { # GATEWAY
    local i
    for ((i = 0; i < MANY; i++)); do echo "10.$((100 + i / 100)).$((i % 100)).0/24 via $1"; done | put route-v0
}

# Helpers of the script in the sandbox. The kernel is asked to tell of objects without repeating all routes by them.
HELPERS='
    echo 0 >/proc/sys/net/ipv6/conf/all/accept_dad; echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad
    ours=2000000001
    by() { ip $2 route show | grep -c "nhid $1 " || :; }
    quiet() { echo 0 >/proc/sys/net/ipv4/nexthop_compat_mode; }
    loud() { echo 1 >/proc/sys/net/ipv4/nexthop_compat_mode; }
    # ROUTE: comes and goes until it is heard of. Of one that is put where it is already, the kernel tells nothing.
    say() { until grep -qs " $1" /run/heard; do ip route add $1 dev v0 proto 99; ip route del $1 dev v0 proto 99; done; }
    # What the kernel tells while a command runs, up to a word that is said last.
    heard() {
        rm -f /run/heard; ip -rc 16777216 -ts monitor route nexthop >/run/heard & local pid=$!
        say 10.250.0.0/16
        "$@"
        say 10.251.0.0/16
        kill $pid
        sed -n "s/^\[[^]]*\] *//; /10\.25[01]\./d; p" /run/heard
    }
'

inside() { # SCRIPT
    sandbox "$HELPERS$1"
}

@test "routes that share a gateway are by one object, and by another gateway with one message, no route being taken away" {
    inside '
        netsvc start >/dev/null
        ip nexthop show id $ours; ip -6 nexthop show id 2000000002
        by $ours -4; by 2000000002 -6; ip route show default
        quiet; sed -i s/10.9.0.7/10.9.0.8/ /etc/sysconfig/network-scripts/route-v0
        heard netsvc restart >/run/told; loud
        grep -v "^Bringing\|^Setting\|^Determining" /run/told
        ip route show | grep -c "nhid $ours via 10.9.0.8 dev v0"
        ip route show | grep -c "via 10.9.0.7" || :
        netsvc plan restart | grep -c "nexthop\|route" || :'
    [ "$status" -eq 0 ]
    [ "$(head -5 <<<"$out" | sed 's/ *$//')" = "$(printf '%s\n' "id 2000000001 via 10.9.0.7 dev v0 scope link proto boot" \
        "id 2000000002 via 2001:db8::7 dev v0 scope link proto boot" $MANY 20 'default via 10.9.0.1 dev v0')" ]
    ! grep -q Deleted <<<"$out"
    [ "$(sed -n '6,$p' <<<"$out" | grep -c 'id 2000000001 via 10.9.0.8 dev v0')" -eq 1 ]
    [ "$(grep -c 'nhid\|via' <(sed -n '6,$p' <<<"$out"))" -eq 1 ]
    [ "$(tail -3 <<<"$out")" = "$(printf '%s\n' $MANY 0 0)" ]
}

@test "turned on and off for routes that are there, each is replaced where it stands, and nothing is left" {
    sed -i /NEXTHOP/d "$SCRIPTS/ifcfg-v0"
    inside '
        netsvc start >/dev/null; ip nexthop | wc -l
        echo NEXTHOP_OBJECTS=yes >>/etc/sysconfig/network
        heard netsvc restart >/run/told; by $ours -4; grep -c Deleted /run/told || :
        netsvc restart >/dev/null; ip nexthop | wc -l
        sed -i /NEXTHOP/d /etc/sysconfig/network
        heard netsvc restart >/run/told; by $ours -4; grep Deleted /run/told | grep -vc "Deleted id" || :
        ip nexthop | wc -l; ip route | grep -c "via 10.9.0.7"'
    [ "$status" -eq 0 ]
    [ "$out" = "$(printf '%s\n' 0 $MANY 0 2 0 0 0 $MANY)" ]
}

@test "ifdown leaves no object of ours, and somebody's, whose number and gateway are not touched, survives all" {
    inside '
        ip link set v1 up; ip addr add 10.8.0.2/24 dev v1
        ip nexthop add id $ours via 10.8.0.1 dev v1; ip nexthop add id 5 via 10.8.0.1 dev v1; ip route add 10.7.0.0/16 nhid 5
        netsvc start >/dev/null; by 2000000002 -4
        ifdown v0 >/dev/null; ip nexthop; ip route show 10.7.0.0/16
        ifup v0 >/dev/null; by 2000000002 -4
        netsvc stop >/dev/null; ip nexthop show dev v0 | wc -l'
    [ "$status" -eq 0 ]
    [ "$(sed 's/ *$//' <<<"$out")" = "$(printf '%s\n' $MANY 'id 5 via 10.8.0.1 dev v1 scope link' \
        'id 2000000001 via 10.8.0.1 dev v1 scope link' '10.7.0.0/16 nhid 5 via 10.8.0.1 dev v1' $MANY 0)" ]
}

@test "what the kernel deletes with a cable that is out comes back with a reload" {
    inside '
        netsvc start >/dev/null
        ip nexthop del id $ours; ip route | grep -c via || :
        netsvc status v0 | grep -o "nexthop object.*missing" || :
        netsvc reload >/dev/null; by $ours -4
        ip link set p0 down; until ! ip nexthop | grep -q "dev v0"; do :; done
        netsvc reload >/dev/null; ip route show via 10.9.0.7 | wc -l; ip nexthop | wc -l
        ip link set p0 up; until ip link show v0 | grep -q LOWER_UP; do :; done
        netsvc reload >/dev/null; by $ours -4; netsvc plan reload | grep -c "nexthop\|route" || :'
    [ "$status" -eq 0 ]
    [[ $out == 1$'\n'"nexthop object id 2000000001 via 10.9.0.7 dev v0 is missing"$'\n'$MANY$'\n'$MANY$'\n'0$'\n'$MANY* ]]
    [ "$(tail -1 <<<"$out")" = 0 ]
}

@test "a trial that nobody confirms goes back to the gateway that was, and import writes the key" {
    inside '
        netsvc start >/dev/null
        sed -i s/10.9.0.7/10.9.0.8/ /etc/sysconfig/network-scripts/route-v0
        netsvc try --timeout 1 </dev/null >/dev/null 2>&1 || :
        ip route show | grep -c "nhid $ours via 10.9.0.7 dev v0"
        rm /etc/sysconfig/network-scripts/*v0; netsvc import --dry-run v0 | grep "NEXTHOP_OBJECTS\|10.100.0.0/24"'
    [ "$status" -eq 0 ]
    [[ $out == "$MANY"$'\n'*NEXTHOP_OBJECTS=yes* ]]
    [[ $out == *"10.100.0.0/24 via 10.9.0.7"* ]]
}
