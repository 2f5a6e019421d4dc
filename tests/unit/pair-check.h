/* What must be so after a run from one configuration to another, and at every moment of it. */
#pragma once
#include "pair.h"
#include "plan/pool.h"
#include "world.h"

typedef struct {
    const Pair *pair;
    World *world;
    NetPool *pool;
    GPtrArray *foreign;          /* NetOp* */
    NetObserved *before, *after; /* the run from A to B, whole */
    NetObserved *fresh;          /* B from nothing */
    NetLedger *ledger;           /* before the run */
    NetPlan *plan;               /* of the run */
    GString *faults;
    guint kills;
} Trial;

void trial_fault(Trial *self, const char *format, ...) G_GNUC_PRINTF(2, 3);
/** Nothing is to be done, all is as after a fresh start, and what others put there is there. */
void trial_check_end(Trial *self, const char *when);
/** What the kernel would take again of what others put there is there. */
void trial_check_foreign(Trial *self, const char *when);
/** A reload instead, that interrupts nothing, and a restart upon it: as after that alone. */
void trial_reload(Trial *self); /* pair-reload.c */
/** For World.look: what was there before and is there after is there. @data: Trial* */
void trial_look(const NetOp *op, gpointer data);
/** A picture without what may be different after different ways to the same files. */
NetObserved *trial_comparable(const Trial *self, const NetObserved *picture); /* pair-compare.c */
