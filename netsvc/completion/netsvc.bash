# bash completion for netsvc, ifup, ifdown, ifenslave and ifcfg-parse. Commands and options are asked of the programs
# themselves, interface names are those of the configuration files.

_netsvc_folder() { # ROOT
    printf '%s\n' "${1%/}/etc/sysconfig/network-scripts"
}

# What follows ifcfg- in the names of the files, without what editors and package managers leave behind.
_netsvc_names() { # ROOT
    local path
    for path in "$(_netsvc_folder "$1")"/ifcfg-?*; do
        case $path in
        *~ | *.bak | *.old | *.orig | *.rpmnew | *.rpmorig | *.rpmsave) continue ;;
        esac
        [ -f "$path" ] && printf '%s\n' "${path##*/ifcfg-}"
    done
}

_netsvc_value() { # FILE KEY
    sed -n "s/^[[:blank:]]*\(export[[:blank:]]*\)\{0,1\}$2=[\"']\{0,1\}\([^\"' #]*\).*/\2/p" "$1" 2>/dev/null | tail -n 1
}

# DEVICE and MASTER of every port that a file describes.
_netsvc_ports() {
    local name file device master
    while IFS= read -r name; do
        file=$(_netsvc_folder "")/ifcfg-$name
        master=$(_netsvc_value "$file" MASTER)
        device=$(_netsvc_value "$file" DEVICE)
        [ -n "$master" ] && printf '%s %s\n' "${device:-$name}" "$master"
    done < <(_netsvc_names "")
}

# The words up to the cursor, with those put together again that bash took apart at ':' and '='.
_netsvc_words() { # sets words, cur
    local word at
    words=()
    for ((at = 0; at <= COMP_CWORD; at++)); do
        word=${COMP_WORDS[at]-}
        if ((at > 1)) && [[ $word == [:=]* || ${words[-1]} == *[:=] ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
    done
    cur=${words[-1]}
}

# Offers those of the given lines that begin with the current word. What bash took for an earlier word is not repeated.
_netsvc_offer() { # LINES, uses cur
    local line before=''
    [[ $cur == *:* && ${COMP_WORDBREAKS-} == *:* ]] && before=${cur%"${cur##*:}"}
    while IFS= read -r line; do
        [[ -n $line && $line == "$cur"* ]] && COMPREPLY+=("${line#"$before"}")
    done <<<"$1"
}

_netsvc_offer_folders() {
    local line
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <(compgen -d -- "${cur#--root=}")
}

_netsvc_commands() { # PROGRAM
    "$1" help 2>/dev/null | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p'
}

# A word of a usage line as what can stand there: NAME is an interface, COMMAND a command, GENERATION a number, the rest itself.
_netsvc_expand() { # WORD PROGRAM ROOT
    case $1 in
    NAME) _netsvc_names "$3" ;;
    DEVICE) (cd /sys/class/net 2>/dev/null && printf '%s\n' *) ;;
    COMMAND) _netsvc_commands "$2" ;;
    GENERATION) "$2" history 2>/dev/null | sed -n '2,$s/^\([0-9]*\) .*/\1/p' ;;
    *) printf '%s\n' "$1" ;;
    esac
}

