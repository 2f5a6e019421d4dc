/* Which files of a configuration folder count, in which order, and which of them a name finds. */
#include "ifcfg-dir.h"
#include "ifcfg-overlay.h"
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCRIPTS "etc/sysconfig/network-scripts/"

typedef struct {
    char *root;
    IfcfgProblems *problems;
    IfcfgDir *dir;
    GPtrArray *made; /* paths, parents first */
} Fixture;

static void make(Fixture *self, const char *name, const char *text)
{
    char *path = g_build_filename(self->root, name, NULL);
    g_ptr_array_add(self->made, path);
    if (text)
        g_assert_true(g_file_set_contents(path, text, -1, NULL));
    else
        g_assert_cmpint(g_mkdir(path, 0755), ==, 0);
}

static void load(Fixture *self)
{
    g_autoptr(GError) error = NULL;
    self->dir = ifcfg_dir_load(self->root, self->problems, &error);
    g_assert_no_error(error);
}

static void set_up(Fixture *self, gconstpointer data)
{
    (void)data;
    self->root = g_dir_make_tmp("ifcfg-dir-XXXXXX", NULL);
    self->problems = ifcfg_problems_new();
    self->made = g_ptr_array_new_with_free_func(g_free);
    make(self, "etc", NULL);
    make(self, "etc/sysconfig", NULL);
    make(self, SCRIPTS, NULL);
}

static void tear_down(Fixture *self, gconstpointer data)
{
    (void)data;
    for (guint i = self->made->len; i > 0; i--)
        g_remove(g_ptr_array_index(self->made, i - 1));
    g_remove(self->root);
    g_ptr_array_unref(self->made);
    ifcfg_dir_free(self->dir);
    ifcfg_problems_free(self->problems);
    g_free(self->root);
}

static void test_order(Fixture *self, gconstpointer data)
{
    static const char *const files[] = {
        "eth10",     "eth2",        "enp0s3",       "enp0s10",      "lo",       "bond0", "eth2:10",
        "eth2:9",    "eth0-range0", "em1",          "eth",          "eth2.old", "eth2~", "eth3.bak",
        "eth4.orig", "eth5.rpmnew", "eth6.rpmsave", "eth7.rpmorig", "eth8.swp"};
    static const char expected[] =
        "lo bond0 em1 enp0s10 enp0s3 eth eth2 eth8.swp eth10 eth0-range0 eth2:10 eth2:9";
    (void)data;
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *name = g_strconcat(SCRIPTS "ifcfg-", files[i], NULL);
        make(self, name, "A=b\n");
    }
    make(self, SCRIPTS "route-eth2", "default\n");
    load(self);
    g_autoptr(GString) got = g_string_new(NULL);
    for (guint i = 0; i < ifcfg_dir_length(self->dir); i++)
        g_string_append_printf(got, "%s%s", i ? " " : "", ifcfg_dir_nth(self->dir, i)->name);
    g_assert_cmpstr(got->str, ==, expected);
    g_assert_cmpuint(ifcfg_problems_length(self->problems), ==, 0);
    const IfcfgEntry *range = ifcfg_dir_nth(self->dir, 9), *alias = ifcfg_dir_nth(self->dir, 10);
    g_assert_cmpint(range->kind, ==, IFCFG_ENTRY_RANGE);
    g_assert_cmpstr(range->parent, ==, "eth0");
    g_assert_cmpint(alias->kind, ==, IFCFG_ENTRY_ALIAS);
    g_assert_cmpstr(alias->parent, ==, "eth2");
    g_assert_cmpstr(ifcfg_dir_nth(self->dir, 0)->parent, ==, NULL);
    g_assert_true(g_str_has_suffix(alias->path, SCRIPTS "ifcfg-eth2:10"));
}

static void test_compare(void)
{
    static const char *const rising[] = {"bond0",
                                         "em1",
                                         "eth",
                                         "eth0",
                                         "eth1",
                                         "eth1.5",
                                         "eth2",
                                         "eth10",
                                         "eth99999999999999999999",
                                         "eth100000000000000000000",
                                         "p1p1",
                                         "p1p2"};
    for (guint a = 0; a < G_N_ELEMENTS(rising); a++)
        for (guint b = 0; b < G_N_ELEMENTS(rising); b++) {
            int order = ifcfg_name_compare(rising[a], rising[b]);
            g_assert_cmpint((order > 0) - (order < 0), ==, (a > b) - (a < b));
        }
}

