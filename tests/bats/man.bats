# Manual pages: well-formed, complete, and true to the program that they are about.

setup() {
    PAGES=$BUILD/man
    NETSVC=$BUILD/netsvc
}

# One section of a page's source, from its .Sh to the next.
section() { # PAGE NAME
    sed -n "/^\.Sh $2\$/,/^\.Sh /p" "$PAGES/$1"
}

tags() { # MACRO: what `.It MACRO` lines name, a line each
    sed -n "s/^\.It $1 //p" | sed 's/ , /\n/g' | sed 's/ .*//'
}

same() { # FILE FILE: of the same lines in any order, and not empty
    [ -s "$1" ]
    diff <(sort -u "$1") <(sort -u "$2")
}

@test "mandoc finds nothing to object to" {
    command -v mandoc >/dev/null || { [ -n "$CI" ] && false; skip "mandoc is not installed"; }
    # The check can fail:
    printf '.Dd November 1, 2026\n.Dt X 8\n.Os\n.Sh NAME\n.Nm x\n.Nd y\n.Sx\n' >"$BATS_TEST_TMPDIR/bad.8"
    [ -n "$(mandoc -Tlint "$BATS_TEST_TMPDIR/bad.8")" ]
    [ "$(ls "$PAGES"/man*/* | wc -l)" -ge 8 ]
    # Which pages of other programs are installed here says nothing about ours.
    run bash -c "mandoc -Tlint -W style '$PAGES'/man*/* 2>/dev/null | grep -v 'referenced manual not found'"
    echo "$output"
    [ -z "$output" ]
}

@test "every page of ours that a page refers to is there" {
    grep -hE '^\.Xr (netsvc|ifup|ifdown|ifenslave|ifcfg|network)' "$PAGES"/man*/* | sort -u >"$BATS_TEST_TMPDIR/refs"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/refs")" -ge 8 ]
    while read -r _ name number _; do
        [ -f "$PAGES/man$number/$name.$number" ] || { echo "$name($number)"; false; }
    done <"$BATS_TEST_TMPDIR/refs"
}

@test "no marker of a table is left over" {
    grep -q '^\.\\" TABLE ' "$TREE"/netsvc/man/*.in
    run grep -n '^\.\\" TABLE ' "$PAGES"/man*/*
    [ "$status" -eq 1 ]
}

@test "ifcfg(5) has every key that has an effect, by topic, and no others" {
    "$NETSVC" help --tsv keys | awk -F'\t' '$3 == "used" { print $1 }' | sed 's/\[n\]$//' >"$BATS_TEST_TMPDIR/table"
    section man5/ifcfg.5 KEYS | tags Va >"$BATS_TEST_TMPDIR/page"
    same "$BATS_TEST_TMPDIR/table" "$BATS_TEST_TMPDIR/page"
}

@test "ifcfg-bond(5) has every option, and no others" {
    "$NETSVC" help --tsv bonding | cut -f1 >"$BATS_TEST_TMPDIR/table"
    section man5/ifcfg-bond.5 OPTIONS | tags Cm | grep -vx num_unsol_na >"$BATS_TEST_TMPDIR/page"
    same "$BATS_TEST_TMPDIR/table" "$BATS_TEST_TMPDIR/page"
}

commands() {
    "$NETSVC" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p'
}

@test "netsvc(8) describes every command of netsvc --help, and no others" {
    commands >"$BATS_TEST_TMPDIR/program"
    sed -n '/^\.Ss Commands/,/^\.Ss Options/p' "$PAGES/man8/netsvc.8" | tags Cm >"$BATS_TEST_TMPDIR/page"
    same "$BATS_TEST_TMPDIR/program" "$BATS_TEST_TMPDIR/page"
}

options() { # the long ones in what a program says
    grep -oE -- '--[a-z][a-z-]*' | sort -u
}

flags() { # the same of `.It Fl` lines
    grep '^\.It Fl' | grep -oE -- ' -[a-z][a-z-]*' | sed 's/^ -/--/' | sort -u
}

