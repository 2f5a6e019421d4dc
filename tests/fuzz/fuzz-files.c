/* Any bytes as a whole route, rule or module file (the first byte, a digit in the examples, picks which):
 * never a crash, every problem has its place in the file, and every route and rule that comes out can be
 * printed and read again. */
#include "ifcfg-modules.h"
#include "ifcfg-route.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static int fd = -1;
static char *root; /* a tree of one file, its modules.conf */
static char *path; /* of that file, and of fd */

static void set_up(void)
{
    root = g_dir_make_tmp("fuzz-files-XXXXXX", NULL);
    g_autofree char *folder = g_build_filename(root, "etc", NULL);
    path = g_build_filename(folder, "modules.conf", NULL);
    g_assert_cmpint(g_mkdir(folder, 0700), ==, 0);
    fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    g_assert_cmpint(fd, >=, 0);
}

/* libFuzzer ends by exit() when its time is over. */
static void __attribute__((destructor)) tear_down(void)
{
    if (!root)
        return;
    g_autofree char *folder = g_build_filename(root, "etc", NULL);
    g_unlink(path);
    g_rmdir(folder);
    g_rmdir(root);
    g_free(root);
    g_free(path);
}

static void check_routes(int family, IfcfgProblems *problems)
{
    g_autoptr(GPtrArray) routes = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_route_free);
    ifcfg_route_file_load(path, family, NULL, routes, problems);
    for (guint i = 0; i < routes->len; i++) {
        const IfcfgRoute *route = g_ptr_array_index(routes, i);
        g_autofree char *text = ifcfg_route_format(route);
        g_autoptr(IfcfgRoute) again = ifcfg_route_parse(text, family, NULL, route->where, NULL);
        g_assert_nonnull(again);
    }
}

static void check_rules(int family, IfcfgProblems *problems)
{
    g_autoptr(GPtrArray) rules = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_rule_free);
    ifcfg_rule_file_load(path, family, NULL, rules, problems);
    for (guint i = 0; i < rules->len; i++) {
        const IfcfgRule *rule = g_ptr_array_index(rules, i);
        g_autofree char *text = ifcfg_rule_format(rule);
        g_autoptr(IfcfgRule) again = ifcfg_rule_parse(text, family, NULL, rule->where, NULL);
        g_assert_nonnull(again);
    }
}

static void check_modules(IfcfgProblems *problems)
{
    g_autoptr(IfcfgModules) modules = ifcfg_modules_load(root, problems);
    for (guint i = 0; i < ifcfg_modules_length(modules); i++) {
        const IfcfgModuleEntry *entry = ifcfg_modules_nth(modules, i);
        g_assert_nonnull(entry->name);
        g_assert_true(ifcfg_modules_find(modules, entry->name) == entry);
    }
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    if (size == 0)
        return 0;
    if (fd < 0)
        set_up();
    g_assert_cmpint(ftruncate(fd, 0), ==, 0);
    g_assert_cmpint(pwrite(fd, data + 1, size - 1, 0), ==, (gssize)size - 1);
    guint which = (guint8)(data[0] - '0') % 5;
    if (which < 2)
        check_routes(which ? AF_INET6 : AF_INET, problems);
    else if (which < 4)
        check_rules(which == 3 ? AF_INET6 : AF_INET, problems);
    else
        check_modules(problems);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++)
        g_assert_nonnull(ifcfg_problems_get(problems, i)->where.file);
    return 0;
}
