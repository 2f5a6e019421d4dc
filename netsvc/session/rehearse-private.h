/* What the parts of a rehearsal share: session/rehearse*.c. */
#pragma once
#include "apply/kernel/pinger.h"
#include "session/rehearse.h"

/** GArray of NetPing, one a target, and the targets. @ret_pings: by the same place; its texts belong to the
 * model of the request */
GPtrArray *rehearse_targets(const NetObserved *observed, GArray **ret_pings);

/** The sysctl settings of this host, path below /proc/sys/net -> value. */
GHashTable *rehearse_sysctls_read(void);
/** Sets those that differ here. @devices: those of devices; else all others */
void rehearse_sysctls_write(GHashTable *sysctls, gboolean devices);

/** Whether there can be no copy of a link, whatever its kind: InfiniBand. */
gboolean rehearse_is_left_out(const ObservedLink *link);
/** Set of the names of devices that cannot be made, and have a stand-in; @notes: gets char*, what is left out
 */
GHashTable *rehearse_stand_ins(const NetObserved *observed, GPtrArray *notes);
/** What a plan asks for that is not rehearsed: char* added to @notes. */
void rehearse_note_plan(const NetPlan *plan, const NetObserved *observed, GPtrArray *notes);

/** In the child. Returns: what rehearse_unpack() understands. */
GBytes *rehearse_child(gpointer request, GError **error);

/** What the child is given. */
typedef struct {
    const RehearsalRequest *request;
    GPtrArray *targets; /* RehearsalTarget* */
    GArray *pings;      /* NetPing */
    GHashTable *sysctls, *stand_ins;
    GPtrArray *notes; /* char* */
} RehearseWork;

/** Takes ownership of both lists, and of the targets and notes (char*) in them. */
Rehearsal *rehearsal_new(GPtrArray *targets, GPtrArray *notes);

/** The answer of the child, as bytes and back: into the targets and the rest of @result. */
GBytes *rehearse_pack(const Rehearsal *result);
void rehearse_unpack(Rehearsal *result, GBytes *bytes);
