/* A DHCP client begun: as a unit of systemd where that runs, else as a process of its own group; both go on
 * when this process has ended. */
#include "apply/clients-record.h"
#include "apply/clients.h"
#include "apply/daemon-unit.h"
#include "apply/net-error.h"
#include "apply/pid-watch.h"
#include "i18n.h"
#include <errno.h>
#include <signal.h>
#include <sys/socket.h>

/* Until systemd has started a unit; at boot it has much to do. */
enum { UNIT_MS = 20000 };

struct NetClientRun {
    NetJob *job;     /* the client itself, or its start by systemd */
    PidWatch *watch; /* of a unit's process */
    char *unit;      /* NULL: the job is the client */
    NetJobDone gone;
    gpointer data;
};

static void run_gone(const char *output, const GError *error, gpointer data)
{
    NetClientRun *self = data;
    self->job = NULL;
    self->gone(output, error, self->data);
}

/* It is started again after a while. */
static void unit_gone(gpointer data)
{
    NetClientRun *self = data;
    g_autoptr(GError) error =
        g_error_new(NET_ERROR, EIO,
                    _("the client has ended, and is started again: `journalctl -u %s` says why"), self->unit);
    self->watch = NULL;
    self->gone("", error, self->data);
}

static void unit_started(const char *output, const GError *error, gpointer data)
{
    NetClientRun *self = data;
    GPid pid = error ? 0 : daemon_unit_pid("", self->unit);
    self->job = NULL;
    if (error)
        self->gone(output, error, self->data);
    else if (pid)
        self->watch = pid_watch_new(pid, unit_gone, self);
    else
        unit_gone(self);
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

/* A child is watched for as long as we run; of a unit, only the start. */
static NetJob *program_start(NetClientRun *self, NetUnits *units, const DhcpCommand *command,
                             const NetLease *lease, const char *dev, GError **error)
{
    const char *client = net_client_name(lease->client);
    const GPtrArray *stop = command->release ? command->release : command->behind;
    char version = lease->family == AF_INET6 ? '6' : '4';
    g_autofree char *link = g_strdup_printf("%s-%c", dev, version), *name = daemon_unit_name("dhcp", link),
                    *description = g_strdup_printf("DHCPv%c of %s (%s)", version, dev, client);
    NetUnit unit = {.name = name,
                    .description = description,
                    .daemon = client,
                    .stop = stop ? (const char *const *)stop->pdata : NULL};
    NetJobSetup setup = {.argv = (const char *const *)command->argv->pdata, .units = units, .unit = &unit};
    gboolean is_unit = net_units_work(units);
    if (is_unit) {
        setup.limit_ms = UNIT_MS;
        self->unit = g_steal_pointer(&name);
    }
    return net_job_start_in(&setup, NULL, is_unit ? unit_started : run_gone, self, error);
}

static NetJob *job_start(NetClientRun *self, NetUnits *units, const NetLease *lease, const char *dev,
                         GError **error)
{
    g_autoptr(DhcpCommand) command = client_command_new(lease, dev);
    if (!conf_write(command, error))
        return NULL;
    leases_folder_make(lease);
    client_names_forget("", dev, lease->family);
    return program_start(self, units, command, lease, dev, error);
}

/* What nobody would find again ends at once. */
static gboolean record_write(const NetClientRun *self, const NetLease *lease, const char *dev, GError **error)
{
    g_autofree char *settings = net_lease_settings(lease);
    ClientRecord record = {.client = lease->client, .settings = settings, .unit = self->unit};
    if (!self->unit) {
        record.pid = net_job_pid(self->job);
        record.start = pid_start_time("", record.pid);
    }
    if (client_record_save(&record, "", dev, lease->family, error))
        return TRUE;
    net_job_signal(self->job, SIGTERM);
    return FALSE;
}

NetClientRun *net_client_start(NetUnits *units, const NetLease *lease, const char *dev, NetJobDone gone,
                               gpointer data, GError **error)
{
    NetClientRun *self = g_new0(NetClientRun, 1);
    *self = (NetClientRun){.gone = gone, .data = data};
    self->job = job_start(self, units, lease, dev, error);
    if (self->job && record_write(self, lease, dev, error))
        return self;
    net_client_leave(self);
    return NULL;
}

void net_client_leave(NetClientRun *self)
{
    if (self->job)
        net_job_release(self->job);
    pid_watch_free(self->watch);
    g_free(self->unit);
    g_free(self);
}
