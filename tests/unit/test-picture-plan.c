/* From one picture to another: what a configuration at random and others have made of a kernel is made again
 * on one that is another configuration's, and on an empty one. SEEDS=N tries N of them. */
#include "picture-text.h"
#include "plan/picture-plan.h"
#include "world-picture.h"
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <sys/socket.h>

enum { SEEDS = 60, PASSES = 3 };

/* Returns the operations of all passes; what is left to do after the last is a fault. */
static guint go(const NetObserved *wanted, NetObserved **picture, GString *story)
{
    guint n = 0;
    for (guint pass = 0; pass < PASSES; pass++) {
        g_autoptr(NetPlan) plan = net_plan_to_picture(wanted, *picture, NULL);
        g_autofree char *text = net_plan_format(plan);
        NetObserved *after = net_predict_plan(*picture, plan, NULL);
        g_string_append_printf(story, "%s\n", text);
        net_observed_free(*picture);
        *picture = after;
        n += plan->ops->len;
        if (!plan->ops->len)
            break;
    }
    return n;
}

static void lose_text(LinkValues *values, const LinkOption *option)
{
    link_values_set(values, option, NULL);
}

/* Options that do nothing in this mode are nobody's concern; and a bond that is to have the MAC of the port
 * in use takes no other. */
static void forget_useless(NetObserved *picture)
{
    for (guint i = 0; i < picture->links->len; i++) {
        ObservedLink *link = picture->links->pdata[i];
        guint32 mode = 0;
        if (!link->own || !link->own->family->selector)
            continue;
        link_family_selector_parse(link->own->family,
                                   link_values_find(link->own, link->own->family->selector), &mode);
        for (gsize n = 0; n < link->own->table->n; n++)
            if (!link_option_is_useful(&link->own->table->rows[n], mode))
                lose_text(link->own, &link->own->table->rows[n]);
        const char *mac = link_values_find(link->own, "fail_over_mac");
        if (mac && !g_str_equal(mac, "none"))
            link->mac.length = 0;
    }
}

/* A neighbour that came since then is somebody else's. */
static void forget_new_neighbours(NetObserved *picture, const NetObserved *wanted)
{
    for (guint i = picture->neighbours->len; i-- > 0;) {
        ObservedNeighbour neighbour = g_array_index(picture->neighbours, ObservedNeighbour, i);
        const ObservedLink *link = net_observed_link_by_index(picture, neighbour.ifindex),
                           *there = link ? net_observed_link(wanted, link->name) : NULL;
        neighbour.ifindex = there ? there->ifindex : 0;
        if (!net_observed_has_neighbour(wanted, &neighbour))
            g_array_remove_index(picture->neighbours, i);
    }
}

/* Without a primary the driver chooses which port sends by the MAC of a bond that balances: that one has the
 * bond's, each other one its own. Returns: how many have the bond's, which nobody chooses. */
static guint forget_sender(NetObserved *picture, const ObservedLink *bond)
{
    const GPtrArray *ports = net_observed_ports_of(picture, bond->ifindex);
    guint n = 0;
    for (guint i = 0; ports && i < ports->len; i++) {
        ObservedLink *port = ports->pdata[i];
        gboolean sends = ifcfg_mac_equal(&port->mac, &bond->mac);
        n += sends;
        if (sends || ifcfg_mac_equal(&port->mac, &port->perm_mac))
            port->mac.length = 0;
    }
    return n;
}

static gboolean sender_is_free(const ObservedLink *link)
{
    const char *mode = link->own ? link_values_find(link->own, "mode") : NULL,
               *primary = mode ? link_values_find(link->own, "primary") : NULL;
    return mode && g_str_has_prefix(mode, "balance-") && g_str_has_suffix(mode, "lb") &&
           !(primary && *primary);
}

static void forget_senders(NetObserved *expected, NetObserved *picture)
{
    for (guint i = 0; i < expected->links->len; i++) {
        const ObservedLink *wanted = expected->links->pdata[i],
                           *link = net_observed_link(picture, wanted->name);
        if (link && sender_is_free(wanted) && sender_is_free(link))
            g_assert_cmpuint(forget_sender(picture, link), ==, forget_sender(expected, wanted));
    }
}

