/* Operations as text: every type has a name and a line of its own. */
#include "plan/op.h"
#include <string.h>
#include <sys/socket.h>

static void test_names(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (NetOpType type = 0; type < NET_OP_LAST; type++) {
        g_assert_nonnull(net_op_type_name(type));
        g_assert_true(g_hash_table_add(seen, (gpointer)net_op_type_name(type)));
    }
    for (NetPhase phase = 0; phase < NET_PHASE_LAST; phase++) {
        g_assert_nonnull(net_phase_name(phase));
        g_assert_true(g_hash_table_add(seen, (gpointer)net_phase_name(phase)) || phase == NET_PHASE_VERIFY);
    }
    g_assert_null(net_op_type_name(NET_OP_LAST));
    g_assert_null(net_phase_name(NET_PHASE_LAST));
}

/* Every type is worded: none falls through to its bare name. */
static void test_lines(void)
{
    IfcfgWhere nowhere = {0};
    g_autoptr(IfcfgRtNames) names = ifcfg_rtnames_load("/nonexistent");
    g_autoptr(IfcfgRoute) route =
        ifcfg_route_parse("10.0.0.0/8 via 192.0.2.1", AF_INET, names, nowhere, NULL);
    g_autoptr(IfcfgRule) rule = ifcfg_rule_parse("from 10.0.0.1 table 5", AF_INET, names, nowhere, NULL);
    NetAddress address = {.label = NULL};
    g_assert_true(ifcfg_prefix_parse("192.0.2.9/24", AF_INET, &address.prefix));
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (NetOpType type = 0; type < NET_OP_LAST; type++) {
        NetOp op = {.type = type, .dev = "eth0", .master = "bond0", .text = "x", .text2 = "y", .number = 1};
        op.address = &address;
        op.route = route;
        op.rule = rule;
        char *line = net_op_format(&op);
        g_assert_true(g_str_has_prefix(line, "eth0: "));
        g_assert_null(strstr(line, net_op_type_name(type)));
        g_assert_null(strchr(line, '\n'));
        g_assert_true(g_hash_table_add(seen, line));
    }
}

static void assert_line(const NetOp *op, const char *expected)
{
    g_autofree char *line = net_op_format(op);
    g_assert_cmpstr(line, ==, expected);
}

static void test_details(void)
{
    g_autoptr(BondSettings) settings = bond_settings_new();
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    IfcfgWhere nowhere = {0};
    bond_settings_parse(settings, "mode=1 queue_id=eth0:1 queue_id=eth1:2", nowhere, FALSE, NULL);
    for (guint i = 0; i < bond_settings_length(settings); i++)
        g_ptr_array_add(list, (gpointer)bond_settings_nth(settings, i));
    NetOp add = {.type = NET_OP_LINK_ADD, .dev = "bond0", .text = "bond", .settings = list, .mtu = 9000};
    g_assert_true(ifcfg_mac_parse("02:00:00:00:00:01", &add.mac));
    assert_line(
        &add,
        "bond0: create bond mode=active-backup queue_id=\"eth0:1 eth1:2\" mac=02:00:00:00:00:01 mtu=9000");
    NetOp wait = {.type = NET_OP_LINK_WAIT, .dev = "eth0"};
    assert_line(&wait, "eth0: check that the device is there");
    wait.timeout_ms = 1500;
    assert_line(&wait, "eth0: wait up to 2 s for the device");
    wait.mac = add.mac;
    assert_line(&wait, "eth0: wait up to 2 s for the device with permanent address 02:00:00:00:00:01");
    NetOp load = {.type = NET_OP_MODULE_LOAD, .text = "bnx2"};
    assert_line(&load, "load module bnx2");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/op/names", test_names);
    g_test_add_func("/op/lines", test_lines);
    g_test_add_func("/op/details", test_details);
    return g_test_run();
}
