/* When a device has got an address by DHCP. Private to apply/kernel/wait.c. */
#pragma once
#include "apply/backend.h"

gboolean lease_is_over(const NetOp *op, const NetObserved *picture);
/** Its time is over. */
void lease_set_timeout(const NetOp *op, NetResult *result);
