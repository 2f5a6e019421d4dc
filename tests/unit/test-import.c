/* From the kernel to files and back: what every example brings up is imported, and the files that come out
 * ask for the same. In memory; on a real kernel: tests/guest/import.bats. */
#include "examples.h"
#include "families.h"
#include "load.h"
#include "plan/predict.h"
#include "sim.h"
#include "tree.h"
#include "writing/import.h"

static NetPlan *plan_of(NetPlanVerb verb, const NetModel *model, const NetObserved *observed)
{
    g_autoptr(NetLedger) ledger = net_ledger_new();
    g_autoptr(GError) error = NULL;
    NetPlan *plan = net_plan_build(verb, NULL, model, observed, ledger, &error);
    g_assert_no_error(error);
    return plan;
}

static NetObserved *brought_up(const NetModel *model)
{
    g_autoptr(Sim) sim = sim_for_model(model);
    g_autoptr(NetObserved) before = sim_observe(sim);
    g_autoptr(NetPlan) plan = plan_of(NET_PLAN_START, model, before);
    g_autoptr(GPtrArray) ops = net_predict_order(plan);
    for (guint i = 0; i < ops->len; i++) {
        const NetOp *op = ops->pdata[i];
        g_autofree char *refused = op->is_only_recorded || op->rivals ? NULL : sim_apply(sim, op);
        g_assert_cmpstr(refused, ==, NULL);
    }
    return sim_observe(sim);
}

static void problems_none(IfcfgProblems *problems, const char *what)
{
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        g_autofree char *text = ifcfg_problem_format(ifcfg_problems_get(problems, i));
        g_error("%s: %s", what, text);
    }
}

static char *problems_text(IfcfgProblems *problems)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        g_autofree char *text = ifcfg_problem_format(ifcfg_problems_get(problems, i));
        g_string_append_printf(all, "%s\n", text);
    }
    return g_string_free(all, FALSE);
}

static void texts_put(const GPtrArray *texts, const char *root)
{
    g_autoptr(GError) error = NULL;
    ifcfg_texts_write(texts, root, FALSE, &error);
    g_assert_no_error(error);
}

static void test_example(gconstpointer data)
{
    g_autofree char *example = source_path("sysconfig-examples", data, ""),
                    *root = g_dir_make_tmp("import-XXXXXX", NULL);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new(), again = ifcfg_problems_new();
    g_autoptr(NetModel) model = tree_load(example, NULL, NULL);
    g_autoptr(NetObserved) picture = brought_up(model);
    g_autoptr(GPtrArray) ifaces = net_import(picture, iface_kinds, NULL, problems);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_text_free);
    for (guint i = 0; i < ifaces->len; i++)
        net_iface_write(ifaces->pdata[i], "made", texts, problems);
    problems_none(problems, "import");
    g_ptr_array_add(texts,
                    ifcfg_text_new(g_strdup("etc/sysconfig/network"), g_strdup("NETWORKING=yes\n"), 0644));
    texts_put(texts, root);
    g_autoptr(NetModel) imported = tree_load(root, NULL, again);
    if (ifcfg_problems_count(again, IFCFG_ERROR))
        problems_none(again, "files");
    g_autoptr(NetPlan) plan = plan_of(NET_PLAN_RESTART, imported, picture);
    g_autofree char *text = net_plan_format(plan);
    if (net_plan_changes(plan)) {
        for (guint i = 0; i < texts->len; i++)
            g_printerr("==> %s\n%s", ((IfcfgText *)texts->pdata[i])->path,
                       ((IfcfgText *)texts->pdata[i])->text);
        g_error("%s", text);
    }
    case_remove(root);
}

/* What goes through a tunnel is said by TYPE alone: what is another tunnel than its files could make is told.
 */
static void test_mode_of_tunnel(void)
{
    static const struct {
        const LinkFamily *family;
        const char *proto, *told;
    } cases[] = {
        {&ipip_family, "any", "no key says proto=any of a ipip"},     {&ipip_family, "ipip", NULL},
        {&sit_family, "any", "no key says proto=any of a sit"},       {&sit_family, "ip6ip", NULL},
        {&ip6tnl_family, "any", "no key says proto=any of a ip6tnl"}, {&ip6tnl_family, "ipip6", NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        gboolean is_6 = cases[i].family == &ip6tnl_family;
        g_autoptr(Sim) sim = sim_new();
        g_autoptr(LinkSettings) settings = link_settings_new(cases[i].family);
        g_autoptr(GPtrArray) list = g_ptr_array_new(), ifaces = NULL;
        g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
        link_settings_set(settings, "remote", is_6 ? "2001:db8::9" : "192.0.2.9", FALSE, NULL);
        link_settings_set(settings, "proto", cases[i].proto, FALSE, NULL);
        for (guint n = 0; n < link_settings_length(settings); n++)
            g_ptr_array_add(list, (gpointer)link_settings_nth(settings, n));
        NetOp op = {.type = NET_OP_LINK_ADD, .dev = "t0"};
        op.create.family = cases[i].family;
        op.create.settings = list;
        g_assert_cmpstr(sim_apply(sim, &op), ==, NULL);
        op = (NetOp){.type = NET_OP_LINK_UP, .dev = "t0"};
        g_assert_cmpstr(sim_apply(sim, &op), ==, NULL);
        g_autoptr(NetObserved) picture = sim_observe(sim);
        ifaces = net_import(picture, iface_kinds, NULL, problems);
        g_autofree char *told = problems_text(problems);
        g_test_message("%s %s: %s", cases[i].family->kind, cases[i].proto, told);
        g_assert_cmpint(strstr(told, "proto=") != NULL, ==, cases[i].told != NULL);
        g_assert_true(!cases[i].told || strstr(told, cases[i].told));
        g_assert_cmpint(strstr(told, "t0 does not forward IPv6 now, and will") != NULL, ==,
                        cases[i].family == &sit_family);
    }
}

/* What the files of these ask for stands outside the kernel's picture, or cannot be told from it. */
static gboolean is_told_by_kernel(const char *name)
{
    static const char *const others[] = {"dhcp", "infiniband", "tap", "team", NULL};
    return !g_strv_contains(others, name);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/import/mode-of-tunnel", test_mode_of_tunnel);
    examples_add("/import", is_told_by_kernel, test_example);
    return g_test_run();
}
