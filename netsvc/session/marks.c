/* What a run leaves in /run/netsvc for the ones after it, besides the record. */
#include "session/marks.h"
#include "apply/name-file.h"
#include "apply/system.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define STARTED NETSVC_RUN_DIR "/started"
#define FAILED NETSVC_RUN_DIR "/failed" /* a name a line */
#define SUBSYS_FOLDER "/var/lock/subsys"
#define SUBSYS SUBSYS_FOLDER "/network"

static const char *const mark_paths[] = {
    [MARK_RESTART] = NETSVC_RUN_DIR "/restart", /* init.d/network makes it too */
    [MARK_SETTLED] = NETSVC_RUN_DIR "/settled",
};

static void file_touch(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW, 0644);
    if (fd >= 0)
        close(fd);
}

gboolean marks_is_started(void)
{
    return access(STARTED, F_OK) == 0 || access(SUBSYS, F_OK) == 0;
}

/* The file of the others is not ours to rely on: /run/lock may be missing, or read-only. */
void marks_set_started(void)
{
    g_mkdir_with_parents(NETSVC_RUN_DIR, 0755);
    file_touch(STARTED);
    g_mkdir_with_parents(SUBSYS_FOLDER, 0755);
    file_touch(SUBSYS);
}

void marks_clear_started(void)
{
    g_unlink(STARTED);
    g_unlink(SUBSYS);
    g_unlink(FAILED);
    g_unlink(mark_paths[MARK_SETTLED]);
}

GPtrArray *marks_failed(void)
{
    return name_file_load(FAILED);
}

void marks_set_failed(const GPtrArray *names)
{
    if (names->len)
        name_file_save(FAILED, names);
    else
        g_unlink(FAILED);
}

void marks_set(Mark mark)
{
    file_touch(mark_paths[mark]);
}

gboolean marks_take(Mark mark)
{
    return g_unlink(mark_paths[mark]) == 0;
}
