/* Which files a run has applied: those of interfaces that failed, or that it was not about, are as they were
 * applied before. */
#include "session/applied.h"
#include "apply/system.h"
#include "console/log.h"
#include "history/estimates.h"
#include "history/who.h"
#include "i18n.h"
#include "plan/claims.h"
#include "session/measure.h"
#include <glib/gstdio.h>
#include <syslog.h>

/* A run is not in the history: what is last there is not what runs. The next whole one that is ends that. */
#define UNRECORDED NETSVC_RUN_DIR "/unrecorded"

enum { CHANGES_MAX = 500 };

static const char *const companions[] = {"keys-", "route-", "route6-", "rule-", "rule6-"};

static void add_companions(GHashTable *paths, const NetIface *iface)
{
    const char *names[] = {iface->name, iface->nick};
    g_autofree char *folder = iface->file ? g_path_get_dirname(iface->file) : NULL;
    for (guint i = 0; folder && i < G_N_ELEMENTS(companions); i++)
        for (guint n = 0; n < G_N_ELEMENTS(names); n++)
            if (names[n])
                g_hash_table_add(paths, g_strconcat(folder, "/", companions[i], names[n], NULL));
}

/* With its ports, aliases and ranges: they come with it. Files can make a loop. */
static void add_paths(GHashTable *paths, const NetIface *iface)
{
    const NetIface *part;
    if (iface->file && g_hash_table_contains(paths, iface->file))
        return;
    for (guint i = 0; (part = net_iface_part(iface, i)); i++) {
        if (part->file)
            g_hash_table_add(paths, g_strdup(part->file));
        add_companions(paths, part);
    }
    for (guint i = 0; i < iface->ports->len; i++)
        add_paths(paths, iface->ports->pdata[i]);
}

static void add_named(const AppliedRun *run, GHashTable *paths, const char *name)
{
    const NetIface *iface = net_model_find(run->model, name);
    if (iface)
        add_paths(paths, iface);
}

/* Names on lines are those of files. */
static gboolean has_failed(const AppliedRun *run, const NetGroup *group)
{
    return group->name &&
           g_ptr_array_find_with_equal_func((GPtrArray *)run->failed, group->name, g_str_equal, NULL);
}

/* The files that count as they were before: of what failed or was left; the files that count as they are now,
 * where not all do. */
static GHashTable *paths_find(const AppliedRun *run, gboolean is_of_failed)
{
    GHashTable *paths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gboolean counts_all = run->is_all && !is_of_failed;
    for (guint i = 0; !counts_all && i < run->plan->groups->len; i++) {
        const NetGroup *group = run->plan->groups->pdata[i];
        if (group->dev && has_failed(run, group) == is_of_failed && (is_of_failed || !group->down))
            add_named(run, paths, group->dev);
    }
    for (guint i = 0; is_of_failed && i < run->plan->left->len; i++)
        add_named(run, paths, ((const NetFate *)run->plan->left->pdata[i])->dev);
    return paths;
}

typedef struct {
    const AppliedRun *run;
    const GPtrArray *before; /* NULL: nothing was applied before */
    GHashTable *failed, *named;
} Choice;

/* What was written while the run was under way is not what it has read. */
static gboolean counts_now(const Choice *choice, const char *path, const HistoryFile *now)
{
    return !g_hash_table_contains(choice->failed, path) &&
           (choice->run->is_all || g_hash_table_contains(choice->named, path)) &&
           !(now && now->changed > choice->run->read_at);
}

/* Where nothing is known of before, what is there is all that there is. */
static GPtrArray *files_choose(const Choice *choice, const GPtrArray *now)
{
    GPtrArray *files = g_ptr_array_new_with_free_func((GDestroyNotify)history_file_free);
    for (guint i = 0; i < now->len; i++) {
        const HistoryFile *file = now->pdata[i],
                          *old = choice->before ? history_files_find(choice->before, file->path) : NULL;
        if (!choice->before || counts_now(choice, file->path, file))
            g_ptr_array_add(files, history_file_copy(file));
        else if (old)
            g_ptr_array_add(files, history_file_copy(old));
    }
    for (guint i = 0; choice->before && i < choice->before->len; i++) {
        const HistoryFile *old = choice->before->pdata[i];
        if (!history_files_find(now, old->path) && !counts_now(choice, old->path, NULL))
            g_ptr_array_add(files, history_file_copy(old));
    }
    history_files_sort(files);
    return files;
}

