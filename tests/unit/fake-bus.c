/* dbus-daemon, and a thread that is the service. The program has of libsystemd only what it calls itself: the
 * rest is looked up here. */
#include "fake-bus.h"
#include "dl/dl.h"
#include <glib/gstdio.h>
#include <signal.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

struct FakeBus {
    char *folder, *address, *service, *refusal;
    char *result; /* of a systemd's jobs; NULL: it is none */
    char *text;
    gboolean hangs;
    gint32 code, status;
    guint32 jobs;
    GPid daemon;
    GThread *thread;
    GMutex lock;
    GCond called;
    guint calls;
    GString *log;
    gint is_over;
};

/* What has not come by then never will. */
enum { LOST_S = 60 };

#define CALL(function, ...) ((__typeof__(&function))dl_symbol(&dl_systemd, #function))(__VA_ARGS__)

static void append_arguments(GString *line, sd_bus_message *message);

static void append_basic(GString *line, sd_bus_message *message, char type)
{
    union {
        const char *text;
        gint32 number;
        guint64 large;
        guint8 byte;
    } value = {.text = NULL};
    CALL(sd_bus_message_read_basic, message, type, &value);
    if (type == 's')
        g_string_append_printf(line, " '%s'", value.text);
    else if (type == 't')
        g_string_append_printf(line, " %" G_GUINT64_FORMAT, value.large);
    else if (type == 'h')
        g_string_append(line, " FILE");
    else
        g_string_append_printf(line, " %d", type == 'y' ? value.byte : value.number);
}

static void append_arguments(GString *line, sd_bus_message *message)
{
    const char *contents;
    char type;
    while (CALL(sd_bus_message_peek_type, message, &type, &contents) > 0) {
        if (!contents) {
            append_basic(line, message, type);
            continue;
        }
        CALL(sd_bus_message_enter_container, message, type, contents);
        g_string_append(line, " (");
        append_arguments(line, message);
        g_string_append(line, " )");
        CALL(sd_bus_message_exit_container, message);
    }
}

/* Its answer to what starts or stops a unit; the job is over then. */
static void job_tell(FakeBus *self, sd_bus_message *message, const char *result)
{
    sd_bus *bus = CALL(sd_bus_message_get_bus, message);
    g_autofree char *job = g_strdup_printf("/org/freedesktop/systemd1/job/%u", ++self->jobs);
    CALL(sd_bus_reply_method_return, message, "o", job);
    CALL(sd_bus_emit_signal, bus, "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager",
         "JobRemoved", "uoss", self->jobs, job, "x.service", result);
}

static void systemd_called(FakeBus *self, sd_bus_message *message)
{
    const char *method = CALL(sd_bus_message_get_member, message), *property = "";
    if (g_str_equal(method, "StartTransientUnit"))
        job_tell(self, message, self->result);
    else if (g_str_equal(method, "StopUnit") && self->code)
        job_tell(self, message, "done");
    else if (g_str_equal(method, "StopUnit"))
        CALL(sd_bus_reply_method_errorf, message, "org.freedesktop.systemd1.NoSuchUnit", "%s", "no unit");
    else if (g_str_equal(method, "Get")) {
        CALL(sd_bus_message_rewind, message, TRUE);
        CALL(sd_bus_message_read, message, "ss", NULL, &property);
        CALL(sd_bus_reply_method_return, message, "v", "i",
             g_str_equal(property, "ExecMainCode") ? self->code : self->status);
    } else
        CALL(sd_bus_reply_method_return, message, "");
}

static int called(sd_bus_message *message, void *data, sd_bus_error *unused G_GNUC_UNUSED)
{
    FakeBus *self = data;
    guint8 type = 0;
    CALL(sd_bus_message_get_type, message, &type);
    if (type != SD_BUS_MESSAGE_METHOD_CALL)
        return 0;
    g_autoptr(GString) line = g_string_new(CALL(sd_bus_message_get_member, message));
    append_arguments(line, message);
    g_mutex_lock(&self->lock);
    g_string_append_printf(self->log, "%s\n", line->str);
    self->calls++;
    g_cond_signal(&self->called);
    g_autofree char *text = g_strdup(self->text);
    gboolean hangs = self->hangs;
    g_mutex_unlock(&self->lock);
    if (hangs)
        return 1;
    if (self->result)
        systemd_called(self, message);
    else if (self->refusal)
        CALL(sd_bus_reply_method_errorf, message, self->refusal, "%s", "UNKNOWN_INTERFACE: because");
    else if (text)
        CALL(sd_bus_reply_method_return, message, "s", text);
    else
        CALL(sd_bus_reply_method_return, message, "");
    return 1;
}

