/* Whether a host answers ICMP echo requests. */
#pragma once
#include <glib.h>

/**
 * Waits until it does: one request a second, and no program forked.
 * @host: an IPv4 or IPv6 address, or a name
 * Error: NET_ERROR, ETIMEDOUT when it has not answered within @limit_ms, with why as far as that is known;
 * or the kernel's, at once, where no request can be made at all
 */
gboolean net_ping_await(const char *host, guint limit_ms, GError **error);
