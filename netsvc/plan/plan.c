/* A plan's life: built by verb, sorted, freed. What the verbs mean is in plan-verbs.c. */
#include "i18n.h"
#include "plan/builder.h"
#include "plan/graph.h"
#include "state/index-lists.h"

char *net_group_title(const char *name, gboolean down)
{
    return g_strdup_printf(down ? _("Shutting down interface %s: ") : _("Bringing up interface %s: "), name);
}

static void problem_free(NetGroupProblem *problem)
{
    g_free(problem->dev);
    g_free(problem->text);
    g_free(problem);
}

void net_group_add_problem(NetGroup *group, const IfcfgProblem *problem, const char *dev)
{
    NetGroupProblem *copy = g_new0(NetGroupProblem, 1);
    if (!group->problems)
        group->problems = g_ptr_array_new_with_free_func((GDestroyNotify)problem_free);
    *copy = (NetGroupProblem){.severity = problem->severity,
                              .where = problem->where,
                              .dev = g_strdup(dev),
                              .text = g_strdup(problem->message)};
    g_ptr_array_add(group->problems, copy);
}

static gboolean tie_equal(const NetTie *a, const NetTie *b)
{
    return a->group == b->group && a->reached == b->reached && a->before == b->before &&
           a->must_succeed == b->must_succeed;
}

void net_group_tie(NetGroup *group, NetTie tie)
{
    for (guint i = 0; i < group->ties->len; i++)
        if (tie_equal(&g_array_index(group->ties, NetTie, i), &tie))
            return;
    g_array_append_val(group->ties, tie);
}

static void group_free(NetGroup *group)
{
    g_free(group->title);
    g_free(group->name);
    g_free(group->failed);
    g_array_unref(group->ties);
    g_clear_pointer(&group->notes, g_ptr_array_unref);
    g_clear_pointer(&group->problems, g_ptr_array_unref);
    g_free(group);
}

NetPlan *net_plan_new(void)
{
    NetPlan *plan = g_new0(NetPlan, 1);
    plan->groups = g_ptr_array_new_with_free_func((GDestroyNotify)group_free);
    plan->ops = g_ptr_array_new_with_free_func(g_free);
    plan->pool = net_pool_new();
    plan->fates = g_ptr_array_new_with_free_func((GDestroyNotify)net_fate_free);
    plan->left = g_ptr_array_new_with_free_func((GDestroyNotify)net_fate_free);
    return plan;
}

NetGroup *net_plan_add_group(NetPlan *plan)
{
    NetGroup *group = g_new0(NetGroup, 1);
    group->ties = g_array_new(FALSE, FALSE, sizeof(NetTie));
    g_ptr_array_add(plan->groups, group);
    return group;
}

void net_plan_free(NetPlan *plan)
{
    if (!plan)
        return;
    g_ptr_array_unref(plan->ops);
    g_ptr_array_unref(plan->groups);
    g_ptr_array_unref(plan->fates);
    g_ptr_array_unref(plan->left);
    net_pool_free(plan->pool);
    g_free(plan);
}

/* The sort is stable: within a phase and depth, operations stay in the order in which they were appended. */
static gint op_compare(gconstpointer a, gconstpointer b)
{
    const NetOp *x = *(NetOp *const *)a, *y = *(NetOp *const *)b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->phase != y->phase)
        return x->phase < y->phase ? -1 : 1;
    return net_op_compare_depth(a, b);
}

static GHashTable *id_set_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void planner_init(NetPlanner *self, NetPlan *plan)
{
    self->plan = plan;
    self->group_of = g_hash_table_new(NULL, NULL);
    self->group_of_dev = g_hash_table_new(g_str_hash, g_str_equal);
    self->modules = g_hash_table_new(g_str_hash, g_str_equal);
    self->fates = g_hash_table_new(g_str_hash, g_str_equal);
    self->moved = g_hash_table_new(g_str_hash, g_str_equal);
    self->relieved = g_hash_table_new(g_str_hash, g_str_equal);
    self->taken_down = g_hash_table_new(g_str_hash, g_str_equal);
    self->satisfied = g_hash_table_new(NULL, NULL);
    self->unheard = g_hash_table_new(NULL, NULL);
    self->stand_bys = index_lists_new();
    self->removed = id_set_new();
    self->tried = id_set_new();
    self->taken = g_array_new(FALSE, FALSE, sizeof(NetClaim));
    self->kept = id_set_new();
    self->going = g_hash_table_new(g_str_hash, g_str_equal);
    self->left_addresses = g_array_new(FALSE, FALSE, sizeof(NetClaim));
    self->stale = g_array_new(FALSE, FALSE, sizeof(PlannerStale));
}

static void planner_clear(NetPlanner *self)
{
    g_hash_table_unref(self->group_of);
    g_hash_table_unref(self->group_of_dev);
    g_hash_table_unref(self->modules);
    g_hash_table_unref(self->fates);
    g_hash_table_unref(self->moved);
    g_hash_table_unref(self->relieved);
    g_hash_table_unref(self->taken_down);
    g_hash_table_unref(self->satisfied);
    g_hash_table_unref(self->unheard);
    g_hash_table_unref(self->stand_bys);
    g_hash_table_unref(self->removed);
    g_hash_table_unref(self->tried);
    g_clear_pointer(&self->our_routes, g_hash_table_unref);
    g_clear_pointer(&self->our_twice, g_hash_table_unref);
    g_clear_pointer(&self->owed, g_ptr_array_unref);
    g_array_unref(self->taken);
    g_clear_pointer(&self->taken_ids, g_hash_table_unref);
    g_hash_table_unref(self->kept);
    g_hash_table_unref(self->going);
    g_array_unref(self->left_addresses);
    g_array_unref(self->stale);
    g_clear_pointer(&self->claimants, g_hash_table_unref);
    planner_picture_clear(self);
}

