/* What a plan holds, line by line, from files and a state of the kernel. */
#include "tree.h"
#include "world.h"
#include <net/if.h>
#include <string.h>

#define NETWORK "@/etc/sysconfig/network\nNETWORKING=yes\nNOZEROCONF=yes\n"
#define QUIET "ARPCHECK=no\nARPUPDATE=no\n"
#define ETH0 "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.10\nPREFIX=24\n" QUIET
#define BOND0                                                                                                \
    "@ifcfg-bond0\nDEVICE=bond0\nIPADDR=10.0.11.2\nPREFIX=24\n" QUIET                                        \
    "BONDING_OPTS=\"mode=1 miimon=100 primary=eth1\"\n" PORTS0
#define PORTS0 "@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n@ifcfg-eth2\nMASTER=bond0\nSLAVE=yes\n"
#define TALKING_BOND0(options)                                                                               \
    "@ifcfg-bond0\nDEVICE=bond0\nIPADDR=10.0.11.2\nPREFIX=24\nIPADDR1=10.0.11.3\nPREFIX1=24\nARPCHECK=no\n"  \
    "BONDING_OPTS=\"" options "\"\n" PORTS0

#define UP_ETH0 "eth0: set up\neth0: add address 192.0.2.10/24\n"
#define MAKE_BOND0                                                                                           \
    "load module bonding max_bonds=0\n"                                                                      \
    "bond0: create bond mode=active-backup miimon=100 primary=eth1 mac=52:54:00:00:00:03\n"

typedef struct {
    const char *name;
    const char *files;
    const char *before; /* blank separated verbs that are run first, as `verb` and `arg` */
    void (*change)(World *world);
    NetPlanVerb verb;
    const char *arg;
    const char *work; /* expected */
} PlanCase;

static void remove_eth2(World *world)
{
    sim_remove_link(world->sim, "eth2");
}

static void remove_eth0(World *world)
{
    sim_remove_link(world->sim, "eth0");
}

static void other_driver_bond0(World *world)
{
    sim_add_device(world->sim, "bond0", "dummy");
}

static void stack_vlan(World *world)
{
    sim_stack(world->sim, "bond0.5", "vlan", "bond0");
}

static void lose_ledger(World *world)
{
    net_ledger_free(world->ledger);
    world->ledger = net_ledger_new();
}

static void drop_eth0_file(World *world)
{
    world_reload(world, NETWORK "@ifcfg-eth7\nDEVICE=eth7\nONBOOT=no\n");
}

static void eth0_not_at_boot(World *world)
{
    world_reload(world, NETWORK ETH0 "ONBOOT=no\n");
}

static void other_address(World *world)
{
    world_reload(world, NETWORK "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.11\nPREFIX=24\n" QUIET);
}

static void foreign_address(World *world)
{
    sim_add_address(world->sim, "eth0", "192.0.2.99/24");
}

static void no_arp(World *world)
{
    sim_link(world->sim, "eth0")->flags |= IFF_NOARP;
}

static void other_mac(World *world)
{
    world_reload(world, NETWORK "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.10\nPREFIX=24\nARPCHECK=no\n"
                                "MACADDR=02:00:00:00:00:09\n");
}

static void other_mode(World *world)
{
    world_reload(world, NETWORK TALKING_BOND0("mode=1 miimon=100"));
}

static void other_mode_quiet(World *world)
{
    world_reload(world, NETWORK "@ifcfg-bond0\nDEVICE=bond0\nIPADDR=10.0.11.2\nPREFIX=24\n" QUIET
                                "BONDING_OPTS=\"mode=0 miimon=100\"\n" PORTS0);
}

static void change_tomorrow(World *world)
{
    g_assert_null(sim_set_option(world->sim, "bond0", "option_of_tomorrow", "off"));
}

static void lose_ports(World *world)
{
    sim_release(world->sim, "eth1");
    sim_release(world->sim, "eth2");
}

