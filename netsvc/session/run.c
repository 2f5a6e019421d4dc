/* Runs one verb on the running system. The order of steps is here, and nothing else: the lock, udev, the
 * files, the kernel, the plan. Nothing is read before the lock is held: whoever had it may have changed it.
 */
#include "session/run.h"
#include "apply/system.h"
#include "console/cli.h"
#include "console/console.h"
#include "console/log.h"
#include "console/problems.h"
#include "history/trial-mark.h"
#include "i18n.h"
#include "ifcfg-unfinished.h"
#include "session/execute.h"
#include "session/hotplug.h"
#include "session/lease-names.h"
#include "session/marks.h"
#include "session/measure.h"
#include "session/nics.h"
#include "session/rivals.h"
#include "session/unit-job.h"
#include "state/keep.h"
#include <signal.h>
#include <syslog.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

typedef struct {
    const RunRequest *request;
    Console *console;
    IfcfgProblems *problems;
    NetModel *model;
    NetBackend *backend;
    GPtrArray *devices;   /* hotplug: those that came or went; else NULL */
    gboolean has_settled; /* all that had failed before has come */
    GPtrArray *failed;    /* names (char*) of interfaces that did not get there; NULL: nothing was run */
    gint64 read_at;       /* when the files were read: ns since 1970 */
} Run;

static void lock_waiting(const char *holder, gpointer data G_GNUC_UNUSED)
{
    g_autofree char *text = g_strdup_printf(_("%s: waiting for %s to finish"), g_get_prgname(), holder);
    log_message(EVENT_LOCK_WAIT, LOG_WARNING, (IfcfgWhere){0}, NULL, text);
    g_autofree char *status = g_strdup_printf(_("Waiting for %s"), holder);
    sd_notifyf(0, "STATUS=%s", status);
}

static gboolean is_for_all(const Run *self)
{
    NetPlanVerb verb = self->request->verb;
    return !self->request->is_hotplug && !self->request->names &&
           (verb == NET_PLAN_START || verb == NET_PLAN_RESTART || verb == NET_PLAN_RELOAD);
}

static NetPlan *plan_make(const Run *self, const NetObserved *observed, const NetLedger *ledger,
                          GError **error)
{
    if (self->request->is_hotplug)
        return net_plan_build_hotplug(self->devices, self->model, observed, ledger, error);
    if (self->request->names)
        return net_plan_build_named(self->request->verb, self->request->names, self->model, observed, ledger,
                                    error);
    return net_plan_build(self->request->verb, NULL, self->model, observed, ledger, error);
}

/* The kernel has let go of ports that went. */
static void ports_forget(NetLedger *ledger, const GPtrArray *devices, const NetObserved *observed)
{
    for (guint i = 0; i < devices->len; i++) {
        NetOp op = {.type = NET_OP_PORT_REMOVE, .dev = devices->pdata[i]};
        for (guint n = ledger->entries->len; n-- > 0 && !net_observed_link(observed, op.dev);) {
            const LedgerEntry *entry = ledger->entries->pdata[n];
            op.owner = entry->name;
            if (net_ledger_list_has(entry->ports, op.dev))
                net_ledger_note(ledger, &op);
        }
    }
}

/* A damaged record is set aside: the network matters more. */
static NetLedger *record_load(GError **error)
{
    g_autofree char *told = NULL;
    NetLedger *ledger = net_ledger_repair(&told, error);
    if (told)
        log_message(EVENT_RECORD_LOST, LOG_WARNING, (IfcfgWhere){0}, NULL, told);
    return ledger;
}

static void files_forget(Run *self)
{
    g_clear_pointer(&self->model, net_model_free);
    g_clear_pointer(&self->problems, ifcfg_problems_free);
}

static gboolean files_read(Run *self, GError **error)
{
    files_forget(self);
    self->read_at = g_get_real_time() * 1000;
    self->problems = ifcfg_problems_new();
    self->model = nics_model_load(self->request->environment, self->problems, error);
    ifcfg_problems_sort(self->problems);
    return self->model != NULL;
}

