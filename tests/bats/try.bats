# try, confirm, cancel, pending on the host of try.bash. What needs bonds and an administrator on SSH is in tests/guest/try.bats.

load try.bash

@test "what nobody confirms goes back: files, addresses, routes" {
    sandbox "$EDIT"'; echo "10.1.0.0/16 via 10.9.0.1" >$S/route-d0
        netsvc try --timeout 1 >/dev/null || echo "exit $?"; state | diff /run/before -; ls $S; netsvc history; netsvc compare 2 --exit-code || echo "compare $?"'
    [ "$status" -eq 0 ]
    [[ $output == *"has gone back: all is as it was before"*"exit 7"*"gone back"*"compare 10"* ]]
}

@test "the time is over before the run is: it goes back, and the one who waits is told" {
    sandbox "$EDIT"'; printf "%s\\n" DEVICE=d9 IPADDR=10.5.0.2 PREFIX=24 DEVTIMEOUT=30 >$S/ifcfg-d9
        netsvc try --timeout 2 || echo "exit $?"; state | diff /run/before -; ls $S'
    [ "$status" -eq 0 ]
    [[ $output == *"has gone back: all is as it was before"*"exit 7"* ]]
}

@test "words that come while it goes back begin no second way back" {
    sandbox "$EDIT"'; trial_begins --timeout 30; netsvc cancel & until [ -e /run/netsvc/trial/cancel ] || ! kill -0 $TRY; do :; done
        netsvc cancel & netsvc confirm & ends
        for n in 1 2 3; do wait -n || :; done; state | diff /run/before -; netsvc pending; netsvc restart >/dev/null'
    [ "$status" -eq 0 ]
    [[ $output == *"try: 7"*"Nothing is on trial."* ]]
}

@test "one confirms and another one cancels at once: each exit status says what became of it" {
    sandbox "$EDIT"'; trial_begins --timeout 30; until netsvc pending | grep "10.9.0.1 on d0 answers"; do kill -0 $TRY; done; f=$(fuse); kill -STOP $f
        netsvc confirm & c=$!; netsvc cancel & k=$!
        until [ -e /run/netsvc/trial/confirm ] && [ -e /run/netsvc/trial/cancel ]; do kill -0 $TRY; sleep 0.05; done
        kill -CONT $f; confirmed=0; wait $c || confirmed=$?; cancelled=0; wait $k || cancelled=$?
        ends; echo "$confirmed $cancelled $(address d0)"'
    [ "$status" -eq 0 ]
    case ${lines[-1]} in "0 1 10.9.0.3/24" | "7 0 10.9.0.2/24") ;; *) false ;; esac
}

@test "confirm keeps it, and it is what was applied" {
    sandbox "$EDIT"'; trial_begins --timeout 30; netsvc confirm; ends; address d0; netsvc compare --exit-code; netsvc history; netsvc pending; netsvc restart >/dev/null'
    [ "$status" -eq 0 ]
    [[ $output == *"is kept"*"try: 0"*"10.9.0.3/24"*"2 "*applied*"netsvc try"*"Nothing is on trial."* ]]
}

@test "cancel goes back at once" {
    sandbox "$EDIT"'; trial_begins --timeout 30; netsvc cancel; ends; state | diff /run/before -; netsvc cancel || echo "exit $?"'
    [ "$status" -eq 0 ]
    [[ $output == *"try: 7"*"nothing is on trial"*"exit 1"* ]]
}

@test "while it is on trial others are refused with what is pending, and how to end it" {
    sandbox "$EDIT"'; SUDO_USER=alice trial_begins --timeout 30; for command in "netsvc restart" "netsvc stop" "ifup d1" "ifdown d1" "netsvc rollback 1" "netsvc try"; do
            $command && echo "DONE: $command"; done
        address d1; netsvc pending --json; netsvc cancel; ends'
    [ "$status" -eq 0 ]
    [[ $output != *DONE* ]]
    [ "$(grep -c 'on trial since .*netsvc try.*by alice.*netsvc confirm.*netsvc cancel' <<<"$output")" -eq 6 ]
    [[ $output == *10.8.0.2/24* ]]
    jq -e '.pending and .seconds_left > 10 and .goes_back_to == 1 and .probes[0].holds' <<<"$(sed -n '/^{/,/^}/p' <<<"$output")"
}

