/* From files to typed interfaces: names, link settings, lookup. */
#include "model-cases.h"

#define ETH0 "@ifcfg-eth0\nDEVICE=eth0\n"
#define A1 "IPADDR=10.0.0.1\nPREFIX=24\n"

static const ModelCase names[] = {
    {"device", "@ifcfg-lan\nDEVICE=eth0\n", "eth0 ethernet zeroconf\n", NULL},
    {"suffix", "@ifcfg-eth0\nONBOOT=no\n", "eth0 ethernet noboot zeroconf\n", NULL},
    {"hwaddr", "@ifcfg-lan\nHWADDR=52:54:00:00:00:01\n", "lan ethernet hwaddr=52:54:00:00:00:01 zeroconf\n",
     NULL},
    {"bad name", "@ifcfg-x\nDEVICE='eth 0'\n", "eth 0 ethernet zeroconf FAULT\n",
     "ifcfg-x:1:8: error: 'eth 0' cannot be an interface name: an interface name cannot contain spaces\n"},
    {"dots", "@ifcfg-x\nDEVICE=..\n", ".. ethernet zeroconf FAULT\n",
     "ifcfg-x:1:8: error: '..' cannot be an interface name: an interface cannot be called . or ..\n"},
    {"two files", "@ifcfg-eth0\nDEVICE=eth0\n" A1 "@ifcfg-lan\nONBOOT=yes\nDEVICE=eth0\n",
     "eth0 ethernet 10.0.0.1/24 zeroconf\n",
     "ifcfg-lan:2:8: error: eth0 is configured in ifcfg-eth0 already; this file is ignored: remove one of "
     "the two, or give it a DEVICE of its own\n"},
    {"two files of another program",
     "@ifcfg-home\nDEVICE=ppp0\nPAPNAME=x\n@ifcfg-work\nDEVICE=ppp0\nIPADDR=x\n",
     "ppp0 unsupported unsupported:DEVICE=ppp0\n",
     "ifcfg-home:1:8: warning: DEVICE=ppp0: netsvc brings up no such device, and there is no "
     "program ifup-ppp that does; ppp0 is left alone\n"
     "ifcfg-work:1:8: warning: DEVICE=ppp0: netsvc brings up no such device, and there is no "
     "program ifup-ppp that does; ppp0 is left alone\n"},
    {"left alone", "@ifcfg-tap0\nTYPE=CTC\nIPADDR=10.0.0.1\nDNS1=10.0.0.2\nTyp=x\n",
     "tap0 unsupported 10.0.0.1/8 unsupported:TYPE=CTC\n",
     "ifcfg-tap0:1:6: warning: TYPE=CTC: netsvc brings up no such device, and there is no "
     "program ifup-CTC that does; tap0 is left alone\n"
     "ifcfg-tap0:4:1: warning: unknown key Typ, did you mean TYPE?\n"},
    {"long file name", "@ifcfg-the_office_network\nIPADDR=10.0.0.1\nPREFIX=24\n",
     "the_office_network ethernet 10.0.0.1/24 zeroconf FAULT\n",
     "ifcfg-the_office_network: error: there is no DEVICE, and the name of the file, 'the_office_network', "
     "cannot be an interface's: an interface name has at most 15 characters\n"},
    {"long file name of a VLAN",
     "@ifcfg-VLAN_connection_1\nTYPE=Vlan\nNAME='VLAN connection 1'\nPHYSDEV=eth0\nVLAN_ID=9\n",
     "eth0.9 vlan id=9 stands-on:eth0? zeroconf\n", NULL},
    {"long file name of a VLAN on a connection",
     "@ifcfg-VLAN_connection_1\nTYPE=Vlan\nPHYSDEV=a-connections-uuid\nVLAN_ID=9\n",
     "VLAN_connection_1 vlan id=9 stands-on:a-connections-uuid? zeroconf FAULT\n",
     "ifcfg-VLAN_connection_1: error: there is no DEVICE, and the name of the file, 'VLAN_connection_1', "
     "cannot be an interface's: an interface name has at most 15 characters\n"
     "ifcfg-VLAN_connection_1:2:9: error: PHYSDEV: 'a-connections-uuid' is not an interface name: an "
     "interface name has at most 15 characters\n"},
    {"file name of a VLAN", "@ifcfg-dmz\nTYPE=Vlan\nNAME='VLAN connection 1'\nPHYSDEV=eth0\nVLAN_ID=9\n",
     "dmz vlan id=9 stands-on:eth0? zeroconf\n", NULL},
    {"order",
     "@ifcfg-lo\n"
     "@ifcfg-eth10\n"
     "@ifcfg-eth2\n"
     "@ifcfg-bond0\nTYPE=Bond\nSLAVE=no\n"
     "@ifcfg-eth2:1\nIPADDR=10.0.0.2\nPREFIX=24\n",
     "lo loopback\n"
     "bond0 bond miimon=100* zeroconf\n"
     "eth2 ethernet &eth2:1 zeroconf\n"
     "eth10 ethernet zeroconf\n"
     "eth2:1 alias 10.0.0.2/24 label eth2:1 on:eth2 noline\n",
     "ifcfg-bond0: warning: no file has MASTER=bond0 and SLAVE=yes: the bond has no ports and carries no "
     "traffic\n"},
};

