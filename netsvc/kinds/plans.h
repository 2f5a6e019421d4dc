/* How each type goes up and down: the planning half of the vtables (kinds/X-plan.c), kept apart from their
 * reading half (kinds/X.c). */
#pragma once
#include "plan/planner.h"

void loopback_plan_up(const NetIface *iface, NetPlanner *planner);
void loopback_plan_down(const NetIface *iface, NetPlanner *planner);
void ethernet_plan_up(const NetIface *iface, NetPlanner *planner); /* ports too: through their bond */
void ethernet_plan_down(const NetIface *iface, NetPlanner *planner);
void bond_plan_up(const NetIface *iface, NetPlanner *planner);
void bond_plan_down(const NetIface *iface, NetPlanner *planner);
/** One port alone: into its bond (made first if it is missing), and out of it. */
void bond_plan_port_up(const NetIface *port, NetPlanner *planner);
void bond_plan_port_down(const NetIface *port, NetPlanner *planner);
void alias_plan_up(const NetIface *iface, NetPlanner *planner);
void alias_plan_down(const NetIface *iface, NetPlanner *planner);
