/* What is kept of a DHCP client of ours, and what /proc says of a process. Private to apply/clients*.c. */
#pragma once
#include "services/dhcp-command.h"

typedef struct {
    NetClient client;
    char *settings; /* net_lease_settings() */
    GPid pid;
    guint64 start; /* when it began, in the kernel's ticks: a later process with its number has another one */
} ClientRecord;

void client_record_free(ClientRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ClientRecord, client_record_free)

/** The path of a record, to be freed. */
char *client_record_path(const char *root, const char *dev, int family);
ClientRecord *client_record_load(const char *root, const char *dev, int family);
gboolean client_record_save(const ClientRecord *self, const char *root, const char *dev, int family,
                            GError **error);
void client_record_remove(const char *root, const char *dev, int family);
/** The process is there, and the one that it was. */
gboolean client_record_lives(const ClientRecord *self, const char *root);

/** 0: there is no such process. */
guint64 client_start_time(const char *root, GPid pid);
/** The process of a file with a number, if it runs and is the client's; else 0. */
GPid client_pid_read(const char *root, const char *path, NetClient client);
