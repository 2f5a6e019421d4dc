/* Which interfaces a plan for devices that came or went is about. */
#include "tree.h"
#include "world.h"
#include <string.h>

#define NETWORK "@/etc/sysconfig/network\nNETWORKING=yes\nNOZEROCONF=yes\n"
#define QUIET "ARPCHECK=no\nARPUPDATE=no\n"
#define ETH0 "@ifcfg-eth0\nDEVICE=eth0\nIPADDR=192.0.2.10\nPREFIX=24\n" QUIET
#define BOND0                                                                                                \
    "@ifcfg-bond0\nDEVICE=bond0\nIPADDR=10.0.11.2\nPREFIX=24\n" QUIET "BONDING_OPTS=\"mode=1\"\n"            \
    "@ifcfg-eth1\nMASTER=bond0\nSLAVE=yes\n@ifcfg-eth2\nMASTER=bond0\nSLAVE=yes\n"

typedef struct {
    const char *name, *files;
    const char *gone_before; /* NICs that are missing when the network is started */
    const char *gone_after;  /* and those that vanish then, while the others come */
    const char *devices;     /* what udev told of */
    const char *titles;      /* expected, `;` behind each */
} HotplugCase;

static const HotplugCase cases[] = {
    {"late NIC", NETWORK ETH0, "eth0", "", "eth0", "Bringing up interface eth0: ;"},
    {"late port brings its bond", NETWORK BOND0, "eth2", "", "eth2", "Bringing up interface bond0: ;"},
    {"two ports are one bond", NETWORK BOND0, "eth1 eth2", "", "eth1 eth2", "Bringing up interface bond0: ;"},
    {"port of a bond that is not for boot", NETWORK BOND0 "@ifcfg-bond0\nDEVICE=bond0\nONBOOT=no\n", "eth2",
     "", "eth2", ""},
    {"a device that needs itself", NETWORK "@ifcfg-eth0\nVLAN=yes\nPHYSDEV=eth0\nVID=5\n", "eth0", "", "eth0",
     "Bringing up interface eth0: ;"},
    {"ONBOOT=no", NETWORK ETH0 "ONBOOT=no\n", "eth0", "", "eth0", ""},
    {"HOTPLUG=no", NETWORK ETH0 "HOTPLUG=no\n", "eth0", "", "eth0", ""},
    {"HOTPLUG=yes", NETWORK ETH0 "HOTPLUG=yes\n", "eth0", "", "eth0", "Bringing up interface eth0: ;"},
    {"no file", NETWORK ETH0, "", "", "eth5", ""},
    {"what others have taken down stays down", NETWORK ETH0 BOND0, "eth0", "", "eth1",
     "Bringing up interface bond0: ;"},
    {"vanished NIC", NETWORK ETH0, "", "eth0", "eth0", "Shutting down interface eth0: ;"},
    {"vanished and never ours", NETWORK ETH0, "eth0", "eth0", "eth0", ""},
    {"vanished port", NETWORK BOND0, "", "eth2", "eth2", ""},
    {"one went, one came", NETWORK ETH0 BOND0, "eth2", "eth0", "eth0 eth2",
     "Shutting down interface eth0: ;Bringing up interface bond0: ;"},
};

static void links_take(World *world, const char *names, GPtrArray *taken)
{
    g_auto(GStrv) words = g_strsplit(names, " ", -1);
    for (guint i = 0; words[i]; i++) {
        ObservedLink *link = net_observed_steal_link(world->sim->picture, words[i]);
        if (link)
            g_ptr_array_add(taken, link);
    }
}

static void start_what_is_there(World *world)
{
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_START, NULL);
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = plan->ops->pdata[i];
        gboolean is_there = op->type == NET_OP_LINK_ADD || !op->dev || sim_link(world->sim, op->dev);
        if (!is_there)
            continue;
        g_autofree char *refused = sim_apply(world->sim, op);
        if (!refused)
            net_ledger_note(world->ledger, op);
    }
}

static char *titles_of(const NetPlan *plan)
{
    GString *titles = g_string_new(NULL);
    for (guint i = 0; i < plan->groups->len; i++)
        g_string_append_printf(titles, "%s;", ((const NetGroup *)plan->groups->pdata[i])->title);
    return g_string_free(titles, FALSE);
}

static void test_case(gconstpointer data)
{
    const HotplugCase *row = data;
    g_autoptr(World) world = world_new(row->files);
    g_autoptr(GPtrArray) away = g_ptr_array_new(),
                         gone = g_ptr_array_new_with_free_func((GDestroyNotify)observed_link_free);
    g_autoptr(GError) error = NULL;
    links_take(world, row->gone_before, away);
    start_what_is_there(world);
    links_take(world, row->gone_after, gone);
    gboolean comes_back = !g_str_equal(row->gone_after, row->gone_before);
    for (guint i = 0; i < away->len; i++)
        if (comes_back)
            net_observed_add_link(world->sim->picture, away->pdata[i]);
        else
            g_ptr_array_add(gone, away->pdata[i]);
    g_auto(GStrv) words = g_strsplit(row->devices, " ", -1);
    g_autoptr(GPtrArray) devices = g_ptr_array_new();
    for (guint i = 0; words[i]; i++)
        g_ptr_array_add(devices, words[i]);
    g_autoptr(NetObserved) observed = sim_observe(world->sim);
    g_autoptr(NetPlan) plan = net_plan_build_hotplug(devices, world->model, observed, world->ledger, &error);
    g_assert_no_error(error);
    g_autofree char *titles = titles_of(plan);
    g_assert_cmpstr(titles, ==, row->titles);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strdup_printf("/hotplug/%s", cases[i].name);
        g_test_add_data_func(path, &cases[i], test_case);
    }
    return g_test_run();
}
