/* Old module files: which lines count, in which order, and that nothing is run. */
#include "ifcfg-modules.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    char *root;
    IfcfgProblems *problems;
    IfcfgModules *modules;
} Fixture;

static void fixture_setup(Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    fixture->root = g_dir_make_tmp("modules-XXXXXX", NULL);
    fixture->problems = ifcfg_problems_new();
    g_assert_nonnull(fixture->root);
}

static void fixture_teardown(Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    ifcfg_modules_free(fixture->modules);
    ifcfg_problems_free(fixture->problems);
    g_free(fixture->root);
}

static void write_file(const Fixture *fixture, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(fixture->root, name, NULL), *folder = g_path_get_dirname(path);

    g_assert_cmpint(g_mkdir_with_parents(folder, 0755), ==, 0);
    g_assert_true(g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0644, NULL));
}

static const IfcfgModuleEntry *load_find(Fixture *fixture, const char *name)
{
    if (!fixture->modules)
        fixture->modules = ifcfg_modules_load(fixture->root, fixture->problems);
    return ifcfg_modules_find(fixture->modules, name);
}

static void test_nothing(Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_assert_null(load_find(fixture, "bond0"));
    g_assert_cmpuint(ifcfg_modules_length(fixture->modules), ==, 0);
    g_assert_null(ifcfg_modules_nth(fixture->modules, 0));
    g_assert_cmpuint(ifcfg_problems_length(fixture->problems), ==, 0);
}

static void test_lines(Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    write_file(fixture, "etc/modprobe.conf",
               "# alias bond9 bonding\n"
               "alias  bond0\tbonding\n"
               "  options bond0 mode=1 \\\n"
               "      miimon=100\n"
               "options bond0 primary=eth1\r\n"
               "options bonding max_bonds=0\n"
               "blacklist eth5\n"
               "alias eth0 e1000");
    const IfcfgModuleEntry *bond = load_find(fixture, "bond0");
    g_assert_cmpstr(bond->module, ==, "bonding");
    g_assert_cmpuint(bond->where.line, ==, 2);
    g_auto(GStrv) words = g_strsplit_set(bond->options, " \t", -1);
    g_autofree char *options = g_strjoinv(" ", words);
    g_assert_true(g_str_has_prefix(options, "mode=1 "));
    g_assert_true(g_str_has_suffix(options, "miimon=100 primary=eth1"));
    g_assert_cmpuint(bond->options_where.line, ==, 3);
    g_assert_cmpuint(bond->options_where.column, ==, 17);
    g_assert_cmpstr(load_find(fixture, "bonding")->options, ==, "max_bonds=0");
    g_assert_null(load_find(fixture, "bonding")->module);
    g_assert_cmpstr(load_find(fixture, "eth0")->module, ==, "e1000");
    g_assert_null(load_find(fixture, "eth5"));
    g_assert_null(load_find(fixture, "bond9"));
    g_assert_cmpuint(ifcfg_modules_length(fixture->modules), ==, 3);
    g_assert_cmpuint(ifcfg_problems_length(fixture->problems), ==, 1); /* the line that DOS ended */
}

static void test_order(Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    write_file(fixture, "etc/modules.conf", "alias eth0 first\nalias eth1 first\n");
    write_file(fixture, "usr/lib/modprobe.d/b.conf", "alias eth0 vendor\n");
    write_file(fixture, "usr/lib/modprobe.d/c.conf", "alias eth2 vendor\n");
    write_file(fixture, "etc/modprobe.d/a.conf", "alias eth0 early\n");
    write_file(fixture, "etc/modprobe.d/c.conf", "alias eth3 mine\n");
    write_file(fixture, "etc/modprobe.d/c.conf.rpmsave", "alias eth4 leftover\n");
    g_assert_cmpstr(load_find(fixture, "eth0")->module, ==, "vendor");
    g_assert_cmpstr(load_find(fixture, "eth1")->module, ==, "first");
    g_assert_cmpstr(load_find(fixture, "eth3")->module, ==, "mine");
    g_assert_null(load_find(fixture, "eth2"));
    g_assert_null(load_find(fixture, "eth4"));
}

static void test_install(Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *canary = g_build_filename(fixture->root, "canary", NULL);
    g_autofree char *text = g_strdup_printf("install ipv6 /bin/true\n"
                                            "install bond0 touch %s\n"
                                            "remove eth1 touch %s\n",
                                            canary, canary);
    write_file(fixture, "etc/modprobe.d/x.conf", text);
    load_find(fixture, "bond0");
    g_assert_false(g_file_test(canary, G_FILE_TEST_EXISTS));
    g_assert_cmpuint(ifcfg_problems_length(fixture->problems), ==, 2);
    g_assert_cmpuint(ifcfg_problems_count(fixture->problems, IFCFG_WARNING), ==, 2);
    g_assert_cmpuint(ifcfg_problems_get(fixture->problems, 0)->where.line, ==, 2);
    g_assert_nonnull(
        strstr(ifcfg_problems_get(fixture->problems, 0)->message, "install bond0 is not executed"));
}

