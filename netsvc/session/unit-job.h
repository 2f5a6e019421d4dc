/* The unit that we are a process of, and its job. */
#pragma once
#include <glib.h>

/** Whether systemd has started this process for a unit. */
gboolean unit_is_us(void);
/** Whether this is the ExecStop= of `systemctl restart`: what is taken down would be brought up again at
 * once. */
gboolean unit_job_is_restart(void);
/** What failed in the unit's last start has come since: a failed unit becomes active, without another run. */
void unit_settle(void);
