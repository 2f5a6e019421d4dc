/* DHCP clients as units of systemd: they outlive the service that starts them and its sandbox, are started
 * again when they die, and have a journal of their own. Private to apply/client*.c. */
#pragma once
#include <glib.h>

/** "netsvc-dhcp-eth0-4.service", to be freed. */
char *client_unit_name(const char *dev, int family);
/** The process that the unit began with, or 0: it does not run. @root: "", or where a test has its files */
GPid client_unit_pid(const char *root, const char *unit);
