/* What is read back: each difference is found, named with what is wanted and what is there, and weighed. */
#include "plan/verify.h"
#include "world.h"
#include <linux/if_addr.h>
#include <net/if.h>
#include <string.h>

#define FILES                                                                                                \
    "@/etc/sysconfig/network\nNETWORKING=yes\n"                                                              \
    "@ifcfg-bond0\nDEVICE=bond0\nIPADDR=10.0.11.2\nPREFIX=24\nMTU=9000\nMACADDR=02:00:00:00:00:11\n"         \
    "BONDING_OPTS=\"mode=1 primary=eth0 miimon=100 updelay=250\"\n"                                          \
    "@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\n@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n"                           \
    "@ifcfg-eth4\nDEVICE=eth4\nIPADDR=192.0.2.10\nPREFIX=24\nGATEWAY=192.0.2.1\n"                            \
    "@ifcfg-bond2\nDEVICE=bond2\nBONDING_OPTS=\"mode=1 miimon=100 option_of_tomorrow=on nonsense=1\"\n"      \
    "@ifcfg-bond1\nDEVICE=bond1\nBONDING_OPTS=\"mode=1 lacp_rate=1 miimon-100\"\n"                           \
    "@ifcfg-eth2\nMASTER=bond1\nSLAVE=yes\n"                                                                 \
    "@ifcfg-eth5\nDEVICE=eth5\nNOZEROCONF=1\nIPV6ADDR=2001:db8::1/64\nIPV6_AUTOCONF=no\n"                    \
    "@ifcfg-br0\nTYPE=Bridge\n@ifcfg-eth6\nBRIDGE=br0\nBRIDGING_OPTS=path_cost=7\n"                          \
    "@ifcfg-eth4:1\nIPADDR=192.0.2.11\nPREFIX=24\n@rule-eth4\nfrom 192.0.2.10 table 100\n"

typedef struct {
    const char *name;
    void (*damage)(Sim *sim);
    const char *dev;
    const char *text; /* "! " marks fatal ones; a line each */
} VerifyCase;

static void nothing(G_GNUC_UNUSED Sim *sim)
{
}

static void device_gone(Sim *sim)
{
    sim_remove_link(sim, "eth4");
}

static void link_down(Sim *sim)
{
    sim_link(sim, "eth4")->flags &= ~(guint32)IFF_UP;
}

static void layer3_gone(Sim *sim)
{
    sim_drop_addresses(sim, NULL);
    sim_drop_routes(sim);
    sim_drop_rules(sim);
}

static void other_gateway(Sim *sim)
{
    sim_add_route(sim, "eth4", "default via 192.0.2.99 dev eth4");
}

static void gateway_of_another(Sim *sim)
{
    sim_set_up(sim, "eth6", TRUE);
    sim_add_route(sim, "eth6", "default via 192.0.2.99 dev eth6 onlink");
}

static void duplicate(Sim *sim)
{
    for (guint i = 0; i < sim->picture->addresses->len; i++)
        ((ObservedAddress *)g_ptr_array_index(sim->picture->addresses, i))->flags |= IFA_F_DADFAILED;
    sim_link(sim, "eth5")->confs[NET_CONF_ACCEPT_RA] = 1;
}

static void other_prefix(Sim *sim)
{
    for (guint i = 0; i < sim->picture->addresses->len; i++)
        ((ObservedAddress *)g_ptr_array_index(sim->picture->addresses, i))->prefix.length = 16;
}

static void wrong_mode(Sim *sim)
{
    sim_release(sim, "eth0");
    sim_release(sim, "eth1");
    sim_set_up(sim, "bond0", FALSE);
    g_assert_null(sim_set_option(sim, "bond0", "mode", "balance-rr"));
}

static void bond_changed(Sim *sim)
{
    g_assert_null(sim_set_option(sim, "bond0", "updelay", "300"));
    g_assert_null(sim_set_option(sim, "bond0", "primary", "eth1"));
    g_assert_null(sim_set_option(sim, "bond0", "resend_igmp", "3"));
    sim_link(sim, "bond0")->mtu = 1500;
    sim_link(sim, "bond0")->mac.bytes[5] = 0x12;
}

static void one_port(Sim *sim)
{
    sim_release(sim, "eth0");
}

static void bridge_alone(Sim *sim)
{
    sim_release(sim, "eth6");
}

