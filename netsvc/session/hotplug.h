/* The queue of devices that came or went. */
#pragma once
#include <glib.h>

/** Puts a device into the queue; returns the exit code. Called by udev for each event, so it does little
 * else.
 */
int hotplug_add(const char *device);
/** How many devices are in the queue. */
guint hotplug_count(void);
/** Takes all (char*) out of the queue, with those that a run before took and did not come to an end with.
 * What comes during the work is queued anew, and has the next run. */
GPtrArray *hotplug_take(void);
/** The work on what was taken is done. */
void hotplug_done(void);
/** Empties the queue, for nobody wants to know of cards now, and says so. */
void hotplug_drop(void);
/** Tells the journal what a run is about. */
void hotplug_tell(const GPtrArray *devices);
