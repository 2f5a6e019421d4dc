# What the tests of DHCP share: dnsmasq behind the cable of eth0, and what clients leave behind.
LEASES=/run/lab/dnsmasq.leases

# dnsmasq_start NAMESPACE OPTION...: a server; without a look whether its addresses are taken, which takes 3 s
dnsmasq_start() {
    lab_ns "$1" dnsmasq --conf-file=/dev/null --port=0 --user=root --pid-file=/run/lab/dnsmasq.pid --dhcp-leasefile=$LEASES \
        --dhcp-authoritative --no-ping --bind-interfaces "${@:2}" 3>&-
}
# server_start [OPTION...]: behind eth0; 10.9.0.50 to .60 for LEASE_TIME, router .1
server_start() {
    ip -n sink addr replace 10.9.0.1/24 dev web01.eth0
    dnsmasq_start sink --interface=web01.eth0 "--dhcp-range=10.9.0.50,10.9.0.60,255.255.255.0,${LEASE_TIME:-1h}" \
        --dhcp-option=option:router,10.9.0.1 --dhcp-option=option:dns-server,10.9.0.53 "$@"
}
server_stop() {
    [ ! -e /run/lab/dnsmasq.pid ] || kill "$(</run/lab/dnsmasq.pid)" || :
    rm -f /run/lab/dnsmasq.pid $LEASES
}
setup() {
    nics_begin 2
    rm -rf /var/lib/dhcp/* /var/lib/dhcpcd/*.lease* /run/dhclient* /run/dhcpcd/*
}
teardown() {
    server_stop
}
teardown_file() {
    lab_destroy
}

leased() { # NIC: its address, if it is one that ends
    web01 ip -j -4 addr show dev "$1" dynamic | jq -er '.[] | select(.addr_info) | .addr_info[].local'
}
client_pid() { # NIC
    web01 sed -n 's/^pid=//p' "/run/netsvc/dhcp/$1-4"
}

no_client() { # [CLIENT]: dhcpcd, if not given. Nobody waits for those that were started by netsvc: they may be zombies
    ! pgrep -r D,I,R,S,T,t -x "${1:-dhcpcd}"
}
gone() { # PID
    ! kill -0 "$1" 2>/dev/null || grep -q '^State:.Z' "/proc/$1/status"
}
conf_is() { # LINE...: resolv.conf
    printf '%s\n' "$@" | diff - <(web01 cat /etc/resolv.conf)
}
leased6() { # NIC
    web01 ip -j -6 addr show dev "$1" scope global | jq -er '.[] | select(.addr_info) | .addr_info[] | select(.prefixlen == 128) | .local'
}
