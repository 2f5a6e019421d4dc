/* A partner for LACP. */
#pragma once
#include <glib.h>

/**
 * Turns a LACPDU (IEEE 802.1AX, behind the Ethernet type) into the answer of a partner that agrees: the same
 * system and key on every cable, synchronised, collecting and distributing, with short timeouts.
 * @system: its MAC. @port: its number of the cable
 * Returns: FALSE: it is none
 */
gboolean far_end_lacp_answer(guint8 *pdu, gsize size, const guint8 *system, guint16 port);
