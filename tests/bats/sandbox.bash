# A network namespace and an /etc, /run and /var/lock of its own, with veth pairs v0-p0 and v1-p1 whose far ends are up.

FILES=/etc/sysconfig/network-scripts
setup() {
    SANDBOX=$BATS_TEST_TMPDIR/sandbox
    SCRIPTS=$SANDBOX$FILES
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
    export G_DEBUG=fatal-criticals
    mkdir -p "$SCRIPTS" "$BATS_TEST_TMPDIR/bin"
    ln -s "$BUILD/netsvc" "$BATS_TEST_TMPDIR/bin/netsvc"
}

sandbox() { # SCRIPT: sets status, out, err
    local map=
    [ "$(id -u)" -eq 0 ] || map=-r
    status=0
    unshare -mn $map --propagation private bash -euc '
        mount -t tmpfs none /run
        mkdir /run/lock
        mount -t tmpfs none /var/lib
        mount -t sysfs none /sys
        [ -L /var/lock ] || mount -t tmpfs none /var/lock
        mount --bind "$0/etc" /etc
        for n in 0 1; do ip link add v$n type veth peer name p$n; ip link set p$n up; done
        '"$1" "$SANDBOX" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || status=$?
    out=$(cat "$BATS_TEST_TMPDIR/out")
    err=$(cat "$BATS_TEST_TMPDIR/err")
    echo "\$ $1 -> $status"; echo "$out"; echo "-- stderr:"; echo "$err"
}
