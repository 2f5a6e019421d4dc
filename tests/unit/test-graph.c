/* Order and loops of interfaces. Interfaces are tied by hand: files of every type that can need another are
 * yet to come. */
#include "plan/graph.h"
#include "world.h"
#include <string.h>

#define NETWORK "@/etc/sysconfig/network\nNETWORKING=yes\n"
#define BONDS                                                                                                \
    NETWORK "@ifcfg-bond0\nDEVICE=bond0\n\nMASTER=bond1\nSLAVE=yes\nBONDING_OPTS=mode=1\n"                   \
            "@ifcfg-bond1\nDEVICE=bond1\nMASTER=bond0\nSLAVE=yes\nBONDING_OPTS=mode=1\n"

static char *order_text(const GPtrArray *order)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < order->len; i++)
        g_string_append_printf(text, "%s%s", i ? " " : "", ((NetIface *)g_ptr_array_index(order, i))->name);
    return g_string_free(text, FALSE);
}

static void assert_order(const World *world, const char *expected)
{
    g_autoptr(GPtrArray) loops = g_ptr_array_new_with_free_func((GDestroyNotify)net_loop_free);
    g_autoptr(GPtrArray) order = net_graph_order(world->model, loops);
    g_assert_cmpuint(loops->len, ==, 0);
    g_autofree char *text = order_text(order);
    g_assert_cmpstr(text, ==, expected);
}

/* A bond comes before its ports and an alias after its parent, whatever their names. */
static void test_order(void)
{
    g_autoptr(World) world =
        world_new(NETWORK "@ifcfg-a9\nMASTER=trunk\nSLAVE=yes\n@ifcfg-eth2\nIPADDR=192.0.2.1\nPREFIX=24\n"
                          "@ifcfg-b1\nMASTER=trunk\nSLAVE=yes\n@ifcfg-trunk\nDEVICE=trunk\nTYPE=Bond\n"
                          "@ifcfg-eth2:1\nIPADDR=192.0.2.2\nPREFIX=24\n@ifcfg-eth10\nONBOOT=yes\n");
    assert_order(world, "trunk a9 b1 eth2 eth10 eth2:1");
}

static void test_needed_first(void)
{
    g_autoptr(World) world =
        world_new(NETWORK "@ifcfg-a\nONBOOT=yes\n@ifcfg-b\nONBOOT=yes\n@ifcfg-c\nONBOOT=yes\n");
    NetIface *a = net_model_find(world->model, "a"), *c = net_model_find(world->model, "c");
    NetRelation *relation = g_new0(NetRelation, 1);
    relation->role = NET_STANDS_ON;
    relation->iface = c;
    g_ptr_array_add(a->relations, relation);
    assert_order(world, "c a b");
}

#define LOOP                                                                                                 \
    "a loop of interfaces that need each other: bond0 (ifcfg-bond0:3) needs bond1, "                         \
    "bond1 (ifcfg-bond1:2) needs bond0; correct one of these lines"

/* Each of the loop fails at its own place with all of it; the others come up. */
static void test_loop(void)
{
    g_autoptr(World) world = world_new(BONDS "@ifcfg-eth2\nIPADDR=192.0.2.1\nPREFIX=24\nARPCHECK=no\n");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_START, NULL);
    guint failed = 0;
    for (guint i = 0; i < plan->groups->len; i++) {
        const NetGroup *group = g_ptr_array_index(plan->groups, i);
        if (!group->failed)
            continue;
        g_assert_cmpstr(group->failed, ==, LOOP);
        g_assert_cmpuint(group->failed_where.line, ==, g_str_equal(group->dev, "bond0") ? 3 : 2);
        failed++;
    }
    g_assert_cmpuint(failed, ==, 2);
    g_autofree char *work = world_work(world, NET_PLAN_START, NULL);
    g_assert_nonnull(strstr(work, "eth2: add address 192.0.2.1/24\n"));
    g_assert_null(strstr(work, "bond"));
}

static const NetGroup *plan_group(const NetPlan *plan, const char *dev)
{
    for (guint i = 0; i < plan->groups->len; i++)
        if (g_strcmp0(((NetGroup *)g_ptr_array_index(plan->groups, i))->dev, dev) == 0)
            return g_ptr_array_index(plan->groups, i);
    g_error("no group of %s", dev);
}

