/* The table of journal events against the catalogue that explains them. */
#include "console/message-ids.h"
#include <string.h>

static char *catalogue_load(void)
{
    g_autofree char *path = g_test_build_filename(G_TEST_DIST, "units", "netsvc.catalog", NULL);
    g_autoptr(GError) error = NULL;
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    return text;
}

static void test_every_event_has_a_code_of_its_own(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (int event = 0; event < EVENT_LAST; event++) {
        const char *code = log_event_code((LogEvent)event);
        g_assert_nonnull(code);
        g_assert_cmpuint(strspn(code, "abcdefghijklmnopqrstuvwxyz-"), ==, strlen(code));
        g_assert_true(g_hash_table_add(seen, (gpointer)code));
    }
}

static void test_every_event_is_explained_once(void)
{
    g_autofree char *catalogue = catalogue_load();
    for (int event = EVENT_NOTE + 1; event < EVENT_LAST; event++) {
        const char *id = log_event_id((LogEvent)event);
        g_assert_nonnull(id);
        g_assert_cmpuint(strlen(id), ==, 32);
        g_autofree char *heading = g_strdup_printf("\n-- %s\nSubject: ", id);
        const char *found = strstr(catalogue, heading);
        g_assert_nonnull(found);
        g_assert_null(strstr(found + 1, heading));
    }
}

static void test_nothing_else_is_explained(void)
{
    g_autofree char *catalogue = catalogue_load();
    guint headings = 0;
    for (const char *at = catalogue; (at = strstr(at, "\n-- ")); at++)
        headings++;
    g_assert_cmpuint(headings, ==, EVENT_LAST - 1); /* all but EVENT_NOTE */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/message-ids/codes", test_every_event_has_a_code_of_its_own);
    g_test_add_func("/message-ids/explained", test_every_event_is_explained_once);
    g_test_add_func("/message-ids/nothing-else", test_nothing_else_is_explained);
    return g_test_run();
}
