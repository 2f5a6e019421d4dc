/* Waiting for carrier. Private to apply/kernel/. */
#pragma once
#include "apply/backend.h"

gboolean carrier_is_on(const ObservedLink *link);
/** Whether that is so of any of a device's ports. */
gboolean carrier_any_port(const NetObserved *picture, const ObservedLink *link,
                          gboolean (*is_so)(const ObservedLink *port));
/** Whether @link has what is waited for: carrier, with a port that has come to terms with its partner; or
 * another port than the one that is to go. */
gboolean carrier_is_over(const NetOp *op, const NetObserved *picture, const ObservedLink *link);
/** All ports come before the wait; what is missing then is told when it is read back. */
gboolean carrier_lacks_port(const NetOp *op, const NetObserved *picture, const ObservedLink *link);
/** What the wait ends with when its time is up. @link: NULL: it has gone */
void carrier_set_timeout(const NetOp *op, const ObservedLink *link, NetResult *result);
