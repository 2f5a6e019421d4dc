# The changes that tests/guest/try.bats puts on trial, a line each.

# What breaks the way to the administrator, or would leave the server without its gateway. DESCRIPTION|EDIT|OPTION... COMMAND
bad_changes() {
    cat <<'END'
LACP, and the switch has none|sed -i s/mode=1/mode=4/ ifcfg-bond0|restart
an address and a gateway of another network|sed -i s/10.0.11/10.0.99/ ifcfg-bond0|restart
the wrong gateway|sed -i s/GATEWAY=.*/GATEWAY=10.0.11.99/ ifcfg-bond0|restart
the wrong gateway, by reload|sed -i s/GATEWAY=.*/GATEWAY=10.0.11.98/ ifcfg-bond0|reload
no gateway any more|sed -i /GATEWAY/d ifcfg-bond0|restart
the gateway on the other bond|sed -i /GATEWAY/d ifcfg-bond0; echo GATEWAY=172.16.11.77 >>ifcfg-bond1|restart
the files of the bond are deleted|rm ifcfg-bond0 ifcfg-eth0 ifcfg-eth1|restart
the address on the wrong VLAN|sed -i "/IPADDR/d; /PREFIX/d; /GATEWAY/d" ifcfg-bond0; printf "%s\n" DEVICE=bond0.7 VLAN=yes IPADDR=10.0.11.2 PREFIX=24 GATEWAY=10.0.11.1 ARPCHECK=no >ifcfg-bond0.7|restart
the ports of the other network|sed -i s/bond0/bondX/ ifcfg-eth0 ifcfg-eth1; sed -i s/bond1/bond0/ ifcfg-eth2 ifcfg-eth3; sed -i s/bondX/bond1/ ifcfg-eth0 ifcfg-eth1|restart
a new port whose cable is not in|printf "%s\n" DEVICE=eth4 MASTER=bond0 SLAVE=yes >ifcfg-eth4; rm ifcfg-eth0 ifcfg-eth1|restart
the ports leave the bond|sed -i "/MASTER/d; /SLAVE/d" ifcfg-eth0 ifcfg-eth1|restart
the second bond takes the ports of the first|sed -i s/bond0/bond1/ ifcfg-eth0 ifcfg-eth1|restart
bond0 is taken down||down bond0
ONBOOT=no|echo ONBOOT=no >>ifcfg-bond0|restart
an MTU that is too small for the probe|echo MTU=1000 >>ifcfg-bond0|--probe "ping -q -c 1 -W 1 -M do -s 1400 10.0.11.1" restart
a probe that never succeeds|echo MTU=1400 >>ifcfg-bond0|--probe false restart
a firewall drops the new address|sed -i s/10.0.11.2/10.0.11.66/ ifcfg-bond0|restart
a rule prohibits the administrator|echo "to 10.0.11.100 prohibit" >rule-bond0|restart
a rule prohibits all that the server says|echo "from 10.0.11.2 prohibit" >rule-bond0|restart
a black hole to the administrator|echo "blackhole 10.0.11.100/32" >route-bond0|restart
the administrator is behind a prefix that is unreachable|sed -i s/PREFIX=24/PREFIX=27/ ifcfg-bond0; echo "unreachable 10.0.11.96/27" >route-bond0|restart
a prefix that leaves the administrator out|sed -i s/PREFIX=24/PREFIX=30/ ifcfg-bond0|restart
an ARP monitor of a host that is not there|sed -i "s/miimon=100/arp_interval=100 arp_ip_target=10.0.11.77 arp_validate=all/" ifcfg-bond0|restart
the address of the administrator's own host|sed -i s/10.0.11.2/10.0.11.100/ ifcfg-bond0|restart
another address, and nobody comes back|sed -i s/10.0.11.2/10.0.11.20/ ifcfg-bond0|restart
another network, by up|sed -i s/10.0.11/10.0.98/ ifcfg-bond0|up bond0
the two bonds' addresses change places|sed -i s/10.0.11.2/172.16.11.2/ ifcfg-bond0; sed -i s/IPADDR=172.16.11.2/IPADDR=10.0.11.2/ ifcfg-bond1; sed -i /GATEWAY/d ifcfg-bond0; echo GATEWAY=10.0.11.1 >>ifcfg-bond1|restart
a bridge on the bond, without the address|sed -i "/IPADDR/d; /PREFIX/d; /GATEWAY/d" ifcfg-bond0; echo BRIDGE=br0 >>ifcfg-bond0; printf "%s\n" DEVICE=br0 TYPE=Bridge >ifcfg-br0|restart
by DHCP, and no server answers|sed -i "/IPADDR/d; /PREFIX/d; /GATEWAY/d" ifcfg-bond0; echo BOOTPROTO=dhcp >>ifcfg-bond0|restart
a VRF takes the bond|printf "%s\n" DEVICE=blue TYPE=Vrf VRF_TABLE=10 >ifcfg-blue; echo VRF=blue >>ifcfg-bond0|restart
END
}

