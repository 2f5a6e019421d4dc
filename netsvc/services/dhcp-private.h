/* What the files about the clients' arguments share. Private to services/dhcp-*.c. */
#pragma once
#include "services/dhcp-command.h"

/** Appends words, up to NULL; the words of a text. */
void dhcp_add_words(GPtrArray *argv, const char *const *words);
#define dhcp_add(argv, ...) dhcp_add_words(argv, (const char *const[]){__VA_ARGS__})
void dhcp_add_split(GPtrArray *argv, const char *text);
/** What is not taken of the answer, as PEERDNS=no and the like, each behind @flag (or NULL). */
void dhcp_add_limits(GPtrArray *words, const char *flag, const NetLease *lease);
/** The host name that is sent (not a full one), or NULL. */
const char *dhcp_name_to_send(const NetLease *lease, const char *host);

/** A client identifier is bytes, "01:00:aa", and no text. */
gboolean dhcp_id_is_hex(const char *text);

void dhclient_command(DhcpCommand *self, const NetLease *lease, const char *dev, const char *host);
