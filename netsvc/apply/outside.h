/* As a service netsvc is kept in a sandbox (units/sandbox.conf), which is not for programs of others. */
#pragma once
#include "plan/program.h"

/** Whether we are a service of systemd that can have programs run outside of its sandbox. */
gboolean net_is_in_service(void);
/** The command line that runs a program as a transient unit, with its output and its exit status as if it
 * were our child's; to be freed with g_strfreev(). */
char **net_outside_argv(const NetRun *run, const NetProgram *program);
