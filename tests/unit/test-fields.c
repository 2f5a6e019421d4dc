/* Where values come from besides the file, which of two files counts, and what makes a file one that cannot
 * be trusted. */
#include "model-cases.h"
#include "model/field.h"

#define NET "@/etc/sysconfig/network\n"
#define A1 "IPADDR=10.0.0.1\nPREFIX=24\n"
#define SECOND "this file is ignored: remove one of the two, or give it a DEVICE of its own\n"

static const ModelCase defaults[] = {
    {"for all",
     NET "MTU=9000\nARPCHECK=no\nLINKDELAY=5\nNOZEROCONF=1\n@ifcfg-eth0\n" A1 "@ifcfg-eth1\nMTU=1400\n",
     "eth0 ethernet 10.0.0.1/24 nocheck mtu=9000 linkdelay=5\neth1 ethernet mtu=1400 linkdelay=5\n", NULL},
    {"hidden by an empty one", NET "MTU=9000\n@ifcfg-eth0\nMTU=\n", "eth0 ethernet zeroconf\n", NULL},
    {"no default route for any", NET "DEFROUTE=no\n@ifcfg-eth0\n" A1 "GATEWAY=10.0.0.254\n",
     "eth0 ethernet 10.0.0.1/24 zeroconf\n", NULL},
    {"no route files for any",
     NET "NOROUTESET=yes\n@ifcfg-eth0\n" A1 "@route-eth0\n10.1.0.0/16 via 10.0.0.2\n",
     "eth0 ethernet 10.0.0.1/24 zeroconf\n", NULL},
    {"not onboot", NET "ONBOOT=no\n@ifcfg-eth0\n@ifcfg-eth1\nONBOOT=yes\n",
     "eth0 ethernet noboot zeroconf\neth1 ethernet zeroconf\n", NULL},
    {"parent before all",
     NET "ARPCHECK=no\n@ifcfg-eth0\nARPCHECK=yes\n" A1 "@ifcfg-eth0:1\nIPADDR=10.0.0.2\n",
     "eth0 ethernet 10.0.0.1/24 &eth0:1 zeroconf\neth0:1 alias 10.0.0.2/24 label eth0:1 on:eth0 noline\n",
     NULL},
};

static const ModelCase files[] = {
    {"at boot before the first", "@ifcfg-Wired_1\nDEVICE=eth0\nONBOOT=no\n@ifcfg-lan\nDEVICE=eth0\n",
     "eth0 ethernet zeroconf\n",
     "ifcfg-Wired_1:1:8: warning: eth0 is configured in ifcfg-lan already; " SECOND},
    {"name before order", "@ifcfg-Wired_1\nDEVICE=eth0\n@ifcfg-eth0\nDEVICE=eth0\n" A1,
     "eth0 ethernet 10.0.0.1/24 zeroconf\n",
     "ifcfg-Wired_1:1:8: error: eth0 is configured in ifcfg-eth0 already; " SECOND},
    {"boot before name", "@ifcfg-eth0\nONBOOT=no\n@ifcfg-lan\nDEVICE=eth0\n" A1,
     "eth0 ethernet 10.0.0.1/24 zeroconf\n",
     "ifcfg-eth0: warning: eth0 is configured in ifcfg-lan already; " SECOND},
    {"three", "@ifcfg-a\nDEVICE=eth0\n@ifcfg-b\nDEVICE=eth0\nONBOOT=no\n@ifcfg-eth0\n" A1,
     "eth0 ethernet 10.0.0.1/24 zeroconf\n",
     "ifcfg-a:1:8: error: eth0 is configured in ifcfg-eth0 already; " SECOND
     "ifcfg-b:1:8: warning: eth0 is configured in ifcfg-eth0 already; " SECOND},
};

