/* How long devices are away in a run. */
#include "session/measure.h"

typedef struct {
    gint64 begin, end; /* monotonic, in us; 0: not yet */
} Outage;

typedef struct {
    NetBackend base;
    NetBackend *inner;
    GHashTable *outages; /* device -> Outage* */
} Measure;

/* Of one batch: until each of its operations has ended. */
typedef struct {
    Measure *measure;
    guint left;
    NetOpDone done;
    gpointer data;
} Batch;

static gboolean takes_away(const NetOp *op)
{
    return op->type == NET_OP_LINK_DOWN || op->type == NET_OP_LINK_DELETE;
}

static gboolean brings_back(const NetOp *op)
{
    return op->type == NET_OP_LINK_UP || op->type == NET_OP_CARRIER_WAIT || op->type == NET_OP_ADDR_ADD ||
           op->type == NET_OP_ROUTE_ADD || op->type == NET_OP_LEASE_GET || op->type == NET_OP_DAD_WAIT;
}

static void note_begin(Measure *self, const NetOp *op)
{
    if (!op->dev || !takes_away(op) || g_hash_table_contains(self->outages, op->dev))
        return;
    Outage *outage = g_new0(Outage, 1);
    outage->begin = g_get_monotonic_time();
    g_hash_table_insert(self->outages, g_strdup(op->dev), outage);
}

static void op_done(const NetOp *op, NetResult *result, gpointer data)
{
    Batch *batch = data;
    Outage *outage = op->dev && brings_back(op) && !result->error
                         ? g_hash_table_lookup(batch->measure->outages, op->dev)
                         : NULL;
    if (outage)
        outage->end = g_get_monotonic_time();
    NetOpDone done = batch->done;
    gpointer its_data = batch->data;
    if (!--batch->left)
        g_free(batch);
    done(op, result, its_data);
}

static void measure_run(NetBackend *base, const NetOp *const *ops, guint n, NetOpDone done, gpointer data)
{
    Measure *self = (Measure *)base;
    if (!n) {
        self->inner->run(self->inner, ops, n, done, data);
        return;
    }
    Batch *batch = g_new(Batch, 1);
    *batch = (Batch){.measure = self, .left = n, .done = done, .data = data};
    for (guint i = 0; i < n; i++)
        note_begin(self, ops[i]);
    self->inner->run(self->inner, ops, n, op_done, batch);
}

static NetObserved *measure_observe(NetBackend *base, GError **error)
{
    NetBackend *inner = ((Measure *)base)->inner;
    return inner->observe(inner, error);
}

static const NetObserved *measure_look(NetBackend *base, const char *const *devs, guint n, GError **error)
{
    NetBackend *inner = ((Measure *)base)->inner;
    return inner->look(inner, devs, n, error);
}

static gboolean measure_sleep(NetBackend *base, guint timeout_ms)
{
    NetBackend *inner = ((Measure *)base)->inner;
    return inner->sleep(inner, timeout_ms);
}

static void measure_attend(NetBackend *base, const NetModel *model)
{
    NetBackend *inner = ((Measure *)base)->inner;
    inner->attend(inner, model);
}

static void measure_cancel(NetBackend *base)
{
    NetBackend *inner = ((Measure *)base)->inner;
    inner->cancel(inner);
}

static void measure_free(NetBackend *base)
{
    Measure *self = (Measure *)base;
    net_backend_free(self->inner);
    g_hash_table_unref(self->outages);
    g_free(self);
}

NetBackend *measure_backend_new(NetBackend *inner)
{
    Measure *self = g_new(Measure, 1);
    *self = (Measure){.base = {.run = measure_run,
                               .observe = measure_observe,
                               .look = measure_look,
                               .sleep = measure_sleep,
                               .attend = measure_attend,
                               .cancel = measure_cancel,
                               .free = measure_free},
                      .inner = inner,
                      .outages = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    return &self->base;
}

gint64 measure_outage_ms(const NetBackend *base, const char *dev)
{
    const Outage *outage = g_hash_table_lookup(((const Measure *)base)->outages, dev);
    return outage && outage->end > outage->begin ? (outage->end - outage->begin + 999) / 1000 : -1;
}
