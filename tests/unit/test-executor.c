/* The executor against a scripted back end: order, failures, waits, needs, stopping and the ledger. */
#include "bond-family.h"
#include "executor-fixture.h"

static void test_phases(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    fixture_add_simple(f, "eth0");
    fixture_add_simple(f, "eth1");
    fixture_run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->backend->log->str, ==, "[eth0 link-attr|eth1 link-attr][eth0 link-up|eth1 link-up]");
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 OK;eth1 OK;");
    g_assert_cmpstr(f->heard.messages->str, ==, "");
}

static void test_fatal(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "eth0";
    fixture_add_simple(f, "eth0");
    fixture_add_simple(f, "eth1");
    fixture_run(f);
    g_assert_false(f->succeeded);
    g_assert_cmpstr(f->backend->log->str, ==, "[eth0 link-attr|eth1 link-attr][eth1 link-up]");
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 FAILED;eth1 OK;");
    g_assert_cmpstr(f->heard.messages->str, ==, "E ifcfg-test:1: eth0: as scripted\n");
}

static void test_warn(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "mtu";
    fixture_add_simple(f, "eth0");
    ((NetOp *)g_ptr_array_index(f->plan->ops, 0))->severity = NET_WARN;
    fixture_run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 WARNING;");
    g_assert_cmpstr(f->heard.messages->str, ==, "ifcfg-test:1: eth0: as scripted\n");
}

static void test_note(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->note = "mtu";
    fixture_add_simple(f, "eth0");
    fixture_run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 WARNING;");
    g_assert_cmpstr(f->heard.messages->str, ==, "ifcfg-test:1: eth0: noted\n");
}

static void test_group_notes(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    fixture_add_simple(f, "eth0");
    NetGroup *group = g_ptr_array_index(f->plan->groups, 0);
    group->notes = g_ptr_array_new();
    g_ptr_array_add(group->notes, (gpointer) "kept");
    fixture_run(f);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 OK;");
    g_assert_cmpstr(f->heard.messages->str, ==, "eth0: kept\n");
}

static void test_one_port_missing(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "eth1";
    fixture_add_bond(f, "bond0", "eth1", "eth2");
    fixture_add_op(f, NET_OP_LINK_ATTR, NET_PHASE_PORT_OPTIONS, "eth1", NET_FATAL);
    fixture_run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->backend->log->str, ==, "[bond0 link-add][eth1 port-add|eth2 port-add][bond0 link-up]");
    g_assert_cmpstr(f->heard.groups->str, ==, "bond0 WARNING;");
    g_assert_cmpstr(f->heard.messages->str, ==, "ifcfg-test:2: eth1: as scripted\n");
}

static void test_all_ports_missing(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "eth";
    fixture_add_bond(f, "bond0", "eth1", "eth2");
    fixture_run(f);
    g_assert_false(f->succeeded);
    g_assert_cmpstr(f->backend->log->str, ==, "[bond0 link-add][eth1 port-add|eth2 port-add]");
    g_assert_cmpstr(f->heard.groups->str, ==, "bond0 FAILED;");
    g_assert_nonnull(strstr(f->heard.messages->str, "E bond0: no port could be enslaved\n"));
}

/* One port is in the bond already, so that the plan has only the other, which fails: no reason to give up. */
static void test_last_port_missing(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "eth2";
    fixture_add_group(f, "bond0");
    fixture_add_op(f, NET_OP_PORT_ADD, NET_PHASE_PORTS, "eth2", NET_DEGRADE)->master = "bond0";
    fixture_add_op(f, NET_OP_LINK_UP, NET_PHASE_UP, "bond0", NET_FATAL);
    fixture_run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->heard.groups->str, ==, "bond0 WARNING;");
}

/* A card that has another name now: that comes before the module of old, which nobody needs. */
static void test_missing_before_module(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "eth";
    fixture_add_group(f, "bond0")->no_device_left = "no port could be enslaved";
    fixture_add_op(f, NET_OP_MODULE_LOAD, NET_PHASE_MODULE, "eth1", NET_WARN)->where.line = 7;
    fixture_add_op(f, NET_OP_MODULE_LOAD, NET_PHASE_MODULE, "eth2", NET_WARN)->where.line = 8;
    fixture_add_op(f, NET_OP_LINK_WAIT, NET_PHASE_DEVICE, "eth1", NET_ONE_OF)->where.line = 1;
    fixture_add_op(f, NET_OP_LINK_WAIT, NET_PHASE_DEVICE, "eth2", NET_ONE_OF)->where.line = 2;
    fixture_run(f);
    g_assert_cmpstr(f->heard.messages->str, ==,
                    "ifcfg-test:1: eth1: as scripted\nifcfg-test:2: eth2: as scripted\n"
                    "ifcfg-test:7: eth1: as scripted\nifcfg-test:8: eth2: as scripted\n"
                    "E bond0: no port could be enslaved\n");
}

