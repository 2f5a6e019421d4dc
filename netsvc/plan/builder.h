/* How a plan comes together: first the groups in the order of their lines, then their operations in the order
 * of the graph. Private to plan/. */
#pragma once
#include "plan/planner.h"

typedef struct {
    NetPlanner planner;
    GPtrArray *order;     /* NetIface*, each after what it needs */
    GHashTable *up_of;    /* NetIface* -> index + 1 of its group, if that brings it up */
    GPtrArray *up, *down; /* NetIface* that have a group, in order of their lines */
} NetBuilder;

/** Appends an empty group. @iface NULL: of no interface. Returns its index. */
guint net_builder_add_group(NetBuilder *self, const char *title, const NetIface *iface, gboolean down);
/** A group that brings up or takes down; @titled: with its status line. */
void net_builder_add_up(NetBuilder *self, const NetIface *iface, gboolean titled);
void net_builder_add_down(NetBuilder *self, const NetIface *iface, gboolean titled);
/** Fills the groups added so far and ties them to each other. */
void net_builder_fill(NetBuilder *self); /* fill.c */
/** Fills them with what services do about a lease, and no more. */
void net_builder_fill_names(NetBuilder *self);    /* plan-names.c */
void net_builder_tie(NetBuilder *self);           /* tie.c */
void net_builder_tie_moved(NetBuilder *self);     /* tie-moved.c */
void net_builder_hand_over(NetBuilder *self);     /* tie-shared.c */
void net_builder_fill_services(NetBuilder *self); /* fill-services.c */

/** Whether a device is of a kind that has any of these traits. */
gboolean net_builder_link_is(const NetBuilder *self, const ObservedLink *link, guint traits);
/** Whether the kernel refuses any of the new devices while @link is there. @created: NetOp*, one a device. */
gboolean net_builder_is_in_the_way(const NetBuilder *self, const ObservedLink *link,
                                   const GPtrArray *created); /* tie-place.c */

/** Whether it comes up at boot whatever ONBOOT says of it: for what stands on it; or, a bridge, for its
 * ports, which make it if need be. */
gboolean net_builder_is_needed(const NetIface *iface); /* plan-verbs.c */

/** What the ledger knows of a device that has no file any more, as an interface without any configuration.
 * Kept by the plan. */
NetIface *net_builder_ghost(NetBuilder *self, const LedgerEntry *entry);
/** The loopback device as it is without a file. Kept by the plan. */
const NetIface *net_builder_loopback(NetBuilder *self);

void net_builder_start(NetBuilder *self); /* plan-verbs.c */
void net_builder_stop(NetBuilder *self);
gboolean net_builder_restart(NetBuilder *self, GError **error);
gboolean net_builder_reload(NetBuilder *self, GError **error);
/** @devices: char*, each came or went. */
void net_builder_hotplug(NetBuilder *self, const GPtrArray *devices); /* plan-hotplug.c */
/** @wanted: the record of what was up */
void net_builder_back(NetBuilder *self, const NetLedger *wanted);
gboolean net_builder_up(NetBuilder *self, const char *name, GError **error);
gboolean net_builder_down(NetBuilder *self, const char *name, GError **error);
/** Says that there is no such interface; FALSE. */
gboolean net_builder_unknown(const NetBuilder *self, const char *name, GError **error);
gboolean net_builder_names(NetBuilder *self, const char *name, GError **error); /* plan-names.c */
