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
    ! grep '^  ' <<<"$plan" | grep -v -e '^  nothing to do$' -e '^  apply the net' >&2
}
answers() { # ADDRESS [SECONDS]: to the client
    lab_ns client ping -q -c 1 -w "${2:-10}" "$1" >/dev/null
}
# options_hold BOND "NAME=VALUE...": sysfs has them, by number or by name.
options_hold() {
    local word have
    for word in $2; do
        have=$(bond_option "$1" "${word%%=*}")
        case " $have " in *" ${word#*=} "*) ;; *) echo "$word, but the kernel has: $have" >&2; return 1 ;; esac
    done
}
