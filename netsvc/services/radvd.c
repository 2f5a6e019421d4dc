/* radvd: IPV6_CONTROL_RADVD has it told when the prefix of 6to4 comes or goes (ipv6_trigger_radvd() of the
 * old scripts). */
#include "i18n.h"
#include "model/iface.h"
#include "plan/planner.h"
#include "services/services.h"
#include <unistd.h>

enum { LIMIT_MS = 20000 };

#define PID_FILE "/run/radvd/radvd.pid"

static gboolean is_word(const NetIface *iface, const char *word)
{
    const char *text = net_iface_get(iface, "IPV6_RADVD_TRIGGER_ACTION", NULL);
    return text && g_ascii_strcasecmp(text, word) == 0;
}

static const char *unit_verb(const NetIface *iface, gboolean is_up)
{
    return is_word(iface, "startstop") ? (is_up ? "start" : "stop")
           : is_word(iface, "reload")  ? "reload"
           : is_word(iface, "restart") ? "restart"
                                       : NULL;
}

static gboolean is_told(const NetIface *iface)
{
    return iface->tunnel6to4 && net_iface_get_bool(iface, "IPV6_CONTROL_RADVD", FALSE);
}

/* Of a tree that is no running system nobody knows. */
static void pid_file_read(NetIface *iface, const KindContext *context)
{
    const char *text = net_iface_get(iface, "IPV6_RADVD_PIDFILE", NULL), *path = text ? text : PID_FILE;
    gboolean is_running_system = !*ifcfg_dir_root(net_model_dir(context->model));
    IfcfgWhere where;
    if (!is_told(iface) || unit_verb(iface, TRUE))
        return;
    if (!is_running_system || access(path, F_OK) == 0) {
        iface->radvd_pid_file = g_strdup(path);
        return;
    }
    net_iface_get(iface, "IPV6_CONTROL_RADVD", &where);
    ifcfg_problems_add(
        context->problems, IFCFG_WARNING, where,
        _("radvd does not hear of 6to4: there is no %s; start radvd, or write where that file is as "
          "IPV6_RADVD_PIDFILE"),
        path);
}

static void action_check(const NetIface *iface, const KindContext *context)
{
    static const char *const words[] = {"startstop", "reload", "restart", "SIGHUP"};
    IfcfgWhere where;
    const char *text = net_iface_get(iface, "IPV6_RADVD_TRIGGER_ACTION", &where);
    gboolean is_known = !text;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        is_known |= is_word(iface, words[i]);
    if (!is_known && iface->tunnel6to4)
        ifcfg_problems_add(
            context->problems, IFCFG_WARNING, where,
            _("IPV6_RADVD_TRIGGER_ACTION=%s is taken as SIGHUP: use startstop, reload, restart or SIGHUP"),
            text);
}

static void radvd_read(NetIface *iface, const KindContext *context)
{
    action_check(iface, context);
    pid_file_read(iface, context);
}

/* To be freed; NULL: there is nobody to tell. */
static char **argv_of(const NetIface *iface, gboolean is_up)
{
    const char *verb = unit_verb(iface, is_up);
    const char *const systemctl[] = {"systemctl", verb, "radvd.service", NULL};
    const char *const pkill[] = {"pkill", "-HUP", "-F", iface->radvd_pid_file, NULL};
    if (verb)
        return g_strdupv((char **)systemctl);
    return iface->radvd_pid_file ? g_strdupv((char **)pkill) : NULL;
}

static void plan_tell(NetPlanner *planner, const NetIface *iface, gboolean is_up)
{
    IfcfgWhere where = iface->where;
    char **argv = is_told(iface) ? argv_of(iface, is_up) : NULL;
    if (!argv)
        return;
    net_iface_get(iface, "IPV6_CONTROL_RADVD", &where);
    NetRun *run = net_pool_keep(planner->plan->pool, net_run_new(LIMIT_MS), (GDestroyNotify)net_run_free);
    net_run_add(run, argv, TRUE);
    planner_do(planner, (NetOp){.type = NET_OP_HOOK_RUN,
                                .phase = NET_PHASE_POST_HOOKS,
                                .severity = NET_WARN,
                                .dev = iface->name,
                                .where = where,
                                .hook.run = run});
}

static void radvd_plan_up(NetPlanner *planner, const NetIface *iface)
{
    const NetIface *tunnel = iface->tunnel6to4;
    if (tunnel && planner_link(planner, tunnel->name) && !planner_link_before(planner, tunnel->name))
        plan_tell(planner, iface, TRUE);
}

static void radvd_plan_down(NetPlanner *planner, const NetIface *iface)
{
    if (iface->tunnel6to4 && planner_link_before(planner, iface->tunnel6to4->name))
        plan_tell(planner, iface, FALSE);
}

const NetService radvd_service = {
    .name = "radvd", .read = radvd_read, .plan_up = radvd_plan_up, .plan_down = radvd_plan_down};
