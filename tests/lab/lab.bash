# The reference deployment in namespaces, to be sourced by tests and the demo inside the lab (tests/lab/run).
#
#   web01 --eth0-- [swA front] ----- [up front] --+-- router  10.0.11.1/24
#         --eth1-- [swB front] -----/             +-- client  10.0.11.100/24
#         --eth2-- [swA back ] ----- [up back ] --+-- router  172.16.11.1/24 and 172.16.254.254, the ARP monitor's target
#         --eth3-- [swB back ] -----/             +-- client  172.16.11.100/24
#
# Every name but eth* is a network namespace; swA, swB and up hold one bridge for each of the two networks, so that web01's
# answers to ARP cannot take a detour through the other network. The router has a namespace of its own for the same reason.
# State is in /run/lab, so each bats test process sees what another has built.

LAB_STATE=/run/lab
LAB_PATIENCE=180 # seconds

# --- running things ---------------------------------------------------------------------------------------------------

# web01 COMMAND...: runs it on the server, in its network and mount namespaces, from /.
web01() {
    nsenter --net=/run/netns/web01 --mount=$LAB_STATE/web01.mnt -- "$@"
}
# lab_ns NAME COMMAND...: runs it in any other namespace.
lab_ns() {
    nsenter --net="/run/netns/$1" -- "${@:2}"
}

# wait_until COMMAND...: for conditions that nothing announces; looks every 50 ms. Its limit is there to end what hangs, not to
# judge how quick anything is.
wait_until() {
    local end=$((SECONDS + LAB_PATIENCE))
    case $1 in *[!0-9]*) ;; *) shift ;; esac
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || { echo "still not true after $LAB_PATIENCE s: $*" >&2; return 1; }
        read -rt 0.05 <> <(:) || :
    done
}

# --- the world --------------------------------------------------------------------------------------------------------
# A process costs an emulated processor some 50 ms, so links are made in batches, and the switches stay for the next test.

# lab_web01: builds all of the picture above; web01 has no files, its NICs are down, all cables and uplinks are in order.
lab_web01() {
    [ -e $LAB_STATE/upstream ] || lab_upstream
    lab_web01_remove
    mkdir -p $LAB_STATE/port
    ip netns add web01
    {
        lab_nic_link eth0 swA; lab_nic_link eth1 swB; lab_nic_link eth2 swA; lab_nic_link eth3 swB
    } | ip -batch -
    lab_ports eth0 front eth2 back | ip -n swA -batch -
    lab_ports eth1 front eth3 back | ip -n swB -batch -
    lab_server_mount
}