static const ModelCase types[] = {
    {"unknown type", "@ifcfg-eth0\nTYPE=Foo\nIPADDR=10.0.0.1\nPREFIX=x\n", "eth0 ethernet zeroconf FAULT\n",
     "ifcfg-eth0:1:6: warning: TYPE=Foo: there is no such type and no program ifup-Foo; taken as Ethernet\n"
     "ifcfg-eth0:3:8: error: PREFIX: 'x' is not a number from 0 to 32\n"},
    {"unknown device type", "@ifcfg-eth0\nDEVICETYPE=ova\n" A1, "eth0 ethernet 10.0.0.1/24 zeroconf\n",
     "ifcfg-eth0:1:12: warning: DEVICETYPE=ova: there is no such type and no program ifup-ova; taken as "
     "Ethernet\n"},
    {"cut-off type of a bridge", "@ifcfg-br0\nTYPE=Bri\n@ifcfg-eth0\nBRIDGE=br0\n",
     "br0 bridge +eth0 zeroconf\neth0 ethernet port-of:br0\n",
     "ifcfg-br0:1:6: warning: TYPE=Bri: there is no such type and no program ifup-Bri; taken as Bridge\n"},
    {"plug-in", "@ifcfg-eth0\nDEVICETYPE=ovs\n@ifup-ovs\n", "eth0 plugin\n", ""},
    {"vxlan", "@ifcfg-vx0\nVXLAN=yes\nVXLAN_ID=7\n", "vx0 vxlan id=7\n", NULL},
};

static const ModelCase addresses[] = {
    {"blanks",
     "@ifcfg-eth0\nIPADDR='10.0.0.1 '\nPREFIX=\" 24 \"\nGATEWAY='10.0.0.254 '\nMTU='9000 "
     "'\nMACADDR='02:00:00:00:00:01 '\n",
     "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.254 dev eth0] mtu=9000 macaddr=02:00:00:00:00:01 "
     "zeroconf\n",
     NULL},
    {"prefix in the address", "@ifcfg-eth0\nIPADDR=10.0.0.1/21\n", "eth0 ethernet 10.0.0.1/21 zeroconf\n",
     "ifcfg-eth0:1:8: warning: IPADDR: '10.0.0.1/21' is an address with a prefix: use 10.0.0.1 here and "
     "write "
     "PREFIX=21\n"},
    {"broadcast of lo",
     "@ifcfg-lo\nIPADDR=127.0.0.1\nNETMASK=255.0.0.0\nNETWORK=127.0.0.0\nBROADCAST=127.255.255.255\n",
     "lo loopback 127.0.0.1/8 scope 254 nocheck silent\n", NULL},
    {"broadcast of a parent",
     "@ifcfg-eth0\n" A1
     "BROADCAST=10.0.0.255\n@ifcfg-eth0:1\nIPADDR=10.0.0.2\n@ifcfg-eth0:2\nIPADDR=10.9.0.2\n",
     "eth0 ethernet 10.0.0.1/24 brd 10.0.0.255 &eth0:1 &eth0:2 zeroconf\n"
     "eth0:1 alias 10.0.0.2/24 label eth0:1 on:eth0 noline\n"
     "eth0:2 alias 10.9.0.2/24 label eth0:2 on:eth0 noline\n",
     NULL},
    {"long labels",
     "@ifcfg-enp129s0f0\n" A1
     "@ifcfg-enp129s0f0-range0\nIPADDR_START=10.0.0.8\nIPADDR_END=10.0.0.12\nCLONENUM_START=9998\n",
     "enp129s0f0 ethernet 10.0.0.1/24 &enp129s0f0-range0 zeroconf\n"
     "enp129s0f0-range0 alias 10.0.0.8/24 label enp129s0f0:9998 10.0.0.9/24 label enp129s0f0:9999 "
     "on:enp129s0f0 noline\n",
     "ifcfg-enp129s0f0-range0:2:12: error: the labels from enp129s0f0:10000 on are longer than 15 bytes; "
     "their 3 "
     "addresses are not used\n"},
    {"length without address", "@ifcfg-eth0\nONBOOT=yes\nNETMASK=255.255.255.0\n",
     "eth0 ethernet zeroconf FAULT\n",
     "ifcfg-eth0:2:9: error: NETMASK is given, but no IPADDR: write the address, or remove the line\n"},
    {"length for aliases", "@ifcfg-eth0\nPREFIX=24\n@ifcfg-eth0:1\nIPADDR=10.0.0.2\n",
     "eth0 ethernet &eth0:1 zeroconf\neth0:1 alias 10.0.0.2/24 label eth0:1 on:eth0 noline\n", NULL},
    {"long file name of a card",
     "@ifcfg-the_office_network\nHWADDR=02:00:00:00:00:01\n" A1 "GATEWAY=10.0.0.254\n",
     "the_office_network ethernet 10.0.0.1/24 [default via 10.0.0.254 dev the_office_network] "
     "hwaddr=02:00:00:00:00:01 zeroconf\n",
     NULL},
};

