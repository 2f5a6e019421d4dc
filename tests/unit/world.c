/* The test bed of plans: see world.h. */
#include "world.h"
#include "load.h"
#include "plan/predict.h"
#include "plan/verify.h"
#include "tree.h"

static NetModel *load(const char *root)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    return tree_load(root, NULL, problems);
}

World *world_new(const char *files)
{
    static char *root = NULL; /* one for all worlds, since paths are interned: GLib never frees those */
    World *self = g_new0(World, 1);
    if (!root)
        root = g_dir_make_tmp("netsvc-plan-XXXXXX", NULL);
    self->root = root;
    case_write(self->root, files);
    self->model = load(self->root);
    self->sim = sim_new();
    self->ledger = net_ledger_new();
    for (guint i = 0; i < 8; i++) {
        g_autofree char *name = g_strdup_printf("eth%u", i);
        sim_add_nic(self->sim, name);
    }
    return self;
}

void world_free(World *self)
{
    case_remove(self->root);
    net_model_free(self->model);
    sim_free(self->sim);
    net_ledger_free(self->ledger);
    g_free(self);
}

void world_reload(World *self, const char *files)
{
    case_remove(self->root);
    case_write(self->root, files);
    world_read_again(self);
}

void world_read_again(World *self)
{
    net_model_free(self->model);
    self->model = load(self->root);
}

/* The picture is gone before the plan is run: nothing in a plan may point into it. */
NetPlan *world_plan(const World *self, NetPlanVerb verb, const char *name)
{
    g_autoptr(NetObserved) observed = sim_observe(self->sim);
    g_autoptr(GError) error = NULL;
    NetPlan *plan = net_plan_build(verb, name, self->model, observed, self->ledger, &error);
    g_assert_no_error(error);
    return plan;
}

/* What the plan itself says will fail is no surprise. */
static gboolean is_nothing(const NetOp *op)
{
    return op->is_only_recorded || op->rivals || (op->type == NET_OP_LINK_WAIT && op->wait.why);
}

static void world_do(World *self, const NetPlan *plan, const NetOp *op)
{
    g_autofree char *refused = is_nothing(op) ? NULL : sim_apply(self->sim, op);
    if (refused) {
        g_autofree char *line = net_op_format(op), *text = net_plan_format(plan);
        if (!self->refused)
            g_error("'%s' was refused: %s; the plan is\n%s", line, refused, text);
        g_string_append_printf(self->refused, "'%s' was refused: %s\n", line, refused);
    }
    if (!op->rivals || net_op_removes(op))
        net_ledger_note(self->ledger, op);
}

/* Addresses that change places go to the kernel in one message, which nothing interrupts. */
static gboolean is_one_message(const GPtrArray *ops, guint index)
{
    const NetOp *before = index ? g_ptr_array_index(ops, index - 1) : NULL,
                *op = index < ops->len ? g_ptr_array_index(ops, index) : NULL;
    return before && op && op->phase == NET_PHASE_LATE_ADDRESSES_OUT && before->phase == op->phase;
}

guint world_run(World *self, NetPlanVerb verb, const char *name, guint limit)
{
    g_autoptr(NetPlan) plan = world_plan(self, verb, name);
    g_autoptr(GPtrArray) ops = net_predict_order(plan);
    guint done = 0;
    net_ledger_owe(self->ledger, plan);
    g_autoptr(NetLedger) intent = net_ledger_copy(self->ledger);
    net_ledger_intend(intent, plan);
    for (; done < ops->len && (done < limit || is_one_message(ops, done)); done++) {
        world_do(self, plan, g_ptr_array_index(ops, done));
        if (self->look && !is_one_message(ops, done + 1))
            self->look(g_ptr_array_index(ops, done), self->data);
    }
    if (done < ops->len) {
        net_ledger_free(self->ledger);
        self->ledger = g_steal_pointer(&intent);
    }
    return done;
}

char *world_work(const World *self, NetPlanVerb verb, const char *name)
{
    g_autoptr(NetPlan) plan = world_plan(self, verb, name);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = g_ptr_array_index(plan->ops, i);
        g_autofree char *line = net_op_format(op);
        if (op->type != NET_OP_SYSCTL_APPLY && op->type != NET_OP_VERIFY && !op->is_only_recorded &&
            !op->rivals)
            g_string_append_printf(text, "%s\n", line);
    }
    return g_string_free(text, FALSE);
}

void world_assert_settled(const World *self, const char *what)
{
    g_autofree char *work = world_work(self, NET_PLAN_START, NULL);
    g_autoptr(NetPlan) plan = world_plan(self, NET_PLAN_START, NULL);
    g_autoptr(NetObserved) observed = sim_observe(self->sim);
    if (*work)
        g_error("%s: start is not done; it would\n%s", what, work);
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = g_ptr_array_index(plan->ops, i);
        if (op->type != NET_OP_VERIFY)
            continue;
        g_autoptr(GPtrArray) differences = net_verify(op->iface, observed);
        if (differences->len)
            g_error("%s: %s: %s", what, op->dev,
                    ((NetDifference *)g_ptr_array_index(differences, 0))->message);
    }
}
