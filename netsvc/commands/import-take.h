/* Making what runs the service's own, without a change to it. */
#pragma once
#include "commands/commands.h"
#include "state/observed.h"

/** Whether another program still manages one of these interfaces (NetIface*), which would undo what we do;
 * has said so. */
gboolean import_has_rivals(const GPtrArray *ifaces, const NetObserved *observed);
/** Takes the interfaces over: what their files ask for and the kernel has is on our record from now on.
 * Returns: the exit code of a reload of these */
int import_take(const GPtrArray *ifaces);
