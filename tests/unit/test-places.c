/* What a change costs that takes another one's place: the port of a switch, a route that drops packets. */
#include "tree.h"
#include "world.h"

#define NETWORK "@/etc/sysconfig/network\nNETWORKING=yes\nNOZEROCONF=yes\n"
#define QUIET "ARPCHECK=no\nARPUPDATE=no\n"
#define ETH0 "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.10\nPREFIX=24\n" QUIET
#define SWITCH "@ifcfg-br0\nDEVICE=br0\nTYPE=Bridge\nDELAY=0\nIPADDR=10.0.11.2\nPREFIX=24\n" QUIET

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

static void assert_nothing_at_reload(const World *world)
{
    g_autofree char *work = world_work(world, NET_PLAN_RELOAD, NULL);
    g_assert_cmpstr(work, ==, "");
}

/* Both in a switch at once would make one network of two, or a loop. */
static void test_switch_port_replaced(void)
{
    g_autoptr(World) world = started_world(NETWORK SWITCH "@ifcfg-eth1\nBRIDGE=br0\n");
    world_reload(world, NETWORK SWITCH "@ifcfg-eth2\nBRIDGE=br0\n");
    assert_nothing_at_reload(world);
    g_autoptr(NetPlan) reload = world_plan(world, NET_PLAN_RELOAD, NULL);
    const NetFate *waits = g_ptr_array_index(reload->left, reload->left->len - 1);
    g_assert_cmpstr(waits->dev, ==, "eth2");
    g_assert_cmpstr(waits->what, ==, "it takes the place of eth1, which is still a port of br0");
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    world_assert_settled(world, "after a restart");
    world_reload(world, NETWORK SWITCH "@ifcfg-eth1\nBRIDGE=br0\n@ifcfg-eth2\nBRIDGE=br0\n");
    g_autoptr(NetPlan) beside = world_plan(world, NET_PLAN_RELOAD, NULL);
    g_assert_cmpuint(beside->left->len, ==, 0);
    g_assert_true(net_plan_changes(beside));
}

/* So with one that is brought up beside it; in a bond, and where the other one is brought up with it, nothing
 * is in its way. */
static void test_switch_port_by_ifup(void)
{
#define ALONE "@ifcfg-eth1\nDEVICE=eth1\n"
    g_autoptr(World) world = started_world(NETWORK SWITCH "@ifcfg-eth1\nBRIDGE=br0\n");
    world_reload(world, NETWORK SWITCH ALONE "@ifcfg-eth2\nBRIDGE=br0\n");
    g_autoptr(NetPlan) beside = world_plan(world, NET_PLAN_UP, "eth2");
    g_assert_cmpstr(only(beside->left)->dev, ==, "eth2");
    g_assert_false(net_plan_changes(beside));
    world_run(world, NET_PLAN_UP, "eth1", WORLD_ALL);
    g_autoptr(NetPlan) after = world_plan(world, NET_PLAN_UP, "eth2");
    g_assert_cmpuint(after->left->len, ==, 0);
    world_run(world, NET_PLAN_UP, "eth2", WORLD_ALL);
    world_assert_settled(world, "one after the other");
#undef ALONE
}

#define BONDED "@ifcfg-bond0\nDEVICE=bond0\nBONDING_OPTS=miimon=100\nIPADDR=192.0.2.10\nPREFIX=24\n" QUIET
#define PORT(nic) "@ifcfg-" nic "\nMASTER=bond0\nSLAVE=yes\n"

static void watch_ports(const NetOp *op, gpointer data)
{
    const World *world = data;
    const ObservedLink *bond = op->dev ? sim_link(world->sim, "bond0") : NULL;
    const GPtrArray *ports = bond ? net_observed_ports_of(world->sim->picture, bond->ifindex) : NULL;
    g_assert_true(!bond || (ports && ports->len));
}

/* Ports of a bond do the work of each other: the new ones are in, and used, before the last old one goes, in
 * one run, whatever is named first. */
