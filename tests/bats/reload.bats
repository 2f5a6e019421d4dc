# What a reload does and leaves, and the restart that does the rest, in a network namespace: whoever talks to the host by what it had goes on.

load sandbox.bash

setup() {
    sandbox_make
    printf '%s\n' DEVICE=v0 IPADDR=10.9.0.2 PREFIX=24 GATEWAY=10.9.0.1 ARPCHECK=no NOZEROCONF=yes | put ifcfg-v0
    printf '%s\n' DEVICE=v1 IPADDR=10.8.0.2 PREFIX=24 ARPCHECK=no NOZEROCONF=yes | put ifcfg-v1
}

@test "a default route that no file asks for any more stays, and is named, unless another one leads on" {
    sandbox '
        cd /etc/sysconfig/network-scripts
        netsvc start >/dev/null
        sed -i /GATEWAY/d ifcfg-v0
        echo "10.7.0.0/16 via 10.9.0.7" >route-v0; netsvc reload >/dev/null && exit 1 || echo "exit $?"
        netsvc plan reload | grep -c "^  v0:" || :
        ip route show default
        netsvc plan restart --exit-code | tail -1; echo "exit ${PIPESTATUS[0]}"
        rm route-v0; netsvc plan reload --exit-code | grep remove || :
        echo "default via 10.8.0.1 metric 50" >route-v1; netsvc reload >/dev/null; echo "exit $?"
        ip route show; netsvc plan restart --exit-code | tail -1'
    [ "$status" -eq 0 ]
    [[ $out == 'exit 3
0
default via 10.9.0.1 dev v0 
Interrupts: v0 loses connections: the route default via 10.9.0.1 dev v0 is not asked for any more (ifcfg-v0:2)
exit 11
exit 0
default via 10.8.0.1 dev v1 metric 50 
10.8.0.0/24 dev v1 proto kernel scope link src 10.8.0.2 
10.9.0.0/24 dev v0 proto kernel scope link src 10.9.0.2 
Nothing would change.' ]]
    [[ $err == *'ifcfg-v0:2: v0: left as it is: the route default via 10.9.0.1 dev v0 is not asked for any more; `ifup v0` or `netsvc restart` changes it, and interrupts it'* ]]
}
