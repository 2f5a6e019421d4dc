/* Programs as transient units of systemd: outside of our sandbox, with rights and a journal of their own, and
 * they outlive us. Systemd is told by sd-bus, at early boot too. Who runs programs uses apply/job.h. */
#pragma once
#include <glib.h>

/** What a program is as a unit. */
typedef struct {
    const char *name; /* "netsvc-dhcp-eth0-4.service" */
    const char *description;
    /* A daemon's: it is started, and again when it dies, and its output is in the journal under this name.
     * NULL: the program is waited for. */
    const char *daemon;
    const char *const *stop; /* a daemon is stopped by these words; NULL: by SIGTERM */
    /* Where a daemon leaves its process number: it is ready when what was started has ended. NULL: it is what
     * was started, and ready at once. */
    const char *pid_file;
    guint after_s; /* a daemon is started after that time, by a timer of the unit's name; 0: at once */
} NetUnit;

typedef struct {
    const NetUnit *unit;
    const char *const *argv;        /* [0]: a path, or a name for PATH */
    const char *const *environment; /* "NAME=VALUE", beside what systemd gives; or NULL */
    const char *folder;             /* or NULL */
    int output;                     /* of one that is waited for: a file for both its outputs */
    guint limit_ms;                 /* of one that is waited for, when nobody is left to end it earlier */
} NetUnitSetup;

typedef struct NetUnits NetUnits;
typedef struct NetUnitRun NetUnitRun;

/** How it ended; a daemon: that it has been started. @status: as from waitpid(). @error: NULL, or what
 * systemd says against it; the caller of this function owns it. */
typedef void (*NetUnitDone)(int status, const GError *error, gpointer data);

/** Connects to systemd when it is first used. @root: "", or where a test has its files */
NetUnits *net_units_new(const char *root);
void net_units_free(NetUnits *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NetUnits, net_units_free)

/** Whether systemd runs here, and what it starts is in the network that we are in. */
gboolean net_units_are_possible(const char *root);
/** The same for who has a NetUnits. */
gboolean net_units_work(const NetUnits *self);

/**
 * Starts a unit; a daemon of that name that is there ends first. @done is called once, from the main loop.
 * Returns: what net_unit_leave() and net_unit_signal() take until @done, or NULL with @error
 */
NetUnitRun *net_unit_start(NetUnits *self, const NetUnitSetup *setup, NetUnitDone done, gpointer data,
                           GError **error);
/** Sends a signal to all of its processes. */
void net_unit_signal(NetUnitRun *run, int number);
/** It goes on, and @done is not called. */
void net_unit_leave(NetUnitRun *run);
/** Stops a unit; one that is not there is stopped. @done: perhaps at once */
void net_unit_stop(NetUnits *self, const char *name, NetUnitDone done, gpointer data);

/** The same for who has no loop to go on with, and no other unit. @limit_ms: how long systemd may take */
gboolean net_unit_start_now(const char *root, const NetUnitSetup *setup, guint limit_ms, GError **error);
gboolean net_unit_stop_now(const char *root, const char *name, guint limit_ms, GError **error);
