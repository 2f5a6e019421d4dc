/* A tree of configuration files, written from one text: "@NAME\n" begins a file of network-scripts/,
 * "@/PATH\n" one of the tree. */
#pragma once
#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

static inline char *case_path(const char *root, const char *name)
{
    return *name == '/' ? g_build_filename(root, name, NULL)
                        : g_build_filename(root, "etc/sysconfig/network-scripts", name, NULL);
}

static inline void case_write(const char *root, const char *files)
{
    g_auto(GStrv) parts = g_strsplit(files, "@", -1);

    g_autofree char *folder = case_path(root, "/etc/sysconfig/network-scripts");
    g_assert_cmpint(g_mkdir_with_parents(folder, 0755), ==, 0);
    g_assert_cmpstr(parts[0], ==, "");
    for (char **part = parts + 1; *part; part++) {
        char *text = strchr(*part, '\n');
        g_assert_nonnull(text);
        *text++ = '\0';
        g_autofree char *path = case_path(root, *part);
        g_autofree char *parent = g_path_get_dirname(path);
        g_assert_cmpint(g_mkdir_with_parents(parent, 0755), ==, 0);
        g_assert_true(g_file_set_contents(path, text, -1, NULL));
        g_assert_cmpint(g_chmod(path, 0644), ==, 0);
    }
}

static inline int case_remove_entry(const char *path, G_GNUC_UNUSED const struct stat *info,
                                    G_GNUC_UNUSED int type, G_GNUC_UNUSED struct FTW *at)
{
    return remove(path);
}

/* What links lead to stays. */
static inline void case_remove(const char *path)
{
    g_assert_cmpint(nftw(path, case_remove_entry, 16, FTW_DEPTH | FTW_PHYS), ==, 0);
}
