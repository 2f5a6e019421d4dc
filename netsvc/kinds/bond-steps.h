/* Parts of bringing up a bond: ports in and out, options of an existing one, its MAC. Private to bond-plan.c
 * and bond-steps.c. */
#pragma once
#include "bond-family.h"
#include "plan/planner.h"
#include "state/compare.h"

/** How an existing bond differs, and what the kernel demands before it can be changed. */
typedef struct {
    GPtrArray *differences; /* LinkDifference*, kept by the plan; NULL before bond_repair_find() */
    gboolean mode_changes, needs_no_ports, needs_down;
} BondRepair;

static inline void bond_repair_clear(BondRepair *self)
{
    g_clear_pointer(&self->differences, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BondRepair, bond_repair_clear)

void bond_repair_find(BondRepair *self, NetPlanner *planner, const NetIface *iface);
/** Ports that must not be there, or not now, leave; the bond goes down if the kernel demands it. */
void bond_repair_release(const BondRepair *self, NetPlanner *planner, const NetIface *iface);
void bond_repair_set(const BondRepair *self, NetPlanner *planner, const NetIface *iface);
void bond_repair_mac(const BondRepair *self, NetPlanner *planner, const NetIface *iface);

/** One LINK_SET with these settings; none when there are none. Returns it, or NULL. */
NetOp *bond_set_options(NetPlanner *planner, const NetIface *iface, const GPtrArray *settings, NetPhase phase,
                        NetSeverity severity);
/** MACADDR, else the permanent address of the first port that is there. */
IfcfgMac bond_wanted_mac(const NetPlanner *planner, const NetIface *iface);
/** Brings one port into the bond, with its options. @released: all ports leave the bond first. */
void bond_add_port(NetPlanner *planner, const NetIface *port, const NetIface *bond, gboolean released,
                   NetSeverity severity);
/** At a `down`: what a port has of its own from the time when it was none. */
void bond_forget_ports(NetPlanner *planner, const NetIface *iface);
/** At a `down` that keeps the bond: ports that the files name or that the ledger lists. */
void bond_release_ours(NetPlanner *planner, const NetIface *iface, const LedgerEntry *entry);
