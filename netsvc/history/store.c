/* The history's folder: contents by hash, atomic writes. */
#include "history/store.h"
#include "apply/net-error.h"
#include "i18n.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

History *history_new(const char *root)
{
    History *self = g_new0(History, 1);
    self->root = g_strdup(root ? root : "");
    self->folder = g_strconcat(self->root, "/var/lib/netsvc", NULL);
    self->generations = g_build_filename(self->folder, "generations", NULL);
    return self;
}

void history_free(History *self)
{
    if (!self)
        return;
    g_free(self->root);
    g_free(self->folder);
    g_free(self->generations);
    g_free(self);
}

static gboolean set_error(GError **error, int code, const char *path)
{
    if (code == ENOSPC || code == EDQUOT)
        net_error_set(error, code, _("cannot write %s: the disk is full; make room"), path);
    else if (code == EROFS)
        net_error_set(error, code, _("cannot write %s: its file system is read-only; mount it writable"),
                      path);
    else
        net_error_set(error, code, _("cannot write %s: %s"), path, g_strerror(code));
    return FALSE;
}

/* What a distribution, or an administrator, has made for everybody to read holds keys. */
static gboolean folder_make(const char *path, GError **error)
{
    struct stat status;
    if (g_mkdir_with_parents(path, 0700) < 0 || stat(path, &status) < 0 ||
        ((status.st_mode & 07777) != 0700 && chmod(path, 0700) < 0))
        return set_error(error, errno, path);
    return TRUE;
}

gboolean history_make_folders(const History *self, GError **error)
{
    g_autofree char *objects = g_build_filename(self->generations, "objects", NULL);
    return folder_make(self->folder, error) && folder_make(self->generations, error) &&
           folder_make(objects, error);
}

static gboolean write_all(int fd, const char *text, gsize length)
{
    while (length) {
        gssize n = write(fd, text, length);
        if (n < 0 && errno != EINTR)
            return FALSE;
        text += MAX(n, 0);
        length -= (gsize)MAX(n, 0);
    }
    return TRUE;
}

void history_sync(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fsync(fd) < 0)
        g_debug("%s: %s", folder, g_strerror(errno));
    close(fd);
}

gboolean history_write(const char *path, const char *text, gsize length, gboolean durable, GError **error)
{
    g_autofree char *name = g_strconcat(path, ".XXXXXX", NULL);
    int fd = mkostemp(name, O_CLOEXEC); /* 0600 */
    if (fd < 0)
        return set_error(error, errno, path);
    gboolean ok = write_all(fd, text, length) && (!durable || fsync(fd) == 0);
    int code = errno;
    if (close(fd) < 0 && ok) {
        ok = FALSE;
        code = errno;
    }
    if (ok && rename(name, path) < 0) {
        ok = FALSE;
        code = errno;
    }
    if (!ok) {
        unlink(name);
        return set_error(error, code, path);
    }
    if (durable)
        history_sync(path);
    return TRUE;
}

char *history_hash(const char *text, gsize length)
{
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
}

static char *object_path(const History *self, const char *hash)
{
    return g_build_filename(self->generations, "objects", hash, NULL);
}

gboolean history_has(const History *self, const char *hash)
{
    g_autofree char *path = object_path(self, hash);
    return access(path, F_OK) == 0;
}

char *history_keep(const History *self, const char *text, gsize length, gboolean durable, GError **error)
{
    g_autofree char *hash = history_hash(text, length), *path = object_path(self, hash), *there = NULL;
    /* One that a crash has cut is written again. */
    there = history_load(self, hash, NULL, NULL);
    if (!there && !history_write(path, text, length, durable, error))
        return NULL;
    return g_steal_pointer(&hash);
}

char *history_load(const History *self, const char *hash, gsize *ret_length, GError **error)
{
    g_autofree char *path = object_path(self, hash), *text = NULL;
    gsize length;
    if (!g_file_get_contents(path, &text, &length, error))
        return NULL;
    g_autofree char *actual = history_hash(text, length);
    if (!g_str_equal(actual, hash)) {
        net_error_set(error, EBADMSG, _("%s is damaged"), path);
        return NULL;
    }
    if (ret_length)
        *ret_length = length;
    return g_steal_pointer(&text);
}

void history_forget_others(const History *self, GHashTable *hashes)
{
    g_autofree char *folder = g_build_filename(self->generations, "objects", NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (!g_hash_table_contains(hashes, name))
            unlink(path);
    }
}
