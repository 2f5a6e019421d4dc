/* Nexthop objects that routes share: which routes, under which number, what moves them, and what they leave
 * behind. */
#include "picture-text.h"
#include "plan/picture-plan.h"
#include "trial/picture-file.h"
#include "world.h"
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#define FIRST NET_NEXTHOP_FIRST
#define NIC                                                                                                  \
    "@ifcfg-eth4\nDEVICE=eth4\nIPADDR=192.0.2.10\nPREFIX=24\nGATEWAY=192.0.2.1\nARPCHECK=no\n"               \
    "IPV6ADDR=2001:db8::10/64\n"
#define ON "NEXTHOP_OBJECTS=yes\n"
#define ROUTES(a, b)                                                                                         \
    "@route-eth4\n10.1.0.0/16 via " a "\n10.2.0.0/16 via " a " metric 7\n10.3.0.0/16 via " a                 \
    "\n10.8.0.0/16 via 192.0.2.9\n10.9.0.0/16 dev eth4\n"                                                    \
    "@route6-eth4\n2001:db8:1::/48 via " b "\n2001:db8:2::/48 via " b "\n"
#define A "192.0.2.2"
#define B "192.0.2.3"
#define A6 "2001:db8::2"
#define B6 "2001:db8::3"

static guint by(const World *world, guint32 id)
{
    guint n = 0;
    for (guint i = 0; i < world->sim->picture->routes->len; i++)
        n += ((const IfcfgRoute *)world->sim->picture->routes->pdata[i])->nhid == id;
    return n;
}

static guint objects(const World *world)
{
    return g_hash_table_size(world->sim->picture->nexthops);
}

static void assert_object(const World *world, guint32 id, const char *text)
{
    const NetNexthop *nexthop = net_observed_nexthop(world->sim->picture, id);
    g_autofree char *is = nexthop ? net_nexthop_format(nexthop) : NULL;
    g_assert_cmpstr(is, ==, text);
}

static World *world_with(const char *files)
{
    World *world = world_new(files);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    return world;
}

static void add_object(World *world, const char *text)
{
    net_observed_put_nexthop(world->sim->picture, net_nexthop_parse(text));
}

static guint count_ops(const NetPlan *plan, NetOpType type)
{
    guint n = 0;
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = plan->ops->pdata[i];
        n += op->type == type && !op->is_only_recorded;
    }
    return n;
}

/* Each with two routes or more; the default route, a gateway of one route and what has no gateway stay. */
static void test_shared(void)
{
    g_autoptr(World) world = world_with(NIC ON ROUTES(A, A6));
    assert_object(world, FIRST, "id 2000000001 via " A " dev eth4");
    assert_object(world, FIRST + 1, "id 2000000002 via " A6 " dev eth4");
    g_assert_cmpuint(objects(world), ==, 2);
    g_assert_cmpuint(by(world, FIRST), ==, 3);
    g_assert_cmpuint(by(world, FIRST + 1), ==, 2);
    g_assert_cmpuint(net_ledger_find(world->ledger, "eth4")->nexthops->len, ==, 2);
    world_assert_settled(world, "shared");
}

/* Without the key nothing of this is there, and nothing is done. */
static void test_off(void)
{
    g_autoptr(World) world = world_with(NIC ROUTES(A, A6));
    g_assert_cmpuint(objects(world), ==, 0);
    g_assert_cmpuint(by(world, 0), ==, world->sim->picture->routes->len);
    g_assert_cmpuint(net_ledger_find(world->ledger, "eth4")->nexthops->len, ==, 0);
}

