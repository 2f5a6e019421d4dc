/* Zones of firewalld: what it is told, when it is asked nothing, and what its refusals mean. */
#include "apply/firewalld.h"
#include "fake-bus.h"
#include "op-ending.h"
#include "world.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define FIREWALLD "org.fedoraproject.FirewallD1"
#define NIC "@ifcfg-eth0\nIPADDR=10.0.0.2\nPREFIX=24\nARPCHECK=no\nNOZEROCONF=yes\n"

static const NetOp into = {.type = NET_OP_ZONE_SET, .dev = "eth0", .zone.name = "public"};
static const NetOp out = {.type = NET_OP_ZONE_DROP, .dev = "eth0"};

static gboolean tell(const NetOp *op, GError **error)
{
    g_autoptr(NetBus) bus = net_bus_new();
    Ending ending = {NULL};
    firewalld_start(bus, op, op_ended, &ending);
    return ending_await(&ending, error);
}

static void test_told(void)
{
    g_autoptr(FakeBus) fake = fake_bus_new(FIREWALLD, NULL);
    g_autoptr(GError) error = NULL;
    fake_bus_answer(fake, "public");
    g_assert_true(tell(&into, &error) && tell(&out, &error));
    g_assert_no_error(error);
    g_autofree char *log = fake_bus_log(fake, 3);
    g_assert_cmpstr(log, ==,
                    "changeZoneOfInterface 'public' 'eth0'\ngetZoneOfInterface 'eth0'\n"
                    "removeInterface '' 'eth0'\n");
}

/* It says that it has done so, and has not. */
static void test_read_back(void)
{
    static const char *const rows[][2] = {
        {"work", "has it in work; `firewall-cmd --get-zone-of-interface=eth0`"},
        {"", "has it in none"},
        {NULL, "does not say in which zone"}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(FakeBus) fake = fake_bus_new(FIREWALLD, NULL);
        g_autoptr(GError) error = NULL;
        fake_bus_answer(fake, rows[i][0]);
        g_assert_false(tell(&into, &error));
        g_assert_nonnull(strstr(error->message, rows[i][1]));
    }
}

static void call_ended(G_GNUC_UNUSED sd_bus_message *answer, const GError *error, gpointer data)
{
    Ending *ending = data;
    ending->error = error ? g_error_copy(error) : NULL;
    ending->times++;
}

/* One that hangs holds up nothing: each call has its own limit. */
static void test_hangs(void)
{
    static const NetBusPlace place = {FIREWALLD, "/", FIREWALLD};
    g_autoptr(FakeBus) fake = fake_bus_new(FIREWALLD, NULL);
    g_autoptr(NetBus) bus = net_bus_new();
    g_autoptr(GError) error = NULL;
    Ending ending = {NULL};
    fake_bus_hang(fake);
    net_bus_send(bus, net_bus_call(bus, &place, "any", NULL), 50, call_ended, &ending);
    g_assert_cmpuint(ending.times, ==, 0);
    g_assert_false(ending_await(&ending, &error));
    g_assert_error(error, NET_ERROR, ETIMEDOUT);
}

static void test_refused(void)
{
    static const struct {
        const NetOp *op;
        const char *service, *words; /* NULL: it is done */
    } rows[] = {{&into, FIREWALLD, "does not put it into the zone public: UNKNOWN_INTERFACE: because"},
                {&out, FIREWALLD, NULL},
                {&into, NULL, "`firewall-cmd --get-zones`"},
                {&out, NULL, "does not take it out of its zone"}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(FakeBus) fake =
            fake_bus_new(rows[i].service, rows[i].service ? FIREWALLD ".Exception" : NULL);
        g_autoptr(GError) error = NULL;
        g_assert_true(tell(rows[i].op, &error) == !rows[i].words);
        if (rows[i].words)
            g_assert_nonnull(strstr(error->message, rows[i].words));
    }
}

