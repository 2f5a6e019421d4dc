/* Problems in the files, each told where it matters: right after the line of the interface that it is about.
 */
#include "console/problems.h"
#include "console/cli.h"
#include "console/log.h"
#include <string.h>

typedef struct {
    const NetModel *model;
    GHashTable *by_file; /* interned path -> NetIface* */
} Owners;

static void owners_add(Owners *self, NetIface *iface)
{
    if (iface->file)
        g_hash_table_insert(self->by_file, (gpointer)iface->file, iface);
}

static void owners_init(Owners *self, const NetModel *model)
{
    const GPtrArray *rejected = net_model_rejected(model);
    *self = (Owners){.model = model, .by_file = g_hash_table_new(NULL, NULL)};
    for (guint i = 0; i < net_model_length(model); i++)
        owners_add(self, net_model_nth(model, i));
    for (guint i = 0; i < rejected->len; i++)
        owners_add(self, g_ptr_array_index(rejected, i));
}

/* Whose file it is: ifcfg- by the path, route- and rule- files by their name. */
static const NetIface *owners_find(const Owners *self, const IfcfgProblem *problem)
{
    const char *file = problem->where.file, *dash = file ? strchr(cli_basename(file), '-') : NULL;
    const NetIface *iface = file ? g_hash_table_lookup(self->by_file, file) : NULL;
    if (iface || !dash)
        return iface;
    iface = net_model_find(self->model, dash + 1);
    return iface ? iface : net_model_lookup(self->model, dash + 1, NULL, NULL);
}

static gboolean is_at(const NetIface *iface, const IfcfgProblem *problem)
{
    return iface->fault && problem->where.file == iface->fault_where.file &&
           problem->where.line == iface->fault_where.line;
}

/* A second file for a device is told where the device has its line, if the file has none itself. */
static NetGroup *group_of(const NetPlan *plan, const NetIface *iface)
{
    const NetIface *master = net_iface_master(iface);
    const NetIface *top = master ? master : iface->parent ? iface->parent : iface;
    NetGroup *found = NULL;
    for (guint i = 0; i < plan->groups->len; i++) {
        NetGroup *group = g_ptr_array_index(plan->groups, i);
        if (!group->dev || group->down)
            continue;
        if (group->where.file == iface->file)
            return group;
        if (!found && (g_str_equal(group->dev, top->name) || g_str_equal(group->dev, iface->name)))
            found = group;
    }
    return found;
}

/* That a file cannot be read in full is told at the place where the file's own error says why. */
static gboolean is_told_by_group(const NetGroup *group, const NetIface *iface, const IfcfgProblem *problem)
{
    return group->failed && (iface->fault || !iface->is_damaged) &&
           group->failed_where.file == problem->where.file && group->failed_where.line == problem->where.line;
}

/* What would come of the whole file, where nothing comes of it. */
static gboolean is_idle(const NetGroup *group, const NetIface *iface, const IfcfgProblem *problem)
{
    return group->failed && iface->is_damaged && problem->severity != IFCFG_ERROR && !problem->where.line;
}

static gboolean settings_ask(const LinkSettings *settings, const IfcfgProblem *problem)
{
    for (guint i = 0; settings && i < link_settings_length(settings); i++) {
        const LinkSetting *setting = link_settings_nth(settings, i);
        if (!setting->option && setting->where.file == problem->where.file &&
            setting->where.line == problem->where.line && setting->where.column == problem->where.column)
            return TRUE;
    }
    return FALSE;
}

/* Of an option that only the kernel may know, what that makes of it is told. */
static gboolean is_for_kernel_to_tell(const NetGroup *group, const NetIface *iface,
                                      const IfcfgProblem *problem)
{
    return !group->failed &&
           (settings_ask(iface->settings, problem) || settings_ask(iface->port_settings, problem));
}

static gboolean is_needless(const NetGroup *group, const NetIface *iface, const IfcfgProblem *problem)
{
    return is_told_by_group(group, iface, problem) || is_idle(group, iface, problem) ||
           is_for_kernel_to_tell(group, iface, problem);
}

static void problem_attach(const IfcfgProblem *problem, const Owners *owners, NetPlan *plan,
                           gboolean tells_others)
{
    const NetIface *iface = owners_find(owners, problem);
    NetGroup *group = iface ? group_of(plan, iface) : NULL;
    gboolean is_error = problem->severity == IFCFG_ERROR;
    gboolean is_own_fault =
        iface && is_at(iface, problem) && net_model_find(owners->model, iface->name) == iface;
    gboolean is_told = is_own_fault && (group || net_iface_has_line(iface));
    if (is_told || (group && is_needless(group, iface, problem)))
        return;
    if (group)
        net_group_add_problem(group, problem, iface->name);
    else if (tells_others && (is_error || !iface)) /* what is doubtful in a file that nobody uses can wait */
        log_problem(problem);
}

void problems_attach(const IfcfgProblems *problems, const NetModel *model, NetPlan *plan,
                     gboolean tells_others)
{
    Owners owners;
    owners_init(&owners, model);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++)
        problem_attach(ifcfg_problems_get(problems, i), &owners, plan, tells_others);
    g_hash_table_unref(owners.by_file);
}
