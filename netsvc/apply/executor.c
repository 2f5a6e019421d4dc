/* Runs a plan: at each turn the lowest phase among the groups that can go on is done for all of them in one
 * batch, so that work of many interfaces is pipelined; operations that wait end later, from the main loop,
 * and hold only their own group. */
#include "apply/executor-group.h"
#include "i18n.h"

enum { WAITS_NAMED = 3 };

typedef struct {
    NetBackend *backend;
    NetLedger *ledger;
    const gboolean *stop;
    const NetReporter *reporter;
    GPtrArray *plans;            /* const NetPlan*: the one that is run, and repairs of it, which are owned */
    GPtrArray *groups;           /* GroupRun*, by index */
    GQueue *under_way;           /* const NetOp* begun and not reported, in order */
    GHashTable *under_way_links; /* op -> its GList in ->under_way */
    guint not_done;
    guint ties_left; /* of all groups that are not done */
    char *waiting;   /* what was last told to be waited for */
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
    gboolean any = net_ledger_owe(self->ledger, g_ptr_array_index(self->plans, self->plans->len - 1));
    g_autoptr(NetLedger) intent = net_ledger_copy(self->ledger);

    for (guint i = 0; i < self->plans->len; i++)
        any |= net_ledger_intend(intent, g_ptr_array_index(self->plans, i));
    if (!any)
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
    self->ties_left -= run->ties_left;
    /* The line of the last group is printed when the record on disk is true. */
    if (!self->not_done)
        executor_record_truth(self);
    self->reporter->group_done(run->index, outcome, run->messages, self->reporter->data);
}

static void executor_begin_op(Executor *self, const NetOp *op)
{
    executor_group(self, op->group)->pending++;
    g_queue_push_tail(self->under_way, (gpointer)op);
    g_hash_table_insert(self->under_way_links, (gpointer)op, self->under_way->tail);
}

static void executor_end_op(Executor *self, const NetOp *op)
{
    g_queue_delete_link(self->under_way, g_hash_table_lookup(self->under_way_links, op));
    g_hash_table_remove(self->under_way_links, op);
}

/* What was refused is told, and not tried for ever. */
static gboolean op_is_to_be_noted(const NetOp *op, const NetResult *result)
{
    if (op->is_back)
        return !g_error_matches(result->error, NET_ERROR, ECANCELED);
    return (!result->error || result->goes_on) && (net_op_adds(op) || net_op_removes(op));
}

/* The op's messages point into the plan, so a finished group can still be told about; it never runs again. */
static void executor_op_done(const NetOp *op, NetResult *result, gpointer data)
{
    Executor *self = data;
    GroupRun *run = executor_group(self, op->group);

    executor_end_op(self, op);
    run->pending--;
    if (op_is_to_be_noted(op, result)) {
        net_ledger_note(self->ledger, op);
        self->ledger_is_dirty = TRUE;
    }
    if (self->is_stopping && g_error_matches(result->error, NET_ERROR, ECANCELED))
        run->cut = TRUE;
    else
        group_run_absorb(run, op, result);
}

static gboolean group_run_is_lost(const GroupRun *self)
{
    return self->done && (self->outcome == NET_DONE_FAILED || self->outcome == NET_DONE_SKIPPED);
}

static void executor_skip_group(Executor *self, GroupRun *run, const GroupRun *needed)
{
    g_autofree char *text = g_strdup_printf(needed->outcome == NET_DONE_FAILED
                                                ? _("skipped: it needs %s, which failed")
                                                : _("skipped: it needs %s, which was skipped itself"),
                                            needed->group->dev);
    group_run_tell(run, TRUE, run->group->where, run->group->dev, text);
    executor_finish_group(self, run, NET_DONE_SKIPPED);
}

/* What is as configured does not fall with something that was not even begun. */
static gboolean is_drawn_along(const GroupRun *run, const GroupRun *needed)
{
    return group_run_is_lost(needed) && (run->ops->len || !needed->group->failed);
}

/* Whether the groups that it waits for allow work of @phase; one that failed may end it. A tie that is off
 * once stays off. */
static gboolean executor_untie(Executor *self, GroupRun *run, NetPhase phase)
{
    for (guint i = 0; run->ties_left && i < run->group->ties->len; i++) {
        const NetTie *tie = &g_array_index(run->group->ties, NetTie, i);
        GroupRun *other = executor_group(self, tie->group);
        if (!run->tied[i] || tie->before > phase)
            continue;
        if (tie->must_succeed && is_drawn_along(run, other)) {
            executor_skip_group(self, run, other);
            return FALSE;
        }
        if (!group_run_has_reached(other, tie->reached))
            continue;
        run->tied[i] = FALSE;
        run->ties_left--;
        self->ties_left--;
    }
    return group_run_is_free(run, phase);
}

/* The next operation of a group that can go on now; finishes the group when there is none. */
static const NetOp *executor_peek(Executor *self, GroupRun *run)
{
    const NetOp *op;

    if (run->done || run->pending)
        return NULL;
    op = group_run_peek(run);
    if (!run->failed && !executor_untie(self, run, op ? op->phase : NET_PHASE_LAST))
        return NULL;
    if (run->failed || !op)
        executor_finish_group(self, run,
                              run->failed   ? NET_DONE_FAILED
                              : run->warned ? NET_DONE_WARNING
                                            : NET_DONE_OK);
    return op;
}

/* Groups that have ended or got further can release others, also earlier ones: looks until nothing changes.
 * Returns NET_PHASE_LAST when none can go on. */