#define PORT "MASTER=bond0\nSLAVE=yes\n"

static const ModelCase in_vain[] = {
    {"two gateways",
     "@ifcfg-eth0\n" A1 "GATEWAY=10.0.0.254\n@ifcfg-eth1\nIPADDR=10.1.0.1\nPREFIX=24\nGATEWAY=10.1.0.254\n"
     "@ifcfg-eth2\nONBOOT=no\nIPADDR=10.2.0.1\nPREFIX=24\nGATEWAY=10.2.0.254\n"
     "@ifcfg-eth3\nIPADDR=10.3.0.1\nPREFIX=24\nGATEWAY=10.3.0.254\nMETRIC=5\n",
     "eth0 ethernet 10.0.0.1/24 [default via 10.0.0.254 dev eth0] zeroconf\n"
     "eth1 ethernet 10.1.0.1/24 [default via 10.1.0.254 dev eth1] zeroconf\n"
     "eth2 ethernet 10.2.0.1/24 [default via 10.2.0.254 dev eth2] noboot zeroconf\n"
     "eth3 ethernet 10.3.0.1/24 [default via 10.3.0.254 dev eth3 metric 5] zeroconf\n",
     "ifcfg-eth0:3:9: warning: eth0 asks for the default route, and so does eth1 (ifcfg-eth1:3), which gets "
     "it "
     "since it comes later: write DEFROUTE=no or METRIC in one of the two files\n"},
    {"gatewaydev without address", "@ifcfg-eth0\nGATEWAYDEV=eth0\n", "eth0 ethernet zeroconf\n",
     "ifcfg-eth0:1:12: warning: GATEWAYDEV=eth0: eth0 has no address; there will be no default route\n"},
    {"GATEWAYDEV of another beside a GATEWAY",
     "@ifcfg-eth0\nIPADDR=10.0.1.1\nPREFIX=24\nGATEWAY=10.0.1.254\nGATEWAYDEV=eth1\n",
     "eth0 ethernet 10.0.1.1/24 zeroconf\n",
     "ifcfg-eth0:3:9: warning: GATEWAY=10.0.1.254 has no effect: GATEWAYDEV=eth1 gives the default route to "
     "another interface; remove one of the two\n"},
    {"GATEWAY of a range",
     "@ifcfg-eth0\nIPADDR=10.0.1.1\nPREFIX=24\n@ifcfg-eth0-range0\nIPADDR_START=10.0.1.7\nIPADDR_END=10.0.1."
     "8\nCLONENUM_START=0\n"
     "GATEWAY=10.0.1.254\n",
     "eth0 ethernet 10.0.1.1/24 &eth0-range0 zeroconf\neth0-range0 alias 10.0.1.7/24 label eth0:0 "
     "10.0.1.8/24 label eth0:1 [default via 10.0.1.254 dev eth0] on:eth0 noline\n",
     NULL},
    {"ports' MTU and MAC",
     "@ifcfg-bond0\nTYPE=Bond\nHWADDR=02:00:00:00:00:09\n@ifcfg-eth0\nMTU=9000\nMACADDR=02:00:00:00:00:"
     "01\n" PORT,
     "bond0 bond mtu=9000 hwaddr=02:00:00:00:00:09 macaddr=02:00:00:00:00:01 miimon=100* +eth0 zeroconf\n"
     "eth0 ethernet port-of:bond0 noline\n",
     "ifcfg-eth0:1:5: warning: MTU=9000 of a port holds for its bond bond0; it belongs in the bond's "
     "file\n"},
    {"bond's MTU", "@ifcfg-bond0\nTYPE=Bond\nMTU=9000\n@ifcfg-eth0\nMTU=1500\n" PORT,
     "bond0 bond mtu=9000 miimon=100* +eth0 zeroconf\neth0 ethernet port-of:bond0 noline\n",
     "ifcfg-eth0:1:5: warning: MTU=1500 of a port has no effect: its bond bond0 has MTU=9000\n"},
};

