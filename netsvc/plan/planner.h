/* What a kind sees while it plans: the picture of the kernel, the ledger, and helpers that append operations of its group. */
#pragma once
#include "model/kind.h"
#include "plan/plan.h"

struct NetPlanner {
    NetPlan *plan;
    const NetModel *model;
    const NetObserved *observed;
    const NetLedger *ledger;
    guint group;      /* the group being filled */
    const char *owner;
    GHashTable *routes_lost; /* set of device names whose routes vanish, because the plan takes the link down or deletes it */
    gboolean bonding_asked;  /* loading the driver is in the plan already */
};

/** Appends an operation of the current group; the caller fills the fields that its type uses. Defaults: NET_FATAL, owner of the planner. */
NetOp *planner_add(NetPlanner *planner, NetOpType type, NetPhase phase, const char *dev, IfcfgWhere where);

/* Steps that kinds share (plan/steps.c). All add nothing when the kernel already has it. */
void planner_wait_device(NetPlanner *planner, const NetIface *iface, NetSeverity severity);
void planner_set_link(NetPlanner *planner, const NetIface *iface); /* MAC, MTU, ARP, up */
void planner_add_layer3(NetPlanner *planner, const NetIface *iface); /* stale out; probe, addresses, routes, rules, announce; aliases too; verify */
void planner_drop_layer3(NetPlanner *planner, const NetIface *iface, gboolean device_goes); /* exactly what is ours */
/** The link goes down: also notes that its routes are lost. */
void planner_link_down(NetPlanner *planner, const char *dev, IfcfgWhere where);
