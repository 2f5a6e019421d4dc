# The commands that read files only: help, check, show and plan, always with --root on a tree of their own.

bats_require_minimum_version 1.5.0

load sandbox.bash

setup() {
    root_make
    echo NETWORKING=yes >"$ROOT/etc/sysconfig/network"
    printf 'DEVICE=lo\nIPADDR=127.0.0.1\nNETMASK=255.0.0.0\nONBOOT=yes\n' >"$SCRIPTS/ifcfg-lo"
}

# The two bonds of a web server.
put_bonds() {
    local n
    for n in 0 1; do
        printf '%s\n' DEVICE=bond$n BOOTPROTO=none ONBOOT=yes IPADDR=10.0.1$n.2 NETMASK=255.255.255.0 \
            "BONDING_OPTS=\"mode=1 primary=eth$((2 * n)) miimon=100 updelay=5000\"" | put ifcfg-bond$n
    done
    for n in 0 1 2 3; do
        printf '%s\n' DEVICE=eth$n MASTER=bond$((n / 2)) SLAVE=yes | put ifcfg-eth$n
    done
}

query() { # FILTER: true of the JSON in $out
    jq -e "$1" <<<"$out" >/dev/null || { echo "not true: $1"; echo "$out"; false; }
}

@test "without a command: usage on stderr, exit 2" {
    split "$NETSVC"
    [ "$status" -eq 2 ]
    [ -z "$out" ]
    [[ $err == "Usage: netsvc COMMAND"* ]]
}

@test "an unknown command is named, exit 2" {
    split "$NETSVC" frobnicate
    [ "$status" -eq 2 ]
    [[ $err == *'unknown command "frobnicate"'* ]]
    [[ $err != *'did you mean'* ]]
    split "$NETSVC" restrat
    [ "$status" -eq 2 ]
    [[ $err == *'unknown command "restrat", did you mean restart?'* ]]
}

@test "help of a single key and of a single option, whatever they belong to" {
    split "$NETSVC" help IPADDR2
    [ "$status" -eq 0 ]
    [[ $out == *'IPADDR[n]'* ]]
    split "$NETSVC" help prio
    [[ $out == *'bonding: prio'* ]]
    split "$NETSVC" help ageing_time
    [[ $out == *': ageing_time'*'a key of its own in the file: AGEING'* ]]
    split "$NETSVC" help nosuchthing
    [ "$status" -eq 2 ]
    [[ $err == *'no help about "nosuchthing"'* ]]
    for words in miimom/miimon IPADR/IPADDR bondng/bonding path_csot/path_cost plann/plan; do
        split "$NETSVC" help "${words%/*}"
        [ "$status" -eq 2 ]
        [[ $err == *"did you mean ${words#*/}?" ]]
    done
}

@test "an unknown option is named, exit 2" {
    split "$NETSVC" check --rot /
    [ "$status" -eq 2 ]
    [ "$err" = 'netsvc: unknown option --rot, did you mean --root?' ]
}

@test "an option that a command does not take is refused, not ignored" {
    for words in "start --root $ROOT" "stop --root $ROOT" "up bond0 --root $ROOT" "start --json" "show --strict" "show --tsv"; do
        split "$NETSVC" $words
        [ "$status" -eq 2 ]
        [[ $err == *" takes no --"* ]]
    done
}

@test "--root of a folder that is not there: exit 2" {
    split "$NETSVC" check --root "$ROOT/nowhere"
    [ "$status" -eq 2 ]
    [[ $err == *"$ROOT/nowhere: no such directory"* ]]
}

