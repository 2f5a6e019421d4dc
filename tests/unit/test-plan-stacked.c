/* Plans of devices that stand on others or have ports with lines of their own: made, changed, taken down,
 * made again. */
#include "tree.h"
#include "world.h"
#include <net/if.h>
#include <string.h>

#define NETWORK "@/etc/sysconfig/network\nNETWORKING=yes\nNOZEROCONF=yes\n"
#define QUIET "ARPCHECK=no\nARPUPDATE=no\n"
#define ADDRESS(ip) "IPADDR=" ip "\nPREFIX=24\n" QUIET
#define BOND0                                                                                                \
    "@ifcfg-bond0\nBONDING_OPTS='mode=1 miimon=100'\n@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\n@ifcfg-eth1\n"    \
    "MASTER=bond0\nSLAVE=yes\n"
#define VLAN5 "@ifcfg-bond0.5\nVLAN=yes\n" ADDRESS("10.0.5.2")
#define BRIDGE "@ifcfg-br0\nTYPE=Bridge\n" ADDRESS("10.0.6.2")
#define PORT6 "@ifcfg-bond0.6\nVLAN=yes\nBRIDGE=br0\n"
#define PORT2 "@ifcfg-eth2\nBRIDGE=br0\nBRIDGING_OPTS=path_cost=7\n"

/* All forms on one server. */
#define ALL NETWORK BOND0 VLAN5 BRIDGE PORT6 PORT2 "@ifcfg-d0\nTYPE=Dummy\n" ADDRESS("10.0.7.2")

typedef struct {
    const char *name, *files;
    /* verbs that are run first: "start", "down bond0" */
    const char *first[4];
    /* the files from then on; NULL: the same */
    const char *later;
    const char *verb, *work;
} StackCase;

static NetPlanVerb verb_of(const char *text, const char **ret_name)
{
    static const char *const verbs[] = {"start", "stop", "restart", "reload"};
    static const NetPlanVerb values[] = {NET_PLAN_START, NET_PLAN_STOP, NET_PLAN_RESTART, NET_PLAN_RELOAD};
    const char *blank = strchr(text, ' ');
    *ret_name = blank ? blank + 1 : NULL;
    if (blank)
        return text[0] == 'u' ? NET_PLAN_UP : NET_PLAN_DOWN;
    for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (g_str_equal(text, verbs[i]))
            return values[i];
    g_assert_not_reached();
}

static void run(World *world, const char *text)
{
    const char *name;
    NetPlanVerb verb = verb_of(text, &name);
    world_run(world, verb, name, WORLD_ALL);
}

