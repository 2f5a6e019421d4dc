# Completion in bash and zsh: commands and options as the program has them, interfaces as the files have them.

setup() {
    ROOT=$BATS_TEST_TMPDIR/root
    SCRIPTS=$ROOT/etc/sysconfig/network-scripts
    mkdir -p "$BATS_TEST_TMPDIR/bin" "$SCRIPTS"
    cp -a "$TREE/sysconfig-examples/web01/etc" "$ROOT/"
    for name in ifup ifdown ifenslave netsvc; do
        ln -s "$BUILD/netsvc" "$BATS_TEST_TMPDIR/bin/$name"
    done
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
    printf 'DEVICE=eth0:1\nIPADDR=10.0.11.3\n' >"$SCRIPTS/ifcfg-eth0:1"
    # The files of this machine are those of the test.
    source "$TREE/netsvc/completion/netsvc.bash"
    _netsvc_folder() { printf '%s\n' "${1:-$ROOT}/etc/sysconfig/network-scripts"; }
}

complete_bash() { # WORD...: $offers, sorted, one blank between
    local function
    function=$(complete -p "$1" | sed 's/.*-F \([^ ]*\) .*/\1/')
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
    "$function" "$@" || true
    offers=$(printf '%s\n' "${COMPREPLY[@]}" | sort | paste -sd ' ')
    echo "$* -> $offers"
}

INTERFACES='bond0 bond1 eth0 eth0:1 eth1 eth2 eth3 lo'

@test "bash: the commands of netsvc are those of its help" {
    complete_bash netsvc ""
    [ -n "$offers" ]
    [ "$offers" = "$(netsvc --help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p' | sort | paste -sd ' ')" ]
    complete_bash netsvc sta
    [ "$offers" = "start status" ]
    complete_bash netsvc nonsense
    [ -z "$offers" ]
}

@test "bash: each command gets its own options" {
    complete_bash netsvc plan --
    [ "$offers" = "--exit-code --help --json --root" ]
    complete_bash netsvc check --
    [ "$offers" = "--help --json --root --strict" ]
    complete_bash netsvc start --
    [ "$offers" = "--help" ]
    complete_bash netsvc help --t
    [ "$offers" = "--tsv" ]
    complete_bash netsvc --
    [ "$offers" = "--help --version" ]
}

@test "bash: arguments of netsvc" {
    complete_bash netsvc plan ""
    [ "$offers" = "down reload restart start stop up" ]
    for words in "plan up" "plan down" "plan up bond0" "plan reload" "plan reload bond0" up "up bond0" down reload "reload bond0" show \
        check "check bond0"; do
        complete_bash netsvc $words ""
        [ "$offers" = "$INTERFACES" ]
    done
    for words in start "plan start" "show bond0"; do
        complete_bash netsvc $words ""
        [ -z "$offers" ]
    done
    complete_bash netsvc help b
    [ "$offers" = bonding ]
    complete_bash netsvc help res
    [ "$offers" = restart ]
}

@test "bash: what is exported, for whom and where to" {
    complete_bash netsvc export --to ""
    [ "$offers" = "networkd nm nmstate" ]
    complete_bash netsvc export --to nm ""
    [ "$offers" = "$INTERFACES" ]
    mkdir -p "$BATS_TEST_TMPDIR/files"
    complete_bash netsvc export --out "$BATS_TEST_TMPDIR/fil"
    [ "$offers" = "$BATS_TEST_TMPDIR/files" ]
}

@test "bash: names below --root, in both ways of writing it" {
    mkdir -p "$BATS_TEST_TMPDIR/other/etc/sysconfig/network-scripts"
    echo DEVICE=em1 >"$BATS_TEST_TMPDIR/other/etc/sysconfig/network-scripts/ifcfg-em1"
    complete_bash netsvc show --root "$BATS_TEST_TMPDIR/other" ""
    [ "$offers" = em1 ]
    complete_bash netsvc check --root = "$BATS_TEST_TMPDIR/other" ""
    [ "$offers" = em1 ]
    complete_bash netsvc show --root "$BATS_TEST_TMPDIR/oth"
    [ "$offers" = "$BATS_TEST_TMPDIR/other" ]
}

