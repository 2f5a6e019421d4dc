/* Operations written as text and read again are the same, whatever they carry; what is no operation is
 * refused. */
#include "op-random.h"
#include "plan/op-text.h"
#include <string.h>

enum { ROUNDS = 200 };

static void assert_same_where(const IfcfgWhere *a, const IfcfgWhere *b)
{
    g_assert_cmpstr(a->file, ==, b->file);
    g_assert_cmpuint(a->line, ==, b->line);
    g_assert_cmpuint(a->column, ==, b->column);
}

static void assert_same_mac(const IfcfgMac *a, const IfcfgMac *b)
{
    g_assert_cmpmem(a->bytes, a->length, b->bytes, b->length);
}

static void assert_same_address(const NetAddress *a, const NetAddress *b)
{
    g_assert_cmpmem(&a->prefix, sizeof a->prefix, &b->prefix, sizeof b->prefix);
    g_assert_cmpmem(&a->broadcast, sizeof a->broadcast, &b->broadcast, sizeof b->broadcast);
    g_assert_cmpstr(a->label, ==, b->label);
    g_assert_cmpuint(a->scope, ==, b->scope);
    g_assert_cmpint(a->check, ==, b->check);
    g_assert_cmpint(a->announce, ==, b->announce);
    g_assert_cmpuint(a->valid, ==, b->valid);
    g_assert_cmpuint(a->preferred, ==, b->preferred);
    g_assert_cmpint(a->no_dad, ==, b->no_dad);
    g_assert_cmpmem(&a->peer, sizeof a->peer, &b->peer, sizeof b->peer);
    g_assert_cmpuint(a->flags, ==, b->flags);
    g_assert_cmpuint(a->metric, ==, b->metric);
    g_assert_cmpuint(a->protocol, ==, b->protocol);
    assert_same_where(&a->where, &b->where);
}

static void assert_same_settings(const GPtrArray *a, const GPtrArray *b)
{
    g_assert_true((a == NULL) == (b == NULL));
    g_assert_cmpuint(a ? a->len : 0, ==, b ? b->len : 0);
    for (guint i = 0; a && i < a->len; i++) {
        const LinkSetting *x = a->pdata[i], *y = b->pdata[i];
        g_assert_true(x->option == y->option);
        g_assert_cmpstr(x->name, ==, y->name);
        g_assert_cmpstr(x->text, ==, y->text);
        g_assert_cmpint(x->number, ==, y->number);
        g_assert_cmpstr(x->port, ==, y->port);
        g_assert_cmpint(x->implied, ==, y->implied);
        assert_same_where(&x->where, &y->where);
    }
}

static void assert_same_link(const NetOp *a, const NetOp *b)
{
    switch (a->type) {
    case NET_OP_LINK_WAIT:
    case NET_OP_DAD_WAIT:
        g_assert_cmpuint(a->wait.timeout_ms, ==, b->wait.timeout_ms);
        assert_same_mac(&a->wait.mac, &b->wait.mac);
        g_assert_cmpstr(a->wait.why, ==, b->wait.why);
        g_assert_cmpstr(a->wait.hint, ==, b->wait.hint);
        g_assert_cmpint(!a->wait.address, ==, !b->wait.address);
        if (a->wait.address)
            assert_same_address(a->wait.address, b->wait.address);
        break;
    case NET_OP_LINK_ADD:
        g_assert_true(a->create.family == b->create.family);
        g_assert_cmpstr(a->create.lower, ==, b->create.lower);
        assert_same_settings(a->create.settings, b->create.settings);
        assert_same_mac(&a->create.mac, &b->create.mac);
        g_assert_cmpuint(a->create.mtu, ==, b->create.mtu);
        break;
    case NET_OP_LINK_DELETE:
    case NET_OP_PORT_ADD:
    case NET_OP_PORT_REMOVE:
        g_assert_cmpstr(a->master, ==, b->master);
        break;
    case NET_OP_LINK_ATTR:
        g_assert_true(a->attr.setting->option == b->attr.setting->option);
        g_assert_cmpstr(a->attr.setting->text, ==, b->attr.setting->text);
        g_assert_cmpint(a->attr.setting->number, ==, b->attr.setting->number);
        assert_same_where(&a->attr.setting->where, &b->attr.setting->where);
        g_assert_cmpstr(a->attr.before, ==, b->attr.before);
        g_assert_cmpint(a->attr.gives_back, ==, b->attr.gives_back);
        break;
    case NET_OP_LINK_SET:
    case NET_OP_PORT_SET:
        g_assert_true(a->set.family == b->set.family);
        assert_same_settings(a->set.settings, b->set.settings);
        g_assert_cmpstr(a->set.controller, ==, b->set.controller);
        break;
    case NET_OP_CARRIER_WAIT:
        g_assert_cmpuint(a->carrier.timeout_ms, ==, b->carrier.timeout_ms);
        g_assert_cmpstr(a->carrier.partner, ==, b->carrier.partner);
        break;
    default:
        break;
    }
}

