/* The secret for interface identifiers that are stable and tell nothing. */
#pragma once
#include <glib.h>

/**
 * Before a sysctl is set: if it is the addr_gen_mode of a device that needs a secret, the device gets one,
 * unless somebody has given it one.
 * @key: below /proc/sys/net
 * Returns: 0, or errno; ENOENT: there is no /etc/machine-id to make it of
 */
int stable_secret_ensure(const char *key, const char *value);
/** Whether the device has a secret that is not the one it would get here. */
gboolean stable_secret_is_of_others(const char *dev);
