/* Asks IPv6 neighbours whether they are there (neighbour solicitation), and tells them where we are
 * (advertisement; RFC 4861). */
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

enum { NDP_ADVERTISEMENT_BYTES = 32 };

/** An advertisement that nobody asked for (RFC 4861, 7.2.6), which overrides what neighbours know.
 * @is_router: of one that lacks it, neighbours strike this host off their routers */
void ndp_encode_advertisement(const IfcfgIp *ip, const IfcfgMac *mac, gboolean is_router, guint8 *bytes);
/** To all on the link. Nothing is sent of an address that cannot be used yet, or by what is no Ethernet. */
void ndp_announce(const char *dev, const IfcfgIp *ip);
