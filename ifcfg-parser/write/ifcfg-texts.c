/* Several files, all or none: staged first, then renamed, and put back where that fails. */
#include "i18n.h"
#include "ifcfg-replace.h"
#include "ifcfg-root.h"
#include "ifcfg-stage.h"
#include "ifcfg-unfinished.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MANY = 16 /* files, that are synced one by one up to here */ };

typedef struct {
    char *path;       /* where the links end */
    char *staged;     /* what gets its name; or the name that it gets, aside */
    char *before;     /* what was there, or NULL */
    gboolean is_done; /* has that name */
    gboolean goes_aside;
} Step;

IfcfgText *ifcfg_text_new(char *path, char *text, guint mode)
{
    IfcfgText *self = g_new(IfcfgText, 1);
    *self = (IfcfgText){.path = path, .text = text, .mode = mode};
    return self;
}

IfcfgText *ifcfg_text_new_aside(char *path, char *aside)
{
    IfcfgText *self = g_new(IfcfgText, 1);
    *self = (IfcfgText){.path = path, .aside = aside};
    return self;
}

void ifcfg_text_free(IfcfgText *self)
{
    if (!self)
        return;
    g_free(self->path);
    g_free(self->text);
    g_free(self->aside);
    g_free(self);
}

static void step_clear(gpointer data)
{
    Step *self = data;
    if (self->staged && !self->is_done && !self->goes_aside)
        g_unlink(self->staged);
    g_free(self->path);
    g_free(self->staged);
    g_free(self->before);
}

static gboolean fail(GError **error, const char *path)
{
    ifcfg_write_fail(error, errno, path);
    return FALSE;
}

/* What links in the tree lead to, in the tree. */
static char *place_of(const char *root, const char *path, GError **error)
{
    g_autofree char *full = g_build_filename(root, path, NULL);
    g_autofree char *place = ifcfg_root_resolve(root, full);
    if (!place)
        fail(error, full);
    return place ? ifcfg_link_end(place) : NULL;
}

static gboolean folder_make(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    return g_mkdir_with_parents(folder, 0755) == 0 ? TRUE : fail(error, folder);
}

static char *copy_name(const char *path)
{
    char *name = g_strconcat(path, ".bak", NULL);
    for (guint i = 1; g_file_test(name, G_FILE_TEST_EXISTS); i++) {
        g_free(name);
        name = g_strdup_printf("%s.%u.bak", path, i);
    }
    return name;
}

/* The copy is one more name of the file, so that it has all that the file had. */
static gboolean copy_keep(const Step *step, GError **error)
{
    g_autofree char *copy = copy_name(step->path);
    if (link(step->path, copy) == 0)
        return TRUE;
    g_autofree char *staged = ifcfg_stage(copy, step->before, step->path, 0644, TRUE);
    return staged && ifcfg_stage_commit(staged, copy) == 0 ? TRUE : fail(error, copy);
}

/* What is no file is not read, which might wait for ever, and not replaced. */
static gboolean before_read(Step *step, GError **error)
{
    struct stat info;
    if (stat(step->path, &info) != 0)
        return errno == ENOENT ? TRUE : fail(error, step->path);
    errno = S_ISDIR(info.st_mode) ? EISDIR : EINVAL;
    if (!S_ISREG(info.st_mode))
        return fail(error, step->path);
    return g_file_get_contents(step->path, &step->before, NULL, error);
}

static gboolean owner_give(const char *staged, const IfcfgText *text)
{
    return !text->has_owner || (chown(staged, text->uid, text->gid) == 0 && chmod(staged, text->mode) == 0);
}

static gboolean step_stage(Step *step, const IfcfgText *text, GError **error)
{
    if (!before_read(step, error))
        return FALSE;
    if (step->goes_aside)
        return TRUE;
    step->staged = ifcfg_stage(step->path, text->text, step->before ? step->path : NULL, text->mode, FALSE);
    return step->staged && owner_give(step->staged, text) ? TRUE : fail(error, step->path);
}

static Step step_of(const IfcfgText *text, const char *root, GError **error)
{
    Step step = {.path = place_of(root, text->path, error), .goes_aside = text->aside != NULL};
    if (step.path && text->aside)
        step.staged = g_strconcat(step.path, text->aside, NULL);
    return step;
}

/* Where all of them go, with the folders. */
static gboolean steps_find(GArray *steps, const GPtrArray *texts, const char *root, GError **error)
{
    for (guint i = 0; i < texts->len; i++) {
        Step step = step_of(texts->pdata[i], root, error);
        if (!step.path)
            return FALSE;
        g_array_append_val(steps, step);
        if (!folder_make(step.path, error))
            return FALSE;
    }
    return TRUE;
}

