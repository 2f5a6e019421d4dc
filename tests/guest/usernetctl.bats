#!/usr/bin/env bats
# USERCTL: users who may bring an interface up and down, by the set-user-ID program, and all that it must refuse.

bats_require_minimum_version 1.5.0
load helpers.bash

SCRIPTS=/etc/sysconfig/network-scripts
NO="Users are not allowed to control this interface."

setup() {
    export PATH=/usr/sbin:/sbin:/usr/bin:/bin:$PATH
    lab_web01
    echo NETWORKING=yes | lab_file network
    ifcfg eth0 IPADDR=10.0.11.7 PREFIX=24 ARPCHECK=no USERCTL=yes
}
teardown_file() {
    lab_destroy
}

user() { # COMMAND...: as somebody who is not root
    web01 setpriv --reuid=4711 --regid=4711 --clear-groups "$@"
}
refused() { # NAME [REASON]: usernetctl says no, and nothing is run
    run --separate-stderr user /usr/sbin/usernetctl "$1" up
    [ "$status" -eq 1 ] && [ -z "$output" ] && [ "${stderr_lines[-1]}" = "$NO" ] || return 1
    if [ $# -gt 1 ]; then [[ ${stderr_lines[0]} == *"$2"* ]]; else [ "${#stderr_lines[@]}" -eq 1 ]; fi
}
allowed() { # NAME
    run --separate-stderr user /usr/sbin/usernetctl "$1" report
    [ "$status" -eq 0 ] && [ -z "$output$stderr" ]
}

@test "a user brings his interface up and down with ifup and ifdown, silently; root's record has it" {
    run user ifup eth0
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [[ $(web01 ip -br -4 addr show dev eth0) == *10.0.11.7/24* ]]
    [ "$(web01 stat -c %u /run/netsvc/state)" -eq 0 ]
    run user ifdown ifcfg-eth0
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ -z "$(web01 ip -br -4 addr show dev eth0)" ]
}

@test "other interfaces are root's, in ifup's words and in usernetctl's" {
    ifcfg eth1 USERCTL=no IPADDR=10.0.11.8 PREFIX=24
    ifcfg eth2 IPADDR=10.0.11.9 PREFIX=24
    for name in eth1 eth2; do
        refused $name
        run --separate-stderr user ifup $name
        [ "$status" -eq 1 ]
        [ "$stderr" = "Users cannot control this device." ]
        [ -z "$(web01 ip -br -4 addr show dev $name)" ]
    done
    run --separate-stderr user ifup nosuch
    [ "$status" -eq 1 ]
    [[ $stderr == *"configuration for nosuch not found."* ]]
}

@test "a file that is none of root's alone is refused, however it speaks" {
    web01 chmod o+w $SCRIPTS/ifcfg-eth0
    refused eth0 'others than root can write the file'
    web01 chmod o-w $SCRIPTS/ifcfg-eth0
    web01 chown :4711 $SCRIPTS/ifcfg-eth0
    web01 chmod g+w $SCRIPTS/ifcfg-eth0
    refused eth0 'others than root can write the file'
    web01 chown 4711:4711 $SCRIPTS/ifcfg-eth0
    refused eth0 'the file does not belong to root'
    web01 mv $SCRIPTS/ifcfg-eth0 $SCRIPTS/real
    web01 chown root:root $SCRIPTS/real
    web01 ln -s real $SCRIPTS/ifcfg-eth0
    refused eth0 'this is not a regular file'
    web01 rm $SCRIPTS/ifcfg-eth0
    web01 mkfifo $SCRIPTS/ifcfg-eth0
    refused eth0 'this is not a regular file'
    refused nosuch 'No such file'
    ifcfg eth1 'USERCTL=$(echo yes)'
    refused eth1
    printf 'USERCTL=yes\n\0' | lab_file ifcfg-eth2
    refused eth2
}

@test "the file is one of the folder, whatever stands before its name; one of a clone may be silent" {
    allowed eth0
    allowed ifcfg-eth0
    allowed /tmp/ifcfg-eth0
    allowed ../../../tmp/eth0
    printf 'IPADDR=10.0.11.9\n' | lab_file ifcfg-eth0-home
    allowed eth0-home
    printf 'USERCTL=no\n' | lab_file ifcfg-eth0-work
    refused eth0-work
    printf 'IPADDR=10.0.11.9\n' | lab_file ifcfg-eth7-home
    refused eth7-home
    for words in '' eth0 'eth0 start' 'eth0 up boot' "'' up" '/ up' 'ifcfg- up'; do
        run --separate-stderr user bash -c "exec /usr/sbin/usernetctl $words"
        [ "$status" -eq 1 ]
        [ "$stderr" = 'usage: usernetctl <interface-config> <up|down|report>' ]
    done
}

@test "nothing of the user's goes along: environment, limits, files, signals, folder, mask, arguments" {
    cat >/run/spy <<-'END'
	#!/bin/bash
	exec 2>&1
	echo "uid $(id -u) $EUID gid $(id -g) groups $(id -G)"
	env | grep -vE '^(PWD|SHLVL|_)=' | sort
	echo "file $(ulimit -f) cpu $(ulimit -t) core $(ulimit -c) in $PWD mask $(umask) for $*"
	echo "descriptors $(cd /proc/$$/fd && echo [0-9] [0-9][0-9])"
	grep -E '^Sig(Ign|Blk)' /proc/self/status # a shell has settings of its own
	END
    chmod +x /run/spy
    web01 mount --bind /run/spy /usr/sbin/netsvc
    run user env EVIL=1 PATH=/tmp ENV=/tmp/x BASH_ENV=/tmp/x IFS=: /usr/bin/bash -c '
        cd /tmp; umask 0; ulimit -f 8 -t 60; trap "" USR1 CHLD; exec 7</dev/null 12</dev/null
        exec -a ifup /usr/sbin/usernetctl /tmp/eth0 up'
    web01 umount /usr/sbin/netsvc
    echo "$output"
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "uid 0 0 gid 0 groups 0" ]
    [ "${lines[1]} ${lines[2]}" = "HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin" ]
    [ "${lines[3]}" = "file unlimited cpu unlimited core 0 in / mask 0022 for ifcfg-eth0" ]
    [[ ${lines[4]} != *" 7"* && ${lines[4]} != *" 12"* ]]
    [ "${lines[5]}" = $'SigBlk:\t0000000000000000' ]
    [ "${lines[6]}" = $'SigIgn:\t0000000000000000' ]
}

@test "without the set-user-ID bit it says so, and ifup what it always said" {
    cp /usr/sbin/usernetctl /run/usernetctl
    chmod 755 /run/usernetctl
    web01 mount --bind /run/usernetctl /usr/sbin/usernetctl
    run --separate-stderr user /usr/sbin/usernetctl eth0 up
    [ "$status" -eq 1 ]
    [[ $stderr == *"must belong to root and be set-user-ID"* ]]
    run --separate-stderr user ifup eth0
    [ "$status" -eq 1 ]
    [ "${stderr_lines[0]}" = "Users cannot control this device." ]
    [[ ${stderr_lines[1]} == "ifcfg-eth0:5: USERCTL=yes, but "*"usernetctl ifcfg-eth0 report"* ]]
}
