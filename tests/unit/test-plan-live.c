/* Changes of files while the network is in use: what is ours changes, what is others' stays. */
#include "tree.h"
#include "world.h"
#include <glib/gstdio.h>
#include <string.h>

#define NETWORK "@/etc/sysconfig/network\nNETWORKING=yes\nNOZEROCONF=yes\n"
#define ETH0 "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.10\nPREFIX=24\nARPCHECK=no\nARPUPDATE=no\n"
#define LIVE_BOND(mode)                                                                                      \
    "@ifcfg-bond0\nDEVICE=bond0\nIPADDR=10.0.11.2\nPREFIX=24\nARPCHECK=no\nARPUPDATE=no\n"                   \
    "BONDING_OPTS=\"mode=" mode " miimon=100\"\n"
#define LIVE_PORTS "@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n@ifcfg-eth2\nMASTER=bond0\nSLAVE=yes\n"
#define ROUTE(via) "@route-eth0\n198.51.100.0/24 via " via "\n"

static char *warnings_of(const World *world, NetPlanVerb verb)
{
    g_autoptr(NetPlan) plan = world_plan(world, verb, NULL);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < plan->groups->len; i++) {
        const NetGroup *group = g_ptr_array_index(plan->groups, i);
        for (guint n = 0; group->problems && n < group->problems->len; n++)
            g_string_append_printf(text, "%s\n",
                                   ((NetGroupProblem *)g_ptr_array_index(group->problems, n))->text);
    }
    return g_string_free(text, FALSE);
}

/* The ledger has it in the file's words, the kernel with table, protocol and scope. */
static void test_route_changes(void)
{
    g_autoptr(World) world = world_new(NETWORK ETH0 ROUTE("192.0.2.1"));
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_reload(world, NETWORK ETH0 ROUTE("192.0.2.2"));
    g_autofree char *work = world_work(world, NET_PLAN_RESTART, NULL);
    g_assert_cmpstr(work, ==, "eth0: add or replace route 198.51.100.0/24 via 192.0.2.2\n");
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    world_assert_settled(world, "another gateway");
}

/* Said once, and not forced upon whoever added the other one. */
static void test_route_of_others(void)
{
    g_autoptr(World) world = world_new(NETWORK ETH0);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    sim_add_route(world->sim, "eth0", "198.51.100.0/24 via 192.0.2.1");
    world_reload(world, NETWORK ETH0 ROUTE("192.0.2.2"));
    g_autofree char *work = world_work(world, NET_PLAN_RESTART, NULL);
    g_autofree char *warnings = warnings_of(world, NET_PLAN_RESTART);
    g_assert_cmpstr(work, ==, "");
    g_assert_true(g_str_has_prefix(warnings, "route 198.51.100.0/24 via 192.0.2.2 is not added: "));
    g_assert_cmpstr(strchr(warnings, '\n'), ==, "\n");
}

/* Its bond has another MTU: to set the port's at each start would be undone at each start. */
static void test_mtu_of_port(void)
{
    g_autoptr(World) world =
        world_new(NETWORK "@ifcfg-bond0\nDEVICE=bond0\nMTU=9000\nBONDING_OPTS=miimon=100\n"
                          "@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\nMTU=1500\n");
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_assert_settled(world, "a port with an MTU of its own");
}

/* A port that goes out and in again for its bond's sake is no cause of its own. */
static void test_fate_of_ports(void)
{
#define BOND(mode)                                                                                           \
    NETWORK "@ifcfg-bond0\nDEVICE=bond0\nBONDING_OPTS=\"mode=" mode " miimon=100\"\n"                        \
            "@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n"
    g_autoptr(World) world = world_new(BOND("1"));
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_reload(world, BOND("0"));
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RESTART, NULL);
    g_assert_cmpuint(plan->fates->len, ==, 1);
    g_assert_cmpstr(((const NetFate *)g_ptr_array_index(plan->fates, 0))->dev, ==, "bond0");
}

/* What stands on it gets a worse one of its own after it had its device's. */
static void test_worse_fate(void)
{
    g_autoptr(World) world = world_new(BOND("1") "@ifcfg-v\nVLAN=yes\nPHYSDEV=bond0\nVID=5\n");
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_reload(world, BOND("0") "@ifcfg-v\nVLAN=yes\nPHYSDEV=bond0\nVID=6\n");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RESTART, NULL);
    NetFateKind worst = NET_FATE_STAYS;
    for (guint i = 0; i < plan->fates->len; i++) {
        const NetFate *fate = g_ptr_array_index(plan->fates, i);
        worst = g_str_equal(fate->dev, "v") ? MAX(worst, fate->kind) : worst;
    }
    g_assert_cmpint(worst, ==, NET_FATE_REMADE);
}

/* What runs is left as it is: whatever became of a file, it does not say that this shall go. */
static void test_damaged(gconstpointer data)
{
    const char *files = data;
    g_autoptr(World) world = world_new(NETWORK LIVE_BOND("1") LIVE_PORTS);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_reload(world, files);
    g_autofree char *work = world_work(world, NET_PLAN_RESTART, NULL);
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RESTART, NULL);
    g_assert_cmpstr(work, ==, "");
    g_assert_true(net_plan_has_errors(plan));
}

static void test_unreadable(void)
{
    g_autoptr(World) world = world_new(NETWORK LIVE_BOND("1") LIVE_PORTS);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_reload(world, NETWORK LIVE_PORTS);
    g_autofree char *path = case_path(world->root, "ifcfg-bond0");
    g_mkdir(path, 0755);
    world_read_again(world);
    g_autofree char *work = world_work(world, NET_PLAN_RESTART, NULL);
    g_rmdir(path);
    g_assert_cmpstr(work, ==, "");
}

