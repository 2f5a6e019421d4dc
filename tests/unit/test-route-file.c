/* Route and rule files, in both syntaxes, and the names of tables that iproute2's files give. */
#include "ifcfg-route.h"
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

typedef struct {
    char *dir;
} Fixture;

static void fixture_set_up(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->dir = g_dir_make_tmp("test-route-XXXXXX", NULL);
    g_assert_nonnull(fixture->dir);
}

static void fixture_tear_down(Fixture *fixture, gconstpointer data)
{
    (void)data;
    g_free(fixture->dir);
}

static char *file_write(const Fixture *fixture, const char *name, const char *text)
{
    char *path = g_build_filename(fixture->dir, name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    g_assert_cmpint(g_mkdir_with_parents(folder, 0755), ==, 0);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_assert_cmpint(g_chmod(path, 0644), ==, 0);
    return path;
}

/* All problems, one a line, without the folder. */
static char *problems_format(const IfcfgProblems *problems, const char *dir)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        g_autofree char *line = ifcfg_problem_format(ifcfg_problems_get(problems, i));
        gboolean inside = g_str_has_prefix(line, dir);
        g_string_append_printf(text, "%s\n", inside ? line + strlen(dir) + 1 : line);
    }
    return g_string_free(text, FALSE);
}

static char *routes_format(const GPtrArray *routes)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < routes->len; i++) {
        const IfcfgRoute *route = g_ptr_array_index(routes, i);
        g_autofree char *line = ifcfg_route_format(route);
        g_string_append_printf(text, "%u:%u %s\n", route->where.line, route->where.column, line);
    }
    return g_string_free(text, FALSE);
}

static char *rules_format(const GPtrArray *rules)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < rules->len; i++) {
        const IfcfgRule *rule = g_ptr_array_index(rules, i);
        g_autofree char *line = ifcfg_rule_format(rule);
        g_string_append_printf(text, "%u:%u %s\n", rule->where.line, rule->where.column, line);
    }
    return g_string_free(text, FALSE);
}

static void routes_expect(const Fixture *fixture, const char *name, const char *path, const char *routes_text,
                          const char *problems_text)
{
    int family = g_str_has_prefix(name, "route6-") ? AF_INET6 : AF_INET;
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GPtrArray) routes = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_route_free);
    ifcfg_route_file_load(path, family, NULL, routes, problems);
    g_autofree char *got_routes = routes_format(routes);
    g_autofree char *got_problems = problems_format(problems, fixture->dir);
    g_assert_cmpstr(got_routes, ==, routes_text);
    g_assert_cmpstr(got_problems, ==, problems_text);
}

typedef struct {
    const char *test, *name, *text, *routes, *problems;
} FileCase;

