/* Operations as text: every type has a name and a line of its own. */
#include "bond-family.h"
#include "plan/op.h"
#include <errno.h>
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

typedef struct {
    IfcfgRtNames *names;
    IfcfgRoute *route;
    IfcfgRule *rule;
    NetAddress address;
    LinkSetting mtu;
    NetNexthop nexthop;
    NetNames *share;
    NetLease lease;
    GPtrArray *ethtool;
    NetRun *run;
} Parts;

static void parts_clear(Parts *self)
{
    ifcfg_rule_free(self->rule);
    ifcfg_route_free(self->route);
    ifcfg_rtnames_free(self->names);
    net_names_free(self->share);
    g_ptr_array_unref(self->ethtool);
    net_run_free(self->run);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Parts, parts_clear)

static void parts_init(Parts *self)
{
    IfcfgWhere nowhere = {0};
    self->names = ifcfg_rtnames_load("/nonexistent");
    self->route = ifcfg_route_parse("10.0.0.0/8 via 192.0.2.1", AF_INET, self->names, nowhere, NULL);
    self->rule = ifcfg_rule_parse("from 10.0.0.1 table 5", AF_INET, self->names, nowhere, NULL);
    g_assert_true(ifcfg_prefix_parse("192.0.2.9/24", AF_INET, &self->address.prefix));
    self->ethtool = ethtool_options_parse("wol g", "eth0", nowhere, NULL);
    self->run = net_run_new(1000);
    net_run_add(self->run, g_strsplit("/sbin/ifup-local eth0", " ", -1), TRUE);
    self->mtu = (LinkSetting){.option = link_table_find(&link_attributes.own, "mtu"),
                              .name = (char *)"mtu",
                              .text = (char *)"9000",
                              .number = 9000};
    self->nexthop = (NetNexthop){.id = 7, .dev = (char *)"eth0"};
    g_assert_true(ifcfg_ip_parse("192.0.2.1", AF_INET, &self->nexthop.via));
    self->share = net_names_new();
    net_names_add_words(self->share->servers, "192.0.2.53 192.0.2.54");
    net_names_add_words(self->share->search, "example.com");
    self->lease = (NetLease){.family = AF_INET, .client = NET_CLIENT_DHCPCD, .metric = -1};
}

static void fill_program(NetOp *op, const Parts *parts)
{
    if (op->type == NET_OP_ETHTOOL_SET)
        op->ethtool.request = g_ptr_array_index(parts->ethtool, 0);
    if (op->type == NET_OP_HOOK_RUN)
        op->hook.run = parts->run;
    if (op->type == NET_OP_VLANS_ADD || op->type == NET_OP_VLANS_DELETE)
        op->vlans.list = "1 pvid untagged,20-30";
    if (op->type == NET_OP_TEAMD_START)
        op->teamd.config = "{}";
    if (op->type == NET_OP_NEXTHOP_SET || op->type == NET_OP_NEXTHOP_DELETE)
        op->nexthop.item = &parts->nexthop;
}

/* An operation with all that its type needs. */
static NetOp op_of(NetOpType type, const Parts *parts)
{
    NetOp op = {.type = type, .dev = "eth0"};
    switch (type) {
    case NET_OP_MODULE_LOAD:
        op.module.name = "bonding";
        break;
    case NET_OP_LINK_ADD:
        op.create.family = &bond_family;
        break;
    case NET_OP_PORT_SET:
        op.set.controller = "bond0";
        break;
    case NET_OP_LINK_ATTR:
        op.attr.setting = &parts->mtu;
        break;
    case NET_OP_PORT_ADD:
    case NET_OP_PORT_REMOVE:
        op.master = "bond0";
        break;
    case NET_OP_LEASE_GET:
    case NET_OP_LEASE_DROP:
        op.lease.lease = &parts->lease;
        break;
    case NET_OP_NEIGH_ADD:
        op.neighbour.ip = parts->address.prefix.ip;
        break;
    case NET_OP_ADDR_PROBE:
        op.probe.address = &parts->address;
        break;
    case NET_OP_ADDR_ADD:
    case NET_OP_ADDR_DELETE:
    case NET_OP_ADDR_ANNOUNCE:
        op.address = &parts->address;
        break;
    case NET_OP_ROUTE_ADD:
    case NET_OP_ROUTE_DELETE:
        op.route = parts->route;
        break;
    case NET_OP_RULE_ADD:
    case NET_OP_RULE_DELETE:
        op.rule = parts->rule;
        break;
    case NET_OP_SYSCTL_SET:
        op.sysctl.key = "ipv6/conf/eth0/accept_ra";
        op.sysctl.value = "1";
        op.sysctl.before = "0";
        break;
    case NET_OP_ZONE_SET:
        op.zone.name = "public";
        break;
    case NET_OP_NAMES_SET:
        op.names.share = parts->share;
        break;
    default:
        fill_program(&op, parts);
        break;
    }
    return op;
}

