/* migrate --check: what becomes of a configuration without network-scripts, said beforehand. */
#include "migrate/migrate.h"
#include "apply/system.h"
#include "commands/check-machine.h"
#include "commands/commands.h"
#include "console/json-text.h"
#include "i18n.h"
#include "session/rivals.h"
#include <stdio.h>

enum { PLACES_SHOWN = 4, COULD_NOT_LOOK = 3 };

static const char *const titles[MIGRATE_LAST] = {
    [MIGRATE_BROKEN] = N_("Would not come up:"),
    [MIGRATE_DIFFERS] = N_("Differs from network-scripts:"),
    [MIGRATE_UNKNOWN] = N_("Unknown:"),
    [MIGRATE_NM] = N_("NetworkManager, which reads these files up to version 1.58:"),
    [MIGRATE_UPGRADE] = N_("An upgrade of Enterprise Linux:"),
    [MIGRATE_RIVAL] = N_("Other managers of the same devices:"),
    [MIGRATE_TO_DO] = N_("What to do:"),
};

/* As `check` says it of this machine; a tree elsewhere may be of some of the files. */
static void network_add(MigrateReport *report, const NetModel *model)
{
    const char *fault = check_network_fault(model);
    if (fault)
        migrate_add(report, MIGRATE_BROKEN, "network", (IfcfgWhere){0}, NULL, "%s", fault);
}

static void rivals_add(MigrateReport *report, const NetModel *model, const char *root)
{
    g_autoptr(GPtrArray) units = rivals_enabled(root);
    g_autoptr(NetObserved) observed = root ? NULL : net_observe(NULL);
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    for (guint i = 0; i < units->len; i++)
        migrate_add(report, MIGRATE_RIVAL, "unit", (IfcfgWhere){0}, NULL,
                    _("%s is enabled: what has a file here, it must leave alone"),
                    (const char *)units->pdata[i]);
    if (observed)
        rivals_check(model, observed, problems);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(problems, i);
        migrate_add(report, MIGRATE_RIVAL, "device", problem->where, NULL, "%s", problem->message);
    }
}

/* "ifcfg-eth0:5 LINKDELAY, ifcfg-eth1:3 LINKDELAY and 6 more" */
static char *places_format(const GPtrArray *places)
{
    g_autoptr(GString) text = g_string_new(NULL);
    guint shown = places->len > PLACES_SHOWN + 1 ? PLACES_SHOWN : places->len;
    for (guint i = 0; i < shown; i++) {
        const MigratePlace *place = places->pdata[i];
        g_autofree char *where = cli_where(place->where);
        g_string_append_printf(text, "%s%s%s%s", i ? ", " : "", where, place->what ? " " : "",
                               place->what ? place->what : "");
    }
    if (shown < places->len)
        /* TRANSLATORS: behind a list of places in files */
        g_string_append_printf(text, _(" and %u more"), places->len - shown);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void item_print(const MigrateItem *item)
{
    g_autofree char *places = places_format(item->places), *text = g_strdup_printf("  %s", item->text),
                    *where = g_strdup_printf("      %s: %s", item->id, places);
    cli_line_print(text, 4);
    if (item->places->len)
        cli_line_print(where, 8);
}

/* What holds for every file needs no list. */
static gboolean is_of_all(const MigrateReport *report, const MigrateItem *item)
{
    return g_str_equal(item->id, "el10") && item->places->len == report->n_files;
}

/* "3 files, 12 keys: 11 work as before" */
static void counts_print(const MigrateReport *report, const char *dir)
{
    g_autofree char *files = g_strdup_printf(P_("%u file", "%u files", report->n_files), report->n_files);
    g_autofree char *keys = g_strdup_printf(P_("%u key", "%u keys", report->n_keys), report->n_keys);
    g_autofree char *work = g_strdup_printf(
        P_("%u works as before", "%u work as before", report->n_as_before), report->n_as_before);
    if (report->n_files)
        printf("%s, %s: %s", files, keys, work);
    else
        printf(_("there is no ifcfg file in %s"), dir);
    printf("\n");
}

static void text_print(const MigrateReport *report, const char *dir)
{
    const MigrateItem *of_all = NULL;
    int last = -1;
    counts_print(report, dir);
    for (guint i = 0; i < report->items->len; i++) {
        const MigrateItem *item = report->items->pdata[i];
        if (is_of_all(report, item)) {
            of_all = item;
            continue;
        }
        if ((int)item->section != last)
            printf("%s\n", _(titles[item->section]));
        last = (int)item->section;
        item_print(item);
    }
    if (of_all)
        cli_line_print(of_all->text, 2);
}

static void item_add(JsonBuilder *json, const MigrateItem *item)
{
    json_builder_begin_object(json);
    json_text_add(json, "section", migrate_section_name(item->section));
    json_text_add(json, "id", item->id);
    json_text_add(json, "text", item->text);
    json_array_begin(json, "places");
    for (guint i = 0; i < item->places->len; i++) {
        const MigratePlace *place = item->places->pdata[i];
        json_builder_begin_object(json);
        json_text_add(json, "key", place->what);
        json_where_add(json, place->where);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
    json_builder_end_object(json);
}

static void json_print(const MigrateReport *report)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    json_number_add(json, "status", migrate_status(report));
    json_number_add(json, "files", report->n_files);
    json_number_add(json, "keys", report->n_keys);
    json_number_add(json, "keys_as_before", report->n_as_before);
    json_array_begin(json, "items");
    for (guint i = 0; i < report->items->len; i++)
        item_add(json, report->items->pdata[i]);
    json_builder_end_array(json);
    json_builder_end_object(json);
    g_autofree char *text = json_text_print(json);
    fputs(text, stdout);
}

int migrate_command(const CliOptions *options)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    if (!options->check) {
        cli_complain(_("migrate only looks: write `netsvc migrate --check`"));
        return CLI_USAGE;
    }
    g_autoptr(NetModel) model = cli_model_load(options->root, NULL, problems);
    if (!model)
        return COULD_NOT_LOOK;
    g_autoptr(MigrateReport) report = migrate_check(model, problems);
    if (!options->root)
        network_add(report, model);
    rivals_add(report, model, options->root);
    migrate_advise(report);
    if (options->json)
        json_print(report);
    else
        text_print(report, ifcfg_dir_path(net_model_dir(model)));
    return migrate_status(report);
}