static const PlanCase cases[] = {
    {"nic-up", NETWORK ETH0, NULL, NULL, NET_PLAN_UP, "eth0", UP_ETH0},
    {"nic-up-again", NETWORK ETH0, "eth0", NULL, NET_PLAN_UP, "eth0", ""},
    {"nic-down", NETWORK ETH0, "eth0", NULL, NET_PLAN_DOWN, "eth0",
     "eth0: remove address 192.0.2.10/24\neth0: set down\n"},
    {"nic-down-foreign-address-stays", NETWORK ETH0, "eth0", foreign_address, NET_PLAN_DOWN, "eth0",
     "eth0: remove address 192.0.2.10/24\neth0: set down\n"},
    {"nic-down-by-file", NETWORK ETH0, "eth0", lose_ledger, NET_PLAN_DOWN, "eth0",
     "eth0: remove address 192.0.2.10/24\neth0: set down\n"},
    {"nic-down-by-ledger", NETWORK ETH0, "eth0", drop_eth0_file, NET_PLAN_DOWN, "eth0",
     "eth0: remove address 192.0.2.10/24\neth0: set down\n"},
    {"nic-down-twice", NETWORK ETH0, NULL, NULL, NET_PLAN_DOWN, "eth0", ""},
    {"nic-new-address", NETWORK ETH0, "eth0", other_address, NET_PLAN_UP, "eth0",
     "eth0: add address 192.0.2.11/24\neth0: remove address 192.0.2.10/24\n"},
    {"nic-late", NETWORK "@/etc/modules.conf\nalias eth0 bnx2\n" ETH0 "DEVTIMEOUT=4\n", NULL, remove_eth0,
     NET_PLAN_UP, "eth0", "eth0: load module bnx2\neth0: wait up to 4 s for the device\n" UP_ETH0},
    {"nic-mac", NETWORK ETH0 "MACADDR=02:00:00:00:00:01\nMTU=9000\nARP=no\n", NULL, NULL, NET_PLAN_UP, "eth0",
     "eth0: set mac 02:00:00:00:00:01\neth0: set mtu 9000\neth0: set arp off\n" UP_ETH0},
    {"nic-mac-while-up", NETWORK ETH0 "MACADDR=02:00:00:00:00:01\nGATEWAY=192.0.2.1\n", "eth0", NULL,
     NET_PLAN_UP, "eth0", ""},
    {"nic-link-status-down", NETWORK ETH0 "LINKSTATUS=down\n", NULL, NULL, NET_PLAN_UP, "eth0",
     "eth0: add address 192.0.2.10/24\n"},
    {"nic-probe", NETWORK "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.10\nPREFIX=24\nLINKDELAY=20\n", NULL,
     NULL, NET_PLAN_UP, "eth0",
     "eth0: set up\neth0: wait up to 20 s for carrier\neth0: check for duplicates of 192.0.2.10/24\n"
     "eth0: add address 192.0.2.10/24\neth0: announce 192.0.2.10/24\n"},
    {"nic-without-arp", NETWORK "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.10\nPREFIX=24\n", NULL, no_arp,
     NET_PLAN_UP, "eth0", UP_ETH0},
    {"nic-other-mac-is-announced",
     NETWORK "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.10\nPREFIX=24\nARPCHECK=no\n", "eth0", other_mac,
     NET_PLAN_UP, "eth0",
     "eth0: set down\neth0: set mac 02:00:00:00:00:09\neth0: set up\neth0: wait up to 3 s for carrier\n"
     "eth0: announce 192.0.2.10/24\n"},
    {"bond-other-mode-is-announced", NETWORK TALKING_BOND0("mode=6 miimon=100"), "bond0", other_mode,
     NET_PLAN_UP, "bond0",
     "eth1: release from bond0\neth2: release from bond0\nbond0: set down\nbond0: set mode=active-backup\n"
     "bond0: set mac 52:54:00:00:00:03\neth1: enslave to bond0\n"
     "eth2: enslave to bond0\nbond0: set up\nbond0: wait up to 3 s for carrier\n"
     "bond0: announce 10.0.11.2/24\nbond0: announce 10.0.11.3/24\n"},
    {"bond-arpupdate-no-is-not-announced", NETWORK BOND0, "bond0", other_mode_quiet, NET_PLAN_UP, "bond0",
     "eth1: release from bond0\neth2: release from bond0\nbond0: set down\nbond0: set mode=balance-rr\n"
     "bond0: set mac 52:54:00:00:00:03\neth1: enslave to bond0\n"
     "eth2: enslave to bond0\nbond0: set up\n"},
    {"nic-announced-only", NETWORK "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.10\nPREFIX=24\nARPCHECK=no\n",
     NULL, NULL, NET_PLAN_UP, "eth0",
     UP_ETH0 "eth0: wait up to 3 s for carrier\neth0: announce 192.0.2.10/24\n"},
    {"alias-up", NETWORK ETH0 "@ifcfg-eth0:1\nONPARENT=no\nIPADDR=192.0.2.20\nPREFIX=24\n" QUIET, "eth0",
     NULL, NET_PLAN_UP, "eth0:1", "eth0: add address 192.0.2.20/24 label eth0:1\n"},
    {"alias-up-brings-parent", NETWORK ETH0 "@ifcfg-eth0:1\nIPADDR=192.0.2.20\nPREFIX=24\n" QUIET, NULL, NULL,
     NET_PLAN_UP, "eth0:1", UP_ETH0 "eth0: add address 192.0.2.20/24 label eth0:1\n"},
    {"alias-down", NETWORK ETH0 "@ifcfg-eth0:1\nIPADDR=192.0.2.20\nPREFIX=24\n" QUIET, "eth0", NULL,
     NET_PLAN_DOWN, "eth0:1", "eth0: remove address 192.0.2.20/24\n"},
    {"alias-goes-with-parent",
     NETWORK ETH0 "@ifcfg-eth0:1\nONPARENT=no\nIPADDR=192.0.2.20\nPREFIX=24\n" QUIET, "eth0 eth0:1", NULL,
     NET_PLAN_DOWN, "eth0",
     "eth0: remove address 192.0.2.20/24\neth0: remove address 192.0.2.10/24\neth0: set down\n"},
    {"alias-by-hand-survives-start",
     NETWORK ETH0 "@ifcfg-eth0:1\nONPARENT=no\nIPADDR=192.0.2.20\nPREFIX=24\n" QUIET, "eth0 eth0:1", NULL,
     NET_PLAN_UP, "eth0", ""},
    {"bond-up", NETWORK BOND0, NULL, NULL, NET_PLAN_UP, "bond0",
     MAKE_BOND0
     "eth1: enslave to bond0\neth2: enslave to bond0\nbond0: set up\nbond0: add address 10.0.11.2/24\n"},
    {"bond-down", NETWORK BOND0, "bond0", NULL, NET_PLAN_DOWN, "bond0", "bond0: delete the device\n"},
    {"bond-down-below-vlan", NETWORK BOND0, "bond0", stack_vlan, NET_PLAN_DOWN, "bond0",
     "bond0: remove address 10.0.11.2/24\neth1: release from bond0\neth2: release from bond0\nbond0: set "
     "down\n"},
    {"bond-down-not-ours", NETWORK BOND0, "bond0", lose_ledger, NET_PLAN_DOWN, "bond0",
     "bond0: remove address 10.0.11.2/24\neth1: release from bond0\neth2: release from bond0\nbond0: set "
     "down\n"},
    {"bond-is-no-bond", NETWORK BOND0, NULL, other_driver_bond0, NET_PLAN_UP, "bond0", ""},
    {"bond-without-a-port", NETWORK BOND0, NULL, remove_eth2, NET_PLAN_UP, "bond0",
     "load module bonding max_bonds=0\neth2: check that the device is there\n"
     "bond0: create bond mode=active-backup miimon=100 primary=eth1 mac=52:54:00:00:00:03\n"
     "eth1: enslave to bond0\neth2: enslave to bond0\nbond0: set up\nbond0: add address 10.0.11.2/24\n"},
    {"bond-option-of-tomorrow", NETWORK TALKING_BOND0("mode=1 miimon=100 option_of_tomorrow=on nonsense=1"),
     "bond0", NULL, NET_PLAN_UP, "bond0", ""},
    {"bond-option-of-tomorrow-is-set-again",
     NETWORK TALKING_BOND0("mode=1 miimon=100 option_of_tomorrow=on nonsense=1"), "bond0", change_tomorrow,
     NET_PLAN_UP, "bond0", "bond0: set option_of_tomorrow=on\n"},
    {"port-up", NETWORK BOND0, NULL, NULL, NET_PLAN_UP, "eth2", MAKE_BOND0 "eth2: enslave to bond0\n"},
    {"port-up-of-a-bond-without-any", NETWORK BOND0, "bond0", lose_ports, NET_PLAN_UP, "eth2",
     "bond0: set mac 52:54:00:00:00:03\neth2: enslave to bond0\n"},
    {"port-up-again", NETWORK BOND0, "bond0", NULL, NET_PLAN_UP, "eth2", ""},
    {"bond-in-a-bond",
     NETWORK "@ifcfg-bond0\nDEVICE=bond0\nBONDING_OPTS=\"mode=1 miimon=100\"\n"
             "@ifcfg-bond1\nDEVICE=bond1\nMASTER=bond0\nSLAVE=yes\nBONDING_OPTS=\"mode=4 miimon=100\"\n"
             "@ifcfg-eth1\nMASTER=bond1\nSLAVE=yes\n",
     "", NULL, NET_PLAN_UP, "bond0",
     "load module bonding max_bonds=0\nbond0: create bond mode=active-backup miimon=100\n"
     "bond1: create bond mode=802.3ad miimon=100 mac=52:54:00:00:00:03\neth1: enslave to bond1\n"
     "bond1: enslave to bond0\nbond0: set up\n"},
    {"port-down", NETWORK BOND0, "bond0", NULL, NET_PLAN_DOWN, "eth2", "eth2: release from bond0\n"},
    {"restart-takes-down-what-has-no-file", NETWORK ETH0, "eth0", drop_eth0_file, NET_PLAN_RESTART, NULL,
     "eth0: remove address 192.0.2.10/24\neth0: set down\nlo: set up\n"},
    {"restart-takes-down-what-is-not-for-boot", NETWORK ETH0, "eth0", eth0_not_at_boot, NET_PLAN_RESTART,
     NULL, "eth0: remove address 192.0.2.10/24\neth0: set down\nlo: set up\n"},
};

