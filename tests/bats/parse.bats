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
