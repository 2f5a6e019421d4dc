/* A picture of the kernel as text, and read again by another process of the same boot. */
#pragma once
#include "state/observed.h"

/** All of a picture but for what is not put back: clients, name servers, ETHTOOL_OPTS. To be freed. */
char *picture_to_text(const NetObserved *picture);
/** Returns: NULL: it is cut, or no such text */
NetObserved *picture_from_text(const char *text);
