/* Sources of the loop that is turned now: the main one, or one of its own of who waits for an answer. */
#pragma once
#include <glib.h>

/** A timer. Returns: to be ended by source_clear(); the loop forgets one whose @function says
 * G_SOURCE_REMOVE, but who has it must clear it all the same. */
GSource *source_timer(guint after_ms, GSourceFunc function, gpointer data);
/** Ends a source, if there is one. */
void source_clear(GSource **source);
