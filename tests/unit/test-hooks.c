/* When which hooks are planned, with what arguments, and that a second run has none. */
#include "tree.h"
#include "world.h"

#define NETWORK "@/etc/sysconfig/network\nNETWORKING=yes\n"
#define FOLDER "/etc/sysconfig/network-scripts/"
#define NIC "@ifcfg-lan\nDEVICE=eth0\nIPADDR=10.0.0.1\nPREFIX=24\nARPCHECK=no\nARPUPDATE=no\n"
#define BOND                                                                                                 \
    "@ifcfg-bond0\nDEVICE=bond0\nBONDING_OPTS=mode=1\n"                                                      \
    "@ifcfg-eth1\nDEVICE=eth1\nMASTER=bond0\nSLAVE=yes\n"
#define OLD "@/sbin/ifup-pre-local\n\n@/sbin/ifup-local\n\n@/sbin/ifdown-pre-local\n\n@/sbin/ifdown-local\n\n"
#define NEW                                                                                                  \
    "@pre-up.d/20-b\n\n@pre-up.d/10-a\n\n@pre-up.d/10-a.rpmsave\n\n@up.d/x\n\n@up.d/README\n\n@down.d/x\n\n"

/* All but README are executable. */
static World *hooked_world(const char *files)
{
    static const char *const programs[] = {
        "/sbin/ifup-pre-local",  "/sbin/ifup-local", "/sbin/ifdown-pre-local",
        "/sbin/ifdown-local",    "pre-up.d/20-b",    "pre-up.d/10-a",
        "pre-up.d/10-a.rpmsave", "up.d/x",           "down.d/x"};
    World *world = world_new(files);
    for (guint i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_autofree char *path = case_path(world->root, programs[i]);
        g_chmod(path, 0755);
    }
    world_read_again(world);
    return world;
}

/* The lines of a plan that run something, "SEVERITY LINE". */
static char *hooks_of(const World *world, NetPlanVerb verb, const char *name)
{
    g_autoptr(NetPlan) plan = world_plan(world, verb, name);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = plan->ops->pdata[i];
        g_autofree char *line = net_op_format(op);
        if (op->type == NET_OP_HOOK_RUN)
            g_string_append_printf(text, "%d %s\n", op->severity, line);
    }
    return g_string_free(text, FALSE);
}

static void assert_hooks(const World *world, NetPlanVerb verb, const char *name, const char *expected)
{
    g_autofree char *got = hooks_of(world, verb, name);
    g_assert_cmpstr(got, ==, expected);
}

/* Only a failure in pre-up.d keeps an interface down. */
static void assert_may_fail(const World *world)
{
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_UP, "eth0");
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = plan->ops->pdata[i];
        for (guint n = 0; op->type == NET_OP_HOOK_RUN && n < op->hook.run->programs->len; n++) {
            const NetProgram *program = op->hook.run->programs->pdata[n];
            g_assert_cmpint(program->may_fail, ==, !strstr(program->argv[0], "pre-up.d"));
            g_assert_true(op->hook.run->is_trusted && op->hook.run->limit_ms);
        }
    }
}

static void test_nic(void)
{
    g_autoptr(World) world = hooked_world(NETWORK NIC OLD NEW);
    assert_hooks(world, NET_PLAN_UP, "eth0",
                 "0 eth0: run /sbin/ifup-pre-local ifcfg-lan, then " FOLDER
                 "pre-up.d/10-a eth0 pre-up, then " FOLDER "pre-up.d/20-b eth0 pre-up\n"
                 "3 eth0: run /sbin/ifup-local eth0, then " FOLDER "up.d/x eth0 up\n");
    assert_may_fail(world);
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    assert_hooks(world, NET_PLAN_START, NULL, "");
    assert_hooks(world, NET_PLAN_UP, "eth0", "");
    assert_hooks(world, NET_PLAN_DOWN, "eth0",
                 "3 eth0: run /sbin/ifdown-pre-local eth0\n"
                 "3 eth0: run /sbin/ifdown-local eth0, then " FOLDER "down.d/x eth0 down\n");
    sim_set_up(world->sim, "eth0", FALSE);
    assert_hooks(world, NET_PLAN_UP, "eth0",
                 "0 eth0: run /sbin/ifup-pre-local ifcfg-lan, then " FOLDER
                 "pre-up.d/10-a eth0 pre-up, then " FOLDER "pre-up.d/20-b eth0 pre-up\n"
                 "3 eth0: run /sbin/ifup-local eth0, then " FOLDER "up.d/x eth0 up\n");
    world_run(world, NET_PLAN_DOWN, "eth0", WORLD_ALL);
    assert_hooks(world, NET_PLAN_DOWN, "eth0", "");
}