# Everything but web01.
lab_upstream() {
    local ns network
    mkdir -p $LAB_STATE
    printf 'netns add %s\n' swA swB up router client | ip -batch -
    for network in front back; do
        lab_cable swA "up.$network" up "swA.$network" && lab_cable swB "up.$network" up "swB.$network"
        lab_cable router "$network" up "router.$network" && lab_cable client "$network" up "client.$network"
    done | ip -batch -
    for ns in swA swB; do lab_switch front up.front back up.back | ip -n $ns -batch -; done
    lab_switch front swA.front front swB.front front router.front front client.front \
        back swA.back back swB.back back router.back back client.back | ip -n up -batch -
    ip -n router -batch - <<<'link set lo up
        link set front up
        link set back up
        addr add 10.0.11.1/24 dev front
        addr add 172.16.11.1/24 dev back
        addr add 172.16.254.254/32 dev back'
    ip -n client -batch - <<<'link set lo up
        link set front up
        link set back up
        addr add 10.0.11.100/24 dev front
        addr add 172.16.11.100/24 dev back
        route add default via 172.16.11.1'
    touch $LAB_STATE/upstream
}
lab_cable() { # namespace, interface, namespace, interface: a cable between them
    echo "link add $2 netns $1 type veth peer name $4 netns $3"
}
# lab_switch NETWORK PORT...: the bridges front and back with these ports.
lab_switch() {
    local network
    for network in front back; do
        echo "link add $network type bridge stp_state 0 forward_delay 0 mcast_snooping 0"
        lab_quiet_up "$network"
    done
    while [ $# -gt 0 ]; do
        echo "link set $2 master $1"
        lab_quiet_up "$2"
        shift 2
    done
}
# Switches must not talk by themselves (IPv6 does): the ARP monitor would take their chatter for a sign of life.
lab_quiet_up() {
    echo "link set $1 addrgenmode none"
    echo "link set $1 up"
}

# lab_nic NIC SWITCH NETWORK: gives web01 one more NIC, its cable in that switch.
lab_nic() {
    lab_nic_link "$1" "$2" | ip -batch -
    lab_ports "$1" "$3" | ip -n "$2" -batch -
}
lab_nic_link() { # NIC, namespace of the other end; the number of the NIC is in its MAC
    local number=${1//[^0-9]/}
    printf 'link add %s netns web01 address 02:00:0a:00:%02x:%02x type veth peer name web01.%s netns %s\n' \
        "$1" $((number / 256)) $((number % 256)) "$1" "$2"
    echo "$2" >"$LAB_STATE/port/$1"
}
lab_ports() { # NIC NETWORK...: the ports on the switch's side; uplinks are repaired by the way
    echo "link set up.front up"
    echo "link set up.back up"
    while [ $# -gt 0 ]; do
        echo "link set web01.$1 master $2"
        lab_quiet_up "web01.$1"
        shift 2
    done
}

# A mount namespace kept by its file, with web01's own /sys, /etc/sysconfig and run-time folders.
lab_server_mount() {
    mountpoint -q $LAB_STATE || mount --bind $LAB_STATE $LAB_STATE
    mount --make-private $LAB_STATE # where the kernel lets a mount namespace be kept
    : >$LAB_STATE/web01.mnt
    : >$LAB_STATE/modules.conf
    : >>/etc/modules.conf
    mkdir -p /etc/sysconfig /run/netsvc /var/lib/netsvc /var/lock
    nsenter --net=/run/netns/web01 unshare --mount=$LAB_STATE/web01.mnt --propagation private bash -ec '
        mount -t sysfs sysfs /sys
        for folder in /etc/sysconfig /run/netsvc /var/lib/netsvc /var/lock; do mount -t tmpfs tmpfs "$folder"; done
        mount --bind '$LAB_STATE'/modules.conf /etc/modules.conf
        mkdir -p /etc/sysconfig/network-scripts /var/lock/subsys
        : >/etc/sysconfig/network'
}

# Ends what runs in web01 and takes its NICs away at once, for a namespace itself goes only in the background.
lab_web01_remove() {
    local nic ns pid
    [ -e /run/netns/web01 ] || return 0
    for pid in $(ip netns pids web01); do kill -9 "$pid" 2>/dev/null || true; done
    for ns in swA swB swC sink; do
        for nic in $LAB_STATE/port/*; do
            [ -e "$nic" ] && [ "$(<"$nic")" = $ns ] && echo "link del web01.${nic##*/}"
        done | { [ -e /run/netns/$ns ] && ip -n $ns -batch -; } || true
    done
    [ ! -e /run/netns/sink ] || ip netns del sink
    [ ! -e /run/netns/swC ] || ip netns del swC
    umount $LAB_STATE/web01.mnt || true
    ip netns del web01
    rm -rf $LAB_STATE/port
}

# lab_destroy: takes it all away.
lab_destroy() {
    lab_web01_remove
    [ ! -e $LAB_STATE/upstream ] || printf 'netns del %s\n' swA swB up router client | ip -batch -
    rm -rf $LAB_STATE/upstream $LAB_STATE/ping.log $LAB_STATE/web01.mnt $LAB_STATE/modules.conf
}

# --- web01's files ----------------------------------------------------------------------------------------------------

# lab_config CASE: gives web01 the files of sysconfig-examples/CASE and no others. What is outside /etc/sysconfig and is not
# modules.conf (rt_tables) is laid over /etc by a mount, since /etc itself is the lab's.
lab_config() {
    local from=$TREE/sysconfig-examples/$1/etc
    [ -d "$from/sysconfig" ] || { echo "no such example: $from" >&2; return 1; }
    web01 bash -ec '
        rm -rf /etc/sysconfig/*
        cp -r "$1"/sysconfig/. /etc/sysconfig/
        if [ -e "$1/modules.conf" ]; then cat "$1/modules.conf" >/etc/modules.conf; else : >/etc/modules.conf; fi
        [ ! -e "$1/iproute2/rt_tables" ] || mount --bind "$1/iproute2/rt_tables" /etc/iproute2/rt_tables' - "$from"
}
# lab_file NAME < text: writes one file of web01, e.g. ifcfg-bond0; a NAME with a slash is a path.
lab_file() {
    local path=/etc/sysconfig/network-scripts/$1
    case $1 in */*) path=$1 ;; network | init) path=/etc/sysconfig/$1 ;; modules.conf) path=/etc/$1 ;; esac
    web01 bash -c 'cat >"$1"' - "$path"
}

# --- faults -----------------------------------------------------------------------------------------------------------