/* Every type is worded, and no two alike: each line says what is done. */
static void test_lines(void)
{
    g_auto(Parts) parts = {0};
    parts_init(&parts);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (NetOpType type = 0; type < NET_OP_LAST; type++) {
        NetOp op = op_of(type, &parts);
        g_autofree char *attempt = net_op_attempt(&op), *waiting = net_op_waiting(&op);
        char *line = net_op_format(&op);
        g_assert_true(g_str_has_prefix(line, "eth0: "));
        g_assert_null(strstr(line, net_op_type_name(type)));
        g_assert_null(strchr(line, '\n'));
        g_assert_true(g_hash_table_add(seen, line));
        g_assert_true(attempt && *attempt);
        g_assert_true(g_str_has_prefix(waiting, "eth0: ") == (net_op_kind(&op)->waiting != NULL));
        g_assert_true(net_op_kind(&op)->effect != NET_EFFECT_WAITS || net_op_kind(&op)->waiting);
    }
}

/* What is remembered can be taken back, and what is taken back counts as gone when it is not there. */
static void test_kinds(void)
{
    guint added = 0, removed = 0;
    for (NetOpType type = 0; type < NET_OP_LAST; type++) {
        NetOp op = {.type = type};
        const NetOpKind *kind = net_op_kind(&op);
        if (type == NET_OP_SYSCTL_SET) /* else nobody need know */
            op.sysctl.before = "0";
        if (net_op_adds(&op))
            added |= 1u << kind->note;
        if (net_op_removes(&op)) {
            removed |= 1u << kind->note;
            g_assert_cmpint(kind->satisfied[0], !=, 0);
            g_assert_true(net_op_is_satisfied(&op, kind->satisfied[0]));
            g_assert_cmpint(kind->impact, !=, NET_IMPACT_LIVE);
        }
        if (type == NET_OP_LINK_ATTR || type == NET_OP_SYSCTL_SET) { /* one type, both ways */
            if (type == NET_OP_LINK_ATTR)
                op.attr.gives_back = TRUE;
            else
                op.sysctl.gives_back = TRUE;
            g_assert_true(net_op_removes(&op) && !net_op_adds(&op));
            removed |= 1u << kind->note;
        }
        gboolean is_for_some = kind->note == NET_NOTE_WRITTEN || kind->note == NET_NOTE_HOOKS;
        g_assert_true((kind->note != NET_NOTE_NOTHING && !is_for_some) ==
                      (net_op_adds(&op) || net_op_removes(&op)));
        g_assert_false(net_op_is_satisfied(&op, EINVAL));
        g_assert_false(net_op_is_satisfied(&op, 0));
    }
    g_assert_cmpuint(added, ==, removed);
}

static void assert_line(const NetOp *op, const char *expected)
{
    g_autofree char *line = net_op_format(op);
    g_assert_cmpstr(line, ==, expected);
}

static void test_details(void)
{
    g_autoptr(LinkSettings) settings = link_settings_new(&bond_family);
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    IfcfgWhere nowhere = {0};
    link_settings_parse(settings, "mode=1 arp_ip_target=10.0.0.1,10.0.0.2", nowhere, FALSE, NULL);
    for (guint i = 0; i < link_settings_length(settings); i++)
        g_ptr_array_add(list, (gpointer)link_settings_nth(settings, i));
    NetOp add = {.type = NET_OP_LINK_ADD,
                 .dev = "bond0",
                 .create = {.family = &bond_family, .settings = list, .mtu = 9000}};
    g_assert_true(ifcfg_mac_parse("02:00:00:00:00:01", &add.create.mac));
    assert_line(&add, "bond0: create bond mode=active-backup arp_ip_target=10.0.0.1,10.0.0.2 "
                      "mac=02:00:00:00:00:01 mtu=9000");
    NetOp wait = {.type = NET_OP_LINK_WAIT, .dev = "eth0"};
    assert_line(&wait, "eth0: check that the device is there");
    wait.wait.timeout_ms = 1500;
    assert_line(&wait, "eth0: wait up to 2 s for the device");
    wait.wait.mac = add.create.mac;
    assert_line(&wait, "eth0: wait up to 2 s for the device with permanent address 02:00:00:00:00:01");
    g_auto(Parts) parts = {0};
    parts_init(&parts);
    NetOp names = {.type = NET_OP_NAMES_SET, .dev = "eth0", .names.share = parts.share};
    assert_line(&names, "eth0: set name servers 192.0.2.53 192.0.2.54, search example.com");
    NetOp load = {.type = NET_OP_MODULE_LOAD, .module.name = "bnx2"};
    assert_line(&load, "load module bnx2");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/op/names", test_names);
    g_test_add_func("/op/lines", test_lines);
    g_test_add_func("/op/kinds", test_kinds);
    g_test_add_func("/op/details", test_details);
    return g_test_run();
}
