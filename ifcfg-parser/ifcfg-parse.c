/* ifcfg-parse FILE... [--json | --shell]: prints what was understood of configuration files, and changes
 * nothing. */
#include "i18n-program.h"
#include "ifcfg-file.h"
#include "ifcfg-quote.h"
#include "ifcfg-record.h"
#include "ifcfg-route.h"
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static gboolean as_json, as_shell, show_version;
static char **files;

static const GOptionEntry options[] = {
    {"json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("One JSON object a file, a line each"), NULL},
    {"shell", 0, 0, G_OPTION_ARG_NONE, &as_shell, N_("Assignments that a shell can eval, all quoted"), NULL},
    {"version", 0, 0, G_OPTION_ARG_NONE, &show_version, N_("Print the version"), NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "FILE..."},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

/* One line of a route or rule file, in the words of `ip route add` or `ip rule add`. */
typedef struct {
    IfcfgWhere where;
    char *text;
} Line;

typedef struct {
    const char *path;
    IfcfgRecord *record; /* NULL: could not be read */
    gboolean is_rules;
    GArray *lines; /* of Line; NULL: a file of assignments */
    IfcfgProblems *problems;
} File;

static void line_clear(gpointer data)
{
    g_free(((Line *)data)->text);
}

static void file_clear(File *self)
{
    g_clear_pointer(&self->record, ifcfg_record_unref);
    g_clear_pointer(&self->lines, g_array_unref);
    g_clear_pointer(&self->problems, ifcfg_problems_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(File, file_clear)

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

static void add_lines(JsonBuilder *builder, const File *file)
{
    json_builder_set_member_name(builder, file->is_rules ? "rules" : "routes");
    json_builder_begin_array(builder);
    for (guint i = 0; i < file->lines->len; i++) {
        const Line *line = &g_array_index(file->lines, Line, i);
        json_builder_begin_object(builder);
        add_text(builder, "text", line->text);
        add_place(builder, line->where.line, line->where.column);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

static void print_json(const File *file)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    add_text(builder, "file", file->path);
    add_assignments(builder, file->record);
    if (file->lines)
        add_lines(builder, file);
    add_problems(builder, file->problems);
    json_builder_end_object(builder);
    g_autoptr(JsonNode) root = json_builder_get_root(builder);
    g_autofree char *text = json_to_string(root, FALSE);
    puts(text);
}

static void print_problems(const File *file)
{
    fflush(stdout);
    for (guint i = 0; i < ifcfg_problems_length(file->problems); i++) {
        g_autofree char *text = ifcfg_problem_format(ifcfg_problems_get(file->problems, i));
        fprintf(stderr, "%s\n", text);
    }
}

static void print_shell(const File *file)
{
    for (guint i = 0; file->record && i < ifcfg_record_length(file->record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(file->record, i);
        g_autofree char *quoted = ifcfg_quote(assignment->value, IFCFG_QUOTE_SINGLE);
        if (ifcfg_key_is_for_shell(assignment->key))
            printf("%s=%s\n", assignment->key, quoted);
    }
    print_problems(file);
}

static void print_text(const File *file)
{
    printf("# %s\n", file->path);
    for (guint i = 0; file->record && i < ifcfg_record_length(file->record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(file->record, i);
        g_autofree char *quoted = ifcfg_quote(assignment->value, IFCFG_QUOTE_PLAIN);
        printf("%s=%s\n", assignment->key, quoted);
    }
    for (guint i = 0; file->lines && i < file->lines->len; i++)
        printf("%s\n", g_array_index(file->lines, Line, i).text);
    print_problems(file);
}

/* A file in a folder network-scripts sees the variables of the file `network` beside that folder, as it would
 * at boot. */
static IfcfgRecord *load_defaults(const char *root, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(folder);
    if (!g_str_equal(name, "network-scripts"))
        return NULL;
    g_autofree char *parent = g_path_get_dirname(folder),
                    *network = g_build_filename(parent, "network", NULL);
    return ifcfg_record_load(root, network, NULL, NULL, NULL);
}

/* By its name, as for ifup; the other syntax, ADDRESS0=, is one of assignments. */
static gboolean holds_lines(const char *path, const IfcfgRecord *record, int *ret_family,
                            gboolean *ret_is_rules)
{
    g_autofree char *name = g_path_get_basename(path);
    gboolean is_route = g_str_has_prefix(name, "route-") || g_str_has_prefix(name, "route6-");
    gboolean is_rule = g_str_has_prefix(name, "rule-") || g_str_has_prefix(name, "rule6-");
    *ret_family = strchr(name, '6') && strchr(name, '6') < strchr(name, '-') ? AF_INET6 : AF_INET;
    *ret_is_rules = is_rule;
    for (guint i = 0; is_route && i < ifcfg_record_length(record); i++) {
        const char *key = ifcfg_record_nth(record, i)->key;
        if (g_str_has_prefix(key, "ADDRESS") && g_ascii_isdigit(key[strlen("ADDRESS")]))
            return FALSE;
    }
    return is_route || is_rule;
}

/* The tree that the file is in: tables have its names, and links do not leave it. NULL: this machine's. */
static char *tree_root(const char *path)
{
    static const char folder[] = "/etc/sysconfig/network-scripts";
    g_autofree char *own = g_path_get_dirname(path);
    gsize length = strlen(own), tail = strlen(folder);
    return length > tail && g_str_has_suffix(own, folder) ? g_strndup(own, length - tail) : NULL;
}

static void file_read_lines(File *self, const char *root, int family)
{
    g_autoptr(IfcfgRtNames) names = ifcfg_rtnames_load(root);
    gboolean is_rules = self->is_rules;
    GDestroyNotify destroy = is_rules ? (GDestroyNotify)ifcfg_rule_free : (GDestroyNotify)ifcfg_route_free;
    g_autoptr(GPtrArray) read = g_ptr_array_new_with_free_func(destroy);
    if (is_rules)
        ifcfg_rule_file_load(self->path, family, names, read, self->problems);
    else
        ifcfg_route_file_load(self->path, family, names, read, self->problems);
    self->lines = g_array_new(FALSE, FALSE, sizeof(Line));
    g_array_set_clear_func(self->lines, line_clear);
    for (guint i = 0; i < read->len; i++) {
        Line line = {.where = is_rules ? ((const IfcfgRule *)read->pdata[i])->where
                                       : ((const IfcfgRoute *)read->pdata[i])->where,
                     .text =
                         is_rules ? ifcfg_rule_format(read->pdata[i]) : ifcfg_route_format(read->pdata[i])};
        g_array_append_val(self->lines, line);
    }
}

static gboolean parse_file(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *root = tree_root(path);
    g_autoptr(IfcfgRecord) defaults = load_defaults(root, path);
    g_auto(File) file = {.path = path, .problems = ifcfg_problems_new()};
    int family;
    file.record = ifcfg_record_load(root, path, defaults, file.problems, &error);
    if (!file.record) {
        ifcfg_file_report(file.problems, path, error);
    } else if (holds_lines(path, file.record, &family, &file.is_rules)) {
        file_clear(&file); /* what it says as assignments was beside the point */
        file.problems = ifcfg_problems_new();
        file_read_lines(&file, root, family);
    }
    ifcfg_problems_sort(file.problems);
    if (as_json)
        print_json(&file);
    else if (as_shell)
        print_shell(&file);
    else
        print_text(&file);
    return !error;
}

int main(int argc, char **argv)
{
    i18n_begin();
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_summary(
        context, _("Reads ifcfg, route and rule files as data and prints what they say, and problems."));
    g_option_context_add_main_entries(context, options, GETTEXT_PACKAGE);
    if (!g_option_context_parse(context, &argc, &argv, &error) || (!files && !show_version)) {
        fprintf(stderr, _("ifcfg-parse: %s\nUsage: ifcfg-parse FILE... [--json | --shell]\n"),
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
