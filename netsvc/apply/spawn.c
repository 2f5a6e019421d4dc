/* The one place that runs programs: argv only, no shell, no standard input, output captured, killed when it
 * takes too long. */
#include "apply/net-error.h"
#include "apply/system.h"
#include "i18n.h"
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUTPUT_BYTES = 64 * 1024 };

typedef struct {
    GMainContext *context; /* its own: events of others must not be handled in here */
    GString *output;
    gboolean open, running, timed_out;
    int status;
    GPid pid;
} Spawn;

static GSource *spawn_attach(Spawn *self, GSource *source, GSourceFunc function)
{
    g_source_set_callback(source, function, self, NULL);
    g_source_attach(source, self->context);
    return source;
}

static gboolean spawn_readable(GIOChannel *channel, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
    Spawn *self = data;
    char bytes[4096];
    gssize n = read(g_io_channel_unix_get_fd(channel), bytes, sizeof bytes);

    if (n > 0 && self->output->len < OUTPUT_BYTES)
        g_string_append_len(self->output, bytes, n);
    self->open = n > 0;
    return n > 0;
}

static void spawn_exited(G_GNUC_UNUSED GPid pid, int status, gpointer data)
{
    Spawn *self = data;

    self->status = status;
    self->running = FALSE;
}

static gboolean spawn_expired(gpointer data)
{
    Spawn *self = data;

    self->timed_out = TRUE;
    kill(self->pid, SIGKILL);
    return G_SOURCE_REMOVE;
}

/* Ends with the program; a grandchild that keeps the pipe open is not waited for. */
static void spawn_wait(Spawn *self, int fd, guint timeout_ms)
{
    g_autoptr(GIOChannel) channel = g_io_channel_unix_new(fd);
    g_autoptr(GSource) input =
        spawn_attach(self, g_io_create_watch(channel, G_IO_IN | G_IO_HUP), G_SOURCE_FUNC(spawn_readable));
    g_autoptr(GSource) child =
        spawn_attach(self, g_child_watch_source_new(self->pid), G_SOURCE_FUNC(spawn_exited));
    g_autoptr(GSource) timer = spawn_attach(self, g_timeout_source_new(timeout_ms), spawn_expired);

    self->open = self->running = TRUE;
    while (self->running)
        g_main_context_iteration(self->context, TRUE);
    while (self->open && g_main_context_iteration(self->context, FALSE))
        ;
    g_source_destroy(input);
    g_source_destroy(child);
    g_source_destroy(timer);
}

/* How the program failed, or NULL. */
static char *spawn_fault(const Spawn *self, const char *program, guint timeout_ms)
{
    if (self->timed_out)
        return g_strdup_printf(_("%s was ended after %u s"), program, timeout_ms / 1000);
    if (WIFSIGNALED(self->status))
        return g_strdup_printf(_("%s died of signal %d"), program, WTERMSIG(self->status));
    if (WEXITSTATUS(self->status))
        return g_strdup_printf(_("%s ended with status %d"), program, WEXITSTATUS(self->status));
    return NULL;
}

static gboolean spawn_check(const Spawn *self, const char *program, guint timeout_ms, GError **error)
{
    g_autofree char *output = g_strstrip(g_strdup(self->output->str));
    g_autofree char *fault = spawn_fault(self, program, timeout_ms);
    if (!fault)
        return TRUE;
    g_set_error(error, NET_ERROR, self->timed_out ? ETIMEDOUT : EIO, "%s%s%s", fault, output[0] ? ": " : "",
                output);
    return FALSE;
}

/* Output and errors go into one pipe, so that they stay in order; standard input is /dev/null. */
static gboolean spawn_start(Spawn *self, const char *const *argv, int *ret_fd, GError **error)
{
    int pipes[2];
    gboolean started;

    if (!g_unix_open_pipe(pipes, FD_CLOEXEC, error))
        return FALSE;
    started = g_spawn_async_with_pipes_and_fds(
        NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, NULL, NULL, -1, pipes[1], pipes[1],
        NULL, NULL, 0, &self->pid, NULL, NULL, NULL, error);
    close(pipes[1]);
    if (started)
        *ret_fd = pipes[0];
    else
        close(pipes[0]);
    return started;
}

gboolean net_spawn(const char *const *argv, guint timeout_ms, char **ret_output, GError **error)
{
    Spawn self = {0};
    gboolean succeeded;
    int fd;

    if (!spawn_start(&self, argv, &fd, error))
        return FALSE;
    self.context = g_main_context_new();
    self.output = g_string_new(NULL);
    spawn_wait(&self, fd, timeout_ms);
    close(fd);
    g_spawn_close_pid(self.pid);
    succeeded = spawn_check(&self, argv[0], timeout_ms, error);
    if (ret_output)
        *ret_output = g_strdup(self.output->str);
    g_string_free(self.output, TRUE);
    g_main_context_unref(self.context);
    return succeeded;
}
