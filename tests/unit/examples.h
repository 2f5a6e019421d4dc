/* The examples of sysconfig-examples/, each a test of its own, and files of the tree. */
#pragma once
#include <glib.h>

/** A file of the source tree, to be freed. */
static inline char *source_path(const char *folder, const char *name, const char *suffix)
{
    const char *tree = g_getenv("TREE");
    g_autofree char *file = g_strconcat(name, suffix, NULL);
    return g_build_filename(tree ? tree : ".", folder, file, NULL);
}

/** Adds a test PREFIX/EXAMPLE for each (NULL: all) that @counts; it gets the example's name. */
static inline void examples_add(const char *prefix, gboolean (*counts)(const char *name),
                                void (*test)(gconstpointer name))
{
    g_autofree char *examples = source_path("sysconfig-examples", "", "");
    g_autoptr(GDir) folder = g_dir_open(examples, 0, NULL);
    const char *name;
    guint n = 0;
    while (folder && (name = g_dir_read_name(folder))) {
        g_autofree char *inside = g_build_filename(examples, name, "etc", NULL);
        g_autofree char *path = g_strdup_printf("%s/%s", prefix, name);
        if (!g_file_test(inside, G_FILE_TEST_IS_DIR) || (counts && !counts(name)))
            continue;
        g_test_add_data_func_full(path, g_strdup(name), test, g_free);
        n++;
    }
    g_assert_cmpuint(n, >, 0);
}
