/* Executes a plan and tells how it goes: lines on the console, entries in the journal, the record on disk. */
#include "session/execute.h"
#include "apply/system.h"
#include "console/cli.h"
#include "console/log.h"
#include "console/report.h"
#include "i18n.h"
#include "session/stop-signal.h"
#include <signal.h>
#include <syslog.h>
#include <systemd/sd-daemon.h>

typedef struct {
    gboolean stop; /* a signal came */
    gboolean is_save_failure_told;
    Report *report;
    const NetLedger *ledger;
    const ExecuteHooks *hooks;
} Execution;

/* What this run has told. */
static GHashTable *told;

static void told_begin(gboolean is_sequel)
{
    if (!told)
        told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!is_sequel)
        g_hash_table_remove_all(told);
}

static void message_tell(const NetMessage *message)
{
    if (!g_hash_table_add(told, g_strdup(message->message)))
        return;
    log_message(EVENT_REASON, message->error ? LOG_ERR : LOG_WARNING, message->where, message->dev,
                message->message);
}

void execute_waiting(const char *what, gpointer data G_GNUC_UNUSED)
{
    g_autofree char *status = what ? g_strdup_printf(_("Waiting: %s"), what) : g_strdup(_("Working"));
    sd_notifyf(0, "STATUS=%s", status);
}

/* Without the record the next `down` cannot know what is ours; the network matters more, so it goes on. */
static void ledger_save(const NetLedger *ledger, gpointer data)
{
    Execution *run = data;
    g_autoptr(GError) error = NULL;
    if (net_ledger_save(ledger, &error) || run->is_save_failure_told)
        return;
    run->is_save_failure_told = TRUE;
    g_autofree char *text = g_strdup_printf(_("%s: cannot keep the record of what was configured: %s"),
                                            g_get_prgname(), error->message);
    log_message(EVENT_RECORD_LOST, LOG_ERR, (IfcfgWhere){0}, NULL, text);
}

/* Each interface's end as an entry of its own, whoever ran us: `journalctl INTERFACE=bond0` is its history.
 */
static void line_tell(const NetGroup *group, NetOutcome outcome)
{
    gboolean is_failed = outcome == NET_DONE_FAILED || outcome == NET_DONE_SKIPPED;
    gboolean is_warning = outcome == NET_DONE_WARNING;
    const char *label = is_failed          ? "FAILED"
                        : group->is_passed ? "PASSED"
                        : is_warning       ? "WARNING"
                                           : "  OK  ";
    LogEvent event = !group->dev || group->is_passed ? EVENT_NOTE
                     : group->down ? (is_failed ? EVENT_INTERFACE_STUCK : EVENT_INTERFACE_DOWN)
                     : is_failed   ? EVENT_INTERFACE_FAILED
                     : is_warning  ? EVENT_INTERFACE_DEGRADED
                                   : EVENT_INTERFACE_UP;
    if (outcome == NET_DONE_STOPPED || group->is_left || !(group->title || group->name))
        return;
    g_autofree char *title =
        group->title ? g_strdup(group->title) : net_group_title(group->name, group->down);
    g_autofree char *text = g_strdup_printf("%s [%s]", title, label);
    log_journal(event,
                is_failed    ? LOG_ERR
                : is_warning ? LOG_WARNING
                             : LOG_INFO,
                group->where, group->dev, text);
}

static void group_done(guint group, NetOutcome outcome, const GPtrArray *messages, gpointer data)
{
    report_group_done(group, outcome, messages, ((Execution *)data)->report);
}

/* The kernel, or somebody else, has made something else of it than was foreseen: the same is planned once
 * more, for what is there now. */
static NetPlan *plan_again(G_GNUC_UNUSED const GPtrArray *groups, const NetObserved *observed, gpointer data)
{
    const Execution *run = data;
    return run->hooks->plan_again(observed, run->ledger, run->hooks->data);
}

static void undone_tell(const Execution *run)
{
    g_autofree char *names = report_undone(run->report);
    if (!names)
        return;
    g_autofree char *text = g_strdup_printf(_("%s: interrupted; not finished: %s"), g_get_prgname(), names);
    log_message(EVENT_INTERRUPTED, LOG_ERR, (IfcfgWhere){0}, NULL, text);
}

int execute_plan(const NetPlan *plan, NetBackend *backend, NetLedger *ledger, Console *console,
                 const ExecuteHooks *hooks)
{
    g_autoptr(Report) report = report_new(plan, console, message_tell);
    Execution run = {.report = report, .ledger = ledger, .hooks = hooks};
    NetReporter reporter = {.group_done = group_done,
                            .waiting = execute_waiting,
                            .ledger_changed = ledger_save,
                            .repair = plan_again,
                            .data = &run};
    told_begin(hooks->is_sequel);
    /* A closed terminal must not stop the network half way. */
    signal(SIGHUP, SIG_IGN);
    stop_signal_watch(&run.stop);
    report_on_line(report, line_tell);
    report_begin(report);
    gboolean ok = net_executor_run(plan, backend, ledger, &run.stop, &reporter);
    if (run.stop)
        undone_tell(&run);
    stop_signal_unwatch();
    hooks->ended(report, hooks->data);
    return ok && !run.stop ? CLI_OK : CLI_FAILED;
}
