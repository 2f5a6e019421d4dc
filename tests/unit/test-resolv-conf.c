/* resolv.conf as a function of texts: shares come, others edit, shares go in any order. */
#include "state/resolv-conf.h"
#include <stdlib.h>
#include <string.h>

#define OWN "# kept by hand\noptions timeout:1 attempts:2\nsearch example.org\nnameserver 192.0.2.53\n"
#define E0 "eth0 nameserver 10.0.0.53;nameserver 10.0.0.54;search front.example.com"
#define E1 "eth1 nameserver 10.0.1.53;search back.example.com;options rotate"
#define BOTH                                                                                                 \
    "# kept by hand\noptions timeout:1 attempts:2\noptions rotate\n"                                         \
    "search front.example.com back.example.com example.org\n"                                                \
    "nameserver 10.0.0.53\nnameserver 10.0.0.54\nnameserver 10.0.1.53\n"
#define ONLY0                                                                                                \
    "# kept by hand\noptions timeout:1 attempts:2\nsearch front.example.com example.org\n"                   \
    "nameserver 10.0.0.53\nnameserver 10.0.0.54\n"
#define ONLY1                                                                                                \
    "# kept by hand\noptions timeout:1 attempts:2\noptions rotate\nsearch back.example.com example.org\n"    \
    "nameserver 10.0.1.53\n"

/* Steps: "ethN LINE;LINE": its share; "ethN": it has none; "=TEXT": somebody writes that; "?": the record is
 * lost. N is the rank. */
typedef struct {
    const char *name, *text, *saved;
    const char *steps[6];
    const char *then, *then_saved;
} MergeCase;

static const MergeCase cases[] = {
    {"one comes", OWN, NULL, {E0}, ONLY0, OWN},
    {"one comes and goes", OWN, NULL, {E0, "eth0"}, OWN, NULL},
    {"two, in their order", OWN, NULL, {E0, E1}, BOTH, OWN},
    {"two, the later one first", OWN, NULL, {E1, E0}, BOTH, OWN},
    {"the first goes", OWN, NULL, {E0, E1, "eth0"}, ONLY1, OWN},
    {"the second goes", OWN, NULL, {E0, E1, "eth1"}, ONLY0, OWN},
    {"both go, first first", OWN, NULL, {E0, E1, "eth0", "eth1"}, OWN, NULL},
    {"both go, second first", OWN, NULL, {E0, E1, "eth1", "eth0"}, OWN, NULL},
    {"no file",
     NULL,
     NULL,
     {E0},
     "search front.example.com\nnameserver 10.0.0.53\nnameserver 10.0.0.54\n",
     ""},
    {"no file, and back", NULL, NULL, {E0, "eth0"}, "", NULL},
    {"nobody has a share", OWN, NULL, {"eth0"}, OWN, NULL},
    {"options alone change nothing", OWN, NULL, {"eth0 options rotate"}, OWN, NULL},
    {"options alone beside another's share", OWN, NULL, {E0, "eth1 options rotate", E0}, ONLY0, OWN},
    {"another share",
     OWN,
     NULL,
     {E1, "eth1 nameserver 10.0.0.53;nameserver 10.0.0.54;search front.example.com"},
     ONLY0,
     OWN},
    {"one server of two interfaces",
     "",
     NULL,
     {"eth0 nameserver 10.0.0.53", "eth1 nameserver 10.0.0.53;nameserver 10.0.1.53", "eth0"},
     "nameserver 10.0.0.53\nnameserver 10.0.1.53\n",
     ""},
    {"two name the same servers in another order",
     "",
     NULL,
     {"eth0 nameserver 10.0.0.53;nameserver 10.0.1.53", "eth1 nameserver 10.0.1.53;nameserver 10.0.0.53"},
     "nameserver 10.0.0.53\nnameserver 10.0.1.53\n",
     ""},
    {"domain is a search list",
     "domain example.org\n",
     NULL,
     {"eth0 search a.example"},
     "search a.example example.org\n",
     "domain example.org\n"},
    /* the file has it all: change_resolv_conf() left it alone */
    {"there already",
     "nameserver 10.0.0.53\nnameserver 192.0.2.1\nsearch b a\n",
     NULL,
     {"eth0 nameserver 10.0.0.53;search a"},
     "nameserver 10.0.0.53\nnameserver 192.0.2.1\nsearch b a\n",
     "nameserver 10.0.0.53\nnameserver 192.0.2.1\nsearch b a\n"},
    {"there already, and stays there",
     "nameserver 10.0.0.53\n",
     NULL,
     {"eth0 nameserver 10.0.0.53", "eth0"},
     "nameserver 10.0.0.53\n",
     NULL},
    {"in another order",
     "nameserver 10.0.0.54\nnameserver 10.0.0.53\n",
     NULL,
     {"eth0 nameserver 10.0.0.53;nameserver 10.0.0.54"},
     "nameserver 10.0.0.53\nnameserver 10.0.0.54\n",
     "nameserver 10.0.0.54\nnameserver 10.0.0.53\n"},
    /* the old scripts were here: what they saved is what it goes back to */
    {"the old scripts' way back", ONLY0, OWN, {E0, "eth0"}, OWN, NULL},
    {"the old scripts' share, another file", ONLY0, OWN, {E1}, ONLY1, OWN},
    {"the record is lost", OWN, NULL, {E0, E1, "?", E0}, ONLY0, OWN},
    {"the record is lost, and back", OWN, NULL, {E0, E1, "?", E0, "eth0"}, OWN, NULL},
    /* others edit the file meanwhile */
    {"a comment comes", OWN, NULL, {E0, "=" ONLY0 "# more\n", "eth0"}, OWN "# more\n", NULL},
    {"a server comes, behind ours",
     OWN,
     NULL,
     {E0, "=" ONLY0 "nameserver 192.0.2.9\n", E0},
     ONLY0 "nameserver 192.0.2.9\n",
     OWN},
    {"a server comes, and back",
     OWN,
     NULL,
     {E0, "=" ONLY0 "nameserver 192.0.2.9\n", "eth0"},
     OWN "nameserver 192.0.2.9\n",
     NULL},
    {"a comment goes",
     "# a\n# b\nnameserver 192.0.2.1\n",
     NULL,
     {"eth0 nameserver 10.0.0.53", "=# b\nnameserver 10.0.0.53\n", "eth0"},
     "# b\nnameserver 192.0.2.1\n",
     NULL},
    {"a domain joins the list",
     "search example.org\n",
     NULL,
     {"eth0 search a", "=search a example.org b\n", "eth0"},
     "search example.org b\n",
     NULL},
    {"ours are wiped out",
     OWN,
     NULL,
     {E0, "=nameserver 192.0.2.7\n", E0},
     "search front.example.com\nnameserver 10.0.0.53\nnameserver 10.0.0.54\n",
     "nameserver 192.0.2.7\n"},
    {"ours are wiped out, and back",
     OWN,
     NULL,
     {E0, "=nameserver 192.0.2.7\n", "eth0"},
     "nameserver 192.0.2.7\n",
     NULL},
    {"the last line does not end",
     "nameserver 192.0.2.1",
     NULL,
     {"eth0 search a"},
     "nameserver 192.0.2.1\nsearch a\n",
     "nameserver 192.0.2.1"},
    {"words that only begin alike",
     "nameservers 1\n#nameserver 2\n",
     NULL,
     {"eth0 nameserver 10.0.0.53"},
     "nameservers 1\n#nameserver 2\nnameserver 10.0.0.53\n",
     "nameservers 1\n#nameserver 2\n"},
};

