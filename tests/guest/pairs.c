/* Pairs of configurations at random on the running kernel, and on its prediction: from one to the other in
 * one run, with what others put there in between. After each step the two pictures are the same, at the end
 * there is nothing to do; with PAIRS_BACK set, what was there in between is made again from its picture.
 * Prints TAP, a test a pair. Usage: pairs FIRST-SEED SECONDS [PAIRS], at least ten. Needs root and a network
 * namespace of its own.
 */
#include "../unit/load.h"
#include "../unit/picture-text.h"
#include "../unit/random-config.h"
#include "../unit/random-foreign.h"
#include "../unit/tree.h"
#include "apply/executor.h"
#include "apply/picture-restore.h"
#include "observe.h"
#include "plan/predict.h"
#include <stdio.h>
#include <stdlib.h>

enum { AT_LEAST = 10 };

typedef struct {
    NetBackend base; /* the one below, and each operation is foretold when it is its turn */
    NetBackend *backend;
    NetObserved *actual;
    NetObserved *predicted; /* knows also what no dump tells: what a port had before it was one */
    NetLedger *ledger;
    NetPool *pool;
    const char *root;
    GString *faults, *story;
    guint operations;
} Trial;

/* The far ends of the cables are up. */
static void make_base(void)
{
    static const char script[] =
        "{ echo link set lo down; echo addr flush dev lo; echo rule flush; echo -6 rule flush\n"
        "echo rule add lookup main priority 32766; echo rule add lookup default priority 32767\n"
        "echo -6 rule add lookup main priority 32766\n"
        "for d in /sys/class/net/*; do case ${d##*/} in lo | bonding_masters) ;; *) echo link del ${d##*/};; "
        "esac; done\n"
        "for f in '' -6; do echo $f route flush table all; done\n"
        "for i in 0 1 2 3 4 5; do echo link add eth$i address 02:00:00:00:0e:0$i type veth peer name x$i; "
        "echo link set x$i up; done\n"
        "} | ip -force -batch - >/dev/null 2>&1\n"
        "echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad; echo 0 >/proc/sys/net/ipv6/conf/all/accept_dad\n"
        "for i in 0 1 2 3 4 5; do test -e /sys/class/net/eth$i || exit 1; done\n";
    int status = system(script);
    if (status == 0)
        return;
    printf("Bail out! the cables cannot be made\n");
    exit(1);
}

static void set_actual(Trial *self)
{
    g_clear_pointer(&self->actual, net_observed_free);
    self->actual = guest_observe(self->backend);
}

static void predict_anew(Trial *self)
{
    g_clear_pointer(&self->predicted, net_observed_free);
    self->predicted = net_observed_copy(self->actual);
}

static void compare(Trial *self, const char *when)
{
    set_actual(self);
    picture_learn(self->predicted, self->actual);
    g_autofree char *difference = picture_difference(self->predicted, self->actual);
    if (*difference) {
        g_string_append_printf(self->faults, "%s: foretold (-), and found (+):\n%s", when, difference);
        predict_anew(self);
    }
}

static void group_done(G_GNUC_UNUSED guint group, G_GNUC_UNUSED NetOutcome outcome, const GPtrArray *messages,
                       gpointer data)
{
    Trial *self = data;
    for (guint i = 0; i < messages->len; i++)
        g_string_append_printf(self->story, "told: %s\n",
                               ((const NetMessage *)g_ptr_array_index(messages, i))->message);
}

static void add_to_story(Trial *self, const NetPlan *plan)
{
    g_autofree char *text = net_plan_format(plan);
    g_string_append_printf(self->story, "%s\n", text);
}

static NetPlan *plan_build(const Trial *self, NetPlanVerb verb, const NetModel *model)
{
    g_autoptr(GError) error = NULL;
    NetPlan *plan = net_plan_build(verb, NULL, model, self->actual, self->ledger, &error);
    g_assert_no_error(error);
    return plan;
}

static void run_and_foretell(NetBackend *base, const NetOp *const *ops, guint n, NetOpDone done,
                             gpointer data)
{
    Trial *self = (Trial *)base;
    for (guint i = 0; i < n; i++)
        net_predict(self->predicted, ops[i]);
    self->backend->run(self->backend, ops, n, done, data);
}

static const NetObserved *trial_look(NetBackend *base, const char *const *devs, guint n, GError **error)
{
    Trial *self = (Trial *)base;
    return self->backend->look(self->backend, devs, n, error);
}

static gboolean trial_sleep(NetBackend *base, guint timeout_ms)
{
    Trial *self = (Trial *)base;
    return self->backend->sleep(self->backend, timeout_ms);
}

static void run_files(Trial *self, NetPlanVerb verb, const NetModel *model, const char *when)
{
    const NetReporter reporter = {.group_done = group_done, .data = self};
    g_autoptr(NetPlan) plan = plan_build(self, verb, model);
    add_to_story(self, plan);
    self->operations += plan->ops->len;
    net_executor_run(plan, &self->base, self->ledger, NULL, &reporter);
    compare(self, when);
}

static void op_done(G_GNUC_UNUSED const NetOp *op, NetResult *result, gpointer data)
{
    int *code = data;
    *code = result->error ? result->error->code : 0;
}

