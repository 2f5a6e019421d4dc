/* What systemd is about to do with the unit that we are a process of. */
#pragma once
#include <glib.h>

/** Whether this is the ExecStop= of `systemctl restart`: what is taken down would be brought up again at
 * once. */
gboolean unit_job_is_restart(void);
