# ifcfg-parse as a command: its output for a folder of files, its exit codes, and that JSON stays JSON.

setup() {
    tree="$BATS_TEST_DIRNAME/../.."
    parse="$(realpath "${BUILD:-$tree/build}")/ifcfg-parse"
    cd "$tree/tests/golden/parse"
}

@test "every golden file is understood as expected" {
    count=0
    for file in *.ifcfg; do
        diff <("$parse" --json "$file") "${file%.ifcfg}.json"
        count=$((count + 1))
    done
    [ "$count" -ge 12 ]
}

@test "several files give a JSON object a line" {
    run "$parse" crlf.ifcfg comments.ifcfg --json
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 2 ]
    python3 -c 'import json, sys; [json.loads(line) for line in sys.argv[1:]]' "${lines[@]}"
}

@test "bytes that are no UTF-8 still give valid JSON" {
    "$parse" --json not-utf8.ifcfg | python3 -c 'import json, sys; assert json.load(sys.stdin)["assignments"][1]["key"] == "NAME"'
}

@test "an unreadable file is an error of exit code 1, and the others are printed" {
    run "$parse" --json /nonexistent/ifcfg-x comments.ifcfg "$BATS_TEST_TMPDIR"
    [ "$status" -eq 1 ]
    [ "${#lines[@]}" -eq 3 ]
    [[ "${lines[0]}" == *'"severity":"error","message":"No such file or directory"'* ]]
    [[ "${lines[1]}" == *'"key":"HOTPLUG"'* ]]
    [[ "${lines[2]}" == *'a directory'* ]]
}

@test "route and rule files are printed in the words of ip, with their places; ADDRESS0= as assignments" {
    cd "$BATS_TEST_TMPDIR"
    mkdir -p root/etc/sysconfig/network-scripts root/etc/iproute2
    echo '77 web' >root/etc/iproute2/rt_tables
    scripts=root/etc/sysconfig/network-scripts
    printf '# far\n10.1.0.0/16 via 10.0.0.254 table web\n  default gw x\n' >$scripts/route-eth0
    printf 'from 10/8 lookup web pref 5\n' >$scripts/rule-eth0
    printf '2001:db8::/32 via fe80::1\n' >$scripts/route6-eth0
    printf 'ADDRESS0=10.2.0.0\nNETMASK0=255.255.0.0\n' >$scripts/route-eth1
    run "$parse" --json $scripts/route-eth0 $scripts/rule-eth0 $scripts/route6-eth0 $scripts/route-eth1
    [ "$status" -eq 0 ]
    jq -e '.routes == [{"text":"10.1.0.0/16 via 10.0.0.254 table 77","line":2,"column":1}] and .assignments == [] and
        (.problems | length == 1 and .[0].line == 3)' <<<"${lines[0]}"
    jq -e '.rules == [{"text":"priority 5 from 10.0.0.0/8 table 77","line":1,"column":1}] and .problems == []' <<<"${lines[1]}"
    jq -e '.routes[0].text == "2001:db8::/32 via fe80::1" and .problems == []' <<<"${lines[2]}"
    jq -e '(.assignments | length) == 2 and .routes == null and .problems == []' <<<"${lines[3]}"
    run "$parse" $scripts/rule-eth0
    [ "$output" = $'# '"$scripts/rule-eth0"$'\npriority 5 from 10.0.0.0/8 table 77' ]
}

@test "problems alone do not change the exit code" {
    run "$parse" commands.ifcfg
    [ "$status" -eq 0 ]
    [[ "$output" == *"commands.ifcfg:2:8: error: a command substitution is never run"* ]]
    [[ "$output" == *"PREFIX=24"* ]]
    [[ "$output" != *"MTU=9000"* ]]
}

@test "a file in network-scripts sees the variables of the network file beside it" {
    mkdir -p "$BATS_TEST_TMPDIR/network-scripts"
    echo 'SITE=home' > "$BATS_TEST_TMPDIR/network"
    echo 'NAME=$SITE-eth0' > "$BATS_TEST_TMPDIR/network-scripts/ifcfg-eth0"
    run "$parse" "$BATS_TEST_TMPDIR/network-scripts/ifcfg-eth0"
    [[ "$output" == *"NAME=home-eth0"* ]]
}

@test "usage errors exit with 2, help and version with 0" {
    run "$parse"
    [ "$status" -eq 2 ]
    [[ "$output" == *"Usage: ifcfg-parse FILE..."* ]]
    run "$parse" --nonsense
    [ "$status" -eq 2 ]
    run "$parse" --help
    [ "$status" -eq 0 ]
    run "$parse" --version
    [ "$status" -eq 0 ]
    [[ "$output" == "ifcfg-parse "* ]]
}
