/* The report: what is found, each thing once with all its places, and what to do about it. */
#include "migrate/migrate.h"
#include "i18n.h"
#include "ifcfg-keys.h"
#include "model/kind.h"
#include <string.h>

static const char *const names[MIGRATE_LAST] = {"broken",  "differs", "unknown", "networkmanager",
                                                "upgrade", "rival",   "to-do"};

const char *migrate_section_name(MigrateSection section)
{
    return names[section];
}

static void place_free(MigratePlace *self)
{
    g_free(self->what);
    g_free(self);
}

static void item_free(MigrateItem *self)
{
    g_free(self->text);
    g_ptr_array_unref(self->places);
    g_free(self);
}

void migrate_report_free(MigrateReport *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->items);
    g_hash_table_unref(self->as_before);
    g_free(self);
}

static MigrateItem *item_find(const MigrateReport *self, MigrateSection section, const char *id,
                              const char *text)
{
    for (guint i = 0; i < self->items->len; i++) {
        MigrateItem *item = self->items->pdata[i];
        if (item->section == section && g_str_equal(item->id, id) && g_str_equal(item->text, text))
            return item;
    }
    return NULL;
}

void migrate_add(MigrateReport *self, MigrateSection section, const char *id, IfcfgWhere where,
                 const char *what, const char *text, ...)
{
    va_list args;
    va_start(args, text);
    g_autofree char *line = g_strdup_vprintf(text, args);
    va_end(args);
    MigrateItem *item = item_find(self, section, id, line);
    if (!item) {
        item = g_new0(MigrateItem, 1);
        *item = (MigrateItem){section, id, g_steal_pointer(&line),
                              g_ptr_array_new_with_free_func((GDestroyNotify)place_free)};
        g_ptr_array_add(self->items, item);
    }
    if (!where.file)
        return;
    MigratePlace *place = g_new0(MigratePlace, 1);
    *place = (MigratePlace){where, g_strdup(what)};
    g_ptr_array_add(item->places, place);
}

gboolean migrate_has(const MigrateReport *self, MigrateSection section)
{
    for (guint i = 0; i < self->items->len; i++)
        if (((const MigrateItem *)self->items->pdata[i])->section == section)
            return TRUE;
    return FALSE;
}

int migrate_status(const MigrateReport *self)
{
    if (migrate_has(self, MIGRATE_BROKEN))
        return 2;
    return migrate_has(self, MIGRATE_DIFFERS) || migrate_has(self, MIGRATE_RIVAL);
}

/* --- what does not come up --- */

static void broken_check(MigrateReport *self, const NetIface *iface)
{
    MigrateSection section = net_iface_is_at_boot(iface) || iface->onboot ? MIGRATE_BROKEN : MIGRATE_DIFFERS;
    g_autofree char *unsupported = iface->unsupported ? net_iface_unsupported_text(iface) : NULL;
    if (iface->plugin)
        return;
    if (iface->fault)
        migrate_add(self, section, "fault", iface->fault_where, NULL, _("does not come up: %s"),
                    iface->fault);
    else if (iface->unsupported)
        migrate_add(self, section, "unsupported", iface->unsupported_where, NULL, _("does not come up: %s"),
                    unsupported);
}

/* --- keys --- */

/* A word of another system has no value that the old scripts took for the usual one. */
static gboolean has_effect_of_old(const IfcfgKey *key, const IfcfgAssignment *assignment)
{
    return key->state == IFCFG_KEY_REFUSED && key->fallback &&
           !ifcfg_key_value_is_fallback(key, assignment->value);
}

static char *line_of(IfcfgWhere where)
{
    return g_strdup_printf("%s:%u", where.file, where.line);
}

/* @works: the file is used; in one that is not no key works as before */
static void keys_check(MigrateReport *self, const IfcfgRecord *record, gboolean is_ours, gboolean works)
{
    for (guint i = 0; i < ifcfg_record_length(record); i++) {
        const IfcfgAssignment *assignment = ifcfg_record_nth(record, i);
        const IfcfgKey *key = ifcfg_key_find(assignment->key);
        if (ifcfg_record_find(record, assignment->key) != assignment || !*assignment->value)
            continue;
        self->n_keys++;
        if (!key && is_ours)
            migrate_add(self, MIGRATE_UNKNOWN, "unknown-key", assignment->where, assignment->key, "%s",
                        _("nobody knows these keys: they had no effect before, and have none here"));
        else if (key && has_effect_of_old(key, assignment))
            migrate_add(self, MIGRATE_DIFFERS, "refused", assignment->where, assignment->key, "%s",
                        _("not taken any more; `netsvc check` says what to write"));
        if (works)
            g_hash_table_add(self->as_before, line_of(assignment->where));
    }
}

