/* Kickstart lines, and the files and problems that they come to: for test-kickstart.c. */
#pragma once
#include <glib.h>

typedef struct {
    const char *name, *kickstart;
    /* each file as "NAME: " and its lines behind the first, which names its origin, with blanks between them;
     * and the problems, a line each */
    const char *files, *problems;
} Row;

#define BRIDGE_OPTIONS                                                                                       \
    "expected stp, priority, forward-delay, hello-time, max-age, ageing-time or multicast-snooping, each "   \
    "with =VALUE\n"

static const Row rows[] = {
    {"dhcp is the default", "network --device=eth0\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes BOOTPROTO=dhcp\n", ""},
    {"an address makes it static for the installer no more than for us", /* check says that it is ignored */
     "network --device=eth0 --ip 10.0.0.2 --netmask 255.255.255.0\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes BOOTPROTO=dhcp IPADDR=10.0.0.2 PREFIX=24\n", ""},
    {"static",
     "network --device=eth0 --bootproto=static --ip 10.0.0.2 --netmask 255.255.255.0 --gateway 10.0.0.1 "
     "--nameserver "
     "10.0.0.53,10.0.0.54\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes BOOTPROTO=none IPADDR=10.0.0.2 PREFIX=24 "
     "GATEWAY=10.0.0.1 DNS1=10.0.0.53 DNS2=10.0.0.54\n",
     ""},
    {"a bond without a monitor",
     "network --device=bond0 --bondslaves=eth1,eth2 --bondopts=mode=1,primary=eth1 --noipv4\n",
     "ifcfg-bond0: DEVICE=bond0 TYPE=Bond ONBOOT=yes BONDING_MASTER=yes "
     "BONDING_OPTS=\"mode=1 primary=eth1 miimon=100\" BOOTPROTO=none\n"
     "ifcfg-eth1: DEVICE=eth1 TYPE=Ethernet ONBOOT=yes MASTER=bond0 SLAVE=yes\n"
     "ifcfg-eth2: DEVICE=eth2 TYPE=Ethernet ONBOOT=yes MASTER=bond0 SLAVE=yes\n",
     ""},
    {"semicolons let commas be",
     "network --device=bond0 --bondslaves=eth1 --noipv4 "
     "--bondopts=mode=active-backup;arp_interval=1000;arp_ip_target=10.0.11.1,10.0.11.254\n",
     "ifcfg-bond0: DEVICE=bond0 TYPE=Bond ONBOOT=yes BONDING_MASTER=yes BONDING_OPTS=\"mode=active-backup "
     "arp_interval=1000 arp_ip_target=10.0.11.1,10.0.11.254\" BOOTPROTO=none\n"
     "ifcfg-eth1: DEVICE=eth1 TYPE=Ethernet ONBOOT=yes MASTER=bond0 SLAVE=yes\n",
     ""},
    {"a VLAN over a bond in one line",
     "network --device=bond0 --bondslaves=eth1 --vlanid=171 --interfacename=vlan171 --bootproto=static "
     "--ip=10.1.0.2 "
     "--netmask=255.255.0.0 --noipv6 --onboot=no\n",
     "ifcfg-bond0: DEVICE=bond0 TYPE=Bond ONBOOT=no BONDING_MASTER=yes BONDING_OPTS=miimon=100 "
     "BOOTPROTO=none\n"
     "ifcfg-vlan171: DEVICE=vlan171 TYPE=Vlan ONBOOT=no VLAN=yes PHYSDEV=bond0 VLAN_ID=171 BOOTPROTO=none "
     "IPADDR=10.1.0.2 PREFIX=16 IPV6INIT=no\n"
     "ifcfg-eth1: DEVICE=eth1 TYPE=Ethernet ONBOOT=no MASTER=bond0 SLAVE=yes\n",
     ""},
    {"a VLAN over what another line configures",
     "network --device=eth0 --bootproto=dhcp\nnetwork --device=eth0 --vlanid=5 --noipv4\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes BOOTPROTO=dhcp\n"
     "ifcfg-eth0.5: DEVICE=eth0.5 TYPE=Vlan ONBOOT=yes VLAN=yes PHYSDEV=eth0 VLAN_ID=5 BOOTPROTO=none\n",
     ""},
    {"a bridge over a bond",
     "network --device=bond0 --bondslaves=eth1\n"
     "network --device=br0 --bridgeslaves=bond0 --bridgeopts=stp=yes,forward-delay=4,hello-time=2 "
     "--nodefroute\n",
     "ifcfg-bond0: DEVICE=bond0 TYPE=Bond ONBOOT=yes BONDING_MASTER=yes BONDING_OPTS=miimon=100 "
     "BOOTPROTO=none "
     "BRIDGE=br0\n"
     "ifcfg-br0: DEVICE=br0 TYPE=Bridge ONBOOT=yes STP=yes DELAY=4 BRIDGING_OPTS=hello_time=200 "
     "BOOTPROTO=dhcp "
     "DEFROUTE=no\n"
     "ifcfg-eth1: DEVICE=eth1 TYPE=Ethernet ONBOOT=yes MASTER=bond0 SLAVE=yes\n",
     ""},
    {"a team",
     "network --device=team0 --noipv4 --teamslaves=\"p1'{\\\"prio\\\": -10, \\\"sticky\\\": true}',p2\"\n",
     "ifcfg-team0: DEVICE=team0 TYPE=Team ONBOOT=yes DEVICETYPE=Team BOOTPROTO=none\n"
     "ifcfg-p1: DEVICE=p1 TYPE=Ethernet ONBOOT=yes DEVICETYPE=TeamPort TEAM_MASTER=team0 "
     "TEAM_PORT_CONFIG='{\"prio\": -10, \"sticky\": true}'\n"
     "ifcfg-p2: DEVICE=p2 TYPE=Ethernet ONBOOT=yes DEVICETYPE=TeamPort TEAM_MASTER=team0\n",
     ""},
    {"IPv6, and names that no lease brings",
     "network --device=eth0 --ipv6=2001:db8::2/64 --ipv6gateway=2001:db8::1 --ipv4-ignore-auto-dns "
     "--ipv4-dns-search=example.com,example.org --mtu=9000 --ethtool='-K eth0 tso off'\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes MTU=9000 ETHTOOL_OPTS=\"-K eth0 tso off\" "
     "BOOTPROTO=dhcp "
     "IPV6INIT=yes IPV6_AUTOCONF=no IPV6ADDR=2001:db8::2/64 IPV6_DEFAULTGW=2001:db8::1 "
     "DOMAIN=\"example.com example.org\" PEERDNS=no RESOLV_MODS=yes\n",
     ""},
    {"nothing of a value is ever executed",
     "network --device=eth0 --essid='$(reboot) `id` \"x\"' --wpakey='a$b'\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Wireless ONBOOT=yes ESSID='$(reboot) `id` \"x\"' MODE=Managed "
     "KEY_MGMT=WPA-PSK "
     "BOOTPROTO=dhcp\nkeys-eth0: \n",
     ""},
    {"nor of a name", "network --device='a$(id)' --bondslaves='b`id`' --noipv4\n",
     "ifcfg-a$(id): DEVICE='a$(id)' TYPE=Bond ONBOOT=yes BONDING_MASTER=yes BONDING_OPTS=miimon=100 "
     "BOOTPROTO=none\n"
     "ifcfg-b`id`: DEVICE='b`id`' TYPE=Ethernet ONBOOT=yes MASTER='a$(id)' SLAVE=yes\n",
     ""},
    {"abbreviated, repeated, with a comment",
     "network --dev=eth9 --dev=eth0 --boot=dhcp --no-act --mt 1400 # --netmask\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes MTU=1400 BOOTPROTO=dhcp\n", ""},
    {"only the command section",
     "%pre\nnetwork --nonsense\n%end\nnetwork --hostname=web01\n%packages\nnetwork\n%end\n", "hostname: \n",
     ""},
    {"the last line of a device counts", "network --device=eth0\nnetwork --device=eth0 --mtu=1400\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes MTU=1400 BOOTPROTO=dhcp\n",
     "ks.cfg:2:1: warning: eth0 was configured in line 1 already: this line counts\n"},
    {"sections: quoted, begun twice, unknown, and ends of none",
     "\"%pre\" --log=x # y\nnetwork --nonsense\n  %end\n%pre\n%post\n%end\n%nonsense\n%end\n", NULL,
     "ks.cfg:4:1: error: this section has no %end\n"
     "ks.cfg:7:1: error: '%nonsense' begins no section\n"
     "ks.cfg:8:1: error: '%end' begins no section\n"},
    {"the command in quotes, and another's quote that is open",
     "\\network --mtu\nnet\"work\"#--device=eth0\nrootpw it's\nnetwork --device=eth0 --essid=a\\\n", NULL,
     "ks.cfg:1:10: error: --mtu: a value is missing\n"
     "ks.cfg:3:10: error: this quote is never closed, so it ends with its line; add the closing '\n"
     "ks.cfg:4:32: error: a line goes on in no other: take the \\ at its end away\n"},
    {"values that begin like options",
     "network --device=eth0 --essid -5 --essid -.5 --essid - --essid \"--mt x\" --essid '-x y' "
     "--essid=--mtu\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Wireless ONBOOT=yes ESSID=--mtu MODE=Managed BOOTPROTO=dhcp\n", ""},
    {"options that look like values", "network --device=eth0 --essid '--mt=1 x' --essid -5x\n", NULL,
     "ks.cfg:1:23: error: --essid: a value is missing\n"
     "ks.cfg:1:36: error: --mtu: '1 x': expected a number from 68 to 65535\n"
     "ks.cfg:1:42: error: --essid: a value is missing\n"
     "ks.cfg:1:50: error: '-5x' is not an option: expected --OPTION\n"},
    {"from elsewhere", "%include /tmp/net.ks\nnetwork --device=eth0 --noipv4\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes BOOTPROTO=none\n",
     "ks.cfg:1:1: warning: %include is not followed: network lines there are not seen; put them into this "
     "file\n"},
    {"mistakes",
     "network --device=eth0 --boot --ipv --nonsense=1 --mtu=5 --onboot=perhaps --ip=10.0.0 "
     "--netmask=255.0.255.0 eth1\n",
     NULL,
     "ks.cfg:1:23: error: --bootproto: a value is missing\n"
     "ks.cfg:1:30: error: --ipv is ambiguous: --ipv4-dns-search, --ipv4-ignore-auto-dns, --ipv6, "
     "--ipv6-dns-search, --ipv6-ignore-auto-dns, --ipv6gateway\n"
     "ks.cfg:1:36: error: network has no option --nonsense\n"
     "ks.cfg:1:55: error: --mtu: '5': expected a number from 68 to 65535\n"
     "ks.cfg:1:66: error: --onboot: 'perhaps': expected yes or no\n"
     "ks.cfg:1:79: error: --ip: '10.0.0': expected an IPv4 address\n"
     "ks.cfg:1:96: error: --netmask: '255.0.255.0': expected a netmask\n"
     "ks.cfg:1:108: error: 'eth1' is not an option: expected --OPTION\n"},
    {"of a value that is given again only the last one is looked at",
     "network --device=eth0 --mtu=5 --mtu=1400 --ethtool --ip x --ethtool=\n", NULL,
     "ks.cfg:1:42: error: --ethtool: a value is missing\n"
     "ks.cfg:1:57: error: --ip: 'x': expected an IPv4 address\n"},
    {"but of a word every one",
     "network --device=eth0 --onboot=y --onboot=No --bootproto=none --bootproto=dhcp\n", NULL,
     "ks.cfg:1:32: error: --onboot: 'y': expected yes or no\n"
     "ks.cfg:1:58: error: --bootproto: 'none': expected dhcp, bootp, static, query, ibft\n"},
    {"a command that is nearly this one",
     "Network --device=eth0\nnetworks\nnetwrok\nnet --device=eth0\nnetwork --device=eth0\n", NULL,
     "ks.cfg:1:1: error: 'Network' is no command of a kickstart file: did you mean network?\n"
     "ks.cfg:2:1: error: 'networks' is no command of a kickstart file: did you mean network?\n"
     "ks.cfg:3:1: error: 'netwrok' is no command of a kickstart file: did you mean network?\n"},
    {"ambiguous", "network --device=eth0 --ipv4=1\n", NULL,
     "ks.cfg:1:23: error: --ipv4 is ambiguous: --ipv4-dns-search, --ipv4-ignore-auto-dns\n"},
    {"static without an address", "network --device=eth0 --bootproto=static\n", NULL,
     "ks.cfg:1:35: error: --bootproto=static needs --ip and --netmask\n"},
    {"the address of a port",
     "network --device=bond0 --bondslaves=eth1\n"
     "network --device=eth1 --bootproto=static --ip=10.0.0.2 --netmask=255.255.255.0 --gateway=10.0.0.1\n",
     "ifcfg-bond0: DEVICE=bond0 TYPE=Bond ONBOOT=yes BONDING_MASTER=yes BONDING_OPTS=miimon=100 "
     "BOOTPROTO=dhcp\n"
     "ifcfg-eth1: DEVICE=eth1 TYPE=Ethernet ONBOOT=yes BOOTPROTO=none MASTER=bond0 SLAVE=yes\n",
     "ks.cfg:2:47: warning: --ip has no effect: eth1 is a port of bond0 (line 1)\n"
     "ks.cfg:2:90: warning: --gateway has no effect: eth1 is a port of bond0 (line 1)\n"},
    {"the mark of some editors before the first line", "\xef\xbb\xbfnetwork --device=eth0\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes BOOTPROTO=dhcp\n", ""},
    {"a port of two", "network --device=bond0 --bondslaves=eth1\nnetwork --device=bond1 --bondslaves=eth1\n",
     NULL, "ks.cfg:2:37: error: eth1 is a port of bond0 already (line 1)\n"},
    {"an open quote", "network --device=\"eth0\n%pre\n", NULL,
     "ks.cfg:1:18: error: this quote is never closed, so it ends with its line; add the closing \"\n"
     "ks.cfg:2:1: error: this section has no %end\n"},
    {"what templates leave empty is not given",
     "network --device=eth0 --gateway= --nameserver= --hostname= --mtu=0 --vlanid= --bondslaves=\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes BOOTPROTO=dhcp\n", ""},
    {"flags", "network --device=eth0 --activate --nodns --notksdevice --noipv6 --ipv6-ignore-auto-dns\n",

     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes BOOTPROTO=dhcp IPV6INIT=no PEERDNS=no\n", ""},
    {"a flag that the installer alone has a use for", "network --device=eth0 --no-activate --noipv4\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes BOOTPROTO=none\n", ""},
    {"an option is no value", "network --device=eth0 --essid --noipv4\n", NULL,
     "ks.cfg:1:23: error: --essid: a value is missing\n"},
    {"what has a blank is a value", "network --device=eth0 --ethtool \"-K eth0 tso off\"\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes ETHTOOL_OPTS=\"-K eth0 tso off\" BOOTPROTO=dhcp\n",
     ""},
    {"search lists and their like need a device",
     "network --ipv4-dns-search=a.b --ipv6-dns-search=a.b --ipv4-ignore-auto-dns --ipv6-ignore-auto-dns\n",
     NULL,
     "ks.cfg:1:27: error: --ipv4-dns-search needs --device\n"
     "ks.cfg:1:49: error: --ipv6-dns-search needs --device\n"
     "ks.cfg:1:53: error: --ipv4-ignore-auto-dns needs --device\n"
     "ks.cfg:1:76: error: --ipv6-ignore-auto-dns needs --device\n"},
    {"bridge options need a bridge", "network --device=br0 --bridgeopts=stp=yes\n", NULL,
     "ks.cfg:1:35: error: --bridgeopts needs --bridgeslaves\n"},
    {"bridge options that mean nothing",
     "network --device=br0 --bridgeslaves=eth0 --bridgeopts=stp=,foo=1,priority=1=2,max-age,\n", NULL,
     "ks.cfg:1:55: error: --bridgeopts: 'stp=': " BRIDGE_OPTIONS
     "ks.cfg:1:55: error: --bridgeopts: 'foo=1': " BRIDGE_OPTIONS
     "ks.cfg:1:55: error: --bridgeopts: 'priority=1=2': " BRIDGE_OPTIONS
     "ks.cfg:1:55: error: --bridgeopts: 'max-age': " BRIDGE_OPTIONS
     "ks.cfg:1:55: error: --bridgeopts: '': " BRIDGE_OPTIONS},
    {"values of bridge options that are none",
     "network --device=br0 --bridgeslaves=eth0 "
     "--bridgeopts=stp=maybe,forward-delay=31,ageing-time=x,priority=65536,hello-time=0.5,max-age=41,"
     "multicast-snooping=2\n",
     NULL,
     "ks.cfg:1:55: error: stp=maybe is not possible: use yes or no\n"
     "ks.cfg:1:55: error: forward-delay=31 is not possible: use 0 to 30 seconds\n"
     "ks.cfg:1:55: error: ageing-time=x is not possible: use 0 to 21474836 seconds\n"
     "ks.cfg:1:55: error: priority=65536 is not possible: use 0 to 65535\n"
     "ks.cfg:1:55: error: hello-time=0.5 is not possible: use 1 to 10 seconds\n"
     "ks.cfg:1:55: error: max-age=41 is not possible: use 6 to 40 seconds\n"
     "ks.cfg:1:55: error: multicast-snooping=2 is not possible: use yes or no\n"},
    {"parts of seconds",
     "network --device=br0 --bridgeslaves=eth1 --bridgeopts=hello-time=2.5,stp=on,priority=7 --noipv4\n",
     "ifcfg-br0: DEVICE=br0 TYPE=Bridge ONBOOT=yes STP=on BRIDGING_OPTS=\"hello_time=250 priority=7\" "
     "BOOTPROTO=none\n"
     "ifcfg-eth1: DEVICE=eth1 TYPE=Ethernet ONBOOT=yes BRIDGE=br0\n",
     ""},
    {"bond options that are none",
     "network --device=bond0 --bondslaves=eth1 --bondopts=mode=9;foo=3;miimon=x;n\n", NULL,
     "ks.cfg:1:58: error: mode=9 is not possible: use balance-rr (0), active-backup (1), balance-xor (2), "
     "broadcast (3), 802.3ad (4), balance-tlb (5) or balance-alb (6)\n"
     "ks.cfg:1:60: error: 'foo' is not a bonding option\n"
     "ks.cfg:1:73: error: miimon=x is not possible: use 0 to 2147483647, off or maxval\n"
     "ks.cfg:1:75: error: 'n' is not OPTION=VALUE: ignored\n"},
    {"names that have another meaning",
     "network --device=lo\nnetwork --device=all\nnetwork --device=bond0 --bondslaves=default,eth1\n", NULL,
     "ks.cfg:1:18: error: --device: 'lo' is no device that can be configured: its name has another meaning\n"
     "ks.cfg:2:18: error: --device: 'all' is no device that can be configured: its name has another meaning\n"
     "ks.cfg:3:37: error: --bondslaves: 'default' is no device that can be configured: its name has another "
     "meaning\n"},
    {"bound to a card that a VLAN has not", "network --device=eth0 --vlanid=5 --bindto=mac\n", NULL,
     "ks.cfg:1:43: error: --bindto=mac is not possible for a VLAN, which has no card\n"},
    {"a VLAN is called what its line calls it",
     "network --device=eth0 --vlanid=5 --interfacename=vlanx --noipv4\n"
     "network --device=eth0 --vlanid=007 --noipv4\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes BOOTPROTO=none\n"
     "ifcfg-vlanx: DEVICE=vlanx TYPE=Vlan ONBOOT=yes VLAN=yes PHYSDEV=eth0 VLAN_ID=5 BOOTPROTO=none\n"
     "ifcfg-eth0.007: DEVICE=eth0.007 TYPE=Vlan ONBOOT=yes VLAN=yes PHYSDEV=eth0 VLAN_ID=007 "
     "BOOTPROTO=none\n",
     ""},
    {"a flag with a value", "network --device=eth0 --noipv4=yes\n", NULL,
     "ks.cfg:1:32: error: --noipv4: it takes no value\n"},
    {"a flag with a value that is empty", "network --device=eth0 --activate=\n", NULL,
     "ks.cfg:1:34: error: --activate: it takes no value\n"},
    {"lists with nothing between their commas",
     "network --device=bond0 --bondslaves=eth1, --nameserver=10.0.0.53,,10.0.0.54, --bondopts=mode=1\n",
     "ifcfg-bond0: DEVICE=bond0 TYPE=Bond ONBOOT=yes BONDING_MASTER=yes BONDING_OPTS=\"mode=1 miimon=100\" "
     "BOOTPROTO=dhcp DNS1=10.0.0.53 DNS2=10.0.0.54\n"
     "ifcfg-eth1: DEVICE=eth1 TYPE=Ethernet ONBOOT=yes MASTER=bond0 SLAVE=yes\n",
     ""},
    {"values that are none",
     "network --device=eth0:1 --gateway=x --nameserver=1.2.3.4,y --ipv6=1.2.3.4 --ipv6gateway=z "
     "--vlanid=4095\n",
     NULL,
     "ks.cfg:1:18: error: --device: 'eth0:1' cannot be the name of a device: an interface name cannot "
     "contain : (that is an alias)\n"
     "ks.cfg:1:35: error: --gateway: 'x': expected an IPv4 address\n"
     "ks.cfg:1:50: error: --nameserver: 'y': expected an IP address\n"
     "ks.cfg:1:67: error: --ipv6: '1.2.3.4': expected auto, dhcp or an IPv6 address with its length\n"
     "ks.cfg:1:89: error: --ipv6gateway: 'z': expected an IPv6 address\n"
     "ks.cfg:1:100: error: --vlanid: '4095': expected a number from 1 to 4094\n"},
    {"more values that are none",
     "network --device=eth0 --bindto=name --bootproto=query2 --interfacename=a/b --ipv4-dns-search=a!b\n",
     NULL,
     "ks.cfg:1:32: error: --bindto: 'name': expected mac\n"
     "ks.cfg:1:49: error: --bootproto: 'query2': expected dhcp, bootp, static, query, ibft\n"
     "ks.cfg:1:72: error: --interfacename: 'a/b' cannot be the name of a device: an interface name cannot "
     "contain /\n"
     "ks.cfg:1:72: warning: --interfacename has no effect without --vlanid\n"
     "ks.cfg:1:94: error: --ipv4-dns-search: 'a!b': expected a host name\n"},
    {"control characters", "network --device=eth0 --essid=a\tb --wpakey='x\ty'\n", NULL,
     "ks.cfg:1:33: error: 'b' is not an option: expected --OPTION\n"
     "ks.cfg:1:44: error: --wpakey: control characters cannot be part of it\n"},
    {"a wireless network by WEP", "network --device=wlan0 --essid=lab --wepkey=12345 --dhcpclass=lab\n",
     "ifcfg-wlan0: DEVICE=wlan0 TYPE=Wireless ONBOOT=yes ESSID=lab MODE=Managed BOOTPROTO=dhcp "
     "DHCP_VENDOR_CLASS_IDENTIFIER=lab\n"
     "keys-wlan0: \n",
     ""},
    {"a team by its configuration",
     "network --device=team0 --teamslaves=eth1 --teamconfig=\"{\\\"runner\\\": {\\\"name\\\": "
     "\\\"lacp\\\"}}\" --noipv4\n",

     "ifcfg-team0: DEVICE=team0 TYPE=Team ONBOOT=yes DEVICETYPE=Team TEAM_CONFIG='{\"runner\": {\"name\": "
     "\"lacp\"}}' BOOTPROTO=none\n"
     "ifcfg-eth1: DEVICE=eth1 TYPE=Ethernet ONBOOT=yes DEVICETYPE=TeamPort TEAM_MASTER=team0\n",
     ""},
    {"a switch and times of a bridge",
     "network --device=br0 --bridgeslaves=eth1 --bridgeopts=multicast-snooping=no,ageing-time=300 --noipv4\n",
     "ifcfg-br0: DEVICE=br0 TYPE=Bridge ONBOOT=yes AGEING=300 BRIDGING_OPTS=multicast_snooping=0 "
     "BOOTPROTO=none\n"
     "ifcfg-eth1: DEVICE=eth1 TYPE=Ethernet ONBOOT=yes BRIDGE=br0\n",
     ""},
    {"lines that end in CR alone, or in CR and LF",
     "%include /tmp/x\rnetwork --device=eth0\r\nnetwork --device=eth1 --gatway=1\r", NULL,
     "ks.cfg:1:1: warning: %include is not followed: network lines there are not seen; put them into this "
     "file\n"
     "ks.cfg:3:23: error: network has no option --gatway\n"},
    {"a class of more than one word, and names with _ that no standard allows",
     "network --device=eth0 --dhcpclass=\"rack 7\" --hostname=web_1 --ipv4-dns-search=corp_a.example\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes BOOTPROTO=dhcp "
     "DHCP_VENDOR_CLASS_IDENTIFIER=\"rack 7\" DOMAIN=corp_a.example\n"
     "hostname: \n",
     ""},
    {"a gateway that is unique on its link only, and an address without a length",
     "network --device=eth0 --noipv4 --ipv6=2001:db8::2 --ipv6gateway=fe80::1\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes BOOTPROTO=none IPV6INIT=yes IPV6_AUTOCONF=no "
     "IPV6ADDR=2001:db8::2 IPV6_DEFAULTGW=fe80::1%eth0\n",
     ""},
    {"the name of a VLAN is the gateway's zone",
     "network --device=eth0 --vlanid=5 --noipv4 --ipv6=auto --ipv6gateway=fe80::1\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes BOOTPROTO=none\n"
     "ifcfg-eth0.5: DEVICE=eth0.5 TYPE=Vlan ONBOOT=yes VLAN=yes PHYSDEV=eth0 VLAN_ID=5 BOOTPROTO=none "
     "IPV6INIT=yes IPV6_AUTOCONF=yes IPV6_DEFAULTGW=fe80::1%eth0.5\n",
     ""},
    {"nobody is there to be queried", "network --device=eth0 --bootproto=query\n",
     "ifcfg-eth0: DEVICE=eth0 TYPE=Ethernet ONBOOT=yes BOOTPROTO=dhcp\n", ""},
    {"bound to the card", "network --device=eth1 --noipv4 --bindto=mac\n",
     "ifcfg-eth1: DEVICE=eth1 HWADDR=52:54:00:00:00:01 TYPE=Ethernet ONBOOT=yes BOOTPROTO=none\n", ""},
    {"a bond is bound by its ports", "network --device=bond0 --bondslaves=eth1 --noipv4 --bindto=mac\n",
     "ifcfg-bond0: DEVICE=bond0 TYPE=Bond ONBOOT=yes BONDING_MASTER=yes BONDING_OPTS=miimon=100 "
     "BOOTPROTO=none\n"
     "ifcfg-eth1: DEVICE=eth1 HWADDR=52:54:00:00:00:01 TYPE=Ethernet ONBOOT=yes MASTER=bond0 SLAVE=yes\n",
     ""},
    {"bound to cards that are not there",
     "network --device=bond0 --bondslaves=eth1,eth2 --noipv4 --bindto=mac\n", NULL,
     "ks.cfg:1:65: error: --bindto=mac: this machine has no card eth2 whose address could be taken\n"},
    {"the first name of the host counts",
     "network --hostname=web01\nnetwork --hostname=web02\nnetwork --hostname=web01\n", "hostname: \n",
     "ks.cfg:2:20: warning: the host is called web01 already: this name has no effect\n"},
    {"of one kind only", "network --device=br0 --bridgeslaves=eth1 --bondslaves=eth2\n", NULL,
     "ks.cfg:1:37: error: --bondslaves and --bridgeslaves exclude each other\n"},
    {"options that say nothing",
     "network --device=eth0 --bondopts=mode=1 --teamconfig={} --wepkey=x --wpakey=y --interfacename=v "
     "--netmask=255.0.0.0\n"
     "network --device=eth1 --noipv4 --noipv6 --ip=10.0.0.2 --netmask=255.0.0.0 --gateway=10.0.0.1 "
     "--ipv6=auto --ipv6gateway=2001:db8::1\n",
     NULL,
     "ks.cfg:1:34: warning: --bondopts has no effect without --bondslaves\n"
     "ks.cfg:1:54: warning: --teamconfig has no effect without --teamslaves\n"
     "ks.cfg:1:66: warning: --wepkey has no effect without --essid\n"
     "ks.cfg:1:77: warning: --wpakey has no effect without --essid\n"
     "ks.cfg:1:95: warning: --interfacename has no effect without --vlanid\n"
     "ks.cfg:1:107: warning: --netmask has no effect without --ip\n"
     "ks.cfg:2:46: warning: --ip has no effect with --noipv4\n"
     "ks.cfg:2:65: warning: --netmask has no effect with --noipv4\n"
     "ks.cfg:2:85: warning: --gateway has no effect with --noipv4\n"
     "ks.cfg:2:101: warning: --ipv6 has no effect with --noipv6\n"
     "ks.cfg:2:120: warning: --ipv6gateway has no effect with --noipv6\n"},
    {"an odd host name", "network --hostname='a;b'\n", NULL,
     "ks.cfg:1:20: error: --hostname: 'a;b': expected a host name\n"},
};
