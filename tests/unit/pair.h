/* One pair of configurations, from one to the other on the kernel in memory. */
#pragma once
#include "random-config.h"

typedef struct {
    guint32 seed;
    RandomConfig a, b;
    guint foreign_left_out; /* bits of those that are not there */
} Pair;

/** Runs it whole, and killed after each operation. @ret_kills: gets as many more. Returns what is wrong, to
 * be freed; "": nothing is. */
char *pair_try(const Pair *pair, guint *ret_kills);
