/* Where status lines and messages of a run go. Nothing here ever waits for a reader: not for a terminal that
 * ^S has stopped, nor for a pipe that is full; text is kept, and written when it is taken. */
#pragma once
#include "console/status-line.h"

typedef struct Console Console;

/**
 * @out, @err: descriptors of status lines and of messages; the same file gets both in order. -1: none
 * @readers: a folder of pipes, which init.d/network makes, one a caller: each gets all of the text, whenever
 * it turns up. Or NULL
 */
Console *console_new(int out, int err, const char *readers);
/** Writes what is left, as long as some of it is taken within @patience_ms, and frees. */
void console_free(Console *self, guint patience_ms);

/** A status line: its title at once, its end later. */
void console_begin(Console *self, const char *title);
void console_end(Console *self, StatusLabel label);
/** Text between the two, or where there is neither. */
void console_add(Console *self, const char *text);
/** A line of text. */
void console_message(Console *self, const char *text);
/** Someone looks while it is being written, so that the title of what is worked on is worth showing. */
gboolean console_is_live(const Console *self);
/** All so far, as on a plain pipe: for tests. */
const char *console_text(const Console *self);

/**
 * The console of this process: standard output and error; or, when those are the journal (which is told of
 * every interface in entries of its own), the pipes of who is waiting for the unit. It is the one that
 * console_complain() and the log write to until console_close().
 * @serves_callers: this is the unit's run, which is what they wait for
 */
Console *console_open(gboolean serves_callers);
void console_close(void);
/** A line for the administrator: on the open console, else on standard error. */
void console_complain(const char *text);
/** Whether a console is open. */
gboolean console_is_open(void);
