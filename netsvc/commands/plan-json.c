/* A plan as JSON: its groups with their operations, and whom it interrupts. */
#include "commands/plan-json.h"
#include "commands/verdict.h"
#include "console/json-text.h"

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

char *plan_json(const NetPlan *plan, const NetModel *model)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    guint next = 0;
    json_builder_begin_object(json);
    json_array_begin(json, "groups");
    for (guint i = 0; i < plan->groups->len; i++)
        group_add_json(json, plan, i, &next);
    json_builder_end_array(json);
    json_bool_add(json, "changes", net_plan_changes(plan));
    verdict_add_json(json, plan, model);
    json_builder_end_object(json);
    return json_text_print(json);
}
