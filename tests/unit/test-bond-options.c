/* BONDING_OPTS: every rule is one line of a table. */
#include "bond-family.h"

#include <string.h>

static const char *const test_ports[] = {"eth1", "eth2", NULL};

static void setting_append(GString *text, const LinkSetting *setting)
{
    g_string_append_printf(text, "%s%s=%s%s%s", text->len ? " " : "", setting->name,
                           setting->port ? setting->port : "", setting->port ? ":" : "", setting->text);
}

static char *settings_format(const LinkSettings *settings)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const GPtrArray *of_ports = link_settings_of_ports(settings);

    for (guint i = 0; i < link_settings_length(settings); i++)
        setting_append(text, link_settings_nth(settings, i));
    for (guint i = 0; i < of_ports->len; i++)
        setting_append(text, g_ptr_array_index(of_ports, i));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *problems_format(const IfcfgProblems *problems)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        g_autofree char *line = ifcfg_problem_format(ifcfg_problems_get(problems, i));
        g_string_append_printf(text, "%s\n", line);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* `says` is NULL when nothing may be said, else part of a problem; an error of it starts with "error: ". */
typedef struct {
    const char *text, *result, *says;
} Case;

static void check_case(const Case *item, const char *problems, const char *result)
{
    if (!g_str_equal(result, item->result))
        g_error("\"%s\" gives \"%s\" instead of \"%s\" (%s)", item->text, result, item->result, problems);
    if (item->says ? !strstr(problems, item->says) : *problems != '\0')
        g_error("\"%s\" says \"%s\" instead of \"%s\"", item->text, problems, item->says ? item->says : "");
}

static const Case split_cases[] = {
    {"mode=1 miimon=100", "mode=active-backup miimon=100", NULL},
    {"", "", NULL},
    {"   miimon=100   mode=active-backup ", "mode=active-backup miimon=100", NULL},
    {"miimon=100, mode=1", "mode=active-backup miimon=100", NULL},
    {"miimon=100,mode=1,", "mode=active-backup miimon=100", NULL},
    {"primary = eth1 mode= 1", "mode=active-backup primary=eth1",
     "x:3:11: warning: spaces around '=': it is read as primary=eth1, write it so"},
    {"mode\t=1", "mode=active-backup", "warning: spaces around '='"},
    {"downdelay =0", "downdelay=0", "warning: spaces around '='"},
    {"miimon-100 mode=1", "mode=active-backup",
     "x:3:11: error: 'miimon-100' is not OPTION=VALUE: did you mean miimon=100?"},
    {"mode=1 miimon:100", "mode=active-backup",
     "x:3:18: error: 'miimon:100' is not OPTION=VALUE: did you mean miimon=100?"},
    {"mode=1 fast", "mode=active-backup", "x:3:18: error: 'fast' is not OPTION=VALUE"},
    {"mode=1 =5", "mode=active-backup", "x:3:18: error: '=5' has no option name"},
    {"mode=1 primary= miimon=100", "mode=active-backup miimon=100", "x:3:18: warning: primary= has no value"},
    {"primary=", "", "warning: primary= has no value"},
    {"miimon=100 miimon=200", "miimon=200", "x:3:29: warning: miimon is given twice"},
    {"miimon=100 miimon=100", "miimon=100", NULL},
    {"arp_ip_target=10.0.0.1 arp_ip_target=10.0.0.2", "arp_ip_target=10.0.0.1,10.0.0.2", NULL},
    {"arp_ip_target=+10.0.0.1,+10.0.0.2", "arp_ip_target=10.0.0.1,10.0.0.2", NULL},
    {"arp_ip_target=10.0.0.1, 10.0.0.10 mode=1", "mode=active-backup arp_ip_target=10.0.0.1,10.0.0.10", NULL},
    {"arp_ip_target=10.0.0.1,mode=1", "mode=active-backup arp_ip_target=10.0.0.1", NULL},
    {"arp_ip_target=10.0.0.1,10.0.0.1", "arp_ip_target=10.0.0.1", NULL},
    {"arp_ip_target=10.0.0.1 10.0.0.2", "arp_ip_target=10.0.0.1", "error: '10.0.0.2' is not OPTION=VALUE"},
    {"queue_id=eth1:1 queue_id=eth2:2", "queue_id=eth1:1 queue_id=eth2:2", NULL},
    {"prio=eth1:-5,eth2:7", "prio=eth1:-5 prio=eth2:7", NULL},
    {"queue_id=eth1:65536", "",
     "x:3:20: error: queue_id=eth1:65536 is not possible: use PORT:NUMBER with a number from 0 to 65535"},
    {"queue_id=eth1", "", "error: queue_id=eth1 is not possible: use PORT:NUMBER"},
    {"queue_id=:1", "", "error: queue_id=:1 is not possible: use PORT:NUMBER"},
    {"mode=failover", "",
     "x:3:16: error: mode=failover is not possible: use balance-rr (0), active-backup (1)"},
    {"num_unsol_na=3", "num_grat_arp=3", NULL},
    {"miimom=100", "miimom=100", "x:3:11: warning: unknown bonding option 'miimom', did you mean miimon?"},
    {"from_the_future=1 primary=eth1 mode=1", "mode=active-backup from_the_future=1 primary=eth1",
     "warning: unknown bonding option 'from_the_future'"},
    {"../../../etc/x=1", "", "error: '../../../etc/x' is not a bonding option"},
    {"MODE=1", "", "error: 'MODE' is not a bonding option, did you mean mode?"},
    {"slaves=+eth1", "", "error: slaves is not for BONDING_OPTS"},
    {"tlb_dynamic_lb=0 primary=eth1 lacp_rate=1 updelay=200 miimon=100 mode=6",
     "mode=balance-alb miimon=100 updelay=200 lacp_rate=fast tlb_dynamic_lb=off primary=eth1", NULL},
};

