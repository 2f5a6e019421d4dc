/* Small things that all who talk need: naming places, counting, complaining. */
#include "console/cli.h"
#include "console/columns.h"
#include "console/console.h"
#include "console/log.h"
#include "i18n.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void cli_complain(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *line = g_strdup_printf("%s: %s", g_get_prgname(), text);
    console_complain(line);
    /* The console of a service is that of its callers; its streams are the journal's. */
    if (console_is_open() && log_stream_is_journal(STDOUT_FILENO))
        fprintf(stderr, "%s\n", line);
}

gboolean cli_is_root(void)
{
    if (geteuid() != 0)
        cli_complain(_("only root can do this"));
    return geteuid() == 0;
}

void cli_text_print(const char *text)
{
    g_autofree char *wrapped = columns_wrap(text, columns_of(STDOUT_FILENO), 0);
    puts(g_strchomp(wrapped));
}

void cli_line_print(const char *line, guint indent)
{
    g_autofree char *text = columns_wrap(line, columns_of_terminal(STDOUT_FILENO), indent);
    puts(text);
}

int cli_version(void)
{
    const char *name = g_get_prgname();
    printf("%s%s " NETSVC_VERSION "\n", name, strcmp(name, "netsvc") == 0 ? "" : " of netsvc");
    return CLI_OK;
}

const char *cli_basename(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *cli_where(IfcfgWhere where)
{
    if (!where.file)
        return g_strdup("");
    return where.line ? g_strdup_printf("%s:%u", cli_basename(where.file), where.line)
                      : g_strdup(cli_basename(where.file));
}

char *cli_counts_format(guint errors, guint warnings)
{
    g_autofree char *first = g_strdup_printf(P_("%u error", "%u errors", errors), errors);
    g_autofree char *second = g_strdup_printf(P_("%u warning", "%u warnings", warnings), warnings);
    /* TRANSLATORS: "2 errors, 1 warning" */
    return g_strdup_printf(_("%s, %s"), first, second);
}

gboolean cli_options_parse(const GOptionEntry *entries, int *argc, char ***argv, GError **error)
{
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_add_main_entries(context, entries, NULL);
    if (g_option_context_parse(context, argc, argv, error))
        return TRUE;
    if (error) /* GLib's sentences become the middle of ours */
        (*error)->message[0] = g_ascii_tolower((*error)->message[0]);
    return FALSE;
}

void cli_streams_open(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            open("/dev/null", O_RDWR);
}
