/* A new file beside an old one, made the same in all but the text. */
#include "ifcfg-stage.h"
#include "i18n.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { LINKS_MAX = 40 };

char *ifcfg_link_end(const char *path)
{
    g_autofree char *end = g_strdup(path);
    for (guint i = 0; i < LINKS_MAX; i++) {
        g_autofree char *to = g_file_read_link(end, NULL);
        if (!to)
            return g_steal_pointer(&end);
        g_autofree char *folder = g_path_get_dirname(end);
        char *next = g_path_is_absolute(to) ? g_strdup(to) : g_build_filename(folder, to, NULL);
        g_free(end);
        end = next;
    }
    return g_strdup(path);
}

static gboolean is_immutable(const char *path)
{
    int flags = 0, fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    gboolean is = fd >= 0 && ioctl(fd, FS_IOC_GETFLAGS, &flags) == 0 && (flags & FS_IMMUTABLE_FL);
    if (fd >= 0)
        close(fd);
    return is;
}

void ifcfg_write_fail(GError **error, int code, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    GFileError kind = g_file_error_from_errno(code);
    if (is_immutable(path) || is_immutable(folder))
        g_set_error(error, G_FILE_ERROR, kind,
                    _("cannot write %s: it is immutable; `chattr -i %s` lets it be written"), path,
                    is_immutable(path) ? path : folder);
    else if (code == EROFS)
        g_set_error(error, G_FILE_ERROR, kind,
                    _("cannot write %s: its file system is read-only; mount it writable"), path);
    else if (code == ENOSPC || code == EDQUOT)
        g_set_error(error, G_FILE_ERROR, kind, _("cannot write %s: the disk is full; make room"), path);
    else
        g_set_error(error, G_FILE_ERROR, kind, _("cannot write %s: %s"), path, g_strerror(code));
}

static gboolean write_all(int fd, const char *text)
{
    for (gsize left = strlen(text); left;) {
        gssize n = write(fd, text, left);
        if (n < 0 && errno != EINTR)
            return FALSE;
        text += MAX(n, 0);
        left -= (gsize)MAX(n, 0);
    }
    return TRUE;
}

/* A file system without attributes has none to copy; one that this process may not set is no reason to leave
 * the text out. */
static void copy_attributes(int from, int to)
{
    gssize length = flistxattr(from, NULL, 0);
    g_autofree char *names = length > 0 ? g_malloc0((gsize)length) : NULL;
    length = names ? flistxattr(from, names, (gsize)length) : 0;
    for (const char *name = names; name && name < names + length; name += strlen(name) + 1) {
        gssize size = fgetxattr(from, name, NULL, 0);
        g_autofree char *value = size >= 0 ? g_malloc((gsize)size + 1) : NULL;
        if (value && fgetxattr(from, name, value, (gsize)size) == size &&
            fsetxattr(to, name, value, (gsize)size, 0) < 0)
            g_debug("%s: %s", name, g_strerror(errno));
    }
}

/* The owner comes last: what is another's already could not be changed without more rights than a unit may
 * have. */
static gboolean make_like(int fd, const char *like, guint mode)
{
    struct stat status;
    int from = like ? open(like, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;
    gboolean has = from >= 0 && fstat(from, &status) == 0;
    if (has)
        copy_attributes(from, fd);
    if (from >= 0)
        close(from);
    if (!has)
        return fchmod(fd, mode) == 0;
    mode_t kept = status.st_mode & (mode & 077 ? 07777 : 07700);
    return fchmod(fd, kept) == 0 && fchown(fd, status.st_uid, status.st_gid) == 0;
}

/* No name that a reader of the folder takes for a file of an interface. */
static char *name_meanwhile(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
    return g_strdup_printf("%s/.%s.XXXXXX", folder, name);
}

char *ifcfg_stage(const char *path, const char *text, const char *like, guint mode, gboolean syncs)
{
    g_autofree char *name = name_meanwhile(path);
    int fd = mkostemp(name, O_CLOEXEC);
    if (fd < 0)
        return NULL;
    gboolean ok = write_all(fd, text) && make_like(fd, like, mode) && (!syncs || fsync(fd) == 0);
    int code = errno;
    close(fd);
    if (ok)
        return g_steal_pointer(&name);
    unlink(name);
    errno = code;
    return NULL;
}

int ifcfg_stage_commit(const char *staged, const char *path)
{
    if (rename(staged, path) == 0)
        return 0;
    int code = errno;
    unlink(staged);
    return code;
}
