/* netsvc hotplug: udev queues devices that came or went, one run works off all that have gathered. */
#include "session/hotplug.h"
#include "apply/system.h"
#include "commands/commands.h"
#include "i18n.h"
#include "session/marks.h"
#include "session/run.h"

enum { SETTLE_MS = 30000 };

/* As the old net.hotplug: before the network is started, and after it was stopped, NICs are nobody's
 * business. The queue is emptied all the same: as long as there is something in it, systemd starts us again.
 */
static int queue_choose(const NetModel *model, const IfcfgProblems *problems G_GNUC_UNUSED,
                        gpointer data G_GNUC_UNUSED)
{
    if (marks_is_started() && net_model_is_networking(model))
        return RUN_GO;
    hotplug_drop();
    return CLI_OK;
}

/* A storm is one run: all its events are in udev's hands, and what they queue is there when udev has done
 * with them, be the machine as slow as it may. A udev that is busy for so long without queueing one more
 * device is busy with something else.
 */
static void storm_wait(void)
{
    guint before;
    do {
        before = hotplug_count();
    } while (!net_udev_wait(SETTLE_MS, NULL, NULL, NULL) && hotplug_count() > before);
}

int hotplug_command(const CliOptions *options)
{
    const RunRequest request = {.is_hotplug = TRUE, .verb = NET_PLAN_UP, .choose = queue_choose};
    if (!cli_is_root())
        return CLI_NOT_ROOT;
    if (options->n_args)
        return hotplug_add(options->args[0]);
    storm_wait();
    return run_request(&request);
}
