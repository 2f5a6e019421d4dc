/* Other programs' files, and what becomes of them: each row has the files, the files that come out, and what
 * is named as left behind. */
#include "foreign-cases.h"
#include "foreign/foreign.h"
#include "load.h"
#include "tree.h"
#include "writing/writing.h"

static gboolean is_shown(const char *line)
{
    return *line && *line != '#' && !g_str_has_prefix(line, "DEVICE=") && !g_str_has_prefix(line, "TYPE=") &&
           !g_str_equal(line, "ONBOOT=yes");
}

static void text_append(GString *all, const IfcfgText *text)
{
    g_autofree char *name = g_path_get_basename(text->path);
    g_auto(GStrv) lines = g_strsplit(text->text, "\n", -1);
    g_string_append_printf(all, "%s:", name);
    for (char **line = lines; *line; line++)
        if (is_shown(*line))
            g_string_append_printf(all, " %s", *line);
    g_string_append_c(all, '\n');
}

static char *problems_text(IfcfgProblems *problems)
{
    GString *all = g_string_new(NULL);
    ifcfg_problems_sort(problems);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(problems, i);
        g_autofree char *name = g_path_get_basename(problem->where.file ? problem->where.file : "-");
        g_string_append_printf(all, "%s:%u: %s\n", name, problem->where.line, problem->message);
    }
    return g_string_free(all, FALSE);
}

/* What comes out is without an error to our own reader, too. */
static void assert_checked(const GPtrArray *texts)
{
    g_autofree char *root = g_dir_make_tmp("foreign-XXXXXX", NULL);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_assert_true(ifcfg_texts_write(texts, root, FALSE, NULL));
    g_autoptr(NetModel) model = tree_load(root, NULL, problems);
    g_autofree char *said = problems_text(problems);
    if (ifcfg_problems_count(problems, IFCFG_ERROR))
        g_error("%s", said);
    case_remove(root);
}

static void test_row(gconstpointer data)
{
    const Row *row = data;
    g_autofree char *root = g_dir_make_tmp("foreign-XXXXXX", NULL), *dir = g_build_filename(root, "d", NULL);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_text_free);
    g_autoptr(GString) all = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    case_write(root, row->files);
    g_autoptr(GPtrArray) ifaces = net_foreign_read(row->from, dir, iface_kinds, problems, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < ifaces->len; i++)
        net_iface_write(ifaces->pdata[i], NULL, texts, problems);
    for (guint i = 0; i < texts->len; i++)
        text_append(all, texts->pdata[i]);
    g_autofree char *said = problems_text(problems);
    g_assert_cmpstr(all->str, ==, row->expected);
    g_assert_cmpstr(said, ==, row->problems);
    assert_checked(texts);
    case_remove(root);
}

/* What is no YAML, or none that anybody writes for networks. */
static void test_no_yaml(void)
{
    static const struct {
        const char *text, *error;
    } bad[] = {
        {"network:\n  ethernets: {eth0: {mtu: 1400}\n", ":3:1: did not find expected ',' or '}'"},
        {"a: &x {b: 1}\nc: *x\n", ":2:4: an alias is not supported: write out what it stands for"},
        {"? [a, b]\n: 1\n", ":1:3: what stands before a colon must be a word"},
        {"\tnetwork: 1\n", ":1:1: found character that cannot start any token"},
        {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", ":1:33: this is nested too deeply"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autofree char *root = g_dir_make_tmp("foreign-XXXXXX", NULL),
                        *path = g_build_filename(root, "x.yaml", NULL);
        g_autoptr(GError) error = NULL;
        g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
        g_assert_true(g_file_set_contents(path, bad[i].text, -1, NULL));
        g_autofree char *expected = g_strconcat(path, bad[i].error, NULL);
        g_assert_null(net_foreign_read("netplan", root, iface_kinds, problems, &error));
        g_assert_cmpstr(error->message, ==, expected);
        case_remove(root);
    }
}

static void test_unknown(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(net_foreign_read("wicked", "/", iface_kinds, NULL, &error));
    g_assert_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
    g_clear_error(&error);
    g_assert_null(net_foreign_read("ifupdown", "/nowhere", iface_kinds, NULL, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void rows_add(const Row *some, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *path = g_strdup_printf("/foreign/%s/%s", some[i].from, some[i].name);
        g_test_add_data_func(path, &some[i], test_row);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    rows_add(rows, G_N_ELEMENTS(rows));
    rows_add(nm_rows, G_N_ELEMENTS(nm_rows));
    g_test_add_func("/foreign/unknown", test_unknown);
    g_test_add_func("/foreign/netplan/no-yaml", test_no_yaml);
    return g_test_run();
}
