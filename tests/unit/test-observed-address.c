/* Whose an address is: the kernel's own, which it makes again, or somebody's. */
#include "state/observed.h"
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

static const struct {
    const char *text;
    guint8 scope;
    guint32 flags;
    guint8 protocol;
    gboolean is_kernels;
} rows[] = {
    {"10.0.0.1/24", RT_SCOPE_UNIVERSE, IFA_F_PERMANENT, 0, FALSE},
    {"2001:db8::1/64", RT_SCOPE_UNIVERSE, IFA_F_PERMANENT, 0, FALSE},
    {"2001:db8::1/64", RT_SCOPE_UNIVERSE, 0, NET_ADDRESS_ROUTER, TRUE},
    {"2001:db8::1/64", RT_SCOPE_UNIVERSE, IFA_F_MANAGETEMPADDR, 0, TRUE},
    {"fe80::a:bff:fe0c:d0e/64", RT_SCOPE_LINK, IFA_F_PERMANENT, 0, TRUE},
    {"fe80::1/64", RT_SCOPE_LINK, IFA_F_PERMANENT, 0, FALSE},
    /* of a SIT device: each IPv4 address of the host */
    {"::10.0.11.2/96", RT_SCOPE_UNIVERSE, IFA_F_PERMANENT, 0, TRUE},
    {"::127.0.0.1/96", RT_SCOPE_HOST, IFA_F_PERMANENT, 0, TRUE},
    {"::10.0.11.2/128", RT_SCOPE_UNIVERSE, IFA_F_PERMANENT, 0, FALSE},
    {"::1/128", RT_SCOPE_HOST, IFA_F_PERMANENT, 0, FALSE},
    {"::5/96", RT_SCOPE_UNIVERSE, IFA_F_PERMANENT, 0, FALSE},
};

static void test_whose(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        ObservedAddress address = {
            .scope = rows[i].scope, .flags = rows[i].flags, .protocol = rows[i].protocol};
        g_test_message("%s", rows[i].text);
        g_assert_true(ifcfg_prefix_parse(rows[i].text, AF_UNSPEC, &address.prefix));
        g_assert_cmpint(net_observed_address_is_kernels(&address) != FALSE, ==, rows[i].is_kernels);
    }
}

/* What the kernel makes of an IPv4 address it does not tell, not even where it tells of others. */
static void test_link_local_of_sit(void)
{
    g_autoptr(NetObserved) observed = net_observed_new();
    static const struct {
        int ifindex;
        const char *text;
        guint8 protocol;
        gboolean is_kernels;
    } of_links[] = {
        {7, "fe80::a:bff:fe0c:d0e/64", NET_ADDRESS_LINK_LOCAL, TRUE},
        {8, "fe80::10.0.11.2/64", 0, TRUE},
        {8, "fe80::1/64", 0, FALSE},
        {8, "fe80::a:bff:fe0c:d0e/64", 0, FALSE},
        {7, "fe80::10.0.11.2/64", 0, FALSE},
    };
    net_observed_add_link(observed, observed_link_new("eth7", 7));
    ObservedLink *sit = observed_link_new("sit8", 8);
    sit->kind = g_strdup("sit");
    net_observed_add_link(observed, sit);
    for (gsize i = 0; i < G_N_ELEMENTS(of_links); i++) {
        ObservedAddress *address = g_new0(ObservedAddress, 1);
        address->ifindex = of_links[i].ifindex;
        address->scope = RT_SCOPE_LINK;
        address->protocol = of_links[i].protocol;
        g_assert_true(ifcfg_prefix_parse(of_links[i].text, AF_INET6, &address->prefix));
        net_observed_add_address(observed, address);
        g_test_message("%s", of_links[i].text);
        g_assert_cmpint(net_observed_address_is_kernels(address) != FALSE, ==, of_links[i].is_kernels);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/observed-address/whose", test_whose);
    g_test_add_func("/observed-address/link-local-of-sit", test_link_local_of_sit);
    return g_test_run();
}
