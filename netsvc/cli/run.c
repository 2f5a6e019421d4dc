/* Runs one verb on the running system. The order of steps is here, and nothing else. */
#include "cli/run.h"
#include "apply/system.h"
#include "cli/console.h"
#include "cli/log.h"
#include "cli/report.h"
#include <glib-unix.h>
#include <signal.h>
#include <syslog.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

typedef struct {
    gboolean stop; /* a signal came */
    gboolean is_save_failure_told;
    Report *report;
} Run;

static void lock_waiting(const char *holder, gpointer data G_GNUC_UNUSED)
{
    g_autofree char *text = g_strdup_printf("%s: waiting for %s to finish", g_get_prgname(), holder);
    log_message(EVENT_LOCK_WAIT, LOG_WARNING, (IfcfgWhere){0}, NULL, text);
    sd_notifyf(0, "STATUS=Waiting for %s", holder);
}

static void message_tell(const NetMessage *message)
{
    log_message(EVENT_REASON, message->error ? LOG_ERR : LOG_WARNING, message->where, message->dev,
                message->message);
}

static void waiting_tell(const char *what, gpointer data G_GNUC_UNUSED)
{
    sd_notifyf(0, "STATUS=%s%s", what ? "Waiting: " : "Working", what ? what : "");
}

/* Without the record the next `down` cannot know what is ours; the network matters more, so it goes on. */
static void ledger_save(const NetLedger *ledger, gpointer data)
{
    Run *run = data;
    g_autoptr(GError) error = NULL;
    if (net_ledger_save(ledger, &error) || run->is_save_failure_told)
        return;
    run->is_save_failure_told = TRUE;
    g_autofree char *text = g_strdup_printf("%s: cannot keep the record of what was configured: %s",
                                            g_get_prgname(), error->message);
    log_message(EVENT_RECORD_LOST, LOG_ERR, (IfcfgWhere){0}, NULL, text);
}

/* Each interface's end as an entry of its own, whoever ran us: `journalctl INTERFACE=bond0` is its history.
 */
static void line_tell(const NetGroup *group, NetOutcome outcome)
{
    gboolean is_failed = outcome == NET_DONE_FAILED || outcome == NET_DONE_SKIPPED;
    gboolean is_warning = outcome == NET_DONE_WARNING;
    const char *label = is_failed ? "FAILED" : is_warning ? "WARNING" : "  OK  ";
    LogEvent event = !group->dev   ? EVENT_NOTE
                     : group->down ? (is_failed ? EVENT_INTERFACE_STUCK : EVENT_INTERFACE_DOWN)
                     : is_failed   ? EVENT_INTERFACE_FAILED
                     : is_warning  ? EVENT_INTERFACE_DEGRADED
                                   : EVENT_INTERFACE_UP;
    if (outcome == NET_DONE_STOPPED || !(group->title || group->name))
        return;
    g_autofree char *title =
        group->title ? g_strdup(group->title)
                     : g_strdup_printf("%s interface %s: ", group->down ? "Shutting down" : "Bringing up",
                                       group->name);
    g_autofree char *text = g_strdup_printf("%s [%s]", title, label);
    log_journal(event,
                is_failed    ? LOG_ERR
                : is_warning ? LOG_WARNING
                             : LOG_INFO,
                group->where, group->dev, text);
}

static void group_done(guint group, NetOutcome outcome, const GPtrArray *messages, gpointer data)
{
    report_group_done(group, outcome, messages, ((Run *)data)->report);
}

static gboolean signal_came(gpointer data)
{
    ((Run *)data)->stop = TRUE;
    return G_SOURCE_CONTINUE;
}

/* A closed terminal or a reader that went away (`network restart | head`) must not stop the network half way.
 */
static void signals_prepare(Run *run, guint sources[2])
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    sources[0] = g_unix_signal_add(SIGINT, signal_came, run);
    sources[1] = g_unix_signal_add(SIGTERM, signal_came, run);
}

