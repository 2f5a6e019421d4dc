# netsvc kickstart: files below a root, all of them or none, and the service enabled there.

bats_require_minimum_version 1.5.0

load sandbox.bash

setup() {
    root_make
    rmdir -p --ignore-fail-on-non-empty "$SCRIPTS" # the command makes it
    KS=$BATS_TEST_TMPDIR/ks.cfg
    mkdir -p "$ROOT/usr/lib/systemd/system" "$ROOT/etc/rc.d/init.d"
    touch "$ROOT/usr/lib/systemd/system/network.service" "$ROOT/etc/rc.d/init.d/network"
    cat >"$KS" <<'END'
network --device=bond0 --bondslaves=eth0,eth1 --bondopts=mode=active-backup;primary=eth0 --bootproto=static --ip=10.0.11.2 --netmask=255.255.255.0 --gateway=10.0.11.1 --nameserver=10.0.11.53 --noipv6
network --device=bond0 --vlanid=171 --interfacename=vlan171 --bootproto=static --ip=192.168.170.1 --netmask=255.255.255.0 --nodefroute --noipv6
network --device=br0 --bridgeslaves=eth2 --bridgeopts=stp=no,forward-delay=4 --bootproto=static --ip=172.16.11.2 --netmask=255.255.255.0 --nodefroute --mtu=9000 --noipv6
network --hostname=node01.example.com
END
}

everything() { # that is below the root
    (cd "$ROOT" && find . \( -type f -o -type l \) | sort)
}

@test "the files of bond, VLAN and bridge are there, are what check wants, and the service is enabled" {
    run "$NETSVC" kickstart "$KS" --root "$ROOT"
    echo "$output"
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    (cd "$SCRIPTS" && echo *) | diff - <(echo ifcfg-bond0 ifcfg-br0 ifcfg-eth0 ifcfg-eth1 ifcfg-eth2 ifcfg-vlan171)
    grep -qx 'BONDING_OPTS="mode=active-backup primary=eth0 miimon=100"' "$SCRIPTS/ifcfg-bond0"
    grep -qx 'PHYSDEV=bond0' "$SCRIPTS/ifcfg-vlan171"
    grep -qx 'BRIDGE=br0' "$SCRIPTS/ifcfg-eth2"
    [ "$(cat "$ROOT/etc/hostname")" = node01.example.com ]
    [ "$(cat "$ROOT/etc/sysconfig/network")" = NETWORKING=yes ]
    [ "$(readlink "$ROOT/etc/systemd/system/multi-user.target.wants/network.service")" = /usr/lib/systemd/system/network.service ]
    [ "$(readlink "$ROOT/etc/rc.d/rc3.d/S10network")" = ../init.d/network ]
    [ "$(readlink "$ROOT/etc/rc.d/rc6.d/K90network")" = ../init.d/network ]
    "$NETSVC" check --strict --root "$ROOT"
    "$NETSVC" show --root "$ROOT" vlan171 | grep -q 192.168.170.1/24
    before=$(everything)
    "$NETSVC" kickstart "$KS" --root "$ROOT" # again: the same
    [ "$(everything)" = "$before" ]
}

@test "an error in one line, or one that only check finds: it is named by its place, and nothing is written" {
    before=$(everything)
    echo 'network --device=eth7 --bootproto=static --ip=10.7.0.2 --netmask=255.255.255.0 --gatway=10.7.0.1' >>"$KS"
    run "$NETSVC" kickstart "$KS" --root "$ROOT"
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "$KS:5:80: error: network has no option --gatway" ]
    [ "$(everything)" = "$before" ]
    sed -i 's/--gatway=10.7.0.1/--gateway=10.8.0.1/' "$KS"
    run "$NETSVC" kickstart "$KS" --root "$ROOT"
    [ "$status" -eq 1 ]
    [[ $output == *"$SCRIPTS/ifcfg-eth7:"*"error: GATEWAY=10.8.0.1 is not in the network"*"nothing was written"* ]]
    [ "$(everything)" = "$before" ]
}

