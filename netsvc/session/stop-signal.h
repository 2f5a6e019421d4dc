/* ^C and SIGTERM, told to the main loop. */
#pragma once
#include <glib.h>

/** From now on a signal sets @ret_stop in the next turn of the main loop, which it wakes. One watch at a
 * time. */
void stop_signal_watch(gboolean *ret_stop);
/** Signals end the program again. */
void stop_signal_unwatch(void);