/* A device that fails early is no longer asked, and counts: the first is not there, the second is refused. */
static void test_one_of_fails_in_turn(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "eth";
    fixture_add_group(f, "bond0")->no_device_left = "no port could be enslaved";
    fixture_add_op(f, NET_OP_LINK_WAIT, NET_PHASE_DEVICE, "eth1", NET_ONE_OF);
    fixture_add_op(f, NET_OP_LINK_ADD, NET_PHASE_CREATE, "bond0", NET_FATAL)->create.family = &bond_family;
    fixture_add_op(f, NET_OP_PORT_ADD, NET_PHASE_PORTS, "eth1", NET_ONE_OF)->master = "bond0";
    fixture_add_op(f, NET_OP_PORT_ADD, NET_PHASE_PORTS, "eth2", NET_ONE_OF)->master = "bond0";
    fixture_add_op(f, NET_OP_LINK_UP, NET_PHASE_UP, "bond0", NET_FATAL);
    fixture_run(f);
    g_assert_cmpstr(f->backend->log->str, ==, "[eth1 link-wait][bond0 link-add][eth2 port-add]");
    g_assert_cmpstr(f->heard.groups->str, ==, "bond0 FAILED;");
    g_assert_true(g_str_has_suffix(f->heard.messages->str, "E bond0: no port could be enslaved\n"));
}

/* What fails after the last chance of the others is only a warning: each had its port. */
static void test_one_of_fails_later(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "mtu";
    fixture_add_bond(f, "bond0", "eth1", "eth2");
    fixture_add_op(f, NET_OP_LINK_ATTR, NET_PHASE_PORT_OPTIONS, "eth1", NET_DEGRADE);
    fixture_add_op(f, NET_OP_LINK_ATTR, NET_PHASE_PORT_OPTIONS, "eth2", NET_DEGRADE);
    fixture_run(f);
    g_assert_cmpstr(f->heard.groups->str, ==, "bond0 WARNING;");
}

static void test_verify_once(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    for (guint i = 0; i < 3; i++) {
        const char *const devs[] = {"eth0", "eth1", "eth2"};
        fixture_add_simple(f, devs[i]);
        fixture_add_op(f, NET_OP_VERIFY, NET_PHASE_VERIFY, devs[i], NET_FATAL);
    }
    fixture_run(f);
    g_assert_cmpuint(f->backend->observed, ==, 1);
    g_assert_null(strstr(f->backend->log->str, "verify"));
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 OK;eth1 OK;eth2 OK;");
}

static void test_problem(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    IfcfgWhere where = {.file = g_intern_string("/etc/ifcfg-eth0"), .line = 3};
    IfcfgProblem error = {where, IFCFG_ERROR, (char *)"this quote is never closed"};
    IfcfgProblem warning = {where, IFCFG_WARNING, (char *)"unknown key"};
    fixture_add_simple(f, "eth0");
    fixture_add_simple(f, "eth1");
    net_group_add_problem(g_ptr_array_index(f->plan->groups, 0), &error, "eth0");
    net_group_add_problem(g_ptr_array_index(f->plan->groups, 1), &warning, "eth1");
    fixture_run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 WARNING;eth1 OK;");
    g_assert_cmpstr(f->heard.messages->str, ==,
                    "ifcfg-eth0:3: eth0: this quote is never closed\nifcfg-eth0:3: eth1: unknown key\n");
}

static void test_needs(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    fixture_add_simple(f, "bond0:1");
    fixture_add_need(g_ptr_array_index(f->plan->groups, 0), 1);
    fixture_add_simple(f, "bond0");
    fixture_add_op(f, NET_OP_CARRIER_WAIT, NET_PHASE_CARRIER, "bond0", NET_WARN)->carrier.timeout_ms = 1000;
    f->backend->wait = "carrier";
    fixture_run(f);
    g_assert_true(f->succeeded);
    /* Above layer 2 they do not wait for each other any more; what is ready goes on while bond0 waits. */
    g_assert_cmpstr(
        f->backend->log->str, ==,
        "[bond0 link-attr][bond0 link-up][bond0:1 link-attr][bond0:1 link-up][bond0 carrier-wait]");
    g_assert_cmpstr(f->heard.groups->str, ==, "bond0:1 OK;bond0 OK;");
}

