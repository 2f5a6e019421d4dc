/* Prints the status lines of a plan in configuration order, each as soon as all before it are done, with its
 * reasons after it. */
#pragma once
#include "apply/executor.h"
#include "console/console.h"

typedef struct Report Report;

/**
 * @console: where lines go; outlives the report. Where it is live, the title of the line that is being worked
 * on is shown at once
 * @message: is told each reason after its line
 */
Report *report_new(const NetPlan *plan, Console *console, void (*message)(const NetMessage *message));
void report_free(Report *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

/** The NetReporter callback; @data is the Report. */
void report_group_done(guint group, NetOutcome outcome, const GPtrArray *messages, gpointer data);

/** @line: is told of every finished group, in the order of the lines and before the group's reasons. */
void report_on_line(Report *self, void (*line)(const NetGroup *group, NetOutcome outcome));
/** Shows the first title. Call before the executor runs. */
void report_begin(Report *self);
typedef enum {
    /** Interrupted before it was done, or not begun. */
    REPORT_UNDONE,
    /** Those, and what failed, if it counts. */
    REPORT_FAILED,
    /** Up as configured, perhaps with a warning. */
    REPORT_DONE,
} ReportPart;

/** Names of the interfaces that ended so (char*, to be freed with the array), in the order of the lines. */
GPtrArray *report_names(const Report *self, ReportPart part);
/** Names of interfaces that an interruption left undone, "bond1, bond2", or NULL. To be freed. */
char *report_undone(const Report *self);
