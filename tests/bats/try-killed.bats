# A trial, its fuse and both of them are killed with -9 at every operation: strace kills a process at the Nth call of one of those by which
# it changes anything. Afterwards all is as it was, or kept. EVERY=N: only at every Nth of them.

load try.bash

LIMIT=900 # there are dozens of trials in each
KILLED=$(cat <<'END'
    PATH=$PATH:/usr/sbin; cp -a $S /run/files
    ip addr add 10.9.0.77/24 dev d0; ip route add 10.55.0.0/16 via 10.9.0.1; state >/run/before
    # A change of both, of which one half is refused: it goes back at once.
    edit() { sed -i s/10.8.0.2/10.8.0.9/ $S/ifcfg-d1; sed -i s/10.9.0.2/10.9.0.3/ $S/ifcfg-d0; [ $# -gt 0 ] || echo MTU=65536 >>$S/ifcfg-d0; }
    # NAME: it is over at last, with the next command if nobody else is left; all is as it was. Who was killed before the trial began
    # has touched nothing, not even the files.
    check() {
        while [ -e /var/lib/netsvc/trial ]; do netsvc up d1 >/run/next 2>&1 || :; done
        rm -f $S/*.bak; cp -a /run/files/* $S
        state | diff /run/before - || { echo "DIFFERS: $1"; cat /run/netsvc/trial/result; exit 1; }
    }
    points() { # STEP FUNCTION: for each call until nobody is killed any more
        local call n count=0
        for call in rename sendto unlink; do
            for ((n = 1; ; n += $1)); do
                $2 $call $n
                check "$2 $call $n"
                grep -q "killed by SIGKILL" /run/trace || break
                count=$((count + 1))
            done
        done
        echo "POINTS $count"
    }
END
)
killed_everywhere() { # STEP FUNCTION AT-LEAST
    sandbox "$KILLED
        $2
        points $(($1 * ${EVERY:-1})) at"
    [ "$status" -eq 0 ]
    [ "$(sed -n 's/^POINTS //p' <<<"$output")" -ge $(($3 / ${EVERY:-1})) ]
}

@test "the run is killed at each of its operations: the fuse goes back" {
    killed_everywhere 1 'at() { edit; strace -qq -o /run/trace -e trace=$1 -e inject=$1:signal=KILL:when=$2 netsvc try --timeout 60 >/run/out 2>&1 || :; [ ! -e /var/lib/netsvc/trial ] || until [ -e /run/netsvc/trial/result ]; do sleep 0.01; done; }' 30
}

@test "the fuse is killed at each operation of the way back: there is another one" {
    killed_everywhere 1 'at() {
        edit well; rm -rf /run/netsvc/trial; trial_begins --timeout 60
        strace -f -o /run/trace -e trace=$1 -e inject=$1:signal=KILL:when=$2 -p $(fuse) 2>/run/strace & STRACE=$!
        until grep -qs attached /run/strace; do kill -0 $STRACE; sleep 0.01; done
        netsvc cancel >/dev/null 2>&1 || :; STATUS=0; wait $TRY || STATUS=$?; [ $STATUS -eq 7 ]; wait $STRACE || :; rm /run/strace; }' 20
}

@test "the fuse is killed at each operation of keeping it: it is kept, or all is as before" {
    killed_everywhere 1 'at() {
        edit well; rm -rf /run/netsvc/trial; trial_begins --timeout 60
        strace -f -o /run/trace -e trace=$1 -e inject=$1:signal=KILL:when=$2 -p $(fuse) 2>/run/strace & STRACE=$!
        until grep -qs attached /run/strace; do kill -0 $STRACE; sleep 0.01; done
        netsvc confirm >/dev/null 2>&1 || :; STATUS=0; wait $TRY || STATUS=$?; wait $STRACE || :; rm /run/strace
        [ $STATUS -eq 0 ]; [ "$(address d0)" = 10.9.0.3/24 ]; netsvc compare --exit-code; netsvc pending | grep Nothing
        cp -a /run/files/* $S; netsvc restart >/dev/null; }' 3
}

@test "all of them are killed at each operation: the next command goes back" {
    killed_everywhere 3 'at() { edit; strace -f -qq -o /run/trace -e trace=$1 -e inject=$1:signal=KILL:when=$2 netsvc try --timeout 60 >/run/out 2>&1 || :; }' 10
}
