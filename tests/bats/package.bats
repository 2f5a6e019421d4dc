# The packages: what is in them, and their life in a root of their own: installed, upgraded, removed, beside others.
# The root is this machine's distribution, copy on write, without its /etc/sysconfig: dependencies are really resolved.

setup_file() {
    export OLD=$BATS_FILE_TMPDIR/old NEW=$BATS_FILE_TMPDIR/new INSTALLED=$BATS_FILE_TMPDIR/installed
    make_in_tree install DESTDIR="$INSTALLED"
    if command -v dpkg-shlibdeps >/dev/null; then
        make_in_tree deb PACKAGES="$OLD"
        make_in_tree deb PACKAGES="$NEW" VERSION=99.1
    fi
    make_in_tree rpm-quick PACKAGES="$OLD"
    make_in_tree rpm-quick PACKAGES="$NEW" VERSION=99.1
}

setup() {
    VERSION=$(sed -n 's/^VERSION *:= *//p' "$TREE/Makefile")
    case $BATS_TEST_DESCRIPTION in
    deb*) [ -e "$OLD/netsvc_${VERSION}_$(dpkg --print-architecture)".deb ] || skip "Debian packages are made on Debian" ;;
    esac
}

# Packages are made of a build without sanitizers, whatever the tests around run with.
make_in_tree() {
    env -u MAKEFLAGS -u MAKELEVEL make -s -C "$TREE" SANITIZE=0 "$@" >/dev/null
}

# Runs a script in the root; web01's files are in /etc/sysconfig, and FILES prints what it was and is. DEB and RPM are
# the paths of a package: DEB netsvc, RPM netsvc-devel, both of version $OLD or $NEW.
root() { # SCRIPT
    local root=$BATS_TEST_TMPDIR/root
    [ "$(id -u)" -eq 0 ] || skip "another root needs root"
    mkdir -p "$root" "$BATS_TEST_TMPDIR/layer"
    printf '%s\n' 'set -eu
        mount -t tmpfs none "$2"
        mkdir "$2/upper" "$2/work"
        mount -t overlay none -o "lowerdir=/,upperdir=$2/upper,workdir=$2/work" "$1"
        mount --rbind /dev "$1/dev"
        mount -t proc none "$1/proc"
        mount -t tmpfs none "$1/run"
        mkdir "$1/run/lock" "$1/run/old" "$1/run/new" "$1/run/web01"
        mount --bind "$OLD" "$1/run/old"
        mount --bind "$NEW" "$1/run/new"
        mount --bind "$TREE/sysconfig-examples/web01" "$1/run/web01"
        exec chroot "$1" /bin/bash -c "$3"' >"$BATS_TEST_TMPDIR/enter"
    run unshare -m --propagation private sh "$BATS_TEST_TMPDIR/enter" "$root" "$BATS_TEST_TMPDIR/layer" "$PRELUDE $1"
    echo "$output"
    [ "$status" -eq 0 ]
}

PRELUDE='set -euo pipefail
    PATH=/usr/sbin:/usr/bin:/sbin:/bin
    export HOME=/run DEBIAN_FRONTEND=noninteractive
    for name in ifup ifdown ifenslave; do
        rm -f /usr/sbin/$name /sbin/$name /etc/alternatives/$name /var/lib/dpkg/alternatives/$name
    done
    # Which packages are there counts, not which files each of them has: reading these would take most of the time. Only
    # /sbin and its like must keep an owner, or they go with the first package that goes.
    [ ! -d /var/lib/dpkg/info ] || (cd /var/lib/dpkg/info && for list in *.list; do [ $list = base-files.list ] || echo /. >$list; done)
    rm -f /var/lib/man-db/auto-update
    rm -rf /etc/sysconfig /usr/sbin/netsvc /usr/bin/ifcfg-parse /etc/init.d/network /etc/rc.d
    deb() { echo /run/$1/$2_*.deb; }
    rpm_file() { echo /run/$1/$2-[0-9]*.rpm; }
    configure() { mkdir -p /etc/sysconfig; cp -a /run/web01/etc/sysconfig/. /etc/sysconfig/; }
    # Programs for plug-ins are ours; all else is the administrator'"'"'s.
    ours="network-functions ifup-eth ifdown-eth"
    untouched() { diff -r $(printf -- "-x %s " $ours) /run/web01/etc/sysconfig /etc/sysconfig; }
    ours_are() { # there|gone
        for name in $ours; do
            if [ -e /etc/sysconfig/network-scripts/$name ]; then [ $1 = there ]; else [ $1 = gone ]; fi || { echo "$name is not $1"; return 1; }
        done
    }
    link() { [ "$(readlink -f /usr/sbin/$1)" = "$2" ] || { ls -l /usr/sbin/$1 /etc/alternatives/$1; return 1; }; }
    works() { netsvc check --root /; if ifup >/dev/null 2>/run/usage; then return 1; fi; grep "^Usage: ifup" /run/usage; netsvc show bond0 | grep bond0; }
    trap "echo failed at line \$LINENO: \$BASH_COMMAND" ERR
