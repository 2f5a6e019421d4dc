/* Rules and routes that go from one interface to another, or to where somebody else has one. */
#include "world-picture.h"
#include "world.h"
#include <string.h>
#include <sys/socket.h>

#define MOVING(dev)                                                                                          \
    "@ifcfg-" dev "\nDEVICE=" dev "\nIPADDR=10.1.0.2\nPREFIX=24\nGATEWAY=10.1.0.1\nARPCHECK=no\n"
#define BRIDGED "TYPE=Bridge\n@ifcfg-eth0\nBRIDGE=br0\n"
#define OUR_RULE(dev, table) "@rule-" dev "\nfrom 10.1.0.2 table " table "\n"

/* The kernel gives the numbers. */
static void add_rule_of_others(World *world, const char *text)
{
    g_autoptr(IfcfgRule) rule = ifcfg_rule_parse(text, AF_INET, world->sim->names, (IfcfgWhere){0}, NULL);
    g_autofree char *refused = sim_apply(world->sim, &(NetOp){.type = NET_OP_RULE_ADD, .rule = rule});
    g_assert_null(refused);
}

typedef struct {
    const World *world;
    guint least, most;
} RuleWatch;

static void watch_rules(const NetOp *op, gpointer data)
{
    RuleWatch *self = data;
    const GPtrArray *rules = self->world->sim->picture->rules;
    guint ours = 0;
    for (guint i = 0; i < rules->len; i++) {
        g_autofree char *text = ifcfg_rule_format(rules->pdata[i]);
        ours += strstr(text, "from 10.1.0.2") != NULL;
    }
    g_autofree char *line = net_op_format(op);
    if (ours < self->least)
        g_test_message("%u rules after %s", ours, line);
    self->least = MIN(self->least, ours);
    self->most = MAX(self->most, ours);
}

/* A rule without a priority has its number from the kernel, and another one from a kernel with more rules. */
static const char *const rule_moves[][2] = {
    {MOVING("eth0") OUR_RULE("eth0", "7") "@ifcfg-eth1\n",
     MOVING("eth0") "@ifcfg-eth1\n" OUR_RULE("eth1", "7")},
    {MOVING("eth0") OUR_RULE("eth0", "7"), MOVING("eth1") OUR_RULE("eth1", "7")},
    {MOVING("eth0") OUR_RULE("eth0", "7"), MOVING("eth1") OUR_RULE("eth1", "8")},
    {MOVING("eth0") OUR_RULE("eth0", "7"), MOVING("br0") BRIDGED OUR_RULE("br0", "7")},
    {MOVING("eth0") OUR_RULE("eth0", "7"), MOVING("eth0") OUR_RULE("eth0", "8")},
    {"@ifcfg-eth0\n" OUR_RULE("eth0", "7") MOVING("eth1"), MOVING("eth1") OUR_RULE("eth1", "7")},
};

static void test_rules(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rule_moves); i++) {
        g_autoptr(World) world = world_new_with_rules(rule_moves[i][0]);
        world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
        add_rule_of_others(world, "from 10.9.0.0/16 table 9");
        RuleWatch seen = {world, 9, 0};
        world_reload(world, rule_moves[i][1]);
        world->look = watch_rules;
        world->data = &seen;
        g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RESTART, NULL);
        g_autofree char *text = net_plan_format(plan);
        g_test_message("%s\n%s", rule_moves[i][1], text);
        world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
        g_assert_cmpuint(seen.least, ==, 1);
        world_assert_settled(world, rule_moves[i][1]);
    }
}

static guint count_rules(const World *world, const char *text)
{
    guint count = 0;
    for (guint i = 0; i < world->sim->picture->rules->len; i++) {
        g_autofree char *rule = ifcfg_rule_format(world->sim->picture->rules->pdata[i]);
        count += strstr(rule, text) != NULL;
    }
    return count;
}

#define NUMBERED(dev, number) "@rule-" dev "\nfrom 10.1.0.2 table 7 priority " number "\n"

/* Ours moves to where a rule of somebody else's is already, with the same selectors: that one survives it,
 * and whatever becomes of ours then; @again: the files of a third run, or NULL. */
static const struct {
    const char *before, *others, *after, *again, *dev;
} rules_of_others[] = {
    {MOVING("eth0") NUMBERED("eth0", "1000"), "2000", MOVING("eth0") NUMBERED("eth0", "2000"), NULL, "eth0"},
    {MOVING("eth0") OUR_RULE("eth0", "7"), "2000", MOVING("eth0") NUMBERED("eth0", "2000"), NULL, "eth0"},
    {MOVING("eth0") NUMBERED("eth0", "1000"), "2000", MOVING("eth0") NUMBERED("eth0", "2000"), MOVING("eth0"),
     "eth0"},
    {MOVING("eth0") NUMBERED("eth0", "1000"), "2000", MOVING("eth0") NUMBERED("eth0", "2000"),
     MOVING("eth0") NUMBERED("eth0", "1000"), "eth0"},
    {MOVING("eth0") OUR_RULE("eth0", "7") "@ifcfg-eth1\n", "500",
     MOVING("eth0") "@ifcfg-eth1\n" OUR_RULE("eth1", "7"), NULL, "eth1"},
};