static void test_split(void)
{
    IfcfgWhere where = {"x", 3, 11};

    for (guint i = 0; i < G_N_ELEMENTS(split_cases); i++) {
        g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
        g_autoptr(LinkSettings) settings = link_settings_new(&bond_family);
        link_settings_parse(settings, split_cases[i].text, where, FALSE, problems);
        g_autofree char *said = problems_format(problems), *result = settings_format(settings);
        check_case(&split_cases[i], said, result);
    }
}

static const Case complete_cases[] = {
    {"mode=1 miimon=100", "mode=active-backup miimon=100", NULL},
    {"", "miimon=100", NULL},
    {"mode=1", "mode=active-backup miimon=100", NULL},
    {"mode=1 updelay=200", "mode=active-backup miimon=100 updelay=200", NULL},
    {"mode=1 miimon=0", "mode=active-backup miimon=0", "error: miimon=0 without arp_interval"},
    {"mode=1 primary=eth1", "mode=active-backup miimon=100 primary=eth1", NULL},
    {"mode=1 primary=eth9", "mode=active-backup miimon=100",
     "error: primary=eth9 is ignored: eth9 is not one of its ports (eth1, eth2)"},
    {"mode=4 primary=eth1", "mode=802.3ad miimon=100",
     "error: primary=eth1 is ignored: it exists only in mode"},
    {"mode=1 lacp_rate=fast", "mode=active-backup miimon=100", "error: lacp_rate=fast is ignored"},
    {"mode=1 lacp_rate=slow", "mode=active-backup miimon=100", NULL},
    {"mode=4 lacp_rate=fast", "mode=802.3ad miimon=100 lacp_rate=fast", NULL},
    {"mode=1 xmit_hash_policy=1", "mode=active-backup miimon=100 xmit_hash_policy=layer3+4",
     "warning: xmit_hash_policy=layer3+4 has an effect only in mode balance-xor, 802.3ad"},
    {"mode=1 xmit_hash_policy=0", "mode=active-backup miimon=100 xmit_hash_policy=layer2", NULL},
    {"mode=4 fail_over_mac=1", "mode=802.3ad miimon=100 fail_over_mac=active",
     "warning: fail_over_mac=active has an effect only"},
    {"mode=1 miimon=100 updelay=250", "mode=active-backup miimon=100 updelay=200",
     "warning: updelay=250 becomes 200: it is rounded down to a multiple of miimon=100"},
    {"mode=1 miimon=100 downdelay=50", "mode=active-backup miimon=100 downdelay=0",
     "warning: downdelay=50 becomes 0"},
    {"mode=1 arp_interval=500 arp_ip_target=10.0.0.1",
     "mode=active-backup arp_interval=500 arp_ip_target=10.0.0.1", NULL},
    {"mode=1 arp_interval=500 arp_ip_target=10.0.0.1 arp_validate=all",
     "mode=active-backup arp_interval=500 arp_ip_target=10.0.0.1 arp_validate=all", NULL},
    {"mode=1 arp_interval=500 arp_ip_target=10.0.0.1 updelay=200",
     "mode=active-backup arp_interval=500 arp_ip_target=10.0.0.1",
     "error: updelay=200 is ignored: it needs miimon"},
    {"mode=1 arp_interval=500 arp_ip_target=10.0.0.1 updelay=0",
     "mode=active-backup arp_interval=500 arp_ip_target=10.0.0.1", NULL},
    {"mode=1 arp_interval=500", "mode=active-backup arp_interval=500",
     "error: arp_interval without arp_ip_target"},
    {"mode=1 miimon=100 arp_interval=500 arp_ip_target=10.0.0.1",
     "mode=active-backup arp_interval=500 arp_ip_target=10.0.0.1",
     "warning: miimon=100 is ignored: arp_interval switches it off"},
    {"mode=1 miimon=100 arp_interval=500", "mode=active-backup miimon=100",
     "error: arp_interval=500 is ignored: it has no"},
    {"mode=1 miimon=0 arp_interval=500 arp_ip_target=10.0.0.1",
     "mode=active-backup miimon=0 arp_interval=500 arp_ip_target=10.0.0.1", NULL},
    {"mode=4 arp_interval=500 arp_ip_target=10.0.0.1", "mode=802.3ad miimon=100 arp_ip_target=10.0.0.1",
     "error: arp_interval=500 is ignored: it exists only in mode balance-rr"},
    {"mode=5 arp_interval=0 miimon=100", "mode=balance-tlb miimon=100", NULL},
    {"mode=1 miimon=100 arp_validate=3", "mode=active-backup miimon=100",
     "warning: arp_validate=all is ignored: it has no effect without arp_interval"},
    {"mode=1 arp_ip_target=10.0.0.1", "mode=active-backup miimon=100 arp_ip_target=10.0.0.1",
     "warning: arp_ip_target=10.0.0.1 has no effect without arp_interval"},
    {"mode=1 use_carrier=1", "mode=active-backup miimon=100 use_carrier=on", NULL},
    {"mode=1 use_carrier=0", "mode=active-backup miimon=100 use_carrier=off",
     "warning: use_carrier=off is refused by Linux 6.18"},
    {"mode=1 max_bonds=0", "mode=active-backup miimon=100", "warning: max_bonds=0 is for loading the module"},
    {"mode=1 queue_id=eth1:1,eth9:2", "mode=active-backup miimon=100 queue_id=eth1:1",
     "error: queue_id=eth9:2 is ignored: eth9 is not one of"},
    {"mode=1 prio=eth1:10 primary=eth2", "mode=active-backup miimon=100 primary=eth2 prio=eth1:10", NULL},
    {"packets_per_slave=3", "miimon=100 packets_per_slave=3", NULL},
    {"mode=1 packets_per_slave=3", "mode=active-backup miimon=100", "error: packets_per_slave=3 is ignored"},
    {"mode=failover primary=eth1 lacp_rate=fast", "miimon=100", NULL}, /* the mode itself has been told */
    {"mode=1 from_the_future=1 miimon=100", "mode=active-backup miimon=100 from_the_future=1", NULL},
};

