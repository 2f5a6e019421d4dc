/* Pairs of configurations at random: from one to the other in one run, on the kernel in memory. Then there is
 * nothing to do, all is as after a fresh start, what others put there is there, and at no moment was anything
 * missing that was there before and is there after. The same when the run is killed after any operation.
 * SEEDS=N runs N pairs, SEED=N that one alone. */
#include "pair.h"
#include <stdlib.h>
#include <string.h>

enum { PAIRS = 60 };

/* Beyond the first ones, those that once took a second run: an MTU that moves from a port to its bridge, a
 * VLAN that moves off a bond whose file goes, a zeroconf route of a VLAN that is made anew; or failed, for
 * somebody's address on such a VLAN; or reloaded in vain, a VLAN that gets another name; or kept a bond whose
 * file goes, for what had stood on it and is of another kind now. */
static const guint32 telling[] = {995, 1301, 1468, 2237, 428, 811};

/* --- the smallest pair that shows it
 * ---------------------------------------------------------------------------------- */

static gboolean still_fails(const Pair *pair)
{
    guint kills = 0;
    g_autofree char *faults = pair_try(pair, &kills);
    return *faults != '\0';
}

static void keep_if_failing(Pair *pair, const Pair *smaller)
{
    if (memcmp(pair, smaller, sizeof *pair) != 0 && still_fails(smaller))
        *pair = *smaller;
}

static void shrink_dice(Pair *pair, guint device, guint aspect)
{
    Pair smaller = *pair;
    smaller.b.dice[device][aspect] = smaller.a.dice[device][aspect];
    keep_if_failing(pair, &smaller);
    smaller = *pair;
    smaller.a.dice[device][aspect] = smaller.b.dice[device][aspect] = 0;
    keep_if_failing(pair, &smaller);
    smaller = *pair;
    smaller.a.dice[device][aspect] = 0;
    keep_if_failing(pair, &smaller);
    smaller = *pair;
    smaller.b.dice[device][aspect] = 0;
    keep_if_failing(pair, &smaller);
}

static void shrink_device(Pair *pair, guint device)
{
    Pair smaller = *pair;
    random_config_drop(&smaller.a, device);
    random_config_drop(&smaller.b, device);
    keep_if_failing(pair, &smaller);
    smaller = *pair;
    random_config_drop(&smaller.a, device);
    keep_if_failing(pair, &smaller);
    smaller = *pair;
    random_config_drop(&smaller.b, device);
    keep_if_failing(pair, &smaller);
}

static void shrink(Pair *pair)
{
    for (guint i = 0; i < 8; i++) {
        Pair smaller = *pair;
        smaller.foreign_left_out |= 1U << i;
        keep_if_failing(pair, &smaller);
    }
    for (guint d = 0; d < RANDOM_DEVICES; d++)
        shrink_device(pair, d);
    for (guint d = 0; d <= RANDOM_DEVICES; d++)
        for (guint a = 0; a < RANDOM_ASPECTS; a++)
            shrink_dice(pair, d, a);
}

static void tell(const Pair *found)
{
    Pair pair = *found;
    guint kills = 0;
    shrink(&pair);
    g_autofree char *faults = pair_try(&pair, &kills);
    g_autofree char *a = random_config_files(&pair.a, FALSE), *b = random_config_files(&pair.b, FALSE);
    g_test_message("seed %u (SEED=%u tries it alone), made as small as it still fails:\nfrom\n%sto\n%s%s",
                   pair.seed, pair.seed, a, b, faults);
}

/* --- all of them
 * ----------------------------------------------------------------------------------------------------- */

static gboolean seed_try(guint32 seed, guint *ret_kills)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    Pair pair = {.seed = seed};
    random_config_roll(&pair.a, rand);
    pair.b = pair.a;
    random_config_change(&pair.b, rand);
    g_autofree char *faults = pair_try(&pair, ret_kills);
    if (*faults)
        tell(&pair);
    return !*faults;
}

static guint number_from(const char *name, guint fallback)
{
    const char *text = g_getenv(name);
    return text && *text ? (guint)atoi(text) : fallback;
}

static void test_pairs(void)
{
    guint first = number_from("SEED", 1),
          n = g_getenv("SEED") && *g_getenv("SEED") ? 1 : number_from("SEEDS", PAIRS);
    guint kills = 0, failed = 0;
    gint64 begin = g_get_monotonic_time();
    for (guint i = 0; i < n && failed < 3; i++)
        failed += !seed_try(first + i, &kills);
    for (guint i = 0; n > 1 && i < G_N_ELEMENTS(telling); i++)
        failed += !seed_try(telling[i], &kills);
    g_test_message("%u pairs, killed %u times in all, %u failed, %.1f s", n, kills, failed,
                   (double)(g_get_monotonic_time() - begin) / G_USEC_PER_SEC);
    g_assert_cmpuint(failed, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pairs/from-one-to-the-other", test_pairs);
    return g_test_run();
}