static void test_keys_file(Fixture *self, gconstpointer data)
{
    (void)data;
    make(self, "etc/sysconfig/network", "SUFFIX=-net\n");
    make(self, SCRIPTS "ifcfg-eth0", "ESSID=home$SUFFIX\nKEY=old\n");
    make(self, SCRIPTS "keys-eth0", "KEY=\"s:$ESSID\"\n");
    load(self);
    const IfcfgRecord *record = ifcfg_dir_nth(self->dir, 0)->record;
    g_assert_cmpstr(ifcfg_record_get(ifcfg_dir_network(self->dir), "SUFFIX"), ==, "-net");
    g_assert_cmpstr(ifcfg_record_get(record, "KEY"), ==, "s:home-net");
    g_assert_true(g_str_has_suffix(ifcfg_record_where(record, "KEY").file, "/keys-eth0"));
    g_assert_true(g_str_has_suffix(ifcfg_record_where(record, "ESSID").file, "/ifcfg-eth0"));
    g_assert_cmpuint(ifcfg_problems_length(self->problems), ==, 0);
}

static void test_broken(Fixture *self, gconstpointer data)
{
    (void)data;
    make(self, SCRIPTS "ifcfg-", "A=b\n");
    make(self, SCRIPTS "ifcfg-eth0", NULL);
    make(self, SCRIPTS "ifcfg-eth1", "DEVICE=eth1\n");
    make(self, SCRIPTS "ifcfg-eth3", "A=b\n");
    g_autofree char *fifo = g_build_filename(self->root, SCRIPTS "ifcfg-eth2", NULL);
    g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
    g_ptr_array_add(self->made, g_steal_pointer(&fifo));
    load(self);
    g_assert_cmpuint(ifcfg_dir_length(self->dir), ==, 2);
    g_assert_cmpuint(ifcfg_problems_count(self->problems, IFCFG_ERROR), ==, 2);
    g_assert_cmpuint(ifcfg_problems_count(self->problems, IFCFG_WARNING), ==, 1);
    g_autoptr(GError) error = NULL;
    g_assert_null(ifcfg_dir_find(self->dir, "eth2", NULL, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
    g_assert_nonnull(strstr(error->message, "ifcfg-eth2: this is a FIFO"));
}

static void test_no_folder(void)
{
    g_autofree char *root = g_dir_make_tmp("ifcfg-none-XXXXXX", NULL);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(IfcfgDir) dir = ifcfg_dir_load(root, problems, NULL);
    g_assert_nonnull(dir);
    g_assert_cmpuint(ifcfg_dir_length(dir), ==, 0);
    g_assert_null(ifcfg_dir_network(dir));
    g_assert_cmpuint(ifcfg_problems_length(problems), ==, 0);
    g_rmdir(root);
}

static void test_folder_is_file(Fixture *self, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(g_remove(g_ptr_array_index(self->made, 2)), ==, 0);
    make(self, "etc/sysconfig/network-scripts", "A=b\n");
    self->dir = ifcfg_dir_load(self->root, self->problems, &error);
    g_assert_null(self->dir);
    g_assert_nonnull(error);
    g_assert_nonnull(strstr(error->message, "network-scripts"));
}

/* As nothing at all it would be a host without a network. */
static void test_dangling(Fixture *self, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    g_autofree char *network = g_build_filename(self->root, "etc/sysconfig/network", NULL);
    g_assert_cmpint(symlink("gone", network), ==, 0);
    load(self);
    g_assert_cmpuint(ifcfg_problems_length(self->problems), ==, 1);
    g_assert_cmpstr(ifcfg_problems_get(self->problems, 0)->message, ==,
                    "this is a symbolic link to gone, which is not there");
    g_ptr_array_add(self->made, g_steal_pointer(&network));
    g_autofree char *folder = g_build_filename(self->root, "etc/sysconfig/network-scripts", NULL);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
    g_assert_cmpint(symlink("../away", folder), ==, 0);
    g_assert_null(ifcfg_dir_load(self->root, NULL, &error));
    g_assert_nonnull(strstr(error->message, "network-scripts: this is a symbolic link to ../away, which"));
    g_assert_cmpint(g_unlink(folder), ==, 0);
}

static void test_root(void)
{
    g_autoptr(IfcfgDir) dir = ifcfg_dir_load("/nonexistent//", NULL, NULL);
    g_assert_cmpstr(ifcfg_dir_root(dir), ==, "/nonexistent");
    g_assert_cmpstr(ifcfg_dir_path(dir), ==, "/nonexistent/etc/sysconfig/network-scripts");
}

static void make_lookup_files(Fixture *self)
{
    make(self, SCRIPTS "ifcfg-eth0", "DEVICE=eth0\nHWADDR=00:11:22:33:44:55\n");
    make(self, SCRIPTS "ifcfg-office", "DEVICE='eth1'\nNAME=System\\ Office\n");
    make(self, SCRIPTS "ifcfg-backup", "DEVICE=eth0\nNAME=eth5\nHWADDR=\"00:11:22:33:44:66\"\n");
    make(self, SCRIPTS "ifcfg-twin1", "DEVICE=eth7\nNAME=twin\n");
    make(self, SCRIPTS "ifcfg-twin2", "DEVICE=eth7\nNAME=Twin\n");
    make(self, SCRIPTS "ifcfg-eth9.bak", "DEVICE=eth9\n");
    make(self, SCRIPTS "ifcfg-eth0:1", "DEVICE=eth0:1\n");
    make(self, SCRIPTS "ifcfg-eth1-range0", "DEVICE=eth1\n");
}

static const char *mtu_of(const IfcfgDir *dir, const char *name)
{
    const IfcfgEntry *entry = ifcfg_dir_find(dir, name, NULL, NULL);
    return entry ? ifcfg_record_get(entry->record, "MTU") : NULL;
}

/* One in place of a file, one beside it, one of the keys; in a folder further down it is none of them. */
static void test_overlay(Fixture *self, gconstpointer data)
{
    (void)data;
    static const char *const texts[][2] = {{"ifcfg-eth0", "MTU=1400\n"},
                                           {"ifcfg-eth1", "MTU=1500\n"},
                                           {"keys-eth2", "MTU=1600\n"},
                                           {"old/ifcfg-eth3", "MTU=1700\n"}};
    g_autoptr(GHashTable) overlay = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_hash_table_insert(overlay, g_strconcat(self->root, "/" SCRIPTS, texts[i][0], NULL),
                            (gpointer)texts[i][1]);
    make(self, SCRIPTS "ifcfg-eth0", "MTU=9000\n");
    make(self, SCRIPTS "ifcfg-eth2", "");
    ifcfg_overlay_set(overlay);
    load(self);
    ifcfg_overlay_set(NULL);
    g_assert_cmpuint(ifcfg_dir_length(self->dir), ==, 3);
    g_assert_cmpstr(mtu_of(self->dir, "eth0"), ==, "1400");
    g_assert_cmpstr(mtu_of(self->dir, "eth1"), ==, "1500");
    g_assert_cmpstr(mtu_of(self->dir, "eth2"), ==, "1600");
    g_autoptr(IfcfgDir) again = ifcfg_dir_load(self->root, self->problems, NULL);
    g_assert_cmpstr(mtu_of(again, "eth0"), ==, "9000");
    g_assert_cmpuint(ifcfg_dir_length(again), ==, 2);
}

static void test_find(Fixture *self, gconstpointer data)
{
    static const struct {
        const char *argument, *mac, *name; /* name NULL: not found, "": ambiguous */
    } rows[] = {
        {"eth0", NULL, "eth0"},
        {"ifcfg-eth0", NULL, "eth0"},
        {"/somewhere/else/ifcfg-eth0", NULL, "eth0"},
        {"./ifcfg-eth0", NULL, "eth0"},
        {"eth0:1", NULL, "eth0:1"},
        {"System Office", NULL, "office"},
        {"OFFICE", NULL, "office"},
        {"eth5", NULL, "backup"},
        {"eth8", "00:11:22:33:44:66", "backup"},
        {"eth1", NULL, "office"},
        {"eth1", "00:11:22:33:44:66", "backup"},
        {"twin", NULL, ""},
        {"eth7", NULL, ""},
        {"eth9", NULL, NULL},
        {"eth9.bak", NULL, "eth9.bak"},
        {"ifcfg-eth9.bak", NULL, "eth9.bak"},
        {"eth8", "00:11:22:33:44:77", NULL},
        {"", NULL, NULL},
        {"/", NULL, NULL},
    };
    (void)data;
    make_lookup_files(self);
    load(self);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        IfcfgMac mac = {.length = 0};
        g_assert_true(!rows[i].mac || ifcfg_mac_parse(rows[i].mac, &mac));
        const IfcfgEntry *entry =
            ifcfg_dir_find(self->dir, rows[i].argument, rows[i].mac ? &mac : NULL, &error);
        if (rows[i].name && *rows[i].name)
            g_assert_cmpstr(entry ? entry->name : error->message, ==, rows[i].name);
        else
            g_assert_error(error, G_FILE_ERROR, (rows[i].name ? G_FILE_ERROR_EXIST : G_FILE_ERROR_NOENT));
        g_assert_cmpint(entry != NULL, ==, error == NULL);
        if (rows[i].name && !*rows[i].name)
            g_assert_true(strstr(error->message, "ifcfg-twin1") && strstr(error->message, "ifcfg-twin2"));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/dir/order", Fixture, NULL, set_up, test_order, tear_down);
    g_test_add("/dir/keys-file", Fixture, NULL, set_up, test_keys_file, tear_down);
    g_test_add("/dir/broken", Fixture, NULL, set_up, test_broken, tear_down);
    g_test_add("/dir/dangling", Fixture, NULL, set_up, test_dangling, tear_down);
    g_test_add("/dir/folder-is-file", Fixture, NULL, set_up, test_folder_is_file, tear_down);
    g_test_add("/dir/overlay", Fixture, NULL, set_up, test_overlay, tear_down);
    g_test_add("/dir/find", Fixture, NULL, set_up, test_find, tear_down);
    g_test_add_func("/dir/compare", test_compare);
    g_test_add_func("/dir/no-folder", test_no_folder);
    g_test_add_func("/dir/root", test_root);
    return g_test_run();
}
