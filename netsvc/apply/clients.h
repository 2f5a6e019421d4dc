/* DHCP clients as processes: which run, begun, ended. What they are asked for, services/dhcp-command.h says.
 */
#pragma once
#include "apply/job.h"
#include "services/dhcp-command.h"
#include "state/observed.h"

/** Enters those that run into a picture, in place of what it had: ours by their records, and those that the
 * old scripts have started. @root: "/", or where a test has its files */
void net_clients_observe(NetObserved *picture, const char *root);
/** The process of a device's client, or 0: none runs. */
GPid net_clients_pid(const char *root, const char *dev, int family);

/**
 * Starts a client, which goes on when this process has ended: as a unit of systemd where that runs.
 * @gone: told when it ends before net_client_leave(): with what it wrote, and why
 * Returns: to be handed to net_client_leave(), or NULL with @error
 */
typedef struct NetClientRun NetClientRun;
NetClientRun *net_client_start(NetUnits *units, const NetLease *lease, const char *dev, NetJobDone gone,
                               gpointer data, GError **error);
/** Looks after it no longer. */
void net_client_leave(NetClientRun *self);

/** Ends the client of a device, whoever started it. @done: told when it is gone, or with an error that it is
 * not; perhaps at once */
void net_client_end(NetUnits *units, const NetLease *lease, const char *dev,
                    void (*done)(const GError *error, gpointer data), gpointer data);
