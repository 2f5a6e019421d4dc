/* NetworkManager: what is read of it, what it is asked, and what is left to it. */
#include "apply/net-error.h"
#include "apply/networkmanager.h"
#include "fake-bus.h"
#include "op-ending.h"
#include "tree.h"
#include "world.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define MANAGER "org.freedesktop.NetworkManager"
#define RUNS "@/sys/fs/cgroup/system.slice/NetworkManager.service/cgroup.procs\n7\n"
#define HOLDS "@/run/NetworkManager/devices/1\n[device]\nmanaged=true\nconnection-uuid=5fb0\n"
#define CONF "run/NetworkManager/conf.d/90-netsvc.conf"
#define NIC "@ifcfg-eth0\nIPADDR=10.0.0.2\nPREFIX=24\nARPCHECK=no\nNOZEROCONF=yes\n"

typedef struct {
    char *root;
    NetBus *bus;
    NetManagerTeller *teller;
} Bed;

static Bed bed_new(const char *files)
{
    Bed bed = {.root = g_dir_make_tmp("netsvc-nm-XXXXXX", NULL), .bus = net_bus_new()};
    case_write(bed.root, files);
    bed.teller = networkmanager_teller_new(bed.root, bed.bus);
    return bed;
}

static void bed_clear(Bed *bed)
{
    case_remove(bed->root);
    net_bus_free(bed->bus);
    networkmanager_teller_free(bed->teller);
    g_free(bed->root);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Bed, bed_clear)

static const NetOp leave0 = {.type = NET_OP_MANAGER_LEAVE, .dev = "eth0"};
static const NetOp leave1 = {.type = NET_OP_MANAGER_LEAVE, .dev = "eth1"};

static void conf_is(const Bed *bed, const char *devices)
{
    g_autofree char *path = g_build_filename(bed->root, CONF, NULL), *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_autofree char *line = g_strdup_printf("\n[keyfile]\nunmanaged-devices+=%s\n", devices);
    g_assert_true(g_str_has_suffix(text, line));
}

/* All of a run are one question, and one that is told already stays. */
static void test_told(void)
{
    g_autoptr(FakeBus) fake = fake_bus_new(MANAGER, NULL);
    g_auto(Bed) bed = bed_new(RUNS "@/" CONF "\n[keyfile]\nunmanaged-devices+=interface-name:=bond0\n");
    Ending endings[2] = {{NULL}};
    networkmanager_start(bed.teller, &leave0, 0, op_ended, &endings[0]);
    networkmanager_start(bed.teller, &leave1, 0, op_ended, &endings[1]);
    g_assert_true(ending_await(&endings[0], NULL) && ending_await(&endings[1], NULL));
    g_autofree char *log = fake_bus_log(fake, 1);
    g_assert_cmpstr(log, ==, "Reload 1\n");
    conf_is(&bed, "interface-name:=bond0;interface-name:=eth0;interface-name:=eth1");
    g_autoptr(NetObserved) picture = net_observed_new();
    networkmanager_observe(picture, bed.root);
    g_assert_true(picture->manager.is_there && g_hash_table_contains(picture->manager.told, "eth1"));
    g_assert_cmpuint(g_hash_table_size(picture->manager.told), ==, 3);
    g_assert_false(picture->manager.reads_files);
}

static gboolean let_go(gpointer data)
{
    const Bed *bed = data;
    g_autofree char *path = g_build_filename(bed->root, "run/NetworkManager/devices/1", NULL);
    g_assert_true(g_file_set_contents(path, "[device]\nmanaged=false\n", -1, NULL));
    return G_SOURCE_REMOVE;
}

/* It is done when the device is let go of, not when that was promised. */
static void test_holds(void)
{
    g_autoptr(FakeBus) fake = fake_bus_new(MANAGER, NULL);
    g_auto(Bed) bed = bed_new(RUNS HOLDS);
    Ending ending = {NULL};
    g_assert_true(networkmanager_holds(bed.root, 1));
    networkmanager_start(bed.teller, &leave0, 1, op_ended, &ending);
    g_timeout_add(300, let_go, &bed);
    g_assert_true(ending_await(&ending, NULL));
    g_assert_false(networkmanager_holds(bed.root, 1));
}

/* Nobody is asked: the one that will start reads it. */
static void test_later(void)
{
    g_auto(Bed) bed = bed_new("@/etc/fstab\n\n");
    Ending ending = {NULL};
    networkmanager_start(bed.teller, &leave0, 1, op_ended, &ending);
    g_assert_true(ending_await(&ending, NULL));
    conf_is(&bed, "interface-name:=eth0");
}

static void test_refuses(void)
{
    g_autoptr(FakeBus) fake = fake_bus_new(NULL, NULL);
    g_auto(Bed) bed = bed_new(RUNS);
    g_autoptr(GError) error = NULL;
    Ending ending = {NULL};
    networkmanager_start(bed.teller, &leave0, 1, op_ended, &ending);
    g_assert_false(ending_await(&ending, &error));
    g_assert_nonnull(strstr(error->message, "cannot be asked to leave what is configured here"));
}

/* --- plan --- */

static void work_is(World *world, const char *expected)
{
    g_autofree char *work = world_work(world, NET_PLAN_UP, "eth0");
    g_assert_cmpstr(work, ==, expected);
}

static void test_plan(void)
{
    g_autoptr(World) world = world_new(NIC);
    world->sim->picture->manager.is_there = TRUE;
    g_autofree char *work = world_work(world, NET_PLAN_UP, "eth0");
    g_assert_true(g_str_has_prefix(work, "eth0: ask NetworkManager to leave it alone\neth0: set up\n"));
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    work_is(world, "");
    g_hash_table_add(world->sim->picture->manager.holds, g_strdup("eth0")); /* somebody has given it back */
    work_is(world, "eth0: ask NetworkManager to leave it alone\neth0: set up\n");
}

static void test_passed(void)
{
    g_autoptr(World) world = world_new(NIC "NM_CONTROLLED=yes\n");
    ObservedManager *manager = &world->sim->picture->manager;
    manager->is_there = TRUE;
    g_autofree char *work = world_work(world, NET_PLAN_UP, "eth0");
    g_assert_cmpstr(work, !=, ""); /* it knows nothing of the device: nobody would bring it up */
    manager->reads_files = TRUE;
    work_is(world, "");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_START, NULL);
    const NetGroup *group = g_ptr_array_index(plan->groups, plan->groups->len - 1);
    g_assert_true(group->is_passed);
    g_assert_cmpstr(g_ptr_array_index(group->notes, 0), ==,
                    "NM_CONTROLLED=yes leaves eth0 to NetworkManager");
    manager->reads_files = FALSE;
    g_hash_table_add(manager->holds, g_strdup("eth0"));
    work_is(world, "");
    manager->is_there = FALSE;
    g_autofree char *alone = world_work(world, NET_PLAN_UP, "eth0");
    g_assert_cmpstr(alone, !=, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/networkmanager/told", test_told);
    g_test_add_func("/networkmanager/holds", test_holds);
    g_test_add_func("/networkmanager/later", test_later);
    g_test_add_func("/networkmanager/refuses", test_refuses);
    g_test_add_func("/networkmanager/plan", test_plan);
    g_test_add_func("/networkmanager/passed", test_passed);
    return g_test_run();
}
