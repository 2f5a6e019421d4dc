/* From one picture of the kernel to another: the operations that make a kernel what a picture says it was.
 * No I/O. */
#pragma once
#include "plan/plan.h"

/** What may be touched. */
typedef struct {
    GHashTable *devices; /* set of names; NULL: all */
    /* Asked before something goes that is there and that the wanted picture does not have; NULL: it goes */
    gboolean (*may_remove)(const NetOp *op, gpointer data);
    gpointer data;
    /* devices that are made get the numbers that they have in the wanted picture: for a kernel that has
     * nothing else */
    gboolean keeps_numbers;
} NetPictureScope;

/** Whether an operation only asks for what the driver chooses anew by itself, as which port of a bond is the
 * active one: it is tried, and without it the kernel is as it was all the same. */
gboolean net_picture_op_is_wish(const NetOp *op);
/**
 * Plans one pass from a kernel as it is to one as it was: links of all kinds with their options, ports,
 * addresses in the kernel's order, routes, rules, permanent neighbours, net.ipv6.conf. What falls with an
 * operation is foreseen and put back. What a pass leaves (a gateway behind a route that was refused) is in
 * the next one, made from a new picture. Left as it is: hardware that comes or goes, what the kernel makes of
 * its own accord (link-local addresses, what routers advertise), DHCP clients, resolv.conf, zones,
 * ETHTOOL_OPTS.
 * @wanted: lives as long as the plan
 * @scope: NULL: everything may be touched
 * Returns: a plan of one group without a status line, whose operations warn where they are refused and never
 * end it; the ledger learns of none of them. Without operations: nothing is different
 */
NetPlan *net_plan_to_picture(const NetObserved *wanted, const NetObserved *actual,
                             const NetPictureScope *scope);
