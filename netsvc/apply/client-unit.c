/* DHCP clients as units of systemd. */
#include "apply/client-unit.h"
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

gboolean client_unit_is_possible(void)
{
    return access("/run/systemd/system", F_OK) == 0;
}

/* systemd.unit(5): what a name may have; the rest is written as \xNN, as systemd-escape does. */
char *client_unit_name(const char *dev, int family)
{
    GString *name = g_string_new("netsvc-dhcp-");
    for (; *dev; dev++) {
        if (g_ascii_isalnum(*dev) || strchr(":_.-", *dev))
            g_string_append_c(name, *dev);
        else
            g_string_append_printf(name, "\\x%02x", (guchar)*dev);
    }
    g_string_append_printf(name, "-%c.service", family == AF_INET6 ? '6' : '4');
    return g_string_free(name, FALSE);
}

static void add_words(GPtrArray *argv, const char *const *words)
{
    for (; *words; words++)
        g_ptr_array_add(argv, g_strdup(*words));
}
#define add(argv, ...) add_words(argv, (const char *const[]){__VA_ARGS__})

/* systemd reads `$NAME` in the words of a command, and `%n` in those of a property (systemd.service(5)). */
static char *escape(const char *word, gboolean is_property)
{
    GString *text = g_string_new(is_property ? "\"" : NULL);
    for (; *word; word++) {
        if (*word == '$' || (is_property && *word == '%'))
            g_string_append_c(text, *word);
        else if (is_property && (*word == '"' || *word == '\\'))
            g_string_append_c(text, '\\');
        g_string_append_c(text, *word);
    }
    if (is_property)
        g_string_append_c(text, '"');
    return g_string_free(text, FALSE);
}

/* One line for ExecStop=, a failure of which means nothing. */
static void add_stop(GPtrArray *argv, const GPtrArray *words)
{
    g_autofree char *program = g_find_program_in_path(words->pdata[0]);
    if (!program)
        return;
    GString *line = g_string_new("ExecStop=-");
    g_string_append(line, program);
    for (guint i = 1; words->pdata[i]; i++) {
        g_autofree char *word = escape(words->pdata[i], TRUE);
        g_string_append_printf(line, " %s", word);
    }
    add(argv, "-p", NULL);
    g_ptr_array_add(argv, g_string_free(line, FALSE));
}

/* Without the default dependencies, as network.service is, so that they do not end before what uses the
 * network. */
GPtrArray *client_unit_start_argv(const DhcpCommand *command, const NetLease *lease, const char *dev,
                                  const char **ret_missing)
{
    g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *unit = client_unit_name(dev, lease->family), *program = NULL;
    const GPtrArray *stop = command->release ? command->release : command->behind;
    program = g_find_program_in_path(command->argv->pdata[0]);
    if (!program) {
        *ret_missing = command->argv->pdata[0];
        return NULL;
    }
    add(argv, "systemd-run", "--quiet", "--no-ask-password", "--collect", "-p", "Type=simple", "-p",
        "Restart=on-failure", "-p", "RestartSec=5", "-p", "DefaultDependencies=no", "-p", "TimeoutStopSec=10",
        NULL);
    g_ptr_array_add(argv, g_strdup_printf("--unit=%s", unit));
    g_ptr_array_add(argv,
                    g_strdup_printf("--description=DHCPv%c of %s (%s)", lease->family == AF_INET6 ? '6' : '4',
                                    dev, net_client_name(lease->client)));
    g_ptr_array_add(argv, g_strdup("-p"));
    g_ptr_array_add(argv, g_strdup_printf("SyslogIdentifier=%s", net_client_name(lease->client)));
    if (stop)
        add_stop(argv, stop);
    add(argv, "--", program, NULL);
    for (guint i = 1; command->argv->pdata[i]; i++)
        g_ptr_array_add(argv, escape(command->argv->pdata[i], FALSE));
    g_ptr_array_add(argv, NULL);
    return g_steal_pointer(&argv);
}

GPtrArray *client_unit_stop_argv(const char *unit)
{
    GPtrArray *argv = g_ptr_array_new_with_free_func(g_free);
    add(argv, "systemctl", "--quiet", "stop", unit, NULL);
    g_ptr_array_add(argv, NULL);
    return argv;
}

/* Its children came later, and so mostly have higher numbers. */
GPid client_unit_pid(const char *root, const char *unit)
{
    static const char *const trees[] = {"/sys/fs/cgroup/system.slice", "/sys/fs/cgroup/systemd/system.slice"};
    GPid first = 0;
    for (guint i = 0; !first && i < G_N_ELEMENTS(trees); i++) {
        g_autofree char *path = g_strdup_printf("%s%s/%s/cgroup.procs", root, trees[i], unit), *text = NULL;
        g_file_get_contents(path, &text, NULL, NULL);
        g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
        for (guint n = 0; lines[n]; n++) {
            guint64 pid = 0;
            if (g_ascii_string_to_unsigned(lines[n], 10, 1, G_MAXINT, &pid, NULL))
                first = first ? MIN(first, (GPid)pid) : (GPid)pid;
        }
    }
    return first;
}