@test "help explains every command that the overview lists" {
    split "$NETSVC" --help
    [ "$status" -eq 0 ]
    commands=$(sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p' <<<"$out")
    [ "$(wc -w <<<"$commands")" -ge 11 ]
    for command in $commands; do
        split "$NETSVC" help "$command"
        [ "$status" -eq 0 ]
        [[ $out == "Usage: netsvc $command"* ]]
        "$NETSVC" "$command" --help | diff - "$BATS_TEST_TMPDIR/out"
    done
    split "$NETSVC" help nonsense
    [ "$status" -eq 2 ]
}

@test "--version and --help of every program, by whatever name netsvc is called" {
    cp "$BUILD/ifcfg-parse" "$BUILD/usernetctl" "$BATS_TEST_TMPDIR/"
    for name in netsvc ifup ifdown ifenslave netsvc-rename ifcfg-parse usernetctl; do
        [ -e "$BATS_TEST_TMPDIR/$name" ] || ln -s "$NETSVC" "$BATS_TEST_TMPDIR/$name"
        split "$BATS_TEST_TMPDIR/$name" --version
        [ "$status" -eq 0 ]
        [[ $out =~ ^$name( of netsvc)?\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
        [ -z "$err" ]
        split "$BATS_TEST_TMPDIR/$name" --help
        [ "$status" -eq 0 ]
        [[ $out == [Uu]sage:*"$name "* ]]
        [ -z "$err" ]
    done
    for name in ifup ifdown ifenslave netsvc; do
        [ "$("$BATS_TEST_TMPDIR/$name" -h)" = "$("$BATS_TEST_TMPDIR/$name" --help)" ]
    done
}

@test "help bonding has a row for every option that BONDING_OPTS takes" {
    "$NETSVC" help --tsv bonding >"$BATS_TEST_TMPDIR/tsv"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/tsv")" -ge 30 ]
    awk -F'\t' 'NF != 6 { exit 1 } { for (i = 1; i <= NF; i++) if ($i == "") exit 1 }' "$BATS_TEST_TMPDIR/tsv"
    for option in mode miimon primary updelay arp_interval arp_ip_target lacp_rate; do
        cut -f1 "$BATS_TEST_TMPDIR/tsv" | grep -qx "$option"
    done
    "$NETSVC" help bonding | grep -q '^primary$'
}

@test "help keys has a row for every key" {
    "$NETSVC" help --tsv keys >"$BATS_TEST_TMPDIR/tsv"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/tsv")" -ge 150 ]
    awk -F'\t' 'NF != 6 { exit 1 } $1 == "" || $3 == "" || $4 == "" || $6 == "" { exit 1 }' "$BATS_TEST_TMPDIR/tsv"
    grep -qP '^BONDING_OPTS\t' "$BATS_TEST_TMPDIR/tsv"
    # with a number only, and with one elsewhere too
    grep -qP '^DNS\[n\]\t[^\t]*\tused\tifcfg,network\t' "$BATS_TEST_TMPDIR/tsv"
    grep -qP '^GATEWAY\[n\]\t[^\t]*\tused\tifcfg,network,route\t' "$BATS_TEST_TMPDIR/tsv"
}

@test "help keys shows the keys that have an effect, no line wider than 80 columns; --all the others too; a key says all of itself" {
    for topic in '' keys 'keys --all' bonding bridging vlan IPADDR miimon plan status help; do
        run "$NETSVC" help $topic
        [ "$status" -eq 0 ]
        [ "${#lines[@]}" -ge 2 ]
        [ -z "$(grep -v ^Usage <<<"$output" | grep -E '.{81}')" ]
    done
    "$NETSVC" help keys >"$BATS_TEST_TMPDIR/keys"
    "$NETSVC" help --tsv keys | awk -F'\t' '$3 == "used" { print $1 }' | sort >"$BATS_TEST_TMPDIR/used"
    sed 's/ .*//' "$BATS_TEST_TMPDIR/keys" | grep -E '^[A-Z][A-Z0-9_*]+(\[n\])?$' | grep -vx DHCP | sort | diff - "$BATS_TEST_TMPDIR/used"
    "$NETSVC" help keys --all | grep -E '^PROMISC +\(obsolete\) No effect since'
    "$NETSVC" help miimon | grep -x '    default: 0; since Linux 2.6.16'
    "$NETSVC" help lacp_rate | grep -x '    only in mode 802.3ad'
    "$NETSVC" help BOOTPROTO | grep -F '    value: none, static, dhcp'
}

@test "help is no wider than the terminal, and long lists go through the pager" {
    script -qec "stty cols 60; PAGER='$BATS_TEST_TMPDIR/pager' '$NETSVC' help plan" /dev/null | tr -d '\r' >"$BATS_TEST_TMPDIR/out"
    grep -q . "$BATS_TEST_TMPDIR/out"
    run ! grep -E '.{61}' "$BATS_TEST_TMPDIR/out"
    printf '#!/bin/sh\nsed "s/^/PAGED /"\n' >"$BATS_TEST_TMPDIR/pager"
    chmod +x "$BATS_TEST_TMPDIR/pager"
    script -qec "stty cols 60; PAGER='$BATS_TEST_TMPDIR/pager' '$NETSVC' help keys" /dev/null | tr -d '\r' >"$BATS_TEST_TMPDIR/out"
    grep -q '^PAGED IPADDR' "$BATS_TEST_TMPDIR/out"
    run ! grep -E '.{67}' "$BATS_TEST_TMPDIR/out"
}

@test "help keys shows the keys under headings, each once" {
    "$NETSVC" help keys --all >"$BATS_TEST_TMPDIR/keys"
    "$NETSVC" help --tsv keys | cut -f6 | sort -u >"$BATS_TEST_TMPDIR/headings"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/headings")" -ge 15 ]
    while read -r heading; do grep -qx "$heading" "$BATS_TEST_TMPDIR/keys"; done <"$BATS_TEST_TMPDIR/headings"
    [ "$(grep -c "^[A-Z]\w\w*[*]*\(\[n\]\)* " "$BATS_TEST_TMPDIR/keys")" -ge "$("$NETSVC" help --tsv keys | wc -l)" ]
    [ "$(sed -n '/^Bonds$/,/^$/p' "$BATS_TEST_TMPDIR/keys" | grep -c '^MASTER ')" -eq 1 ]
    [ "$(grep -c '^MASTER ' "$BATS_TEST_TMPDIR/keys")" -eq 1 ]
}

