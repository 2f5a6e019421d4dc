/* import: what the kernel has, or what other programs' files say, written as files that ask for it. */
#include "writing/import.h"
#include "apply/system.h"
#include "commands/commands.h"
#include "commands/import-origin.h"
#include "commands/import-take.h"
#include "commands/new-files.h"
#include "foreign/foreign.h"
#include "i18n.h"
#include "kinds/kinds.h"
#include <stdio.h>
#include <string.h>

/* What has a file already keeps it; what is left of one that is not asked for any more would still count. */
static const char *const companions[] = {"route", "route6", "rule", "rule6"};

static char *comment_of(const CliOptions *options)
{
    return options->from ? g_strdup_printf("Made by netsvc import from the files of %s", options->from)
                         : g_strdup("Made by netsvc import from the running system");
}

static char *place_of(const char *root, const char *path)
{
    return g_build_filename(root, path, NULL);
}

static gboolean has_file(const NetModel *model, const char *root, const NetIface *iface)
{
    g_autofree char *path = net_script_path("ifcfg", iface->name), *place = place_of(root, path);
    const NetIface *known = net_model_find(model, iface->name);
    return g_file_test(place, G_FILE_TEST_EXISTS) || (known && known->file);
}

static gboolean has_text(const GPtrArray *texts, const char *path)
{
    for (guint i = 0; i < texts->len; i++)
        if (g_str_equal(((const IfcfgText *)texts->pdata[i])->path, path))
            return TRUE;
    return FALSE;
}

static void companions_clear(const NetIface *iface, const char *root, const char *comment, GPtrArray *texts)
{
    for (gsize i = 0; i < G_N_ELEMENTS(companions); i++) {
        g_autofree char *path = net_script_path(companions[i], iface->name), *place = place_of(root, path);
        if (!has_text(texts, path) && g_file_test(place, G_FILE_TEST_EXISTS))
            g_ptr_array_add(
                texts, ifcfg_text_new(g_steal_pointer(&path), g_strconcat("# ", comment, "\n", NULL), 0644));
    }
}

/* Returns: IfcfgText* */
static GPtrArray *texts_make(const CliOptions *options, const NetModel *model, const GPtrArray *ifaces,
                             const char *root, IfcfgProblems *problems)
{
    g_autofree char *comment = comment_of(options);
    GPtrArray *texts = g_ptr_array_new_with_free_func((GDestroyNotify)ifcfg_text_free);
    for (guint i = 0; i < ifaces->len; i++) {
        const NetIface *iface = ifaces->pdata[i];
        if (!options->force && has_file(model, root, iface)) {
            ifcfg_problems_add(
                problems, IFCFG_WARNING, (IfcfgWhere){0},
                _("%s has a file already, which stays as it is; --force replaces it and keeps a copy"),
                iface->name);
            continue;
        }
        net_iface_write(iface, comment, texts, problems);
        if (options->force)
            companions_clear(iface, root, comment, texts);
    }
    return texts;
}

/* What the new files are about. */
typedef struct {
    const GPtrArray *ifaces;
    const NetObserved *observed; /* NULL: other programs' files */
} Source;

static gboolean texts_check(const GPtrArray *texts, const char *root, const Source *source,
                            IfcfgProblems *problems, GError **error)
{
    g_autoptr(IfcfgProblems) found = ifcfg_problems_new();
    if (source->observed)
        return new_files_check(texts, root, problems, error);
    gboolean is_checked = new_files_check(texts, root, found, error);
    import_origins_name(source->ifaces, texts, found, problems);
    return is_checked;
}

/* Others leave what runs when there is nothing left to fail but the writing. */
static int texts_use(const CliOptions *options, GPtrArray *texts, const char *root, const Source *source,
                     IfcfgProblems *problems)
{
    g_autoptr(GError) error = NULL;
    if (texts->len)
        new_files_add_network(texts, root);
    gboolean is_checked = texts_check(texts, root, source, problems, &error);
    if (is_checked && new_files_tell(problems)) {
        cli_complain(_("nothing was written"));
        return CLI_FAILED;
    }
    if (is_checked && options->dry_run) {
        new_files_print(texts, root);
        return CLI_OK;
    }
    if (is_checked && options->take && !import_rivals_leave(source->ifaces, source->observed)) {
        cli_complain(_("nothing was written"));
        return CLI_FAILED;
    }
    if (is_checked && ifcfg_texts_write(texts, root, TRUE, &error))
        return CLI_OK;
    cli_complain(_("%s; nothing was written"), error->message);
    return CLI_FAILED;
}

static int source_use(const CliOptions *options, const NetModel *model, const Source *source,
                      IfcfgProblems *problems)
{
    const char *root = options->root ? options->root : "/";
    g_autoptr(GPtrArray) texts = texts_make(options, model, source->ifaces, root, problems);
    return texts_use(options, texts, root, source, problems);
}

static int running_import(const CliOptions *options, const NetModel *model, IfcfgProblems *problems,
                          GError **error)
{
    g_autoptr(NetObserved) observed = net_observe(error);
    if (!observed)
        return CLI_FAILED;
    net_observe_closely(observed);
    g_autoptr(GPtrArray) ifaces =
        net_import(observed, iface_kinds, options->n_args ? options->args : NULL, problems);
    if (options->take && import_has_rivals(ifaces, observed))
        return CLI_FAILED;
    int status = source_use(options, model, &(Source){ifaces, observed}, problems);
    return status == CLI_OK && options->take && !options->dry_run ? import_take(ifaces) : status;
}

static int foreign_import(const CliOptions *options, const NetModel *model, IfcfgProblems *problems,
                          GError **error)
{
    g_autoptr(GPtrArray) ifaces =
        net_foreign_read(options->from, options->args[0], iface_kinds, problems, error);
    if (ifaces && ifaces->len)
        return source_use(options, model, &(Source){ifaces, NULL}, problems);
    new_files_tell(problems);
    if (ifaces)
        cli_complain(_("no file of %s in %s has an interface; nothing was written"), options->from,
                     options->args[0]);
    return CLI_FAILED;
}

static gboolean is_misused(const CliOptions *options)
{
    g_autoptr(GError) error = NULL;
    if (options->from && !net_foreign_is_known(options->from, &error))
        cli_complain("%s", error->message);
    else if (options->from && options->n_args != 1)
        cli_complain(_("--from %s: name the directory that its files are in"), options->from);
    else if (options->take && (options->from || options->root))
        cli_complain(_("--take is about what runs here: it goes with neither --from nor --root"));
    else
        return FALSE;
    return TRUE;
}

int import_command(const CliOptions *options)
{
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new(), ignored = ifcfg_problems_new();
    g_autoptr(GError) error = NULL;
    if (is_misused(options))
        return CLI_USAGE;
    if (!options->root && !options->dry_run && !cli_is_root())
        return CLI_NOT_ROOT;
    g_autoptr(NetModel) model = cli_model_load(options->root, NULL, ignored);
    if (!model)
        return CLI_FAILED;
    int status = options->from ? foreign_import(options, model, problems, &error)
                               : running_import(options, model, problems, &error);
    if (error)
        cli_complain("%s", error->message);
    return status;
}
