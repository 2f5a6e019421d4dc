/* The queue of devices that came or went. */
#pragma once

/** Empties the queue: a run that looks at everything begins. */
void hotplug_forget(void);
