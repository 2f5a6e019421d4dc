# What the tests in the lab share besides the lab itself.
load ../lab/lab.bash

NETWORK=/etc/rc.d/init.d/network

ok_lines() { # TITLE...: status lines on a pipe that end well
    printf '%s  [  OK  ]\r\n' "$@"
}
# ifcfg DEVICE LINE...: writes ifcfg-DEVICE of web01; DEVICE= is put in front.
ifcfg() {
    printf '%s\n' "DEVICE=$1" "${@:2}" | lab_file "ifcfg-$1"
}
port_files() { # BOND NIC...
    local nic
    for nic in "${@:2}"; do ifcfg "$nic" "MASTER=$1" SLAVE=yes DEVTIMEOUT=0; done
}
ports() { # the ports of a bond, in the driver's order
    web01 cat "/sys/class/net/$1/bonding/slaves"
}
# plan_is_empty VERB [NAME]: the planner finds everything as it should be. The operations are the indented lines.
plan_is_empty() {
    local plan
    plan=$(web01 netsvc plan "$@") || return 1
    if grep '^  ' <<<"$plan" | grep -vE '^  (nothing to do$|apply the net|note: |fails: )' >&2; then return 1; fi
}
answers() { # ADDRESS [SECONDS]: to the client
    lab_ns client ping -q -c 1 -w "${2:-$LAB_PATIENCE}" "$1" >/dev/null
}
# options_hold BOND "NAME=VALUE...": sysfs has them, by number or by name.
options_hold() {
    local word have
    for word in $2; do
        have=$(bond_option "$1" "${word%%=*}")
        case " $have " in *" ${word#*=} "*) ;; *) echo "$word, but the kernel has: $have" >&2; return 1 ;; esac
    done
}

# --- a server whose files are the guide's, found in one state or another ---

# As after lab_web01 and `lab_config web01`, but quicker: every bond and every trace of the last test goes, the NICs stay.
fresh_web01() {
    modprobe -r bonding || true
    modprobe bonding max_bonds=0
    lab_config web01
    ip -n client addr del 10.0.11.2/32 dev front 2>/dev/null || true
    web01 bash -ec '
        for nic in /sys/class/net/*; do
            case ${nic##*/} in lo | eth[0-3] | bonding_masters) ;; *) [ ! -e "$nic" ] || ip link del "${nic##*/}" || : ;; esac
        done
        rm -rf /run/netsvc/* /var/lib/netsvc/* /var/lock/subsys/* /etc/resolv.conf*
        ip rule flush; ip rule add lookup main priority 32766
        printf "%s\n" "link set lo down" "addr flush dev lo" "link set lo up" | ip -batch -
        cd /proc/sys/net/ipv6/conf
        for nic in all default eth0 eth1 eth2 eth3; do
            for key in accept_ra accept_ra_defrtr accept_redirects autoconf; do echo 1 >$nic/$key; done
            for key in forwarding use_tempaddr; do echo 0 >$nic/$key; done
        done
        for nic in eth0 eth1 eth2 eth3; do
            echo "addr flush dev $nic"
            echo "link set $nic down mtu 1500 address 02:00:0a:00:00:0${nic#eth}"
        done | ip -batch -'
}
start_ends_well() { # [VERB]: four OK lines and no word more
    web01 $NETWORK "${1:-start}" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err"
    cat "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/err"
    ok_lines "Setting network parameters:" "Bringing up loopback interface:" "Bringing up interface bond0:" \
        "Bringing up interface bond1:" | cmp - "$BATS_TEST_TMPDIR/out"
    [ ! -s "$BATS_TEST_TMPDIR/err" ]
}
all_is_configured() { # as the guide's files say
    [ "$(ports bond0)" = "eth0 eth1" ]
    [ "$(ports bond1)" = "eth2 eth3" ]
    options_hold bond0 "mode=active-backup primary=eth0 miimon=100 updelay=5000"
    options_hold bond1 "mode=active-backup primary=eth2 miimon=100 updelay=5000"
    has_address bond0 10.0.11.2/24
    has_address bond1 172.16.11.2/24
    plan_is_empty restart
}
has_address() {
    web01 ip -br -4 addr show "$1" | tr ' ' '\n' | grep -qxF "$2"
}
# said LABEL NAME: this label was the end of the interface's line.
said() {
    echo "$output" # bats shows it when a test fails
    grep -qF "Bringing up interface $2:  [$1]" <<<"$output"
}
# bond_log BOND < lines: what the driver has told of the bond since log_mark, in this order. Times are not compared: the log is.
log_mark() {
    LOG_MARK="netsvc test $BATS_TEST_NUMBER $RANDOM"
    echo "$LOG_MARK" >/dev/kmsg
}
bond_log() {
    diff <(cat) <(dmesg | sed -n "1,/$LOG_MARK/d; s/^.*\\b$1: //p" | grep -E 'link status|new active|without any active')
}
background() { # COMMAND...: in web01; BACKGROUND is its own process ($! is not: wait_until sets it as well)
    background_to background "$@"
}
background_to() { # NAME COMMAND...: the same, with its output in a file of that name
    nsenter --net=/run/netns/web01 --mount=$LAB_STATE/web01.mnt -- "${@:2}" >"$BATS_TEST_TMPDIR/$1" 2>&1 </dev/null 3>&- &
    BACKGROUND=$!
}
web01_has() { # FILE
    web01 test -e "$1"
}
nics_begin() { # COUNT: a server of that many NICs and no files
    lab_nics "$1"
    web01 ip link set lo up
}