/* One operation a gateway, whatever the number of routes; the record has the new words. */
static void test_moves(void)
{
    g_autoptr(World) world = world_with(NIC ON ROUTES(A, A6));
    world_reload(world, NIC ON ROUTES(B, B6));
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RESTART, NULL);
    g_assert_cmpuint(count_ops(plan, NET_OP_NEXTHOP_SET), ==, 2);
    g_assert_cmpuint(count_ops(plan, NET_OP_ROUTE_ADD), ==, 0);
    g_assert_cmpuint(count_ops(plan, NET_OP_ROUTE_DELETE), ==, 0);
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    assert_object(world, FIRST, "id 2000000001 via " B " dev eth4");
    assert_object(world, FIRST + 1, "id 2000000002 via " B6 " dev eth4");
    g_assert_cmpuint(by(world, FIRST), ==, 3);
    const LedgerEntry *entry = net_ledger_find(world->ledger, "eth4");
    g_assert_true(net_ledger_list_has(entry->nexthops, "id 2000000001 via " B " dev eth4"));
    g_assert_cmpuint(entry->nexthops->len, ==, 2);
    g_assert_true(net_ledger_list_has(entry->routes, "-4 10.1.0.0/16 via " B " dev eth4"));
    g_assert_false(net_ledger_list_has(entry->routes, "-4 10.1.0.0/16 via " A " dev eth4"));
    world_assert_settled(world, "moved");
}

/* Some of the routes: they get an object of their own, and those that stay keep theirs. */
static void test_parts_move(void)
{
#define HALF "@route-eth4\n10.1.0.0/16 via " A "\n10.2.0.0/16 via " A "\n"
    g_autoptr(World) world = world_with(NIC ON HALF "10.3.0.0/16 via " A "\n10.4.0.0/16 via " A "\n");
    world_reload(world, NIC ON HALF "10.3.0.0/16 via " B "\n10.4.0.0/16 via " B "\n");
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    assert_object(world, FIRST, "id 2000000001 via " A " dev eth4");
    assert_object(world, FIRST + 1, "id 2000000002 via " B " dev eth4");
    g_assert_cmpuint(by(world, FIRST), ==, 2);
    g_assert_cmpuint(by(world, FIRST + 1), ==, 2);
    world_assert_settled(world, "parts moved");
    world_reload(world, NIC ON HALF);
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    g_assert_cmpuint(objects(world), ==, 1);
    world_assert_settled(world, "one less");
}

static void watch_routes(G_GNUC_UNUSED const NetOp *op, gpointer data)
{
    const World *world = data;
    guint n = 0;
    for (guint i = 0; i < world->sim->picture->routes->len; i++)
        n += ((const IfcfgRoute *)world->sim->picture->routes->pdata[i])->to.ip.bytes[0] == 10;
    g_assert_cmpuint(n, ==, 5);
}

/* Turned on and off for routes that are there: none is missed for a moment, and nothing is left. */
static void test_turned(void)
{
    g_autoptr(World) world = world_with(NIC ROUTES(A, A6));
    world->look = watch_routes;
    world->data = world;
    world_reload(world, NIC ON ROUTES(A, A6));
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    g_assert_cmpuint(by(world, FIRST), ==, 3);
    world_assert_settled(world, "on");
    world_reload(world, NIC ROUTES(A, A6));
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    g_assert_cmpuint(objects(world), ==, 0);
    g_assert_cmpuint(by(world, FIRST), ==, 0);
    g_assert_cmpuint(net_ledger_find(world->ledger, "eth4")->nexthops->len, ==, 0);
    world_assert_settled(world, "off");
}

static void test_stop(void)
{
    g_autoptr(World) world = world_with(NIC ON ROUTES(A, A6));
    world_run(world, NET_PLAN_STOP, NULL, WORLD_ALL);
    g_assert_cmpuint(objects(world), ==, 0);
    g_assert_cmpuint(world->sim->picture->routes->len, ==, 0);
    g_assert_cmpuint(world->ledger->entries->len, ==, 0);
}

