/* Files that a command has made: checked in a tree of their own beside what is there already. */
#include "commands/new-files.h"
#include "apply/net-error.h"
#include "commands/commands.h"
#include "i18n.h"
#include "ifcfg-root.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SCRIPTS "etc/sysconfig/network-scripts"
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

void new_files_print(const GPtrArray *texts, const char *root)
{
    for (guint i = 0; i < texts->len; i++) {
        const IfcfgText *text = texts->pdata[i];
        g_autofree char *path = g_build_filename(root, text->path, NULL);
        printf("%s==> %s <==\n%s", i ? "\n" : "", path, text->text);
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

/* The tree is nobody else's: nothing is replaced there, and what is half written is seen by nobody. The
 * folder of most files is there already. */
static gboolean text_write(const char *path, const char *text, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
        return TRUE;
    if (g_mkdir_with_parents(folder, 0700) == 0)
        return g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, error);
    net_error_set(error, errno, "%s: %s", folder, g_strerror(errno));
    return FALSE;
}

static gboolean tree_copy(const char *from, const char *into, GError **error)
{
    g_autofree char *text = NULL;
    if (!g_file_test(from, G_FILE_TEST_IS_REGULAR) || g_file_test(into, G_FILE_TEST_EXISTS))
        return TRUE;
    return g_file_get_contents(from, &text, NULL, error) && text_write(into, text, error);
}

/* What is there already counts too: an address that another file has, for one. */
static gboolean tree_fill(const GPtrArray *files, const char *root, const char *into, GError **error)
{
    for (guint i = 0; i < files->len; i++) {
        const IfcfgText *file = files->pdata[i];
        g_autofree char *path = g_build_filename(into, file->path, NULL);
        if (!text_write(path, file->text, error))
            return FALSE;
    }
    g_autofree char *scripts = place_of(root, SCRIPTS);
    g_autoptr(GDir) dir = g_dir_open(scripts, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *from = g_build_filename(scripts, name, NULL);
        g_autofree char *to = g_build_filename(into, SCRIPTS, name, NULL);
        if (!tree_copy(from, to, error))
            return FALSE;
    }
    g_autofree char *network = place_of(root, NETWORK), *to = g_build_filename(into, NETWORK, NULL);
    return tree_copy(network, to, error);
}

/* The names come first: a folder that changes while it is read may leave some out. */
static void tree_remove(const char *path)
{
    if (unlink(path) == 0 || errno != EISDIR)
        return;
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    g_autoptr(GPtrArray) inside = g_ptr_array_new_with_free_func(g_free);
    const char *name;
    while (dir && (name = g_dir_read_name(dir)))
        g_ptr_array_add(inside, g_build_filename(path, name, NULL));
    for (guint i = 0; i < inside->len; i++)
        tree_remove(inside->pdata[i]);
    rmdir(path);
}

/* In memory where that is possible: a thousand files take a disk seconds. */
static char *tree_make(GError **error)
{
    g_autofree char *tree = g_strdup("/dev/shm/netsvc-files-XXXXXX");
    return g_mkdtemp(tree) ? g_steal_pointer(&tree) : g_dir_make_tmp("netsvc-files-XXXXXX", error);
}

static gboolean is_ours(const GPtrArray *files, const char *path)
{
    for (guint i = 0; i < files->len; i++)
        if (g_str_equal(((const IfcfgText *)files->pdata[i])->path, path))
            return TRUE;
    return FALSE;
}

/* A message may name another file. */
static char *message_move(const char *message, const char *tree, const char *root)
{
    g_auto(GStrv) parts = g_strsplit(message, tree, -1);
    gsize length = strlen(root);
    g_autofree char *plain = g_strndup(root, length && root[length - 1] == '/' ? length - 1 : length);
    return g_strjoinv(plain, parts);
}

/* The places are those in the tree that the files are for. What is wrong in a file that was there already is
 * told, and keeps nobody from writing the others. */
static void problems_move(const IfcfgProblems *from, const GPtrArray *files, const char *tree,
                          const char *root, IfcfgProblems *into)
{
    gsize length = strlen(tree);
    for (guint i = 0; i < ifcfg_problems_length(from); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(from, i);
        IfcfgWhere where = problem->where;
        gboolean is_in_tree = where.file && g_str_has_prefix(where.file, tree);
        IfcfgSeverity severity =
            is_in_tree && !is_ours(files, where.file + length + 1) ? IFCFG_WARNING : problem->severity;
        if (is_in_tree) {
            g_autofree char *path = g_build_filename(root, where.file + length, NULL);
            where.file = g_intern_string(path);
        }
        g_autofree char *message = message_move(problem->message, tree, root);
        ifcfg_problems_add(into, severity, where, "%s", message);
    }
}

gboolean new_files_check(const GPtrArray *files, const char *root, IfcfgProblems *problems, GError **error)
{
    g_autofree char *tree = tree_make(error);
    g_autoptr(IfcfgProblems) found = ifcfg_problems_new();
    if (!tree)
        return FALSE;
    gboolean is_filled = tree_fill(files, root, tree, error);
    g_autoptr(NetModel) model = is_filled ? cli_model_load(tree, NULL, found) : NULL;
    if (model)
        problems_move(found, files, tree, root, problems);
    else if (is_filled)
        g_set_error(error, NET_ERROR, EINVAL, _("the files could not be checked"));
    tree_remove(tree);
    return model != NULL;
}
