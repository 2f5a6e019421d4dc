/* export: the configuration in the files of another manager of networks. */
#include "export/export.h"
#include "commands/commands.h"
#include "console/json-text.h"
#include "i18n.h"
#include "ifcfg-replace.h"
#include <glib/gstdio.h>
#include <stdio.h>

static void losses_print(const ExportResult *result)
{
    for (guint i = 0; i < result->losses->len; i++) {
        g_autofree char *text = export_loss_format(result->losses->pdata[i]);
        fprintf(stderr, "%s\n", text);
    }
}

/* A single one is printed as it is, so that it can be handed on. */
static void files_print(const ExportResult *result)
{
    for (guint i = 0; i < result->files->len; i++) {
        const ExportFile *file = result->files->pdata[i];
        if (result->files->len > 1)
            printf("%s==> %s <==\n", i ? "\n" : "", file->path);
        fputs(file->text, stdout);
    }
    fflush(stdout);
}

static void losses_add(JsonBuilder *json, const ExportResult *result)
{
    json_array_begin(json, "not_carried_over");
    for (guint i = 0; i < result->losses->len; i++) {
        const ExportLoss *loss = result->losses->pdata[i];
        json_builder_begin_object(json);
        json_text_add(json, "what", loss->what);
        json_text_add(json, "why", loss->why);
        json_where_add(json, loss->where);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
}

static void json_print(const ExportResult *result, const char *to)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    json_text_add(json, "to", to);
    json_array_begin(json, "files");
    for (guint i = 0; i < result->files->len; i++) {
        const ExportFile *file = result->files->pdata[i];
        g_autofree char *mode = g_strdup_printf("%04o", file->mode);
        json_builder_begin_object(json);
        json_text_add(json, "name", file->path);
        json_text_add(json, "mode", mode);
        json_text_add(json, "text", file->text);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
    losses_add(json, result);
    json_number_add(json, "files_read", result->n_read);
    json_number_add(json, "files_whole", result->n_whole);
    json_builder_end_object(json);
    g_autofree char *text = json_text_print(json);
    fputs(text, stdout);
}

static gboolean any_is_there(const char *folder, const ExportResult *result)
{
    for (guint i = 0; i < result->files->len; i++) {
        g_autofree char *path =
            g_build_filename(folder, ((const ExportFile *)result->files->pdata[i])->path, NULL);
        GStatBuf status;
        if (g_lstat(path, &status) != 0)
            continue;
        cli_complain(_("%s is there already; --force replaces it; nothing was written"), path);
        return TRUE;
    }
    return FALSE;
}

static gboolean files_write(const CliOptions *options, const ExportResult *result)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_text_free);
    if (!options->force && any_is_there(options->out, result))
        return FALSE;
    for (guint i = 0; i < result->files->len; i++) {
        const ExportFile *file = result->files->pdata[i];
        g_ptr_array_add(texts, ifcfg_text_new(g_strdup(file->path), g_strdup(file->text), file->mode));
    }
    if (ifcfg_texts_write(texts, options->out, FALSE, &error))
        return TRUE;
    cli_complain(_("%s; nothing was written"), error->message);
    return FALSE;
}

static void summary_print(const ExportResult *result)
{
    if (result->n_read)
        fprintf(stderr, _("%u of %u files are carried over whole\n"), result->n_whole, result->n_read);
}

static int result_use(const CliOptions *options, const ExportResult *result)
{
    if (options->out && !files_write(options, result))
        return CLI_FAILED;
    if (options->json) {
        json_print(result, options->to);
        return CLI_OK;
    }
    if (!options->out)
        files_print(result);
    losses_print(result);
    summary_print(result);
    return CLI_OK;
}

int export_command(const CliOptions *options)
{
    const ExportTarget *target = options->to ? export_target_find(options->to) : NULL;
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    if (!target) {
        g_autofree char *names = export_target_names();
        if (options->to)
            cli_complain(_("--to %s: it is one of %s"), options->to, names);
        else
            cli_complain(_("--to is missing: it takes one of %s"), names);
        return CLI_USAGE;
    }
    const char *problem = json_text_problem();
    if (problem && g_str_equal(options->to, "nmstate")) {
        cli_complain("%s", problem);
        return CLI_FAILED;
    }
    g_autoptr(NetModel) model = cli_model_load(options->root, NULL, problems);
    g_autoptr(GPtrArray) only = model && options->n_args ? cli_ifaces_find(model, options) : NULL;
    if (!model || (options->n_args && !only))
        return CLI_FAILED;
    g_autoptr(ExportResult) result = export_run(target, model, only, problems);
    return result_use(options, result);
}
