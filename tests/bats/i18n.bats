# Messages in Japanese: the very program that was built, with its catalogs where it looks for them and a locale made here.

load sandbox.bash
load ../pages.bash

setup_file() {
    export LOCALES=$BATS_FILE_TMPDIR/locales
    mkdir "$LOCALES"
    localedef -i ja_JP -f UTF-8 "$LOCALES/ja_JP.UTF-8"
    localedef -i ja_JP -f EUC-JP "$LOCALES/ja_JP.eucJP"
}

setup() {
    sandbox_make
    export ROOT=$TREE/sysconfig-examples/web01
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 ARPCHECK=no | put ifcfg-v0
}

# Runs a script with the catalogs, in a locale, on a machine with a NIC v0.
in_locale() { # LOCALE SCRIPT
    local -x LOCPATH=$LOCALES LANG=$1
    unset LC_ALL LANGUAGE
    sandbox 'mount --bind "$BUILD/locale" "$(cat "$BUILD/localedir")"
        '"$2"
}

@test "start and stop print Japanese lines with the labels as ever" {
    in_locale ja_JP.UTF-8 'netsvc start'
    [ "$status" -eq 0 ]
    [[ $(head -1 <<<"$out") == 'ネットワークパラメーターを設定中:  ['*$']\r' ]]
    [ "$(tail -n +2 <<<"$out")" = \
        $'ループバックインターフェースを起動中:  [  OK  ]\r\nインターフェース v0 を起動中:  [  OK  ]\r' ]
    in_locale ja_JP.UTF-8 'netsvc start >/dev/null; netsvc stop'
    [ "$status" -eq 0 ]
    [ "$out" = $'インターフェース v0 を停止中:  [  OK  ]\r\nループバックインターフェースを停止中:  [  OK  ]\r' ]
}

@test "the reason of a failure is in Japanese, behind file and line" {
    printf '%s\n' DEVICE=gone IPADDR=10.9.1.2 PREFIX=24 DEVTIMEOUT=0 >"$SCRIPTS/ifcfg-gone"
    in_locale ja_JP.UTF-8 'netsvc start 2>&1'
    [ "$status" -eq 1 ]
    [[ $out == *$'インターフェース gone を起動中:  [FAILED]\r\nifcfg-gone:1: gone: デバイス gone が存在しないようです'* ]]
}

@test "ifup with a name that nobody knows says so in Japanese" {
    in_locale ja_JP.UTF-8 'ifup nothing'
    [ "$status" -eq 1 ]
    [[ $err == *"ifup: nothing の設定が見つかりません。"* ]]
}

@test "what programs read is the same in every language" {
    local commands='
        netsvc plan start --root "$ROOT" --json | jq "del(.. | .title?)"; netsvc show --root "$ROOT" --json
        netsvc plan start --root "$ROOT" | grep "^  "; netsvc help keys --tsv; netsvc help bonding --tsv'
    in_locale C "$commands"
    [ "$status" -eq 0 ]
    [ -n "$out" ]
    local english=$out
    in_locale ja_JP.UTF-8 "$commands"
    [ "$status" -eq 0 ]
    diff <(echo "$english") <(echo "$out")
}

@test "check keeps the words that tools match on" {
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.300 ONBOT=yes >"$SCRIPTS/ifcfg-v0"
    in_locale ja_JP.UTF-8 'netsvc check'
    [ "$status" -eq 1 ]
    [[ $out == *"/ifcfg-v0:2:"*": error: "* ]]
    [[ $out == *"/ifcfg-v0:3:1: warning: 不明なキー ONBOT: ONBOOT の間違いですか?"* ]]
    [ "$err" = "エラー 1 件、警告 1 件" ]
}

@test "help on a command begins with what is typed, as it is typed" {
    in_locale ja_JP.UTF-8 'netsvc help stop; netsvc help force-reload'
    [[ $out == *$'\nstart と ifup が'*$'\nrestart と同じです。'* ]]
    in_locale C 'netsvc help stop'
    [[ $out == *$'\nTake down what start and ifup set up.'* ]]
}

