/* The rules about a configuration as a whole: each mistake with its place and severity, and beside it what
 * must not be taken for one. */
#include "kinds/kinds.h"
#include "model-cases.h"
#include "model/check.h"
#include "services/services.h"

#define ETH0 "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=10.0.0.1\nPREFIX=24\n"
#define ETH1 "@ifcfg-eth1\nDEVICE=eth1\nIPADDR=10.0.1.1\nPREFIX=24\n"
#define PORT "@ifcfg-eth2\nDEVICE=eth2\nMASTER=bond0\nSLAVE=yes\n"

static const struct {
    const char *name, *files, *problems;
} rows[] = {
    {"nothing", ETH0 ETH1, ""},
    {"address twice, one not at boot", ETH0 "@ifcfg-eth1\nIPADDR=10.0.0.1\nPREFIX=24\nONBOOT=no\n", ""},
    {"address on two point-to-point links",
     "@ifcfg-eth0\nIPADDR=10.0.0.1\nPREFIX=32\n@ifcfg-eth1\nIPADDR=10.0.0.1\nPREFIX=32\n", ""},
    {"address of a service on lo", ETH0 "@ifcfg-lo:1\nDEVICE=lo:1\nIPADDR=10.0.0.1\nPREFIX=32\n", ""},
    {"network twice", ETH0 "@ifcfg-eth1\nIPADDR=10.0.0.2\nPREFIX=24\n",
     "ifcfg-eth1:1:8: warning: the network 10.0.0.0/24 overlaps with 10.0.0.0/24 of eth0 (ifcfg-eth0:2): "
     "packets to "
     "it leave by one of the two only\n"},
    {"networks that overlap", ETH0 "@ifcfg-eth1\nIPADDR=10.0.0.2\nPREFIX=16\n",
     "ifcfg-eth1:1:8: warning: the network 10.0.0.0/16 overlaps with 10.0.0.0/24 of eth0 (ifcfg-eth0:2): "
     "packets to "
     "it leave by one of the two only\n"},
    {"network inside another", ETH0 "@ifcfg-eth1\nIPADDR=10.1.0.2\nPREFIX=8\n", ""},
    {"second address in the same network", ETH0 "IPADDR1=10.0.0.2\nPREFIX1=24\n", ""},
    {"prefix and netmask", ETH0 "NETMASK=255.255.0.0\n",
     "ifcfg-eth0:4:1: warning: NETMASK=255.255.0.0 is /16, but PREFIX=24 counts: remove one of the two\n"},
    {"prefix and netmask alike", ETH0 "NETMASK=255.255.255.0\n", ""},
    {"static alone", "@ifcfg-eth0\nBOOTPROTO=static\n",
     "ifcfg-eth0:1:11: warning: BOOTPROTO=static, but there is no IPADDR: eth0 comes up without an "
     "address\n"},
    {"static below a VLAN",
     "@ifcfg-eth0\nBOOTPROTO=static\n@ifcfg-eth0.5\nVLAN=yes\nIPADDR=10.0.0.1\nPREFIX=24\n", ""},
    {"static in a port",
     "@ifcfg-bond0\nBONDING_OPTS=miimon=100\nIPADDR=10.0.0.1\nPREFIX=24\n" PORT "BOOTPROTO=static\n", ""},
    {"address of the loopback interface", "@ifcfg-eth0\nIPADDR=127.0.0.2\nPREFIX=8\n",
     "ifcfg-eth0:1:8: warning: 127.0.0.2 is an address of the loopback interface: no other host can reach "
     "it\n"},
    {"second address of lo", "@ifcfg-lo:1\nDEVICE=lo:1\nIPADDR=127.0.0.2\nPREFIX=8\n", ""},
    {"broadcast of another network", ETH0 "BROADCAST=10.0.1.255\n",
     "ifcfg-eth0:2:8: warning: BROADCAST=10.0.1.255 is not in the network of 10.0.0.1/24; without the line "
     "it is "
     "10.0.0.255\n"},
    {"no broadcast, or that of any network", ETH0 "BROADCAST=0.0.0.0\n" ETH1 "BROADCAST=255.255.255.255\n",
     ""},
    {"broadcast in the old form", ETH0 "BROADCAST=10.0.0.0\n", ""},
    {"own gateway", ETH0 "GATEWAY=10.0.0.1\n",
     "ifcfg-eth0:4:9: error: GATEWAY=10.0.0.1 is the address of eth0 itself; there will be no default route "
     "by it: "
     "write the router's address\n"},
    {"gateway that is the network", ETH0 "GATEWAY=10.0.0.0\n",
     "ifcfg-eth0:4:9: warning: GATEWAY=10.0.0.0 is not a host's address, but that of all in 10.0.0.0/24: "
     "write the router's address\n"},
    {"gateway that is the broadcast address",
     ETH0 "GATEWAY=10.0.0.255\n@route-eth0\n10.9.0.0/16 via 10.0.0.255\n",
     "ifcfg-eth0:4:9: error: GATEWAY=10.0.0.255 is the broadcast address of 10.0.0.1/24; there will be no "
     "default route by it: write the router's address\n"
     "route-eth0:1:1: error: the gateway 10.0.0.255 of the route to 10.9.0.0/16 is the broadcast address of "
     "10.0.0.1/24: write the router's address\n"},
    {"less than IPv6 needs", ETH0 "MTU=1200\nIPV6ADDR=2001:db8::2/64\n",
     "ifcfg-eth0:4:5: error: MTU=1200: IPv6 needs 1280, so that eth0 cannot have its IPv6 addresses\n"},
    {"as much as IPv6 needs", ETH0 "MTU=1280\nIPV6ADDR=2001:db8::2/64\n", ""},
    {"two gateways, one with a metric", ETH0 "GATEWAY=10.0.0.254\nMETRIC=100\n" ETH1 "GATEWAY=10.0.1.254\n",
     ""},
    {"two gateways, one off", ETH0 "GATEWAY=10.0.0.254\nDEFROUTE=no\n" ETH1 "GATEWAY=10.0.1.254\n", ""},
    {"gatewaydev of nobody", ETH0 "@/etc/sysconfig/network\nGATEWAYDEV=eth9\n",
     "/etc/sysconfig/network:1:12: warning: GATEWAYDEV=eth9: no file configures that interface, and no other "
     "one sets "
     "a default route\n"},
    {"gatewaydev is a port",
     "@ifcfg-bond0\nBONDING_OPTS=miimon=100\n" PORT "@/etc/sysconfig/network\nGATEWAYDEV=eth2\n",
     "/etc/sysconfig/network:1:12: warning: GATEWAYDEV=eth2 is a port of bond0, and no other interface sets "
     "a default "
     "route: write GATEWAYDEV=bond0\n"},
    {"gateway of nobody", ETH0 "@/etc/sysconfig/network\nGATEWAY=10.7.0.1\n",
     "/etc/sysconfig/network:1:9: warning: GATEWAY=10.7.0.1 is in the network of no interface; there will be "
     "no "
     "default route by it\n"},
    {"gateway of the network file", ETH0 "@/etc/sysconfig/network\nGATEWAY=10.0.0.254\n", ""},
    {"route by nobody", ETH0 "@route-eth0\n10.9.0.0/16 via 10.0.7.1\n10.8.0.0/16 via 10.0.0.7\n",
     "route-eth0:1:1: error: the gateway 10.0.7.1 of the route to 10.9.0.0/16 is in no network of eth0: "
     "correct one of "
     "the two, or add \"onlink\"\n"},
    {"IPv6 routes by nobody",
     "@ifcfg-eth0\nIPV6ADDR=2001:db8:1::2/64\nIPV6_AUTOCONF=no\nIPV6_DEFAULTGW=2001:db8:2::1\n@route6-eth0\n"
     "2001:db8:9::/48 via 2001:db8:3::1\n2001:db8:8::/48 via fe80::1\n2001:db8:7::/48 via 2001:db8:1::1\n",
     "ifcfg-eth0:3:16: error: the gateway 2001:db8:2::1 of the route to ::/0 is in no network of eth0: "
     "correct "
     "one of the two, or add \"onlink\"\n"
     "route6-eth0:1:1: error: the gateway 2001:db8:3::1 of the route to 2001:db8:9::/48 is in no network of "
     "eth0: correct one of the two, or add \"onlink\"\n"},
    {"IPv6 route by what a router may advertise",
     "@ifcfg-eth0\nIPV6ADDR=2001:db8:1::2/64\nIPV6_DEFAULTGW=2001:db8:2::1\n", ""},
    {"route by a route", ETH0 "@route-eth0\n10.0.7.1/32 dev eth0\n10.9.0.0/16 via 10.0.7.1\n", ""},
    {"route onlink", ETH0 "@route-eth0\n10.9.0.0/16 via 10.0.7.1 onlink\n", ""},
    {"route by an alias",
     ETH0 "@ifcfg-eth0:1\nIPADDR=10.0.7.2\nPREFIX=24\n@route-eth0\n10.9.0.0/16 via 10.0.7.1\n", ""},
    {"files of nobody",
     ETH0 "@route-eth3\n10.0.0.0/8 via 10.0.0.2\n@rule6-eth4\nfrom all table 5\n@route-eth5.bak\nx\n",
     "route-eth3: warning: the file is ignored: there is no ifcfg-eth3, nor a file with DEVICE=eth3\n"
     "rule6-eth4: warning: the file is ignored: there is no ifcfg-eth4, nor a file with DEVICE=eth4\n"},
    {"files by the name of the file", "@ifcfg-lan\nDEVICE=eth0\n@route-lan\n@rule-eth0\n", ""},
    {"name of another", "@ifcfg-eth7\nDEVICE=eth3\n",
     "ifcfg-eth7:1:8: warning: DEVICE=eth3 in ifcfg-eth7: the file configures eth3; rename the file, or "
     "correct "
     "DEVICE\n"},
    {"name of a connection", "@ifcfg-Wired_connection_1\nDEVICE=eth3\n", ""},
    {"copies",
     ETH0 "@ifcfg-eth0.save\nDEVICE=eth0\n@ifcfg-eth0-20240131\nDEVICE=eth0\n@ifcfg-eth0.100\nVLAN=yes\n",
     "ifcfg-eth0-20240131: warning: this looks like a copy, but is read like any other file: move it to "
     "another "
     "directory, or name it ifcfg-eth0.bak\n"
     "ifcfg-eth0.save: warning: this looks like a copy, but is read like any other file: move it to another "
     "directory, "
     "or name it ifcfg-eth0.bak\n"},
    {"empty", "@ifcfg-eth0\n# nothing\n",
     "ifcfg-eth0: warning: the file sets nothing: eth0 comes up without an address, and is left as it is "
     "while it runs\n"},
    {"a card twice", ETH0 "HWADDR=52:54:00:00:00:01\n" ETH1 "HWADDR=52-54-00-00-00-01\n",
     "ifcfg-eth1:4:8: error: HWADDR=52-54-00-00-00-01 is that of eth0 too (ifcfg-eth0:4): a card is one "
     "device, so one "
     "of the two does not come up\n"},
    {"a card and its VLAN",
     ETH0 "HWADDR=52:54:00:00:00:01\n@ifcfg-eth0.5\nVLAN=yes\nHWADDR=52:54:00:00:00:01\n", ""},
    {"address of a bond", "@ifcfg-bond0\nBONDING_OPTS=miimon=100\nHWADDR=52:54:00:00:00:01\n" PORT,
     "ifcfg-bond0:2:8: warning: HWADDR has no effect on a bond; to give it an address, write "
     "MACADDR=52:54:00:00:00:01\n"},
    {"listed ports",
     "@ifcfg-bond0\nTYPE=Bond\nBONDING_OPTS=miimon=100\nBONDING_SLAVE0=eth2\nBONDING_SLAVE1=eth0\n" PORT ETH0,
     "ifcfg-bond0:4:1: warning: BONDING_SLAVE1=eth0 makes no port of it: write MASTER=bond0 and SLAVE=yes in "
     "the file of eth0\n"},
    {"bond without monitoring", "@ifcfg-bond0\nTYPE=Bond\nBONDING_OPTS=mode=1\n" PORT,
     "ifcfg-bond0:2:14: warning: neither miimon nor arp_interval is set: the bond comes up with "
     "miimon=100\n"},
    {"bond that asks its targets",
     "@ifcfg-bond0\nBONDING_OPTS='mode=1 arp_interval=1000 arp_ip_target=10.0.0.2'\n" PORT, ""},
    {"network switched off", ETH0 "@/etc/sysconfig/network\nNETWORKING=no\n",
     "/etc/sysconfig/network:1:12: warning: NETWORKING=no: no interface comes up at boot\n"},
};

static void test_row(gconstpointer data)
{
    guint row = GPOINTER_TO_UINT(data);
    g_autofree char *root = case_root();
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    NetModelSources sources = {.kinds = iface_kinds, .services = net_services};

    case_write(root, rows[row].files);
    g_autoptr(NetModel) model = net_model_load(root, &sources, NULL, NULL);
    g_assert_nonnull(model);
    net_model_check(model, problems);
    g_autofree char *got = problems_dump(problems, root);
    case_remove(root);
    g_assert_cmpstr(got, ==, rows[row].problems);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strdup_printf("/check/%s", rows[i].name);
        g_test_add_data_func(path, GUINT_TO_POINTER(i), test_row);
    }
    return g_test_run();
}