/* Ports have theirs in the group of the bond, and cost it no more than a port. */
static void test_bond(void)
{
    g_autoptr(World) world =
        hooked_world(NETWORK BOND "@/sbin/ifup-local\n\n@pre-up.d/10-a\n\n@down.d/x\n\n");
    assert_hooks(world, NET_PLAN_UP, "bond0",
                 "0 bond0: run " FOLDER "pre-up.d/10-a bond0 pre-up\n"
                 "1 eth1: run " FOLDER "pre-up.d/10-a eth1 pre-up\n"
                 "3 bond0: run /sbin/ifup-local bond0\n"
                 "3 eth1: run /sbin/ifup-local eth1\n");
    world_run(world, NET_PLAN_UP, "bond0", WORLD_ALL);
    assert_hooks(world, NET_PLAN_UP, "bond0", "");
    world_run(world, NET_PLAN_UP, "eth1", WORLD_ALL);
    assert_hooks(world, NET_PLAN_UP, "eth1", "");
    assert_hooks(world, NET_PLAN_DOWN, "bond0",
                 "3 bond0: run " FOLDER "down.d/x bond0 down\n"
                 "3 eth1: run " FOLDER "down.d/x eth1 down\n");
}

static void test_boot(void)
{
    g_autoptr(World) world = hooked_world(NETWORK BOND "@/sbin/ifup-pre-local\n\n");
    assert_hooks(world, NET_PLAN_START, NULL,
                 "0 lo: run /sbin/ifup-pre-local ifcfg-lo boot\n"
                 "0 bond0: run /sbin/ifup-pre-local ifcfg-bond0 boot\n"
                 "1 eth1: run /sbin/ifup-pre-local ifcfg-eth1\n");
}

/* As ever: once more for each label, and nothing else of an alias. */
static void test_alias(void)
{
    g_autoptr(World) world =
        hooked_world(NETWORK NIC "@ifcfg-eth0:1\nDEVICE=eth0:1\nIPADDR=10.0.0.2\nPREFIX=24\n"
                                 "@/sbin/ifup-local\n\n@up.d/x\n\n");
    assert_hooks(world, NET_PLAN_UP, "eth0",
                 "3 eth0: run /sbin/ifup-local eth0, then " FOLDER
                 "up.d/x eth0 up, then /sbin/ifup-local eth0:1\n");
    world_reload(world, NETWORK NIC "NO_ALIASROUTING=yes\n@ifcfg-eth0:1\nDEVICE=eth0:1\nIPADDR=10.0.0.2\n"
                                    "PREFIX=24\n@/sbin/ifup-local\n\n");
    g_autofree char *path = case_path(world->root, "/sbin/ifup-local");
    g_chmod(path, 0755);
    world_read_again(world);
    assert_hooks(world, NET_PLAN_UP, "eth0", "3 eth0: run /sbin/ifup-local eth0\n");
}

static void test_none(void)
{
    g_autoptr(World) world = world_new(NETWORK NIC OLD NEW); /* none is executable */
    assert_hooks(world, NET_PLAN_START, NULL, "");
}

/* At boot alone, where no name is set, unless the file says no. */
static void test_host_name(void)
{
    g_autoptr(World) world = world_new(NETWORK NIC "IPADDR=10.0.0.1\nPREFIX=24\n");
    assert_hooks(world, NET_PLAN_START, NULL, "");
    world->sim->picture->is_nameless = TRUE;
    g_autofree char *got = hooks_of(world, NET_PLAN_START, NULL);
    g_assert_true(g_str_has_suffix(got, "/hostname-lookup eth0\n"));
    assert_hooks(world, NET_PLAN_UP, "eth0", "");
    world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
    assert_hooks(world, NET_PLAN_START, NULL, "");
    sim_set_up(world->sim, "eth0", FALSE);
    world_reload(world, NETWORK NIC "IPADDR=10.0.0.1\nPREFIX=24\nNO_DHCP_HOSTNAME=yes\n");
    assert_hooks(world, NET_PLAN_START, NULL, "");
}

static void test_environment(void)
{
    g_autoptr(World) world = hooked_world(NETWORK BOND "@/sbin/ifup-local\n\n");
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_START, NULL);
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = plan->ops->pdata[i];
        if (op->type != NET_OP_HOOK_RUN || !g_str_equal(op->dev, "eth1"))
            continue;
        g_autofree char *env = g_strjoinv(" ", op->hook.run->environment);
        g_autofree char *expected =
            g_strdup_printf("PATH=/sbin:/usr/sbin:/bin:/usr/bin HOME=/ DEVICE_IFACE=eth1 CONNECTION_ID=eth1 "
                            "CONNECTION_FILENAME=%s NETSVC_EVENT=up NETSVC_KIND=ethernet "
                            "NETSVC_CONTROLLER=bond0 NETSVC_BOOT=no",
                            net_model_find(world->model, "eth1")->file);
        g_assert_cmpstr(env, ==, expected);
        return;
    }
    g_assert_not_reached();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hooks/nic", test_nic);
    g_test_add_func("/hooks/bond", test_bond);
    g_test_add_func("/hooks/boot", test_boot);
    g_test_add_func("/hooks/alias", test_alias);
    g_test_add_func("/hooks/none", test_none);
    g_test_add_func("/hooks/host-name", test_host_name);
    g_test_add_func("/hooks/environment", test_environment);
    return g_test_run();
}
