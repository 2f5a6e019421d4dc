/* The command line that has systemd run a program of others: nothing of it can become an option of
 * systemd-run. */
#include "apply/outside.h"

static void test_argv(void)
{
    g_autoptr(NetRun) run = net_run_new(60000);
    net_run_add(run, g_strsplit("/sbin/ifup-local|--help|a b", "|", -1), TRUE);
    run->environment = g_strsplit("PATH=/bin|X=a %n b", "|", -1);
    run->folder = g_strdup("/etc");
    g_auto(GStrv) argv = net_outside_argv(run, run->programs->pdata[0]);
    g_autofree char *line = g_strjoinv("|", argv);
    g_assert_cmpstr(line, ==,
                    "systemd-run|--quiet|--wait|--pipe|--collect|--property=DefaultDependencies=no|"
                    "--property=RuntimeMaxSec=60|--property=WorkingDirectory=/etc|--setenv=PATH=/bin|"
                    "--setenv=X=a %n b|--|/sbin/ifup-local|--help|a b");
}

static void test_where(void)
{
    g_unsetenv("INVOCATION_ID");
    g_assert_false(net_is_in_service());
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/outside/argv", test_argv);
    g_test_add_func("/outside/where", test_where);
    return g_test_run();
}
