/* ETHTOOL_OPTS: each line of a table is a text, what is read from it, and what is said about it. */
#include "ethtool-options.h"

#include <string.h>

/* "-G eth0 [rx=256 tx=256]"; a part that is left to the program has no brackets. */
static void request_append(GString *text, const EthtoolRequest *request)
{
    g_autofree char *line = ethtool_request_format(request);
    g_string_append_printf(text, "%s%s", text->len ? "; " : "", line);
    if (!request->verb)
        return;
    g_string_append(text, " [");
    for (guint i = 0; i < request->settings->len; i++) {
        const EthtoolSetting *setting = g_ptr_array_index(request->settings, i);
        g_string_append_printf(text, "%s%s=%" G_GINT64_FORMAT, i ? " " : "", setting->word, setting->number);
    }
    g_string_append(text, "]");
}

static const struct {
    const char *text, *result, *says;
} cases[] = {
    {"speed 1000 duplex full", "-s eth0 speed 1000 duplex full [speed=1000 duplex=1]", ""},
    {"autoneg off speed 100 duplex half",
     "-s eth0 autoneg off speed 100 duplex half [autoneg=0 speed=100 duplex=0]", ""},
    {"wol g", "-s eth0 wol g [wol=32]", ""},
    {"wol ug", "-s eth0 wol ug [wol=34]", ""},
    {"wol d", "-s eth0 wol d [wol=0]", ""},
    {"-s ${DEVICE} speed 1000 autoneg on", "-s eth0 speed 1000 autoneg on [speed=1000 autoneg=1]", ""},
    {"-K $DEVICE tso off; -G ${DEVICE} rx 4096;-C eth0 rx-usecs 0 ;",
     "-K eth0 tso off [tso=0]; -G eth0 rx 4096 [rx=4096]; -C eth0 rx-usecs 0 [rx-usecs=0]", ""},
    {"-G eth0 rx 256 tx 256; -K eth0 gro off; autoneg on",
     "-G eth0 rx 256 tx 256 [rx=256 tx=256]; -K eth0 gro off [gro=0]; -s eth0 autoneg on [autoneg=1]", ""},
    {"--pause eth0 autoneg on", "--pause eth0 autoneg on [autoneg=1]", ""},
    {"--offload eth0 rx-gro-list on", "--offload eth0 rx-gro-list on [rx-gro-list=1]", ""},
    {"-K  tso off", "-K eth0 tso off [tso=0]", ""},
    {"-G rx 256", "-G eth0 rx 256 [rx=256]", ""},
    {"-U eth0 flow-type tcp4 dst-port 80 action 2", "-U eth0 flow-type tcp4 dst-port 80 action 2", ""},
    {"-s eth0 advertise 0x20", "-s eth0 advertise 0x20", ""},
    {"", "", ""},
    {" ; ;", "", ""},
    {"-K eth1 gro off", "-K eth1 gro off [gro=0]",
     "x:2:17: warning: ETHTOOL_OPTS: this is about eth1, in the file of eth0\n"},
    {"-G eth0 rx lots; wol g", "-s eth0 wol g [wol=32]",
     "x:2:25: error: ETHTOOL_OPTS: rx=lots is not possible: use 0 to 4294967295\n"},
    {"autoneg perhaps", "",
     "x:2:22: error: ETHTOOL_OPTS: autoneg=perhaps is not possible: use off (0) or on (1)\n"},
    {"wol x", "", "x:2:18: error: ETHTOOL_OPTS: wol=x is not possible: use letters of pumbagsfd\n"},
    {"-K eth0 gro yes", "", "x:2:26: error: ETHTOOL_OPTS: gro=yes is not possible: use on or off\n"},
    {"speed 1000 duplex", "", "x:2:25: error: ETHTOOL_OPTS: duplex has no value\n"},
    {"-G eth0 rx default", "",
     "x:2:25: error: ETHTOOL_OPTS: rx=default is not possible: use 0 to 4294967295\n"},
    {"-C eth0 rx-usec 3", "-C eth0 rx-usec 3",
     "x:2:22: warning: ETHTOOL_OPTS: `ethtool -C` does not take 'rx-usec'; did you mean rx-usecs?\n"},
};

static void test_parse(void)
{
    IfcfgWhere where = {g_intern_string("x"), 2, 14};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
        g_autoptr(GPtrArray) requests = ethtool_options_parse(cases[i].text, "eth0", where, problems);
        g_autoptr(GString) result = g_string_new(NULL), says = g_string_new(NULL);
        for (guint n = 0; n < requests->len; n++)
            request_append(result, g_ptr_array_index(requests, n));
        for (guint n = 0; n < ifcfg_problems_length(problems); n++) {
            g_autofree char *line = ifcfg_problem_format(ifcfg_problems_get(problems, n));
            g_string_append_printf(says, "%s\n", line);
        }
        g_assert_cmpstr(result->str, ==, cases[i].result);
        g_assert_cmpstr(says->str, ==, cases[i].says);
    }
}

/* Every row is found by its own name, and has a message and a width that it can be sent with. */
static void test_table(void)
{
    gsize n;
    const EthtoolVerb *verbs = ethtool_verbs(&n);
    for (gsize i = 0; i < n; i++) {
        g_assert_true(ethtool_verb_find(verbs[i].alias) == &verbs[i]);
        g_assert_true(verbs[i].has_features == !verbs[i].n);
        for (gsize r = 0; r < verbs[i].n; r++) {
            const EthtoolRow *row = &verbs[i].rows[r];
            g_assert_true(ethtool_verb_row(&verbs[i], row->option.name) == row);
            g_assert_cmpuint(row->get, !=, 0);
            g_assert_cmpuint(row->option.attr, >, 1);
            g_assert_true(row->form == ETHTOOL_FORM_BITS || row->option.width == 1 || row->option.width == 4);
        }
    }
}

static void test_features(void)
{
    g_assert_true(ethtool_feature_matches(ethtool_feature_pattern("tso"), "tx-tcp-segmentation"));
    g_assert_true(ethtool_feature_matches(ethtool_feature_pattern("tso"), "tx-tcp6-segmentation"));
    g_assert_false(ethtool_feature_matches(ethtool_feature_pattern("tso"), "tx-udp-segmentation"));
    g_assert_true(ethtool_feature_matches(ethtool_feature_pattern("generic-receive-offload"), "rx-gro"));
    g_assert_false(ethtool_feature_matches(ethtool_feature_pattern("gro"), "rx-gro-list"));
    g_assert_true(ethtool_feature_matches(ethtool_feature_pattern("rx-gro-list"), "rx-gro-list"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ethtool-options/parse", test_parse);
    g_test_add_func("/ethtool-options/table", test_table);
    g_test_add_func("/ethtool-options/features", test_features);
    return g_test_run();
}
