/* Pings to many destinations at once, many times a second: for how long one of them did not answer. */
#pragma once
#include "apply/net-error.h"
#include "ifcfg-ip.h"

typedef struct {
    IfcfgIp to;
    IfcfgIp from; /* AF_UNSPEC: whichever the kernel takes */
    char *dev;    /* of a link-local address; else NULL. Not owned */
} NetPing;

typedef struct NetPinger NetPinger;

enum { PINGER_GRACE_MS = 100 };

/** Begins, in a thread of its own, in this network namespace. Each has its place in @pings (GArray of
 * NetPing) as identifier. */
NetPinger *net_pinger_new(const GArray *pings, GError **error);
void net_pinger_free(NetPinger *self);

/** Forgets what was measured. */
void net_pinger_mark(NetPinger *self);
/** The longest time since then for which a destination did not answer, in milliseconds; what was sent less
 * than PINGER_GRACE_MS ago does not count. */
guint net_pinger_gap_ms(NetPinger *self, guint identifier);
/** Whether it has answered all that was sent in the last @ms before that. */
gboolean net_pinger_is_good(NetPinger *self, guint identifier, guint ms);
/** The errno of the last one that could not be sent; 0: it was, or was not yet tried. */
int net_pinger_error(NetPinger *self, guint identifier);
