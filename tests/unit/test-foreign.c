/* Other programs' files, and what becomes of them: each row has the files, the files that come out, and what
 * is named as left behind. */
#include "foreign/foreign.h"
#include "load.h"
#include "tree.h"
#include "writing/writing.h"

typedef struct {
    const char *name, *from;
    const char *files; /* as in tree.h, below /d */
    /* "NAME: " and its lines, with blanks between them, but for DEVICE, TYPE and ONBOOT=yes */
    const char *expected;
    const char *problems; /* "FILE:LINE: text", a line each */
} Row;

static const Row rows[] = {
    {"a bond with a VLAN", "nm",
     "@/d/bond0.nmconnection\n[connection]\nid=my bond\nuuid=11\ntype=bond\ninterface-name=bond0\n\n"
     "[bond]\nmode=active-backup\nmiimon=100\n\n[ipv4]\nmethod=disabled\n"
     "@/d/eth0.nmconnection\n[connection]\ntype=ethernet\ninterface-name=eth0\nmaster=11\nslave-type=bond\n"
     "@/d/"
     "eth1.nmconnection\n[connection]\ntype=ethernet\ninterface-name=eth1\ncontroller=bond0\nport-type=bond\n"
     "[ethernet]\nmtu=9000\n"
     "@/d/vlan.nmconnection\n[connection]\ntype=vlan\n[vlan]\nid=5\nparent=bond0\n[ipv4]\nmethod=manual\n"
     "address1=10.5.0.2/24,10.5.0.1\ndns=10.5.0.53;10.5.0.54;\ndns-search=example.com;\n"
     "route1=10.6.0.0/16,10.5.0.9,7\n[ipv6]\nmethod=manual\naddress1=2001:db8::2/64\ngateway=2001:db8::1\n",
     "ifcfg-bond0: BONDING_MASTER=yes BONDING_OPTS=\"mode=active-backup miimon=100\" BOOTPROTO=none\n"
     "ifcfg-bond0.5: VLAN=yes PHYSDEV=bond0 VLAN_ID=5 BOOTPROTO=none IPV6_AUTOCONF=no IPADDR=10.5.0.2 "
     "PREFIX=24 "
     "GATEWAY=10.5.0.1 IPV6ADDR=2001:db8::2/64 DNS1=10.5.0.53 DNS2=10.5.0.54 DOMAIN=example.com\n"
     "route-bond0.5: 10.6.0.0/16 via 10.5.0.9 metric 7\n"
     "route6-bond0.5: default via 2001:db8::1\n"
     "ifcfg-eth0: MASTER=bond0 SLAVE=yes BOOTPROTO=none\n"
     "ifcfg-eth1: MASTER=bond0 SLAVE=yes BOOTPROTO=none MTU=9000\n",
     ""},
    {"what has no key here, and a stranger", "nm",
     "@/d/br.nmconnection\n[connection]\ntype=bridge\ninterface-name=br0\nautoconnect=false\nzone=dmz\n"
     "[bridge]\nstp=true\nforward-delay=4\nmac-address=02:00:00:00:00:01\n[ipv4]\nmethod=auto\nroute-metric="
     "50\n"
     "@/d/wifi.nmconnection\n[connection]\ntype=wifi\ninterface-name=wlan0\n",
     "ifcfg-br0: DELAY=4 STP=yes ONBOOT=no BOOTPROTO=dhcp ZONE=dmz\n",
     "br.nmconnection:9: [bridge] mac-address=02:00:00:00:00:01 is not carried over\n"
     "br.nmconnection:12: [ipv4] route-metric=50 is not carried over\n"
     "wifi.nmconnection:1: a connection of type wifi is not carried over\n"},
    {"devices and what they have", "networkd",
     "@/d/10-bond0.netdev\n[NetDev]\nName=bond0\nKind=bond\n[Bond]\nMode=802.3ad\nMIIMonitorSec=100ms\n"
     "LACPTransmitRate=fast\nARPIPTargets=10.0.0.1 10.0.0.2\n"
     "@/d/20-vlan.netdev\n[NetDev]\nName=lan5\nKind=vlan\nMTUBytes=1400\n[VLAN]\nId=5\n"
     "@/d/30-wg.netdev\n[NetDev]\nName=wg0\nKind=wireguard\n"
     "@/d/50-ports.network\n[Match]\nName=eth0 eth1\n[Network]\nBond=bond0\n"
     "@/d/60-bond0.network\n[Match]\nName=bond0\n[Network]\nVLAN=lan5\nAddress=10.0.0.2/24\nAddress=10.0.0.3/"
     "24\n"
     "Gateway=10.0.0.254\nDNS=10.0.0.53\nLLMNR=no\n[Route]\nDestination=10.1.0.0/"
     "16\nGateway=10.0.0.9\nMetric=5\n"
     "[Route]\nGateway=10.0.0.8\nTable=7\n[Route]\nDestination=10.2.0.0/16\nType=blackhole\n"
     "[Route]\nType=unreachable\nDestination=10.3.0.0/"
     "16\n[RoutingPolicyRule]\nFrom=10.0.0.2\nTable=7\nPriority=100\n"
     "@/d/70-any.network\n[Match]\nName=en*\n[Network]\nDHCP=yes\n"
     "@/d/80-lan.network\n[Match]\nName=lan5\n[Network]\nDHCP=ipv4\nIPv6AcceptRA=no\n",
     "ifcfg-bond0: BONDING_MASTER=yes BONDING_OPTS=\"mode=802.3ad miimon=100 arp_ip_target=10.0.0.1,10.0.0.2 "
     "lacp_rate=fast\" BOOTPROTO=none IPADDR=10.0.0.2 PREFIX=24 IPADDR1=10.0.0.3 PREFIX1=24 "
     "GATEWAY=10.0.0.254 "
     "DNS1=10.0.0.53\n"
     "route-bond0: 10.1.0.0/16 via 10.0.0.9 metric 5 default via 10.0.0.8 table 7 blackhole "
     "10.2.0.0/16 unreachable 10.3.0.0/16\n"
     "rule-bond0: priority 100 from 10.0.0.2/32 table 7\n"
     "ifcfg-eth0: MASTER=bond0 SLAVE=yes BOOTPROTO=none\n"
     "ifcfg-eth1: MASTER=bond0 SLAVE=yes BOOTPROTO=none\n"
     "ifcfg-lan5: VLAN=yes PHYSDEV=bond0 VLAN_ID=5 BOOTPROTO=dhcp MTU=1400 IPV6_AUTOCONF=no\n",
     "30-wg.netdev:1: wg0 (wireguard) is not carried over\n"
     "60-bond0.network:9: [Network] LLMNR=no is not carried over\n"
     "70-any.network:1: a file without a plain [Match] Name= is not carried over\n"},
    {"a bond by cards that are matched, a VLAN, a bridge, strangers, and a later file", "netplan",
     "@/d/10-base.yaml\n"
     "# a server\n"
     "network:\n"
     "  version: 2\n"
     "  renderer: networkd\n"
     "  ethernets:\n"
     "    first:\n"
     "      match: {macaddress: '02:00:00:00:00:01'}\n"
     "      set-name: eth0\n"
     "    eth1: {mtu: 9000, dhcp4: no}\n"
     "    any:\n"
     "      match: {name: 'en*'}\n"
     "      dhcp4: true\n"
     "    eth2: {}\n"
     "  bonds:\n"
     "    bond0:\n"
     "      interfaces: [first, eth1, any]\n"
     "      parameters:\n"
     "        mode: active-backup\n"
     "        mii-monitor-interval: 100\n"
     "        up-delay: 1s\n"
     "        primary: first\n"
     "        weight: 3\n"
     "      addresses:\n"
     "        - 10.0.0.2/24\n"
     "        - 10.0.0.3/24:\n"
     "            label: bond0:x\n"
     "        - \"2001:db8::2/64\"\n"
     "      routes:\n"
     "        - to: default\n"
     "          via: 10.0.0.1\n"
     "        - {to: 10.1.0.0/16, via: 10.0.0.9, metric: 7, on-link: true}\n"
     "        - {to: 192.0.2.0/24, type: blackhole}\n"
     "      routing-policy:\n"
     "        - {from: 10.0.0.2, table: 7, priority: 100}\n"
     "      nameservers: {addresses: [10.0.0.53, 10.0.0.54], search: [example.com]}\n"
     "  vlans:\n"
     "    lan5: {id: 5, link: bond0, dhcp4: true, dhcp4-overrides: {use-dns: false, use-mtu: false}}\n"
     "  bridges:\n"
     "    br0:\n"
     "      interfaces: [eth2]\n"
     "      parameters:\n"
     "        forward-delay: 4\n"
     "        path-cost: {eth2: 77}\n"
     "      accept-ra: no\n"
     "  wifis:\n"
     "    wlan0: {}\n"
     "@/d/90-more.yaml\n"
     "network:\n"
     "  ethernets:\n"
     "    eth1:\n"
     "      mtu: 1400\n"
     "  bonds:\n"
     "    bond0:\n"
     "      addresses: [10.0.0.4/24]\n"
     "@/d/99-empty.yaml\n"
     "# nothing\n"
     "@/d/other.txt\n"
     "{{{\n",
     "ifcfg-bond0: BONDING_MASTER=yes BONDING_OPTS=\"mode=active-backup miimon=100 updelay=1000 "
     "primary=eth0\" BOOTPROTO=none IPADDR=10.0.0.2 PREFIX=24 IPADDR1=10.0.0.4 PREFIX1=24 GATEWAY=10.0.0.1 "
     "IPV6ADDR=2001:db8::2/64 DNS1=10.0.0.53 DNS2=10.0.0.54 DOMAIN=example.com\n"
     "ifcfg-bond0:x: IPADDR=10.0.0.3 PREFIX=24\n"
     "route-bond0: 10.1.0.0/16 via 10.0.0.9 onlink metric 7 blackhole 192.0.2.0/24\n"
     "rule-bond0: priority 100 from 10.0.0.2/32 table 7\n"
     "ifcfg-br0: DELAY=4 STP=yes BOOTPROTO=none IPV6_AUTOCONF=no\n"
     "ifcfg-eth0: MASTER=bond0 SLAVE=yes BOOTPROTO=none HWADDR=02:00:00:00:00:01\n"
     "ifcfg-eth1: MASTER=bond0 SLAVE=yes BOOTPROTO=none MTU=1400\n"
     "ifcfg-eth2: BRIDGE=br0 BRIDGING_OPTS=path_cost=77 BOOTPROTO=none\n"
     "ifcfg-lan5: VLAN=yes PHYSDEV=bond0 VLAN_ID=5 BOOTPROTO=dhcp PEERDNS=no\n",
     "10-base.yaml:10: any is not carried over\n"
     "10-base.yaml:16: any is not carried over\n"
     "10-base.yaml:22: weight: 3 is not carried over\n"
     "10-base.yaml:37: use-mtu: false is not carried over\n"
     "10-base.yaml:45: wifis is not carried over\n"},
    {"names beside those of a lease, which are not taken; a domain that nobody searches", "nm",
     "@/d/"
     "eth0.nmconnection\n[connection]\ntype=ethernet\ninterface-name=eth0\n[ipv4]\nmethod=auto\nmay-fail="
     "false\n"
     "ignore-auto-dns=true\ndns=10.0.0.53;\ndns-search=example.com;~corp;\n[ipv6]\nmethod=auto\nmay-fail="
     "false\n"
     "addr-gen-mode=stable-privacy\n",
     "ifcfg-eth0: BOOTPROTO=dhcp IPV4_FAILURE_FATAL=yes PEERDNS=no IPV6_ADDR_GEN_MODE=stable-privacy "
     "DNS1=10.0.0.53 "
     "DOMAIN=example.com RESOLV_MODS=yes\n",
     "eth0.nmconnection:9: ~corp is not carried over\n"
     "eth0.nmconnection:12: [ipv6] may-fail=false is not carried over\n"},
    {"ports by the short word", "ifupdown",
     "@/d/interfaces\nauto bond0\niface bond0 inet dhcp\n  slaves eth0 eth1\n  bond-mode 802.3ad\n",
     "ifcfg-bond0: BONDING_MASTER=yes BONDING_OPTS=mode=802.3ad BOOTPROTO=dhcp\n"
     "ifcfg-eth0: MASTER=bond0 SLAVE=yes BOOTPROTO=none\n"
     "ifcfg-eth1: MASTER=bond0 SLAVE=yes BOOTPROTO=none\n",
     ""},
    {"values of the wrong form are named, and the rest is taken", "netplan",
     "@/d/odd.yaml\n"
     "network:\n"
     "  version: 2\n"
     "  ethernets:\n"
     "    eth0:\n"
     "      addresses: 10.0.0.2/24\n"
     "      dhcp4: [yes]\n"
     "      mtu: many\n"
     "      nameservers: 10.0.0.53\n"
     "      routes: [{via: 10.0.0.1}, default]\n"
     "    eth3: {match: eth0}\n"
     "    ../../x: {mtu: 1400}\n"
     "    eth0~: {}\n"
     "    eth4: up\n"
     "    eth1:\n"
     "    eth2:\n"
     "      addresses: [10.0.0.300/24, {10.0.0.5/24: {lifetime: 0}}, [10.0.0.x/24], {10.0.0.7/24: {label: "
     "'eth2:../x'}}]\n"
     "      link-local: []\n"
     "      gateway4: here\n"
     "  bonds: none\n"
     "  tunnels:\n"
     "    gre1: {mode: gre, local: 10.0.0.2, remote: 10.0.0.9, ttl: 32, addresses: [10.9.0.1/30]}\n"
     "    wg0: {mode: wireguard}\n"
     "  vrfs:\n"
     "    red: {routes: [{to: default, via: 10.0.0.1, metric: 5}], table: 107, interfaces: [eth1]}\n"
     "other: 1\n",
     "ifcfg-eth0: BOOTPROTO=none\n"
     "ifcfg-eth1: VRF=red BOOTPROTO=none\n"
     "ifcfg-eth2: BOOTPROTO=none IPADDR=10.0.0.5 PREFIX=24 IPADDR1=10.0.0.7 PREFIX1=24\n"
     "ifcfg-gre1: MY_OUTER_IPADDR=10.0.0.2 PEER_OUTER_IPADDR=10.0.0.9 TTL=32 BOOTPROTO=none "
     "MY_INNER_IPADDR=10.9.0.1/30\n"
     "ifcfg-red: VRF_TABLE=107 BOOTPROTO=none\n"
     "route-red: default via 10.0.0.1 metric 5 table 107\n",
     "odd.yaml:5: addresses: 10.0.0.2/24 is not carried over\n"
     "odd.yaml:6: dhcp4 is not carried over\n"
     "odd.yaml:7: 'many' is not understood, and not carried over\n"
     "odd.yaml:8: nameservers: 10.0.0.53 is not carried over\n"
     "odd.yaml:9: via: 10.0.0.1 is not carried over\n"
     "odd.yaml:9: default is not carried over\n"
     "odd.yaml:10: eth3 is not carried over\n"
     "odd.yaml:11: ../../x is not imported: an interface name cannot contain /\n"
     "odd.yaml:12: eth0~ is not imported: a file of this name is taken for a copy, and not read\n"
     "odd.yaml:13: eth4: up is not carried over\n"
     "odd.yaml:15: eth2: the address 10.0.0.7/24: a label other than DEVICE:NAME cannot be written in a "
     "file\n"
     "odd.yaml:16: '10.0.0.300/24' is not understood, and not carried over\n"
     "odd.yaml:16: lifetime: 0 is not carried over\n"
     "odd.yaml:16: '10.0.0.x/24' is not understood, and not carried over\n"
     "odd.yaml:17: link-local is not carried over\n"
     "odd.yaml:18: 'here' is not understood, and not carried over\n"
     "odd.yaml:19: bonds: none is not carried over\n"
     "odd.yaml:22: wg0 is not carried over\n"
     "odd.yaml:25: other: 1 is not carried over\n"},
    {"odd lines", "networkd",
     "@/d/x.network\n"
     "garbage\n"
     "[Match]\n"
     "Name=eth0\n"
     "; a comment\n"
     "# another\n"
     "[Network\n"
     "[Network]\n"
     "Address = 10.0.0.2/24\n"
     "DNS=10.0.0.53 \\\n"
     "    10.0.0.54\n"
     "Address=\n"
     "Gateway=\n"
     "LLMNR=no\n"
     "=x\n"
     "[Route]\n"
     "Destination=10.1.0.0/16\n"
     "Gateway=nowhere\n"
     "[Strange]\n"
     "Key=1\n",
     "ifcfg-eth0: BOOTPROTO=none IPADDR=10.0.0.2 PREFIX=24 DNS1=10.0.0.53 DNS2=10.0.0.54\n",
     "x.network:1: 'garbage' is not understood, and not carried over\n"
     "x.network:6: '[Network' is not understood, and not carried over\n"
     "x.network:11: '' is not understood, and not carried over\n"
     "x.network:12: '' is not understood, and not carried over\n"
     "x.network:13: [Network] LLMNR=no is not carried over\n"
     "x.network:14: '=x' is not understood, and not carried over\n"
     "x.network:15: \"nowhere\" after \"via\" is not an IPv4 address\n"
     "x.network:19: [Strange] Key=1 is not carried over\n"},
    {"odd lines", "ifupdown",
     "@/d/interfaces\n"
     "  auto eth0 \\\n"
     "  eth1\n"
     "garbage here\n"
     "iface\n"
     "iface eth0 inet static extra\n"
     "	address 10.0.0.2/24\n"
     "	netmask nonsense\n"
     "	gateway\n"
     "	mtu 1400 # not a comment\n"
     "	up ip route add 10.1.0.0/16 \\\n"
     "	   via 10.0.0.9\n"
     "	up ip route add $(reboot)\n"
     "	hwaddress ether 02:00:00:00:00:01\n"
     "	unknown-word x\n"
     "iface eth1 inet ppp\n"
     "iface eth1 inet6 auto\n"
     "mapping eth2\n"
     "	script /x\n",
     "ifcfg-eth0: BOOTPROTO=none MACADDR=02:00:00:00:00:01 IPADDR=10.0.0.2 PREFIX=24\n"
     "route-eth0: 10.1.0.0/16 via 10.0.0.9\n"
     "ifcfg-eth1: BOOTPROTO=none\n",
     "interfaces:3: garbage here is not carried over\n"
     "interfaces:4: 'iface' is not understood, and not carried over\n"
     "interfaces:8: '' is not understood, and not carried over\n"
     "interfaces:9: '1400 # not a comment' is not understood, and not carried over\n"
     "interfaces:12: up ip route add $(reboot) is not carried over\n"
     "interfaces:14: unknown-word x is not carried over\n"
     "interfaces:15: 'ppp' is not understood, and not carried over\n"
     "interfaces:17: mapping eth2 is not carried over\n"
     "interfaces:18: script /x is not carried over\n"},
    {"stanzas", "ifupdown",
     "@/d/interfaces\nsource /etc/network/interfaces.d/*\nauto lo bond0\niface lo inet loopback\n\niface "
     "bond0 inet "
     "static\n    address 10.0.0.2\n    netmask 255.255.255.0\n    gateway 10.0.0.1\n    dns-nameservers "
     "10.0.0.53 \\\n      10.0.0.54\n"
     "    bond-slaves eth0 eth1\n    bond-mode active-backup\n    bond-miimon 100\n    bond-primary eth1\n"
     "    up ip route add 10.1.0.0/16 via 10.0.0.9 dev $IFACE\n    post-up iptables -A INPUT -j DROP\n"
     "@/d/interfaces.d/lan\nauto bond0.5\niface bond0.5 inet dhcp\niface bond0.5 inet6 static\n"
     "    address 2001:db8::2/64\nauto br0\niface br0 inet manual\n    bridge_ports eth2\n    bridge_stp "
     "off\n"
     "    bridge_fd 4\niface eth3 inet static\n    address 192.0.2.1/24\n",
     "ifcfg-bond0: BONDING_MASTER=yes BONDING_OPTS=\"mode=active-backup miimon=100 primary=eth1\" "
     "BOOTPROTO=none "
     "IPADDR=10.0.0.2 PREFIX=24 GATEWAY=10.0.0.1 DNS1=10.0.0.53 DNS2=10.0.0.54\n"
     "route-bond0: 10.1.0.0/16 via 10.0.0.9 dev bond0\n"
     "ifcfg-bond0.5: VLAN=yes PHYSDEV=bond0 VLAN_ID=5 BOOTPROTO=dhcp IPV6ADDR=2001:db8::2/64\n"
     "ifcfg-br0: DELAY=4 STP=no BOOTPROTO=none\n"
     "ifcfg-eth0: MASTER=bond0 SLAVE=yes BOOTPROTO=none\n"
     "ifcfg-eth1: MASTER=bond0 SLAVE=yes BOOTPROTO=none\n"
     "ifcfg-eth2: BRIDGE=br0 BOOTPROTO=none\n"
     "ifcfg-eth3: ONBOOT=no BOOTPROTO=none IPADDR=192.0.2.1 PREFIX=24\n",
     "interfaces:16: post-up iptables -A INPUT -j DROP is not carried over\n"},
};

