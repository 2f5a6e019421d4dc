/* The queue of devices that came or went. */
#pragma once
#include <glib.h>

/** Puts a device into the queue; returns the exit code. Called by udev for each event, so it does nothing
 * else. */
int hotplug_add(const char *device);
/** How many devices are in the queue. */
guint hotplug_count(void);
/** Takes all (char*) out of the queue. What comes during the work is queued anew, and has the next run. */
GPtrArray *hotplug_take(void);
/** Empties the queue: a run that looks at everything begins, or nothing can be done about it. */
void hotplug_forget(void);
/** Tells the journal what a run is about. */
void hotplug_tell(const GPtrArray *devices);
