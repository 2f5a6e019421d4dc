/* Hooks: the administrator's programs before and after an interface comes up or goes down, ports and aliases
 * too. They are run when it does, not when nothing is to be done; the ledger knows which have been. */
#include "model/hooks.h"
#include "model/iface.h"
#include "model/service.h"
#include "plan/planner.h"
#include <net/if.h>

enum { LIMIT_MS = 60000 };

#define FOLDER "/etc/sysconfig/network-scripts"

/* What is done about a silent port is in its master's record. */
static const NetIface *owner_of(const NetIface *iface)
{
    const NetIface *master = net_iface_master(iface);
    if (iface->parent)
        return iface->parent;
    return master && net_kind_has(master->kind, NET_KIND_PORTS_ARE_SILENT) ? master : iface;
}

static gboolean is_silent_port(const NetIface *iface)
{
    return !iface->parent && owner_of(iface) != iface;
}

/* As the old init script gave it, which brought ports up by their master's ifup. */
static gboolean is_boot(const NetPlanner *planner, const NetIface *iface)
{
    return planner->verb != NET_PLAN_UP && planner->verb != NET_PLAN_DOWN && !is_silent_port(iface);
}

/* --- what a hook is told --- */

static void env_add(GPtrArray *env, const char *name, const char *value)
{
    if (value)
        g_ptr_array_add(env, g_strconcat(name, "=", value, NULL));
}

static char **environment_of(const NetPlanner *planner, const NetIface *iface, NetHookEvent event)
{
    GPtrArray *env = g_ptr_array_new();
    const NetIface *master = net_iface_master(iface);
    env_add(env, "PATH", "/sbin:/usr/sbin:/bin:/usr/bin");
    env_add(env, "HOME", "/");
    env_add(env, "DEVICE_IFACE", iface->name);
    env_add(env, "CONNECTION_ID", iface->nick);
    env_add(env, "CONNECTION_FILENAME", iface->file);
    env_add(env, "NETSVC_EVENT", net_hook_event_name(event));
    env_add(env, "NETSVC_KIND", iface->kind ? iface->kind->name : NULL);
    env_add(env, "NETSVC_CONTROLLER", master ? master->name : NULL);
    env_add(env, "NETSVC_BOOT", is_boot(planner, iface) ? "yes" : "no");
    g_ptr_array_add(env, NULL);
    return (char **)g_ptr_array_free(env, FALSE);
}

static char **argv_new(const char *path, const char *first, const char *second)
{
    const char *argv[] = {path, first, second, NULL};
    return g_strdupv((char **)argv);
}

static char **old_argv(const NetPlanner *planner, const NetIface *iface, const NetHook *hook)
{
    g_autofree char *file = g_strconcat("ifcfg-", iface->nick, NULL);
    if (hook->event == NET_HOOK_PRE_UP)
        return argv_new(hook->path, file, is_boot(planner, iface) ? "boot" : NULL);
    return argv_new(hook->path, iface->name, NULL);
}

/* --- which are run --- */

/* An alias has ifup-local alone, as ever. */
static gboolean is_for(const NetHook *hook, const NetIface *iface)
{
    return !iface->parent || (hook->is_old && hook->event == NET_HOOK_UP && !iface->parent->no_aliasrouting);
}

/* Only of the folders a failure keeps an interface down: of the old ones it never counted. */
static void add_hooks(const NetPlanner *planner, NetRun *run, const NetIface *iface, NetHookEvent event)
{
    const GPtrArray *hooks = net_model_hooks(planner->model);
    for (guint i = 0; i < hooks->len; i++) {
        const NetHook *hook = g_ptr_array_index(hooks, i);
        if (hook->event == event && is_for(hook, iface))
            net_run_add(run,
                        hook->is_old ? old_argv(planner, iface, hook)
                                     : argv_new(hook->path, iface->name, net_hook_event_name(event)),
                        hook->is_old || event != NET_HOOK_PRE_UP);
    }
}

static const char *record_text(NetPlanner *planner, const NetIface *iface, NetHookEvent event)
{
    return net_pool_text(planner->plan->pool,
                         g_strdup_printf("%s %s", net_hook_event_name(event), iface->name));
}

static void plan_event(NetPlanner *planner, const NetIface *iface, NetHookEvent event)
{
    gboolean is_before = event == NET_HOOK_PRE_UP || event == NET_HOOK_PRE_DOWN;
    NetRun *run = net_pool_keep(planner->plan->pool, net_run_new(LIMIT_MS), (GDestroyNotify)net_run_free);
    NetOp op = {.type = NET_OP_HOOK_RUN,
                .phase = is_before ? NET_PHASE_PRE_HOOKS : NET_PHASE_POST_HOOKS,
                .severity = NET_WARN,
                .dev = iface->name,
                .owner = net_iface_device(owner_of(iface)),
                .where = iface->where};
    add_hooks(planner, run, iface, event);
    for (guint i = 0; event == NET_HOOK_UP && i < iface->aliases->len; i++)
        if (net_iface_part_comes_along(iface, g_ptr_array_index(iface->aliases, i)))
            add_hooks(planner, run, g_ptr_array_index(iface->aliases, i), event);
    if (!run->programs->len)
        return;
    run->environment = environment_of(planner, iface, event);
    run->folder = g_strdup(FOLDER);
    run->is_trusted = TRUE;
    if (event == NET_HOOK_PRE_UP)
        op.severity = is_silent_port(iface) ? NET_DEGRADE : NET_FATAL;
    op.hook.run = run;
    op.hook.record =
        event == NET_HOOK_PRE_UP || event == NET_HOOK_UP ? record_text(planner, iface, event) : NULL;
    planner_do(planner, op);
}

/* --- when --- */

static gboolean has_been(const NetPlanner *planner, const NetIface *iface, NetHookEvent event)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, net_iface_device(owner_of(iface)));
    if (!entry || !entry->hooks->len)
        return FALSE;
    g_autofree char *text = g_strdup_printf("%s %s", net_hook_event_name(event), iface->name);
    return net_ledger_list_has(entry->hooks, text);
}

static void hooks_plan_up(NetPlanner *planner, const NetIface *iface)
{
    static const NetHookEvent events[] = {NET_HOOK_PRE_UP, NET_HOOK_UP};
    gboolean stays =
        planner_link_stays(planner, net_iface_device(iface)) || net_kind_has(iface->kind, NET_KIND_BY_DAEMON);
    for (guint i = 0; i < G_N_ELEMENTS(events); i++)
        if (!stays || !has_been(planner, iface, events[i]))
            plan_event(planner, iface, events[i]);
}

static void hooks_plan_down(NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = planner_link_before(planner, iface->name);
    if (!(link && link->flags & IFF_UP) && !has_been(planner, iface, NET_HOOK_UP))
        return;
    plan_event(planner, iface, NET_HOOK_PRE_DOWN);
    plan_event(planner, iface, NET_HOOK_DOWN);
}

const NetService hooks_service = {.name = "hooks", .plan_up = hooks_plan_up, .plan_down = hooks_plan_down};
