/* The executor against a scripted back end: order, failures, degrading, needs, stop, ledger and messages. */
#include "apply/executor.h"
#include <string.h>

/* A back end whose script says which operations fail, which wait, and that records batches. */
typedef struct {
    NetBackend base;
    const char *fail;   /* operations whose line contains this fail */
    const char *wait;   /* these end later, from the main loop */
    const char *hold;   /* these end only when they are cancelled */
    const char *note;   /* these succeed with a warning note */
    GString *log;       /* "[line|line]" a batch */
    GPtrArray *waiting; /* Waiting* */
    guint observed, cancelled;
} FakeBackend;

typedef struct {
    FakeBackend *backend;
    const NetOp *op;
    NetOpDone done;
    gpointer data;
    guint source;
} Waiting;

static void fake_end(const FakeBackend *self, const NetOp *op, NetOpDone done, gpointer data)
{
    g_autofree char *line = net_op_format(op);
    NetResult result = {0};

    if (self->fail && strstr(line, self->fail))
        g_set_error_literal(&result.error, NET_ERROR, EIO, "as scripted");
    if (self->note && strstr(line, self->note))
        net_result_note(&result, TRUE, NULL, "noted");
    done(op, &result, data);
    net_result_clear(&result);
}

static gboolean fake_later(gpointer data)
{
    Waiting *waiting = data;

    g_ptr_array_remove(waiting->backend->waiting, waiting);
    fake_end(waiting->backend, waiting->op, waiting->done, waiting->data);
    g_free(waiting);
    return G_SOURCE_REMOVE;
}

static void fake_run(NetBackend *backend, const NetOp *const *ops, guint n, NetOpDone done, gpointer data)
{
    FakeBackend *self = (FakeBackend *)backend;

    for (guint i = 0; i < n; i++) {
        g_autofree char *line = net_op_format(ops[i]);
        g_string_append_printf(self->log, "%s%s %s", i ? "|" : "[", ops[i]->dev ? ops[i]->dev : "",
                               net_op_type_name(ops[i]->type));
        gboolean hold = self->hold && strstr(line, self->hold);
        if (hold || (self->wait && strstr(line, self->wait))) {
            Waiting *waiting = g_new0(Waiting, 1);
            *waiting = (Waiting){self, ops[i], done, data, hold ? 0 : g_idle_add(fake_later, waiting)};
            g_ptr_array_add(self->waiting, waiting);
        } else {
            fake_end(self, ops[i], done, data);
        }
    }
    g_string_append(self->log, "]");
}

static NetObserved *fake_observe(NetBackend *backend, G_GNUC_UNUSED GError **error)
{
    ((FakeBackend *)backend)->observed++;
    return NULL;
}

static void fake_cancel(NetBackend *backend)
{
    FakeBackend *self = (FakeBackend *)backend;

    self->cancelled++;
    while (self->waiting->len) {
        Waiting *waiting = g_ptr_array_steal_index(self->waiting, 0);
        NetResult result = {g_error_new(NET_ERROR, ECANCELED, "stop"), NULL};
        if (waiting->source)
            g_source_remove(waiting->source);
        waiting->done(waiting->op, &result, waiting->data);
        net_result_clear(&result);
        g_free(waiting);
    }
}

static void fake_free(NetBackend *backend)
{
    FakeBackend *self = (FakeBackend *)backend;

    g_assert_cmpuint(self->waiting->len, ==, 0);
    g_ptr_array_unref(self->waiting);
    g_string_free(self->log, TRUE);
    g_free(self);
}

static FakeBackend *fake_new(void)
{
    FakeBackend *self = g_new0(FakeBackend, 1);

    self->base = (NetBackend){fake_run, fake_observe, fake_cancel, fake_free};
    self->log = g_string_new(NULL);
    self->waiting = g_ptr_array_new();
    return self;
}

/* What the reporter heard, as text. */
typedef struct {
    GString *groups;   /* "bond0 OK;" in order of completion */
    GString *messages; /* a line each, errors behind "E " */
    GString *waits;
    GPtrArray *ledgers; /* NetLedger* copies */
    const NetPlan *plan;
    gboolean *stop_at_wait;
} Heard;