/* What is up must not lose anything for such a file; what only looks odd does not count. */
static void test_damage(void)
{
    static const struct {
        const char *file;
        guint line; /* 0: it can be trusted */
    } rows[] = {
        {"IPADDR=10.0.0.1\nPREFIX=24\nONBOOT=perhaps\nMTU=5\n", 0},
        {"IPADDR=10.0.0.1/24\n", 0},
        {"IPADDR='10.0.0.1 '\nPREFIX=24\n", 0},
        {"IPADDR=10.0.0.1\nPREFIX=24\nMY_NOTE=x\nTYPE=Foo\n", 0},
        {"STARTMODE=auto\nPREFIXLEN=24\nIPADDRS=x\n", 0},
        {"ONBOOT=yes\nIPADDR=10.0.0.256\n", 2},
        {"IPADDR=10.0.0.1\nPREFIX=24\nIPADDR1=10.0.0\n", 3},
        {"IPADDR=10.0.0.1\nPREFIX=33x\n", 2},
        {"IPADR=10.0.0.1\nPREFIX=24\n", 1},
        {"IPADDR=10.0.0.1\nnetmask=255.255.255.0\n", 2},
        {"MASTER=bond0\nSALVE=yes\n", 2},
        {"BONDING_OPT=mode=1\n", 1},
        {"TYPE=Ethernt\nIPADDR=10.0.0.1\nPREFIX=24\n", 1},
        {"IPADDR=10.0.0.1\nPREFIX=24\nGATEWAY=\"10.0.0.2\n", 3},
        {"IPADDR=10.0.0.1\nPREFIX=24\nif true; then\n", 3},
        {"ONBOOT=yes\nPREFIX=24\n", 2},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *root = case_root();
        g_autofree char *files_text = g_strconcat("@ifcfg-eth0\n", rows[i].file, NULL);
        case_write(root, files_text);
        g_autoptr(NetModel) model = tree_load(root, NULL, NULL);
        const NetIface *iface = net_model_find(model, "eth0");
        case_remove(root);
        g_test_message("%s", rows[i].file);
        g_assert_cmpint(iface->is_damaged, ==, rows[i].line != 0);
        if (rows[i].line)
            g_assert_cmpuint(iface->damage_where.line, ==, rows[i].line);
    }
}

/* The file is asked first, then the environment, then /etc/sysconfig/network; and only for the keys that may.
 */
static void test_environment(void)
{
    static const char variables[] = "ARPCHECK=no\nLINKDELAY=7\nMTU=1400\nGATEWAY=10.0.0.254\n";
    g_autoptr(IfcfgRecord) environment =
        ifcfg_record_parse("environment", variables, strlen(variables), NULL, NULL);
    const NetModelSources sources = {
        .kinds = iface_kinds, .services = net_services, .environment = environment};
    g_autofree char *root = case_root();
    IfcfgWhere where;

    case_write(root, "@/etc/sysconfig/network\nLINKDELAY=9\n@ifcfg-eth0\n" A1
                     "@ifcfg-eth1\nIPADDR=10.1.0.1\nPREFIX=24\n"
                     "ARPCHECK=yes\nLINKDELAY=3\n");
    g_autoptr(NetModel) model = net_model_load(root, &sources, NULL, NULL);
    case_remove(root);
    g_autofree char *got = model_dump(model);
    g_assert_cmpstr(got, ==,
                    "eth0 ethernet 10.0.0.1/24 nocheck linkdelay=7 zeroconf\n"
                    "eth1 ethernet 10.1.0.1/24 linkdelay=3 zeroconf\n");
    g_assert_cmpstr(net_iface_get(net_model_find(model, "eth0"), "LINKDELAY", &where), ==, "7");
    g_assert_cmpstr(where.file, ==, "environment");
}

