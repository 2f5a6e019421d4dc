/* One run against the running kernel, from the lock to the saved record: what start, stop, ifup, ifdown and
 * the hotplug service have in common. */
#pragma once
#include "session/applied.h"

enum { RUN_GO = -1 };

/** What a run will do, before it has done anything. */
typedef struct {
    NetPlanVerb verb;
    const GPtrArray *names; /* RunRequest.names */
    const NetModel *model;
    const IfcfgProblems *problems;
    const NetPlan *plan;
    const NetObserved *observed;
    const NetLedger *ledger;
    const AppliedRun *run; /* as if all of it had gone well */
} RunPlanned;

/** A run on trial. */
typedef struct {
    /** Before the first operation. Returns: RUN_GO, or the exit code that the run ends with; it has said why
     */
    int (*planned)(const RunPlanned *planned, gpointer data);
    /** After the last one, in place of a generation of its own. */
    void (*applied)(const AppliedRun *run, gpointer data);
    gpointer data;
} RunTrial;

/** What is to be done. Commands say that, and no more: the files are read when the lock is held. */
typedef struct {
    NetPlanVerb verb;
    gboolean is_hotplug; /* for the devices in the queue of those that came or went, in place of the verb */
    gboolean is_service; /* of all interfaces: callers of the init script wait for its lines */
    const char *const *arguments; /* the interfaces as their user calls them, up to a NULL; NULL: all */
    GPtrArray *names;   /* UP, DOWN, RELOAD of some: which (char*), filled by `choose`, living as long as the
                           model; NULL: all */
    gboolean has_lines; /* a status line for each of these, too */
    IfcfgRecord *environment; /* settings of the caller's, or NULL */
    /**
     * Called with the files of now: whether and for what to go on. It can be called without root's rights,
     * and then has the last word.
     * Returns: RUN_GO, or the exit code that the run ends with; it has said why
     */
    int (*choose)(const NetModel *model, const IfcfgProblems *problems, gpointer data);
    /** With the lock held, before the files are read; NULL: nothing to do.
     * Returns: as `choose` */
    int (*prepare)(gpointer data);
    const RunTrial *trial; /* NULL: it is none, and is refused while one is not over */
    gpointer data;
} RunRequest;

/** Returns: the exit code; every reason has been told. */
int run_request(const RunRequest *request);
