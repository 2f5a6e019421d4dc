/* The mark of a trial that is not over: on the disk, so that a machine that goes down in the middle begins
 * with the old files; and its folder in /run, where its processes speak to each other. */
#pragma once
#include "history/store.h"

#define TRIAL_RUN_DIR "/run/netsvc/trial"
#define TRIAL_RESULT "result" /* in there: how it has ended */

typedef struct {
    char *boot;    /* of which the trial is: /proc/sys/kernel/random/boot_id */
    char *command; /* "netsvc try restart" */
    char *user;
    char *peer;             /* SSH_CONNECTION of who began it, or NULL */
    char *probe;            /* a command that has to succeed, or NULL */
    char *confirm_by;       /* "ssh", "probes", or "" */
    gint64 started;         /* seconds since 1970: for people */
    gint64 begun, deadline; /* CLOCK_BOOTTIME, in us: a clock that is set does not matter */
    guint before, tried;    /* generations: the files to go back to, the files on trial */
    gboolean is_all;        /* of all interfaces; else only of files in which the two differ */
    guint run_pid;          /* that applies it */
    guint64 run_started;    /* of that process, in ticks: its number may be given again */
} TrialMark;

void trial_mark_free(TrialMark *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TrialMark, trial_mark_free)

/** Writes it, durably. */
gboolean trial_mark_save(const History *history, const TrialMark *self, GError **error);
/** The trial that is not over, or NULL: where its end has been told, a mark that is left is taken away. One
 * whose mark cannot be read counts as one of another boot, without files to go back to. */
TrialMark *trial_mark_load(const History *history);
/** Returns: FALSE with @error when it is seen beforehand that the mark could not be removed */
gboolean trial_mark_can_go(const History *history, GError **error);
/** The trial is over. Returns: the mark is gone, from the disk too */
gboolean trial_mark_remove(const History *history, GError **error);

/** Whether it belongs to this boot. */
gboolean trial_mark_is_of_now(const TrialMark *self);
/** Whole seconds until it goes back, 0: now. */
guint trial_mark_left(const TrialMark *self);
/** What is on trial, how long, and how to end it: a sentence, to be freed. */
char *trial_mark_describe(const TrialMark *self);

char *trial_boot_id(void);
gint64 trial_now(void); /* CLOCK_BOOTTIME, in us */
/** When a process began, in clock ticks since boot; 0: there is none of this number. */
guint64 trial_process_started(guint pid);
