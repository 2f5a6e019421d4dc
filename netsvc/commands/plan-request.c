/* A plan for the command line: see plan-request.h. */
#include "commands/plan-request.h"
#include "apply/net-error.h"
#include "apply/system.h"
#include "i18n.h"
#include "session/environment.h"

static const struct {
    const char *word;
    NetPlanVerb verb;
    guint min_names, max_names;
} verbs[] = {
    {"start", NET_PLAN_START, 0, 0},     {"stop", NET_PLAN_STOP, 0, 0},
    {"restart", NET_PLAN_RESTART, 0, 0}, {"reload", NET_PLAN_RELOAD, 0, G_MAXUINT},
    {"up", NET_PLAN_UP, 1, G_MAXUINT},   {"down", NET_PLAN_DOWN, 1, G_MAXUINT},
};

static gboolean verb_find(const CliOptions *options, const char *fallback, NetPlanVerb *ret)
{
    const char *word = options->n_args ? options->args[0] : fallback;
    guint names = options->n_args ? options->n_args - 1 : 0;
    for (guint i = 0; i < G_N_ELEMENTS(verbs); i++) {
        if (!g_str_equal(word, verbs[i].word))
            continue;
        *ret = verbs[i].verb;
        if (names >= verbs[i].min_names && names <= verbs[i].max_names)
            return TRUE;
        cli_complain(verbs[i].min_names ? _("%s %s needs the name of an interface")
                                        : _("%s %s takes no name"),
                     options->verb, word);
        return FALSE;
    }
    cli_complain(_("cannot %s \"%s\": it is one of start, stop, restart, reload, up NAME, down NAME"),
                 options->verb, word);
    return FALSE;
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

/* Names of the model; what only the record knows has its own. FALSE: one of them is nobody's, which has been
 * said */
static gboolean names_find(PlanRequest *self, const CliOptions *options)
{
    if (options->n_args < 2)
        return TRUE;
    self->names = g_ptr_array_new();
    for (guint i = 1; i < options->n_args; i++) {
        const char *name = options->args[i];
        NetIface *iface = net_ledger_find(self->ledger, name) ? NULL : cli_iface_find(self->model, name);
        if (!iface && !net_ledger_find(self->ledger, name))
            return FALSE;
        g_ptr_array_add(self->names, iface ? iface->name : (gpointer)name);
    }
    return TRUE;
}

static gboolean host_read(PlanRequest *self, const CliOptions *options)
{
    g_autoptr(GError) error = NULL;
    self->ledger = options->root ? net_ledger_new() : record_load(&error);
    if (self->ledger)
        self->observed = options->root ? net_observed_assume(self->model) : net_observe(&error);
    self->is_here = !options->root;
    if (self->observed && self->is_here)
        net_observe_settings(self->observed, self->model);
    if (error)
        cli_complain("%s", error->message);
    return self->observed && names_find(self, options);
}

PlanRequest *plan_request_new(const CliOptions *options, const char *fallback, int *ret_status)
{
    NetPlanVerb verb;
    *ret_status = CLI_USAGE;
    if (!verb_find(options, fallback, &verb))
        return NULL;
    g_autoptr(PlanRequest) self = g_new0(PlanRequest, 1);
    self->verb = verb;
    self->problems = ifcfg_problems_new();
    if (verb == NET_PLAN_UP || verb == NET_PLAN_DOWN)
        self->environment = environment_load();
    *ret_status = CLI_FAILED;
    self->model = cli_model_load(options->root, self->environment, self->problems);
    return self->model && host_read(self, options) ? g_steal_pointer(&self) : NULL;
}

void plan_request_free(PlanRequest *self)
{
    if (!self)
        return;
    g_clear_pointer(&self->names, g_ptr_array_unref);
    g_clear_pointer(&self->observed, net_observed_free);
    g_clear_pointer(&self->ledger, net_ledger_free);
    g_clear_pointer(&self->model, net_model_free);
    g_clear_pointer(&self->problems, ifcfg_problems_free);
    g_clear_pointer(&self->environment, ifcfg_record_unref);
    g_free(self);
}

static NetPlan *build(const PlanRequest *self, GError **error)
{
    if (self->names)
        return net_plan_build_named(self->verb, self->names, self->model, self->observed, self->ledger,
                                    error);
    return net_plan_build(self->verb, NULL, self->model, self->observed, self->ledger, error);
}

NetPlan *plan_request_build(const PlanRequest *self)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(NetPlan) plan = build(self, &error);
    if (plan && self->is_here && net_plan_interrupts(plan) && net_observe_proxies(self->observed)) {
        net_plan_free(plan);
        plan = build(self, &error);
    }
    if (error)
        cli_complain("%s", error->message);
    return g_steal_pointer(&plan);
}
