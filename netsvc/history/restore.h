/* Puts a set of files back on the disk. */
#pragma once
#include "history/file-set.h"

/**
 * Makes the files on the disk those of a set. What cannot be written does not keep the others from it. A file
 * of an interface that the set does not have is renamed to NAME.TIME.bak, which nothing reads; so is a copy
 * of one whose content is nowhere in the history.
 * @paths: set of those that it is about, NULL: all
 * @safe: contents that need no copy (a set of files), or NULL
 * @told: gets a sentence (char*, owned) for each file that was kept beside or could not be written
 * Returns: whether all are as in the set
 */
gboolean history_restore(const History *self, const GPtrArray *files, GHashTable *paths,
                         const GPtrArray *safe, GPtrArray *told);
