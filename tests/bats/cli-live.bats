# The commands that touch the system, each in a network namespace and an /etc, /run and /var/lock of its own; needs no bonding driver.

load sandbox.bash

setup() {
    sandbox_make
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 ARPCHECK=no | put ifcfg-v0
}

line() { # TEXT LABEL: a status line on a pipe
    printf '%s  [%s]\r' "$1" "$2"
}

@test "start prints the classic lines on a pipe, byte for byte" {
    sandbox 'netsvc start; ip -br addr show v0 >&2; test -e /var/lock/subsys/network'
    [ "$status" -eq 0 ]
    [ "$(tail -n +2 "$BATS_TEST_TMPDIR/out" | od -An -c)" = \
        "$(printf '%s  [  OK  ]\r\n' 'Bringing up loopback interface:' 'Bringing up interface v0:' | od -An -c)" ]
    [[ $(head -1 "$BATS_TEST_TMPDIR/out") == 'Setting network parameters:  ['*$']\r' ]]
    [[ $err == *"v0@p0"*UP*10.9.0.2/24* ]]
}

@test "start on a terminal moves to column 60 and colours the label" {
    sandbox 'env -u BOOTUP -u LSB TERM=linux script -qec "netsvc start" /dev/null'
    [ "$status" -eq 0 ]
    [[ $out == *$'Bringing up interface v0:  \e[60G[\e[1;32m  OK  \e[0;39m]\r'* ]]
}

@test "a second start changes nothing, and stop takes down what start set up" {
    sandbox '
        # not what the kernel itself changes a moment later: the state of a link, an address of IPv6
        now() { ip -o -4 addr; ip route; ip -o link | sed "s/.*mtu/mtu/; s/ state [A-Z]*//"; }
        netsvc start >/dev/null; before=$(now)
        netsvc start >/dev/null; test "$before" = "$(now)"
        netsvc stop
        test -z "$(ip -br addr show v0 up)"; test ! -e /var/lock/subsys/network'
    [ "$status" -eq 0 ]
    [ "$out" = "$(line 'Shutting down interface v0:' '  OK  ')"$'\n'"$(line 'Shutting down loopback interface:' '  OK  ')" ]
}

@test "restart prints start's lines and does not lose an address" {
    sandbox '
        netsvc start >/dev/null; ip addr add 10.9.0.77/32 dev v0
        netsvc restart; ip -br addr show v0 >&2'
    [ "$status" -eq 0 ]
    [[ $out != *'Shutting down'* ]]
    grep -qF "$(line 'Bringing up interface v0:' '  OK  ')" <<<"$out"
    [[ $err == *10.9.0.2/24*10.9.0.77/32* ]]
}

