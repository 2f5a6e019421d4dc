/* The rest of what touches the running system: picture of the kernel, ledger on disk, lock, programs. */
#pragma once
#include "state/ledger.h"
#include "state/observed.h"

#define NETSVC_RUN_DIR "/run/netsvc"

/** One netlink dump each of links, addresses, routes and rules. */
NetObserved *net_observe(GError **error);

/** Adds what falls with a device that goes down and is in no usual picture, since it takes a dump of its own:
 * proxies of neighbours. Returns: whether there is any. */
gboolean net_observe_proxies(NetObserved *observed);

/** Adds that, and what else no file asks for and an import has to carry over or to name: queueing
 * disciplines, fixed entries of forwarding tables, features of cards, what new devices have of sysctl. */
void net_observe_closely(NetObserved *observed);

/** Adds what devices report of settings that files of the model ask for (ETHTOOL_OPTS). */
void net_observe_settings(NetObserved *observed, const NetModel *model);

/** /run/netsvc/state; a missing file is an empty ledger. Of another version's record, what it has in common
 * with ours. Error: NET_ERROR EBADMSG, it is damaged; else it could not be read. */
NetLedger *net_ledger_load(GError **error);
/** The same; a damaged file is set aside, and the ledger is empty.
 * @ret_text: what to say of that; untouched when all is well */
NetLedger *net_ledger_repair(char **ret_text, GError **error);
/** Writes it atomically (temporary file, rename). */
gboolean net_ledger_save(const NetLedger *ledger, GError **error);

/**
 * Takes the one lock (/run/netsvc/lock, flock: freed by the kernel when the process dies), waiting for
 * another netsvc. From then on the terminal cannot stop this process (^Z). The file holds the holder's pid
 * and command line.
 * @waiting: called once with the holder's description when it has to wait; may be NULL
 * Returns: a file descriptor to keep open, or -1 with @error
 */
int net_lock_take(void (*waiting)(const char *holder, gpointer data), gpointer data, GError **error);

/**
 * Waits, where udev runs, for NICs that are still on their way: their drivers are loaded by udev, and until
 * it has done with a NIC the name may change. Over when @is_ready says so and udev has done with every NIC,
 * or when udev has nothing left to do.
 * @is_ready: whether the NICs that matter are there; asked at once, then at each event of a network device.
 * NULL: only that udev has nothing left to do ends the wait
 * @waiting: told once what is waited for, and NULL at the end, if there is anything to wait for; may be NULL.
 * Both are handed @data.
 * Returns: FALSE when it was not over in time
 */
gboolean net_udev_wait(guint timeout_ms, gboolean (*is_ready)(gpointer data), gpointer data,
                       void (*waiting)(const char *what, gpointer data));

/** Whether udev, where it runs, has done with a link that is there: its name is final. */
gboolean net_udev_is_done(const char *name);

typedef struct NetUdevWatch NetUdevWatch;
/**
 * Listens, in the default main context, for udev having done with a link.
 * @done: called with its name then
 * Returns: to be freed by net_udev_watch_free(), or NULL where there is no udev to listen to
 */
NetUdevWatch *net_udev_watch_new(void (*done)(const char *name, gpointer data), gpointer data);
void net_udev_watch_free(NetUdevWatch *self);

/** Gives a link that is down another name. */
gboolean net_link_rename(const char *from, const char *to, GError **error);
