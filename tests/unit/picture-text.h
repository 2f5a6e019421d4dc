/* A picture as sorted lines of text, and what is different between two. */
#pragma once
#include "state/observed.h"

/** One line a fact: links, their options, addresses in the kernel's order, routes, rules. Without what comes
 * and goes by itself: carrier, volatile options, link-local IPv6. */
GPtrArray *picture_lines(const NetObserved *picture);

/** Lines that only one of the two has, as "- of a" and "+ of b"; "" for none. */
char *picture_difference(const NetObserved *a, const NetObserved *b);
/** The same, but for the place of an address among all of its link. */
char *picture_difference_unordered(const NetObserved *a, const NetObserved *b);
/** What no prediction can know: addresses drawn at random, the driver's version. */
void picture_learn(NetObserved *predicted, const NetObserved *actual);