static const StackCase cases[] = {
    {"vlan up alone brings the bond",
     NETWORK BOND0 VLAN5,
     {NULL},
     NULL,
     "up bond0.5",
     "load module bonding max_bonds=0\n"
     "bond0: create bond mode=active-backup miimon=100 mac=52:54:00:00:00:02\n"
     "eth0: enslave to bond0\neth1: enslave to bond0\nbond0: set up\n"
     "bond0.5: create vlan id=5 on bond0\nbond0.5: set up\nbond0.5: add address 10.0.5.2/24\n"},
    {"vlan on a bond that is up",
     NETWORK BOND0 VLAN5,
     {"up bond0"},
     NULL,
     "up bond0.5",
     "bond0.5: create vlan id=5 on bond0\nbond0.5: set up\nbond0.5: add address 10.0.5.2/24\n"},
    {"vlan on a NIC without a file",
     NETWORK "@ifcfg-eth3.5\n" ADDRESS("10.0.5.2"),
     {NULL},
     NULL,
     "up eth3.5",
     "eth3: set up\neth3.5: create vlan id=5 on eth3\neth3.5: set up\neth3.5: add address 10.0.5.2/24\n"},
    {"vlan on a NIC that is not for boot",
     NETWORK "@ifcfg-eth3\nONBOOT=no\n@ifcfg-eth3.5\n" ADDRESS("10.0.5.2"),
     {"start"},
     NULL,
     "restart",
     ""},
    {"no more than the MTU below",
     NETWORK "@ifcfg-eth3\nMTU=1400\n@ifcfg-eth3.5\nMTU=1500\n",
     {"up eth3"},
     NULL,
     "up eth3.5",
     "eth3.5: create vlan id=5 mtu=1400 on eth3\neth3.5: set up\n"},
    {"a VLAN has ARP as the device below it, also when that changes",
     NETWORK "@ifcfg-eth3\nARP=no\n" ADDRESS("10.0.3.2") "@ifcfg-eth3.5\n@ifcfg-eth3.6\nARP=no\n" ADDRESS(
         "10.0.6.2") "@ifcfg-eth3.5.7\n",
     {"start"},
     NETWORK "@ifcfg-eth3\n" ADDRESS("10.0.3.2") "@ifcfg-eth3.5\n@ifcfg-eth3.6\nARP=no\n" ADDRESS(
         "10.0.6.2") "@ifcfg-eth3.5.7\n",
     "restart",
     "eth3: set arp on, as it was before\neth3.5: set arp on\neth3.5.7: set arp on\n"},
    {"another number makes it anew",
     NETWORK "@ifcfg-x\nTYPE=Vlan\nPHYSDEV=eth3\nVID=5\n" ADDRESS("10.0.5.2"),
     {"start"},
     NETWORK "@ifcfg-x\nTYPE=Vlan\nPHYSDEV=eth3\nVID=6\n" ADDRESS("10.0.5.2"),
     "restart",
     "x: delete the device\nx: create vlan id=6 on eth3\nx: set up\nx: add address 10.0.5.2/24\n"},
    {"another device below makes it anew",
     NETWORK "@ifcfg-x\nTYPE=Vlan\nPHYSDEV=eth3\nVID=5\n",
     {"start"},
     NETWORK "@ifcfg-x\nTYPE=Vlan\nPHYSDEV=eth4\nVID=5\n",
     "restart",
     "x: delete the device\neth4: set up\nx: create vlan id=5 on eth4\nx: set up\n"},
    {"a flag and a map are set in place",
     NETWORK "@ifcfg-eth3.5\nVLAN_EGRESS_PRIORITY_MAP=1:2,3:4\n",
     {"start"},
     NETWORK "@ifcfg-eth3.5\nGVRP=yes\nVLAN_EGRESS_PRIORITY_MAP=3:5\n",
     "restart",
     "eth3.5: set gvrp=on egress_qos_map=\"3:5 1:0\"\n"},
    {"options of a bridge and of a port",
     ALL,
     {"start"},
     NETWORK BOND0 VLAN5 "@ifcfg-br0\nTYPE=Bridge\nDELAY=0\n" ADDRESS("10.0.6.2") PORT6
     "@ifcfg-eth2\nBRIDGE=br0\n"
     "BRIDGING_OPTS='path_cost=9 bpdu_guard=on'\n@ifcfg-d0\nTYPE=Dummy\n" ADDRESS("10.0.7.2"),
     "restart",
     "eth2: as a port of br0: set path_cost=9 bpdu_guard=on\nbr0: set forward_delay=0\n"},
    {"a bridge that had an MTU of its own gets that of its ports back",
     NETWORK BRIDGE "MTU=9000\n@ifcfg-eth2\nBRIDGE=br0\nMTU=9000\n",
     {"start"},
     NETWORK BRIDGE "@ifcfg-eth2\nBRIDGE=br0\n",
     "restart",
     "eth2: set mtu 1500, as it was before\nbr0: set mtu 1500, as it was before\n"},
    {"down leaves the bond to the VLAN on it",
     NETWORK BOND0 VLAN5,
     {"start"},
     NULL,
     "down bond0",
     "eth0: release from bond0\neth1: release from bond0\nbond0: set down\n"},
    {"bridge down and up has its ports again",
     ALL,
     {"start", "down br0"},
     NULL,
     "up br0",
     "br0: create bridge\nbond0.6: enslave to br0\neth2: enslave to br0\n"
     "br0: set up\neth2: as a port of br0: set path_cost=7\nbr0: add address 10.0.6.2/24\n"},
    {"a port alone makes its bridge",
     NETWORK BRIDGE PORT2,
     {NULL},
     NULL,
     "up eth2",
     "br0: create bridge\neth2: enslave to br0\neth2: set up\neth2: as a port of br0: set path_cost=7\n"},
    {"a port makes a bridge that has no file",
     NETWORK PORT2,
     {NULL},
     NULL,
     "up eth2",
     "br0: create bridge\neth2: enslave to br0\neth2: set up\neth2: as a port of br0: set path_cost=7\n"},
    {"which goes with its last port",
     NETWORK PORT2,
     {"start"},
     NULL,
     "down eth2",
     "eth2: release from br0\neth2: set down\nbr0: delete the device\n"},
    {"or with all others",
     NETWORK PORT2,
     {"start"},
     NULL,
     "stop",
     "eth2: release from br0\neth2: set down\nbr0: delete the device\nlo: remove address 127.0.0.1/8\nlo: "
     "set down\n"},
    {"a port leaves for no bridge",
     NETWORK BRIDGE PORT2,
     {"start"},
     NETWORK BRIDGE "@ifcfg-eth2\n" ADDRESS("10.0.8.2"),
     "restart",
     "eth2: add address 10.0.8.2/24\neth2: release from br0\n"},
};