static void test_complete(void)
{
    IfcfgWhere where = {"x", 3, 11};

    for (guint i = 0; i < G_N_ELEMENTS(complete_cases); i++) {
        g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
        g_autoptr(LinkSettings) settings = link_settings_new(&bond_family);
        link_settings_parse(settings, complete_cases[i].text, where, FALSE, NULL);
        link_settings_complete(settings, test_ports, where, problems);
        g_autofree char *said = problems_format(problems), *result = settings_format(settings);
        check_case(&complete_cases[i], said, result);

        g_autoptr(IfcfgProblems) again = ifcfg_problems_new();
        link_settings_complete(settings, test_ports, where, again);
        g_autofree char *twice = settings_format(settings);
        g_assert_cmpstr(twice, ==, result);
    }
}

static void test_unknown_ports(void)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(LinkSettings) settings = link_settings_new(&bond_family);
    IfcfgWhere where = {"x", 3, 11};

    link_settings_parse(settings, "mode=1 primary=eth9 queue_id=eth8:2", where, FALSE, problems);
    link_settings_complete(settings, NULL, where, problems);
    g_autofree char *result = settings_format(settings);
    g_assert_cmpstr(result, ==, "mode=active-backup miimon=100 primary=eth9 queue_id=eth8:2");
    g_assert_cmpuint(ifcfg_problems_length(problems), ==, 0);
}