static gboolean is_shown(const char *line)
{
    return *line && *line != '#' && !g_str_has_prefix(line, "DEVICE=") && !g_str_has_prefix(line, "TYPE=") &&
           !g_str_equal(line, "ONBOOT=yes");
}

static void text_append(GString *all, const IfcfgText *text)
{
    g_autofree char *name = g_path_get_basename(text->path);
    g_auto(GStrv) lines = g_strsplit(text->text, "\n", -1);
    g_string_append_printf(all, "%s:", name);
    for (char **line = lines; *line; line++)
        if (is_shown(*line))
            g_string_append_printf(all, " %s", *line);
    g_string_append_c(all, '\n');
}

static char *problems_text(IfcfgProblems *problems)
{
    GString *all = g_string_new(NULL);
    ifcfg_problems_sort(problems);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(problems, i);
        g_autofree char *name = g_path_get_basename(problem->where.file ? problem->where.file : "-");
        g_string_append_printf(all, "%s:%u: %s\n", name, problem->where.line, problem->message);
    }
    return g_string_free(all, FALSE);
}

/* What comes out is without an error to our own reader, too. */
static void assert_checked(const GPtrArray *texts)
{
    g_autofree char *root = g_dir_make_tmp("foreign-XXXXXX", NULL);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_assert_true(ifcfg_texts_write(texts, root, FALSE, NULL));
    g_autoptr(NetModel) model = tree_load(root, NULL, problems);
    g_autofree char *said = problems_text(problems);
    if (ifcfg_problems_count(problems, IFCFG_ERROR))
        g_error("%s", said);
    case_remove(root);
}

