/* The wait for the end of a trial. Whoever began it may go away: the fuse needs nobody. */
#include "trial/try-wait.h"
#include "apply/folder-watch.h"
#include "console/cli.h"
#include "i18n.h"
#include "session/stop-signal.h"
#include "trial/ending.h"
#include "trial/fuse.h"
#include "trial/way-back.h"
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { TICK_MS = 1000, LATE_S = 60, LIGHTS_MAX = 3 };

typedef struct {
    const History *history;
    const TrialMark *mark;
    GMainLoop *loop;
    gboolean is_terminal, stop, is_over;
    guint fuse, input, lit;
} Wait;

static void fuse_watch(Wait *self);

static void end_look(gpointer data)
{
    Wait *self = data;
    g_autoptr(TrialMark) mark = trial_mark_load(self->history);
    self->is_over = trial_result(NULL) >= 0 || !mark;
    if (self->is_over)
        g_main_loop_quit(self->loop);
}

/* Somebody has killed it: there has to be one. Where none lives long, this process goes back itself. */
static void fuse_again(Wait *self)
{
    g_autoptr(TrialMark) mark = trial_mark_load(self->history);
    if (mark) {
        if (self->lit++ < LIGHTS_MAX && fuse_light(self->mark, NULL))
            fuse_watch(self);
        else
            trial_go_back(self->history, NULL);
    }
    end_look(self);
}

static gboolean fuse_ended(int fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
    Wait *self = data;
    close(fd);
    self->fuse = 0;
    fuse_again(self);
    return G_SOURCE_REMOVE;
}

static void fuse_watch(Wait *self)
{
    int fd;
    fuse_burns(&fd);
    if (fd >= 0)
        self->fuse = g_unix_fd_add(fd, G_IO_IN, fuse_ended, self);
}

/* The terminal may have gone with the connection. */
static gboolean input_came(int fd, GIOCondition condition, gpointer data)
{
    Wait *self = data;
    char line[256];
    gssize length = condition & G_IO_IN ? read(fd, line, sizeof line) : 0;
    if (length <= 0) {
        self->input = 0;
        return G_SOURCE_REMOVE;
    }
    fuse_tell(FUSE_CONFIRM, "terminal\n");
    return G_SOURCE_CONTINUE;
}

/* What does not hold, in one line. */
static char *doubts(void)
{
    g_autofree char *text = fuse_told(FUSE_STATUS);
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
    GString *line = g_string_new(NULL);
    for (guint i = 0; lines[i]; i++)
        if (g_str_has_prefix(lines[i], "- "))
            g_string_append_printf(line, "; %s", lines[i] + 2);
    return g_string_free(line, FALSE);
}

/* What is sent here also shows whether the connection still gets anything across. */
static gboolean tick(gpointer data)
{
    Wait *self = data;
    g_autofree char *doubt = doubts();
    if (!self->fuse) /* one that was killed before it could be watched */
        fuse_again(self);
    if (self->stop) {
        self->stop = FALSE;
        fuse_tell(FUSE_CANCEL, "terminal\n");
    }
    if (self->is_terminal) {
        fputs("\r\033[K", stdout);
        printf(_("%u s left; Enter keeps it, ^C goes back%s"), trial_mark_left(self->mark), doubt);
        fflush(stdout);
    }
    return G_SOURCE_CONTINUE;
}

static void result_print(const Wait *self)
{
    g_autoptr(GPtrArray) told = g_ptr_array_new_with_free_func(g_free);
    trial_result(told);
    if (self->is_terminal)
        printf("\r\033[K");
    fflush(stdout);
    for (guint i = 0; i < told->len; i++)
        fprintf(stderr, "%s: %s\n", g_get_prgname(), (char *)told->pdata[i]);
}

int try_wait_end(const History *history, const TrialMark *mark)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    Wait self = {.history = history,
                 .mark = mark,
                 .loop = loop,
                 .is_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)};
    signal(SIGHUP, SIG_IGN);
    stop_signal_watch(&self.stop);
    g_autoptr(FolderWatch) words = folder_watch_new(TRIAL_RUN_DIR, end_look, &self);
    fuse_watch(&self);
    if (self.is_terminal)
        self.input = g_unix_fd_add(STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, input_came, &self);
    guint ticks = g_timeout_add(TICK_MS, tick, &self);
    if (self.fuse)
        end_look(&self);
    else
        fuse_again(&self);
    if (!self.is_over)
        g_main_loop_run(loop);
    g_source_remove(ticks);
    stop_signal_unwatch();
    result_print(&self);
    int code = trial_result(NULL);
    if (code < 0)
        cli_complain(_("it is over, and how could not be written down: see `netsvc status` and the journal"));
    return code < 0 ? TRIAL_BACK_DIFFERS : code;
}
