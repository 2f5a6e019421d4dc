/* The ledger: what every operation adds and takes away, and when an entry ends. */
#include "bond-family.h"
#include "plan/op.h"
#include <linux/rtnetlink.h>
#include <sys/socket.h>

static IfcfgRtNames *names;
static IfcfgWhere nowhere;

static NetOp op_of(NetOpType type, const char *dev, const char *owner)
{
    return (NetOp){.type = type, .dev = dev, .owner = owner};
}

static void note(NetLedger *ledger, NetOpType type, const char *dev, const char *owner)
{
    NetOp op = op_of(type, dev, owner);
    if (type == NET_OP_LINK_ADD)
        op.create.family = &bond_family;
    net_ledger_note(ledger, &op);
}

static char *entry_text(const NetLedger *ledger, const char *name)
{
    const LedgerEntry *entry = net_ledger_find(ledger, name);
    const LedgerList *lists[4];
    if (!entry)
        return g_strdup("none");
    GString *text = g_string_new(entry->created ? "created" : "found");
    if (entry->up)
        g_string_append(text, " up");
    lists[0] = entry->addresses;
    lists[1] = entry->routes;
    lists[2] = entry->rules;
    lists[3] = entry->ports;
    for (guint l = 0; l < G_N_ELEMENTS(lists); l++)
        for (guint i = 0; i < lists[l]->len; i++)
            g_string_append_printf(text, ";%s", (char *)g_ptr_array_index(lists[l], i));
    return g_string_free(text, FALSE);
}

static void assert_entry(const NetLedger *ledger, const char *name, const char *expected)
{
    g_autofree char *text = entry_text(ledger, name);
    g_assert_cmpstr(text, ==, expected);
}

static void test_bond(void)
{
    g_autoptr(NetLedger) ledger = net_ledger_new();
    note(ledger, NET_OP_LINK_ADD, "bond0", "bond0");
    note(ledger, NET_OP_PORT_ADD, "eth0", "bond0");
    note(ledger, NET_OP_PORT_ADD, "eth1", "bond0");
    note(ledger, NET_OP_PORT_ADD, "eth1", "bond0");
    note(ledger, NET_OP_LINK_UP, "eth1", "bond0"); /* not the bond's own link */
    assert_entry(ledger, "bond0", "created;eth0;eth1");
    note(ledger, NET_OP_LINK_UP, "bond0", "bond0");
    note(ledger, NET_OP_PORT_REMOVE, "eth0", "bond0");
    assert_entry(ledger, "bond0", "created up;eth1");
    note(ledger, NET_OP_LINK_DOWN, "bond0", "bond0");
    assert_entry(ledger, "bond0", "created;eth1");
    note(ledger, NET_OP_LINK_DELETE, "bond0", "bond0");
    assert_entry(ledger, "bond0", "none");
    g_assert_cmpuint(ledger->entries->len, ==, 0);
}

static void note_address(NetLedger *ledger, NetOpType type, const char *text)
{
    NetAddress address = {.label = NULL};
    NetOp op = op_of(type, "eth0", "eth0");
    g_assert_true(ifcfg_prefix_parse(text, AF_UNSPEC, &address.prefix));
    op.address = &address;
    net_ledger_note(ledger, &op);
}

static void test_addresses(void)
{
    g_autoptr(NetLedger) ledger = net_ledger_new();
    note_address(ledger, NET_OP_ADDR_DELETE, "192.0.2.1/24");
    assert_entry(ledger, "eth0", "none");
    note_address(ledger, NET_OP_ADDR_ADD, "192.0.2.1/24");
    note_address(ledger, NET_OP_ADDR_ADD, "2001:db8::1/64");
    assert_entry(ledger, "eth0", "found;192.0.2.1/24;2001:db8::1/64");
    note_address(ledger, NET_OP_ADDR_DELETE, "192.0.2.1/24");
    assert_entry(ledger, "eth0", "found;2001:db8::1/64");
    note_address(ledger, NET_OP_ADDR_DELETE, "2001:db8::1/64");
    assert_entry(ledger, "eth0", "none");
}