static void check(const NetObserved *wanted, const NetObserved *from, const char *what, guint32 seed)
{
    NetObserved *picture = net_observed_copy(from);
    g_autoptr(GString) story = g_string_new(NULL);
    go(wanted, &picture, story);
    g_autoptr(NetObserved) expected = net_observed_copy(wanted);
    picture_learn(picture, wanted);
    forget_useless(picture);
    forget_new_neighbours(picture, wanted);
    forget_useless(expected);
    forget_senders(expected, picture);
    g_autofree char *difference = picture_difference_unordered(expected, picture);
    if (*difference)
        g_test_message("seed %u, %s: wanted (-), got (+):\n%s\n%s", seed, what, difference, story->str);
    g_assert_cmpstr(difference, ==, "");
    net_observed_free(picture);
}

/* What a NIC is by itself. */
static NetObserved *empty_picture(void)
{
    g_autoptr(World) world = world_new_with_rules("@/etc/sysconfig/network\nNETWORKING=yes\n");
    return sim_observe(world->sim);
}

static void seed_try(guint32 seed)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    RandomConfig config = {.dice = {{0}}};
    random_config_roll(&config, rand);
    g_autoptr(NetObserved) a = world_picture(&config, seed);
    random_config_change(&config, rand);
    g_autoptr(NetObserved) b = world_picture(&config, seed + 1);
    g_autoptr(NetObserved) empty = empty_picture();
    check(a, empty, "from nothing", seed);
    check(a, b, "back", seed);
    check(b, a, "forth", seed);
}

static void test_random(void)
{
    const char *seeds = g_getenv("SEEDS"), *seed = g_getenv("SEED");
    guint first = seed && *seed ? (guint)atoi(seed) : 1, n = seed && *seed     ? 1
                                                             : seeds && *seeds ? (guint)atoi(seeds)
                                                                               : SEEDS;
    for (guint i = 0; i < n; i++)
        seed_try(first + i);
}

/* A port that sends now and did not, and one that brings a MAC that is not its own. */
static void test_balanced(void)
{
    seed_try(227);
    seed_try(324);
}

static void test_nothing_to_do(void)
{
    RandomConfig config = {.dice = {{0}}};
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);
    random_config_roll(&config, rand);
    g_autoptr(NetObserved) picture = world_picture(&config, 1);
    g_autoptr(NetPlan) plan = net_plan_to_picture(picture, picture, NULL);
    g_autofree char *text = net_plan_format(plan);
    if (plan->ops->len)
        g_test_message("%s", text);
    g_assert_cmpuint(plan->ops->len, ==, 0);
}

static void add_rule(const World *world, const char *text)
{
    IfcfgWhere nowhere = {0};
    g_autoptr(IfcfgRule) rule = ifcfg_rule_parse(text, AF_INET, world->sim->names, nowhere, NULL);
    NetOp op = {.type = NET_OP_RULE_ADD, .rule = rule};
    g_assert_null(sim_apply(world->sim, &op));
}

/* The only address was chosen otherwise: it goes and comes back, and all routes fall with it. */
static NetObserved *with_falling_routes(World *world, const char *rule)
{
    sim_set_up(world->sim, "eth0", TRUE);
    sim_add_address(world->sim, "eth0", "10.0.0.1/24");
    sim_add_route(world->sim, "eth0", "10.58.4.0/24 dev eth0");
    sim_add_route(world->sim, "eth0", "10.58.5.0/24 via 10.58.4.1 dev eth0");
    add_rule(world, rule);
    NetObserved *wanted = sim_observe(world->sim);
    GPtrArray *addresses = world->sim->picture->addresses;
    ((ObservedAddress *)addresses->pdata[addresses->len - 1])->scope = RT_SCOPE_LINK;
    return wanted;
}

