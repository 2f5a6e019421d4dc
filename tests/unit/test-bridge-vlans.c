/* Lists of VLANs of bridges: read, written, compared. */
#include "bridge-vlans.h"
#include <glib.h>

static char *again(const char *text)
{
    g_autofree BridgeVlans *vlans = bridge_vlans_parse(text, NULL);
    return vlans ? bridge_vlans_format(vlans) : g_strdup("(bad)");
}

static void reads_and_writes(void)
{
    static const char *const texts[][2] = {
        {"", ""},
        {"1", "1"},
        {" 20-30 , 10 untagged pvid,", "10 pvid untagged,20-30"},
        {"5,6,7 untagged,8", "5-6,7 untagged,8"},
        {"1-4094", "1-4094"},
        {"10,10 untagged", "10 untagged"},
        {"0", "(bad)"},
        {"4095", "(bad)"},
        {"30-20", "(bad)"},
        {"10-", "(bad)"},
        {"ten", "(bad)"},
        {"pvid", "(bad)"},
        {"10 tagged", "(bad)"},
        {"10-11 pvid", "(bad)"},
        {"10 pvid,11 pvid", "(bad)"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *text = again(texts[i][0]);
        g_assert_cmpstr(text, ==, texts[i][1]);
    }
}

static void names_the_bad_part(void)
{
    g_autofree char *bad = NULL;
    g_assert_null(bridge_vlans_parse("10, 20 foo,30", &bad));
    g_assert_cmpstr(bad, ==, "20 foo");
}

static void compares(void)
{
    g_autofree char *lacking =
        bridge_vlans_lacking("1 untagged,10 pvid untagged,20-30", "1 pvid untagged,20-25");
    g_assert_cmpstr(lacking, ==, "1 untagged,10 pvid untagged,26-30");
    g_autofree char *left_over =
        bridge_vlans_left_over("20-30,40", "20-25", "1 pvid untagged,20-28,40 untagged,50");
    g_assert_cmpstr(left_over, ==, "26-28,40");
    g_autofree char *joined = bridge_vlans_joined("10 pvid,20", "1 pvid,20 untagged");
    g_assert_cmpstr(joined, ==, "1,10 pvid,20");
    g_autofree char *without = bridge_vlans_without("1 pvid untagged,20-30,300", "20-25 untagged,300");
    g_assert_cmpstr(without, ==, "1 pvid untagged,26-30");
}

static void adds_the_default(void)
{
    static const struct {
        const char *list;
        guint16 pvid;
        const char *expected;
    } rows[] = {
        {NULL, 1, "1 pvid untagged"},
        {"10", 1, "1 pvid untagged,10"},
        {"10 pvid", 1, "1 untagged,10 pvid"},
        {"1,10", 1, "1,10"},
        {"10", 0, "10"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = bridge_vlans_with_default(rows[i].list, rows[i].pvid);
        g_assert_cmpstr(text, ==, rows[i].expected);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bridge-vlans/reads-and-writes", reads_and_writes);
    g_test_add_func("/bridge-vlans/names-the-bad-part", names_the_bad_part);
    g_test_add_func("/bridge-vlans/compares", compares);
    g_test_add_func("/bridge-vlans/adds-the-default", adds_the_default);
    return g_test_run();
}
