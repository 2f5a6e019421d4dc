/* The key table checks itself; every rule on keys and values is one line of a table. */
#include "ifcfg-keys.h"

#include <string.h>

static void check_bounds(const IfcfgKey *key)
{
    if (key->type == IFCFG_VALUE_UINT)
        g_assert_true(key->max == 0 || key->min < key->max);
    if (key->type == IFCFG_VALUE_WORD)
        g_assert_nonnull(key->words);
    if (key->words)
        g_assert_true(key->type == IFCFG_VALUE_WORD || key->type == IFCFG_VALUE_TEXT);
    if (key->fallback) {
        g_autofree char *fault = ifcfg_key_check_value(key, key->fallback);
        g_assert_cmpstr(fault, ==, NULL);
    }
}

/* What a row points to is a row too: IN_HOTPLUG is a variable of the environment. */
static void check_links(const IfcfgKey *key)
{
    if (!key->part_of || g_str_equal(key->part_of, "IN_HOTPLUG"))
        return;
    g_autofree char *name = g_strndup(key->part_of, strcspn(key->part_of, "="));
    const IfcfgKey *whole = ifcfg_key_find(name);
    g_assert_nonnull(whole);
    g_assert_true(whole != key);
    g_assert_true(key->state == IFCFG_KEY_HANDED);
}

static void check_lookup(const IfcfgKey *key)
{
    if (g_str_has_suffix(key->name, "*")) {
        g_autofree char *name = g_strndup(key->name, strlen(key->name) - 1);
        g_autofree char *longer = g_strconcat(name, "X9", NULL);
        g_assert_true(ifcfg_key_find(longer) == key);
        return;
    }
    g_autofree char *first = g_strconcat(key->name, "0", NULL), *later = g_strconcat(key->name, "12", NULL);
    if (key->in)
        g_assert_true(ifcfg_key_find(key->name) == key);
    else
        g_assert_null(ifcfg_key_find(key->name));
    g_assert_true((ifcfg_key_find(first) == key) == (key->numbered != 0));
    g_assert_true((ifcfg_key_find(later) == key) == (key->numbered != 0));
}

static void test_table(void)
{
    gsize count;
    const IfcfgKey *keys = ifcfg_keys(&count);
    guint types = 0, states = 0, places = 0;

    for (gsize i = 0; i < count; i++) {
        g_assert_true(i == 0 || strcmp(keys[i - 1].name, keys[i].name) < 0);
        g_assert_true(keys[i].in || keys[i].numbered);
        g_assert_true(*keys[i].help && !g_str_has_suffix(keys[i].help, "."));
        g_assert_true((keys[i].instead != NULL) == (keys[i].state == IFCFG_KEY_REFUSED));
        check_bounds(&keys[i]);
        check_links(&keys[i]);
        check_lookup(&keys[i]);
        types |= 1u << keys[i].type;
        states |= 1u << keys[i].state;
        places |= keys[i].in | keys[i].numbered;
    }
    g_assert_cmpuint(types, ==, (1u << IFCFG_VALUE_LAST) - 1);
    g_assert_cmpuint(states, ==, (1u << IFCFG_KEY_LAST) - 1);
    g_assert_cmpuint(places, ==, IFCFG_IN_IFCFG | IFCFG_IN_NETWORK | IFCFG_IN_ROUTE | IFCFG_IN_INIT);
    g_assert_null(ifcfg_key_find(""));
    g_assert_null(ifcfg_key_find("0"));
}

static void test_names(void)
{
    for (guint i = 0; i < IFCFG_VALUE_LAST; i++)
        g_assert_nonnull(ifcfg_value_type_name(i));
    for (guint i = 0; i < IFCFG_KEY_LAST; i++)
        g_assert_nonnull(ifcfg_key_state_name(i));
    g_assert_null(ifcfg_value_type_name(IFCFG_VALUE_LAST));
    g_assert_null(ifcfg_key_state_name(IFCFG_KEY_LAST));
}