static gpointer serve(gpointer data)
{
    FakeBus *self = data;
    sd_bus *bus = NULL;
    g_assert_cmpint(CALL(sd_bus_open_system, &bus), >=, 0);
    g_assert_cmpint(CALL(sd_bus_add_filter, bus, NULL, called, self), >=, 0);
    g_assert_cmpint(CALL(sd_bus_request_name, bus, self->service, 0), >=, 0);
    g_atomic_int_set(&self->is_over, 0);
    while (!g_atomic_int_get(&self->is_over)) {
        while (CALL(sd_bus_process, bus, NULL) > 0)
            ;
        CALL(sd_bus_wait, bus, 20000);
    }
    CALL(sd_bus_flush_close_unref, bus);
    return NULL;
}

/* It prints its address when it listens. */
static void daemon_start(FakeBus *self)
{
    g_autofree char *config = g_build_filename(self->folder, "bus.conf", NULL);
    g_autofree char *text = g_strdup_printf(
        "<busconfig><listen>unix:path=%s/bus</listen><policy context=\"default\">"
        "<allow user=\"*\"/><allow own=\"*\"/><allow send_destination=\"*\"/><allow receive_sender=\"*\"/>"
        "</policy></busconfig>",
        self->folder);
    g_autofree char *option = g_strconcat("--config-file=", config, NULL);
    const char *argv[] = {"dbus-daemon", "--nofork", "--print-address", option, NULL};
    char byte = 0;
    int out;
    g_autoptr(GError) error = NULL;
    g_assert_true(g_file_set_contents(config, text, -1, NULL));
    g_spawn_async_with_pipes(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                             NULL, NULL, &self->daemon, NULL, &out, NULL, &error);
    g_assert_no_error(error);
    while (byte != '\n')
        g_assert_cmpint(read(out, &byte, 1), ==, 1);
    close(out);
}

static FakeBus *bus_begin(FakeBus *self, const char *service, const char *refusal)
{
    self->folder = g_dir_make_tmp("netsvc-bus-XXXXXX", NULL);
    self->address = g_strdup_printf("unix:path=%s/bus", self->folder);
    self->service = g_strdup(service);
    self->refusal = g_strdup(refusal);
    self->log = g_string_new(NULL);
    g_mutex_init(&self->lock);
    g_cond_init(&self->called);
    daemon_start(self);
    g_setenv("DBUS_SYSTEM_BUS_ADDRESS", self->address, TRUE);
    self->is_over = -1;
    if (service)
        self->thread = g_thread_new("service", serve, self);
    while (service && g_atomic_int_get(&self->is_over) < 0) /* until it has its name */
        g_thread_yield();
    return self;
}

FakeBus *fake_bus_new(const char *service, const char *refusal)
{
    return bus_begin(g_new0(FakeBus, 1), service, refusal);
}

FakeBus *fake_bus_new_systemd(const char *result, int code, int status)
{
    FakeBus *self = g_new0(FakeBus, 1);
    self->result = g_strdup(result);
    self->code = code;
    self->status = status;
    return bus_begin(self, "org.freedesktop.systemd1", NULL);
}

void fake_bus_answer(FakeBus *self, const char *text)
{
    g_mutex_lock(&self->lock);
    g_free(self->text);
    self->text = g_strdup(text);
    g_mutex_unlock(&self->lock);
}

void fake_bus_hang(FakeBus *self)
{
    g_mutex_lock(&self->lock);
    self->hangs = TRUE;
    g_mutex_unlock(&self->lock);
}

char *fake_bus_log(FakeBus *self, guint calls)
{
    gint64 end = g_get_monotonic_time() + LOST_S * G_TIME_SPAN_SECOND;
    g_mutex_lock(&self->lock);
    while (self->calls < calls && g_cond_wait_until(&self->called, &self->lock, end))
        ;
    char *log = g_strdup(self->log->str);
    g_mutex_unlock(&self->lock);
    return log;
}

void fake_bus_free(FakeBus *self)
{
    g_autofree char *config = g_build_filename(self->folder, "bus.conf", NULL);
    g_autofree char *socket = g_build_filename(self->folder, "bus", NULL);
    g_atomic_int_set(&self->is_over, 1);
    if (self->thread)
        g_thread_join(self->thread);
    kill(self->daemon, SIGTERM);
    g_unsetenv("DBUS_SYSTEM_BUS_ADDRESS");
    g_unlink(config);
    g_unlink(socket);
    g_rmdir(self->folder);
    g_string_free(self->log, TRUE);
    g_mutex_clear(&self->lock);
    g_cond_clear(&self->called);
    g_free(self->service);
    g_free(self->refusal);
    g_free(self->result);
    g_free(self->text);
    g_free(self->address);
    g_free(self->folder);
    g_free(self);
}