@test "what is wrong in a file that was there already is told, and keeps nobody from writing the others" {
    mkdir -p "$SCRIPTS"
    printf 'DEVICE=gre1\nTYPE=GRE\nPEER_OUTER_IPADDR=10.1.2\n' >"$SCRIPTS/ifcfg-gre1"
    run "$NETSVC" kickstart "$KS" --root "$ROOT"
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"$SCRIPTS/ifcfg-gre1:3:"*warning:* ]]
    [ -f "$SCRIPTS/ifcfg-bond0" ]
}

@test "--dry-run prints the files, from standard input too, and writes nothing" {
    before=$(everything)
    run "$NETSVC" kickstart --dry-run --root "$ROOT" - <"$KS"
    [ "$status" -eq 0 ]
    [[ $output == *"==> $SCRIPTS/ifcfg-bond0 <=="*'DEVICE=bond0'*"==> $ROOT/etc/hostname <=="* ]]
    [ "$(everything)" = "$before" ]
}

@test "links in the tree lead nowhere else, and a planted one is not written through" {
    mkdir -p "$BATS_TEST_TMPDIR/outside" "$ROOT/etc/sysconfig"
    ln -s "$BATS_TEST_TMPDIR/outside" "$ROOT/etc/sysconfig/network-scripts"
    echo mine >"$BATS_TEST_TMPDIR/outside/victim"
    run "$NETSVC" kickstart "$KS" --root "$ROOT"
    [ "$status" -eq 0 ]
    [ "$(ls "$BATS_TEST_TMPDIR/outside")" = victim ]
    [ -f "$ROOT$BATS_TEST_TMPDIR/outside/ifcfg-bond0" ]
    ln -sf "$BATS_TEST_TMPDIR/outside/victim" "$ROOT$BATS_TEST_TMPDIR/outside/ifcfg-bond0"
    "$NETSVC" kickstart "$KS" --root "$ROOT"
    [ "$(cat "$BATS_TEST_TMPDIR/outside/victim")" = mine ]
}

@test "a folder that cannot be written: said, and nothing is left behind" {
    mkdir -p "$ROOT/etc/sysconfig"
    echo 'not a folder' >"$SCRIPTS"
    before=$(everything)
    run "$NETSVC" kickstart "$KS" --root "$ROOT"
    [ "$status" -eq 1 ]
    [[ $output == *network-scripts*"nothing was written" ]]
    [ "$(everything)" = "$before" ]
}

@test "a MAC address that no card here has: the file is for the card that will have it" {
    echo 'network --device=52:54:00:12:34:56 --bootproto=static --ip=10.3.0.2 --netmask=255.255.255.0' >"$KS"
    "$NETSVC" kickstart "$KS" --root "$ROOT"
    grep -qx HWADDR=52:54:00:12:34:56 "$SCRIPTS/ifcfg-52-54-00-12-34-56"
    run ! grep DEVICE= "$SCRIPTS/ifcfg-52-54-00-12-34-56"
}

@test "the whole kickstart file among the examples gives the files that are beside it" {
    "$NETSVC" kickstart "$TREE/sysconfig-examples/kickstart/ks.cfg" --root "$ROOT"
    diff -r "$TREE/sysconfig-examples/kickstart/etc/sysconfig" "$ROOT/etc/sysconfig"
    diff "$TREE/sysconfig-examples/kickstart/etc/hostname" "$ROOT/etc/hostname"
    "$NETSVC" check --strict --root "$TREE/sysconfig-examples/kickstart"
}

@test "ended in the middle of the writing, there are all files" {
    run strace -f -qq -o "$BATS_TEST_TMPDIR/trace" -e trace=rename -e inject=rename:signal=TERM:when=2 "$NETSVC" kickstart "$KS" --root "$ROOT"
    [ "$status" -eq 143 ]
    grep -q SIGTERM "$BATS_TEST_TMPDIR/trace"
    (cd "$SCRIPTS" && ls -A) | diff - <(printf '%s\n' ifcfg-bond0 ifcfg-br0 ifcfg-eth0 ifcfg-eth1 ifcfg-eth2 ifcfg-vlan171)
}

