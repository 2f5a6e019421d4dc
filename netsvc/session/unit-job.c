/* The unit that we are a process of, and its job: asked of systemd. */
#include "session/unit-job.h"
#include "apply/job.h"
#include "apply/system.h"
#include "session/marks.h"
#include <string.h>
#include <unistd.h>

#define UNIT "network.service"

enum { ANSWER_MS = 5000 }; /* without an answer it is a stop, as at a shutdown */

gboolean unit_is_us(void)
{
    return getppid() == 1 && g_getenv("INVOCATION_ID");
}

gboolean unit_job_is_restart(void)
{
    const char *const argv[] = {"systemctl", "list-jobs", "--no-legend", "--plain", UNIT, NULL};
    g_autofree char *jobs = NULL; /* "123 network.service restart running" */
    if (!unit_is_us())
        return FALSE;
    return net_spawn(argv, ANSWER_MS, &jobs, NULL) && strstr(jobs, " " UNIT " restart ");
}

/* Not reset-failed: that would make it inactive, and nothing would stop it at the shutdown. */
void unit_settle(void)
{
    const char *const is_failed[] = {"systemctl", "--quiet", "is-failed", UNIT, NULL};
    const char *const start[] = {"systemctl", "--quiet", "--no-block", "start", UNIT, NULL};
    if (access("/run/systemd/system", F_OK) != 0 || !net_spawn(is_failed, ANSWER_MS, NULL, NULL))
        return;
    marks_set(MARK_SETTLED);
    if (!net_spawn(start, ANSWER_MS, NULL, NULL))
        marks_take(MARK_SETTLED);
}