static void test_needs_failed(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "bond0: MTU";
    fixture_add_simple(f, "a");
    fixture_add_need(g_ptr_array_index(f->plan->groups, 0), 1);
    fixture_add_simple(f, "b");
    fixture_add_need(g_ptr_array_index(f->plan->groups, 1), 2);
    fixture_add_simple(f, "bond0");
    f->backend->fail = "bond0";
    fixture_run(f);
    g_assert_false(f->succeeded);
    g_assert_cmpstr(f->heard.groups->str, ==, "bond0 FAILED;b SKIPPED;a SKIPPED;");
    g_assert_nonnull(strstr(f->heard.messages->str, "E b: skipped: it needs bond0, which failed\n"));
    g_assert_nonnull(strstr(f->heard.messages->str, "E a: skipped: it needs b, which was skipped itself\n"));
}

/* Users of a device go before it, all the way. */
static void test_needs_down(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    fixture_add_group(f, "bond0")->down = TRUE;
    fixture_add_need(g_ptr_array_index(f->plan->groups, 0), 1);
    fixture_add_op(f, NET_OP_LINK_DOWN, NET_PHASE_LINKS_DOWN, "bond0", NET_FATAL);
    fixture_add_group(f, "vlan5")->down = TRUE;
    fixture_add_op(f, NET_OP_LINK_DELETE, NET_PHASE_LINKS_OUT, "vlan5", NET_FATAL);
    fixture_run(f);
    g_assert_cmpstr(f->backend->log->str, ==, "[vlan5 link-delete][bond0 link-down]");
    g_assert_cmpstr(f->heard.groups->str, ==, "vlan5 OK;bond0 OK;");
}

static void test_failed_before(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    NetGroup *group = fixture_add_group(f, "br0");

    group->failed = g_strdup("TYPE=Bridge is not supported yet");
    group->failed_where = (IfcfgWhere){g_intern_string("/x/ifcfg-br0"), 3, 6};
    fixture_add_simple(f, "eth0");
    fixture_run(f);
    g_assert_false(f->succeeded);
    g_assert_cmpstr(f->heard.groups->str, ==, "br0 FAILED;eth0 OK;");
    g_assert_cmpstr(f->heard.messages->str, ==, "E ifcfg-br0:3: br0: TYPE=Bridge is not supported yet\n");
}

static void test_does_not_count(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "lo";
    fixture_add_simple(f, "lo");
    ((NetGroup *)g_ptr_array_index(f->plan->groups, 0))->counts = FALSE;
    fixture_run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->heard.groups->str, ==, "lo FAILED;");
}

static void test_wait_holds_only_its_group(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->wait = "wait";
    fixture_add_group(f, "eth0");
    fixture_add_op(f, NET_OP_LINK_WAIT, NET_PHASE_DEVICE, "eth0", NET_FATAL)->wait.timeout_ms = 5000;
    fixture_add_op(f, NET_OP_LINK_UP, NET_PHASE_UP, "eth0", NET_FATAL);
    fixture_add_simple(f, "eth1");
    fixture_run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->backend->log->str, ==, "[eth0 link-wait][eth1 link-attr][eth0 link-up|eth1 link-up]");
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 OK;eth1 OK;");
}

static void test_stop(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->hold = "carrier";
    f->heard.stop_at_wait = &f->stop;
    fixture_add_simple(f, "eth1");
    fixture_add_group(f, "eth0");
    fixture_add_op(f, NET_OP_LINK_UP, NET_PHASE_UP, "eth0", NET_FATAL);
    fixture_add_op(f, NET_OP_CARRIER_WAIT, NET_PHASE_CARRIER, "eth0", NET_FATAL)->carrier.timeout_ms = 5000;
    fixture_run(f);
    g_assert_false(f->succeeded);
    g_assert_cmpuint(f->backend->cancelled, ==, 1);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth1 OK;eth0 STOPPED;");
    g_assert_cmpstr(f->heard.messages->str, ==, "");
    g_assert_cmpstr(f->heard.waits->str, ==, "eth0: carrier;-;");
    g_assert_cmpuint(f->heard.ledgers->len, ==, 2);
    g_assert_true(net_ledger_find(f->ledger, "eth0")->up);
}

static void test_several_waits(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    const char *devices[] = {"eth0", "eth1", "eth2", "eth3", "eth4"};

    f->backend->hold = "carrier";
    f->heard.stop_at_wait = &f->stop;
    for (guint i = 0; i < G_N_ELEMENTS(devices); i++) {
        fixture_add_group(f, devices[i]);
        fixture_add_op(f, NET_OP_CARRIER_WAIT, NET_PHASE_CARRIER, devices[i], NET_FATAL)->carrier.timeout_ms =
            5000;
    }
    fixture_run(f);
    g_assert_cmpstr(f->heard.waits->str, ==, "eth0: carrier; eth1: carrier; eth2: carrier; and 2 more;-;");
}

