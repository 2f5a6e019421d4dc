/* How a picture keeps its routes. Private to state/. */
#pragma once
#include "state/observed.h"

void observed_routes_init(NetObserved *self);
void observed_routes_clear(NetObserved *self);
