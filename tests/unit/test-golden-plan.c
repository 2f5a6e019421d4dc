/* Every example's `start` from nothing and `stop` after it, against tests/golden/plan/CASE.{start,stop}.
 * UPDATE_GOLDEN=1 writes them anew. */
#include "load.h"
#include "plan/predict.h"
#include "sim.h"
#include <net/if.h>

static char *source_path(const char *folder, const char *name, const char *suffix)
{
    const char *tree = g_getenv("TREE");
    g_autofree char *file = g_strconcat(name, suffix, NULL);
    return g_build_filename(tree ? tree : ".", folder, file, NULL);
}

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

/* A card that has options: its driver tells them, and its address is longer. */
static void infiniband_make(ObservedLink *link, const LinkFamily *family)
{
    link->kind = g_strdup(family->kind);
    link->own = link_values_new(family, &family->own);
    for (gsize i = 0; i < family->own.n; i++)
        link_values_set(link->own, &family->own.rows[i], family->own.rows[i].fallback);
    link->mac.length = link->perm_mac.length = 20;
}

/* NICs are numbered in configuration order, so that their addresses in the plan are always the same. */
static Sim *sim_for(const NetModel *model)
{
    Sim *sim = sim_new();
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        if (iface->form != IFCFG_ENTRY_MAIN || net_kind_has(iface->kind, NET_KIND_CREATES) ||
            sim_link(sim, iface->name))
            continue;
        ObservedLink *link = sim_add_nic(sim, iface->name);
        if (iface->kind->family)
            infiniband_make(link, iface->kind->family);
        if (iface->hwaddr.length)
            link->mac = link->perm_mac = iface->hwaddr;
    }
    return sim;
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
    g_autoptr(Sim) sim = sim_for(model);
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
    g_autofree char *examples = source_path("sysconfig-examples", "", "");
    g_autoptr(GDir) folder = g_dir_open(examples, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *name;
    while (folder && (name = g_dir_read_name(folder))) {
        g_autofree char *inside = g_build_filename(examples, name, "etc", NULL);
        if (g_file_test(inside, G_FILE_TEST_IS_DIR))
            g_ptr_array_add(names, g_strdup(name));
    }
    g_assert_cmpuint(names->len, >, 0);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_strdup_printf("/golden-plan/%s", (char *)g_ptr_array_index(names, i));
        g_test_add_data_func(path, g_ptr_array_index(names, i), test_example);
    }
    return g_test_run();
}