static void test_case(gconstpointer data)
{
    const PlanCase *test = data;
    g_autoptr(World) world = world_new(test->files);
    g_auto(GStrv) before = g_strsplit(test->before ? test->before : "", " ", -1);
    for (char **name = before; *name && **name; name++)
        world_run(world, NET_PLAN_UP, *name, WORLD_ALL);
    if (test->change)
        test->change(world);
    g_autofree char *work = world_work(world, test->verb, test->arg);
    g_assert_cmpstr(work, ==, test->work);
}

static char *lines_of(const World *world, NetPlanVerb verb)
{
    g_autoptr(NetPlan) plan = world_plan(world, verb, NULL);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < plan->groups->len; i++) {
        const NetGroup *group = g_ptr_array_index(plan->groups, i);
        g_string_append_printf(text, "%s%s%s%s\n", group->title, group->counts ? "" : "(not counted)",
                               group->failed ? "FAILS " : "", group->failed ? group->failed : "");
    }
    return g_string_free(text, FALSE);
}

#define MIXED                                                                                                \
    NETWORK "@ifcfg-eth10\nDEVICE=eth10\nONBOOT=no\n@ifcfg-eth3\nDEVICE=eth3\n"                              \
            "@ifcfg-eth4\nBOOTPROTO=ibft\n@ifcfg-tap0\nTYPE=CTC\n@ifcfg-eth5\nMASTER=bond7\nSLAVE=yes\n"     \
            "@ifcfg-eth3:1\nIPADDR=192.0.2.9\nPREFIX=24\n@ifcfg-x\nDEVICE=eth3\n" BOND0

