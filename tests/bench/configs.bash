# The same N bonds of two NICs, written for each of the tools that are compared. Sourced by the two halves of the benchmark.

bench_address() { # the address of bond number $1
    echo "10.$((1 + $1 / 250)).$(($1 % 250)).2"
}

# netsvc_files N FOLDER: ifcfg files below FOLDER/etc/sysconfig.
netsvc_files() {
    local i folder=$2/etc/sysconfig/network-scripts
    mkdir -p "$folder"
    # The route to 169.254.0.0/16 and the ARP check are things that the others do not do.
    printf 'NETWORKING=yes\nNOZEROCONF=yes\n' >"$2/etc/sysconfig/network"
    printf 'DEVICE=lo\nIPADDR=127.0.0.1\nNETMASK=255.0.0.0\nONBOOT=yes\n' >"$folder/ifcfg-lo"
    for ((i = 0; i < $1; i++)); do
        cat >"$folder/ifcfg-bond$i" <<END
DEVICE=bond$i
BOOTPROTO=none
ONBOOT=yes
IPADDR=$(bench_address $i)
NETMASK=255.255.255.0
ARPCHECK=no
ARPUPDATE=no
IPV6INIT=no
BONDING_OPTS="mode=1 primary=eth$((2 * i)) miimon=100 updelay=5000"
END
        printf 'DEVICE=eth%d\nMASTER=bond%d\nSLAVE=yes\n' $((2 * i)) "$i" >"$folder/ifcfg-eth$((2 * i))"
        printf 'DEVICE=eth%d\nMASTER=bond%d\nSLAVE=yes\n' $((2 * i + 1)) "$i" >"$folder/ifcfg-eth$((2 * i + 1))"
    done
}

# ip_batch_up N, ip_batch_down N: what one would write by hand, interface by interface.
ip_batch_up() {
    local i nic
    echo "link set lo up"
    for ((i = 0; i < $1; i++)); do
        echo "link add bond$i type bond mode active-backup miimon 100 updelay 5000"
        for nic in eth$((2 * i)) eth$((2 * i + 1)); do
            echo "link set $nic down"
            echo "link set $nic master bond$i"
        done
        echo "link set bond$i type bond primary eth$((2 * i))"
        echo "link set bond$i up"
        echo "addr add $(bench_address $i)/24 broadcast + dev bond$i"
    done
}
ip_batch_down() {
    local i nic
    for ((i = 0; i < $1; i++)); do
        echo "addr del $(bench_address $i)/24 dev bond$i"
        echo "link set bond$i down"
        for nic in eth$((2 * i)) eth$((2 * i + 1)); do
            echo "link set $nic nomaster"
            echo "link set $nic down"
        done
        echo "link del bond$i"
    done
}

# ifupdown_file N: /etc/network/interfaces for ifupdown-ng.
ifupdown_file() {
    local i
    printf 'auto lo\niface lo\n    use loopback\n'
    for ((i = 0; i < $1; i++)); do
        cat <<END
auto bond$i
iface bond$i
    use bond
    bond-members eth$((2 * i)) eth$((2 * i + 1))
    bond-mode active-backup
    bond-miimon 100
    bond-updelay 5000
    bond-primary eth$((2 * i))
    address $(bench_address $i)/24
END
    done
}

# --- large hosts: what must not grow faster than the files ---

