/* The order in which the executor takes the operations of a plan, if nothing had to be waited for. */
#include "plan/predict.h"

typedef struct {
    GPtrArray *ops; /* NetOp*, in order */
    guint next;
} Queue;

typedef struct {
    const NetPlan *plan;
    Queue *queues;      /* one a group */
    GHashTable *places; /* NetOp* -> its index in the plan */
    GHashTable *untied; /* set of NetTie* that hold nothing back any more */
} Order;

/* The sort is not stable, so the place in the plan is part of what is compared. */
static gint by_phase(gconstpointer a, gconstpointer b, gpointer data)
{
    const NetOp *x = *(NetOp *const *)a, *y = *(NetOp *const *)b;
    GHashTable *places = data;
    if (x->phase != y->phase)
        return x->phase < y->phase ? -1 : 1;
    gint by_depth = net_op_compare_depth(a, b);
    if (by_depth)
        return by_depth;
    return GPOINTER_TO_INT(g_hash_table_lookup(places, x)) - GPOINTER_TO_INT(g_hash_table_lookup(places, y));
}

static NetPhase phase_of(const Order *self, guint group)
{
    const Queue *queue = &self->queues[group];
    return queue->next < queue->ops->len ? ((const NetOp *)queue->ops->pdata[queue->next])->phase
                                         : NET_PHASE_LAST;
}

static const GArray *ties_of(const Order *self, guint group)
{
    return ((const NetGroup *)g_ptr_array_index(self->plan->groups, group))->ties;
}

static gboolean is_free(const Order *self, guint group, NetPhase phase)
{
    const GArray *ties = ties_of(self, group);
    for (guint i = 0; i < ties->len; i++) {
        const NetTie *tie = &g_array_index(ties, NetTie, i);
        if (tie->before <= phase && !g_hash_table_contains(self->untied, tie))
            return FALSE;
    }
    return TRUE;
}

static gboolean has_reached(const Order *self, guint group, NetPhase phase)
{
    return phase_of(self, group) >= phase && (!phase || is_free(self, group, phase - 1));
}

/* Returns: whether a tie of the group has come off. */
static gboolean untie(const Order *self, guint group)
{
    const GArray *ties = ties_of(self, group);
    gboolean any = FALSE;
    for (guint i = 0; i < ties->len; i++) {
        const NetTie *tie = &g_array_index(ties, NetTie, i);
        any |= has_reached(self, tie->group, tie->reached) && g_hash_table_add(self->untied, (gpointer)tie);
    }
    return any;
}

static void untie_all(const Order *self)
{
    gboolean any = TRUE;
    while (any) {
        any = FALSE;
        for (guint i = 0; i < self->plan->groups->len; i++)
            any |= untie(self, i);
    }
}

static NetPhase lowest_phase(const Order *self)
{
    NetPhase lowest = NET_PHASE_LAST;
    for (guint i = 0; i < self->plan->groups->len; i++)
        if (phase_of(self, i) < lowest && is_free(self, i, phase_of(self, i)))
            lowest = phase_of(self, i);
    return lowest;
}

/* What all groups that may go on have to do in one phase is one batch. */
static void take_batch(const Order *self, GPtrArray *ops)
{
    g_autoptr(GPtrArray) batch = g_ptr_array_new();
    untie_all(self);
    NetPhase lowest = lowest_phase(self);
    g_assert(lowest != NET_PHASE_LAST); /* else groups wait for each other */
    for (guint i = 0; i < self->plan->groups->len; i++)
        while (phase_of(self, i) == lowest && is_free(self, i, lowest))
            g_ptr_array_add(batch, g_ptr_array_index(self->queues[i].ops, self->queues[i].next++));
    g_ptr_array_sort_with_data(batch, by_phase, self->places);
    for (guint i = 0; i < batch->len; i++)
        g_ptr_array_add(ops, g_ptr_array_index(batch, i));
}

static void enqueue(Order *self)
{
    guint groups = self->plan->groups->len;
    self->queues = g_new0(Queue, groups + 1);
    for (guint i = 0; i < groups; i++)
        self->queues[i].ops = g_ptr_array_new();
    for (guint i = 0; i < self->plan->ops->len; i++) {
        NetOp *op = g_ptr_array_index(self->plan->ops, i);
        g_ptr_array_add(self->queues[op->group].ops, op);
        g_hash_table_insert(self->places, op, GUINT_TO_POINTER(i));
    }
    for (guint i = 0; i < groups; i++)
        g_ptr_array_sort_with_data(self->queues[i].ops, by_phase, self->places);
}

GPtrArray *net_predict_order(const NetPlan *plan)
{
    GPtrArray *ops = g_ptr_array_sized_new(plan->ops->len);
    g_autoptr(GHashTable) places = g_hash_table_new(NULL, NULL), untied = g_hash_table_new(NULL, NULL);
    Order self = {plan, NULL, places, untied};
    enqueue(&self);
    while (ops->len < plan->ops->len)
        take_batch(&self, ops);
    for (guint i = 0; i < plan->groups->len; i++)
        g_ptr_array_unref(self.queues[i].ops);
    g_free(self.queues);
    return ops;
}
