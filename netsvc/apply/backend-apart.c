/* What is about programs and services of the host (DHCP clients, name servers, zones, hooks, drivers) is not
 * done, and foreseen in the pictures that are handed out. */
#include "apply/backend-apart.h"
#include "apply/net-error.h"
#include "plan/predict.h"
#include "state/observed-clients.h"
#include <string.h>

typedef struct {
    NetBackend base;
    NetBackend *kernel;
    const NetObserved *host;
    GHashTable *stand_ins;
    GPtrArray *foreseen; /* const NetOp*: not done */
    GPtrArray *refusals; /* char*: what operations ended with */
    NetObserved *shown;  /* handed out last */
} BackendApart;

/* One operation that is done in another way than it says; who asked hears of his own. */
typedef struct {
    NetOp op;
    const NetOp *original;
    NetOpDone done;
    gpointer data;
} Changed;

static gboolean is_foreseen(const NetOp *op)
{
    switch (op->type) {
    case NET_OP_LEASE_GET:
    case NET_OP_LEASE_DROP:
    case NET_OP_NAMES_SET:
    case NET_OP_NAMES_DROP:
    case NET_OP_ZONE_SET:
    case NET_OP_ZONE_DROP:
    case NET_OP_ETHTOOL_SET:
    case NET_OP_HOOK_RUN:
        return TRUE;
    case NET_OP_MODULE_LOAD:
        return op->dev != NULL; /* a card's driver */
    default:
        return FALSE;
    }
}

static void changed_done(G_GNUC_UNUSED const NetOp *op, NetResult *result, gpointer data)
{
    Changed *changed = data;
    changed->done(changed->original, result, changed->data);
    g_free(changed);
}

static void run_changed(BackendApart *self, const NetOp *original, const NetOp *op, NetOpDone done,
                        gpointer data)
{
    Changed *changed = g_new(Changed, 1);
    *changed = (Changed){*op, original, done, data};
    const NetOp *copy = &changed->op;
    self->kernel->run(self->kernel, &copy, 1, changed_done, changed);
}

/* Its address is that of the NIC that it stands for; and nothing will come. */
static void run_wait(BackendApart *self, const NetOp *op, NetOpDone done, gpointer data)
{
    const ObservedLink *nic = net_observed_link(self->host, op->dev);
    NetOp changed = *op;
    changed.wait.timeout_ms = 0;
    if (nic && g_hash_table_contains(self->stand_ins, op->dev) &&
        ifcfg_mac_equal(&nic->perm_mac, &op->wait.mac))
        changed.wait.mac.length = 0;
    run_changed(self, op, &changed, done, data);
}

static void keep_code(G_GNUC_UNUSED const NetOp *op, NetResult *result, gpointer data)
{
    GError **error = data;
    if (result->error && !*error)
        *error = g_steal_pointer(&result->error);
}

/* The settings that files of ours ask for; those of sysctl.d the host has already. */
static void run_sysctls(BackendApart *self, const NetOp *op, NetOpDone done, gpointer data)
{
    g_auto(GStrv) words = g_strsplit(op->sysctl.value ? op->sysctl.value : "", " ", -1);
    NetResult result = {0};
    for (char **word = words; *word; word++) {
        char *value = strchr(*word, '=');
        if (!value)
            continue;
        *value = '\0';
        NetOp set = {
            .type = NET_OP_SYSCTL_SET, .phase = op->phase, .sysctl = {.key = *word, .value = value + 1}};
        const NetOp *one = &set;
        self->kernel->run(self->kernel, &one, 1, keep_code, &result.error);
    }
    done(op, &result, data);
    net_result_clear(&result);
}

static void run_one(BackendApart *self, const NetOp *op, NetOpDone done, gpointer data)
{
    NetResult nothing = {0};
    if (is_foreseen(op)) {
        g_ptr_array_add(self->foreseen, (gpointer)op);
        done(op, &nothing, data);
    } else if (op->type == NET_OP_LINK_WAIT) {
        run_wait(self, op, done, data);
    } else {
        run_sysctls(self, op, done, data);
    }
}

/* Hears of an operation before who asked for it. */
typedef struct {
    BackendApart *self;
    NetOpDone done;
    gpointer data;
    guint left; /* operations that have not ended */
} Listener;

static void listener_done(const NetOp *op, NetResult *result, gpointer data)
{
    Listener *listener = data;
    GPtrArray *refusals = listener->self->refusals;
    gboolean is_waiting = net_op_kind(op)->effect == NET_EFFECT_WAITS;
    if (result->error && !is_waiting)
        g_ptr_array_add(refusals, g_strdup(result->error->message));
    for (guint i = 0; result->notes && i < result->notes->len; i++)
        if (((const NetNote *)result->notes->pdata[i])->warning)
            g_ptr_array_add(refusals, g_strdup(((const NetNote *)result->notes->pdata[i])->text));
    listener->done(op, result, listener->data);
    if (!--listener->left)
        g_free(listener);
}

