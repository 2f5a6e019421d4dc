/* Replacing one file: a new one beside it, renamed. */
#include "ifcfg-replace.h"
#include "ifcfg-stage.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Returns 0, or errno. */
static int write_beside(const char *path, const char *text, const char *like)
{
    g_autofree char *staged = ifcfg_stage(path, text, like, 0644, TRUE);
    return staged ? ifcfg_stage_commit(staged, path) : errno;
}

/* Cut off at the end only: a full disk keeps the room of what was there till then. */
static int overwrite(int fd, const char *text, gsize length)
{
    int code = 0;
    for (gsize done = 0; done < length && !code;) {
        gssize n = pwrite(fd, text + done, length - done, (off_t)done);
        code = n < 0 && errno != EINTR ? errno : 0;
        done += (gsize)MAX(n, 0);
    }
    return !code && ftruncate(fd, (off_t)length) != 0 ? errno : code;
}

/* Where the new text does not fit, the old one is put back. */
static int write_in_place(const char *path, const char *text)
{
    g_autofree char *before = NULL;
    gsize length = 0;
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    gboolean is_known = g_file_get_contents(path, &before, &length, NULL);
    int code = overwrite(fd, text, strlen(text));
    if (code && is_known)
        overwrite(fd, before, length);
    close(fd);
    return code;
}

/* A file that is mounted over (containers, `ip netns exec`) cannot be renamed over. */
static gboolean needs_place(int code)
{
    return code == EBUSY || code == EXDEV || code == EROFS || code == EACCES;
}

gboolean ifcfg_file_replace(const char *path, const char *text, const char *like, GError **error)
{
    g_autofree char *end = ifcfg_link_end(path);
    int code = write_beside(end, text, access(end, F_OK) == 0 ? end : like);
    if (needs_place(code)) {
        int again = write_in_place(end, text);
        code = again == ENOENT ? code : again;
    }
    if (!code)
        return TRUE;
    ifcfg_write_fail(error, code, end);
    return FALSE;
}

gboolean ifcfg_file_remove(const char *path, GError **error)
{
    if (unlink(path) == 0 || errno == ENOENT)
        return TRUE;
    ifcfg_write_fail(error, errno, path);
    return FALSE;
}
