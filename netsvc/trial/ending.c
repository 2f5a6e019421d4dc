/* The end of a trial. The mark goes last: who is killed before leaves it to the next one. */
#include "trial/ending.h"
#include "apply/system.h"
#include "apply/units.h"
#include "console/cli.h"
#include "console/log.h"
#include "history/generation.h"
#include "i18n.h"
#include "trial/fuse.h"
#include "trial/way-back.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <syslog.h>
#include <unistd.h>

enum { TERM_MS = 4000, KILL_MS = 2000, LOCK_TRIES = 100, LOCK_GAP_US = 100000, SYSTEMD_MS = 5000 };

#define LOCK NETSVC_RUN_DIR "/lock"

/* Waits for the end of a process by its descriptor. */
static gboolean process_wait(int fd, int limit_ms)
{
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    return poll(&wait, 1, limit_ms) > 0;
}

/* That its run is over is as good: as the foreground of the trial it stays, to tell the result. */
static gboolean run_wait(int process, int limit_ms)
{
    int folder = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    gint64 end = g_get_monotonic_time() / 1000 + limit_ms;
    gboolean is_gone = FALSE;
    if (folder >= 0)
        inotify_add_watch(folder, TRIAL_RUN_DIR, IN_MOVED_TO | IN_CREATE);
    for (gint64 left = limit_ms; left > 0 && !is_gone && !fuse_is_told(FUSE_APPLIED);
         left = end - g_get_monotonic_time() / 1000) {
        struct pollfd waits[] = {{.fd = process, .events = POLLIN}, {.fd = folder, .events = POLLIN}};
        char events[4096];
        is_gone = poll(waits, G_N_ELEMENTS(waits), (int)left) > 0 && waits[0].revents;
        while (folder >= 0 && read(folder, events, sizeof events) > 0)
            continue;
    }
    if (folder >= 0)
        close(folder);
    return is_gone || fuse_is_told(FUSE_APPLIED);
}

static void process_end(guint pid, gboolean (*wait)(int process, int limit_ms))
{
    int fd = pid > 1 && pid != (guint)getpid() ? (int)syscall(SYS_pidfd_open, (pid_t)pid, 0) : -1;
    if (fd < 0)
        return;
    kill((pid_t)pid, SIGTERM);
    if (!wait(fd, TERM_MS)) {
        kill((pid_t)pid, SIGKILL);
        process_wait(fd, KILL_MS);
    }
    close(fd);
}

static gboolean lock_is_free(void)
{
    int fd = open(LOCK, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    gboolean is_free = fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0;
    if (fd >= 0)
        close(fd);
    return is_free;
}

/* "pid 1234 (netsvc hotplug)" */
static void holder_end(void)
{
    g_autofree char *text = NULL;
    if (g_file_get_contents(LOCK, &text, NULL, NULL) && g_str_has_prefix(text, "pid "))
        process_end((guint)strtoul(text + strlen("pid "), NULL, 10), process_wait);
}

/* A run that hangs is no reason not to come back. */
static int lock_take(void)
{
    for (guint i = 0; i < LOCK_TRIES && !lock_is_free(); i++)
        g_usleep(LOCK_GAP_US);
    if (!lock_is_free())
        holder_end();
    return net_lock_take(NULL, NULL, NULL);
}

/* The run itself, while it is still applying what is on trial: it has the lock. */
static void run_end(const TrialMark *mark)
{
    g_autofree char *applied = fuse_told(FUSE_APPLIED);
    if (!applied && !lock_is_free() && trial_process_started(mark->run_pid) == mark->run_started)
        process_end(mark->run_pid, run_wait);
}

static void console_tell(const char *text)
{
    g_autofree char *line = g_strdup_printf("netsvc: %s\r\n", text);
    int fd = open("/dev/console", O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return;
    if (write(fd, line, strlen(line)) < 0)
        g_debug("console: %s", g_strerror(errno));
    close(fd);
}

static char *headline(const TrialMark *mark, int code)
{
    if (code == TRIAL_KEPT)
        return g_strdup_printf(_("`%s` is kept"), mark->command);
    return g_strdup_printf(code == TRIAL_BACK ? _("`%s` has gone back: all is as it was before")
                                              : _("`%s` has gone back, but something differs from before"),
                           mark->command);
}

/* For who waits, for who looks later, and for who sits before the machine. */
static void result_tell(const TrialMark *mark, int code, const GPtrArray *told)
{
    g_autoptr(GString) result = g_string_new(NULL);
    g_autofree char *head = headline(mark, code);
    int priority = code == TRIAL_KEPT ? LOG_INFO : code == TRIAL_BACK ? LOG_WARNING : LOG_ERR;
    g_string_append_printf(result, "%d\n%s\n", code, head);
    log_journal(EVENT_TRIAL_ENDED, priority, (IfcfgWhere){0}, NULL, head);
    console_tell(head);
    for (guint i = 0; i < told->len; i++) {
        g_string_append_printf(result, "%s\n", (char *)told->pdata[i]);
        log_journal(EVENT_REASON, LOG_WARNING, (IfcfgWhere){0}, NULL, told->pdata[i]);
        console_tell(told->pdata[i]);
    }
    fuse_tell(FUSE_RESULT, result->str);
}

int trial_result(GPtrArray *told)
{
    g_autofree char *text = fuse_told(FUSE_RESULT);
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
    if (!text || !*lines)
        return -1;
    for (guint i = 1; told && lines[i]; i++)
        if (*lines[i])
            g_ptr_array_add(told, g_strdup(lines[i]));
    return (int)strtol(lines[0], NULL, 10);
}

/* The timer of systemd goes. */
static void trial_timer_end(void)
{
    if (net_units_are_possible(""))
        net_unit_stop_now("", FUSE_TIMER, SYSTEMD_MS, NULL);
}

static int came_late(GPtrArray *told)
{
    int code = trial_result(told);
    return code < 0 ? TRIAL_BACK_DIFFERS : code;
}

static void generation_keep(const History *history, const TrialMark *mark, GPtrArray *told)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Generation) tried = generation_load(history, mark->tried, &error);
    if (tried) {
        tried->result = GENERATION_APPLIED;
        generation_rewrite(history, tried, TRUE, &error);
    }
    if (error)
        g_ptr_array_add(told, g_strdup_printf(_("the history does not have it: %s"), error->message));
}

