/* Reads small configuration files safely. */
#include "ifcfg-file.h"
#include "i18n.h"
#include "ifcfg-overlay.h"
#include "ifcfg-root.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean fail(GError **error, GFileError code, const char *message)
{
    g_set_error_literal(error, G_FILE_ERROR, (gint)code, message);
    return FALSE;
}

static gboolean fail_errno(GError **error, int number)
{
    return error && fail(error, g_file_error_from_errno(number), g_strerror(number));
}

static const char *irregular_fault(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFDIR:
        return _("this is a directory, not read: a configuration file must be a regular file");
    case S_IFIFO:
        return _("this is a FIFO, not read: a configuration file must be a regular file");
    case S_IFSOCK:
        return _("this is a socket, not read: a configuration file must be a regular file");
    default:
        return _("this is a device, not read: a configuration file must be a regular file");
    }
}

static gboolean check_regular(const struct stat *info, GError **error)
{
    if (S_ISREG(info->st_mode))
        return TRUE;
    g_set_error_literal(error, G_FILE_ERROR, S_ISDIR(info->st_mode) ? G_FILE_ERROR_ISDIR : G_FILE_ERROR_INVAL,
                        irregular_fault(info->st_mode));
    return FALSE;
}

gboolean ifcfg_file_fail(GError **error, const char *path, int number)
{
    g_autofree char *target = number == ENOENT ? g_file_read_link(path, NULL) : NULL;
    if (!target)
        return fail_errno(error, number);
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                _("this is a symbolic link to %s, which is not there"), target);
    return FALSE;
}

static int open_regular(int folder, const char *path, struct stat *info, GError **error)
{
    int fd = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return fail_errno(error, errno), -1;
    if (fstat(fd, info) < 0 || !check_regular(info, error)) {
        if (error && !*error)
            fail_errno(error, errno);
        close(fd);
        return -1;
    }
    return fd;
}

/* stat() comes first because opening a device can already do something (a watchdog starts, a tape rewinds).
 * Where a link in the folder leads to is looked up from the root. */