/* What is under way ends at once, each by itself. */
static void test_cancel(void)
{
    g_autoptr(FakeBus) fake = fake_bus_new(FIREWALLD, NULL);
    g_autoptr(NetBus) bus = net_bus_new();
    g_autoptr(GError) error = NULL;
    Ending endings[2] = {{NULL}};
    firewalld_start(bus, &into, op_ended, &endings[0]);
    firewalld_start(bus, &out, op_ended, &endings[1]);
    net_bus_cancel(bus);
    g_assert_false(ending_await(&endings[0], NULL));
    g_assert_false(ending_await(&endings[1], &error));
    g_assert_error(error, NET_ERROR, ECANCELED);
}

static void test_run(void)
{
    g_autofree char *root = g_dir_make_tmp("netsvc-firewalld-XXXXXX", NULL);
    g_autofree char *slice = g_build_filename(root, "sys/fs/cgroup/system.slice", NULL);
    g_autofree char *group = g_build_filename(slice, "firewalld.service", NULL);
    g_assert_cmpuint(firewalld_run(root), ==, 0);
    g_assert_cmpint(g_mkdir_with_parents(group, 0755), ==, 0);
    g_assert_cmpuint(firewalld_run(root), !=, 0);
    g_assert_cmpuint(firewalld_run(root), ==, firewalld_run(root));
}

/* --- plan --- */

static void work_is(const World *world, NetPlanVerb verb, const char *zone_line)
{
    g_autofree char *work = world_work(world, verb, "eth0");
    const char *line = strstr(work, "zone");
    g_assert_true((line != NULL) == (zone_line != NULL));
    if (zone_line)
        g_assert_nonnull(strstr(work, zone_line));
}

static void test_plan(void)
{
    g_autoptr(World) world = world_new(NIC "ZONE=dmz\n");
    work_is(world, NET_PLAN_UP, NULL); /* there is no firewalld */
    world->sim->picture->firewalld = 7;
    work_is(world, NET_PLAN_UP, "eth0: put into the zone dmz of firewalld\neth0: set up\n");
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    work_is(world, NET_PLAN_UP, NULL);
    world->sim->picture->firewalld = 8; /* it was restarted, and knows no more */
    work_is(world, NET_PLAN_UP, "put into the zone dmz");
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    world_reload(world, NIC "ZONE=work\n");
    work_is(world, NET_PLAN_UP, "put into the zone work");
    world_reload(world, NIC);
    work_is(world, NET_PLAN_UP, "eth0: take out of its zone of firewalld\n");
    work_is(world, NET_PLAN_DOWN, "eth0: set down\neth0: take out of its zone of firewalld\n");
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    work_is(world, NET_PLAN_DOWN, NULL);
}

static void test_ports(void)
{
    g_autoptr(World) world =
        world_new("@ifcfg-bond0\nTYPE=Bond\nBONDING_OPTS=mode=1\nZONE=dmz\nIPADDR=10.0.0.2\nPREFIX=24\n"
                  "@ifcfg-eth0\nMASTER=bond0\nSLAVE=yes\nZONE=public\n@ifcfg-lo\nZONE=trusted\n"
                  "@ifcfg-bond0:1\nDEVICE=bond0:1\nIPADDR=10.0.0.3\nPREFIX=24\nZONE=home\n");
    world->sim->picture->firewalld = 7;
    g_autofree char *work = world_work(world, NET_PLAN_START, NULL);
    const char *first = strstr(work, "zone");
    g_assert_nonnull(strstr(work, "bond0: put into the zone dmz of firewalld\n"));
    g_assert_null(strstr(first + 1, "zone"));
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_assert_settled(world, "start");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/firewalld/told", test_told);
    g_test_add_func("/firewalld/read-back", test_read_back);
    g_test_add_func("/firewalld/hangs", test_hangs);
    g_test_add_func("/firewalld/refused", test_refused);
    g_test_add_func("/firewalld/cancel", test_cancel);
    g_test_add_func("/firewalld/run", test_run);
    g_test_add_func("/firewalld/plan", test_plan);
    g_test_add_func("/firewalld/ports", test_ports);
    return g_test_run();
}