static void assert_same_ethtool(const EthtoolRequest *a, const EthtoolRequest *b)
{
    g_autofree char *x = ethtool_request_format(a), *y = ethtool_request_format(b);
    g_assert_cmpstr(x, ==, y);
    g_assert_cmpstr(a->device, ==, b->device);
    g_assert_true(a->verb == b->verb);
    g_assert_cmpuint(a->settings->len, ==, b->settings->len);
    assert_same_where(&a->where, &b->where);
}

static char *words_of(char **words)
{
    return words ? g_strjoinv("|", words) : g_strdup("none");
}

static void assert_same_run(const NetRun *a, const NetRun *b)
{
    g_autofree char *x = words_of(a->environment), *y = words_of(b->environment);
    g_assert_cmpstr(x, ==, y);
    g_assert_cmpstr(a->folder, ==, b->folder);
    g_assert_cmpuint(a->limit_ms, ==, b->limit_ms);
    g_assert_cmpint(a->is_trusted, ==, b->is_trusted);
    g_assert_cmpuint(a->programs->len, ==, b->programs->len);
    for (guint i = 0; i < a->programs->len; i++) {
        const NetProgram *p = a->programs->pdata[i], *q = b->programs->pdata[i];
        g_assert_cmpstrv(p->argv, q->argv);
        g_assert_cmpint(p->may_fail, ==, q->may_fail);
    }
}

static void assert_same_nexthop(const NetNexthop *a, const NetNexthop *b)
{
    g_assert_true(net_nexthop_has_path(a, b));
    g_assert_cmpuint(a->id, ==, b->id);
    g_assert_cmpuint(a->protocol, ==, b->protocol);
}

/* Routes and rules are compared as text: net_op_format() has all of them. */
static void assert_same_rest(const NetOp *a, const NetOp *b)
{
    switch (a->type) {
    case NET_OP_MODULE_LOAD:
        g_assert_cmpstr(a->module.name, ==, b->module.name);
        g_assert_cmpstr(a->module.options, ==, b->module.options);
        break;
    case NET_OP_ADDR_PROBE:
        assert_same_address(a->probe.address, b->probe.address);
        g_assert_cmpuint(a->probe.tries, ==, b->probe.tries);
        g_assert_cmpuint(a->probe.timeout_ms, ==, b->probe.timeout_ms);
        break;
    case NET_OP_NEIGH_ADD:
        g_assert_true(ifcfg_ip_equal(&a->neighbour.ip, &b->neighbour.ip));
        assert_same_mac(&a->neighbour.mac, &b->neighbour.mac);
        break;
    case NET_OP_ADDR_ADD:
    case NET_OP_ADDR_DELETE:
    case NET_OP_ADDR_ANNOUNCE:
        assert_same_address(a->address, b->address);
        break;
    case NET_OP_ETHTOOL_SET:
        assert_same_ethtool(a->ethtool.request, b->ethtool.request);
        g_assert_cmpuint(a->ethtool.delay_us, ==, b->ethtool.delay_us);
        break;
    case NET_OP_HOOK_RUN:
        assert_same_run(a->hook.run, b->hook.run);
        g_assert_cmpstr(a->hook.record, ==, b->hook.record);
        break;
    case NET_OP_SYSCTL_SET:
        g_assert_cmpstr(a->sysctl.key, ==, b->sysctl.key);
        g_assert_cmpstr(a->sysctl.value, ==, b->sysctl.value);
        break;
    case NET_OP_ROUTE_ADD:
    case NET_OP_ROUTE_DELETE:
        assert_same_where(&a->route->where, &b->route->where);
        g_assert_cmpint(a->metric_plus_ifindex, ==, b->metric_plus_ifindex);
        g_assert_cmpint(a->replace, ==, b->replace);
        g_assert_cmpuint(a->by_nexthop, ==, b->by_nexthop);
        break;
    case NET_OP_NEXTHOP_SET:
    case NET_OP_NEXTHOP_DELETE:
        assert_same_nexthop(a->nexthop.item, b->nexthop.item);
        g_assert_cmpint(a->nexthop.replaces, ==, b->nexthop.replaces);
        break;
    case NET_OP_RULE_ADD:
    case NET_OP_RULE_DELETE:
        assert_same_where(&a->rule->where, &b->rule->where);
        g_assert_cmpstr(a->rule->text, ==, b->rule->text);
        break;
    default:
        assert_same_link(a, b);
        break;
    }
}

static void assert_same(const NetOp *a, const NetOp *b)
{
    g_autofree char *one = net_op_format(a), *two = net_op_format(b);
    g_assert_cmpstr(one, ==, two);
    g_assert_cmpint(a->type, ==, b->type);
    g_assert_cmpint(a->phase, ==, b->phase);
    g_assert_cmpint(a->severity, ==, b->severity);
    g_assert_cmpuint(a->group, ==, b->group);
    g_assert_cmpuint(a->depth, ==, b->depth);
    g_assert_cmpstr(a->dev, ==, b->dev);
    g_assert_cmpstr(a->owner, ==, b->owner);
    g_assert_cmpint(a->forget, ==, b->forget);
    assert_same_where(&a->where, &b->where);
    assert_same_rest(a, b);
}

