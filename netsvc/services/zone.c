/* Zones of firewalld: ZONE= of an interface that is up, told before anything can come in (ifup-post and
 * ifdown-post). What names no zone is left to firewalld, which has a default one. */
#include "model/iface.h"
#include "plan/planner.h"
#include "services/services.h"

/* A port has nothing to filter, and an alias is no device. */
static const char *zone_of(const NetIface *iface)
{
    gboolean may_have = iface->form == IFCFG_ENTRY_MAIN && !net_iface_is_port(iface);
    return may_have && !g_str_equal(iface->name, "lo") ? iface->zone : NULL;
}

static void plan_zone(NetPlanner *planner, const NetIface *iface, NetOpType type, const char *zone)
{
    IfcfgWhere where = iface->where;
    if (zone)
        net_iface_get(iface, "ZONE", &where);
    planner_do(planner, (NetOp){.type = type,
                                .phase = NET_PHASE_ZONES,
                                .severity = NET_WARN,
                                .dev = iface->name,
                                .where = where,
                                .zone = {zone, planner->before->firewalld}});
}

/* Told, and to the firewalld that runs now. */
static gboolean is_told(const NetPlanner *planner, const LedgerEntry *entry, const char *zone)
{
    return entry && g_strcmp0(entry->zone, zone) == 0 && entry->firewalld == planner->before->firewalld;
}

static void zone_plan_up(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = iface->parent ? NULL : net_ledger_find(planner->ledger, iface->name);
    const char *zone = zone_of(iface);
    if (!planner->before->firewalld)
        return;
    if (zone && !is_told(planner, entry, zone))
        plan_zone(planner, iface, NET_OP_ZONE_SET, zone);
    else if (!zone && entry && entry->zone)
        plan_zone(planner, iface, NET_OP_ZONE_DROP, NULL);
}

/* As long as the device is up it stays where it is. */
static void zone_plan_down(NetPlanner *planner, const NetIface *iface)
{
    const LedgerEntry *entry = net_ledger_find(planner->ledger, iface->name);
    if (entry && entry->zone && planner->before->firewalld)
        plan_zone(planner, iface, NET_OP_ZONE_DROP, NULL);
}

const NetService zone_service = {.name = "zone", .plan_up = zone_plan_up, .plan_down = zone_plan_down};