static const char *const outcome_names[] = {"OK", "WARNING", "FAILED", "SKIPPED", "STOPPED"};

static void heard_group(guint group, NetOutcome outcome, const GPtrArray *messages, gpointer data)
{
    Heard *heard = data;
    const NetGroup *done = g_ptr_array_index(heard->plan->groups, group);

    g_string_append_printf(heard->groups, "%s %s;", done->dev, outcome_names[outcome]);
    for (guint i = 0; i < messages->len; i++) {
        const NetMessage *message = g_ptr_array_index(messages, i);
        g_string_append_printf(heard->messages, "%s%s\n", message->error ? "E " : "", message->message);
    }
}

static gboolean stop_set(gpointer stop)
{
    *(gboolean *)stop = TRUE;
    return G_SOURCE_REMOVE;
}

static void heard_waiting(const char *what, gpointer data)
{
    Heard *heard = data;

    g_string_append_printf(heard->waits, "%s;", what ? what : "-");
    if (what && heard->stop_at_wait)
        g_idle_add(stop_set, heard->stop_at_wait); /* as a signal would */
}

static void heard_ledger(const NetLedger *ledger, gpointer data)
{
    g_ptr_array_add(((Heard *)data)->ledgers, net_ledger_copy(ledger));
}

typedef struct {
    NetPlan *plan;
    FakeBackend *backend;
    NetLedger *ledger;
    Heard heard;
    gboolean stop, succeeded;
} Fixture;

static void group_free(gpointer data)
{
    NetGroup *group = data;

    g_array_unref(group->needs);
    g_clear_pointer(&group->notes, g_ptr_array_unref);
    g_free(group->failed);
    g_free(group);
}

static void setup(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->plan = g_new0(NetPlan, 1);
    f->plan->groups = g_ptr_array_new_with_free_func(group_free);
    f->plan->ops = g_ptr_array_new_with_free_func(g_free);
    f->backend = fake_new();
    f->ledger = net_ledger_new();
    f->heard = (Heard){.groups = g_string_new(NULL),
                       .messages = g_string_new(NULL),
                       .waits = g_string_new(NULL),
                       .ledgers = g_ptr_array_new_with_free_func((GDestroyNotify)net_ledger_free),
                       .plan = f->plan};
    f->stop = FALSE;
}

static void teardown(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    net_backend_free(&f->backend->base);
    net_ledger_free(f->ledger);
    g_string_free(f->heard.groups, TRUE);
    g_string_free(f->heard.messages, TRUE);
    g_string_free(f->heard.waits, TRUE);
    g_ptr_array_unref(f->heard.ledgers);
    g_ptr_array_unref(f->plan->groups);
    g_ptr_array_unref(f->plan->ops);
    g_free(f->plan);
}

static NetGroup *add_group(Fixture *f, const char *dev)
{
    NetGroup *group = g_new0(NetGroup, 1);

    group->dev = dev;
    group->counts = TRUE;
    group->needs = g_array_new(FALSE, FALSE, sizeof(guint));
    g_ptr_array_add(f->plan->groups, group);
    return group;
}

static void add_need(NetGroup *group, guint needed)
{
    g_array_append_val(group->needs, needed);
}

/* Of the last group. */
static NetOp *add_op(Fixture *f, NetOpType type, NetPhase phase, const char *dev, NetSeverity severity)
{
    NetOp *op = g_new0(NetOp, 1);

    op->type = type;
    op->phase = phase;
    op->dev = dev;
    op->severity = severity;
    op->group = f->plan->groups->len - 1;
    op->owner = ((NetGroup *)g_ptr_array_index(f->plan->groups, op->group))->dev;
    op->where = (IfcfgWhere){g_intern_string("/etc/ifcfg-test"), f->plan->ops->len + 1, 1};
    g_ptr_array_add(f->plan->ops, op);
    return op;
}

static void run(Fixture *f)
{
    NetReporter reporter = {heard_group, heard_waiting, heard_ledger, &f->heard};

    f->succeeded = net_executor_run(f->plan, &f->backend->base, f->ledger, &f->stop, &reporter);
}

