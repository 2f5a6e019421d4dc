/* Writing and reading kernel files below /sys/class/net and /proc/sys/net. */
#include "apply/kernel/sysfs.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static gboolean path_is_safe(const char *path)
{
    return path[0] != '/' && !strstr(path, "..");
}

static int file_write(const char *base, const char *path, const char *text)
{
    g_autofree char *full = g_strconcat(base, path, NULL);
    g_autofree char *line =
        g_strconcat(text, "\n", NULL); /* a write of no bytes would not reach the driver */
    gssize written;
    int fd, code = 0;

    if (!path_is_safe(path))
        return EINVAL;
    /* Neither O_CREAT nor O_TRUNC: these files exist or the kernel does not know the option. */
    fd = open(full, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    do
        written = write(fd, line, strlen(line));
    while (written < 0 && errno == EINTR);
    if (written < 0)
        code = errno;
    close(fd);
    return code;
}

int sysfs_write(const char *path, const char *text)
{
    return file_write("/sys/class/net/", path, text);
}

int procfs_write(const char *path, const char *text)
{
    return file_write("/proc/sys/net/", path, text);
}

/* The kernel hands such a file out whole, a page at most (sysfs_emit(), proc_dointvec()). */
static char *file_read(const char *base, const char *path)
{
    g_autofree char *full = g_strconcat(base, path, NULL);
    char text[4096];
    int fd = path_is_safe(path) ? open(full, O_RDONLY | O_CLOEXEC) : -1;
    gssize length;

    if (fd < 0)
        return NULL;
    do
        length = read(fd, text, sizeof text);
    while (length < 0 && errno == EINTR);
    close(fd);
    return length < 0 ? NULL : g_strchomp(g_strndup(text, (gsize)length));
}

char *sysfs_read(const char *path)
{
    return file_read("/sys/class/net/", path);
}

char *procfs_read(const char *path)
{
    return file_read("/proc/sys/net/", path);
}
