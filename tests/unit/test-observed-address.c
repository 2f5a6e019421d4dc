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

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/observed-address/whose", test_whose);
    return g_test_run();
}