/* What was decided by one that was killed is carried on: files first when it goes back, the generation first
 * when it is kept. */
static GenerationResult decision(const History *history, const TrialMark *mark)
{
    g_autoptr(Generation) tried = generation_load(history, mark->tried, NULL);
    return tried ? tried->result : GENERATION_ON_TRIAL;
}

static void tell_mark_stays(GPtrArray *told, const GError *error)
{
    g_ptr_array_add(told,
                    g_strdup_printf(_("%s; while it is there, the next boot begins with the files of before"),
                                    error->message));
}

/* Who waits goes when the result is told: what is known by then belongs in it. */
static int trial_end(const History *history, const TrialMark *mark, gboolean keep, GPtrArray *told)
{
    GenerationResult decided = decision(history, mark);
    gboolean is_kept = decided == GENERATION_APPLIED || (keep && decided != GENERATION_GONE_BACK);
    g_autoptr(GError) error = NULL;
    fuse_room_give();
    if (is_kept)
        generation_keep(history, mark, told);
    int code = is_kept ? TRIAL_KEPT : way_back_go(history, mark, told);
    if (!trial_mark_can_go(history, &error))
        tell_mark_stays(told, error);
    result_tell(mark, code, told);
    if (error || trial_mark_remove(history, &error))
        return code;
    tell_mark_stays(told, error);
    result_tell(mark, code, told);
    return code;
}

int trial_go_back(const History *history, GPtrArray *told)
{
    g_autoptr(TrialMark) mark = trial_mark_load(history);
    g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func(g_free);
    if (!mark)
        return came_late(told);
    run_end(mark);
    int lock = lock_take();
    g_autoptr(TrialMark) again = trial_mark_load(history);
    int code = again ? trial_end(history, again, FALSE, own) : came_late(NULL);
    trial_result(told);
    if (lock >= 0)
        close(lock);
    trial_timer_end();
    return code;
}

int trial_keep(const History *history)
{
    g_autoptr(GPtrArray) told = g_ptr_array_new_with_free_func(g_free);
    int lock = lock_take();
    g_autoptr(TrialMark) mark = trial_mark_load(history);
    int code = mark ? trial_end(history, mark, TRUE, told) : came_late(NULL);
    if (lock >= 0)
        close(lock);
    trial_timer_end();
    return code;
}

void trial_end_after_boot(const History *history, const TrialMark *mark, GPtrArray *told)
{
    /* Confirmed, and the mark was not gone from the disk yet. */
    if (decision(history, mark) == GENERATION_APPLIED) {
        trial_mark_remove(history, NULL);
        return;
    }
    int code = way_back_files(history, mark, told);
    g_autofree char *head = g_strdup_printf(
        code == TRIAL_BACK ? _("`%s` was on trial when the machine went down: the files are those of before")
                           : _("`%s` was on trial when the machine went down, and not all files could be "
                               "brought back"),
        mark->command);
    log_journal(EVENT_TRIAL_ENDED, LOG_WARNING, (IfcfgWhere){0}, NULL, head);
    console_tell(head);
    g_ptr_array_insert(told, 0, g_steal_pointer(&head));
    trial_mark_remove(history, NULL);
}
