/* What a run leaves in /run/netsvc for the ones after it, besides the record: whether the network is started,
 * and what failed. */
#pragma once
#include <glib.h>

/** The network was started, if only in part, and not stopped since. Others ask /var/lock/subsys/network. */
gboolean marks_is_started(void);
/** Before the first change: a run that is killed has started it too. */
void marks_set_started(void);
void marks_clear_started(void);

/** Names (char*, to be freed with the array) of the interfaces that are not as configured since the last
 * start.
 */
GPtrArray *marks_failed(void);
void marks_set_failed(const GPtrArray *names);

typedef enum {
    /** The next start of the unit is the second half of a restart. */
    MARK_RESTART,
    /** The next start of the unit has nothing to do: what failed in the last one has come since. */
    MARK_SETTLED,
} Mark;

void marks_set(Mark mark);
/** Whether it was there; it is not any more. */
gboolean marks_take(Mark mark);
