/* teamd: which run, when one is started, changed and ended, and how; and radvd, which is told of 6to4. */
#include "apply/teamd.h"
#include "tree.h"
#include "world.h"
#include <string.h>

#define PORTS "@ifcfg-eth0\nTEAM_MASTER=team0\n@ifcfg-eth1\nTEAM_MASTER=team0\n"
#define TEAM(runner, more)                                                                                   \
    "@ifcfg-team0\nDEVICETYPE=Team\nIPADDR=10.0.0.2\nPREFIX=24\nARPCHECK=no\nARPUPDATE=no\nNOZEROCONF=yes\n" \
    "TEAM_CONFIG='{\"runner\": {\"name\": \"" runner "\"}" more "}'\n" PORTS
#define RULES(runner, more)                                                                                  \
    "team0: have teamd rule it with {\"runner\": {\"name\": \"" runner "\"}" more "}\n"

static void work_is(const World *world, NetPlanVerb verb, const char *expected)
{
    g_autofree char *work =
        world_work(world, verb, verb == NET_PLAN_UP || verb == NET_PLAN_DOWN ? "team0" : NULL);
    g_assert_cmpstr(work, ==, expected);
}

static void test_life(void)
{
    g_autoptr(World) world = world_new(TEAM("lacp", ""));
    g_autofree char *work = world_work(world, NET_PLAN_UP, "team0");
    g_assert_nonnull(strstr(work, RULES("lacp", "") "eth0: enslave to team0\n"));
    world_run(world, NET_PLAN_UP, "team0", WORLD_ALL);
    work_is(world, NET_PLAN_UP, "");
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);          /* the loopback device too */
    net_observed_set_teamd(world->sim->picture, "team0", NULL); /* it has died */
    work_is(world, NET_PLAN_UP, RULES("lacp", ""));
    work_is(world, NET_PLAN_RELOAD, RULES("lacp", ""));
    world_run(world, NET_PLAN_UP, "team0", WORLD_ALL);
    work_is(world, NET_PLAN_DOWN, "team0: end teamd\nteam0: delete the device\n");
    world_run(world, NET_PLAN_DOWN, "team0", WORLD_ALL);
    g_assert_null(net_observed_teamd(world->sim->picture, "team0"));
}

/* The process alone begins anew, which a `reload` leaves; another runner is another device. */
static void test_changes(void)
{
    g_autoptr(World) world = world_new(TEAM("lacp", ""));
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_reload(world, TEAM("lacp", ", \"mcast_rejoin\": {\"count\": 2}"));
    work_is(world, NET_PLAN_UP, RULES("lacp", ", \"mcast_rejoin\": {\"count\": 2}"));
    work_is(world, NET_PLAN_RELOAD, "");
    world_run(world, NET_PLAN_UP, "team0", WORLD_ALL);
    work_is(world, NET_PLAN_UP, "");
    world_reload(world, TEAM("broadcast", ""));
    work_is(world, NET_PLAN_RELOAD, "");
    g_autofree char *work = world_work(world, NET_PLAN_UP, "team0");
    g_assert_true(g_str_has_prefix(work, "team0: delete the device\nteam0: create team"));
    g_assert_nonnull(strstr(work, RULES("broadcast", "")));
    world_run(world, NET_PLAN_UP, "team0", WORLD_ALL);
    work_is(world, NET_PLAN_UP, "");
}

/* The old scripts have started it: whatever it was told, it is left to it, until the file changes. */
static void test_adopted(void)
{
    g_autoptr(World) world = world_new(TEAM("lacp", ""));
    world_run(world, NET_PLAN_UP, "team0", WORLD_ALL);
    net_observed_set_teamd(world->sim->picture, "team0", "");
    net_ledger_free(world->ledger);
    world->ledger = net_ledger_new();
    work_is(world, NET_PLAN_UP, "");
    world_run(world, NET_PLAN_UP, "team0", WORLD_ALL);
    world_reload(world, TEAM("lacp", ", \"a\": 1"));
    work_is(world, NET_PLAN_UP, RULES("lacp", ", \"a\": 1"));
}

