/* Replacing a file: a new one beside it, made the same in all but the text, and renamed. */
#include "apply/file-replace.h"
#include "apply/net-error.h"
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

/* Where a chain of links ends, be there something or not. */
static char *link_end(const char *path)
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

/* What the administrator can do about it. */
static void set_error(GError **error, int code, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (is_immutable(path) || is_immutable(folder))
        net_error_set(error, code, _("cannot write %s: it is immutable; `chattr -i %s` lets it be written"),
                      path, is_immutable(path) ? path : folder);
    else if (code == EROFS)
        net_error_set(error, code, _("cannot write %s: its file system is read-only; mount it writable"),
                      path);
    else if (code == ENOSPC || code == EDQUOT)
        net_error_set(error, code, _("cannot write %s: the disk is full; make room"), path);
    else
        net_error_set(error, code, _("cannot write %s: %s"), path, g_strerror(code));
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
 * the name servers out. */
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

/* The owner comes last: what is another's already could not be changed without more rights than the unit has.
 */
static gboolean make_like(int fd, const char *like)
{
    struct stat status = {.st_mode = 0644};
    int from = like ? open(like, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;
    gboolean has = from >= 0 && fstat(from, &status) == 0;
    if (has)
        copy_attributes(from, fd);
    if (from >= 0)
        close(from);
    return fchmod(fd, status.st_mode & 07777) == 0 && (!has || fchown(fd, status.st_uid, status.st_gid) == 0);
}

/* Returns 0, or errno. */
static int write_beside(const char *path, const char *text, const char *like)
{
    g_autofree char *name = g_strdup_printf("%s.XXXXXX", path);
    int fd = mkostemp(name, O_CLOEXEC);
    if (fd < 0)
        return errno;
    gboolean ok = write_all(fd, text) && make_like(fd, like) && fsync(fd) == 0;
    int code = ok ? 0 : errno;
    close(fd);
    if (ok && rename(name, path) == 0)
        return 0;
    code = code ? code : errno;
    unlink(name);
    return code;
}

static int write_in_place(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int code = write_all(fd, text) ? 0 : errno;
    close(fd);
    return code;
}

/* A file that is mounted over (containers, `ip netns exec`) cannot be renamed over. */
static gboolean needs_place(int code)
{
    return code == EBUSY || code == EXDEV || code == EROFS || code == EACCES;
}

gboolean file_replace(const char *path, const char *text, const char *like, GError **error)
{
    g_autofree char *end = link_end(path);
    int code = write_beside(end, text, access(end, F_OK) == 0 ? end : like);
    if (needs_place(code)) {
        int again = write_in_place(end, text);
        code = again == ENOENT ? code : again;
    }
    if (!code)
        return TRUE;
    set_error(error, code, end);
    return FALSE;
}

gboolean file_remove(const char *path, GError **error)
{
    if (unlink(path) == 0 || errno == ENOENT)
        return TRUE;
    set_error(error, errno, path);
    return FALSE;
}
