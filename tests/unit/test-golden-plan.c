/* Every example's `start` from nothing and `stop` after it, against tests/golden/plan/CASE.{start,stop}.
 * UPDATE_GOLDEN=1 writes them anew. */
#include "examples.h"
#include "load.h"
#include "plan/predict.h"
#include "sim.h"
#include <net/if.h>

static void compare(const char *name, const char *suffix, const char *text)
{
    g_autofree char *path = source_path("tests/golden/plan", name, suffix);
    g_autofree char *expected = NULL;
    if (g_getenv("UPDATE_GOLDEN"))
        g_assert_true(g_file_set_contents(path, text, -1, NULL));
    if (!g_file_get_contents(path, &expected, NULL, NULL))
        g_error("%s is missing: look at the plan, then write it with UPDATE_GOLDEN=1\n%s", path, text);
    g_assert_cmpstr(text, ==, expected);
}

static NetPlan *build(NetPlanVerb verb, const NetModel *model, const Sim *sim, const NetLedger *ledger)
{
    g_autoptr(NetObserved) observed = sim_observe(sim);
    g_autoptr(GError) error = NULL;
    NetPlan *plan = net_plan_build(verb, NULL, model, observed, ledger, &error);
    g_assert_no_error(error);
    return plan;
}

static void run(const NetPlan *plan, Sim *sim, NetLedger *ledger)
{
    g_autoptr(GPtrArray) ops = net_predict_order(plan);
    for (guint i = 0; i < ops->len; i++) {
        const NetOp *op = g_ptr_array_index(ops, i);
        g_autofree char *refused = op->is_only_recorded || op->rivals ? NULL : sim_apply(sim, op);
        g_assert_cmpstr(refused, ==, NULL);
        net_ledger_note(ledger, op);
    }
}

static void test_example(gconstpointer data)
{
    const char *name = data;
    g_autofree char *root = source_path("sysconfig-examples", name, "");
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(NetModel) model = tree_load(root, NULL, problems);
    g_assert_nonnull(model);
    g_autoptr(Sim) sim = sim_for_model(model);
    g_autoptr(NetLedger) ledger = net_ledger_new();

    g_autoptr(NetPlan) start = build(NET_PLAN_START, model, sim, ledger);
    g_autofree char *start_text = net_plan_format(start);
    compare(name, ".start", start_text);
    run(start, sim, ledger);
    g_autoptr(NetPlan) stop = build(NET_PLAN_STOP, model, sim, ledger);
    g_autofree char *stop_text = net_plan_format(stop);
    compare(name, ".stop", stop_text);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    examples_add("/golden-plan", NULL, test_example);
    return g_test_run();
}
