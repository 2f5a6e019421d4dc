/* Daemons that are units of systemd, DHCP clients and teamd: they outlive the service that starts them and
 * its sandbox, are started again when they die, and have a journal of their own. */
#pragma once
#include <glib.h>

/** "netsvc-WHAT-DEV.service", to be freed. */
char *daemon_unit_name(const char *what, const char *dev);
/** The process that the unit began with, or 0: it does not run. @root: "", or where a test has its files */
GPid daemon_unit_pid(const char *root, const char *unit);