static void undone_tell(const Run *run)
{
    g_autofree char *names = report_undone(run->report);
    if (!names)
        return;
    g_autofree char *text = g_strdup_printf("%s: interrupted; not finished: %s", g_get_prgname(), names);
    log_message(EVENT_INTERRUPTED, LOG_ERR, (IfcfgWhere){0}, NULL, text);
}

static int plan_execute(const NetPlan *plan, NetBackend *backend, NetLedger *ledger)
{
    gboolean is_terminal;
    FILE *console = console_open(&is_terminal);
    gboolean is_live = console == stdout ? isatty(STDOUT_FILENO) : console != NULL;
    g_autoptr(StatusStyle) style = status_style_load(NULL, is_terminal);
    g_autoptr(Report) report = report_new(plan, style, console, is_live, message_tell);
    Run run = {.report = report};
    NetReporter reporter = {group_done, waiting_tell, ledger_save, &run};
    guint sources[2];
    signals_prepare(&run, sources);
    report_on_line(report, line_tell);
    report_begin(report);
    gboolean ok = net_executor_run(plan, backend, ledger, &run.stop, &reporter);
    if (run.stop)
        undone_tell(&run);
    for (guint i = 0; i < G_N_ELEMENTS(sources); i++)
        g_source_remove(sources[i]);
    console_close(console);
    return ok && !run.stop ? CLI_OK : CLI_FAILED;
}

/* A miimon=0 is no choice of ours: it goes with arp_interval. */
static gboolean is_our_miimon(const BondSetting *setting, const NetIface *bond)
{
    gboolean is_from_modules = setting->where.file && setting->where.file != bond->file;
    return setting->implied && setting->number && !is_from_modules && g_str_equal(setting->name, "miimon");
}

/* Nobody wrote miimon=100: say where it comes from when it is set (the driver itself would not watch the
 * links at all). */
static void defaults_tell(const NetPlan *plan, const NetModel *model)
{
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = plan->ops->pdata[i];
        gboolean sets = (op->type == NET_OP_LINK_ADD || op->type == NET_OP_BOND_SET) && op->settings;
        const NetIface *bond = sets ? net_model_find(model, op->dev) : NULL;
        for (guint n = 0; bond && n < op->settings->len; n++) {
            const BondSetting *setting = op->settings->pdata[n];
            if (!is_our_miimon(setting, bond))
                continue;
            g_autofree char *place = cli_where(setting->where.file ? setting->where : bond->where);
            g_autofree char *text =
                g_strdup_printf("%s: %s: neither miimon nor arp_interval is set: using miimon=%s", place,
                                bond->name, setting->text);
            log_message(EVENT_BOND_UNMONITORED, LOG_INFO, setting->where, bond->name, text);
        }
    }
}

static int locked_run(NetPlanVerb verb, const char *name, const NetModel *model, GError **error)
{
    g_autoptr(NetBackend) backend = net_backend_kernel_new(error);
    if (!backend)
        return CLI_FAILED;
    g_autoptr(NetLedger) ledger = net_ledger_load(error);
    if (!ledger)
        return CLI_FAILED;
    g_autoptr(NetObserved) observed = backend->observe(backend, error);
    if (!observed)
        return CLI_FAILED;
    /* The executor changes the ledger while the plan's operations borrow from it: the plan gets a picture of
     * its own. */
    g_autoptr(NetLedger) before = net_ledger_copy(ledger);
    g_autoptr(NetPlan) plan = net_plan_build(verb, name, model, observed, before, error);
    if (!plan)
        return CLI_FAILED;
    defaults_tell(plan, model);
    return plan_execute(plan, backend, ledger);
}

int run_verb(NetPlanVerb verb, const char *name, const NetModel *model)
{
    g_autoptr(GError) error = NULL;
    int status = CLI_FAILED, lock = net_lock_take(lock_waiting, NULL, &error);
    if (lock >= 0) {
        status = locked_run(verb, name, model, &error);
        close(lock);
    }
    if (error) {
        g_autofree char *text = g_strdup_printf("%s: %s", g_get_prgname(), error->message);
        log_message(EVENT_RUN_FAILED, LOG_ERR, (IfcfgWhere){0}, name, text);
    }
    return status;
}
