/* Replacing a file of others', so that nobody sees half of it and nothing of it but the text changes. */
#pragma once
#include <glib.h>

/**
 * Writes a file atomically: owner, mode and extended attributes (its SELinux label among them) are those of
 * the file that it replaces; a symbolic link stays, and what it points to is replaced. Where the folder takes
 * no new file, or the file is a mount of its own, it is written in place.
 * @like: whose owner, mode and attributes a new file gets; NULL: root's, 0644
 * Error: NET_ERROR, with what to do about it
 */
gboolean file_replace(const char *path, const char *text, const char *like, GError **error);
/** Removes a file; one that is not there is removed. */
gboolean file_remove(const char *path, GError **error);
