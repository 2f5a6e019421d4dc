/* Which files of sysctl.d count, and in which order. */
#include "apply/kernel/sysctl.h"
#include "ifcfg-file.h"
#include <string.h>

static const char *const sysctl_dirs[] = {"etc/sysctl.d", "run/sysctl.d", "usr/local/lib/sysctl.d",
                                          "usr/lib/sysctl.d", "lib/sysctl.d"};

static void note_files(GHashTable *paths, const char *path)
{
    g_autoptr(GDir) dir = ifcfg_folder_open(NULL, path);
    const char *name;

    while (dir && (name = g_dir_read_name(dir)))
        if (g_str_has_suffix(name, ".conf") && !g_hash_table_contains(paths, name))
            g_hash_table_insert(paths, g_strdup(name), g_build_filename(path, name, NULL));
}

GPtrArray *sysctl_files(const char *root)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) paths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

    for (guint i = 0; i < G_N_ELEMENTS(sysctl_dirs); i++) {
        g_autofree char *path = g_build_filename(root, sysctl_dirs[i], NULL);
        note_files(paths, path);
    }
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(paths), (GCompareFunc)strcmp);
    for (const GList *item = names; item; item = item->next)
        g_ptr_array_add(files, g_strdup(g_hash_table_lookup(paths, item->data)));
    g_ptr_array_add(files, g_build_filename(root, "etc/sysctl.conf", NULL));
    return files;
}
