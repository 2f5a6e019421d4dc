/* The fuse of a trial: a process outside of the session that began it, which keeps what is on trial or goes
 * back. */
#pragma once
#include "history/trial-mark.h"

/** Lights it: begins the process, apart from our session, terminal and control group. Where systemd runs, a
 * timer of it as well, a little later than the process would go back.
 * Returns: it burns; else with @error, and nothing is left of it */
gboolean fuse_light(const TrialMark *mark, GError **error);
/** What that process does. Returns: its exit code */
int fuse_main(void);
/** Whether the process is there; a descriptor of it in @ret_fd, -1 if not (may be NULL). */
gboolean fuse_burns(int *ret_fd);

/** Who goes back for a process that is killed, where systemd runs. */
#define FUSE_SERVICE "netsvc-trial.service"
#define FUSE_TIMER "netsvc-trial.timer"

/** The files by which it is told, in TRIAL_RUN_DIR. */
#define FUSE_APPLIED "applied" /* the exit code of the run */
#define FUSE_CONFIRM "confirm"
#define FUSE_CANCEL "cancel"
#define FUSE_RESULT TRIAL_RESULT /* a TRIAL_* code, and a line for each thing to tell */
#define FUSE_STATUS "status"     /* probes_text() */
gboolean fuse_tell(const char *name, const char *text);
/** Room for the last words, of the record too: taken before the first operation, given back when it ends. */
gboolean fuse_room_take(GError **error);
void fuse_room_give(void);
/** What one of them says, to be freed; NULL: it is not there. */
char *fuse_told(const char *name);
gboolean fuse_is_told(const char *name);