static void test_row(gconstpointer data)
{
    const Row *row = data;
    g_autofree char *root = g_dir_make_tmp("foreign-XXXXXX", NULL), *dir = g_build_filename(root, "d", NULL);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_text_free);
    g_autoptr(GString) all = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    case_write(root, row->files);
    g_autoptr(GPtrArray) ifaces = net_foreign_read(row->from, dir, iface_kinds, problems, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < ifaces->len; i++)
        net_iface_write(ifaces->pdata[i], NULL, texts, problems);
    for (guint i = 0; i < texts->len; i++)
        text_append(all, texts->pdata[i]);
    g_autofree char *said = problems_text(problems);
    g_assert_cmpstr(all->str, ==, row->expected);
    g_assert_cmpstr(said, ==, row->problems);
    assert_checked(texts);
    case_remove(root);
}

/* What is no YAML, or none that anybody writes for networks. */
static void test_no_yaml(void)
{
    static const struct {
        const char *text, *error;
    } bad[] = {
        {"network:\n  ethernets: {eth0: {mtu: 1400}\n", ":3:1: did not find expected ',' or '}'"},
        {"a: &x {b: 1}\nc: *x\n", ":2:4: an alias is not supported: write out what it stands for"},
        {"? [a, b]\n: 1\n", ":1:3: what stands before a colon must be a word"},
        {"\tnetwork: 1\n", ":1:1: found character that cannot start any token"},
        {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", ":1:33: this is nested too deeply"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autofree char *root = g_dir_make_tmp("foreign-XXXXXX", NULL),
                        *path = g_build_filename(root, "x.yaml", NULL);
        g_autoptr(GError) error = NULL;
        g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
        g_assert_true(g_file_set_contents(path, bad[i].text, -1, NULL));
        g_autofree char *expected = g_strconcat(path, bad[i].error, NULL);
        g_assert_null(net_foreign_read("netplan", root, iface_kinds, problems, &error));
        g_assert_cmpstr(error->message, ==, expected);
        case_remove(root);
    }
}

static void test_unknown(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(net_foreign_read("wicked", "/", iface_kinds, NULL, &error));
    g_assert_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
    g_clear_error(&error);
    g_assert_null(net_foreign_read("ifupdown", "/nowhere", iface_kinds, NULL, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strdup_printf("/foreign/%s/%s", rows[i].from, rows[i].name);
        g_test_add_data_func(path, &rows[i], test_row);
    }
    g_test_add_func("/foreign/unknown", test_unknown);
    g_test_add_func("/foreign/netplan/no-yaml", test_no_yaml);
    return g_test_run();
}