# What works all the same. The last column is where the server is then, if it moves: the administrator comes back there, and confirms.
good_changes() {
    cat <<'END'
a second address|printf "%s\n" IPADDR2=10.0.11.30 PREFIX2=24 >>ifcfg-bond0|restart|
the server moves|sed -i s/10.0.11.2/10.0.11.3/ ifcfg-bond0|restart|10.0.11.3
another mode: balance-tlb|sed -i s/mode=1/mode=5/ ifcfg-bond0|restart|
another mode: balance-alb|sed -i s/mode=1/mode=6/ ifcfg-bond0|restart|
another mode: balance-xor|sed -i s/mode=1/mode=2/ ifcfg-bond1|restart|
a primary port|sed -i "s/miimon=100/miimon=100 primary=eth1/" ifcfg-bond0|restart|
a route|echo "10.77.0.0/16 via 10.0.11.1" >route-bond0|restart|
a rule with a table of its own|echo "from 10.0.11.2 table 77" >rule-bond0; printf "%s\n" "10.0.11.0/24 dev bond0 table 77" "default via 10.0.11.1 table 77" >route-bond0|restart|
a VLAN beside|printf "%s\n" DEVICE=bond0.9 VLAN=yes IPADDR=10.9.9.2 PREFIX=24 ARPCHECK=no >ifcfg-bond0.9|restart|
a smaller MTU|echo MTU=1400 >>ifcfg-bond0|restart|
another interval of the monitor, by reload|sed -i s/miimon=100/miimon=50/ ifcfg-bond0|reload|
the ARP monitor|sed -i "s/miimon=100/arp_interval=200 arp_ip_target=10.0.11.1/" ifcfg-bond0|restart|
one port less|rm ifcfg-eth1|restart|
a port more|sed -i s/bond1/bond0/ ifcfg-eth2; sed -i "s/miimon=100/miimon=100 primary=eth0/" ifcfg-bond0|restart|
delays of the monitor|sed -i "s/miimon=100/miimon=100 updelay=200 downdelay=200/" ifcfg-bond0|restart|
fail_over_mac|sed -i "s/miimon=100/miimon=100 fail_over_mac=1/" ifcfg-bond0|restart|
more gratuitous ARP|sed -i "s/miimon=100/miimon=100 num_grat_arp=3 resend_igmp=3/" ifcfg-bond0|restart|
a bridge on the bond, with its address|sed -i "/IPADDR/d; /PREFIX/d; /GATEWAY/d; /ARPCHECK/d" ifcfg-bond0; echo BRIDGE=br0 >>ifcfg-bond0; printf "%s\n" DEVICE=br0 TYPE=Bridge DELAY=0 IPADDR=10.0.11.2 PREFIX=24 GATEWAY=10.0.11.1 ARPCHECK=no >ifcfg-br0|restart|
the server moves onto a bridge, to another address|sed -i "/IPADDR/d; /PREFIX/d; /GATEWAY/d; /ARPCHECK/d" ifcfg-bond0; echo BRIDGE=br0 >>ifcfg-bond0; printf "%s\n" DEVICE=br0 TYPE=Bridge DELAY=0 IPADDR=10.0.11.7 PREFIX=24 GATEWAY=10.0.11.1 ARPCHECK=no >ifcfg-br0|restart|10.0.11.7
an alias|printf "%s\n" DEVICE=bond0:1 IPADDR=10.0.11.31 PREFIX=24 ARPCHECK=no >ifcfg-bond0:1|restart|
a dummy with an address|printf "%s\n" DEVICE=dummy0 TYPE=dummy IPADDR=10.3.3.3 PREFIX=32 >ifcfg-dummy0|restart|
a macvlan|printf "%s\n" DEVICE=mv0 TYPE=macvlan PHYSDEV=bond1 IPADDR=172.16.11.40 PREFIX=24 ARPCHECK=no >ifcfg-mv0|restart|
IPv6|printf "%s\n" IPV6INIT=yes IPV6ADDR=2001:db8:11::2/64 >>ifcfg-bond0|restart|
the second bond goes|rm ifcfg-bond1 ifcfg-eth2 ifcfg-eth3|restart|
another address of the second bond|sed -i s/172.16.11.2/172.16.11.9/ ifcfg-bond1|restart|
the second bond is taken down||down bond1|
the server moves, by up|sed -i s/10.0.11.2/10.0.11.4/ ifcfg-bond0|up bond0|10.0.11.4
the server moves into a wider network|sed -i "s/10.0.11.2/10.0.11.5/; s/PREFIX=24/PREFIX=23/" ifcfg-bond0|restart|10.0.11.5
the first address is the second one now|sed -i "s/IPADDR=10.0.11.2/IPADDR=10.0.11.6/" ifcfg-bond0; printf "%s\n" IPADDR2=10.0.11.2 PREFIX2=24 >>ifcfg-bond0|restart|
all as it was in the beginning||restart|
END
}
