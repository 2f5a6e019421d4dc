/* Changes of files while the network is in use: what is ours changes, what is others' stays. */
#include "families.h"
#include "model/kind.h"
#include "tree.h"
#include "world.h"
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>

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

static const char *entry_kind(const World *world, const char *dev)
{
    const LedgerEntry *entry = net_ledger_find(world->ledger, dev);
    return entry ? entry->kind : NULL;
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

/* A bridge with spanning tree can have its address long after all others. */
static void test_route_by_another(void)
{
    g_autoptr(World) world =
        world_new(NETWORK ETH0 "@route-eth0\n10.8.0.0/16 via 10.0.7.1 dev eth1\n10.9.0.0/16 via 192.0.2.1\n"
                               "@ifcfg-eth1\nDEVICE=eth1\nIPADDR=10.0.7.2\nPREFIX=24\n");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_START, NULL);
    guint found = 0;
    for (guint i = 0; i < plan->groups->len; i++) {
        const NetGroup *group = g_ptr_array_index(plan->groups, i);
        for (guint n = 0; n < group->ties->len; n++) {
            const NetTie *tie = &g_array_index(group->ties, NetTie, n);
            const NetGroup *other = g_ptr_array_index(plan->groups, tie->group);
            g_assert_cmpstr(group->dev, ==, "eth0");
            g_assert_cmpstr(other->dev, ==, "eth1");
            g_assert_cmpint(tie->before, >=, NET_PHASE_ROUTES);
            g_assert_cmpint(tie->reached, >, NET_PHASE_ADDRESSES);
            found++;
        }
    }
    g_assert_cmpuint(found, ==, 1);
}

/* --- another TYPE for the same name --- */

static const struct {
    const char *kind, *file;
} kinds[] = {
    {"dummy", "TYPE=Dummy\n"},
    {"bridge", "TYPE=Bridge\nDELAY=0\n"},
    {"bond", "TYPE=Bond\nBONDING_OPTS=miimon=100\n"},
    {"vlan", "VLAN=yes\nPHYSDEV=eth2\nVID=5\n"},
    {"macvlan", "TYPE=Macvlan\nPHYSDEV=eth2\n"},
    {"vrf", "TYPE=VRF\nVRF_TABLE=50\n"},
    {"vxlan", "TYPE=VXLAN\nVXLAN_ID=5\nPEER_OUTER_IPADDR=192.0.2.1\nPHYSDEV=eth2\n"},
    {"gre", "TYPE=GRE\nMY_OUTER_IPADDR=192.0.2.9\n"},
    {"ipip", "TYPE=IPIP\nMY_OUTER_IPADDR=192.0.2.9\n"},
    {"tun", "TYPE=Tap\n"},
    {"veth", "TYPE=Veth\nPEER=peer0\n"},
};

static char *files_of_kind(guint kind)
{
    return g_strdup_printf(NETWORK "@ifcfg-eth1\nDEVICE=eth1\n%s@ifcfg-eth2\nDEVICE=eth2\n"
                                   "@ifcfg-x\nDEVICE=x\nIPADDR=10.0.7.2\nPREFIX=24\n"
                                   "ARPCHECK=no\nARPUPDATE=no\n%s",
                           g_str_equal(kinds[kind].kind, "bond")     ? "MASTER=x\nSLAVE=yes\n"
                           : g_str_equal(kinds[kind].kind, "bridge") ? "BRIDGE=x\n"
                                                                     : "",
                           kinds[kind].file);
}

static void try_kinds(guint from, guint to)
{
    g_autofree char *one = files_of_kind(from), *other = files_of_kind(to);
    guint limit = 0, done;
    g_test_message("%s becomes %s", kinds[from].kind, kinds[to].kind);
    do { /* however far the run came before it was killed */
        g_autoptr(World) world = world_new(one);
        world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
        world_assert_settled(world, kinds[from].kind);
        g_assert_cmpstr(sim_link(world->sim, "x")->kind, ==, kinds[from].kind);
        world_reload(world, other);
        done = world_run(world, NET_PLAN_RESTART, NULL, ++limit);
        world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
        g_assert_cmpstr(sim_link(world->sim, "x")->kind, ==, kinds[to].kind);
        g_assert_cmpstr(entry_kind(world, "x"), ==, net_model_find(world->model, "x")->kind->name);
        world_assert_settled(world, kinds[to].kind);
    } while (done >= limit);
}

static void test_kinds(void)
{
    for (guint from = 0; from < G_N_ELEMENTS(kinds); from++)
        for (guint to = 0; to < G_N_ELEMENTS(kinds); to++)
            if (from != to)
                try_kinds(from, to);
}

#define AS_DUMMY NETWORK "@ifcfg-x\nDEVICE=x\nTYPE=Dummy\nIPADDR=10.0.7.2\nPREFIX=24\n"
#define AS_BRIDGE NETWORK "@ifcfg-x\nDEVICE=x\nTYPE=Bridge\nDELAY=0\nIPADDR=10.0.7.2\nPREFIX=24\n"

