/* Addresses, prefixes, hardware addresses and interface names: text to value and back. */
#include "ifcfg-ip.h"
#include <string.h>
#include <sys/socket.h>

static void test_address(void)
{
    static const struct {
        const char *text;
        int family;
        const char *expected; /* NULL: refused */
    } rows[] = {
        {"10.0.11.2", AF_UNSPEC, "10.0.11.2"},
        {"10.0.11.2", AF_INET6, NULL},
        {"10.0.11", AF_UNSPEC, NULL},
        {"256.0.0.1", AF_INET, NULL},
        {"10.0.11.2 ", AF_INET, NULL},
        {"", AF_UNSPEC, NULL},
        {"2001:DB8::0:1", AF_UNSPEC, "2001:db8::1"},
        {"::1", AF_INET, NULL},
        {"::", AF_INET6, "::"},
        {"fe80::1%eth0", AF_INET6, NULL},
        {"1:2:3", AF_UNSPEC, NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        IfcfgIp ip = {.family = 77};
        gboolean ok = ifcfg_ip_parse(rows[i].text, rows[i].family, &ip);
        g_autofree char *text = ok ? ifcfg_ip_format(&ip) : NULL;
        g_assert_cmpstr(text, ==, rows[i].expected);
        if (!ok)
            g_assert_cmpuint(ip.family, ==, 77); /* untouched */
    }
}

static void test_prefix(void)
{
    static const struct {
        const char *text;
        int family;
        const char *expected, *network;
    } rows[] = {
        {"10.0.11.2/24", AF_UNSPEC, "10.0.11.2/24", "10.0.11.0/24"},
        {"10.0.11.2", AF_INET, "10.0.11.2/32", "10.0.11.2/32"},
        {"10/8", AF_INET, "10.0.0.0/8", "10.0.0.0/8"},
        {"10.1/16", AF_UNSPEC, "10.1.0.0/16", "10.1.0.0/16"},
        {"10.0.0.0/255.255.0.0", AF_INET, "10.0.0.0/16", "10.0.0.0/16"},
        {"10.1.2.3/33", AF_INET, NULL, NULL},
        {"10.1.2.3/", AF_INET, NULL, NULL},
        {"10.1.2.3/-1", AF_INET, NULL, NULL},
        {"10.1.2.3/255.0.255.0", AF_INET, NULL, NULL},
        {"10.1.2.3.4", AF_INET, NULL, NULL},
        {"10.", AF_INET, NULL, NULL},
        {"1000/8", AF_INET, NULL, NULL},
        {"default", AF_UNSPEC, "0.0.0.0/0", "0.0.0.0/0"},
        {"any", AF_INET6, "::/0", "::/0"},
        {"2001:db8::5/61", AF_UNSPEC, "2001:db8::5/61", "2001:db8::/61"},
        {"2001:db8:0:f::/61", AF_INET6, "2001:db8:0:f::/61", "2001:db8:0:8::/61"},
        {"2001:db8::5", AF_INET6, "2001:db8::5/128", "2001:db8::5/128"},
        {"2001:db8::/129", AF_INET6, NULL, NULL},
        {"10/8", AF_INET6, NULL, NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        IfcfgPrefix prefix, network;
        gboolean ok = ifcfg_prefix_parse(rows[i].text, rows[i].family, &prefix);
        g_autofree char *text = ok ? ifcfg_prefix_format(&prefix) : NULL;
        g_assert_cmpstr(text, ==, rows[i].expected);
        if (!ok)
            continue;
        network = ifcfg_prefix_network(&prefix);
        g_autofree char *network_text = ifcfg_prefix_format(&network);
        g_assert_cmpstr(network_text, ==, rows[i].network);
        g_assert_true(ifcfg_prefix_contains(&network, &prefix.ip));
        g_assert_cmpint(ifcfg_prefix_equal(&prefix, &network), ==, g_str_equal(text, network_text));
    }
}

static void test_contains(void)
{
    IfcfgPrefix net, all;
    IfcfgIp inside, outside, other;
    g_assert_true(ifcfg_prefix_parse("172.16.8.0/21", AF_INET, &net) &&
                  ifcfg_prefix_parse("any", AF_INET, &all));
    g_assert_true(ifcfg_ip_parse("172.16.15.255", AF_INET, &inside));
    g_assert_true(ifcfg_ip_parse("172.16.16.0", AF_INET, &outside) &&
                  ifcfg_ip_parse("::1", AF_INET6, &other));
    g_assert_true(ifcfg_prefix_contains(&net, &inside));
    g_assert_false(ifcfg_prefix_contains(&net, &outside));
    g_assert_true(ifcfg_prefix_contains(&all, &outside));
    g_assert_false(ifcfg_prefix_contains(&all, &other));
}

static void test_netmask(void)
{
    for (guint length = 0; length <= 32; length++) {
        guint32 mask = length ? 0xffffffffu << (32 - length) : 0;
        g_autofree char *text =
            g_strdup_printf("%u.%u.%u.%u", mask >> 24, mask >> 16 & 255, mask >> 8 & 255, mask & 255);
        guint8 got = 99;
        g_assert_true(ifcfg_netmask_parse(text, &got));
        g_assert_cmpuint(got, ==, length);
    }
    guint8 length = 99;
    g_assert_false(ifcfg_netmask_parse("255.0.255.0", &length));
    g_assert_false(ifcfg_netmask_parse("0.0.0.255", &length));
    g_assert_false(ifcfg_netmask_parse("33", &length));
    g_assert_cmpuint(length, ==, 99);
    g_assert_true(ifcfg_netmask_parse("24", &length)); /* as ipcalc has it */
    g_assert_cmpuint(length, ==, 24);
}

static void test_defaults(void)
{
    static const struct {
        const char *text;
        guint class_length;
        const char *broadcast;
    } rows[] = {{"10.0.11.2/24", 8, "10.0.11.255"},
                {"172.16.11.2/21", 16, "172.16.15.255"},
                {"192.168.1.1/31", 24, "none"},
                {"192.168.1.1/32", 24, "none"},
                {"127.0.0.1/0", 8, "255.255.255.255"}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        IfcfgPrefix prefix;
        g_assert_true(ifcfg_prefix_parse(rows[i].text, AF_INET, &prefix));
        IfcfgIp broadcast = ifcfg_prefix_broadcast(&prefix);
        g_autofree char *text = ifcfg_ip_format(&broadcast);
        g_assert_cmpuint(ifcfg_ip_class_length(&prefix.ip), ==, rows[i].class_length);
        g_assert_cmpstr(text, ==, rows[i].broadcast);
    }
}

static void test_mac(void)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"00:1A:2b:3c:4D:5e", "00:1a:2b:3c:4d:5e"},
        {"00-1A-2b-3c-4D-5e", "00:1a:2b:3c:4d:5e"},
        {"00:1a:2b:3c:4d", NULL},
        {"00:1a:2b:3c:4d:5e:", NULL},
        {"0:1a:2:3C:4d:5", "00:1a:02:3c:4d:05"},
        {"00::2b:3c:4d:5e", NULL},
        {"000:1a:2b:3c:4d:5e", NULL},
        {"001a2b3c4d5e", NULL},
        {"", NULL},
        {"80:00:02:08:fe:80:00:00:00:00:00:00:f4:52:14:03:00:7b:cb:a1",
         "80:00:02:08:fe:80:00:00:00:00:00:00:f4:52:14:03:00:7b:cb:a1"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        IfcfgMac mac, again;
        gboolean ok = ifcfg_mac_parse(rows[i].text, &mac);
        g_autofree char *text = ok ? ifcfg_mac_format(&mac) : NULL;
        g_assert_cmpstr(text, ==, rows[i].expected);
        if (ok)
            g_assert_true(ifcfg_mac_parse(text, &again) && ifcfg_mac_equal(&mac, &again));
    }
}

