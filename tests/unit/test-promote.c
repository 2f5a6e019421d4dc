/* Addresses are deleted in the order that costs the kernel least, whatever the plan's order is. */
#include "apply/kernel/promote.h"
#include <linux/if_addr.h>
#include <sys/socket.h>

static const struct {
    const char *text;
    guint32 flags;
} addresses[] = {{"10.0.0.3/24", IFA_F_SECONDARY},
                 {"10.0.0.1/24", 0},
                 {"10.0.0.2/24", IFA_F_SECONDARY},
                 {"10.1.0.1/24", 0}};

static void test_secondaries_first(void)
{
    static const char *const want[] = {"10.0.0.2/24", "10.0.0.3/24", "10.1.0.1/24", "10.0.0.1/24"};
    g_autoptr(NetObserved) picture = net_observed_new();
    g_autoptr(GPtrArray) ops = g_ptr_array_new();
    NetAddress wanted[G_N_ELEMENTS(addresses)] = {0};
    NetOp all[G_N_ELEMENTS(addresses)] = {0};

    net_observed_add_link(picture, observed_link_new("eth0", 7));
    for (guint i = 0; i < G_N_ELEMENTS(addresses); i++) {
        ObservedAddress *address = g_new0(ObservedAddress, 1);
        g_assert_true(ifcfg_prefix_parse(addresses[i].text, AF_INET, &wanted[i].prefix));
        *address = (ObservedAddress){.ifindex = 7, .prefix = wanted[i].prefix, .flags = addresses[i].flags};
        net_observed_add_address(picture, address);
        all[i] = (NetOp){.type = NET_OP_ADDR_DELETE, .dev = "eth0", .address = &wanted[i]};
        g_ptr_array_add(ops, &all[i]);
    }
    net_deletions_sort(ops, picture);
    for (guint i = 0; i < ops->len; i++) {
        g_autofree char *text = ifcfg_prefix_format(&((const NetOp *)ops->pdata[i])->address->prefix);
        g_assert_cmpstr(text, ==, want[i]);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/promote/secondaries-first", test_secondaries_first);
    return g_test_run();
}
