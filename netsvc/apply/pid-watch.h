/* The end of a process that need not be our child. */
#pragma once
#include <glib.h>

typedef struct PidWatch PidWatch;

/** When the process with this number began, in the kernel's ticks: a later one with its number has another
 * time. 0: there is none. @root: "", or where a test has its /proc */
guint64 pid_start_time(const char *root, GPid pid);

/** @gone: called once, from the main loop, when it has ended; it has freed the watch by then. */
PidWatch *pid_watch_new(GPid pid, void (*gone)(gpointer data), gpointer data);
void pid_watch_free(PidWatch *self);
