# A host to try changes on: in namespaces of network, mounts and processes, with a gateway 10.9.0.1 at the other end of d0.

load sandbox.bash

setup() {
    sandbox_make
    cp /etc/passwd "$SANDBOX/etc/passwd"
    printf '%s\n' DEVICE=d0 IPADDR=10.9.0.2 PREFIX=24 GATEWAY=10.9.0.1 ARPCHECK=no | put ifcfg-d0
    printf '%s\n' DEVICE=d1 IPADDR=10.8.0.2 PREFIX=24 ARPCHECK=no | put ifcfg-d1
}

# Runs a script after a start. $S is the folder of the files; state prints all that has to be as it was.
sandbox() { # SCRIPT
    run sandbox_run d 'mkdir /run/netns; S=/etc/sysconfig/network-scripts
        ip netns add gateway
        for n in 0 1; do ip link set p$n netns gateway; ip -n gateway link set p$n up; done
        ip -n gateway addr add 10.9.0.1/24 dev p0; ip -n gateway addr add 10.7.0.1/24 dev p0
        state() { ip -o addr | sed "s/valid_lft.*//; s/ tentative//; /fe80/d"; ip -o link | sed "s/state.*//"; ip route; ip rule; md5sum $S/*[0-9]; }
        address() { ip -4 -br addr show $1 | tr -s " " | cut -d " " -f 3; }
        trial_begins() { rm -f /run/netsvc/trial/status; netsvc try "$@" >/run/out 2>&1 & TRY=$!; until [ -e /run/netsvc/trial/status ]; do kill -0 $TRY; sleep 0.05; done; }
        fuse() { cut -d " " -f 1 /run/netsvc/trial/fuse; }
        ends() { local status=0; wait $TRY || status=$?; cat /run/out; echo "try: $status"; }
        netsvc start >/dev/null; state >/run/before
        '"$1" -pf --mount-proc
    echo "$output"
}
EDIT='sed -i s/10.9.0.2/10.9.0.3/ $S/ifcfg-d0'
