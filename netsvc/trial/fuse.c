/* The fuse: waits for the end of the run, for the probes, for a word, and for the time. */
#include "trial/fuse.h"
#include "apply/folder-watch.h"
#include "apply/net-error.h"
#include "apply/units.h"
#include "console/cli.h"
#include "i18n.h"
#include "trial/ending.h"
#include "trial/probes.h"
#include <fcntl.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

/* The timer of systemd is for who has killed the process. */
enum { READY_MS = 10000, TIMER_BEHIND_S = 5, SYSTEMD_MS = 5000, DYING_MS = 100 };

#define READY_FD "NETSVC_FUSE_READY"
#define PROCESS "fuse"
#define ROOM TRIAL_RUN_DIR "/room"
enum { ROOM_BYTES = 64 * 1024 };

typedef enum { UNDECIDED, KEEP, GO_BACK, ENDED_BY_OTHERS } Decision;

typedef struct {
    TrialMark *mark;
    GMainLoop *loop;
    Probes *probes;
    Decision decision;
} Fuse;

gboolean fuse_tell(const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(TRIAL_RUN_DIR, name, NULL);
    g_mkdir_with_parents(TRIAL_RUN_DIR, 0700);
    return history_write(path, text, strlen(text), FALSE, NULL);
}

gboolean fuse_room_take(GError **error)
{
    g_autofree char *room = g_malloc0(ROOM_BYTES);
    return history_write(ROOM, room, ROOM_BYTES, FALSE, error);
}

void fuse_room_give(void)
{
    unlink(ROOM);
}

char *fuse_told(const char *name)
{
    g_autofree char *path = g_build_filename(TRIAL_RUN_DIR, name, NULL);
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

gboolean fuse_is_told(const char *name)
{
    g_autofree char *path = g_build_filename(TRIAL_RUN_DIR, name, NULL);
    return access(path, F_OK) == 0;
}

/* --- the process --- */

/* The first word holds. It is carried out behind the loop: the way back turns the same one, and what comes in
 * meanwhile must not begin another. */
static void decide(Fuse *self, Decision decision)
{
    if (!self->decision)
        self->decision = decision;
    g_main_loop_quit(self->loop);
}

static gboolean is_confirmed_by(const Fuse *self, const char *how)
{
    return !g_strcmp0(self->mark->confirm_by, how);
}

/* Whoever has said that it works needs no connection to prove it. */
static void judge(Fuse *self)
{
    gboolean by_ssh = is_confirmed_by(self, "ssh");
    if (fuse_is_told(FUSE_CANCEL))
        decide(self, GO_BACK);
    else if (!self->probes)
        return;
    else if ((fuse_is_told(FUSE_CONFIRM) || is_confirmed_by(self, "probes")) &&
             probes_hold(self->probes, FALSE))
        decide(self, KEEP);
    else if (by_ssh && probes_hold(self->probes, TRUE))
        decide(self, KEEP);
}

static void probes_changed(gpointer data)
{
    Fuse *self = data;
    g_autofree char *text = probes_text(self->probes), *before = fuse_told(FUSE_STATUS);
    if (g_strcmp0(text, before) != 0)
        fuse_tell(FUSE_STATUS, text);
    judge(self);
}

/* A run that has failed goes back at once; one that has left something, as a reload does, has not failed. */
static void look(gpointer data)
{
    Fuse *self = data;
    g_autofree char *applied = fuse_told(FUSE_APPLIED);
    guint64 status = CLI_FAILED;
    if (applied)
        g_ascii_string_to_unsigned(g_strchomp(applied), 10, 0, 255, &status, NULL);
    gboolean is_running = trial_process_started(self->mark->run_pid) == self->mark->run_started;
    if (fuse_is_told(FUSE_RESULT))
        decide(self, ENDED_BY_OTHERS);
    else if (applied ? status != CLI_OK && status != CLI_LEFT : !is_running)
        decide(self, GO_BACK);
    else if (applied && !self->probes)
        self->probes = probes_start(self->mark, probes_changed, self);
    if (!self->decision)
        judge(self);
}

static gboolean run_ended(G_GNUC_UNUSED int fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
    look(data);
    return G_SOURCE_REMOVE;
}

static gboolean time_is_over(G_GNUC_UNUSED int fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
    decide(data, GO_BACK);
    return G_SOURCE_REMOVE;
}

static int process_open(guint pid)
{
    return (int)syscall(SYS_pidfd_open, (pid_t)pid, 0);
}

static void run_watch(Fuse *self)
{
    int fd = self->mark->run_pid ? process_open(self->mark->run_pid) : -1;
    if (fd >= 0)
        g_unix_fd_add(fd, G_IO_IN, run_ended, self);
}

/* CLOCK_BOOTTIME goes on while the machine sleeps, and nobody can set it. */
static void time_watch(Fuse *self)
{
    struct itimerspec at = {.it_value = {.tv_sec = self->mark->deadline / G_USEC_PER_SEC,
                                         .tv_nsec = self->mark->deadline % G_USEC_PER_SEC * 1000}};
    int fd = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (fd >= 0 && timerfd_settime(fd, TFD_TIMER_ABSTIME, &at, NULL) == 0)
        g_unix_fd_add(fd, G_IO_IN, time_is_over, self);
}

static void ready_tell(void)
{
    const char *text = g_getenv(READY_FD);
    g_autofree char *process =
        g_strdup_printf("%d %" G_GUINT64_FORMAT, (int)getpid(), trial_process_started((guint)getpid()));
    fuse_tell(PROCESS, process);
    if (!text)
        return;
    int fd = (int)g_ascii_strtoll(text, NULL, 10);
    if (write(fd, "+", 1) < 0)
        g_debug("nobody waits for the fuse");
    close(fd);
    g_unsetenv(READY_FD);
}

/* Out of the session's control group, whose end would be ours (KillUserProcesses= of logind.conf(5)). */
static void group_leave(void)
{
    static const char *const roots[] = {"/sys/fs/cgroup/cgroup.procs", "/sys/fs/cgroup/systemd/cgroup.procs",
                                        "/sys/fs/cgroup/unified/cgroup.procs"};
    for (guint i = 0; i < G_N_ELEMENTS(roots); i++) {
        int fd = open(roots[i], O_WRONLY | O_CLOEXEC);
        if (fd < 0)
            continue;
        if (write(fd, "0", 1) < 0)
            g_debug("%s: %s", roots[i], g_strerror(errno));
        close(fd);
    }
}

int fuse_main(void)
{
    g_autoptr(History) history = history_new(NULL);
    g_autoptr(TrialMark) mark = trial_mark_load(history);
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    Fuse self = {.mark = mark, .loop = loop};
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    g_unsetenv("NETSVC_EVENT");
    prctl(PR_SET_NAME, "netsvc-fuse");
    group_leave();
    if (!mark || !trial_mark_is_of_now(mark))
        return CLI_OK;
    g_autoptr(FolderWatch) words = folder_watch_new(TRIAL_RUN_DIR, look, &self);
    run_watch(&self);
    time_watch(&self);
    ready_tell();
    look(&self);
    if (!self.decision)
        g_main_loop_run(loop);
    probes_free(self.probes);
    if (self.decision == KEEP)
        trial_keep(history);
    else if (self.decision == GO_BACK)
        trial_go_back(history, NULL);
    return CLI_OK;
}

/* --- lighting it --- */

/* Between fork() and exec(): the process that goes on is nobody's child, and leads no session. */
static void apart_run(const char *program, int ready)
{
    char *argv[] = {(char *)"netsvc-fuse", (char *)"--burn-fuse", NULL};
    int nothing = open("/dev/null", O_RDWR);
    if (setsid() < 0 || fork() != 0)
        _exit(0);
    for (int fd = 0; nothing >= 0 && fd < 3; fd++)
        dup2(nothing, fd);
    for (int fd = 3; fd < 1024; fd++)
        if (fd != ready)
            close(fd);
    if (chdir("/") == 0)
        execv(program, argv);
    _exit(127);
}

static gboolean is_ready(int fd)
{
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    char byte;
    while (poll(&wait, 1, READY_MS) < 0 && errno == EINTR)
        continue;
    return read(fd, &byte, 1) == 1;
}

static gboolean process_begin(GError **error)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", error);
    int ends[2];
    if (!program)
        return FALSE;
    if (pipe(ends) < 0) {
        net_error_set(error, errno, _("cannot make a pipe: %s"), g_strerror(errno));
        return FALSE;
    }
    g_autofree char *ready = g_strdup_printf("%d", ends[1]);
    g_setenv(READY_FD, ready, TRUE);
    pid_t child = fork();
    if (!child)
        apart_run(program, ends[1]);
    g_unsetenv(READY_FD);
    close(ends[1]);
    if (child > 0)
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            continue;
    gboolean ok = child > 0 && is_ready(ends[0]);
    close(ends[0]);
    if (!ok)
        net_error_set(error, ECHILD, "%s", _("the process that goes back could not be started"));
    return ok;
}