static void udev_busy_tell(void)
{
    g_autofree char *text =
        g_strdup_printf(_("%s: udev is still busy after %u s; going on with the cards of now"),
                        g_get_prgname(), nics_wait_limit());
    log_message(EVENT_NOTE, LOG_WARNING, (IfcfgWhere){0}, NULL, text);
}

/* No interface comes up or goes down: there is nothing to wait for, and no line of theirs. */
static gboolean is_about_names(const Run *self)
{
    return self->request->verb == NET_PLAN_NAMES;
}

/* Early at boot drivers are still being loaded and names given. DEVTIMEOUT counts from where udev has no more
 * to say; and what the files mean is looked at again then. */
static gboolean names_await(Run *self, GError **error)
{
    const RunRequest *request = self->request;
    gboolean is_down = request->verb == NET_PLAN_STOP || request->verb == NET_PLAN_DOWN, has_waited = FALSE;
    if (is_down || is_about_names(self) || !net_model_is_networking(self->model))
        return TRUE;
    if (!request->is_hotplug &&
        !nics_wait(self->model, request->arguments, self->backend, execute_waiting, &has_waited))
        udev_busy_tell();
    gboolean has_named = nics_name(self->model, self->backend);
    return !(has_waited || has_named) || files_read(self, error);
}

/* What failed in the last start counts until it has come; a start begins a new list. */
static void ended(const Report *report, gpointer data)
{
    Run *self = data;
    if (is_about_names(self))
        return;
    g_autoptr(GPtrArray) done = report_names(report, REPORT_DONE);
    self->failed = report_names(report, REPORT_FAILED);
    if (is_for_all(self)) {
        marks_set_failed(self->failed);
        return;
    }
    g_autoptr(GPtrArray) before = marks_failed();
    guint index, had = before->len;
    for (guint i = 0; i < done->len; i++)
        if (g_ptr_array_find_with_equal_func(before, done->pdata[i], g_str_equal, &index))
            g_ptr_array_remove_index(before, index);
    if (before->len != had)
        marks_set_failed(before);
    self->has_settled = had && !before->len;
}

/* What cannot be planned any more is told as it was found. */
static NetPlan *plan_again(const NetObserved *observed, const NetLedger *ledger, gpointer data)
{
    return plan_make(data, observed, ledger, NULL);
}

static AppliedRun applied_run(const Run *self, const NetPlan *plan, const GPtrArray *failed)
{
    return (AppliedRun){.model = self->model,
                        .plan = plan,
                        .is_all = is_for_all(self),
                        .failed = failed,
                        .read_at = self->read_at,
                        .measured = self->backend};
}

/* Whether a run on trial may begin. */
static int trial_begin(const Run *self, const NetPlan *plan, const NetObserved *observed,
                       const NetLedger *ledger)
{
    const RunTrial *trial = self->request->trial;
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    AppliedRun run = applied_run(self, plan, none);
    RunPlanned planned = {
        self->request->verb, self->request->names, self->model, self->problems, plan, observed, ledger, &run};
    return trial ? trial->planned(&planned, trial->data) : RUN_GO;
}

/* A `stop` or `down` applies no file. */
static void history_note(const Run *self, const NetPlan *plan)
{
    NetPlanVerb verb = self->request->verb;
    AppliedRun run = applied_run(self, plan, self->failed);
    const RunTrial *trial = self->request->trial;
    if (trial && self->failed)
        trial->applied(&run, trial->data);
    else if (self->failed && verb != NET_PLAN_STOP && verb != NET_PLAN_DOWN)
        applied_note(&run);
}

/* Lines that only a run for all has by itself. */
static void lines_add(const NetPlan *plan)
{
    for (guint i = 0; i < plan->groups->len; i++) {
        NetGroup *group = plan->groups->pdata[i];
        if (!group->title && group->name)
            group->title = net_group_title(group->name, group->down);
    }
}