/* Every row says the same again after it was written and read. */
static void test_table(void)
{
    static const char text[] =
        "ONBOOT=no\nBOOTPROTO=none\nDHCP_CLIENT=dhclient\nDHCP_TIMEOUT=7\nUSERCTL=yes\nHOTPLUG=no\nONPARENT="
        "no\nDEVTIMEOUT=3\n"
        "HWADDR=02:00:00:00:00:01\nMACADDR=02:00:00:00:00:02\nMTU=1400\nARP=no\nACCEPT_ALL_MAC_ADDRESSES="
        "yes\n"
        "ETHTOOL_DELAY=100\nLINKSTATUS=down\nLINKDELAY=4\nARPCHECK=no\nARPUPDATE=no\nARPING_WAIT=5\n"
        "ARPING_TRIES=6\nSRCADDR=10.0.0.1\nDEFROUTE=no\nNOROUTESET=yes\n"
        "NEXTHOP_OBJECTS=yes\nNO_ALIASROUTING=yes\nPERSISTENT_DHCLIENT=yes\nPERSISTENT_DHCLIENT_IPV6="
        "yes\nDHCPV6C=yes\nIPV4_"
        "FAILURE_FATAL=yes\nDHCPRELEASE=yes\n"
        "DHCP_SEND_HOSTNAME=no\nDHCLIENT_IGNORE_GATEWAY=yes\nNO_DHCP_HOSTNAME=yes\nPEERDNS=no\nPEERNTP="
        "no\nPEERROUTES=no\n"
        "IPV6INIT=no\nIPV6_DISABLED=yes\nIPV6_AUTOCONF=no\nIPV6FORWARDING=yes\nIPV6_ROUTER=no\n"
        "IPV6_FORCE_ACCEPT_RA=yes\nIPV6_SET_SYSCTLS=no\nIPV6_PRIVACY=rfc3041\n"
        "IPV6_PRIVACY_PREFER_PUBLIC_IP=yes\nIPV6_TOKEN=::42\nIPV6_ADDR_GEN_MODE=eui64\nIPV6_DEFROUTE="
        "no\nIPV6_MTU=1300\n"
        "ZONE=public\nNOZEROCONF=yes\n";
    g_autoptr(IfcfgRecord) record = ifcfg_record_parse("ifcfg-eth0", text, strlen(text), NULL, NULL);
    IfcfgEntry entry = {.kind = IFCFG_ENTRY_MAIN, .name = (char *)"eth0", .record = record};
    g_autoptr(NetIface) iface = net_iface_new(&entry);
    gsize count;
    const NetField *fields = net_fields(&count);

    net_fields_read(iface);
    g_assert_cmpuint(count, ==, ifcfg_record_length(record));
    for (gsize i = 0; i < count; i++) {
        IfcfgWhere where;
        g_autofree char *value = net_field_format(&fields[i], iface);
        g_assert_cmpstr(value, ==, ifcfg_record_get(record, fields[i].key));
        g_assert_true(net_field_is_given(&fields[i], iface, &where));
        g_assert_cmpuint(where.line, ==, i + 1);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    model_cases_add("defaults", defaults, G_N_ELEMENTS(defaults));
    model_cases_add("files", files, G_N_ELEMENTS(files));
    model_cases_add("types", types, G_N_ELEMENTS(types));
    model_cases_add("addresses", addresses, G_N_ELEMENTS(addresses));
    model_cases_add("in_vain", in_vain, G_N_ELEMENTS(in_vain));
    g_test_add_func("/fields/damage", test_damage);
    g_test_add_func("/fields/environment", test_environment);
    g_test_add_func("/fields/table", test_table);
    return g_test_run();
}
