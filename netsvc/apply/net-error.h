/* The error domain of everything that touches the system: codes are errno numbers. */
#pragma once
#include <errno.h>
#include <glib.h>

#define NET_ERROR net_error_quark()
GQuark net_error_quark(void);

/**
 * Somebody else's error in words of ours; a call that was cancelled says so as it is.
 * @format: the whole text, mostly with the other's message
 */
void net_error_tell(GError **told, const GError *error, const char *format, ...) G_GNUC_PRINTF(3, 4);
/** Sets a GError of domain NET_ERROR. @code: an errno; @format: the whole text. */
void net_error_set(GError **error, int code, const char *format, ...) G_GNUC_PRINTF(3, 4);
