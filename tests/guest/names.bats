#!/usr/bin/env bats
# resolv.conf on a server that runs: shares of interfaces that go up and down in any order, what is kept of the file, what is said
# where it cannot be written.

bats_require_minimum_version 1.5.0
load fresh.bash

CONF=/etc/resolv.conf

names_files() { # eth0 and eth2 with name servers, and a file that somebody has written
    web01 bash -c 'rm -f /etc/sysconfig/network-scripts/ifcfg-* /etc/resolv.conf*'
    printf '# kept by hand\noptions timeout:1\nsearch example.org\nnameserver 192.0.2.53\n' | web01 tee $CONF >"$BATS_TEST_TMPDIR/own"
    ifcfg eth0 IPADDR=10.0.11.2 PREFIX=24 NOZEROCONF=yes ARPCHECK=no DNS1=10.0.11.53 DNS2=10.0.11.54 DOMAIN=front.example.com
    ifcfg eth2 IPADDR=172.16.11.2 PREFIX=24 NOZEROCONF=yes ARPCHECK=no DNS1=172.16.11.53 'RES_OPTIONS="rotate"'
}
conf_is() { # LINE...: behind the lines that are nobody's share
    printf '%s\n' '# kept by hand' 'options timeout:1' "$@" | diff - <(web01 cat $CONF)
}
conf_is_own() {
    diff "$BATS_TEST_TMPDIR/own" <(web01 cat $CONF)
    ! web01_has $CONF.save
}
both_are_in() {
    conf_is 'options rotate' 'search front.example.com example.org' 'nameserver 10.0.11.53' 'nameserver 10.0.11.54' 'nameserver 172.16.11.53'
}

@test "shares come and go in any order, owner and mode stay, a link stays, and a second run writes nothing" {
    names_files
    web01 sh -c "mkdir -p /etc/net; mv $CONF /etc/net/resolv.conf; ln -s net/resolv.conf $CONF; chown 12:34 $CONF; chmod 640 $CONF"
    web01 ifup eth2
    web01 ifup eth0
    both_are_in
    before=$(web01 stat -Lc '%i %y' $CONF $CONF.save)
    web01 $NETWORK restart
    web01 ifup eth0
    plan_is_empty restart
    [ "$(web01 stat -Lc '%i %y' $CONF $CONF.save)" = "$before" ]
    web01 ifdown eth0
    conf_is 'search example.org' 'options rotate' 'nameserver 172.16.11.53'
    web01 ifup eth0
    web01 ifdown eth2
    conf_is 'search front.example.com example.org' 'nameserver 10.0.11.53' 'nameserver 10.0.11.54'
    web01 ifdown eth0
    conf_is_own
    [ "$(web01 stat -c %N $CONF)" = "'$CONF' -> 'net/resolv.conf'" ]
    [ "$(web01 stat -Lc '%u:%g %a' $CONF)" = "12:34 640" ]
    web01 rm -r /etc/net
}

@test "what others write is found, mended where it hides ours, and kept" {
    names_files
    web01 $NETWORK start
    both_are_in
    web01 sh -c "echo '# of others' >>$CONF; sed -i /10.0.11.53/d $CONF"
    run web01 netsvc plan restart
    [[ $output == *"eth0: set name servers 10.0.11.53 10.0.11.54, search front.example.com"* ]]
    [[ $output != *"eth2: set"* ]]
    web01 $NETWORK restart
    plan_is_empty restart
    [ "$(web01 grep -c '# of others' $CONF)" = 1 ]
    web01 grep -qx 'nameserver 10.0.11.53' $CONF
    web01 $NETWORK stop
    echo '# of others' >>"$BATS_TEST_TMPDIR/own"
    conf_is_own
}

@test "a file that cannot be written is a warning that says why, and the interface is up" {
    names_files
    web01 mount --bind $CONF $CONF
    web01 mount -o remount,bind,ro $CONF
    run web01 ifup eth0
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"ifcfg-eth0:6: eth0: cannot write $CONF: its file system is read-only; mount it writable"* ]]
    [ "$(grep -c resolv <<<"$output")" -eq 1 ]
    has_address eth0 10.0.11.2/24
    # The same for a file that is mounted, and can be written: it is, where it stands.
    web01 mount -o remount,bind,rw $CONF
    web01 ifup eth0
    conf_is 'search front.example.com example.org' 'nameserver 10.0.11.53' 'nameserver 10.0.11.54'
    web01 ifdown eth0
    conf_is_own
    web01 umount $CONF
}

@test "what the old scripts have saved is what it goes back to" {
    names_files
    web01 cp -a $CONF $CONF.save
    printf '%s\n' 'options timeout:1' '# kept by hand' 'search front.example.com example.org' 'nameserver 10.0.11.53' 'nameserver 10.0.11.54' | web01 tee $CONF
    web01 ifup eth0
    web01 ifdown eth0
    conf_is_own
}
