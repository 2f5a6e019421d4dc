/* Routes by the devices that they lead over, and by their source: there are thousands on some hosts. Private
 * to this room. */
#pragma once
#include "state/observed.h"

/** To be told of each route that is added or removed. What they are found by must not change in between. */
void route_index_add(NetObserved *picture, IfcfgRoute *route);
void route_index_remove(NetObserved *picture, IfcfgRoute *route);
void route_index_clear(NetObserved *picture);
