/* Trees of configuration files at random, from a seed: what a host of a few NICs, bonds, VLANs and bridges
 * may have, and what it may have after somebody has worked on it. */
#pragma once
#include <glib.h>

enum {
    RANDOM_BONDS = 2,
    RANDOM_NICS = 4,
    RANDOM_VLANS = 2,
    RANDOM_BRIDGES = 2,
    /* in this order; the number of a device is one digit */
    RANDOM_BELOW = RANDOM_BONDS + RANDOM_NICS,
    RANDOM_DEVICES = RANDOM_BELOW + RANDOM_VLANS + RANDOM_BRIDGES,
    RANDOM_ASPECTS = 48
};

/** A number for each thing that can differ, by device; the last row is the whole host's. 0 is the plainest.
 */
typedef struct {
    guint16 dice[RANDOM_DEVICES + 1][RANDOM_ASPECTS];
} RandomConfig;

void random_config_roll(RandomConfig *self, GRand *rand);
/** Changes some of it: a little in most cases, one in eight times everything. */
void random_config_change(RandomConfig *self, GRand *rand);
/** The device has no file any more. */
void random_config_drop(RandomConfig *self, guint device);
/** The files, as in tree.h, to be freed. @is_quick: nothing that makes a real system wait */
char *random_config_files(const RandomConfig *self, gboolean is_quick);
