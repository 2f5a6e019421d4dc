/* Who waits for whom, and what is mended before the line is printed: ties between groups, depth of devices,
 * and the repair after the comparison with the kernel. */
#include "bond-family.h"
#include "executor-fixture.h"
#include "model/iface.h"
#include <net/if.h>
#include <sys/socket.h>

static NetGroup *group_of(Fixture *f, guint index)
{
    return g_ptr_array_index(f->plan->groups, index);
}

/* A bridge is made beside its port's bond, and waits for it only before its carrier. */
static void test_tie_between_phases(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->wait = "carrier";
    fixture_add_simple(f, "br0");
    fixture_add_op(f, NET_OP_CARRIER_WAIT, NET_PHASE_CARRIER, "br0", NET_WARN)->carrier.timeout_ms = 1000;
    net_group_tie(group_of(f, 0), (NetTie){1, NET_PHASE_L2_DONE, NET_PHASE_CARRIER, TRUE});
    fixture_add_simple(f, "bond0");
    fixture_add_op(f, NET_OP_LINK_ATTR, NET_PHASE_PORT_OPTIONS, "bond0", NET_FATAL);
    fixture_run(f);
    g_assert_cmpstr(
        f->backend->log->str, ==,
        "[br0 link-attr|bond0 link-attr][br0 link-up|bond0 link-up][bond0 link-attr][br0 carrier-wait]");
    g_assert_true(f->succeeded);
}

/* The one that is waited for has passed the phase, and is waiting itself: that holds nobody up. */
static void test_tie_while_other_waits(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->wait = "carrier";
    fixture_add_simple(f, "tun0");
    net_group_tie(group_of(f, 0), (NetTie){1, NET_PHASE_L2_DONE, NET_PHASE_UP, TRUE});
    fixture_add_group(f, "eth0");
    fixture_add_op(f, NET_OP_CARRIER_WAIT, NET_PHASE_CARRIER, "eth0", NET_WARN)->carrier.timeout_ms = 1000;
    fixture_add_op(f, NET_OP_LINK_ATTR, NET_PHASE_ADDRESSES, "eth0", NET_FATAL);
    fixture_run(f);
    g_assert_cmpstr(f->backend->log->str, ==,
                    "[tun0 link-attr][tun0 link-up][eth0 carrier-wait][eth0 link-attr]");
    g_assert_cmpstr(f->heard.groups->str, ==, "tun0 OK;eth0 OK;");
}

/* Where it is enough that the other was tried, its failure ends the wait; otherwise what is left is skipped.
 */
static void test_tie_to_a_failure(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "eth0";
    fixture_add_simple(f, "tun0");
    net_group_tie(group_of(f, 0), (NetTie){2, NET_PHASE_ROUTES, NET_PHASE_UP, FALSE});
    fixture_add_simple(f, "tun1");
    net_group_tie(group_of(f, 1), (NetTie){2, NET_PHASE_ROUTES, NET_PHASE_UP, TRUE});
    fixture_add_simple(f, "eth0");
    fixture_run(f);
    g_assert_cmpstr(f->backend->log->str, ==, "[tun0 link-attr|tun1 link-attr|eth0 link-attr][tun0 link-up]");
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 FAILED;tun1 SKIPPED;tun0 OK;");
    g_assert_nonnull(strstr(f->heard.messages->str, "E tun1: skipped: it needs eth0, which failed\n"));
}

/* A group that is held counts as not having got there, though it has nothing to do before. */
static void test_ties_in_a_row(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    fixture_add_group(f, "top");
    fixture_add_op(f, NET_OP_LINK_UP, NET_PHASE_UP, "top", NET_FATAL);
    fixture_add_need(group_of(f, 0), 1);
    fixture_add_group(f, "middle");
    fixture_add_op(f, NET_OP_LINK_ATTR, NET_PHASE_ADDRESSES, "middle", NET_FATAL);
    fixture_add_need(group_of(f, 1), 2);
    fixture_add_simple(f, "low");
    fixture_run(f);
    g_assert_cmpstr(f->backend->log->str, ==, "[low link-attr][low link-up][top link-up][middle link-attr]");
}

static void test_tie_once(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    NetTie tie = {1, NET_PHASE_L2_DONE, NET_PHASE_SYSCTL, TRUE};
    NetGroup *group = fixture_add_group(f, "eth0");
    net_group_tie(group, tie);
    net_group_tie(group, tie);
    g_assert_cmpuint(group->ties->len, ==, 1);
    tie.before = NET_PHASE_UP;
    net_group_tie(group, tie);
    g_assert_cmpuint(group->ties->len, ==, 2);
    g_array_set_size(group->ties, 0);
}

