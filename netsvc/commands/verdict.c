/* The verdict on a plan, and how long the last change of each kind took here. */
#include "commands/verdict.h"
#include "console/cli.h"
#include "history/estimates.h"
#include "i18n.h"
#include <stdio.h>
#include <unistd.h>

/* What the last change of this kind took here, in ms; ESTIMATE_UNKNOWN; ESTIMATE_NONE: of another machine,
 * not for who may not read the history, or it does not end. */
enum { ESTIMATE_UNKNOWN = -1, ESTIMATE_NONE = -2 };

static gint64 estimate_find(const NetModel *model, const NetFate *fate)
{
    if (!model || geteuid() != 0 || !net_fate_is_outage(fate) || fate->kind == NET_FATE_GOES)
        return ESTIMATE_NONE;
    g_autoptr(History) history = history_new(NULL);
    g_autofree char *key = estimate_key(model, fate);
    return estimates_get(history, key);
}

static void estimate_print(const NetModel *model, const NetFate *fate)
{
    gint64 ms = estimate_find(model, fate);
    if (ms >= 0)
        printf(_("  The last one of this kind took %u ms here.\n"), (guint)MIN(ms, G_MAXUINT));
    else if (ms == ESTIMATE_UNKNOWN)
        puts(_("  How long is unknown: there was none of this kind here yet."));
}

static void fate_add_json(JsonBuilder *json, const NetPlan *plan, const NetFate *fate, const NetModel *model)
{
    gint64 ms = estimate_find(model, fate);
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

void verdict_add_json(JsonBuilder *json, const NetPlan *plan, const NetModel *model)
{
    json_array_begin(json, "interrupts");
    for (guint i = 0; i < plan->fates->len; i++) {
        const NetFate *fate = plan->fates->pdata[i];
        if (net_fate_interrupts(fate) && !fate->by)
            fate_add_json(json, plan, fate, model);
    }
    json_builder_end_array(json);
    json_array_begin(json, "left");
    for (guint i = 0; i < plan->left->len; i++)
        fate_add_json(json, plan, plan->left->pdata[i], model);
    json_builder_end_array(json);
}

/* The cost of it all, last: what one reads first. */
void verdict_print(const NetPlan *plan, const NetModel *model)
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
            estimate_print(model, fate);
    }
    for (guint i = 0; i < plan->left->len; i++) {
        const NetFate *fate = plan->left->pdata[i];
        g_autofree char *place = cli_where(fate->where), *line = net_left_format(fate);
        printf("%s%s%s: %s\n", place, *place ? ": " : "", fate->dev, line);
    }
}
