/* What a plan costs, and what `reload` does of it. */
#include "tree.h"
#include "world.h"
#include <net/if.h>
#include <string.h>

#define NETWORK "@/etc/sysconfig/network\nNETWORKING=yes\nNOZEROCONF=yes\n"
#define QUIET "ARPCHECK=no\nARPUPDATE=no\n"
#define ETH0 "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.10\nPREFIX=24\n" QUIET
#define PORTS0 "@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n@ifcfg-eth2\nMASTER=bond0\nSLAVE=yes\n"
#define BOND0(options, more)                                                                                 \
    "@ifcfg-bond0\nDEVICE=bond0\nIPADDR=10.0.11.2\nPREFIX=24\nBONDING_OPTS=\"" options                       \
    "\"\n" QUIET more PORTS0

static World *started_world(const char *files)
{
    World *world = world_new(files);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    return world;
}

static const NetFate *only(const GPtrArray *fates)
{
    g_assert_cmpuint(fates->len, ==, 1);
    return g_ptr_array_index(fates, 0);
}

static void assert_work(const World *world, NetPlanVerb verb, const char *expected)
{
    g_autofree char *work = world_work(world, verb, NULL);
    g_assert_cmpstr(work, ==, expected);
}

/* Nothing for the kernel, nothing for the record, nothing to read back. */
static void test_equal_files(void)
{
    g_autoptr(World) world = started_world(NETWORK ETH0 BOND0("mode=1 miimon=100", ""));
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RELOAD, NULL);
    g_assert_cmpuint(plan->ops->len, ==, 0);
    g_assert_cmpuint(plan->left->len, ==, 0);
    g_assert_false(net_plan_changes(plan) || net_plan_interrupts(plan) || net_plan_has_errors(plan));
    g_assert_cmpuint(plan->groups->len, ==, 3);
}

static void test_live_change(void)
{
    g_autoptr(World) world = started_world(NETWORK BOND0("mode=1 miimon=100", ""));
    world_reload(world, NETWORK BOND0("mode=1 miimon=50", "IPADDR1=10.0.11.3\nPREFIX1=24\n"));
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RELOAD, NULL);
    g_assert_true(net_plan_changes(plan));
    g_assert_false(net_plan_interrupts(plan));
    g_assert_cmpuint(plan->left->len, ==, 0);
    world_run(world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
    world_assert_settled(world, "after a reload");
}

/* The mode of a bond needs it without ports: `restart` says so, `reload` does the rest and names it. */
static void test_interrupting_change(void)
{
    g_autoptr(World) world = started_world(NETWORK BOND0("mode=1 miimon=100", ""));
    sim_stack(world->sim, "bond0.5", "vlan", "bond0");
    sim_link(world->sim, "bond0.5")->flags |= IFF_UP;
    world_reload(world, NETWORK BOND0("mode=0 miimon=50", ""));

    g_autoptr(NetPlan) restart = world_plan(world, NET_PLAN_RESTART, NULL);
    g_assert_true(net_plan_interrupts(restart));
    g_assert_cmpuint(restart->left->len, ==, 0);
    const NetFate *cause = g_ptr_array_index(restart->fates, 0);
    g_autofree char *line = net_fate_format(restart, cause);
    g_assert_cmpstr(line, ==,
                    "bond0 will be down for a moment: mode is active-backup, expected balance-rr "
                    "(ifcfg-bond0:4); with it bond0.5");

    g_autoptr(NetPlan) reload = world_plan(world, NET_PLAN_RELOAD, NULL);
    g_assert_false(net_plan_interrupts(reload));
    const NetFate *left = only(reload->left);
    g_autofree char *text = net_left_format(left);
    g_assert_cmpstr(text, ==,
                    "left as it is: mode is active-backup, expected balance-rr; `ifup bond0` or `netsvc "
                    "restart` changes it, and interrupts it");
    g_assert_cmpuint(left->where.line, ==, 4);
    assert_work(world, NET_PLAN_RELOAD, "bond0: set miimon=50 updelay=0 downdelay=0 peer_notif_delay=0\n");
}

