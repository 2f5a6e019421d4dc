/* What a device reports beside what ETHTOOL_OPTS asks for: a line of a table each. */
#include "state/ethtool-state.h"

#include <string.h>

#define GIGABIT "-s supported=10baseT/Half 10baseT/Full 100baseT/Full 1000baseT/Full"

/* `state` is "KEY=VALUE|KEY=VALUE"; `difference` NULL: none. */
static const struct {
    const char *options, *state;
    gboolean has;
    const char *difference;
} cases[] = {
    {"-G eth0 rx 256 tx 256", "-G rx=256|-G tx=256", TRUE, NULL},
    {"-G eth0 rx 256 tx 256", "-G rx=256|-G tx=512", FALSE, "tx is 512, expected 256"},
    /* what is not reported is not known to be so, and no difference either */
    {"-G eth0 rx 256 tx 256", "-G rx=256", FALSE, NULL},
    {"-A eth0 rx on", "-G rx=on", FALSE, NULL},
    {"-K eth0 gro off", "-K rx-gro=off|-K rx-gro-list=on", TRUE, NULL},
    {"-K eth0 gro off", "-K rx-gro=on", FALSE, "gro is on, expected off"},
    {"-K eth0 tso on", "-K tx-tcp-segmentation=on|-K tx-tcp6-segmentation=off", FALSE,
     "tso is off, expected on"},
    /* one that cannot be changed counts only alone */
    {"-K eth0 tso on", "-K tx-tcp-segmentation=on|-K tx-tcp6-segmentation=off [fixed]", TRUE, NULL},
    {"-K eth0 lro off", "-K rx-lro=off [fixed]", TRUE, NULL},
    {"-K eth0 lro on", "-K rx-lro=off [fixed]", FALSE, "lro is off, expected on"},
    {"autoneg off speed 100 duplex full", "-s autoneg=off|-s speed=100|-s duplex=full", TRUE, NULL},
    {"autoneg off speed 100 duplex full", "-s autoneg=off|-s speed=10|-s duplex=full", FALSE,
     "speed is 10, expected 100"},
    /* without a cable nobody knows the speed */
    {"autoneg off speed 100", "-s autoneg=off", FALSE, NULL},
    /* negotiated: what is offered counts, not what came of it */
    {"autoneg on speed 100", "-s autoneg=on|-s speed=10|-s advertised=100baseT/Full 100baseT/Half", TRUE,
     NULL},
    {"speed 100 duplex full", "-s autoneg=on|-s speed=100|-s advertised=100baseT/Full 1000baseT/Full", FALSE,
     "it offers the other end 100baseT/Full 1000baseT/Full, expected speed 100"},
    {"speed 100 duplex full", "-s autoneg=on|-s advertised=100baseT/Full", TRUE, NULL},
    {"autoneg on", "-s autoneg=on", TRUE, NULL},
    {"autoneg on", "-s autoneg=on|-s advertised=100baseT/Full|" GIGABIT, FALSE,
     "it offers the other end 100baseT/Full, expected autoneg on"},
    {"wol g", "-s wol=g", TRUE, NULL},
    {"wol g", "-s wol=d", FALSE, "wol is d, expected g"},
    {"-U eth0 flow-type tcp4", "", FALSE, NULL},
};

static EthtoolState *state_read(const char *text)
{
    EthtoolState *state = ethtool_state_new();
    g_auto(GStrv) entries = g_strsplit(text, "|", -1);
    for (char **entry = entries; *entry; entry++) {
        g_auto(GStrv) halves = g_strsplit(*entry, "=", 2);
        g_auto(GStrv) words = halves[0] ? g_strsplit(halves[0], " ", 2) : NULL;
        if (words)
            ethtool_state_put(state, words[0], words[1], halves[1]);
    }
    return state;
}

static EthtoolRequest *request_read(const char *text)
{
    g_autoptr(GPtrArray) requests = ethtool_options_parse(text, "eth0", (IfcfgWhere){0}, NULL);
    g_assert_cmpuint(requests->len, ==, 1);
    return g_ptr_array_steal_index(requests, 0);
}

static void test_compare(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GHashTable) state = state_read(cases[i].state);
        EthtoolRequest *request = request_read(cases[i].options);
        const EthtoolSetting *setting = NULL;
        g_autofree char *difference = ethtool_state_difference(state, request, &setting);
        g_test_message("%s with %s", cases[i].options, cases[i].state);
        g_assert_cmpint(ethtool_state_has(state, request), ==, cases[i].has);
        g_assert_cmpstr(difference, ==, cases[i].difference);
        g_assert_true((setting != NULL) == (difference != NULL));
        ethtool_request_free(request);
    }
}

/* What was done is there, in a picture that had something else. */
static void test_foresee(void)
{
    static const char *const options[] = {"-G eth0 rx 64 tx 64",
                                          "-K eth0 gro off tso on",
                                          "autoneg off speed 100 duplex full",
                                          "speed 100 duplex full",
                                          "autoneg on",
                                          "wol ug"};
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
        g_autoptr(GHashTable) state = state_read(
            "-G rx=256|-G tx=512|-K rx-gro=on|-K tx-tcp-segmentation=off|-K tx-tcp6-segmentation=off "
            "[fixed]|-s autoneg=on|-s wol=d|-s advertised=1000baseT/Full|" GIGABIT);
        EthtoolRequest *request = request_read(options[i]);
        g_assert_false(ethtool_state_has(state, request));
        ethtool_state_foresee(state, request);
        g_assert_true(ethtool_state_has(state, request));
        ethtool_request_free(request);
    }
}

static void test_copy(void)
{
    g_autoptr(GHashTable) state = state_read("-G rx=256"), copy = ethtool_state_copy(state);
    ethtool_state_put(state, "-G", "rx", "512");
    g_assert_cmpstr(ethtool_state_get(copy, "-G", "rx"), ==, "256");
    g_assert_null(ethtool_state_get(NULL, "-G", "rx"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ethtool-state/compare", test_compare);
    g_test_add_func("/ethtool-state/foresee", test_foresee);
    g_test_add_func("/ethtool-state/copy", test_copy);
    return g_test_run();
}
