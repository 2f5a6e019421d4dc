/* How each DHCP client is called, and what of its configuration is written for it. Text only: apply/ runs it.
 */
#pragma once
#include "model/lease.h"

/** Records, pid files and configurations that are made for clients. */
#define DHCP_RUN_DIR "/run/netsvc/dhcp"

typedef struct {
    /* char*, ends in NULL: a client that stays in the foreground; the first is a name, found by PATH */
    GPtrArray *argv;
    /* gives the lease back, and ends the client; NULL: a signal ends it */
    GPtrArray *release;
    /* what is to be done when it has ended, or NULL: dhclient-script's STOP */
    GPtrArray *behind;
    /* written before it is started, or NULL */
    char *conf_path, *conf;
    /* where it leaves its process number, if it does */
    char *pid_path;
} DhcpCommand;

/**
 * @lease: of a known client
 * @host: the system's short name, sent where none is configured; NULL: it has none to send
 */
DhcpCommand *dhcp_command_new(const NetLease *lease, const char *dev, const char *host);
void dhcp_command_free(DhcpCommand *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DhcpCommand, dhcp_command_free)

/** The short form of a system's name, to be freed; NULL for what is no name: "localhost", "(none)". */
char *dhcp_host_name(const char *system);