/* What stands on it goes with it, and comes again, if it is ours and this run brings it up. */
static void test_upper(void)
{
#define UPPER "@ifcfg-team0.5\nVLAN=yes\nIPADDR=10.5.0.2\nPREFIX=24\nARPCHECK=no\nNOZEROCONF=yes\n"
    g_autoptr(World) world = world_new(TEAM("lacp", "") UPPER);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    world_reload(world, TEAM("broadcast", "") UPPER);
    world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
    world_assert_settled(world, "another runner");
    g_assert_nonnull(net_observed_link(world->sim->picture, "team0.5"));
}

static void test_observe(void)
{
    g_autofree char *root = g_dir_make_tmp("netsvc-teamd-XXXXXX", NULL);
    g_autoptr(NetObserved) picture = net_observed_new();
    case_write(root, "@/run/teamd/team0.pid\n77\n@/run/teamd/team1.pid\n78\n@/run/teamd/team2.pid\n79\n"
                     "@/run/teamd/team3.pid\n../77\n@/run/teamd/team0.sock\n\n@/proc/77/comm\nteamd\n@/proc/"
                     "78/comm\nsshd\n");
    net_observed_set_teamd(picture, "team9", "{}");
    teamd_observe(picture, root);
    case_remove(root);
    g_assert_cmpstr(net_observed_teamd(picture, "team0"), ==, "");
    g_assert_cmpuint(g_hash_table_size(picture->teamds), ==, 1);
}

/* Where systemd runs, as a unit that is ready when teamd is. */
static void test_program(void)
{
    NetOp op = {.type = NET_OP_TEAMD_START, .dev = "no+team", .teamd.config = "{}"};
    g_autoptr(NetRun) start = teamd_run_new(&op);
    g_assert_cmpuint(start->programs->len, ==, 1);
    const NetProgram *program = start->programs->pdata[0];
    g_autofree char *line = g_strjoinv(" ", program->argv);
    g_assert_cmpstr(line, ==, "teamd -d -o -N -n -U -t no+team -c {}");
    g_assert_cmpstr(program->unit, ==, "netsvc-teamd-no\\x2bteam.service");
    g_assert_cmpstr(program->pid_file, ==, "/run/teamd/no+team.pid");
    op.type = NET_OP_TEAMD_STOP;
    g_autoptr(NetRun) stop = teamd_run_new(&op);
    g_assert_cmpuint(stop->programs->len, ==, 0);
}

/* --- radvd --- */

#define SIX                                                                                                  \
    "@ifcfg-eth0\nIPADDR=198.51.100.9\nPREFIX=24\nARPCHECK=no\nIPV6TO4INIT=yes\nIPV6_CONTROL_RADVD=yes\n"

static void radvd_is(const char *files, const char *up, const char *down)
{
    g_autoptr(World) world = world_new(files);
    g_autofree char *first = world_work(world, NET_PLAN_UP, "eth0");
    g_assert_nonnull(strstr(first, up));
    world_run(world, NET_PLAN_UP, "eth0", WORLD_ALL);
    g_autofree char *second = world_work(world, NET_PLAN_UP, "eth0");
    g_assert_cmpstr(second, ==, "");
    g_autofree char *last = world_work(world, NET_PLAN_DOWN, "eth0");
    g_assert_nonnull(strstr(last, down));
}

static void test_radvd(void)
{
    radvd_is(SIX, "eth0: run pkill -HUP -F /run/radvd/radvd.pid\n",
             "eth0: run pkill -HUP -F /run/radvd/radvd.pid\n");
    radvd_is(SIX "IPV6_RADVD_PIDFILE=/run/r.pid\n", "-F /run/r.pid\n", "-F /run/r.pid\n");
    radvd_is(SIX "IPV6_RADVD_TRIGGER_ACTION=startstop\n", "systemctl start radvd.service\n",
             "systemctl stop radvd.service\n");
    radvd_is(SIX "IPV6_RADVD_TRIGGER_ACTION=restart\n", "systemctl restart radvd.service\n",
             "systemctl restart radvd.service\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/teamd/life", test_life);
    g_test_add_func("/teamd/changes", test_changes);
    g_test_add_func("/teamd/adopted", test_adopted);
    g_test_add_func("/teamd/upper", test_upper);
    g_test_add_func("/teamd/observe", test_observe);
    g_test_add_func("/teamd/program", test_program);
    g_test_add_func("/radvd", test_radvd);
    return g_test_run();
}
