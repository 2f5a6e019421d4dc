/* DHCP clients as units of systemd: they outlive the service that starts them and its sandbox, are started
 * again when they die, and have a journal of their own. Private to apply/client*.c. */
#pragma once
#include "services/dhcp-command.h"

/** Whether systemd runs here. */
gboolean client_unit_is_possible(void);
/** "netsvc-dhcp-eth0-4.service", to be freed. */
char *client_unit_name(const char *dev, int family);
/** The words that start one, ending in NULL; NULL: a program is missing, @ret_missing. */
GPtrArray *client_unit_start_argv(const DhcpCommand *command, const NetLease *lease, const char *dev,
                                  const char **ret_missing);
/** The words that stop one, ending in NULL. */
GPtrArray *client_unit_stop_argv(const char *unit);
/** The process that the unit began with, or 0: it does not run. @root: "", or where a test has its files */
GPid client_unit_pid(const char *root, const char *unit);
