/* One service: what a file asks for beside the kernel's own things (names, zones, leases, hooks). One vtable
 * a service, one file in services/. It reads keys into the interface and appends operations like any other;
 * what does I/O is an operation. */
#pragma once
#include "model/kind.h"

typedef struct NetPlanner NetPlanner;   /* plan/planner.h */
typedef struct NetVerifier NetVerifier; /* plan/verify.h */

/** Each function may be NULL. */
struct NetService {
    const char *name; /* "resolv" */
    /* what it sets up changes with a lease: it is asked again, alone, when a DHCP client tells of one */
    gboolean comes_with_lease;

    /** Reads the service's keys into the interface, whose own are read. Not called for types that are left
     * alone. An alias and a port are asked about, too. */
    void (*read)(NetIface *iface, const KindContext *context);
    /** Runs when all interfaces are read and checked against each other. */
    void (*link)(NetIface *iface, const KindContext *context);

    /** Before the first interface of a plan: what of the ledger belongs into the picture. */
    void (*begin)(NetPlanner *planner);
    /**
     * Appends what is missing of an interface that comes up, and takes away what its file no longer asks for.
     * Called when links and claims of all are planned, in the order of the lines; also for a silent port (a
     * bond's), in its master's group, and for an alias. The phase says when it is done. Operations for which
     * there is nothing to do must not be appended: a second run has none.
     */
    void (*plan_up)(NetPlanner *planner, const NetIface *iface);
    /** Appends how what is ours goes, for an interface (or silent port) that is taken down; its file may be
     * gone, so that only the ledger knows what that is. */
    void (*plan_down)(NetPlanner *planner, const NetIface *iface);

    /** Tells by net_verifier_differ() how what is there differs from what the file asks for. No I/O: it looks
     * at the picture. */
    void (*verify)(const NetIface *iface, const NetObserved *observed, NetVerifier *verifier);
};
