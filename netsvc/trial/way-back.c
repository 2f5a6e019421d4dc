/* The way back: kept as files, gone by the planner that every run uses, and then by the picture. */
#include "trial/way-back.h"
#include "apply/backend.h"
#include "apply/executor.h"
#include "apply/picture-restore.h"
#include "apply/system-paths.h"
#include "history/generation.h"
#include "history/restore.h"
#include "i18n.h"
#include "session/nics.h"
#include "state/compare.h"
#include "trial/names-back.h"
#include "trial/picture-file.h"
#include <string.h>

#define PICTURE TRIAL_RUN_DIR "/picture"
#define LEDGER TRIAL_RUN_DIR "/ledger"
#define DEVICES TRIAL_RUN_DIR "/devices"

/* Whatever hangs must not keep the administrator out. */
enum {
    CARRIER_MS = 3000,
    DEVICE_MS = 1000,
    HOOK_MS = 10000,
    LEASE_S = 5,
    BUDGET_MS = 45000,
    DIFFERENCES_MAX = 20
};

/* --- kept --- */

static void add_name(GHashTable *names, const char *name)
{
    if (name)
        g_hash_table_add(names, g_strdup(name));
}

/* What stands on it, its ports, and what it is a port of share what happens to it. */
static void add_near(GHashTable *names, const NetObserved *observed, const ObservedLink *link)
{
    if (!link || g_hash_table_contains(names, link->name))
        return;
    add_name(names, link->name);
    const GPtrArray *near[] = {net_observed_uppers_of(observed, link->ifindex),
                               net_observed_ports_of(observed, link->ifindex)};
    for (guint n = 0; n < G_N_ELEMENTS(near); n++)
        for (guint i = 0; near[n] && i < near[n]->len; i++)
            add_near(names, observed, near[n]->pdata[i]);
    add_near(names, observed, net_observed_link_by_index(observed, link->master));
}

static GHashTable *devices_find(const NetPlan *plan, const NetObserved *observed)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = plan->ops->pdata[i];
        NetOpEffect effect = net_op_effect(op);
        if (effect == NET_EFFECT_READS || effect == NET_EFFECT_WAITS || !op->dev)
            continue;
        const char *others[] = {op->dev, op->owner,
                                op->type == NET_OP_PORT_ADD || op->type == NET_OP_PORT_REMOVE ? op->master
                                                                                              : NULL};
        for (guint n = 0; n < G_N_ELEMENTS(others); n++) {
            const ObservedLink *link = others[n] ? net_observed_link(observed, others[n]) : NULL;
            if (link)
                add_near(names, observed, link);
            else
                add_name(names, others[n]);
        }
    }
    return names;
}

static char *names_text(GHashTable *names)
{
    g_autoptr(GList) list = g_list_sort(g_hash_table_get_keys(names), (GCompareFunc)strcmp);
    GString *text = g_string_new(NULL);
    for (GList *at = list; at; at = at->next)
        g_string_append_printf(text, "%s\n", (char *)at->data);
    return g_string_free(text, FALSE);
}

gboolean way_back_keep(const NetPlan *plan, const NetObserved *observed, const NetLedger *ledger,
                       GError **error)
{
    g_autoptr(GHashTable) names = devices_find(plan, observed);
    g_autofree char *devices = names_text(names), *picture = picture_to_text(observed);
    return history_write(PICTURE, picture, strlen(picture), FALSE, error) &&
           history_write(DEVICES, devices, strlen(devices), FALSE, error) &&
           ledger_save_file(ledger, LEDGER, error);
}

/* --- gone --- */

typedef struct {
    const History *history;
    const TrialMark *mark;
    GPtrArray *told;
    gboolean differs;
    NetBackend *backend;
    NetLedger *ledger; /* as it is now: whose it is that has come */
    gboolean stop;     /* the time is over */
} WayBack;

static void tell(WayBack *self, char *text)
{
    g_ptr_array_add(self->told, text);
}

