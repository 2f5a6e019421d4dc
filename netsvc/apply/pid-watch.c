/* The end of a process that need not be our child. */
#include "apply/pid-watch.h"
#include <glib-unix.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Kernels before 5.3 tell nobody but the parent that a process has ended. */
enum { LOOK_MS = 50 };

struct PidWatch {
    GPid pid;
    guint64 start;
    int pidfd; /* -1: this kernel has none */
    guint source;
    void (*gone)(gpointer data);
    gpointer data;
};

/* proc(5), stat: the fields behind the name, which is in brackets and may hold any byte; the 22nd of all. */
guint64 pid_start_time(const char *root, GPid pid)
{
    g_autofree char *path = g_strdup_printf("%s/proc/%d/stat", root, pid), *text = NULL;
    if (pid <= 0 || !g_file_get_contents(path, &text, NULL, NULL))
        return 0;
    const char *rest = strrchr(text, ')');
    g_auto(GStrv) fields = rest ? g_strsplit(rest, " ", -1) : NULL;
    if (!fields || g_strv_length(fields) < 21 || g_str_equal(fields[1], "Z"))
        return 0;
    return g_ascii_strtoull(fields[20], NULL, 10);
}

static void watch_end(PidWatch *self)
{
    void (*gone)(gpointer data) = self->gone;
    gpointer data = self->data;
    self->source = 0;
    pid_watch_free(self);
    gone(data);
}

static gboolean watch_exited(G_GNUC_UNUSED int fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
    watch_end(data);
    return G_SOURCE_REMOVE;
}

static gboolean watch_look(gpointer data)
{
    PidWatch *self = data;
    if (self->start && pid_start_time("", self->pid) == self->start)
        return G_SOURCE_CONTINUE;
    watch_end(self);
    return G_SOURCE_REMOVE;
}

PidWatch *pid_watch_new(GPid pid, void (*gone)(gpointer data), gpointer data)
{
    PidWatch *self = g_new0(PidWatch, 1);
    *self = (PidWatch){.pid = pid, .start = pid_start_time("", pid), .gone = gone, .data = data};
    self->pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    self->source = self->pidfd >= 0 ? g_unix_fd_add(self->pidfd, G_IO_IN, watch_exited, self)
                                    : g_timeout_add(LOOK_MS, watch_look, self);
    return self;
}

void pid_watch_free(PidWatch *self)
{
    if (!self)
        return;
    if (self->source)
        g_source_remove(self->source);
    if (self->pidfd >= 0)
        close(self->pidfd);
    g_free(self);
}