/* What only a plan that interrupts something has to know is asked for when there is one. */
static NetPlan *plan_make_closely(const Run *self, NetObserved *observed, const NetLedger *ledger,
                                  GError **error)
{
    g_autoptr(NetPlan) plan = plan_make(self, observed, ledger, error);
    if (!plan || !net_plan_interrupts(plan) || !net_observe_proxies(observed))
        return g_steal_pointer(&plan);
    return plan_make(self, observed, ledger, error);
}

static int plan_run(Run *self, NetLedger *ledger, NetObserved *observed, GError **error)
{
    /* The executor changes the ledger while the plan's operations borrow from it: the plan gets a picture of
     * its own. */
    g_autoptr(NetLedger) before = net_ledger_copy(ledger);
    g_autoptr(NetPlan) plan = plan_make_closely(self, observed, before, error);
    if (!plan)
        return CLI_FAILED;
    if (self->request->has_lines)
        lines_add(plan);
    int go = trial_begin(self, plan, observed, before);
    if (go != RUN_GO) /* a trial that is refused has told the errors itself */
        return go;
    if (!self->request->is_hotplug && !is_about_names(self))
        problems_attach(self->problems, self->model, plan, !self->request->names);
    if (!is_about_names(self))
        rivals_note(plan, self->model, observed);
    if (is_for_all(self))
        marks_set_started();
    ExecuteHooks hooks = {.ended = ended, .plan_again = plan_again, .data = self};
    int status = execute_plan(plan, self->backend, ledger, self->console, &hooks);
    lease_names_settle(plan, self->model, self->backend, ledger, self->console);
    history_note(self, plan);
    if (self->request->verb == NET_PLAN_STOP)
        marks_clear_started();
    gboolean is_any_left = plan->left->len > 0;
    process_keep(g_steal_pointer(&plan));
    return status == CLI_OK && is_any_left ? CLI_LEFT : status;
}

/* One that looks at everything needs no queue of what came before. */
static void queue_begin(Run *self)
{
    g_autoptr(GPtrArray) devices = self->request->is_hotplug || is_for_all(self) ? hotplug_take() : NULL;
    if (!self->request->is_hotplug)
        return;
    if (devices->len)
        hotplug_tell(devices);
    self->devices = g_steal_pointer(&devices);
}

static int chosen_run(Run *self, GError **error)
{
    queue_begin(self);
    self->backend->attend(self->backend, self->model);
    g_autoptr(NetLedger) ledger = record_load(error);
    g_autoptr(NetObserved) observed = ledger ? self->backend->observe(self->backend, error) : NULL;
    if (!observed)
        return CLI_FAILED;
    if (self->devices) {
        ports_forget(ledger, self->devices, observed);
        net_ledger_save(ledger, NULL); /* the plan may have nothing to do; else it tells of a failure */
    }
    int status = plan_run(self, ledger, observed, error);
    if (!*error && (self->devices || is_for_all(self)))
        hotplug_done();
    process_keep(g_steal_pointer(&ledger));
    process_keep(g_steal_pointer(&observed));
    return status;
}

/* A kickstart or an import that was killed in the middle: it is all of its files that count, or none. Before
 * anybody writes others, which it would be written over. */
static void files_finish(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(g_free);
    if (!ifcfg_unfinished_finish("/", IFCFG_UNFINISHED_SCRIPTS, kept, &error))
        log_message(EVENT_NOTE, LOG_WARNING, (IfcfgWhere){0}, NULL, error->message);
    for (guint i = 0; i < kept->len; i++) {
        const char *path = kept->pdata[i];
        g_autofree char *text = g_strdup_printf(
            _("%s stays as somebody has written it since a kickstart or an import was killed; "
              "the other files of that are complete, and another run of it replaces this one"),
            path);
        log_message(EVENT_NOTE, LOG_WARNING, (IfcfgWhere){.file = g_intern_string(path)}, NULL, text);
    }
}

static int locked_run(Run *self, GError **error)
{
    NetBackend *kernel = net_backend_kernel_new(error);
    g_autoptr(NetBackend) backend = kernel ? measure_backend_new(kernel) : NULL;
    self->backend = backend;
    if (!backend || !files_read(self, error) || !names_await(self, error))
        return CLI_FAILED;
    int status = self->request->choose(self->model, self->problems, self->request->data);
    return status == RUN_GO ? chosen_run(self, error) : status;
}