static void tell_difference(WayBack *self, const char *text)
{
    self->differs = TRUE;
    tell(self, g_strdup(text));
}

static gboolean is_same(const HistoryFile *a, const HistoryFile *b)
{
    return a && b && g_str_equal(a->hash, b->hash);
}

static void add_changed(GHashTable *paths, const GPtrArray *of, const GPtrArray *other)
{
    for (guint i = 0; i < of->len; i++) {
        const HistoryFile *file = of->pdata[i];
        if (!is_same(file, history_files_find(other, file->path)))
            g_hash_table_add(paths, file->path);
    }
}

/* What somebody has edited and did not put on trial is not ours to touch. NULL: all that there is. */
static GHashTable *paths_find(const WayBack *self, const Generation *before, const Generation *tried)
{
    if (self->mark->is_all || !tried)
        return NULL;
    GHashTable *paths = g_hash_table_new(g_str_hash, g_str_equal);
    add_changed(paths, before->files, tried->files);
    add_changed(paths, tried->files, before->files);
    return paths;
}

static void files_go_back(WayBack *self)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Generation) before = generation_load(self->history, self->mark->before, &error);
    g_autoptr(Generation) tried = generation_load(self->history, self->mark->tried, NULL);
    g_autoptr(GHashTable) paths = before ? paths_find(self, before, tried) : NULL;
    if (!before)
        tell_difference(self, error->message);
    else if (!history_restore(self->history, before->files, paths, tried ? tried->files : NULL, self->told))
        self->differs = TRUE;
    if (!tried)
        return;
    tried->result = GENERATION_GONE_BACK;
    generation_rewrite(self->history, tried, FALSE, NULL);
}

int way_back_files(const History *history, const TrialMark *mark, GPtrArray *told)
{
    WayBack self = {.history = history, .mark = mark, .told = told};
    files_go_back(&self);
    return self.differs ? TRIAL_BACK_DIFFERS : TRIAL_BACK;
}

static gboolean is_refusal(const NetOp *op)
{
    return op->type == NET_OP_ADDR_PROBE;
}

static guint least(guint value, guint limit)
{
    return value ? MIN(value, limit) : limit;
}

/* What waits waits for less; what could say no is not asked. The model is this process's own. */
static void plan_hurry(NetPlan *plan)
{
    for (guint i = plan->ops->len; i-- > 0;) {
        NetOp *op = plan->ops->pdata[i];
        if (op->type == NET_OP_CARRIER_WAIT)
            op->carrier.timeout_ms = MIN(op->carrier.timeout_ms, CARRIER_MS);
        else if (op->type == NET_OP_LINK_WAIT)
            op->wait.timeout_ms = MIN(op->wait.timeout_ms, DEVICE_MS);
        else if (op->type == NET_OP_HOOK_RUN)
            ((NetRun *)op->hook.run)->limit_ms = least(op->hook.run->limit_ms, HOOK_MS);
        else if (op->type == NET_OP_LEASE_GET)
            ((NetLease *)op->lease.lease)->timeout_s = least(op->lease.lease->timeout_s, LEASE_S);
        if (is_refusal(op))
            g_ptr_array_remove_index(plan->ops, i);
    }
}

static void group_done(G_GNUC_UNUSED guint group, G_GNUC_UNUSED NetOutcome outcome, const GPtrArray *messages,
                       gpointer data)
{
    WayBack *self = data;
    for (guint i = 0; i < messages->len; i++) {
        const NetMessage *message = messages->pdata[i];
        if (message->error)
            tell(self, g_strdup(message->message));
    }
}

static void ledger_changed(const NetLedger *ledger, gpointer data G_GNUC_UNUSED)
{
    net_ledger_save(ledger, NULL);
}

static gboolean budget_end(gpointer data)
{
    ((WayBack *)data)->stop = TRUE;
    return G_SOURCE_REMOVE;
}

