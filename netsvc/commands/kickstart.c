/* kickstart: the `network` lines of a kickstart file become ifcfg files, all of them or none. */
#include "apply/net-error.h"
#include "commands/commands.h"
#include "commands/kickstart-host.h"
#include "commands/kickstart-tree.h"
#include "commands/new-files.h"
#include "i18n.h"
#include "kickstart/ks.h"
#include "state/keep.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Where the installer has the file. */
#define KICKSTART_FILE "/run/install/ks.cfg"

static char *stream_read(FILE *stream, gsize *ret_length)
{
    GString *all = g_string_new(NULL);
    char buffer[4096];
    gsize length;
    while ((length = fread(buffer, 1, sizeof buffer, stream)) > 0)
        g_string_append_len(all, buffer, (gssize)length);
    *ret_length = all->len;
    return g_string_free(all, FALSE);
}

/* What would end the text in the middle is no text. */
static char *source_read(const char *path, const char *name, GError **error)
{
    g_autofree char *text = NULL;
    gsize length = 0;
    if (g_str_equal(path, "-"))
        text = stream_read(stdin, &length);
    else if (!g_file_get_contents(path, &text, &length, error))
        return NULL;
    if (strlen(text) == length)
        return g_steal_pointer(&text);
    g_set_error(error, NET_ERROR, EINVAL, _("%s: a NUL byte cannot be part of a kickstart file"), name);
    return NULL;
}

static int files_use(const CliOptions *options, GPtrArray *files)
{
    const char *root = options->root ? options->root : "/";
    g_autoptr(IfcfgProblems) problems = ifcfg_problems_new();
    g_autoptr(GError) error = NULL;
    new_files_add_network(files, root);
    gboolean is_checked = new_files_check(files, root, problems, &error);
    if (is_checked && new_files_tell(problems)) {
        cli_complain(_("nothing was written"));
        return CLI_FAILED;
    }
    if (is_checked && options->dry_run) {
        new_files_print(files, root);
        return CLI_OK;
    }
    if (!is_checked || !ifcfg_texts_write(files, root, FALSE, &error)) {
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
    g_autofree char *text = source_read(path, name, &error);
    if (!text) {
        cli_complain("%s", error->message);
        return CLI_FAILED;
    }
    g_autoptr(GPtrArray) networks = ks_read(name, text, problems);
    for (guint i = 0; i < networks->len; i++)
        kickstart_find_device(networks->pdata[i], problems);
    g_autofree char *base = g_path_get_basename(name);
    for (char *letter = base; *letter; letter++) /* it stands in a comment, which must stay one line */
        *letter = g_ascii_iscntrl(*letter) ? '?' : *letter;
    /* errors that follow from those would only hide them */
    g_autoptr(GPtrArray) files = ifcfg_problems_count(problems, IFCFG_ERROR)
                                     ? NULL
                                     : ks_files(networks, base, kickstart_mac_of, problems);
    if (new_files_tell(problems)) {
        cli_complain(_("nothing was written"));
        return CLI_FAILED;
    }
    if (!files->len) {
        cli_complain(_("%s has no network line"), name);
        return CLI_FAILED;
    }
    int status = files_use(options, files);
    process_keep(g_steal_pointer(&networks));
    process_keep(g_steal_pointer(&files));
    return status;
}