@test "lines are broken by the width that is seen: no row of a table is wider than 80 columns" {
    in_locale ja_JP.UTF-8 'netsvc help keys --all' >/dev/null
    [ "$status" -eq 0 ]
    [[ $out == *"(不採用) "* ]]
    # Every character of these that is not ASCII is two columns wide.
    LC_ALL=C.UTF-8 sed 's/[^ -~]/##/g' "$BATS_TEST_TMPDIR/out" | LC_ALL=C awk '
        length($0) > 80 { print; bad = 1 }
        /^[A-Z][A-Z0-9_*]+(\[n\])? / && length($1) <= 24 { rows++; if (substr($0, 25, 1) != " " || substr($0, 26, 1) == " ") bad = 1 }
        END { exit bad || rows < 150 }'
}

@test "in the C locale, and in one that is not UTF-8, messages are in English" {
    for locale in C ja_JP.eucJP; do
        in_locale "$locale" 'netsvc start'
        [ "$status" -eq 0 ]
        [[ $out == *$'Bringing up interface v0:  [  OK  ]\r' ]]
    done
}

@test "the environment does not say where catalogs are" {
    local folder=$BATS_TEST_TMPDIR/ja/LC_MESSAGES
    mkdir -p "$folder"
    cp "$BUILD/locale/ja/LC_MESSAGES/netsvc.mo" "$folder"
    run env -u LC_ALL LOCPATH="$LOCALES" LANG=ja_JP.UTF-8 TEXTDOMAINDIR="$BATS_TEST_TMPDIR" \
        NLSPATH="$BATS_TEST_TMPDIR/%l/LC_MESSAGES/%N.mo" unshare -mr --propagation private sh -c '
            mount -t tmpfs none "$(cat "$BUILD/localedir")" && netsvc plan start --root "$ROOT"'
    [ "$status" -eq 0 ]
    [[ $output == *"Bringing up interface bond0:"* ]]
}

@test "the template has the messages of the sources, and every catalog those of the template: make pot" {
    env -u MAKEFLAGS -u MAKELEVEL make -s -C "$TREE" B="$BATS_TEST_TMPDIR/b" "$BATS_TEST_TMPDIR/b/netsvc.pot"
    messages() {
        msgcat --no-wrap --sort-output --no-location "$1" | grep -E '^(msgid|msgid_plural|")'
    }
    diff <(messages "$TREE/netsvc/po/netsvc.pot") <(messages "$BATS_TEST_TMPDIR/b/netsvc.pot")
    [ "$(messages "$TREE/netsvc/po/netsvc.pot" | grep -c '^msgid')" -gt 500 ]
    for po in "$TREE"/netsvc/po/*.po; do
        msgcmp --use-fuzzy --use-untranslated "$po" "$TREE/netsvc/po/netsvc.pot"
    done
}

@test "no catalog has messages that are untranslated or fuzzy" {
    for po in "$TREE"/netsvc/po/*.po; do
        [ -z "$(msgattrib --untranslated --no-obsolete "$po")" ]
        [ -z "$(msgattrib --only-fuzzy --no-obsolete "$po")" ]
        msgfmt -c -o /dev/null "$po" # conversions agree
    done
}

@test "messages and manual pages have the words of the field" {
    ours='\b(left out|folders?|remarks?|blanks?)\b'
    run grep -nE "^(msgid|\").*($ours|\btold\b)" <(msgcat --no-wrap "$TREE/netsvc/po/netsvc.pot")
    [ "$status" -eq 1 ]
    run grep -nE "$ours" "$BUILD"/man/man*/* "$TREE/netsvc/doc/quickstart.md" "$TREE/units/netsvc.catalog"
    echo "$output"
    [ "$status" -eq 1 ]
}

# quick_start_holds PAGE LOCALE UP FAILS: it shows what its files really give; UP ends the titles of status lines that bring
# something up, FAILS is what a plan says before a reason.
quick_start_holds() {
    PAGE=$TREE/netsvc/doc/$1
    for name in bond0 bond1 eth0; do
        page_file ifcfg-$name >"$SCRIPTS/ifcfg-$name"
        [ -s "$SCRIPTS/ifcfg-$name" ]
    done
    for n in 1:0 2:1 3:1; do
        sed "s/eth0/eth${n%:*}/; s/bond0/bond${n#*:}/" "$SCRIPTS/ifcfg-eth0" >"$SCRIPTS/ifcfg-eth${n%:*}"
    done
    rm -f "$SCRIPTS/ifcfg-v0"
    for command in 'netsvc check' 'netsvc show bond1'; do
        # The machine of the test has none of the cards, which a check without a root would say.
        in_locale "$2" "mkdir -p /run/tree/etc && cp -r /etc/sysconfig /run/tree/etc && ${command/check/check --root /run/tree} 2>&1"
        [ "$status" -eq 0 ]
        [ -n "$out" ]
        diff <(page_output "$command") <(echo "$out")
    done
    in_locale "$2" 'netsvc plan restart'
    [ "$(page_output '.*network restart' | sed 's/  *\[  OK  \]$//')" = "$(grep -E "$3" <<<"$out" | sed 's/ *$//')" ]
    sed -i 's/^IPADDR=.*/IPADDR=172.16.11.300/; s/primary/primray/' "$SCRIPTS/ifcfg-bond1"
    in_locale "$2" 'netsvc check || :; netsvc plan up bond1'
    grep -xF "$(grep primray "$PAGE")" <<<"$out"
    grep -xF "  bond1: fail, since $(sed -n 's/^ifcfg-bond1:4: bond1: \(IPADDR: .*\)/\1/p' "$PAGE")" <<<"$out"
}

