/* Sets of files: what is on the disk, what is equal. */
#include "history/file-set.h"
#include "apply/net-error.h"
#include "i18n.h"
#include "ifcfg-dir.h"
#include <string.h>
#include <sys/stat.h>

#define SCRIPTS "/etc/sysconfig/network-scripts"

static const char *const single_files[] = {"/etc/sysconfig/network", "/etc/sysconfig/static-routes",
                                           "/etc/sysconfig/static-routes-ipv6", "/etc/modprobe.conf",
                                           "/etc/modules.conf"};
static const char *const prefixes[] = {"ifcfg-", "keys-", "route-", "route6-", "rule-", "rule6-"};

void history_file_free(HistoryFile *file)
{
    g_free(file->path);
    g_free(file->hash);
    g_free(file->stamp);
    g_free(file);
}

static GPtrArray *set_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)history_file_free);
}

static gint path_compare(gconstpointer a, gconstpointer b)
{
    return strcmp((*(HistoryFile *const *)a)->path, (*(HistoryFile *const *)b)->path);
}

void history_files_sort(GPtrArray *files)
{
    g_ptr_array_sort(files, path_compare);
}

static void add_file(const History *self, GPtrArray *files, const char *path)
{
    g_autofree char *full = g_strconcat(self->root, path, NULL);
    struct stat status;
    if (stat(full, &status) < 0 || !S_ISREG(status.st_mode))
        return;
    HistoryFile *file = g_new0(HistoryFile, 1);
    file->path = g_strdup(path);
    file->mode = status.st_mode & 07777;
    file->uid = status.st_uid;
    file->gid = status.st_gid;
    file->changed = (gint64)status.st_ctim.tv_sec * 1000000000 + status.st_ctim.tv_nsec;
    file->stamp = g_strdup_printf("%" G_GUINT64_FORMAT ":%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT,
                                  (guint64)status.st_ino, (gint64)status.st_size, file->changed);
    g_ptr_array_add(files, file);
}

static gboolean is_scripts_name(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(prefixes); i++)
        if (g_str_has_prefix(name, prefixes[i]))
            return !ifcfg_name_is_ignored(name);
    return FALSE;
}

static gboolean is_modprobe_name(const char *name)
{
    return g_str_has_suffix(name, ".conf") && *name != '.';
}

static void add_folder(const History *self, GPtrArray *files, const char *folder,
                       gboolean (*counts)(const char *name))
{
    g_autofree char *full = g_strconcat(self->root, folder, NULL);
    g_autoptr(GDir) dir = g_dir_open(full, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (counts(name))
            add_file(self, files, path);
    }
}

GPtrArray *history_files_list(const History *self)
{
    GPtrArray *files = set_new();
    for (guint i = 0; i < G_N_ELEMENTS(single_files); i++)
        add_file(self, files, single_files[i]);
    add_folder(self, files, SCRIPTS, is_scripts_name);
    add_folder(self, files, "/etc/modprobe.d", is_modprobe_name);
    history_files_sort(files);
    return files;
}

gboolean history_files_own(const char *path)
{
    return g_str_has_prefix(path, SCRIPTS "/") && is_scripts_name(path + strlen(SCRIPTS "/"));
}

const HistoryFile *history_files_find(const GPtrArray *files, const char *path)
{
    guint low = 0, high = files ? files->len : 0;
    while (low < high) {
        guint middle = (low + high) / 2;
        const HistoryFile *file = g_ptr_array_index(files, middle);
        int order = strcmp(path, file->path);
        if (!order)
            return file;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* The hash of a content that has not changed since it was read last. */
static const char *known_hash(const GPtrArray *known, const HistoryFile *file)
{
    const HistoryFile *before = history_files_find(known, file->path);
    return before && !g_strcmp0(before->stamp, file->stamp) ? before->hash : NULL;
}

gboolean history_files_keep(const History *self, GPtrArray *files, const GPtrArray *known, gboolean durable,
                            GError **error)
{
    for (guint i = 0; i < files->len; i++) {
        HistoryFile *file = g_ptr_array_index(files, i);
        g_autofree char *full = g_strconcat(self->root, file->path, NULL), *text = NULL;
        const char *hash = known_hash(known, file);
        gsize length;
        if (hash && history_has(self, hash)) {
            g_free(file->hash);
            file->hash = g_strdup(hash);
            continue;
        }
        if (!g_file_get_contents(full, &text, &length, error))
            return FALSE;
        g_free(file->hash);
        file->hash = history_keep(self, text, length, durable, error);
        if (!file->hash)
            return FALSE;
    }
    return TRUE;
}

void history_files_read(const History *self, GPtrArray *files, const GPtrArray *known)
{
    for (guint i = files->len; i-- > 0;) {
        HistoryFile *file = g_ptr_array_index(files, i);
        g_autofree char *full = g_strconcat(self->root, file->path, NULL), *text = NULL;
        const char *hash = known_hash(known, file);
        gsize length;
        g_free(file->hash);
        file->hash = g_strdup(hash);
        if (!hash && g_file_get_contents(full, &text, &length, NULL))
            file->hash = history_hash(text, length);
        if (!file->hash)
            g_ptr_array_remove_index(files, i);
    }
}

HistoryFile *history_file_copy(const HistoryFile *file)
{
    HistoryFile *copy = g_new(HistoryFile, 1);
    *copy = *file;
    copy->path = g_strdup(file->path);
    copy->hash = g_strdup(file->hash);
    copy->stamp = g_strdup(file->stamp);
    return copy;
}

GPtrArray *history_files_copy(const GPtrArray *files)
{
    GPtrArray *copy = set_new();
    for (guint i = 0; i < files->len; i++)
        g_ptr_array_add(copy, history_file_copy(files->pdata[i]));
    return copy;
}

static gboolean file_equal(const HistoryFile *a, const HistoryFile *b)
{
    return !g_strcmp0(a->path, b->path) && !g_strcmp0(a->hash, b->hash) && a->mode == b->mode &&
           a->uid == b->uid && a->gid == b->gid;
}

gboolean history_files_equal(const GPtrArray *a, const GPtrArray *b)
{
    gboolean is_equal = a->len == b->len;
    for (guint i = 0; is_equal && i < a->len; i++)
        is_equal = file_equal(a->pdata[i], b->pdata[i]);
    return is_equal;
}
