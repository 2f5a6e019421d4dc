/* The one place that runs programs: as jobs in the main loop. */
#include "apply/job.h"
#include "apply/net-error.h"
#include "apply/program-log.h"
#include "apply/source.h"
#include "i18n.h"
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    OUTPUT_BYTES = 64 * 1024,
    /* Of it in a message. */
    WORDS_BYTES = 512,
    /* Between SIGTERM and SIGKILL. */
    GRACE_MS = 2000,
    /* After this systemd ends what we have not. */
    UNIT_GRACE_MS = 10000
};

struct NetJob {
    char *program, *dev;
    gboolean is_question;
    GMainContext *context;
    GPid pid;         /* 0: a unit */
    NetUnitRun *unit; /* until it has ended; NULL: a child */
    int output;       /* a file in memory */
    int input;        /* another one; -1: it reads /dev/null */
    int pidfd;        /* -1: this kernel has none */
    guint limit_ms;
    gboolean is_expired, is_cancelled;
    GSource *exit, *timer;
    NetJobDone done;
    gpointer data;
};

static void job_free(NetJob *self)
{
    if (self->unit)
        net_unit_leave(self->unit);
    source_clear(&self->exit);
    source_clear(&self->timer);
    if (self->output >= 0)
        close(self->output);
    if (self->input >= 0)
        close(self->input);
    if (self->pidfd >= 0)
        close(self->pidfd);
    g_free(self->program);
    g_free(self->dev);
    g_free(self);
}

/* What a daemon writes into it from now on is refused with EPERM, and hits nobody. */
static char *job_output(const NetJob *self)
{
    g_autofree char *text = g_malloc(OUTPUT_BYTES + 1);
    gssize n;

    fcntl(self->output, F_ADD_SEALS, F_SEAL_GROW);
    do
        n = pread(self->output, text, OUTPUT_BYTES, 0);
    while (n < 0 && errno == EINTR);
    text[MAX(n, 0)] = '\0';
    return g_steal_pointer(&text);
}

/* How the program failed, or NULL. */
static char *job_fault(const NetJob *self, int status)
{
    if (self->is_cancelled)
        return g_strdup_printf(_("%s was interrupted"), self->program);
    if (self->is_expired)
        return g_strdup_printf(_("%s was ended after %u s"), self->program, self->limit_ms / 1000);
    if (WIFSIGNALED(status))
        return g_strdup_printf(_("%s died of signal %d"), self->program, WTERMSIG(status));
    if (WEXITSTATUS(status))
        return g_strdup_printf(_("%s ended with status %d"), self->program, WEXITSTATUS(status));
    return NULL;
}

/* The end of what it said: why it gave up is there. */
static char *last_words(const char *output)
{
    g_autofree char *words = g_strstrip(g_utf8_make_valid(output, -1));
    gsize length = strlen(words);
    const char *tail = length > WORDS_BYTES ? strchr(words + length - WORDS_BYTES, '\n') : words;

    return g_strdup(tail ? tail + (tail != words) : words + length - WORDS_BYTES);
}

static GError *job_error(const NetJob *self, int status, const char *output)
{
    g_autofree char *words = last_words(output);
    g_autofree char *fault = job_fault(self, status);
    int code = self->is_cancelled ? ECANCELED : self->is_expired ? ETIMEDOUT : EIO;

    if (!fault)
        return NULL;
    return g_error_new(NET_ERROR, code, "%s%s%s", fault, words[0] ? ": " : "", words);
}

static void job_end(NetJob *self, int status)
{
    g_autofree char *output = job_output(self);
    g_autoptr(GError) error = job_error(self, status, output);
    NetJobDone done = self->done;
    gpointer data = self->data;

    /* What it left in its group when its time was over goes with it. */
    if (self->is_expired || self->is_cancelled)
        net_job_signal(self, SIGKILL);
    if (!self->is_question)
        net_program_log(self->program, self->dev, output);
    job_free(self);
    done(output, error, data);
}

static gboolean job_exited(G_GNUC_UNUSED int fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
    NetJob *self = data;
    int status = 0;

    if (waitpid(self->pid, &status, WNOHANG) == 0)
        return G_SOURCE_CONTINUE;
    job_end(self, status);
    return G_SOURCE_REMOVE;
}

static void job_reaped(G_GNUC_UNUSED GPid pid, int status, gpointer data)
{
    job_end(data, status);
}

static GSource *job_attach(NetJob *self, GSource *source, GSourceFunc function)
{
    g_source_set_callback(source, function, self, NULL);
    g_source_attach(source, self->context);
    return source;
}

/* What systemd does not end. */
static gboolean job_given_up(gpointer data)
{
    job_end(data, 0);
    return G_SOURCE_REMOVE;
}

static gboolean job_kill(gpointer data)
{
    NetJob *self = data;

    net_job_signal(self, SIGKILL);
    source_clear(&self->timer);
    if (self->unit)
        self->timer = job_attach(self, g_timeout_source_new(GRACE_MS), job_given_up);
    return G_SOURCE_REMOVE;
}

static void job_terminate(NetJob *self)
{
    net_job_signal(self, SIGTERM);
    source_clear(&self->timer);
    self->timer = job_attach(self, g_timeout_source_new(GRACE_MS), job_kill);
}

static gboolean job_expired(gpointer data)
{
    NetJob *self = data;

    self->is_expired = TRUE;
    job_terminate(self);
    return G_SOURCE_REMOVE;
}

void net_job_signal(NetJob *self, int number)
{
    if (self->unit)
        net_unit_signal(self->unit, number);
    else if (self->pid)
        kill(-self->pid, number);
}