@test "check notes what has no effect here and why, and counts it neither as error nor as warning" {
    put_bonds
    printf '%s\n' UUID=1 PROXY_METHOD=none PROMISC=yes >>"$ROOT/etc/sysconfig/network-scripts/ifcfg-bond0"
    split "$NETSVC" check --strict --root "$ROOT"
    [ "$status" -eq 0 ]
    [ -z "$out" ]
    grep -q ': note: PROXY_METHOD: for other programs and for people, no effect here$' <<<"$err"
    grep -q ': note: PROMISC: no effect on any current system' <<<"$err"
    [ "$(tail -n1 <<<"$err")" = "0 errors, 0 warnings" ]
}

@test "check has nothing to say about a good configuration" {
    put_bonds
    split "$NETSVC" check --root "$ROOT"
    [ "$status" -eq 0 ]
    [ -z "$out" ]
    [ "$err" = "0 errors, 0 warnings" ]
}

@test "check prints problems as compilers do, and exits with 1" {
    put_bonds
    printf 'DEVICE=eth9\nIPADDR=10.0.0.300\n  ONBOT=yes\n' | put ifcfg-eth9
    split "$NETSVC" check --root "$ROOT"
    [ "$status" -eq 1 ]
    [[ $out == *"$SCRIPTS/ifcfg-eth9:2:"*": error: "* ]]
    [[ $out == *"$SCRIPTS/ifcfg-eth9:3:3: warning: "*ONBOOT* ]]
    [ -z "$(grep -vE '^/[^:]+(:[0-9]+){0,2}: (error|warning): .' <<<"$out")" ]
    [[ $err =~ ^[1-9][0-9]*\ errors?,\ [1-9][0-9]*\ warnings?$ ]]
}

@test "check with names looks at these only" {
    put_bonds
    printf 'DEVICE=eth9\nIPADDR=10.0.0.300\n' | put ifcfg-eth9
    split "$NETSVC" check --root "$ROOT" bond0 ifcfg-eth0
    [ "$status" -eq 0 ]
    [ -z "$out" ]
    split "$NETSVC" check --root "$ROOT" eth9
    [ "$status" -eq 1 ]
    split "$NETSVC" check --root "$ROOT" eth77
    [ "$status" -eq 2 ]
    [[ $err == *eth77* ]]
}