static void test_stop_before(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    fixture_add_simple(f, "eth0");
    f->stop = TRUE;
    fixture_run(f);
    g_assert_false(f->succeeded);
    g_assert_cmpstr(f->backend->log->str, ==, "");
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 STOPPED;");
}

static void test_ledger(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    const NetLedger *intent, *truth;

    f->backend->fail = "eth2";
    fixture_add_bond(f, "bond0", "eth1", "eth2");
    fixture_run(f);
    g_assert_cmpuint(f->heard.ledgers->len, ==, 2);
    intent = g_ptr_array_index(f->heard.ledgers, 0);
    truth = g_ptr_array_index(f->heard.ledgers, 1);
    g_assert_true(net_ledger_find(intent, "bond0")->created);
    g_assert_cmpuint(net_ledger_find(intent, "bond0")->ports->len, ==, 2);
    g_assert_cmpuint(net_ledger_find(truth, "bond0")->ports->len, ==, 1);
    g_assert_cmpuint(net_ledger_find(f->ledger, "bond0")->ports->len, ==, 1);
}

/* What fails at once leaves nothing behind in the ledger on disk. */
static void test_ledger_of_failure(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "bond0";
    fixture_add_bond(f, "bond0", "eth1", "eth2");
    fixture_run(f);
    g_assert_cmpuint(f->heard.ledgers->len, ==, 2);
    g_assert_null(net_ledger_find(g_ptr_array_index(f->heard.ledgers, 1), "bond0"));
}

/* A plan without changes does not touch the disk. */
static void test_ledger_untouched(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    fixture_add_group(f, "eth0");
    fixture_add_op(f, NET_OP_LINK_WAIT, NET_PHASE_DEVICE, "eth0", NET_FATAL);
    fixture_run(f);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 OK;");
    g_assert_cmpuint(f->heard.ledgers->len, ==, 0);
}

static void test_empty_plan(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    fixture_run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->heard.groups->str, ==, "");
}

static void test_recording(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GString) log = g_string_new(NULL);
    g_autoptr(NetBackend) backend = net_backend_record_new(log, "eth1");
    NetReporter reporter = {.group_done = fixture_group_heard, .data = &f->heard};

    fixture_add_simple(f, "eth0");
    fixture_add_simple(f, "eth1");
    g_assert_false(net_executor_run(f->plan, backend, f->ledger, NULL, &reporter));
    g_assert_cmpstr(f->heard.groups->str, ==, "eth1 FAILED;eth0 OK;");
    for (guint i = 0; i < 3; i++) {
        g_autofree char *line = net_op_format(g_ptr_array_index(f->plan->ops, i));
        g_assert_nonnull(strstr(log->str, line));
    }
}

#define TEST(name, function)                                                                                 \
    g_test_add("/executor/" name, Fixture, NULL, fixture_setup, function, fixture_teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    TEST("phases-of-all-interfaces-in-one-batch", test_phases);
    TEST("fatal", test_fatal);
    TEST("warn", test_warn);
    TEST("note", test_note);
    TEST("group-notes", test_group_notes);
    TEST("one-port-missing", test_one_port_missing);
    TEST("all-ports-missing", test_all_ports_missing);
    TEST("last-port-missing", test_last_port_missing);
    TEST("missing-before-module", test_missing_before_module);
    TEST("one-of-fails-in-turn", test_one_of_fails_in_turn);
    TEST("one-of-fails-later", test_one_of_fails_later);
    TEST("verify-observes-once", test_verify_once);
    TEST("problem-is-a-warning", test_problem);
    TEST("needs", test_needs);
    TEST("needs-failed", test_needs_failed);
    TEST("needs-down", test_needs_down);
    TEST("failed-before", test_failed_before);
    TEST("does-not-count", test_does_not_count);
    TEST("wait-holds-only-its-group", test_wait_holds_only_its_group);
    TEST("several-waits-are-told-at-once", test_several_waits);
    TEST("stop", test_stop);
    TEST("stop-before", test_stop_before);
    TEST("ledger-intent-and-truth", test_ledger);
    TEST("ledger-of-failure", test_ledger_of_failure);
    TEST("ledger-untouched", test_ledger_untouched);
    TEST("empty-plan", test_empty_plan);
    TEST("recording", test_recording);
    return g_test_run();
}
