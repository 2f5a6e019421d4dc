#!/usr/bin/env bats
# Hooks on a real kernel: order, arguments, environment, what a failure means, what hangs, what is refused.

bats_require_minimum_version 1.5.0
load helpers.bash

scripts=/etc/sysconfig/network-scripts
setup() {
    nics_begin 2
    log=$BATS_TEST_TMPDIR/log
}
teardown() {
    web01 rm -rf $scripts/{pre-up,up,pre-down,down}.d /sbin/if{up,down}{,-pre}-local
    lab_destroy
}

# hook PATH [LINE...]: a program that writes down how it was called, then does this
hook() {
    web01 mkdir -p "${1%/*}"
    web01 tee "$1" >/dev/null <<END
#!/bin/bash
echo "\$0 \$*" >>$log
$(printf '%s\n' "${@:2}")
END
    web01 chmod 755 "$1"
}

@test "each event has its hooks, in order, with their arguments; ports and bond; a second run has none" {
    ifcfg bond0 'BONDING_OPTS="mode=1 miimon=100"' IPADDR=10.0.11.2 PREFIX=24 ARPCHECK=no
    port_files bond0 eth0
    for old in ifup-pre-local ifup-local ifdown-pre-local ifdown-local; do hook /sbin/$old; done
    hook $scripts/up.d/20-b
    hook $scripts/up.d/10-a 'ip -br addr show bond0 | grep -q 10.0.11.2/24 && echo "has its address" >>'"$log"
    web01 netsvc up bond0
    diff - <(grep bond0 "$log") <<END
/sbin/ifup-pre-local ifcfg-bond0
/sbin/ifup-local bond0
$scripts/up.d/10-a bond0 up
$scripts/up.d/20-b bond0 up
END
    [ "$(grep -c 'has its address' "$log")" -eq 2 ]
    diff - <(grep eth0 "$log" | sort) <<END
$scripts/up.d/10-a eth0 up
$scripts/up.d/20-b eth0 up
/sbin/ifup-local eth0
/sbin/ifup-pre-local ifcfg-eth0
END
    plan_is_empty up bond0
    : >"$log"
    web01 netsvc up bond0
    [ ! -s "$log" ]
    web01 netsvc down bond0
    diff - <(grep bond0 "$log") <<END
/sbin/ifdown-pre-local bond0
/sbin/ifdown-local bond0
END
    diff - <(grep eth0 "$log") <<END
/sbin/ifdown-pre-local eth0
/sbin/ifdown-local eth0
END
}

@test "a hook has a clean environment, and the directory that it always had" {
    ifcfg eth0 IPADDR=10.0.11.2 PREFIX=24 ARPCHECK=no
    hook $scripts/up.d/show "env | sort >>$log" "pwd >>$log"
    SECRET=1 web01 netsvc up eth0
    diff - <(grep -vE '^(_|SHLVL|PWD)=' "$log") <<END
$scripts/up.d/show eth0 up
CONNECTION_FILENAME=$scripts/ifcfg-eth0
CONNECTION_ID=eth0
DEVICE_IFACE=eth0
HOME=/
NETSVC_BOOT=no
NETSVC_EVENT=up
NETSVC_KIND=ethernet
PATH=/sbin:/usr/sbin:/bin:/usr/bin
$scripts
END
}

@test "a failure before an interface comes up keeps it down in pre-up.d; elsewhere it is a warning with what was said" {
    ifcfg eth0 IPADDR=10.0.11.2 PREFIX=24 ARPCHECK=no
    ifcfg eth1 IPADDR=10.0.12.2 PREFIX=24 ARPCHECK=no
    hook $scripts/pre-up.d/check '[ $1 != eth0 ] || { echo the disk is on fire; exit 3; }'
    hook /sbin/ifup-pre-local 'exit 4'
    hook /sbin/ifup-local 'echo nobody is home; exit 5'
    run web01 netsvc start
    said FAILED eth0
    said WARNING eth1
    grep -F "$scripts/pre-up.d/check ended with status 3: the disk is on fire" <<<"$output"
    grep -F "/sbin/ifup-pre-local ended with status 4" <<<"$output"
    grep -F "/sbin/ifup-local ended with status 5: nobody is home" <<<"$output"
    run ! has_address eth0 10.0.11.2/24
    has_address eth1 10.0.12.2/24
    run ! grep -F "ifup-local eth0" "$log"
}

