/* Runs a plan: at each turn the lowest phase among the groups that can go on is done for all of them in one
 * batch, so that work of many interfaces is pipelined; operations that wait end later, from the main loop,
 * and hold only their own group. */
#include "apply/executor-group.h"
#include "i18n.h"
#include "plan/verify.h"

enum { WAITS_NAMED = 3, SETTLE_MS = 300 };

typedef struct {
    const NetPlan *plan;
    NetBackend *backend;
    NetLedger *ledger;
    const gboolean *stop;
    const NetReporter *reporter;
    GPtrArray *groups;    /* GroupRun*, by index */
    GPtrArray *under_way; /* const NetOp* begun and not reported */
    guint not_done;
    char *waiting; /* what was last told to be waited for */
    gboolean ledger_is_dirty;
    gboolean is_stopping;
} Executor;

static GroupRun *executor_group(const Executor *self, guint index)
{
    return g_ptr_array_index(self->groups, index);
}

/* A process that is killed must leave a record of all it may have done: deleting what is not there does no
 * harm. */
static void executor_record_intent(Executor *self)
{
    g_autoptr(NetLedger) intent = NULL;

    for (guint i = 0; i < self->plan->ops->len; i++) {
        const NetOp *op = g_ptr_array_index(self->plan->ops, i);
        if (!net_op_adds(op))
            continue;
        if (!intent)
            intent = net_ledger_copy(self->ledger);
        net_ledger_note(intent, op);
    }
    if (!intent)
        return;
    self->ledger_is_dirty = TRUE; /* what is on disk is only intended */
    if (self->reporter->ledger_changed)
        self->reporter->ledger_changed(intent, self->reporter->data);
}

static void executor_record_truth(Executor *self)
{
    if (self->ledger_is_dirty && self->reporter->ledger_changed)
        self->reporter->ledger_changed(self->ledger, self->reporter->data);
    self->ledger_is_dirty = FALSE;
}

static void executor_finish_group(Executor *self, GroupRun *run, NetOutcome outcome)
{
    run->done = TRUE;
    run->outcome = outcome;
    self->not_done--;
    /* The line of the last group is printed when the record on disk is true. */
    if (!self->not_done)
        executor_record_truth(self);
    self->reporter->group_done(run->index, outcome, run->messages, self->reporter->data);
}

/* The op's messages point into the plan, so a finished group can still be told about; it never runs again. */
static void executor_op_done(const NetOp *op, NetResult *result, gpointer data)
{
    Executor *self = data;
    GroupRun *run = executor_group(self, op->group);

    g_ptr_array_remove_fast(self->under_way, (gpointer)op);
    run->pending--;
    if (!result->error && (net_op_adds(op) || net_op_removes(op))) {
        net_ledger_note(self->ledger, op);
        self->ledger_is_dirty = TRUE;
    }
    if (self->is_stopping && g_error_matches(result->error, NET_ERROR, ECANCELED))
        run->cut = TRUE;
    else
        group_run_absorb(run, op, result);
}

/* Whether the groups it needs allow it to go on; a needed group that failed ends it. */
static gboolean executor_needs_met(Executor *self, GroupRun *run)
{
    for (guint i = 0; !run->released && run->group->needs && i < run->group->needs->len; i++) {
        GroupRun *needed = executor_group(self, g_array_index(run->group->needs, guint, i));
        if (needed->done && (needed->outcome == NET_DONE_FAILED || needed->outcome == NET_DONE_SKIPPED)) {
            g_autofree char *text = g_strdup_printf(needed->outcome == NET_DONE_FAILED
                                                        ? _("skipped: it needs %s, which failed")
                                                        : _("skipped: it needs %s, which was skipped itself"),
                                                    needed->group->dev);
            group_run_tell(run, TRUE, run->group->where, run->group->dev, text);
            executor_finish_group(self, run, NET_DONE_SKIPPED);
            return FALSE;
        }
        if (needed->group->down ? !needed->done
                                : needed->failed || !group_run_is_past(needed, NET_PHASE_L2_DONE))
            return FALSE;
    }
    run->released = TRUE;
    return TRUE;
}

/* The next operation of a group that can go on now; finishes the group when there is none. */
static const NetOp *executor_peek(Executor *self, GroupRun *run)
{
    const NetOp *op;

    if (run->done || run->pending)
        return NULL;
    op = group_run_peek(run);
    if (!run->ports_checked && (!op || op->phase > NET_PHASE_PORTS)) {
        group_run_check_ports(run);
        op = group_run_peek(run);
    }
    if (run->failed || (!op && executor_needs_met(self, run)))
        executor_finish_group(self, run,
                              run->failed   ? NET_DONE_FAILED
                              : run->warned ? NET_DONE_WARNING
                                            : NET_DONE_OK);
    if (run->done || !op || !executor_needs_met(self, run))
        return NULL;
    return op;
}