@test "somebody's secondary address outlives the primary ones that a file no longer has, and the kernel's switch for that is put back" {
    printf '%s\n' DEVICE=v0 ARPCHECK=no IPADDR0=10.9.0.2 PREFIX0=24 IPADDR1=10.9.0.3 PREFIX1=24 | put ifcfg-v0
    printf '%s\n' DEVICE=v1 ARPCHECK=no IPADDR0=10.8.0.2 PREFIX0=24 IPADDR1=10.8.0.3 PREFIX1=24 | put ifcfg-v1
    sandbox '
        for i in 0 1; do echo 0 >/proc/sys/net/ipv4/conf/v$i/promote_secondaries; done
        netsvc start >/dev/null; ip addr add 10.9.0.77/24 dev v0; ip addr add 10.8.0.77/24 dev v1
        sed -i "s/=10\.\(.\)\.0\./=10.\1.7./" /etc/sysconfig/network-scripts/ifcfg-v?
        netsvc restart >/dev/null; ip -br -4 addr show dev v0; ip -br -4 addr show dev v1; cat /proc/sys/net/ipv4/conf/v[01]/promote_secondaries'
    [ "$status" -eq 0 ]
    [[ $out == *10.9.7.2/24*10.9.0.77/24*10.9.7.3/24*10.8.7.2/24*10.8.0.77/24*10.8.7.3/24*$'\n'0$'\n'0 ]]
    [[ $out != *10.9.0.2/* && $out != *10.9.0.3/* && $out != *10.8.0.2/* && $out != *10.8.0.3/* ]]
}

@test "what others put there: a rule that forbids the way to a gateway is named, and so is a route that goes with its device" {
    echo GATEWAY=10.9.0.1 >>"$SCRIPTS/ifcfg-v0"
    sandbox '
        netsvc start >/dev/null; ip rule add to 10.9.0.1 prohibit; ip link set v0 down; netsvc restart || true
        ip rule del to 10.9.0.1 prohibit; netsvc restart >/dev/null; ip route add 10.8.0.0/16 via 10.9.0.7; ifdown v0'
    [ "$status" -eq 0 ]
    grep -qF "$(line 'Bringing up interface v0:' WARNING)" <<<"$out"
    [[ $err == *"ifcfg-v0:5: v0: cannot add the route default via 10.9.0.1 dev v0: a rule prohibits the way to its gateway; \`ip rule\` shows it"* ]]
    [[ $err == *"v0: somebody else added the route 10.8.0.0/16 via 10.9.0.7 dev v0"*": it goes too"* ]]
}

@test "a DEVICE that was mistyped takes nothing down: what runs by that file is left as it is" {
    sandbox '
        netsvc start >/dev/null; f=/etc/sysconfig/network-scripts/ifcfg-v0
        sed -i "s/DEVICE=v0/DEVICE=vO\nDEVTIMEOUT=0/" $f; netsvc restart 2>&1 || echo "failed $?"; ip -br addr show v0 >&2
        sed -i "s/DEVICE=vO/DEVICE=v1/" $f; netsvc restart >/dev/null; ip -br addr show v1 >&2; test -z "$(ip -br addr show v0 up)"'
    [ "$status" -eq 0 ]
    [[ $out == *'ifcfg-v0:1: v0: the file is for vO now, which is not there; v0 is left as it is until the file is corrected'* ]]
    [[ $out == *'failed 1'* && $out != *'Shutting down'* ]]
    [[ $err == *'v0@p0'*10.9.0.2/24*'v1@p1'*10.9.0.2/24* ]]
}

@test "one interface that fails has its reason after its line, costs exit code 1 and no other interface" {
    printf '%s\n' DEVICE=gone IPADDR=10.9.1.2 PREFIX=24 DEVTIMEOUT=0 | put ifcfg-a
    sandbox 'netsvc start 2>&1; '
    [ "$status" -eq 1 ]
    [[ $out == *"$(line 'Bringing up interface a:' FAILED)"$'\n'"ifcfg-a:1: gone: "*"$(line 'Bringing up interface v0:' '  OK  ')"* ]]
}

@test "an error in a file is told once, after the line of its interface, and makes it a WARNING" {
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 ARPCHECK=no GATEWAY=10.99.0.1 'NAME="half' | put ifcfg-v0
    sandbox 'netsvc start 2>&1'
    [ "$status" -eq 0 ]
    [[ $out == *"$(line 'Bringing up interface v0:' WARNING)"$'\n'"ifcfg-v0:5: v0: GATEWAY=10.99.0.1 is not in "*$'\n'"ifcfg-v0:6: v0: this quote is never closed"* ]]
    [ "$(grep -c 'never closed' <<<"$out")" -eq 1 ]
    sandbox 'ifup v0; netsvc plan up v0 >/dev/null'
    [ "$status" -eq 0 ]
    [ "$(grep -c '' <<<"$err")" -eq 2 ]
}

@test "stop is refused where / is on the network, since the machine would hang" {
    sandbox '
        netsvc start >/dev/null
        echo "21 1 0:17 / / rw - nfs4 server:/root rw" >/run/mounts
        mount --bind /run/mounts /proc/$$/mountinfo
        exec netsvc stop'
    [ "$status" -eq 1 ]
    [ -z "$out" ]
    [ "$err" = "netsvc: rootfs or /usr is on network filesystem, leaving network up" ]
}

state_of_run() { # everything in /run/netsvc and the mark of the others, with the time of its last change
    echo 'find /run/netsvc /var/lock/subsys -type f ! -name lock -printf "%p %i %T@ %C@\n" | sort'
}

@test "reload with equal files changes nothing: no event of the kernel, no write of the record" {
    sandbox '
        netsvc start >/dev/null 2>&1
        before=$('"$(state_of_run)"')
        : >/run/monitor
        ip -4 monitor link address route >>/run/monitor & monitor=$!
        until grep -q "mtu 1302" /run/monitor; do kill -0 $monitor; ip link set p1 mtu 1301; ip link set p1 mtu 1302; done
        ip link set p1 mtu 1303; until grep -q "mtu 1303" /run/monitor; do kill -0 $monitor; done
        netsvc reload
        ip link set p1 mtu 1304; until grep -q "mtu 1304" /run/monitor; do kill -0 $monitor; done
        kill $monitor
        sed "1,/mtu 1303/d; /mtu 130[34]/d; /^ /d" /run/monitor >&2
        test "$before" = "$('"$(state_of_run)"')"'
    [ "$status" -eq 0 ]
    [ "$out" = "$(line 'Bringing up loopback interface:' '  OK  '; echo; line 'Bringing up interface v0:' '  OK  ')" ]
    [ -z "$err" ] # the kernel had nothing to tell
}

@test "reload does what interrupts nothing, names the rest, and ends with 3; restart does that too" {
    sandbox '
        netsvc start >/dev/null 2>&1
        printf "%s\n" DEVICE=v0 IPADDR=10.9.0.3 PREFIX=24 ARPCHECK=no MACADDR=02:00:00:00:00:99 >/etc/sysconfig/network-scripts/ifcfg-v0
        netsvc plan reload --exit-code && s=0 || s=$?; echo "plan: $s"
        netsvc plan reload --json | jq -c "[.changes, .interrupts, .left]"
        netsvc plan restart --json | jq -c "[.changes, (.interrupts[] | .impact, .reason, .line, .with), .left]"
        netsvc reload && s=0 || s=$?; echo "reload: $s"
        ip -br addr show v0
        netsvc plan restart --exit-code >/dev/null && s=0 || s=$?; echo "plan restart: $s"
        netsvc restart >/dev/null 2>&1
        netsvc reload v0 && s=0 || s=$?; echo "again: $s"
        netsvc plan reload --exit-code >/dev/null && s=0 || s=$?; echo "plan again: $s"
        ip -br link show v0'
    [ "$status" -eq 0 ]
    left='ifcfg-v0:5: v0: left as it is: its MAC becomes 02:00:00:00:00:99; `ifup v0` or `netsvc restart` changes it, and interrupts it'
    grep -qxF "$left" <<<"$out"
    grep -qxF "plan: 10" <<<"$out"
    [[ $out == *'[true,[],[{"dev":"v0","impact":"interrupts","reason":"its MAC becomes 02:00:00:00:00:99","file":'*'ifcfg-v0","line":5,'*'"with":[]},{"dev":"v0","impact":"interrupts","reason":"10.9.0.2/24 is not asked for any more","file":'*'ifcfg-v0","line":2,'*'"with":[]}]]'* ]]
    grep -qxF '[true,"interrupts","its MAC becomes 02:00:00:00:00:99",5,[],[]]' <<<"$out"
    grep -qxF "reload: 3" <<<"$out"
    grep -qF "$(line 'Bringing up interface v0:' WARNING)" <<<"$out"
    grep -q '10.9.0.2/24 10.9.0.3/24' <<<"$out"
    [ "$err" = "$left
ifcfg-v0:2: v0: left as it is: 10.9.0.2/24 is not asked for any more; \`ifup v0\` or \`netsvc restart\` changes it, and interrupts it" ]
    grep -qxF "plan restart: 11" <<<"$out"
    grep -qxF "again: 0" <<<"$out"
    grep -qxF "plan again: 0" <<<"$out"
    grep -q '02:00:00:00:00:99' <<<"$out"
}

@test "a plan that takes an address away ends with that, and with exit 11; one that adds a second with 10" {
    sandbox '
        netsvc start >/dev/null 2>&1
        printf "%s\n" DEVICE=v0 IPADDR=10.9.0.3 PREFIX=24 ARPCHECK=no >/etc/sysconfig/network-scripts/ifcfg-v0
        netsvc plan restart --exit-code | tail -1; echo "${PIPESTATUS[0]}"
        netsvc plan restart --exit-code --json | jq -c "[.changes, (.interrupts[] | .impact, .reason, .line)]"; echo "${PIPESTATUS[0]}"
        printf "%s\n" DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 IPADDR1=10.9.0.3 PREFIX1=24 ARPCHECK=no >/etc/sysconfig/network-scripts/ifcfg-v0
        netsvc plan restart --exit-code | tail -1; echo "${PIPESTATUS[0]}"
        netsvc reload >/dev/null; ip -br addr show v0
        printf "%s\n" DEVICE=v0 TYPE=CTC >/etc/sysconfig/network-scripts/ifcfg-v0
        netsvc plan restart --exit-code >/dev/null || echo $?'
    [ "$status" -eq 0 ]
    [[ $out == 'Interrupts: v0 loses connections: 10.9.0.2/24 is not asked for any more (ifcfg-v0:2)
11
[true,"interrupts","10.9.0.2/24 is not asked for any more",2]
11
Nothing would be interrupted.
10
v0'*' 10.9.0.2/24 10.9.0.3/24 '*'
1' ]]
}

@test "reload takes nothing down whose file is gone; with no file at all neither reload nor restart does anything" {
    printf '%s\n' DEVICE=v1 IPADDR=10.9.1.2 PREFIX=24 ARPCHECK=no | put ifcfg-v1
    sandbox '
        netsvc start >/dev/null 2>&1
        rm /etc/sysconfig/network-scripts/ifcfg-v1
        netsvc reload && s=0 || s=$?; echo "reload: $s"
        rm /etc/sysconfig/network-scripts/ifcfg-v0
        for verb in reload restart; do netsvc $verb && s=0 || s=$?; echo "$verb: $s"; done
        ip -br addr show up'
    [ "$status" -eq 0 ]
    grep -qxF "reload: 3" <<<"$out"
    [[ $out != *"Shutting down"* ]]
    [ "$(grep -cxE 're(load|start): 1' <<<"$out")" -eq 2 ]
    grep -q '10.9.0.2/24' <<<"$out"
    grep -q '10.9.1.2/24' <<<"$out"
    [ "$(grep -cF 'no interface is configured in /etc/sysconfig/network-scripts, so nothing is changed' <<<"$err")" -eq 2 ]
    grep -qF 'v1: left as it is: its file is gone; `ifdown v1` or `netsvc restart` takes it down' <<<"$err"
}

@test "streams that the caller has closed are not taken for files of our own" {
    printf '%s\n' DEVICE=late IPADDR=10.9.1.2 PREFIX=24 DEVTIMEOUT=3600 | put ifcfg-late
    sandbox '
        netsvc start <&- >&- 2>&- & until ip -br addr show v0 | grep -q 10.9.0.2; do kill -0 $!; done
        readlink /proc/$!/fd/0 /proc/$!/fd/1 /proc/$!/fd/2
        kill -TERM $!; wait $! || true'
    [ "$status" -eq 0 ]
    [ "$out" = $'/dev/null\n/dev/null\n/dev/null' ]
}

@test "a service whose streams are the journal's tells it why it does nothing, once" {
    echo NETWORKING=no >"$SANDBOX/etc/sysconfig/network"
    sandbox 'exec >/run/journal 2>&1; export JOURNAL_STREAM=$(stat -c %d:%i /run/journal)
        netsvc start || echo "exit $?"; rm /etc/sysconfig/network-scripts/ifcfg-*; echo NETWORKING=yes >/etc/sysconfig/network
        netsvc restart || echo "exit $?"; cat /run/journal >/etc/journal'
    cat "$SANDBOX/etc/journal"
    [ "$(grep -c 'NETWORKING=no: nothing is done' "$SANDBOX/etc/journal")" -eq 1 ]
    [ "$(grep -c 'no interface is configured in ' "$SANDBOX/etc/journal")" -eq 1 ]
}

@test "NETWORKING=no, or no /etc/sysconfig/network: exit 6, one reason on stderr, nothing on stdout" {
    echo NETWORKING=no >"$SANDBOX/etc/sysconfig/network"
    for verb in start stop restart reload force-reload status; do
        sandbox "netsvc $verb"
        [ "$status" -eq 6 ]
        [ -z "$out" ]
        [ "$(wc -l <<<"$err")" -eq 1 ]
    done
    rm "$SANDBOX/etc/sysconfig/network"
    sandbox 'netsvc start'
    [ "$status" -eq 6 ]
    [[ $err == *"/etc/sysconfig/network is missing"* ]]
}

@test "without root: start is refused with 4, ifup as it always was" {
    for verb in start stop restart reload "reload v0" "up v0" "down v0" rehearse; do
        sandbox "unshare -U netsvc $verb"
        [ "$status" -eq 4 ]
        [ -z "$out" ]
    done
    for command in ifup ifdown; do
        sandbox "unshare -U $command v0"
        [ "$status" -eq 1 ]
        [ "$err" = "Users cannot control this device." ]
    done
}

# v0's cable leads to another namespace, as that of a card would; nothing outside changes.
rehearse() { # ARGUMENT...
    sandbox 'ip netns add far; ip link set p0 netns far; ip -n far link set p0 up
        netsvc start >/dev/null; mv /etc/next/* /etc/sysconfig/network-scripts/ 2>/dev/null || :
        state() { ip -d link; ip -4 addr; ip -4 route show table all; find /run /etc -type f -exec cksum {} +; }
        state >/tmp/state.$$; status=0; netsvc rehearse '"$*"' || status=$?
        state | diff /tmp/state.$$ - >&2; rm /tmp/state.$$; exit $status'
}

@test "rehearse: tells who is not interrupted, and who would be lost" {
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 GATEWAY=10.9.0.1 ARPCHECK=no | put ifcfg-v0
    rehearse
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    grep -qxF "Not interrupted: gateway 10.9.0.1" <<<"$out"
    [ "$(tail -n 1 <<<"$out")" = "Nothing was refused, and nothing would be lost." ]
    mkdir "$SANDBOX/etc/next"
    printf '%s\n' DEVICE=v0 IPADDR=10.9.1.2 PREFIX=24 GATEWAY=10.9.0.1 ARPCHECK=no >"$SANDBOX/etc/next/ifcfg-v0"
    rehearse
    [ "$status" -eq 1 ]
    [ -z "$err" ]
    grep -q '^Warning: ifcfg-v0:4: v0: ' <<<"$out"
    grep -qxF "Lost: gateway 10.9.0.1: Network is unreachable" <<<"$out"
}

@test "rehearse: killed at any moment it leaves nothing, and no process" {
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 GATEWAY=10.9.0.1 ARPCHECK=no | put ifcfg-v0
    sandbox '
        left() { grep -lzx "REHEARSAL=$$" /proc/[0-9]*/environ 2>/dev/null || :; }
        ip netns add far; ip link set p0 netns far; ip -n far link set p0 up
        netsvc start >/dev/null
        state() { ip -d link; ip -4 addr; ip -4 route show table all; find /run /etc -type f -exec cksum {} +; }
        state >/tmp/state.$$
        for at in 01 02 03 05 08 12 2 4; do
            REHEARSAL=$$ netsvc rehearse >/dev/null 2>&1 & pid=$!
            sleep 0.$at # any moment will do
            kill -9 $pid; wait $pid || :
            for look in $(seq 200); do [ -z "$(left)" ] && break; read -rt 0.05 <> <(:) || :; done
            left
        done
        state | diff /tmp/state.$$ -; rm /tmp/state.$$'
    [ "$status" -eq 0 ]
    [ -z "$out" ]
}

@test "rehearse: where there can be no namespaces, it says so" {
    sandbox 'setpriv --bounding-set -sys_admin --inh-caps -sys_admin netsvc rehearse'
    [ "$status" -eq 5 ]
    [ -z "$out" ]
    [ "$err" = "netsvc: cannot rehearse here: cannot make namespaces: Operation not permitted" ]
}

@test "rehearse: as JSON, of one interface, and what it does not take" {
    rehearse down v0 --json
    [ "$status" -eq 0 ] # a network alone may have been meant to go
    grep -qF '"name" : "10.9.0.0/24 on v0",' <<<"$out"
    grep -qF '"well" : true,' <<<"$out"
    rehearse restart v0
    [ "$status" -eq 2 ]
    [ "$err" = "netsvc: rehearse restart takes no name" ]
}

@test "status: four lines" {
    printf '%s\n' DEVICE=v1 ONBOOT=no | put ifcfg-v1
    printf '%s\n' IPADDR=10.9.0.9 PREFIX=24 | put ifcfg-v0:1
    sandbox 'ip link set lo up; ip link set v0 up; netsvc status'
    [ "$status" -eq 0 ]
    [ "$(sed -n 1,3p <<<"$out")" = $'Configured devices:\nlo v0 v1\nCurrently active devices:' ]
    [ "$(sed -n 4p <<<"$out" | tr ' ' '\n' | sort | paste -sd' ')" = "lo p0@v0 p1@v1 v0@p0" ]
    [ "$(wc -l <<<"$out")" -eq 4 ]
}

@test "status: a table with names or on a terminal, and the init script's lines there by --classic" {
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.1 PREFIX=24 ARPCHECK=no | put ifcfg-v0
    printf '%s\n' DEVICE=v1 ONBOOT=no | put ifcfg-v1
    sandbox 'netsvc status v0'
    [ "$status" -eq 3 ]
    [[ $out == *$'\nv0 '*down*'ifcfg-v0'*'the link is not up'* ]]
    sandbox 'ifup v0; netsvc status v0 v1; netsvc status -1; netsvc status --json'
    [ "$status" -eq 0 ]
    [[ $out == *$'\nv0 '*ok*'ifcfg-v0'*'10.9.0.1/24'*$'\nv1 '*down* ]]
    grep -qP '^v0\tok\t\t10.9.0.1/24\t/etc/sysconfig/network-scripts/ifcfg-v0\t$' <<<"$out"
    grep -qP '^p0\tnot ours\t' <<<"$out"
    sandbox 'ifup v0; ip addr del 10.9.0.1/24 dev v0; script -qec "netsvc status" /dev/null || :; script -qec "netsvc status --classic" /dev/null'
    [[ $out == *'v0 '*differs*'address 10.9.0.1/24 is missing'*'Configured devices:'* ]]
    sandbox 'netsvc status v9'
    [ "$status" -eq 1 ]
    [[ $err == *v9* ]]
}

@test "ifup and ifdown without an argument: the old usage lines, exit 1" {
    sandbox 'ifup'
    [ "$status" -eq 1 ]
    [ "$err" = 'Usage: ifup <configuration>' ]
    sandbox 'ifdown'
    [ "$status" -eq 1 ]
    [ "$err" = 'usage: ifdown <configuration>' ]
}

@test "ifup and ifdown of what is not configured: exit 1" {
    sandbox 'ifup nosuch'
    [ "$status" -eq 1 ]
    [ "$err" = "$BATS_TEST_TMPDIR/bin/ifup: configuration for nosuch not found.
$BATS_TEST_TMPDIR/bin/ifup: configured are: v0
Usage: ifup <configuration>" ]
    sandbox 'ifup 0v' # two letters changed places
    [[ $err == *"configuration for 0v not found."*"did you mean v0?"* ]]
    sandbox 'netsvc plan up 0v'
    [ "$status" -eq 1 ]
    [[ $err == *"configuration for 0v not found; did you mean v0?"* ]]
    sandbox 'ifdown nosuch'
    [ "$status" -eq 1 ]
    [[ $err == *'usage: ifdown <configuration>' ]]
}

@test "ifup and ifdown of several interfaces: all of them, or none when one is unknown" {
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 ARPCHECK=no ONBOOT=no | put ifcfg-v0
    printf '%s\n' DEVICE=v1 IPADDR=10.9.1.2 PREFIX=24 ARPCHECK=no | put ifcfg-v1
    sandbox 'ifup v0 v2 v1'
    [ "$status" -eq 1 ]
    [[ $err == *'configuration for v2 not found.'* ]]
    sandbox 'ifup v0 v1; ip -br -4 addr show up; ifdown v1 v0; ip -br link show v0 up; ip -br link show v1 up'
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    [ "$(awk '{ print $3 }' <<<"$out" | xargs)" = "10.9.0.2/24 10.9.1.2/24" ]
    sandbox 'ifup v0 v1 boot; ip -br -4 addr show up'
    [ "$(awk '{ print $3 }' <<<"$out" | xargs)" = "10.9.1.2/24" ]
    sandbox 'ip link set lo up; netsvc up v0 v1; netsvc down v0 v1; ip -br -4 addr show v0; ip -br -4 addr show v1'
    [ "$status" -eq 0 ]
    [ -z "$out$err" ]
}

@test "ifup -a and ifdown -a: what a start brings up, and what is up; -v prints a line for each; with names that is misuse" {
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 ARPCHECK=no ONBOOT=no | put ifcfg-v0
    printf '%s\n' DEVICE=v1 IPADDR=10.9.1.2 PREFIX=24 ARPCHECK=no | put ifcfg-v1
    sandbox 'ip link set lo up; ifup -a; ip -br -4 addr show up; ifdown --all; ip -br -4 addr show up'
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    [ "$(awk '{ print $3 }' <<<"$out" | grep -v ^127 | xargs)" = 10.9.1.2/24 ]
    sandbox 'ip link set lo up; netsvc up --all -v && ifup -v v0 && ifdown -av; ip -br link show lo'
    [ "$status" -eq 0 ]
    [ "$(head -4 <<<"$out" | tr -d '\r')" = 'Bringing up interface v1:  [  OK  ]
Bringing up interface v0:  [  OK  ]
Shutting down interface v0:  [  OK  ]
Shutting down interface v1:  [  OK  ]' ]
    grep -q LOOPBACK,UP <<<"$out"
    sandbox 'ifup -a v0'
    [ "$status" -eq 1 ]
    [ "$err" = $'ifup: -a takes no names\nUsage: ifup <configuration>' ]
    sandbox 'ifup -x v0'
    [ "$status" -eq 1 ]
    [ "$err" = $'ifup: unknown option -x\nUsage: ifup <configuration>' ]
    sandbox 'netsvc restart v0'
    [ "$status" -eq 2 ]
    [ "${err%%$'\n'*}" = 'netsvc: restart is for all interfaces; for v0 alone it is `netsvc up v0`' ]
    sandbox 'netsvc stop v0'
    [ "${err%%$'\n'*}" = 'netsvc: stop is for all interfaces; for v0 alone it is `netsvc down v0`' ]
    sandbox 'netsvc up -a v0'
    [ "$status" -eq 2 ]
    sandbox 'netsvc up'
    [ "$status" -eq 2 ]
    [[ $err == *'too few arguments'* ]]
}

@test "ifup lo needs no file" {
    rm -f "$SCRIPTS/ifcfg-lo"
    sandbox 'ifup lo; ip -br addr show lo; ifdown lo'
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    [[ $out == *127.0.0.1/8* ]]
}

@test "ifup and ifdown are silent, and find a file by its name, path, NAME or DEVICE" {
    printf '%s\n' NAME="'the uplink'" DEVICE=v1 IPADDR=10.9.1.2 PREFIX=24 ARPCHECK=no | put ifcfg-odd
    for name in odd ifcfg-odd ./ifcfg-odd /etc/sysconfig/network-scripts/ifcfg-odd "'the uplink'" v1; do
        sandbox "ifup $name; ip -br -4 addr show v1 >&2; ifdown $name; test -z \"\$(ip -br link show v1 up)\""
        [ "$status" -eq 0 ]
        [ -z "$out" ]
        [[ $err == *10.9.1.2/24* ]]
    done
}

@test "without DEVICE the NIC is the one that has HWADDR; where none has it, the NICs that are there are named" {
    printf '%s\n' HWADDR=02:00:00:00:00:0a IPADDR=10.9.1.2 PREFIX=24 ARPCHECK=no | put ifcfg-lan
    for name in lan v1; do
        sandbox "ip link set v1 address 02:00:00:00:00:0A; ifup $name; ip -br -4 addr show v1 >&2; netsvc show lan >&2; ifdown $name
            test -z \"\$(ip -br link show v1 up)\""
        [ "$status" -eq 0 ]
        [[ $err == *10.9.1.2/24* ]]
        [[ $err == *"v1: ethernet, /etc/sysconfig/network-scripts/ifcfg-lan"* ]]
    done
    sandbox 'ifup lan'
    [ "$status" -eq 1 ]
    [[ $err == *"ifcfg-lan:1: "*"no NIC has the permanent address 02:00:00:00:00:0a"*"NICs here: "*v0\ * ]]
    run "$BUILD/netsvc" show --root "$SANDBOX" lan
    [[ $output == *"device "*"that with this hwaddr; not known here"*"ifcfg-lan:1"* ]]
    run "$BUILD/netsvc" check --root "$SANDBOX"
    [ "$status" -eq 0 ]
    [[ ${output,,} == "ifcfg-lan:1:8: note: there is no device, and which card has hwaddr=02:00:00:00:00:0a is not known here"$'\n'"0 errors, 0 warnings" ]]
    sandbox 'ip link set v1 address 02:00:00:00:00:0A; netsvc check; netsvc show lan --json'
    [ "$err" = "0 errors, 0 warnings" ]
    jq -e '.interfaces[0] | .name == "v1" and .device_known' <<<"$out"
}

@test "an alias of the loopback device needs no ifcfg-lo" {
    printf '%s\n' DEVICE=lo:9 IPADDR=10.9.9.9 PREFIX=32 | put ifcfg-lo0
    sandbox 'netsvc start; ip -br -4 addr show lo >&2; netsvc stop; test -z "$(ip -br -4 addr show lo)"'
    [ "$status" -eq 0 ]
    [ "$(grep -c 'loopback interface:  \[  OK  \]' <<<"$out")" -eq 2 ]
    [[ $err == *"127.0.0.1/8 10.9.9.9/32"* ]]
}

@test "boot leaves ONBOOT=no alone, silently; a hotplug script's HOTPLUG=no too" {
    printf '%s\n' DEVICE=v1 ONBOOT=no HOTPLUG=no IPADDR=10.9.1.2 PREFIX=24 | put ifcfg-v1
    for command in 'ifup v1 boot' 'IN_HOTPLUG=1 ifup v1'; do
        sandbox "$command; test -z \"\$(ip -br addr show v1 up)\""
        [ "$status" -eq 0 ]
        [ -z "$out$err" ]
    done
}

@test "what is doubtful in a file is told at ifup and at each start alike, and takes nothing from its OK" {
    echo NOSUCHKEY=1 >>"$SCRIPTS/ifcfg-v0"
    sandbox 'ifup v0'
    [ "$status" -eq 0 ]
    [ "$err" = "ifcfg-v0:5: v0: unknown key NOSUCHKEY: it has no effect" ]
    for verb in start restart; do
        sandbox "netsvc $verb 2>&1"
        [ "$status" -eq 0 ]
        [[ $out == *"$(line 'Bringing up interface v0:' '  OK  ')"$'\n'"ifcfg-v0:5: v0: unknown key NOSUCHKEY: it has no effect" ]]
    done
}

@test "ifdown after the file vanished takes down what is on record" {
    sandbox 'ifup v0; rm /etc/sysconfig/network-scripts/ifcfg-v0; ifdown v0; ip -br -4 addr show v0'
    [ "$status" -eq 0 ]
    [[ $out != *10.9.0.2* ]]
}

@test "two ifup at once: the second waits and says so" {
    printf '%s\n' DEVICE=late IPADDR=10.9.1.2 PREFIX=24 DEVTIMEOUT=3600 ARPCHECK=no | put ifcfg-late
    sandbox '
        ifup late & until test -s /run/netsvc/lock; do kill -0 $!; done
        coproc ifup v0 2>&1; read -r waiting <&${COPROC[0]}; echo "$waiting"
        ip link add late type veth peer name early; wait; ip -br -4 addr show v0'
    [ "$status" -eq 0 ]
    [[ $out == *"waiting for "*"ifup late"* ]]
    [[ $out == *10.9.0.2/24* ]]
}

@test "a reader that stands still holds up nothing: the work is done, the lock is free, and TERM is heard" {
    sandbox '
        mkfifo /run/full; exec 5<>/run/full
        dd if=/dev/zero bs=4096 count=1000 oflag=nonblock status=none >&5 2>/run/errors || true
        netsvc start >/run/full 2>&1 5<&- & program=$!
        until ip -br -4 addr show v0 | grep -q 10.9.0.2; do kill -0 $program; done
        flock /run/netsvc/lock true
        kill -TERM $program; wait $program || true'
    [ "$status" -eq 0 ]
}

@test "closed standard streams lose no work" {
    sandbox 'netsvc start <&- >&- 2>&-; ip -br -4 addr show v0'
    [ "$status" -eq 0 ]
    [[ $out == *10.9.0.2/24* ]]
}

@test "the files are read when the lock is held: what is edited while it is waited for counts" {
    sandbox '
        exec 5>/run/lock/x; mkdir -p /run/netsvc; exec 6<>/run/netsvc/lock; flock 6
        coproc ifup v0 2>&1 5>&- 6>&-; program=$COPROC_PID; read -r waiting <&${COPROC[0]}; echo "$waiting"
        sed -i s/10.9.0.2/10.9.0.3/ /etc/sysconfig/network-scripts/ifcfg-v0
        flock -u 6; wait $program; ip -br -4 addr show v0'
    [ "$status" -eq 0 ]
    [[ $out == *"waiting for "*10.9.0.3/24* ]]
}

@test "a record that is damaged is set aside, and stop goes on" {
    sandbox '
        netsvc start >/dev/null; echo rubbish >/run/netsvc/state
        netsvc stop; cat /run/netsvc/state.damaged; ip -br addr show v0 up'
    [ "$status" -eq 0 ]
    [[ $err == *"/run/netsvc/state, the record of what was configured here, is damaged"*"/run/netsvc/state.damaged"* ]]
    [[ $out == *rubbish ]]
}

@test "the network counts as started before the first change, whatever becomes of the rest" {
    printf '%s\n' DEVICE=late IPADDR=10.9.1.2 PREFIX=24 DEVTIMEOUT=60 | put ifcfg-late
    sandbox '
        rmdir /run/lock; mount -t tmpfs -o ro none /var/lock 2>/dev/null || true
        netsvc start & until ip -br addr show v0 | grep -q 10.9.0.2; do kill -0 $!; done
        kill -KILL $!; wait $! || true
        rm /etc/sysconfig/network-scripts/ifcfg-late; ip link set v1 up; ip addr flush dev v0
        netsvc hotplug v0; netsvc hotplug; ip -br -4 addr show v0'
    [ "$status" -eq 0 ]
    [[ $out == *10.9.0.2/24* ]]
}

@test "a device that came is not forgotten when the run about it is killed" {
    printf '%s\n' DEVICE=v1 IPADDR=10.9.1.2 PREFIX=24 ARPING_WAIT=60 | put ifcfg-v1
    sandbox '
        file=/etc/sysconfig/network-scripts/ifcfg-v1
        ip link set v1 name away
        echo DEVTIMEOUT=0 >>$file; netsvc start || true
        ip link set away name v1; netsvc hotplug v1
        netsvc hotplug & until ip link show v1 | grep -q "[<,]UP[,>]"; do kill -0 $!; done
        kill -KILL $!; wait $! || true
        sed -i /ARPING_WAIT/d $file; netsvc hotplug; ip -br -4 addr show v1; ls -A /run/netsvc/hotplug /run/netsvc/hotplug.taken'
    [ "$status" -eq 0 ]
    [[ $out == *10.9.1.2/24* ]]
    [[ $out == *hotplug:*$'\n\n'*hotplug.taken: ]]
}

@test "of virtual devices only those are queued that a file is about, whatever the file is called" {
    printf '%s\n' DEVICE=v1 | put ifcfg-some
    sandbox '
        for name in v0 v1 p0 p1; do DEVPATH=/devices/virtual/net/$name netsvc hotplug $name; done
        DEVPATH=/devices/pci0000:00/net/eth0 netsvc hotplug eth0
        ls /run/netsvc/hotplug'
    [ "$status" -eq 0 ]
    [ "$out" = "eth0"$'\n'"v0"$'\n'"v1" ]
}

@test "an interrupted start ends at once, with exit code 1 and the names of what is not done" {
    printf '%s\n' DEVICE=late IPADDR=10.9.1.2 PREFIX=24 DEVTIMEOUT=3600 | put ifcfg-late
    sandbox '
        netsvc start & until ip -br addr show v0 | grep -q 10.9.0.2; do kill -0 $!; done
        kill -TERM $!; wait $!'
    [ "$status" -eq 1 ]
    [[ $err == *"interrupted; not finished: late"* ]]
}

@test "ifenslave: misuse is exit 2, an interface that is no bond exit 1" {
    for words in "-c bond0" "-c -d bond0 eth0" "-c bond0 eth0 eth1" "-a bond0" "-d" "--nonsense"; do
        sandbox "ifenslave $words"
        [ "$status" -eq 2 ]
        [ -z "$out" ]
        [[ $err == *"Usage: ifenslave "* ]]
    done
    sandbox 'ifenslave v0 v1'
    [ "$status" -eq 1 ]
    [ "$err" = "ifenslave: v0 is not a bond" ]
    sandbox 'ifenslave -h'
    [ "$status" -eq 0 ]
    [[ $out == "Usage: ifenslave "* ]]
}

@test "check of this machine names the card that is not there, in the words of a start; without files it says so" {
    printf '%s\n' DEVICE=v9 IPADDR=10.9.9.2 PREFIX=24 ARPCHECK=no DEVTIMEOUT=0 | put ifcfg-v9
    sandbox 'netsvc check'
    [ "$status" -eq 1 ]
    [[ $out == *"ifcfg-v9:1:8: error: Device v9 does not seem to be present; "* ]]
    reason=$(sed -n 's/.*ifcfg-v9:1:8: error: //p' <<<"$out")
    sandbox 'ifup v9'
    [[ $err == *"ifcfg-v9:1: v9: $reason"* ]]
    printf '%s\n' DEVICE=dmz VLAN=yes VID=5 PHYSDEV=v8 DEVTIMEOUT=0 | put ifcfg-dmz
    sandbox 'netsvc check || ifup dmz'
    reason='Device v8 does not seem to be present; no file is about it: write one, or correct the name'
    [[ $out == *"ifcfg-dmz:4:9: error: $reason"* && $err == *"ifcfg-dmz:4: v8: $reason"* ]]
    rm -f "$SCRIPTS"/ifcfg-*
    sandbox 'netsvc check --strict'
    [ "$status" -eq 1 ]
    [[ $out == *"warning: there is no ifcfg file in /etc/sysconfig/network-scripts"* ]]
}

@test "a /run that is read-only or full: the network comes up all the same, with a warning" {
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 ARPCHECK=no | put ifcfg-v0
    sandbox 'mkdir -p /run/netsvc; mount -t tmpfs -o ro none /run/netsvc; netsvc start; status=$?; ip -br -4 addr show v0; exit $status'
    [ "$status" -eq 0 ]
    [[ $err == *"/run/netsvc/lock: Read-only file system; going on without a lock"* ]]
    [[ $out == *10.9.0.2/24* ]]
    sandbox 'mkdir -p /run/netsvc; mount -t tmpfs -o size=4k none /run/netsvc; head -c 8192 /dev/zero >/run/netsvc/full || :; netsvc start; status=$?; ip -br -4 addr show v0; exit $status'
    [ "$status" -eq 0 ]
    [[ $err == *"cannot keep the record of what was configured"* ]]
    [[ $out == *10.9.0.2/24* ]]
}

@test "WAIT_UNTIL_REACHABLE: a start waits until the host answers, by address or name, and goes on without it" {
    echo '127.0.0.7 four.example' >"$SANDBOX/etc/hosts"
    echo 'hosts: files' >"$SANDBOX/etc/nsswitch.conf"
    for host in 127.0.0.7 ::1 four.example 10.9.0.2; do
        printf 'NETWORKING=yes\nWAIT_UNTIL_REACHABLE=%s\n' "$host" >"$SANDBOX/etc/sysconfig/network"
        sandbox 'netsvc start'
        [ "$status" -eq 0 ]
        [ -z "$err" ]
    done
    for reason in '10.9.0.9 No route to host|there is no answer' '192.0.2.1 Network is unreachable' 'no.example Name or service not known'; do
        printf 'NETWORKDELAY=1\nWAIT_UNTIL_REACHABLE=%s\n' "${reason%% *}" >"$SANDBOX/etc/sysconfig/network"
        sandbox 'netsvc start'
        [ "$status" -eq 0 ]
        [[ $err =~ network:2:.*"WAIT_UNTIL_REACHABLE=${reason%% *} is not reachable after 1 s ("(${reason#* })'); going on without it' ]]
    done
}

@test "NETWORKDELAY: a pause when the network comes up, and none when it is up" {
    printf 'NETWORKING=yes\nNETWORKDELAY=1\n' >"$SANDBOX/etc/sysconfig/network"
    sandbox 'now() { date +%s%N; }; begin=$(now); netsvc start; echo $((($(now) - begin) / 1000000000))
        sed -i s/=1/=1000/ /etc/sysconfig/network; timeout 60 netsvc start'
    [ "$status" -eq 0 ]
    grep -qE '^[1-9]' <<<"$out"
}

# What `ip route` makes of the same words in another table, but for what it prints of that table.
@test "packets of routes are put into others as ip route does it" {
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 IPV6ADDR=2001:db8:9::2/64 ARPCHECK=no | put ifcfg-v0
    put route-v0 <<'END'
10.20.0.0/16 encap ip id 7 dst 10.9.0.1 src 10.9.0.2 ttl 5 tos 0x10 key csum seq dev v0
10.21.0.0/16 encap ip6 id 8 src 2001:db8:9::2 dst 2001:db8:9::1 hoplimit 9 tc 4 via 10.9.0.1
10.22.0.0/16 nexthop via 10.9.0.1 encap ip id 1 dst 10.9.0.1 nexthop via 10.9.0.3 weight 3 encap ip id 2 dst 10.9.0.3
END
    put route6-v0 <<'END'
2001:db8:20::/48 encap seg6 mode encap segs 2001:db8:f1::1,2001:db8:f2::1 dev v0
2001:db8:21::/48 encap seg6 mode inline segs 2001:db8:f1::1,2001:db8:f2::1 dev v0
2001:db8:22::1 encap seg6local action End.DT6 table 77 dev v0
2001:db8:23::1 encap seg6local action End.X nh6 2001:db8:9::1 count dev v0
2001:db8:24::1 encap seg6local action End.B6.Encaps srh segs 2001:db8:f1::1,2001:db8:f2::1 dev v0
END
    echo 'tun_id 7 table 77 priority 900' | put rule-v0
    sandbox '
        [ "$(zcat /proc/config.gz 2>/dev/null | grep -c "CONFIG_LWTUNNEL=y\|CONFIG_IPV6_SEG6_LWTUNNEL=y")" != 0 ] || exit 99
        netsvc start
        routes() { ip "$1" -d route show table "$2" 2>/dev/null | grep " encap " | sort; }
        for family in -4 -6; do
            file=route-v0; [ $family = -4 ] || file=route6-v0
            while read -r line; do ip $family route add table 4711 $line; done </etc/sysconfig/network-scripts/$file
            diff <(routes $family main) <(routes $family 4711)
            routes $family main | wc -l
        done
        ip rule show priority 900
        netsvc start
        sed -i "1s/id 7/id 9/" /etc/sysconfig/network-scripts/route-v0; netsvc restart; routes -4 main | grep ^unicast.10.20
        netsvc stop
        routes -4 main; routes -6 main'
    [ "$status" -ne 99 ] || skip "this kernel has no light-weight tunnels"
    [ "$status" -eq 0 ]
    [[ $out == *$'\n4\n5\n'*' tun_id 7 '*' id 9 '*'[  OK  ]'$'\r' ]]
}

@test "import carries what routes put packets into, and does not write a route that no words say all of" {
    sandbox '
        [ "$(zcat /proc/config.gz 2>/dev/null | grep -c "CONFIG_LWTUNNEL=y")" != 0 ] || exit 99
        ip addr add 10.9.0.2/24 dev v0; ip link set v0 up
        ip route add 10.30.0.0/16 encap ip id 7 dst 10.9.0.1 via 10.9.0.1
        ip route add 10.31.0.0/16 encap ip id 8 dst 10.9.0.1 key vxlan_opts 5 via 10.9.0.1
        netsvc import --force
        cat /etc/sysconfig/network-scripts/route-v0
        netsvc plan restart | grep "route 10.3" || true'
    [ "$status" -ne 99 ] || skip "this kernel has no light-weight tunnels"
    [ "$status" -eq 0 ]
    grep -qx '10.30.0.0/16 via 10.9.0.1 encap ip id 7 dst 10.9.0.1' <<<"$out"
    [[ $err == *'no word says all of encap ip id 8 dst 10.9.0.1 key [8]: the route to 10.31.0.0/16 is not written'* ]]
    [[ $out != *'route 10.3'* ]]
}

@test "of several routes to one destination the last one is there, and those that give way are named, with their lines" {
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 ARPCHECK=no | put ifcfg-v0
    printf '%s\n' '10.1.0.0/16 via 10.9.0.8' '10.1.0.0/16 via 10.9.0.9' | put route-v0
    sandbox 'netsvc start || :; ip route show 10.1.0.0/16'
    [[ $out == *"10.1.0.0/16 via 10.9.0.9 dev v0"* ]]
    [[ $err == 'route-v0:1: v0: "10.1.0.0/16 via 10.9.0.8" has no effect: "10.1.0.0/16 via 10.9.0.9" '*'route-v0:2) has the same destination'* ]]
    [[ $out != *WARNING* ]]
}

@test "static to DHCP without an answer: the plan, the warning and the record say that the address stays until there is a lease" {
    command -v dhcpcd >/dev/null || skip "no dhcpcd"
    printf '%s\n' DEVICE=d0 IPADDR=10.8.0.2 PREFIX=24 ARPCHECK=no | put ifcfg-d0
    printf '%s\n' DEVICE=d0 BOOTPROTO=dhcp DHCP_TIMEOUT=1 DHCP_CLIENT=dhcpcd >"$BATS_TEST_TMPDIR/dhcp"
    split sandbox_run d "
        netsvc up d0 >/dev/null
        cp '$BATS_TEST_TMPDIR/dhcp' /etc/sysconfig/network-scripts/ifcfg-d0
        netsvc plan up d0 | grep 'remove address'
        netsvc plan up d0 --json | grep -A3 'remove address'
        netsvc up d0 >/dev/null
        ip address add 10.8.0.9/24 dev d0 valid_lft 600 preferred_lft 600
        printf 'address 10.8.0.9\n' >/run/netsvc/dhcp/d0-4.names
        netsvc names d0
        ip -4 -br address show d0
        netsvc plan up d0 | sed -n 2p
        ! grep -e until-lease -e 10.8.0.2 /run/netsvc/state"
    [ "$status" -eq 0 ]
    [[ $out == *"  d0: remove address 10.8.0.2/24 when there is a lease"* ]]
    [[ $out == *'"text" : "d0: remove address 10.8.0.2/24 when there is a lease",'*'"line" : 2,'* ]]
    [[ $out == *"10.8.0.9/24"* && $out != *"10.8.0.2/24 10.8"* && $out == *"  nothing to do"* ]]
    grep -qxF "ifcfg-d0:2: d0: 10.8.0.2/24 stays until there is a lease" <<<"$err"
    [[ $err != *"replaced another route"* ]]
}

@test "a line of static-routes that cannot be read is told once, however many interfaces keep their routes for it" {
    printf '%s\n' DEVICE=v1 IPADDR=10.9.1.2 PREFIX=24 ARPCHECK=no | put ifcfg-v1
    printf '%s\n' 'any net 10.8.0.0/16 gw 10.9.0.1' 'any net 10.7.0.0/16 gw 10.9.1.1' >"$SANDBOX/etc/sysconfig/static-routes"
    sandbox 'netsvc start >/dev/null
        echo "any net 10.6.0.0 fast 10.9.0.1 v0" >/etc/sysconfig/static-routes
        netsvc restart >/dev/null; ip route show 10.8.0.0/16; ip route show 10.7.0.0/16'
    [ "$status" -eq 0 ]
    [ "$(grep -c static-routes:1 <<<"$err")" -eq 1 ]
    [ "$(grep -c 'stay until' <<<"$err")" -eq 1 ]
    [[ $err == *"the routes that v0 and others have stay until the file of static routes is corrected"* ]]
    [ "$out" = "10.8.0.0/16 via 10.9.0.1 dev v0 "$'\n'"10.7.0.0/16 via 10.9.1.1 dev v1 " ]
}
