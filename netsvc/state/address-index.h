/* Addresses by the network that they share on a link, and by their number, on whatever link: there are
 * thousands on some. Private to this room. */
#pragma once
#include "state/observed.h"

GHashTable *address_index_new(void);
/** Addresses stay their owner's; what they are found by must not change while they are in. */
void address_index_add(GHashTable *self, ObservedAddress *address);
void address_index_remove(GHashTable *self, ObservedAddress *address);