static void test_lines(void)
{
    g_autoptr(World) world = world_new(MIXED);
    g_autofree char *text = lines_of(world, NET_PLAN_START);
    g_autofree char *folder = case_path(world->root, "");
    g_auto(GStrv) parts = g_strsplit(text, folder, -1);
    g_autofree char *start = g_strjoinv("", parts);
    g_assert_cmpstr(
        start, ==,
        "Setting network parameters: (not counted)\n"
        "Bringing up loopback interface: (not counted)\n"
        "Bringing up interface bond0: \n"
        "Bringing up interface eth3: \n"
        "Bringing up interface eth4: \n"
        "Bringing up interface eth5: FAILS MASTER=bond7: there is no configuration of bond7; "
        "write ifcfg-bond7, or correct the name\n"
        "Bringing up interface tap0: FAILS TYPE=CTC: netsvc brings up no such device, and there is no "
        "program ifup-CTC that does; left alone\n"
        "Bringing up interface x: FAILS eth3 is configured in /ifcfg-eth3 already; this file is ignored: "
        "remove one of the two, or give it a DEVICE of its own\n");
}

static void test_stop_lines(void)
{
    g_autoptr(World) world = world_new(MIXED);
    g_autofree char *nothing = lines_of(world, NET_PLAN_STOP);
    g_assert_cmpstr(nothing, ==, "");
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_run(world, NET_PLAN_UP, "eth3", WORLD_ALL);
    world_reload(world, NETWORK BOND0);
    g_autofree char *stop = lines_of(world, NET_PLAN_STOP);
    g_assert_cmpstr(stop, ==,
                    "Shutting down interface bond0: \nShutting down interface eth3: \n"
                    "Shutting down interface eth4: \nShutting down loopback interface: (not counted)\n");
}

static void test_default_routes(void)
{
    g_autoptr(World) world = world_new(
        NETWORK ETH0 "GATEWAY=192.0.2.1\n@ifcfg-eth3\nDEVICE=eth3\nIPADDR=198.51.100.9\nPREFIX=24\n" QUIET
                     "GATEWAY=198.51.100.1\n");
    g_autofree char *work = world_work(world, NET_PLAN_START, NULL);
    g_assert_null(strstr(work, "default via 192.0.2.1"));
    g_assert_nonnull(strstr(work, "eth3: add or replace route default via 198.51.100.1 dev eth3\n"));
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_assert_settled(world, "two default routes");
}