/* The kernel deletes objects when the cable is out for a moment, and the routes with them. */
static void test_put_back(void)
{
    g_autoptr(World) world = world_with(NIC ON ROUTES(A, A6));
    net_observed_remove_nexthop(world->sim->picture, FIRST);
    g_assert_cmpuint(by(world, FIRST), ==, 0);
    world_run(world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
    g_assert_cmpuint(by(world, FIRST), ==, 3);
    world_assert_settled(world, "put back");
    sim_set_up(world->sim, "eth4", FALSE);
    g_assert_cmpuint(objects(world), ==, 0);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_assert_settled(world, "down and up");
}

/* Without carrier the kernel takes no object: the routes are there without, and with it later. */
static void test_no_carrier(void)
{
    g_autoptr(World) world = world_with(NIC ROUTES(A, A6));
    world_reload(world, NIC ON ROUTES(A, A6));
    sim_link(world->sim, "eth4")->carrier = FALSE;
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    g_assert_cmpuint(objects(world), ==, 0);
    world_assert_settled(world, "no carrier");
    sim_link(world->sim, "eth4")->carrier = TRUE;
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    g_assert_cmpuint(by(world, FIRST), ==, 3);
    world_assert_settled(world, "carrier");
}

/* A number that somebody has, also one that was ours, is left alone, and so is an object to the same gateway.
 */
static void test_foreign(void)
{
    g_autoptr(World) world = world_with(NIC);
    add_object(world, "id 7 via " A " dev eth4");
    add_object(world, "id 2000000001 via 192.0.2.77 dev eth4");
    world_reload(world, NIC ON ROUTES(A, A6));
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    assert_object(world, FIRST, "id 2000000001 via 192.0.2.77 dev eth4");
    g_assert_cmpuint(by(world, 7) + by(world, FIRST), ==, 0);
    g_assert_cmpuint(by(world, FIRST + 1), ==, 3);
    world_assert_settled(world, "foreign");
    net_observed_remove_nexthop(world->sim->picture, FIRST + 1);
    add_object(world, "id 2000000002 via 192.0.2.78 dev eth4");
    world_run(world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
    g_assert_cmpuint(by(world, FIRST + 3), ==, 3);
    world_reload(world, NIC);
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    assert_object(world, 7, "id 7 via " A " dev eth4");
    assert_object(world, FIRST, "id 2000000001 via 192.0.2.77 dev eth4");
    assert_object(world, FIRST + 1, "id 2000000002 via 192.0.2.78 dev eth4");
    g_assert_cmpuint(objects(world), ==, 3);
}

/* A record that was lost: what the routes of the files are by is taken for ours, as the routes are. */
static void test_lost_record(void)
{
    g_autoptr(World) world = world_with(NIC ON ROUTES(A, A6));
    net_ledger_remove(world->ledger, "eth4");
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    g_assert_cmpuint(objects(world), ==, 2);
    g_assert_cmpuint(net_ledger_find(world->ledger, "eth4")->nexthops->len, ==, 2);
    world_assert_settled(world, "lost record");
}

/* Somebody's route by ours: the object stays, which is told, until that has gone too. */
static void test_foreign_user(void)
{
    g_autoptr(World) world = world_with(NIC ON ROUTES(A, A6));
    sim_add_route(world->sim, "eth4", "172.16.0.0/12 nhid 2000000001");
    g_assert_cmpuint(by(world, FIRST), ==, 4);
    world_reload(world, NIC ROUTES(A, A6));
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RESTART, NULL);
    g_autofree char *text = net_plan_format(plan);
    g_assert_nonnull(strstr(text, "nexthop object 2000000001 stays"));
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    g_assert_cmpuint(by(world, FIRST), ==, 1);
    world_assert_settled(world, "in use by others");
    g_assert_cmpuint(net_ledger_find(world->ledger, "eth4")->nexthops->len, ==, 1);
}

static guint count_problems(const NetPlan *plan, const char *words)
{
    guint n = 0;
    for (guint i = 0; i < plan->groups->len; i++) {
        const NetGroup *group = plan->groups->pdata[i];
        for (guint k = 0; group->problems && k < group->problems->len; k++)
            n += strstr(((const NetGroupProblem *)group->problems->pdata[k])->text, words) != NULL;
    }
    return n;
}

/* Linux before 5.3 */
static void test_old_kernel(void)
{
    g_autoptr(World) world = world_new(NIC ON ROUTES(A, A6));
    world->sim->picture->lacks_nexthops = TRUE;
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_START, NULL);
    g_assert_cmpuint(count_problems(plan, "no nexthop objects"), ==, 1);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    g_assert_cmpuint(objects(world), ==, 0);
    world_assert_settled(world, "old kernel");
}

