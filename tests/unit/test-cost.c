/* What grows with the number of routes grows no faster than they do: the steps of a large piece of work
 * against those of a small one. */
#include "commands/plan-json.h"
#include "executor-fixture.h"
#include "model/iface.h"
#include "sim.h"
#include "state/resolv-conf.h"
#include "world.h"
#include <string.h>
#include <sys/socket.h>

/* Eight times the work takes eight times as many steps, or sixty-four times if it is quadratic: how fast the
 * machine is, and what else it does, is no matter. */
enum { SMALL = 500, FACTOR = 8, SLACK = 2 };

static IfcfgRtNames *names;
static guint64 steps;

/* What GLib compares for those files counts too: it takes this one, for which they hand it theirs. */
gboolean(g_str_equal)(gconstpointer a, gconstpointer b)
{
    steps++;
    return !strcmp(a, b);
}

static GPtrArray *routes_new(guint n)
{
    GPtrArray *routes = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_route_free);
    for (guint i = 0; i < n; i++) {
        IfcfgWhere where = {.file = "/etc/route-eth0", .line = i + 1};
        g_autofree char *text = g_strdup_printf("10.%u.%u.0/24 via 192.0.2.1", i / 256, i % 256);
        g_ptr_array_add(routes, ifcfg_route_parse(text, AF_INET, names, where, NULL));
        g_assert_nonnull(routes->pdata[i]);
    }
    return routes;
}

static void plan_add_routes(NetPlan *plan, const GPtrArray *routes)
{
    net_plan_add_group(plan)->dev = "eth0";
    for (guint i = 0; i < routes->len; i++) {
        NetOp *op = g_new0(NetOp, 1);
        *op = (NetOp){.type = NET_OP_ROUTE_ADD,
                      .phase = NET_PHASE_ROUTES,
                      .severity = NET_WARN,
                      .dev = "eth0",
                      .owner = "eth0",
                      .route = routes->pdata[i]};
        g_ptr_array_add(plan->ops, op);
    }
}

/* All are added, and all but the first taken away again. */
static void work_ledger(const GPtrArray *routes)
{
    g_autoptr(NetLedger) ledger = net_ledger_new();
    NetOp op = {.type = NET_OP_ROUTE_ADD, .dev = "eth0", .owner = "eth0"};
    for (guint i = 0; i < routes->len; i++) {
        op.route = routes->pdata[i];
        net_ledger_note(ledger, &op);
    }
    g_autoptr(NetLedger) copy = net_ledger_copy(ledger);
    op.type = NET_OP_ROUTE_DELETE;
    for (guint i = 1; i < routes->len; i++) {
        op.route = routes->pdata[i];
        net_ledger_note(copy, &op);
    }
    g_assert_cmpuint(net_ledger_find(ledger, "eth0")->routes->len, ==, routes->len);
    g_assert_cmpuint(net_ledger_find(copy, "eth0")->routes->len, ==, 1);
}

static void group_heard(G_GNUC_UNUSED guint group, NetOutcome outcome, const GPtrArray *messages,
                        gpointer data)
{
    g_assert_cmpint(outcome, ==, NET_DONE_WARNING);
    *(guint *)data += messages->len;
}

/* Each is refused with words of its own. */
static void work_refusals(const GPtrArray *routes)
{
    g_autoptr(NetPlan) plan = net_plan_new();
    g_autoptr(NetLedger) ledger = net_ledger_new();
    g_autoptr(GString) log = g_string_new(NULL);
    g_autoptr(NetBackend) backend = net_backend_record_new(log, "route");
    guint told = 0;
    NetReporter reporter = {.group_done = group_heard, .data = &told};
    plan_add_routes(plan, routes);
    net_executor_run(plan, backend, ledger, NULL, &reporter);
    g_assert_cmpuint(told, ==, routes->len);
}

/* Ends all operations of a batch later, in order, each with a note; what is read back has none of the routes.
 */
typedef struct {
    NetBackend base;
    NetObserved *picture;
    const NetOp *const *ops;
    guint n, next;
    NetOpDone done;
    gpointer data;
} LateBackend;

static gboolean late_turn(gpointer data)
{
    LateBackend *self = data;
    NetResult result = {0};
    g_autofree char *text = net_op_format(self->ops[self->next]);
    net_result_note(&result, FALSE, NULL, "%s", text);
    self->done(self->ops[self->next++], &result, self->data);
    net_result_clear(&result);
    return self->next < self->n;
}

static void late_run(NetBackend *backend, const NetOp *const *ops, guint n, NetOpDone done, gpointer data)
{
    LateBackend *self = (LateBackend *)backend;
    self->ops = g_memdup2(ops, n * sizeof *ops);
    self->n = n;
    self->done = done;
    self->data = data;
    g_idle_add(late_turn, self);
}