static IfcfgUnfinished *journal_begin(const GArray *steps, const char *root, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    for (guint i = 0; i < steps->len; i++)
        g_ptr_array_add(paths, g_array_index(steps, Step, i).path);
    return ifcfg_unfinished_begin(root, paths, error);
}

static gboolean journal_ready(IfcfgUnfinished *journal, const GArray *steps, GError **error)
{
    g_autoptr(GPtrArray) staged = g_ptr_array_new(), before = g_ptr_array_new();
    for (guint i = 0; i < steps->len; i++) {
        g_ptr_array_add(staged, g_array_index(steps, Step, i).staged);
        g_ptr_array_add(before, g_array_index(steps, Step, i).before);
    }
    return !journal || ifcfg_unfinished_ready(journal, staged, before, error);
}

static void steps_undo(const GArray *steps)
{
    for (guint i = 0; i < steps->len; i++) {
        const Step *step = &g_array_index(steps, Step, i);
        if (step->is_done && step->goes_aside)
            g_rename(step->staged, step->path);
        else if (step->is_done && step->before)
            ifcfg_file_replace(step->path, step->before, NULL, NULL);
        else if (step->is_done)
            g_unlink(step->path);
    }
}

static gboolean steps_commit(const GArray *steps, GError **error)
{
    for (guint i = 0; i < steps->len; i++) {
        Step *step = &g_array_index(steps, Step, i);
        step->is_done =
            (step->goes_aside ? rename(step->path, step->staged) : rename(step->staged, step->path)) == 0;
        if (!step->is_done) {
            fail(error, step->path);
            steps_undo(steps);
            return FALSE;
        }
    }
    return TRUE;
}

/* Files one by one, but of many their whole file system: a disk takes as long for one as for all of them. */
static gboolean steps_sync(const GArray *steps, GError **error)
{
    for (guint i = 0; i < steps->len; i++) {
        const Step *step = &g_array_index(steps, Step, i);
        if (step->goes_aside)
            continue;
        int fd = open(step->staged, O_RDONLY | O_CLOEXEC);
        gboolean is_synced = fd >= 0 && (steps->len > MANY ? syncfs(fd) : fsync(fd)) == 0;
        if (!is_synced)
            fail(error, step->path);
        if (fd >= 0)
            close(fd);
        if (!is_synced)
            return FALSE;
        if (steps->len > MANY)
            break;
    }
    return TRUE;
}

/* That the files have their names is on the disk, too. */
static void folders_sync(const GArray *steps)
{
    g_autofree char *last = NULL;
    for (guint i = 0; i < steps->len; i++) {
        g_autofree char *folder = g_path_get_dirname(g_array_index(steps, Step, i).path);
        int fd = g_strcmp0(folder, last) ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
        if (fd < 0)
            continue;
        if (fsync(fd) != 0)
            g_debug("%s: %s", folder, g_strerror(errno));
        close(fd);
        g_free(last);
        last = g_steal_pointer(&folder);
    }
}

static gboolean copies_keep(const GArray *steps, GError **error)
{
    for (guint i = 0; i < steps->len; i++) {
        const Step *step = &g_array_index(steps, Step, i);
        if (step->before && !step->goes_aside && !copy_keep(step, error))
            return FALSE;
    }
    return TRUE;
}

/* What is staged goes before the journal does. */
static gboolean steps_write(GArray *steps, const GPtrArray *texts, IfcfgUnfinished *journal, gboolean copies,
                            GError **error)
{
    for (guint i = 0; i < steps->len; i++)
        if (!step_stage(&g_array_index(steps, Step, i), texts->pdata[i], error))
            return FALSE;
    if (!steps_sync(steps, error) || (copies && !copies_keep(steps, error)) ||
        !journal_ready(journal, steps, error) || !steps_commit(steps, error))
        return FALSE;
    folders_sync(steps);
    return TRUE;
}

static gboolean texts_write(const GPtrArray *texts, const char *root, gboolean copies, GError **error)
{
    g_autoptr(GError) found = NULL;
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(Step));
    g_array_set_clear_func(steps, step_clear);
    if (!steps_find(steps, texts, root, error))
        return FALSE;
    IfcfgUnfinished *journal = journal_begin(steps, root, &found);
    if (found) {
        g_propagate_error(error, g_steal_pointer(&found));
        return FALSE;
    }
    gboolean is_written = steps_write(steps, texts, journal, copies, error);
    g_array_set_size(steps, 0);
    ifcfg_unfinished_end(journal);
    return is_written;
}

/* Somebody's ^C waits until there are all, or none. */
gboolean ifcfg_texts_write(const GPtrArray *texts, const char *root, gboolean copies, GError **error)
{
    sigset_t ends, before;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ends, &before);
    gboolean is_written = texts_write(texts, root, copies, error);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return is_written;
}
