/* A descriptor that is written to without ever waiting for its reader. */
#pragma once
#include <glib.h>

typedef struct Sink Sink;

/**
 * @text: what grows at its end, and is written in order; outlives the sink
 * @fd: not taken over; NULL is returned when nothing can be written there
 */
Sink *sink_new(int fd, const GString *text);
/** The same for a descriptor that is non-blocking and the sink's own. */
Sink *sink_new_own(int fd, const GString *text);
void sink_free(Sink *self);

/** Writes what the reader takes now; the main loop goes on with the rest. */
void sink_push(Sink *self);
/** Waits for the reader, who has to take something within @patience_ms each time. */
void sink_drain(Sink *self, guint patience_ms);
