/* Transient units: calls of org.freedesktop.systemd1.Manager, and its signal when a job is over. A program
 * that is waited for is a unit of Type=oneshot, whose start is over when the program has ended. */
#include "apply/units.h"
#include "apply/bus.h"
#include "apply/net-error.h"
#include "apply/source.h"
#include "apply/unit-message.h"
#include "i18n.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
    /* at boot PID 1 has much to do */
    ANSWER_MS = 20000,
    /* more than units take to stop */
    STOP_MS = 25000,
    CODE_EXITED = 1 /* CLD_EXITED */
};

static const NetBusPlace manager = {"org.freedesktop.systemd1", "/org/freedesktop/systemd1",
                                    "org.freedesktop.systemd1.Manager"};

struct NetUnits {
    char *root;
    NetBus *bus;
    GPtrArray *runs; /* NetUnitRun* */
};

struct NetUnitRun {
    NetUnits *owner;
    char *name;
    char *program;         /* that it is; NULL: it is stopped */
    char *job;             /* whose end is awaited; NULL: none */
    sd_bus_message *start; /* that is sent when what has its name is gone; or NULL */
    gboolean is_daemon, is_stop;
    int code; /* of the program that has ended: CLD_EXITED ... */
    GSource *timer;
    NetUnitDone done; /* NULL: nobody waits */
    gpointer data;
};

gboolean net_units_are_possible(const char *root)
{
    g_autofree char *folder = g_strconcat(root, "/run/systemd/system", NULL);
    g_autofree char *its = g_file_read_link("/proc/1/ns/net", NULL),
                    *ours = g_file_read_link("/proc/self/ns/net", NULL);
    /* In the sandbox PID 1's cannot be read, and is ours. */
    return access(folder, F_OK) == 0 && (*root || !its || !ours || g_str_equal(its, ours));
}

gboolean net_units_work(const NetUnits *self)
{
    return self && net_units_are_possible(self->root);
}

NetUnits *net_units_new(const char *root)
{
    NetUnits *self = g_new0(NetUnits, 1);
    self->root = g_strdup(root);
    self->bus = net_bus_new_systemd(root);
    self->runs = g_ptr_array_new();
    return self;
}

static void run_free(NetUnitRun *self)
{
    g_ptr_array_remove_fast(self->owner->runs, self);
    source_clear(&self->timer);
    if (self->start)
        sd_bus_message_unref(self->start);
    g_free(self->job);
    g_free(self->program);
    g_free(self->name);
    g_free(self);
}

void net_units_free(NetUnits *self)
{
    if (!self)
        return;
    for (guint i = 0; i < self->runs->len; i++)
        net_unit_leave(self->runs->pdata[i]);
    net_bus_free(self->bus); /* what is under way ends */
    while (self->runs->len)
        run_free(self->runs->pdata[0]);
    g_ptr_array_unref(self->runs);
    g_free(self->root);
    g_free(self);
}

static void run_end(NetUnitRun *self, int status, const GError *error)
{
    NetUnitDone done = self->done;
    gpointer data = self->data;
    run_free(self);
    if (done)
        done(status, error, data);
}

static void run_error_set(const NetUnitRun *self, GError **error, int code, const char *why)
{
    if (self->program)
        net_error_set(error, code, _("systemd does not run %s as %s: %s"), self->program, self->name, why);
    else
        net_error_set(error, code, _("systemd does not stop %s: %s"), self->name, why);
}

static void run_fail(NetUnitRun *self, const char *why)
{
    g_autoptr(GError) error = NULL;
    run_error_set(self, &error, EIO, why);
    run_end(self, 0, error);
}

/* --- the connection --- */

static void ignore(G_GNUC_UNUSED sd_bus_message *answer, G_GNUC_UNUSED const GError *error,
                   G_GNUC_UNUSED gpointer data)
{
}

static sd_bus_message *manager_call(NetUnits *self, const char *method, GError **error)
{
    return net_bus_call(self->bus, &manager, method, error);
}

