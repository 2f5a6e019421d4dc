/* Files that are read as if they were there already, so that what is to be written can be checked in its
 * place. Of one thread. */
#pragma once
#include <glib.h>

/** @texts: path as a reader opens it, its root in front -> text; borrowed until it is set to NULL again. What
 * is there under such a path is not looked at. */
void ifcfg_overlay_set(GHashTable *texts);
/** The text that stands for the file; NULL: the file itself counts. */
const char *ifcfg_overlay_find(const char *path);
/** Calls @each with the names (const char *) of all such files in a folder. */
void ifcfg_overlay_foreach(const char *folder, GFunc each, gpointer data);