static void test_bond_ports_replaced(void)
{
#define ALONE(nic) "@ifcfg-" nic "\nDEVICE=" nic "\n"
    static const char *const files[][2] = {
        {NETWORK BONDED PORT("eth1") PORT("eth2"), NETWORK BONDED PORT("eth3") PORT("eth4")},
        {NETWORK BONDED PORT("eth1"), NETWORK BONDED PORT("eth2")},
        {NETWORK BONDED PORT("eth1"), NETWORK BONDED PORT("eth2") ALONE("eth1")},
        {NETWORK BONDED PORT("eth1") "@ifcfg-a\nDEVICE=eth1\nMASTER=bond0\n",
         NETWORK BONDED PORT("eth2") "@ifcfg-a\nDEVICE=eth1\n"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(World) world = started_world(files[i][0]);
        world_reload(world, files[i][1]);
        g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RELOAD, NULL);
        g_assert_cmpuint(plan->left->len, ==, 0);
        g_assert_false(net_plan_interrupts(plan));
        world->look = watch_ports;
        world->data = world;
        world_run(world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
        g_assert_cmpuint(sim_link(world->sim, "eth1")->master, ==, 0);
        assert_nothing_at_reload(world);
        world_assert_settled(world, files[i][1]);
    }
}

static guint find_op(const NetPlan *plan, NetOpType type)
{
    guint at = 0;
    while (at < plan->ops->len && ((const NetOp *)plan->ops->pdata[at])->type != type)
        at++;
    return at;
}

/* The old one goes only with what was waited for: a cable that is out is seen then. One that it is known of,
 * or an old port with an address of its own, is left as it is, and named. */
static void test_bond_port_stays(void)
{
    g_autoptr(World) world = started_world(NETWORK BONDED PORT("eth1"));
    world_reload(world, NETWORK BONDED PORT("eth2"));
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RELOAD, NULL);
    guint wait = find_op(plan, NET_OP_CARRIER_WAIT), out = find_op(plan, NET_OP_PORT_REMOVE);
    g_assert_cmpuint(wait, <, out);
    g_assert_nonnull(((const NetOp *)plan->ops->pdata[wait])->stands_on);
    g_assert_true(((const NetOp *)plan->ops->pdata[wait])->stands_on ==
                  ((const NetOp *)plan->ops->pdata[out])->stands_on);
    sim_set_up(world->sim, "eth2", TRUE);
    sim_link(world->sim, "eth2")->carrier = FALSE;
    g_autoptr(NetPlan) dead = world_plan(world, NET_PLAN_RELOAD, NULL);
    g_assert_cmpstr(((const NetFate *)dead->left->pdata[0])->what, ==,
                    "its last port that works, eth1, leaves it");
    world_reload(world, NETWORK BONDED PORT("eth3") ALONE("eth1") "IPADDR=10.3.0.2\nPREFIX=24\n");
    g_autoptr(NetPlan) own = world_plan(world, NET_PLAN_RELOAD, NULL);
    g_assert_cmpuint(own->left->len, ==, 2);
    g_assert_cmpuint(find_op(own, NET_OP_ADDR_ADD), ==, own->ops->len);
#undef ALONE
}

/* A route that drops what another one leads on. */
static void test_route_drops(void)
{
#define SINK "@route-eth0\nunreachable 10.60.0.0/16\n"
    g_autoptr(World) world = started_world(NETWORK ETH0 "@route-eth0\n10.60.0.0/16 via 192.0.2.1\n");
    world_reload(world, NETWORK ETH0 SINK);
    g_autoptr(NetPlan) restart = world_plan(world, NET_PLAN_RESTART, NULL);
    g_autofree char *line = net_fate_format(restart, only(restart->fates));
    g_assert_cmpstr(line, ==,
                    "eth0 loses connections: the route unreachable 10.60.0.0/16 takes the place of "
                    "10.60.0.0/16 via 192.0.2.1 dev eth0 table main proto boot scope global (route-eth0:1)");
    assert_nothing_at_reload(world);
    world_run(world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
    g_autoptr(NetPlan) reload = world_plan(world, NET_PLAN_RELOAD, NULL);
    only(reload->left);
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL); /* it is still known as ours */
    world_assert_settled(world, "after a restart");
    world_reload(world, NETWORK ETH0 "@route-eth0\n10.60.0.0/16 via 192.0.2.1\n");
    g_autoptr(NetPlan) back = world_plan(world, NET_PLAN_RELOAD, NULL);
    g_assert_cmpuint(back->left->len, ==, 0);
    g_assert_true(net_plan_changes(back));
#undef SINK
}

/* The default route leads there as well, but a route that drops is before it. */
static void test_route_to_drop_goes(void)
{
#define SINK "unreachable 10.60.0.0/16 metric 100\n"
    g_autoptr(World) world =
        started_world(NETWORK ETH0 "GATEWAY=192.0.2.1\n@route-eth0\n10.60.0.0/16 via 192.0.2.9\n" SINK);
    world_reload(world, NETWORK ETH0 "GATEWAY=192.0.2.1\n@route-eth0\n" SINK);
    g_autoptr(NetPlan) reload = world_plan(world, NET_PLAN_RELOAD, NULL);
    g_assert_cmpstr(only(reload->left)->what, ==,
                    "the route 10.60.0.0/16 via 192.0.2.9 dev eth0 is not asked for any more");
    world_reload(world, NETWORK ETH0 "GATEWAY=192.0.2.1\n");
    g_autoptr(NetPlan) both = world_plan(world, NET_PLAN_RELOAD, NULL);
    g_assert_cmpuint(both->left->len, ==, 0);
#undef SINK
}

