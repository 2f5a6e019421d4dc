/* teamd: as a unit of systemd where that runs, so that it outlives the service that starts it; else by itself
 * (-d). Either way who starts it is told when it is ready. The device is ours: it takes it as it is (-o), and
 * leaves it there when it ends (-N), so that another one can go on. */
#include "apply/teamd.h"
#include "apply/daemon-unit.h"
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

/* Its process; 0: none runs. */
static GPid process_of(const char *root, const char *dev)
{
    g_autofree char *path = g_strdup_printf("%s" RUN_DIR "/%s.pid", root, dev), *pid = NULL;
    return g_file_get_contents(path, &pid, NULL, NULL) && is_teamd(root, g_strstrip(pid))
               ? (GPid)g_ascii_strtoll(pid, NULL, 10)
               : 0;
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
        if (dev && process_of(root, dev))
            net_observed_set_teamd(picture, dev, "");
    }
}

/* The old scripts had it in a unit of their own. One whose device is gone ends by itself at any moment. */
static void add_stop(NetRun *run, const char *dev, GPid pid)
{
    g_autofree char *ours = daemon_unit_name("teamd", dev), *old = g_strdup_printf("teamd@%s.service", dev);
    const char *const units[] = {ours, old};
    for (guint i = 0; net_units_are_possible("") && i < G_N_ELEMENTS(units); i++)
        if (daemon_unit_pid("", units[i])) {
            net_run_add_unit(run, NULL, units[i], NULL);
            return;
        }
    net_run_add_end(run, pid);
}

static void add_start(NetRun *run, const char *dev, const char *config)
{
    const char *const argv[] = {"teamd", "-d", "-o", "-N", "-n", "-U", "-t", dev, "-c", config, NULL};
    g_autofree char *unit = daemon_unit_name("teamd", dev),
                    *pid_file = g_strdup_printf(RUN_DIR "/%s.pid", dev);
    net_run_add_unit(run, g_strdupv((char **)argv), unit, pid_file);
}

NetRun *teamd_run_new(const NetOp *op)
{
    NetRun *run = net_run_new(LIMIT_MS);
    GPid pid = process_of("", op->dev);
    if (pid)
        add_stop(run, op->dev, pid);
    if (op->type == NET_OP_TEAMD_START)
        add_start(run, op->dev, op->teamd.config);
    return run;
}