static void add_foreign(Trial *self, guint32 seed)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    g_autoptr(GPtrArray) ops = random_foreign(rand, self->predicted, self->pool);
    for (guint i = 0; i < ops->len; i++) {
        const NetOp *op = ops->pdata[i];
        g_autofree char *line = net_op_format(op);
        int code = 0, foretold = net_predict(self->predicted, op);
        self->backend->run(self->backend, &op, 1, op_done, &code);
        g_string_append_printf(self->story, "somebody else: %s\n", line);
        if (code != foretold)
            g_string_append_printf(self->faults, "%s: foretold %s, found %s\n", line, g_strerror(foretold),
                                   g_strerror(code));
    }
    compare(self, "with what others put there");
}

static void check_nothing_to_do(Trial *self, const NetModel *model)
{
    g_autoptr(NetPlan) plan = plan_build(self, NET_PLAN_RESTART, model);
    g_autofree char *text = net_plan_format(plan);
    if (net_plan_changes(plan))
        g_string_append_printf(self->faults, "there is something to do:\n%s", text);
}

/* The MAC of a bond that is to have that of the port in use goes with which one that is. */
static void forget_moving_macs(NetObserved *picture)
{
    for (guint i = 0; i < picture->links->len; i++) {
        ObservedLink *link = picture->links->pdata[i];
        const char *mac = link->own ? link_values_find(link->own, "fail_over_mac") : NULL;
        if (mac && !g_str_equal(mac, "none"))
            link->mac.length = 0;
    }
}

static void go_back(Trial *self, const NetObserved *wanted)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(NetObserved) expected = net_observed_copy(wanted);
    int left = net_picture_restore(self->backend, wanted, NULL, messages, &error);
    g_assert_no_error(error);
    set_actual(self);
    forget_moving_macs(expected);
    forget_moving_macs(self->actual);
    g_autofree char *difference = picture_difference_unordered(expected, self->actual);
    for (guint i = 0; i < messages->len; i++)
        g_string_append_printf(self->story, "on the way back: %s\n", (const char *)messages->pdata[i]);
    if (*difference)
        g_string_append_printf(self->faults, "back: there was (-), and is (+), with %d left to do:\n%s", left,
                               difference);
}

static NetModel *load(const Trial *self, const RandomConfig *config)
{
    g_autofree char *files = random_config_files(config, TRUE);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    case_write(self->root, files);
    NetModel *model = tree_load(self->root, NULL, problems);
    g_string_append_printf(self->story, "%s", files);
    case_remove(self->root);
    return model;
}

static void trial_run(Trial *self, guint32 seed)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    RandomConfig config = {.dice = {{0}}};
    random_config_roll(&config, rand);
    g_autoptr(NetModel) a = load(self, &config);
    run_files(self, NET_PLAN_START, a, "after the first start");
    add_foreign(self, seed);
    g_autoptr(NetObserved) before = net_observed_copy(self->actual);
    random_config_change(&config, rand);
    g_autoptr(NetModel) b = load(self, &config);
    run_files(self, NET_PLAN_RESTART, b, "after the restart");
    check_nothing_to_do(self, b);
    if (g_getenv("PAIRS_BACK"))
        go_back(self, before);
}

static void print_lines(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        if (*lines[i])
            printf("#   %s\n", lines[i]);
}

static gboolean try_seed(NetBackend *backend, const char *root, guint32 seed, guint number)
{
    Trial self = {.base = {.run = run_and_foretell, .look = trial_look, .sleep = trial_sleep},
                  .backend = backend,
                  .root = root,
                  .ledger = net_ledger_new(),
                  .pool = net_pool_new(),
                  .faults = g_string_new(NULL),
                  .story = g_string_new(NULL)};
    make_base();
    set_actual(&self);
    predict_anew(&self);
    trial_run(&self, seed);
    gboolean ok = !self.faults->len;
    printf("%sok %u - seed %u, %u operations\n", ok ? "" : "not ", number, seed, self.operations);
    if (!ok) {
        print_lines(self.story->str);
        print_lines(self.faults->str);
    }
    fflush(stdout);
    net_observed_free(self.predicted);
    net_observed_free(self.actual);
    net_ledger_free(self.ledger);
    net_pool_free(self.pool);
    g_string_free(self.faults, TRUE);
    g_string_free(self.story, TRUE);
    return ok;
}

int main(int argc, char **argv)
{
    guint32 first = argc > 1 ? (guint32)atoi(argv[1]) : 1;
    guint seconds = argc > 2 ? (guint)atoi(argv[2]) : 60, most = argc > 3 ? (guint)atoi(argv[3]) : G_MAXUINT;
    g_autoptr(GError) error = NULL;
    g_autoptr(NetBackend) backend = net_backend_kernel_new(&error);
    g_autofree char *root = g_dir_make_tmp("pairs-XXXXXX", NULL);
    gint64 end = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
    guint n = 0, failed = 0;
    if (!backend) {
        printf("Bail out! %s\n", error->message);
        return 1;
    }
    while (n < most && (n < AT_LEAST || g_get_monotonic_time() < end)) {
        failed += !try_seed(backend, root, first + n, n + 1);
        n++;
    }
    printf("1..%u\n# %u pairs, %u failed\n", n, n, failed);
    return failed != 0;
}
