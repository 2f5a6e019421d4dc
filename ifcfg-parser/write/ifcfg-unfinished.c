/* A journal beside several files that are being written. It is in the folder that they have in common, and
 * locked as long as its writer lives. A line a file says what is to be written, before anything is; a line a
 * file more, with what was there before, and a last one with the checksum of all before it say that all is
 * staged. Names are below the folder, no link is followed, and nobody's journal counts but one's own. */
#include "ifcfg-unfinished.h"
#include "ifcfg-root.h"
#include "ifcfg-stage.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME ".ifcfg-unfinished"
#define READY "ready "
#define NOTHING "-"

enum { SUFFIX = 7 /* ".XXXXXX" of a staged file */ };

struct IfcfgUnfinished {
    char *folder, *path;
    int fd;
    GString *text;
};

static gboolean fail(GError **error, int code, const char *path)
{
    ifcfg_write_fail(error, code, path);
    return FALSE;
}

/* --- the file --- */

static gboolean is_trusted(const struct stat *status)
{
    return S_ISREG(status->st_mode) && status->st_uid == geteuid() && !(status->st_mode & 022);
}

/* Opened and locked. The one who had it before may have removed it meanwhile: then it is looked for again.
 * Returns -1 with errno. */
static int journal_open(const char *path, int flags)
{
    struct stat status;
    for (;;) {
        int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | flags, 0600);
        if (fd < 0)
            return -1;
        gboolean is_there = fstat(fd, &status) == 0 && is_trusted(&status) && flock(fd, LOCK_EX) == 0 &&
                            fstat(fd, &status) == 0;
        if (is_there && status.st_nlink > 0)
            return fd;
        close(fd);
        if (!is_there) {
            errno = EINVAL;
            return -1;
        }
    }
}

static char *file_read(int fd)
{
    char buffer[4096];
    gssize n;
    GString *text = g_string_new(NULL);
    for (off_t at = 0; (n = pread(fd, buffer, sizeof buffer, at)) > 0; at += n)
        g_string_append_len(text, buffer, n);
    return g_string_free(text, FALSE);
}

/* --- what it asks for --- */

/* The folder of a name below another one, through no link. Returns -1 with errno. */
static int parent_open(const char *folder, const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, "/", -1);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (char **part = parts; fd >= 0 && *part; part++) {
        int next = -1;
        if (!**part || g_str_equal(*part, ".") || g_str_equal(*part, ".."))
            errno = EINVAL;
        else if (!part[1])
            break;
        else
            next = openat(fd, *part, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
        int code = errno;
        close(fd);
        fd = next;
        errno = code;
    }
    return fd;
}

/* The checksum of a file's text. @text: NULL: there was none */
static char *sum_of(const char *text)
{
    return text ? g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1) : g_strdup(NOTHING);
}