static gboolean is_change(const NetOp *op)
{
    NetOpEffect effect = net_op_effect(op);
    return effect != NET_EFFECT_WAITS && effect != NET_EFFECT_READS && op->type != NET_OP_SYSCTL_APPLY &&
           op->type != NET_OP_ADDR_ANNOUNCE && !op->is_only_recorded;
}

static void changes_add(Generation *generation, const NetPlan *plan)
{
    guint count = 0;
    for (guint i = 0; i < plan->ops->len; i++) {
        const NetOp *op = plan->ops->pdata[i];
        if (is_change(op) && count++ < CHANGES_MAX)
            g_ptr_array_add(generation->changes, net_op_format(op));
    }
    if (count > CHANGES_MAX)
        g_ptr_array_add(generation->changes, g_strdup_printf("+ %u", count - CHANGES_MAX));
}

static void interruptions_add(Generation *generation, const AppliedRun *run)
{
    for (guint i = 0; i < run->plan->fates->len; i++) {
        const NetFate *fate = run->plan->fates->pdata[i];
        gint64 ms = net_fate_is_outage(fate) ? measure_outage_ms(run->measured, fate->dev) : -1;
        if (ms >= 0)
            g_ptr_array_add(generation->interruptions,
                            g_strdup_printf("%s %" G_GINT64_FORMAT, fate->dev, ms));
    }
}

/* Only what stands for itself: what shares the fate of another one was not measured apart from it. */
void applied_note_estimates(const History *history, const AppliedRun *run)
{
    for (guint i = 0; i < run->plan->fates->len; i++) {
        const NetFate *fate = run->plan->fates->pdata[i];
        gint64 ms = net_fate_is_outage(fate) && !fate->by ? measure_outage_ms(run->measured, fate->dev) : -1;
        g_autofree char *key = estimate_key(run->model, fate);
        if (ms >= 0)
            estimates_set(history, key, ms);
    }
}

Generation *applied_generation(const History *history, const AppliedRun *run, const Generation *before,
                               gboolean durable, GError **error)
{
    const GPtrArray *known = before ? before->files : NULL;
    g_autoptr(GPtrArray) now = history_files_list(history);
    g_autoptr(GHashTable) failed = paths_find(run, TRUE), named = paths_find(run, FALSE);
    g_autoptr(Generation) self = generation_new();
    Choice choice = {.run = run, .before = known, .failed = failed, .named = named};
    if (!history_make_folders(history, error) || !history_files_keep(history, now, known, durable, error))
        return NULL;
    g_ptr_array_unref(self->files);
    self->files = files_choose(&choice, now);
    self->time = g_get_real_time() / G_USEC_PER_SEC;
    self->command = who_is_command();
    self->user = who_is_user();
    changes_add(self, run->plan);
    interruptions_add(self, run);
    return g_steal_pointer(&self);
}

static gboolean is_news(const AppliedRun *run, const Generation *self, const Generation *before)
{
    return !before || !history_files_equal(self->files, before->files) || (run->is_all && self->changes->len);
}

gboolean applied_is_known(void)
{
    return !g_file_test(UNRECORDED, G_FILE_TEST_EXISTS);
}

void applied_note(const AppliedRun *run)
{
    g_autoptr(History) history = history_new(NULL);
    g_autoptr(Generation) before = generation_last(history);
    g_autoptr(GError) error = NULL;
    if (!before && !run->is_all)
        return; /* of the other files nobody knows what was applied */
    g_autoptr(Generation) self = applied_generation(history, run, before, FALSE, &error);
    if (self && is_news(run, self, before) && generation_save(history, self, FALSE, &error))
        applied_note_estimates(history, run);
    if (!error) {
        if (run->is_all)
            g_unlink(UNRECORDED);
        return;
    }
    g_file_set_contents(UNRECORDED, "", 0, NULL);
    g_autofree char *text =
        g_strdup_printf(_("%s: the history does not have this run: %s"), g_get_prgname(), error->message);
    log_message(EVENT_RECORD_LOST, LOG_WARNING, (IfcfgWhere){0}, NULL, text);
}
