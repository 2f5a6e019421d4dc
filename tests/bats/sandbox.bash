# Machines to try the program on: a tree of files below a root, or a sandbox, which has namespaces of network and mounts and an /etc,
# /run, /var/lib and /var/lock of its own.

FILES=/etc/sysconfig/network-scripts

# For commands with --root.
root_make() {
    NETSVC=$BUILD/netsvc
    ROOT=$BATS_TEST_TMPDIR/root
    SCRIPTS=$ROOT$FILES
    mkdir -p "$SCRIPTS"
}

# The sandbox's /etc is $SANDBOX/etc; the program is found under all of its names.
sandbox_make() {
    SANDBOX=$BATS_TEST_TMPDIR/sandbox
    SCRIPTS=$SANDBOX$FILES
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
    export G_DEBUG=fatal-criticals
    mkdir -p "$SCRIPTS" "$BATS_TEST_TMPDIR/bin"
    local name
    for name in netsvc ifup ifdown ifenslave; do ln -s "$BUILD/netsvc" "$BATS_TEST_TMPDIR/bin/$name"; done
    echo NETWORKING=yes >"$SANDBOX/etc/sysconfig/network"
}

put() { # FILE: its text from stdin
    cat >"$SCRIPTS/$1"
}

# Runs a script there, with NICs NAME0 and NAME1 whose other ends p0 and p1 are up. What hangs is ended after LIMIT seconds.
sandbox_run() { # NAME SCRIPT [OPTION OF UNSHARE...]
    local map=
    [ "$(id -u)" -eq 0 ] || map=-r
    timeout -k 5 "${LIMIT:-120}" unshare --kill-child -mn $map "${@:3}" --propagation private bash -euc '
        mount -t tmpfs none /run
        mkdir /run/lock
        mount -t tmpfs none /var/lib
        mount -t sysfs none /sys
        [ -L /var/lock ] || mount -t tmpfs none /var/lock
        mount --bind "$0/etc" /etc
        for n in 0 1; do ip link add $1$n type veth peer name p$n; ip link set p$n up; done
        '"$2" "$SANDBOX" "$1"
}

split() { # COMMAND ARGUMENT...: sets status, out, err
    status=0
    "$@" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || status=$?
    out=$(cat "$BATS_TEST_TMPDIR/out")
    err=$(cat "$BATS_TEST_TMPDIR/err")
    echo "\$ ${*: -1} -> $status"; cat -A "$BATS_TEST_TMPDIR/out"; echo "-- stderr:"; echo "$err"
}

sandbox() { # SCRIPT, with NICs v0 and v1: sets status, out, err
    split sandbox_run v "$1"
}
