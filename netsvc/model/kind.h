/* One interface type: how its files are recognised and read, what it needs, and how it goes up and down. One
 * vtable a type. */
#pragma once
#include "model/model.h"

typedef struct NetPlanner NetPlanner; /* plan/planner.h */

typedef struct {
    const NetModel *model;
    const IfcfgRecord *network; /* /etc/sysconfig/network, or NULL */
    IfcfgProblems *problems;
    const NetNics *nics; /* NULL: there is no system to ask */
} KindContext;

struct IfaceKind {
    const char *name; /* "bond": what `show` prints as type */

    /** Whether this file is of this type. Kinds are asked in the order of iface_kinds[]. */
    gboolean (*match)(const NetIface *iface, const KindContext *context);

    /** Reads the type's own keys into the interface. The common keys are read already. May be NULL. */
    void (*read)(NetIface *iface, const KindContext *context);

    /** Runs when all interfaces are read: resolves what names others, checks across files. May be NULL. */
    void (*link)(NetIface *iface, const KindContext *context);

    /** Calls @add for every interface that must be there before this one is done. May be NULL. */
    void (*needs)(const NetIface *iface, void (*add)(NetIface *needed, gpointer data), gpointer data);

    /** Appends the operations that bring it from the observed state to the configured one; none when it is
     * there. */
    void (*plan_up)(const NetIface *iface, NetPlanner *planner);

    /** Appends the operations that take it down, removing only what is ours. */
    void (*plan_down)(const NetIface *iface, NetPlanner *planner);

    /** FALSE: comes up only with another interface (ports, aliases): no status line of its own. */
    gboolean (*has_line)(const NetIface *iface);

    /** TRUE: not supported yet, so that its files change nothing, and what is doubtful in them can wait. */
    gboolean is_left_alone;
};

/** All types, most specific first; the last one takes everything and says "not supported yet". Ends in NULL.
 */
extern const IfaceKind *const iface_kinds[];
const IfaceKind *iface_kind_for(const NetIface *iface, const KindContext *context);
