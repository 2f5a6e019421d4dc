/* What a plan is asked for on the command line, and all that it is made from: for commands that plan and do
 * nothing. */
#pragma once
#include "commands/commands.h"
#include "state/ledger.h"
#include "state/observed.h"

typedef struct {
    NetPlanVerb verb;
    GPtrArray *names; /* char*, not owned; NULL: all */
    IfcfgRecord *environment;
    IfcfgProblems *problems;
    NetModel *model;
    NetLedger *ledger;
    NetObserved *observed;
    gboolean is_here; /* the picture is of the running kernel */
} PlanRequest;

/**
 * Reads "restart", "up NAME" and so on, then the files, the record and the kernel.
 * @fallback: the verb where none is given; NULL: there must be one
 * @ret_status: the exit code for when there is no result; what is wrong has been said
 */
PlanRequest *plan_request_new(const CliOptions *options, const char *fallback, int *ret_status);
void plan_request_free(PlanRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlanRequest, plan_request_free)

/** The plan, which borrows from the request; NULL: there is none, and it has been said why. */
NetPlan *plan_request_build(const PlanRequest *self);