static const ModelCase links[] = {
    {"all",
     ETH0 "MTU=9000\nMACADDR=02:00:00:00:00:01\nARP=no\nLINKSTATUS=down\nLINKDELAY=5\nDEVTIMEOUT=3\nARPING_"
          "WAIT=2\nARPING_TRIES=4\nUSERCTL=yes\nIPADDR=10.0.0.1\nPREFIX=24\n",
     "eth0 ethernet 10.0.0.1/24 userctl linkdown arp=0 mtu=9000 macaddr=02:00:00:00:00:01 linkdelay=5 "
     "devtimeout=3 arping=2/4 zeroconf\n",
     NULL},
    {"bad mtu", ETH0 "MTU=67\n", "eth0 ethernet zeroconf\n",
     "ifcfg-eth0:2:5: error: MTU: '67' is not a number from 68 to 65536\n"},
    {"multicast mac", ETH0 "MACADDR=01:00:00:00:00:01\n", "eth0 ethernet zeroconf\n",
     "ifcfg-eth0:2:9: error: MACADDR=01:00:00:00:00:01 is not an address that a device can have (all zero, "
     "or a "
     "multicast address); ignored\n"},
    {"zero mac", ETH0 "MACADDR=00:00:00:00:00:00\n", "eth0 ethernet zeroconf\n",
     "ifcfg-eth0:2:9: error: MACADDR=00:00:00:00:00:00 is not an address that a device can have (all zero, "
     "or a "
     "multicast address); ignored\n"},
    {"bad hwaddr", ETH0 "HWADDR=nonsense\n", "eth0 ethernet zeroconf FAULT\n",
     "ifcfg-eth0:2:8: error: HWADDR: 'nonsense' is not a MAC address: use one like 52:54:00:12:34:56\n"},
    {"garbage bool", ETH0 "ONBOOT=perhaps\n", "eth0 ethernet zeroconf\n",
     "ifcfg-eth0:2:8: warning: ONBOOT: 'perhaps' is neither yes nor no; it counts as yes\n"},
    {"misspelt", ETH0 "IPADR=10.0.0.1\n", "eth0 ethernet zeroconf\n",
     "ifcfg-eth0:2:1: warning: unknown key IPADR, did you mean IPADDR?\n"},
    {"module", "@/etc/modules.conf\nalias eth0 bnx2\n" ETH0, "eth0 ethernet module=bnx2 zeroconf\n", NULL},
};

/* A folder of files, loaded; freed with loaded_free(). */
typedef struct {
    char *root;
    IfcfgProblems *problems;
    NetModel *model;
} Loaded;

static Loaded loaded_new(const char *files)
{
    Loaded self = {.root = case_root(), .problems = ifcfg_problems_new()};

    case_write(self.root, files);
    self.model = tree_load(self.root, NULL, self.problems);
    return self;
}

static void loaded_free(Loaded *self)
{
    case_remove(self->root);
    net_model_free(self->model);
    ifcfg_problems_free(self->problems);
    g_free(self->root);
}

