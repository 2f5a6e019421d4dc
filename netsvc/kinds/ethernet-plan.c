/* A NIC that is there already, alone; as a port, its bond does the planning. */
#include "kinds/plans.h"
#include <net/if.h>

/* Left over from a file that made it a port. Other masters (a bridge of virtual machines) are not our
 * business. */
static void leave_old_bond(const NetIface *iface, NetPlanner *planner)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    const ObservedLink *master = link ? net_observed_link_by_index(planner->observed, link->master) : NULL;
    if (master && !g_strcmp0(master->kind, "bond"))
        planner_leave_master(planner, iface, NET_FATAL);
}

void ethernet_plan_up(const NetIface *iface, NetPlanner *planner)
{
    if (net_iface_is_port(iface)) {
        bond_plan_port_up(iface, planner);
        return;
    }
    if (planner_wait_device(planner, iface, NET_FATAL) == DEVICE_WRONG)
        return;
    leave_old_bond(iface, planner);
    planner_set_mac(planner, iface, &iface->macaddr);
    planner_set_mtu(planner, iface);
    planner_link_up(planner, iface);
    planner_add_layer3(planner, iface);
}

void ethernet_plan_down(const NetIface *iface, NetPlanner *planner)
{
    const ObservedLink *link = net_observed_link(planner->observed, iface->name);
    if (net_iface_is_port(iface)) {
        bond_plan_port_down(iface, planner);
        return;
    }
    gboolean is_up = link && link->flags & IFF_UP;
    if (is_up || net_ledger_find(planner->ledger, iface->name)) {
        NetOp *op = planner_link_down(planner, iface->name, iface->where);
        if (op)
            op->forget = TRUE;
    }
    planner_drop_layer3(planner, iface, FALSE);
}