static void add_deep(Fixture *f, NetOpType type, NetPhase phase, const char *dev, guint8 depth)
{
    NetOp *op = fixture_add_op(f, type, phase, dev, NET_FATAL);
    op->depth = depth;
    if (type == NET_OP_LINK_ADD)
        op->create.family = &bond_family;
}

/* In one batch what others stand on is made first, and goes last. */
static void test_depth(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    static const struct {
        const char *dev;
        guint8 depth;
    } devices[] = {{"eth0.5.6", 2}, {"eth0.5", 1}, {"bond0", 0}, {"eth1.7", 1}};
    for (guint i = 0; i < G_N_ELEMENTS(devices); i++) {
        fixture_add_group(f, devices[i].dev);
        add_deep(f, NET_OP_LINK_DELETE, NET_PHASE_LINKS_OUT, devices[i].dev, devices[i].depth);
        add_deep(f, NET_OP_LINK_ADD, NET_PHASE_CREATE, devices[i].dev, devices[i].depth);
    }
    fixture_run(f);
    g_assert_cmpstr(f->backend->log->str, ==,
                    "[eth0.5.6 link-delete|eth0.5 link-delete|eth1.7 link-delete|bond0 link-delete]"
                    "[bond0 link-add|eth0.5 link-add|eth1.7 link-add|eth0.5.6 link-add]");
}

/* What the fake kernel has: eth0 and eth1, up, with the MTU of the last operation that set it. */
static guint32 kernel_mtu[2];
static guint asked;

static NetObserved *picture(G_GNUC_UNUSED gpointer data)
{
    NetObserved *observed = net_observed_new();
    for (int i = 0; i < 2; i++) {
        g_autofree char *name = g_strdup_printf("eth%d", i);
        ObservedLink *link = observed_link_new(name, i + 1);
        link->flags = IFF_UP;
        link->mtu = kernel_mtu[i];
        net_observed_add_link(observed, link);
    }
    return observed;
}

static NetIface *iface_of(const char *dev)
{
    NetIface *iface = net_iface_new_loopback();
    g_free(iface->name);
    iface->name = g_strdup(dev);
    iface->mtu = 9000;
    g_ptr_array_set_size(iface->addresses, 0);
    return iface;
}

/* eth0 and eth1, whose MTU somebody else changes while they come up. */
static void add_verified(Fixture *f, const char *dev, NetIface *iface)
{
    fixture_add_simple(f, dev);
    fixture_add_op(f, NET_OP_VERIFY, NET_PHASE_VERIFY, dev, NET_FATAL)->iface = iface;
    fixture_add_op(f, NET_OP_SYSCTL_APPLY, NET_PHASE_POST_HOOKS, dev, NET_WARN);
}

static void repair_add(NetPlan *plan, const char *dev, NetOpType type, NetPhase phase)
{
    NetOp *op = g_new0(NetOp, 1);
    *op = (NetOp){.type = type, .phase = phase, .dev = dev, .owner = dev, .group = plan->groups->len - 1};
    if (type == NET_OP_LINK_ATTR)
        op->attr.setting = fixture_mtu(TRUE);
    g_ptr_array_add(plan->ops, op);
}

/* Mends eth0; knows nothing for others, and plans for a stranger. */
static NetPlan *mend_eth0(const GPtrArray *groups, const NetObserved *observed, G_GNUC_UNUSED gpointer data)
{
    NetPlan *plan = net_plan_new();
    asked += groups->len;
    g_assert_nonnull(net_observed_link(observed, "eth0"));
    net_plan_add_group(plan)->dev = "stranger";
    repair_add(plan, "stranger", NET_OP_LINK_UP, NET_PHASE_UP);
    net_plan_add_group(plan)->dev = "eth0";
    repair_add(plan, "eth0", NET_OP_LINK_ATTR, NET_PHASE_LINK);
    repair_add(plan, "eth0", NET_OP_LINK_UP, NET_PHASE_UP);
    repair_add(plan, "eth0", NET_OP_VERIFY, NET_PHASE_VERIFY);
    return plan;
}

static NetObserved *picture_after_repair(gpointer data)
{
    const FakeBackend *backend = data;
    if (backend->observed > 1)
        kernel_mtu[0] = 9000;
    return picture(data);
}

static void run_verified(Fixture *f)
{
    NetIface *eth0 = iface_of("eth0"), *eth1 = iface_of("eth1");
    asked = 0;
    kernel_mtu[0] = kernel_mtu[1] = 1500;
    add_verified(f, "eth0", eth0);
    add_verified(f, "eth1", eth1);
    fixture_run(f);
    net_iface_free(eth0);
    net_iface_free(eth1);
}

