/* What of others goes with a device that is taken down or becomes a port is told, and of ours nothing. */
#include "world.h"
#include <string.h>

static gboolean is_noted(const NetPlan *plan, const char *dev, const char *text)
{
    gboolean found = FALSE;
    for (guint i = 0; i < plan->groups->len; i++) {
        const NetGroup *group = g_ptr_array_index(plan->groups, i);
        for (guint n = 0; !g_strcmp0(group->dev, dev) && group->notes && n < group->notes->len; n++)
            found |= strstr(group->notes->pdata[n], text) != NULL;
    }
    return found;
}

static void test_gone(void)
{
    static const struct {
        const char *after, *dev;
    } cases[] = {
        {"@ifcfg-eth1\n", "eth0"},
        {"@ifcfg-bond0\nBONDING_OPTS=\"mode=1 miimon=100\"\n@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\n", "bond0"},
        {"@ifcfg-br0\nTYPE=Bridge\n@ifcfg-eth0\nBRIDGE=br0\n", "eth0"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(World) world = world_new("@ifcfg-eth0\nIPADDR=10.1.0.2\nPREFIX=24\nGATEWAY=10.1.0.1\n"
                                           "@route-eth0\n10.7.0.0/16 via 10.1.0.1\n");
        world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
        world_reload(world, cases[i].after);
        g_autoptr(NetPlan) ours = world_plan(world, NET_PLAN_RESTART, NULL);
        g_assert_false(is_noted(ours, cases[i].dev, "somebody else added the route"));
        sim_add_route(world->sim, "eth0", "10.8.0.0/16 via 10.1.0.1");
        sim_add_route(world->sim, "eth0", "10.9.0.0/16 via 10.1.0.1");
        g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RESTART, NULL);
        g_autofree char *text = net_plan_format(plan);
        g_test_message("%s", text);
        g_assert_true(is_noted(plan, cases[i].dev, "somebody else added the route 10.8.0.0/16"));
        g_assert_true(is_noted(plan, cases[i].dev, "and 1 more: they go too"));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gone/told", test_gone);
    return g_test_run();
}