@test "both quick starts show what their files really give" {
    quick_start_holds quickstart.ja.md ja_JP.UTF-8 '中:$'
    quick_start_holds quickstart.md C '^(Setting|Bringing up) .*: *$'
}

@test "the two quick starts are of one form: chapters, files, outputs and commands" {
    form() { # its headings by their level, what is typed in it, and its files
        sed -nE 's/^(#+) .*/\1/p; s/^# (netsvc|grep|\/etc).*/&/p; /^```/p; /^(ifcfg|[A-Z_]+=|bond1|    [a-z])/p' "$TREE/netsvc/doc/$1" |
            LC_ALL=C sed -E 's/ *#.*//; s/^(ifcfg-[^ ]+ [^ ]+) .*/\1/; s/[^ -~].*//; s/ *$//' | grep -vE '^    (LANG|localectl)'
    }
    diff <(form quickstart.md) <(form quickstart.ja.md)
    [ "$(form quickstart.md | wc -l)" -gt 60 ]
}

@test "every Japanese line that the quick start shows is a message of the catalog" {
    PAGE=$TREE/netsvc/doc/quickstart.ja.md
    # What stands in fences, without place, device and label.
    sed -n '/^```/,/^```/p' "$PAGE" | LC_ALL=C.UTF-8 grep -P '\p{Han}|\p{Katakana}' | sed -E \
        -e 's/ +\[[^]]+\]$//' -e 's/^[^ ]+:[0-9]+(:[0-9]+)?: [a-z0-9]+: //' -e 's/^[A-Z0-9]+: //' | sort -u >"$BATS_TEST_TMPDIR/lines"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/lines")" -ge 9 ]
    # Messages as patterns; not those that are hardly more than their conversions.
    msgcat --no-wrap "$TREE/netsvc/po/ja.po" | sed -nE 's/^msgstr(\[0\])? "(.*)"$/\2/p' | LC_ALL=C.UTF-8 grep -P '[^ -~]{3}' | sed -E \
        -e 's/ $//' -e 's/[][\.*^$(){}?+|]/\\&/g' -e 's/%([0-9]+\\\$)?[a-z]/.+/g' >"$BATS_TEST_TMPDIR/patterns"
    run grep -vxE -f "$BATS_TEST_TMPDIR/patterns" "$BATS_TEST_TMPDIR/lines"
    echo "$output"
    [ -z "$output" ]
    [ "$(grep -vxE -f "$BATS_TEST_TMPDIR/patterns" <<<'インターフェース bond0 を起動しています:')" ]
}

@test "a build without msgfmt fails, and says what is missing" {
    mkdir "$BATS_TEST_TMPDIR/usr"
    cp -s /usr/bin/* "$BATS_TEST_TMPDIR/usr" 2>/dev/null || true
    rm "$BATS_TEST_TMPDIR/usr/msgfmt"
    run env -u MAKEFLAGS -u MAKELEVEL PATH="$BATS_TEST_TMPDIR/usr" make -s -C "$TREE" B="$BATS_TEST_TMPDIR/b" \
        "$BATS_TEST_TMPDIR/b/locale/ja/LC_MESSAGES/netsvc.mo"
    [ "$status" -ne 0 ]
    [[ $output == *"msgfmt is missing"*"install gettext"* ]]
    [ ! -e "$BATS_TEST_TMPDIR/b/locale/ja/LC_MESSAGES/netsvc.mo" ]
}
