/* Files put back: the missing and the changed ones are written, those that were not there go aside; all at
 * once where that can be, else as many as can be. */
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
    GPtrArray *texts; /* IfcfgText*: what there is to do */
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

/* The ending of a free name that netsvc and the old scripts pass over. To be freed. */
static char *aside_of(const char *full)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *time = g_date_time_format(now, "%Y%m%d-%H%M%S");
    char *ending = g_strdup_printf(".%s.bak", time);
    g_autofree char *name = g_strconcat(full, ending, NULL);
    for (guint i = 2; access(name, F_OK) == 0; i++) {
        g_free(name);
        g_free(ending);
        ending = g_strdup_printf(".%s-%u.bak", time, i);
        name = g_strconcat(full, ending, NULL);
    }
    return ending;
}

static gboolean is_safe(const Restoring *self, const char *path, const char *text, gsize length)
{
    const HistoryFile *file = history_files_find(self->safe, path);
    g_autofree char *hash = file ? history_hash(text, length) : NULL;
    return file && g_str_equal(hash, file->hash);
}

static void keep_beside(Restoring *self, const char *full, const char *text)
{
    g_autofree char *ending = aside_of(full), *aside = g_strconcat(full, ending, NULL);
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

static char *full_of(const Restoring *self, const char *path)
{
    return g_strconcat(self->history->root, path, NULL);
}

static void file_restore(Restoring *self, const HistoryFile *file)
{
    g_autofree char *full = full_of(self, file->path), *now = NULL, *wanted = NULL;
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
    IfcfgText *text = ifcfg_text_new(g_strdup(file->path), g_steal_pointer(&wanted), file->mode);
    text->has_owner = TRUE;
    text->uid = file->uid;
    text->gid = file->gid;
    g_ptr_array_add(self->texts, text);
}

static void put_aside(Restoring *self, const char *path)
{
    g_autofree char *full = full_of(self, path);
    g_ptr_array_add(self->texts, ifcfg_text_new_aside(g_strdup(path), aside_of(full)));
}

static void aside_tell(Restoring *self, const IfcfgText *text)
{
    g_autofree char *full = full_of(self, text->path), *aside = g_strconcat(full, text->aside, NULL);
    tell(self, g_strdup_printf(_("%s was not there before: it is kept as %s"), full, aside));
}

/* Where nothing can be staged beside a file, it is written in place. */
static void text_write(Restoring *self, const IfcfgText *text)
{
    g_autofree char *full = full_of(self, text->path), *folder = g_path_get_dirname(full);
    HistoryFile file = {.uid = text->uid, .gid = text->gid, .mode = text->mode};
    g_autoptr(GError) error = NULL;
    g_mkdir_with_parents(folder, 0755);
    if (!ifcfg_file_replace(full, text->text, NULL, &error))
        fail(self, full, error->message);
    else if (!owner_restore(full, &file))
        fail(self, full, g_strerror(errno));
}

static void text_put_aside(Restoring *self, const IfcfgText *text)
{
    g_autofree char *full = full_of(self, text->path), *aside = g_strconcat(full, text->aside, NULL);
    if (rename(full, aside) == 0)
        aside_tell(self, text);
    else
        fail(self, full, g_strerror(errno));
}

static void texts_write(Restoring *self)
{
    const char *root = *self->history->root ? self->history->root : "/";
    g_autoptr(GError) error = NULL;
    gboolean are_written = !self->texts->len || ifcfg_texts_write(self->texts, root, FALSE, &error);
    if (!are_written)
        g_debug("one by one: %s", error->message);
    for (guint i = 0; i < self->texts->len; i++) {
        const IfcfgText *text = self->texts->pdata[i];
        if (are_written && text->aside)
            aside_tell(self, text);
        else if (!are_written)
            (text->aside ? text_put_aside : text_write)(self, text);
    }
}

gboolean history_restore(const History *self, const GPtrArray *files, GHashTable *paths,
                         const GPtrArray *safe, GPtrArray *told)
{
    g_autoptr(GPtrArray) now = history_files_list(self),
                         texts = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_text_free);
    Restoring restoring = {.history = self, .safe = safe, .told = told, .texts = texts, .ok = TRUE};
    for (guint i = 0; i < files->len; i++)
        if (!paths || g_hash_table_contains(paths, ((HistoryFile *)files->pdata[i])->path))
            file_restore(&restoring, files->pdata[i]);
    for (guint i = 0; i < now->len; i++) {
        const HistoryFile *file = now->pdata[i];
        if ((!paths || g_hash_table_contains(paths, file->path)) && history_files_own(file->path) &&
            !history_files_find(files, file->path))
            put_aside(&restoring, file->path);
    }
    texts_write(&restoring);
    return restoring.ok;
}
