/* start, stop, restart, force-reload: the service as the init script knew it. */
#include "commands/commands.h"
#include "i18n.h"
#include "session/run.h"
#include "session/unit-job.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <mntent.h>
#include <string.h>
#include <syslog.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#define SUBSYS_FOLDER "/var/lock/subsys"
#define SUBSYS_LOCK SUBSYS_FOLDER "/network"

/* `systemctl restart network` is a stop and a start to systemd. It shall cut off no more than `network
 * restart` does. */
static NetPlanVerb verb_of(const char *word)
{
    if (g_str_equal(word, "start"))
        return NET_PLAN_START;
    return g_str_equal(word, "stop") && !unit_job_is_restart() ? NET_PLAN_STOP : NET_PLAN_RESTART;
}

/* Other programs ask this file whether the network was started. Not having it is no reason to fail. */
static void subsys_mark(void)
{
    g_mkdir_with_parents(SUBSYS_FOLDER, 0755);
    int fd = open(SUBSYS_LOCK, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW, 0644);
    if (fd >= 0)
        close(fd);
}

gboolean service_is_started(void)
{
    return access(SUBSYS_LOCK, F_OK) == 0;
}

/* Taking the network away from under / or /usr would hang the machine (init.d/network, stop). */
static gboolean root_is_on_network(void)
{
    FILE *mounts = setmntent("/proc/self/mounts", "re");
    gboolean found = FALSE;
    if (!mounts)
        return FALSE;
    for (const struct mntent *m = getmntent(mounts); m && !found; m = getmntent(mounts))
        found = (strcmp(m->mnt_dir, "/") == 0 || strcmp(m->mnt_dir, "/usr") == 0) &&
                g_str_has_prefix(m->mnt_type, "nfs");
    endmntent(mounts);
    return found;
}

/* Conditions that the init script checked before anything else, with its exit codes. */
static int refusal(const NetModel *model, NetPlanVerb verb)
{
    const IfcfgRecord *network = ifcfg_dir_network(net_model_dir(model));
    if (!network) {
        cli_complain(_("/etc/sysconfig/network is missing: this machine has no network configuration"));
        return CLI_NOT_CONFIGURED;
    }
    if (!net_model_is_networking(model)) {
        g_autofree char *place = cli_where(ifcfg_record_where(network, "NETWORKING"));
        cli_complain(_("%s: NETWORKING=%s: nothing is done"), place, ifcfg_record_get(network, "NETWORKING"));
        return CLI_NOT_CONFIGURED;
    }
    if (geteuid() != 0) {
        cli_complain(_("only root can do this"));
        return CLI_NOT_ROOT;
    }
    if (verb == NET_PLAN_STOP && root_is_on_network()) {
        cli_complain(_("rootfs or /usr is on network filesystem, leaving network up"));
        return CLI_FAILED;
    }
    return CLI_OK;
}

/* Without READY the unit becomes "failed", and that is how it tells that an interface is. A machine whose
 * network is switched off is as it should be. */
static void service_tell(int status)
{
    if (status == CLI_OK)
        sd_notifyf(0, "READY=1\nSTATUS=%s", _("Every interface is as configured"));
    else if (status == CLI_NOT_CONFIGURED)
        sd_notifyf(0, "READY=1\nSTATUS=%s", _("Networking is switched off in /etc/sysconfig/network"));
    else
        sd_notifyf(0, "STATUS=%s", _("Not every interface is as configured: see the log"));
}

int service_command(const CliOptions *options)
{
    NetPlanVerb verb = verb_of(options->verb);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(NetModel) model = cli_model_load(NULL, NULL, problems);
    int status = model ? refusal(model, verb) : CLI_FAILED;
    if (status != CLI_OK) {
        service_tell(status);
        return status;
    }
    ifcfg_problems_sort(problems);
    status = run_verb(verb, NULL, model, problems);
    if (verb == NET_PLAN_STOP)
        g_unlink(SUBSYS_LOCK);
    else
        subsys_mark();
    service_tell(status);
    return status;
}