/* A bond that is made while one of its cards stays by itself does not take the MAC of that: each would take
 * the other one's packets away. */
static void test_mac_outside(void)
{
#define BOND                                                                                                 \
    "@ifcfg-bond0\nDEVICE=bond0\nTYPE=Bond\nIPADDR=192.0.2.10\nPREFIX=24\nBONDING_OPTS=\"mode=1 "            \
    "miimon=100\"\n" QUIET
#define PORT0 "@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\n"
    g_autoptr(World) world = started_world(NETWORK ETH0);
    world_reload(world, NETWORK BOND PORT0 "@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n");
    world_run(world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
    const ObservedLink *alone = sim_link(world->sim, "eth0"), *bond = sim_link(world->sim, "bond0");
    g_assert_true(sim_has_address(world->sim, "eth0", "192.0.2.10/24"));
    g_assert_false(ifcfg_mac_equal(&alone->mac, &bond->mac));
    g_assert_true(ifcfg_mac_equal(&sim_link(world->sim, "eth1")->perm_mac, &bond->mac));
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    world_assert_settled(world, "after a restart");
}

/* Without another card it has one by lot, until it gets that. */
static void test_mac_of_no_port(void)
{
    g_autoptr(World) world = started_world(NETWORK ETH0);
    world_reload(world, NETWORK BOND PORT0);
    world_run(world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
    g_assert_false(ifcfg_mac_equal(&sim_link(world->sim, "eth0")->mac, &sim_link(world->sim, "bond0")->mac));
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    world_assert_settled(world, "after a restart");
    g_assert_true(
        ifcfg_mac_equal(&sim_link(world->sim, "eth0")->perm_mac, &sim_link(world->sim, "bond0")->mac));
}
#undef PORT0
#undef BOND

/* What is left in a VRF keeps the routes of that, though the main table leads there as well. */
static void test_left_in_vrf(void)
{
#define VRFS                                                                                                 \
    "@ifcfg-red\nDEVICE=red\nTYPE=VRF\nVRF_TABLE=1001\n@ifcfg-blue\nDEVICE=blue\nTYPE=VRF\nVRF_TABLE="
#define IN(vrf)                                                                                              \
    "@ifcfg-eth1\nDEVICE=eth1\nVRF=" vrf "\nIPADDR=10.0.11.2\nPREFIX=24\nGATEWAY=10.0.11.1\n" QUIET
    static const char *const later[] = {NETWORK ETH0 "GATEWAY=192.0.2.1\n" VRFS "1002\n" IN("blue"),
                                        NETWORK ETH0 "GATEWAY=192.0.2.1\n" VRFS "1002\n" IN("")};
    for (guint i = 0; i < G_N_ELEMENTS(later); i++) {
        g_autoptr(World) world = started_world(NETWORK ETH0 "GATEWAY=192.0.2.1\n" VRFS "1002\n" IN("red"));
        world_reload(world, later[i]);
        assert_nothing_at_reload(world);
        world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
        world_assert_settled(world, later[i]);
    }
    g_autoptr(World) world = started_world(NETWORK ETH0 "GATEWAY=192.0.2.1\n" VRFS "1002\n" IN("blue"));
    world_reload(world, NETWORK ETH0 "GATEWAY=192.0.2.1\n" VRFS "1003\n" IN("blue"));
    assert_nothing_at_reload(world);
#undef IN
#undef VRFS
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/places/switch-port-replaced", test_switch_port_replaced);
    g_test_add_func("/places/switch-port-by-ifup", test_switch_port_by_ifup);
    g_test_add_func("/places/bond-ports-replaced", test_bond_ports_replaced);
    g_test_add_func("/places/bond-port-stays", test_bond_port_stays);
    g_test_add_func("/places/route-drops", test_route_drops);
    g_test_add_func("/places/route-to-drop-goes", test_route_to_drop_goes);
    g_test_add_func("/places/mac-outside", test_mac_outside);
    g_test_add_func("/places/mac-of-no-port", test_mac_of_no_port);
    g_test_add_func("/places/left-in-vrf", test_left_in_vrf);
    return g_test_run();
}
