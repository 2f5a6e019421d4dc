/* A plan, a scripted back end and what the executor tells. */
#include "executor-fixture.h"
#include "bond-family.h"

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

static NetObserved *fake_observe(G_GNUC_UNUSED NetBackend *backend, G_GNUC_UNUSED GError **error)
{
    return NULL;
}

static const NetObserved *fake_look(NetBackend *backend, G_GNUC_UNUSED const char *const *devs,
                                    G_GNUC_UNUSED guint n, G_GNUC_UNUSED GError **error)
{
    FakeBackend *self = (FakeBackend *)backend;
    self->observed++;
    g_clear_pointer(&self->picture, net_observed_free);
    self->picture = self->observe ? self->observe(self) : NULL;
    return self->picture;
}

static gboolean fake_sleep(G_GNUC_UNUSED NetBackend *backend, G_GNUC_UNUSED guint timeout_ms)
{
    return FALSE;
}

static void fake_cancel(NetBackend *backend)
{
    FakeBackend *self = (FakeBackend *)backend;

    self->cancelled++;
    while (self->waiting->len) {
        Waiting *waiting = g_ptr_array_steal_index(self->waiting, 0);
        NetResult result = {.error = g_error_new(NET_ERROR, ECANCELED, "stop")};
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
    net_observed_free(self->picture);
    g_string_free(self->log, TRUE);
    g_free(self);
}

static FakeBackend *fake_new(void)
{
    FakeBackend *self = g_new0(FakeBackend, 1);

    self->base = (NetBackend){.run = fake_run,
                              .observe = fake_observe,
                              .look = fake_look,
                              .sleep = fake_sleep,
                              .cancel = fake_cancel,
                              .free = fake_free};
    self->log = g_string_new(NULL);
    self->waiting = g_ptr_array_new();
    return self;
}

static const char *const outcome_names[] = {"OK", "WARNING", "FAILED", "SKIPPED", "STOPPED"};

void fixture_group_heard(guint group, NetOutcome outcome, const GPtrArray *messages, gpointer data)
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

void fixture_setup(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    f->plan = net_plan_new();
    f->backend = fake_new();
    f->ledger = net_ledger_new();
    f->heard = (Heard){.groups = g_string_new(NULL),
                       .messages = g_string_new(NULL),
                       .waits = g_string_new(NULL),
                       .ledgers = g_ptr_array_new_with_free_func((GDestroyNotify)net_ledger_free),
                       .plan = f->plan};
    f->stop = FALSE;
}

void fixture_teardown(Fixture *f, G_GNUC_UNUSED gconstpointer data)
{
    net_backend_free(&f->backend->base);
    net_ledger_free(f->ledger);
    g_string_free(f->heard.groups, TRUE);
    g_string_free(f->heard.messages, TRUE);
    g_string_free(f->heard.waits, TRUE);
    g_ptr_array_unref(f->heard.ledgers);
    net_plan_free(f->plan);
}

NetGroup *fixture_add_group(Fixture *f, const char *dev)
{
    NetGroup *group = net_plan_add_group(f->plan);

    group->dev = dev;
    group->counts = TRUE;
    return group;
}

void fixture_add_need(NetGroup *group, guint needed)
{
    NetTie tie = {needed, group->down ? NET_PHASE_LAST : NET_PHASE_L2_DONE, NET_PHASE_SYSCTL, TRUE};
    net_group_tie(group, tie);
}

const LinkSetting *fixture_mtu(gboolean is_big)
{
    static LinkSetting mtus[] = {{.name = (char *)"mtu", .text = (char *)"1400", .number = 1400},
                                 {.name = (char *)"mtu", .text = (char *)"9000", .number = 9000}};
    mtus[is_big].option = link_table_find(&link_attributes.own, "mtu");
    return &mtus[is_big];
}

/* Of the last group. */
NetOp *fixture_add_op(Fixture *f, NetOpType type, NetPhase phase, const char *dev, NetSeverity severity)
{
    NetOp *op = g_new0(NetOp, 1);

    op->type = type;
    op->phase = phase;
    op->dev = dev;
    op->severity = severity;
    if (type == NET_OP_LINK_ATTR)
        op->attr.setting = fixture_mtu(FALSE);
    op->group = f->plan->groups->len - 1;
    op->owner = ((NetGroup *)g_ptr_array_index(f->plan->groups, op->group))->dev;
    op->where = (IfcfgWhere){g_intern_string("/etc/ifcfg-test"), f->plan->ops->len + 1, 1};
    g_ptr_array_add(f->plan->ops, op);
    return op;
}

void fixture_run(Fixture *f)
{
    NetReporter reporter = {fixture_group_heard, heard_waiting, heard_ledger, f->repair, &f->heard};

    f->succeeded = net_executor_run(f->plan, &f->backend->base, f->ledger, &f->stop, &reporter);
}

/* A link that goes up, in one group. */
void fixture_add_simple(Fixture *f, const char *dev)
{
    fixture_add_group(f, dev);
    fixture_add_op(f, NET_OP_LINK_ATTR, NET_PHASE_LINK, dev, NET_FATAL);
    fixture_add_op(f, NET_OP_LINK_UP, NET_PHASE_UP, dev, NET_FATAL);
}

/* bond0 with ports of its own names, which may fail. */
void fixture_add_bond(Fixture *f, const char *bond, const char *first, const char *second)
{
    const char *ports[] = {first, second};

    fixture_add_group(f, bond)->no_device_left = "no port could be enslaved";
    fixture_add_op(f, NET_OP_LINK_ADD, NET_PHASE_CREATE, bond, NET_FATAL)->create.family = &bond_family;
    for (guint i = 0; i < 2; i++)
        fixture_add_op(f, NET_OP_PORT_ADD, NET_PHASE_PORTS, ports[i], NET_ONE_OF)->master = bond;
    fixture_add_op(f, NET_OP_LINK_UP, NET_PHASE_UP, bond, NET_FATAL);
}
