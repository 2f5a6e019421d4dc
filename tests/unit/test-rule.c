/* Lines of rule files: what they mean, and what is said about those that mean nothing. */
#include "route-cases.h"
#include <linux/fib_rules.h>

static char *rule_line_format(const char *line, int family, const IfcfgRtNames *names, const char *file,
                              IfcfgProblems *problems)
{
    IfcfgWhere where = {g_intern_string(file), 1, 1};
    g_autoptr(IfcfgRule) rule = ifcfg_rule_parse(line, family, names, where, problems);
    return rule ? ifcfg_rule_format(rule) : NULL;
}

#define FROM "from 10.0.0.0/8"

static const LineCase good[] = {
    {AF_INET, FROM " table 5", FROM " table 5", NULL},
    {AF_INET, FROM, FROM " table main", NULL},
    {AF_INET, "ip rule add " FROM " lookup main", FROM " table main", NULL},
    {AF_INET, "table 5 # remark", "from all table 5", NULL},
    {AF_INET, "from 0/0 to all table 5", "from all table 5", NULL},
    {AF_INET, "from 10.1.2.3/8 to 10.2.0.1 table 5", FROM " to 10.2.0.1/32 table 5", NULL},
    {AF_INET, "table 5 priority 100 " FROM, "priority 100 " FROM " table 5", NULL},
    {AF_INET, "pref 0 table 5", "priority 0 from all table 5", NULL},
    {AF_INET, "order 7 dev eth0 pro static", "priority 7 from all iif eth0 table main protocol static", NULL},
    {AF_INET, "iif eth0 oif eth1 table 0x105", "from all iif eth0 oif eth1 table 261", NULL},
    {AF_INET, "not " FROM " tos 10 fwmark 16/0xff", "not " FROM " tos 0x10 fwmark 0x10/0xff table main",
     NULL},
    {AF_INET, "dsfield AF21 fwmark 0x10", "from all tos 0x48 fwmark 0x10 table main", NULL},
    {AF_INET, "iif \\\\ oif \\#x", "from all iif \\\\ oif \\#x table main", NULL},
    {AF_INET, "ipproto tcp sport 1024 dport 80-443",
     "from all ipproto tcp sport 1024 dport 80-443 table main", NULL},
    {AF_INET, "ipproto 6 dport 80-80", "from all ipproto tcp dport 80 table main", NULL},
    {AF_INET, "ipproto 200", "from all ipproto 200 table main", NULL},
    {AF_INET, "tun_id 0x7 table 5", "from all tun_id 7 table 5", NULL},
    {AF_INET, "tun 18446744073709551615", "from all tun_id 18446744073709551615 table main", NULL},
    {AF_INET, "sup_pl 0 sup_group default",
     "from all table main suppress_prefixlength 0 suppress_ifgroup default", NULL},
    {AF_INET, "table main suppress_p 1", "from all table main suppress_prefixlength 1", NULL},
    {AF_INET, "uidrange 0-99", "from all uidrange 0-99 table main", NULL},
    {AF_INET, FROM " blackhole", FROM " blackhole", NULL},
    {AF_INET, FROM " type unreachable", FROM " unreachable", NULL},
    {AF_INET, "prohibit " FROM, FROM " prohibit", NULL},
    {AF_INET, "unicast " FROM " table 5", FROM " table 5", NULL},
    {AF_INET, "priority 10 goto 20", "priority 10 from all goto 20", NULL},
    {AF_INET, "goto 20", "from all goto 20", NULL},
    {AF_INET, "priority 10 nop", "priority 10 from all nop", NULL},
    {AF_INET6, "-6 from 2001:db8::1/32 table 5", "from 2001:db8::/32 table 5", NULL},
};

