/* ifcfg-parse FILE... [--json]: prints what was understood of configuration files, and changes nothing. */
#include "i18n-program.h"
#include "ifcfg-file.h"
#include "ifcfg-record.h"
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static gboolean as_json, show_version;
static char **files;

static const GOptionEntry options[] = {
    {"json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("One JSON object a file, a line each"), NULL},
    {"version", 0, 0, G_OPTION_ARG_NONE, &show_version, N_("Print the version"), NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "FILE..."},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

/* File contents need not be UTF-8, but JSON must be. */
static void add_text(JsonBuilder *builder, const char *name, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    json_builder_set_member_name(builder, name);
    json_builder_add_string_value(builder, valid);
}

static void add_place(JsonBuilder *builder, guint line, guint column)
{
    json_builder_set_member_name(builder, "line");
    json_builder_add_int_value(builder, line);
    json_builder_set_member_name(builder, "column");
    json_builder_add_int_value(builder, column);
}

static void add_assignments(JsonBuilder *builder, const IfcfgRecord *record)
{
    json_builder_set_member_name(builder, "assignments");
    json_builder_begin_array(builder);
    for (guint i = 0; record && i < ifcfg_record_length(record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(record, i);
        json_builder_begin_object(builder);
        add_text(builder, "key", assignment->key);
        add_text(builder, "value", assignment->value);
        add_place(builder, assignment->where.line, assignment->where.column);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

static void add_problems(JsonBuilder *builder, const IfcfgProblems *problems)
{
    json_builder_set_member_name(builder, "problems");
    json_builder_begin_array(builder);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(problems, i);
        json_builder_begin_object(builder);
        add_place(builder, problem->where.line, problem->where.column);
        add_text(builder, "severity", ifcfg_severity_name(problem->severity));
        add_text(builder, "message", problem->message);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

static void print_json(const char *path, const IfcfgRecord *record, const IfcfgProblems *problems)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    add_text(builder, "file", path);
    add_assignments(builder, record);
    add_problems(builder, problems);
    json_builder_end_object(builder);
    g_autoptr(JsonNode) root = json_builder_get_root(builder);
    g_autofree char *text = json_to_string(root, FALSE);
    puts(text);
}

static void print_text(const char *path, const IfcfgRecord *record, const IfcfgProblems *problems)
{
    printf("# %s\n", path);
    for (guint i = 0; record && i < ifcfg_record_length(record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(record, i);
        g_autofree char *quoted = g_shell_quote(assignment->value);
        gboolean plain = !strpbrk(assignment->value, " \t\n\\\"'`$;&|<>()*?[]~#");
        printf("%s=%s\n", assignment->key, plain ? assignment->value : quoted);
    }
    fflush(stdout);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        g_autofree char *text = ifcfg_problem_format(ifcfg_problems_get(problems, i));
        fprintf(stderr, "%s\n", text);
    }
}

/* A file in a folder network-scripts sees the variables of the file `network` beside that folder, as it would
 * at boot. */
static IfcfgRecord *load_defaults(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(folder);
    if (!g_str_equal(name, "network-scripts"))
        return NULL;
    g_autofree char *parent = g_path_get_dirname(folder),
                    *network = g_build_filename(parent, "network", NULL);
    return ifcfg_record_load(network, NULL, NULL, NULL);
}

static gboolean parse_file(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(IfcfgRecord) defaults = load_defaults(path);
    g_autoptr(IfcfgRecord) record = ifcfg_record_load(path, defaults, problems, &error);
    if (!record)
        ifcfg_file_report(problems, path, error);
    ifcfg_problems_sort(problems);
    if (as_json)
        print_json(path, record, problems);
    else
        print_text(path, record, problems);
    return record != NULL;
}

int main(int argc, char **argv)
{
    i18n_begin();
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_summary(context,
                                 _("Reads ifcfg files as data and prints their assignments and problems."));
    g_option_context_add_main_entries(context, options, GETTEXT_PACKAGE);
    if (!g_option_context_parse(context, &argc, &argv, &error) || (!files && !show_version)) {
        fprintf(stderr, _("ifcfg-parse: %s\nUsage: ifcfg-parse FILE... [--json]\n"),
                error ? error->message : _("no file given"));
        return 2;
    }
    if (show_version) {
        puts("ifcfg-parse " NETSVC_VERSION);
        return EXIT_SUCCESS;
    }
    gboolean all_read = TRUE;
    for (char **file = files; *file; file++)
        all_read = parse_file(*file) && all_read;
    g_strfreev(files);
    return all_read ? EXIT_SUCCESS : EXIT_FAILURE;
}
