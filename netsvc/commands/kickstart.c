/* kickstart: the `network` lines of a kickstart file become ifcfg files, all of them or none. */
#include "commands/commands.h"
#include "commands/kickstart-host.h"
#include "commands/kickstart-tree.h"
#include "i18n.h"
#include "kickstart/ks.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Where the installer has the file. */
#define KICKSTART_FILE "/run/install/ks.cfg"

static char *source_read(const char *path, GError **error)
{
    char *text = NULL;
    if (!g_str_equal(path, "-"))
        return g_file_get_contents(path, &text, NULL, error) ? text : NULL;
    g_autoptr(GString) all = g_string_new(NULL);
    char buffer[4096];
    gsize length;
    while ((length = fread(buffer, 1, sizeof buffer, stdin)) > 0)
        g_string_append_len(all, buffer, (gssize)length);
    return g_string_free(g_steal_pointer(&all), FALSE);
}

/* Returns: whether there are errors */
static gboolean problems_tell(IfcfgProblems *problems)
{
    ifcfg_problems_sort(problems);
    for (guint i = 0; i < ifcfg_problems_length(problems); i++) {
        g_autofree char *text = ifcfg_problem_format(ifcfg_problems_get(problems, i));
        fprintf(stderr, "%s\n", text);
    }
    return ifcfg_problems_count(problems, IFCFG_ERROR) > 0;
}

static void files_print(const GPtrArray *files, const char *root)
{
    for (guint i = 0; i < files->len; i++) {
        const IfcfgText *file = files->pdata[i];
        g_autofree char *path = g_build_filename(root, file->path, NULL);
        printf("%s==> %s <==\n%s", i ? "\n" : "", path, file->text);
    }
}

static int files_use(const CliOptions *options, const GPtrArray *files)
{
    const char *root = options->root ? options->root : "/";
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GError) error = NULL;
    gboolean is_checked = kickstart_check(files, root, problems, &error);
    if (is_checked && problems_tell(problems)) {
        cli_complain(_("nothing was written"));
        return CLI_FAILED;
    }
    if (is_checked && options->dry_run) {
        files_print(files, root);
        return CLI_OK;
    }
    if (!is_checked || !kickstart_write(files, root, &error)) {
        cli_complain(_("%s; nothing was written"), error->message);
        return CLI_FAILED;
    }
    if (kickstart_enable(root, &error))
        return CLI_OK;
    cli_complain(_("the files are written, but the service is not enabled: %s"), error->message);
    return CLI_FAILED;
}

int kickstart_command(const CliOptions *options)
{
    const char *path = options->n_args ? options->args[0] : KICKSTART_FILE;
    const char *name = g_str_equal(path, "-") ? _("standard input") : path;
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *text = source_read(path, &error);
    if (!text) {
        cli_complain("%s", error->message);
        return CLI_FAILED;
    }
    g_autoptr(GPtrArray) networks = ks_read(name, text, problems);
    for (guint i = 0; i < networks->len; i++)
        kickstart_find_device(networks->pdata[i], problems);
    g_autofree char *base = g_path_get_basename(name);
    /* errors that follow from those would only hide them */
    g_autoptr(GPtrArray) files =
        ifcfg_problems_count(problems, IFCFG_ERROR) ? NULL : ks_files(networks, base, problems);
    if (problems_tell(problems)) {
        cli_complain(_("nothing was written"));
        return CLI_FAILED;
    }
    if (!files->len) {
        cli_complain(_("%s has no network line"), name);
        return CLI_FAILED;
    }
    return files_use(options, files);
}
