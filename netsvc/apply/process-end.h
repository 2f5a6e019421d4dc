/* A process of somebody's ended, and its end awaited. */
#pragma once
#include <glib.h>

/** Ends a process by SIGTERM, and when that does not help by SIGKILL, then with all of the group that it
 * leads. @done: called once, perhaps at once; @error: NULL, or NET_ERROR ETIMEDOUT, it does not end */
void process_end(GPid pid, void (*done)(const GError *error, gpointer data), gpointer data);
