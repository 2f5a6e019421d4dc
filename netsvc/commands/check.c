/* check: everything that is wrong or doubtful in the files, as compilers print it. */
#include "apply/system.h"
#include "commands/check-machine.h"
#include "commands/commands.h"
#include "i18n.h"
#include "ifcfg-keys.h"
#include "ifcfg-unfinished.h"
#include "session/rivals.h"
#include <stdio.h>

/* Names of interfaces or files given on the command line, as the interned paths that problems carry. NULL:
 * none given, or unknown. */
static gboolean wanted_find(const CliOptions *options, const NetModel *model, GHashTable *wanted)
{
    g_autoptr(GPtrArray) ifaces = cli_ifaces_find(model, options);
    for (guint i = 0; ifaces && i < ifaces->len; i++)
        g_hash_table_add(wanted, (gpointer)((const NetIface *)ifaces->pdata[i])->file);
    return ifaces != NULL;
}

/* No fault of the file, so a note: only the running system could say, and perhaps without this card not even
 * that. */
static void nameless_note(const NetModel *model, IfcfgProblems *notes)
{
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        const IfcfgAssignment *hwaddr = ifcfg_record_find(iface->record, "HWADDR");
        if (iface->naming != NET_NAME_UNKNOWN || !hwaddr)
            continue;
        IfcfgWhere where = ifcfg_assignment_where(hwaddr);
        ifcfg_problems_add(notes, IFCFG_WARNING, where,
                           _("there is no DEVICE, and which card has HWADDR=%s is not known here"),
                           hwaddr->value);
    }
}

/* Which keys do nothing here, and why: no fault, but somebody wonders. */
static void keys_note(const NetModel *model, IfcfgProblems *notes)
{
    const IfcfgRecord *network = ifcfg_dir_network(net_model_dir(model));
    if (network)
        ifcfg_keys_note(network, IFCFG_IN_NETWORK, notes);
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        if (iface->file)
            ifcfg_keys_note(iface->record, net_iface_keys_place(iface), notes);
    }
}

/* Of this machine, not of the files: whoever else may be at work on the same devices. */
static void rivals_find(const NetModel *model, IfcfgProblems *problems, IfcfgProblems *notes)
{
    g_autoptr(NetObserved) observed = net_observe(NULL);
    g_autoptr(GPtrArray) units = rivals_enabled(NULL);
    if (observed)
        rivals_check(model, observed, problems);
    for (guint i = 0; i < units->len; i++)
        ifcfg_problems_add(
            notes, IFCFG_WARNING, (IfcfgWhere){0},
            _("%s is enabled too: what has a file here, it must leave alone, or both change the "
              "same devices"),
            (const char *)units->pdata[i]);
}

/* Half of the files of a kickstart or an import may be there. */
static void unfinished_find(const char *root, IfcfgProblems *problems)
{
    g_autofree char *path = ifcfg_unfinished_find(root ? root : "/", IFCFG_UNFINISHED_SCRIPTS);
    if (path)
        ifcfg_problems_add(problems, IFCFG_WARNING, (IfcfgWhere){.file = g_intern_string(path)},
                           _("a kickstart or an import was killed before all of its files were there; the "
                             "next one, or `netsvc start`, completes them or takes them away"));
}

/* Those in the files that were asked for, all without names. */
static IfcfgProblems *problems_pick(const IfcfgProblems *all, GHashTable *wanted)
{
    IfcfgProblems *picked = ifcfg_problems_new();
    for (guint i = 0; i < ifcfg_problems_length(all); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(all, i);
        if (!g_hash_table_size(wanted) || g_hash_table_contains(wanted, problem->where.file))
            ifcfg_problems_add(picked, problem->severity, problem->where, "%s", problem->message);
    }
    return picked;
}

static void notes_print(const IfcfgProblems *notes)
{
    for (guint i = 0; i < ifcfg_problems_length(notes); i++) {
        const IfcfgProblem *note = ifcfg_problems_get(notes, i);
        g_autofree char *place = cli_where(note->where);
        if (note->where.file)
            fprintf(stderr, _("%s:%u: note: %s\n"), place, note->where.column, note->message);
        else
            fprintf(stderr, "%s\n", note->message);
    }
}

static void problems_print(const IfcfgProblems *problems)
{
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        g_autofree char *text = ifcfg_problem_format(ifcfg_problems_get(problems, i));
        printf("%s\n", text);
    }
    fflush(stdout);
    g_autofree char *text = cli_counts_format(ifcfg_problems_count(problems, IFCFG_ERROR),
                                              ifcfg_problems_count(problems, IFCFG_WARNING));
    fprintf(stderr, "%s\n", text);
}

int check_command(const CliOptions *options)
{
    g_autoptr(IfcfgProblems) all = ifcfg_problems_new(), every_note = ifcfg_problems_new();
    g_autoptr(GHashTable) wanted = g_hash_table_new(NULL, NULL);
    g_autoptr(NetModel) model = cli_model_load(options->root, NULL, all);
    if (!model)
        return CLI_FAILED;
    if (!wanted_find(options, model, wanted))
        return CLI_USAGE;
    cli_loops_find(model, all);
    unfinished_find(options->root, all);
    if (!options->root) {
        check_machine(model, all);
        rivals_find(model, all, every_note);
    }
    nameless_note(model, every_note);
    keys_note(model, every_note);
    ifcfg_problems_sort(every_note);
    ifcfg_problems_sort(all);
    g_autoptr(IfcfgProblems) problems = problems_pick(all, wanted), notes = problems_pick(every_note, wanted);
    if (options->json) {
        g_autofree char *json = problems_json(problems, notes);
        puts(json);
    } else {
        notes_print(notes);
        problems_print(problems);
    }
    gboolean fails = ifcfg_problems_count(problems, IFCFG_ERROR) > 0 ||
                     (options->strict && ifcfg_problems_length(problems) > 0);
    return fails ? CLI_FAILED : CLI_OK;
}