static char *refused_text(const NetObserved *before, const NetPlan *plan)
{
    g_autoptr(GPtrArray) refusals = NULL;
    g_autoptr(NetObserved) after = net_predict_plan(before, plan, &refusals);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < refusals->len; i++) {
        const NetRefusal *refusal = refusals->pdata[i];
        g_autofree char *op = net_op_format(refusal->op);
        g_string_append_printf(text, "%s: %s\n", op, g_strerror(refusal->code));
    }
    return g_string_free(text, FALSE);
}

/* Its gateway is looked up by the rules: behind one that knows no way comes `main`. */
static void test_route_behind_rule(void)
{
    g_autoptr(World) world = world_new_with_rules("@/etc/sysconfig/network\nNETWORKING=yes\n");
    g_autoptr(NetObserved) wanted = with_falling_routes(world, "to 10.58.0.0/16 table 108 priority 408");
    check(wanted, world->sim->picture, "behind a rule", 0);
}

static void expect_refused(const NetObserved *from, const NetPlan *plan)
{
    g_autofree char *refused = refused_text(from, plan);
    g_assert_true(g_str_has_suffix(refused, ": Permission denied\n"));
    g_assert_nonnull(strstr(refused, "10.58.5.0/24 via 10.58.4.1"));
    g_assert_true(strchr(refused, '\n') == strrchr(refused, '\n'));
}

/* With a rule that forbids the way no kernel takes the route: that is told, once, by each plan. */
static void test_route_refused(void)
{
    g_autoptr(World) world = world_new_with_rules("@/etc/sysconfig/network\nNETWORKING=yes\n");
    g_autoptr(NetObserved) wanted = with_falling_routes(world, "to 10.58.0.0/16 prohibit priority 408");
    g_autoptr(NetPlan) plan = net_plan_to_picture(wanted, world->sim->picture, NULL);
    expect_refused(world->sim->picture, plan);
    g_autoptr(NetObserved) after = net_predict_plan(world->sim->picture, plan, NULL);
    g_autoptr(NetPlan) again = net_plan_to_picture(wanted, after, NULL);
    g_assert_cmpuint(again->ops->len, ==, 1);
    expect_refused(after, again);
}

static void set_new(const char *name, NetPictureScope *scope)
{
    *scope = (NetPictureScope){.devices = g_hash_table_new(g_str_hash, g_str_equal)};
    g_hash_table_add(scope->devices, (gpointer)name);
}

/* Others changed a device that the scope has not. */
static void test_scope(void)
{
    g_autoptr(World) world = world_new("@/etc/sysconfig/network\nNETWORKING=yes\n");
    sim_set_up(world->sim, "eth0", TRUE);
    sim_set_up(world->sim, "eth1", TRUE);
    sim_add_address(world->sim, "eth0", "10.0.0.1/24");
    g_autoptr(NetObserved) wanted = sim_observe(world->sim);
    sim_drop_addresses(world->sim, "eth0");
    sim_add_address(world->sim, "eth0", "10.0.0.2/24");
    sim_add_address(world->sim, "eth1", "10.1.0.1/24");
    NetPictureScope scope;
    set_new("eth0", &scope);
    g_autoptr(NetPlan) plan = net_plan_to_picture(wanted, world->sim->picture, &scope);
    for (guint i = 0; i < plan->ops->len; i++)
        g_free(sim_apply(world->sim, plan->ops->pdata[i]));
    g_assert_true(sim_has_address(world->sim, "eth0", "10.0.0.1/24"));
    g_assert_false(sim_has_address(world->sim, "eth0", "10.0.0.2/24"));
    g_assert_true(sim_has_address(world->sim, "eth1", "10.1.0.1/24"));
    g_hash_table_unref(scope.devices);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/picture-plan/nothing-to-do", test_nothing_to_do);
    g_test_add_func("/picture-plan/scope", test_scope);
    g_test_add_func("/picture-plan/route-behind-rule", test_route_behind_rule);
    g_test_add_func("/picture-plan/route-refused", test_route_refused);
    g_test_add_func("/picture-plan/balanced", test_balanced);
    g_test_add_func("/picture-plan/random", test_random);
    return g_test_run();
}
