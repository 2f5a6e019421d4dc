/* The end of a group: what the kernel has is compared with what was asked for, and mended once. */
#include "apply/executor-group.h"
#include "i18n.h"
#include "plan/verify.h"

enum { SETTLE_MS = 300 };

typedef struct {
    GroupRun *run;
    const NetOp *op;
    GPtrArray *differences; /* NetDifference* */
} Finding;

static void finding_free(Finding *self)
{
    g_ptr_array_unref(self->differences);
    g_free(self);
}

static const NetObserved *look_at(const GPtrArray *verify, NetBackend *backend, GError **error)
{
    g_autoptr(GPtrArray) devs = g_ptr_array_new();

    for (guint i = 0; i < verify->len; i++)
        if (((const NetOp *)verify->pdata[i])->dev)
            g_ptr_array_add(devs, (gpointer)((const NetOp *)verify->pdata[i])->dev);
    return backend->look(backend, (const char *const *)devs->pdata, devs->len, error);
}

/* What the kernel hands on to others (UP, MTU and MAC to VLANs) can be there a moment later: as long as
 * something differs and the kernel goes on telling of changes, and not for long, it is looked at again. */
static void finding_settle(Finding *self, NetBackend *backend, gint64 deadline, const NetObserved **observed,
                           GError **error)
{
    gint64 left_ms;

    while (*observed && self->differences->len &&
           (left_ms = (deadline - g_get_monotonic_time()) / 1000) > 0 &&
           backend->sleep(backend, (guint)left_ms)) {
        *observed = backend->look(backend, &self->op->dev, 1, error);
        if (!*observed)
            return;
        g_ptr_array_unref(self->differences);
        self->differences = net_verify(self->op->iface, *observed);
    }
}

/* @ret_n: how many of @verify were compared: fewer where the kernel could not be read any more. */
static GPtrArray *find_differences(const GPtrArray *runs, const GPtrArray *verify, NetBackend *backend,
                                   const NetObserved **observed, guint *ret_n, GError **error)
{
    GPtrArray *findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);
    gint64 deadline = g_get_monotonic_time() + SETTLE_MS * 1000;

    for (*ret_n = 0; *observed && *ret_n < verify->len; ++*ret_n) {
        const NetOp *op = g_ptr_array_index(verify, *ret_n);
        if (!op->iface)
            continue;
        Finding *finding = g_new0(Finding, 1);
        *finding = (Finding){g_ptr_array_index(runs, op->group), op, net_verify(op->iface, *observed)};
        finding_settle(finding, backend, deadline, observed, error);
        g_ptr_array_add(findings, finding);
    }
    return findings;
}

/* What would mend one group. */
typedef struct {
    GroupRun *run;
    GPtrArray *ops; /* const NetOp* */
} Mend;

static void mend_free(Mend *self)
{
    g_ptr_array_unref(self->ops);
    g_free(self);
}

/* What was refused in this run would be refused once more. */
static gboolean is_surprise(const Finding *self)
{
    for (guint i = 0; i < self->differences->len; i++) {
        const NetDifference *difference = g_ptr_array_index(self->differences, i);
        if (!group_run_has_told(self->run, difference->where.file ? &difference->where : &self->op->where))
            return TRUE;
    }
    return FALSE;
}

/* Groups that have such differences and were not asked about yet, each once. Returns dev -> Mend. */
static GHashTable *find_mendable(const GPtrArray *findings, GPtrArray *groups)
{
    GHashTable *mends = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)mend_free);

    for (guint i = 0; i < findings->len; i++) {
        const Finding *finding = g_ptr_array_index(findings, i);
        GroupRun *run = finding->run;
        if (!is_surprise(finding) || run->repaired || run->failed || !run->group->dev)
            continue;
        Mend *mend = g_new0(Mend, 1);
        *mend = (Mend){run, g_ptr_array_new()};
        run->repaired = TRUE;
        g_hash_table_insert(mends, (gpointer)run->group->dev, mend);
        g_ptr_array_add(groups, (gpointer)run->group);
    }
    return mends;
}