static const LineCase bad[] = {
    {AF_INET, "table 5 blackhole", "from all blackhole",
     "1:1: warning: a rule that says \"blackhole\" does not look up its table"},
    {AF_INET, " add # nothing", NULL, "1:1: error: this rule is empty: write what it selects, and a table"},
    {AF_INET, FROM " 10.1.0.0/16", NULL, "1:17: error: \"10.1.0.0/16\" is not a word of \"ip rule add\""},
    {AF_INET, FROM " from", NULL, "1:17: error: \"from\" needs a value, but the line ends here"},
    {AF_INET, "from net table 5", NULL, "1:6: error: \"net\" is not an IPv4 address or ADDRESS/LENGTH"},
    {AF_INET, "table web", NULL,
     "1:7: error: no routing table is called \"web\": add a line \"NUMBER web\" to /etc/iproute2/rt_tables"},
    {AF_INET, "table 0", NULL, "1:7: error: there is no table 0: name a table from 1 on"},
    {AF_INET, "fwmark x", NULL, "1:8: error: \"x\" is not a mark: write NUMBER or NUMBER/MASK"},
    {AF_INET, "fwmark 1/", NULL, "1:8: error: \"1/\" is not a mark: write NUMBER or NUMBER/MASK"},
    {AF_INET, "iif a/b", NULL,
     "1:5: error: \"a/b\" is not an interface name: an interface name cannot contain /"},
    {AF_INET, "ipproto foo", NULL, "1:9: error: \"foo\" is not a known IP protocol, nor a number up to 255"},
    {AF_INET, "dport 65535", NULL,
     "1:7: error: \"65535\" is not a port or a range FIRST-LAST; the kernel takes 1 to 65534"},
    {AF_INET, "sport 9-8", NULL,
     "1:7: error: \"9-8\" is not a port or a range FIRST-LAST; the kernel takes 1 to 65534"},
    {AF_INET, "uidrange 5", NULL, "1:10: error: \"5\" is not a range of user numbers FIRST-LAST"},
    {AF_INET, "priority 10 goto 10", NULL,
     "1:1: error: \"goto 10\" does not lead to a rule after this one, of priority 10"},
    {AF_INET, "goto", NULL, "1:1: error: \"goto\" needs a value, but the line ends here"},
    {AF_INET, FROM " type throw", NULL,
     "1:22: error: \"throw\" is not what a rule can do: blackhole, unreachable or prohibit are"},
    {AF_INET, "l3mdev priority 1000", "priority 1000 from all l3mdev", NULL},
    {AF_INET6, "iif eth0 l3mdev", "from all iif eth0 l3mdev", NULL},
    {AF_INET, "l3mdev table 5", NULL, "1:1: error: \"l3mdev\" is the table: a rule with it names no other"},
    {AF_INET, "from 10.0.0.1 table 5 realms 3/7", "from 10.0.0.1/32 table 5 realms 3/7", NULL},
    {AF_INET, "table 5 realms 7", "from all table 5 realms 0/7", NULL},
    {AF_INET, "table 5 realms far", NULL,
     "1:16: error: \"far\" is not a realm: write [FROM/]TO, by names of /etc/iproute2/rt_realms or numbers"},
    {AF_INET6, "table 5 realms 7", NULL, "1:9: error: IPv6 has no realms"},
    {AF_INET, "rule del " FROM, NULL,
     "1:6: error: only the arguments of \"ip rule add\" can stand here, not \"del\""},
    {AF_INET, "to 2001:db8::/32", NULL,
     "1:4: error: \"2001:db8::/32\" is IPv6 in a file for IPv4: move the line to rule6-eth0"},
};

static void test_good(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(good); i++)
        line_case_run(&good[i], rule_line_format, "/etc/rule-eth0");
}

static void test_bad(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        line_case_run(&bad[i], rule_line_format, "/etc/rule-eth0");
}

static void test_defaults(void)
{
    g_autoptr(IfcfgRule) rule = ifcfg_rule_parse("table 5", AF_INET6, NULL, (IfcfgWhere){}, NULL);
    g_assert_nonnull(rule);
    g_assert_cmpuint(rule->family, ==, AF_INET6);
    g_assert_cmpuint(rule->action, ==, FR_ACT_TO_TBL);
    g_assert_cmpuint(rule->from.ip.family, ==, AF_UNSPEC);
    g_assert_cmpint(rule->suppress_prefixlength, ==, -1);
    g_assert_cmpint(rule->suppress_ifgroup, ==, -1);
    g_assert_false(rule->has_priority || rule->has_fwmark || rule->has_uid || rule->invert);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rule/good", test_good);
    g_test_add_func("/rule/bad", test_bad);
    g_test_add_func("/rule/defaults", test_defaults);
    return g_test_run();
}
