/* Links in a tree below another root: where each leads, and that none leaves the tree. */
#include "ifcfg-root.h"
#include "tree.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

typedef struct {
    char *root;
} Tree;

static void put_link(const Tree *tree, const char *name, const char *target)
{
    g_autofree char *path = g_strconcat(tree->root, name, NULL), *folder = g_path_get_dirname(path);
    g_assert_cmpint(g_mkdir_with_parents(folder, 0755), ==, 0);
    g_assert_cmpint(symlink(target, path), ==, 0);
}

static void tree_setup(Tree *tree, G_GNUC_UNUSED gconstpointer data)
{
    tree->root = g_dir_make_tmp("ifcfg-root-XXXXXX", NULL);
    g_assert_nonnull(tree->root);
    put_link(tree, "/etc/plain", "target");
    put_link(tree, "/etc/absolute", "/srv/kept/bond0");
    put_link(tree, "/etc/outside", "../../../../srv/kept/bond0");
    put_link(tree, "/etc/dir", "/srv/kept");
    put_link(tree, "/etc/twice", "/etc/absolute");
    put_link(tree, "/etc/loop", "/etc/loop");
    put_link(tree, "/srv/up", "../etc");
}

static void tree_teardown(Tree *tree, G_GNUC_UNUSED gconstpointer data)
{
    case_remove(tree->root);
    g_free(tree->root);
}

static const struct {
    const char *path, *leads_to;
} rows[] = {
    {"/etc/none", "/etc/none"},
    {"/etc//./none", "/etc/none"},
    {"/etc/../../../srv/none", "/srv/none"},
    {"/etc/plain", "/etc/target"},
    {"/etc/absolute", "/srv/kept/bond0"},
    {"/etc/outside", "/srv/kept/bond0"},
    {"/etc/dir/bond0", "/srv/kept/bond0"},
    {"/etc/twice", "/srv/kept/bond0"},
    {"/srv/up/plain", "/etc/target"},
};

static void test_leads(Tree *tree, G_GNUC_UNUSED gconstpointer data)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strconcat(tree->root, rows[i].path, NULL),
                        *expected = g_strconcat(tree->root, rows[i].leads_to, NULL),
                        *slash = g_strconcat(tree->root, "/", NULL),
                        *got = ifcfg_root_resolve(tree->root, path), *same = ifcfg_root_resolve(slash, path);
        g_assert_cmpstr(got, ==, expected);
        g_assert_cmpstr(same, ==, expected);
    }
}

static void test_loop(Tree *tree, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = g_strconcat(tree->root, "/etc/loop", NULL);
    g_assert_null(ifcfg_root_resolve(tree->root, path));
    g_assert_cmpint(errno, ==, ELOOP);
}

static void test_no_root(Tree *tree, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const none[] = {NULL, "", "/", "/elsewhere"};
    g_autofree char *path = g_strconcat(tree->root, "/etc/absolute", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(none); i++) {
        g_autofree char *got = ifcfg_root_resolve(none[i], path);
        g_assert_cmpstr(got, ==, path);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/root/leads", Tree, NULL, tree_setup, test_leads, tree_teardown);
    g_test_add("/root/loop", Tree, NULL, tree_setup, test_loop, tree_teardown);
    g_test_add("/root/none", Tree, NULL, tree_setup, test_no_root, tree_teardown);
    return g_test_run();
}
