/* A trial as its beginner sees it: what is kept before, the wait for its end, and what is left of earlier
 * ones.
 */
#pragma once
#include "session/run.h"
#include "trial/way-back.h"

typedef struct {
    guint timeout_s;
    const char *probe;      /* a command, or NULL */
    const char *confirm_by; /* "ssh", "probes", or "" */
    /** Called when all is read, checked and planned and nothing is touched. Returns: as RunTrial.planned. Or
     * NULL */
    int (*rehearse)(const RunPlanned *planned, gpointer data);
    gpointer data;
} TrySetup;

/** Begins a trial; with the lock that the run holds. */
typedef struct Try Try;
Try *try_new(const TrySetup *setup);
void try_free(Try *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Try, try_free)
/** For RunRequest. */
const RunTrial *try_run_trial(const Try *self);
/** After the run. @status: its exit code
 * Returns: the exit code of it all */
int try_wait(Try *self, int status);

/**
 * Before every other run: a trial that nobody has ended, since the machine went down or all its processes
 * were killed, is ended now. Returns: FALSE when one is under way: it has been said
 */
gboolean try_settle(void);
