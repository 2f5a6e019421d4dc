/* Files put back: the missing and the changed ones are written, those that were not there go aside. */
#include "history/restore.h"
#include "i18n.h"
#include "ifcfg-replace.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    const History *history;
    const GPtrArray *safe;
    GPtrArray *told;
    gboolean ok;
} Restoring;

static void tell(Restoring *self, char *text)
{
    g_ptr_array_add(self->told, text);
}

static void fail(Restoring *self, const char *path, const char *reason)
{
    self->ok = FALSE;
    tell(self, g_strdup_printf(_("%s is not restored: %s"), path, reason));
}

/* A free name that netsvc and the old scripts pass over. To be freed. */
static char *aside_name(const char *full)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *time = g_date_time_format(now, "%Y%m%d-%H%M%S");
    char *name = g_strdup_printf("%s.%s.bak", full, time);
    for (guint i = 2; access(name, F_OK) == 0; i++) {
        g_free(name);
        name = g_strdup_printf("%s.%s-%u.bak", full, time, i);
    }
    return name;
}

static gboolean is_safe(const Restoring *self, const char *path, const char *text, gsize length)
{
    const HistoryFile *file = history_files_find(self->safe, path);
    g_autofree char *hash = file ? history_hash(text, length) : NULL;
    return file && g_str_equal(hash, file->hash);
}

static void keep_beside(Restoring *self, const char *full, const char *text)
{
    g_autofree char *aside = aside_name(full);
    g_autoptr(GError) error = NULL;
    if (ifcfg_file_replace(aside, text, full, &error))
        tell(self, g_strdup_printf(_("%s was changed meanwhile: that is kept as %s"), full, aside));
    else
        tell(self,
             g_strdup_printf(_("%s was changed meanwhile, and that is lost: %s"), full, error->message));
}

static gboolean owner_restore(const char *full, const HistoryFile *file)
{
    struct stat status;
    if (stat(full, &status) < 0)
        return FALSE;
    return ((status.st_uid == file->uid && status.st_gid == file->gid) ||
            chown(full, file->uid, file->gid) == 0) &&
           ((status.st_mode & 07777) == file->mode || chmod(full, file->mode) == 0);
}

static void file_write(Restoring *self, const HistoryFile *file, const char *full, const char *text)
{
    g_autofree char *folder = g_path_get_dirname(full);
    g_autoptr(GError) error = NULL;
    g_mkdir_with_parents(folder, 0755);
    if (!ifcfg_file_replace(full, text, NULL, &error))
        fail(self, full, error->message);
    else if (!owner_restore(full, file))
        fail(self, full, g_strerror(errno));
}

static void file_restore(Restoring *self, const HistoryFile *file)
{
    g_autofree char *full = g_strconcat(self->history->root, file->path, NULL), *now = NULL, *wanted = NULL;
    g_autoptr(GError) error = NULL;
    gsize length, size = 0;
    gboolean is_there = g_file_get_contents(full, &now, &size, NULL);
    wanted = history_load(self->history, file->hash, &length, &error);
    if (!wanted) {
        fail(self, full, error->message);
        return;
    }
    if (is_there && length == size && !memcmp(now, wanted, size)) {
        if (!owner_restore(full, file))
            fail(self, full, g_strerror(errno));
        return;
    }
    if (is_there && !is_safe(self, file->path, now, size))
        keep_beside(self, full, now);
    file_write(self, file, full, wanted);
}

static void put_aside(Restoring *self, const HistoryFile *file)
{
    g_autofree char *full = g_strconcat(self->history->root, file->path, NULL), *aside = aside_name(full);
    if (rename(full, aside) == 0)
        tell(self, g_strdup_printf(_("%s was not there before: it is kept as %s"), full, aside));
    else
        fail(self, full, g_strerror(errno));
}

gboolean history_restore(const History *self, const GPtrArray *files, GHashTable *paths,
                         const GPtrArray *safe, GPtrArray *told)
{
    Restoring restoring = {.history = self, .safe = safe, .told = told, .ok = TRUE};
    g_autoptr(GPtrArray) now = history_files_list(self);
    for (guint i = 0; i < files->len; i++)
        if (!paths || g_hash_table_contains(paths, ((HistoryFile *)files->pdata[i])->path))
            file_restore(&restoring, files->pdata[i]);
    for (guint i = 0; i < now->len; i++) {
        const HistoryFile *file = now->pdata[i];
        if ((!paths || g_hash_table_contains(paths, file->path)) && history_files_own(file->path) &&
            !history_files_find(files, file->path))
            put_aside(&restoring, file);
    }
    return restoring.ok;
}
