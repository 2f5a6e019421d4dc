/* Files, a kernel in memory and a ledger: plans are built from them and run on them, and can be broken off
 * anywhere. */
#pragma once
#include "plan/plan.h"
#include "sim.h"

typedef struct {
    const char *root;
    NetModel *model;
    Sim *sim;
    NetLedger *ledger;
    /* gets what was refused, a line each; NULL: nothing may be */
    GString *refused;
    /* called when the kernel has taken a message, with what it did last; or NULL */
    void (*look)(const NetOp *op, gpointer data);
    gpointer data;
} World;

#define WORLD_ALL G_MAXUINT

/** @files: as in tree.h. NICs eth0 to eth7 are there. */
World *world_new(const char *files);
void world_free(World *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(World, world_free)

/** Other files from now on. */
void world_reload(World *self, const char *files);
/** Reads the files as they are now. */
void world_read_again(World *self);
NetPlan *world_plan(const World *self, NetPlanVerb verb, const char *name);
/** Runs a plan up to @limit operations, as the executor does: by phase over all groups; what is on disk when
 * a run is broken off is the intended ledger. No operation may be refused. Returns how many operations were
 * done. */
guint world_run(World *self, NetPlanVerb verb, const char *name, guint limit);
/** What a plan would do, but for settings of sysctl and reading back; "" for nothing. */
char *world_work(const World *self, NetPlanVerb verb, const char *name);
/** Asserts that `start` has nothing to do and that the kernel has all that the files ask for. */
void world_assert_settled(const World *self, const char *what);