static void test_no_file(void)
{
    g_autoptr(World) world = world_new(NETWORK LIVE_BOND("1") LIVE_PORTS);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_reload(world, NETWORK);
    g_autoptr(NetObserved) observed = sim_observe(world->sim);
    g_autoptr(GError) error = NULL;
    g_assert_null(net_plan_build(NET_PLAN_RESTART, NULL, world->model, observed, world->ledger, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
    g_autoptr(NetPlan) stop =
        net_plan_build(NET_PLAN_STOP, NULL, world->model, observed, world->ledger, NULL);
    g_assert_true(net_plan_changes(stop));
}

static void test_unknown_mode_at_boot(void)
{
    g_autoptr(World) world = world_new(NETWORK LIVE_BOND("active-bakup") LIVE_PORTS);
    g_autofree char *work = world_work(world, NET_PLAN_START, NULL);
    g_assert_null(strstr(work, "bond0"));
}

static const struct {
    const char *name, *files;
} damages[] = {
    {"unknown-mode", NETWORK LIVE_BOND("active-bakup") LIVE_PORTS},
    {"empty", NETWORK "@ifcfg-bond0\n" LIVE_PORTS},
    {"cut-address", NETWORK "@ifcfg-bond0\nDEVICE=bond0\nIPADDR=10.0." LIVE_PORTS},
    {"cut-type", NETWORK "@ifcfg-bond0\nDEVICE=bond0\nTYPE=Bo" LIVE_PORTS},
    {"cut-bootproto", NETWORK "@ifcfg-bond0\nDEVICE=bond0\nBOOTPROTO=no" LIVE_PORTS},
    {"cut-onboot", NETWORK "@ifcfg-bond0\nDEVICE=bond0\nONBOOT=ye" LIVE_PORTS},
    {"port-empty", NETWORK LIVE_BOND("1") "@ifcfg-eth1\n@ifcfg-eth2\nMASTER=bond0\nSLAVE=yes\n"},
    {"port-elsewhere",
     NETWORK LIVE_BOND("1") "@ifcfg-eth1\nMASTER=bond9\nSLAVE=yes\n@ifcfg-eth2\nMASTER=bond0\nSLAVE=yes\n"},
};

/* As after an import: what was there already is ours like what we made, and goes with its file. */
static void test_ports_found(void)
{
    g_autoptr(World) world = world_new(NETWORK LIVE_BOND("active-backup") LIVE_PORTS);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    net_ledger_free(world->ledger);
    world->ledger = net_ledger_new();
    g_autofree char *nothing = world_work(world, NET_PLAN_RESTART, NULL);
    g_assert_cmpstr(nothing, ==, "");
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    world_reload(world, NETWORK LIVE_BOND("active-backup") "@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n");
    g_autofree char *work = world_work(world, NET_PLAN_RESTART, NULL);
    g_assert_nonnull(strstr(work, "eth2: release from bond0\n"));
}

#define VLAN_PORT(id)                                                                                        \
    NETWORK "@ifcfg-br0\nDEVICE=br0\nTYPE=Bridge\nDELAY=0\nBRIDGING_OPTS=\"vlan_filtering=1\"\n"             \
            "@ifcfg-eth1\nDEVICE=eth1\n"                                                                     \
            "@ifcfg-vlan7\nDEVICE=vlan7\nTYPE=Vlan\nPHYSDEV=eth1\nVID=" id "\nBRIDGE=br0\n"

/* However far the run came that made their port anew. */
static void test_vlans_of_others(void)
{
    static const NetOp foreign = {.type = NET_OP_VLANS_ADD, .dev = "vlan7", .vlans.list = "300 untagged"};
    guint limit = 0, done;
    do {
        g_autoptr(World) world = world_new(VLAN_PORT("7"));
        world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
        g_assert_null(sim_apply(world->sim, &foreign));
        world_reload(world, VLAN_PORT("8"));
        done = world_run(world, NET_PLAN_RESTART, NULL, ++limit);
        world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
        g_test_message("%u operations", limit);
        g_assert_cmpstr(sim_link(world->sim, "vlan7")->vlans, ==, "300 untagged");
        g_assert_cmpuint(world->ledger->owed->len, ==, 0);
        world_assert_settled(world, "a port made anew");
    } while (done >= limit);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plan-live/route-changes", test_route_changes);
    g_test_add_func("/plan-live/route-of-others", test_route_of_others);
    g_test_add_func("/plan-live/mtu-of-port", test_mtu_of_port);
    g_test_add_func("/plan-live/vlans-of-others", test_vlans_of_others);
    g_test_add_func("/plan-live/ports-found", test_ports_found);
    g_test_add_func("/plan-live/fate-of-ports", test_fate_of_ports);
    g_test_add_func("/plan-live/worse-fate", test_worse_fate);
    for (gsize i = 0; i < G_N_ELEMENTS(damages); i++) {
        g_autofree char *path = g_strdup_printf("/plan-live/damaged/%s", damages[i].name);
        g_test_add_data_func(path, damages[i].files, test_damaged);
    }
    g_test_add_func("/plan-live/unreadable", test_unreadable);
    g_test_add_func("/plan-live/no-file", test_no_file);
    g_test_add_func("/plan-live/unknown-mode-at-boot", test_unknown_mode_at_boot);
    return g_test_run();
}
