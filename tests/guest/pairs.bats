#!/usr/bin/env bats
# Pairs of configurations at random, from one to the other in one run, on the real kernel and on its prediction: thirty, if they fit
# into three minutes. `pairs SEED 60 1` does one again; what is tried is in pairs.c.

@test "from one configuration to another in one run, as foretold" {
    modprobe bonding max_bonds=0
    modprobe veth || true # built in somewhere
    sysctl -qw net.core.fb_tunnels_only_for_init_net=1 # the devices that come with a tunnel's driver are not foretold
    local most=30
    [ -z "${SEED:-}" ] || most=1
    run unshare -n -m sh -c "mount -t sysfs sysfs /sys; exec $BUILD/tests/pairs ${SEED:-1} ${PAIRS_SECONDS:-180} $most"
    printf '%s\n' "$output" | sed -n '/^not ok/,/^ok/p;/^Bail/p;/^# .* pairs/p'
    [ "$status" -eq 0 ]
    [ -n "${SEED:-}" ] || [ "$(grep -c '^ok' <<<"$output")" -ge 10 ]
}