/* A link that goes up, in one group. */
static void add_simple(Fixture *f, const char *dev)
{
    add_group(f, dev);
    add_op(f, NET_OP_LINK_MTU, NET_PHASE_LINK, dev, NET_FATAL);
    add_op(f, NET_OP_LINK_UP, NET_PHASE_UP, dev, NET_FATAL);
}

/* bond0 with ports of its own names, which may fail. */
static void add_bond(Fixture *f, const char *bond, const char *first, const char *second)
{
    const char *ports[] = {first, second};

    add_group(f, bond);
    add_op(f, NET_OP_LINK_ADD, NET_PHASE_CREATE, bond, NET_FATAL)->text = "bond";
    for (guint i = 0; i < 2; i++)
        add_op(f, NET_OP_PORT_ADD, NET_PHASE_PORTS, ports[i], NET_DEGRADE)->master = bond;
    add_op(f, NET_OP_LINK_UP, NET_PHASE_UP, bond, NET_FATAL);
}

static void test_phases(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    add_simple(f, "eth0");
    add_simple(f, "eth1");
    run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->backend->log->str, ==, "[eth0 link-mtu|eth1 link-mtu][eth0 link-up|eth1 link-up]");
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 OK;eth1 OK;");
    g_assert_cmpstr(f->heard.messages->str, ==, "");
}

static void test_fatal(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "eth0";
    add_simple(f, "eth0");
    add_simple(f, "eth1");
    run(f);
    g_assert_false(f->succeeded);
    g_assert_cmpstr(f->backend->log->str, ==, "[eth0 link-mtu|eth1 link-mtu][eth1 link-up]");
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 FAILED;eth1 OK;");
    g_assert_cmpstr(f->heard.messages->str, ==, "E ifcfg-test:1: eth0: as scripted\n");
}

static void test_warn(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "mtu";
    add_simple(f, "eth0");
    ((NetOp *)g_ptr_array_index(f->plan->ops, 0))->severity = NET_WARN;
    run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 WARNING;");
    g_assert_cmpstr(f->heard.messages->str, ==, "ifcfg-test:1: eth0: as scripted\n");
}

static void test_note(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->note = "mtu";
    add_simple(f, "eth0");
    run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 WARNING;");
    g_assert_cmpstr(f->heard.messages->str, ==, "ifcfg-test:1: eth0: noted\n");
}

static void test_group_notes(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    add_simple(f, "eth0");
    NetGroup *group = g_ptr_array_index(f->plan->groups, 0);
    group->notes = g_ptr_array_new();
    g_ptr_array_add(group->notes, (gpointer) "kept");
    run(f);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 OK;");
    g_assert_cmpstr(f->heard.messages->str, ==, "eth0: kept\n");
}

static void test_one_port_missing(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "eth1";
    add_bond(f, "bond0", "eth1", "eth2");
    add_op(f, NET_OP_LINK_MTU, NET_PHASE_PORT_OPTIONS, "eth1", NET_FATAL);
    run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->backend->log->str, ==, "[bond0 link-add][eth1 port-add|eth2 port-add][bond0 link-up]");
    g_assert_cmpstr(f->heard.groups->str, ==, "bond0 WARNING;");
    g_assert_cmpstr(f->heard.messages->str, ==, "ifcfg-test:2: eth1: as scripted\n");
}

static void test_all_ports_missing(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "eth";
    add_bond(f, "bond0", "eth1", "eth2");
    run(f);
    g_assert_false(f->succeeded);
    g_assert_cmpstr(f->backend->log->str, ==, "[bond0 link-add][eth1 port-add|eth2 port-add]");
    g_assert_cmpstr(f->heard.groups->str, ==, "bond0 FAILED;");
    g_assert_nonnull(strstr(f->heard.messages->str, "E bond0: no port could be enslaved\n"));
}

/* One of two configured ports is in the bond already, so the plan has only the other, which fails: no reason
 * to give up. */
static void test_last_port_missing(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GPtrArray) ports = g_ptr_array_new();
    NetIface bond = {.name = (char *)"bond0", .ports = ports};

    g_ptr_array_set_size(ports, 2);
    f->backend->fail = "eth2";
    add_group(f, "bond0");
    add_op(f, NET_OP_PORT_ADD, NET_PHASE_PORTS, "eth2", NET_DEGRADE)->master = "bond0";
    add_op(f, NET_OP_VERIFY, NET_PHASE_VERIFY, "bond0", NET_FATAL)->iface = &bond;
    run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->heard.groups->str, ==, "bond0 WARNING;");
    g_assert_cmpuint(f->backend->observed, ==, 1);
}

