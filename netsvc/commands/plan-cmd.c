/* plan: prints what a verb would do, on this machine or (with --root) on one that has nothing configured yet.
 * Changes nothing. */
#include "commands/plan-json.h"
#include "commands/plan-request.h"
#include "commands/verdict.h"
#include "i18n.h"
#include <stdio.h>
#include <unistd.h>

/* Of another machine it is not known how long anything takes. */
static const NetModel *host_model(const PlanRequest *request)
{
    return request->is_here ? request->model : NULL;
}

static void plan_print(const NetPlan *plan, const PlanRequest *request, gboolean json)
{
    g_autofree char *text = json ? plan_json(plan, host_model(request)) : net_plan_format(plan);
    fputs(text, stdout);
    if (!json)
        verdict_print(plan, host_model(request));
}

enum {
    PLAN_NOTHING = 0,
    PLAN_LIVE = 10,
    PLAN_INTERRUPTS = 11,
};

static int plan_exit_code(const NetPlan *plan)
{
    if (net_plan_has_errors(plan))
        return CLI_FAILED;
    if (net_plan_interrupts(plan))
        return PLAN_INTERRUPTS;
    return net_plan_changes(plan) ? PLAN_LIVE : PLAN_NOTHING;
}

int plan_command(const CliOptions *options)
{
    int status;
    g_autoptr(PlanRequest) request = plan_request_new(options, NULL, &status);
    if (!request)
        return status;
    g_autoptr(NetPlan) plan = plan_request_build(request);
    if (!plan)
        return CLI_FAILED;
    plan_print(plan, request, options->json);
    return options->exit_code ? plan_exit_code(plan) : CLI_OK;
}
