/* Problems of files that were made of other programs' files, at the places of those: the word that a problem
 * is about stands there too, as a rule. */
#include "commands/import-origin.h"
#include "i18n.h"
#include "ifcfg-replace.h"
#include "model/model.h"
#include <string.h>

enum { SHORTEST_WORD = 2 }; /* a single digit stands everywhere */

static const IfcfgText *text_find(const GPtrArray *texts, const char *file)
{
    for (guint i = 0; file && i < texts->len; i++) {
        const IfcfgText *text = texts->pdata[i];
        if (g_str_has_suffix(file, text->path))
            return text;
    }
    return NULL;
}

/* "ifcfg-eth0:1", "route6-eth0" */
static const NetIface *iface_find(const GPtrArray *ifaces, const char *path)
{
    const char *name = strchr(strrchr(path, '/') ? strrchr(path, '/') : path, '-');
    for (guint i = 0; name && i < ifaces->len; i++) {
        const NetIface *iface = ifaces->pdata[i];
        gsize length = strlen(iface->name);
        if (g_str_has_prefix(name + 1, iface->name) && (!name[1 + length] || name[1 + length] == ':'))
            return iface;
    }
    return NULL;
}

static gsize word_length(const char *text)
{
    gsize length = 0;
    while (g_ascii_isalnum(text[length]) || (text[length] && strchr("._:-", text[length])))
        length++;
    return length;
}

/* What the problem is about: what begins at its column, or the value of the line. NULL: nothing to look for
 */
static char *word_at(const char *text, IfcfgWhere where)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    if (!where.line || where.line > g_strv_length(lines))
        return NULL;
    const char *line = lines[where.line - 1];
    const char *value = strchr(line, '=');
    const char *word = where.column && where.column <= strlen(line) ? line + where.column - 1 : line;
    if (value && word == line)
        word = value + 1;
    while (*word && !word_length(word)) /* a quote, an equals sign */
        word++;
    gsize length = word_length(word);
    return length < SHORTEST_WORD ? NULL : g_strdelimit(g_strndup(word, length), "_", '-');
}

/* An underscore is a hyphen, since most others spell options so; a colon ends a key of YAML. */
static gboolean has_word(char *line, const char *word)
{
    gsize wanted = strlen(word);
    g_strdelimit(g_strchug(line), "_", '-');
    for (const char *p = line; *p && !strchr("#;", *line); p++) {
        gsize length = word_length(p), own = length && p[length - 1] == ':' ? length - 1 : length;
        if (own == wanted && !strncmp(p, word, own))
            return TRUE;
        p += length ? length - 1 : 0;
    }
    return FALSE;
}

/* From where the interface begins there. */
static IfcfgWhere origin_of(const NetIface *iface, const char *word)
{
    g_autofree char *text = NULL;
    if (!word || !iface->where.file || !g_file_get_contents(iface->where.file, &text, NULL, NULL))
        return iface->where;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint first = iface->where.line ? iface->where.line : 1;
    for (guint number = first; number <= g_strv_length(lines); number++)
        if (has_word(lines[number - 1], word))
            return (IfcfgWhere){iface->where.file, number, 0};
    return iface->where;
}

void import_origins_name(const GPtrArray *ifaces, const GPtrArray *texts, const IfcfgProblems *found,
                         IfcfgProblems *into)
{
    for (guint i = 0; i < ifcfg_problems_length(found); i++) {
        const IfcfgProblem *problem = ifcfg_problems_get(found, i);
        const IfcfgText *text = text_find(texts, problem->where.file);
        const NetIface *iface = text ? iface_find(ifaces, text->path) : NULL;
        if (!iface || !iface->where.file) {
            ifcfg_problems_add(into, problem->severity, problem->where, "%s", problem->message);
            continue;
        }
        g_autofree char *word = word_at(text->text, problem->where), *name = g_path_get_basename(text->path);
        ifcfg_problems_add(into, problem->severity, origin_of(iface, word),
                           _("%s (line %u of %s, as it would be written)"), problem->message,
                           problem->where.line, name);
    }
}