/* A second fuse, that no kill reaches; it looks whether there is anything left to do. Without it the first
 * one is enough. */
static void timer_begin(const TrialMark *mark)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    const char *argv[] = {program, "--burn-fuse", NULL};
    NetUnit unit = {.name = FUSE_SERVICE,
                    .description = "netsvc --burn-fuse",
                    .daemon = "netsvc",
                    .after_s = trial_mark_left(mark) + TIMER_BEHIND_S};
    NetUnitSetup setup = {.unit = &unit, .argv = argv};
    g_autoptr(GError) error = NULL;
    if (!net_units_are_possible("") || !program)
        return;
    if (!net_unit_start_now("", &setup, SYSTEMD_MS, &error))
        cli_complain(_("there is no timer of systemd besides the process that goes back: %s"),
                     error->message);
}

gboolean fuse_light(const TrialMark *mark, GError **error)
{
    if (!process_begin(error))
        return FALSE;
    timer_begin(mark);
    return TRUE;
}

gboolean fuse_burns(int *ret_fd)
{
    if (ret_fd)
        *ret_fd = -1;
    g_autofree char *text = fuse_told(PROCESS);
    g_auto(GStrv) words = g_strsplit(text ? text : "", " ", 2);
    guint pid = words[0] ? (guint)g_ascii_strtoull(words[0], NULL, 10) : 0;
    guint64 started = pid && words[1] ? g_ascii_strtoull(words[1], NULL, 10) : 0;
    gboolean is = started && trial_process_started(pid) == started;
    int fd = is ? process_open(pid) : -1;
    /* One that has just been killed may not be gone yet. */
    struct pollfd end = {.fd = fd, .events = POLLIN};
    is = fd >= 0 && poll(&end, 1, DYING_MS) == 0;
    if (ret_fd && is)
        *ret_fd = fd;
    else if (fd >= 0)
        close(fd);
    return is;
}