static int open_in(int folder, const char *root, const char *path, struct stat *info, GError **error)
{
    const char *name = folder < 0 ? NULL : strrchr(path, '/') + 1;
    if (name && fstatat(folder, name, info, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISLNK(info->st_mode))
        return check_regular(info, error) ? open_regular(folder, name, info, error) : -1;
    g_autofree char *real = ifcfg_root_resolve(root, path);
    if (!real)
        return fail_errno(error, errno), -1;
    if (stat(real, info) < 0)
        return ifcfg_file_fail(error, path, errno), -1;
    return check_regular(info, error) ? open_regular(AT_FDCWD, real, info, error) : -1;
}

/* Reads until the end or one byte more than allowed. The size that stat() told is the end of a file that has
 * any; for one of none (/proc) it says nothing. */
static char *read_all(int fd, gsize size, gsize *ret_length, GError **error)
{
    gsize room = MIN(size, IFCFG_FILE_MAX) + 2, length = 0;
    g_autofree char *text = g_malloc(room);
    for (;;) {
        ssize_t count = read(fd, text + length, room - length - 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail_errno(error, errno), NULL;
        length += (gsize)count;
        if (!count || (length == size && (gsize)count < room - 1))
            break;
        if (length > IFCFG_FILE_MAX)
            return fail(error, G_FILE_ERROR_INVAL, _("the file is over 1 MiB, not read")), NULL;
        if (length + 1 == room)
            text = g_realloc(text, room = MIN(room * 2 + 4096, IFCFG_FILE_MAX + 2));
    }
    text[length] = '\0';
    *ret_length = length;
    return g_steal_pointer(&text);
}

/* The user who runs us is trusted with his own files, so that checking a checked-out tree is quiet. */
static void warn_writable(const char *path, const struct stat *info, IfcfgProblems *problems)
{
    gboolean others = (info->st_mode & S_IWOTH) != 0;
    gboolean group = (info->st_mode & S_IWGRP) && info->st_gid != 0 && info->st_gid != getegid();
    gboolean owner = info->st_uid != 0 && info->st_uid != geteuid();
    if (!problems || !(others || group || owner))
        return;
    IfcfgWhere where = {.file = g_intern_string(path)};
    ifcfg_problems_add(problems, IFCFG_WARNING, where,
                       _("others than root can write this file; run: chown root:root %s && chmod go-w %s"),
                       path, path);
}

/* g_dir_open() makes words for an error even where nobody wants them, and opens message catalogs for that. */
GDir *ifcfg_folder_open(const char *root, const char *path)
{
    g_autofree char *real = ifcfg_root_resolve(root, path);
    return real && access(real, F_OK) == 0 ? g_dir_open(real, 0, NULL) : NULL;
}

void ifcfg_folder_foreach(const char *root, const char *path, GFunc each, gpointer data)
{
    g_autoptr(GDir) folder = ifcfg_folder_open(root, path);
    const char *name;
    while (folder && (name = g_dir_read_name(folder)))
        each((gpointer)name, data);
    ifcfg_overlay_foreach(path, each, data);
}

/* To a shell the CR was part of every value. */
static void warn_dos(const char *path, const char *text, gsize length, IfcfgProblems *problems)
{
    const char *end = problems && memchr(text, '\r', length) ? memmem(text, length, "\r\n", 2) : NULL;
    if (!end)
        return;
    IfcfgWhere where = {.file = g_intern_string(path), .line = 1};
    for (const char *at = text; at < end; at++)
        where.line += *at == '\n';
    ifcfg_problems_add(
        problems, IFCFG_WARNING, where,
        _("lines end in CR LF, as DOS writes them; the CR is ignored (sed -i 's/\\r$//' removes it)"));
}

static gboolean check_lines(const char *text, gsize length, GError **error)
{
    const char *end = text + length, *start = text;
    for (guint line = 1; start < end; line++) {
        const char *stop = memchr(start, '\n', (gsize)(end - start));
        if ((stop ? stop : end) - start > IFCFG_LINE_MAX) {
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                        _("line %u is over 64 KiB; the file is not read"), line);
            return FALSE;
        }
        start = stop ? stop + 1 : end;
    }
    return TRUE;
}

static gsize strip_carriage_returns(char *text, gsize length)
{
    if (!memchr(text, '\r', length))
        return length;
    gsize kept = 0;
    for (gsize i = 0; i <= length; i++) { /* the NUL at the end ends a line too */
        if (i == length || text[i] == '\n')
            while (kept && text[kept - 1] == '\r')
                kept--;
        if (i < length)
            text[kept++] = text[i];
    }
    return kept;
}

gboolean ifcfg_text_clean(char *text, gsize *length, GError **error)
{
    static const char bom[] = "\xef\xbb\xbf";
    if (*length > IFCFG_FILE_MAX)
        return fail(error, G_FILE_ERROR_INVAL, _("the file is over 1 MiB, not read"));
    if (memchr(text, '\0', *length))
        return fail(error, G_FILE_ERROR_INVAL, _("the file contains NUL bytes, so it is not text; not read"));
    if (*length >= 3 && !memcmp(text, bom, 3))
        memmove(text, text + 3, *length -= 3);
    *length = strip_carriage_returns(text, *length);
    text[*length] = '\0';
    return check_lines(text, *length, error);
}

/* What stands for a file is nobody's to write but root's. */
static char *overlay_read(const char *path, struct stat *ret_info, gsize *ret_length)
{
    const char *text = ifcfg_overlay_find(path);
    if (!text)
        return NULL;
    *ret_info = (struct stat){0};
    *ret_length = strlen(text);
    return g_strdup(text);
}

char *ifcfg_file_read_in(int folder, const char *root, const char *path, gsize *ret_length,
                         IfcfgProblems *problems, GError **error)
{
    struct stat info;
    gsize length = 0;
    g_autofree char *text = overlay_read(path, &info, &length);
    g_autoptr(GError) failure = NULL;
    int fd = text ? -1 : open_in(folder, root, path, &info, &failure);
    if (fd >= 0) {
        text = read_all(fd, (gsize)info.st_size, &length, &failure);
        close(fd);
    }
    if (text)
        warn_dos(path, text, length, problems);
    if (!text || !ifcfg_text_clean(text, &length, &failure)) {
        g_propagate_prefixed_error(error, g_steal_pointer(&failure), "%s: ", path);
        return NULL;
    }
    warn_writable(path, &info, problems);
    *ret_length = length;
    return g_steal_pointer(&text);
}

char *ifcfg_file_read(const char *root, const char *path, gsize *ret_length, IfcfgProblems *problems,
                      GError **error)
{
    return ifcfg_file_read_in(-1, root, path, ret_length, problems, error);
}

gboolean ifcfg_file_is_absent(const char *path, const GError *error)
{
    return g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT) &&
           !g_file_test(path, G_FILE_TEST_IS_SYMLINK);
}

void ifcfg_file_report(IfcfgProblems *problems, const char *path, const GError *error)
{
    const char *message = error->message;
    gsize length = strlen(path);
    if (g_str_has_prefix(message, path) && g_str_has_prefix(message + length, ": "))
        message += length + 2;
    IfcfgWhere where = {.file = g_intern_string(path)};
    ifcfg_problems_add(problems, IFCFG_ERROR, where, "%s", message);
}