/* Finished groups can release others, also earlier ones: looks until nothing changes. Returns NET_PHASE_LAST
 * when none can go on. */
static NetPhase executor_lowest_phase(Executor *self)
{
    NetPhase lowest = NET_PHASE_LAST;
    guint before;

    do {
        before = self->not_done;
        lowest = NET_PHASE_LAST;
        for (guint i = 0; i < self->groups->len; i++) {
            const NetOp *op = executor_peek(self, executor_group(self, i));
            if (op)
                lowest = MIN(lowest, op->phase);
        }
    } while (before != self->not_done);
    return lowest;
}

static GPtrArray *executor_take_batch(Executor *self, NetPhase phase)
{
    GPtrArray *batch = g_ptr_array_new();

    for (guint i = 0; i < self->groups->len; i++) {
        GroupRun *run = executor_group(self, i);
        const NetOp *op = executor_peek(self, run);
        for (; op && op->phase == phase; op = group_run_peek(run)) {
            g_ptr_array_add(batch, (gpointer)op);
            run->next++;
        }
    }
    return batch;
}

static const NetObserved *executor_look(Executor *self, const GPtrArray *verify, GError **error)
{
    g_autoptr(GPtrArray) devs = g_ptr_array_new();

    for (guint i = 0; i < verify->len; i++)
        if (((const NetOp *)verify->pdata[i])->dev)
            g_ptr_array_add(devs, (gpointer)((const NetOp *)verify->pdata[i])->dev);
    return self->backend->look(self->backend, (const char *const *)devs->pdata, devs->len, error);
}

/* What the kernel hands on to others (UP, MTU and MAC to VLANs) can be there a moment later: as long as
 * something differs and the kernel goes on telling of changes, and not for long, it is looked at again. */
static void executor_settle(Executor *self, const NetOp *op, gint64 deadline, const NetObserved **observed,
                            GPtrArray **differences)
{
    gint64 left_ms;

    while (*observed && (*differences)->len && (left_ms = (deadline - g_get_monotonic_time()) / 1000) > 0 &&
           self->backend->sleep(self->backend, (guint)left_ms)) {
        *observed = self->backend->look(self->backend, &op->dev, 1, NULL);
        if (!*observed)
            return;
        g_ptr_array_unref(*differences);
        *differences = net_verify(op->iface, *observed);
    }
}

/* What is not verified here is not in the batch that goes to the back end. */
static void executor_verify(Executor *self, GPtrArray *verify)
{
    gint64 deadline = g_get_monotonic_time() + SETTLE_MS * 1000;
    g_autoptr(GError) error = NULL;
    const NetObserved *observed = executor_look(self, verify, &error);

    for (guint i = 0; i < verify->len; i++) {
        const NetOp *op = g_ptr_array_index(verify, i);
        GroupRun *run = executor_group(self, op->group);
        if (error) {
            g_autofree char *text = g_strdup_printf(_("could not be read back: %s"), error->message);
            group_run_tell(run, FALSE, op->where, op->dev, text);
            run->warned = TRUE;
        } else if (observed && op->iface) {
            g_autoptr(GPtrArray) differences = net_verify(op->iface, observed);
            executor_settle(self, op, deadline, &observed, &differences);
            group_run_absorb_differences(run, op, differences);
        }
    }
}

static void executor_run_batch(Executor *self, GPtrArray *batch)
{
    g_autoptr(GPtrArray) work = g_ptr_array_new();
    g_autoptr(GPtrArray) verify = g_ptr_array_new();

    for (guint i = 0; i < batch->len; i++) {
        const NetOp *op = g_ptr_array_index(batch, i);
        g_ptr_array_add(net_op_kind(op)->effect == NET_EFFECT_READS ? verify : work, (gpointer)op);
    }
    for (guint i = 0; i < work->len; i++) {
        const NetOp *op = g_ptr_array_index(work, i);
        executor_group(self, op->group)->pending++;
        g_ptr_array_add(self->under_way, (gpointer)op);
    }
    if (work->len)
        self->backend->run(self->backend, (const NetOp *const *)work->pdata, work->len, executor_op_done,
                           self);
    if (verify->len)
        executor_verify(self, verify);
}

