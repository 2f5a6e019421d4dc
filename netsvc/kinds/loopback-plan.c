/* The loopback device is there always: up or down, with its addresses. */
#include "kinds/plans.h"

void loopback_plan_up(const NetIface *iface, NetPlanner *planner)
{
    planner_set_mtu(planner, iface);
    planner_link_up(planner, iface);
    planner_add_layer3(planner, iface);
}

void loopback_plan_down(const NetIface *iface, NetPlanner *planner)
{
    NetOp *op = planner_link_down(planner, iface->name, iface->where);
    if (op)
        op->forget = TRUE;
    planner_drop_layer3(planner, iface, FALSE);
}
