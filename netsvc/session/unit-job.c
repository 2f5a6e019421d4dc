/* Asks systemd which job our unit has. */
#include "session/unit-job.h"
#include "apply/job.h"
#include "apply/system.h"
#include <string.h>
#include <unistd.h>

enum { ANSWER_MS = 5000 }; /* without an answer it is a stop, as at a shutdown */

gboolean unit_job_is_restart(void)
{
    const char *const argv[] = {"systemctl", "list-jobs", "--no-legend", "--plain", "network.service", NULL};
    g_autofree char *jobs = NULL; /* "123 network.service restart running" */
    if (getppid() != 1 || !g_getenv("INVOCATION_ID"))
        return FALSE;
    return net_spawn(argv, ANSWER_MS, &jobs, NULL) && strstr(jobs, " network.service restart ");
}