static void test_ifname(void)
{
    static const char *const good[] = {"lo", "bond0", "eth0.100", "123456789012345", "a-b_c", "...", "br0@x"};
    static const char *const bad[] = {"",    ".",    "..", "1234567890123456", "a/b", "eth0:1",
                                      "a b", "a\tb", "a\n"};
    for (guint i = 0; i < G_N_ELEMENTS(good); i++)
        g_assert_cmpstr(ifcfg_ifname_fault(good[i]), ==, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_nonnull(ifcfg_ifname_fault(bad[i]));
}

/* Of all lengths, beside what the word means: the networks are equal. */
static void test_contains_all(void)
{
    static const char *const ips[] = {"10.1.2.3",    "10.1.2.131",     "10.1.130.3",       "138.1.2.3",
                                      "2001:db8::1", "2001:db8::8001", "2001:db8:8000::1", "::1"};

    for (guint a = 0; a < G_N_ELEMENTS(ips); a++)
        for (guint b = 0; b < G_N_ELEMENTS(ips); b++) {
            IfcfgPrefix one, other;
            g_assert_true(ifcfg_prefix_parse(ips[a], AF_UNSPEC, &one));
            g_assert_true(ifcfg_prefix_parse(ips[b], AF_UNSPEC, &other));
            guint most = one.length;
            for (guint length = 0; length <= most; length++) {
                one.length = other.length = (guint8)length;
                IfcfgPrefix network = ifcfg_prefix_network(&one), its = ifcfg_prefix_network(&other);
                g_assert_cmpint(ifcfg_prefix_contains(&one, &other.ip), ==,
                                ifcfg_ip_equal(&network.ip, &its.ip));
            }
        }
}

static void test_link_local(void)
{
    static const struct {
        const char *text;
        gboolean is;
    } ips[] = {{"fe80::1", TRUE},  {"febf::1", TRUE},      {"fec0::1", FALSE},
               {"fe7f::1", FALSE}, {"2001:db8::1", FALSE}, {"254.128.0.1", FALSE}};

    for (guint i = 0; i < G_N_ELEMENTS(ips); i++) {
        IfcfgIp ip;
        g_assert_true(ifcfg_ip_parse(ips[i].text, AF_UNSPEC, &ip));
        g_assert_cmpint(ifcfg_ip_is_link_local(&ip), ==, ips[i].is);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ip/address", test_address);
    g_test_add_func("/ip/prefix", test_prefix);
    g_test_add_func("/ip/contains", test_contains);
    g_test_add_func("/ip/netmask", test_netmask);
    g_test_add_func("/ip/defaults", test_defaults);
    g_test_add_func("/ip/mac", test_mac);
    g_test_add_func("/ip/ifname", test_ifname);
    g_test_add_func("/ip/link-local", test_link_local);
    g_test_add_func("/ip/contains-all", test_contains_all);
    return g_test_run();
}