static void test_guess(void)
{
    static const char *const guesses[][2] = {
        {"NM_CONTROLED", "NM_CONTROLLED"},
        {"BRODADCAST", "BROADCAST"},
        {"Type", "TYPE"},
        {"device", "DEVICE"},
        {"DNS", "DNS"},
        {"IPADR0", "IPADDR"},
        {"NETMSAK", "NETMASK"},
        {"BONDING_OPTIONS", "BONDING_OPTS"},
        {"BONDING_OPT", "BONDING_OPTS"},
        {"ONBOOTS", "ONBOOT"},
        {"GATEWAYDEVICE", "GATEWAYDEV"},
        {"MY_OWN_VARIABLE", NULL},
        {"X", NULL},
        {"", NULL},
    };

    for (guint i = 0; i < G_N_ELEMENTS(guesses); i++) {
        const IfcfgKey *guess = ifcfg_key_guess(guesses[i][0]);
        g_assert_cmpstr(guess ? guess->name : NULL, ==, guesses[i][1]);
    }
    g_assert_cmpuint(ifcfg_text_distance("ifcfg", "IFCFG"), ==, 0);
    g_assert_cmpuint(ifcfg_text_distance("ab", "ba"), ==, 1);
    g_assert_cmpuint(ifcfg_text_distance("", "abc"), ==, 3);
}

static const struct {
    const char *key, *value;
    gboolean good;
} values[] = {
    {"ONBOOT", "yes", TRUE},
    {"ONBOOT", "OFF", TRUE},
    {"ONBOOT", "maybe", FALSE},
    {"ONBOOT", " yes", FALSE},
    {"MTU", "9000", TRUE},
    {"MTU", "67", FALSE},
    {"MTU", "9k", FALSE},
    {"MTU", "-1500", FALSE},
    {"PREFIX", "32", TRUE},
    {"PREFIX", "33", FALSE},
    {"PREFIX", "255.255.255.0", FALSE},
    {"BOND_PORT_PRIO", "-5", TRUE},
    {"BOND_PORT_PRIO", "5.5", FALSE},
    {"IPADDR2", "10.0.0.1", TRUE},
    {"IPADDR", "10.0.0.256", FALSE},
    {"IPADDR", "10.0.0.1/24", FALSE},
    {"IPADDR", "2001:db8::1", FALSE},
    {"IPV6ADDR", "2001:db8::1/64", TRUE},
    {"IPV6ADDR", "10.0.0.1", FALSE},
    {"DNS1", "2001:db8::1", TRUE},
    {"DNS1", "10.0.0.1", TRUE},
    {"DNS1", "ns.example", FALSE},
    {"NETMASK", "255.255.254.0", TRUE},
    {"NETMASK", "255.0.255.0", FALSE},
    {"HWADDR", "52:54:00:AB:CD:EF", TRUE},
    {"HWADDR", "52:54:00", FALSE},
    {"MASTER", "bond0", TRUE},
    {"MASTER", "a/b", FALSE},
    {"LINKSTATUS", "DOWN", TRUE},
    {"LINKSTATUS", "off", FALSE},
    {"NAME", "any text $ at all", TRUE},
};

static void test_values(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(values); i++) {
        const IfcfgKey *key = ifcfg_key_find(values[i].key);
        g_assert_nonnull(key);
        g_autofree char *fault = ifcfg_key_check_value(key, values[i].value);
        if ((fault == NULL) != values[i].good)
            g_error("%s=%s: %s", values[i].key, values[i].value, fault ? fault : "accepted");
        g_assert_true(!fault || strstr(fault, values[i].value));
    }
}

