/* Asks IPv6 neighbours whether they are there: neighbour solicitation (RFC 4861). */
#pragma once
#include "ifcfg-ip.h"

typedef struct NdpAsker NdpAsker;
typedef void (*NdpDone)(gboolean answered, gpointer tag, gpointer data);

NdpAsker *ndp_asker_new(void);
/** What is under way is not reported. */
void ndp_asker_free(NdpAsker *self);
/** Asks a few times within that time; @done is called once, from the default main context, never from here.
 */
void ndp_ask(NdpAsker *self, const char *dev, const IfcfgIp *ip, guint limit_ms, NdpDone done, gpointer tag,
             gpointer data);
