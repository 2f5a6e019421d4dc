/* The rest of what touches the running system: picture of the kernel, ledger on disk, lock, programs. */
#pragma once
#include "plan/ledger.h"
#include "plan/observed.h"

#define NETSVC_RUN_DIR "/run/netsvc"

/** One netlink dump each of links, addresses, routes and rules. */
NetObserved *net_observe(GError **error);

/** /run/netsvc/state; a missing file is an empty ledger, a broken one is an error that says what to do.
 */
NetLedger *net_ledger_load(GError **error);
/** Writes it atomically (temporary file, rename). */
gboolean net_ledger_save(const NetLedger *ledger, GError **error);

/**
 * Takes the one lock (/run/netsvc/lock, flock: freed by the kernel when the process dies), waiting for
 * another netsvc; the file holds the holder's pid and command line.
 * @waiting: called once with the holder's description when it has to wait; may be NULL
 * Returns: a file descriptor to keep open, or -1 with @error
 */
int net_lock_take(void (*waiting)(const char *holder, gpointer data), gpointer data, GError **error);

/** Runs a program: argv only, no shell, stdin /dev/null, output captured to @ret_output, killed after the
 * limit. */
gboolean net_spawn(const char *const *argv, guint timeout_ms, char **ret_output, GError **error);
