/* Daemons that are units of systemd. */
#include "apply/daemon-unit.h"
#include <string.h>

/* systemd.unit(5): what a name may have; the rest is written as \xNN, as systemd-escape does. */
char *daemon_unit_name(const char *what, const char *dev)
{
    GString *name = g_string_new("netsvc-");
    g_string_append_printf(name, "%s-", what);
    for (; *dev; dev++) {
        if (g_ascii_isalnum(*dev) || strchr(":_.-", *dev))
            g_string_append_c(name, *dev);
        else
            g_string_append_printf(name, "\\x%02x", (guchar)*dev);
    }
    g_string_append(name, ".service");
    return g_string_free(name, FALSE);
}

/* Its children came later, and so mostly have higher numbers. */
GPid daemon_unit_pid(const char *root, const char *unit)
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
