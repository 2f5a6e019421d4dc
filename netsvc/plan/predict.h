/* What the kernel would do: operations applied to a picture, with all their side effects. No I/O. */
#pragma once
#include "plan/plan.h"

/**
 * Applies one operation to a picture, as Linux does: what falls with it, what comes back by itself, what it
 * drags along. Waits, probes, announcements, sysctls and reading back change nothing.
 * Returns: 0, or the errno with which the kernel would refuse it, the picture then being as it was; only
 * NET_OP_LINK_SET sets all the options that it can, as the back end does, and returns the first refusal
 */
int net_predict(NetObserved *picture, const NetOp *op);

/** An operation that the kernel would refuse. */
typedef struct {
    const NetOp *op; /* of the plan */
    int code;        /* errno */
} NetRefusal;

/** The operations of a plan in the executor's order; free with g_ptr_array_unref. */
GPtrArray *net_predict_order(const NetPlan *plan);

/**
 * Applies a whole plan in the executor's order: by phase over all groups, then as it was appended.
 * @ret_refusals: gets a GPtrArray of NetRefusal*, empty when nothing is refused; may be NULL
 * Returns: the picture afterwards
 */
NetObserved *net_predict_plan(const NetObserved *before, const NetPlan *plan, GPtrArray **ret_refusals);

/** The route that the kernel keeps for the network of an IPv4 address (fib_add_ifaddr()); free with
 * ifcfg_route_free(). */
IfcfgRoute *net_predict_network_route(const NetObserved *picture, const ObservedLink *link,
                                      const ObservedAddress *address);