static const NetObserved *late_look(NetBackend *backend, G_GNUC_UNUSED const char *const *devs,
                                    G_GNUC_UNUSED guint n, G_GNUC_UNUSED GError **error)
{
    return ((LateBackend *)backend)->picture;
}

static gboolean late_sleep(G_GNUC_UNUSED NetBackend *backend, G_GNUC_UNUSED guint timeout_ms)
{
    return FALSE;
}

static void work_differences(const GPtrArray *routes)
{
    LateBackend backend = {.base = {.run = late_run, .look = late_look, .sleep = late_sleep}};
    g_autoptr(NetPlan) plan = net_plan_new();
    g_autoptr(NetLedger) ledger = net_ledger_new();
    NetIface *iface = net_iface_new_loopback();
    guint told = 0;
    NetReporter reporter = {.group_done = group_heard, .data = &told};
    backend.picture = net_observed_new();
    net_observed_add_link(backend.picture, observed_link_new("lo", 1));
    iface->link_up = FALSE;
    g_ptr_array_set_size(iface->addresses, 0);
    plan_add_routes(plan, routes);
    NetOp *verify = g_new0(NetOp, 1);
    *verify = (NetOp){.type = NET_OP_VERIFY, .phase = NET_PHASE_VERIFY, .dev = "lo", .iface = iface};
    g_ptr_array_add(plan->ops, verify);
    for (guint i = 0; i < routes->len; i++)
        g_ptr_array_add(iface->routes, routes->pdata[i]);
    net_executor_run(plan, &backend.base, ledger, NULL, &reporter);
    g_assert_cmpuint(told, ==, 2 * routes->len);
    g_ptr_array_set_free_func(iface->routes, NULL);
    net_iface_free(iface);
    net_observed_free(backend.picture);
    g_free((gpointer)backend.ops);
}

/* Routes by a gateway are looked up in each other. */
static void work_foretelling(const GPtrArray *routes)
{
    g_autoptr(Sim) sim = sim_new();
    NetOp op = {.type = NET_OP_ROUTE_ADD, .dev = "eth0"};
    sim_add_nic(sim, "eth0");
    sim_add_address(sim, "eth0", "192.0.2.2/24");
    sim_set_up(sim, "eth0", TRUE);
    for (guint i = 0; i < routes->len; i++) {
        op.route = routes->pdata[i];
        g_assert_cmpint(net_predict(sim->picture, &op), ==, 0);
    }
}

/* Added, and removed from the end. @length: of their networks */
static void addresses_cycle(const GPtrArray *routes, guint8 length)
{
    g_autoptr(Sim) sim = sim_new();
    NetOp op = {.type = NET_OP_ADDR_ADD, .dev = "eth0"};
    sim_add_nic(sim, "eth0");
    sim_set_up(sim, "eth0", TRUE);
    for (guint i = 0; i < 2 * routes->len; i++) {
        gboolean goes = i >= routes->len;
        const IfcfgRoute *route = routes->pdata[goes ? 2 * routes->len - 1 - i : i];
        IfcfgPrefix prefix = {route->to.ip, length};
        NetAddress *address = net_address_new(&prefix, NULL, (IfcfgWhere){0});
        op.type = goes ? NET_OP_ADDR_DELETE : NET_OP_ADDR_ADD;
        op.address = address;
        g_assert_cmpint(net_predict(sim->picture, &op), ==, 0);
        net_address_free(address);
    }
}

static void work_addresses(const GPtrArray *routes)
{
    addresses_cycle(routes, 8);
}

/* Each has a network of its own, with a route. */
static void work_networks(const GPtrArray *routes)
{
    addresses_cycle(routes, 24);
}

/* Each has a device of its own with an address and its route, and goes with it. */
static void work_devices(const GPtrArray *routes)
{
    static const NetOpType types[] = {NET_OP_LINK_UP, NET_OP_ADDR_ADD, NET_OP_LINK_DELETE};
    g_autoptr(Sim) sim = sim_new();
    g_autoptr(GPtrArray) devs = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < routes->len; i++) {
        g_ptr_array_add(devs, g_strdup_printf("d%u", i));
        sim_add_device(sim, devs->pdata[i], "dummy");
    }
    for (guint i = 0; i < G_N_ELEMENTS(types) * routes->len; i++) {
        IfcfgPrefix prefix = {((const IfcfgRoute *)routes->pdata[i % routes->len])->to.ip, 24};
        NetAddress *address = net_address_new(&prefix, NULL, (IfcfgWhere){0});
        NetOp op = {.type = types[i / routes->len], .dev = devs->pdata[i % routes->len], .address = address};
        g_assert_cmpint(net_predict(sim->picture, &op), ==, 0);
        net_address_free(address);
    }
    g_assert_cmpuint(sim->picture->routes->len, ==, 0);
}

