/* HWADDR without DEVICE where no NIC has the address: what fails, what does not, and what is said. */
#include "world.h"

#define NETWORK "@/etc/sysconfig/network\nNETWORKING=yes\n"
#define MAC_OF_NONE "52:54:00:00:00:a0"
#define LAN "@ifcfg-lan\nHWADDR=" MAC_OF_NONE "\nIPADDR=10.0.0.1\nPREFIX=24\n"

static const NetGroup *group_named(const NetPlan *plan, const char *name)
{
    for (guint i = 0; i < plan->groups->len; i++)
        if (!g_strcmp0(((const NetGroup *)plan->groups->pdata[i])->name, name))
            return plan->groups->pdata[i];
    return NULL;
}

/* No NIC has the address: that interface fails and says which there are, and nothing is waited for. */
static void test_missing(void)
{
    g_autoptr(World) world = world_new(NETWORK LAN "DEVTIMEOUT=30\n");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_START, NULL);
    const NetGroup *group = group_named(plan, "lan");
    g_assert_nonnull(group);
    g_assert_true(g_str_has_prefix(group->failed, "no NIC has the permanent address " MAC_OF_NONE
                                                  ", and there is no DEVICE; NICs here: eth0 52:54:00:"));
    g_assert_cmpuint(group->failed_where.line, ==, 1);
    for (guint i = 0; i < plan->ops->len; i++)
        g_assert_cmpint(((const NetOp *)plan->ops->pdata[i])->type, !=, NET_OP_LINK_WAIT);
}

/* As a port it costs the bond no more than a port. */
static void test_missing_port(void)
{
    g_autoptr(World) world =
        world_new(NETWORK "@ifcfg-bond0\n"
                          "BONDING_OPTS=mode=1\n@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n"
                          "@ifcfg-port\nHWADDR=" MAC_OF_NONE "\nMASTER=bond0\nSLAVE=yes\n");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_START, NULL);
    guint told = 0;
    g_assert_null(group_named(plan, "bond0")->failed);
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = plan->ops->pdata[i];
        if (op->type == NET_OP_LINK_WAIT) {
            g_assert_cmpint(op->severity, ==, NET_ONE_OF);
            g_assert_true(g_str_has_prefix(op->wait.why, "no NIC has the permanent address " MAC_OF_NONE));
            told++;
        }
    }
    g_assert_cmpuint(told, ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plan-nics/missing", test_missing);
    g_test_add_func("/plan-nics/missing-port", test_missing_port);
    return g_test_run();
}