# cable_pull NIC, cable_plug NIC: the switch's end goes down or up, and with it the carrier. They return when web01 has seen it.
cable_pull() {
    ip -n "$(<"$LAB_STATE/port/$1")" link set "web01.$1" down
    wait_until carrier_is "$1" 0
}
cable_plug() {
    ip -n "$(<"$LAB_STATE/port/$1")" link set "web01.$1" up
    wait_until carrier_is "$1" 1
}
carrier_is() { # NIC 0|1; a NIC that is down has no carrier to be read, and is left out
    local now
    now=$(web01 cat "/sys/class/net/$1/carrier" 2>/dev/null) || return 0
    [ "$now" = "$2" ]
}

# uplink_cut A|B, uplink_restore A|B: the switch loses its way upstream, on both networks; the NICs keep their carrier.
uplink_cut() {
    ip -n "sw$1" link set up.front down && ip -n "sw$1" link set up.back down
}
uplink_restore() {
    ip -n "sw$1" link set up.front up && ip -n "sw$1" link set up.back up
}

# --- looking ----------------------------------------------------------------------------------------------------------

bond_active() { # the active port of a bond, by name
    web01 cat "/sys/class/net/$1/bonding/active_slave"
}
bond_active_is() { # bond, port
    [ "$(bond_active "$1")" = "$2" ]
}
port_is_up() { # port; by what the bond's monitor says
    [ "$(web01 cat "/sys/class/net/$1/bonding_slave/mii_status")" = up ]
}
bond_option() { # the value of a bond's option, as sysfs has it
    web01 cat "/sys/class/net/$1/bonding/$2"
}

bond_option_is() { # bond, option, value
    [ "$(bond_option "$1" "$2")" = "$3" ]
}

# ping_start ADDRESS [NAMESPACE]: pings every 10 ms from the client, in the background; returns once an answer has come.
ping_start() {
    local ns=${2:-client}
    lab_ns "$ns" ping -q -c 1 -w $LAB_PATIENCE "$1" >/dev/null || { echo "$1 does not answer $ns" >&2; return 1; }
    # No function here, so that the process is ping's own; without 3, since bats waits for whoever holds that.
    nsenter --net="/run/netns/$ns" -- ping -n -D -i 0.01 "$1" >$LAB_STATE/ping.log 2>&1 </dev/null 3>&- &
    LAB_PING=$!
    wait_until grep -q 'bytes from' $LAB_STATE/ping.log
}
# ping_stop: ends it and sets PING_GAP, the longest time without an answer in ms, and PING_LOST, how many pings got none; one
# that was under way at the end does not count.
ping_stop() {
    local stop=$EPOCHREALTIME
    kill -INT "$LAB_PING"
    wait "$LAB_PING" || true
    read -r PING_GAP PING_LOST < <(awk -v stop="$stop" '
        /^\[[0-9.]+\] [0-9]+ bytes from/ {
            now = substr($1, 2) + 0
            if (last && now - last > gap) gap = now - last
            last = now
            sequence = substr($6, 10) + 0 # icmp_seq=N, from 1
        }
        /packets transmitted/ { lost = $1 - $4 - ($1 - sequence == 1) }
        END {
            if (stop - last > gap) gap = stop - last
            printf "%d %d\n", gap * 1000 + 0.5, lost
        }' $LAB_STATE/ping.log)
}

# --- special worlds ---------------------------------------------------------------------------------------------------

# lab_peer_bond ADDRESS NIC...: moves the switch ends of these NICs to one switch, swC, that bonds them itself (802.3ad, fast)
# and has the address.
lab_peer_bond() {
    local address=$1 nic
    shift
    ip netns add swC
    for nic; do
        ip -n "$(<"$LAB_STATE/port/$nic")" link set "web01.$nic" nomaster down netns swC
        echo swC >"$LAB_STATE/port/$nic"
    done
    {
        echo "link add peer type bond mode 802.3ad lacp_rate fast miimon 100"
        printf 'link set web01.%s master peer\n' "$@"
        echo "addr add $address dev peer"
        echo "link set peer up"
    } | ip -n swC -batch -
}

# lab_nics COUNT: web01 with NICs eth0 to eth(COUNT-1) alone, each cabled to a port of a namespace that does nothing (sink).
lab_nics() {
    local i
    lab_web01_remove
    mkdir -p $LAB_STATE/port
    printf 'netns add %s\n' web01 sink | ip -batch -
    for ((i = 0; i < $1; i++)); do
        printf 'link add eth%d netns web01 address 02:00:0b:00:%02x:%02x type veth peer name web01.eth%d netns sink\n' \
            "$i" $((i / 256)) $((i % 256)) "$i"
    done | (ulimit -n "$(ulimit -Hn)" && ip -batch -) # it keeps two files open for each line that names a namespace
    for ((i = 0; i < $1; i++)); do echo "link set web01.eth$i up"; done | ip -n sink -batch -
    for ((i = 0; i < $1; i++)); do echo sink >"$LAB_STATE/port/eth$i"; done
    lab_server_mount
}
