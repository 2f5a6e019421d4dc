/* The files of a kickstart in the tree that they are for. */
#pragma once
#include "kickstart/ks.h"

/** Checks the files as `netsvc check` does, beside those that the tree has already.
 * Returns: FALSE with @error when that could not be done */
gboolean kickstart_check(const GPtrArray *files, const char *root, IfcfgProblems *problems, GError **error);
/** Writes all of them, or none; links do not lead out of @root. */
gboolean kickstart_write(const GPtrArray *files, const char *root, GError **error);
/** Makes the links by which systemd and chkconfig start the network of that tree. */
gboolean kickstart_enable(const char *root, GError **error);
