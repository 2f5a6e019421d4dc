/* Several new files in one folder: all of them, or none. */
#pragma once
#include <glib.h>

typedef struct {
    const char *name, *text;
    guint mode;
} FileToWrite;

/**
 * Writes them under other names first, on the disk, and then gives them theirs.
 * @folder: made if it is missing
 * @force: replaces files that are there; else one of them is an error, and nothing is written
 */
gboolean files_write(const char *folder, const GPtrArray *files, gboolean force, GError **error);
