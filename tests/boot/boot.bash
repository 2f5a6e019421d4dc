# What the tests inside the guest share.
NETWORK_SCRIPTS=/etc/sysconfig/network-scripts

# monitor COMMAND...: a command to QEMU's monitor, e.g. set_link nic2 off, device_del nic3. Without waiting for what it causes.
monitor() {
    stty -F /dev/ttyS1 raw -echo
    printf '\r%s\r' "$*" >/dev/ttyS1 # the first ends what the terminal has echoed so far
}
# until_true COMMAND...: for what nothing announces to a shell; looks every 100 ms. Its limit ends what hangs.
until_true() {
    local end=$((SECONDS + 300))
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || { echo "still not true: $*"; return 1; }
        sleep 0.1
    done
}
has_address() { # interface, address/length
    ip -4 -br address show dev "$1" | grep -qF " $2"
}
is_port_of() { # NIC, bond
    grep -qw "$1" "/sys/class/net/$2/bonding/slaves"
}
record_has() { # device, in the record of what is ours
    grep -qw "$1" /run/netsvc/state
}
record_lacks() {
    [ -s /run/netsvc/state ] || return 1
    if record_has "$1"; then return 1; fi
}
is_up() {
    ip -br link show dev "$1" up | grep -q .
}
unit_is() { # unit, state
    [ "$(systemctl show -P ActiveState "$1")" = "$2" ]
}
file_write() { # NAME < text
    cat >"$NETWORK_SCRIPTS/$1"
}