static void test_verify_once(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    for (guint i = 0; i < 3; i++) {
        const char *const devs[] = {"eth0", "eth1", "eth2"};
        add_simple(f, devs[i]);
        add_op(f, NET_OP_VERIFY, NET_PHASE_VERIFY, devs[i], NET_FATAL);
    }
    run(f);
    g_assert_cmpuint(f->backend->observed, ==, 1);
    g_assert_null(strstr(f->backend->log->str, "verify"));
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 OK;eth1 OK;eth2 OK;");
}

static void test_needs(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    add_simple(f, "bond0:1");
    add_need(g_ptr_array_index(f->plan->groups, 0), 1);
    add_simple(f, "bond0");
    add_op(f, NET_OP_CARRIER_WAIT, NET_PHASE_CARRIER, "bond0", NET_WARN)->timeout_ms = 1000;
    f->backend->wait = "carrier";
    run(f);
    g_assert_true(f->succeeded);
    /* Above layer 2 they do not wait for each other any more; what is ready goes on while bond0 waits. */
    g_assert_cmpstr(f->backend->log->str, ==,
                    "[bond0 link-mtu][bond0 link-up][bond0:1 link-mtu][bond0:1 link-up][bond0 carrier-wait]");
    g_assert_cmpstr(f->heard.groups->str, ==, "bond0:1 OK;bond0 OK;");
}

static void test_needs_failed(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "bond0: MTU";
    add_simple(f, "a");
    add_need(g_ptr_array_index(f->plan->groups, 0), 1);
    add_simple(f, "b");
    add_need(g_ptr_array_index(f->plan->groups, 1), 2);
    add_simple(f, "bond0");
    f->backend->fail = "bond0";
    run(f);
    g_assert_false(f->succeeded);
    g_assert_cmpstr(f->heard.groups->str, ==, "bond0 FAILED;b SKIPPED;a SKIPPED;");
    g_assert_nonnull(strstr(f->heard.messages->str, "E b: skipped: it needs bond0, which failed\n"));
    g_assert_nonnull(strstr(f->heard.messages->str, "E a: skipped: it needs b, which was skipped itself\n"));
}

/* Users of a device go before it, all the way. */
static void test_needs_down(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    add_group(f, "bond0")->down = TRUE;
    add_need(g_ptr_array_index(f->plan->groups, 0), 1);
    add_op(f, NET_OP_LINK_DOWN, NET_PHASE_LINKS_DOWN, "bond0", NET_FATAL);
    add_group(f, "vlan5")->down = TRUE;
    add_op(f, NET_OP_LINK_DELETE, NET_PHASE_LINKS_OUT, "vlan5", NET_FATAL);
    run(f);
    g_assert_cmpstr(f->backend->log->str, ==, "[vlan5 link-delete][bond0 link-down]");
    g_assert_cmpstr(f->heard.groups->str, ==, "vlan5 OK;bond0 OK;");
}

static void test_failed_before(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    NetGroup *group = add_group(f, "br0");

    group->failed = g_strdup("TYPE=Bridge is not supported yet");
    group->failed_where = (IfcfgWhere){g_intern_string("/x/ifcfg-br0"), 3, 6};
    add_simple(f, "eth0");
    run(f);
    g_assert_false(f->succeeded);
    g_assert_cmpstr(f->heard.groups->str, ==, "br0 FAILED;eth0 OK;");
    g_assert_cmpstr(f->heard.messages->str, ==, "E ifcfg-br0:3: br0: TYPE=Bridge is not supported yet\n");
}

static void test_does_not_count(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->fail = "lo";
    add_simple(f, "lo");
    ((NetGroup *)g_ptr_array_index(f->plan->groups, 0))->counts = FALSE;
    run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->heard.groups->str, ==, "lo FAILED;");
}

