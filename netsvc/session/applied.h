/* A run as a generation of the history: which files it has applied, and what came of it. */
#pragma once
#include "apply/backend.h"
#include "history/generation.h"
#include "model/model.h"
#include "plan/plan.h"

typedef struct {
    const NetModel *model;
    const NetPlan *plan;
    gboolean is_all;         /* of every interface; else of those of the plan's groups */
    const GPtrArray *failed; /* names (char*) of interfaces that did not get there */
    gint64 read_at;          /* when the files were read: ns since 1970 */
    const NetBackend *measured;
} AppliedRun;

/** Keeps how long its interruptions lasted: for the next one of its kind. */
void applied_note_estimates(const History *history, const AppliedRun *run);
/** FALSE: since the last generation something was applied that could not be recorded. */
gboolean applied_is_known(void);
/** Keeps the run in the history, unless nothing has changed. What cannot be kept is told once, as a warning,
 * and stops nothing. */
void applied_note(const AppliedRun *run);
/** The run as a generation, its files kept in the history, and not saved yet.
 * @before: the last one applied, or NULL */
Generation *applied_generation(const History *history, const AppliedRun *run, const Generation *before,
                               gboolean durable, GError **error);