static void test_round_trip(void)
{
    for (guint i = 0; i < ROUNDS * NET_OP_LAST; i++) {
        g_autoptr(NetPlan) written = net_plan_new(), read = net_plan_new();
        g_autoptr(GError) error = NULL;
        NetOp op;
        op_random(&op, i % NET_OP_LAST, written);
        g_autofree char *text = net_op_to_text(&op);
        g_assert_null(strchr(text, '\n'));
        g_assert_true(g_utf8_validate(text, -1, NULL));
        g_autofree NetOp *again = net_op_from_text(read, text, NULL, &error);
        g_assert_no_error(error);
        assert_same(&op, again);
        g_autofree char *twice = net_op_to_text(again);
        g_assert_cmpstr(twice, ==, text);
    }
}

/* What is read does not lean on what was written. */
static void test_own_strings(void)
{
    g_autoptr(NetPlan) plan = net_plan_new();
    char *text = g_strdup("port-add phase=ports severity=one-of dev=et%ffh0 owner=bond0 master=b%25d");
    NetOp *op = net_op_from_text(plan, text, NULL, NULL);
    memset(text, 'x', strlen(text));
    g_free(text);
    g_ptr_array_add(plan->ops, op);
    g_assert_cmpstr(op->dev, ==, "et\xffh0");
    g_assert_cmpstr(op->master, ==, "b%d");
    g_assert_cmpint(op->severity, ==, NET_ONE_OF);
}

static void test_refused(void)
{
    static const struct {
        const char *text, *word;
    } cases[] = {
        {"", ""},
        {"link-fly phase=up severity=fatal", "link-fly"},
        {"link-up severity=fatal", "phase"},
        {"link-up phase=upward severity=fatal", "phase=upward"},
        {"link-up phase=up severity=bad", "severity=bad"},
        {"link-up phase=up severity=fatal dev=eth0 dev=eth1", "dev=eth1"},
        {"link-up phase=up severity=fatal dev=%0", "dev=%0"},
        {"link-up phase=up severity=fatal dev=%00", "dev=%00"},
        {"link-up phase=up severity=fatal  dev=eth0", ""},
        {"link-up phase=up severity=fatal mtu=5", "mtu=5"},
        {"link-attr phase=link severity=fatal attr=mtu attr.text=4294967296", "attr=mtu"},
        {"link-attr phase=link severity=fatal attr=colour attr.text=1", "attr=colour"},
        {"link-attr phase=link severity=fatal depth=256", "depth=256"},
        {"link-wait phase=link severity=fatal mac=1:2", "mac=1:2"},
        {"addr-add phase=addresses severity=fatal", "address"},
        {"addr-add phase=addresses severity=fatal address=10.0.0.300", "address=10.0.0.300"},
        {"route-add phase=routes severity=warn route=10.0.0.0/8", "route=10.0.0.0/8"},
        {"route-add phase=routes severity=warn route=5%20default", "route=5 default"},
        {"rule-add phase=rules severity=warn rule=4%20from%20nowhere", "rule=4 from nowhere"},
        {"link-set phase=mode severity=warn family=bond", "settings"},
        {"link-set phase=mode severity=warn family=bund settings=0", "family=bund"},
        {"link-set phase=mode severity=warn family=bond settings=4294967295 settings.0=x settings.0.text=1",
         "settings.1"},
        {"link-up phase=up severity=fatal where=1:x:/etc/f", "where=1:x:/etc/f"},
        {"link-up phase=up severity=fatal where=1:2", "where=1:2"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(NetPlan) plan = net_plan_new();
        g_autoptr(GError) error = NULL;
        g_autofree char *message = g_strdup_printf("not an operation of a plan: %s", cases[i].word);
        g_assert_null(net_op_from_text(plan, cases[i].text, NULL, &error));
        g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
        g_assert_cmpstr(error->message, ==, message);
    }
}

/* Damaged anywhere, a line is refused or read, and nothing else. */
static void test_damaged(void)
{
    for (guint i = 0; i < ROUNDS * NET_OP_LAST; i++) {
        g_autoptr(NetPlan) plan = net_plan_new();
        NetOp op;
        op_random(&op, i % NET_OP_LAST, plan);
        g_autofree char *text = net_op_to_text(&op);
        text[g_test_rand_int_range(0, (gint32)strlen(text))] = (char)g_test_rand_int_range(1, 256);
        g_autofree NetOp *again = net_op_from_text(plan, text, NULL, NULL);
        g_autofree char *line = again ? net_op_format(again) : NULL;
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/op-text/round-trip", test_round_trip);
    g_test_add_func("/op-text/own-strings", test_own_strings);
    g_test_add_func("/op-text/refused", test_refused);
    g_test_add_func("/op-text/damaged", test_damaged);
    return g_test_run();
}
