/* The classic lines: `Bringing up interface bond0:  [  OK  ]`, byte for byte as init.d/functions printed
 * them. */
#pragma once
#include <glib.h>

typedef enum { STATUS_OK, STATUS_FAILED, STATUS_PASSED, STATUS_WARNING } StatusLabel;

typedef struct StatusStyle StatusStyle;

/**
 * Finds out how to print, by the rules of init.d/functions: BOOTUP of the environment, else
 * ROOT/etc/sysconfig/init, else defaults; serial when standard output is no terminal. The SETCOLOR_* and
 * MOVE_TO_COL commands are understood in their literal forms (echo -en "\033[...") and never run.
 */
StatusStyle *status_style_load(const char *root, gboolean is_terminal);
void status_style_free(StatusStyle *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StatusStyle, status_style_free)

/** Whether @fd is a terminal that understands colours: a serial console (/dev/ttyS*) is none, as
 * init.d/functions had it. */
gboolean status_is_terminal(int fd);

/** "TEXT " as printed when work begins. */
char *status_line_begin(const StatusStyle *self, const char *title);
/** The label, CR and LF. */
char *status_line_end(const StatusStyle *self, StatusLabel label);