/* The device stays up, but who talks to the old address is cut off: a second address beside it, or another
 * prefix length, cuts off nobody. */
static void test_address_goes(void)
{
    g_autoptr(World) world = started_world(NETWORK ETH0);
    world_reload(world, NETWORK ETH0 "IPADDR1=192.0.2.11\nPREFIX1=24\n");
    g_autoptr(NetPlan) second = world_plan(world, NET_PLAN_RESTART, NULL);
    g_assert_true(net_plan_changes(second) && !net_plan_interrupts(second));
    world_reload(world, NETWORK "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.10\nPREFIX=25\n" QUIET);
    g_autoptr(NetPlan) longer = world_plan(world, NET_PLAN_RELOAD, NULL);
    g_assert_true(net_plan_changes(longer) && !net_plan_interrupts(longer));
    g_assert_cmpuint(longer->left->len, ==, 0);

    world_reload(world, NETWORK "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.12\nPREFIX=24\n" QUIET);
    g_autoptr(NetPlan) restart = world_plan(world, NET_PLAN_RESTART, NULL);
    g_assert_true(net_plan_interrupts(restart));
    g_autofree char *line = net_fate_format(restart, only(restart->fates));
    g_assert_cmpstr(line, ==,
                    "eth0 loses connections: 192.0.2.10/24 is not asked for any more (ifcfg-eth0:2)");
    g_autoptr(NetPlan) reload = world_plan(world, NET_PLAN_RELOAD, NULL);
    g_assert_false(net_plan_interrupts(reload));
    g_autofree char *text = net_left_format(only(reload->left));
    g_assert_cmpstr(text, ==,
                    "left as it is: 192.0.2.10/24 is not asked for any more; `ifup eth0` or `netsvc restart` "
                    "changes it, and interrupts it");
    assert_work(world, NET_PLAN_RELOAD, "eth0: add address 192.0.2.12/24\n");
    world_run(world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
    assert_work(world, NET_PLAN_RELOAD, "");
    g_assert_true(sim_has_address(world->sim, "eth0", "192.0.2.10/24"));
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    world_assert_settled(world, "after a restart");
    g_assert_false(sim_has_address(world->sim, "eth0", "192.0.2.10/24"));
}

/* A range that goes is one line. */
static void test_addresses_go(void)
{
    g_autoptr(World) world = started_world(
        NETWORK ETH0 "@ifcfg-eth0-range0\nIPADDR_START=192.0.2.20\nIPADDR_END=192.0.2.29\nPREFIX=24\n");
    world_reload(world, NETWORK ETH0);
    g_autoptr(NetPlan) restart = world_plan(world, NET_PLAN_RESTART, NULL);
    g_assert_cmpstr(only(restart->fates)->what, ==, "192.0.2.20/24 and 9 more are not asked for any more");
}

static void test_file_gone(void)
{
    g_autoptr(World) world = started_world(NETWORK ETH0 BOND0("mode=1 miimon=100", ""));
    world_reload(world, NETWORK BOND0("mode=1 miimon=100", ""));
    g_autoptr(NetPlan) restart = world_plan(world, NET_PLAN_RESTART, NULL);
    g_assert_true(net_plan_interrupts(restart));
    g_autoptr(NetPlan) reload = world_plan(world, NET_PLAN_RELOAD, NULL);
    g_autofree char *text = net_left_format(only(reload->left));
    g_assert_cmpstr(text, ==,
                    "left as it is: its file is gone; `ifdown eth0` or `netsvc restart` takes it down");
    const NetGroup *group = g_ptr_array_index(reload->groups, 0);
    g_assert_null(group->title); /* no line says that it was shut down */
    assert_work(world, NET_PLAN_RELOAD, "");
}

static char *verdict(const World *world, NetPlanVerb verb)
{
    g_autoptr(NetPlan) plan = world_plan(world, verb, NULL);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < plan->fates->len; i++) {
        const NetFate *fate = g_ptr_array_index(plan->fates, i);
        g_autofree char *line = net_fate_interrupts(fate) && !fate->by ? net_fate_format(plan, fate) : NULL;
        if (line)
            g_string_append_printf(text, "%s\n", line);
    }
    for (guint i = 0; i < plan->left->len; i++) {
        const NetFate *fate = g_ptr_array_index(plan->left, i);
        g_autofree char *line = net_left_format(fate);
        g_string_append_printf(text, "%s %s\n", fate->dev, line);
    }
    return g_string_free(text, FALSE);
}

