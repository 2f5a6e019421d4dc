/* Making what runs the service's own, without a change to it. */
#pragma once
#include "commands/commands.h"
#include "state/observed.h"

/** Whether one of these interfaces (NetIface*) is another program's that cannot be asked to leave it, and
 * would undo what we do; has said so. */
gboolean import_has_rivals(const GPtrArray *ifaces, const NetObserved *observed);
/** Has other programs leave what they have of these, for good. Returns: whether they did; else it has said
 * so.
 */
gboolean import_rivals_leave(const GPtrArray *ifaces, const NetObserved *observed);
/** Takes the interfaces over: what their files ask for and the kernel has is on our record from now on.
 * Returns: the exit code of a reload of these */
int import_take(const GPtrArray *ifaces);