static const struct {
    const char *text;
    guint in;
    const char *says; /* NULL: nothing at all */
} checks[] = {
    {"DEVICE=eth0\nIPADDR=10.0.0.1\nPREFIX=24\nONBOOT=yes\n", IFCFG_IN_IFCFG, NULL},
    {"IPADDR=\nGATEWAY=\n", IFCFG_IN_IFCFG, NULL},
    {"Type=Ethernet\n", IFCFG_IN_IFCFG, "f:1:1: warning: unknown key Type, did you mean TYPE?"},
    {"DNS=10.0.0.1\n", IFCFG_IN_IFCFG, "f:1:1: warning: unknown key DNS, did you mean DNS1?"},
    {"MY_OWN_THING=x\n", IFCFG_IN_IFCFG, "f:1:1: warning: unknown key MY_OWN_THING: it has no effect"},
    {"MY_OWN_THING=x\n", IFCFG_IN_NETWORK, NULL},
    {"MY_OWN_THING=\n", IFCFG_IN_IFCFG, NULL},
    {"IPADDR=10.0.0.300\n", IFCFG_IN_IFCFG,
     "f:1:8: error: IPADDR: '10.0.0.300' is not an IPv4 address: write four numbers from 0 to 255"},
    {"IPADDR='10.0.0.2\xc2\xa0'\n", IFCFG_IN_IFCFG,
     "has the character U+00A0, which only looks like the one"},
    {"PREFIX='24\xa0'\n", IFCFG_IN_IFCFG, "has the character U+00A0, which only looks like the one"},
    {"ONBOOT=\xe2\x80\x9cyes\xe2\x80\x9d\n", IFCFG_IN_IFCFG, "has the character U+201C, which"},
    {"IPADDR=192.0\n", IFCFG_IN_IFCFG, "'192.0' is not an IPv4 address: write four numbers from 0 to 255"},
    {"IPADDR=010.0.00.002\n", IFCFG_IN_IFCFG, "some programs read it as octal: write 10.0.0.2, if that"},
    {"DNS1=[fd00::1]\n", IFCFG_IN_IFCFG, "'[fd00::1]': write it without brackets, as fd00::1"},
    {"IPV6ADDR=[fd00::1]/64\n", IFCFG_IN_IFCFG, "write it without brackets, as fd00::1/64"},
    {"IPADDR=fd00::1/64\n", IFCFG_IN_IFCFG,
     "is an IPv6 address, but this key is for IPv4: write IPV6ADDR or"},
    {"IPV6ADDR=10.0.0.1\n", IFCFG_IN_IFCFG, "is an IPv4 address, but this key is for IPv6: write IPADDR or"},
    {"IPADDR=10.0.0.1/21\n", IFCFG_IN_IFCFG, "use 10.0.0.1 here and write PREFIX=21"},
    {"IPADDR=bad\nIPADDR=10.0.0.1\n", IFCFG_IN_IFCFG,
     "f:2:1: warning: IPADDR is given twice: this line counts, line 1 does not"},
    {"IPADDR=10.0.0.1\nIPADDR=10.0.0.1\n", IFCFG_IN_IFCFG, NULL},
    {"BONDING_OPTS=mode=1\nBONDING_OPTS=\"$BONDING_OPTS miimon=1\"\n", IFCFG_IN_IFCFG, NULL},
    {"IPVADDR=10.0.0.1\n", IFCFG_IN_IFCFG, "unknown key IPVADDR, did you mean IPADDR?"},
    {"IPVADDR=2001:db8::1\n", IFCFG_IN_IFCFG, "unknown key IPVADDR, did you mean IPV6ADDR?"},
    {"PRIFIX0=24\n", IFCFG_IN_IFCFG, "unknown key PRIFIX0, did you mean PREFIX0?"},
    {"SUBNETMASK=255.0.0.0\n", IFCFG_IN_IFCFG, "unknown key SUBNETMASK, did you mean NETMASK?"},
    {"IPV6_ROUTING=yes\n", IFCFG_IN_IFCFG, "unknown key IPV6_ROUTING, did you mean IPV6FORWARDING?"},
    {"REMOTE_IPADDR=10.0.0.1\n", IFCFG_IN_IFCFG,
     "unknown key REMOTE_IPADDR, did you mean PEER_OUTER_IPADDR?"},
    {"LAST_CONNECT=1\nNETWORK=x\nARPING_UPDATE_WAIT=9\n", IFCFG_IN_IFCFG, NULL},
    {"ONBOOT=maybe\n", IFCFG_IN_IFCFG,
     "f:1:8: warning: ONBOOT: 'maybe' is neither yes nor no; it counts as yes"},
    {"METRIC0=1\n", IFCFG_IN_IFCFG, "warning: METRIC0 has no effect here; did you mean METRIC?"},
    {"GATEWAY0=10.0.0.1\n", IFCFG_IN_IFCFG, NULL},
    {"GATEWAY0=10.0.0.1\n", IFCFG_IN_ROUTE, NULL},
    {"NETWORKING=no\n", IFCFG_IN_IFCFG,
     "warning: NETWORKING has no effect here: it is read from /etc/sysconfig/network"},
    {"NETWORKING=no\n", IFCFG_IN_NETWORK, NULL},
    {"IPADDR=10.0.0.1\n", IFCFG_IN_NETWORK,
     "warning: IPADDR has no effect here: it is read from ifcfg files"},
    {"HOSTNAME=x\n", IFCFG_IN_IFCFG, NULL},
    {"VLAN=yes\n", IFCFG_IN_IFCFG, NULL}, /* the model says it, once for the type */
    {"VLAN=no\nVLAN_NAME_TYPE=X\n", IFCFG_IN_IFCFG, NULL},
    {"ZONE=public\n", IFCFG_IN_IFCFG, NULL},
    {"IPV6_AUTOTUNNEL=yes\n", IFCFG_IN_NETWORK, "warning: IPV6_AUTOTUNNEL is not taken, and"},
    {"IPV6_AUTOTUNNEL=\n", IFCFG_IN_NETWORK, NULL},
    {"IPV6INIT=yes\nIPV6_AUTOCONF=yes\nIPV6_DEFROUTE=yes\n", IFCFG_IN_IFCFG, NULL},
    {"IPV6INIT=no\nIPV6_AUTOCONF=no\nIPV6ADDR=2001:db8::1\n", IFCFG_IN_IFCFG, NULL},
    {"IPV6_AUTOCONF=no\n", IFCFG_IN_IFCFG, NULL},
    {"IPV6ADDR=2001:db8::1\n", IFCFG_IN_IFCFG, NULL},
    {"IPV6ADDR=2001:db8::1/129\n", IFCFG_IN_IFCFG,
     "error: IPV6ADDR: '2001:db8::1/129' is not an IPv6 address"},
    {"IPV6_MTU=1279\n", IFCFG_IN_IFCFG, "error: IPV6_MTU: '1279' is not a number from 1280 to 65535"},
    {"IPV6TO4INIT=yes\nIPV6_CONTROL_RADVD=yes\n", IFCFG_IN_IFCFG, NULL},
    {"PEERDNS=yes\n", IFCFG_IN_IFCFG, NULL},
    {"PEERDNS=no\nDNS1=10.0.0.1\n", IFCFG_IN_IFCFG, NULL},
    {"DNS1=10.0.0.1\nDOMAIN=example.com\nDNS4=2001:db8::4\n", IFCFG_IN_IFCFG, NULL},
    {"DNS1=ns.example.com\n", IFCFG_IN_IFCFG, "f:1:6: error: DNS1: 'ns.example.com' is not an IP address"},
    {"IPV6_AUTOTUNNEL=no\nNETWORKING=yes\nIFDOWN_ON_SHUTDOWN=no\n", IFCFG_IN_NETWORK, NULL},
    {"TYPE=Bridge\nIPADDR=x\n", IFCFG_IN_IFCFG, "error: IPADDR: 'x' is not an IPv4"},
    {"DHCPV6C=no\nNM_CONTROLLED=no\nUUID=1\nPROXY_METHOD=none\n", IFCFG_IN_IFCFG, NULL},
    {"TYPE=Bridge\nSTP=on\nDELAY=0\n", IFCFG_IN_IFCFG, NULL},
    {"TYPE=OVSBridge\nOVS_EXTRA=x\nSOMETHING_OF_OVS=x\n", IFCFG_IN_IFCFG, NULL},
    {"DEVICE=ppp0\nPPPOA_VCI=35\nIPADDR=10.0.0.1/30\n", IFCFG_IN_IFCFG, NULL},
    {"DEVICE=pppoe\nPPPOA_VCI=35\n", IFCFG_IN_IFCFG, "unknown key PPPOA_VCI"},
    {"STARTMODE=auto\n", IFCFG_IN_IFCFG,
     "f:1:1: warning: STARTMODE is not taken, and has no effect: write ONBOOT=yes"},
    {"STARTMODE=\nUNKNOWN_TO_ALL=x\n", IFCFG_IN_IFCFG, NULL},
    {"STARTMODE=\nIPADDR=x\n", IFCFG_IN_IFCFG,
     "error: IPADDR: 'x' is not an IPv4 address: write four numbers from 0 to 255"},
    {"BONDING_SLAVE0=eth0\n", IFCFG_IN_IFCFG, NULL},
    {"TYPE=ISDN\nMSN=1\n", IFCFG_IN_IFCFG, NULL},
    {"BOOTUP=color\nRES_COL=60\nACTIVE_CONSOLES=/dev/tty1\n", IFCFG_IN_INIT, NULL},
};