/* A group an operation. */
static void work_json(const GPtrArray *routes)
{
    g_autoptr(NetPlan) plan = net_plan_new();
    plan_add_routes(plan, routes);
    for (guint i = 1; i < routes->len; i++) {
        net_plan_add_group(plan)->dev = "eth0";
        ((NetOp *)plan->ops->pdata[i])->group = i;
    }
    g_autofree char *text = plan_json(plan, NULL);
    const IfcfgRoute *last = routes->pdata[routes->len - 1];
    g_autofree char *to = ifcfg_prefix_format(&last->to);
    g_assert_nonnull(strstr(text, to));
}

/* As many name servers and domains. */
static void work_names(const GPtrArray *routes)
{
    ResolvConf conf = {.owner = RESOLV_IS_FILE, .text = g_strdup("")};
    g_autoptr(NetNames) share = net_names_new();
    g_autoptr(GString) servers = g_string_new(NULL), search = g_string_new(NULL);
    resolv_conf_init(&conf);
    for (guint i = 0; i < routes->len; i++) {
        g_string_append_printf(servers, " 10.%u.%u.1", i / 256, i % 256);
        g_string_append_printf(search, " d%u.example.com", i);
    }
    net_names_add_words(share->servers, servers->str);
    net_names_add_words(share->search, search->str);
    resolv_conf_set(&conf, "eth0", 0, share);
    g_assert_true(resolv_conf_has(&conf, share, NULL));
    resolv_conf_set(&conf, "eth0", 0, share);
    resolv_conf_set(&conf, "eth0", 0, NULL);
    resolv_conf_clear(&conf);
}

/* Each of some interfaces asks for both default routes: who gets which is a question to each about each. */
static void work_rivals(const GPtrArray *routes)
{
    g_autoptr(GString) files = g_string_new("@/etc/sysconfig/network\nNETWORKING=yes\n");
    for (guint i = 0; i < routes->len / 25; i++)
        g_string_append_printf(files,
                               "@ifcfg-d%u\nTYPE=Dummy\nIPADDR=10.0.%u.2\nPREFIX=24\nGATEWAY=10.0.%u.1\n"
                               "ARPCHECK=no\nIPV6INIT=yes\nIPV6ADDR=2001:db8:%x::2/64\n"
                               "IPV6_DEFAULTGW=2001:db8:%x::1\n",
                               i, i, i, i, i);
    g_autoptr(World) world = world_new(files->str);
    g_autoptr(NetPlan) plan = world_plan(world, NET_PLAN_START, NULL);
    g_assert_cmpuint(plan->groups->len, >, routes->len / 25);
}

/* The compiler calls it at each step, which is what runs without a branch, of the files that the Makefile
 * calls counted. */
void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
    steps++;
}

static guint64 steps_of(void (*work)(const GPtrArray *routes), const GPtrArray *routes)
{
    guint64 begin = steps;
    work(routes);
    return steps - begin;
}

typedef struct {
    const char *name;
    void (*work)(const GPtrArray *routes);
    gboolean is_square; /* of all pairs */
} Case;

static void test_linear(gconstpointer data)
{
    const Case *test = data;
    g_autoptr(GPtrArray) few = routes_new(SMALL), many = routes_new(SMALL * FACTOR);
    guint64 small = steps_of(test->work, few), large = steps_of(test->work, many);
    g_test_message("%s: %" G_GUINT64_FORMAT " steps, %" G_GUINT64_FORMAT, test->name, small, large);
    g_assert_cmpuint(small, >=, SMALL);
    g_assert_cmpuint(large, <, small * FACTOR * SLACK * (test->is_square ? FACTOR : 1));
}

int main(int argc, char **argv)
{
    static const Case cases[] = {{"/cost/ledger", work_ledger, FALSE},
                                 {"/cost/refusals", work_refusals, FALSE},
                                 {"/cost/foretelling", work_foretelling, FALSE},
                                 {"/cost/addresses", work_addresses, FALSE},
                                 {"/cost/networks", work_networks, FALSE},
                                 {"/cost/devices", work_devices, FALSE},
                                 {"/cost/plan-json", work_json, FALSE},
                                 {"/cost/names", work_names, FALSE},
                                 {"/cost/rivals", work_rivals, TRUE},
                                 {"/cost/late-operations-and-differences", work_differences, FALSE}};
    g_test_init(&argc, &argv, NULL);
    names = ifcfg_rtnames_load("/nonexistent");
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        g_test_add_data_func(cases[i].name, &cases[i], test_linear);
    int status = g_test_run();
    ifcfg_rtnames_free(names);
    return status;
}
