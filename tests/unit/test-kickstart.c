/* The `network` lines of a kickstart file, and the files that they come to. */
#include "kickstart-cases.h"
#include "kickstart/ks.h"

static char *problems_text(const IfcfgProblems *problems)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        g_autofree char *line = ifcfg_problem_format(ifcfg_problems_get(problems, i));
        g_string_append_printf(text, "%s\n", line);
    }
    return g_string_free(text, FALSE);
}

static char *files_text(const GPtrArray *files)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < files->len; i++) {
        const IfcfgText *file = files->pdata[i];
        g_autofree char *name = g_path_get_basename(file->path);
        g_auto(GStrv) lines = g_strsplit(file->text, "\n", -1);
        g_autofree char *rest = g_strjoinv(" ", lines + 1);
        g_string_append_printf(text, "%s: %s\n", name, g_strchomp(rest));
        g_assert_cmpuint(file->mode, ==, g_str_has_prefix(name, "keys-") ? 0600 : 0644);
    }
    return g_string_free(text, FALSE);
}

/* This machine has one card. */
static char *mac_of(const char *device)
{
    return g_str_equal(device, "eth1") ? g_strdup("52:54:00:00:00:01") : NULL;
}

static void test_row(gconstpointer data)
{
    const Row *row = data;
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GPtrArray) networks = ks_read("ks.cfg", row->kickstart, problems);
    g_autoptr(GPtrArray) files = ifcfg_problems_count(problems, IFCFG_ERROR)
                                     ? g_ptr_array_new()
                                     : ks_files(networks, "ks.cfg", mac_of, problems);
    ifcfg_problems_sort(problems);
    g_autofree char *told = problems_text(problems), *made = files_text(files);
    g_assert_cmpstr(told, ==, row->problems);
    if (row->files)
        g_assert_cmpstr(made, ==, row->files);
}

static void test_device_word(void)
{
    static const struct {
        const char *line, *word;
    } cases[] = {
        {"network --bootproto=dhcp\n", "link"}, {"network\n", "link"},
        {"network --device=link\n", "link"},    {"network --device=bootif\n", "bootif"},
        {"network --device=ibft\n", "ibft"},    {"network --device=52:54:00:12:34:56\n", "52:54:00:12:34:56"},
        {"network --device=eth0\n", NULL},      {"network --hostname=web01\n", NULL}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) networks = ks_read("ks.cfg", cases[i].line, NULL);
        g_assert_cmpstr(ks_device_word(networks->pdata[0]), ==, cases[i].word);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strdup_printf("/kickstart/%s", rows[i].name);
        g_test_add_data_func(path, &rows[i], test_row);
    }
    g_test_add_func("/kickstart/device-word", test_device_word);
    return g_test_run();
}