static void test_check(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(checks); i++) {
        g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
        g_autoptr(IfcfgRecord) record =
            ifcfg_record_parse("f", checks[i].text, strlen(checks[i].text), NULL, NULL);
        ifcfg_keys_check(record, checks[i].in, problems);
        g_autofree char *said = ifcfg_problems_length(problems)
                                    ? ifcfg_problem_format(ifcfg_problems_get(problems, 0))
                                    : g_strdup("nothing");
        if (checks[i].says ? !strstr(said, checks[i].says) : !g_str_equal(said, "nothing"))
            g_error("%s says: %s", checks[i].text, said);
        g_assert_cmpuint(ifcfg_problems_length(problems), <=, 1);
    }
}

static const struct {
    const char *text;
    guint in;
    const char *notes; /* all of them */
} notes[] = {
    {"DEVICE=eth0\nIPADDR=10.0.0.1\nDNS1=10.0.0.1\nNO_SUCH_KEY=1\nSTARTMODE=auto\n", IFCFG_IN_IFCFG, ""},
    {"UUID=1\nDEVICE=eth0\nPROXY_METHOD=none\nNETWORK=\n", IFCFG_IN_IFCFG,
     "f:3:1: warning: PROXY_METHOD: for other programs and for people, no effect here\n"},
    {"PROMISC=yes\nMSN=1\nMSN=2\n", IFCFG_IN_IFCFG,
     "f:3:1: warning: MSN: for the program that brings up such an interface, no effect here\n"
     "f:1:1: warning: PROMISC: no effect on any current system; `netsvc help keys --all` says why\n"},
    {"TYPE=ISDN\nMSN=1\n", IFCFG_IN_IFCFG,
     "f:2:1: warning: MSN: for the program that brings up such an interface, no effect here\n"},
    {"TYPE=Strange\nPROXY_METHOD=1\n", IFCFG_IN_IFCFG, ""},
    {"TYPE=Strange\nPROXY_METHOD=1\n", IFCFG_IN_IFCFG | IFCFG_IS_OURS,
     "f:2:1: warning: PROXY_METHOD: for other programs and for people, no effect here\n"},
    {"NISDOMAIN=x\nNETWORKING=yes\n", IFCFG_IN_NETWORK,
     "f:1:1: warning: NISDOMAIN: for other programs and for people, no effect here\n"},
};

