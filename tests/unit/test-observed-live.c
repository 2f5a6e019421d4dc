/* A picture that changes is the same as one made anew of what is there in the end. */
#include "state/observed.h"
#include <sys/socket.h>

static ObservedLink *link_new(const char *name, int ifindex, int master, int lower)
{
    ObservedLink *link = observed_link_new(name, ifindex);

    link->master = master;
    link->lower = lower;
    return link;
}

static ObservedAddress *address_new(int ifindex, const char *text, guint32 flags)
{
    ObservedAddress *address = g_new0(ObservedAddress, 1);

    address->ifindex = ifindex;
    address->flags = flags;
    g_assert_true(ifcfg_prefix_parse(text, AF_UNSPEC, &address->prefix));
    return address;
}

static guint length(const GPtrArray *list)
{
    return list ? list->len : 0;
}

static void test_link_changes(void)
{
    g_autoptr(NetObserved) picture = net_observed_new();
    const ObservedLink *port;

    net_observed_put_link(picture, link_new("bond0", 1, 0, 0));
    net_observed_put_link(picture, link_new("eth0", 2, 0, 0));
    net_observed_put_link(picture, link_new("bond0.5", 3, 0, 1));
    port = net_observed_link(picture, "eth0");
    net_observed_put_link(picture, link_new("eth0", 2, 1, 0));
    g_assert_true(net_observed_link(picture, "eth0") == port);
    g_assert_cmpint(port->master, ==, 1);
    g_assert_cmpuint(length(net_observed_ports_of(picture, 1)), ==, 1);
    g_assert_cmpuint(length(net_observed_uppers_of(picture, 1)), ==, 1);
    net_observed_put_link(picture, link_new("eth0", 2, 0, 0));
    g_assert_cmpuint(length(net_observed_ports_of(picture, 1)), ==, 0);
    net_observed_remove_link(picture, 3);
    g_assert_cmpuint(length(net_observed_uppers_of(picture, 1)), ==, 0);
    g_assert_null(net_observed_link(picture, "bond0.5"));
    g_assert_cmpuint(picture->links->len, ==, 2);
}

/* eth0 and eth1 take each other's names, seen in an order where for a moment both have the same. */
static void test_names_change_hands(void)
{
    g_autoptr(NetObserved) picture = net_observed_new();

    net_observed_put_link(picture, link_new("eth0", 1, 0, 0));
    net_observed_put_link(picture, link_new("eth1", 2, 0, 0));
    net_observed_put_link(picture, link_new("eth0", 2, 0, 0));
    net_observed_put_link(picture, link_new("eth1", 1, 0, 0));
    g_assert_cmpint(net_observed_link(picture, "eth0")->ifindex, ==, 2);
    g_assert_cmpint(net_observed_link(picture, "eth1")->ifindex, ==, 1);
    net_observed_remove_link(picture, 1);
    g_assert_null(net_observed_link(picture, "eth1"));
    g_assert_nonnull(net_observed_link(picture, "eth0"));
}

static void test_address_changes(void)
{
    g_autoptr(NetObserved) picture = net_observed_new();
    ObservedAddress *one = address_new(1, "10.0.0.1/24", 1);
    IfcfgPrefix prefix = one->prefix, other;

    net_observed_put_link(picture, link_new("eth0", 1, 0, 0));
    net_observed_put_address(picture, one);
    net_observed_put_address(picture, address_new(1, "10.0.0.2/24", 0));
    net_observed_put_address(picture, address_new(1, "10.0.0.1/24", 8));
    g_assert_cmpuint(net_observed_address(picture, 1, &prefix)->flags, ==, 8);
    g_assert_cmpuint(length(net_observed_addresses_of(picture, 1)), ==, 2);
    net_observed_remove_address(picture, net_observed_address(picture, 1, &prefix));
    g_assert_null(net_observed_address(picture, 1, &prefix));
    g_assert_true(ifcfg_prefix_parse("10.0.0.2/24", AF_UNSPEC, &other));
    g_assert_nonnull(net_observed_address(picture, 1, &other));
    net_observed_remove_link(picture, 1);
    g_assert_null(net_observed_address(picture, 1, &other));
    g_assert_cmpuint(picture->addresses->len, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/observed-live/link", test_link_changes);
    g_test_add_func("/observed-live/names-change-hands", test_names_change_hands);
    g_test_add_func("/observed-live/address", test_address_changes);
    return g_test_run();
}