static NetPhase executor_lowest_phase(Executor *self)
{
    NetPhase lowest = NET_PHASE_LAST;
    guint not_done, ties_left;

    do {
        not_done = self->not_done;
        ties_left = self->ties_left;
        lowest = NET_PHASE_LAST;
        for (guint i = 0; i < self->groups->len; i++) {
            const NetOp *op = executor_peek(self, executor_group(self, i));
            if (op)
                lowest = MIN(lowest, op->phase);
        }
    } while (not_done != self->not_done || ties_left != self->ties_left);
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
            group_run_take(run);
        }
    }
    g_ptr_array_sort(batch, net_op_compare_depth);
    return batch;
}

static void executor_verify(Executor *self, const GPtrArray *verify)
{
    NetPlan *repair = group_runs_verify(self->groups, verify, self->backend, self->reporter);

    if (!repair)
        return;
    g_ptr_array_add(self->plans, repair);
    executor_record_intent(self);
}

static gboolean executor_has_rival(const Executor *self, const NetOp *op)
{
    for (guint i = 0; op->rivals && i < op->rivals->len; i++) {
        const NetRival *rival = &g_array_index(op->rivals, NetRival, i);
        const GroupRun *other = executor_group(self, rival->group);
        if (!group_run_is_lost(other) && !group_run_has_lost(other, rival->item))
            return TRUE;
    }
    return FALSE;
}

/* What only the record learns of, nobody has to do; what stands by, only when no other got there. What should
 * go then has gone by that one's coming. */
static gboolean executor_is_called_for(Executor *self, const NetOp *op)
{
    gboolean has_rival = executor_has_rival(self, op);
    NetResult nothing = {0};

    if (op->is_only_recorded || (has_rival && net_op_removes(op))) {
        executor_begin_op(self, op);
        executor_op_done(op, &nothing, self);
        return FALSE;
    }
    return !has_rival;
}

static void executor_run_batch(Executor *self, GPtrArray *batch)
{
    g_autoptr(GPtrArray) work = g_ptr_array_new();
    g_autoptr(GPtrArray) verify = g_ptr_array_new();

    for (guint i = 0; i < batch->len; i++) {
        const NetOp *op = g_ptr_array_index(batch, i);
        if (!executor_is_called_for(self, op))
            continue;
        g_ptr_array_add(net_op_kind(op)->effect == NET_EFFECT_READS ? verify : work, (gpointer)op);
    }
    for (guint i = 0; i < work->len; i++)
        executor_begin_op(self, g_ptr_array_index(work, i));
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
    guint named = MIN(self->under_way->length, WAITS_NAMED), more = self->under_way->length - named;
    const GList *link = self->under_way->head;

    for (guint i = 0; i < named; i++, link = link->next) {
        g_autofree char *wait = net_op_waiting(link->data);
        g_string_append_printf(text, "%s%s", i ? "; " : "", wait);
    }
    if (more)
        return g_strdup_printf(P_("%s; and %u more", "%s; and %u more", more), text->str, more);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void executor_tell_waiting(Executor *self)
{
    g_autofree char *what = self->under_way->length ? executor_describe_waits(self) : NULL;

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
    while (self->under_way->length)
        g_main_context_iteration(NULL, TRUE);
    for (guint i = 0; i < self->groups->len; i++) {
        GroupRun *run = executor_group(self, i);
        if (run->done)
            continue;
        if (run->failed)
            executor_finish_group(self, run, NET_DONE_FAILED);
        else if (run->cut || run->ties_left || group_run_peek(run))
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
    } else if (self->under_way->length) {
        executor_tell_waiting(self);
        g_main_context_iteration(NULL, TRUE);
    } else if (self->not_done) {
        g_critical("no group can go on: their needs are a loop");
        executor_stop(self);
    }
}

static void group_run_begin(GroupRun *run)
{
    const NetGroup *group = run->group;

    for (guint n = 0; group->problems && n < group->problems->len; n++)
        group_run_tell_problem(run, g_ptr_array_index(group->problems, n));
    for (guint n = 0; group->notes && n < group->notes->len; n++)
        group_run_tell(run, FALSE, group->where, group->dev, g_ptr_array_index(group->notes, n));
    if (group->failed)
        group_run_fail(run, group->failed_where, group->dev, group->failed);
}

static void executor_begin(Executor *self, const NetPlan *plan)
{
    for (guint i = 0; i < plan->groups->len; i++) {
        GroupRun *run = group_run_new(plan, i);
        g_ptr_array_add(self->groups, run);
        self->ties_left += run->ties_left;
    }
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = g_ptr_array_index(plan->ops, i);
        group_run_add(executor_group(self, op->group), op);
    }
    self->not_done = self->groups->len;
    g_ptr_array_add(self->plans, (gpointer)plan);
    executor_record_intent(self);
    for (guint i = 0; i < self->groups->len; i++)
        group_run_begin(executor_group(self, i));
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
    Executor self = {.backend = backend, .ledger = ledger, .stop = stop, .reporter = reporter};
    gboolean succeeded;

    self.plans = g_ptr_array_new();
    self.groups = g_ptr_array_new_with_free_func((GDestroyNotify)group_run_free);
    self.under_way = g_queue_new();
    self.under_way_links = g_hash_table_new(NULL, NULL);
    executor_begin(&self, plan);
    while (self.not_done)
        executor_turn(&self);
    executor_record_truth(&self); /* a plan without groups */
    executor_tell_waiting(&self);
    succeeded = executor_succeeded(&self);
    for (guint i = 1; i < self.plans->len; i++)
        net_plan_free(g_ptr_array_index(self.plans, i));
    g_ptr_array_unref(self.plans);
    g_ptr_array_unref(self.groups);
    g_queue_free(self.under_way);
    g_hash_table_unref(self.under_way_links);
    g_free(self.waiting);
    return succeeded;
}