/* Who may not change anything may not hold the lock either: `choose` says what there is to say. */
static int user_run(Run *self, GError **error)
{
    if (!files_read(self, error))
        return CLI_FAILED;
    int status = self->request->choose(self->model, self->problems, self->request->data);
    return status == RUN_GO ? CLI_FAILED : status;
}

/* A /run that cannot be written: a machine without its network is worse off than one without a lock. */
static gboolean lock_is_dispensable(const GError *error)
{
    return g_error_matches(error, NET_ERROR, EROFS) || g_error_matches(error, NET_ERROR, ENOSPC);
}

/* Asked with the lock held: a trial may have begun while it was waited for, and one upon another would have
 * no way back. What a device that comes or goes needs is done all the same: nobody would do it later. */
static gboolean is_refused_for_trial(const Run *self, GError **error)
{
    g_autoptr(History) history = history_new(NULL);
    g_autoptr(TrialMark) mark = self->request->is_hotplug ? NULL : trial_mark_load(history);
    g_autofree char *text = mark ? trial_mark_describe(mark) : NULL;
    if (mark)
        net_error_set(error, EBUSY, "%s", text);
    return mark != NULL;
}

static int unrefused_run(Run *self, GError **error)
{
    if (is_refused_for_trial(self, error))
        return CLI_FAILED;
    files_finish();
    int status = self->request->prepare ? self->request->prepare(self->request->data) : RUN_GO;
    return status == RUN_GO ? locked_run(self, error) : status;
}

static int root_run(Run *self, GError **error)
{
    int lock = net_lock_take(lock_waiting, NULL, error);
    /* ifup-ovs of a port brings up its bridge: that has been done, since it waited for it. */
    if (lock < 0 && g_error_matches(*error, NET_ERROR, EDEADLK) &&
        !g_strcmp0(g_getenv("NETSVC_EVENT"), "plugin")) {
        g_clear_error(error);
        return CLI_OK;
    }
    if (lock < 0 && lock_is_dispensable(*error)) {
        g_autofree char *text =
            g_strdup_printf(_("%s: %s; going on without a lock: start nothing else meanwhile"),
                            g_get_prgname(), (*error)->message);
        log_message(EVENT_RECORD_LOST, LOG_WARNING, (IfcfgWhere){0}, NULL, text);
        g_clear_error(error);
    } else if (lock < 0) {
        if (self->request->is_hotplug)
            g_ptr_array_unref(
                hotplug_take()); /* the next run has them: systemd shall not start us for ever */
        return CLI_FAILED;
    }
    int status = unrefused_run(self, error);
    if (lock >= 0)
        close(lock);
    return status;
}

static const char *only_name(const Run *self)
{
    const GPtrArray *names = self->request->names;
    return names && names->len == 1 ? g_ptr_array_index(names, 0) : NULL;
}

static void error_tell(const Run *self, const GError *error)
{
    g_autofree char *text = g_strdup_printf("%s: %s", g_get_prgname(), error->message);
    log_message(EVENT_RUN_FAILED, LOG_ERR, (IfcfgWhere){0}, only_name(self), text);
}

int run_request(const RunRequest *request)
{
    gboolean is_root = geteuid() == 0;
    g_autoptr(GError) error = NULL;
    Run self = {.request = request};
    /* A reader that went away (`network restart | head`) must not stop the network half way. */
    signal(SIGPIPE, SIG_IGN);
    self.console = is_root ? console_open(request->is_service) : NULL;
    int status = is_root ? root_run(&self, &error) : user_run(&self, &error);
    if (error)
        error_tell(&self, error);
    process_keep(g_steal_pointer(&self.model));
    files_forget(&self);
    g_clear_pointer(&self.devices, g_ptr_array_unref);
    g_clear_pointer(&self.failed, g_ptr_array_unref);
    console_close();
    if (self.has_settled)
        unit_settle();
    return status;
}
