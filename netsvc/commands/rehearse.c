/* rehearse: carries a plan out on stand-ins for the NICs, and tells what the kernel refused, what was
 * interrupted and what would be lost. Changes nothing. */
#include "session/rehearse.h"
#include "commands/commands.h"
#include "commands/plan-request.h"
#include "commands/verdict.h"
#include "console/json-text.h"
#include "console/problems.h"
#include "i18n.h"
#include <stdio.h>

static const char *kind_name(RehearsalKind kind)
{
    static const char *const names[] = {"gateway", "name-server", "peer", "network"};
    return names[kind];
}

/* "gateway 10.0.11.1" */
static char *target_title(const RehearsalTarget *target)
{
    switch (target->kind) {
    case REHEARSAL_GATEWAY:
        return g_strdup_printf(_("gateway %s"), target->name);
    case REHEARSAL_NAME_SERVER:
        return g_strdup_printf(_("name server %s"), target->name);
    case REHEARSAL_PEER:
        return g_strdup_printf(_("connection to %s"), target->name);
    default:
        return g_strdup_printf(_("network %s"), target->name);
    }
}

/* --- text --- */

static void refusals_print(const Rehearsal *found)
{
    for (guint i = 0; i < found->messages->len; i++) {
        const RehearsalMessage *message = found->messages->pdata[i];
        printf(message->is_refusal ? _("Refused: %s\n") : _("Warning: %s\n"), message->text);
    }
}

static void target_print(const RehearsalTarget *target)
{
    g_autofree char *title = target_title(target);
    if (!target->was_reached)
        printf(_("Not reached before either: %s\n"), title);
    else if (!target->is_reached && target->why)
        printf(_("Lost: %s: %s\n"), title, target->why);
    else if (!target->is_reached)
        printf(_("Lost: %s: it does not answer any more\n"), title);
    else if (target->gap_ms)
        printf(_("Interrupted for %u ms: %s\n"), target->gap_ms, title);
    else
        printf(_("Not interrupted: %s\n"), title);
    if (target->was_reached && target->is_reached && g_strcmp0(target->before, target->after) != 0)
        printf(_("Another way: %s: by %s, before by %s; whether it answers there is not known here\n"), title,
               target->after, target->before);
}

static void pull_print(const RehearsalPull *pull)
{
    if (pull->gap_ms)
        printf(_("Cable of %s pulled: %s goes on after %u ms\n"), pull->port, pull->master, pull->gap_ms);
    else if (!pull->lost->len)
        printf(_("Cable of %s pulled: %s goes on at once\n"), pull->port, pull->master);
    for (guint i = 0; i < pull->lost->len; i++) {
        g_autofree char *title = target_title(pull->lost->pdata[i]);
        printf(_("Cable of %s pulled: %s does not answer any more\n"), pull->port, title);
    }
}

void rehearse_print(const Rehearsal *found, const NetPlan *plan, const NetModel *model)
{
    printf(_("Operations: %u, stand-ins for NICs: %u\n"), found->operations, found->nics);
    refusals_print(found);
    for (guint i = 0; i < found->targets->len; i++)
        target_print(found->targets->pdata[i]);
    for (guint i = 0; i < found->pulls->len; i++)
        pull_print(found->pulls->pdata[i]);
    verdict_print(plan, model);
    putchar('\n');
    puts(_("Not rehearsed:"));
    for (guint i = 0; i < found->not_rehearsed->len; i++) {
        g_autofree char *line = g_strdup_printf("  %s", (const char *)found->not_rehearsed->pdata[i]);
        cli_line_print(line, 4);
    }
    puts(rehearsal_is_bad(found) ? _("Something was refused or would be lost: see above.")
                                 : _("Nothing was refused, and nothing would be lost."));
}

/* --- JSON --- */

static void messages_add(JsonBuilder *json, const Rehearsal *found)
{
    json_array_begin(json, "messages");
    for (guint i = 0; i < found->messages->len; i++) {
        const RehearsalMessage *message = found->messages->pdata[i];
        IfcfgWhere where = {*message->file ? message->file : NULL, message->line, message->column};
        json_builder_begin_object(json);
        json_bool_add(json, "refused", message->is_refusal);
        json_text_add(json, "dev", *message->dev ? message->dev : NULL);
        json_text_add(json, "text", message->text);
        json_where_add(json, where);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
}

static void targets_add(JsonBuilder *json, const Rehearsal *found)
{
    json_array_begin(json, "destinations");
    for (guint i = 0; i < found->targets->len; i++) {
        const RehearsalTarget *target = found->targets->pdata[i];
        json_builder_begin_object(json);
        json_text_add(json, "kind", kind_name(target->kind));
        json_text_add(json, "name", target->name);
        json_bool_add(json, "reached_before", target->was_reached);
        json_bool_add(json, "reached", target->is_reached);
        json_bool_add(json, "lost", rehearsal_target_is_lost(target));
        json_number_add(json, "interrupted_ms", target->gap_ms);
        json_text_add(json, "reason", target->why);
        json_text_add(json, "way_before", target->before);
        json_text_add(json, "way", target->after);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
}

static void pulls_add(JsonBuilder *json, const Rehearsal *found)
{
    json_array_begin(json, "cables");
    for (guint i = 0; i < found->pulls->len; i++) {
        const RehearsalPull *pull = found->pulls->pdata[i];
        json_builder_begin_object(json);
        json_text_add(json, "bond", pull->master);
        json_text_add(json, "port", pull->port);
        json_number_add(json, "interrupted_ms", pull->gap_ms);
        json_array_begin(json, "lost");
        for (guint n = 0; n < pull->lost->len; n++)
            json_text_append(json, ((const RehearsalTarget *)pull->lost->pdata[n])->name);
        json_builder_end_array(json);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
}

static void report_print_json(const Rehearsal *found, const NetPlan *plan, const NetModel *model)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    json_bool_add(json, "well", !rehearsal_is_bad(found));
    json_number_add(json, "operations", found->operations);
    json_number_add(json, "nics", found->nics);
    messages_add(json, found);
    targets_add(json, found);
    pulls_add(json, found);
    verdict_add_json(json, plan, model);
    json_array_begin(json, "not_rehearsed");
    for (guint i = 0; i < found->not_rehearsed->len; i++)
        json_text_append(json, found->not_rehearsed->pdata[i]);
    json_builder_end_array(json);
    json_builder_end_object(json);
    g_autofree char *text = json_text_print(json);
    fputs(text, stdout);
}

/* What stands in the way of it is no finding about the plan. */
static int cannot(const GError *error)
{
    cli_complain(_("cannot rehearse here: %s"), error->message);
    return CLI_NOT_POSSIBLE;
}

int rehearse_command(const CliOptions *options)
{
    g_autoptr(GError) error = NULL;
    int status;
    if (!cli_is_root())
        return CLI_NOT_ROOT;
    g_autoptr(PlanRequest) request = plan_request_new(options, "restart", &status);
    if (!request)
        return status;
    g_autoptr(NetPlan) plan = plan_request_build(request);
    if (!plan)
        return CLI_FAILED;
    ifcfg_problems_sort(request->problems);
    problems_attach(request->problems, request->model, plan, !request->names);
    RehearsalRequest what = {request->verb,     request->names,  request->model,
                             request->observed, request->ledger, plan};
    g_autoptr(Rehearsal) found = net_rehearse(&what, &error);
    if (!found)
        return cannot(error);
    (options->json ? report_print_json : rehearse_print)(found, plan, request->model);
    return rehearsal_is_bad(found) ? CLI_FAILED : CLI_OK;
}