# What is no small regular text file, in the place of each kind of file: named, never waited for, and the rest counts.
@test "a device, FIFO, directory, link loop, NUL, long line or huge file is an error that names it, whatever file it stands for" {
    local kind name path expected=0 kinds=(fifo folder loop nul line huge)
    printf 'DEVICE=eth0\nIPADDR=10.0.0.1\nPREFIX=24\n' | put ifcfg-eth0
    mkdir -p "$ROOT/etc/modprobe.d" "$ROOT/etc/iproute2"
    mkdir "$ROOT/dev"
    ! mknod "$ROOT/dev/zero" c 1 5 2>/dev/null || kinds+=(device) # only root can make one
    for kind in "${kinds[@]}"; do
        for name in ifcfg-x$kind route-$kind route6-$kind rule-$kind rule6-$kind keys-$kind ../../modprobe.d/$kind.conf; do
            path=$SCRIPTS/$name
            case $name in route* | rule* | keys*) printf 'DEVICE=%s\n' $kind | put ifcfg-$kind ;; esac
            case $kind in
            device) ln -s /dev/zero "$path" ;;
            fifo) mkfifo "$path" ;;
            folder) mkdir "$path" ;;
            loop) ln -s "${name##*/}" "$path" ;;
            nul) printf 'A=b\n\0\n' >"$path" ;;
            line) { printf 'A='; head -c 70000 /dev/zero | tr '\0' x; } >"$path" ;;
            huge) yes '# remark' | head -c 1100000 >"$path" ;;
            esac
            expected=$((expected + 1))
        done
    done
    split timeout 300 "$NETSVC" check --root "$ROOT"
    [ "$status" -eq 1 ]
    [ "$(grep -c ': error: ' <<<"$out")" -eq "$expected" ]
    for name in network-scripts/{ifcfg-x,route-,route6-,rule-,rule6-,keys-} modprobe.d/; do
        [[ ${kinds[*]} != *device* ]] || grep -qE "/${name}device(\.conf)?: error: this is a device, not read" <<<"$out"
        grep -qE "/${name}fifo(\.conf)?: error: this is a FIFO, not read" <<<"$out"
        grep -qE "/${name}folder(\.conf)?: error: this is a directory, not read" <<<"$out"
        grep -qE "/${name}loop(\.conf)?: error: Too many levels of symbolic links" <<<"$out"
        grep -qE "/${name}nul(\.conf)?: error: the file contains NUL bytes" <<<"$out"
        grep -qE "/${name}line(\.conf)?: error: line 1 is over 64 KiB" <<<"$out"
        grep -qE "/${name}huge(\.conf)?: error: the file is over 1 MiB" <<<"$out"
    done
    split timeout 300 "$NETSVC" show --root "$ROOT" eth0 --json
    [ "$status" -eq 0 ]
    query '.interfaces[0].addresses == ["10.0.0.1/24"]'
    rm "$ROOT/etc/sysconfig/network"
    mkfifo "$ROOT/etc/sysconfig/network"
    split timeout 300 "$NETSVC" check --root "$ROOT"
    [[ $out == *"/etc/sysconfig/network: error: this is a FIFO, not read"* ]]
}

@test "a file that others can write is read, with a warning that says how to mend it" {
    printf 'DEVICE=eth0\nIPADDR=10.0.0.1\nPREFIX=24\n' | put ifcfg-eth0
    chmod o+w "$SCRIPTS/ifcfg-eth0"
    split "$NETSVC" check --root "$ROOT"
    [ "$status" -eq 0 ]
    [ "$out" = "$SCRIPTS/ifcfg-eth0: warning: others than root can write this file; run: chown root:root $SCRIPTS/ifcfg-eth0 && chmod go-w $SCRIPTS/ifcfg-eth0" ]
}

@test "check warnings alone do not make it fail" {
    printf 'DEVICE=eth9\nIPADDR=10.0.0.3\nPREFIX=24\nNOSUCHKEY=1\n' | put ifcfg-eth9
    split "$NETSVC" check --root "$ROOT"
    [ "$status" -eq 0 ]
    [[ $out == *"ifcfg-eth9:4:1: warning: "*NOSUCHKEY* ]]
}

@test "show --json resolves two bonds with their ports" {
    put_bonds
    split "$NETSVC" show --json --root "$ROOT"
    [ "$status" -eq 0 ]
    query '.problems == []'
    query '[.interfaces[].name] == ["lo", "bond0", "bond1", "eth0", "eth1", "eth2", "eth3"]'
    query '.interfaces[1] | .type == "bond" and .onboot == true and .bootproto == "none" and .addresses == ["10.0.10.2/24"]'
    query '.interfaces[1].bond.options | .mode == "active-backup" and .primary == "eth0" and .miimon == "100" and .updelay == "5000"'
    query '.interfaces[2].bond.ports == ["eth2", "eth3"]'
    query '.interfaces[3] | .master == "bond0" and .addresses == [] and (has("bond") | not)'
    query ".interfaces[1].file == \"$SCRIPTS/ifcfg-bond0\""
}

