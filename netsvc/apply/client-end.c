/* A DHCP client ended, whoever has started it: its lease is given back where that is asked for, and what is
 * left of it is killed. */
#include "apply/clients-record.h"
#include "apply/clients.h"
#include "apply/daemon-unit.h"
#include "apply/net-error.h"
#include "apply/pid-watch.h"
#include "i18n.h"
#include <errno.h>
#include <signal.h>
#include <unistd.h>

enum {
    /* a client that gives its lease back has one packet to send */
    RELEASE_MS = 5000,
    /* between SIGTERM and SIGKILL */
    GRACE_MS = 3000
};

DhcpCommand *client_command_new(const NetLease *lease, const char *dev)
{
    g_autofree char *host = dhcp_host_name(g_get_host_name());
    return dhcp_command_new(lease, dev, host);
}

typedef struct {
    char *dev;
    int family;
    GPid pid;
    guint timer;
    gboolean is_killed;
    PidWatch *watch;
    DhcpCommand *command;
    void (*done)(const GError *error, gpointer data);
    gpointer data;
} ClientEnd;

static void end_finish(ClientEnd *self, const GError *error)
{
    client_mark_awaited("", self->dev, self->family, FALSE);
    if (!error)
        client_record_remove("", self->dev, self->family);
    self->done(error, self->data);
    if (self->timer)
        g_source_remove(self->timer);
    pid_watch_free(self->watch);
    dhcp_command_free(self->command);
    g_free(self->dev);
    g_free(self);
}

static gboolean end_run(ClientEnd *self, const GPtrArray *argv, guint limit_ms, NetJobDone done)
{
    return argv && net_job_start((const char *const *)argv->pdata, limit_ms, NULL, done, self, NULL);
}

/* The helpers of a dhcpcd that is killed would stay: they are of its group, which it has led since its start.
 */
static void end_kill(const ClientEnd *self)
{
    kill(getpgid(self->pid) == self->pid ? -self->pid : self->pid, SIGKILL);
}

/* What a script makes of the end is its own affair. */
static void end_behind_done(G_GNUC_UNUSED const char *output, G_GNUC_UNUSED const GError *error,
                            gpointer data)
{
    end_finish(data, NULL);
}

static void end_gone(gpointer data)
{
    ClientEnd *self = data;
    self->watch = NULL;
    g_clear_handle_id(&self->timer, g_source_remove);
    if (!end_run(self, self->command->behind, RELEASE_MS, end_behind_done))
        end_finish(self, NULL);
}

static gboolean end_expired(gpointer data)
{
    ClientEnd *self = data;
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

/* It may have ended by itself, when it gave its lease back. */
static void end_signal(ClientEnd *self)
{
    if (!self->pid || net_clients_pid("", self->dev, self->family) != self->pid) {
        end_gone(self);
        return;
    }
    self->watch = pid_watch_new(self->pid, end_gone, self);
    self->timer = g_timeout_add(GRACE_MS, end_expired, self);
    kill(self->pid, SIGTERM);
}

static void end_released(G_GNUC_UNUSED const char *output, G_GNUC_UNUSED const GError *error, gpointer data)
{
    end_signal(data);
}

static void end_unit_stopped(G_GNUC_UNUSED int status, const GError *error, gpointer data)
{
    end_finish(data, error);
}

void net_client_end(NetUnits *units, const NetLease *lease, const char *dev,
                    void (*done)(const GError *error, gpointer data), gpointer data)
{
    g_autoptr(ClientRecord) record = client_record_load("", dev, lease->family);
    ClientEnd *self = g_new0(ClientEnd, 1);
    *self = (ClientEnd){.dev = g_strdup(dev), .family = lease->family, .done = done, .data = data};
    client_mark_awaited("", dev, lease->family, TRUE);
    self->command = client_command_new(lease, dev);
    self->pid = net_clients_pid("", dev, lease->family);
    if (record && record->unit && net_units_work(units))
        net_unit_stop(units, record->unit, end_unit_stopped, self);
    else if (!self->pid || !end_run(self, self->command->release, RELEASE_MS, end_released))
        end_signal(self);
}
