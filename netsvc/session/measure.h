/* How long devices are away in a run: a back end around another one that looks at the clock. */
#pragma once
#include "apply/backend.h"

/** @inner: owned by the result from now on. */
NetBackend *measure_backend_new(NetBackend *inner);
/** From the first operation that took the device down to the end of the last one that brought it, its
 * carrier, addresses or routes back, in milliseconds; -1: it was not down, or has not come back. */
gint64 measure_outage_ms(const NetBackend *self, const char *dev);