static void test_rules_of_others(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rules_of_others); i++) {
        const char *others = rules_of_others[i].others, *again = rules_of_others[i].again;
        g_autofree char *text = g_strdup_printf("from 10.1.0.2 table 7 priority %s", others),
                        *number = g_strdup_printf("priority %s from 10.1.0.2", others);
        g_autoptr(World) world = world_new_with_rules(rules_of_others[i].before);
        world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
        add_rule_of_others(world, text);
        world_reload(world, rules_of_others[i].after);
        for (guint run = 0; run < 2; run++)
            world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
        world_assert_settled(world, rules_of_others[i].after);
        if (again)
            world_reload(world, again);
        world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
        g_assert_cmpuint(count_rules(world, number), ==, 1);
        world_run(world, NET_PLAN_DOWN, rules_of_others[i].dev, WORLD_ALL);
        g_test_message("%zu", i);
        g_assert_cmpuint(count_rules(world, number), ==, 1);
        g_assert_cmpuint(count_rules(world, "from 10.1.0.2"), ==, 1);
    }
}

/* Whoever has moved it by hand, and then in the file, has it as ours; so has whoever tries one by hand before
 * he writes it down. */
static void test_rules_by_hand(void)
{
    static const char *const before[] = {MOVING("eth0") NUMBERED("eth0", "1000"), MOVING("eth0")};
    for (gsize i = 0; i < G_N_ELEMENTS(before); i++) {
        g_autoptr(World) world = world_new_with_rules(before[i]);
        world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
        sim_drop_rules(world->sim);
        add_rule_of_others(world, "from 10.1.0.2 table 7 priority 2000");
        world_reload(world, MOVING("eth0") NUMBERED("eth0", "2000"));
        world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
        world_reload(world, MOVING("eth0"));
        world_run(world, NET_PLAN_RESTART, NULL, WORLD_ALL);
        g_assert_cmpuint(count_rules(world, "from 10.1.0.2"), ==, 0);
    }
}

static void note_route_ops(const NetOp *op, gpointer data)
{
    if (!op->is_only_recorded && !op->rivals &&
        (op->type == NET_OP_ROUTE_ADD || op->type == NET_OP_ROUTE_DELETE))
        ++*(guint *)data;
}

/* What the record has of it. */
static const char *list_routes(const World *world, const char *dev, const char *to)
{
    const LedgerEntry *entry = net_ledger_find(world->ledger, dev);
    for (guint i = 0; entry && i < entry->routes->len; i++)
        if (strstr(entry->routes->pdata[i], to))
            return entry->routes->pdata[i];
    return NULL;
}

/* One route that another file asks for from now on: nothing is done to it; one with another gateway is
 * replaced, and not taken away besides, unless the other interface fails. */
static void test_route_between_files(void)
{
#define TWO MOVING("eth0") "@ifcfg-eth1\nIPADDR=10.2.0.2\nPREFIX=24\nARPCHECK=no\n"
    static const struct {
        const char *before, *after, *plan;
        guint ops;
    } routes[] = {
        {TWO "@route-eth0\n10.9.0.0/16 via 10.2.0.9 dev eth1\n",
         TWO "@route-eth1\n10.9.0.0/16 via 10.2.0.9\n", NULL, 0},
        {TWO "@route-eth0\n10.9.0.0/16 via 10.1.0.9\n", TWO "@route-eth1\n10.9.0.0/16 via 10.2.0.9\n",
         "  if eth1 fails: eth0: remove route 10.9.0.0/16 via 10.1.0.9 dev eth0\n", 1},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(routes); i++) {
        guint ops = 0;
        g_autoptr(World) world = world_new(routes[i].before);
        world_run(world, NET_PLAN_START, NULL, WORLD_ALL);
        world_reload(world, routes[i].after);
        g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_RELOAD, NULL);
        g_autofree char *text = net_plan_format(plan);
        const char *removed = strstr(text, "remove route");
        g_test_message("%s", text);
        g_assert_true(!removed == !routes[i].plan);
        g_assert_true(!removed || strstr(text, routes[i].plan));
        world->look = note_route_ops;
        world->data = &ops;
        world_run(world, NET_PLAN_RELOAD, NULL, WORLD_ALL);
        g_assert_cmpuint(ops, ==, routes[i].ops);
        world_assert_settled(world, routes[i].after);
        g_assert_null(list_routes(world, "eth0", "10.9.0.0"));
        g_assert_nonnull(list_routes(world, "eth1", "10.9.0.0"));
    }
#undef TWO
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/moved-claims/rules", test_rules);
    g_test_add_func("/moved-claims/rules-of-others", test_rules_of_others);
    g_test_add_func("/moved-claims/rules-by-hand", test_rules_by_hand);
    g_test_add_func("/moved-claims/route-between-files", test_route_between_files);
    return g_test_run();
}