/* eth0 is mended and compared again before it is told; eth1 is not, and is asked about once. */
static void test_repair(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->repair = mend_eth0;
    f->backend->observe = picture_after_repair;
    run_verified(f);
    g_assert_cmpuint(asked, ==, 2);
    g_assert_cmpuint(f->backend->observed, ==, 2);
    g_assert_cmpstr(f->backend->log->str, ==,
                    "[eth0 link-attr|eth1 link-attr][eth0 link-up|eth1 link-up]"
                    "[eth0 link-attr][eth0 link-up][eth0 sysctl-apply|eth1 sysctl-apply]");
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 OK;eth1 WARNING;");
    g_assert_cmpstr(f->heard.messages->str, ==, "ifcfg-lo: eth1: MTU is 1500, expected 9000\n");
    g_assert_true(net_ledger_find(f->ledger, "eth0")->up);
    g_assert_null(net_ledger_find(f->ledger, "stranger"));
}

/* What a repair adds is on disk before it is done: the record of a run that is killed in it has it. */
static void test_repair_is_recorded(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->repair = mend_eth0;
    f->backend->observe = picture_after_repair;
    run_verified(f);
    g_assert_cmpuint(f->heard.ledgers->len, ==, 3);
    for (guint i = 0; i < 3; i++)
        g_assert_true(net_ledger_find(g_ptr_array_index(f->heard.ledgers, i), "eth0")->up);
}

/* One pass: what is still wrong after it is told. */
static void test_repair_in_vain(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->repair = mend_eth0;
    f->backend->observe = picture;
    run_verified(f);
    g_assert_cmpuint(asked, ==, 2);
    g_assert_cmpuint(f->backend->observed, ==, 2);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 WARNING;eth1 WARNING;");
    g_assert_nonnull(strstr(f->heard.messages->str, "eth0: MTU is 1500, expected 9000\n"));
}

/* A repair that is refused ends the interface as any other operation does. */
static void test_repair_refused(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->repair = mend_eth0;
    f->backend->observe = picture;
    f->backend->fail = "eth0: set mtu 9000";
    run_verified(f);
    g_assert_false(f->succeeded);
    g_assert_nonnull(strstr(f->heard.groups->str, "eth0 FAILED;"));
    g_assert_nonnull(strstr(f->heard.messages->str, "E eth0: as scripted\n"));
}

static NetPlan *mend_nothing(const GPtrArray *groups, G_GNUC_UNUSED const NetObserved *observed,
                             G_GNUC_UNUSED gpointer data)
{
    asked += groups->len;
    return NULL;
}

static void test_nothing_to_mend(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->repair = mend_nothing;
    f->backend->observe = picture;
    run_verified(f);
    g_assert_cmpuint(asked, ==, 2);
    g_assert_cmpuint(f->backend->observed, ==, 1);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 WARNING;eth1 WARNING;");
}

/* The kernel has refused it in this run: that is told, and not tried again. */
static void test_no_surprise(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    NetIface *eth0 = iface_of("eth0");
    asked = 0;
    kernel_mtu[0] = kernel_mtu[1] = 1500;
    f->repair = mend_eth0;
    f->backend->observe = picture;
    f->backend->fail = "eth0: set mtu 9000";
    add_verified(f, "eth0", eth0);
    NetOp *mtu = g_ptr_array_index(f->plan->ops, 0);
    mtu->attr.setting = fixture_mtu(TRUE);
    mtu->severity = NET_WARN;
    g_clear_pointer(&eth0->record, ifcfg_record_unref);
    eth0->where = mtu->where;
    fixture_run(f);
    g_assert_cmpuint(asked, ==, 0);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 WARNING;");
    net_iface_free(eth0);
}

/* Somebody took the address away before its route was added: both are added again. */
static IfcfgRoute *lost_route;

static void lost_route_add(NetOp *op)
{
    op->route = op->stands_on = lost_route;
    op->severity = NET_WARN;
}

static NetPlan *mend_route(const GPtrArray *groups, const NetObserved *observed, gpointer data)
{
    NetPlan *plan = mend_eth0(groups, observed, data);
    repair_add(plan, "eth0", NET_OP_ROUTE_ADD, NET_PHASE_ROUTES);
    lost_route_add(g_ptr_array_index(plan->ops, plan->ops->len - 1));
    return plan;
}

