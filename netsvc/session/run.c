/* Runs one verb on the running system. The order of steps is here, and nothing else. */
#include "session/run.h"
#include "apply/system.h"
#include "console/cli.h"
#include "console/console.h"
#include "console/log.h"
#include "console/problems.h"
#include "console/report.h"
#include "i18n.h"
#include "model/kind.h"
#include "session/hotplug.h"
#include "session/stop-signal.h"
#include <signal.h>
#include <syslog.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

enum { UDEV_TIMEOUT_MS = 30000 };

typedef struct {
    gboolean stop; /* a signal came */
    gboolean is_save_failure_told;
    Report *report;
} Run;

static void lock_waiting(const char *holder, gpointer data G_GNUC_UNUSED)
{
    g_autofree char *text = g_strdup_printf(_("%s: waiting for %s to finish"), g_get_prgname(), holder);
    log_message(EVENT_LOCK_WAIT, LOG_WARNING, (IfcfgWhere){0}, NULL, text);
    g_autofree char *status = g_strdup_printf(_("Waiting for %s"), holder);
    sd_notifyf(0, "STATUS=%s", status);
}

static void message_tell(const NetMessage *message)
{
    log_message(EVENT_REASON, message->error ? LOG_ERR : LOG_WARNING, message->where, message->dev,
                message->message);
}

static void waiting_tell(const char *what, gpointer data G_GNUC_UNUSED)
{
    g_autofree char *status = what ? g_strdup_printf(_("Waiting: %s"), what) : g_strdup(_("Working"));
    sd_notifyf(0, "STATUS=%s", status);
}

/* Without the record the next `down` cannot know what is ours; the network matters more, so it goes on. */
static void ledger_save(const NetLedger *ledger, gpointer data)
{
    Run *run = data;
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
    const char *label = is_failed ? "FAILED" : is_warning ? "WARNING" : "  OK  ";
    LogEvent event = !group->dev   ? EVENT_NOTE
                     : group->down ? (is_failed ? EVENT_INTERFACE_STUCK : EVENT_INTERFACE_DOWN)
                     : is_failed   ? EVENT_INTERFACE_FAILED
                     : is_warning  ? EVENT_INTERFACE_DEGRADED
                                   : EVENT_INTERFACE_UP;
    if (outcome == NET_DONE_STOPPED || !(group->title || group->name))
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
    report_group_done(group, outcome, messages, ((Run *)data)->report);
}

/* A closed terminal or a reader that went away (`network restart | head`) must not stop the network half way.
 */
static void signals_prepare(Run *run)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    stop_signal_watch(&run->stop);
}

static void undone_tell(const Run *run)
{
    g_autofree char *names = report_undone(run->report);
    if (!names)
        return;
    g_autofree char *text = g_strdup_printf(_("%s: interrupted; not finished: %s"), g_get_prgname(), names);
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
    NetReporter reporter = {
        .group_done = group_done, .waiting = waiting_tell, .ledger_changed = ledger_save, .data = &run};
    signals_prepare(&run);
    report_on_line(report, line_tell);
    report_begin(report);
    gboolean ok = net_executor_run(plan, backend, ledger, &run.stop, &reporter);
    if (run.stop)
        undone_tell(&run);
    stop_signal_unwatch();
    console_close(console);
    return ok && !run.stop ? CLI_OK : CLI_FAILED;
}

/* A miimon=0 is no choice of ours: it goes with arp_interval. */
static gboolean is_our_miimon(const LinkSetting *setting, const NetIface *bond)
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
        const GPtrArray *settings = net_op_settings(op);
        const NetIface *bond = settings ? net_model_find(model, op->dev) : NULL;
        for (guint n = 0; bond && n < settings->len; n++) {
            const LinkSetting *setting = settings->pdata[n];
            if (!is_our_miimon(setting, bond))
                continue;
            g_autofree char *place = cli_where(setting->where.file ? setting->where : bond->where);
            g_autofree char *text =
                g_strdup_printf(_("%s: %s: neither miimon nor arp_interval is set: using miimon=%s"), place,
                                bond->name, setting->text);
            log_message(EVENT_BOND_UNMONITORED, LOG_INFO, setting->where, bond->name, text);
        }
    }
}

typedef struct {
    NetPlanVerb verb;
    const char *name;
    gboolean is_hotplug; /* for the devices in the queue, in place of a verb */
    const NetModel *model;
    const IfcfgProblems *problems; /* of the files; NULL: not told */
} Request;

