/* Programs outside of the service's sandbox: systemd starts them, as transient units. */
#include "apply/outside.h"
#include <unistd.h>

#define RUNNER "systemd-run"

gboolean net_is_in_service(void)
{
    g_autofree char *runner = g_find_program_in_path(RUNNER);
    return runner && g_getenv("INVOCATION_ID") && access("/run/systemd/system", F_OK) == 0;
}

static void add(GPtrArray *argv, const char *option, const char *value)
{
    g_ptr_array_add(argv, g_strconcat(option, value, NULL));
}

/* No default dependencies: it is run while the boot, or the shutdown, waits for us. */
char **net_outside_argv(const NetRun *run, const NetProgram *program)
{
    GPtrArray *argv = g_ptr_array_new();
    g_autofree char *limit = g_strdup_printf("%u", (run->limit_ms + 999) / 1000);
    g_ptr_array_add(argv, g_strdup(RUNNER));
    add(argv, "--quiet", "");
    add(argv, "--wait", "");
    add(argv, "--pipe", "");
    add(argv, "--collect", "");
    add(argv, "--property=DefaultDependencies=", "no");
    add(argv, "--property=RuntimeMaxSec=", limit);
    if (run->folder)
        add(argv, "--property=WorkingDirectory=", run->folder);
    for (char **variable = run->environment; variable && *variable; variable++)
        add(argv, "--setenv=", *variable);
    add(argv, "--", "");
    for (char **word = program->argv; *word; word++)
        g_ptr_array_add(argv, g_strdup(*word));
    g_ptr_array_add(argv, NULL);
    return (char **)g_ptr_array_free(argv, FALSE);
}
