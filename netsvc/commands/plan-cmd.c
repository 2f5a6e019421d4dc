/* plan: prints what a verb would do, on this machine or (with --root) on one that has nothing configured yet.
 * Changes nothing. */
#include "apply/net-error.h"
#include "apply/system.h"
#include "commands/commands.h"
#include "console/json-text.h"
#include "i18n.h"
#include "session/environment.h"
#include <stdio.h>
#include <unistd.h>

static const struct {
    const char *word;
    NetPlanVerb verb;
    guint min_names, max_names;
} verbs[] = {
    {"start", NET_PLAN_START, 0, 0},     {"stop", NET_PLAN_STOP, 0, 0},
    {"restart", NET_PLAN_RESTART, 0, 0}, {"reload", NET_PLAN_RELOAD, 0, G_MAXUINT},
    {"up", NET_PLAN_UP, 1, G_MAXUINT},   {"down", NET_PLAN_DOWN, 1, G_MAXUINT},
};

static gboolean verb_find(const CliOptions *options, NetPlanVerb *ret)
{
    guint names = options->n_args - 1;
    for (guint i = 0; i < G_N_ELEMENTS(verbs); i++) {
        if (!g_str_equal(options->args[0], verbs[i].word))
            continue;
        *ret = verbs[i].verb;
        if (names >= verbs[i].min_names && names <= verbs[i].max_names)
            return TRUE;
        cli_complain(verbs[i].min_names ? _("plan %s needs the name of an interface")
                                        : _("plan %s takes no name"),
                     verbs[i].word);
        return FALSE;
    }
    cli_complain(_("cannot plan \"%s\": it is one of start, stop, restart, reload, up NAME, down NAME"),
                 options->args[0]);
    return FALSE;
}

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
    json_builder_set_member_name(json, "needs");
    json_builder_begin_array(json);
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
    json_builder_set_member_name(json, "operations");
    json_builder_begin_array(json);
    for (; *next < plan->ops->len && ((const NetOp *)plan->ops->pdata[*next])->group == index; ++*next)
        op_add_json(json, plan->ops->pdata[*next]);
    json_builder_end_array(json);
    json_builder_end_object(json);
}

static void fate_add_json(JsonBuilder *json, const NetPlan *plan, const NetFate *fate)
{
    g_autoptr(GPtrArray) others = net_fate_with_it(plan, fate);
    json_builder_begin_object(json);
    json_text_add(json, "dev", fate->dev);
    json_text_add(json, "impact", net_fate_name(fate->kind));
    json_text_add(json, "reason", fate->what);
    json_where_add(json, fate->where);
    json_builder_set_member_name(json, "with");
    json_builder_begin_array(json);
    for (guint i = 0; i < others->len; i++)
        json_builder_add_string_value(json, others->pdata[i]);
    json_builder_end_array(json);
    json_builder_end_object(json);
}

static void fates_add_json(JsonBuilder *json, const char *name, const NetPlan *plan, const GPtrArray *fates)
{
    json_builder_set_member_name(json, name);
    json_builder_begin_array(json);
    for (guint i = 0; i < fates->len; i++) {
        const NetFate *fate = fates->pdata[i];
        if (net_fate_interrupts(fate) && !fate->by)
            fate_add_json(json, plan, fate);
    }
    json_builder_end_array(json);
}

static char *plan_json(const NetPlan *plan)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    guint next = 0;
    json_builder_begin_object(json);
    json_builder_set_member_name(json, "groups");
    json_builder_begin_array(json);
    for (guint i = 0; i < plan->groups->len; i++)
        group_add_json(json, plan, i, &next);
    json_builder_end_array(json);
    json_builder_set_member_name(json, "changes");
    json_builder_add_boolean_value(json, net_plan_changes(plan));
    fates_add_json(json, "interrupts", plan, plan->fates);
    fates_add_json(json, "left", plan, plan->left);
    json_builder_end_object(json);
    return json_text_print(json);
}

/* The cost of it all, last: what one reads first. */
static void verdict_print(const NetPlan *plan)
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
    }
    for (guint i = 0; i < plan->left->len; i++) {
        const NetFate *fate = plan->left->pdata[i];
        g_autofree char *place = cli_where(fate->where), *line = net_left_format(fate);
        printf("%s%s%s: %s\n", place, *place ? ": " : "", fate->dev, line);
    }
}

static void plan_print(const NetPlan *plan, gboolean json)
{
    g_autofree char *text = json ? plan_json(plan) : net_plan_format(plan);
    fputs(text, stdout);
    if (!json)
        verdict_print(plan);
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

/* A damaged record is no reason not to plan: the run would set it aside. */
static NetLedger *record_load(GError **error)
{
    g_autoptr(GError) reason = NULL;
    NetLedger *ledger = net_ledger_load(&reason);
    if (g_error_matches(reason, NET_ERROR, EBADMSG)) {
        cli_complain("%s", reason->message);
        return net_ledger_new();
    }
    if (reason)
        g_propagate_error(error, g_steal_pointer(&reason));
    return ledger;
}

/* Names of the model; what only the record knows has its own. Returns: NULL: one of them is nobody's, which
 * has been said */
static GPtrArray *find_names(const CliOptions *options, const NetModel *model, const NetLedger *ledger)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 1; i < options->n_args; i++) {
        const char *name = options->args[i];
        NetIface *iface = net_ledger_find(ledger, name) ? NULL : cli_iface_find(model, name);
        if (!iface && !net_ledger_find(ledger, name))
            return NULL;
        g_ptr_array_add(names, iface ? iface->name : (gpointer)name);
    }
    return g_steal_pointer(&names);
}

static NetPlan *build(const CliOptions *options, NetPlanVerb verb, const NetModel *model,
                      const NetObserved *observed, const NetLedger *ledger, GError **error)
{
    if (options->n_args < 2)
        return net_plan_build(verb, NULL, model, observed, ledger, error);
    g_autoptr(GPtrArray) names = find_names(options, model, ledger);
    return names ? net_plan_build_named(verb, names, model, observed, ledger, error) : NULL;
}

static int plan_make(const CliOptions *options, NetPlanVerb verb, const NetModel *model)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(NetLedger) ledger = options->root ? net_ledger_new() : record_load(&error);
    g_autoptr(NetObserved) observed = NULL;
    if (ledger)
        observed = options->root ? net_observed_assume(model) : net_observe(&error);
    if (observed && !options->root)
        net_observe_settings(observed, model);
    g_autoptr(NetPlan) plan = observed ? build(options, verb, model, observed, ledger, &error) : NULL;
    if (error)
        cli_complain("%s", error->message);
    if (!plan)
        return CLI_FAILED;
    plan_print(plan, options->json);
    return options->exit_code ? plan_exit_code(plan) : CLI_OK;
}

int plan_command(const CliOptions *options)
{
    NetPlanVerb verb;
    if (!verb_find(options, &verb))
        return CLI_USAGE;
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    gboolean is_of_one = verb == NET_PLAN_UP || verb == NET_PLAN_DOWN;
    g_autoptr(IfcfgRecord) environment = is_of_one ? environment_load() : NULL;
    g_autoptr(NetModel) model = cli_model_load(options->root, environment, problems);
    return model ? plan_make(options, verb, model) : CLI_FAILED;
}
