/* check: everything that is wrong or doubtful in the files, as compilers print it. */
#include "apply/system.h"
#include "commands/commands.h"
#include "i18n.h"
#include "plan/graph.h"
#include "session/rivals.h"
#include <stdio.h>

/* A dependency loop is found only when the order is asked for. */
static void graph_check(const NetModel *model, IfcfgProblems *problems)
{
    g_autoptr(GPtrArray) loops = g_ptr_array_new_with_free_func((GDestroyNotify)net_loop_free);
    g_autoptr(GPtrArray) order = net_graph_order(model, loops);
    for (guint i = 0; i < loops->len; i++) {
        const NetLoop *loop = g_ptr_array_index(loops, i);
        ifcfg_problems_add(problems, IFCFG_ERROR, loop->where, "%s", loop->text);
    }
}

/* Names of interfaces or files given on the command line, as the interned paths that problems carry. NULL:
 * none given, or unknown. */
static gboolean wanted_find(const CliOptions *options, const NetModel *model, GHashTable *wanted)
{
    for (guint i = 0; i < options->n_args; i++) {
        const NetIface *iface = cli_iface_find(model, options->args[i]);
        if (!iface)
            return FALSE;
        g_hash_table_add(wanted, (gpointer)iface->file);
    }
    return TRUE;
}

/* No fault of the file: only the running system could say, and perhaps without this card not even that. */
static void nameless_tell(const NetModel *model, GHashTable *wanted)
{
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        if (iface->naming != NET_NAME_UNKNOWN ||
            (g_hash_table_size(wanted) && !g_hash_table_contains(wanted, iface->file)))
            continue;
        g_autofree char *place = cli_where(ifcfg_record_where(iface->record, "HWADDR"));
        fprintf(stderr, _("%s: there is no DEVICE, and which card has this HWADDR is not known here\n"),
                place);
    }
}

/* Of this machine, not of the files: whoever else may be at work on the same devices. */
static void rivals_tell(const NetModel *model, IfcfgProblems *problems)
{
    g_autoptr(NetObserved) observed = net_observe(NULL);
    g_autoptr(GPtrArray) units = rivals_enabled(NULL);
    if (observed)
        rivals_check(model, observed, problems);
    for (guint i = 0; i < units->len; i++)
        fprintf(stderr,
                _("%s is enabled too: what has a file here, it must leave alone, or both change the same "
                  "devices\n"),
                (const char *)units->pdata[i]);
}

/* Returns: the number of errors among those that were asked for. */
static guint problems_print(const IfcfgProblems *problems, GHashTable *wanted)
{
    guint counts[] = {[IFCFG_WARNING] = 0, [IFCFG_ERROR] = 0};
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(problems, i);
        if (g_hash_table_size(wanted) && !g_hash_table_contains(wanted, problem->where.file))
            continue;
        g_autofree char *text = ifcfg_problem_format(problem);
        printf("%s\n", text);
        counts[problem->severity]++;
    }
    fflush(stdout);
    g_autofree char *text = cli_counts_format(counts[IFCFG_ERROR], counts[IFCFG_WARNING]);
    fprintf(stderr, "%s\n", text);
    return counts[IFCFG_ERROR];
}

int check_command(const CliOptions *options)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GHashTable) wanted = g_hash_table_new(NULL, NULL);
    g_autoptr(NetModel) model = cli_model_load(options->root, NULL, problems);
    if (!model)
        return CLI_FAILED;
    if (!wanted_find(options, model, wanted))
        return CLI_USAGE;
    graph_check(model, problems);
    if (!options->root)
        rivals_tell(model, problems);
    ifcfg_problems_sort(problems);
    nameless_tell(model, wanted);
    return problems_print(problems, wanted) ? CLI_FAILED : CLI_OK;
}
