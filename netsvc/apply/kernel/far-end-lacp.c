/* LACPDUs answered: what the actor said of itself comes back as the partner that is known. */
#include "apply/kernel/far-end-lacp.h"
#include <string.h>

/* Places in a LACPDU (IEEE 802.1AX 6.4.2.3): subtype, version, then TLVs of actor and partner, whose contents
 * are alike. */
enum { SUBTYPE_LACP = 1, TLV_ACTOR = 1, TLV_PARTNER = 2, AT_ACTOR = 2, AT_PARTNER = 22, TLV_BYTES = 20 };
enum { LEAST_BYTES = AT_PARTNER + TLV_BYTES };

/* A TLV: type, length, system priority (2), system (6), key (2), port priority (2), port (2), state, 3 bytes
 * of nothing. */
enum { AT_PRIORITY = 2, AT_SYSTEM = 4, AT_KEY = 10, AT_PORT_PRIORITY = 12, AT_PORT = 14, AT_STATE = 16 };

enum {
    STATE_ACTIVE = 1 << 0,
    STATE_SHORT = 1 << 1,
    STATE_AGGREGATION = 1 << 2,
    STATE_SYNC = 1 << 3,
    STATE_COLLECTING = 1 << 4,
    STATE_DISTRIBUTING = 1 << 5,
};

enum { PRIORITY = 0xffff, KEY = 1 };

static void put16(guint8 *bytes, guint16 value)
{
    bytes[0] = (guint8)(value >> 8);
    bytes[1] = (guint8)value;
}

gboolean far_end_lacp_answer(guint8 *pdu, gsize size, const guint8 *system, guint16 port)
{
    guint8 *actor = pdu + AT_ACTOR, *partner = pdu + AT_PARTNER;
    if (size < LEAST_BYTES || pdu[0] != SUBTYPE_LACP || actor[0] != TLV_ACTOR || partner[0] != TLV_PARTNER)
        return FALSE;
    memcpy(partner + AT_PRIORITY, actor + AT_PRIORITY, TLV_BYTES - AT_PRIORITY);
    put16(actor + AT_PRIORITY, PRIORITY);
    memcpy(actor + AT_SYSTEM, system, 6);
    put16(actor + AT_KEY, KEY);
    put16(actor + AT_PORT_PRIORITY, PRIORITY);
    put16(actor + AT_PORT, port);
    actor[AT_STATE] =
        STATE_ACTIVE | STATE_SHORT | STATE_AGGREGATION | STATE_SYNC | STATE_COLLECTING | STATE_DISTRIBUTING;
    return TRUE;
}