/* What names a port is told of, even where there are none at all. */
static void test_no_ports(void)
{
    static const char *const none[] = {NULL};
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(LinkSettings) settings = link_settings_new(&bond_family);
    IfcfgWhere where = {"x", 3, 11};

    link_settings_parse(settings, "mode=1 primary=eth9 queue_id=eth8:2", where, FALSE, problems);
    link_settings_complete(settings, none, where, problems);
    g_autofree char *result = settings_format(settings);
    g_assert_cmpstr(result, ==, "mode=active-backup miimon=100");
    g_assert_cmpuint(ifcfg_problems_count(problems, IFCFG_ERROR), ==, 2);
    g_assert_cmpuint(link_settings_left_out(settings)->len, ==, 2);
}

static void test_layers(void)
{
    g_autoptr(LinkSettings) settings = link_settings_new(&bond_family);
    IfcfgWhere module = {"m", 1, 1}, file = {"x", 3, 11};

    link_settings_parse(settings, "mode=4 miimon=50 max_bonds=2 arp_ip_target=10.0.0.1", module, TRUE, NULL);
    link_settings_parse(settings, "mode=1 arp_ip_target=10.0.0.2", file, FALSE, NULL);
    g_autofree char *result = settings_format(settings);
    g_assert_cmpstr(result, ==, "mode=active-backup miimon=50 arp_ip_target=10.0.0.2 max_bonds=2");
    g_assert_false(link_settings_find(settings, "mode")->implied);
    g_assert_cmpuint(link_settings_find(settings, "mode")->where.column, ==, 16);
    g_assert_true(link_settings_find(settings, "miimon")->implied);

    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    link_settings_complete(settings, NULL, file, problems);
    g_assert_null(link_settings_find(settings, "max_bonds"));
    g_assert_cmpuint(ifcfg_problems_count(problems, IFCFG_WARNING), ==, 1); /* arp_ip_target */
}

static void test_implied_miimon(void)
{
    g_autoptr(LinkSettings) settings = link_settings_new(&bond_family);
    IfcfgWhere where = {"x", 3, 11};

    link_settings_complete(settings, NULL, where, NULL);
    const LinkSetting *miimon = link_settings_find(settings, "miimon");
    g_assert_nonnull(miimon);
    g_assert_true(miimon->implied);
    g_assert_cmpuint(miimon->number, ==, 100);
    g_assert_cmpuint(miimon->where.line, ==, 3);
}