@test "two begin at once: one is on trial, and the other is refused with that" {
    sandbox "$EDIT"'; netsvc try --timeout 30 >/run/1 2>&1 & one=$!; netsvc try --timeout 30 >/run/2 2>&1 & two=$!; refused=0
        wait -n || refused=$?; cat /run/[12]; echo "refused: $refused"; netsvc history | grep -c "on trial"; netsvc cancel
        for try in $one $two; do wait $try || echo "try: $?"; done; state | diff /run/before -; netsvc pending'
    [ "$status" -eq 0 ]
    [[ $output == *"on trial since "*"refused: 1"$'\n'1$'\n'*"Nothing is on trial."* && $output == *"try: 1"* && $output == *"try: 7"* ]]
}

@test "a gateway that answered has to answer: until then a confirmation is not taken" {
    sandbox 'sed -i s/10.9.0.1/10.9.0.99/ $S/ifcfg-d0; trial_begins --timeout 9; netsvc confirm || echo "confirm $?"; ends; state | diff /run/before -'
    [ "$status" -eq 0 ]
    [[ $output == *"kept as soon as all of this holds"*"- gateway 10.9.0.99 on d0 does not answer"*"confirm 1"*"try: 7"* ]]
}

@test "another network with a gateway of its own is kept" {
    sandbox 'sed -i "s/10.9.0.2/10.7.0.2/; s/10.9.0.1/10.7.0.1/" $S/ifcfg-d0; netsvc try --timeout 20 --confirm-by probes >/dev/null; address d0; ip route'
    [ "$status" -eq 0 ]
    [[ $output == *10.7.0.2/24*"default via 10.7.0.1"* ]]
}

@test "a command as a probe: kept when it succeeds, not before" {
    sandbox "$EDIT"'; trial_begins --timeout 20 --probe "test -e /run/well" --confirm-by probes; netsvc pending; [ "$(address d0)" = 10.9.0.3/24 ]; touch /run/well; ends'
    [ "$status" -eq 0 ]
    [[ $output == *'- `test -e /run/well` fails'*"try: 0"* ]]
}

@test "a run that fails goes back at once" {
    sandbox 'sed -i "s/10.9.0.2/10.9.0.1/; s/ARPCHECK=no//; s/^GATEWAY.*//" $S/ifcfg-d0; SECONDS=0; netsvc try --timeout 50 || echo "exit $?"; [ $SECONDS -lt 20 ]; state | diff /run/before -'
    [ "$status" -eq 0 ]
    [[ $output == *"10.9.0.1"*"has gone back"*"exit 7"* ]]
}

@test "what was tried and failed is in the history, and not kept beside as somebody's edit" {
    sandbox "$EDIT"'; echo MTU=65536 >>$S/ifcfg-d0; netsvc try >/dev/null || echo "exit $?"; ls $S; netsvc compare 1 2'
    [ "$status" -eq 0 ]
    [[ $output == *"exit 7"*"+MTU=65536"* ]]
    [[ $output != *.bak* ]]
}

@test "errors in the files end it before anything is touched" {
    sandbox 'sed -i s/10.9.0.2/10.9.0.300/ $S/ifcfg-d0; netsvc try || echo "exit $?"; ls /run/netsvc/trial /var/lib/netsvc/trial 2>&1 || :; netsvc history'
    [ "$status" -eq 0 ]
    [[ $output == *"ifcfg-d0:2"*"nothing is changed"*"exit 1"* ]]
    [[ $output != *"gone back"* ]]
}

@test "without a way back nothing is tried" {
    sandbox "$EDIT"'; rm -r /var/lib/netsvc; netsvc try || echo "exit $?"; address d0; mount -o remount,ro /var/lib; netsvc try || echo "exit $?"; address d0'
    [ "$status" -eq 0 ]
    [[ $output == *"it is not known which files were applied last"*"exit 1"*"10.9.0.2/24"*"exit 1"*"10.9.0.2/24"* ]]
}

