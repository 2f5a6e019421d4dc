/* Values as they are written into a file. */
#include "ifcfg-quote.h"
#include <string.h>

/* Nothing that a shell or our reader takes for more than itself anywhere in a word. */
static gboolean is_plain(const char *value)
{
    const char *at = value;
    while (*at && (g_ascii_isalnum(*at) || strchr("_.,:/%+@=-", *at)))
        at++;
    return !*at && *value != '='; /* KEY==value looks like a slip */
}

/* The reader takes a line that starts afresh for the end of a forgotten quote (ifcfg-lexer.c). */
static gboolean line_looks_fresh(const char *line)
{
    line += strspn(line, " \t");
    return *line == '#' || g_ascii_isupper(*line) || *line == '_' || g_str_has_prefix(line, "export ");
}

/* A \ at the end of a line takes the line break away, in double quotes too: with it, a line break is written
 * where the plain one would be misread, and a CR where it would be taken for DOS's. */
static gboolean needs_folding(const char *value)
{
    for (const char *at = value; (at = strchr(at, '\n')); at++)
        if (line_looks_fresh(at + 1) || (at > value && at[-1] == '\r'))
            return TRUE;
    return FALSE;
}

static char *quote_double(const char *value)
{
    GString *text = g_string_new("\"");
    for (const char *at = value; *at; at++) {
        if (strchr("\"\\$`", *at))
            g_string_append_c(text, '\\');
        if (*at == '\n' && at > value && at[-1] == '\r')
            g_string_append(text, "\\\n");
        g_string_append_c(text, *at);
        if (*at == '\n' && line_looks_fresh(at + 1))
            g_string_append(text, "\\\n");
    }
    g_string_append_c(text, '"');
    return g_string_free(text, FALSE);
}

char *ifcfg_quote(const char *value, IfcfgQuoting quoting)
{
    gboolean has_signs = strpbrk(value, "\"\\$`") != NULL;
    gboolean single = quoting == IFCFG_QUOTE_SINGLE || (quoting == IFCFG_QUOTE_PLAIN && has_signs);
    if (quoting == IFCFG_QUOTE_PLAIN && is_plain(value))
        return g_strdup(value);
    if (single && !strchr(value, '\'') && !needs_folding(value))
        return g_strdup_printf("'%s'", value);
    return quote_double(value);
}

void ifcfg_append(GString *text, const char *key, const char *value)
{
    g_autofree char *quoted = is_plain(value) ? NULL : ifcfg_quote(value, IFCFG_QUOTE_PLAIN);
    g_string_append(text, key);
    g_string_append_c(text, '=');
    g_string_append(text, quoted ? quoted : value);
    g_string_append_c(text, '\n');
}

gboolean ifcfg_key_is_for_shell(const char *key)
{
    static const char *const names[] = {"PATH",   "HOME", "IFS",  "ENV",  "SHELLOPTS", "PS4",
                                        "OPTIND", "UID",  "EUID", "PPID", "CDPATH",    NULL};
    static const char *const beginnings[] = {"BASH", "LD_", "NETSVC_"};
    for (guint i = 0; i < G_N_ELEMENTS(beginnings); i++)
        if (g_str_has_prefix(key, beginnings[i]))
            return FALSE;
    return !g_strv_contains(names, key);
}