/* @devices: hotplug's, else NULL */
static NetPlan *request_plan(const Request *request, const GPtrArray *devices, const NetObserved *observed,
                             const NetLedger *ledger, GError **error)
{
    if (devices)
        return net_plan_build_hotplug(devices, request->model, observed, ledger, error);
    return net_plan_build(request->verb, request->name, request->model, observed, ledger, error);
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
    ledger_save(ledger, &(Run){0});
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

static gboolean nic_is_there(const NetIface *nic, const NetObserved *observed)
{
    const ObservedLink *link = net_observed_link(observed, nic->name);
    return link && (!nic->hwaddr.length || ifcfg_mac_equal(&nic->hwaddr, &link->perm_mac));
}

enum { DEPTH = 16 }; /* files can name each other in a circle */

/* Whether a device stands on a NIC, or has it for a port, over however many others. */
static gboolean iface_needs(const NetIface *iface, const NetIface *nic, guint depth)
{
    if (!iface || iface == nic || !depth)
        return iface == nic;
    if (iface_needs(iface->parent, nic, depth - 1))
        return TRUE;
    for (guint i = 0; i < iface->ports->len; i++)
        if (iface_needs(iface->ports->pdata[i], nic, depth - 1))
            return TRUE;
    for (guint i = 0; i < iface->relations->len; i++) {
        const NetRelation *relation = iface->relations->pdata[i];
        if (relation->role != NET_PORT_OF && iface_needs(relation->iface, nic, depth - 1))
            return TRUE;
    }
    return FALSE;
}

typedef struct {
    const Request *request;
    NetBackend *backend;
} NicsWait;

/* All that come up at boot, alone or in a bond; or those that the named interface has to do with. */
static gboolean nic_is_awaited(const Request *request, const NetIface *iface)
{
    if (!g_str_equal(iface->kind->name, "ethernet") || iface->parent || iface->fault)
        return FALSE;
    if (request->name)
        return iface_needs(net_model_find(request->model, request->name), iface, DEPTH);
    return iface->onboot || net_iface_is_port(iface);
}

static gboolean nics_are_there(gpointer data)
{
    const NicsWait *wait = data;
    const NetModel *model = wait->request->model;
    const NetObserved *observed = wait->backend->look(wait->backend, NULL, 0, NULL);
    for (guint i = 0; observed && i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        if (nic_is_awaited(wait->request, iface) && !nic_is_there(iface, observed))
            return FALSE;
    }
    return TRUE;
}

/* Early at boot drivers are still being loaded and names given. DEVTIMEOUT counts from where udev has no more
 * to say. */
static void nics_wait(const Request *request, NetBackend *backend)
{
    gboolean is_down = request->verb == NET_PLAN_STOP || request->verb == NET_PLAN_DOWN;
    NicsWait wait = {request, backend};
    if (is_down || request->is_hotplug || net_udev_wait(UDEV_TIMEOUT_MS, nics_are_there, &wait, waiting_tell))
        return;
    g_autofree char *text =
        g_strdup_printf(_("%s: udev is still busy after %d s; going on with the cards of now"),
                        g_get_prgname(), UDEV_TIMEOUT_MS / 1000);
    log_message(EVENT_NOTE, LOG_WARNING, (IfcfgWhere){0}, NULL, text);
}

/* The devices that a hotplug run is about; NULL for a verb. One that looks at everything needs no queue of
 * what came before. */
static GPtrArray *queue_begin(const Request *request)
{
    if (!request->is_hotplug) {
        if (request->verb == NET_PLAN_START || request->verb == NET_PLAN_RESTART)
            hotplug_forget();
        return NULL;
    }
    GPtrArray *devices = hotplug_take();
    if (devices->len)
        hotplug_tell(devices);
    return devices;
}

static int locked_run(const Request *request, GError **error)
{
    g_autoptr(NetBackend) backend = net_backend_kernel_new(error);
    if (!backend)
        return CLI_FAILED;
    nics_wait(request, backend);
    g_autoptr(GPtrArray) devices = queue_begin(request);
    g_autoptr(NetLedger) ledger = record_load(error);
    g_autoptr(NetObserved) observed = ledger ? backend->observe(backend, error) : NULL;
    if (!observed)
        return CLI_FAILED;
    if (devices)
        ports_forget(ledger, devices, observed);
    /* The executor changes the ledger while the plan's operations borrow from it: the plan gets a picture of
     * its own. */
    g_autoptr(NetLedger) before = net_ledger_copy(ledger);
    g_autoptr(NetPlan) plan = request_plan(request, devices, observed, before, error);
    if (!plan)
        return CLI_FAILED;
    if (request->problems)
        problems_attach(request->problems, request->model, plan, !request->name);
    defaults_tell(plan, request->model);
    return plan_execute(plan, backend, ledger);
}

static int request_run(const Request *request)
{
    g_autoptr(GError) error = NULL;
    int status = CLI_FAILED, lock = net_lock_take(lock_waiting, NULL, &error);
    if (lock >= 0) {
        status = locked_run(request, &error);
        close(lock);
    } else if (request->is_hotplug) {
        hotplug_forget();
    }
    if (error) {
        g_autofree char *text = g_strdup_printf("%s: %s", g_get_prgname(), error->message);
        log_message(EVENT_RUN_FAILED, LOG_ERR, (IfcfgWhere){0}, request->name, text);
    }
    return status;
}

int run_verb(NetPlanVerb verb, const char *name, const NetModel *model, const IfcfgProblems *problems)
{
    Request request = {.verb = verb, .name = name, .model = model, .problems = problems};
    return request_run(&request);
}

int run_hotplug(const NetModel *model)
{
    Request request = {.is_hotplug = TRUE, .model = model};
    return request_run(&request);
}