static void apart_run(NetBackend *backend, const NetOp *const *ops, guint n, NetOpDone done, gpointer data)
{
    BackendApart *self = (BackendApart *)backend;
    g_autoptr(GPtrArray) batch = g_ptr_array_new();
    for (guint i = 0; i < n; i++)
        if (is_foreseen(ops[i]) || ops[i]->type == NET_OP_LINK_WAIT || ops[i]->type == NET_OP_SYSCTL_APPLY)
            run_one(self, ops[i], done, data);
        else
            g_ptr_array_add(batch, (gpointer)ops[i]);
    if (!batch->len)
        return;
    Listener *listener = g_new(Listener, 1);
    *listener = (Listener){self, done, data, batch->len};
    self->kernel->run(self->kernel, (const NetOp *const *)batch->pdata, batch->len, listener_done, listener);
}

gboolean net_backend_apart_refused(NetBackend *backend, const char *line)
{
    const GPtrArray *refusals = ((BackendApart *)backend)->refusals;
    for (guint i = 0; i < refusals->len; i++)
        if (g_str_has_suffix(line, refusals->pdata[i]))
            return TRUE;
    return FALSE;
}

/* --- pictures --- */

static void nic_show(const BackendApart *self, ObservedLink *link)
{
    const ObservedLink *nic = net_observed_link(self->host, link->name);
    if (!nic || !g_hash_table_contains(self->stand_ins, link->name))
        return;
    link->perm_mac = nic->perm_mac;
    link->peer = 0;
    g_free(link->kind);
    link->kind = g_strdup(nic->kind);
    link_values_free(link->own);
    link->own = link_values_copy(nic->own);
    g_clear_pointer(&link->ethtool, g_hash_table_unref);
    link->ethtool = nic->ethtool ? ethtool_state_copy(nic->ethtool) : NULL;
}

/* As the host has it, with what the operations that were not done would have made of it. */
static void picture_complete(const BackendApart *self, NetObserved *picture)
{
    for (guint i = 0; i < picture->links->len; i++)
        nic_show(self, picture->links->pdata[i]);
    g_ptr_array_set_size(picture->clients, 0);
    for (guint i = 0; i < self->host->clients->len; i++) {
        const ObservedClient *client = self->host->clients->pdata[i];
        net_observed_add_client(picture, client->dev, client->family, client->client, client->settings)
            ->is_foreseen = TRUE;
    }
    picture->firewalld = self->host->firewalld;
    resolv_conf_clear(&picture->resolv);
    resolv_conf_init(&picture->resolv);
    resolv_conf_copy(&picture->resolv, &self->host->resolv);
    for (guint i = 0; i < self->foreseen->len; i++)
        net_predict(picture, self->foreseen->pdata[i]);
}

static NetObserved *apart_observe(NetBackend *backend, GError **error)
{
    BackendApart *self = (BackendApart *)backend;
    NetObserved *picture = self->kernel->observe(self->kernel, error);
    if (picture)
        picture_complete(self, picture);
    return picture;
}

static const NetObserved *apart_look(NetBackend *backend, const char *const *devs, guint n, GError **error)
{
    BackendApart *self = (BackendApart *)backend;
    const NetObserved *picture = self->kernel->look(self->kernel, devs, n, error);
    g_clear_pointer(&self->shown, net_observed_free);
    self->shown = picture ? net_observed_copy(picture) : NULL;
    if (picture)
        picture_complete(self, self->shown);
    return self->shown;
}

static gboolean apart_sleep(NetBackend *backend, guint timeout_ms)
{
    NetBackend *kernel = ((BackendApart *)backend)->kernel;
    return kernel->sleep(kernel, timeout_ms);
}

/* A stand-in has no such settings. */
static void apart_attend(G_GNUC_UNUSED NetBackend *backend, G_GNUC_UNUSED const NetModel *model)
{
}

static void apart_cancel(NetBackend *backend)
{
    NetBackend *kernel = ((BackendApart *)backend)->kernel;
    kernel->cancel(kernel);
}

static void apart_free(NetBackend *backend)
{
    BackendApart *self = (BackendApart *)backend;
    g_clear_pointer(&self->shown, net_observed_free);
    g_ptr_array_unref(self->foreseen);
    g_ptr_array_unref(self->refusals);
    net_backend_free(self->kernel);
    g_free(self);
}

NetBackend *net_backend_apart_new(NetBackend *kernel, const NetObserved *host, GHashTable *stand_ins)
{
    BackendApart *self = g_new0(BackendApart, 1);
    self->base = (NetBackend){
        .run = apart_run,
        .observe = apart_observe,
        .look = apart_look,
        .sleep = apart_sleep,
        .attend = apart_attend,
        .cancel = apart_cancel,
        .free = apart_free,
    };
    self->kernel = kernel;
    self->host = host;
    self->stand_ins = stand_ins;
    self->foreseen = g_ptr_array_new();
    self->refusals = g_ptr_array_new_with_free_func(g_free);
    return &self->base;
}
