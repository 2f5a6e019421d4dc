/* A journal beside several files that are being written: who comes next completes or undoes what was killed
 * in the middle. */
#pragma once
#include <glib.h>

/** The folder where interfaces have their files, below the root. */
#define IFCFG_UNFINISHED_SCRIPTS "etc/sysconfig/network-scripts"

typedef struct IfcfgUnfinished IfcfgUnfinished;

/**
 * Waits for others that write there, ends what they left unfinished, and notes what is to be written. Before
 * the first file is staged.
 * @root: the tree that they are in
 * @paths: of char*, where no link is left, in folders that are there
 * Returns: NULL with @error; and NULL without one where no journal can be kept: there is nothing to end then
 */
IfcfgUnfinished *ifcfg_unfinished_begin(const char *root, const GPtrArray *paths, GError **error);
/**
 * The point of no return: all is staged and on the disk.
 * @staged: under these names (char*), in the order of the paths
 * @before: what was there then (char*), in the same order; NULL: nothing
 */
gboolean ifcfg_unfinished_ready(IfcfgUnfinished *self, const GPtrArray *staged, const GPtrArray *before,
                                GError **error);
/** All have their names, or nothing is left of any. NULL: nothing to do. */
void ifcfg_unfinished_end(IfcfgUnfinished *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IfcfgUnfinished, ifcfg_unfinished_end)

/**
 * Ends what somebody left who was killed, in a folder and in those above it up to the root: all of the files
 * get their names where all were staged, else none.
 * @kept: takes the paths of those that somebody has changed since, and that stay as they are now; or NULL
 * Error: G_FILE_ERROR; the journal stays
 */
gboolean ifcfg_unfinished_finish(const char *root, const char *folder, GPtrArray *kept, GError **error);
/** The journal that is there, to be freed; NULL: none. */
char *ifcfg_unfinished_find(const char *root, const char *folder);