/* The place of a route is its first word, or its ADDRESSn key. */
static const FileCase cases[] = {
    {"/route-file/lines", "route-eth0",
     "# remark\n\n  # indented remark\n10.0.0.0/8 via 192.0.2.1\n\t10.1.0.0/16 dev eth0 # "
     "why\n192.0.2.128/25",
     "4:1 10.0.0.0/8 via 192.0.2.1\n5:2 10.1.0.0/16 dev eth0\n6:1 192.0.2.128/25\n", ""},
    {"/route-file/crlf", "route-eth0", "10.0.0.0/8 via 192.0.2.1\r\n\r\n10.1.0.0/16 dev eth0\r",
     "1:1 10.0.0.0/8 via 192.0.2.1\n3:1 10.1.0.0/16 dev eth0\n",
     "route-eth0:1: warning: lines end in CR LF, as DOS writes them; the CR is ignored (sed -i 's/\\r$//' "
     "removes it)\n"},
    {"/route-file/continued", "route-eth0",
     "default \\\n  nexthop via 192.0.2.1 \\\n  nexthop via 192.0.2.2\n10.0.0.0/8 via x\n",
     "1:1 default nexthop via 192.0.2.1 weight 1 nexthop via 192.0.2.2 weight 1\n",
     "route-eth0:4:16: error: \"x\" after \"via\" is not an IPv4 address\n"},
    {"/route-file/continued-remark", "route-eth0", "# default \\\n via 192.0.2.1\n10.0.0.0/8\n",
     "3:1 10.0.0.0/8\n", ""},
    {"/route-file/bad-line-spares-others", "route-eth0",
     "10.0.0.0/8\n  10.1.0.0/16 vai 192.0.2.1\n10.2.0.0/16\n", "1:1 10.0.0.0/8\n3:1 10.2.0.0/16\n",
     "route-eth0:2:15: error: \"vai\" is not a word of \"ip route add\"\n"},
    {"/route-file/wrong-family", "route-eth0", "2001:db8::/32 via fe80::1\n", "",
     "route-eth0:1:1: error: \"2001:db8::/32\" is IPv6 in a file for IPv4: move the line to route6-eth0\n"},
    {"/route-file/ipv6", "route6-eth0", "2001:db8::/32 via fe80::1\ndefault via fe80::1 metric 5\n",
     "1:1 2001:db8::/32 via fe80::1\n2:1 default via fe80::1 metric 5\n", ""},
    {"/route-file/empty", "route-eth0", "", "", ""},
    {"/route-file/addresses", "route-eth0",
     "ADDRESS0=10.0.0.0\nNETMASK0=255.0.0.0\nGATEWAY0=192.0.2.1\n# the "
     "second\nADDRESS1=10.1.0.0\nNETMASK1=16\n",
     "1:1 10.0.0.0/8 via 192.0.2.1\n5:1 10.1.0.0/16\n", ""},
    {"/route-file/addresses-default", "route-eth0",
     "ADDRESS0=0.0.0.0\nNETMASK0=0.0.0.0\nGATEWAY0=192.0.2.1\n", "1:1 default via 192.0.2.1\n", ""},
    {"/route-file/addresses-gap-and-order", "route-eth0",
     "ADDRESS10=10.10.0.0\nNETMASK10=16\nADDRESS2=10.2.0.0\nNETMASK2=16\n",
     "3:1 10.2.0.0/16\n1:1 10.10.0.0/16\n", ""},
    {"/route-file/addresses-options", "route-eth0",
     "ADDRESS0=10.0.0.0\nNETMASK0=8\nGATEWAY0=192.0.2.1\nMETRIC0=7\nOPTIONS0=\"mtu 1400 table 5 onlink\"\n",
     "1:1 10.0.0.0/8 via 192.0.2.1 onlink metric 7 table 5 mtu 1400\n", ""},
    {"/route-file/addresses-last-wins", "route-eth0",
     "ADDRESS0=10.0.0.0\nNETMASK0=8\nADDRESS0=10.1.0.0\nNETMASK0=16\n", "3:1 10.1.0.0/16\n", ""},
    {"/route-file/addresses-length-inside", "route-eth0", "ADDRESS0=10.0.0.0/9\nGATEWAY0=192.0.2.1\n",
     "1:1 10.0.0.0/9 via 192.0.2.1\n", ""},
    {"/route-file/addresses-ipv6", "route6-eth0", "ADDRESS0=2001:db8::\nNETMASK0=32\nGATEWAY0=fe80::1\n",
     "1:1 2001:db8::/32 via fe80::1\n", ""},
    {"/route-file/addresses-class", "route-eth0", "ADDRESS0=192.0.2.0\nGATEWAY0=198.51.100.1\n",
     "1:1 192.0.2.0/24 via 198.51.100.1\n",
     "route-eth0:1:10: warning: no NETMASK0 for this network: /24 is assumed\n"},
    {"/route-file/addresses-one-host", "route-eth0", "ADDRESS0=10.2.3.4\nGATEWAY0=198.51.100.1\n",
     "1:1 10.2.3.4/32 via 198.51.100.1\n",
     "route-eth0:1:10: warning: no NETMASK0 for this network: /32 is assumed\n"},
    {"/route-file/addresses-host-bits", "route-eth0", "ADDRESS0=10.1.2.3\nNETMASK0=255.255.0.0\n",
     "1:1 10.1.0.0/16\n",
     "route-eth0:1:10: warning: \"10.1.2.3\" is an address inside a network, not a network: 10.1.0.0/16 is "
     "used\n"},
    {"/route-file/addresses-orphans", "route-eth0",
     "ADDRESS0=10.0.0.0\nNETMASK0=8\nGATEWAY1=192.0.2.1\nNETMASK1=8\nPREFIX0=9\nGATEWAY2=\n",
     "1:1 10.0.0.0/8\n",
     "route-eth0:3:1: warning: GATEWAY1 is ignored, as there is no ADDRESS1\n"
     "route-eth0:4:1: warning: NETMASK1 is ignored, as there is no ADDRESS1\n"
     "route-eth0:5:1: warning: PREFIX0 is ignored in a file of routes: ADDRESSn, NETMASKn, GATEWAYn, "
     "METRICn and "
     "OPTIONSn are\n"},
    {"/route-file/addresses-bad-values", "route-eth0",
     "ADDRESS0=ten\nADDRESS1=10.1.0.0\nNETMASK1=255.0.255.0\nADDRESS2=10.2.0.0\nNETMASK2=16\nGATEWAY2=gw\n"
     "ADDRESS3=10.3.0.0\nNETMASK3=16\nMETRIC3=low\nADDRESS4=10.4.0.0\nNETMASK4=16\nOPTIONS4=\"mtu 9 vai x\"\n"
     "ADDRESS5=10.5.0.0\nNETMASK5=16\n",
     "7:1 10.3.0.0/16\n10:1 10.4.0.0/16\n13:1 10.5.0.0/16\n",
     "route-eth0:1:10: error: \"ten\" is not an IPv4 address or ADDRESS/LENGTH\n"
     "route-eth0:3:10: error: \"255.0.255.0\" is not a netmask: the route to 10.1.0.0 is ignored\n"
     "route-eth0:6:10: error: \"gw\" after \"GATEWAY2\" is not an IPv4 address\n"
     "route-eth0:9:9: warning: \"low\" after \"METRIC3\" is not a number from 0 to 4294967295\n"
     "route-eth0:12:17: warning: \"vai\" is not a word of \"ip route add\"\n"},
    {"/route-file/addresses-wrong-family", "route-eth0", "ADDRESS0=2001:db8::\nNETMASK0=32\n", "",
     "route-eth0:1:10: error: \"2001:db8::\" is IPv6 in a file for IPv4: move the line to route6-eth0\n"},
};

