/* The seam between us and the system: one struct of actions, two implementations (kernel and recording). */
#pragma once
#include "apply/net-error.h"
#include "plan/op.h"

typedef struct NetBackend NetBackend;

/** Something to tell about an operation that was done all the same. */
typedef struct {
    char *text;
    IfcfgWhere where; /* file NULL: the operation's own place */
    gboolean warning; /* the group ends as WARNING; else it is only information */
} NetNote;

/** Result of one operation. `error` NULL: done. */
typedef struct {
    GError *error;
    GPtrArray *notes; /* NetNote*, or NULL for none */
    /* it did not get there, and goes on by itself: what it adds is ours */
    gboolean goes_on;
} NetResult;

/** Adds a note to a result; @where may be NULL. */
void net_result_note(NetResult *result, gboolean warning, const IfcfgWhere *where, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
void net_result_clear(NetResult *result);

/** Called exactly once for every operation of a batch or wait that was started; the result is the caller's,
 * its parts may be stolen. */
typedef void (*NetOpDone)(const NetOp *op, NetResult *result, gpointer data);

struct NetBackend {
    /** Carries out operations of one phase, pipelined; calls @done for each, before it returns (waits: later,
     * from the main loop). In one batch operations depend on each other only by their depth, in the order of
     * which they come: a device that is made may stand on one that the batch makes before it.
     */
    void (*run)(NetBackend *self, const NetOp *const *ops, guint n, NetOpDone done, gpointer data);
    /** A picture of the kernel for a plan, which stays as it is while the plan is carried out, or NULL with
     * @error. The recording back end returns NULL without error: there is nothing to look at. */
    NetObserved *(*observe)(NetBackend *self, GError **error);
    /** The picture as it is now, kept true by the kernel's events; valid until the next call of the back end
     * or turn of the main loop. NULL as above. @devs, @n: devices that are asked for anew with their ports,
     * for what no event tells */
    const NetObserved *(*look)(NetBackend *self, const char *const *devs, guint n, GError **error);
    /** Sleeps until something changes in the kernel, @timeout_ms at most. Returns: whether it did. */
    gboolean (*sleep)(NetBackend *self, guint timeout_ms);
    /** From now on pictures hold what devices report of settings that files of this model ask for
     * (ETHTOOL_OPTS); NULL: a back end without pictures. The model lives as long as the back end looks. */
    void (*attend)(NetBackend *self, const NetModel *model);
    /** Stops all waits that are under way: each reports ECANCELED. */
    void (*cancel)(NetBackend *self);
    void (*free)(NetBackend *self);
};

void net_backend_free(NetBackend *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetBackend, net_backend_free)

/** The running kernel. */
NetBackend *net_backend_kernel_new(GError **error);
/** Writes each operation as a line into @log and succeeds, except for operations whose line contains @refuse
 * (may be NULL). */
NetBackend *net_backend_record_new(GString *log, const char *refuse);