@test "bash: ifup and ifdown" {
    for program in ifup ifdown; do
        complete_bash $program ""
        [ "$offers" = "$INTERFACES" ]
        complete_bash $program bond
        [ "$offers" = "bond0 bond1" ]
        complete_bash $program bond0 ""
        [ "$offers" = "$(tr ' ' '\n' <<<"$INTERFACES boot" | sort | xargs)" ]
        complete_bash $program bond0 boot ""
        [ -z "$offers" ]
        complete_bash $program --
        [ "$offers" = "--help --version" ]
    done
}

@test "bash: an alias, which bash takes apart at its colon" {
    COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
    complete_bash ifup eth0 :
    [ "$offers" = 1 ]
    complete_bash ifup eth0 : 1
    [ "$offers" = 1 ]
    complete_bash ifup eth0
    [ "$offers" = "eth0 eth0:1" ]
}

@test "bash: leftovers of editors and packages are no interfaces, just as netsvc sees it" {
    for ending in '~' .bak .old .orig .rpmnew .rpmorig .rpmsave .kept; do
        echo "DEVICE=x$ending" | tr '~.' '__' >"$SCRIPTS/ifcfg-eth9$ending"
    done
    mkdir "$SCRIPTS/ifcfg-folder"
    complete_bash ifup eth9
    [ "$offers" = eth9.kept ]
    [ "$(netsvc show --root "$ROOT" 2>/dev/null | grep -c '/ifcfg-eth9')" -eq 1 ]
}

@test "bash: ifenslave knows bonds, and their ports" {
    complete_bash ifenslave bond
    [[ " $offers " == *" bond0 bond1 "* ]]
    complete_bash ifenslave bond1 ""
    [ "$offers" = "eth2 eth3" ]
    complete_bash ifenslave -c bond0 ""
    [ "$offers" = "eth0 eth1" ]
    complete_bash ifenslave --
    [ "$offers" = "$(ifenslave -h | grep -oE -- '--[a-z-]+' | sort -u | paste -sd ' ')" ]
    [[ $offers == *--change-active* ]]
}

@test "bash: without any files nothing is offered, and nothing said" {
    rm -r "$SCRIPTS"
    for words in "ifup" "netsvc up" "ifenslave bond1"; do
        complete_bash $words "" 2>"$BATS_TEST_TMPDIR/err"
        [ -z "$offers" ]
        [ ! -s "$BATS_TEST_TMPDIR/err" ]
    done
}

@test "bash: every command has its completion, by the name that bash-completion loads" {
    for program in netsvc ifup ifdown ifenslave ifcfg-parse; do
        complete -p "$program"
        grep -qE "^#compdef .*\<$program\>" "$TREE/netsvc/completion/_netsvc"
    done
}

# The builtins of zsh's completion system work only under its line editor; here they print what they are given.
complete_zsh() { # WORD...: $offers
    cat >"$BATS_TEST_TMPDIR/harness" <<-'END'
	compadd() { shift; print -rl -- $@ }
	_describe() { print -rl -- ${${(P)2}%%:*} }
	_files() { print -r -- FILES }
	service=none
	source $1
	_netsvc_folder() { print -r -- ${1:-$ROOT}/etc/sysconfig/network-scripts }
	shift
	service=$1 CURRENT=$#
	words=("$@")
	_netsvc_dispatch
	END
    ROOT=$ROOT zsh -f "$BATS_TEST_TMPDIR/harness" "$TREE/netsvc/completion/_netsvc" "$@" >"$BATS_TEST_TMPDIR/offers" || true
    offers=$(grep -e "^${!#}" "$BATS_TEST_TMPDIR/offers" | sort -u | paste -sd ' ')
    echo "zsh: $* -> $offers"
}

@test "zsh: offers what bash offers" {
    command -v zsh >/dev/null || { [ -n "$CI" ] && false; skip "zsh is not installed"; }
    while read -r line; do
        eval "words=($line)"
        complete_bash "${words[@]}"
        expected=$offers
        complete_zsh "${words[@]}"
        [ -n "$offers" ]
        [ "$offers" = "$expected" ]
    done <<-'END'
	netsvc ""
	netsvc plan ""
	netsvc plan up ""
	netsvc plan reload bond0 ""
	netsvc plan --
	netsvc check bond0 ""
	netsvc show ""
	netsvc help ""
	netsvc -
	ifup ""
	ifdown bond0 ""
	ifup --
	ifenslave bond1 ""
	ifenslave --
	END
}
