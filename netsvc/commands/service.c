/* start, stop, restart, reload, force-reload: the service as the init script knew it. */
#include "commands/check-machine.h"
#include "commands/commands.h"
#include "i18n.h"
#include "session/afterwards.h"
#include "session/marks.h"
#include "session/root-net.h"
#include "session/run.h"
#include "session/unit-job.h"
#include "trial/try.h"
#include <string.h>
#include <systemd/sd-daemon.h>

typedef struct {
    NetPlanVerb verb;
    const CliOptions *options;
    /* reload: devices (char*) of the interfaces that were named; NULL: all */
    GPtrArray *names;
    Afterwards afterwards;
    int (*prepare)(gpointer data);
    gpointer data;
} Service;

/* `systemctl restart network` is a stop and a start to systemd. It shall cut off no more than `network
 * restart` does, and happen once: the stop does nothing, and the start is a restart. */
static gboolean stop_is_half_of_restart(void)
{
    if (!unit_job_is_restart())
        return FALSE;
    marks_set(MARK_RESTART);
    return TRUE;
}

static NetPlanVerb verb_of(const char *word)
{
    if (g_str_equal(word, "start"))
        return unit_is_us() && marks_take(MARK_RESTART) ? NET_PLAN_RESTART : NET_PLAN_START;
    if (g_str_equal(word, "reload"))
        return unit_is_us() && marks_take(MARK_RESTART) ? NET_PLAN_RESTART : NET_PLAN_RELOAD;
    return g_str_equal(word, "stop") ? NET_PLAN_STOP : NET_PLAN_RESTART;
}

static gboolean has_files(const IfcfgDir *dir)
{
    for (guint i = 0; i < ifcfg_dir_length(dir); i++)
        if (strcmp(ifcfg_dir_nth(dir, i)->name, "lo") != 0)
            return TRUE;
    return FALSE;
}

/* A directory that was not restored, or is not mounted yet, does not ask for a machine without network. */
static gboolean would_lose_all(const Service *self, const IfcfgDir *dir)
{
    return (self->verb == NET_PLAN_RESTART || self->verb == NET_PLAN_RELOAD) && !has_files(dir);
}

/* Conditions that the init script checked before anything else, with its exit codes. */
static int refusal(const NetModel *model, const IfcfgProblems *problems G_GNUC_UNUSED, gpointer data)
{
    Service *self = data;
    const IfcfgRecord *network = ifcfg_dir_network(net_model_dir(model));
    if (!network) {
        cli_complain("%s", check_network_fault(model));
        return CLI_NOT_CONFIGURED;
    }
    if (!net_model_is_networking(model)) {
        g_autofree char *place = cli_where(ifcfg_record_where(network, "NETWORKING"));
        cli_complain(_("%s: NETWORKING=%s: nothing is done"), place, ifcfg_record_get(network, "NETWORKING"));
        return CLI_NOT_CONFIGURED;
    }
    if (!cli_is_root())
        return CLI_NOT_ROOT;
    if (self->verb == NET_PLAN_STOP && root_net_is_used(NULL)) {
        cli_complain(_("rootfs or /usr is on network filesystem, leaving network up"));
        return CLI_FAILED;
    }
    if (self->verb == NET_PLAN_STOP && unit_is_us() && shutdown_leaves_network(model)) {
        cli_complain(_("system is shutting down, leaving interfaces up as requested"));
        return CLI_OK;
    }
    if (would_lose_all(self, net_model_dir(model))) {
        cli_complain(
            _("no interface is configured in %s, so nothing is changed; `netsvc stop` takes down what "
              "is up"),
            ifcfg_dir_path(net_model_dir(model)));
        return CLI_FAILED;
    }
    afterwards_read(&self->afterwards, model);
    return !self->names || cli_names_add(model, self->options, self->names) ? RUN_GO : CLI_FAILED;
}

/* "bond1, eth9", or NULL. */
static char *failed_names(void)
{
    g_autoptr(GPtrArray) failed = marks_failed();
    g_ptr_array_add(failed, NULL);
    return failed->len > 1 ? g_strjoinv(", ", (char **)failed->pdata) : NULL;
}

/* Without READY the unit becomes "failed", and that is how it tells that an interface is. A machine whose
 * network is switched off is as it should be. */
static void service_tell(int status)
{
    g_autofree char *failed = status == CLI_FAILED ? failed_names() : NULL;
    if (status == CLI_OK)
        sd_notifyf(0, "READY=1\nSTATUS=%s", _("Every interface is as configured"));
    else if (status == CLI_NOT_CONFIGURED)
        sd_notifyf(0, "READY=1\nSTATUS=%s", _("Networking is switched off in /etc/sysconfig/network"));
    else if (failed) {
        g_autofree char *text = g_strdup_printf(_("Not as configured: %s; see the log"), failed);
        sd_notifyf(0, "STATUS=%s", text);
    } else
        sd_notifyf(0, "STATUS=%s", _("Not every interface is as configured: see the log"));
}

static int prepare(gpointer data)
{
    const Service *self = data;
    return self->prepare ? self->prepare(self->data) : RUN_GO;
}

/* Then the waits that /etc/sysconfig/network asks for; a trial has probes of its own. */
static int service_run(Service *self, const RunRequest *request)
{
    gboolean was_started = marks_is_started();
    int status = run_request(request);
    if (!request->trial && (self->verb == NET_PLAN_START || self->verb == NET_PLAN_RESTART))
        afterwards_wait(&self->afterwards, !was_started);
    afterwards_clear(&self->afterwards);
    return status;
}

int service_run_prepared(NetPlanVerb verb, const RunTrial *trial, int (*prepare_files)(gpointer data),
                         gpointer data)
{
    Service self = {.verb = verb, .prepare = prepare_files, .data = data};
    RunRequest request = {.verb = verb,
                          .is_service = TRUE,
                          .choose = refusal,
                          .prepare = prepare,
                          .trial = trial,
                          .data = &self};
    return service_run(&self, &request);
}

static int words_run(const CliOptions *options, NetPlanVerb verb, const RunTrial *trial)
{
    g_autoptr(GPtrArray) names = options->n_args ? g_ptr_array_new() : NULL;
    Service self = {.verb = verb, .options = options, .names = names};
    RunRequest request = {.verb = self.verb,
                          .is_service = !names,
                          .arguments = names ? options->args : NULL,
                          .names = names,
                          .choose = refusal,
                          .trial = trial,
                          .data = &self};
    return service_run(&self, &request);
}

int service_run_trial(const CliOptions *options, const RunTrial *trial)
{
    return words_run(options, verb_of(options->verb), trial);
}

int service_command(const CliOptions *options)
{
    gboolean is_stop = g_str_equal(options->verb, "stop");
    if (is_stop && stop_is_half_of_restart())
        return CLI_OK;
    gboolean is_settled = g_str_equal(options->verb, "start") && unit_is_us() && marks_take(MARK_SETTLED);
    NetPlanVerb verb = verb_of(options->verb);
    if (is_settled &&
        verb == NET_PLAN_START) { /* a restart that was asked for meanwhile is not done by that */
        service_tell(CLI_OK);
        return CLI_OK;
    }
    if (!try_settle())
        return CLI_FAILED;
    int status = words_run(options, verb, NULL);
    if (!options->n_args)
        service_tell(status);
    return status;
}