static NetNames *names_read(const char *lines)
{
    NetNames *names = net_names_new();
    g_auto(GStrv) parts = g_strsplit(lines, ";", -1);
    for (char **part = parts; *part; part++)
        net_names_add_line(names, *part);
    return names;
}

static void step_do(ResolvConf *conf, const char *step)
{
    if (*step == '=') {
        g_free(conf->text);
        conf->text = g_strdup(step + 1);
        return;
    }
    if (*step == '?') {
        resolv_conf_forget(conf);
        return;
    }
    g_autofree char *dev = g_strndup(step, strcspn(step, " "));
    g_autoptr(NetNames) names = names_read(step[strlen(dev)] ? step + strlen(dev) + 1 : "");
    resolv_conf_set(conf, dev, (guint)atoi(dev + strlen("eth")), names);
}

static void test_merge(gconstpointer data)
{
    const MergeCase *row = data;
    g_auto(ResolvConf) conf = {.text = g_strdup(row->text), .saved = g_strdup(row->saved)};
    resolv_conf_init(&conf);
    for (guint i = 0; i < G_N_ELEMENTS(row->steps) && row->steps[i]; i++)
        step_do(&conf, row->steps[i]);
    g_assert_cmpstr(conf.text, ==, row->then);
    g_assert_cmpstr(conf.saved, ==, row->then_saved);
    /* The same once more changes nothing, and all that there is to give is there. */
    for (guint i = 0; i < conf.shares->len; i++) {
        const ResolvShare *share = conf.shares->pdata[i];
        g_autoptr(NetNames) names = net_names_copy(share->names);
        g_autofree char *dev = g_strdup(share->dev);
        g_assert_true(resolv_conf_has_share(&conf, dev, names, NULL));
        resolv_conf_set(&conf, dev, share->rank, names);
    }
    g_assert_cmpstr(conf.text, ==, row->then);
    g_assert_cmpstr(conf.saved, ==, row->then_saved);
}

