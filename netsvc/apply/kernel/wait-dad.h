/* The condition and the outcome of NET_OP_DAD_WAIT; private to wait.c. */
#pragma once
#include "apply/backend.h"

/** Whether the address that is waited for, or every one of the device, has been looked for. Without carrier
 * the kernel does not begin, and does so by itself when there is one (addrconf_dad_begin()). */
gboolean dad_is_over(const NetOp *op, const NetObserved *picture, const ObservedLink *link);
/** Who was found to be a duplicate is an error; @has_carrier: of the device. */
void dad_set_result(const NetOp *op, const NetObserved *picture, const ObservedLink *link,
                    gboolean has_carrier, NetResult *result);
