/* A trial from its begin to its end: all that may fail comes before the first operation. */
#include "trial/try.h"
#include "apply/kernel/tcp-peer.h"
#include "apply/net-error.h"
#include "console/cli.h"
#include "history/generation.h"
#include "history/who.h"
#include "i18n.h"
#include "trial/ending.h"
#include "trial/fuse.h"
#include "trial/probes.h"
#include "trial/try-wait.h"
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

struct Try {
    TrySetup setup;
    RunTrial run;
    History *history;
    TrialMark *mark; /* NULL: it has not begun */
    gboolean is_lit;
};

/* --- before the first operation --- */

/* What an earlier trial has left of its words. */
static gboolean folder_make(GError **error)
{
    g_autoptr(GDir) dir = g_dir_open(TRIAL_RUN_DIR, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(TRIAL_RUN_DIR, name, NULL);
        g_unlink(path);
    }
    if (g_mkdir_with_parents(TRIAL_RUN_DIR, 0700) == 0)
        return TRUE;
    net_error_set(error, errno, _("cannot make %s: %s"), TRIAL_RUN_DIR, g_strerror(errno));
    return FALSE;
}

/* The files on trial are a generation from the begin: whatever happens, they are not lost. */
static gboolean generations_keep(Try *self, const AppliedRun *run, GError **error)
{
    g_autoptr(Generation) before = generation_last(self->history), tried = NULL;
    if (!before || !applied_is_known()) {
        net_error_set(error, ENOENT, "%s",
                      _("it is not known which files were applied last, so there is no way back: put those "
                        "that run in place, and `netsvc reload` once; from then on it is"));
        return FALSE;
    }
    tried = applied_generation(self->history, run, before, TRUE, error);
    if (!tried)
        return FALSE;
    tried->result = GENERATION_ON_TRIAL;
    if (!generation_save(self->history, tried, TRUE, error))
        return FALSE;
    self->mark->before = before->number;
    self->mark->tried = tried->number;
    self->mark->is_all = run->is_all;
    return TRUE;
}

/* sudo takes it out of the environment: the nearest process above us that has it says it. */
static char *ssh_connection(void)
{
    guint pid = (guint)getpid();
    for (guint i = 0; i < 32 && pid > 1; i++) {
        g_autofree char *environ_path = g_strdup_printf("/proc/%u/environ", pid),
                        *status_path = g_strdup_printf("/proc/%u/status", pid), *text = NULL, *status = NULL;
        gsize length = 0;
        g_file_get_contents(environ_path, &text, &length, NULL);
        for (gsize at = 0; at < length; at += strlen(text + at) + 1)
            if (g_str_has_prefix(text + at, "SSH_CONNECTION="))
                return g_strdup(text + at + strlen("SSH_CONNECTION="));
        g_file_get_contents(status_path, &status, NULL, NULL);
        const char *parent = status ? strstr(status, "\nPPid:") : NULL;
        pid = parent ? (guint)g_ascii_strtoull(parent + strlen("\nPPid:"), NULL, 10) : 0;
    }
    return NULL;
}

static TrialMark *mark_new(const TrySetup *setup)
{
    TrialMark *mark = g_new0(TrialMark, 1);
    mark->boot = trial_boot_id();
    mark->command = who_is_command();
    mark->user = who_is_user();
    mark->peer = ssh_connection();
    mark->probe = g_strdup(setup->probe);
    mark->confirm_by = g_strdup(setup->confirm_by);
    mark->started = g_get_real_time() / G_USEC_PER_SEC;
    mark->begun = trial_now();
    mark->deadline = mark->begun + (gint64)setup->timeout_s * G_USEC_PER_SEC;
    mark->run_pid = (guint)getpid();
    mark->run_started = trial_process_started(mark->run_pid);
    return mark;
}

/* Where nobody is logged in by SSH, or the kernel does not show it, it could not come to a good end. */
static gboolean can_be_confirmed(const TrialMark *mark, GError **error)
{
    TcpPeer peer;
    if (g_strcmp0(mark->confirm_by, "ssh") != 0)
        return TRUE;
    if (!tcp_peer_parse(mark->peer, &peer)) {
        net_error_set(
            error, EINVAL, "%s",
            _("--confirm-by ssh: you are not logged in by SSH (SSH_CONNECTION is not set); leave it out, "
              "and confirm by Enter or `netsvc confirm`"));
        return FALSE;
    }
    g_autoptr(GArray) connections = tcp_peer_connections(&peer);
    if (!connections->len)
        net_error_set(
            error, ENOTCONN,
            _("--confirm-by ssh: the kernel shows no connection of SSH_CONNECTION=%s (its module tcp_diag "
              "does that); leave it out, and confirm by Enter or `netsvc confirm`"),
            mark->peer);
    return connections->len > 0;
}

