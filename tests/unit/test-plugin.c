/* Which files are a plug-in's, and what is planned for them. */
#include "model/kind.h"
#include "tree.h"
#include "world.h"

#define NETWORK "@/etc/sysconfig/network\nNETWORKING=yes\n"
#define FOLDER "/etc/sysconfig/network-scripts/"
#define OVS                                                                                                  \
    "@ifcfg-eth1\nDEVICE=eth1\nTYPE=OVSPort\nDEVICETYPE=ovs\nOVS_BRIDGE=ovsbr0\n"                            \
    "@ifcfg-ovsbr0\nDEVICE=ovsbr0\nTYPE=OVSBridge\nDEVICETYPE=ovs\nIPADDR=10.0.0.1\nPREFIX=24\n"             \
    "@ifup-ovs\n\n@ifdown-ovs\n\n"

static void assert_work(const World *world, NetPlanVerb verb, const char *name, const char *expected)
{
    g_autofree char *work = world_work(world, verb, name);
    g_assert_cmpstr(work, ==, expected);
}

static void assert_kind(const World *world, const char *name, const char *kind)
{
    g_assert_cmpstr(net_model_find(world->model, name)->kind->name, ==, kind);
}

/* Addresses are the program's affair; the port comes behind its bridge. */
static void test_ovs(void)
{
    g_autoptr(World) world = world_new(NETWORK OVS);
    assert_work(world, NET_PLAN_UP, "ovsbr0", "ovsbr0: run " FOLDER "ifup-ovs ifcfg-ovsbr0\n");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_UP, "eth1");
    g_assert_cmpuint(plan->groups->len, ==, 2);
    const NetGroup *bridge = plan->groups->pdata[0], *port = plan->groups->pdata[1];
    g_assert_cmpstr(bridge->dev, ==, "ovsbr0");
    g_assert_cmpstr(port->dev, ==, "eth1");
    g_assert_cmpuint(port->ties->len, ==, 1);
    g_assert_cmpuint(g_array_index(port->ties, NetTie, 0).group, ==, 0);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    assert_work(world, NET_PLAN_UP, "eth1",
                "eth1: run " FOLDER "ifup-ovs ifcfg-eth1\n"); /* nobody has set it up */
    sim_set_up(world->sim, "eth1", TRUE);
    assert_work(world, NET_PLAN_START, NULL, "");
    assert_work(world, NET_PLAN_DOWN, "ovsbr0", "ovsbr0: run " FOLDER "ifdown-ovs ifcfg-ovsbr0\n");
    world_run(world, NET_PLAN_DOWN, "ovsbr0", WORLD_ALL);
    assert_work(world, NET_PLAN_DOWN, "ovsbr0", "");
}

static void test_which(void)
{
    g_autoptr(World) world = world_new(NETWORK "@ifcfg-ppp0\nDEVICE=ppp0\nTYPE=Modem\n"
                                               "@ifcfg-x\nDEVICE=eth2\nTYPE=Zoo\n"
                                               "@ifcfg-y\nDEVICE=eth3\nTYPE=Ethernet\n"
                                               "@ifcfg-z\nDEVICE=bond0\nTYPE=Bond\nBONDING_OPTS=mode=1\n"
                                               "@ifup-ppp\n\n@ifup-Zoo\n\n@ifup-eth\n\n@ifup-bond\n\n");
    assert_kind(world, "ppp0", "plugin");
    assert_kind(world, "eth2", "plugin");
    assert_kind(world, "eth3", "ethernet");
    assert_kind(world, "bond0", "bond");
    g_assert_cmpstr(net_model_find(world->model, "eth2")->plugin, ==, "Zoo");
    world_reload(world, NETWORK "@ifcfg-ppp0\nDEVICE=ppp0\nTYPE=Modem\n");
    assert_kind(world, "ppp0", "unsupported");
}

/* bash runs a command in PS4 for each line of a script, where SHELLOPTS in its environment has xtrace. */
static void test_environment(void)
{
    g_autoptr(World) world = world_new(
        NETWORK "@ifcfg-zoo0\nDEVICE=zoo0\nTYPE=Zoo\nFOOD=hay\nSHELLOPTS=xtrace\nPS4='$(touch /ran)'\n"
                "LD_PRELOAD=/ran\nBASH_ENV=/ran\nHOME=/ran\nOPTIND=x\n@ifup-Zoo\n\n");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_UP, "zoo0");
    g_autofree char *text = NULL;
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = plan->ops->pdata[i];
        if (op->type == NET_OP_HOOK_RUN)
            text = g_strjoinv(" ", op->hook.run->environment);
    }
    g_assert_cmpstr(
        text, ==,
        "PATH=/sbin:/usr/sbin:/bin:/usr/bin HOME=/ NETSVC_EVENT=plugin DEVICE=zoo0 TYPE=Zoo FOOD=hay");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plugin/ovs", test_ovs);
    g_test_add_func("/plugin/which", test_which);
    g_test_add_func("/plugin/environment", test_environment);
    return g_test_run();
}
