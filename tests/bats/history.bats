# history, compare, rollback: in a network namespace and folders of their own.

load sandbox.bash

setup() {
    sandbox_make
    cp /etc/passwd "$SANDBOX/etc/passwd"
    printf '%s\n' DEVICE=d0 IPADDR=10.9.0.2 PREFIX=24 ARPCHECK=no | put ifcfg-d0
}

sandbox() { # SCRIPT: with $S for the folder of the files
    run sandbox_run d "S=$FILES"'
        generations() { ls /var/lib/netsvc/generations | grep -c "^[0-9]" || :; }
        address() { ip -4 -br addr show d0 | tr -s " " | cut -d " " -f 3; }
        '"$1"
    echo "$output"
}

@test "a start is a generation; one that changes nothing is none" {
    sandbox 'netsvc start >/dev/null; netsvc start >/dev/null; netsvc restart >/dev/null; ifup d0; echo "N $(generations)"
        SUDO_USER=alice netsvc history; stat -c %a /var/lib/netsvc /var/lib/netsvc/generations /var/lib/netsvc/generations/1'
    [ "$status" -eq 0 ]
    [[ $output == *"N 1"* ]]
    [[ $output == *"applied"*"netsvc start"* ]]
    [ "$(tail -n 3 <<<"$output" | tr '\n' ' ')" = "700 700 600 " ]
}

@test "the history says who, what and what it changed" {
    sandbox 'netsvc start >/dev/null; sed -i s/10.9.0.2/10.9.0.3/ $S/ifcfg-d0
        SUDO_USER=alice netsvc restart >/dev/null; netsvc history --json'
    [ "$status" -eq 0 ]
    jq -e '.[0] | .number == 2 and .user == "alice" and .command == "netsvc restart" and .result == "applied"
        and any(.changes[]; contains("10.9.0.3/24"))' <<<"$output"
}

@test "compare prints the lines that differ, from what was applied and between generations" {
    sandbox 'netsvc start >/dev/null; netsvc compare --exit-code
        sed -i s/10.9.0.2/10.9.0.3/ $S/ifcfg-d0; echo "10.1.0.0/16 via 10.9.0.9" >$S/route-d0
        netsvc compare --exit-code || echo "exit $?"; netsvc restart >/dev/null; echo ==; netsvc compare 2 1'
    [ "$status" -eq 0 ]
    [[ $output == *$'ifcfg-d0\n-IPADDR=10.9.0.2\n+IPADDR=10.9.0.3\n'*$'route-d0: new\n+10.1.0.0/16 via 10.9.0.9\nexit 10'* ]]
    [[ $output == *==*$'-IPADDR=10.9.0.3\n+IPADDR=10.9.0.2\n'*$'route-d0: gone\n-10.1.0.0/16 via 10.9.0.9'* ]]
}

@test "rollback brings files and state back, and keeps what was edited and never applied" {
    sandbox 'netsvc start >/dev/null; sed -i s/10.9.0.2/10.9.0.3/ $S/ifcfg-d0; netsvc restart >/dev/null
        sed -i s/10.9.0.3/10.9.0.4/ $S/ifcfg-d0; echo DEVICE=d1 >$S/ifcfg-d1
        netsvc rollback 1; grep IPADDR $S/ifcfg-d0; address; ls $S | grep d1; netsvc history; netsvc compare 4 3'
    [ "$status" -eq 0 ]
    [[ $output == *"ifcfg-d1 was not there before: it is kept as "*.bak* ]]
    [[ $output == *$'IPADDR=10.9.0.2\n10.9.0.2/24\nifcfg-d1.'* ]]
    [[ $output == *"4 "*applied*"netsvc rollback 1"*"3 "*"put away"* ]]
    [[ $output == *$'-IPADDR=10.9.0.2\n+IPADDR=10.9.0.4'* ]]
}