@test "a NUL byte ends no text in the middle: nothing is written" {
    printf 'network --device=eth0 --noipv4\n\0\nnetwork --device=eth1 --noipv4\n' >"$KS"
    run "$NETSVC" kickstart "$KS" --root "$ROOT"
    [ "$status" -eq 1 ]
    [[ $output == *"$KS: a NUL byte cannot be part of a kickstart file"* ]]
    [ -z "$(ls "$SCRIPTS")" ]
}

@test "an address with --bootproto=dhcp: the installer ignores it, and check says so" {
    echo 'network --device=eth0 --ip=10.3.0.2 --netmask=255.255.255.0' >"$KS"
    run "$NETSVC" kickstart "$KS" --root "$ROOT"
    [ "$status" -eq 0 ]
    [[ $output == *"ifcfg-eth0:6:8: warning: IPADDR is ignored: BOOTPROTO=dhcp asks a server"* ]]
    grep -qx BOOTPROTO=dhcp "$SCRIPTS/ifcfg-eth0"
}

@test "what is no file is neither waited for nor replaced" {
    mkdir -p "$SCRIPTS"
    mkfifo "$SCRIPTS/ifcfg-eth1"
    before=$(everything)
    run "$NETSVC" kickstart "$KS" --root "$ROOT"
    [ "$status" -eq 1 ]
    [[ $output == *"cannot write $SCRIPTS/ifcfg-eth1: Invalid argument; nothing was written" ]]
    [ "$(everything)" = "$before" ]
    rm "$SCRIPTS/ifcfg-eth1"
    mkfifo "$ROOT/etc/hostname"
    run "$NETSVC" kickstart "$KS" --root "$ROOT"
    [[ $output == *"cannot write $ROOT/etc/hostname: "* ]]
}

@test "a link by which the service is enabled may lead anywhere; one that masks the unit is told" {
    mkdir -p "$ROOT/etc/systemd/system/multi-user.target.wants"
    ln -s /nowhere "$ROOT/etc/systemd/system/multi-user.target.wants/network.service"
    "$NETSVC" kickstart "$KS" --root "$ROOT"
    [ ! -L "$ROOT/nowhere" ]
    ln -s /dev/null "$ROOT/etc/systemd/system/network.service"
    run "$NETSVC" kickstart "$KS" --root "$ROOT"
    [ "$status" -eq 1 ]
    [[ $output == *'the files are written, but the service is not enabled: network.service is masked there'* ]]
}

@test "interfaces that need each other, and a file that nobody would read: nothing is written" {
    before=$(everything)
    local line
    for line in "--device=bond9 --bondslaves=bond9" "--device=br9 --bridgeslaves=br9" "--device=team9 --teamslaves=team9" \
        "--device=eth9 --vlanid=5 --interfacename=eth9"; do
        run -1 "$NETSVC" kickstart - --root "$ROOT" <<<"network $line"
        echo "$output"
        [[ $output == *"error: "*9" needs itself: "*"nothing was written"* ]]
    done
    run -1 "$NETSVC" kickstart - --root "$ROOT" <<<"network --device=eth0.bak --bootproto=dhcp"
    echo "$output"
    [[ $output == "$SCRIPTS/ifcfg-eth0.bak: error: "*"never read"*"nothing was written"* ]]
    [ "$(everything)" = "$before" ]
}

# --- killed with -9 at every system call by which it changes anything, and what comes next as well ---

many() { # COUNT: a line for each of so many cards, and files of before for the first two
    local n
    for n in $(seq "$1"); do echo "network --device=k$n --bootproto=static --ip=10.20.$n.2 --netmask=255.255.255.0 --noipv6"; done >"$KS"
    echo 'network --device=other --noipv4' >"$KS.next"
}

killed() { # KICKSTART CALL N: whether it was killed there
    run strace -f -o "$BATS_TEST_TMPDIR/trace" -e trace="$2" -e inject="$2":signal=KILL:when="$3" "$NETSVC" kickstart "$1" --root "$ROOT"
    grep -q "killed by SIGKILL" "$BATS_TEST_TMPDIR/trace"
}

begin_again() { # what was there before, in two of the files
    rm -rf "$ROOT/etc"
    mkdir -p "$SCRIPTS"
    echo DEVICE=k1 >"$SCRIPTS/ifcfg-k1"
    echo DEVICE=k2 >"$SCRIPTS/ifcfg-k2"
}

