/* From one picture to another: what a configuration at random and others have made of a kernel is made again
 * on one that is another configuration's, and on an empty one. SEEDS=N tries N of them. */
#include "picture-text.h"
#include "plan/picture-plan.h"
#include "world-picture.h"
#include "world.h"
#include <stdlib.h>

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
    g_autofree char *difference = picture_difference_unordered(expected, picture);
    if (*difference)
        g_test_message("seed %u, %s: wanted (-), got (+):\n%s\n%s", seed, what, difference, story->str);
    g_assert_cmpstr(difference, ==, "");
    net_observed_free(picture);
}

/* What a NIC is by itself. */
static NetObserved *empty_picture(void)
{
    g_autoptr(World) world = world_new("@/etc/sysconfig/network\nNETWORKING=yes\n");
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
    g_test_add_func("/picture-plan/random", test_random);
    return g_test_run();
}