# scale_files KIND N FOLDER: N addresses or routes on eth0, N VLANs on one bond, or N bonds with a VLAN in a bridge each.
scale_files() {
    local i folder=$3/etc/sysconfig/network-scripts common='BOOTPROTO=none\nONBOOT=yes\nARPCHECK=no\nARPUPDATE=no\n'
    mkdir -p "$folder"
    printf 'NETWORKING=yes\nNOZEROCONF=yes\nIPV6INIT=no\n' >"$3/etc/sysconfig/network"
    printf 'DEVICE=lo\nIPADDR=127.0.0.1\nNETMASK=255.0.0.0\nONBOOT=yes\n' >"$folder/ifcfg-lo"
    case $1 in
    addresses)
        printf "DEVICE=eth0\n$common" >"$folder/ifcfg-eth0"
        for ((i = 0; i < $2; i++)); do printf 'IPADDR%d=%s\nPREFIX%d=8\n' "$i" "$(bench_address "$i")" "$i"; done >>"$folder/ifcfg-eth0"
        ;;
    routes)
        printf "DEVICE=eth0\n${common}IPADDR=10.0.0.1\nPREFIX=24\n" >"$folder/ifcfg-eth0"
        for ((i = 0; i < $2; i++)); do echo "$(scale_route "$i") via 10.0.0.254"; done >"$folder/route-eth0"
        ;;
    vlans)
        printf "DEVICE=bond0\n${common}BONDING_OPTS=\"mode=1 miimon=100\"\n" >"$folder/ifcfg-bond0"
        scale_ports 0 "$folder"
        for ((i = 1; i <= $2; i++)); do
            printf "DEVICE=bond0.%d\nVLAN=yes\n${common}IPADDR=%s\nPREFIX=24\n" "$i" "$(bench_address "$i")" >"$folder/ifcfg-bond0.$i"
        done
        ;;
    stacks)
        for ((i = 0; i < $2; i++)); do
            printf "DEVICE=bond%d\n${common}BONDING_OPTS=\"mode=1 miimon=100\"\n" "$i" >"$folder/ifcfg-bond$i"
            scale_ports "$i" "$folder"
            printf "DEVICE=bond%d.5\nVLAN=yes\n${common}BRIDGE=br%d\n" "$i" "$i" >"$folder/ifcfg-bond$i.5"
            printf "DEVICE=br%d\nTYPE=Bridge\n${common}DELAY=0\nIPADDR=%s\nPREFIX=24\n" "$i" "$(bench_address "$i")" >"$folder/ifcfg-br$i"
        done
        ;;
    esac
}
scale_ports() { # BOND FOLDER
    printf 'DEVICE=eth%d\nMASTER=bond%d\nSLAVE=yes\n' $((2 * $1)) "$1" >"$2/ifcfg-eth$((2 * $1))"
    printf 'DEVICE=eth%d\nMASTER=bond%d\nSLAVE=yes\n' $((2 * $1 + 1)) "$1" >"$2/ifcfg-eth$((2 * $1 + 1))"
}
scale_route() { echo "172.$((16 + $1 / 65536)).$(($1 / 256 % 256)).$(($1 % 256))"; }

scale_bond_up() { # BOND
    echo "link add bond$1 type bond mode active-backup miimon 100"
    printf 'link set eth%d down\nlink set eth%d master bond%d\n' $((2 * $1)) $((2 * $1)) "$1" $((2 * $1 + 1)) $((2 * $1 + 1)) "$1"
    echo "link set bond$1 up"
}
# scale_up KIND N, scale_down KIND N: the same for `ip -batch`, as one would write it by hand.
scale_up() {
    local i
    case $1 in
    addresses)
        echo "link set eth0 up"
        for ((i = 0; i < $2; i++)); do echo "addr add $(bench_address "$i")/8 broadcast + dev eth0"; done
        ;;
    routes)
        printf 'link set eth0 up\naddr add 10.0.0.1/24 broadcast + dev eth0\n'
        for ((i = 0; i < $2; i++)); do echo "route add $(scale_route "$i") via 10.0.0.254 dev eth0"; done
        ;;
    vlans)
        scale_bond_up 0
        for ((i = 1; i <= $2; i++)); do
            printf 'link add link bond0 name bond0.%d type vlan id %d\nlink set bond0.%d up\n' "$i" "$i" "$i"
            echo "addr add $(bench_address "$i")/24 broadcast + dev bond0.$i"
        done
        ;;
    stacks)
        for ((i = 0; i < $2; i++)); do
            scale_bond_up "$i"
            printf 'link add link bond%d name bond%d.5 type vlan id 5\nlink add br%d type bridge forward_delay 0\n' "$i" "$i" "$i"
            printf 'link set bond%d.5 master br%d\nlink set bond%d.5 up\nlink set br%d up\n' "$i" "$i" "$i" "$i"
            echo "addr add $(bench_address "$i")/24 broadcast + dev br$i"
        done
        ;;
    esac
}
scale_down() {
    local i
    case $1 in
    addresses)
        # The first takes all of its network with it, so it comes last.
        for ((i = $2; i-- > 0; )); do echo "addr del $(bench_address "$i")/8 dev eth0"; done
        echo "link set eth0 down"
        ;;
    routes)
        for ((i = 0; i < $2; i++)); do echo "route del $(scale_route "$i") via 10.0.0.254 dev eth0"; done
        printf 'addr del 10.0.0.1/24 dev eth0\nlink set eth0 down\n'
        ;;
    vlans) for ((i = 1; i <= $2; i++)); do echo "link del bond0.$i"; done; echo "link del bond0" ;;
    stacks) for ((i = 0; i < $2; i++)); do printf 'link del br%d\nlink del bond%d.5\nlink del bond%d\n' "$i" "$i" "$i"; done ;;
    esac
}