@test "a rollback is killed in the middle: the next start has all of its files, or none" {
    sandbox 'printf "%s\n" DEVICE=d1 IPADDR=10.8.0.2 PREFIX=24 ARPCHECK=no >$S/ifcfg-d1; netsvc start >/dev/null
        for at in fsync:1 fsync:2 rename:1 rename:2 rename:3; do
            sed -i "/IPADDR/s/.$/3/" $S/ifcfg-d?; echo "10.1.0.0/16 via 10.9.0.9" >$S/route-d0; chmod 600 $S/ifcfg-d1; rm -f $S/*.bak
            netsvc restart >/dev/null
            strace -f -e trace=${at%:*} -e inject=${at%:*}:signal=KILL:when=${at#*:} netsvc rollback 1 >/run/out 2>&1 || :
            grep -q "killed by SIGKILL" /run/out; netsvc start >/dev/null; [ ! -e $S/.ifcfg-unfinished ]
            echo "FILES" $(grep -h IPADDR $S/ifcfg-d?) $(stat -c %a $S/ifcfg-d1) $(cd $S; ls | sed -n "/^route/s/[.].*[.]/ ./;/^route/p")
        done'
    [ "$status" -eq 0 ]
    [ "$(grep ^FILES <<<"$output" | sort -u)" = "FILES IPADDR=10.9.0.2 IPADDR=10.8.0.2 644 route-d0 .bak
FILES IPADDR=10.9.0.3 IPADDR=10.8.0.3 600 route-d0" ]
}

@test "what was brought up alone counts, the other files do not" {
    sandbox 'echo "DEVICE=d1" >$S/ifcfg-d1; netsvc start >/dev/null
        echo "# edited" >>$S/ifcfg-d0; echo "# edited" >>$S/ifcfg-d1; ifup d1; netsvc compare'
    [ "$status" -eq 0 ]
    [[ $output == *$'ifcfg-d0\n+# edited' ]]
    [[ $output != *ifcfg-d1* ]]
}

@test "the files of what failed are not what was applied" {
    sandbox 'netsvc start >/dev/null; printf "%s\n" HWADDR=02:00:00:00:00:99 DEVTIMEOUT=0 >>$S/ifcfg-d0
        netsvc restart >/dev/null 2>&1 || echo "exit $?"; netsvc compare'
    [ "$status" -eq 0 ]
    [[ $output == *"exit 1"*"+HWADDR=02:00:00:00:00:99"* ]]
}

@test "how long a change takes is unknown before the first one of its kind, then it is what that took" {
    sandbox 'netsvc start >/dev/null; echo MACADDR=02:00:00:00:00:31 >>$S/ifcfg-d0; netsvc plan restart; netsvc plan restart --json | jq -r ".interrupts[].last_ms"
        netsvc restart >/dev/null; netsvc history --json | jq -r ".[0].interruptions[] | .dev, .milliseconds"; sed -i s/:31/:32/ $S/ifcfg-d0
        netsvc plan restart; netsvc rehearse; netsvc plan restart --json | jq -r ".interrupts[].last_ms"; cat /var/lib/netsvc/estimates; setpriv --reuid 65534 --clear-groups netsvc plan restart'
    [ "$status" -eq 0 ]
    [[ $output == *"Interrupts: d0"*"How long is unknown"*$'\nnull\nd0\n'*"The last one of this kind took "*" ms here."*"The last one of this kind took "*" ms here."*milliseconds* ]]
    [ "$(grep -c 'How long is unknown' <<<"$output")" -eq 1 ]
}

@test "a /var that cannot be written is one warning, and the network comes up" {
    sandbox 'mount -o remount,ro /var/lib; netsvc start; address'
    [ "$status" -eq 0 ]
    [ "$(grep -c "the history does not have this run" <<<"$output")" -eq 1 ]
    [[ $output == *10.9.0.2/24* ]]
}

@test "a full disk is one warning, and leaves no half of a generation" {
    sandbox 'mount -t tmpfs -o size=200k none /var/lib; mkdir /var/lib/netsvc; head -c 200k /dev/zero >/var/lib/fill || :
        netsvc start; address; rm /var/lib/fill; netsvc history; netsvc restart >/dev/null; netsvc history'
    [ "$status" -eq 0 ]
    [[ $output == *"the history does not have this run"*"10.9.0.2/24"*"Nothing has been applied yet"*"1 "*applied* ]]
}

@test "a generation that is not there is said to be so, and nothing is changed" {
    sandbox 'netsvc start >/dev/null; netsvc rollback 7 || echo "exit $?"; netsvc rollback x || echo "exit $?"; netsvc compare 1 9 || echo "exit $?"'
    [ "$status" -eq 0 ]
    [[ $output == *"there is no generation 7; "*"exit 1"*"x is not the number of a generation"*"exit 1"*"no generation 9"*"exit 1"* ]]
}

@test "on a terminal no line of the history is wider than that; in a file each is whole" {
    sandbox 'netsvc start >/dev/null; netsvc try --timeout 1 --probe "false with quite a long command line" >/dev/null 2>&1 || :
        touch $S/ifcfg-d0; sed -i s/10.9.0.2/10.9.0.3/ $S/ifcfg-d0; netsvc restart >/dev/null
        for columns in 80 60 40; do script -qec "stty cols $columns; netsvc history" /dev/null | tr -d "\r" >/run/lines
            echo "$columns: $(wc -l </run/lines) lines, $(awk -v most=$columns "length > most" /run/lines | wc -l) too wide"; cat /run/lines; done
        netsvc history'
    [ "$status" -eq 0 ]
    [ "$(grep -c '^[864]0: .* lines, 0 too wide' <<<"$output")" -eq 3 ]
    [ "$(grep -c '^N  WHEN .*COMMAND' <<<"$output")" -eq 2 ]
    [ "$(grep -c '^ *COMMAND$' <<<"$output")" -eq 2 ]
    grep -q '^2 .* gone back .* netsvc try --timeout 1 --probe.*long command line' <<<"$output"
}
