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

/* --- what others let through --- */

static gboolean is_in_again(const NetPlanner *planner, const ObservedLink *before, const ObservedLink *now)
{
    const ObservedLink *then = net_observed_link_by_index(planner->before, before->master),
                       *master = now ? net_observed_link_by_index(planner->picture, now->master) : NULL;
    return then && master && g_str_equal(then->name, master->name);
}

/* Frames without a tag are of the VLAN that the file says, if it says any. */
static char *lost_list(const NetPlanner *planner, const ObservedLink *before, const ObservedLink *now)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, before->name);
    const NetIface *iface = net_model_find(planner->model, before->name);
    g_autofree char *given = default_list(planner, now), *here = bridge_vlans_joined(now->vlans, given),
                    *foreign = bridge_vlans_without(
                        before->vlans,
                        entry ? net_ledger_list_value(entry->written, NET_LEDGER_VLANS) : NULL),
                    *lost = bridge_vlans_without(foreign, here);
    g_autofree BridgeVlans *vlans = bridge_vlans_parse(lost, NULL);
    guint16 pvid = bridge_vlans_pvid(vlans);
    if (pvid && iface && iface->vlans)
        vlans->flags[pvid] &= (guint8)~BRIDGE_VLAN_PVID;
    return bridge_vlans_format(vlans);
}

gboolean planner_put_back_vlans(NetPlanner *planner, const ObservedLink *before)
{
    const ObservedLink *now = before->vlans ? planner_link(planner, before->name) : NULL;
    g_autofree char *lost =
                        is_in_again(planner, before, now) ? lost_list(planner, before, now) : g_strdup(""),
                    *id = g_strdup_printf("vlans %s", before->name);
    NetPool *pool = planner->plan->pool;
    if (!*lost || g_hash_table_contains(planner->tried, id) || !planner_enter_near(planner, before->name))
        return FALSE;
    g_hash_table_add(planner->tried, g_steal_pointer(&id));
    planner_do(planner, (NetOp){.type = NET_OP_VLANS_ADD,
                                .phase = NET_PHASE_PORT_OPTIONS,
                                .severity = NET_WARN,
                                .dev = net_pool_text(pool, g_strdup(before->name)),
                                .is_back = TRUE,
                                .vlans.list = net_pool_text(pool, g_steal_pointer(&lost))});
    return TRUE;
}