@test "the pages describe every option of the programs, and no others" {
    ln -sf "$NETSVC" "$BATS_TEST_TMPDIR/ifenslave"
    { "$NETSVC" --help | options; echo --help; } >"$BATS_TEST_TMPDIR/program"
    flags <"$PAGES/man8/netsvc.8" >"$BATS_TEST_TMPDIR/page"
    same "$BATS_TEST_TMPDIR/program" "$BATS_TEST_TMPDIR/page"
    "$BATS_TEST_TMPDIR/ifenslave" -h | options >"$BATS_TEST_TMPDIR/program"
    flags <"$PAGES/man8/ifenslave.8" >"$BATS_TEST_TMPDIR/page"
    same "$BATS_TEST_TMPDIR/program" "$BATS_TEST_TMPDIR/page"
    for page in ifup ifdown; do
        ln -sf "$NETSVC" "$BATS_TEST_TMPDIR/$page"
        { "$BATS_TEST_TMPDIR/$page" --help | options; printf '%s\n' --help --version; } >"$BATS_TEST_TMPDIR/program"
        flags <"$PAGES/man8/$page.8" >"$BATS_TEST_TMPDIR/page"
        same "$BATS_TEST_TMPDIR/program" "$BATS_TEST_TMPDIR/page"
    done
    "$BUILD/ifcfg-parse" --help | options >"$BATS_TEST_TMPDIR/program"
    flags <"$PAGES/man1/ifcfg-parse.1" >"$BATS_TEST_TMPDIR/page"
    same "$BATS_TEST_TMPDIR/program" "$BATS_TEST_TMPDIR/page"
}

@test "the synopsis of netsvc(8) has each command's options as its usage has them" {
    section man8/netsvc.8 SYNOPSIS | sed 's/^\.Nm$/\x01/' | tr '\n' ' ' | tr '\1' '\n' >"$BATS_TEST_TMPDIR/synopsis"
    sed -i 's/Fl 1 | -classic | -json/Fl -one-line Fl -classic Fl -json/' "$BATS_TEST_TMPDIR/synopsis" # -1 is short for it
    local command
    for command in $(commands); do
        "$NETSVC" help "$command" | head -1 | { options || :; } >"$BATS_TEST_TMPDIR/program"
        grep -E "^ \.Cm ([a-z-]+ \| )*$command( |$)" "$BATS_TEST_TMPDIR/synopsis" >"$BATS_TEST_TMPDIR/lines"
        { grep -oE 'Fl -[a-z-]+' "$BATS_TEST_TMPDIR/lines" || :; } | sed 's/^Fl -/--/' | sort -u >"$BATS_TEST_TMPDIR/page"
        [ -s "$BATS_TEST_TMPDIR/lines" ]
        diff "$BATS_TEST_TMPDIR/program" "$BATS_TEST_TMPDIR/page"
    done
}

@test "netsvc(8) names each command that takes an option below it" {
    local option verbs verb missing=0
    "$NETSVC" --help | sed -n '/^Options:/,/^$/p' | tr '\n' ' ' | tr -s ' ' |
        grep -oE -- '--[a-z-]+ [^()]*\([a-z, ]+\)' | sed -E 's/^(--[a-z-]+) .*\((.*)\)/\1 \2/; s/,//g' >"$BATS_TEST_TMPDIR/options"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/options")" -ge 18 ]
    while read -r option verbs; do
        # From its own entry to the next; what is said of the three behind --rehearse stands there.
        case $option in --timeout | --probe | --confirm-by) option=--rehearse ;; esac
        sed -nE "/^\.It Fl (. , )?${option#-}( |$)/,/^\.It Fl/p" "$PAGES/man8/netsvc.8" | sed '1p; /^\.It/d' >"$BATS_TEST_TMPDIR/entry"
        for verb in $verbs; do
            grep -qE "\b$verb\b" "$BATS_TEST_TMPDIR/entry" || { echo "$option: $verb"; missing=1; }
        done
    done <"$BATS_TEST_TMPDIR/options"
    [ "$missing" -eq 0 ]
}

# The words in capitals of a message stand for something else each time; what is between them must be in the source.
@test "every message that a page explains is one that the program has" {
    find "$TREE/ifcfg-parser" "$TREE/netsvc" -name '*.c' -exec cat {} + | perl -0pe 's/"\s*\n\s*"//g; s/\\"/"/g' >"$BATS_TEST_TMPDIR/source"
    sed -n '/^\.Bl -diag/,/^\.El/s/^\.It "\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$PAGES"/man*/* >"$BATS_TEST_TMPDIR/messages"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/messages")" -ge 20 ]
    missing=0
    while read -r message; do
        longest=$(perl -ne 'print +(sort { length $b <=> length $a } map { s/^\s+|\s+$//gr }
            split /\b(?:DEV|BOND|MAC|FILE|NAMES?|VALUE|KEY|COMMAND|ADDRESS|N)\b/)[0]' <<<"$message")
        grep -qF -- "$longest" "$BATS_TEST_TMPDIR/source" || { echo "not in the source: $message"; missing=1; }
    done <"$BATS_TEST_TMPDIR/messages"
    [ "$missing" -eq 0 ]
}