'

# What `make install` made, by the names that packages have for it.
installed_names() { # PAGES-ASIDE...
    (cd "$INSTALLED" && find . ! -type d -printf '/%P\n') | sed -E \
        -e 's#/usr/share/bash-completion/completions/ifup$#/etc/bash_completion.d/netsvc#' \
        -e '\|/bash-completion/completions/if(down\|enslave)$|d' \
        -e 's|^/usr/sbin/(if.*)|/usr/libexec/netsvc/\1|' \
        -e "s#/($(IFS='|'; echo "$*"))\.8\$#/\1-netsvc.8#" | sort
}

@test "deb: the packages hold what make install makes, and nothing else" {
    local file
    for file in "$OLD"/*.deb; do
        dpkg-deb --fsys-tarfile "$file" | tar -t
    done | grep -v '/$' | sed -E -e 's|^\.||' -e 's|/lib/[^/]+-linux-gnu[^/]*/|/lib/|' -e '/\/man\//s|\.gz$||' \
        -e '/\/doc\/netsvc-dhcp$/d' -e 's|/doc/netsvc/copyright$|/doc/netsvc/LICENSE|' -e '/\/doc\/libifcfg.*\/copyright$/d' \
        -e '/\/changelog\.gz$/d' -e '/\/lintian\//d' -e '/^\/etc\/init\.d\//p;s|^/etc/init.d/|/etc/rc.d/init.d/|' \
        -e 's|/doc/libifcfg-dev/|/doc/netsvc/libifcfg/|' -e 's|/zsh/vendor-completions/|/zsh/site-functions/|' | sort >"$BATS_TEST_TMPDIR/packed"
    installed_names ifup ifdown ifenslave | diff - "$BATS_TEST_TMPDIR/packed"
    grep -q /usr/sbin/netsvc "$BATS_TEST_TMPDIR/packed"
    for file in "$OLD"/*.deb; do
        dpkg-deb --fsys-tarfile "$file" | tar -tv
    done | grep '^...[sS]' >"$BATS_TEST_TMPDIR/suid"
    [[ $(<"$BATS_TEST_TMPDIR/suid") == "-rwsr-xr-x root/root "*" ./usr/sbin/usernetctl" ]]
}

@test "deb: dependencies come from the programs, all of /etc is conffiles, the version is the Makefile's" {
    local file control
    file=$(echo "$OLD"/netsvc_*.deb)
    control=$BATS_TEST_TMPDIR/control
    dpkg-deb -e "$file" "$control"
    grep -qx "Version: $VERSION" "$control/control"
    for library in libc6 libglib2.0-0 libkmod2 libnl-3-200 libsystemd0; do
        grep -q "^Depends:.*$library" "$control/control"
    done
    for library in procps ethtool netsvc-dhcp; do grep -q "^Recommends:.*$library" "$control/control"; done
    diff "$control/conffiles" <(dpkg-deb --fsys-tarfile "$file" | tar -tv | awk '/^-.* \.\/etc\// { print substr($6, 2) }' | sort)
    [ -s "$control/conffiles" ]
    dpkg-deb -e "$OLD"/libifcfg0_*.deb "$control-lib"
    grep -qx "libifcfg $(sed -n 's/.*API_MAJOR //p' "$TREE/ifcfg-parser/ifcfg.h" | head -1) libifcfg0 (>= $VERSION)" "$control-lib/shlibs"
}

@test "deb: installed, upgraded, removed and purged, /etc/sysconfig stays as it was" {
    root '
        configure
        dpkg -i $(deb old netsvc) | tee /run/said
        grep -q "nothing was started" /run/said
        untouched; works; ours_are there
        for name in ifup ifdown ifenslave; do link $name /usr/sbin/netsvc; done
        [ -f /etc/init.d/network ] && [ ! -L /etc/init.d/network ] && [ ! -e /etc/rc.d/init.d ]
        mkdir -p /etc/rc.d/rc3.d
        ln -s ../init.d/network /etc/rc.d/rc3.d/S10network # a kickstart
        ln -s ../init.d/other /etc/rc.d/rc3.d/S10other
        [ "$(readlink /usr/share/man/man8/ifup.8.gz)" = /etc/alternatives/ifup.8.gz ]
        echo "# mine" >>/etc/init.d/network
        dpkg -i --force-confold $(deb new netsvc) | tee /run/said
        if grep "nothing was started" /run/said; then exit 1; fi # told once
        [ "$(dpkg-query -W -f "\${Version}" netsvc)" = 99.1 ]
        grep -q "# mine" /etc/init.d/network
        untouched; works; link ifdown /usr/sbin/netsvc
        dpkg -r netsvc
        untouched
        grep -q "# mine" /etc/init.d/network
        for name in ifup ifdown ifenslave netsvc; do [ ! -e /usr/sbin/$name ] && [ ! -L /usr/sbin/$name ]; done
        dpkg -P netsvc
        untouched; ours_are gone; [ ! -e /etc/init.d/network ]
        [ -z "$(find /etc/rc?.d /etc/rc.d -name "[SK]??network")" ]
        [ -L /etc/rc.d/rc3.d/S10other ]'
}

@test "deb: ifupdown keeps its commands beside it, whichever comes first, and gives them up when it goes" {
    root '
        mkdir -p /run/ifupdown/DEBIAN /run/ifupdown/sbin
        printf "%s\n" "Package: ifupdown" "Version: 99" "Architecture: all" "Maintainer: t <t@t>" "Description: t" >/run/ifupdown/DEBIAN/control
        for name in ifup ifdown; do printf "#!/bin/sh\necho ifupdown\n" >/run/ifupdown/sbin/$name; done
        chmod 755 /run/ifupdown/sbin/*
        dpkg-deb -b /run/ifupdown /run/ifupdown.deb
        dpkg -i /run/ifupdown.deb
        configure
        dpkg -i $(deb old netsvc)
        [ "$(ifup) $(ifdown)" = "ifupdown ifupdown" ]; link ifenslave /usr/sbin/netsvc
        dpkg -P ifupdown
        link ifup /usr/sbin/netsvc; link ifdown /usr/sbin/netsvc; works
        dpkg -i /run/ifupdown.deb
        [ "$(ifup) $(ifdown)" = "ifupdown ifupdown" ]
        dpkg -P netsvc
        [ "$(ifup) $(ifdown)" = "ifupdown ifupdown" ]
        untouched'
}

@test "deb: a program is built with libifcfg-dev, by pkg-config, against the shared and the static library" {
    root '
        configure
        dpkg -i --force-depends $(deb old netsvc) $(deb old libifcfg0) $(deb old libifcfg-dev)
        cd /run
        [ "$(pkg-config --modversion libifcfg)" = "$(dpkg-query -W -f "\${Version}" netsvc)" ]
        cc -Wall -Wextra -Werror -o shared /usr/share/doc/libifcfg-dev/list-bonds.c $(pkg-config --cflags --libs libifcfg)
        cc -Wall -Wextra -Werror -o static /usr/share/doc/libifcfg-dev/list-bonds.c \
            $(pkg-config --cflags libifcfg) -l:libifcfg.a $(pkg-config --libs glib-2.0)
        ldd shared | grep libifcfg.so
        if ldd static | grep libifcfg.so; then exit 1; fi
        ./shared >bonds
        ./static | diff bonds -
        diff bonds - <<END
bond0: active-backup (/etc/sysconfig/network-scripts/ifcfg-bond0:$(grep -n BONDING_OPTS /etc/sysconfig/network-scripts/ifcfg-bond0 | cut -d: -f1))
    port eth0 (/etc/sysconfig/network-scripts/ifcfg-eth0:$(grep -n MASTER /etc/sysconfig/network-scripts/ifcfg-eth0 | cut -d: -f1))
    port eth1 (/etc/sysconfig/network-scripts/ifcfg-eth1:$(grep -n MASTER /etc/sysconfig/network-scripts/ifcfg-eth1 | cut -d: -f1))
bond1: active-backup (/etc/sysconfig/network-scripts/ifcfg-bond1:$(grep -n BONDING_OPTS /etc/sysconfig/network-scripts/ifcfg-bond1 | cut -d: -f1))
    port eth2 (/etc/sysconfig/network-scripts/ifcfg-eth2:$(grep -n MASTER /etc/sysconfig/network-scripts/ifcfg-eth2 | cut -d: -f1))
    port eth3 (/etc/sysconfig/network-scripts/ifcfg-eth3:$(grep -n MASTER /etc/sysconfig/network-scripts/ifcfg-eth3 | cut -d: -f1))
END'
}

@test "rpm: the packages hold what make install makes, and nothing else" {
    local file
    for file in "$OLD"/*.rpm; do
        rpm -qp --qf '[%{FILEMODES:perms} %{FILENAMES}\n]' "$file"
    done | sed -E -e '/^d/d' -e 's/^[^ ]+ //' -e '/\/\.build-id\//d' -e 's|/lib64/|/lib/|' -e '/\/man\//s|\.gz$||' \
        -e 's|/usr/share/licenses/[^/]+/|/usr/share/doc/netsvc/|' | sort -u >"$BATS_TEST_TMPDIR/packed"
    # There /etc/init.d is a link to rc.d/init.d.
    installed_names ifenslave | grep -vx /etc/init.d/network | diff - "$BATS_TEST_TMPDIR/packed"
    grep -q /usr/sbin/netsvc "$BATS_TEST_TMPDIR/packed"
    for file in "$OLD"/*.rpm; do
        rpm -qp --qf '[%{FILEMODES:perms} %{FILEUSERNAME} %{FILENAMES}\n]' "$file"
    done | grep '^...[sS]' >"$BATS_TEST_TMPDIR/suid"
    [ "$(<"$BATS_TEST_TMPDIR/suid")" = "-rwsr-xr-x root /usr/sbin/usernetctl" ]
}

# A package that brings a client, under the name by which roles ask for one.
@test "netsvc-dhcp needs dhcpcd, serves those who need dhcp-client, and holds nothing" {
    local file
    file=$(echo "$OLD"/netsvc-dhcp-[0-9]*.rpm)
    [ -z "$(rpm -qpl "$file" | grep -v '^(contains no files)$')" ]
    rpm -qp --requires "$file" | grep -qx dhcpcd
    rpm -qp --provides "$file" | grep -qx dhcp-client
    rpm -qp --recommends "$OLD"/netsvc-[0-9]*.rpm | grep -qx netsvc-dhcp
    [ -e /etc/debian_version ] || return 0
    file=$(echo "$OLD"/netsvc-dhcp_*.deb)
    [[ $(dpkg-deb -f "$file" Depends) == *"netsvc (= $VERSION), dhcpcd-base" ]]
    [ "$(dpkg-deb -f "$file" Provides)" = dhcp-client ]
    [[ $(dpkg-deb -f "$OLD"/netsvc_*.deb Recommends) == *netsvc-dhcp* ]]
}

@test "deb and rpm: lintian and rpmlint find no error, lintian no warning that is not explained" {
    command -v lintian >/dev/null && command -v rpmlint >/dev/null || skip "lintian or rpmlint is not installed"
    run lintian --allow-root "$OLD"/*.deb
    echo "$output"
    [ "$(grep -vxF 'W: netsvc-dhcp: empty-binary-package' <<<"$output")" = "" ]
    run rpmlint -c "$TREE/units/rpmlintrc.toml" "$OLD"/*.rpm
    echo "$output"
    [[ $output == *" 0 errors, "* ]]
}

@test "deb: the source package holds the tree, and the rules that build it" {
    make_in_tree deb-source PACKAGES="$BATS_TEST_TMPDIR/source"
    cd "$BATS_TEST_TMPDIR/source"
    dpkg-source --no-check -x "netsvc_$VERSION.dsc" unpacked >/dev/null
    diff -r --exclude=debian --exclude=netsvc.spec --exclude=build --exclude='build-*' --exclude='.*' "$TREE" unpacked
    (cd unpacked && [ "$(dpkg-parsechangelog -S Version)" = "$VERSION" ] && make -n -f debian/rules binary | grep -q "make deb\|units/debian/make-deb")
}

@test "bash: ifup, ifdown and ifenslave of the package complete as netsvc's, another package's do not" {
    root '
        dpkg -i --force-depends $(deb old netsvc)
        cat >/run/complete <<END
. /etc/bash_completion.d/netsvc
for name in ifup ifdown ifenslave; do complete -p \$name && _netsvc_aside; [ \$? -eq 124 ] && complete -p \$name; done
END
        bash /run/complete >/run/said
        diff /run/said - <<END
complete -F _netsvc_aside ifup
complete -F _netsvc_ifupdown ifup
complete -F _netsvc_ifupdown ifdown
complete -F _netsvc_ifupdown ifdown
complete -F _netsvc_ifenslave ifenslave
complete -F _netsvc_ifenslave ifenslave
END
        rm /usr/sbin/ifup; cp /bin/true /usr/sbin/ifup
        if bash -c ". /etc/bash_completion.d/netsvc; complete -p ifup"; then exit 1; fi
        [ -e /usr/share/zsh/vendor-completions/_netsvc ] && [ -L /usr/share/bash-completion/completions/ifcfg-parse ]'
}

@test "rpm: it serves those who need network-scripts or /sbin/ifup, and the version is the Makefile's" {
    local netsvc devel
    netsvc=$(echo "$OLD"/netsvc-[0-9]*.rpm) devel=$(echo "$OLD"/libifcfg-devel-*.rpm)
    [ "$(rpm -qp --qf '%{VERSION}' "$netsvc")" = "$VERSION" ]
    for name in "network-scripts = 10.26" /sbin/ifup /sbin/ifdown /usr/sbin/ifup /usr/sbin/ifdown "netsvc = $VERSION-1"; do
        rpm -qp --provides "$netsvc" | grep -qE "^$name( |\$|\.)"
    done
    rpm -qp --conflicts "$netsvc" | grep -qx network-scripts
    rpm -qp --requires "$netsvc" | grep -q '^/usr/sbin/update-alternatives$'
    rpm -qp --requires "$netsvc" | grep -q '^libnl-3.so.200'
    rpm -qp --requires "$devel" | grep -q '^libifcfg0(.*) = '
    rpm -qp --provides "$devel" | grep -qx "pkgconfig(libifcfg) = $VERSION"
    # Nothing of the administrator's is in it.
    rpm -qpl "$netsvc" | grep '^/etc/sysconfig' | diff - <(printf '/etc/sysconfig/network-scripts%s\n' '' /ifdown-eth /ifup-eth /network-functions)
}

# Debian's update-alternatives stands in for Red Hat's, which knows --initscript besides; what it was told is kept.
ALTERNATIVES='
    rpm -qa >/dev/null
    if ! update-alternatives --help 2>&1 | grep -q initscript; then
        mv /usr/bin/update-alternatives /usr/bin/debian-alternatives
        printf "%s\n" "#!/bin/sh" "echo \"\$*\" >>/run/alternatives" "exec debian-alternatives \$(echo \"\$*\" | sed \"s/--initscript [^ ]*//\")" >/usr/bin/update-alternatives
        chmod 755 /usr/bin/update-alternatives
    fi
    rm -rf /etc/init.d; mkdir -p /etc/rc.d/init.d; ln -s rc.d/init.d /etc/init.d
'

@test "rpm: installed, upgraded and removed, /etc/sysconfig stays as it was" {
    root "$ALTERNATIVES"'
        configure
        rpm -i --nodeps $(rpm_file old netsvc) | tee /run/said
        grep -q "nothing was started" /run/said
        mkdir -p /etc/rc3.d /etc/rc.d/rc3.d /var/lib/netsvc
        ln -s ../init.d/network /etc/rc.d/rc3.d/S10network # a kickstart
        ln -sf ../init.d/network /etc/rc3.d/K90network
        touch /var/lib/netsvc/history
        untouched; works; ours_are there
        for name in ifup ifdown ifenslave; do link $name /usr/sbin/netsvc; done
        [ -f /etc/init.d/network ] && [ ! -L /etc/rc.d/init.d/network ]
        rpm -V --nodeps netsvc
        rpm -U --nodeps $(rpm_file new netsvc)
        [ "$(rpm -q --qf "%{VERSION}" netsvc)" = 99.1 ]
        [ -e /var/lib/netsvc/history ] && [ -L /etc/rc.d/rc3.d/S10network ]
        untouched; works; link ifdown /usr/sbin/netsvc
        rpm -e netsvc
        untouched; ours_are gone
        for name in ifup ifdown ifenslave netsvc; do [ ! -e /usr/sbin/$name ] && [ ! -L /usr/sbin/$name ]; done
        [ ! -e /usr/libexec/netsvc ] && [ ! -e /usr/share/doc/netsvc ]
        [ -z "$(find /usr /etc /var/lib -xdev -name "*netsvc*" -o -xdev -name "network.service*" -o -xdev -name "[SK]??network")" ]'
}

@test "rpm: it wins over NetworkManager's ifup, leaves it behind, and never takes iputils' ifenslave" {
    root "$ALTERNATIVES"'
        mkdir -p /usr/libexec
        for name in ifup ifdown; do printf "#!/bin/sh\necho NetworkManager\n" >/usr/libexec/nm-$name; chmod 755 /usr/libexec/nm-$name; done
        update-alternatives --install /usr/sbin/ifup ifup /usr/libexec/nm-ifup 50 --slave /usr/sbin/ifdown ifdown /usr/libexec/nm-ifdown
        printf "#!/bin/sh\necho iputils\n" >/usr/sbin/ifenslave; chmod 755 /usr/sbin/ifenslave
        configure
        rpm -i --nodeps $(rpm_file old netsvc)
        link ifup /usr/sbin/netsvc; link ifdown /usr/sbin/netsvc
        [ "$(ifenslave)" = iputils ]
        [ ! -e /run/alternatives ] || grep -e "--install /usr/sbin/ifup ifup .* 90 .*--initscript network" /run/alternatives
        rpm -e netsvc
        [ "$(ifup) $(ifdown) $(ifenslave)" = "NetworkManager NetworkManager iputils" ]
        untouched'
}

@test "libifcfg exports what its headers declare, and each of them can be included alone" {
    local header
    for header in "$INSTALLED"/usr/include/ifcfg/*.h; do
        echo "#include \"$header\"" | cc -std=c11 -Wall -Wextra -Werror -fsyntax-only -x c - $(pkg-config --cflags glib-2.0)
    done
    nm -D --defined-only "$INSTALLED"/usr/lib/libifcfg.so.[0-9]* | awk '$2 == "T" { sub(/@.*/, "", $3); print $3 }' | sort >"$BATS_TEST_TMPDIR/exported"
    # Comments gone, what stands before an opening parenthesis is a function.
    cat "$INSTALLED"/usr/include/ifcfg/*.h | cc -fpreprocessed -dD -E -P -x c - 2>/dev/null |
        grep -oE '\b(ifcfg|link)_[a-z0-9_]+\(' | tr -d '(' | sort -u | diff - "$BATS_TEST_TMPDIR/exported"
    grep -qx ifcfg_dir_load "$BATS_TEST_TMPDIR/exported"
    # All of them by the number that is also the library's.
    local major
    major=$(sed -n 's/^#define IFCFG_API_MAJOR //p' "$INSTALLED/usr/include/ifcfg/ifcfg.h")
    [ "$(nm -D --defined-only "$INSTALLED"/usr/lib/libifcfg.so | grep -c "@@LIBIFCFG_$major$")" -ge "$(wc -l <"$BATS_TEST_TMPDIR/exported")" ]
    objdump -p "$INSTALLED"/usr/lib/libifcfg.so | grep -q "SONAME *libifcfg.so.$major$"
}

@test "libifcfg: the examples are built by pkg-config against what make install made, on any system" {
    local pc=$BATS_TEST_TMPDIR/libifcfg.pc
    sed "s|=/usr|=$INSTALLED/usr|" "$INSTALLED/usr/lib/pkgconfig/libifcfg.pc" >"$pc"
    cc -Wall -Wextra -Werror -o "$BATS_TEST_TMPDIR/list-bonds" "$INSTALLED/usr/share/doc/netsvc/libifcfg/list-bonds.c" \
        $(PKG_CONFIG_PATH=$BATS_TEST_TMPDIR pkg-config --cflags --libs libifcfg)
    LD_LIBRARY_PATH=$INSTALLED/usr/lib run "$BATS_TEST_TMPDIR/list-bonds" "$TREE/sysconfig-examples/web01"
    echo "$output"
    [ "$status" -eq 0 ]
    [ "$(grep -c '^bond[01]: active-backup (.*/ifcfg-bond[01]:[0-9]*)$' <<<"$output")" -eq 2 ]
    [ "$(grep -c '^    port eth[0-3] (.*/ifcfg-eth[0-3]:[0-9]*)$' <<<"$output")" -eq 4 ]
    cc -Wall -Wextra -Werror -o "$BATS_TEST_TMPDIR/set-key" "$INSTALLED/usr/share/doc/netsvc/libifcfg/set-key.c" \
        $(PKG_CONFIG_PATH=$BATS_TEST_TMPDIR pkg-config --cflags --libs libifcfg)
    printf '# mine\nexport MTU=1500 # why\nGONE=1\n' >"$BATS_TEST_TMPDIR/ifcfg-a"
    LD_LIBRARY_PATH=$INSTALLED/usr/lib "$BATS_TEST_TMPDIR/set-key" "$BATS_TEST_TMPDIR/ifcfg-a" MTU=9000 GONE 'NAME=a $b'
    diff - "$BATS_TEST_TMPDIR/ifcfg-a" <<<$'# mine\nexport MTU=9000 # why\nNAME=\'a $b\''
}

@test "the source archive holds every file of the tree, with the version written into the specification" {
    make_in_tree dist PACKAGES="$BATS_TEST_TMPDIR/dist"
    tar -tzf "$BATS_TEST_TMPDIR/dist/netsvc-$VERSION.tar.gz" | grep -v '/$' | sed "s|^netsvc-$VERSION/||" | sort >"$BATS_TEST_TMPDIR/archived"
    for part in Makefile README.md LICENSE netsvc.spec units/package.mk init.d/network; do
        grep -qx "$part" "$BATS_TEST_TMPDIR/archived"
    done
    (cd "$TREE" && find ifcfg-parser netsvc tests -type f | sort) | comm -23 - "$BATS_TEST_TMPDIR/archived" | diff - /dev/null
    tar -xzOf "$BATS_TEST_TMPDIR/dist/netsvc-$VERSION.tar.gz" "netsvc-$VERSION/netsvc.spec" | head -1 | grep -qx "%global netsvc_version $VERSION"
}
