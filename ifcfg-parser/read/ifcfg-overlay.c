/* Which files are read as if they were there already. */
#include "ifcfg-overlay.h"
#include <string.h>

static _Thread_local GHashTable *overlay;

void ifcfg_overlay_set(GHashTable *texts)
{
    overlay = texts;
}

const char *ifcfg_overlay_find(const char *path)
{
    return overlay ? g_hash_table_lookup(overlay, path) : NULL;
}

void ifcfg_overlay_foreach(const char *folder, GFunc each, gpointer data)
{
    gsize length = strlen(folder);
    GHashTableIter iter;
    gpointer path;
    if (!overlay)
        return;
    g_hash_table_iter_init(&iter, overlay);
    while (g_hash_table_iter_next(&iter, &path, NULL)) {
        const char *name = (const char *)path + length + 1;
        if (g_str_has_prefix(path, folder) && ((const char *)path)[length] == '/' && !strchr(name, '/'))
            each((gpointer)name, data);
    }
}