/* @wanted: NULL: what was up is not known, and all that the files say is. */
static NetPlan *plan_make(const NetLedger *wanted, const NetModel *model, const NetObserved *observed,
                          const NetLedger *before, GError **error)
{
    if (!observed)
        return NULL;
    return wanted ? net_plan_build_back(wanted, model, observed, before)
                  : net_plan_build(NET_PLAN_RESTART, NULL, model, observed, before, error);
}

/* By the files of then: also clients, name servers, zones and what else no picture of the kernel has. */
static void configuration_go_back(WayBack *self, const NetLedger *wanted)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(NetModel) model = nics_model_load(NULL, problems, &error);
    if (model)
        self->backend->attend(self->backend, model);
    g_autoptr(NetObserved) observed = model ? self->backend->observe(self->backend, &error) : NULL;
    g_autoptr(NetLedger) before = net_ledger_copy(self->ledger);
    g_autoptr(NetPlan) plan = plan_make(wanted, model, observed, before, &error);
    NetReporter reporter = {.group_done = group_done, .ledger_changed = ledger_changed, .data = self};
    if (!plan) {
        tell(self, g_strdup(error ? error->message : _("nothing could be planned")));
        return;
    }
    plan_hurry(plan);
    guint budget = g_timeout_add(BUDGET_MS, budget_end, self);
    net_executor_run(plan, self->backend, self->ledger, &self->stop, &reporter);
    if (!self->stop)
        g_source_remove(budget);
    self->backend->attend(self->backend, NULL);
}

/* What is ours: what came by the trial, and what the files of then have brought after it, which somebody may
 * have taken away before the trial. */
typedef struct {
    const NetLedger *tried, *back;
} Owners;

static gboolean is_ours(const NetLedger *ledger, const NetOp *op)
{
    const LedgerEntry *entry = op->dev ? net_ledger_find(ledger, op->dev) : NULL;
    g_autofree char *prefix =
        op->type == NET_OP_ADDR_DELETE ? ifcfg_prefix_format(&op->address->prefix) : NULL;
    g_autofree char *route =
        op->type == NET_OP_ROUTE_DELETE ? net_ledger_route_text(op->route, op->dev) : NULL;
    g_autofree char *nexthop =
        op->type == NET_OP_NEXTHOP_DELETE ? net_nexthop_format(op->nexthop.item) : NULL;
    if (op->type == NET_OP_LINK_DELETE)
        return entry && entry->created;
    if (nexthop)
        return entry && net_ledger_list_has(entry->nexthops, nexthop);
    if (prefix)
        return entry && net_ledger_list_has(entry->addresses, prefix);
    if (route)
        return entry && net_ledger_list_has(entry->routes,
                                            net_route_is_zeroconf(op->route) ? NET_LEDGER_ZEROCONF : route);
    return op->type != NET_OP_RULE_DELETE && op->type != NET_OP_NEIGH_ADD;
}

/* What somebody else has added meanwhile stays. */
static gboolean may_remove(const NetOp *op, gpointer data)
{
    const Owners *owners = data;
    return is_ours(owners->tried, op) || is_ours(owners->back, op);
}

static GHashTable *devices_load(void)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(DEVICES, &text, NULL, NULL))
        return NULL;
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        if (*lines[i])
            g_hash_table_add(names, g_strdup(lines[i]));
    return names;
}

/* What would have to be done still, as operations: that is what differs. */
static void tell_left(WayBack *self, const NetObserved *wanted, const NetPictureScope *scope)
{
    g_autoptr(NetObserved) observed = self->backend->observe(self->backend, NULL);
    g_autoptr(NetPlan) plan = observed ? net_plan_to_picture(wanted, observed, scope) : NULL;
    for (guint i = 0; plan && i < MIN(plan->ops->len, DIFFERENCES_MAX); i++) {
        if (net_picture_op_is_wish(plan->ops->pdata[i]))
            continue;
        g_autofree char *op = net_op_format(plan->ops->pdata[i]),
                        *text = g_strdup_printf(_("it differs from before: left to do is %s"), op);
        tell_difference(self, text);
    }
}

