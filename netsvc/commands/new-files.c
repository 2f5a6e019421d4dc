/* Files that a command has made: checked as if they were there already. */
#include "commands/new-files.h"
#include "apply/net-error.h"
#include "commands/commands.h"
#include "i18n.h"
#include "ifcfg-dir.h"
#include "ifcfg-overlay.h"
#include "ifcfg-root.h"
#include "state/keep.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define NETWORK "etc/sysconfig/network"

static char *place_of(const char *root, const char *path)
{
    g_autofree char *full = g_build_filename(root, path, NULL);
    return ifcfg_root_resolve(root, full);
}

void new_files_add_network(GPtrArray *texts, const char *root)
{
    g_autofree char *path = place_of(root, NETWORK);
    if (!path || !g_file_test(path, G_FILE_TEST_EXISTS))
        g_ptr_array_add(texts, ifcfg_text_new(g_strdup(NETWORK), g_strdup("NETWORKING=yes\n"), 0644));
}

/* As a reader of the tree opens it: the root without a slash at its end. */
static char *top_of(const char *root)
{
    gsize length = strlen(root);
    while (length && root[length - 1] == '/')
        length--;
    return g_strdup_printf("%.*s/", (int)length, root);
}

void new_files_print(const GPtrArray *texts, const char *root)
{
    g_autofree char *top = top_of(root);
    for (guint i = 0; i < texts->len; i++) {
        const IfcfgText *text = texts->pdata[i];
        fputs(i ? "\n==> " : "==> ", stdout);
        fputs(top, stdout);
        fputs(text->path, stdout);
        fputs(" <==\n", stdout);
        fputs(text->text, stdout);
    }
}

gboolean new_files_tell(IfcfgProblems *problems)
{
    ifcfg_problems_sort(problems);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        g_autofree char *text = ifcfg_problem_format(ifcfg_problems_get(problems, i));
        fprintf(stderr, "%s\n", text);
    }
    return ifcfg_problems_count(problems, IFCFG_ERROR) > 0;
}

/* --- checking --- */

/* Returns: path -> text, which stays the file's */
static GHashTable *texts_by_path(const GPtrArray *files, const char *root)
{
    GHashTable *texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *top = top_of(root);
    for (guint i = 0; i < files->len; i++) {
        const IfcfgText *file = files->pdata[i];
        g_hash_table_insert(texts, g_strconcat(top, file->path, NULL), file->text);
    }
    return texts;
}

/* What is wrong in a file that was there already is told, and keeps nobody from writing the others. */
static void problems_take(const IfcfgProblems *from, GHashTable *texts, IfcfgProblems *into)
{
    for (guint i = 0; i < ifcfg_problems_length(from); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(from, i);
        const char *file = problem->where.file;
        gboolean is_others = file && !g_hash_table_contains(texts, file);
        ifcfg_problems_add(into, is_others ? IFCFG_WARNING : problem->severity, problem->where, "%s",
                           problem->message);
    }
}

/* A device may be called what no file may be called. */
static void names_check(const GPtrArray *files, const char *root, IfcfgProblems *problems)
{
    for (guint i = 0; i < files->len; i++) {
        const IfcfgText *file = files->pdata[i];
        if (!ifcfg_name_is_ignored(file->path))
            continue;
        g_autofree char *path = g_build_filename(root, file->path, NULL);
        ifcfg_problems_add(problems, IFCFG_ERROR, (IfcfgWhere){.file = g_intern_string(path)},
                           _("a file of this name counts as a copy and is never read: give the device a name "
                             "with another ending"));
    }
}

gboolean new_files_check(const GPtrArray *files, const char *root, IfcfgProblems *problems, GError **error)
{
    g_autoptr(GHashTable) texts = texts_by_path(files, root);
    g_autoptr(IfcfgProblems) found = ifcfg_problems_new();
    ifcfg_overlay_set(texts);
    g_autoptr(NetModel) model = cli_model_load(root, NULL, found);
    ifcfg_overlay_set(NULL);
    if (model)
        cli_loops_find(model, found);
    problems_take(found, texts, problems);
    names_check(files, root, problems);
    if (!model) {
        g_set_error(error, NET_ERROR, EINVAL, _("the files could not be checked"));
        return FALSE;
    }
    process_keep(g_steal_pointer(&model));
    return TRUE;
}
