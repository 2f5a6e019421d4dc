/* plan: prints what a verb would do, on this machine or (with --root) on one that has nothing configured yet.
 * Changes nothing. */
#include "commands/plan-request.h"
#include "console/json-text.h"
#include "history/estimates.h"
#include "i18n.h"
#include <stdio.h>
#include <unistd.h>

static void op_add_json(JsonBuilder *json, const NetOp *op)
{
    g_autofree char *text = net_op_format(op);
    json_builder_begin_object(json);
    json_text_add(json, "op", net_op_type_name(op->type));
    json_text_add(json, "phase", net_phase_name(op->phase));
    json_text_add(json, "dev", op->dev);
    json_text_add(json, "text", text);
    json_where_add(json, op->where);
    json_builder_end_object(json);
}

/* The groups that it waits for, each once. */
static void ties_add_json(JsonBuilder *json, const GArray *ties)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    json_array_begin(json, "needs");
    for (guint i = 0; ties && i < ties->len; i++) {
        guint group = g_array_index(ties, NetTie, i).group;
        if (g_hash_table_add(seen, GUINT_TO_POINTER(group)))
            json_builder_add_int_value(json, group);
    }
    json_builder_end_array(json);
}

/* @next: the first operation of the group, if it has any; moves on behind its last. */
static void group_add_json(JsonBuilder *json, const NetPlan *plan, guint index, guint *next)
{
    const NetGroup *group = plan->groups->pdata[index];
    json_builder_begin_object(json);
    json_text_add(json, "title", group->title);
    json_text_add(json, "name", group->name);
    json_text_add(json, "dev", group->dev);
    json_text_add(json, "failed", group->failed);
    json_where_add(json, group->failed ? group->failed_where : group->where);
    ties_add_json(json, group->ties);
    json_array_begin(json, "operations");
    for (; *next < plan->ops->len && ((const NetOp *)plan->ops->pdata[*next])->group == index; ++*next)
        op_add_json(json, plan->ops->pdata[*next]);
    json_builder_end_array(json);
    json_builder_end_object(json);
}

/* What the last change of this kind took here, in ms; ESTIMATE_UNKNOWN; ESTIMATE_NONE: of another machine,
 * not for who may not read the history, or it does not end. */
enum { ESTIMATE_UNKNOWN = -1, ESTIMATE_NONE = -2 };

static gint64 estimate_find(const PlanRequest *request, const NetFate *fate)
{
    g_autoptr(History) history = history_new(NULL);
    g_autofree char *key = estimate_key(request->model, fate);
    if (!request->is_here || geteuid() != 0 || fate->kind == NET_FATE_GOES)
        return ESTIMATE_NONE;
    return estimates_get(history, key);
}

static void estimate_print(const PlanRequest *request, const NetFate *fate)
{
    gint64 ms = estimate_find(request, fate);
    if (ms >= 0)
        printf(_("  The last one of this kind took %u ms here.\n"), (guint)MIN(ms, G_MAXUINT));
    else if (ms == ESTIMATE_UNKNOWN)
        puts(_("  How long is unknown: there was none of this kind here yet."));
}

static void fate_add_json(JsonBuilder *json, const NetPlan *plan, const NetFate *fate,
                          const PlanRequest *request)
{
    gint64 ms = estimate_find(request, fate);
    g_autoptr(GPtrArray) others = net_fate_with_it(plan, fate);
    json_builder_begin_object(json);
    json_text_add(json, "dev", fate->dev);
    json_text_add(json, "impact", net_fate_name(fate->kind));
    json_text_add(json, "reason", fate->what);
    json_where_add(json, fate->where);
    if (ms >= 0)
        json_number_add(json, "last_ms", ms);
    json_array_begin(json, "with");
    for (guint i = 0; i < others->len; i++)
        json_builder_add_string_value(json, others->pdata[i]);
    json_builder_end_array(json);
    json_builder_end_object(json);
}

static void fates_add_json(JsonBuilder *json, const char *name, const NetPlan *plan, const GPtrArray *fates,
                           const PlanRequest *request)
{
    json_array_begin(json, name);
    for (guint i = 0; i < fates->len; i++) {
        const NetFate *fate = fates->pdata[i];
        if (net_fate_interrupts(fate) && !fate->by)
            fate_add_json(json, plan, fate, request);
    }
    json_builder_end_array(json);
}

static char *plan_json(const NetPlan *plan, const PlanRequest *request)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    guint next = 0;
    json_builder_begin_object(json);
    json_array_begin(json, "groups");
    for (guint i = 0; i < plan->groups->len; i++)
        group_add_json(json, plan, i, &next);
    json_builder_end_array(json);
    json_bool_add(json, "changes", net_plan_changes(plan));
    fates_add_json(json, "interrupts", plan, plan->fates, request);
    fates_add_json(json, "left", plan, plan->left, request);
    json_builder_end_object(json);
    return json_text_print(json);
}

/* The cost of it all, last: what one reads first. */
static void verdict_print(const NetPlan *plan, const PlanRequest *request)
{
    putchar('\n');
    if (!net_plan_changes(plan) && !plan->left->len)
        puts(_("Nothing would change."));
    else if (!net_plan_interrupts(plan))
        puts(_("Nothing would be interrupted."));
    for (guint i = 0; i < plan->fates->len; i++) {
        const NetFate *fate = plan->fates->pdata[i];
        g_autofree char *line = net_fate_interrupts(fate) && !fate->by ? net_fate_format(plan, fate) : NULL;
        if (line)
            printf(_("Interrupts: %s\n"), line);
        if (line)
            estimate_print(request, fate);
    }
    for (guint i = 0; i < plan->left->len; i++) {
        const NetFate *fate = plan->left->pdata[i];
        g_autofree char *place = cli_where(fate->where), *line = net_left_format(fate);
        printf("%s%s%s: %s\n", place, *place ? ": " : "", fate->dev, line);
    }
}

static void plan_print(const NetPlan *plan, const PlanRequest *request, gboolean json)
{
    g_autofree char *text = json ? plan_json(plan, request) : net_plan_format(plan);
    fputs(text, stdout);
    if (!json)
        verdict_print(plan, request);
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
