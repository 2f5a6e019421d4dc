/* Whether the network that is on trial works: gateways, a command, the administrator's own connection. */
#pragma once
#include "history/trial-mark.h"

typedef struct Probes Probes;

/**
 * Before the change: asks each gateway that the kernel has, at once, and keeps which have answered.
 * Takes less than a second.
 */
void probes_prepare(void);

/**
 * After it: looks again and again, in the default main context.
 * @changed: something holds, or does no more
 */
Probes *probes_start(const TrialMark *mark, void (*changed)(gpointer data), gpointer data);
void probes_free(Probes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Probes, probes_free)

/** Whether each of them holds; the connection counts only where it is asked for. */
gboolean probes_hold(const Probes *self, gboolean with_connection);
/** What each looks like, a line each: "+ gateway 10.0.0.1 answers". To be freed. */
char *probes_text(const Probes *self);
