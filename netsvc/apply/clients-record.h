/* What is kept of a DHCP client of ours, and what /proc says of a process. Private to apply/clients*.c. */
#pragma once
#include "ifcfg-ip.h"
#include "model/names.h"
#include "services/dhcp-command.h"

typedef struct {
    NetClient client;
    char *settings; /* net_lease_settings() */
    char *unit;     /* of systemd; NULL: a process alone, the two below */
    GPid pid;
    guint64 start; /* when it began, in the kernel's ticks: a later process with its number has another one */
} ClientRecord;

void client_record_free(ClientRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClientRecord, client_record_free)

/** How a client is called on this machine. */
DhcpCommand *client_command_new(const NetLease *lease, const char *dev);

/** The path of a record, to be freed. */
char *client_record_path(const char *root, const char *dev, int family);
ClientRecord *client_record_load(const char *root, const char *dev, int family);
gboolean client_record_save(const ClientRecord *self, const char *root, const char *dev, int family,
                            GError **error);
/** With all else that was kept of the client: its configuration, the names of its lease, the marks. */
void client_record_remove(const char *root, const char *dev, int family);
/** Forgets the names of a lease: of a client that begins. */
void client_names_forget(const char *root, const char *dev, int family);
/** Where its script keeps the name servers of its lease, to be freed: written when there is a lease, empty if
 * that names none. */
char *client_names_path(const char *root, const char *dev, int family);
/** Adds those of one lease to @names; what is no address or no domain is left out.
 * Returns: the leased address; of no family: it is not told */
IfcfgIp client_names_read(const char *root, const char *dev, int family, NetNames *names);
/** The address that its client has told of; of no family: none. */
IfcfgIp client_address_read(const char *root, const char *dev, int family);
/** By whom the server of a lease would have the default route; of no family: it offers none. */
IfcfgIp client_router_read(const char *root, const char *dev, int family);
/** As long as this process is there and waits for the client, its script need not tell it of names. */
void client_mark_awaited(const char *root, const char *dev, int family, gboolean is_awaited);
/** Its process, if that is there and the one that it was; else 0. */
GPid client_record_pid(const ClientRecord *self, const char *root);

/** The process of a file with a number, if it runs and is the client's; else 0. */
GPid client_pid_read(const char *root, const char *path, NetClient client);
