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
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) order = net_graph_order(world->model, &error);
    g_assert_no_error(error);
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
    a->controller = c;
    assert_order(world, "c a b");
    a->controller = NULL;
}

static void test_loop(void)
{
    g_autoptr(World) world = world_new(BONDS);
    g_autoptr(NetObserved) observed = sim_observe(world->sim);
    g_autoptr(GError) error = NULL;
    g_assert_null(net_plan_build(NET_PLAN_START, NULL, world->model, observed, world->ledger, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
    g_assert_cmpstr(error->message, ==,
                    "a loop of interfaces that need each other: bond0 (ifcfg-bond0:3) needs bond1, "
                    "bond1 (ifcfg-bond1:2) needs bond0");
}

/* The way into the loop is not part of it. */
static void test_loop_behind(void)
{
    g_autoptr(World) world = world_new(BONDS "@ifcfg-a\nMASTER=bond1\nSLAVE=yes\n");
    g_autoptr(GError) error = NULL;
    g_assert_null(net_graph_order(world->model, &error));
    g_assert_null(strstr(error->message, " a ("));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/graph/order", test_order);
    g_test_add_func("/graph/needed-first", test_needed_first);
    g_test_add_func("/graph/loop", test_loop);
    g_test_add_func("/graph/loop-behind", test_loop_behind);
    return g_test_run();
}