/* What somebody has edited, made or taken away since is another. */
static gboolean is_as_before(int folder, const char *base, const char *sum)
{
    int fd = openat(folder, base, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT && g_str_equal(sum, NOTHING);
    g_autofree char *text = file_read(fd), *now = sum_of(text);
    close(fd);
    return g_str_equal(now, sum);
}

static gboolean is_staged_of(const char *entry, const char *base)
{
    gsize length = strlen(base);
    return entry[0] == '.' && !strncmp(entry + 1, base, length) && entry[length + 1] == '.' &&
           strlen(entry) == 1 + length + SUFFIX;
}

/* A name that no reader of the folder takes for configuration. */
static gboolean is_aside_of(const char *entry, const char *base)
{
    gsize length = strlen(base);
    return !strncmp(entry, base, length) && entry[length] == '.' && g_str_has_suffix(entry, ".bak") &&
           !strchr(entry, '/');
}

/* @line: the checksum of what was there, and the name that a file has till it gets its own one, or that the
 * one that was there gets. What has its name then is not there under the other one any more. */
static int line_finish(int fd, const char *line, const char *base, gboolean *is_kept)
{
    const char *space = strchr(line, ' '), *name = space ? space + 1 : "";
    g_autofree char *sum = space ? g_strndup(line, space - line) : NULL;
    gboolean goes_aside = is_aside_of(name, base);
    const char *from = goes_aside ? base : name, *to = goes_aside ? name : base;
    struct stat status;
    if (!goes_aside && !is_staged_of(name, base))
        return EINVAL;
    if (fstatat(fd, from, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? 0 : errno;
    *is_kept = !is_as_before(fd, base, sum);
    if (!*is_kept)
        return renameat(fd, from, fd, to) == 0 ? 0 : errno;
    return goes_aside || unlinkat(fd, name, 0) == 0 ? 0 : errno;
}

/* Takes @fd. */
static int staged_remove(int fd, const char *base)
{
    DIR *dir = fdopendir(fd);
    int code = dir ? 0 : errno;
    if (!dir)
        close(fd);
    for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir))
        if (is_staged_of(entry->d_name, base) && unlinkat(fd, entry->d_name, 0) != 0)
            code = errno;
    if (dir)
        closedir(dir);
    return code;
}

/* @staged: the line of what is staged; NULL: it is undone */
static gboolean file_finish(const char *folder, const char *name, const char *staged, GPtrArray *kept,
                            GError **error)
{
    g_autofree char *base = g_path_get_basename(name), *path = g_build_filename(folder, name, NULL);
    int fd = parent_open(folder, name), code = 0;
    gboolean is_kept = FALSE;
    if (fd < 0) {
        code = errno;
        return code == ENOENT || fail(error, code, path);
    }
    if (!staged) {
        code = staged_remove(fd, base);
    } else {
        code = line_finish(fd, staged, base, &is_kept);
        if (!code && fsync(fd) != 0)
            code = errno;
        close(fd);
    }
    if (is_kept && kept)
        g_ptr_array_add(kept, g_strdup(path));
    return code ? fail(error, code, path) : TRUE;
}

/* Whether all was staged: the last line is whole. What is behind @text's lines of files is cut off there. */
static gboolean is_ready(const char *text)
{
    const char *last = g_strrstr(text, "\n" READY);
    g_autofree char *sum =
        last ? g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, last + 1 - text) : NULL;
    g_autofree char *line = g_strdup_printf("\n" READY "%s\n", sum ? sum : "");
    return last && g_str_equal(last, line);
}