/* With IPv6 the first one has it, and each of the others waits for all before it: that has as many ways
 * through as there are sets of them. */
static void test_many_default_routes(void)
{
    enum { MANY = 100 };
    g_autoptr(GString) files = g_string_new(NETWORK);
    for (guint i = 1; i <= MANY; i++)
        g_string_append_printf(files,
                               "@ifcfg-d%u\nTYPE=Dummy\nIPV6ADDR=2001:db8:%u::2/64\n"
                               "IPV6_DEFAULTGW=2001:db8:%u::1\n" QUIET,
                               i, i, i);
    g_autoptr(World) world = world_new(files->str);
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_START, NULL);
    guint waiting = 0;
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = g_ptr_array_index(plan->ops, i);
        waiting += op->rivals ? op->rivals->len : 0;
    }
    g_assert_cmpuint(waiting, ==, MANY * (MANY - 1) / 2);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_assert_settled(world, "many default routes");
}

static void test_hwaddr(void)
{
    g_autoptr(World) world = world_new(NETWORK ETH0 "HWADDR=52:54:00:00:00:77\n");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_UP, "eth0");
    const NetGroup *group = g_ptr_array_index(plan->groups, 0);
    g_assert_cmpuint(plan->ops->len, ==, 0);
    g_assert_true(g_str_has_prefix(group->failed,
                                   "eth0 has permanent address 52:54:00:00:00:02, but HWADDR is "
                                   "52:54:00:00:00:77; NICs here: eth0 52:54:00:00:00:02, eth1"));
    g_assert_cmpuint(group->failed_where.line, ==, 6);
}

static void test_unknown_name(void)
{
    g_autoptr(World) world = world_new(NETWORK);
    g_autoptr(NetObserved) observed = sim_observe(world->sim);
    g_autoptr(GError) error = NULL;
    g_assert_null(net_plan_build(NET_PLAN_UP, "eth9", world->model, observed, world->ledger, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static const char *missing_hint(const NetPlan *plan)
{
    g_assert_cmpuint(plan->ops->len, >, 0);
    const NetOp *op = g_ptr_array_index(plan->ops, 0);
    g_assert_cmpint(op->type, ==, NET_OP_LINK_WAIT);
    return op->wait.hint;
}

/* A NIC that has another name now is named; else those that no file is about; else what to look at. */
static void test_missing_nic(void)
{
    g_autoptr(World) world =
        world_new(NETWORK "@ifcfg-lan0\nDEVICE=lan0\nHWADDR=52:54:00:00:00:04\nIPADDR=192.0.2.1\n"
                          "PREFIX=24\n@ifcfg-lan1\nIPADDR=192.0.2.2\nPREFIX=24\n");
    g_autoptr(NetPlan) by_mac = world_plan(world, NET_PLAN_UP, "lan0");
    g_assert_cmpstr(missing_hint(by_mac), ==,
                    "the NIC with HWADDR 52:54:00:00:00:04 is eth2: rename it (`ip link set eth2 down name "
                    "lan0`), or correct DEVICE");
    g_autoptr(NetPlan) idle = world_plan(world, NET_PLAN_UP, "lan1");
    g_assert_true(g_str_has_prefix(missing_hint(idle), "NICs without a file: eth0 52:54:00:00:00:02, eth1 "));
    for (guint i = 0; i < 8; i++) {
        g_autofree char *nic = g_strdup_printf("eth%u", i);
        sim_remove_link(world->sim, nic);
    }
    g_autoptr(NetPlan) none = world_plan(world, NET_PLAN_UP, "lan1");
    g_assert_cmpstr(missing_hint(none), ==, "is the card in, and its driver loaded?");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strdup_printf("/plan/%s", cases[i].name);
        g_test_add_data_func(path, &cases[i], test_case);
    }
    g_test_add_func("/plan/lines-of-start", test_lines);
    g_test_add_func("/plan/lines-of-stop", test_stop_lines);
    g_test_add_func("/plan/default-routes", test_default_routes);
    g_test_add_func("/plan/many-default-routes", test_many_default_routes);
    g_test_add_func("/plan/hwaddr", test_hwaddr);
    g_test_add_func("/plan/missing-nic", test_missing_nic);
    g_test_add_func("/plan/unknown-name", test_unknown_name);
    return g_test_run();
}