static void no_port(Sim *sim)
{
    sim_release(sim, "eth0");
    sim_release(sim, "eth1");
    sim_link(sim, "bond0")->mac = (IfcfgMac){.length = 6, .bytes = {2, 0, 0, 0, 0, 0x11}};
}

static void tomorrow_changed(Sim *sim)
{
    g_assert_null(sim_set_option(sim, "bond2", "option_of_tomorrow", "off"));
}

static void path_cost_changed(Sim *sim)
{
    LinkValues *values = sim_link(sim, "eth6")->port;
    link_values_set(values, link_table_find(values->table, "path_cost"), "99");
}

static const VerifyCase cases[] = {
    {"nic", nothing, "eth4", ""},
    {"bond", nothing, "bond0", ""},
    {"port", nothing, "eth1", ""},
    {"alias", nothing, "eth4:1", ""},
    {"device-gone", device_gone, "eth4", "! the device is not there\n"},
    {"link-down", link_down, "eth4", "! the link is not up\n"},
    {"layer3-gone", layer3_gone, "eth4",
     "! address 192.0.2.10/24 is missing\nroute default via 192.0.2.1 dev eth4 is missing\n"
     "route 169.254.0.0/16 (zeroconf) is missing\nrule from 192.0.2.10/32 table 100 is missing\n"
     "address 192.0.2.11/24 is missing\n"},
    {"alias-alone", layer3_gone, "eth4:1", "! address 192.0.2.11/24 is missing\n"},
    {"other-gateway", other_gateway, "eth4",
     "route default via 192.0.2.1 dev eth4 is missing; the kernel has default via 192.0.2.99 dev eth4 "
     "table main proto boot scope global\n"},
    {"gateway-of-another", gateway_of_another, "eth4", ""},
    {"other-prefix", other_prefix, "eth4:1", "address 192.0.2.11/24: prefix length is 16, expected 24\n"},
    {"ipv6", nothing, "eth5", ""},
    {"duplicate", duplicate, "eth5",
     "net/ipv6/conf/eth5/accept_ra is 1, expected 0\n"
     "address 2001:db8::1/64: another host on this network has it (duplicate address detection)\n"},
    {"wrong-mode", wrong_mode, "bond0",
     "! the link is not up\nMACADDR is 02:b0:00:00:00:0a, expected 02:00:00:00:00:11\n"
     "! mode is balance-rr, expected active-backup\nport eth0 is missing\nport eth1 is missing\n"
     "! none of its ports is enslaved\nroute 169.254.0.0/16 (zeroconf) is missing\n"},
    {"bond-changed", bond_changed, "bond0",
     "MACADDR is 02:00:00:00:00:12, expected 02:00:00:00:00:11\nMTU is 1500, expected 9000\n"
     "updelay is 300, expected 200\nresend_igmp is 3, expected 1\nprimary is eth1, expected eth0\n"},
    {"unknown-options", nothing, "bond2", "nonsense: this kernel does not know the option, expected 1\n"},
    {"unknown-option-differs", tomorrow_changed, "bond2",
     "option_of_tomorrow is off 1, expected on\nnonsense: this kernel does not know the option, expected "
     "1\n"},
    {"left-out: the file's own errors say it", nothing, "bond1", ""},
    {"bridge-port", nothing, "eth6", ""},
    {"bridge-port-changed", path_cost_changed, "eth6", "path_cost of eth6 is 99, expected 7\n"},
    {"bridge-without-ports", bridge_alone, "br0",
     "none of its ports is there: nothing can be reached by it\n"},
    {"one-port", one_port, "bond0", "port eth0 is missing\n"},
    {"port-out", one_port, "eth0", "! it is not a port of bond0\n"},
    {"no-port", no_port, "bond0",
     "port eth0 is missing\nport eth1 is missing\n! none of its ports is enslaved\n"},
};

static void test_case(gconstpointer data)
{
    const VerifyCase *test = data;
    g_autoptr(World) world = world_new(FILES);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    test->damage(world->sim);
    g_autoptr(NetObserved) observed = sim_observe(world->sim);
    g_autoptr(GPtrArray) list = net_verify(net_model_find(world->model, test->dev), observed);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++) {
        const NetDifference *difference = g_ptr_array_index(list, i);
        g_string_append_printf(text, "%s%s\n", difference->fatal ? "! " : "", difference->message);
        g_assert_nonnull(difference->where.file);
    }
    g_assert_cmpstr(text->str, ==, test->text);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strdup_printf("/verify/%s", cases[i].name);
        g_test_add_data_func(path, &cases[i], test_case);
    }
    return g_test_run();
}