@test "show --json has the place of each option, port and address" {
    "$NETSVC" show --json --root "$TREE/sysconfig-examples/web01" bond1 >"$BATS_TEST_TMPDIR/json"
    jq -e '.interfaces[0].values | length == 7 and all(.line > 0 and .column > 0) and
        any(.label == "option" and .value == "primary=eth2" and (.file | endswith("/ifcfg-bond1")) and .line == 7) and
        any(.label == "port" and .value == "eth3" and (.file | endswith("/ifcfg-eth3")) and .line == 3) and
        any(.label == "address" and .value == "172.16.11.2/24" and .line == 5)' "$BATS_TEST_TMPDIR/json"
}

@test "show --json has link settings, gateway, routes, rules and problems" {
    put ifcfg-eth0 <<-END
	DEVICE=eth0
	IPADDR=192.0.2.10
	PREFIX=24
	GATEWAY=192.0.2.1
	MTU=1400
	MACADDR=02:00:00:00:00:0A
	NOSUCHKEY=1
	END
    echo "198.51.100.0/24 via 192.0.2.2 metric 50 table 100" | put route-eth0
    echo "from 192.0.2.0/24 table 100 priority 77" | put rule-eth0
    split "$NETSVC" show eth0 --json --root "$ROOT"
    [ "$status" -eq 0 ]
    query '.interfaces | length == 1'
    query '.interfaces[0] | .gateway == "192.0.2.1" and .mtu == 1400 and .macaddr == "02:00:00:00:00:0a"'
    query '.interfaces[0].routes | any(.to == "default" and .via == "192.0.2.1")'
    query '.interfaces[0].routes | any(.to == "198.51.100.0/24" and .via == "192.0.2.2" and .dev == "eth0" and .metric == 50 and .table == 100)'
    query '.interfaces[0].rules | any(.from == "192.0.2.0/24" and .table == 100 and .priority == 77)'
    query '.problems | any(.line == 7 and .column == 1 and .severity == "warning" and (.message | contains("NOSUCHKEY")))'
}

@test "show --json is valid whatever bytes the files hold" {
    printf 'DEVICE=eth0\nIPADDR=10.0.0.1\nPREFIX=24\nTYPE="\xff\xfe\x01"\nBOOTPROTO="\xc3"\n' | put ifcfg-eth0
    "$NETSVC" show --json --root "$ROOT" >"$BATS_TEST_TMPDIR/json"
    jq -e '.interfaces | length == 2' "$BATS_TEST_TMPDIR/json"
    iconv -f UTF-8 -t UTF-8 "$BATS_TEST_TMPDIR/json" >/dev/null
}

@test "show gives each value with the line it comes from" {
    put_bonds
    split "$NETSVC" show bond0 --root "$ROOT"
    [ "$status" -eq 0 ]
    grep -qE '^    address +10\.0\.10\.2/24 +ifcfg-bond0:4$' <<<"$out"
    grep -qE '^    option +mode=active-backup +ifcfg-bond0:6$' <<<"$out"
    grep -qE '^    port +eth1 +ifcfg-eth1:2$' <<<"$out"
    [ -z "$(grep '^bond1' <<<"$out")" ]
}

@test "show of an unknown interface: exit 1" {
    split "$NETSVC" show bond7 --root "$ROOT"
    [ "$status" -eq 1 ]
    [ -z "$out" ]
    [[ $err == *bond7* ]]
}

@test "plan start goes bond by bond, in configuration order, and touches nothing" {
    put_bonds
    before=$(cd "$ROOT" && find . -type f -exec cksum {} + | sort)
    split "$NETSVC" plan start --root "$ROOT"
    [ "$status" -eq 0 ]
    [ "$(grep -oE 'Setting network parameters|Bringing up (loopback )?interface[ a-z0-9]*' <<<"$out" | paste -sd,)" = \
        "Setting network parameters,Bringing up loopback interface,Bringing up interface bond0,Bringing up interface bond1" ]
    [ "$(cd "$ROOT" && find . -type f -exec cksum {} + | sort)" = "$before" ]
}