/* One of itself has one line, at its place. */
static void test_loop_alone(void)
{
    g_autoptr(World) world = world_new(NETWORK "@ifcfg-br0\nTYPE=Bridge\nIPADDR=192.0.2.1\nBRIDGE=br0\n"
                                               "@ifcfg-v\nVLAN=yes\nVID=5\nPHYSDEV=v\n");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_START, NULL);
    const NetGroup *bridge = plan_group(plan, "br0"), *vlan = plan_group(plan, "v");
    g_assert_cmpstr(bridge->failed, ==, "br0 needs itself: correct or remove this line");
    g_assert_cmpuint(bridge->failed_where.line, ==, 3);
    g_assert_null(bridge->problems);
    g_assert_cmpstr(vlan->failed, ==, "v needs itself: correct or remove this line");
    g_assert_cmpuint(vlan->failed_where.line, ==, 3);
}

/* What came up before the files became a loop can still be taken down. */
static void test_loop_stop(void)
{
    g_autoptr(World) world = world_new(NETWORK "@ifcfg-bond0\nTYPE=Bond\n@ifcfg-bond1\nTYPE=Bond\n");
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_reload(world, BONDS);
    g_autofree char *work = world_work(world, NET_PLAN_STOP, NULL);
    g_assert_nonnull(strstr(work, "bond0: delete the device\n"));
    g_assert_nonnull(strstr(work, "bond1: delete the device\n"));
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_STOP, NULL);
    for (guint i = 0; i < plan->groups->len; i++)
        g_assert_cmpuint(((NetGroup *)g_ptr_array_index(plan->groups, i))->ties->len, ==, 0);
}

/* The way into the loop is not part of it. */
static void test_loop_behind(void)
{
    g_autoptr(World) world = world_new(BONDS "@ifcfg-a\nMASTER=bond1\nSLAVE=yes\n");
    g_autoptr(GPtrArray) loops = g_ptr_array_new_with_free_func((GDestroyNotify)net_loop_free);
    g_autoptr(GPtrArray) order = net_graph_order(world->model, loops);
    g_assert_cmpuint(order->len, ==, 3);
    g_assert_cmpuint(loops->len, ==, 1);
    g_assert_null(strstr(((NetLoop *)g_ptr_array_index(loops, 0))->text, " a ("));
    g_assert_false(net_loops_have(loops, net_model_find(world->model, "a")));
    g_assert_true(net_loops_have(loops, net_model_find(world->model, "bond0")));
}

/* Who stands on a member, by ifup or as its card comes: the planner comes to an end, and says that the device
 * below has failed. */
static void test_loop_below(void)
{
    g_autoptr(World) world = world_new(
        BONDS "@ifcfg-vc\nVLAN=yes\nPHYSDEV=bond0\nVID=1\nONBOOT=no\n"
              "@ifcfg-va\nVLAN=yes\nPHYSDEV=vb\nVID=1\n@ifcfg-vb\nVLAN=yes\nPHYSDEV=va\nVID=1\n"
              "@ifcfg-vd\nVLAN=yes\nPHYSDEV=va\nVID=2\n@ifcfg-eth3\nVLAN=yes\nPHYSDEV=eth3\nVID=3\n");
    const char *const names[] = {"vc", "vd", "va", "bond0", "eth3"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_UP, names[i]);
        g_assert_cmpuint(plan->groups->len, >, 0);
    }
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_START, NULL);
    const NetGroup *above = plan_group(plan, "vd");
    g_assert_cmpuint(above->ties->len, ==, 1);
    const NetTie *tie = &g_array_index(above->ties, NetTie, 0);
    g_assert_true(tie->must_succeed);
    g_assert_cmpstr(((NetGroup *)g_ptr_array_index(plan->groups, tie->group))->dev, ==, "va");
    g_assert_nonnull(((NetGroup *)g_ptr_array_index(plan->groups, tie->group))->failed);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/graph/order", test_order);
    g_test_add_func("/graph/needed-first", test_needed_first);
    g_test_add_func("/graph/loop", test_loop);
    g_test_add_func("/graph/loop-alone", test_loop_alone);
    g_test_add_func("/graph/loop-below", test_loop_below);
    g_test_add_func("/graph/loop-stop", test_loop_stop);
    g_test_add_func("/graph/loop-behind", test_loop_behind);
    return g_test_run();
}
