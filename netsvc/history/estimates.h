/* How long interruptions took on this host, by the kind of change: the last one counts. */
#pragma once
#include "history/store.h"
#include "model/model.h"
#include "plan/plan.h"

/** What makes two changes alike: "bond interrupts 2" (its kind, what becomes of it, its ports). To be freed.
 */
char *estimate_key(const NetModel *model, const NetFate *fate);
/** Milliseconds, or -1: there was none yet. */
gint64 estimates_get(const History *history, const char *key);
/** What cannot be kept is left out. */
void estimates_set(const History *history, const char *key, gint64 ms);
