/* HWADDR without DEVICE: which NIC it means, where there is one, and somebody to ask. */
#include "model-cases.h"
#include "state/observed.h"

#define MAC0 "52:54:00:00:00:a0"
#define LAN "@ifcfg-lan\nHWADDR=" MAC0 "\nIPADDR=10.0.0.1\nPREFIX=24\n"

/* Two NICs: eth4 has MAC0, eth5 no file at all. */
static char *nic_find(const IfcfgMac *mac, gpointer data)
{
    IfcfgMac own;
    guint *asked = data;
    (*asked)++;
    g_assert_true(ifcfg_mac_parse(MAC0, &own));
    return ifcfg_mac_equal(mac, &own) ? g_strdup("eth4") : NULL;
}

static const struct {
    const char *files;
    gboolean has_system;
    guint asked;
    NetNaming naming; /* of the first interface */
    const char *model, *problems;
} rows[] = {
    {LAN, TRUE, 1, NET_NAMED_BY_NIC, "eth4 ethernet 10.0.0.1/24 hwaddr=" MAC0 " zeroconf\n", ""},
    {LAN, FALSE, 0, NET_NAME_UNKNOWN, "lan ethernet 10.0.0.1/24 hwaddr=" MAC0 " zeroconf\n", ""},
    {"@ifcfg-lan\nHWADDR=52:54:00:00:00:a9\n", TRUE, 1, NET_NAME_UNKNOWN,
     "lan ethernet hwaddr=52:54:00:00:00:a9 zeroconf\n", ""},
    {"@ifcfg-the_office_network\nHWADDR=" MAC0 "\n", FALSE, 0, NET_NAME_UNKNOWN,
     "the_office_network ethernet hwaddr=" MAC0 " zeroconf\n", ""},
    {"@ifcfg-lan\nDEVICE=eth1\nHWADDR=" MAC0 "\n", TRUE, 0, NET_NAMED_BY_FILE,
     "eth1 ethernet hwaddr=" MAC0 " zeroconf\n", ""},
    {"@ifcfg-lan\nDEVICE=\nHWADDR=" MAC0 "\n", TRUE, 1, NET_NAMED_BY_NIC,
     "eth4 ethernet hwaddr=" MAC0 " zeroconf\n", ""},
    {"@ifcfg-eth4\nIPADDR=10.0.0.9\nPREFIX=24\n" LAN, TRUE, 1, NET_NAMED_BY_FILE,
     "eth4 ethernet 10.0.0.9/24 zeroconf\n",
     "ifcfg-lan: error: eth4 is configured in ifcfg-eth4 already; this file is ignored: remove one of the "
     "two, "
     "or give it a DEVICE of its own\n"},
    {"@ifcfg-bond0\nBONDING_OPTS=mode=1\n@ifcfg-port\nHWADDR=" MAC0 "\nMASTER=bond0\nSLAVE=yes\n", TRUE, 1,
     NET_NAMED_BY_FILE,
     "bond0 bond mode=active-backup miimon=100* +eth4 zeroconf\n"
     "eth4 ethernet hwaddr=" MAC0 " port-of:bond0 noline\n",
     ""},
    {"@ifcfg-bond0\nBONDING_OPTS='mode=1 primary=eth4'\n@ifcfg-port\nHWADDR=" MAC0
     "\nMASTER=bond0\nSLAVE=yes\n",
     FALSE, 0, NET_NAMED_BY_FILE,
     "bond0 bond mode=active-backup miimon=100* primary=eth4 +port zeroconf\n"
     "port ethernet hwaddr=" MAC0 " port-of:bond0 noline\n",
     ""},
    {LAN "@route-eth4\n10.1.0.0/16 via 10.0.0.254\n", TRUE, 1, NET_NAMED_BY_NIC,
     "eth4 ethernet 10.0.0.1/24 [10.1.0.0/16 via 10.0.0.254] hwaddr=" MAC0 " zeroconf\n", ""},
    {LAN "@ifcfg-lan:1\nIPADDR=10.0.0.5\n", TRUE, 1, NET_NAMED_BY_NIC,
     "eth4 ethernet 10.0.0.1/24 hwaddr=" MAC0 " &lan:1 zeroconf\n"
     "lan:1 alias 10.0.0.5/24 label eth4:1 on:eth4 noline\n",
     ""},
};

static void test_names(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        guint asked = 0;
        NetNics nics = {.find = nic_find, .data = &asked};
        g_autofree char *root = case_root();
        g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
        case_write(root, rows[i].files);
        g_autoptr(NetModel) model = tree_load(root, rows[i].has_system ? &nics : NULL, problems);
        g_autofree char *got = model_dump(model), *told = problems_dump(problems, root);
        case_remove(root);
        g_assert_cmpstr(got, ==, rows[i].model);
        g_assert_cmpstr(told, ==, rows[i].problems);
        g_assert_cmpuint(asked, ==, rows[i].asked);
        g_assert_cmpint(net_model_nth(model, 0)->naming, ==, rows[i].naming);
    }
}

static void add_link(NetObserved *observed, const char *name, const char *kind, const char *mac)
{
    ObservedLink *link = observed_link_new(name, (int)observed->links->len + 1);
    link->kind = g_strdup(kind);
    g_assert_true(ifcfg_mac_parse(mac, &link->perm_mac));
    net_observed_add_link(observed, link);
}

/* A bond, a bridge and a VLAN have the address of a NIC below them. */
static void test_nic_of_address(void)
{
    g_autoptr(NetObserved) observed = net_observed_new();
    IfcfgMac hardware, virtual, other;
    add_link(observed, "bond0", "bond", MAC0);
    add_link(observed, "br0", "bridge", MAC0);
    add_link(observed, "veth0", "veth", MAC0);
    add_link(observed, "eth4", NULL, MAC0);
    add_link(observed, "eth4.5", "vlan", MAC0);
    add_link(observed, "veth1", "veth", "52:54:00:00:00:a1");
    g_assert_true(ifcfg_mac_parse(MAC0, &hardware));
    g_assert_true(ifcfg_mac_parse("52:54:00:00:00:a1", &virtual));
    g_assert_true(ifcfg_mac_parse("52:54:00:00:00:a2", &other));
    g_assert_cmpstr(net_observed_nic(observed, &hardware)->name, ==, "eth4");
    g_assert_cmpstr(net_observed_nic(observed, &virtual)->name, ==, "veth1");
    g_assert_null(net_observed_nic(observed, &other));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/nics/names", test_names);
    g_test_add_func("/nics/of-address", test_nic_of_address);
    return g_test_run();
}