static void test_case(gconstpointer data)
{
    const StackCase *one = data;
    g_autoptr(World) world = world_new(one->files);
    const char *name;
    for (gsize i = 0; one->first[i]; i++)
        run(world, one->first[i]);
    if (one->later)
        world_reload(world, one->later);
    NetPlanVerb verb = verb_of(one->verb, &name);
    g_autofree char *work = world_work(world, verb, name);
    g_assert_cmpstr(work, ==, one->work);
    world_run(world, verb, name, WORLD_ALL);
    g_autofree char *again = world_work(world, verb, name);
    g_assert_cmpstr(again, ==, "");
}

static const NetGroup *group_named(const NetPlan *plan, const char *name)
{
    for (guint i = 0; i < plan->groups->len; i++) {
        const NetGroup *group = g_ptr_array_index(plan->groups, i);
        if (!g_strcmp0(group->name, name))
            return group;
    }
    g_assert_not_reached();
}

static gboolean waits_for(const NetPlan *plan, const char *name, const char *other, NetPhase reached,
                          NetPhase before)
{
    const NetGroup *group = group_named(plan, name);
    for (guint i = 0; i < group->ties->len; i++) {
        const NetTie *tie = &g_array_index(group->ties, NetTie, i);
        if (g_ptr_array_index(plan->groups, tie->group) == group_named(plan, other) &&
            tie->reached == reached && tie->before == before && !tie->must_succeed)
            return TRUE;
    }
    return FALSE;
}

/* The kernel opens what it makes a port, and a VLAN cannot be opened while the card below it is down. */
static void test_port_waits_for_card(void)
{
    g_autoptr(World) world = world_new(NETWORK "@ifcfg-bond7\nTYPE=Bond\nBONDING_OPTS=\"mode=1 miimon=100\"\n"
                                               "@ifcfg-eth3\n@ifcfg-eth3.5\nMASTER=bond7\nSLAVE=yes\n");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_START, NULL);
    g_assert_true(waits_for(plan, "bond7", "eth3", NET_PHASE_L2_DONE, NET_PHASE_SYSCTL));
}

static void test_tunnel_waits_for_addresses(void)
{
    g_autoptr(World) world = world_new(NETWORK "@ifcfg-eth3\n" ADDRESS(
        "10.0.3.2") "@ifcfg-sit1\nTYPE=SIT\nIPV6TUNNELIPV4=10.0.3.9\n@ifcfg-sit2\nTYPE=SIT\n"
                    "IPV6TUNNELIPV4=10.0.3.9\nIPV6TUNNELIPV4LOCAL=10.0.3.2\n");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_START, NULL);
    g_assert_true(waits_for(plan, "sit1", "eth3", NET_PHASE_LEASE, NET_PHASE_UP));
    g_assert_false(waits_for(plan, "sit2", "eth3", NET_PHASE_LEASE, NET_PHASE_UP));
}

