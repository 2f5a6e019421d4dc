/* Several new files in one folder: all of them, or none. */
#include "commands/files-write.h"
#include "apply/net-error.h"
#include "i18n.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean fail(GError **error, const char *path)
{
    int code = errno;
    g_set_error(error, NET_ERROR, code, "%s: %s", path, g_strerror(code));
    return FALSE;
}

static char *name_meanwhile(const char *folder, const char *name)
{
    return g_strdup_printf("%s/.%s.netsvc-new", folder, name);
}

static gboolean text_write(const char *path, const FileToWrite *file, GError **error)
{
    gsize length = strlen(file->text), done = 0;
    g_unlink(path);
    int fd = g_open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, file->mode);
    if (fd < 0)
        return fail(error, path);
    gboolean is_fine = fchmod(fd, file->mode) == 0;
    while (is_fine && done < length) {
        gssize count = write(fd, file->text + done, length - done);
        if (count > 0)
            done += (gsize)count;
        else if (count == 0 || errno != EINTR)
            is_fine = FALSE;
    }
    is_fine = is_fine && fsync(fd) == 0;
    if (!is_fine)
        fail(error, path);
    close(fd);
    return is_fine;
}

/* What cannot take a name is found before the first file has its own. */
static gboolean names_are_free(const char *folder, const GPtrArray *files, gboolean force, GError **error)
{
    for (guint i = 0; i < files->len; i++) {
        const FileToWrite *file = files->pdata[i];
        g_autofree char *path = g_build_filename(folder, file->name, NULL);
        GStatBuf status;
        if (g_lstat(path, &status) != 0)
            continue;
        if (!force)
            g_set_error(error, NET_ERROR, EEXIST, _("%s is there already; --force replaces it"), path);
        else if (S_ISDIR(status.st_mode))
            g_set_error(error, NET_ERROR, EISDIR, "%s: %s", path, g_strerror(EISDIR));
        else
            continue;
        return FALSE;
    }
    return TRUE;
}

static void remove_meanwhile(const char *folder, const GPtrArray *files)
{
    for (guint i = 0; i < files->len; i++) {
        g_autofree char *path = name_meanwhile(folder, ((const FileToWrite *)files->pdata[i])->name);
        g_unlink(path);
    }
}

static gboolean stage(const char *folder, const GPtrArray *files, GError **error)
{
    for (guint i = 0; i < files->len; i++) {
        const FileToWrite *file = files->pdata[i];
        g_autofree char *path = name_meanwhile(folder, file->name);
        if (!text_write(path, file, error))
            return FALSE;
    }
    return TRUE;
}

/* Those before one that fails go again, where they are new. */
static gboolean commit(const char *folder, const GPtrArray *files, gboolean force, GError **error)
{
    for (guint i = 0; i < files->len; i++) {
        const char *name = ((const FileToWrite *)files->pdata[i])->name;
        g_autofree char *from = name_meanwhile(folder, name), *to = g_build_filename(folder, name, NULL);
        if (g_rename(from, to) == 0)
            continue;
        fail(error, to);
        for (guint n = 0; n < i && !force; n++) {
            g_autofree char *done =
                g_build_filename(folder, ((const FileToWrite *)files->pdata[n])->name, NULL);
            g_unlink(done);
        }
        return FALSE;
    }
    return TRUE;
}

gboolean files_write(const char *folder, const GPtrArray *files, gboolean force, GError **error)
{
    if (g_mkdir_with_parents(folder, 0755) != 0)
        return fail(error, folder);
    if (!names_are_free(folder, files, force, error))
        return FALSE;
    gboolean is_done = stage(folder, files, error) && commit(folder, files, force, error);
    if (!is_done)
        remove_meanwhile(folder, files);
    return is_done;
}
