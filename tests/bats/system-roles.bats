# linux-system-roles' network role, as its module is run by Ansible with the provider `initscripts`: it writes files, and calls `ifup` and
# `ifdown`. It runs where this machine has the role (ROLE is its folder: tests.mk); what it makes of bonds and VLANs, and the calls that it
# makes then, are in tests/cases/linux-system-roles.case.

load sandbox.bash

setup() {
    sandbox_make
    cp /etc/passwd /etc/nsswitch.conf "$SANDBOX/etc/"
    cat >"$BATS_TEST_TMPDIR/up" <<'END'
{"connections": [
 {"name": "v0", "type": "ethernet", "state": "up", "mtu": 1450,
  "ip": {"dhcp4": false, "auto6": false, "gateway4": "10.0.0.1", "address": ["10.0.0.2/24", "10.0.0.3/24", "2001:db8::2/64"],
         "route": [{"network": "198.51.100.0", "prefix": 24, "gateway": "10.0.0.9", "metric": 7},
                   {"network": "2001:db8:7::", "prefix": 48, "gateway": "2001:db8::9"}]},
  "ethtool": {"features": {"gro": false}}},
 {"name": "br20", "type": "bridge", "state": "up", "ip": {"dhcp4": false, "auto6": false, "address": ["10.0.20.2/24"]}},
 {"name": "port1", "type": "ethernet", "state": "up", "interface_name": "v1", "controller": "br20"}]}
END
    cat >"$BATS_TEST_TMPDIR/down" <<'END'
{"connections": [
 {"name": "br20", "persistent_state": "absent", "state": "down"}, {"name": "port1", "persistent_state": "absent", "state": "down"},
 {"name": "v0", "state": "up"}]}
END
}

@test "the network role brings up what its variables ask for, changes nothing the second time, and takes away what is to be absent" {
    export ROLES_RUN="$TREE/tests/bats/system-roles.py" VARIABLES=$BATS_TEST_TMPDIR
    sandbox '
        role() { python3 -B "$ROLES_RUN" "$ROLE" <"$VARIABLES/$1"; }
        role up
        ip -br addr; cat /sys/class/net/v0/mtu; ip route; ip -6 route; ls /sys/class/net/br20/brif; netsvc plan restart
        echo again; role up
        echo down; role down
        ls /sys/class/net; ip -br addr show v0; ls /etc/sysconfig/network-scripts'
    [ "$status" -eq 0 ]
    [[ $out == *'changed: True'*'v0@p0 '*'10.0.0.2/24 10.0.0.3/24 2001:db8::2/64'*'br20 '*'10.0.20.2/24'*again*'changed: False'*down*'changed: True'* ]]
    [[ $out == *'default via 10.0.0.1 dev v0'*'198.51.100.0/24 via 10.0.0.9 dev v0 metric 7'*'2001:db8:7::/48 via 2001:db8::9 dev v0'* ]]
    grep -qx 1450 <<<"$out"
    [ "$(grep -c '  nothing to do' <<<"${out%again*}")" = 3 ]
    grep -qx v1 <<<"${out%again*}"
    [[ ${out##*down} != *br20* && ${out##*down} == *'v0@p0 '*10.0.0.2/24* && ${out##*down} != *port1* ]]
}
