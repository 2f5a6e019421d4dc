# What `make install` puts where, and the init script in its place.

bats_require_minimum_version 1.5.0
setup_file() {
    export DEST=$BATS_FILE_TMPDIR/dest
    env -u MAKEFLAGS -u MAKELEVEL make -s -C "$TREE" install DESTDIR="$DEST" SANITIZE="$SANITIZE" >/dev/null
}

@test "programs, links and the init script are where the old ones were" {
    [ -x "$DEST/usr/sbin/netsvc" ]
    [ -x "$DEST/usr/bin/ifcfg-parse" ]
    [ "$(stat -c %a "$DEST/usr/sbin/usernetctl")" = 4755 ]
    for name in ifup ifdown ifenslave; do
        [ "$(readlink "$DEST/usr/sbin/$name")" = netsvc ]
    done
    [ -x "$DEST/etc/rc.d/init.d/network" ]
    [ "$(readlink "$DEST/etc/init.d/network")" = ../rc.d/init.d/network ]
    cmp "$DEST/etc/init.d/network" "$TREE/init.d/network"
}

@test "catalogs are where the programs look for them" {
    cmp "$DEST$(cat "$BUILD/localedir")/ja/LC_MESSAGES/netsvc.mo" "$BUILD/locale/ja/LC_MESSAGES/netsvc.mo"
    for program in usr/sbin/netsvc usr/bin/ifcfg-parse; do
        grep -qaF "$(cat "$BUILD/localedir")" "$DEST/$program"
    done
}

@test "README, quick starts and the architecture are among the documents, and the README points to each" {
    cmp "$DEST/usr/share/doc/netsvc/README.md" "$TREE/README.md"
    for page in quickstart.md quickstart.ja.md architecture.md; do
        cmp "$DEST/usr/share/doc/netsvc/$page" "$TREE/netsvc/doc/$page"
        grep -qF "netsvc/doc/$page" "$TREE/README.md"
    done
}

@test "where /etc/init.d is a link, nothing is linked onto itself" {
    mkdir -p "$BATS_TEST_TMPDIR/el/etc/rc.d/init.d"
    ln -s rc.d/init.d "$BATS_TEST_TMPDIR/el/etc/init.d"
    env -u MAKEFLAGS -u MAKELEVEL make -s -C "$TREE" install DESTDIR="$BATS_TEST_TMPDIR/el" SANITIZE="$SANITIZE" >/dev/null
    [ ! -L "$BATS_TEST_TMPDIR/el/etc/rc.d/init.d/network" ]
    cmp "$BATS_TEST_TMPDIR/el/etc/init.d/network" "$TREE/init.d/network"
}