static void lost(gpointer data)
{
    NetUnits *self = data;
    g_autoptr(GPtrArray) runs = g_ptr_array_copy(self->runs, NULL, NULL);
    for (guint i = 0; i < runs->len; i++)
        if (((NetUnitRun *)runs->pdata[i])->job) /* the others have a call that ends */
            run_fail(runs->pdata[i], g_strerror(ECONNRESET));
}

static int job_removed(sd_bus_message *message, void *data, sd_bus_error *unused);

/* The bus hands signals of systemd on to who has asked systemd for them. */
static gboolean connect(NetUnits *self, GError **error)
{
    sd_bus_message *message;
    if (net_bus_is_open(self->bus))
        return TRUE;
    if (!net_bus_listen(self->bus, &manager, "JobRemoved", job_removed, lost, self, error))
        return FALSE;
    message = manager_call(self, "Subscribe", error);
    if (message)
        net_bus_send(self->bus, message, ANSWER_MS, ignore, NULL);
    return message != NULL;
}

/* Without waiting for an answer. @signal: 0: the call has none */
static void tell(NetUnits *self, const char *method, const char *name, int signal)
{
    sd_bus_message *message = manager_call(self, method, NULL);
    if (!message)
        return;
    sd_bus_message_append_basic(message, 's', name);
    if (signal) {
        sd_bus_message_append_basic(message, 's', "all");
        sd_bus_message_append_basic(message, 'i', &signal);
    }
    net_bus_send(self->bus, message, ANSWER_MS, ignore, NULL);
}

/* --- how a program that failed has ended --- */

static int number_of(sd_bus_message *answer)
{
    gint32 number = 0;
    sd_bus_message_enter_container(answer, 'v', "i");
    sd_bus_message_read_basic(answer, 'i', &number);
    return number;
}

static void ask(NetUnitRun *self, const char *property, NetBusDone done)
{
    g_autofree char *path = unit_path(self->name);
    const NetBusPlace place = {manager.service, path, "org.freedesktop.DBus.Properties"};
    g_autoptr(GError) error = NULL;
    sd_bus_message *message = net_bus_call(self->owner->bus, &place, "Get", &error);
    if (!message) {
        run_end(self, 0, error);
        return;
    }
    sd_bus_message_append_basic(message, 's', "org.freedesktop.systemd1.Service");
    sd_bus_message_append_basic(message, 's', property);
    net_bus_send(self->owner->bus, message, ANSWER_MS, done, self);
}

static void status_told(sd_bus_message *answer, const GError *error, gpointer data)
{
    NetUnitRun *self = data;
    int number = answer ? number_of(answer) : 0;
    tell(self->owner, "ResetFailedUnit", self->name, 0); /* so that it is not listed as failed */
    if (!error && !self->code)
        run_fail(self, _("it was not started"));
    else
        run_end(self, self->code == CODE_EXITED ? number << 8 : number, error);
}

static void code_told(sd_bus_message *answer, const GError *error, gpointer data)
{
    NetUnitRun *self = data;
    if (answer)
        self->code = number_of(answer);
    if (error)
        run_end(self, 0, error);
    else
        ask(self, "ExecMainStatus", status_told);
}

/* --- jobs --- */

static void asked(sd_bus_message *answer, const GError *error, gpointer data);

static void run_start(NetUnitRun *self)
{
    net_bus_send(self->owner->bus, g_steal_pointer(&self->start), ANSWER_MS, asked, self);
}

static void run_job_over(NetUnitRun *self, const char *result)
{
    g_clear_pointer(&self->job, g_free);
    if (self->start)
        run_start(self);
    else if (g_str_equal(result, "done"))
        run_end(self, 0, NULL);
    else if (g_str_equal(result, "failed") && !self->is_daemon)
        ask(self, "ExecMainCode", code_told);
    else
        run_fail(self, result);
}

static int job_removed(sd_bus_message *message, void *data, G_GNUC_UNUSED sd_bus_error *unused)
{
    NetUnits *self = data;
    guint32 number;
    const char *job = "", *name = "", *result = "";
    if (sd_bus_message_read_basic(message, 'u', &number) <= 0 ||
        sd_bus_message_read_basic(message, 'o', &job) <= 0 ||
        sd_bus_message_read_basic(message, 's', &name) <= 0 ||
        sd_bus_message_read_basic(message, 's', &result) <= 0)
        return 0;
    for (guint i = 0; i < self->runs->len; i++) {
        NetUnitRun *run = self->runs->pdata[i];
        if (g_strcmp0(run->job, job) != 0)
            continue;
        run_job_over(run, result);
        break;
    }
    return 0;
}