static void builder_init(NetBuilder *self, NetPlan *plan)
{
    planner_init(&self->planner, plan);
    self->up_of = g_hash_table_new(NULL, NULL);
    self->up = g_ptr_array_new();
    self->down = g_ptr_array_new();
}

static void builder_clear(NetBuilder *self)
{
    planner_clear(&self->planner);
    g_hash_table_unref(self->up_of);
    g_ptr_array_unref(self->up);
    g_ptr_array_unref(self->down);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(NetBuilder, builder_clear)

typedef struct {
    NetPlanVerb verb;
    const GPtrArray *names;   /* UP, DOWN, and a reload of some; else NULL */
    const GPtrArray *devices; /* hotplug, else NULL: what came or went */
    const NetLedger *wanted;  /* the way back, else NULL: what was up */
} Request;

static gboolean builder_run_named(NetBuilder *self, const Request *request, GError **error)
{
    gboolean (*add)(NetBuilder * self, const char *name, GError **error) =
        request->verb == NET_PLAN_DOWN    ? net_builder_down
        : request->verb == NET_PLAN_NAMES ? net_builder_names
                                          : net_builder_up;
    for (guint i = 0; i < request->names->len; i++)
        if (!add(self, g_ptr_array_index(request->names, i), error))
            return FALSE;
    self->planner.claimants = net_route_claimants(self->up);
    return TRUE;
}

static gboolean builder_run(NetBuilder *self, NetPlanVerb verb, GError **error)
{
    switch (verb) {
    case NET_PLAN_START:
        net_builder_start(self);
        return TRUE;
    case NET_PLAN_STOP:
        net_builder_stop(self);
        return TRUE;
    case NET_PLAN_RESTART:
        return net_builder_restart(self, error);
    case NET_PLAN_RELOAD:
        return net_builder_reload(self, error);
    case NET_PLAN_UP:
    case NET_PLAN_DOWN:
    case NET_PLAN_NAMES:
        break; /* never without names */
    }
    g_return_val_if_reached(FALSE);
}

static gboolean request_run(const Request *request, NetBuilder *builder, GError **error)
{
    if (request->names)
        return builder_run_named(builder, request, error);
    if (request->wanted) {
        net_builder_back(builder, request->wanted);
        return TRUE;
    }
    if (!request->devices)
        return builder_run(builder, request->verb, error);
    net_builder_hotplug(builder, request->devices);
    return TRUE;
}

static NetPlan *request_build(const Request *request, const NetModel *model, const NetObserved *observed,
                              const NetLedger *ledger, GError **error)
{
    g_autoptr(NetPlan) plan = net_plan_new();
    g_autoptr(GPtrArray) loops = g_ptr_array_new_with_free_func((GDestroyNotify)net_loop_free);
    g_autoptr(GPtrArray) order = net_graph_order(model, loops);
    g_auto(NetBuilder) builder = {.order = order, .planner.loops = loops};
    builder_init(&builder, plan);
    builder.planner.model = model;
    builder.planner.verb = request->verb;
    builder.planner.before = observed;
    /* A copy, since operations point into it while the executor writes into the original. */
    builder.planner.ledger =
        net_pool_keep(plan->pool, net_ledger_copy(ledger), (GDestroyNotify)net_ledger_free);
    planner_picture_begin(&builder.planner);
    if (!request_run(request, &builder, error))
        return NULL;
    (request->verb == NET_PLAN_NAMES ? net_builder_fill_names : net_builder_fill)(&builder);
    g_ptr_array_sort(plan->ops, op_compare);
    return g_steal_pointer(&plan);
}

NetPlan *net_plan_build(NetPlanVerb verb, const char *name, const NetModel *model,
                        const NetObserved *observed, const NetLedger *ledger, GError **error)
{
    g_autoptr(GPtrArray) names = name ? g_ptr_array_new() : NULL;
    Request request = {.verb = verb, .names = names};
    if (name)
        g_ptr_array_add(names, (gpointer)name);
    return request_build(&request, model, observed, ledger, error);
}

NetPlan *net_plan_build_named(NetPlanVerb verb, const GPtrArray *names, const NetModel *model,
                              const NetObserved *observed, const NetLedger *ledger, GError **error)
{
    Request request = {.verb = verb, .names = names};
    return request_build(&request, model, observed, ledger, error);
}

NetPlan *net_plan_build_hotplug(const GPtrArray *devices, const NetModel *model, const NetObserved *observed,
                                const NetLedger *ledger, GError **error)
{
    Request request = {.verb = NET_PLAN_START, .devices = devices};
    return request_build(&request, model, observed, ledger, error);
}

NetPlan *net_plan_build_back(const NetLedger *wanted, const NetModel *model, const NetObserved *observed,
                             const NetLedger *ledger)
{
    Request request = {.verb = NET_PLAN_RESTART, .wanted = wanted};
    return request_build(&request, model, observed, ledger, NULL);
}
