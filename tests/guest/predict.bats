#!/usr/bin/env bats
# Operations at random on the real kernel, and on its prediction (net_predict()): the pictures are the same after each one. What is
# tried is in predict.c; `predict SEED 1 STEPS` does it again.

@test "the prediction is what the kernel does" {
    modprobe bonding max_bonds=0
    for module in veth dummy 8021q bridge macvlan ipvlan vrf; do modprobe "$module" || true; done # built in somewhere
    sysctl -qw net.core.fb_tunnels_only_for_init_net=1 # the devices of tunnels that another test has loaded are not foretold
    run unshare -n -m sh -c "mount -t sysfs sysfs /sys; exec $BUILD/tests/predict ${SEED:-1} 8 40"
    printf '%s\n' "$output" | sed -n '/^not ok/,/^ok/p;/^Bail/p'
    [ "$status" -eq 0 ]
}
