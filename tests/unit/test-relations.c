/* Relations between interfaces of any type: types that exist only here, stacked to any depth. */
#include "kinds/kinds.h"
#include "model-cases.h"
#include "plan/graph.h"

static gboolean type_is(const NetIface *iface, const char *name)
{
    return iface->form == IFCFG_ENTRY_MAIN && kind_type_is(iface, name);
}

#define KIND(id, word, type_traits)                                                                          \
    static gboolean id##_match(const NetIface *iface, G_GNUC_UNUSED const KindContext *context)              \
    {                                                                                                        \
        return type_is(iface, word);                                                                         \
    }                                                                                                        \
    static const IfaceKind id = {.name = word, .traits = type_traits, .match = id##_match}

KIND(any_bond, "bond",
     NET_KIND_CREATES | NET_KIND_HAS_PORTS | NET_KIND_CLOSES_PORTS | NET_KIND_PORTS_ARE_SILENT);
KIND(any_bridge, "bridge", NET_KIND_CREATES | NET_KIND_HAS_PORTS);
KIND(any_vrf, "vrf", NET_KIND_CREATES | NET_KIND_HAS_PORTS | NET_KIND_KEEPS_LAYER3);
KIND(any_vlan, "vlan", NET_KIND_CREATES | NET_KIND_IS_STACKED);
KIND(any_veth, "veth", NET_KIND_CREATES | NET_KIND_IS_PAIR);
KIND(any_gre, "gre", NET_KIND_CREATES | NET_KIND_IS_TUNNEL);

static gboolean nic_match(G_GNUC_UNUSED const NetIface *iface, G_GNUC_UNUSED const KindContext *context)
{
    return TRUE;
}
static const IfaceKind nic_kind = {.name = "nic", .match = nic_match};

static const IfaceKind *const kinds[] = {&any_bond, &any_bridge, &any_vrf,  &any_vlan,
                                         &any_veth, &any_gre,    &nic_kind, NULL};

#define BOND "TYPE=bond\n"
#define PORT_OF(bond) "MASTER=" bond "\nSLAVE=yes\n"
#define ADDRESS(ip) "IPADDR=" ip "\nPREFIX=24\n"

static const ModelCase cases[] = {
    {"deep",
     "@ifcfg-br0\nTYPE=bridge\n" ADDRESS(
         "10.0.0.1") "@ifcfg-bond0.5\nTYPE=vlan\nBRIDGE=br0\n@ifcfg-bond0\n" BOND
                     "@ifcfg-bond1\n" BOND PORT_OF("bond0") "@ifcfg-eth0\n" PORT_OF("bond1"),
     "bond0 bond +bond1 ^bond0.5 zeroconf\nbond0.5 vlan port-of:br0 stands-on:bond0\nbond1 bond +eth0 "
     "port-of:bond0 noline\nbr0 bridge 10.0.0.1/24 +bond0.5 zeroconf\neth0 nic port-of:bond1 noline\n",
     NULL},
    {"physdev", "@ifcfg-vlan7\nTYPE=vlan\nPHYSDEV=eth0\n@ifcfg-eth0\n",
     "eth0 nic ^vlan7 zeroconf\nvlan7 vlan stands-on:eth0 zeroconf\n", NULL},
    {"lower without a file", "@ifcfg-eth0.5\nTYPE=vlan\n", "eth0.5 vlan stands-on:eth0? zeroconf\n", NULL},
    {"name of two dots", "@ifcfg-eth0.5.6\nTYPE=vlan\n@ifcfg-eth0.5\nTYPE=vlan\n",
     "eth0.5 vlan ^eth0.5.6 stands-on:eth0? zeroconf\neth0.5.6 vlan stands-on:eth0.5 zeroconf\n", NULL},
    {"a dot in a name is no VLAN by itself", "@ifcfg-eth0.x\n", "eth0.x nic zeroconf\n", NULL},
    {"key of another type", "@ifcfg-eth0\nPHYSDEV=eth1\n@ifcfg-eth1\n",
     "eth0 nic zeroconf\neth1 nic zeroconf\n", NULL},
    {"pair", "@ifcfg-v0\nTYPE=veth\nPEER=v1\n@ifcfg-v1\nTYPE=veth\nPEER=v0\n",
     "v0 veth peer:v1 zeroconf\nv1 veth peer:v0 zeroconf\n", NULL},
    {"tunnel", "@ifcfg-tun0\nTYPE=gre\nMY_OUTER_IPADDR=10.0.0.1\n@ifcfg-eth0\n" ADDRESS("10.0.0.1"),
     "eth0 nic 10.0.0.1/24 zeroconf\ntun0 gre underlay:eth0\n", NULL},
    {"tunnel over an alias",
     "@ifcfg-tun0\nTYPE=gre\nMY_OUTER_IPADDR=10.0.0.2\n@ifcfg-eth0\n@ifcfg-tun1\nTYPE=gre\nMY_OUTER_IPADDR="
     "10.9.9.9\n",
     "eth0 nic zeroconf\ntun0 gre underlay:10.0.0.2?\ntun1 gre underlay:10.9.9.9?\n", NULL},
    {"vrf keeps addresses", "@ifcfg-red\nTYPE=vrf\n@ifcfg-eth0\nVRF=red\n" ADDRESS("10.0.0.1"),
     "eth0 nic 10.0.0.1/24 port-of:red zeroconf\nred vrf +eth0 zeroconf\n", NULL},
    {"two masters",
     "@ifcfg-bond0\n" BOND "@ifcfg-br0\nTYPE=bridge\n@ifcfg-eth0\n" PORT_OF("bond0") "BRIDGE=br0\n",
     "bond0 bond +eth0 zeroconf\nbr0 bridge zeroconf\neth0 nic port-of:bond0 noline\n",
     "ifcfg-eth0:3:8: warning: BRIDGE=br0 is ignored, since MASTER=bond0 makes it a port already\n"},
    {"not a bond", "@ifcfg-br0\nTYPE=bridge\n@ifcfg-eth0\n" PORT_OF("br0"),
     "br0 bridge +eth0 zeroconf\neth0 nic port-of:br0 FAULT\n",
     "ifcfg-eth0:1:8: error: MASTER=br0: br0 is configured in ifcfg-br0, but not as a bond; correct the "
     "name, or that file\n"},
    {"type without support", "@ifcfg-eth0\nTEAM_MASTER=team0\nDEVICETYPE=TeamPort\n@ifcfg-team0\n",
     "eth0 nic port-of:team0 unsupported:TEAM_MASTER=team0\nteam0 nic +eth0 zeroconf\n",
     "ifcfg-eth0:1:13: warning: TEAM_MASTER=team0: netsvc brings up no such device, and there is no "
     "program ifup-team0 that does; eth0 is left alone\n"},
    {"loopback", "@ifcfg-lo\n" PORT_OF("bond0") "@ifcfg-bond0\n" BOND, "lo nic\nbond0 bond zeroconf\n",
     "ifcfg-lo:1:8: warning: MASTER=bond0 is ignored: the loopback device cannot be a port; remove this "
     "line\n"},
    {"wireless", "@ifcfg-wlan0\nTYPE=Wireless\n" PORT_OF("bond0") "@ifcfg-bond0\n" BOND,
     "bond0 bond +wlan0 zeroconf\nwlan0 nic port-of:bond0 noline FAULT\n",
     "ifcfg-wlan0:2:8: error: MASTER=bond0: a wireless device cannot be a port; remove this line\n"},
    {"dhcp without slave", "@ifcfg-eth0\nMASTER=bond0\nBOOTPROTO=dhcp\n@ifcfg-bond0\n" BOND,
     "bond0 bond zeroconf\neth0 nic lease4:unknown zeroconf\n",
     "ifcfg-eth0:1:8: warning: MASTER=bond0 is ignored without SLAVE=yes, since the file has "
     "BOOTPROTO=dhcp\n"},
};

static void case_run(gconstpointer data)
{
    const NetModelSources sources = {.kinds = kinds};
    model_case_run_with(data, &sources);
}

static NetModel *load(const char *files)
{
    const NetModelSources sources = {.kinds = kinds};
    g_autofree char *root = case_root();
    g_autoptr(GError) error = NULL;

    case_write(root, files);
    NetModel *model = net_model_load(root, &sources, NULL, &error);
    g_assert_no_error(error);
    case_remove(root);
    return model;
}

static void names_append(GString *out, const GPtrArray *ifaces)
{
    for (guint i = 0; i < ifaces->len; i++)
        g_string_append_printf(out, "%s%s", i ? " " : "",
                               ((const NetIface *)g_ptr_array_index(ifaces, i))->name);
}

/* What stands on top comes last, whatever the order of the names. */
static void test_order(void)
{
    g_autoptr(NetModel) model = load(cases[0].files);
    g_autoptr(GPtrArray) order = net_graph_order(model, NULL);
    g_autoptr(GString) names = g_string_new(NULL);

    names_append(names, order);
    g_assert_cmpstr(names->str, ==, "bond0 br0 bond0.5 bond1 eth0");
    g_assert_true(net_iface_lower(net_model_find(model, "bond0.5")) == net_model_find(model, "bond0"));
    g_assert_true(net_iface_master(net_model_find(model, "bond1")) == net_model_find(model, "bond0"));
    g_assert_null(net_iface_master(net_model_find(model, "br0")));
}

/* A bond on a VLAN on itself, and a bridge that is a port of its own port's bond. */
static void test_loops(void)
{
    static const struct {
        const char *files, *loop;
    } rows[] = {
        {"@ifcfg-bond0\n" BOND
         "@ifcfg-bond0.5\nTYPE=vlan\n" PORT_OF("bond1") "@ifcfg-bond1\n" BOND PORT_OF("bond0"),
         ""},
        {"@ifcfg-v5\nTYPE=vlan\nPHYSDEV=v6\n@ifcfg-v6\nTYPE=vlan\nPHYSDEV=v5\n", "v5 v6"},
        {"@ifcfg-bond0\n" BOND PORT_OF("bond0.5") "@ifcfg-bond0.5\nTYPE=vlan\n", "bond0 bond0.5"},
        {"@ifcfg-v0\nTYPE=veth\nPEER=v1\n@ifcfg-v1\nTYPE=veth\nPEER=v0\n", ""},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(NetModel) model = load(rows[i].files);
        g_autoptr(GPtrArray) loops = g_ptr_array_new_with_free_func((GDestroyNotify)net_loop_free);
        g_autoptr(GPtrArray) order = net_graph_order(model, loops);
        g_autoptr(GString) names = g_string_new(NULL);
        g_assert_cmpuint(order->len, ==, net_model_length(model));
        if (loops->len)
            names_append(names, ((const NetLoop *)g_ptr_array_index(loops, 0))->ifaces);
        g_assert_cmpstr(names->str, ==, rows[i].loop);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strdup_printf("/relations/%s", cases[i].name);
        g_test_add_data_func(path, &cases[i], case_run);
    }
    g_test_add_func("/relations/order", test_order);
    g_test_add_func("/relations/loops", test_loops);
    return g_test_run();
}