/* Broken off after every operation: a start comes to the same end. */
static void test_interrupted(void)
{
    static const char *const from[] = {NIC ROUTES(A, A6), NIC ON ROUTES(B, A6), NIC ON ROUTES(A, A6)};
    for (guint i = 0; i < G_N_ELEMENTS(from); i++)
        for (guint limit = 0;; limit++) {
            g_autoptr(World) world = world_with(from[i]);
            world_reload(world, i == 2 ? NIC ROUTES(A, A6) : NIC ON ROUTES(A, B6));
            guint done = world_run(world, NET_PLAN_RESTART, NULL, limit);
            world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
            world_assert_settled(world, "interrupted");
            g_assert_cmpuint(by(world, FIRST), ==, i == 2 ? 0 : 3);
            g_assert_cmpuint(objects(world), ==, i == 2 ? 0 : 2);
            if (done < limit)
                break;
        }
}

static NetObserved *picture_with(const char *files)
{
    g_autoptr(World) world = world_with(files);
    return sim_observe(world->sim);
}

/* From any of these pictures to any other, also by a file on disk. */
static void test_way_back(void)
{
    static const char *const files[] = {NIC ROUTES(A, A6), NIC ON ROUTES(A, A6), NIC ON ROUTES(B, A6), NIC};
    for (guint i = 0; i < G_N_ELEMENTS(files) * G_N_ELEMENTS(files); i++) {
        g_autoptr(NetObserved) now = picture_with(files[i / G_N_ELEMENTS(files)]);
        g_autoptr(NetObserved) made = picture_with(files[i % G_N_ELEMENTS(files)]);
        g_autofree char *text = picture_to_text(made);
        g_autoptr(NetObserved) wanted = picture_from_text(text);
        g_assert_nonnull(wanted);
        g_autofree char *lost = picture_difference(made, wanted);
        g_assert_null(strstr(lost, "nexthop"));
        g_autoptr(NetPlan) plan = net_plan_to_picture(wanted, now, NULL);
        g_autoptr(NetObserved) after = net_predict_plan(now, plan, NULL);
        g_autofree char *difference = picture_difference(wanted, after);
        g_assert_cmpstr(difference, ==, "");
    }
}

static void test_text(void)
{
    static const char *const texts[] = {"id 5 via 10.0.0.1 dev eth0",
                                        "id 4294967295 via fe80::1 dev a onlink",
                                        "id 1 via 10.0.0.1 dev b onlink proto 186"};
    static const char *const wrong[] = {"", "id 0 via 10.0.0.1 dev eth0", "id 5 via x dev eth0",
                                        "id 5 via 10.0.0.1", "id 5 via 10.0.0.1 dev eth0 oops"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(NetNexthop) nexthop = net_nexthop_parse(texts[i]);
        g_autofree char *text = net_nexthop_format(nexthop);
        g_assert_cmpstr(text, ==, texts[i]);
    }
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
        g_assert_null(net_nexthop_parse(wrong[i]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/nexthop/shared", test_shared);
    g_test_add_func("/nexthop/off", test_off);
    g_test_add_func("/nexthop/moves", test_moves);
    g_test_add_func("/nexthop/parts-move", test_parts_move);
    g_test_add_func("/nexthop/turned", test_turned);
    g_test_add_func("/nexthop/stop", test_stop);
    g_test_add_func("/nexthop/put-back", test_put_back);
    g_test_add_func("/nexthop/no-carrier", test_no_carrier);
    g_test_add_func("/nexthop/foreign", test_foreign);
    g_test_add_func("/nexthop/lost-record", test_lost_record);
    g_test_add_func("/nexthop/foreign-user", test_foreign_user);
    g_test_add_func("/nexthop/old-kernel", test_old_kernel);
    g_test_add_func("/nexthop/interrupted", test_interrupted);
    g_test_add_func("/nexthop/way-back", test_way_back);
    g_test_add_func("/nexthop/text", test_text);
    return g_test_run();
}