static void test_repair_tries_routes(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    NetIface *eth0 = iface_of("eth0");
    lost_route = ifcfg_route_parse("default dev eth0", AF_INET, NULL, (IfcfgWhere){0}, NULL);
    kernel_mtu[0] = 1500;
    f->repair = mend_route;
    f->backend->observe = picture_after_repair;
    f->backend->fail = "add route default";
    fixture_add_simple(f, "eth0");
    lost_route_add(fixture_add_op(f, NET_OP_ROUTE_ADD, NET_PHASE_ROUTES, "eth0", NET_WARN));
    fixture_add_op(f, NET_OP_VERIFY, NET_PHASE_VERIFY, "eth0", NET_FATAL)->iface = eth0;
    fixture_run(f);
    g_assert_cmpstr(
        f->backend->log->str, ==,
        "[eth0 link-attr][eth0 link-up][eth0 route-add][eth0 link-attr][eth0 link-up][eth0 route-add]");
    g_assert_cmpstr(f->heard.messages->str, ==, "ifcfg-test:3: eth0: as scripted\n");
    net_iface_free(eth0);
    ifcfg_route_free(lost_route);
}

static void add_back(Fixture *f)
{
    NetOp *back = fixture_add_op(f, NET_OP_NEIGH_ADD, NET_PHASE_ROUTES_LINK_BACK, "eth0", NET_WARN);
    back->is_back = TRUE;
    back->owner = NULL;
    g_assert_true(ifcfg_ip_parse("192.0.2.7", AF_UNSPEC, &back->neighbour.ip));
}

/* What is somebody else's is owed until it is back, and no longer. */
static void test_owed(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    fixture_add_group(f, "eth0");
    add_back(f);
    fixture_run(f);
    g_assert_cmpuint(f->heard.ledgers->len, ==, 2);
    g_assert_cmpuint(((const NetLedger *)g_ptr_array_index(f->heard.ledgers, 0))->owed->len, ==, 1);
    g_assert_cmpuint(((const NetLedger *)g_ptr_array_index(f->heard.ledgers, 1))->owed->len, ==, 0);
}

/* A run that is stopped before that leaves it to the next one. */
static void test_owed_when_stopped(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->hold = "carrier";
    f->heard.stop_at_wait = &f->stop;
    fixture_add_group(f, "eth0");
    fixture_add_op(f, NET_OP_CARRIER_WAIT, NET_PHASE_CARRIER, "eth0", NET_FATAL)->carrier.timeout_ms = 5000;
    add_back(f);
    fixture_run(f);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 STOPPED;");
    const NetLedger *last = g_ptr_array_index(f->heard.ledgers, f->heard.ledgers->len - 1);
    g_assert_cmpuint(last->owed->len, ==, 1);
    g_assert_nonnull(strstr(g_ptr_array_index(last->owed, 0), "192.0.2.7"));
}

static void add_address(Fixture *f, const char *dev, const NetAddress *address)
{
    NetOp *op = fixture_add_op(f, NET_OP_ADDR_ADD, NET_PHASE_ADDRESSES, dev, NET_ONE_OF);
    op->address = op->stands_on = address;
}

/* Of one address the reason is enough, and it is an error; of several it is told what that comes to. */
static void test_no_address(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    static const NetAddress addresses[3];
    f->backend->fail = "add address";
    fixture_add_group(f, "eth0")->no_claim_left = "no address";
    add_address(f, "eth0", &addresses[0]);
    fixture_add_group(f, "eth1")->no_claim_left = "no address";
    add_address(f, "eth1", &addresses[1]);
    add_address(f, "eth1", &addresses[2]);
    fixture_run(f);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 FAILED;eth1 FAILED;");
    g_assert_true(g_str_has_prefix(f->heard.messages->str, "E ifcfg-test:1: eth0: as scripted\n"));
    g_assert_true(
        g_str_has_suffix(f->heard.messages->str, "\nifcfg-test:3: eth1: as scripted\nE eth1: no address\n"));
}

#define TEST(name, function)                                                                                 \
    g_test_add("/executor-order/" name, Fixture, NULL, fixture_setup, function, fixture_teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    TEST("owed", test_owed);
    TEST("owed-when-stopped", test_owed_when_stopped);
    TEST("tie-between-phases", test_tie_between_phases);
    TEST("tie-while-the-other-waits", test_tie_while_other_waits);
    TEST("tie-to-a-failure", test_tie_to_a_failure);
    TEST("ties-in-a-row", test_ties_in_a_row);
    TEST("tie-once", test_tie_once);
    TEST("depth", test_depth);
    TEST("repair", test_repair);
    TEST("repair-is-recorded", test_repair_is_recorded);
    TEST("repair-in-vain", test_repair_in_vain);
    TEST("repair-refused", test_repair_refused);
    TEST("nothing-to-mend", test_nothing_to_mend);
    TEST("repair-tries-routes", test_repair_tries_routes);
    TEST("no-surprise", test_no_surprise);
    TEST("no-address", test_no_address);
    return g_test_run();
}
