/* What a lease says of names is known when it is there: after the plan that asked for it. */
#include "session/lease-names.h"
#include "session/execute.h"

static void nothing_ended(G_GNUC_UNUSED const Report *report, G_GNUC_UNUSED gpointer data)
{
}

static GPtrArray *leased_names(const NetPlan *plan, const NetModel *model)
{
    GPtrArray *names = g_ptr_array_new();
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = g_ptr_array_index(plan->ops, i);
        if (op->type == NET_OP_LEASE_GET && net_model_find(model, op->dev))
            g_ptr_array_add(names, (gpointer)op->dev);
    }
    return names;
}

/* Where the reading back found nothing missing, for the file had it already or nobody can say, it is not yet
 * in the record whose it is. */
void lease_names_settle(const NetPlan *plan, const NetModel *model, NetBackend *backend, NetLedger *ledger,
                        Console *console)
{
    g_autoptr(GPtrArray) names = leased_names(plan, model);
    g_autoptr(NetObserved) observed = names->len ? backend->observe(backend, NULL) : NULL;
    g_autoptr(NetLedger) before = net_ledger_copy(ledger);
    g_autoptr(NetPlan) rest =
        observed ? net_plan_build_named(NET_PLAN_NAMES, names, model, observed, before, NULL) : NULL;
    ExecuteHooks hooks = {.ended = nothing_ended, .is_sequel = TRUE};
    if (rest && rest->ops->len)
        execute_plan(rest, backend, ledger, console, &hooks);
}