static void test_lookup(void)
{
    Loaded loaded =
        loaded_new("@ifcfg-lan\nDEVICE=eth0\nNAME=\"System lan\"\n@ifcfg-zz\nDEVICE=eth0\n@ifcfg-lan:1\n"
                   "IPADDR=10.0.0.1\nPREFIX=24\n@ifcfg-old.bak\nDEVICE=eth7\n");
    NetIface *lan = net_model_find(loaded.model, "eth0");
    GError *error = NULL;

    g_assert_cmpstr(lan->nick, ==, "lan");
    g_assert_true(net_model_lookup(loaded.model, "lan", NULL, NULL) == lan);
    g_assert_true(net_model_lookup(loaded.model, "ifcfg-lan", NULL, NULL) == lan);
    g_assert_true(net_model_lookup(loaded.model, "lan:1", NULL, NULL) ==
                  net_model_find(loaded.model, "lan:1"));
    g_assert_null(net_model_find(loaded.model, "lan"));

    /* the second file of a device is in no list, but who asks for it learns why */
    g_assert_cmpuint(net_model_length(loaded.model), ==, 2);
    g_assert_cmpuint(net_model_rejected(loaded.model)->len, ==, 1);
    NetIface *second = net_model_lookup(loaded.model, "zz", NULL, NULL);
    g_assert_true(second == g_ptr_array_index(net_model_rejected(loaded.model), 0));
    g_assert_nonnull(strstr(second->fault, "ifcfg-lan"));
    g_assert_cmpstr(second->kind->name, ==, "ethernet");

    g_assert_null(net_model_lookup(loaded.model, "nothing", NULL, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
    g_clear_error(&error);
    g_assert_null(net_model_lookup(loaded.model, "old.bak", NULL, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
    g_clear_error(&error);
    g_assert_null(net_model_nth(loaded.model, 2));
    loaded_free(&loaded);
}

static void test_networking(void)
{
    static const struct {
        const char *files;
        gboolean networking;
    } cases[] = {{"@ifcfg-eth0\n", FALSE},
                 {"@/etc/sysconfig/network\n", TRUE},
                 {"@/etc/sysconfig/network\nNETWORKING=yes\n", TRUE},
                 {"@/etc/sysconfig/network\nNETWORKING=no\n", FALSE},
                 {"@/etc/sysconfig/network\nNETWORKING=OFF\n", FALSE},
                 {"@/etc/sysconfig/network\nNETWORKING=perhaps\n", TRUE}};

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Loaded loaded = loaded_new(cases[i].files);
        g_assert_cmpint(net_model_is_networking(loaded.model), ==, cases[i].networking);
        loaded_free(&loaded);
    }
}

/* What brings an interface down is known with its place, for the line after [FAILED]. */
static void test_fault_place(void)
{
    Loaded loaded = loaded_new("@ifcfg-eth0\nONBOOT=yes\nIPADDR=10.0.0.256\n@ifcfg-eth1\nTYPE=CTC\n");
    const NetIface *eth0 = net_model_find(loaded.model, "eth0"), *eth1 = net_model_find(loaded.model, "eth1");

    g_assert_cmpstr(eth0->fault, ==,
                    "IPADDR: '10.0.0.256' is not an IPv4 address: write four numbers from 0 to 255");
    g_assert_cmpuint(eth0->fault_where.line, ==, 2);
    g_assert_true(eth0->fault_where.file == eth0->file);
    g_assert_cmpstr(eth1->unsupported, ==, "TYPE=CTC");
    g_assert_cmpuint(eth1->unsupported_where.line, ==, 1);
    loaded_free(&loaded);
}

/* Every port finds its bond among many whose names begin alike. */
static void test_many(void)
{
    g_autoptr(GString) files = g_string_new(NULL);
    const guint bonds = 500;

    for (guint i = 0; i < bonds; i++)
        g_string_append_printf(files,
                               "@ifcfg-bond%u\nBONDING_OPTS=mode=1\n@ifcfg-a%u\nMASTER=bond%u\nSLAVE=yes\n@"
                               "ifcfg-b%u\nMASTER=bond%u\nSLAVE=yes\n",
                               i, i, i, i, i);
    Loaded loaded = loaded_new(files->str);
    g_assert_cmpuint(net_model_length(loaded.model), ==, 3 * bonds);
    g_assert_cmpuint(ifcfg_problems_length(loaded.problems), ==, 0);
    for (guint i = 0; i < bonds; i++) {
        g_autofree char *name = g_strdup_printf("bond%u", i);
        g_assert_cmpuint(net_model_find(loaded.model, name)->ports->len, ==, 2);
    }
    loaded_free(&loaded);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    model_cases_add("name", names, G_N_ELEMENTS(names));
    model_cases_add("link", links, G_N_ELEMENTS(links));
    g_test_add_func("/model/lookup", test_lookup);
    g_test_add_func("/model/networking", test_networking);
    g_test_add_func("/model/fault-place", test_fault_place);
    g_test_add_func("/model/many", test_many);
    return g_test_run();
}
