#!/usr/bin/env bats
# Every case of tests/cases/ on the real kernel: what check says, what the run prints, the state after it, and that a second run has
# nothing to do. README.md there says how they are written.

bats_require_minimum_version 1.5.0
load fresh.bash

# Nothing in here ends by a failing command: what is wrong is printed, and the next thing is looked at.

sections() { # FILE: each into STEP.NAME of an empty folder, slashes as %
    rm -rf "$BATS_TEST_TMPDIR/case"
    mkdir "$BATS_TEST_TMPDIR/case"
    awk -v folder="$BATS_TEST_TMPDIR/case" '
        BEGIN { step = 0 }
        /^== .* ==$/ {
            name = substr($0, 4, length($0) - 6)
            if (name == "again") { step++; name = "" }
            gsub("/", "%", name)
            out = folder "/" step "." name
            printf "" >out
            next
        }
        out { print >out }' "$1"
}
section() { # STEP NAME: its body, on one line where it has one
    cat "$BATS_TEST_TMPDIR/case/$1.$2" 2>/dev/null
}
has_section() {
    [ -e "$BATS_TEST_TMPDIR/case/$1.$2" ]
}
files_write() { # STEP
    local file name
    for file in "$BATS_TEST_TMPDIR/case/$1".*; do
        name=${file##*/"$1".}
        name=${name//%//}
        case $name in
        kernel | run | problems | plan | says | state | resolv.conf | only | '') ;;
        *) if [ -s "$file" ]; then lab_file "$name" <"$file"; else web01 rm "$(case $name in /*) ;; *) echo /etc/sysconfig/network-scripts/ ;; esac)$name"; fi ;;
        esac
    done
}
kernel_change() { # STEP
    local line where
    while read -r line; do
        where=${line%% *}
        case $line in
        @*) ip -n "${where#@}" ${line#* } ;;
        *) ip -n web01 $line ;;
        esac || echo "ip $line: refused"
    done < <(section "$1" kernel)
}
# lines_match TITLE PATTERNS TEXT: line by line, * is anything.
lines_match() {
    local i same=1 want have
    mapfile -t want <<<"$2"
    mapfile -t have <<<"$3"
    [ ${#want[@]} -eq ${#have[@]} ] || same=
    for ((i = 0; i < ${#want[@]}; i++)); do [[ ${have[i]-} == ${want[i]//[/\\[} ]] || same=; done
    [ -n "$same" ] || printf '%s should be\n%s\nbut are\n%s\n' "$1" "$2" "$3"
}
addresses_are() { # DEV ADDRESS...
    [ "$(web01 ip -o addr show dev "$1" | awk '$4 !~ /^fe80:|^::1\// { if ($5 == "peer") sub(/.*\//, "/", $6); else $6 = ""; print $4 $6 }' | paste -sd' ')" = "${*:2}" ]
}
ports_are() { # DEV PORT...
    local ports=/sys/class/net/$1/bonding/slaves
    [ "$(web01 sh -c "cat $ports 2>/dev/null || ip -j link show master $1 | jq -r 'map(.ifname) | sort | .[]'" | paste -sd' ')" = "${*:2}" ]
}
mac_is() { # DEV MAC, or DEV of OTHER
    local wanted=$2
    [ "$2" != of ] || wanted=$(web01 cat "/sys/class/net/$3/address")
    [ "$(web01 cat "/sys/class/net/$1/address")" = "$wanted" ]
}
option_is() { # DEV NAME=VALUE; sysfs has "active-backup 1", or 1 for on; what is no bond, ip tells, and a bond's port with its link
    local have value=${2#*=}
    if web01 test -e "/sys/class/net/$1/bonding_slave"; then
        [[ $(web01 ip -d link show dev "$1") == *" ${2%%=*} $value "* ]]
        return
    fi
    if ! web01_has "/sys/class/net/$1/bonding"; then
        [ "$(web01 ip -d -j link show "$1" | jq -r ".[0].linkinfo.info_data[\"${2%%=*}\"]")" = "$value" ]
        return
    fi
    have=$(bond_option "$1" "${2%%=*}")
    case $value in on) value=1 ;; off) value=0 ;; esac
    [[ " $have " == *" $value "* || " $have " == *" ${2#*=} "* ]]
}
conf_is() { # DEV NAME=VALUE
    [ "$(web01 cat "/proc/sys/net/ipv6/conf/$1/${2%%=*}")" = "${2#*=}" ]
}
route_is_there() { # 4|6 TEXT
    local text=$2
    case $text in unreachable\ * | blackhole\ * | prohibit\ *) text="type $text" ;; esac
    [ -n "$(web01 ip -$1 route show $text 2>/dev/null)" ]
}
fact_is_so() {
    case $1 in
    'no '*) ! fact_is_so "${1#no }" ;;
    'route '*) route_is_there 4 "${1#route }" ;;
    'route6 '*) route_is_there 6 "${1#route6 }" ;;
    'rule '*) [ -n "$(web01 ip rule show ${1#rule })" ] ;;
    'rule6 '*) [ -n "$(web01 ip -6 rule show ${1#rule6 })" ] ;;
    *' absent') ! web01_has "/sys/class/net/${1% *}" ;;
    *' addresses' | *' addresses '*) addresses_are ${1/ addresses/} ;;
    *' ports' | *' ports '*) ports_are ${1/ ports/} ;;
    *' up') [ -n "$(web01 ip link show up dev "${1% *}")" ] ;;
    *' down') [ -z "$(web01 ip link show up dev "${1% *}")" ] ;;
    *' mtu '*) [ "$(web01 cat "/sys/class/net/${1%% *}/mtu")" = "${1##* }" ] ;;
    *' mac '*) mac_is ${1/ mac/} ;;
    *' conf '*) conf_is ${1/ conf/} ;;
    *=*) option_is $1 ;;
    *) false ;;
    esac
}
facts_hold() { # STEP
    local fact
    while read -r fact; do
        fact_is_so "$fact" || { echo "'$fact' is not so:"; web01 ip address show "${fact%% *}" 2>/dev/null || web01 ip route show table all; }
    done < <(section "$1" state)
}
# second_is_empty WORD...: after a run that brings up there is nothing left to do.
second_is_empty() {
    case $1 in
    stop | down) ;;
    up) plan_is_empty up "$2" ;;
    *) plan_is_empty restart ;;
    esac 2>&1 || echo "one run was not enough"
}
says_text() { # its good first lines are every start's
    tr -d '\r' | grep -vx -e 'Setting network parameters:  \[  OK  \]' -e 'Bringing up loopback interface:  \[  OK  \]'
}
step_run() { # STEP
    local words says
    files_write "$1"
    kernel_change "$1"
    if has_section "$1" problems; then
        lines_match "the problems" "$(section "$1" problems)" "$(web01 netsvc check 2>/dev/null | sed -E 's|^/[^:]*/||')"
    fi
    read -ra words < <(section "$1" run) || words=("$([ "$1" = 0 ] && echo start || echo restart)")
    local environment=()
    while [[ ${words[0]} == *=* ]]; do environment+=("${words[0]}") words=("${words[@]:1}"); done
    if has_section "$1" plan; then
        lines_match "the plan" "$(section "$1" plan)" "$(web01 netsvc plan "${words[@]}" | grep '^  ' | grep -v -e 'apply the net' -e 'read back' | sed 's/^  //')"
    fi
    says=$(web01 env "${environment[@]}" netsvc "${words[@]}" 2>&1 | says_text)
    if has_section "$1" says; then lines_match "what is printed" "$(section "$1" says)" "$says"; fi
    facts_hold "$1"
    ! has_section "$1" resolv.conf || diff "$BATS_TEST_TMPDIR/case/$1.resolv.conf" <(web01 cat /etc/resolv.conf)
    second_is_empty "${words[@]}"
}
case_run() { # FILE: prints what is wrong
    local step
    sections "$1"
    [ "$(section 0 only)" != memory ] || return 0
    fresh_web01
    web01 sh -c 'rm -rf /etc/sysconfig/*; mkdir /etc/sysconfig/network-scripts; echo NETWORKING=yes >/etc/sysconfig/network'
    for ((step = 0; step < 9; step++)); do
        compgen -G "$BATS_TEST_TMPDIR/case/$step.*" >/dev/null || break
        step_run $step
    done
}

@test "every case ends as it says" {
    local file wrong bad=0 count=0
    for file in "$TREE"/tests/cases/${CASES:-*}.case; do
        wrong=$(set +e; case_run "$file" 2>&1)
        count=$((count + 1))
        [ -z "${V:-}" ] || echo "# ${file##*/}: ${wrong:-fine}" >&3
        [ -z "$wrong" ] || { bad=$((bad + 1)); printf '%s:\n%s\n' "${file##*/}" "$wrong"; }
    done
    echo "# $count cases, $bad wrong" >&3
    [ "$count" -gt 0 ]
    [ "$bad" -eq 0 ]
}
