/* One live picture of the kernel: one subscription to links, addresses, routes and rules keeps it true. */
#pragma once
#include "apply/kernel/nl-batch.h"
#include "state/observed.h"

typedef struct NetWatch NetWatch;

/** @dev: a device of which something changed, or a port of it; NULL: look at everything. */
typedef void (*NetWatchChanged)(const char *dev, gpointer data);

/** @batch: for asking; not owned. Nothing is opened before the first question. */
NetWatch *net_watch_new(NlBatch *batch);
void net_watch_free(NetWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetWatch, net_watch_free)

/** Called from the main loop, and from nowhere else, after changes; once a device for all that came together.
 */
void net_watch_on_change(NetWatch *self, NetWatchChanged changed, gpointer data);

/** A picture for a plan, which stays as it is; names of devices mean those of this moment from now on. Owned
 * by the caller. */
NetObserved *net_watch_snapshot(NetWatch *self, GError **error);

/** Takes in what the kernel has told so far. What an operation did that was acknowledged is among it, since
 * the kernel tells listeners before it answers. */
void net_watch_catch_up(NetWatch *self);

/** The live picture after that; valid until the main loop or the next function of this file runs. NULL with
 * @error: the kernel cannot be read. */
const NetObserved *net_watch_look(NetWatch *self, GError **error);

/** The same for who looks at links and addresses alone: routes, rules and what files of the host tell are old
 * or not there. */
const NetObserved *net_watch_peek(NetWatch *self, GError **error);

/** Asks for devices and their ports anew, for what no event tells (options of a port, LACP). */
void net_watch_refresh(NetWatch *self, const char *const *devs, guint n);

/** Sleeps until the kernel tells something, @timeout_ms at most. Returns: whether it did. */
gboolean net_watch_sleep(NetWatch *self, guint timeout_ms);