@test "with another prefix, units, rules and the init script name the programs there" {
    local dest=$BATS_TEST_TMPDIR/local lib=$BATS_TEST_TMPDIR/local/usr/local/lib
    # The programs know where they are installed: those for another place are built beside the ones that are tested.
    mkdir "$BATS_TEST_TMPDIR/build"
    cp -a "$BUILD/obj" "$BATS_TEST_TMPDIR/build"
    local other=(B="$BATS_TEST_TMPDIR/build" DESTDIR="$dest" prefix=/usr/local SANITIZE="$SANITIZE")
    env -u MAKEFLAGS -u MAKELEVEL make -s -C "$TREE" install "${other[@]}" >/dev/null
    for file in "$lib"/systemd/system/*.service "$lib"/udev/rules.d/*.rules; do
        grep -oE '/usr/[a-z/]*(netsvc-rename|/netsvc)' "$file" >"$BATS_TEST_TMPDIR/programs"
        while read -r program; do
            [[ $program == /usr/local/* ]] && [ -x "$dest$program" ] || { echo "$file: $program"; false; }
        done <"$BATS_TEST_TMPDIR/programs"
    done
    grep -q '^ExecStart=/usr/local/sbin/netsvc start$' "$lib/systemd/system/network.service"
    grep -q '^PATH=/usr/local/sbin:' "$dest/etc/rc.d/init.d/network"
    [ "$(stat -c %a "$dest/etc/rc.d/init.d/network")" = 755 ]
    env -u MAKEFLAGS -u MAKELEVEL make -s -C "$TREE" uninstall "${other[@]}" >/dev/null
    [ -z "$(find "$dest" ! -type d)" ]
}

@test "another package's ifup: install refuses and names it, FORCE=1 replaces it, LINKS= goes without; uninstall leaves it" {
    local dest=$BATS_TEST_TMPDIR/dest
    make_there() { env -u MAKEFLAGS -u MAKELEVEL make -s -C "$TREE" DESTDIR="$dest" SANITIZE="$SANITIZE" "$@"; }
    mkdir -p "$dest/usr/sbin"
    echo theirs >"$dest/usr/sbin/ifdown"
    run make_there install
    [ "$status" -ne 0 ]
    [[ $output == *"$dest/usr/sbin/ifdown is there already, and is not netsvc's"*FORCE=1*LINKS=* ]]
    [ "$(find "$dest" -type f)" = "$dest/usr/sbin/ifdown" ]
    ln -sf /etc/alternatives/ifup "$dest/usr/sbin/ifup" # one that leads nowhere here
    run make_there install
    [[ $output == *"$dest/usr/sbin/ifup is there already"* ]]
    make_there install LINKS= >/dev/null
    [ -x "$dest/usr/sbin/netsvc" ]
    [ "$(cat "$dest/usr/sbin/ifdown")" = theirs ]
    [ ! -e "$dest/usr/sbin/ifenslave" ]
    make_there uninstall >/dev/null
    [ "$(find "$dest" ! -type d | sort)" = "$dest/usr/sbin/ifdown
$dest/usr/sbin/ifup" ]
    make_there install FORCE=1 >/dev/null
    [ "$(readlink "$dest/usr/sbin/ifup")" = netsvc ]
    [ "$(readlink "$dest/usr/sbin/ifdown")" = netsvc ]
    make_there install >/dev/null # over its own
}

@test "uninstall leaves no file behind" {
    cp -a "$DEST" "$BATS_TEST_TMPDIR/dest"
    env -u MAKEFLAGS -u MAKELEVEL make -s -C "$TREE" uninstall DESTDIR="$BATS_TEST_TMPDIR/dest" >/dev/null
    [ -z "$(find "$BATS_TEST_TMPDIR/dest" ! -type d)" ]
}

@test "the init script has the headers that chkconfig and insserv read" {
    grep -qE '^# chkconfig: - [0-9]+ [0-9]+$' "$TREE/init.d/network"
    grep -q '^### BEGIN INIT INFO$' "$TREE/init.d/network"
    for header in Provides Required-Start Required-Stop Default-Start Default-Stop Short-Description Description; do
        grep -qE "^# $header:" "$TREE/init.d/network"
    done
    grep -q '^### END INIT INFO$' "$TREE/init.d/network"
    # chkconfig orders others after $network; insserv skips a script that provides nothing else.
    grep -qx '# Provides: network \$network' "$TREE/init.d/network"
    sh -n "$TREE/init.d/network"
}

@test "the init script prints its usage on stdout for wrong verbs, exit 2" {
    for verb in "" condrestart nonsense; do
        run sh -c "'$DEST/etc/init.d/network' $verb 2>/dev/null"
        [ "$status" -eq 2 ]
        [ "$output" = "Usage: $DEST/etc/init.d/network {start|stop|status|restart|reload|force-reload}" ]
    done
}

@test "the init script looks at wrong verbs only where networking is not switched off" {
    mkdir -p "$BATS_TEST_TMPDIR/bin"
    sed 's|^PATH=.*|PATH='"$BATS_TEST_TMPDIR"'/bin:/usr/bin:/bin|' "$DEST/etc/init.d/network" >"$BATS_TEST_TMPDIR/network"
    printf '#!/bin/sh\necho "switched off" >&2\nexit 6\n' >"$BATS_TEST_TMPDIR/bin/netsvc"
    chmod +x "$BATS_TEST_TMPDIR/bin/netsvc"
    run --separate-stderr sh "$BATS_TEST_TMPDIR/network" nonsense
    [ "$status" -eq 6 ]
    [ -z "$output" ]
    [ "$stderr" = "switched off" ]
}

@test "the init script hands each verb to netsvc, and its exit code back" {
    mkdir -p "$BATS_TEST_TMPDIR/bin"
    sed 's|^PATH=.*|PATH='"$BATS_TEST_TMPDIR"'/bin:/usr/bin:/bin|' "$DEST/etc/init.d/network" >"$BATS_TEST_TMPDIR/network"
    printf '#!/bin/sh\necho "got $*"\nexit 6\n' >"$BATS_TEST_TMPDIR/bin/netsvc"
    chmod +x "$BATS_TEST_TMPDIR/bin/netsvc"
    for verb in start stop status restart reload force-reload; do
        run sh "$BATS_TEST_TMPDIR/network" "$verb"
        [ "$status" -eq 6 ]
        case $verb in status) [ "$output" = "got status --classic" ] ;; *) [ "$output" = "got $verb" ] ;; esac
    done
}

@test "the init script that a removed package left behind says so: 5, and 0 for stop" {
    sed 's|^PATH=.*|PATH='"$BATS_TEST_TMPDIR"'|' "$DEST/etc/init.d/network" >"$BATS_TEST_TMPDIR/network"
    for case in start:5 restart:5 reload:5 force-reload:5 stop:0 status:4; do
        run /bin/sh "$BATS_TEST_TMPDIR/network" "${case%:*}"
        echo "$case: $status $output"
        [ "$status" -eq "${case#*:}" ]
        [ "$output" = "$BATS_TEST_TMPDIR/network: netsvc is not installed; this script is what is left of it. Nothing was done." ]
    done
}

@test "functions for plug-ins are where these look for them, and find our parser" {
    local file=etc/sysconfig/network-scripts/network-functions
    cmp "$DEST/$file" "$TREE/hooks/network-functions"
    [ "$(stat -c %a "$DEST/$file")" = 644 ]
    grep -q '/usr/bin/ifcfg-parse' "$DEST/$file"
    for file in ifup-eth ifdown-eth; do
        cmp "$DEST/etc/sysconfig/network-scripts/$file" "$TREE/hooks/$file"
        [ -x "$DEST/etc/sysconfig/network-scripts/$file" ]
    done
}
