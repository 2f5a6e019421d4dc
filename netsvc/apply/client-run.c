/* A DHCP client begun and ended: as a process of its own group, which goes on when this one has ended. */
#include "apply/clients-record.h"
#include "apply/clients.h"
#include "apply/net-error.h"
#include "i18n.h"
#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    /* a client that gives its lease back has one packet to send */
    RELEASE_MS = 5000,
    /* between SIGTERM and SIGKILL */
    GRACE_MS = 3000,
    /* kernels before 5.3 tell nobody but the parent that a process has ended */
    LOOK_MS = 50
};

/* --- begun --- */

struct NetClientRun {
    NetJob *job;
    NetJobDone gone;
    gpointer data;
};

static void run_gone(const char *output, const GError *error, gpointer data)
{
    NetClientRun *self = data;
    self->job = NULL;
    self->gone(output, error, self->data);
}

static gboolean conf_write(const DhcpCommand *command, GError **error)
{
    if (!command->conf)
        return TRUE;
    if (g_mkdir_with_parents(DHCP_RUN_DIR, 0755) == 0)
        return g_file_set_contents(command->conf_path, command->conf, -1, error);
    int code = errno;
    net_error_set(error, code, _("cannot make %s: %s"), DHCP_RUN_DIR, g_strerror(code));
    return FALSE;
}

/* dhclient makes no folder for its leases, and without one keeps none. */
static void leases_folder_make(const NetLease *lease)
{
    g_autofree char *folder = lease->leases ? g_path_get_dirname(lease->leases) : NULL;
    if (folder)
        g_mkdir_with_parents(folder, 0755);
}

static DhcpCommand *command_new(const NetLease *lease, const char *dev)
{
    g_autofree char *host = dhcp_host_name(g_get_host_name());
    return dhcp_command_new(lease, dev, host);
}

NetClientRun *net_client_start(const NetLease *lease, const char *dev, NetJobDone gone, gpointer data,
                               GError **error)
{
    g_autoptr(DhcpCommand) command = command_new(lease, dev);
    if (!conf_write(command, error))
        return NULL;
    leases_folder_make(lease);
    NetClientRun *self = g_new0(NetClientRun, 1);
    *self = (NetClientRun){.gone = gone, .data = data};
    self->job = net_job_start((const char *const *)command->argv->pdata, 0, NULL, run_gone, self, error);
    if (!self->job) {
        g_free(self);
        return NULL;
    }
    g_autofree char *settings = net_lease_settings(lease);
    ClientRecord record = {lease->client, settings, net_job_pid(self->job), 0};
    record.start = client_start_time("", record.pid);
    if (client_record_save(&record, "", dev, lease->family, error))
        return self;
    kill(-record.pid, SIGTERM); /* nobody would find it again */
    net_client_leave(self);
    return NULL;
}

void net_client_leave(NetClientRun *self)
{
    if (self->job)
        net_job_release(self->job);
    g_free(self);
}

/* --- ended --- */

typedef struct {
    char *dev;
    int family;
    GPid pid;
    guint64 start;
    int pidfd;
    guint exit, timer;
    gboolean is_killed;
    DhcpCommand *command;
    void (*done)(const GError *error, gpointer data);
    gpointer data;
} ClientEnd;

static void end_finish(ClientEnd *self, const GError *error)
{
    if (!error)
        client_record_remove("", self->dev, self->family);
    self->done(error, self->data);
    if (self->exit)
        g_source_remove(self->exit);
    if (self->timer)
        g_source_remove(self->timer);
    if (self->pidfd >= 0)
        close(self->pidfd);
    dhcp_command_free(self->command);
    g_free(self->dev);
    g_free(self);
}

static void end_behind_done(G_GNUC_UNUSED const char *output, G_GNUC_UNUSED const GError *error,
                            gpointer data)
{
    end_finish(data, NULL);
}

/* What a script makes of the end is its own affair. */
static void end_gone(ClientEnd *self)
{
    const GPtrArray *behind = self->command->behind;
    if (!behind ||
        !net_job_start((const char *const *)behind->pdata, RELEASE_MS, NULL, end_behind_done, self, NULL))
        end_finish(self, NULL);
}

static gboolean end_lives(const ClientEnd *self)
{
    return self->pid && client_start_time("", self->pid) == self->start;
}

static gboolean end_exited(G_GNUC_UNUSED int fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
    ClientEnd *self = data;
    self->exit = 0;
    g_clear_handle_id(&self->timer, g_source_remove);
    end_gone(self);
    return G_SOURCE_REMOVE;
}

static gboolean end_look(gpointer data)
{
    ClientEnd *self = data;
    if (end_lives(self))
        return G_SOURCE_CONTINUE;
    return end_exited(-1, 0, self);
}

static gboolean end_expired(gpointer data)
{
    ClientEnd *self = data;
    if (!self->is_killed) {
        self->is_killed = TRUE;
        kill(self->pid, SIGKILL);
        return G_SOURCE_CONTINUE;
    }
    self->timer = 0;
    g_autoptr(GError) error = g_error_new(NET_ERROR, ETIMEDOUT, _("process %d does not end"), self->pid);
    end_finish(self, error);
    return G_SOURCE_REMOVE;
}

static void end_signal(ClientEnd *self)
{
    if (!end_lives(self)) {
        end_gone(self);
        return;
    }
    self->pidfd = (int)syscall(SYS_pidfd_open, self->pid, 0);
    self->exit = self->pidfd >= 0 ? g_unix_fd_add(self->pidfd, G_IO_IN, end_exited, self)
                                  : g_timeout_add(LOOK_MS, end_look, self);
    self->timer = g_timeout_add(GRACE_MS, end_expired, self);
    kill(self->pid, SIGTERM);
}

static void end_released(G_GNUC_UNUSED const char *output, G_GNUC_UNUSED const GError *error, gpointer data)
{
    end_signal(data);
}

void net_client_end(const NetLease *lease, const char *dev, void (*done)(const GError *error, gpointer data),
                    gpointer data)
{
    ClientEnd *self = g_new0(ClientEnd, 1);
    const GPtrArray *release;
    *self =
        (ClientEnd){.dev = g_strdup(dev), .family = lease->family, .pidfd = -1, .done = done, .data = data};
    self->command = command_new(lease, dev);
    self->pid = net_clients_pid("", dev, lease->family);
    self->start = client_start_time("", self->pid);
    release = self->pid ? self->command->release : NULL;
    if (!release ||
        !net_job_start((const char *const *)release->pdata, RELEASE_MS, NULL, end_released, self, NULL))
        end_signal(self);
}