static void test_set(void)
{
    g_autoptr(LinkSettings) settings = link_settings_new(&bond_family);
    g_autoptr(GError) error = NULL;

    g_assert_true(link_settings_set(settings, "mode", "active-backup", FALSE, &error));
    g_assert_true(link_settings_set(settings, "mode", "4", FALSE, &error));
    g_assert_cmpuint(link_settings_selector(settings), ==, BOND_MODE_8023AD);
    g_assert_false(link_settings_set(settings, "mode", "7", FALSE, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
    g_clear_error(&error);
    g_assert_false(link_settings_set(settings, "nothing", "7", FALSE, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
    g_assert_cmpuint(link_settings_length(settings), ==, 1);
}

static const struct {
    const char *option, *text, *normal; /* NULL: refused */
} values[] = {
    {"mode", "1", "active-backup"},
    {"mode", "802.3ad", "802.3ad"},
    {"mode", "default", "balance-rr"},
    {"mode", "Active-Backup", NULL},
    {"mode", "7", NULL},
    {"mode", "", NULL},
    {"miimon", "0100", "100"},
    {"miimon", "off", "0"},
    {"miimon", "maxval", "2147483647"},
    {"miimon", "2147483648", NULL},
    {"miimon", "99999999999999999999", NULL},
    {"miimon", "-1", NULL},
    {"miimon", "+1", NULL},
    {"miimon", "0x64", NULL},
    {"miimon", "1e2", NULL},
    {"miimon", "100ms", NULL},
    {"peer_notif_delay", "300000", "300000"},
    {"peer_notif_delay", "300001", NULL},
    {"lp_interval", "minval", "1"},
    {"lp_interval", "0", NULL},
    {"arp_missed_max", "0", NULL},
    {"ad_user_port_key", "1024", NULL},
    {"packets_per_slave", "default", "1"},
    {"xmit_hash_policy", "5", "vlan+srcmac"},
    {"primary", "eth1", "eth1"},
    {"primary", "a/b", NULL},
    {"primary", "sixteen-letters-", NULL},
    {"arp_ip_target", "0.1.2.3", NULL},
    {"arp_ip_target", "255.255.255.255", NULL},
    {"arp_ip_target", "10.0.0", NULL},
    {"arp_ip_target",
     "1.0.0.1,1.0.0.2,1.0.0.3,1.0.0.4,1.0.0.5,1.0.0.6,1.0.0.7,1.0.0.8,1.0.0.9,1.0.0.10,1.0.0.11,1.0.0.12,"
     "1.0.0.13,1.0.0.14,1.0.0.15,1.0.0.16,1.0.0.17",
     NULL},
    {"ns_ip6_target", "2001:DB8::1", "2001:db8::1"},
    {"ns_ip6_target", "::1", NULL},
    {"ns_ip6_target", "::", NULL},
    {"ns_ip6_target", "ff02::1", NULL},
    {"ns_ip6_target", "10.0.0.1", NULL},
    {"ad_actor_system", "02:00:00:00:00:AB", "02:00:00:00:00:ab"},
    {"ad_actor_system", "01:00:00:00:00:01", NULL},
    {"ad_actor_system", "00:00:00:00:00:00", "00:00:00:00:00:00"},
    {"queue_id", "65535", "65535"},
    {"queue_id", "65536", NULL},
    {"prio", "-2147483648", "-2147483648"},
    {"prio", "2147483648", NULL},
};

static void test_values(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(values); i++) {
        g_autoptr(GError) error = NULL;
        gint64 number;
        g_autofree char *normal = link_option_normalize(link_family_option(&bond_family, values[i].option),
                                                        values[i].text, &number, &error);
        if (g_strcmp0(normal, values[i].normal) != 0)
            g_error("%s=%s gives %s", values[i].option, values[i].text, normal ? normal : error->message);
        g_assert_true((normal == NULL) == (error != NULL));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bond-options/values", test_values);
    g_test_add_func("/bond-options/split", test_split);
    g_test_add_func("/bond-options/complete", test_complete);
    g_test_add_func("/bond-options/unknown-ports", test_unknown_ports);
    g_test_add_func("/bond-options/no-ports", test_no_ports);
    g_test_add_func("/bond-options/layers", test_layers);
    g_test_add_func("/bond-options/implied-miimon", test_implied_miimon);
    g_test_add_func("/bond-options/set", test_set);
    return g_test_run();
}