/* All waits go on at once; of many only the first few are named. */
static char *executor_describe_waits(const Executor *self)
{
    g_autoptr(GString) text = g_string_new(NULL);
    guint named = MIN(self->under_way->len, WAITS_NAMED), more = self->under_way->len - named;

    for (guint i = 0; i < named; i++) {
        g_autofree char *wait = net_op_waiting(g_ptr_array_index(self->under_way, i));
        g_string_append_printf(text, "%s%s", i ? "; " : "", wait);
    }
    if (more)
        return g_strdup_printf(P_("%s; and %u more", "%s; and %u more", more), text->str, more);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void executor_tell_waiting(Executor *self)
{
    g_autofree char *what = self->under_way->len ? executor_describe_waits(self) : NULL;

    if (!self->reporter->waiting || !g_strcmp0(what, self->waiting))
        return;
    g_free(self->waiting);
    self->waiting = g_steal_pointer(&what);
    self->reporter->waiting(self->waiting, self->reporter->data);
}

static void executor_stop(Executor *self)
{
    self->is_stopping = TRUE;
    self->backend->cancel(self->backend);
    while (self->under_way->len)
        g_main_context_iteration(NULL, TRUE);
    for (guint i = 0; i < self->groups->len; i++) {
        GroupRun *run = executor_group(self, i);
        if (run->done)
            continue;
        if (run->failed)
            executor_finish_group(self, run, NET_DONE_FAILED);
        else if (run->cut || !run->released || group_run_peek(run))
            executor_finish_group(self, run, NET_DONE_STOPPED);
        else
            executor_finish_group(self, run, run->warned ? NET_DONE_WARNING : NET_DONE_OK);
    }
}

static void executor_turn(Executor *self)
{
    NetPhase phase;

    /* Events that are there already are taken together, so that interfaces that waited for the same thing go
     * on together. */
    while (g_main_context_iteration(NULL, FALSE))
        ;
    if (self->stop && *self->stop) {
        executor_stop(self);
        return;
    }
    phase = executor_lowest_phase(self);
    if (phase != NET_PHASE_LAST) {
        g_autoptr(GPtrArray) batch = executor_take_batch(self, phase);
        executor_run_batch(self, batch);
    } else if (self->under_way->len) {
        executor_tell_waiting(self);
        g_main_context_iteration(NULL, TRUE);
    } else if (self->not_done) {
        g_critical("no group can go on: their needs are a loop");
        executor_stop(self);
    }
}

static void executor_begin(Executor *self)
{
    const GPtrArray *ops = self->plan->ops;

    for (guint i = 0; i < self->plan->groups->len; i++)
        g_ptr_array_add(self->groups, group_run_new(self->plan, i));
    for (guint i = 0; i < ops->len; i++) {
        GroupRun *run = executor_group(self, ((const NetOp *)g_ptr_array_index(ops, i))->group);
        if (!run->end)
            run->begin = run->next = i;
        run->end = i + 1;
    }
    self->not_done = self->groups->len;
    executor_record_intent(self);
    for (guint i = 0; i < self->groups->len; i++) {
        GroupRun *run = executor_group(self, i);
        for (guint n = 0; run->group->problems && n < run->group->problems->len; n++) {
            const NetGroupProblem *problem = g_ptr_array_index(run->group->problems, n);
            group_run_tell(run, FALSE, problem->where, problem->dev, problem->text);
            run->warned = TRUE;
        }
        for (guint n = 0; run->group->notes && n < run->group->notes->len; n++)
            group_run_tell(run, FALSE, run->group->where, run->group->dev,
                           g_ptr_array_index(run->group->notes, n));
        if (run->group->failed)
            group_run_fail(run, run->group->failed_where, run->group->dev, run->group->failed);
    }
}

static gboolean executor_succeeded(const Executor *self)
{
    for (guint i = 0; i < self->groups->len; i++) {
        const GroupRun *run = executor_group(self, i);
        if (run->group->counts && run->outcome != NET_DONE_OK && run->outcome != NET_DONE_WARNING)
            return FALSE;
    }
    return TRUE;
}

gboolean net_executor_run(const NetPlan *plan, NetBackend *backend, NetLedger *ledger, const gboolean *stop,
                          const NetReporter *reporter)
{
    Executor self = {.plan = plan, .backend = backend, .ledger = ledger, .stop = stop, .reporter = reporter};
    gboolean succeeded;

    self.groups = g_ptr_array_new_with_free_func((GDestroyNotify)group_run_free);
    self.under_way = g_ptr_array_new();
    executor_begin(&self);
    while (self.not_done)
        executor_turn(&self);
    executor_record_truth(&self); /* a plan without groups */
    executor_tell_waiting(&self);
    succeeded = executor_succeeded(&self);
    g_ptr_array_unref(self.groups);
    g_ptr_array_unref(self.under_way);
    g_free(self.waiting);
    return succeeded;
}