static gboolean begin(Try *self, const RunPlanned *planned, GError **error)
{
    self->mark = mark_new(&self->setup);
    if (!can_be_confirmed(self->mark, error))
        return FALSE;
    if (!folder_make(error) || !fuse_room_take(error) || !generations_keep(self, planned->run, error) ||
        !way_back_keep(planned->plan, planned->observed, planned->ledger, error))
        return FALSE;
    probes_prepare();
    if (!trial_mark_save(self->history, self->mark, error))
        return FALSE;
    if (fuse_light(self->mark, error)) {
        /* Between the run and the wait for the end, where a signal means to go back, it ends nobody. */
        signal(SIGTERM, SIG_IGN);
        signal(SIGINT, SIG_IGN);
        return TRUE;
    }
    trial_mark_remove(self->history, NULL);
    return FALSE;
}

/* What would not come up must not be tried on a host that is far away. */
static gboolean has_errors(const RunPlanned *planned)
{
    gboolean has = ifcfg_problems_count(planned->problems, IFCFG_ERROR) > 0;
    for (guint i = 0; has && i < ifcfg_problems_length(planned->problems); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(planned->problems, i);
        g_autofree char *place = cli_where(problem->where);
        if (problem->severity == IFCFG_ERROR)
            cli_complain("%s: %s", place, problem->message);
    }
    for (guint i = 0; i < planned->plan->groups->len; i++) {
        const NetGroup *group = planned->plan->groups->pdata[i];
        if (group->failed && !has)
            cli_complain("%s: %s", group->dev, group->failed);
    }
    return has || net_plan_has_errors(planned->plan);
}

static int planned(const RunPlanned *planned, gpointer data)
{
    Try *self = data;
    g_autoptr(GError) error = NULL;
    if (has_errors(planned)) {
        cli_complain(_("there are errors, so it is not tried: nothing is changed"));
        return CLI_FAILED;
    }
    int status = self->setup.rehearse ? self->setup.rehearse(planned, self->setup.data) : RUN_GO;
    if (status != RUN_GO)
        return status;
    if (!begin(self, planned, &error)) {
        cli_complain(_("it is not tried, and nothing is changed: %s"), error->message);
        return CLI_FAILED;
    }
    self->is_lit = TRUE;
    return RUN_GO;
}

/* --- afterwards --- */

/* What was done is told by the generation, whichever way it ends. */
static void applied(const AppliedRun *run, gpointer data)
{
    Try *self = data;
    g_autoptr(Generation) before = generation_load(self->history, self->mark->before, NULL),
                          tried = generation_load(self->history, self->mark->tried, NULL), now = NULL;
    applied_note_estimates(self->history, run);
    now = tried ? applied_generation(self->history, run, before, TRUE, NULL) : NULL;
    if (!now)
        return;
    now->number = tried->number;
    now->time = tried->time;
    now->result = GENERATION_ON_TRIAL;
    if (run->failed->len) { /* it goes back: what was tried is to be known, not what of it has come up */
        GPtrArray *files = now->files;
        now->files = g_steal_pointer(&tried->files);
        tried->files = files;
    }
    generation_rewrite(self->history, now, TRUE, NULL);
}

Try *try_new(const TrySetup *setup)
{
    Try *self = g_new0(Try, 1);
    self->setup = *setup;
    self->history = history_new(NULL);
    self->run = (RunTrial){.planned = planned, .applied = applied, .data = self};
    return self;
}

void try_free(Try *self)
{
    if (!self)
        return;
    history_free(self->history);
    trial_mark_free(self->mark);
    g_free(self);
}

const RunTrial *try_run_trial(const Try *self)
{
    return &self->run;
}

int try_wait(Try *self, int status)
{
    if (!self->is_lit)
        return status;
    g_autofree char *text = g_strdup_printf("%d\n", status);
    fuse_tell(FUSE_APPLIED, text);
    return try_wait_end(self->history, self->mark);
}

/* --- what is left of others --- */

static void tell_all(const GPtrArray *told)
{
    for (guint i = 0; i < told->len; i++)
        cli_complain("%s", (char *)told->pdata[i]);
}

gboolean try_settle(void)
{
    g_autoptr(History) history = history_new(NULL);
    g_autoptr(TrialMark) mark = geteuid() == 0 ? trial_mark_load(history) : NULL;
    g_autoptr(GPtrArray) told = g_ptr_array_new_with_free_func(g_free);
    gboolean is_of_now = mark && trial_mark_is_of_now(mark);
    if (!mark)
        return TRUE;
    if (!is_of_now) {
        trial_end_after_boot(history, mark, told);
        tell_all(told);
        return TRUE;
    }
    gboolean is_running = trial_process_started(mark->run_pid) == mark->run_started,
             burns = fuse_burns(NULL) || (!trial_mark_left(mark) && is_running);
    g_autofree char *applied = fuse_told(FUSE_APPLIED);
    if (!burns && trial_mark_left(mark) && (applied || is_running))
        burns = fuse_light(mark, NULL);
    if (!burns) {
        trial_go_back(history, told);
        tell_all(told);
    } else {
        g_autofree char *text = trial_mark_describe(mark);
        cli_complain("%s", text);
    }
    return FALSE;
}
