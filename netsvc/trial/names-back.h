/* Devices that somebody has renamed in the middle of a trial have their names again. */
#pragma once
#include "apply/backend.h"

/** By their numbers, which they keep. @devices: names that may be touched; @told: gets char* */
void names_go_back(NetBackend *backend, const NetObserved *wanted, GHashTable *devices, GPtrArray *told);
/** Where a link has been made anew, it has another number, by which the metric of its route to 169.254.0.0/16
 * goes: in @wanted, too. */
void names_zeroconf_follow(NetBackend *backend, NetObserved *wanted);
/** What was there and is not any more. Returns: char*, a sentence each */
GPtrArray *names_missing(NetBackend *backend, const NetObserved *wanted, GHashTable *devices);
