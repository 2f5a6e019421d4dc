/* Duplicate address detection (RFC 5227) for many addresses at once, in the main loop. */
#pragma once
#include "apply/backend.h"

typedef struct NetProber NetProber;

NetProber *net_prober_new(void);
void net_prober_free(NetProber *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetProber, net_prober_free)

/**
 * NET_OP_ADDR_PROBE. Sends op->number probes (0: 3) and takes op->timeout_ms (0: 400) in all; the wait after
 * the last probe is twice that between two. Another host that has the address is an error; an interface that
 * cannot send is none, only a note.
 */
void net_prober_add(NetProber *self, const NetOp *op, NetOpDone done, gpointer data);
/** Every probe under way reports ECANCELED. */
void net_prober_cancel(NetProber *self);

/** NET_OP_ADDR_ANNOUNCE: never fails; without carrier there is nobody to tell. */
void net_prober_announce(NetProber *self, const NetOp *op);
