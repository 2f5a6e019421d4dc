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

static int write_in_place(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC), code = 0;
    if (fd < 0)
        return errno;
    for (gsize left = strlen(text); left && !code;) {
        gssize n = write(fd, text, left);
        code = n < 0 && errno != EINTR ? errno : 0;
        text += MAX(n, 0);
        left -= (gsize)MAX(n, 0);
    }
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
