/* Lets operations loose, at random, on the running kernel and on a prediction, and compares the two pictures
 * after each. Prints TAP, a test a seed. Usage: predict FIRST-SEED SEEDS STEPS. Needs root and a network
 * namespace of its own. */
#include "plan/predict.h"
#include "../unit/picture-text.h"
#include "../unit/random-ops.h"
#include "apply/backend.h"
#include "observe.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    NetBackend *backend;
    NetObserved *predicted;
    RandomOps *ops;
    GString *story; /* what was done so far, a line each */
} Trial;

/* Cables n0 to n3, whose far ends are up; cards of their own d0, d1; a bond, a bridge, and what stands on
 * others. */
static const char base[] =
    "link set lo down\n"
    "rule flush table 100\n"
    "link add n0 type veth peer name x0\nlink add n1 type veth peer name x1\n"
    "link add n2 type veth peer name x2\nlink add n3 type veth peer name x3\n"
    "link set x0 up\nlink set x1 up\nlink set x2 up\nlink set x3 up\n"
    "link add d0 type dummy\nlink add d1 type dummy\n"
    "link add b0 type bond\nlink add br0 type bridge\n"
    "link add link n3 name v3 type vlan id 3\nlink add link b0 name vb type vlan id 7\n"
    "link add link n2 name m2 type macvlan mode bridge\nlink add link n1 name i1 type ipvlan mode l2\n"
    "link add r0 type vrf table 100\n";

static void run_script(char *script)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *output = NULL;
    char *argv[] = {(char *)"sh", (char *)"-c", script, NULL};
    int status = 0;
    if (g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status, &error) &&
        status == 0)
        return;
    printf("Bail out! %s: %s\n", script, error ? error->message : output);
    exit(1);
}

static void make_base(void)
{
    g_autofree char *script = g_strdup_printf(
        "set +e\nfor d in $(ls /sys/class/net); do case $d in lo | bonding_masters) ;; *) ip link del $d "
        "2>/dev/null "
        "|| :;; esac; done\n"
        "ip link set lo down; ip addr flush dev lo; ip route flush table 100; ip -6 route flush table 100; "
        "ip route flush table main; ip -6 route flush table main\n"
        "ip rule flush; ip rule add lookup main priority 32766; ip rule add lookup default priority 32767\n"
        "ip -6 rule flush; ip -6 rule add lookup main priority 32766\n"
        "echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad; echo 0 >/proc/sys/net/ipv6/conf/all/accept_dad\n"
        "ip -force -batch - 2>&1 <<EOF\n%sEOF\n",
        base);
    run_script(script);
}

static void op_done(G_GNUC_UNUSED const NetOp *op, NetResult *result, gpointer data)
{
    int *code = data;
    *code = result->error ? result->error->code : 0;
    for (guint i = 0; result->notes && i < result->notes->len; i++)
        if (((const NetNote *)result->notes->pdata[i])->warning && !*code)
            *code = -1; /* refused in part */
}

/* Returns: what the prediction got wrong, or NULL. */
static char *step(Trial *self)
{
    const NetOp *op = random_op(self->ops, self->predicted);
    g_autofree char *line = net_op_format(op);
    g_autoptr(NetObserved) actual = NULL;
    int code = 0, foretold = net_predict(self->predicted, op);
    self->backend->run(self->backend, &op, 1, op_done, &code);
    g_string_append_printf(self->story, "# %s%s%s%s\n", line,
                           op->type == NET_OP_ROUTE_ADD && op->replace ? " (replace)" : "", code ? ": " : "",
                           code > 0 ? g_strerror(code)
                           : code   ? "in part"
                                    : "");
    actual = guest_observe(self->backend);
    picture_learn(self->predicted, actual);
    g_autofree char *difference = picture_difference(self->predicted, actual);
    if (code < 0 ? !foretold : code != foretold)
        return g_strdup_printf("foretold: %s; the kernel: %s\n%s", foretold ? g_strerror(foretold) : "done",
                               code > 0 ? g_strerror(code)
                               : code   ? "refused in part"
                                        : "done",
                               difference);
    return *difference ? g_steal_pointer(&difference) : NULL;
}

static gboolean try_seed(NetBackend *backend, guint32 seed, guint steps, guint number)
{
    g_autoptr(RandomOps) ops = random_ops_new(seed);
    Trial self = {.backend = backend, .ops = ops, .story = g_string_new(NULL)};
    g_autofree char *fault = NULL;
    guint done = 0;
    make_base();
    self.predicted = guest_observe(self.backend);
    for (; done < steps && !fault; done++)
        fault = step(&self);
    printf("%sok %u - seed %u\n", fault ? "not " : "", number, seed);
    if (fault) {
        g_auto(GStrv) lines = g_strsplit(fault, "\n", -1);
        printf("%s", self.story->str);
        for (guint i = 0; lines[i]; i++)
            if (*lines[i])
                printf("#   %s\n", lines[i]);
    }
    fflush(stdout);
    net_observed_free(self.predicted);
    g_string_free(self.story, TRUE);
    return !fault;
}

int main(int argc, char **argv)
{
    guint first = argc > 1 ? (guint)atoi(argv[1]) : 1, seeds = argc > 2 ? (guint)atoi(argv[2]) : 1,
          steps = argc > 3 ? (guint)atoi(argv[3]) : 100, failed = 0;
    g_autoptr(GError) error = NULL;
    g_autoptr(NetBackend) backend = net_backend_kernel_new(&error);
    if (!backend) {
        printf("Bail out! %s\n", error->message);
        return 1;
    }
    printf("1..%u\n", seeds);
    for (guint i = 0; i < seeds; i++)
        failed += !try_seed(backend, first + i, steps, i + 1);
    return failed != 0;
}
