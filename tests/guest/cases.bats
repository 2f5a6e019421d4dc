#!/usr/bin/env bats
# Every case of tests/cases/ on the real kernel: what check says, what the run prints, the state after it, and that a second run has
# nothing to do. README.md there says how they are written.

bats_require_minimum_version 1.5.0
load fresh.bash

# The steps are run by one shell that is in web01 already: entering it for each fact took half of the time.
case_run() { # FILE: prints what is wrong
    ! grep -qx 'memory' <(sed -n '/^== only ==$/{n;p}' "$1") || return 0
    fresh_web01
    web01 bash "$TREE/tests/guest/case-steps" "$1" "$BATS_TEST_TMPDIR/case"
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