static void test_note(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(notes); i++) {
        g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
        g_autoptr(GString) said = g_string_new(NULL);
        g_autoptr(IfcfgRecord) record =
            ifcfg_record_parse("f", notes[i].text, strlen(notes[i].text), NULL, NULL);
        ifcfg_keys_note(record, notes[i].in, problems);
        for (guint n = 0; n < ifcfg_problems_length(problems); n++) {
            g_autofree char *line = ifcfg_problem_format(ifcfg_problems_get(problems, n));
            g_string_append_printf(said, "%s\n", line);
        }
        g_assert_cmpstr(said->str, ==, notes[i].notes);
    }
}

static const char *group_of(const char *key)
{
    return ifcfg_key_group_title(ifcfg_key_group(ifcfg_key_find(key)));
}

/* Every heading has a key, and every key one heading. */
static void test_groups(void)
{
    gsize count;
    const IfcfgKey *keys = ifcfg_keys(&count);
    guint64 met = 0;
    guint groups = 0;

    while (ifcfg_key_group_title(groups))
        groups++;
    for (gsize i = 0; i < count; i++) {
        /* What has an effect stands among its like: the last three are for the others. */
        g_assert_cmpuint(ifcfg_key_group(&keys[i]), <, groups - (keys[i].state == IFCFG_KEY_USED ? 3 : 0));
        met |= G_GUINT64_CONSTANT(1) << ifcfg_key_group(&keys[i]);
    }
    g_assert_cmpuint(met, ==, (G_GUINT64_CONSTANT(1) << groups) - 1);
    g_assert_cmpstr(group_of("IPADDR7"), ==, "IPv4 addresses");
    g_assert_cmpstr(group_of("IPV6ADDR"), ==, "IPv6");
    g_assert_cmpstr(group_of("IPV6_DEFAULTGW"), ==, "Routes and rules"); /* its name beats IPV6* */
    g_assert_cmpstr(group_of("KEY"), ==, "Tunnels");
    g_assert_cmpstr(group_of("KEYING"), ==, "All others");
    g_assert_cmpstr(group_of("STARTMODE"), ==, "Words of other systems");
    g_assert_cmpstr(group_of("MODEMPORT"), ==, "Modems, ISDN, Wi-Fi, Bluetooth");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keys/table", test_table);
    g_test_add_func("/keys/names", test_names);
    g_test_add_func("/keys/guess", test_guess);
    g_test_add_func("/keys/values", test_values);
    g_test_add_func("/keys/check", test_check);
    g_test_add_func("/keys/note", test_note);
    g_test_add_func("/keys/groups", test_groups);
    return g_test_run();
}
