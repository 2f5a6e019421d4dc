/* Addresses by the network that they share on a link, and by their number, on whatever link: there are
 * thousands on some. Private to this room. */
#pragma once
#include "state/observed.h"

/** Of an address, or a network, of a link. */
guint address_index_hash(int ifindex, const IfcfgPrefix *prefix);
/** To be told of each address that is added or removed. What they are found by must not change in between. */
void address_index_add(const NetObserved *picture, ObservedAddress *address);
void address_index_remove(const NetObserved *picture, const ObservedAddress *address);
