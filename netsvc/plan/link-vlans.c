/* VLANs of a bridge that filters them, and of its ports: those of others stay. */
#include "bridge-vlans.h"
#include "model/iface.h"
#include "plan/link-plan.h"

/* What the bridge gives its ports without a word of ours. */
static char *default_list(const NetPlanner *planner, const ObservedLink *link)
{
    const ObservedLink *master = net_observed_link_by_index(planner->picture, link->master);
    const LinkValues *values = master ? master->own : link->own;
    const char *pvid = values ? link_values_find(values, "default_pvid") : NULL;
    return bridge_vlans_with_default(NULL, (guint16)g_ascii_strtoull(pvid ? pvid : "0", NULL, 10));
}

static void vlans_do(NetPlanner *planner, const NetIface *iface, NetOpType type, const char *list,
                     const char *record)
{
    NetPool *pool = planner->plan->pool;
    planner_do(planner, (NetOp){.type = type,
                                .phase = NET_PHASE_PORT_OPTIONS,
                                .severity = NET_WARN,
                                .dev = iface->name,
                                .owner = iface->name,
                                .where = iface->vlans_where.file ? iface->vlans_where : iface->where,
                                .is_only_recorded = !*list,
                                .vlans = {net_pool_text(pool, g_strdup(list)),
                                          net_pool_text(pool, g_strdup(record)), !net_iface_master(iface)}});
}

void planner_set_vlans(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    const ObservedLink *link = planner_link(planner, iface->name);
    const char *ours = entry ? net_ledger_list_value(entry->written, NET_LEDGER_VLANS) : NULL;
    if (!link || (!iface->vlans && !ours))
        return;
    g_autofree char *back = iface->vlans ? NULL : default_list(planner, link);
    const char *wanted = iface->vlans ? iface->vlans : back, *record = iface->vlans ? iface->vlans : "";
    g_autofree char *lacking = link->vlans || iface->vlans ? bridge_vlans_lacking(wanted, link->vlans) : NULL;
    g_autofree char *left_over = bridge_vlans_left_over(ours, wanted, link->vlans);
    /* what is to go is ours until it is gone */
    g_autofree char *meanwhile = bridge_vlans_joined(record, left_over);
    if (lacking && *lacking)
        vlans_do(planner, iface, NET_OP_VLANS_ADD, lacking, meanwhile);
    if (*left_over)
        vlans_do(planner, iface, NET_OP_VLANS_DELETE, left_over, record);
    else if (!(lacking && *lacking) && g_strcmp0(ours, record) != 0)
        vlans_do(planner, iface, *record ? NET_OP_VLANS_ADD : NET_OP_VLANS_DELETE, "", record);
}
