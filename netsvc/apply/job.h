/* The one place that runs programs: as jobs in the main loop, so that everything else goes on meanwhile. */
#pragma once
#include "apply/units.h"

typedef struct NetJob NetJob;

/**
 * How a program ended. @output: what it wrote on both its outputs, in order. @error: NULL, or how it failed
 * ("sysctl ended with status 3: because"); both belong to the caller of this function. The job is gone when
 * it is called.
 */
typedef void (*NetJobDone)(const char *output, const GError *error, gpointer data);

typedef struct {
    const char *const *argv;
    const char *const *environment; /* "NAME=VALUE", all of it; NULL: ours */
    const char *folder;             /* where it runs; NULL: ours */
    const char *input;              /* a text that it reads from its standard input; NULL: none */
    const char *name;               /* in messages; NULL: the first word */
    const char *dev;                /* the interface that it is run for, or NULL */
    gboolean is_question;           /* what it says is for us; else it goes to the journal */
    guint limit_ms;
    NetUnits *units; /* where systemd runs, the program is this unit, and not a child of ours; or NULL */
    const NetUnit *unit;
} NetJobSetup;

/**
 * Starts a program, found by PATH, without a shell; its standard input is /dev/null. It leads a process group
 * of its own. Its output goes into a file that it may keep: one that stays as a daemon is not hit by SIGPIPE,
 * and what it writes later is refused.
 * @limit_ms: the group is ended then (SIGTERM, and SIGKILL if that does not help); 0: never
 * @context: whose loop it runs in; NULL: the default one
 * Returns: the job, which frees itself after @done; or NULL with @error, and @done is not called
 */
NetJob *net_job_start(const char *const *argv, guint limit_ms, GMainContext *context, NetJobDone done,
                      gpointer data, GError **error);
/** The same with an environment, a folder and an input of its own; or as a unit, in the default loop. A
 * daemon that is a unit is done when it has been started; as a child it is done when it has ended. */
NetJob *net_job_start_in(const NetJobSetup *setup, GMainContext *context, NetJobDone done, gpointer data,
                         GError **error);
/** Ends it as the limit does; @done is called with ECANCELED when the program is gone. */
void net_job_cancel(NetJob *self);

/** Its process, which leads its group; 0: it is a unit. */
GPid net_job_pid(const NetJob *self);
/** Sends a signal to all that it consists of. */
void net_job_signal(NetJob *self, int number);
/** Leaves it to itself: it goes on, and @done is not called. */
void net_job_release(NetJob *self);

/** A question for who has nothing else to do meanwhile and no loop to go on with. @ret_output may be NULL. */
gboolean net_spawn(const char *const *argv, guint timeout_ms, char **ret_output, GError **error);