/* `reload` interrupts nothing: it stays what it was, and is told; `restart` says what it would do. */
static void test_kind_is_left(void)
{
    g_autoptr(World) world = world_new(AS_DUMMY);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_reload(world, AS_BRIDGE);
    g_autofree char *work = world_work(world, NET_PLAN_RELOAD, NULL);
    g_autoptr(NetPlan) reload = world_plan(world, NET_PLAN_RELOAD, NULL),
                       restart = world_plan(world, NET_PLAN_RESTART, NULL);
    g_assert_cmpstr(work, ==, "");
    g_assert_cmpuint(reload->left->len, ==, 1);
    g_assert_false(net_plan_has_errors(reload));
    g_assert_cmpuint(restart->fates->len, ==, 1);
    const NetFate *left = reload->left->pdata[0], *fate = restart->fates->pdata[0];
    g_assert_cmpstr(left->what, ==, "it is a dummy, expected a bridge");
    g_assert_cmpint(fate->kind, ==, NET_FATE_REMADE);
}

/* What somebody else has put in the place of ours, or what was there before us. */
static void test_kind_of_others(void)
{
    static const NetOp gone = {.type = NET_OP_LINK_DELETE, .dev = "x"};
    for (guint is_in_place = 0; is_in_place < 2; is_in_place++) {
        g_autoptr(World) world = world_new(is_in_place ? AS_DUMMY : NETWORK);
        world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
        if (is_in_place)
            g_assert_null(sim_apply(world->sim, &gone));
        NetOp made = {.type = NET_OP_LINK_ADD, .dev = "x", .create = {.family = &ifb_family}};
        g_autoptr(GPtrArray) none = g_ptr_array_new();
        made.create.settings = none;
        g_assert_null(sim_apply(world->sim, &made));
        world_reload(world, AS_BRIDGE);
        g_autofree char *work = world_work(world, NET_PLAN_RESTART, NULL);
        g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RESTART, NULL);
        g_assert_true(net_plan_has_errors(plan));
        g_assert_null(strstr(work, "delete x"));
        world_run(world, NET_PLAN_STOP, NULL, WORLD_ALL);
        g_assert_cmpstr(sim_link(world->sim, "x")->kind, ==, "ifb");
    }
}

/* It is this host's, and not looked for on others again: meanwhile nobody could use it. */
static void test_prefix6(void)
{
    g_autoptr(World) world = world_new("@ifcfg-eth0\nIPV6INIT=yes\nIPV6ADDR=2001:db8::2/64\n");
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_reload(world, "@ifcfg-eth0\nIPV6INIT=yes\nIPV6ADDR=2001:db8::2/48\n");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RESTART, NULL);
    guint added = 0;
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = g_ptr_array_index(plan->ops, i);
        if (op->type != NET_OP_ADDR_ADD)
            continue;
        g_assert_true(op->address->no_dad);
        added++;
    }
    g_assert_cmpuint(added, ==, 1);
}

/* To put one address behind another the kernel must lose it; one that stays is there after each operation. */
static void test_order_without_gap(void)
{
    g_autoptr(World) world = world_new(ETH0 "IPADDR1=192.0.2.11\nPREFIX1=24\n");
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_reload(world, "@ifcfg-eth0\nIPADDR=192.0.2.12\nPREFIX=24\nARPCHECK=no\nIPADDR1=192.0.2.11\n"
                        "PREFIX1=24\n");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RESTART, NULL);
    g_autoptr(GPtrArray) ops = net_predict_order(plan);
    g_autoptr(NetObserved) picture = sim_observe(world->sim);
    int ifindex = net_observed_link(picture, "eth0")->ifindex;
    gboolean moves = FALSE;
    IfcfgPrefix stays;
    g_assert_true(ifcfg_prefix_parse("192.0.2.11/24", AF_INET, &stays));
    for (guint i = 0; i < ops->len; i++) {
        net_predict(picture, ops->pdata[i]);
        g_autoptr(GPtrArray) same = net_observed_with_ip(picture, ifindex, &stays.ip);
        g_assert_cmpuint(same->len, >, 0);
        moves |= !net_observed_address(picture, ifindex, &stays);
    }
    g_assert_true(moves);
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    world_assert_settled(world, "reordered");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plan-live/route-changes", test_route_changes);
    g_test_add_func("/plan-live/route-of-others", test_route_of_others);
    g_test_add_func("/plan-live/mtu-of-port", test_mtu_of_port);
    g_test_add_func("/plan-live/vlans-of-others", test_vlans_of_others);
    g_test_add_func("/plan-live/ports-found", test_ports_found);
    g_test_add_func("/plan-live/route-by-another", test_route_by_another);
    g_test_add_func("/plan-live/kinds", test_kinds);
    g_test_add_func("/plan-live/kind-is-left", test_kind_is_left);
    g_test_add_func("/plan-live/kind-of-others", test_kind_of_others);
    g_test_add_func("/plan-live/fate-of-ports", test_fate_of_ports);
    g_test_add_func("/plan-live/worse-fate", test_worse_fate);
    for (gsize i = 0; i < G_N_ELEMENTS(damages); i++) {
        g_autofree char *path = g_strdup_printf("/plan-live/damaged/%s", damages[i].name);
        g_test_add_data_func(path, damages[i].files, test_damaged);
    }
    g_test_add_func("/plan-live/unreadable", test_unreadable);
    g_test_add_func("/plan-live/no-file", test_no_file);
    g_test_add_func("/plan-live/unknown-mode-at-boot", test_unknown_mode_at_boot);
    g_test_add_func("/plan-live/prefix6", test_prefix6);
    g_test_add_func("/plan-live/order-without-gap", test_order_without_gap);
    return g_test_run();
}