/* Sorts the operations of a repair by the groups that they are for; the plan keeps only those. What reads
 * back comes again by itself, what stands by for another group still does, and hooks were run or will be. */
static void repair_hand_out(NetPlan *repair, GHashTable *mends)
{
    GPtrArray *kept = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < repair->ops->len; i++) {
        NetOp *op = g_ptr_array_index(repair->ops, i);
        const NetGroup *group = g_ptr_array_index(repair->groups, op->group);
        Mend *mend = group->dev && !group->failed ? g_hash_table_lookup(mends, group->dev) : NULL;
        if (!mend || net_op_kind(op)->effect == NET_EFFECT_READS || op->rivals || op->type == NET_OP_HOOK_RUN)
            continue;
        op->group = mend->run->index;
        g_ptr_array_add(mend->ops, op);
        g_ptr_array_add(kept, g_steal_pointer(&repair->ops->pdata[i]));
    }
    g_ptr_array_unref(repair->ops);
    repair->ops = kept;
}

/* A group that is mended is compared again behind it; what was found in the others is told. */
static void findings_end(const GPtrArray *findings, GHashTable *mends)
{
    for (guint i = 0; i < findings->len; i++) {
        const Finding *finding = g_ptr_array_index(findings, i);
        const char *dev = finding->run->group->dev;
        Mend *mend = dev ? g_hash_table_lookup(mends, dev) : NULL;
        if (mend && mend->run == finding->run && mend->ops->len)
            g_ptr_array_add(mend->ops, (gpointer)finding->op);
        else
            group_run_absorb_differences(finding->run, finding->op, finding->differences);
    }
}

/* The live picture goes on changing; the plan gets one that stays as long as it does. */
static NetPlan *ask_repair(const GPtrArray *groups, const NetObserved *observed, const NetReporter *reporter)
{
    g_autoptr(NetObserved) picture = net_observed_copy(observed);
    NetPlan *repair = reporter->repair(groups, picture, reporter->data);

    if (repair)
        net_pool_keep(repair->pool, g_steal_pointer(&picture), (GDestroyNotify)net_observed_free);
    return repair;
}

static NetPlan *findings_mend(const GPtrArray *findings, const NetObserved *observed,
                              const NetReporter *reporter)
{
    g_autoptr(GPtrArray) groups = g_ptr_array_new();
    g_autoptr(GHashTable) mends = find_mendable(findings, groups);
    NetPlan *repair = groups->len ? ask_repair(groups, observed, reporter) : NULL;
    GHashTableIter iter;
    gpointer mend;

    if (repair)
        repair_hand_out(repair, mends);
    findings_end(findings, mends);
    g_hash_table_iter_init(&iter, mends);
    while (g_hash_table_iter_next(&iter, NULL, &mend))
        group_run_insert(((Mend *)mend)->run, ((Mend *)mend)->ops);
    return repair;
}

/* Those from the @first on. */
static void tell_unreadable(const GPtrArray *runs, const GPtrArray *verify, guint first, const GError *error)
{
    g_autofree char *text = g_strdup_printf(_("could not be read back: %s"), error->message);

    for (guint i = first; i < verify->len; i++) {
        const NetOp *op = g_ptr_array_index(verify, i);
        GroupRun *run = g_ptr_array_index(runs, op->group);
        group_run_tell(run, FALSE, op->where, op->dev, text);
        run->warned = TRUE;
    }
}

NetPlan *group_runs_verify(const GPtrArray *runs, const GPtrArray *verify, NetBackend *backend,
                           const NetReporter *reporter)
{
    g_autoptr(GError) error = NULL;
    const NetObserved *observed = look_at(verify, backend, &error);
    guint n = 0;
    g_autoptr(GPtrArray) findings =
        find_differences(runs, verify, backend, &observed, &n, error ? NULL : &error);

    if (error)
        tell_unreadable(runs, verify, n, error);
    if (observed && reporter->repair)
        return findings_mend(findings, observed, reporter);
    for (guint i = 0; i < findings->len; i++) {
        const Finding *finding = g_ptr_array_index(findings, i);
        group_run_absorb_differences(finding->run, finding->op, finding->differences);
    }
    return NULL;
}