static gboolean journal_finish(const char *folder, int fd, GPtrArray *kept, GError **error)
{
    g_autofree char *text = file_read(fd);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    gboolean ready = is_ready(text);
    guint n_files = 0;
    while (lines[n_files] && *lines[n_files] == '/')
        n_files++;
    for (guint i = 0; i < n_files; i++) {
        const char *staged = ready && i + n_files < g_strv_length(lines) ? lines[i + n_files] : NULL;
        if (!file_finish(folder, lines[i] + 1, staged, kept, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean folder_finish(const char *folder, GPtrArray *kept, GError **error)
{
    g_autofree char *path = g_build_filename(folder, NAME, NULL);
    int fd = journal_open(path, 0);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES || fail(error, errno, path);
    gboolean is_finished = journal_finish(folder, fd, kept, error);
    if (is_finished && unlink(path) != 0)
        is_finished = fail(error, errno, path);
    close(fd);
    return is_finished;
}

/* The folder above, or FALSE at the top. */
static gboolean folder_rise(char **folder)
{
    char *above = g_path_get_dirname(*folder);
    gboolean has_risen = strlen(above) < strlen(*folder) && !g_str_equal(above, ".");
    g_free(*folder);
    *folder = above;
    return has_risen;
}

static gboolean folders_finish(const char *top, const char *below, GPtrArray *kept, GError **error)
{
    g_autofree char *folder = g_strdup(below);
    do
        if (!folder_finish(folder, kept, error))
            return FALSE;
    while (strlen(folder) > strlen(top) && folder_rise(&folder));
    return TRUE;
}

static char *folder_below(const char *root, const char *folder)
{
    g_autofree char *full = g_build_filename(root, folder, NULL);
    return ifcfg_root_resolve(root, full);
}

gboolean ifcfg_unfinished_finish(const char *root, const char *folder, GPtrArray *kept, GError **error)
{
    g_autofree char *below = folder_below(root, folder);
    return !below || folders_finish(root, below, kept, error);
}

char *ifcfg_unfinished_find(const char *root, const char *folder)
{
    g_autofree char *below = folder_below(root, folder);
    if (!below)
        return NULL;
    do {
        g_autofree char *path = g_build_filename(below, NAME, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&path);
    } while (strlen(below) > strlen(root) && folder_rise(&below));
    return NULL;
}

/* --- writing one --- */

static gboolean is_below(const char *path, const char *folder)
{
    gsize length = strlen(folder);
    return g_str_equal(folder, "/") || (!strncmp(path, folder, length) && path[length] == '/');
}

static char *folder_common(const GPtrArray *paths)
{
    g_autofree char *folder = g_path_get_dirname(paths->pdata[0]);
    for (guint i = 1; i < paths->len; i++)
        while (!is_below(paths->pdata[i], folder))
            if (!folder_rise(&folder))
                return NULL;
    return g_steal_pointer(&folder);
}

static gboolean text_append(IfcfgUnfinished *self, const char *text)
{
    gsize length = strlen(text);
    g_string_append_len(self->text, text, (gssize)length);
    errno = ENOSPC; /* of a write that was short */
    return write(self->fd, text, length) == (gssize)length;
}

static gboolean paths_note(IfcfgUnfinished *self, const GPtrArray *paths, GError **error)
{
    g_autoptr(GString) lines = g_string_new(NULL);
    gsize length = g_str_equal(self->folder, "/") ? 0 : strlen(self->folder);
    for (guint i = 0; i < paths->len; i++) {
        if (strchr(paths->pdata[i], '\n'))
            return fail(error, EINVAL, paths->pdata[i]);
        g_string_append_printf(lines, "%s\n", (char *)paths->pdata[i] + length);
    }
    return text_append(self, lines->str) || fail(error, errno, self->path);
}

static gboolean all_finish(const char *root, const GPtrArray *paths, GError **error)
{
    g_autofree char *last = NULL;
    for (guint i = 0; i < paths->len; i++) {
        g_autofree char *folder = g_path_get_dirname(paths->pdata[i]);
        if (g_strcmp0(folder, last) && !folders_finish(root, folder, NULL, error))
            return FALSE;
        g_free(last);
        last = g_steal_pointer(&folder);
    }
    return TRUE;
}

IfcfgUnfinished *ifcfg_unfinished_begin(const char *root, const GPtrArray *paths, GError **error)
{
    if (!paths->len || !all_finish(root, paths, error))
        return NULL;
    g_autofree char *folder = folder_common(paths),
                    *path = folder ? g_build_filename(folder, NAME, NULL) : NULL;
    int fd = path ? journal_open(path, O_CREAT) : -1;
    if (fd < 0) {
        g_debug("%s: %s", path ? path : NAME, g_strerror(errno));
        return NULL;
    }
    g_autoptr(IfcfgUnfinished) self = g_new(IfcfgUnfinished, 1);
    *self = (IfcfgUnfinished){g_steal_pointer(&folder), g_steal_pointer(&path), fd, g_string_new(NULL)};
    /* whoever had it till now may have been killed meanwhile */
    gboolean is_noted = journal_finish(self->folder, fd, NULL, error);
    if (!is_noted)
        g_clear_pointer(&self->path, g_free); /* it stays */
    else if (ftruncate(fd, 0) != 0)
        is_noted = fail(error, errno, self->path);
    else
        is_noted = paths_note(self, paths, error);
    return is_noted ? g_steal_pointer(&self) : NULL;
}

static gboolean sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    gboolean is_synced = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return is_synced;
}

gboolean ifcfg_unfinished_ready(IfcfgUnfinished *self, const GPtrArray *staged, const GPtrArray *before,
                                GError **error)
{
    g_autoptr(GString) lines = g_string_new(NULL);
    for (guint i = 0; i < staged->len; i++) {
        g_autofree char *base = g_path_get_basename(staged->pdata[i]), *sum = sum_of(before->pdata[i]);
        g_string_append_printf(lines, "%s %s\n", sum, base);
    }
    g_autofree char *all = g_strconcat(self->text->str, lines->str, NULL);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, all, -1);
    g_string_append_printf(lines, READY "%s\n", sum);
    return (text_append(self, lines->str) && fsync(self->fd) == 0 && sync_folder(self->folder)) ||
           fail(error, errno, self->path);
}

void ifcfg_unfinished_end(IfcfgUnfinished *self)
{
    if (!self)
        return;
    if (self->path && unlink(self->path) != 0)
        g_debug("%s: %s", self->path, g_strerror(errno));
    close(self->fd);
    g_free(self->folder);
    g_free(self->path);
    g_string_free(self->text, TRUE);
    g_free(self);
}
