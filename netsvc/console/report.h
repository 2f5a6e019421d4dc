/* Prints the status lines of a plan in configuration order, each as soon as all before it are done, with its
 * reasons after it. */
#pragma once
#include "apply/executor.h"
#include "console/status-line.h"
#include <stdio.h>

typedef struct Report Report;

/**
 * @out: where lines go, or NULL
 * @is_live: someone is looking: the title of the line that is being worked on is shown at once
 * @message: is told each reason after its line
 */
Report *report_new(const NetPlan *plan, const StatusStyle *style, FILE *out, gboolean is_live,
                   void (*message)(const NetMessage *message));
void report_free(Report *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

/** The NetReporter callback; @data is the Report. */
void report_group_done(guint group, NetOutcome outcome, const GPtrArray *messages, gpointer data);

/** @line: is told of every finished group, in the order of the lines and before the group's reasons. */
void report_on_line(Report *self, void (*line)(const NetGroup *group, NetOutcome outcome));
/** Shows the first title. Call before the executor runs. */
void report_begin(Report *self);
/** Names of interfaces that an interruption left undone, "bond1, bond2", or NULL. To be freed. */
char *report_undone(const Report *self);
