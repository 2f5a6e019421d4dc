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
