/* teamd: as a unit of systemd where that runs, so that it outlives the service that starts it; else by itself
 * (-d). Either way who starts it is told when it is ready. The device is ours: it takes it as it is (-o), and
 * leaves it there when it ends (-N), so that another one can go on. */
#include "apply/teamd.h"
#include "apply/client-unit.h"
#include "apply/units.h"
#include <string.h>

#define RUN_DIR "/run/teamd" /* where it leaves DEV.pid */

enum { LIMIT_MS = 30000 };

static gboolean is_teamd(const char *root, const char *pid)
{
    g_autofree char *path = g_strdup_printf("%s/proc/%s/comm", root, pid), *text = NULL;
    return *pid && !strchr(pid, '/') && g_file_get_contents(path, &text, NULL, NULL) &&
           g_str_equal(g_strchomp(text), "teamd");
}

static gboolean runs(const char *root, const char *dev)
{
    g_autofree char *path = g_strdup_printf("%s" RUN_DIR "/%s.pid", root, dev), *pid = NULL;
    return g_file_get_contents(path, &pid, NULL, NULL) && is_teamd(root, g_strstrip(pid));
}

void teamd_observe(NetObserved *picture, const char *root)
{
    g_autofree char *folder = g_strconcat(root, RUN_DIR, NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    g_hash_table_remove_all(picture->teamds);
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *dev =
            g_str_has_suffix(name, ".pid") ? g_strndup(name, strlen(name) - strlen(".pid")) : NULL;
        if (dev && runs(root, dev))
            net_observed_set_teamd(picture, dev, "");
    }
}

static void add(NetRun *run, const char *const *words)
{
    net_run_add(run, g_strdupv((char **)words), FALSE);
}

/* The old scripts had it in a unit of their own. */
static void add_stop(NetRun *run, const char *dev)
{
    g_autofree char *ours = g_strdup_printf("netsvc-teamd-%s.service", dev),
                    *old = g_strdup_printf("teamd@%s.service", dev);
    if (net_units_are_possible("") && client_unit_pid("", ours))
        add(run, (const char *const[]){"systemctl", "--quiet", "stop", ours, NULL});
    else if (net_units_are_possible("") && client_unit_pid("", old))
        add(run, (const char *const[]){"systemctl", "--quiet", "stop", old, NULL});
    else
        add(run, (const char *const[]){"teamd", "-k", "-t", dev, NULL});
}

static void add_unit(NetRun *run, const char *dev, const char *config)
{
    g_autofree char *unit = g_strdup_printf("--unit=netsvc-teamd-%s.service", dev),
                    *description = g_strdup_printf("--description=teamd of %s", dev),
                    *pid_file = g_strdup_printf("PIDFile=" RUN_DIR "/%s.pid", dev);
    g_autoptr(GString) text = g_string_new(config);
    g_string_replace(text, "$", "$$", 0); /* systemd.service(5) */
    add(run, (const char *const[]){"systemd-run",
                                   "--quiet",
                                   "--no-ask-password",
                                   "--collect",
                                   unit,
                                   description,
                                   "-p",
                                   "Type=forking",
                                   "-p",
                                   pid_file,
                                   "-p",
                                   "Restart=on-failure",
                                   "-p",
                                   "DefaultDependencies=no",
                                   "--",
                                   "teamd",
                                   "-d",
                                   "-o",
                                   "-N",
                                   "-n",
                                   "-U",
                                   "-t",
                                   dev,
                                   "-c",
                                   text->str,
                                   NULL});
}

NetRun *teamd_run_new(const NetOp *op)
{
    NetRun *run = net_run_new(LIMIT_MS);
    if (runs("", op->dev))
        add_stop(run, op->dev);
    if (op->type == NET_OP_TEAMD_STOP)
        return run;
    if (net_units_are_possible(""))
        add_unit(run, op->dev, op->teamd.config);
    else
        add(run, (const char *const[]){"teamd", "-d", "-o", "-N", "-n", "-U", "-t", op->dev, "-c",
                                       op->teamd.config, NULL});
    return run;
}
