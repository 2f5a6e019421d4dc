/* Every case of tests/cases/ on the kernel in memory: what check says of the files, the plan, the state after
 * it, and that then nothing is left to do. tests/guest/cases.bats does the same on a real one. */
#include "case-file.h"
#include "case-kernel.h"
#include "commands/commands.h"
#include "load.h"
#include "model/check.h"
#include "tree.h"
#include "world.h"
#include <string.h>

#define NETWORKING "@/etc/sysconfig/network\nNETWORKING=yes\n"

/* The files of all steps so far, later ones in place of earlier; an empty body takes a file away. */
static char *files_until(const Case *test, guint last)
{
    GString *all = g_string_new(NULL);
    g_autoptr(GHashTable) done = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = last + 1; i-- > 0;) {
        const CaseStep *step = g_ptr_array_index(test->steps, i);
        g_auto(GStrv) files = g_strsplit(step->files->str, "@", -1);
        for (char **file = files[0] ? files + 1 : files; *file; file++) {
            char *body = strchr(*file, '\n') + 1;
            if (g_hash_table_add(done, g_strndup(*file, (gsize)(body - *file))) && *body)
                g_string_append_printf(all, "@%s", *file);
        }
    }
    if (!strstr(all->str, "@/etc/sysconfig/network\n"))
        g_string_append(all, NETWORKING);
    return g_string_free(all, FALSE);
}

/* Lines against patterns, one for each, where * is anything. */
static void lines_match(const Case *test, const char *what, const char *patterns, const char *actual)
{
    g_auto(GStrv) want = g_strsplit(patterns, "\n", -1), have = g_strsplit(actual, "\n", -1);
    gboolean same = g_strv_length(want) == g_strv_length(have);
    for (guint i = 0; same && want[i]; i++)
        same = g_pattern_match_simple(want[i], have[i]);
    if (!same)
        g_error("%s: %s should be\n%sbut are\n%s", test->name, what, patterns, actual);
}

static char *problems_text(const char *root)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(NetModel) model = tree_load(root, NULL, problems);
    net_model_check(model, problems);
    cli_loops_find(model, problems);
    GString *text = g_string_new(NULL);
    ifcfg_problems_sort(problems);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        IfcfgProblem problem = *ifcfg_problems_get(problems, i);
        g_autofree char *base = g_path_get_basename(problem.where.file ? problem.where.file : "");
        problem.where.file = base;
        g_autofree char *line = ifcfg_problem_format(&problem);
        g_string_append_printf(text, "%s\n", line);
    }
    return g_string_free(text, FALSE);
}

static NetPlanVerb verb_of(const Case *test, const char *word)
{
    static const char *const words[] = {"start", "stop", "restart", "reload", "up", "down"};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(words[i], word))
            return (NetPlanVerb)i;
    g_error("%s: '%s' is not a verb", test->name, word);
}

/* What is left to do after a run that brings up, which must be nothing. */
static void is_done(const Case *test, const World *world, NetPlanVerb verb, const char *name)
{
    g_autofree char *left = verb == NET_PLAN_STOP || verb == NET_PLAN_DOWN ? g_strdup("")
                            : name                                         ? world_work(world, verb, name)
                                   : world_work(world, NET_PLAN_RESTART, NULL);
    if (*left)
        g_error("%s: one run is not enough; a second would\n%s", test->name, left);
}

/* A file that a step writes counts from then on, as it does on a real server. */
static void resolv_write(const CaseStep *step, Sim *sim)
{
    static const char head[] = "@/etc/resolv.conf\n";
    const char *file = strstr(step->files->str, head), *body = file ? file + strlen(head) : NULL;
    if (!body)
        return;
    g_free(sim->picture->resolv.text);
    sim->picture->resolv.text = g_strndup(body, strcspn(body, "@"));
}

static void step_run(const Case *test, const CaseStep *step, World *world, const char *fallback)
{
    g_auto(GStrv) words = g_strsplit(g_strstrip(step->run ? step->run : (char[]){""}), " ", 2);
    const char *verb_word = words[0] ? words[0] : fallback, *name = words[0] ? words[1] : NULL;
    NetPlanVerb verb = verb_of(test, verb_word);
    case_kernel_change(world->sim, step->kernel);
    resolv_write(step, world->sim);
    if (step->problems) {
        g_autofree char *problems = problems_text(world->root);
        lines_match(test, "the problems", step->problems, problems);
    }
    if (step->plan) {
        g_autofree char *plan = world_work(world, verb, name);
        lines_match(test, "the plan", step->plan, plan);
    }
    world_run(world, verb, name, WORLD_ALL);
    g_autofree char *wrong = case_kernel_compare(world->sim, step->state);
    if (*wrong)
        g_error("%s: after '%s'\n%s", test->name, verb_word, wrong);
    if (step->resolv)
        g_assert_cmpstr(world->sim->picture->resolv.text, ==, step->resolv);
    is_done(test, world, verb, name);
}

static void test_case(gconstpointer data)
{
    g_autoptr(Case) test = case_read(data);
    World *world = NULL;
    if (test->guest_only)
        return;
    for (guint i = 0; i < test->steps->len; i++) {
        g_autofree char *files = files_until(test, i);
        if (world)
            world_reload(world, files);
        else
            world = world_new(files);
        step_run(test, g_ptr_array_index(test->steps, i), world, i ? "restart" : "start");
    }
    world_free(world);
}

int main(int argc, char **argv)
{
    const char *tree = g_getenv("TREE"), *name;
    g_autofree char *path = g_build_filename(tree ? tree : ".", "tests/cases", NULL);
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_test_init(&argc, &argv, NULL);
    while (folder && (name = g_dir_read_name(folder)))
        if (!g_str_has_suffix(name, ".md"))
            g_ptr_array_add(paths, g_build_filename(path, name, NULL));
    g_assert_cmpuint(paths->len, >, 0);
    for (guint i = 0; i < paths->len; i++) {
        g_autofree char *test = g_strdup_printf("/cases/%s", strrchr(paths->pdata[i], '/') + 1);
        g_test_add_data_func(test, paths->pdata[i], test_case);
    }
    return g_test_run();
}