@test "plan --json: groups with titles and operations, each with its place" {
    put_bonds
    split "$NETSVC" plan start --json --root "$ROOT"
    [ "$status" -eq 0 ]
    query '[.groups[] | .title] == ["Setting network parameters: ", "Bringing up loopback interface: ", "Bringing up interface bond0: ", "Bringing up interface bond1: "]'
    query '.groups[2].operations | any(.op == "link-add" and .dev == "bond0" and .line > 0)'
    query '[.groups[2].operations[] | select(.op == "port-add") | .dev] == ["eth0", "eth1"]'
}

@test "plan up NAME plans that interface alone" {
    put_bonds
    split "$NETSVC" plan up bond1 --json --root "$ROOT"
    [ "$status" -eq 0 ]
    query '[.groups[].operations[].dev] | length > 0 and all(. != "bond0" and . != "eth0")'
}

@test "plan up and plan reload of several interfaces plan these, and of one that is unknown nothing" {
    put_bonds
    split "$NETSVC" plan up bond0 bond1 --json --root "$ROOT"
    [ "$status" -eq 0 ]
    query '[.groups[].dev] | contains(["bond0", "bond1"])'
    split "$NETSVC" plan reload bond1 --json --root "$ROOT"
    [ "$status" -eq 0 ]
    query '[.groups[].dev] == ["bond1"]'
    split "$NETSVC" plan up bond0 bond7 --root "$ROOT"
    [ "$status" -eq 1 ]
    [ -z "$out" ]
    [[ $err == *bond7* ]]
}

@test "plan --exit-code: 0 without it, 10 for what interrupts nothing, 1 for an interface that fails" {
    put_bonds
    split "$NETSVC" plan start --root "$ROOT"
    [ "$status" -eq 0 ]
    [ "$(tail -1 <<<"$out")" = "Nothing would be interrupted." ]
    split "$NETSVC" plan start --exit-code --root "$ROOT"
    [ "$status" -eq 10 ]
    split "$NETSVC" plan stop --exit-code --root "$ROOT"
    [ "$status" -eq 0 ]
    [ "$(tail -1 <<<"$out")" = "Nothing would change." ]
    printf 'DEVICE=bond0\nTYPE=Infiniband\n' | put ifcfg-bond0
    split "$NETSVC" plan start --exit-code --json --root "$ROOT"
    [ "$status" -eq 1 ]
    query '.changes and .interrupts == [] and .left == []'
}

@test "a plan for another tree gives rules the priorities that a kernel gives, below its own" {
    printf '%s\n' DEVICE=eth0 IPADDR=10.0.0.2 PREFIX=24 | put ifcfg-eth0
    printf '%s\n' 'from 10.2.0.0/16 table 8' 'from 10.3.0.0/16 table 9' | put rule-eth0
    split "$NETSVC" plan start --root "$ROOT"
    grep -qxF '  eth0: add rule -4 priority 32765 from 10.2.0.0/16 table 8' <<<"$out"
    grep -qxF '  eth0: add rule -4 priority 32764 from 10.3.0.0/16 table 9' <<<"$out"
}

@test "plan with wrong words: exit 2" {
    put_bonds
    for words in "" "fly" "up" "start bond0" "stop bond0"; do
        split "$NETSVC" plan $words --root "$ROOT"
        [ "$status" -eq 2 ]
        [ -z "$out" ]
        [ -n "$err" ]
    done
}

@test "plan of an unknown interface: exit 1" {
    split "$NETSVC" plan up bond7 --root "$ROOT"
    [ "$status" -eq 1 ]
    [[ $err == *bond7* ]]
}

@test "the examples are free of errors, and can be planned" {
    count=0
    for example in "$TREE"/sysconfig-examples/*/; do
        [ -d "$example" ] || continue
        count=$((count + 1))
        grep -qF "\`$(basename "$example")\`" "$TREE/README.md"
        split "$NETSVC" check --root "$example"
        [ "$status" -eq 0 ]
        [ -z "$out" ]
        split "$NETSVC" plan start --json --root "$example"
        [ "$status" -eq 0 ]
        query '.groups | length >= 3 and all(has("failed") | not)'
    done
    [ "$count" -gt 0 ]
}