static void test_wait_holds_only_its_group(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->wait = "wait";
    add_group(f, "eth0");
    add_op(f, NET_OP_LINK_WAIT, NET_PHASE_DEVICE, "eth0", NET_FATAL)->timeout_ms = 5000;
    add_op(f, NET_OP_LINK_UP, NET_PHASE_UP, "eth0", NET_FATAL);
    add_simple(f, "eth1");
    run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->backend->log->str, ==, "[eth0 link-wait][eth1 link-mtu][eth0 link-up|eth1 link-up]");
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 OK;eth1 OK;");
}

static void test_stop(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->backend->hold = "carrier";
    f->heard.stop_at_wait = &f->stop;
    add_simple(f, "eth1");
    add_group(f, "eth0");
    add_op(f, NET_OP_LINK_UP, NET_PHASE_UP, "eth0", NET_FATAL);
    add_op(f, NET_OP_CARRIER_WAIT, NET_PHASE_CARRIER, "eth0", NET_FATAL)->timeout_ms = 5000;
    run(f);
    g_assert_false(f->succeeded);
    g_assert_cmpuint(f->backend->cancelled, ==, 1);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth1 OK;eth0 STOPPED;");
    g_assert_cmpstr(f->heard.messages->str, ==, "");
    g_assert_cmpstr(f->heard.waits->str, ==, "eth0: carrier;-;");
    g_assert_cmpuint(f->heard.ledgers->len, ==, 2);
    g_assert_true(net_ledger_find(f->ledger, "eth0")->up);
}

static void test_stop_before(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    add_simple(f, "eth0");
    f->stop = TRUE;
    run(f);
    g_assert_false(f->succeeded);
    g_assert_cmpstr(f->backend->log->str, ==, "");
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 STOPPED;");
}

static void test_ledger(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    const NetLedger *intent, *truth;

    f->backend->fail = "eth2";
    add_bond(f, "bond0", "eth1", "eth2");
    run(f);
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
    add_bond(f, "bond0", "eth1", "eth2");
    run(f);
    g_assert_cmpuint(f->heard.ledgers->len, ==, 2);
    g_assert_null(net_ledger_find(g_ptr_array_index(f->heard.ledgers, 1), "bond0"));
}

/* A plan without changes does not touch the disk. */
static void test_ledger_untouched(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    add_group(f, "eth0");
    add_op(f, NET_OP_LINK_WAIT, NET_PHASE_DEVICE, "eth0", NET_FATAL);
    run(f);
    g_assert_cmpstr(f->heard.groups->str, ==, "eth0 OK;");
    g_assert_cmpuint(f->heard.ledgers->len, ==, 0);
}

static void test_empty_plan(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    run(f);
    g_assert_true(f->succeeded);
    g_assert_cmpstr(f->heard.groups->str, ==, "");
}

static void test_recording(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GString) log = g_string_new(NULL);
    g_autoptr(NetBackend) backend = net_backend_record_new(log, "eth1");
    NetReporter reporter = {heard_group, NULL, NULL, &f->heard};

    add_simple(f, "eth0");
    add_simple(f, "eth1");
    g_assert_false(net_executor_run(f->plan, backend, f->ledger, NULL, &reporter));
    g_assert_cmpstr(f->heard.groups->str, ==, "eth1 FAILED;eth0 OK;");
    for (guint i = 0; i < 3; i++) {
        g_autofree char *line = net_op_format(g_ptr_array_index(f->plan->ops, i));
        g_assert_nonnull(strstr(log->str, line));
    }
}

#define TEST(name, function) g_test_add("/executor/" name, Fixture, NULL, setup, function, teardown)

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
    TEST("verify-observes-once", test_verify_once);
    TEST("needs", test_needs);
    TEST("needs-failed", test_needs_failed);
    TEST("needs-down", test_needs_down);
    TEST("failed-before", test_failed_before);
    TEST("does-not-count", test_does_not_count);
    TEST("wait-holds-only-its-group", test_wait_holds_only_its_group);
    TEST("stop", test_stop);
    TEST("stop-before", test_stop_before);
    TEST("ledger-intent-and-truth", test_ledger);
    TEST("ledger-of-failure", test_ledger_of_failure);
    TEST("ledger-untouched", test_ledger_untouched);
    TEST("empty-plan", test_empty_plan);
    TEST("recording", test_recording);
    return g_test_run();
}
