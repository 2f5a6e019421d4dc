/* Two servers, or a server and a file, that offer a default route. */
#pragma once
#include "apply/backend.h"

/**
 * Notes which of the two counts, if another device than the operation's has a default route too.
 * @router: by whom the server would have it
 */
void lease_route_note(const NetOp *op, const NetObserved *picture, const IfcfgIp *router, NetResult *result);
