# A trial during which something goes: who began it, its fuse, the disk, its files, a device. On the host of try.bash.

load try.bash

@test "who began it is killed: it goes back" {
    sandbox "$EDIT"'; trial_begins --timeout 6; kill -9 $TRY; until [ -e /run/netsvc/trial/result ]; do sleep 0.1; done; state | diff /run/before -; cat /run/netsvc/trial/result'
    [ "$status" -eq 0 ]
    [[ $output == *"has gone back: all is as it was before"* ]]
}

@test "the fuse is killed: there is another one" {
    sandbox "$EDIT"'; trial_begins --timeout 30; first=$(fuse); kill -9 $first; until [ "$first" != "$(fuse)" ]; do sleep 0.1; done; netsvc cancel; ends; state | diff /run/before -'
    [ "$status" -eq 0 ]
    [[ $output == *"try: 7"* ]]
}

@test "all are killed: the next command goes back, and says so" {
    sandbox "$EDIT"'; trial_begins --timeout 3; kill -9 $TRY $(fuse)
        until netsvc pending | grep "not confirmed in time"; do sleep 0.1; done
        netsvc restart || echo "exit $?"; state | diff /run/before -; netsvc restart >/dev/null'
    [ "$status" -eq 0 ]
    [[ $output == *"was not confirmed in time, and its processes are gone"*"has gone back: all is as it was before"*"exit 1"* ]]
}

@test "all are killed: cancel goes back" {
    sandbox "$EDIT"'; trial_begins --timeout 3; kill -9 $TRY $(fuse)
        until netsvc pending | grep "not confirmed in time"; do sleep 0.1; done
        netsvc cancel; state | diff /run/before -; netsvc pending'
    [ "$status" -eq 0 ]
    [[ $output == *"has gone back: all is as it was before"*"Nothing is on trial."* ]]
}

@test "all are killed before the time is over: it goes on, and goes back then" {
    sandbox "$EDIT"'; trial_begins --timeout 8; kill -9 $TRY $(fuse); netsvc restart || echo "exit $?"; until [ -e /run/netsvc/trial/result ]; do sleep 0.1; done; state | diff /run/before -'
    [ "$status" -eq 0 ]
    [[ $output == *"on trial since"*"exit 1"* ]]
}

@test "the machine went down in the middle: the next start has the old files" {
    sandbox "$EDIT"'; trial_begins --timeout 30; kill -9 $TRY $(fuse); netsvc --version >/dev/null
        sed -i "s/^boot=.*/boot=of another one/" /var/lib/netsvc/trial; rm -r /run/netsvc; ip addr flush dev d0; ip link set d0 down
        netsvc start; grep IPADDR $S/ifcfg-d0; address d0; netsvc history; ls /var/lib/netsvc'
    [ "$status" -eq 0 ]
    [[ $output == *"was on trial when the machine went down: the files are those of before"*"IPADDR=10.9.0.2"*"10.9.0.2/24"*"gone back"* ]]
}

@test "no space for the way back: nothing is tried" {
    sandbox "$EDIT"'; mount -t tmpfs -o size=64k none /run/netsvc; netsvc restart >/dev/null 2>&1 || :; dd if=/dev/zero of=/run/netsvc/full 2>/dev/null || :; netsvc try || echo "exit $?"; address d0'
    [ "$status" -eq 0 ]
    [[ $output == *"it is not tried, and nothing is changed"*"exit 1"* ]]
}

@test "the disk and /run fill up during a trial: it goes back all the same, and says so" {
    sandbox 'mount -t tmpfs -o size=1m none /run/netsvc; mount -t tmpfs -o size=1m none /var/lib; netsvc restart >/dev/null; state >/run/before
        '"$EDIT"'; trial_begins --timeout 30; for f in /run/netsvc /var/lib; do dd if=/dev/zero of=$f/full 2>/dev/null || :; done
        timeout 10 netsvc cancel || echo "cancel $?"; ends; state | diff /run/before -; timeout 10 netsvc pending; timeout 10 netsvc restart >/dev/null'
    [ "$status" -eq 0 ]
    [[ $output == *"has gone back"*"try: 7"*"Nothing is on trial."* ]]
}

@test "/var gets read-only during a trial: it goes back, and says that the next boot will too" {
    sandbox "$EDIT"'; trial_begins --timeout 30; mount -o remount,ro /var/lib; netsvc cancel || echo "cancel $?"; ends; state | diff /run/before -
        netsvc pending; netsvc restart >/dev/null; mount -o remount,rw /var/lib; netsvc pending; ls /var/lib/netsvc'
    [ "$status" -eq 0 ]
    [[ $output == *"has gone back: all is as it was before"*"cannot remove /var/lib/netsvc/trial"*"next boot begins with the files of before"*"try: 7"*"Nothing is on trial."*"Nothing is on trial."* ]]
    [[ ${output##*Nothing} != *$'\ntrial'* ]]
}

@test "the files are removed during a trial: they are there again" {
    sandbox "$EDIT"'; trial_begins --timeout 30; rm -r $S/*; netsvc cancel; ends; state | diff /run/before -'
    [ "$status" -eq 0 ]
    [[ $output == *"try: 7"* ]]
}

@test "what its processes speak by is removed during a trial: it goes back, what can be brought back is, and the rest is said" {
    sandbox "$EDIT"'; trial_begins --timeout 4; rm -r /run/netsvc/trial; for n in $(seq 200); do [ -e /var/lib/netsvc/trial ] || break; sleep 0.1; done
        ends; address d0; grep IPADDR $S/ifcfg-d0; netsvc pending; netsvc restart'
    [ "$status" -eq 0 ]
    [[ $output == *"has gone back"*"try: 8"*10.9.0.2/24*IPADDR=10.9.0.2*"Nothing is on trial."* ]]
}

@test "the history is removed during a trial: what cannot be brought back is said, with an exit code of its own" {
    sandbox "$EDIT"'; trial_begins --timeout 30; rm -r /var/lib/netsvc/generations; netsvc cancel || echo "cancel $?"; ends; address d0; netsvc pending'
    [ "$status" -eq 0 ]
    [[ $output == *"has gone back, but something differs"*"there is no generation 1"*"cancel 8"*"try: 8"*10.9.0.2/24*"Nothing is on trial."* ]]
}

@test "a device is renamed during a trial: it has its name again; one that is gone is said to be" {
    sandbox "$EDIT"'; sed -i s/10.8.0.2/10.8.0.9/ $S/ifcfg-d1; trial_begins --timeout 30; ip link set d0 down; ip link set d0 name other; ip link set other up; netsvc cancel || echo "cancel $?"; ends; state | diff /run/before -
        sed -i s/10.8.0.2/10.8.0.9/ $S/ifcfg-d1; '"$EDIT"'; trial_begins --timeout 30; ip link del d0; netsvc cancel || echo "cancel $?"; ends; address d1; netsvc pending'
    [ "$status" -eq 0 ]
    [[ $output == *"d0 was renamed to other meanwhile: it has its name again"*"try: 7"*"d0 differs from before: it is not there any more"*"try: 8"*10.8.0.2/24*"Nothing is on trial."* ]]
}