/* The line that gave a second bond options of its own is understood, and not run; any other is told. */
static void test_install_bond(Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const others[] = {"/bin/true",
                                         "/sbin/modprobe bonding",
                                         "/sbin/modprobe e1000 mode=1",
                                         "/sbin/modprobe bonding mode=1; date",
                                         "/sbin/modprobe bonding mode=$(date)",
                                         "modprobe bonding mode=1 && date",
                                         "/sbin/insmod bonding mode=1",
                                         "/sbin/modprobe bonding mode=1 fast"};
    g_autoptr(GString) text =
        g_string_new("install bond1 /sbin/modprobe --ignore-install bonding -o bond1 mode=1 miimon=100\n"
                     "install bond2 modprobe -i bonding --name bond2 mode=4\n");
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        g_string_append_printf(text, "install bond9 %s\n", others[i]);
    write_file(fixture, "etc/modprobe.conf", text->str);
    const IfcfgModuleEntry *bond = load_find(fixture, "bond1");
    g_assert_cmpstr(g_strchug(bond->options), ==, "mode=1 miimon=100");
    g_assert_cmpuint(bond->options_where.line, ==, 1);
    g_assert_cmpuint(bond->options_where.column, ==, 15);
    g_assert_cmpstr(g_strchug(load_find(fixture, "bond2")->options), ==, "mode=4");
    g_assert_null(load_find(fixture, "bond9"));
    g_assert_cmpuint(ifcfg_problems_length(fixture->problems), ==, G_N_ELEMENTS(others));
}

static void test_masked(Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *masked = g_build_filename(fixture->root, "etc/modprobe.d/vendor.conf", NULL);
    g_autofree char *gone = g_build_filename(fixture->root, "etc/modprobe.d/gone.conf", NULL);
    write_file(fixture, "etc/modprobe.d/mine.conf", "alias eth0 mine\n");
    write_file(fixture, "usr/lib/modprobe.d/vendor.conf", "alias eth1 vendor\n");
    g_assert_cmpint(symlink("/dev/null", masked), ==, 0);
    g_assert_cmpint(symlink("nowhere", gone), ==, 0);
    g_assert_null(load_find(fixture, "eth1"));
    g_assert_nonnull(load_find(fixture, "eth0"));
    g_assert_cmpuint(ifcfg_problems_length(fixture->problems), ==, 0);
}

static void test_alias_off(Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    write_file(fixture, "etc/modules.conf", "alias eth0 e1000\nalias eth0 off\nalias eth1 off\n");
    g_assert_null(load_find(fixture, "eth0")->module);
    g_assert_null(load_find(fixture, "eth1"));
}

static void test_broken(Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    write_file(fixture, "etc/modprobe.d/a.conf",
               "alias\nalias bond0\noptions bond0\nalias bond1 bonding\n\\");
    write_file(fixture, "etc/modprobe.d/b.conf/file", "");
    g_assert_nonnull(load_find(fixture, "bond1"));
    g_assert_cmpuint(ifcfg_modules_length(fixture->modules), ==, 1);
    g_assert_cmpuint(ifcfg_problems_count(fixture->problems, IFCFG_WARNING), ==, 3);
    g_assert_cmpuint(ifcfg_problems_count(fixture->problems, IFCFG_ERROR), ==, 1); /* the folder */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/modules/nothing", Fixture, NULL, fixture_setup, test_nothing, fixture_teardown);
    g_test_add("/modules/lines", Fixture, NULL, fixture_setup, test_lines, fixture_teardown);
    g_test_add("/modules/order", Fixture, NULL, fixture_setup, test_order, fixture_teardown);
    g_test_add("/modules/install", Fixture, NULL, fixture_setup, test_install, fixture_teardown);
    g_test_add("/modules/install-bond", Fixture, NULL, fixture_setup, test_install_bond, fixture_teardown);
    g_test_add("/modules/masked", Fixture, NULL, fixture_setup, test_masked, fixture_teardown);
    g_test_add("/modules/alias-off", Fixture, NULL, fixture_setup, test_alias_off, fixture_teardown);
    g_test_add("/modules/broken", Fixture, NULL, fixture_setup, test_broken, fixture_teardown);
    return g_test_run();
}