static gboolean stop_expired(gpointer data)
{
    NetUnitRun *self = data;
    g_clear_pointer(&self->job, g_free);
    run_fail(self, g_strerror(ETIMEDOUT));
    return G_SOURCE_REMOVE;
}

static void run_await(NetUnitRun *self, const char *job)
{
    self->job = g_strdup(job);
    if (self->is_stop)
        self->timer = source_timer(STOP_MS, stop_expired, self);
}

/* What nobody has started needs no stop. */
static void asked(sd_bus_message *answer, const GError *error, gpointer data)
{
    NetUnitRun *self = data;
    const char *job = NULL;
    if (answer && sd_bus_message_read_basic(answer, 'o', &job) > 0)
        run_await(self, job);
    else if (g_error_matches(error, NET_ERROR, ENXIO) && self->start)
        run_start(self);
    else if (g_error_matches(error, NET_ERROR, ENXIO) && self->is_stop)
        run_end(self, 0, NULL);
    else
        run_fail(self, error ? error->message : "");
}

static NetUnitRun *run_new(NetUnits *self, const char *name, NetUnitDone done, gpointer data)
{
    NetUnitRun *run = g_new0(NetUnitRun, 1);
    *run = (NetUnitRun){.owner = self, .name = g_strdup(name), .done = done, .data = data};
    g_ptr_array_add(self->runs, run);
    return run;
}

/* One that failed and is still listed would be in the way of another of its name. */
static gboolean run_stop(NetUnitRun *self, GError **error)
{
    sd_bus_message *message = manager_call(self->owner, "StopUnit", error);
    if (!message)
        return FALSE;
    sd_bus_message_append_basic(message, 's', self->name);
    sd_bus_message_append_basic(message, 's', "replace");
    net_bus_send(self->owner->bus, message, ANSWER_MS, asked, self);
    tell(self->owner, "ResetFailedUnit", self->name, 0);
    return TRUE;
}

static gboolean run_begin(NetUnitRun *self, const NetUnitSetup *setup, const char *program, GError **error)
{
    self->start = connect(self->owner, error) ? manager_call(self->owner, "StartTransientUnit", error) : NULL;
    if (!self->start)
        return FALSE;
    unit_message_fill(self->start, setup, program);
    if (self->is_daemon)
        return run_stop(self, error);
    run_start(self);
    return TRUE;
}

NetUnitRun *net_unit_start(NetUnits *self, const NetUnitSetup *setup, NetUnitDone done, gpointer data,
                           GError **error)
{
    g_autofree char *program = g_find_program_in_path(setup->argv[0]);
    if (!program) {
        net_error_set(error, ENOENT, _("the program %s is missing"), setup->argv[0]);
        return NULL;
    }
    g_autofree char *name = unit_started_name(setup->unit);
    NetUnitRun *run = run_new(self, name, done, data);
    run->program = g_strdup(setup->argv[0]);
    run->is_daemon = setup->unit->daemon != NULL;
    g_autoptr(GError) refusal = NULL;
    if (run_begin(run, setup, program, &refusal))
        return run;
    run_error_set(run, error, refusal->code, refusal->message);
    run_free(run);
    return NULL;
}

void net_unit_signal(NetUnitRun *run, int number)
{
    tell(run->owner, "KillUnit", run->name, number);
}

void net_unit_leave(NetUnitRun *run)
{
    run->done = NULL;
}

void net_unit_stop(NetUnits *self, const char *name, NetUnitDone done, gpointer data)
{
    NetUnitRun *run = run_new(self, name, done, data);
    g_autoptr(GError) error = NULL;
    run->is_stop = TRUE;
    if (!connect(self, &error) || !run_stop(run, &error))
        run_end(run, 0, error);
}