@test "megabytes of output hold up nobody, and a line of them is told" {
    ifcfg eth0 IPADDR=10.0.11.2 PREFIX=24 ARPCHECK=no
    hook /sbin/ifup-local 'head -c 8000000 /dev/zero | tr "\\0" x | fold -w 100' 'echo the end; exit 1'
    run web01 netsvc up eth0
    [ "${#output}" -lt 2000 ]
    grep -F "/sbin/ifup-local ended with status 1" <<<"$output"
    has_address eth0 10.0.11.2/24
}

@test "what others than root can write is refused, and so is what lies in a folder of others" {
    ifcfg eth0 IPADDR=10.0.11.2 PREFIX=24 ARPCHECK=no
    hook /sbin/ifup-local
    web01 chmod 777 /sbin/ifup-local
    hook $scripts/up.d/x
    web01 chmod 777 $scripts/up.d
    run web01 netsvc up eth0
    grep -F "/sbin/ifup-local is not run: others than root can write /sbin/ifup-local" <<<"$output" ||
        grep -F "/sbin/ifup-local is not run: others than root can write /usr/sbin/ifup-local" <<<"$output"
    grep -F "$scripts/up.d/x is not run: others than root can write $scripts/up.d" <<<"$output"
    [ ! -e "$log" ]
    has_address eth0 10.0.11.2/24
}

@test "a hook that runs ifup is told at once why it cannot" {
    ifcfg eth0 IPADDR=10.0.11.2 PREFIX=24 ARPCHECK=no
    ifcfg eth1 IPADDR=10.0.12.2 PREFIX=24 ARPCHECK=no
    hook /sbin/ifup-local '[ $1 != eth0 ] || ifup eth1'
    run web01 netsvc up eth0
    grep -F "the run that waits for the hook is not over" <<<"$output"
    has_address eth0 10.0.11.2/24
}

@test "hooks of several interfaces run at the same time" {
    for i in 0 1; do ifcfg eth$i IPADDR=10.0.1$i.2 PREFIX=24 ARPCHECK=no; done
    mkfifo "$BATS_TEST_TMPDIR/meet"
    # Each waits for the other one: a pipe opens when both ends are there.
    hook /sbin/ifup-local "case \$1 in eth0) : >$BATS_TEST_TMPDIR/meet ;; eth1) : <$BATS_TEST_TMPDIR/meet ;; esac"
    run web01 netsvc start
    grep -qF "Bringing up interface eth0:  [  OK  ]" <<<"$output"
    grep -qF "Bringing up interface eth1:  [  OK  ]" <<<"$output"
}

@test "a plug-in brings its interface up and takes it down, with its arguments and the file in its environment" {
    printf '%s\n' DEVICE=br0 TYPE=Zoo DEVICETYPE=zoo IPADDR=10.0.13.2 PREFIX=24 'FOOD="hay; touch /ran"' | lab_file ifcfg-br0
    web01 cp "$TREE"/hooks/{network-functions,ifup-eth} $scripts
    hook $scripts/ifup-zoo "env | sort | grep -vE '^(_|SHLVL|PWD)=' >>$log" 'ip link add br0 type bridge' './ifup-eth "$1"'
    hook $scripts/ifdown-zoo 'ip link del br0'
    run web01 netsvc start
    said "  OK  " br0
    diff - "$log" <<END
$scripts/ifup-zoo ifcfg-br0 boot
DEVICE=br0
DEVICETYPE=zoo
FOOD=hay; touch /ran
HOME=/
IPADDR=10.0.13.2
NETSVC_EVENT=plugin
PATH=/sbin:/usr/sbin:/bin:/usr/bin
PREFIX=24
TYPE=Zoo
END
    has_address br0 10.0.13.2/24
    run ! web01_has /ran
    plan_is_empty restart
    web01 netsvc down br0
    [ "$(tail -n 1 "$log")" = "$scripts/ifdown-zoo ifcfg-br0" ]
    run ! web01_has /sys/class/net/br0
    hook $scripts/ifup-zoo 'echo no hay; exit 7'
    run web01 netsvc restart
    said FAILED br0
    grep -F "$scripts/ifup-zoo ended with status 7: no hay" <<<"$output"
    web01 rm $scripts/{network-functions,ifup-eth,ifup-zoo,ifdown-zoo}
}
