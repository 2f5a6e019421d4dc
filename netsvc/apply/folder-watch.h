/* Being told when the files of a folder change. */
#pragma once
#include <glib.h>

typedef struct FolderWatch FolderWatch;

/**
 * Calls @changed from the main loop after files were made, written, moved there or removed: once for all that
 * happened meanwhile, so it looks for itself at what it needs. Returns: NULL when there is no such folder, or
 * no room for one watch more
 */
FolderWatch *folder_watch_new(const char *path, void (*changed)(gpointer data), gpointer data);
void folder_watch_free(FolderWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FolderWatch, folder_watch_free)
