/* A DHCP client ended, whoever has started it: its lease is given back where that is asked for, and what is
 * left of it is killed. */
#include "apply/clients-record.h"
#include "apply/clients.h"
#include "apply/daemon-unit.h"
#include "apply/process-end.h"

enum { RELEASE_MS = 5000 }; /* a client that gives its lease back has one packet to send */

DhcpCommand *client_command_new(const NetLease *lease, const char *dev)
{
    g_autofree char *host = dhcp_host_name(g_get_host_name());
    return dhcp_command_new(lease, dev, host);
}

typedef struct {
    char *dev;
    int family;
    GPid pid;
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
    dhcp_command_free(self->command);
    g_free(self->dev);
    g_free(self);
}

static gboolean end_run(ClientEnd *self, const GPtrArray *argv, guint limit_ms, NetJobDone done)
{
    return argv && net_job_start((const char *const *)argv->pdata, limit_ms, NULL, done, self, NULL);
}

/* What a script makes of the end is its own affair. */
static void end_behind_done(G_GNUC_UNUSED const char *output, G_GNUC_UNUSED const GError *error,
                            gpointer data)
{
    end_finish(data, NULL);
}

static void end_gone(const GError *error, gpointer data)
{
    ClientEnd *self = data;
    if (error || !end_run(self, self->command->behind, RELEASE_MS, end_behind_done))
        end_finish(self, error);
}

/* It may have ended by itself, when it gave its lease back. */
static void end_signal(ClientEnd *self)
{
    if (self->pid && net_clients_pid("", self->dev, self->family) == self->pid)
        process_end(self->pid, end_gone, self);
    else
        end_gone(NULL, self);
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
