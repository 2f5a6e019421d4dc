/* Runs the programs of operations, one after the other, each operation's beside the others'. */
#pragma once
#include "apply/backend.h"
#include "apply/units.h"
#include "plan/program.h"

typedef struct NetRunner NetRunner;

/** @units: not owned, or NULL: hooks and plug-ins are units of systemd where that runs. */
NetRunner *net_runner_new(NetUnits *units);
/** Not while anything is under way. */
void net_runner_free(NetRunner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetRunner, net_runner_free)

/**
 * Runs them in the main loop; @done is called once, from there. What one of them says is no error goes into
 * the result as a warning; the first failure of another ends it.
 * @run: lives as long as the operation
 */
void net_runner_start(NetRunner *self, const NetOp *op, const NetRun *run, NetOpDone done, gpointer data);
/** Takes what no plan has, and keeps it. */
const NetRun *net_runner_keep(NetRunner *self, NetRun *run);
/** Ends what is under way: ECANCELED. */
void net_runner_cancel(NetRunner *self);
