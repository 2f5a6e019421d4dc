/* Interfaces that a plug-in brings up and takes down: ifup-TYPE and ifdown-TYPE, as before. What they do is
 * theirs; the ledger knows that it was asked for. */
#include "ifcfg-quote.h"
#include "plan/link-plan.h"
#include <net/if.h>

enum { LIMIT_MS = 120000 };

#define FOLDER "/etc/sysconfig/network-scripts"

/* What a shell script of theirs had by sourcing the file. */
static char **environment_of(const NetIface *iface)
{
    GPtrArray *env = g_ptr_array_new();
    g_ptr_array_add(env, g_strdup("PATH=/sbin:/usr/sbin:/bin:/usr/bin"));
    g_ptr_array_add(env, g_strdup("HOME=/"));
    g_ptr_array_add(env, g_strdup("NETSVC_EVENT=plugin"));
    for (guint i = 0; iface->record && i < ifcfg_record_length(iface->record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(iface->record, i);
        if (ifcfg_key_is_for_shell(assignment->key) &&
            ifcfg_record_find(iface->record, assignment->key) == assignment)
            g_ptr_array_add(env, g_strconcat(assignment->key, "=", assignment->value, NULL));
    }
    g_ptr_array_add(env, NULL);
    return (char **)g_ptr_array_free(env, FALSE);
}

static NetOp run_op(NetPlanner *planner, const NetIface *iface, const char *verb)
{
    NetRun *run = net_pool_keep(planner->plan->pool, net_run_new(LIMIT_MS), (GDestroyNotify)net_run_free);
    g_autofree char *program = g_strdup_printf(FOLDER "/%s-%s", verb, iface->plugin);
    g_autofree char *file = g_strconcat("ifcfg-", iface->nick, NULL);
    gboolean is_boot = planner->verb != NET_PLAN_UP && planner->verb != NET_PLAN_DOWN;
    const char *argv[] = {program, file, is_boot ? "boot" : NULL, NULL};
    net_run_add(run, g_strdupv((char **)argv), FALSE);
    run->environment = environment_of(iface);
    run->folder = g_strdup(FOLDER);
    run->is_trusted = TRUE;
    NetOp op = {.type = NET_OP_HOOK_RUN, .severity = NET_FATAL, .dev = iface->name, .where = iface->where};
    op.hook.run = run;
    return op;
}

static char *record_of(const NetIface *iface)
{
    return g_strdup_printf("plugin %s", iface->name);
}

/* A device that is not there yet may come later, as of a line that is dialled. */
static gboolean is_done(const NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    const ObservedLink *link = planner_link_before(planner, iface->name);
    g_autofree char *record = record_of(iface);
    return entry && net_ledger_list_has(entry->hooks, record) && (!link || link->flags & IFF_UP);
}

void planner_plugin_up(NetPlanner *planner, const NetIface *iface)
{
    if (is_done(planner, iface))
        return;
    NetOp op = run_op(planner, iface, "ifup");
    op.phase = NET_PHASE_DEVICE;
    op.hook.record = net_pool_text(planner->plan->pool, record_of(iface));
    planner_do(planner, op);
}

void planner_plugin_down(NetPlanner *planner, const NetIface *iface)
{
    const ObservedLink *link = planner_link(planner, iface->name);
    if (!net_ledger_find(planner->ledger, iface->name) && !(link && link->flags & IFF_UP))
        return;
    g_hash_table_add(planner->taken_down, iface->name);
    NetOp op = run_op(planner, iface, "ifdown");
    op.phase = NET_PHASE_LINKS_DOWN;
    planner_do(planner, op);
    planner_forget(planner, iface, NULL);
}
