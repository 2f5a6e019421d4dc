/* The kernel's netlink family "ethtool", read without privileges. Writing is tried in the lab. */
#include "apply/kernel/ethtool.h"

#include <errno.h>

static EthtoolRequest *request_read(const char *text)
{
    g_autoptr(GPtrArray) requests = ethtool_options_parse(text, "lo", (IfcfgWhere){0}, NULL);
    return g_ptr_array_steal_index(requests, 0);
}

static guint read_count(NetEthtool *ethtool, const char *options)
{
    g_autoptr(GHashTable) state = ethtool_state_new();
    EthtoolRequest *request = request_read(options);
    net_ethtool_read(ethtool, request, state);
    ethtool_request_free(request);
    return g_hash_table_size(state);
}

/* Features are in every device; rings in none that is made by software; a device that is not there has
 * nothing.
 */
static void test_read(void)
{
    g_autoptr(NetEthtool) ethtool = net_ethtool_new();
    if (!net_ethtool_is_there(ethtool)) {
        g_test_skip("this kernel has no netlink family ethtool");
        return;
    }
    g_assert_cmpuint(read_count(ethtool, "-K lo gro off"), >, 5);
    g_assert_cmpuint(read_count(ethtool, "-G lo rx 64"), ==, 0);
    g_assert_cmpuint(read_count(ethtool, "-K nosuchdevice gro off"), ==, 0);
    g_assert_cmpuint(read_count(ethtool, "-U lo flow-type tcp4"), ==, 0);
}

static void test_refused(void)
{
    g_autoptr(NetEthtool) ethtool = net_ethtool_new();
    EthtoolRequest *request = request_read("-G nosuchdevice rx 64");
    g_autofree char *text = NULL;
    const char *fixed;
    int code = net_ethtool_set(ethtool, request, &text, &fixed);
    g_assert_cmpint(code, ==, net_ethtool_is_there(ethtool) ? ENODEV : EOPNOTSUPP);
    ethtool_request_free(request);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ethtool/read", test_read);
    g_test_add_func("/ethtool/refused", test_refused);
    return g_test_run();
}
