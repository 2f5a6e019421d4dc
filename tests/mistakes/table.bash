# Reads the table of mistakes.
# mistakes_read: a function `mistake NUMBER NAME EDIT WHERE WORDS CHECK START STAYS` is called for each row, and sets `bad` when
# something is wrong; the rows that are wrong are named.
mistakes_each() {
    local number=0 line bad all=0 name edit where words check start stays
    while IFS= read -r line; do
        case $line in '#'* | '') continue ;; esac
        number=$((number + 1)) bad=
        IFS=$'\x01' read -r name edit where words check start stays <<<"${line// | /$'\x01'}"
        mistake "$number" "$name" "$edit" "$where" "$words" "$check" "$start" "$stays"
        [ -z "$bad" ] || { echo "$number ($name): $bad"; all=1; }
    done <"$TREE/tests/mistakes/table"
    [ "$number" -ge 60 ] && [ "$all" -eq 0 ]
}
# says WHERE WORDS < lines: one of them is about that place, in these words.
says() {
    grep -F -e "$2" | grep -qE "^(netsvc: )?${1//./\\.}[: ]"
}
