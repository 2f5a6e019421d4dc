/* Parts of ETHTOOL_OPTS as operations. */
#include "apply/kernel/ethtool-op.h"
#include "apply/kernel/nl-ops.h"
#include "apply/system.h"
#include "i18n.h"
#include <errno.h>

enum { PROGRAM_MS = 30000 };

struct NetEthtoolOps {
    NetEthtool *kernel;
    NetRunner *runner;
    const NetModel *model; /* whose devices are observed; or NULL */
    GPtrArray *pauses;     /* Pause*, not owned */
    GPtrArray *runs;       /* NetRun*: as long as their operations */
};

typedef struct {
    NetEthtoolOps *ops;
    const NetOp *op;
    guint source;
    NetOpDone done;
    gpointer data;
} Pause;

NetEthtoolOps *net_ethtool_ops_new(NetRunner *runner)
{
    NetEthtoolOps *self = g_new0(NetEthtoolOps, 1);
    self->kernel = net_ethtool_new();
    self->runner = runner;
    self->pauses = g_ptr_array_new();
    self->runs = g_ptr_array_new_with_free_func((GDestroyNotify)net_run_free);
    return self;
}

void net_ethtool_ops_free(NetEthtoolOps *self)
{
    if (!self)
        return;
    net_ethtool_free(self->kernel);
    g_ptr_array_unref(self->pauses);
    g_ptr_array_unref(self->runs);
    g_free(self);
}

static void report(const NetOp *op, NetResult *result, NetOpDone done, gpointer data)
{
    done(op, result, data);
    net_result_clear(result);
}

static void run_program(NetEthtoolOps *self, const NetOp *op, NetOpDone done, gpointer data)
{
    NetResult result = {0};
    g_autofree char *program = g_find_program_in_path("ethtool");
    if (!program) {
        g_autofree char *attempt = net_op_attempt(op);
        net_error_set(&result.error, ENOENT, _("%s: the program ethtool is not installed"), attempt);
        report(op, &result, done, data);
        return;
    }
    NetRun *run = net_run_new(PROGRAM_MS);
    net_run_add(run, g_strdupv(op->ethtool.request->argv), FALSE);
    g_ptr_array_add(self->runs, run);
    net_runner_start(self->runner, op, run, done, data);
}

/* Some drivers set nothing while the device is down. It comes up in this run: what is lacking then is found
 * when it is read back, and set once more. */
static gboolean is_too_early(int code)
{
    return code == ENETDOWN || code == EAGAIN;
}

static void run_netlink(NetEthtoolOps *self, const NetOp *op, NetOpDone done, gpointer data)
{
    NetResult result = {0};
    g_autofree char *text = NULL;
    const char *fixed;
    int code = net_ethtool_set(self->kernel, op->ethtool.request, &text, &fixed);
    g_autofree char *attempt = fixed ? net_op_attempt(op) : NULL;
    if (fixed)
        net_error_set(&result.error, code, _("%s: the device cannot change %s"), attempt, fixed);
    else if (code && !is_too_early(code))
        nl_op_set_error(op, code, text, &result.error);
    report(op, &result, done, data);
}

static void run(NetEthtoolOps *self, const NetOp *op, NetOpDone done, gpointer data)
{
    if (op->ethtool.request->verb && net_ethtool_is_there(self->kernel))
        run_netlink(self, op, done, data);
    else
        run_program(self, op, done, data);
}

static gboolean pause_over(gpointer data)
{
    Pause *pause = data;
    g_ptr_array_remove(pause->ops->pauses, pause);
    run(pause->ops, pause->op, pause->done, pause->data);
    g_free(pause);
    return G_SOURCE_REMOVE;
}

void net_ethtool_ops_start(NetEthtoolOps *self, const NetOp *op, NetOpDone done, gpointer data)
{
    if (!op->ethtool.delay_us) {
        run(self, op, done, data);
        return;
    }
    Pause *pause = g_new0(Pause, 1);
    *pause = (Pause){.ops = self, .op = op, .done = done, .data = data};
    pause->source = g_timeout_add((op->ethtool.delay_us + 999) / 1000, pause_over, pause);
    g_ptr_array_add(self->pauses, pause);
}

void net_ethtool_ops_cancel(NetEthtoolOps *self)
{
    while (self->pauses->len) {
        g_autofree Pause *pause = g_ptr_array_steal_index(self->pauses, 0);
        NetResult result = {.error = g_error_new(NET_ERROR, ECANCELED, "ethtool")};
        g_source_remove(pause->source);
        report(pause->op, &result, pause->done, pause->data);
    }
}

/* --- the picture --- */

static void observe_iface(NetEthtool *self, const NetIface *iface, NetObserved *observed)
{
    for (guint i = 0; iface->ethtool && i < iface->ethtool->len; i++) {
        const EthtoolRequest *request = g_ptr_array_index(iface->ethtool, i);
        ObservedLink *link = g_hash_table_lookup(observed->by_name, request->device);
        if (!link || !request->verb)
            continue;
        if (!link->ethtool)
            link->ethtool = ethtool_state_new();
        net_ethtool_read(self, request, link->ethtool);
    }
}

static void observe_model(NetEthtool *self, const NetModel *model, const char *dev, NetObserved *observed)
{
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        const NetIface *master = net_iface_master(iface);
        if (!dev || g_str_equal(iface->name, dev) || (master && g_str_equal(master->name, dev)))
            observe_iface(self, iface, observed);
    }
}

void net_ethtool_ops_attend(NetEthtoolOps *self, const NetModel *model)
{
    self->model = model;
}

void net_ethtool_ops_observe(NetEthtoolOps *self, const char *dev, NetObserved *observed)
{
    if (self->model)
        observe_model(self->kernel, self->model, dev, observed);
}

void net_observe_settings(NetObserved *observed, const NetModel *model)
{
    g_autoptr(NetEthtool) ethtool = net_ethtool_new();
    observe_model(ethtool, model, NULL, observed);
}