static void test_case(Fixture *fixture, gconstpointer data)
{
    const FileCase *test = data;
    g_autofree char *path = file_write(fixture, test->name, test->text);
    routes_expect(fixture, test->name, path, test->routes, test->problems);
}

static void test_missing(Fixture *fixture, gconstpointer data)
{
    (void)data;
    g_autofree char *path = g_build_filename(fixture->dir, "route-eth0", NULL);
    routes_expect(fixture, "route-eth0", path, "", "");
}

/* A FIFO without a writer would block whoever opens it. */
static void test_fifo(Fixture *fixture, gconstpointer data)
{
    (void)data;
    g_autofree char *path = g_build_filename(fixture->dir, "route-eth0", NULL);
    g_assert_cmpint(mkfifo(path, 0644), ==, 0);
    routes_expect(
        fixture, "route-eth0", path, "",
        "route-eth0: error: this is a FIFO, not read: a configuration file must be a regular file\n");
}

static void test_rules(Fixture *fixture, gconstpointer data)
{
    (void)data;
    g_autofree char *path = file_write(
        fixture, "rule-eth0", "# remark\nfrom 10.0.0.0/8 table 5\n from net\nto 10.1.0.0/16 \\\n table 6\n");
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GPtrArray) rules = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_rule_free);
    ifcfg_rule_file_load(path, AF_INET, NULL, rules, problems);
    g_autofree char *got_rules = rules_format(rules);
    g_autofree char *got_problems = problems_format(problems, fixture->dir);
    g_assert_cmpstr(got_rules, ==, "2:1 from 10.0.0.0/8 table 5\n4:1 from all to 10.1.0.0/16 table 6\n");
    g_assert_cmpstr(got_problems, ==,
                    "rule-eth0:3:7: error: \"net\" is not an IPv4 address or ADDRESS/LENGTH\n");
}

static guint32 table_number(const IfcfgRtNames *names, const char *table)
{
    g_autofree char *line = g_strdup_printf("10.0.0.0/8 table %s", table);
    g_autoptr(IfcfgRoute) route = ifcfg_route_parse(line, AF_INET, names, (IfcfgWhere){}, NULL);
    return route ? route->table : 0;
}

static void test_names(Fixture *fixture, gconstpointer data)
{
    (void)data;
    g_autofree char *vendor = file_write(fixture, "usr/share/iproute2/rt_tables", "100 web\n101 db\n");
    g_autofree char *own =
        file_write(fixture, "etc/iproute2/rt_tables",
                   "#\n# tables\n#\n255\tlocal\n 0xc8 web # remark\n7 n0-hc\nnonsense\n-1 minus\n");
    g_autofree char *part = file_write(fixture, "etc/iproute2/rt_tables.d/x.conf", "300 big");
    g_autofree char *other = file_write(fixture, "etc/iproute2/rt_tables.d/x.rpmsave", "301 old\n");
    g_autoptr(IfcfgRtNames) names = ifcfg_rtnames_load(fixture->dir);
    g_assert_cmpuint(table_number(names, "web"), ==, 200); /* /etc is above /usr */
    g_assert_cmpuint(table_number(names, "db"), ==, 101);
    g_assert_cmpuint(table_number(names, "n0-hc"), ==, 7);
    g_assert_cmpuint(table_number(names, "big"), ==, 300);
    g_assert_cmpuint(table_number(names, "old"), ==, 0);
    g_assert_cmpuint(table_number(names, "minus"), ==, 0);
    g_assert_cmpuint(table_number(names, "default"), ==, 253);
    g_assert_cmpuint(table_number(NULL, "web"), ==, 0);
}

#define ADD(path, function) g_test_add(path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        g_test_add(cases[i].test, Fixture, &cases[i], fixture_set_up, test_case, fixture_tear_down);
    ADD("/route-file/missing", test_missing);
    ADD("/route-file/fifo", test_fifo);
    ADD("/rule-file/lines", test_rules);
    ADD("/rtnames/files", test_names);
    return g_test_run();
}