static void test_routes(void)
{
    g_autoptr(NetLedger) ledger = net_ledger_new();
    g_autoptr(IfcfgRoute) v4 = ifcfg_route_parse("default via 192.0.2.1", AF_INET, names, nowhere, NULL);
    g_autoptr(IfcfgRoute) v6 = ifcfg_route_parse("default", AF_INET6, names, nowhere, NULL);
    g_autoptr(IfcfgRule) rule = ifcfg_rule_parse("from 192.0.2.1 table 5", AF_INET, names, nowhere, NULL);
    NetOp op = op_of(NET_OP_ROUTE_ADD, "eth0", "eth0");
    op.route = v4;
    net_ledger_note(ledger, &op);
    op.metric_plus_ifindex = TRUE;
    net_ledger_note(ledger, &op);
    op.metric_plus_ifindex = FALSE;
    op.route = v6;
    net_ledger_note(ledger, &op);
    op.type = NET_OP_RULE_ADD;
    op.rule = rule;
    net_ledger_note(ledger, &op);
    assert_entry(
        ledger, "eth0",
        "found;-4 default via 192.0.2.1 dev eth0;zeroconf;-6 default dev eth0;-4 from 192.0.2.1/32 table 5");
    g_assert_null(
        ((IfcfgNexthop *)g_ptr_array_index(v4->nexthops, 0))->dev); /* the model's route is untouched */
    op.type = NET_OP_ROUTE_DELETE;
    op.metric_plus_ifindex = TRUE;
    net_ledger_note(ledger, &op);
    assert_entry(ledger, "eth0",
                 "found;-4 default via 192.0.2.1 dev eth0;-6 default dev eth0;-4 from 192.0.2.1/32 table 5");
}

static void test_forget(void)
{
    g_autoptr(NetLedger) ledger = net_ledger_new();
    NetOp op = op_of(NET_OP_LINK_DOWN, "eth0", "eth0");
    note_address(ledger, NET_OP_ADDR_ADD, "192.0.2.1/24");
    net_ledger_note(ledger, &op);
    assert_entry(ledger, "eth0", "found;192.0.2.1/24");
    op.forget = TRUE;
    net_ledger_note(ledger, &op);
    assert_entry(ledger, "eth0", "none");
}

static void test_copy(void)
{
    g_autoptr(NetLedger) ledger = net_ledger_new();
    note(ledger, NET_OP_LINK_ADD, "bond1", "bond1");
    note(ledger, NET_OP_PORT_ADD, "eth1", "bond1");
    note_address(ledger, NET_OP_ADDR_ADD, "192.0.2.1/24");
    net_ledger_ensure(ledger, "eth0")->nick = g_strdup("lan");
    g_autoptr(NetLedger) copy = net_ledger_copy(ledger);
    note_address(ledger, NET_OP_ADDR_DELETE, "192.0.2.1/24");
    note(ledger, NET_OP_LINK_DELETE, "bond1", "bond1");
    assert_entry(copy, "bond1", "created;eth1");
    assert_entry(copy, "eth0", "found;192.0.2.1/24");
    g_assert_cmpstr(net_ledger_find(copy, "eth0")->nick, ==, "lan");
    g_assert_cmpstr(((LedgerEntry *)g_ptr_array_index(copy->entries, 0))->name, ==, "bond1");
}

/* What one changes the other does not see, whichever that is, and places stay. */
static void test_copies_apart(void)
{
    static const char *const devs[] = {"a", "b", "c", "d"};
    g_autoptr(NetLedger) ledger = net_ledger_new();
    for (guint i = 0; i < G_N_ELEMENTS(devs); i++)
        note(ledger, NET_OP_LINK_ADD, devs[i], devs[i]);
    g_autoptr(NetLedger) copy = net_ledger_copy(ledger), third = net_ledger_copy(copy);
    note(copy, NET_OP_PORT_ADD, "eth1", "c");
    note(copy, NET_OP_PORT_ADD, "eth2", "a");
    note(ledger, NET_OP_LINK_DELETE, "b", "b");
    note(ledger, NET_OP_LINK_DELETE, "a", "a");
    net_ledger_ensure(third, "d")->up = TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(devs); i++)
        g_assert_cmpstr(((const LedgerEntry *)copy->entries->pdata[i])->name, ==, devs[i]);
    assert_entry(copy, "a", "created;eth2");
    assert_entry(copy, "c", "created;eth1");
    assert_entry(third, "a", "created");
    assert_entry(ledger, "a", "none");
    assert_entry(ledger, "c", "created");
    g_assert_cmpuint(ledger->entries->len, ==, 2);
    g_assert_true(third->entries->pdata[3] == net_ledger_find(third, "d"));
    g_assert_false(net_ledger_find(copy, "d")->up);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    names = ifcfg_rtnames_load("/nonexistent");
    g_test_add_func("/ledger/bond", test_bond);
    g_test_add_func("/ledger/addresses", test_addresses);
    g_test_add_func("/ledger/copies-apart", test_copies_apart);
    g_test_add_func("/ledger/routes", test_routes);
    g_test_add_func("/ledger/forget", test_forget);
    g_test_add_func("/ledger/copy", test_copy);
    int failed = g_test_run();
    ifcfg_rtnames_free(names);
    return failed;
}