all_or_none() { # COUNT: and nothing beside them
    local news
    "$NETSVC" kickstart "$KS.next" --root "$ROOT"
    [ -z "$(find "$ROOT" -name '.*')" ]
    news=$(grep -lx 'IPADDR=10.20.*' "$SCRIPTS"/* | wc -l)
    [ "$news" -eq 0 ] || [ "$news" -eq "$1" ]
    [ "$news" -gt 0 ] || [ "$(cat "$SCRIPTS"/ifcfg-k*)" = "$(printf 'DEVICE=k%s\n' 1 2)" ]
    echo "$news" >>"$BATS_TEST_TMPDIR/news"
}

# EVERY=N: only at every Nth.
@test "killed at any system call, and whoever comes next: all files are there, or none" {
    local call n first count=0
    many 5
    begin_again
    # those who load the program open files, too: from the first one of the writing on
    strace -o "$BATS_TEST_TMPDIR/trace" -e trace=openat "$NETSVC" kickstart "$KS" --root "$ROOT"
    first=$(grep -n unfinished "$BATS_TEST_TMPDIR/trace" | head -n 1 | cut -d : -f 1)
    for call in rename write fsync ftruncate unlink flock openat; do
        for ((n = 1; ; n += ${EVERY:-1})); do
            [ "$call" != openat ] || [ $n -ne 1 ] || n=$first
            begin_again
            killed "$KS" $call $n || break
            count=$((count + 1))
            all_or_none 5
        done
    done
    [ $count -ge $((25 / ${EVERY:-1})) ]
    [ "$(sort -u "$BATS_TEST_TMPDIR/news" | tr '\n' ' ')" = "0 5 " ]
}

@test "killed while it ends what another one left: the third one does" {
    local at call n count=0
    many 3
    for at in "fsync 1" "rename 2"; do
        for call in renameat unlinkat unlink ftruncate; do
            for ((n = 1; ; n += ${EVERY:-1})); do
                begin_again
                killed "$KS" $at
                killed "$KS.next" $call $n || break
                count=$((count + 1))
                all_or_none 3
            done
        done
    done
    [ $count -ge $((6 / ${EVERY:-1})) ]
}

@test "check names what was left unfinished; a journal of others, or one by a link, is not followed" {
    many 3
    begin_again
    killed "$KS" rename 3
    run "$NETSVC" check --root "$ROOT"
    [[ $output == *"/.ifcfg-unfinished: warning: a kickstart or an import was killed before all of its files were there"* ]]
    all_or_none 3
    begin_again
    printf '%s\n' /../victim >"$BATS_TEST_TMPDIR/journal"
    touch "$BATS_TEST_TMPDIR/.victim.123456" "$ROOT/.victim.123456"
    ln -s "$BATS_TEST_TMPDIR/journal" "$SCRIPTS/.ifcfg-unfinished"
    run "$NETSVC" kickstart "$KS" --root "$ROOT"
    [ "$status" -eq 1 ]
    [[ $output == *"cannot write $SCRIPTS/.ifcfg-unfinished: "*"nothing was written" ]]
    rm "$SCRIPTS/.ifcfg-unfinished"
    cp "$BATS_TEST_TMPDIR/journal" "$ROOT/.ifcfg-unfinished"
    run "$NETSVC" kickstart "$KS" --root "$ROOT"
    [ "$status" -eq 1 ]
    [ -e "$BATS_TEST_TMPDIR/.victim.123456" ]
    [ "$(ls "$SCRIPTS")" = "$(printf 'ifcfg-k%s\n' 1 2)" ]
}

@test "the machine went down in the middle: the next start has all of the files" {
    sandbox_make
    ROOT=$SANDBOX
    echo 'network --device=v0 --bootproto=static --ip=10.20.1.2 --netmask=255.255.255.0 --noipv6' >"$KS"
    echo 'network --device=v1 --bootproto=static --ip=10.20.2.2 --netmask=255.255.255.0 --noipv6' >>"$KS"
    killed "$KS" rename 2
    [ ! -e "$SCRIPTS/ifcfg-v1" ]
    sandbox 'netsvc start; ip -4 -brief address show v1'
    [ "$status" -eq 0 ]
    [[ $out == *10.20.2.2/24* ]]
    [ -z "$(find "$SANDBOX" -name '.*')" ]
}

@test "what somebody has edited, made or taken away since a kickstart was killed stays as it is, and the other files are complete" {
    many 4
    begin_again
    killed "$KS" rename 2
    [ "$(grep -lx 'IPADDR=10.20.*' "$SCRIPTS"/ifcfg-*)" = "$SCRIPTS/ifcfg-k1" ]
    echo MTU=1400 >>"$SCRIPTS/ifcfg-k2" # edited
    echo MTU=1401 >>"$SCRIPTS/ifcfg-k1" # edited, but it is complete
    echo MTU=1402 >"$SCRIPTS/ifcfg-k3"  # made
    "$NETSVC" kickstart "$KS.next" --root "$ROOT"
    [ "$(cat "$SCRIPTS/ifcfg-k2")" = $'DEVICE=k2\nMTU=1400' ]
    [ "$(cat "$SCRIPTS/ifcfg-k3")" = MTU=1402 ]
    grep -qx MTU=1401 "$SCRIPTS/ifcfg-k1" && grep -qx IPADDR=10.20.1.2 "$SCRIPTS/ifcfg-k1"
    grep -qx IPADDR=10.20.4.2 "$SCRIPTS/ifcfg-k4"
    [ -z "$(find "$ROOT" -name '.*')" ]
    begin_again
    killed "$KS" rename 2
    rm "$SCRIPTS/ifcfg-k2" # taken away
    "$NETSVC" kickstart "$KS.next" --root "$ROOT"
    [ ! -e "$SCRIPTS/ifcfg-k2" ] && [ -e "$SCRIPTS/ifcfg-k4" ]
}

@test "a start names the file that somebody has changed since a kickstart was killed; a rollback goes over what was left" {
    sandbox_make
    ROOT=$SANDBOX
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 ARPCHECK=no | put ifcfg-v0
    printf '%s\n' DEVICE=v1 IPADDR=10.8.0.2 PREFIX=24 ARPCHECK=no | put ifcfg-v1
    echo 'network --device=v0 --bootproto=static --ip=10.20.1.2 --netmask=255.255.255.0 --noipv6' >"$KS"
    echo 'network --device=v1 --bootproto=static --ip=10.20.2.2 --netmask=255.255.255.0 --noipv6' >>"$KS"
    sandbox "
        cd /etc/sysconfig/network-scripts
        netsvc start >/dev/null
        strace -f -o /run/trace -e trace=rename -e inject=rename:signal=KILL:when=1 netsvc kickstart '$KS' || [ -e .ifcfg-unfinished ]
        netsvc rollback 1 >/dev/null
        grep IPADDR ifcfg-v?
        [ ! -e .ifcfg-unfinished ]"
    [ "$status" -eq 0 ]
    [[ $out == *$'ifcfg-v0:IPADDR=10.9.0.2\nifcfg-v1:IPADDR=10.8.0.2'* ]]
    killed "$KS" rename 2
    sed -i s/10.8.0.2/10.8.0.3/ "$SCRIPTS/ifcfg-v1"
    sandbox 'netsvc start; netsvc start; ip -4 -brief address'
    [ "$status" -eq 0 ]
    [[ $out == *10.20.1.2/24*10.8.0.3/24* ]]
    [ "$(grep -c "ifcfg-v1 stays as somebody has written it since a kickstart or an import was killed" <<<"$err")" = 1 ]
}

@test "where a journal cannot be ended, a start says so: half of the files may be there" {
    [ "$(id -u)" -eq 0 ] || skip "needs root for a mount"
    sandbox_make
    ROOT=$SANDBOX
    many 2
    killed "$KS" rename 2
    sandbox 'mount --bind /etc /etc; mount -o remount,ro,bind /etc; netsvc start || :'
    [[ $err == *"cannot write "*"/etc/sysconfig/network-scripts/.ifcfg-unfinished: its file system is read-only; mount it writable"* ]]
}
