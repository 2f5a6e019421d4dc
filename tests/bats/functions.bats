# network-functions, as ifup-TYPE of other packages use them, in the shells that these are written for.

setup() {
    export NETSVC_PARSE NETSVC_SCRIPTS=$BATS_TEST_TMPDIR/scripts NETSVC_SYS=$BATS_TEST_TMPDIR/sys
    NETSVC_PARSE=$(realpath "${BUILD:-$BATS_TEST_DIRNAME/../../build}")/ifcfg-parse
    functions=$(realpath "$BATS_TEST_DIRNAME/../../hooks/network-functions")
    mkdir -p "$NETSVC_SCRIPTS" "$NETSVC_SYS/class/net"
    printf '%s\n' DEVICE=eth0 'NAME="first one"' HWADDR=02:00:00:00:00:0a >"$NETSVC_SCRIPTS/ifcfg-eth0"
    nic eth0 02:00:00:00:00:0a
    nic lo 00:00:00:00:00:00
}

nic() { # NAME MAC
    mkdir -p "$NETSVC_SYS/class/net/$1"
    echo "$2" >"$NETSVC_SYS/class/net/$1/address"
    echo 0x1003 >"$NETSVC_SYS/class/net/$1/flags"
}

# in_shells SCRIPT WANTED: every shell prints this
in_shells() {
    local shell
    for shell in dash bash "bash --posix"; do
        run $shell -c ". '$functions'; $1"
        [ "$output" = "$2" ] || { echo "$shell: '$output' instead of '$2'"; return 1; }
    done
}

@test "a file is found by its name, by NAME, by the card's address and by DEVICE, and read" {
    printf '%s\n' DEVICE=br0 TYPE=OVSBridge >"$NETSVC_SCRIPTS/ifcfg-bridge"
    cp "$NETSVC_SCRIPTS/ifcfg-eth0" "$NETSVC_SCRIPTS/ifcfg-eth0.rpmsave"
    in_shells 'need_config eth0; echo $CONFIG' ifcfg-eth0
    in_shells 'need_config ifcfg-eth0; echo $CONFIG' ifcfg-eth0
    in_shells 'need_config "First one"; echo $CONFIG' ifcfg-eth0
    in_shells 'need_config br0; echo $CONFIG' ifcfg-bridge
    in_shells 'need_config nothing; echo $CONFIG' ifcfg-nothing
    in_shells 'CONFIG=ifcfg-bridge; source_config; echo $DEVICE $TYPE $DEVICETYPE $DEVNAME $REALDEVICE $ISALIAS' \
        "br0 OVSBridge br bridge br0 no"
    rm "$NETSVC_SCRIPTS/ifcfg-bridge"
    nic en7 02:00:00:00:00:0b
    printf '%s\n' HWADDR=02:00:00:00:00:0B UUID=1-2 >"$NETSVC_SCRIPTS/ifcfg-office"
    in_shells 'need_config en7; source_config; echo $CONFIG $DEVICE $HWADDR $UUID' "ifcfg-office en7 02:00:00:00:00:0B 1-2"
}

@test "nothing of a file is executed, and none of the shell's own variables comes from it" {
    cat >"$NETSVC_SCRIPTS/ifcfg-evil" <<END
DEVICE=evil0
A='\$(touch $BATS_TEST_TMPDIR/ran)'
B="\`touch $BATS_TEST_TMPDIR/ran\`"
C=\$(touch $BATS_TEST_TMPDIR/ran)
PATH=/nowhere
IFS=e
LD_PRELOAD=/nowhere
OPTIND=none
EUID=5
NETSVC_PARSE=/nowhere
D="it's; touch $BATS_TEST_TMPDIR/ran"
touch $BATS_TEST_TMPDIR/ran
END
    in_shells 'CONFIG=ifcfg-evil; source_config; echo "$DEVICE $PATH $LD_PRELOAD"; printf "%s\n" "$D"' \
        "evil0 /sbin:/usr/sbin:/bin:/usr/bin "$'\n'"it's; touch $BATS_TEST_TMPDIR/ran"
    [ ! -e "$BATS_TEST_TMPDIR/ran" ]
}

@test "words, devices and messages are as they were" {
    in_shells 'is_true YES && is_true 1 && ! is_true 2 && is_false Off && ! is_false "" && echo fine' fine
    in_shells 'toggle_value --x yes; toggle_value --x no; toggle_value --x perhaps' $' --x on\n --x off'
    in_shells 'get_hwaddr eth0; get_hwaddr nosuch || echo none' $'02:00:00:00:00:0A\nnone'
    in_shells 'get_device_by_hwaddr 02:00:00:00:00:0A' eth0
    in_shells 'check_device_down eth0 || echo up; check_device_down nosuch && echo down' $'up\ndown'
    in_shells 'is_bonding_device eth0 || echo no; is_available eth0 && echo yes' $'no\nyes'
    in_shells 'net_log "gone wrong" warning /x/ifup-eth' 'WARN      : [/x/ifup-eth] gone wrong'
    in_shells 'DHCP_HOSTNAME=web01; set_hostname_options; echo $hostname_options' '-H web01'
}

@test "resolv.conf stays the same file, and keeps its options" {
    export NETSVC_RESOLV_CONF=$BATS_TEST_TMPDIR/resolv.conf
    printf 'options rotate\nnameserver 192.0.2.1\n' >"$NETSVC_RESOLV_CONF"
    printf 'search example.org\nnameserver 192.0.2.2\n' >"$BATS_TEST_TMPDIR/new"
    inode=$(stat -c %i "$NETSVC_RESOLV_CONF")
    in_shells "change_resolv_conf $BATS_TEST_TMPDIR/new" ""
    [ "$(cat "$NETSVC_RESOLV_CONF")" = $'options rotate\nsearch example.org\nnameserver 192.0.2.2' ]
    [ "$(stat -c %i "$NETSVC_RESOLV_CONF")" = "$inode" ]
}

@test "shellcheck finds nothing in it" {
    command -v shellcheck >/dev/null || skip "no shellcheck here"
    shellcheck -s sh -e SC2034,SC1090 "$functions"
    shellcheck -s sh -e SC1091,SC2154 "${functions%/*}"/ifup-eth "${functions%/*}"/ifdown-eth
}
