/* Where a rehearsal takes place: a copy of the host, and what looks at it. Private to session/rehearse*.c. */
#pragma once
#include "apply/backend.h"
#include "apply/kernel/cables.h"
#include "apply/kernel/far-end.h"
#include "session/rehearse-private.h"

enum { STAGE_WELL_MS = 100 }; /* for how long all must have answered to be taken for well */

typedef struct {
    const RehearseWork *work;
    Rehearsal *result; /* its targets are the work's */
    NetCables *cables;
    NetFarEnd *far_end;
    NetPinger *pinger;
    NetBackend *kernel;  /* of the namespace */
    NetBackend *backend; /* the same, for the plan */
    NetObserved *wanted; /* the host's picture, as stand-ins can have it */
} RehearseStage;

/** In the child: makes the stand-ins, and brings the kernel to what it is on the host. */
gboolean rehearse_stage_build(RehearseStage *self, GError **error);
void rehearse_stage_clear(RehearseStage *self);

/** Waits until LACP has come to terms and spanning tree lets ports forward. @as_host: and carrier is there
 * where the host has it */
void rehearse_settle(const RehearseStage *self, gboolean as_host);
/** As a port it does not do its work yet: LACP has not come to terms, spanning tree does not let it forward.
 */
gboolean rehearse_port_is_lacking(const ObservedLink *link);
/** Waits until all answer that could be reached before. */
void rehearse_await_answers(const RehearseStage *self, guint least_ms, guint most_ms);
/** Waits for @is_so, @most_ms at most. */
void rehearse_await(const RehearseStage *self, guint most_ms,
                    gboolean (*is_so)(const RehearseStage *self, gconstpointer data), gconstpointer data);
