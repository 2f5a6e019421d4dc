/* What a kind sees while it plans: the picture of the kernel, the ledger, and helpers that append operations
 * of its group. */
#pragma once
#include "model/kind.h"
#include "plan/plan.h"

struct NetPlanner {
    NetPlan *plan;
    const NetModel *model;
    const NetObserved *observed;
    const NetLedger *ledger;
    guint group;           /* the group being filled */
    const NetIface *iface; /* whose group it is; its device owns the ledger entry */
    GHashTable
        *links_down; /* set of device names that the plan takes down (or deletes): their routes vanish */
    GHashTable *links_moved; /* set of device names whose MAC or ports change: neighbours must hear again
                                where their addresses are */
    GHashTable *
        sources_out; /* set of texts of addresses that the plan removes: routes with that source vanish too */
    GHashTable *modules;         /* set of modules that the plan loads already */
    GHashTable *default_winners; /* net_route_key() of a default route -> NetIface* whose it shall be; NULL:
                                    everyone's own */
};

typedef enum { DEVICE_USABLE, DEVICE_AWAITED, DEVICE_WRONG } DeviceState;

/** Appends an operation of the current group; the caller fills the fields that its type uses. Defaults:
 * NET_FATAL, owner of the planner. */
NetOp *planner_add(NetPlanner *planner, NetOpType type, NetPhase phase, const char *dev, IfcfgWhere where);

/* Steps that kinds share (plan/steps.c). All add nothing when the kernel already has it. */

/** Nothing of this group can be done: it fails with this reason before anything is tried. The first reason
 * stays. */
void planner_fail(NetPlanner *planner, IfcfgWhere where, const char *format, ...) G_GNUC_PRINTF(3, 4);
/** Something to tell though all is well. */
void planner_note(NetPlanner *planner, const char *format, ...) G_GNUC_PRINTF(2, 3);
/** The group fails with this when all its NET_ONE_OF operations have failed. @text: translated, lives on */
void planner_none_left(NetPlanner *planner, const char *text);
/** Loads a module, once in a plan. @dev: the NIC that it is for, or NULL */
void planner_load_module(NetPlanner *planner, const char *dev, const char *module, const char *options,
                         NetSeverity severity, IfcfgWhere where);

/** The NIC must be there and be the one that HWADDR means; a wrong one fails the group (NET_FATAL) or only
 * itself (NET_DEGRADE). */
DeviceState planner_wait_device(NetPlanner *planner, const NetIface *iface, NetSeverity severity);
/** A device that is enslaved where no file wants it is released. */
void planner_leave_master(NetPlanner *planner, const NetIface *iface, NetSeverity severity);
void planner_set_mac(NetPlanner *planner, const NetIface *iface, const IfcfgMac *mac);
/** What neighbours have learned of the device is no longer true: kept addresses are announced again. */
void planner_note_move(NetPlanner *planner, const char *dev);
void planner_set_mtu(NetPlanner *planner, const NetIface *iface);
/** ARP flag, then the link up. */
void planner_link_up(NetPlanner *planner, const NetIface *iface);
/** The link goes down: also notes that its routes are lost. */
NetOp *planner_link_down(NetPlanner *planner, const char *dev, IfcfgWhere where);
/** Whether the link is up now and stays up: what the kernel has on it is kept. */
gboolean planner_link_stays(const NetPlanner *planner, const char *dev);

/** The interface itself (0), then its aliases; NULL behind the last. Not all aliases come up with it. */
const NetIface *planner_part(const NetIface *iface, guint index);
gboolean planner_part_comes_along(const NetIface *iface, const NetIface *part);

/** What the ledger holds but no file asks for any more goes. */
void planner_drop_stale_layer3(NetPlanner *planner, const NetIface *iface);
/** Addresses, routes and rules of an interface and of the aliases that come with it: stale ones out, missing
 * ones in; then VERIFY. */
void planner_add_layer3(NetPlanner *planner, const NetIface *iface);
/** Exactly what is ours out, at a `down`. @device_goes: deleted, its addresses go with it. The link must go
 * down too: its routes vanish. */
void planner_drop_layer3(NetPlanner *planner, const NetIface *iface, gboolean device_goes);
void planner_add_verify(NetPlanner *planner, const NetIface *iface);

/* Parts of those two, each in a file of its own. */
void planner_drop_stale_addresses(NetPlanner *planner, const NetIface *iface); /* steps-address.c */
void planner_drop_addresses(NetPlanner *planner, const NetIface *iface);
/** Says which address on the device is neither in the files nor in the ledger ("10.0.11.100/24 is not ours"),
 * or NULL. */
char *planner_foreign_address(const NetPlanner *planner, const NetIface *iface);
typedef enum { PLANNER_PROBES = 1 << 0, PLANNER_ANNOUNCES = 1 << 1 } PlannerSends; /* worth a carrier */
/** Returns: what is sent about them. */
PlannerSends planner_add_addresses(NetPlanner *planner, const NetIface *iface);
void planner_add_routes(NetPlanner *planner, const NetIface *iface); /* steps-route.c */
void planner_drop_stale_routes(NetPlanner *planner, const NetIface *iface);
void planner_drop_routes(NetPlanner *planner, const NetIface *iface);
void planner_add_rules(NetPlanner *planner, const NetIface *iface);
void planner_drop_stale_rules(NetPlanner *planner, const NetIface *iface);
void planner_drop_rules(NetPlanner *planner, const NetIface *iface);
/** 169.254.0.0/16 as the old scripts added it, but with the metric's base alone. Kept by the plan. */
const IfcfgRoute *planner_zeroconf_route(NetPlanner *planner);