static NetObserved *picture_load(void)
{
    g_autofree char *text = NULL;
    g_file_get_contents(PICTURE, &text, NULL, NULL);
    return text ? picture_from_text(text) : NULL;
}

static void kernel_go_back(WayBack *self, const NetObserved *wanted, GHashTable *devices, Owners *owners)
{
    g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    NetPictureScope scope = {.devices = devices, .may_remove = may_remove, .data = owners};
    int left = net_picture_restore(self->backend, wanted, &scope, messages, &error);
    if (left < 0)
        tell_difference(self, error->message);
    for (guint i = 0; left > 0 && i < messages->len; i++)
        tell_difference(self, messages->pdata[i]);
    if (left > 0)
        tell_left(self, wanted, &scope);
    g_autoptr(GPtrArray) missing = names_missing(self->backend, wanted, devices);
    for (guint i = 0; i < missing->len; i++)
        tell_difference(self, missing->pdata[i]);
}

/* The old record counts again. What has come since and could not be taken away is still ours. */
static void record_go_back(const NetLedger *wanted, const NetLedger *now, const NetObserved *observed)
{
    g_autoptr(NetLedger) record = net_ledger_copy(wanted);
    for (guint i = 0; observed && i < now->entries->len; i++) {
        const LedgerEntry *entry = now->entries->pdata[i];
        if (!entry->created || net_ledger_find(record, entry->name) ||
            !net_observed_link(observed, entry->name))
            continue;
        LedgerEntry *left = net_ledger_ensure(record, entry->name);
        left->created = TRUE;
        left->kind = g_strdup(entry->kind);
        left->file = g_strdup(entry->file);
        left->nick = g_strdup(entry->nick);
    }
    net_ledger_save(record, NULL);
}

static void state_go_back(WayBack *self, const NetLedger *wanted)
{
    g_autoptr(NetLedger) tried = net_ledger_copy(self->ledger);
    g_autoptr(NetObserved) picture = picture_load();
    g_autoptr(GHashTable) devices = devices_load();
    gboolean is_known = picture && devices;
    if (is_known)
        names_go_back(self->backend, picture, devices, self->told);
    configuration_go_back(self, wanted);
    if (is_known)
        names_zeroconf_follow(self->backend, picture);
    if (is_known)
        kernel_go_back(self, picture, devices, &(Owners){tried, self->ledger});
    else
        tell_difference(self, _("what the kernel had before is not known any more"));
    g_autoptr(NetObserved) observed = self->backend->observe(self->backend, NULL);
    if (wanted)
        record_go_back(wanted, self->ledger, observed);
}

/* NULL: somebody has removed or damaged it. An empty one would mean that nothing was up. */
static NetLedger *record_load(void)
{
    return g_file_test(LEDGER, G_FILE_TEST_EXISTS) ? ledger_load_file(LEDGER, NULL) : NULL;
}

int way_back_go(const History *history, const TrialMark *mark, GPtrArray *told)
{
    WayBack self = {.history = history, .mark = mark, .told = told};
    g_autoptr(GError) error = NULL;
    files_go_back(&self);
    g_autofree char *damage = NULL;
    g_autoptr(NetLedger) wanted = record_load(), ledger = net_ledger_repair(&damage, NULL);
    g_autoptr(NetBackend) backend = net_backend_kernel_new(&error);
    self.backend = backend;
    self.ledger = ledger ? ledger : net_ledger_new();
    if (!wanted)
        tell_difference(&self, _("what was ours before is not known any more"));
    if (backend)
        state_go_back(&self, wanted);
    else
        tell_difference(&self, error->message);
    if (!ledger)
        net_ledger_free(self.ledger);
    return self.differs ? TRIAL_BACK_DIFFERS : TRIAL_BACK;
}
