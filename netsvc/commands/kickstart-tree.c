/* The files of a kickstart in the tree that they are for: checked, written, and started at boot. */
#include "commands/kickstart-tree.h"
#include "apply/net-error.h"
#include "commands/commands.h"
#include "i18n.h"
#include "ifcfg-root.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCRIPTS "etc/sysconfig/network-scripts"
#define NETWORK "etc/sysconfig/network"

static gboolean fail(GError **error, const char *path)
{
    int code = errno;
    g_set_error(error, NET_ERROR, code, "%s: %s", path, g_strerror(code));
    return FALSE;
}

static char *place_of(const char *root, const char *path)
{
    g_autofree char *full = g_build_filename(root, path, NULL);
    return ifcfg_root_resolve(root, full);
}

static gboolean folder_make(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    return g_mkdir_with_parents(folder, 0755) == 0 ? TRUE : fail(error, folder);
}

/* Whoever has planted a link there does not choose what is written over. */
static gboolean text_write(const char *path, const char *text, guint mode, GError **error)
{
    if (!folder_make(path, error))
        return FALSE;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    gsize length = strlen(text);
    if (fd < 0)
        return fail(error, path);
    gboolean is_written =
        write(fd, text, length) == (gssize)length && fchmod(fd, mode) == 0 && fsync(fd) == 0;
    if (!is_written)
        fail(error, path);
    close(fd);
    return is_written;
}

/* --- checking --- */

static gboolean tree_copy(const char *from, const char *into, GError **error)
{
    g_autofree char *text = NULL;
    if (!g_file_test(from, G_FILE_TEST_IS_REGULAR) || g_file_test(into, G_FILE_TEST_EXISTS))
        return TRUE;
    return g_file_get_contents(from, &text, NULL, error) && text_write(into, text, 0600, error);
}

/* What is there already counts too: an address that another file has, for one. */
static gboolean tree_fill(const GPtrArray *files, const char *root, const char *into, GError **error)
{
    for (guint i = 0; i < files->len; i++) {
        const IfcfgText *file = files->pdata[i];
        g_autofree char *path = g_build_filename(into, file->path, NULL);
        if (!text_write(path, file->text, 0600, error))
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

static void tree_remove(const char *path)
{
    g_autoptr(GDir) dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        tree_remove(inside);
    }
    g_remove(path);
}

static gboolean is_ours(const GPtrArray *files, const char *path)
{
    for (guint i = 0; i < files->len; i++)
        if (g_str_equal(((const IfcfgText *)files->pdata[i])->path, path))
            return TRUE;
    return FALSE;
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
        ifcfg_problems_add(into, severity, where, "%s", problem->message);
    }
}

gboolean kickstart_check(const GPtrArray *files, const char *root, IfcfgProblems *problems, GError **error)
{
    g_autofree char *tree = g_dir_make_tmp("netsvc-kickstart-XXXXXX", error);
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

/* --- writing --- */

static gboolean network_file_make(const char *root, GError **error)
{
    g_autofree char *path = place_of(root, NETWORK);
    return g_file_test(path, G_FILE_TEST_EXISTS) || text_write(path, "NETWORKING=yes\n", 0644, error);
}

gboolean kickstart_write(const GPtrArray *files, const char *root, GError **error)
{
    return ifcfg_texts_write(files, root, FALSE, error) && network_file_make(root, error);
}

/* --- starting at boot --- */

static gboolean link_make(const char *root, const char *path, const char *target, GError **error)
{
    g_autofree char *place = place_of(root, path);
    if (!folder_make(place, error))
        return FALSE;
    return symlink(target, place) == 0 || errno == EEXIST ? TRUE : fail(error, place);
}

static gboolean exists(const char *root, const char *path)
{
    g_autofree char *place = place_of(root, path);
    return g_file_test(place, G_FILE_TEST_EXISTS);
}

/* As the unit's [Install] says. */
static gboolean systemd_enable(const char *root, GError **error)
{
    static const char *const units[] = {"usr/lib/systemd/system/network.service",
                                        "lib/systemd/system/network.service"};
    static const char *const wanted_by[] = {"multi-user.target", "network-online.target"};
    for (gsize u = 0; u < G_N_ELEMENTS(units); u++) {
        if (!exists(root, units[u]))
            continue;
        g_autofree char *target = g_strconcat("/", units[u], NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(wanted_by); i++) {
            g_autofree char *path =
                g_strconcat("etc/systemd/system/", wanted_by[i], ".wants/network.service", NULL);
            if (!link_make(root, path, target, error))
                return FALSE;
        }
        break;
    }
    return TRUE;
}

/* chkconfig: 2345 on, at the places that the script's header names. */
static gboolean chkconfig_enable(const char *root, GError **error)
{
    if (!exists(root, "etc/rc.d/init.d/network"))
        return TRUE;
    for (char level = '0'; level <= '6'; level++) {
        gboolean is_on = level >= '2' && level <= '5';
        g_autofree char *path =
            g_strdup_printf("etc/rc.d/rc%c.d/%s", level, is_on ? "S10network" : "K90network");
        if (!link_make(root, path, "../init.d/network", error))
            return FALSE;
    }
    return TRUE;
}

gboolean kickstart_enable(const char *root, GError **error)
{
    return systemd_enable(root, error) && chkconfig_enable(root, error);
}
