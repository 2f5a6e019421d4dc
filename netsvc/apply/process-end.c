/* A process of somebody's ended, and its end awaited. */
#include "apply/process-end.h"
#include "apply/net-error.h"
#include "apply/pid-watch.h"
#include "i18n.h"
#include <errno.h>
#include <signal.h>
#include <unistd.h>

enum { GRACE_MS = 3000 }; /* between SIGTERM and SIGKILL, and after it */

typedef struct {
    GPid pid;
    guint timer;
    gboolean is_killed;
    PidWatch *watch;
    void (*done)(const GError *error, gpointer data);
    gpointer data;
} ProcessEnd;

static void end_finish(ProcessEnd *self, const GError *error)
{
    g_clear_handle_id(&self->timer, g_source_remove);
    pid_watch_free(self->watch);
    self->done(error, self->data);
    g_free(self);
}

static void end_gone(gpointer data)
{
    ProcessEnd *self = data;
    self->watch = NULL;
    end_finish(self, NULL);
}

/* The helpers of a dhcpcd that is killed would stay: they are of its group, which it has led since its start.
 */
static void end_kill(const ProcessEnd *self)
{
    kill(getpgid(self->pid) == self->pid ? -self->pid : self->pid, SIGKILL);
}

static gboolean end_expired(gpointer data)
{
    ProcessEnd *self = data;
    if (!self->is_killed) {
        self->is_killed = TRUE;
        end_kill(self);
        return G_SOURCE_CONTINUE;
    }
    self->timer = 0;
    g_autoptr(GError) error = g_error_new(NET_ERROR, ETIMEDOUT, _("process %d does not end"), self->pid);
    end_finish(self, error);
    return G_SOURCE_REMOVE;
}

void process_end(GPid pid, void (*done)(const GError *error, gpointer data), gpointer data)
{
    ProcessEnd *self = g_new0(ProcessEnd, 1);
    *self = (ProcessEnd){.pid = pid, .done = done, .data = data};
    self->timer = g_timeout_add(GRACE_MS, end_expired, self);
    self->watch = pid_watch_new(pid, end_gone, self);
    kill(pid, SIGTERM);
}
