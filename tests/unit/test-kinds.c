/* Which type a file is of, what a bond's settings come from, and what is said about types that are not
 * supported. */
#include "model-cases.h"
#include "plan/graph.h"

#define PORTS "@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\n@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n"

static const ModelCase bonds[] = {
    {"guide",
     "@/etc/modules.conf\nalias eth0 bnx2\nalias bond0 bonding\n"
     "@ifcfg-bond0\nDEVICE=bond0\nBOOTPROTO=static\nONBOOT=yes\nIPADDR=10.0.11.2\nNETMASK=255.255.255."
     "0\nBONDING_OPTS=\"mode=1 primary=eth0 miimon=100 updelay=5000\"\n"
     "@ifcfg-eth0\nDEVICE=eth0\nMASTER=bond0\nSLAVE=yes\n"
     "@ifcfg-eth1\nDEVICE=eth1\nMASTER=bond0\nSLAVE=yes\n",
     "bond0 bond 10.0.11.2/24 module=bonding mode=active-backup miimon=100 updelay=5000 primary=eth0 +eth0 "
     "+eth1 zeroconf\n"
     "eth0 ethernet module=bnx2 port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"opts", "@ifcfg-uplink\nDEVICE=up\nBONDING_OPTS=mode=4\n", "up bond mode=802.3ad miimon=100* zeroconf\n",
     "ifcfg-uplink:1:8: warning: no file has MASTER=up and SLAVE=yes: the bond has no ports and carries no "
     "traffic\n"},
    {"opts over type", "@ifcfg-bond0\nTYPE=Ethernet\nBONDING_OPTS=mode=1\n" PORTS,
     "bond0 bond mode=active-backup miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"opts over another type", "@ifcfg-bond0\nTYPE=Bridge\nBONDING_MASTER=yes\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     "ifcfg-bond0:1:6: warning: TYPE=Bridge, but bond0 is a bond; write TYPE=Bond\n"},
    {"type", "@ifcfg-bond0\nTYPE=Bond\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"type bonding", "@ifcfg-bond0\nTYPE=Bonding\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"type odd", "@ifcfg-bond0\nTYPE=bond\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     "ifcfg-bond0:1:6: warning: TYPE=bond, but bond0 is a bond; write TYPE=Bond\n"},
    {"bonding_master", "@ifcfg-bond0\nBONDING_MASTER=yes\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"alias",
     "@/etc/modprobe.conf\nalias bond0 bonding\n"
     "@ifcfg-bond0\n" PORTS,
     "bond0 bond module=bonding miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"named",
     "@ifcfg-trunk\n"
     "@ifcfg-eth0\nMASTER=trunk\nSLAVE=yes\n",
     "eth0 ethernet port-of:trunk noline\n"
     "trunk bond miimon=100* +eth0 zeroconf\n",
     NULL},
    {"not named",
     "@ifcfg-trunk\n"
     "@ifcfg-eth0\nMASTER=trunk\nSLAVE=no\n",
     "eth0 ethernet zeroconf\n"
     "trunk ethernet zeroconf\n",
     NULL},
    {"named, other type",
     "@ifcfg-br0\nTYPE=Bridge\n"
     "@ifcfg-eth0\nMASTER=br0\nSLAVE=yes\n",
     "br0 unsupported +eth0 unsupported:TYPE=Bridge\n"
     "eth0 ethernet port-of:br0 FAULT\n",
     "ifcfg-br0:1:6: warning: TYPE=Bridge is not supported yet; br0 is left alone\n"
     "ifcfg-eth0:1:8: error: MASTER=br0: br0 is configured in ifcfg-br0, but not as a bond\n"},
    {"no miimon", "@ifcfg-bond0\nBONDING_OPTS=mode=1\n" PORTS,
     "bond0 bond mode=active-backup miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"arp",
     "@ifcfg-bond0\nBONDING_OPTS='mode=1 primary=eth0 arp_interval=1000 "
     "arp_ip_target=+172.16.254.254'\n" PORTS,
     "bond0 bond mode=active-backup arp_interval=1000 arp_ip_target=172.16.254.254 primary=eth0 +eth0 +eth1 "
     "zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"primary is no port", "@ifcfg-bond0\nBONDING_OPTS='mode=1 primary=eth9'\n" PORTS,
     "bond0 bond mode=active-backup miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     "ifcfg-bond0:1:29: error: primary=eth9 is ignored: this is not one of the bond's ports\n"},
    {"module options",
     "@/etc/modprobe.conf\nalias bond0 bonding\nalias bond1 bonding\noptions bonding max_bonds=2 "
     "miimon=50\noptions bond1 -o bond1 mode=1\n"
     "@ifcfg-bond0\nBONDING_OPTS=miimon=200\n"
     "@ifcfg-bond1\n"
     "@ifcfg-eth2\nMASTER=bond1\nSLAVE=yes\n" PORTS,
     "bond0 bond module=bonding miimon=200 +eth0 +eth1 zeroconf\n"
     "bond1 bond module=bonding mode=active-backup* miimon=50* +eth2 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n"
     "eth2 ethernet port-of:bond1 noline\n",
     "ifcfg-bond0: warning: module options in /etc/modprobe.conf:3 hold for bond0 (max_bonds=2 miimon=50); "
     "move them to BONDING_OPTS in this file\n"
     "ifcfg-bond1: warning: module options in /etc/modprobe.conf:3 hold for bond1 (max_bonds=2 miimon=50); "
     "move them to BONDING_OPTS in this file\n"
     "ifcfg-bond1: warning: module options in /etc/modprobe.conf:4 hold for bond1 (mode=1); move them to "
     "BONDING_OPTS in this file\n"},
    {"install line",
     "@/etc/modprobe.conf\nalias bond0 bonding\ninstall bond0 /sbin/modprobe --ignore-install bonding -o "
     "bond0 mode=9\n"
     "@ifcfg-bond0\n" PORTS,
     "bond0 bond module=bonding miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     "/etc/modprobe.conf:2:69: error: mode=9 is not possible: use balance-rr (0), active-backup (1), "
     "balance-xor (2), "
     "broadcast (3), 802.3ad (4), balance-tlb (5) or balance-alb (6)\n"},
    {"load options only",
     "@/etc/modprobe.d/bonding.conf\noptions bonding max_bonds=0\n"
     "@ifcfg-bond0\nTYPE=Bond\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     NULL},
    {"dhcp", "@ifcfg-bond0\nTYPE=Bond\nBOOTPROTO=dhcp\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 unsupported:BOOTPROTO=dhcp\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     "ifcfg-bond0:2:11: warning: BOOTPROTO=dhcp is not supported yet; bond0 is left alone\n"},
    {"in a bridge", "@ifcfg-bond0\nTYPE=Bond\nBRIDGE=br0\n" PORTS,
     "bond0 bond miimon=100* +eth0 +eth1 port-of:br0? unsupported:BRIDGE=br0\n"
     "eth0 ethernet port-of:bond0 noline\n"
     "eth1 ethernet port-of:bond0 noline\n",
     "ifcfg-bond0:2:8: warning: BRIDGE=br0 is not supported yet; bond0 is left alone\n"},
};

static const ModelCase ports[] = {
    {"no name of a bond", "@ifcfg-eth0\nMASTER=bond/0\nSLAVE=yes\n", "eth0 ethernet port-of:bond/0? FAULT\n",
     "ifcfg-eth0:1:8: error: MASTER: 'bond/0' is not an interface name: an interface name cannot contain "
     "/\n"},
    {"no bond", "@ifcfg-eth0\nMASTER=bond7\nSLAVE=yes\n", "eth0 ethernet port-of:bond7? FAULT\n",
     "ifcfg-eth0:1:8: error: MASTER=bond7: there is no configuration of bond7; write ifcfg-bond7, or "
     "correct the name\n"},
    {"slave unset",
     "@ifcfg-bond0\nTYPE=Bond\n"
     "@ifcfg-eth0\nMASTER=bond0\n",
     "bond0 bond miimon=100* +eth0 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n",
     "ifcfg-eth0:1:8: warning: MASTER=bond0 without SLAVE=yes; taken as a port of bond0\n"},
    {"slave unset, address",
     "@ifcfg-bond0\nTYPE=Bond\n"
     "@ifcfg-eth0\nMASTER=bond0\nIPADDR=10.0.0.1\nPREFIX=24\n",
     "bond0 bond miimon=100* zeroconf\n"
     "eth0 ethernet 10.0.0.1/24 zeroconf\n",
     "ifcfg-bond0: warning: no file has MASTER=bond0 and SLAVE=yes: the bond has no ports and carries no "
     "traffic\n"
     "ifcfg-eth0:1:8: warning: MASTER=bond0 is ignored without SLAVE=yes, since the file has an IPADDR\n"},
    {"slave alone", "@ifcfg-eth0\nSLAVE=yes\n", "eth0 ethernet zeroconf\n",
     "ifcfg-eth0:1:7: warning: SLAVE=yes without MASTER; eth0 is a port of nothing\n"},
    {"ignored keys",
     "@ifcfg-bond0\nTYPE=Bond\n"
     "@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\nONBOOT=no\nBOOTPROTO=dhcp\nIPADDR=10.0.0.1\nBONDING_OPTS=mode="
     "1\nGATEWAY=10.0.0.254\n"
     "@route-eth0\n10.9.0.0/16 via 10.0.0.9\n",
     "bond0 bond miimon=100* +eth0 zeroconf\n"
     "eth0 ethernet noboot port-of:bond0 noline\n",
     "ifcfg-eth0:5:8: warning: IPADDR is ignored: eth0 is a port of bond0; it belongs into ifcfg-bond0\n"
     "ifcfg-eth0:6:14: warning: BONDING_OPTS is ignored: eth0 is a port of bond0; it belongs into "
     "ifcfg-bond0\n"},
    {"prefix of a name",
     "@ifcfg-bond1\nTYPE=Bond\n"
     "@ifcfg-bond10\nTYPE=Bond\n"
     "@ifcfg-eth0\nMASTER=bond10\nSLAVE=yes\n",
     "bond1 bond miimon=100* zeroconf\n"
     "bond10 bond miimon=100* +eth0 zeroconf\n"
     "eth0 ethernet port-of:bond10 noline\n",
     "ifcfg-bond1: warning: no file has MASTER=bond1 and SLAVE=yes: the bond has no ports and carries no "
     "traffic\n"},
    {"nested",
     "@ifcfg-bond0\nTYPE=Bond\n"
     "@ifcfg-bond1\nTYPE=Bond\nMASTER=bond0\nSLAVE=yes\n",
     "bond0 bond miimon=100* +bond1 zeroconf\n"
     "bond1 bond miimon=100* port-of:bond0 noline\n",
     "ifcfg-bond1: warning: no file has MASTER=bond1 and SLAVE=yes: the bond has no ports and carries no "
     "traffic\n"},
};

static const ModelCase unsupported[] = {
    {"bridge", "@ifcfg-br0\nTYPE=Bridge\nIPADDR=10.0.0.1\nPREFIX=24\nGATEWAY=10.0.0.254\n",
     "br0 unsupported 10.0.0.1/24 unsupported:TYPE=Bridge\n",
     "ifcfg-br0:1:6: warning: TYPE=Bridge is not supported yet; br0 is left alone\n"},
    {"bridge port", "@ifcfg-eth0\nBRIDGE=br0\n", "eth0 ethernet port-of:br0? unsupported:BRIDGE=br0\n",
     "ifcfg-eth0:1:8: warning: BRIDGE=br0 is not supported yet; eth0 is left alone\n"},
    {"vlan", "@ifcfg-eth0.5\nVLAN=yes\n", "eth0.5 unsupported unsupported:VLAN=yes\n",
     "ifcfg-eth0.5:1:6: warning: VLAN=yes is not supported yet; eth0.5 is left alone\n"},
    {"vlan by name", "@ifcfg-eth0.5\nONBOOT=yes\n", "eth0.5 unsupported unsupported:VLAN (DEVICE=eth0.5)\n",
     "ifcfg-eth0.5: warning: VLAN (DEVICE=eth0.5) is not supported yet; eth0.5 is left alone\n"},
    {"vlan type", "@ifcfg-v5\nTYPE=Vlan\n", "v5 unsupported unsupported:TYPE=Vlan\n",
     "ifcfg-v5:1:6: warning: TYPE=Vlan is not supported yet; v5 is left alone\n"},
    {"vlan over bond", "@ifcfg-bond0.5\nBONDING_OPTS=mode=1\n",
     "bond0.5 unsupported unsupported:VLAN (DEVICE=bond0.5)\n",
     "ifcfg-bond0.5: warning: VLAN (DEVICE=bond0.5) is not supported yet; bond0.5 is left alone\n"},
    {"infiniband", "@ifcfg-ib0\nTYPE=InfiniBand\n", "ib0 unsupported unsupported:TYPE=InfiniBand\n",
     "ifcfg-ib0:1:6: warning: TYPE=InfiniBand is not supported yet; ib0 is left alone\n"},
    {"team", "@ifcfg-team0\nDEVICETYPE=Team\n", "team0 unsupported unsupported:DEVICETYPE=Team\n",
     "ifcfg-team0:1:12: warning: DEVICETYPE=Team is not supported yet; team0 is left alone\n"},
    {"wireless", "@ifcfg-wlan0\nESSID=home\n", "wlan0 unsupported unsupported:ESSID=home\n",
     "ifcfg-wlan0:1:7: warning: ESSID=home is not supported yet; wlan0 is left alone\n"},
    {"ppp", "@ifcfg-ppp0\n", "ppp0 unsupported unsupported:DEVICE=ppp0\n",
     "ifcfg-ppp0: warning: DEVICE=ppp0 is not supported yet; ppp0 is left alone\n"},
    {"pppoe is no name of ours", "@ifcfg-pppx0\n", "pppx0 ethernet zeroconf\n", NULL},
    {"dhcp", "@ifcfg-eth0\nBOOTPROTO=dhcp\n", "eth0 ethernet unsupported:BOOTPROTO=dhcp\n",
     "ifcfg-eth0:1:11: warning: BOOTPROTO=dhcp is not supported yet; eth0 is left alone\n"},
    {"DHCP", "@ifcfg-eth0\nBOOTPROTO=DHCP\n", "eth0 ethernet unsupported:BOOTPROTO=DHCP\n",
     "ifcfg-eth0:1:11: warning: BOOTPROTO=DHCP is not supported yet; eth0 is left alone\n"},
    {"bootp", "@ifcfg-eth0\nBOOTPROTO=bootp\n", "eth0 ethernet unsupported:BOOTPROTO=bootp\n",
     "ifcfg-eth0:1:11: warning: BOOTPROTO=bootp is not supported yet; eth0 is left alone\n"},
    {"any case", "@ifcfg-eth0\nTYPE=ETHERNET\n", "eth0 ethernet zeroconf\n", NULL},
};

/* The array that everything asks: names differ, nothing that is always called is missing, the last takes all.
 */
static void test_table(void)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    const IfaceKind *const *kind = iface_kinds;

    for (; *kind; kind++) {
        g_assert_true(g_hash_table_add(names, (gpointer)(*kind)->name));
        g_assert_nonnull((*kind)->match);
    }
    g_assert_cmpstr(kind[-1]->name, ==, "unsupported");
    g_assert_true(kind[-1]->match(NULL, NULL));
}

static void needs_add(NetIface *needed, gpointer data)
{
    g_string_append_printf(data, " %s", needed->name);
}

static void check_needs(const NetModel *model, const char *device, const char *want)
{
    const NetIface *iface = net_model_find(model, device);
    g_autoptr(GString) got = g_string_new(device);

    net_graph_needs(iface, needs_add, got);
    g_assert_cmpstr(got->str, ==, want);
}

static void test_needs(void)
{
    g_autofree char *root = case_root();

    case_write(root, "@ifcfg-bond0\nTYPE=Bond\n@ifcfg-bond0:1\nIPADDR=10.0.0.5\nPREFIX=24\n" PORTS);
    g_autoptr(NetModel) model = tree_load(root, NULL, NULL);
    case_remove(root);
    check_needs(model, "bond0", "bond0");
    check_needs(model, "bond0:1", "bond0:1 bond0");
    check_needs(model, "eth0", "eth0 bond0");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    model_cases_add("bond", bonds, G_N_ELEMENTS(bonds));
    model_cases_add("port", ports, G_N_ELEMENTS(ports));
    model_cases_add("unsupported", unsupported, G_N_ELEMENTS(unsupported));
    g_test_add_func("/kinds/table", test_table);
    g_test_add_func("/kinds/needs", test_needs);
    return g_test_run();
}