@test "the last run is not in the history: nothing is tried until one is" {
    sandbox 'mount -t tmpfs -o ro none /var/lib; sed -i s/10.8.0.2/10.8.0.3/ $S/ifcfg-d1; netsvc restart; umount /var/lib
        cp -a $S /run/files; sed -i s/10.8.0.3/10.8.0.6/ $S/ifcfg-d1; netsvc try --timeout 1 || echo "exit $?"; address d1
        cp /run/files/* $S; netsvc reload; sed -i s/10.8.0.3/10.8.0.6/ $S/ifcfg-d1; netsvc try --timeout 1 || echo "exit $?"
        address d1; grep IPADDR $S/ifcfg-d1'
    [ "$status" -eq 0 ]
    [[ $output == *"the history does not have this run"*"it is not tried, and nothing is changed"*"exit 1"*"10.8.0.3/24"*"exit 7"*"10.8.0.3/24"*IPADDR=10.8.0.3 ]]
}

@test "what others had put there is there again" {
    sandbox 'ip addr add 10.9.0.77/24 dev d0; ip route add 10.55.0.0/16 via 10.9.0.1; ip link set d0 txqueuelen 77; state >/run/before
        rm $S/ifcfg-d0; netsvc try --timeout 1 >/dev/null || echo "exit $?"; state | diff /run/before -'
    [ "$status" -eq 0 ]
    [[ $output == *"exit 7"* ]]
}

@test "what others had taken away before is not there again, and what they had put in its place is" {
    sandbox 'ip addr del 10.8.0.2/24 dev d1; ip addr add 10.8.0.3/24 brd + dev d1; ip addr del 10.9.0.2/24 dev d0
        state >/run/changed; sed -i s/10.8.0.2/10.8.0.6/ $S/ifcfg-d1
        netsvc try --timeout 1 || echo "exit $?"; cp $S/ifcfg-d1 /run; sed -i s/10.8.0.2/10.8.0.6/ $S/ifcfg-d1
        ip -o -4 addr; diff <(grep -v "$S" /run/changed) <(state | grep -v "$S"); grep -x IPADDR=10.8.0.2 /run/ifcfg-d1'
    [ "$status" -eq 0 ]
    [[ $output == *"has gone back: all is as it was before"*"exit 7"* ]]
}

@test "what others change meanwhile stays, or is kept beside" {
    sandbox "$EDIT"'; trial_begins --timeout 30; ip addr add 10.8.0.9/32 dev d1; echo "# mine" >>$S/ifcfg-d0; rm $S/ifcfg-d1; echo DEVICE=d9 >$S/ifcfg-d9
        netsvc cancel; ends; ip -4 -o addr show d1; grep -c mine $S/ifcfg-d0.*.bak; ls $S; state | grep -v 10.8.0.9 | diff /run/before -'
    [ "$status" -eq 0 ]
    [[ $output == *"ifcfg-d0 was changed meanwhile: that is kept as "*"try: 7"*10.8.0.9/32* ]]
}

@test "of one interface: the edits of others are not on trial" {
    sandbox "$EDIT"'; echo "# edited" >>$S/ifcfg-d1; netsvc try --timeout 1 up d0 >/dev/null || echo "exit $?"; address d0; tail -n 1 $S/ifcfg-d1; grep IPADDR $S/ifcfg-d0'
    [ "$status" -eq 0 ]
    [[ $output == *$'exit 7\n10.9.0.2/24\n# edited\nIPADDR=10.9.0.2' ]]
}

@test "a device that is made anew has its routes again, also the one whose metric is of its number" {
    printf '%s\n' DEVICE=br0 TYPE=Bridge IPADDR=10.6.0.2 PREFIX=24 ARPCHECK=no | put ifcfg-br0
    sandbox 'number=$(</sys/class/net/br0/ifindex); netsvc try --timeout 1 down br0 || echo "exit $?"
        now=$(</sys/class/net/br0/ifindex); [ "$number" != "$now" ]; ip route show dev br0
        ip route show dev br0 | grep -q "^169.254.0.0/16 .*metric $((1000 + now)) "; netsvc plan restart'
    [ "$status" -eq 0 ]
    [[ $output == *"has gone back: all is as it was before"*"exit 7"* && $output == *"Nothing would change."* ]]
}

@test "down on trial comes up again" {
    sandbox 'netsvc try --timeout 1 down d0 >/dev/null || echo "exit $?"; state | diff /run/before -'
    [ "$status" -eq 0 ]
    [[ $output == *"exit 7"* ]]
}

@test "rollback on trial" {
    sandbox "$EDIT"'; netsvc restart >/dev/null; state >/run/before; netsvc rollback 1 --try --timeout 1 >/dev/null || echo "exit $?"; state | diff /run/before -; netsvc rollback 1 --try --timeout 20 --confirm-by probes >/dev/null; address d0'
    [ "$status" -eq 0 ]
    [[ $output == *"exit 7"*10.9.0.2/24* ]]
}

@test "a terminal: a line a second, and Enter keeps it" {
    sandbox "$EDIT"'; mkfifo /run/in; (sleep 2.5; echo) >/run/in & script -qec "netsvc try --timeout 20" /run/typed </run/in >/dev/null; address d0; tr "\r" "\n" </run/typed | grep -c "s left; Enter keeps it"'
    [ "$status" -eq 0 ]
    [[ $output == *10.9.0.3/24* ]]
}

# --- faults ---

@test "nobody is logged in by SSH: a confirmation by that is refused before anything is touched" {
    sandbox "$EDIT"'; unset SSH_CONNECTION; env -u SSH_CONNECTION setsid -w netsvc try --confirm-by ssh || echo "exit $?"; address d0; netsvc pending'
    [ "$status" -eq 0 ]
    [[ $output == *"you are not logged in by SSH"*"exit 1"*10.9.0.2/24*"Nothing is on trial."* ]]
}

@test "a rehearsal first: what it finds is printed, and what it finds bad is not tried" {
    sandbox "$EDIT"'; netsvc try --rehearse --timeout 20 --confirm-by probes; address d0
        sed -i s/10.9.0.3/10.9.0.4/ $S/ifcfg-d0; echo MTU=65536 >>$S/ifcfg-d0; netsvc try --rehearse --timeout 20 --confirm-by probes || echo "exit $?"; address d0; netsvc pending'
    [ "$status" -eq 0 ]
    [[ $output == *"nothing would be lost"*"is kept"*10.9.0.3/24*"Refused: ifcfg-d0:6: d0: cannot set its MTU"*"the rehearsal failed"*"exit 1"*10.9.0.3/24*"Nothing is on trial."* ]]
}

@test "a second confirmation, a cancel that comes too late, and a trial of a trial change nothing" {
    sandbox "$EDIT"'; trial_begins --timeout 30; netsvc confirm; netsvc confirm || echo "second $?"; netsvc cancel || echo "late $?"; ends; address d0; netsvc try try || echo "usage $?"; netsvc try restart --try || echo "usage $?"'
    [ "$status" -eq 0 ]
    [[ $output == *"second 1"*"late 1"*"try: 0"*10.9.0.3/24*"usage 2"*"usage 2"* ]]
}

@test "wrong words are refused before anything is read" {
    for words in "start" "restart d0" "up" "--timeout 0" "--timeout x" "--confirm-by mail"; do
        run netsvc try $words
        echo "$words: $output"
        [ "$status" -eq 2 ]
    done
}

@test "an error in the file of the whole machine is told once" {
    sandbox 'echo GATEWAY=10.9.0.300 >>/etc/sysconfig/network; netsvc try || echo "exit $?"'
    [ "$(grep -c "GATEWAY: '10.9.0.300' is not an IPv4 address" <<<"$output")" -eq 1 ]
    [[ $output == *"so it is not tried"*"exit 1" ]]
}