# The literal blocks that have assignments, one after the other.
assignments() { # PAGE
    sed 's/\\e$/\\/' "$PAGES/man5/$1" | awk '
        /^\.Bd -literal/ { block = ""; inside = 1; next }
        /^\.Ed/ { if (block ~ /\n[A-Z_]+=/) printf "%s", block; inside = 0 }
        inside { block = block "\n" $0 }'
}

@test "the examples in ifcfg(5) and ifcfg-bond(5) are read without a complaint" {
    for page in ifcfg.5 ifcfg-bond.5; do
        { echo NET=10.0.0; assignments "$page"; } >"$BATS_TEST_TMPDIR/ifcfg-x"
        run "$BUILD/ifcfg-parse" --json "$BATS_TEST_TMPDIR/ifcfg-x"
        echo "$output"
        jq -e '.problems == [] and (.assignments | length >= 12 and any(.key == "BONDING_OPTS" and .value != ""))' <<<"$output"
    done
}

@test "the examples of netsvc(8) that need no server are what the program prints" {
    local line
    export TREE NETSVC
    sed -n '/^\.Bd -literal/,/^\.Ed/p' "$PAGES/man8/netsvc.8" | sed '/^\.Bd/d; s/^\.Ed$//' >"$BATS_TEST_TMPDIR/blocks"
    shown() { # COMMAND: what stands below it, up to the end of its block; how wide the columns are is the page's choice
        awk -v command="# $1" '$0 == command { inside = 1; next } inside && (/^# / || /^$/ && was == "") { exit } inside { print; was = "x" $0 }' \
            "$BATS_TEST_TMPDIR/blocks" | sed -E '/^$/d; s/ +/ /g'
    }
    cd "$TREE/sysconfig-examples"
    diff <(shown 'netsvc plan up eth1 --root vlan-on-bond') <("$NETSVC" plan up eth1 --root vlan-on-bond | sed -E '/^$/d; s/ +/ /g')
    diff <(shown 'netsvc show bond1') <("$NETSVC" show bond1 --root web01 | sed -E 's/ +/ /g; s| web01/| /|')
}

@test "no line of a page is wider than a terminal of 80 columns" {
    local page
    for page in "$PAGES"/man*/*; do
        mandoc -Tascii -Owidth=80 "$page" | sed 's/.\x08//g' >"$BATS_TEST_TMPDIR/text"
        [ -s "$BATS_TEST_TMPDIR/text" ]
        if grep -nE '^.{81,}$' "$BATS_TEST_TMPDIR/text"; then false; fi
    done
}

@test "what the key table calls used is read by the program, and what it reads is no mere note" {
    local key state words
    # What is written into files for others to read is not read here.
    words=$(cd "$TREE" && git ls-files 'netsvc/*.c' 'ifcfg-parser/*.c' | grep -v -e -table.c -e -tables.c -e -groups.c -e /kickstart/ -e /export/ -e /migrate/ | xargs grep -ohE '"[A-Z0-9_]{2,}"' | tr -d '"' | sort -u)
    # What the tables of options name, the shared reader of links reads.
    words+=$'\n'$(cd "$TREE" && grep -ohE '(\.(key|list) = |, )"[A-Z0-9_]{2,}"' ifcfg-parser/options/*table*.c | grep -oE '[A-Z0-9_]{2,}' | sort -u)
    "$BUILD/netsvc" help keys --tsv >"$BATS_TEST_TMPDIR/keys"
    grep -q . "$BATS_TEST_TMPDIR/keys"
    while IFS=$'\t' read -r key _ state _; do
        case $state in
        used) grep -qx "${key%\[n\]}" <<<"$words" || echo "used, but not read: $key" ;;
        "for other programs" | obsolete) ! grep -qx "$key" <<<"$words" || echo "read, but $state: $key" ;;
        esac
    done <"$BATS_TEST_TMPDIR/keys" >"$BATS_TEST_TMPDIR/wrong"
    cat "$BATS_TEST_TMPDIR/wrong"
    [ ! -s "$BATS_TEST_TMPDIR/wrong" ]
}
