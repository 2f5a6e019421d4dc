/* What this machine lacks for the files: by the plan that a start would run, so that both say the same. */
#include "commands/check-machine.h"
#include "apply/kernel/modules.h"
#include "apply/system.h"
#include "i18n.h"
#include "model/iface.h"
#include "plan/plan.h"

/* The file itself is wrong there: that has been told. */
static gboolean is_told(const IfcfgProblems *problems, IfcfgWhere where)
{
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(problems, i);
        if (problem->severity == IFCFG_ERROR && problem->where.file == where.file &&
            problem->where.line == where.line)
            return TRUE;
    }
    return FALSE;
}

static void device_check(const NetOp *op, IfcfgSeverity severity, IfcfgProblems *problems)
{
    if (op->wait.why)
        ifcfg_problems_add(problems, severity, op->where, "%s", op->wait.why);
    else if (op->wait.hint)
        ifcfg_problems_add(problems, severity, op->where, _("Device %s does not seem to be present; %s"),
                           op->dev, op->wait.hint);
}

static void op_check(const NetOp *op, IfcfgProblems *problems)
{
    IfcfgSeverity severity = op->severity == NET_FATAL ? IFCFG_ERROR : IFCFG_WARNING;
    if (op->type == NET_OP_LINK_WAIT && op->phase == NET_PHASE_DEVICE)
        device_check(op, severity, problems);
    if (op->type != NET_OP_MODULE_LOAD)
        return;
    g_autofree char *fault = module_fault(op->module.name);
    if (fault)
        ifcfg_problems_add(problems, severity, op->where, "%s", fault);
}

const char *check_network_fault(const NetModel *model)
{
    return ifcfg_dir_network(net_model_dir(model))
               ? NULL
               : _("/etc/sysconfig/network is missing: this machine has no network configuration");
}

/* Without the one the service does nothing, without the others it has nothing to do. */
static void files_check(const NetModel *model, IfcfgProblems *problems)
{
    const IfcfgDir *dir = net_model_dir(model);
    const char *fault = check_network_fault(model);
    guint files = 0;
    for (guint i = 0; i < net_model_length(model); i++)
        files += net_model_nth(model, i)->file != NULL;
    if (fault)
        ifcfg_problems_add(problems, IFCFG_ERROR, (IfcfgWhere){0}, "%s", fault);
    if (!files)
        ifcfg_problems_add(problems, IFCFG_WARNING, (IfcfgWhere){0}, _("there is no ifcfg file in %s"),
                           ifcfg_dir_path(dir));
}

void check_machine(const NetModel *model, IfcfgProblems *problems)
{
    files_check(model, problems);
    g_autoptr(NetObserved) observed = net_observe(NULL);
    g_autoptr(NetLedger) ledger = net_ledger_load(NULL);
    if (!ledger)
        ledger = net_ledger_new();
    g_autoptr(NetPlan) plan =
        observed ? net_plan_build(NET_PLAN_START, NULL, model, observed, ledger, NULL) : NULL;
    if (!plan || !net_model_is_networking(model))
        return;
    for (guint i = 0; i < plan->groups->len; i++) {
        const NetGroup *group = plan->groups->pdata[i];
        const NetIface *iface = group->dev ? net_model_find(model, group->dev) : NULL;
        if (iface && iface->unsupported) /* a warning about the file, and no lack of the machine */
            continue;
        if (group->failed && group->failed_where.file && !is_told(problems, group->failed_where))
            ifcfg_problems_add(problems, IFCFG_ERROR, group->failed_where, "%s", group->failed);
    }
    for (guint i = 0; i < plan->ops->len; i++)
        op_check(plan->ops->pdata[i], problems);
}