/* Whoever else owns the file: only the record changes. */
static void test_owned(void)
{
    g_auto(ResolvConf) conf = {.owner = RESOLV_IS_RESOLVED, .text = g_strdup(OWN)};
    resolv_conf_init(&conf);
    step_do(&conf, E0);
    g_assert_nonnull(resolv_conf_find(&conf, "eth0"));
    g_assert_cmpstr(conf.text, ==, OWN);
    g_assert_null(conf.saved);
    step_do(&conf, "eth0");
    g_assert_null(resolv_conf_find(&conf, "eth0"));
}

static void test_missing(void)
{
    static const char *const rows[][2] = {
        {"nameserver 10.0.0.53;nameserver 10.0.0.54", "nameserver 10.0.0.54"},
        {"nameserver 192.0.2.53;nameserver 10.0.0.53",
         "nameserver 10.0.0.53"}, /* it comes before the other */
        {"search example.com", "search example.com"},
        {"options rotate;search example.org", "options rotate"},
        {"nameserver 192.0.2.53;search example.org;options timeout:1", NULL},
    };
    g_auto(ResolvConf) conf = {.text = g_strdup("nameserver 10.0.0.53\n" OWN)};
    resolv_conf_init(&conf);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(NetNames) names = names_read(rows[i][0]);
        g_autofree char *missing = NULL;
        g_assert_true(resolv_conf_has(&conf, names, &missing) == !rows[i][1]);
        g_assert_cmpstr(missing, ==, rows[i][1]);
    }
}

/* --- in any order --- */

enum { DEVICES = 5, ROUNDS = 400, STEPS = 40 };

static const char *pick(const char *const *words, guint n)
{
    return words[g_test_rand_int_range(0, (gint32)n)];
}

/* NULL: it goes */
static NetNames *names_random(void)
{
    static const char *const servers[] = {"nameserver 10.0.0.53", "nameserver 192.0.2.53",
                                          "nameserver 2001:db8::53", "nameserver 10.0.1.53"},
                             *const others[] = {"search a.example", "search example.org", "search b.example",
                                                "options rotate", "options timeout:1"};
    NetNames *names = g_test_rand_int_range(0, 3) ? net_names_new() : NULL;
    for (gint i = g_test_rand_int_range(1, 4); names && i > 0; i--)
        net_names_add_line(names, pick(servers, G_N_ELEMENTS(servers)));
    for (gint i = g_test_rand_int_range(0, 3); names && i > 0; i--)
        net_names_add_line(names, pick(others, G_N_ELEMENTS(others)));
    return names;
}

static void assert_all_there(const ResolvConf *conf)
{
    for (guint i = 0; i < conf->shares->len; i++) {
        const ResolvShare *share = conf->shares->pdata[i];
        g_autofree char *missing = NULL;
        resolv_conf_has_share(conf, share->dev, share->names, &missing);
        g_assert_cmpstr(missing, ==, NULL);
    }
}

static void round_random(const char *before)
{
    g_auto(ResolvConf) conf = {.text = g_strdup(before)};
    resolv_conf_init(&conf);
    for (guint i = 0; i < STEPS || conf.shares->len; i++) {
        guint rank = (guint)g_test_rand_int_range(0, DEVICES);
        g_autofree char *dev = g_strdup_printf("eth%u", rank);
        g_autoptr(NetNames) names = i < STEPS ? names_random() : NULL;
        resolv_conf_set(&conf, dev, rank, names);
        assert_all_there(&conf);
    }
    g_assert_cmpstr(conf.text, ==, before);
    g_assert_null(conf.saved);
}

/* Each that is up finds all of its share, and behind the last one the file is what it was. */
static void test_any_order(void)
{
    static const char *const texts[] = {
        OWN, "", "search own.example\nnameserver 10.0.0.53\noptions rotate ndots:2\n; by hand\n",
        "domain own.example\nnameserver 2001:db8::53\n\n\n"};
    for (guint i = 0; i < ROUNDS; i++)
        round_random(texts[i % G_N_ELEMENTS(texts)]);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strdup_printf("/resolv-conf/%s", cases[i].name);
        g_test_add_data_func(path, &cases[i], test_merge);
    }
    g_test_add_func("/resolv-conf/owned", test_owned);
    g_test_add_func("/resolv-conf/missing", test_missing);
    g_test_add_func("/resolv-conf/any-order", test_any_order);
    return g_test_run();
}
