/* The back end that only writes down what it was asked to do: for tests, and for looking at what an executor
 * does with a plan. */
#include "apply/backend.h"
#include <string.h>

typedef struct {
    NetBackend base;
    GString *log; /* not owned */
    char *refuse;
} RecordBackend;

static void record_run(NetBackend *backend, const NetOp *const *ops, guint n, NetOpDone done, gpointer data)
{
    RecordBackend *self = (RecordBackend *)backend;

    for (guint i = 0; i < n; i++) {
        g_autofree char *line = net_op_format(ops[i]);
        NetResult result = {0};
        g_string_append_printf(self->log, "%s\n", line);
        if (self->refuse && strstr(line, self->refuse))
            g_set_error(&result.error, NET_ERROR, EIO, "refused: %s", line);
        done(ops[i], &result, data);
        net_result_clear(&result);
    }
}

static NetObserved *record_observe(G_GNUC_UNUSED NetBackend *backend, G_GNUC_UNUSED GError **error)
{
    return NULL;
}

static const NetObserved *record_look(G_GNUC_UNUSED NetBackend *backend,
                                      G_GNUC_UNUSED const char *const *devs, G_GNUC_UNUSED guint n,
                                      G_GNUC_UNUSED GError **error)
{
    return NULL;
}

static gboolean record_sleep(G_GNUC_UNUSED NetBackend *backend, G_GNUC_UNUSED guint timeout_ms)
{
    return FALSE;
}

static void record_attend(G_GNUC_UNUSED NetBackend *backend, G_GNUC_UNUSED const NetModel *model)
{
}

static void record_cancel(G_GNUC_UNUSED NetBackend *backend)
{
}

static void record_free(NetBackend *backend)
{
    RecordBackend *self = (RecordBackend *)backend;

    g_free(self->refuse);
    g_free(self);
}

NetBackend *net_backend_record_new(GString *log, const char *refuse)
{
    RecordBackend *self = g_new0(RecordBackend, 1);

    self->base = (NetBackend){
        .run = record_run,
        .observe = record_observe,
        .look = record_look,
        .sleep = record_sleep,
        .attend = record_attend,
        .cancel = record_cancel,
        .free = record_free,
    };
    self->log = log;
    self->refuse = g_strdup(refuse);
    return &self->base;
}
