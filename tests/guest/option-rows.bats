#!/usr/bin/env bats
# Every row of the bonding option table against the real driver, by netlink and by sysfs. What is tried is in option-rows.c.

@test "the kernel agrees with every row of the option table" {
    modprobe bonding max_bonds=0
    for module in veth bridge 8021q dummy ifb macvlan macvtap ipvlan ipvtap vrf ip_gre ip6_gre ipip ip6_tunnel sit vxlan tun; do modprobe "$module" || true; done # built in somewhere, or missing
    run "$BUILD/tests/option-rows"
    printf '%s\n' "$output" | grep -A1 -E '^not ok|^Bail' || true
    [ "$status" -eq 0 ]
    [ "$(printf '%s\n' "$output" | grep -c '^ok ')" -gt 40 ]
}