static void assert_verdict(const World *world, NetPlanVerb verb, const char *expected)
{
    g_autofree char *text = verdict(world, verb);
    g_assert_cmpstr(text, ==, expected);
}

#define OPTIONS "mode=1 miimon=100"
#define BOND0_ALONE                                                                                          \
    "@ifcfg-bond0\nDEVICE=bond0\nIPADDR=10.0.11.2\nPREFIX=24\nBONDING_OPTS=\"" OPTIONS "\"\nARPCHECK=no\n"
#define VLAN7 "@ifcfg-bond0.7\nVLAN=yes\nIPADDR=10.0.7.2\nPREFIX=24\n" QUIET

/* With one port less a bond goes on; with the last one it has no carrier, nor has what stands on it. */
static void test_last_port(void)
{
    g_autoptr(World) world = started_world(NETWORK BOND0_ALONE PORTS0 VLAN7);
    world_reload(world, NETWORK BOND0_ALONE VLAN7 "@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n");
    assert_verdict(world, NET_PLAN_RESTART, "");
    world_reload(world, NETWORK BOND0_ALONE VLAN7);
    assert_verdict(world, NET_PLAN_RESTART,
                   "bond0 will go down: its last port that works, eth2, leaves it (ifcfg-bond0:1); with it "
                   "bond0.7\n");
    assert_verdict(
        world, NET_PLAN_RELOAD,
        "bond0 left as it is: its last port that works, eth2, leaves it; `ifdown bond0` or `netsvc "
        "restart` takes it down\n");
    assert_work(world, NET_PLAN_RELOAD, "eth1: release from bond0\nbond0: announce 10.0.11.2/24\n");
    world_run(world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
    assert_work(world, NET_PLAN_RELOAD, "");
    world_reload(world, NETWORK BOND0_ALONE VLAN7 "@ifcfg-eth3\nMASTER=bond0\nSLAVE=yes\n");
    assert_verdict(world, NET_PLAN_RESTART,
                   "bond0 will be down for a moment: its last port that works, eth2, leaves it "
                   "(ifcfg-bond0:1); with it bond0.7\n");
}

/* One that is not the last becomes another bond's at a reload, in one run. */
static void test_spare_port(void)
{
    g_autoptr(World) world = started_world(NETWORK BOND0_ALONE PORTS0);
    world_reload(world, NETWORK BOND0_ALONE "@ifcfg-eth2\nMASTER=bond0\nSLAVE=yes\n"
                                            "@ifcfg-bond1\nBONDING_OPTS='mode=1 miimon=100'\n"
                                            "@ifcfg-eth1\nMASTER=bond1\nSLAVE=yes\n");
    assert_verdict(world, NET_PLAN_RESTART, "");
    assert_verdict(world, NET_PLAN_RELOAD, "");
    world_run(world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
    assert_work(world, NET_PLAN_RELOAD, "");
    world_assert_settled(world, "after a reload");
}

/* Two bonds exchange their ports: neither has one for a moment. */
static void test_ports_exchanged(void)
{
    g_autoptr(World) world = started_world(NETWORK "@ifcfg-bond0\nBONDING_OPTS='mode=1 miimon=100'\n"
                                                   "@ifcfg-bond1\nBONDING_OPTS='mode=1 miimon=100'\n"
                                                   "@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n"
                                                   "@ifcfg-eth2\nMASTER=bond1\nSLAVE=yes\n");
    world_reload(world, NETWORK "@ifcfg-bond0\nBONDING_OPTS='mode=1 miimon=100'\n"
                                "@ifcfg-bond1\nBONDING_OPTS='mode=1 miimon=100'\n"
                                "@ifcfg-eth1\nMASTER=bond1\nSLAVE=yes\n"
                                "@ifcfg-eth2\nMASTER=bond0\nSLAVE=yes\n");
    assert_verdict(
        world, NET_PLAN_RESTART,
        "bond0 will be down for a moment: its last port that works, eth1, leaves it (ifcfg-bond0)\n"
        "eth2 will be down for a moment: it becomes a port of bond0 (ifcfg-eth2:1); with it bond1\n"
        "eth1 will be down for a moment: it becomes a port of bond1 (ifcfg-eth1:1)\n");
}

/* The bridge above has the address: whoever reads the verdict looks for it. */
static void test_device_above_port(void)
{
    static const char bridge[] = "@ifcfg-br0\nTYPE=Bridge\nIPADDR=10.0.6.2\nPREFIX=24\n" QUIET
                                 "@ifcfg-bond0.6\nVLAN=yes\nBRIDGE=br0\n";
    g_autofree char *before = g_strconcat(NETWORK BOND0(OPTIONS, ""), bridge, NULL),
                    *after = g_strconcat(NETWORK BOND0("mode=0 miimon=100", ""), bridge, NULL),
                    *gone = g_strconcat(NETWORK BOND0(OPTIONS, ""), bridge, NULL);
    g_autoptr(World) world = started_world(before);
    world_reload(world, after);
    assert_verdict(world, NET_PLAN_RESTART,
                   "bond0 will be down for a moment: mode is active-backup, expected balance-rr "
                   "(ifcfg-bond0:4); with it bond0.6, br0\n");
    *strstr(gone, "@ifcfg-bond0.6") = '\0';
    world_reload(world, gone);
    assert_verdict(world, NET_PLAN_RESTART,
                   "bond0.6 will go down: its file is gone (ifcfg-bond0.6); with it br0\n");
}

/* What is left as it is, is: whichever of the two comes first. */
static void test_left_port(void)
{
    g_autoptr(World) world = started_world(NETWORK "@ifcfg-br0\nTYPE=Bridge\n@ifcfg-eth1\nBRIDGE=br0\n"
                                                   "@ifcfg-eth2\nBRIDGE=br0\n");
    world_reload(world, NETWORK "@ifcfg-br0\nTYPE=Bridge\n@ifcfg-eth1\nBRIDGE=br0\n"
                                "@ifcfg-eth2\nBOOTPROTO=none\n");
    assert_verdict(world, NET_PLAN_RELOAD,
                   "eth2 left as it is: it is a port of br0, and no file says so; `ifup eth2` or `netsvc "
                   "restart` changes it, and interrupts it\n");
    assert_work(world, NET_PLAN_RELOAD, "");
}

/* A device that gets less than IPv6 needs loses it, and so does the VLAN on it. */
static void test_least_mtu(void)
{
    static const char addresses[] =
        "IPV6ADDR=2001:db8::2/64\n@ifcfg-eth0.5\nVLAN=yes\nIPV6ADDR=2001:db8:5::2/64\n";
    g_autofree char *before = g_strconcat(NETWORK ETH0, addresses, NULL),
                    *enough = g_strconcat(NETWORK ETH0 "MTU=1280\n", addresses, NULL),
                    *less = g_strconcat(NETWORK ETH0 "MTU=1200\n", addresses, NULL);
    g_autoptr(World) world = started_world(before);
    world_reload(world, enough);
    assert_verdict(world, NET_PLAN_RESTART, "");
    world_reload(world, less);
    assert_verdict(world, NET_PLAN_RESTART,
                   "eth0 loses connections: its MTU becomes 1200, and IPv6 needs 1280 (ifcfg-eth0:6)\n"
                   "eth0.5 loses connections: its MTU becomes 1200, and IPv6 needs 1280 (ifcfg-eth0:6)\n");
    assert_verdict(world, NET_PLAN_RELOAD,
                   "eth0 left as it is: its MTU becomes 1200, and IPv6 needs 1280; `ifup eth0` or `netsvc "
                   "restart` changes it, and interrupts it\n");
    assert_work(world, NET_PLAN_RELOAD, "");
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    assert_work(world, NET_PLAN_RESTART, "");
}

/* Nor do its ports get it before the bond does. */
static void test_least_mtu_of_ports(void)
{
    static const char vlan[] = VLAN7 "IPV6ADDR=2001:db8:7::2/64\n";
    g_autofree char *before = g_strconcat(NETWORK BOND0(OPTIONS, ""), vlan, NULL),
                    *less = g_strconcat(NETWORK BOND0(OPTIONS, "MTU=1200\n"), vlan, NULL);
    g_autoptr(World) world = started_world(before);
    world_reload(world, less);
    assert_verdict(world, NET_PLAN_RESTART,
                   "bond0.7 loses connections: its MTU becomes 1200, and IPv6 needs 1280 (ifcfg-bond0:7)\n");
    assert_verdict(
        world, NET_PLAN_RELOAD,
        "bond0.7 left as it is: its MTU becomes 1200, and IPv6 needs 1280; `ifup bond0.7` or `netsvc "
        "restart` changes it, and interrupts it\n");
    assert_work(world, NET_PLAN_RELOAD, "");
}

static void test_names(void)
{
    g_autoptr(World) world = started_world(NETWORK);
    world_reload(world, NETWORK ETH0 "@ifcfg-eth3\nIPADDR=192.0.2.11\nPREFIX=24\n" QUIET
                                     "@ifcfg-eth4\nIPADDR=192.0.2.12\nPREFIX=24\n" QUIET);
    g_autoptr(NetObserved) observed = sim_observe(world->sim);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_ptr_array_add(names, (gpointer) "eth4");
    g_ptr_array_add(names, (gpointer) "eth0");
    g_ptr_array_add(names, (gpointer) "eth4");
    g_autoptr(NetPlan) plan =
        net_plan_build_named(NET_PLAN_RELOAD, names, world->model, observed, world->ledger, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(plan->groups->len, ==, 2);
    g_assert_cmpstr(((NetGroup *)g_ptr_array_index(plan->groups, 0))->dev, ==, "eth4");
    g_assert_cmpstr(((NetGroup *)g_ptr_array_index(plan->groups, 1))->dev, ==, "eth0");
    g_assert_true(net_plan_changes(plan));

    g_ptr_array_add(names, (gpointer) "eth9");
    g_assert_null(
        net_plan_build_named(NET_PLAN_RELOAD, names, world->model, observed, world->ledger, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void test_errors(void)
{
    g_autoptr(World) world = started_world(NETWORK ETH0);
    world_reload(world, NETWORK "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.10\nPREFIX=24\nTYPE=CTC\n");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RELOAD, NULL);
    g_assert_true(net_plan_has_errors(plan));
    g_assert_false(net_plan_changes(plan));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/verdict/equal-files", test_equal_files);
    g_test_add_func("/verdict/live-change", test_live_change);
    g_test_add_func("/verdict/interrupting-change", test_interrupting_change);
    g_test_add_func("/verdict/address-goes", test_address_goes);
    g_test_add_func("/verdict/addresses-go", test_addresses_go);
    g_test_add_func("/verdict/file-gone", test_file_gone);
    g_test_add_func("/verdict/last-port", test_last_port);
    g_test_add_func("/verdict/spare-port", test_spare_port);
    g_test_add_func("/verdict/ports-exchanged", test_ports_exchanged);
    g_test_add_func("/verdict/device-above-port", test_device_above_port);
    g_test_add_func("/verdict/left-port", test_left_port);
    g_test_add_func("/verdict/least-mtu", test_least_mtu);
    g_test_add_func("/verdict/least-mtu-of-ports", test_least_mtu_of_ports);
    g_test_add_func("/verdict/names", test_names);
    g_test_add_func("/verdict/errors", test_errors);
    return g_test_run();
}