/* Runs in the child, before the program. */
static void child_prepare(G_GNUC_UNUSED gpointer data)
{
    setpgid(0, 0);
    /* We ignore it, and who is started by us would, too. */
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
}

/* A file in memory, to be read from its beginning; -1: none. */
static int input_open(const char *input)
{
    int fd = input ? memfd_create("input", MFD_CLOEXEC) : -1;
    gsize length = input ? strlen(input) : 0;
    if (fd >= 0 && (write(fd, input, length) != (gssize)length || lseek(fd, 0, SEEK_SET) < 0)) {
        close(fd);
        return -1;
    }
    return fd;
}

/* A descriptor of the process needs neither a thread nor SIGCHLD; kernels before 5.3 have none. */
static GSource *job_exit_source(NetJob *self)
{
    self->pidfd = (int)syscall(SYS_pidfd_open, self->pid, 0);
    if (self->pidfd < 0)
        return job_attach(self, g_child_watch_source_new(self->pid), G_SOURCE_FUNC(job_reaped));
    return job_attach(self, g_unix_fd_source_new(self->pidfd, G_IO_IN), G_SOURCE_FUNC(job_exited));
}

static gboolean job_spawn(NetJob *self, const NetJobSetup *setup, GError **error)
{
    signal(SIGCHLD, SIG_DFL); /* one inherited as ignored leaves no status to wait for */
    if (!g_spawn_async_with_pipes_and_fds(setup->folder, setup->argv, setup->environment,
                                          G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, child_prepare,
                                          NULL, self->input, self->output, self->output, NULL, NULL, 0,
                                          &self->pid, NULL, NULL, NULL, error))
        return FALSE;
    setpgid(self->pid, self->pid); /* whoever of both is first */
    self->exit = job_exit_source(self);
    return TRUE;
}

static void job_unit_done(int status, const GError *error, gpointer data)
{
    NetJob *self = data;

    self->unit = NULL;
    if (error && !self->is_cancelled && !self->is_expired) {
        NetJobDone done = self->done;
        gpointer its = self->data;
        job_free(self);
        done("", error, its);
    } else
        job_end(self, status);
}

static gboolean job_begin_unit(NetJob *self, const NetJobSetup *setup, GError **error)
{
    NetUnitSetup unit = {setup->unit,   setup->argv,  setup->environment,
                         setup->folder, self->output, setup->limit_ms + UNIT_GRACE_MS};

    self->unit = net_unit_start(setup->units, &unit, job_unit_done, self, error);
    return self->unit != NULL;
}

/* Both outputs are one file, so that they stay in order. */
static gboolean job_begin(NetJob *self, const NetJobSetup *setup, GError **error)
{
    self->output = memfd_create("output", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    self->input = input_open(setup->input);
    if (self->output < 0 || (setup->input && self->input < 0)) {
        int code = errno;
        net_error_set(error, code, _("cannot start %s: %s"), setup->argv[0], g_strerror(code));
        return FALSE;
    }
    if (setup->unit && net_units_work(setup->units))
        return job_begin_unit(self, setup, error);
    return job_spawn(self, setup, error);
}

NetJob *net_job_start_in(const NetJobSetup *setup, GMainContext *context, NetJobDone done, gpointer data,
                         GError **error)
{
    NetJob *self = g_new0(NetJob, 1);

    self->output = self->input = self->pidfd = -1;
    self->program = g_strdup(setup->name ? setup->name : setup->argv[0]);
    self->dev = g_strdup(setup->dev);
    self->is_question = setup->is_question;
    self->context = context;
    self->limit_ms = setup->limit_ms;
    self->done = done;
    self->data = data;
    if (!job_begin(self, setup, error)) {
        job_free(self);
        return NULL;
    }
    if (setup->limit_ms)
        self->timer = job_attach(self, g_timeout_source_new(setup->limit_ms), job_expired);
    return self;
}

NetJob *net_job_start(const char *const *argv, guint limit_ms, GMainContext *context, NetJobDone done,
                      gpointer data, GError **error)
{
    NetJobSetup setup = {.argv = argv, .limit_ms = limit_ms};
    return net_job_start_in(&setup, context, done, data, error);
}

void net_job_cancel(NetJob *self)
{
    self->is_cancelled = TRUE;
    job_terminate(self);
}

GPid net_job_pid(const NetJob *self)
{
    return self->pid;
}

void net_job_release(NetJob *self)
{
    fcntl(self->output, F_ADD_SEALS, F_SEAL_GROW);
    job_free(self);
}

/* --- and waited for --- */

typedef struct {
    char *output;
    GError *error;
    gboolean is_done;
} Spawn;

static void spawn_done(const char *output, const GError *error, gpointer data)
{
    Spawn *spawn = data;

    spawn->output = g_strdup(output);
    spawn->error = error ? g_error_copy(error) : NULL;
    spawn->is_done = TRUE;
}

/* In a loop of its own: events of others must not be handled in here. */
gboolean net_spawn(const char *const *argv, guint timeout_ms, char **ret_output, GError **error)
{
    g_autoptr(GMainContext) context = g_main_context_new();
    Spawn spawn = {NULL};

    NetJobSetup setup = {.argv = argv, .limit_ms = timeout_ms, .is_question = TRUE};
    if (!net_job_start_in(&setup, context, spawn_done, &spawn, error))
        return FALSE;
    while (!spawn.is_done)
        g_main_context_iteration(context, TRUE);
    if (ret_output)
        *ret_output = g_steal_pointer(&spawn.output);
    g_free(spawn.output);
    if (!spawn.error)
        return TRUE;
    g_propagate_error(error, spawn.error);
    return FALSE;
}