# What can stand at a place behind the verb, by a usage such as "start|stop|up NAME...|show NAME" or "NAME...".
_netsvc_arguments() { # USAGE PROGRAM ROOT ARGUMENTS-BEFORE...
    local usage=$1 program=$2 root=$3 choice first rest
    shift 3
    while IFS= read -r -d '|' choice; do
        first=${choice%% *} rest=${choice#"$first"}
        if [[ $# -eq 0 || $first == *... ]]; then
            _netsvc_expand "${first%...}" "$program" "$root"
        elif [[ $first == "${1-}" && ($# -eq 1 || $rest == *...) ]]; then
            rest=${rest# }
            _netsvc_expand "${rest%...}" "$program" "$root"
        fi
    done <<<"$usage|"
}

_netsvc() {
    local words cur word root='' verb='' usage arguments=() at program
    COMPREPLY=()
    _netsvc_words
    program=${words[0]/#\~/$HOME}
    for ((at = 1; at < ${#words[@]} - 1; at++)); do
        word=${words[at]}
        case $word in
        --root) ((++at < ${#words[@]} - 1)) && root=${words[at]} ;;
        --root=*) root=${word#--root=} ;;
        --to | --out) ((++at)) ;;
        -*) ;;
        *) if [ -z "$verb" ]; then verb=$word; else arguments+=("$word"); fi ;;
        esac
    done
    if [[ ${words[-2]-} == --root || ${words[-2]-} == --out || $cur == --root=* ]]; then
        _netsvc_offer_folders
    elif [[ ${words[-2]-} == --to ]]; then
        _netsvc_offer "$("$program" help "$verb" 2>/dev/null | sed -n '1s/.*\[--to \([a-z|]*\)\].*/\1/p' | tr '|' '\n')"
    elif [ -z "$verb" ]; then
        if [[ $cur == -* ]]; then
            _netsvc_offer $'--help\n--version'
        else
            _netsvc_offer "$(_netsvc_commands "$program")"
        fi
    else
        usage=$("$program" help "$verb" 2>/dev/null | sed -n "1s/^Usage: netsvc $verb *//p")
        if [[ $cur == -* ]]; then
            _netsvc_offer "$(grep -o -- '--[a-z-]*' <<<"$usage")"$'\n--help'
        else
            usage=${usage%%\[--*}
            usage=${usage//[\[\]]/}
            _netsvc_offer "$(_netsvc_arguments "${usage% }" "$program" "$root" "${arguments[@]}")"
        fi
    fi
}

_netsvc_ifupdown() {
    local words cur
    COMPREPLY=()
    _netsvc_words
    if [[ $cur == -* ]]; then
        _netsvc_offer $'--help\n--version'
    elif ((${#words[@]} == 2)); then
        _netsvc_offer "$(_netsvc_names "")"
    elif [ "${words[-2]}" != boot ]; then
        _netsvc_offer "$(_netsvc_names "")"$'\nboot'
    fi
}

_netsvc_bonds() {
    local path
    for path in /sys/class/net/*/bonding; do
        path=${path%/bonding}
        [ -d "$path/bonding" ] && printf '%s\n' "${path##*/}"
    done
    _netsvc_ports | cut -d ' ' -f 2
}

_netsvc_bond_ports() { # BOND: those that it has, and those that files give it
    tr ' ' '\n' <"/sys/class/net/$1/bonding/slaves"
    _netsvc_ports | sed -n "s/ $1\$//p"
} 2>/dev/null

_netsvc_ifenslave() {
    local words cur word bond=''
    COMPREPLY=()
    _netsvc_words
    for word in "${words[@]:1:${#words[@]}-2}"; do
        [[ $word != -* && -z $bond ]] && bond=$word
    done
    if [[ $cur == -* ]]; then
        _netsvc_offer "$("${words[0]/#\~/$HOME}" -h 2>/dev/null | grep -o -- '--[a-z-]*' | sort -u)"
    elif [ -z "$bond" ]; then
        _netsvc_offer "$(_netsvc_bonds | sort -u)"
    else
        _netsvc_offer "$(_netsvc_bond_ports "$bond" | sort -u)"
    fi
}

_netsvc_ifcfg_parse() {
    local words cur line
    COMPREPLY=()
    _netsvc_words
    if [[ $cur == -* ]]; then
        _netsvc_offer $'--json\n--version\n--help'
    else
        compopt -o filenames 2>/dev/null
        while IFS= read -r line; do
            COMPREPLY+=("$line")
        done < <(compgen -f -- "$cur")
    fi
}

complete -F _netsvc netsvc
complete -F _netsvc_ifupdown ifup ifdown
complete -F _netsvc_ifenslave ifenslave
complete -F _netsvc_ifcfg_parse ifcfg-parse