static void files_check(MigrateReport *self, const NetModel *model)
{
    const IfcfgRecord *network = ifcfg_dir_network(net_model_dir(model));
    for (guint i = 0; i < net_model_length(model); i++) {
        const NetIface *iface = net_model_nth(model, i);
        if (!iface->file)
            continue;
        self->n_files++;
        keys_check(self, iface->record, !net_kind_has(iface->kind, NET_KIND_LEFT_ALONE) && !iface->plugin,
                   iface->plugin || !(iface->fault || iface->unsupported));
        broken_check(self, iface);
    }
    if (network)
        keys_check(self, network, FALSE, TRUE);
}

/* What something is said about is not as before. */
static void told_forget(MigrateReport *self)
{
    for (guint i = 0; i < self->items->len; i++) {
        const MigrateItem *item = self->items->pdata[i];
        for (guint n = 0; n < item->places->len; n++) {
            g_autofree char *line = line_of(((const MigratePlace *)item->places->pdata[n])->where);
            g_hash_table_remove(self->as_before, line);
        }
    }
    self->n_as_before = g_hash_table_size(self->as_before);
}

static void rejected_check(MigrateReport *self, const NetModel *model)
{
    const GPtrArray *rejected = net_model_rejected(model);
    for (guint i = 0; i < rejected->len; i++) {
        const NetIface *iface = rejected->pdata[i];
        self->n_files++;
        keys_check(self, iface->record, FALSE, FALSE);
        migrate_add(
            self, iface->onboot ? MIGRATE_BROKEN : MIGRATE_DIFFERS, "second-file", iface->where, NULL, "%s",
            _("does not count: another file configures the same device; the old scripts took one after "
              "the other"));
    }
}

/* As the reason why something does not come up, or does not count. */
static gboolean is_told(const MigrateReport *self, IfcfgWhere where)
{
    for (guint i = 0; i < self->items->len; i++) {
        const MigrateItem *item = self->items->pdata[i];
        for (guint n = 0; n < item->places->len; n++) {
            const MigratePlace *place = item->places->pdata[n];
            if (place->where.file == where.file && place->where.line == where.line)
                return TRUE;
        }
    }
    return FALSE;
}

/* What is wrong for certain: said by `check`, in words that need not be repeated here. */
static void problems_check(MigrateReport *self, const IfcfgProblems *problems)
{
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(problems, i);
        if (problem->severity == IFCFG_ERROR && problem->where.file && !is_told(self, problem->where))
            migrate_add(self, MIGRATE_DIFFERS, "error", problem->where, NULL, "%s",
                        _("errors, which the old scripts ignored: here the line of the interface is "
                          "[WARNING] or [FAILED]; `netsvc check` says what it is"));
    }
}

/* --- what to do --- */

void migrate_advise(MigrateReport *self)
{
    IfcfgWhere nowhere = {0};
    if (migrate_has(self, MIGRATE_BROKEN))
        migrate_add(self, MIGRATE_TO_DO, "mend", nowhere, NULL, "%s",
                    _("mend what would not come up; `netsvc check` says how"));
    if (migrate_has(self, MIGRATE_RIVAL))
        migrate_add(
            self, MIGRATE_TO_DO, "one-manager", nowhere, NULL, "%s",
            _("leave each device to one manager: disable the others, or keep them off these devices"));
    if (migrate_status(self) != 0)
        migrate_add(
            self, MIGRATE_TO_DO, "plan", nowhere, NULL, "%s",
            _("look at `netsvc plan restart` on the running server before the first `netsvc restart`: "
              "it names all that would be interrupted"));
}

static gint item_compare(gconstpointer a, gconstpointer b)
{
    const MigrateItem *x = *(const MigrateItem *const *)a, *y = *(const MigrateItem *const *)b;
    return (gint)x->section - (gint)y->section;
}

MigrateReport *migrate_check(const NetModel *model, const IfcfgProblems *problems)
{
    MigrateReport *self = g_new0(MigrateReport, 1);
    self->items = g_ptr_array_new_with_free_func((GDestroyNotify)item_free);
    self->as_before = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    files_check(self, model);
    rejected_check(self, model);
    migrate_check_differences(self, model);
    problems_check(self, problems);
    told_forget(self);
    migrate_check_others(self, model);
    g_ptr_array_sort(self->items, item_compare); /* stable: as GLib's is */
    return self;
}
