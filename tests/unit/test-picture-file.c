/* A picture of the kernel that one process writes and another reads is the same one: what a trial goes back
 * to. */
#include "picture-text.h"
#include "plan/picture-plan.h"
#include "trial/picture-file.h"
#include "world-picture.h"
#include <string.h>

enum { SEEDS = 40 };

static NetObserved *picture_of(guint32 seed)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    RandomConfig config;
    random_config_roll(&config, rand);
    return world_picture(&config, seed);
}

static void assert_same(const NetObserved *wanted, const NetObserved *actual, guint32 seed)
{
    g_autofree char *difference = picture_difference(wanted, actual);
    g_autoptr(NetPlan) plan = net_plan_to_picture(wanted, actual, NULL);
    g_autofree char *text = net_plan_format(plan);
    if ((difference && *difference) || plan->ops->len)
        g_error("seed %u: %s%s", seed, difference, text);
}

static void test_round_trip(void)
{
    for (guint32 seed = 1; seed <= SEEDS; seed++) {
        g_autoptr(NetObserved) picture = picture_of(seed), again = NULL;
        g_autofree char *text = picture_to_text(picture);
        again = picture_from_text(text);
        g_assert_nonnull(again);
        assert_same(again, picture, seed);
    }
}

/* Half a picture would be gone back to as if it were all. */
static void test_cut(void)
{
    g_autoptr(NetObserved) picture = picture_of(1);
    g_autofree char *text = picture_to_text(picture);
    for (gsize length = 0; length + 1 < strlen(text); length += 7) {
        g_autofree char *cut = g_strndup(text, length);
        g_autoptr(NetObserved) read = picture_from_text(cut);
        g_assert_null(read);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/picture-file/round-trip", test_round_trip);
    g_test_add_func("/picture-file/cut", test_cut);
    return g_test_run();
}