static void test_all(void)
{
    g_autoptr(World) world = world_new(ALL);
    run(world, "start");
    world_assert_settled(world, "start");
    run(world, "stop");
    for (guint i = 0; i < world->sim->picture->links->len; i++) {
        const ObservedLink *link = g_ptr_array_index(world->sim->picture->links, i);
        g_assert_cmpstr(link->kind, ==, NULL);
        g_assert_cmpuint(link->flags & IFF_UP, ==, 0);
    }
    g_assert_cmpuint(world->ledger->entries->len, ==, 0);
    run(world, "start");
    world_assert_settled(world, "start again");
}

/* Broken off anywhere, the next start ends as a whole one does. */
static void test_broken_off(void)
{
    for (guint limit = 0, done = 0; done == limit; limit++) {
        g_autoptr(World) world = world_new(ALL);
        done = world_run(world, NET_PLAN_START, NULL, limit);
        run(world, "start");
        world_assert_settled(world, "start after a broken one");
    }
}

static char *waits_of(const World *world)
{
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RESTART, NULL);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = g_ptr_array_index(plan->ops, i);
        if (op->type == NET_OP_CARRIER_WAIT)
            g_string_append_printf(text, "%s %u %s;", op->dev, op->carrier.timeout_ms,
                                   op->carrier.partner ? op->carrier.partner : "-");
    }
    return g_string_free(text, FALSE);
}

/* What is sent by what stands on a device passes that one's switch, or its spanning tree. */
static void test_waits_below(void)
{
#define SENDS(ip) "IPADDR=" ip "\nPREFIX=24\n"
#define LACP "@ifcfg-bond0\nBONDING_OPTS='mode=4 miimon=100'\n@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\n"
    static const struct {
        const char *files, *waits;
    } trees[] = {
        {NETWORK LACP "@ifcfg-bond0.5\nVLAN=yes\n" SENDS("10.0.5.2"), "bond0 6000 LACP;bond0.5 3000 -;"},
        {NETWORK BOND0 "@ifcfg-bond0.5\nVLAN=yes\n" SENDS("10.0.5.2"), "bond0.5 3000 -;"},
        {NETWORK LACP
         "@ifcfg-bond0.6\nVLAN=yes\nBRIDGE=br0\n@ifcfg-br0\nTYPE=Bridge\nDELAY=0\n" SENDS("10.0.6.2"),
         "bond0 6000 LACP;br0 3000 -;"},
        {NETWORK "@ifcfg-br0\nTYPE=Bridge\nSTP=yes\nDELAY=4\n" PORT2
                 "@ifcfg-m0\nTYPE=Macvlan\nPHYSDEV=br0\n" SENDS("10.0.5.2"),
         "br0 15000 STP;m0 15000 -;br0 15000 STP;"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(trees); i++) {
        g_autoptr(World) world = world_new(trees[i].files);
        g_autofree char *waits = waits_of(world);
        g_assert_cmpstr(waits, ==, trees[i].waits);
        run(world, "start");
        g_autofree char *again = waits_of(world);
        g_assert_cmpstr(again, ==, "");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strdup_printf("/stacked/%s", cases[i].name);
        g_test_add_data_func(path, &cases[i], test_case);
    }
    g_test_add_func("/stacked/all", test_all);
    g_test_add_func("/stacked/waits-below", test_waits_below);
    g_test_add_func("/stacked/port-waits-for-card", test_port_waits_for_card);
    g_test_add_func("/stacked/tunnel-waits-for-addresses", test_tunnel_waits_for_addresses);
    g_test_add_func("/stacked/broken-off", test_broken_off);
    return g_test_run();
}
